/** Which duties are due, or fall due once their trigger is shown, and by when. */

import { NO, UNKNOWN, YES, disjunction } from "./truth.mjs";
import { iso, parsed } from "./dates.mjs";
import { sorted } from "./text.mjs";
import { datedFacts, isDisputed, momentsOf } from "./moments.mjs";

/** @typedef {import("./standing.mjs").Matter} Matter */
/** @typedef {import("./conditions.mjs").Facts} Facts */

const NO_CLOCK = 10 ** 6;

/**
 * The duties of the packs over all charges, as in `duties[]`: *due* when the trigger is yes for one, *if* while it is
 * possible. A clock runs from `noticed` and never otherwise.
 * @param {import("./bundle.mjs").Pack[]} packs
 * @param {Map<string, Facts>} factsByCharge read protectively; the key is empty where there is no charge
 * @param {string|null} noticed
 * @returns {object[]}
 */
export function dutiesOf(packs, factsByCharge, noticed) {
  const found = packs.flatMap((pack) => {
    const values = [...factsByCharge].map(([charge, facts]) => [charge, pack.evaluateAround(facts)]);
    return pack.duties
      .map(({ duty, top }) => dutyFinding(duty, pack, values.map(([charge, seen]) => [charge, seen[top]]), noticed))
      .filter(Boolean);
  });
  return sorted(found, (one) => [one.state !== "due", one.within_hours ?? NO_CLOCK]);
}

function dutyFinding(duty, pack, truths, noticed) {
  const best = disjunction(truths.map(([, truth]) => truth));
  if (best === NO) return null;
  const runs = noticed !== null && duty.within_hours !== null && best === YES;
  return {
    id: duty.id,
    jurisdiction: pack.jurisdiction,
    who: duty.who,
    says: duty.says,
    do: duty.do,
    state: best === YES ? "due" : "if",
    citation: duty.citation,
    confidence: duty.confidence,
    within_hours: duty.within_hours,
    due: runs ? hoursLater(noticed, duty.within_hours) : null,
    charges: truths.filter(([charge, truth]) => charge && truth === best).map(([charge]) => charge),
  };
}

/** A moment some hours later, to the minute, on the same clock. */
function hoursLater(moment, hours) {
  const [, day, hour = "0", minute = "0", zone = ""] = /^(\S{10})(?:[T ](\d\d):(\d\d)[^Z+-]*(Z|[+-]\d\d:\d\d)?)?$/.exec(moment);
  const minutes = (Number(hour) + hours) * 60 + Number(minute);
  const clock = [Math.floor(minutes / 60) % 24, minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
  const offset = zone === "Z" || zone === "-00:00" ? "+00:00" : zone;
  return `${iso(parsed(day) + Math.floor(minutes / 1440))}T${clock}${offset}`;
}

/**
 * Facts read protectively for duties, by charge: where two sources clash on a yes or no, yes.
 * @param {import("./case.mjs").Case} theCase
 * @param {Matter[]} matters
 * @param {import("./responses.mjs").FactBase} base
 * @returns {Map<string, Facts>}
 */
export function protective(theCase, matters, base) {
  const rows = new Map();
  for (const { charge, facts } of matters) {
    const clashing = base.clashes.filter((clash) => clash.charge === null || clash.charge === charge.id);
    rows.set(charge.id, withYes(facts, clashing));
  }
  if (rows.size) return rows;
  const bare = new Map([
    ...base.person,
    ...(datedFacts(momentsOf(theCase, null, isDisputed(base))) ?? []),
    ["stage", { possible: new Set([theCase.stage]) }],
    ["charge.classes", { sure: new Set(), possible: new Set() }],
  ]);
  return rows.set("", withYes(bare, base.clashes.filter((clash) => clash.charge === null)));
}

const withYes = (facts, clashes) =>
  new Map([...facts, ...clashes.filter((clash) => facts.get(clash.fact) === UNKNOWN).map((clash) => [clash.fact, YES])]);
