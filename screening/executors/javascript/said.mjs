/** The plain points said with a charge before its findings: how its section, class, mode, status and dates were read. */

import { isRange } from "./conditions.mjs";

/** @typedef {import("./standing.mjs").Matter} Matter */

/**
 * Points as codes with what they need to be worded.
 * @param {Matter} matter
 * @returns {object[]}
 */
export function pointsSaid(matter) {
  return [...ageReached(matter), ...sectionPoints(matter), ...takingPart(matter), ...datesAndStatus(matter)];
}

function* sectionPoints({ charge, offense }) {
  const { section } = charge;
  if (section && !offense.matched) yield { point: "unknown_class", section };
  if (offense.matched && !offense.classKnown) yield { point: "class_not_established", section };
  if (offense.former) yield { point: "former_section", section, now: offense.former };
  if (offense.clash && offense.givenClass) {
    const catalogued = offense.options.flatMap((option) => [...option.topics, ...option.severities]).sort();
    yield { point: "class_clash", given: offense.givenClass, catalogued };
  }
  for (const { entry } of offense.options) if (entry?.repealed) yield { point: "repealed", section: entry.section, on: entry.repealed };
}

function* takingPart({ charge, pack }) {
  if (!charge.modeGiven) yield { point: "mode_left_out" };
  if (charge.mode === "principal") return;
  for (const { mode, ...rule } of pack.catalog.part.liability) if (mode === charge.mode) yield { point: "liability", mode, ...rule };
}

function* datesAndStatus({ charge, clash, status, stage }) {
  if (charge.date === null) yield { point: "no_offense_date" };
  if (clash) yield { point: "status_stage_clash", status, stage };
}

/** The section's own age of the actor, where this person is or may be outside it. */
function* ageReached({ offense, facts }) {
  const rules = offense.options.map((option) => option.entry?.reaches_actor).filter(Boolean);
  const ages = facts.get("age.offense");
  if (!rules.length || rules.length < offense.options.length || !isRange(ages)) return;
  if (rules.every((rule) => isOutside(rule, ages))) yield { point: "does_not_reach_age", ...rules[0] };
  else if (rules.some((rule) => mayBeOutside(rule, ages))) yield { point: "may_not_reach_age", ...rules[0] };
}

const isOutside = (rule, ages) =>
  (rule.from !== null && ages.high < rule.from) || (rule.under !== null && ages.low >= rule.under);
const mayBeOutside = (rule, ages) =>
  (rule.from !== null && ages.low < rule.from) || (rule.under !== null && ages.high >= rule.under);
