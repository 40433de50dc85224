/** The three-valued logic of the house: what is shown, what is ruled out, and what nobody has established. */

/** @typedef {0|1|2} Truth NO, UNKNOWN or YES: *and* is the least, *or* the greatest */

export const NO = 0;
export const UNKNOWN = 1;
export const YES = 2;

const WORDS = ["no", "unknown", "yes"];

/**
 * The word of the result format.
 * @param {Truth} value
 * @returns {string}
 */
export const word = (value) => WORDS[value];

/**
 * NO if any is NO, else UNKNOWN if any is, else YES; YES for nothing at all.
 * @param {Iterable<Truth>} values
 * @returns {Truth}
 */
export function conjunction(values) {
  let least = YES;
  for (const value of values) if (value < least) least = value;
  return least;
}

/**
 * YES if any is YES, else UNKNOWN if any is, else NO; NO for nothing at all.
 * @param {Iterable<Truth>} values
 * @returns {Truth}
 */
export function disjunction(values) {
  let most = NO;
  for (const value of values) if (value > most) most = value;
  return most;
}

/**
 * The one truth that all share, UNKNOWN where they differ or there is none.
 * @param {Iterable<Truth>} values
 * @returns {Truth}
 */
export function agreed(values) {
  const seen = new Set(values);
  return seen.size === 1 ? [...seen][0] : UNKNOWN;
}
