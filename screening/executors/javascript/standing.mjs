/** Where every protection of a pack stands for one charge on given facts: element truths, presumptions, verdicts. */

import { NO, UNKNOWN, YES, conjunction, word } from "./truth.mjs";
import { AFTER, BARS, GIVES, RANK } from "./results.mjs";

/** @typedef {import("./bundle.mjs").Protection} Protection */
/** @typedef {import("./bundle.mjs").Element} Element */
/** @typedef {import("./conditions.mjs").Facts} Facts */
/**
 * @typedef {object} Matter one charge before one pack: everything that the question fixes, and the facts known
 * @property {import("./bundle.mjs").Pack} pack
 * @property {import("./case.mjs").Charge} charge
 * @property {import("./catalog.mjs").Offense} offense
 * @property {string} status
 * @property {string} stage
 * @property {Facts} facts
 * @property {import("./moments.mjs").Moments} moments
 * @property {Object<string, boolean>} assume
 * @property {Map<string, string>} roles
 * @property {boolean} clash
 */
/** @typedef {{element: Element, truth: 0|1|2, presumed: boolean, assumed: boolean}} ElementStanding */
/**
 * @typedef {object} Standing one protection against one charge
 * @property {Protection} protection
 * @property {ElementStanding[]} elements
 * @property {0|1|2} verdict
 * @property {boolean} presumed
 * @property {number} rank what it gives once it applies
 * @property {number} certainRank zero unless it surely applies; a bar on a presumed element is presumptive
 * @property {number} possibleRank zero where it surely does not apply
 */

const ASSUMABLE = ["victim_status", "nexus", "conditions"];

/**
 * In or beside the bounds: status gates law, stage only the use of mitigation after conviction.
 * @param {Protection} one
 * @param {string} status
 * @param {string} stage
 * @returns {string}
 */
export function roleOf(one, status, stage) {
  if (one.hidden) return "hidden";
  if (one.mechanism === "presumption") return "presumption";
  if (one.route) return "route";
  if (BARS.includes(one.mechanism)) return "bounds";
  const isRelief = one.mechanism === "vacatur";
  if (!AFTER.includes(status)) return isRelief || one.opens_after_conviction ? "later_relief" : "bounds";
  if (isRelief) return !one.relief_for.length || one.relief_for.includes(status) ? "bounds" : "out";
  if (one.mechanism !== "mitigation") return "was_available";
  return stage !== "post_conviction" || one.opens_after_conviction ? "bounds" : "was_available";
}

/**
 * The protection on the values of its conditions.
 * @param {Matter} matter
 * @param {Protection} one
 * @param {Uint8Array} values of the whole pack
 * @param {Facts} facts from which the values come
 * @returns {Standing}
 */
export function stand(matter, one, values, facts) {
  const elements = one.elements.map((element) => elementStanding(matter, element, one, values, facts));
  const verdict = conjunction(elements.map((element) => element.truth));
  const presumed = verdict === YES && elements.some((element) => element.presumed);
  const rank = RANK[GIVES[one.mechanism]] ?? 0;
  const certain = presumed && rank === RANK.barred ? RANK.presumptively_barred : rank;
  return {
    protection: one,
    elements,
    verdict,
    presumed,
    rank,
    certainRank: verdict === YES ? certain : 0,
    possibleRank: verdict === NO ? 0 : rank,
  };
}

function elementStanding(matter, element, one, values, facts) {
  const assumed = ASSUMABLE.includes(element.kind) ? matter.assume[element.kind] : undefined;
  if (assumed !== undefined) return { element, truth: assumed ? YES : NO, presumed: false, assumed: true };
  const truth = values[element.top];
  const presumed = truth === UNKNOWN && isPresumed(matter, element, one, values, facts);
  return { element, truth: presumed ? YES : truth, presumed, assumed: false };
}

function isPresumed(matter, element, one, values, facts) {
  if (element.presumed) return true;
  if (element.kind === "age") return isMinorityPresumed(matter, one, facts);
  return element.presumed_by.some((name) => holds(matter.pack.byId.get(name), values));
}

/** Whether a presumption stands: its elements are shown, and nothing shows that it was lost. */
function holds(presumption, values) {
  const stands = (element) => values[element.top] === YES || (element.presumed && values[element.top] === UNKNOWN);
  return !presumption.hidden && presumption.elements.every(stands);
}

/** Age in dispute is read as under 18 where the law says so; it never presumes anyone older. */
function isMinorityPresumed(matter, one, facts) {
  const { age } = one;
  if (!matter.pack.minority_presumed || !age || age.from !== null || age.under === null) return false;
  return age.under >= 18 && facts.get("age.disputed") === YES && age.confidence !== "recall";
}

/**
 * The word of an element: yes, no, unknown or presumed.
 * @param {ElementStanding} one
 * @returns {string}
 */
export const elementWord = (one) => (one.presumed ? "presumed" : word(one.truth));
