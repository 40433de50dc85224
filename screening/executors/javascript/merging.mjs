/** Makes one typed fact of what several sources say, and tells when they contradict each other. */

import { NO, UNKNOWN, YES } from "./truth.mjs";
import { UNBOUNDED } from "./conditions.mjs";

/** @typedef {import("./case_responses.mjs").Value} Value */
/** @typedef {{value: import("./conditions.mjs").FactValue|null, clashing: boolean}} Merged null: unknown */

const NOTHING = { value: null, clashing: false };
const MERGERS = { bool: truth, number: numbers, date: days, code, codes };

/**
 * One fact from all responses to it. Unknown answers give way to known ones. Yes against no is unknown; ranges that
 * overlap narrow each other; ranges that do not, and differing codes, leave all that was said possible.
 * @param {string} kind
 * @param {Value[]} values
 * @returns {Merged}
 */
export const merged = (kind, values) => MERGERS[kind](values);

/**
 * False for the four answers that tell nothing.
 * @param {Value} value
 * @returns {boolean}
 */
export const isKnown = (value) => !("answer" in value) || value.answer === "yes" || value.answer === "no";

function truth(values) {
  const said = new Set(values.map((value) => value.answer));
  const [yes, no] = [said.has("yes"), said.has("no")];
  if (yes && no) return { value: UNKNOWN, clashing: true };
  return yes || no ? { value: yes ? YES : NO, clashing: false } : NOTHING;
}

function range(ends) {
  if (!ends.length) return NOTHING;
  const lows = ends.map(([low]) => low ?? -UNBOUNDED);
  const highs = ends.map(([, high]) => high ?? UNBOUNDED);
  const [low, high] = [Math.max(...lows), Math.min(...highs)];
  if (low <= high) return { value: { low, high }, clashing: false };
  return { value: { low: Math.min(...lows), high: Math.max(...highs) }, clashing: true };
}

function numbers(values) {
  return range(values.filter((value) => "low" in value).map((value) => [value.low, value.high]));
}

function days(values) {
  return range(values.filter((value) => "start" in value).map((value) => [value.start, value.end]));
}

function code(values) {
  const said = new Set(values.filter((value) => "code" in value).map((value) => value.code));
  return said.size ? { value: { possible: said }, clashing: said.size > 1 } : NOTHING;
}

function codes(values) {
  const said = values.filter((value) => "codes" in value).map((value) => value.codes);
  if (!said.length) return NOTHING;
  const possible = new Set(said.flat());
  const sure = new Set(said[0].filter((one) => said.every((list) => list.includes(one))));
  return { value: { sure, possible }, clashing: sure.size !== possible.size };
}
