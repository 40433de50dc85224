/** One element for people to read: its truth, what it rests on, what the law or the question leaves open, what would settle it. */

import { NO, UNKNOWN, YES } from "./truth.mjs";
import { toJson } from "./conditions.mjs";
import { AGE_FACTS } from "./moments.mjs";
import { BY_RANK } from "./results.mjs";
import { every, influence, settle, some } from "./settle.mjs";
import { distinct, sorted } from "./text.mjs";
import { elementWord } from "./standing.mjs";
import { keyOf } from "./responses.mjs";

/** @typedef {import("./standing.mjs").Matter} Matter */
/** @typedef {import("./standing.mjs").Standing} Standing */
/** @typedef {import("./standing.mjs").ElementStanding} ElementStanding */
/** @typedef {import("./settle.mjs").Settling} Settling */
/** @typedef {{yes: Settling, no: Settling, weights: Map<string, number>}} OpenPoints */

/** So many of the smallest sets are carried along and shown for one finding; the rest is said to exist. */
const KEEP = 8;

const MOST_REMEMBERED = 2_000;

const MODE_WORDS = {
  principal: "those who do the act themselves",
  accomplice: "accomplices; it would have to reach those who help in the offense",
  conspiracy: "conspiracy; it would have to reach those who agree to the offense",
  attempt: "attempts; it would have to reach an offense that was not completed",
  solicitation: "solicitation; it would have to reach those who ask another to commit the offense",
};

/**
 * The element with references to what it rests on, as in `elements[]`.
 * @param {Matter} matter
 * @param {ElementStanding} one
 * @param {Uint8Array} values
 * @param {Map<string, import("./responses.mjs").FactEvidence>} evidence
 * @returns {object}
 */
export function elementFinding(matter, one, values, evidence) {
  const { element } = one;
  const unknown = one.truth === UNKNOWN;
  return {
    name: element.name,
    kind: element.kind,
    says: element.says,
    truth: elementWord(one),
    because: distinct(references(matter, one, evidence), (ref) => `${ref.item}\n${ref.charge}\n${ref.source}`),
    citation: element.citation,
    assumed: one.assumed,
    open_law: unknown ? [...openLaw(matter, one, values)] : [],
    open_question: unknown ? openQuestion(matter, one, values) : [],
  };
}

const drawn = (item, charge = null) => ({ item, charge, source: null });

function* references(matter, one, evidence) {
  const charge = matter.charge.id;
  for (const fact of one.element.facts) {
    if (AGE_FACTS.includes(fact)) yield drawn("person.born");
    if (AGE_FACTS.includes(fact) || fact === "date.offense") yield drawn("date", charge);
    const seen = [charge, null].flatMap((scope) => evidence.get(keyOf(fact, scope))?.evidence ?? []);
    for (const { item, charge: scope, source } of seen) yield { item, charge: scope, source };
    if (fact === "exploitation.before_18" && !seen.length) yield drawn("person.born");
  }
  if (one.element.kind === "scope") yield drawn(matter.charge.section ? "section" : "class", charge);
  if (one.element.kind === "mode") yield drawn("mode", charge);
}

function* openLaw(matter, one, values) {
  const { element } = one;
  if (element.kind === "mode") {
    yield `${element.citation}: the text is silent on ${MODE_WORDS[matter.charge.mode]}.`;
    return;
  }
  for (const { place, reason } of element.opens) if (values[place] === UNKNOWN) yield `${element.citation}: ${reason}.`;
}

function openQuestion(matter, one, values) {
  if (one.element.kind !== "scope" || one.element.asks.every((place) => values[place] !== UNKNOWN)) return [];
  if (matter.charge.section === null || !matter.offense.matched) return ["section"];
  const graded = matter.offense.options.some((option) => option.grades.length > 1);
  return [matter.charge.grade === null && graded ? "grade" : "subdivision"];
}

/**
 * The smallest sets of facts that decide an open finding. Remembered by the pattern of yes, no and unknown alone.
 * @param {Standing} one
 * @param {Uint8Array} values
 * @returns {OpenPoints}
 */
export function openPoints(one, values) {
  const parts = one.elements.filter((part) => part.truth === UNKNOWN && !part.assumed).map((part) => part.element);
  const pattern = parts.map((part) => `${part.first}:${part.own(values).join("")}`).join(" ");
  const { remembered } = one.protection;
  if (remembered.size > MOST_REMEMBERED) remembered.clear();
  if (!remembered.has(pattern)) remembered.set(pattern, workedOut(parts, values));
  return remembered.get(pattern);
}

function workedOut(parts, values) {
  const trees = parts.map((part) => [part.tree, part.truths(values)]);
  const weights = new Map();
  for (const [tree, truths] of trees) influence(tree, truths, 1 / trees.length, weights);
  const limits = { keep: KEEP, weights };
  const yes = every(trees.map(([tree, truths]) => settle(tree, truths, YES, limits)), limits);
  const no = some(trees.map(([tree, truths]) => settle(tree, truths, NO, limits)), limits);
  return { yes, no, weights };
}

/**
 * The sets with what each would give: the protective ones first, then those that rule the finding out.
 * @param {Standing} one
 * @param {OpenPoints} found
 * @returns {{settings: import("./settings.mjs").Setting[], facts: object[], then: string}[]}
 */
export function settlesOf(one, found) {
  const gives = BY_RANK[one.rank];
  const presumed = gives === "barred" && one.elements.some((part) => part.presumed);
  return [
    ...withResult(found.yes, presumed ? "presumptively_barred" : gives),
    ...withResult(found.no, "does_not_apply"),
  ];
}

function withResult(found, then) {
  return found.sets
    .filter((one) => one.members.length)
    .map((one) => sorted(one.members, (part) => [part.fact, part.place]))
    .map((settings) => ({ settings, facts: settings.map(settingJson), then }));
}

function settingJson({ test, holds }) {
  const shape = toJson(test);
  if (test.kind === "Is") return { ...shape, value: holds ? "yes" : "no" };
  return holds ? shape : { ...shape, not: true };
}
