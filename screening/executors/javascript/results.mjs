/** The words of a result, their order from least to most protective, and which word a mechanism gives. */

export const RANK = {
  law_not_established: 0,
  none_found: 0,
  relief_after_conviction: 1,
  mitigation: 2,
  defense_available: 3,
  diversion_open: 4,
  diversion_required: 5,
  presumptively_barred: 6,
  barred: 7,
};

/** The result of a rank above zero. */
export const BY_RANK = Object.fromEntries(Object.entries(RANK).filter(([, rank]) => rank).map(([result, rank]) => [rank, result]));

export const GIVES = {
  exclusion: "barred",
  immunity: "barred",
  mandatory_diversion: "diversion_required",
  discretionary_diversion: "diversion_open",
  affirmative_defense: "defense_available",
  mitigation: "mitigation",
  vacatur: "relief_after_conviction",
};

export const BARS = ["exclusion", "immunity"];
export const AFTER = ["adjudicated", "convicted"];

/**
 * The one word for a pair of bounds: the same where equal, presumptive bars as they are, else *cannot tell*.
 * @param {string} low
 * @param {string} high
 * @returns {string}
 */
export function joined(low, high) {
  return low === high || (low === "presumptively_barred" && high === "barred") ? low : "cannot_tell";
}

/**
 * The word of a rank: rank zero reads by whether the law of the class was searched whole.
 * @param {number} rank
 * @param {boolean} complete
 * @returns {string}
 */
export const resultOf = (rank, complete) => (rank ? BY_RANK[rank] : complete ? "none_found" : "law_not_established");
