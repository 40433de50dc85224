/** How far the law behind a charge is known: which policy goals cover it, and whether *none found* could ever be said. */

import { NO } from "./truth.mjs";
import { isInClasses } from "./catalog.mjs";
import { AFTER } from "./results.mjs";

/** @typedef {import("./standing.mjs").Matter} Matter */
/** @typedef {import("./standing.mjs").Standing} Standing */

const TOPIC_GOALS = { prostitution: "2.5", cse: "2.7", sex_trafficking: "2.7" };
const SEVERITY_GOALS = { status: "2.6", misdemeanor: "2.6", nonviolent_felony: "2.6", violent_felony: "2.8" };
const ALL_GOALS = ["2.5", "2.6", "2.7", "2.8"];
const FIRM = ["scope", "mode", "period", "age"];

/** The goals that cover a reading: by topic, else by severity; an unknown class could be under any. */
function goalsOf(option) {
  if (!option.established) return ALL_GOALS;
  const topical = [...option.topics].map((topic) => TOPIC_GOALS[topic]).filter(Boolean);
  return topical.length ? topical : [...option.severities].map((one) => SEVERITY_GOALS[one]);
}

/**
 * True only where *none found* is an honest answer: the text was searched for every goal of the class, nothing says that
 * it was not established, and no hidden entry could reach the charge.
 * @param {Matter} matter
 * @param {Standing[]} hidden
 * @returns {boolean}
 */
export function isComplete(matter, hidden) {
  const { reach } = matter.pack;
  const goals = matter.offense.options.flatMap(goalsOf);
  const isGap = (gap) => goals.includes(gap.goal) && (!gap.classes.length || isInClasses(matter.offense, gap.classes) !== NO);
  return (
    goals.every((goal) => reach.searched.includes(goal)) &&
    !reach.not_established.some(isGap) &&
    !hidden.some((one) => couldReach(matter, one))
  );
}

/** Whether an unconfirmed entry might still matter here: its better-known elements do not rule it out. */
function couldReach(matter, { protection, elements }) {
  const after = protection.opens_after_conviction || protection.mechanism === "vacatur";
  if (protection.route || protection.mechanism === "presumption" || (after && !AFTER.includes(matter.status))) return false;
  return elements.every((one) => one.truth !== NO || !FIRM.includes(one.element.kind));
}
