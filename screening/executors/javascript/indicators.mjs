/** The flag: which observations of what was done to the person are recorded, in four states and with no score. */

import { UNKNOWN, YES, disjunction } from "./truth.mjs";
import { ageRange } from "./dates.mjs";

/** @typedef {import("./case.mjs").Case} Case */
/** @typedef {import("./responses.mjs").FactBase} FactBase */
/** @typedef {import("./questionnaire.mjs").Questionnaire} Questionnaire */

const ACCUSATION = "accusation";
const COMMERCIAL_SEX = "exploitation.commercial_sex";
const BEFORE_18 = "exploitation.before_18";

/**
 * The flag as in `screening.v1`. Unknown facts neither raise nor lower it. A charge of prostitution against someone who may
 * be under 18 is at least *possible*; sources that contradict each other count as *possible*; a person's own no never counts.
 * @param {Case} theCase
 * @param {FactBase} base
 * @param {Questionnaire} questionnaire
 * @param {boolean} minorProstitutionCharge
 * @returns {object}
 */
export function flag(theCase, base, questionnaire, minorProstitutionCharge) {
  const rules = questionnaire.part.flag;
  const denied = new Set(base.clashes.filter((clash) => isDeniedOnly(clash, questionnaire)).map((clash) => clash.fact));
  const clashing = new Set(base.clashes.map((clash) => clash.fact).filter((fact) => !denied.has(fact)));
  const values = questionnaire.flag.evaluate(flagFacts(theCase, base, questionnaire, denied));
  const truths = questionnaire.flag.tops.map((top) => values[top])[Symbol.iterator]();
  const known = knownResponses(base);
  const seen = questionnaire.groups.map((group) => groupSeen(group, truths, known, clashing));
  const found = seen.flatMap((one) => one.indicators);
  const share = shareOf(theCase, known, questionnaire);
  const accusation = { id: ACCUSATION, group: ACCUSATION, label: rules.accusation, disputed: false, because: [] };
  return {
    state: stateOf(seen, found, share, rules, minorProstitutionCharge),
    indicators: minorProstitutionCharge ? [...found, accusation] : found,
    asked: share,
    rests_on_accusation: minorProstitutionCharge && found.length === 0,
  };
}

function stateOf(seen, found, share, rules, minorProstitutionCharge) {
  const groups = seen.filter((one) => one.present).length;
  if (seen.some((one) => one.strong) || groups >= rules.two_groups) return "indicators_present";
  if (found.length || minorProstitutionCharge) return "possible";
  return share.known * 100 < rules.minimum_share * share.of ? "not_enough_recorded" : "none_recorded";
}

function groupSeen(group, truths, known, clashing) {
  const indicators = [];
  let present = false;
  for (const row of group.indicators) {
    const truth = truths.next().value;
    const disputed = truth === UNKNOWN && row.reads.some((fact) => clashing.has(fact));
    present = present || truth === YES;
    if (truth === YES || disputed) {
      const because = row.reads.flatMap((fact) => known.get(fact) ?? []);
      indicators.push({ id: row.id, group: group.id, label: row.label, disputed, because: because.map(reference) });
    }
  }
  const strong = group.strong_when ? truths.next().value === YES : group.strong;
  return { indicators, present, strong: strong && present };
}

const reference = ({ item, charge, source }) => ({ item, charge, source });

/** The facts about the person, those of any charge that indicators read, and what follows from birth or denial. */
function flagFacts(theCase, base, questionnaire, denied) {
  const facts = new Map(base.person);
  const charges = [...base.charges.values()];
  for (const item of questionnaire.flagItems) {
    if (item.per_charge && item.fact && charges.length) facts.set(item.fact, disjunction(charges.map((charge) => truthOf(charge.get(item.fact)))));
  }
  for (const fact of denied) facts.set(fact, YES);
  if ((facts.get(BEFORE_18) ?? UNKNOWN) === UNKNOWN && facts.get(COMMERCIAL_SEX) === YES) {
    facts.set(BEFORE_18, isMinorToday(theCase) ? YES : UNKNOWN);
  }
  return facts;
}

function isMinorToday(theCase) {
  if (theCase.born === null) return false;
  const oldest = ageRange(theCase.born, theCase.asOf).high;
  return oldest !== null && oldest < 18;
}

const truthOf = (value) => (typeof value === "number" ? value : UNKNOWN);

/** True where yes is contradicted by nothing but the person's own no. */
function isDeniedOnly(clash, questionnaire) {
  const noes = clash.evidence.filter((one) => one.value === "no");
  return noes.length > 0 && noes.every((one) => isOwn(one, questionnaire));
}

const isOwn = (one, questionnaire) => one.source === "own_statement" || questionnaire.items.get(one.item).part === "part2";

function knownResponses(base) {
  const known = new Map();
  for (const { fact, evidence } of base.evidence.values()) {
    const seen = evidence.filter((one) => one.known);
    if (seen.length) known.set(fact, [...(known.get(fact) ?? []), ...seen]);
  }
  return known;
}

/** Part 1 items behind the flag, and those with a known answer that is not the person's own word. */
function shareOf(theCase, known, questionnaire) {
  const asked = questionnaire.flagItems.filter((item) => theCase.charges.length || !item.per_charge);
  return { known: asked.filter((item) => isLookedAt(item, theCase, known)).length, of: asked.length };
}

/** Known for the person, or for every charge where the item is about charges. */
function isLookedAt(item, theCase, known) {
  const seen = new Set(
    (known.get(item.fact ?? "") ?? [])
      .filter((one) => one.item === item.id && one.source !== "own_statement")
      .map((one) => one.charge),
  );
  return item.per_charge ? theCase.charges.every((charge) => seen.has(charge.id)) : seen.size > 0;
}
