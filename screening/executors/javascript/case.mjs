/** Reads a case file (`case.v1`) given as JSON: what is unknown to the bundle or cannot be is refused, with every path. */

import { birthRange } from "./dates.mjs";
import { distinct } from "./text.mjs";
import { readResponses } from "./case_responses.mjs";
import { Fields } from "./case_fields.mjs";

/** @typedef {import("./dates.mjs").Days} Days */
/**
 * @typedef {object} Charge
 * @property {string} id
 * @property {string} jurisdiction
 * @property {string|null} section
 * @property {string|null} offenseClass
 * @property {string|null} grade
 * @property {Days|null} date
 * @property {string} mode
 * @property {boolean} modeGiven
 * @property {string} status as given, else what the stage implies
 * @property {boolean} statusGiven
 */
/**
 * @typedef {object} Case
 * @property {number} asOf the day of screening
 * @property {string} stage
 * @property {boolean} stageGiven
 * @property {Days|null} born
 * @property {Charge[]} charges
 * @property {Map<string, import("./case_responses.mjs").Response[]>} responses
 * @property {string|null} noticed when a credible indicator was first noted, as given
 * @property {string[]} needs
 * @property {{county: string|null, state: string|null}|null} place
 * @property {Object<string, boolean>} assume
 */

export { CaseError } from "./case_fields.mjs";

const CLASSES = [
  "prostitution", "prostitution_buying", "cse", "sex_trafficking", "labor_trafficking", "other",
  "status", "misdemeanor", "nonviolent_felony", "violent_felony",
];
const MODES = ["principal", "accomplice", "conspiracy", "attempt", "solicitation"];
const ASSUMABLE = ["victim_status", "nexus", "conditions"];
const RESERVED = ["value", "source", "dated", "note", "from", "to", "cleared"];
const OLDEST = 120;
const MOST_CHARGES = 200;
const MOST_NEEDS = 100;

const BEFORE = ["considered", "arrested", "charged"];
const AFTER = ["adjudicated", "convicted"];
const STAGES = {
  stop: ["arrested", BEFORE],
  arrest: ["arrested", BEFORE],
  custody_intake: ["arrested", BEFORE],
  investigation: ["considered", BEFORE],
  charging: ["considered", BEFORE],
  plea: ["charged", ["charged"]],
  trial: ["charged", ["charged"]],
  sentencing: ["convicted", AFTER],
  post_conviction: ["convicted", AFTER],
};
/** By stage: the status of a charge that gives none, and those that fit. */

/**
 * The case of a mapping in the shape of a case file. Throws CaseError with every fault.
 * @param {object} given
 * @param {import("./bundle.mjs").Bundle} bundle
 * @param {{today?: string}} [options] the day of screening where the case gives none, as YYYY-MM-DD
 * @returns {Case}
 */
export function readCase(given, bundle, { today } = {}) {
  const fields = new Fields();
  const known = ["case", "as_of", "stage", "person", "charges", "responses", "noticed", "needs", "place", "assume"];
  const top = fields.mapping(given, "", known);
  if (top.case !== "v1") fields.add("case", "this is not a case file of a known version");
  const stage = fields.word(top.stage, "stage", Object.keys(STAGES));
  const charges = fields.list(top.charges, "charges", MOST_CHARGES).map((one, i) => chargeOf(fields, one, `charges[${i}]`, stage ?? "charging", bundle));
  const theCase = {
    asOf: fields.day(top.as_of ?? today ?? "", "as_of") ?? 0,
    stage: stage ?? "charging",
    stageGiven: stage !== null,
    born: bornOf(fields, top.person),
    charges,
    responses: readResponses(fields, top.responses, charges, bundle),
    noticed: fields.moment(top.noticed, "noticed"),
    needs: distinct(fields.list(top.needs, "needs", MOST_NEEDS).map((one, i) => fields.word(one, `needs[${i}]`, bundle.needCodes))),
    place: placeOf(fields, top.place, bundle),
    assume: assumeOf(fields, top.assume),
  };
  checkIds(fields, theCase);
  checkDays(fields, theCase);
  fields.done();
  return theCase;
}

function chargeOf(fields, value, path, stage, bundle) {
  const keys = ["id", "jurisdiction", "section", "class", "grade", "date", "mode", "status"];
  const given = fields.mapping(value, path, keys);
  const mode = fields.word(given.mode, `${path}.mode`, MODES);
  const status = fields.word(given.status, `${path}.status`, [...BEFORE, ...AFTER]);
  const id = fields.needed(fields.text(given.id, `${path}.id`, 100), `${path}.id`);
  if (RESERVED.includes(id)) fields.add(`${path}.id`, "this is a key of responses and cannot name a charge");
  return {
    id,
    jurisdiction: fields.needed(fields.word(given.jurisdiction, `${path}.jurisdiction`, bundle.jurisdictions), `${path}.jurisdiction`),
    section: fields.text(given.section, `${path}.section`, 200),
    offenseClass: fields.word(given.class, `${path}.class`, CLASSES),
    grade: fields.text(given.grade, `${path}.grade`, 100),
    date: fields.days(given.date, `${path}.date`),
    mode: mode ?? "principal",
    modeGiven: mode !== null,
    status: status ?? STAGES[stage][0],
    statusGiven: status !== null,
  };
}

function bornOf(fields, value) {
  const given = fields.mapping(value, "person", ["born", "age_on"]);
  if (given.age_on === undefined) return fields.days(given.born, "person.born");
  if (given.born !== undefined) fields.add("person", "both a birth and an age are given");
  const { date, ...ends } = fields.mapping(given.age_on, "person.age_on", ["date", "from", "to"]);
  const day = fields.needed(fields.day(date, "person.age_on.date"), "person.age_on.date");
  const ages = fields.numbers(ends, "person.age_on");
  if (!ages || !day) return null;
  if ([ages.low, ages.high].some((age) => age !== null && (age < 0 || age > OLDEST))) {
    fields.add("person.age_on", "the age is not one that people have");
    return null;
  }
  return birthRange(ages, day);
}

function placeOf(fields, value, bundle) {
  const given = fields.mapping(value, "place", ["county", "state"]);
  if (!Object.keys(given).length) return null;
  return {
    county: fields.text(given.county, "place.county", 100),
    state: fields.word(given.state, "place.state", [...bundle.jurisdictions, ...Object.keys(bundle.directory.states)]),
  };
}

function assumeOf(fields, value) {
  const given = fields.mapping(value, "assume", ASSUMABLE);
  const shown = Object.entries(given).map(([kind, inner]) => [kind, fields.yesNo(inner, `assume.${kind}`)]);
  return Object.fromEntries(shown.filter(([, known]) => known !== null));
}

function checkIds(fields, theCase) {
  const ids = theCase.charges.map((charge) => charge.id);
  ids.forEach((id, i) => {
    if (id && ids.indexOf(id) !== i) fields.add(`charges[${i}].id`, "another charge has this id");
  });
}

/** Days that cannot all be true: only what is certain is refused, ranges may overlap. */
function checkDays(fields, theCase) {
  const born = theCase.born?.start ?? null;
  if (born !== null && born > theCase.asOf) fields.add("person", "the birth lies after the day of screening");
  theCase.charges.forEach(({ date }, i) => {
    if (date?.end && born !== null && born > date.end) fields.add(`charges[${i}].date`, "the person was born after this date");
    if (date?.start && date.start > theCase.asOf) fields.add(`charges[${i}].date`, "the date lies after the day of screening");
  });
}

/**
 * The ids of charges whose given status does not fit the given stage; it is said, and the status stands.
 * @param {Case} theCase
 * @returns {string[]}
 */
export function clashingCharges(theCase) {
  if (!theCase.stageGiven) return [];
  const fitting = STAGES[theCase.stage][1];
  return theCase.charges.filter((charge) => charge.statusGiven && !fitting.includes(charge.status)).map((charge) => charge.id);
}

