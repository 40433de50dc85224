/** Conditions over typed facts: the closed tree of packs, and one pass that gives the truth of every node. */

import { NO, UNKNOWN, YES } from "./truth.mjs";
import { iso, parsed } from "./dates.mjs";
import { sorted } from "./text.mjs";

/**
 * @typedef {object} Node one node of a tree; `kind` is one of the ten names below
 * @property {"All"|"Any"|"Not"|"AtLeast"|"Is"|"Below"|"From"|"In"|"Has"|"Open"} kind
 * @property {Node[]} of the nodes directly below, in order
 * @property {string} [label] the building block it came from
 * @property {number} [count]
 * @property {string} [fact]
 * @property {number} [limit] dates as numbered days
 * @property {boolean} [isDate]
 * @property {string[]} [codes] in order
 * @property {string} [code]
 * @property {string} [reason]
 */

/** @typedef {{low: number, high: number}} Range inclusive; dates as numbered days */
/** @typedef {{possible: Set<string>}} Code the codes still possible */
/** @typedef {{sure: Set<string>, possible: Set<string>|null}} Codes what a set surely holds and may hold (null: anything) */
/** @typedef {0|1|2|Range|Code|Codes} FactValue */
/** @typedef {Map<string, FactValue>} Facts a fact that is missing is unknown */
/** @typedef {{evaluate: (facts: Facts) => Uint8Array, tops: number[]}} Compiled */

export const UNBOUNDED = 10 ** 9;

/**
 * @param {FactValue|undefined} value
 * @returns {boolean} true for a number or date range
 */
export const isRange = (value) => typeof value === "object" && "low" in value;

/**
 * A tree from its JSON form.
 * @param {object} shape
 * @returns {Node}
 */
export function readTree(shape) {
  const label = shape.block ?? undefined;
  if ("all" in shape) return { kind: "All", of: shape.all.map(readTree), label };
  if ("any" in shape) return { kind: "Any", of: shape.any.map(readTree), label };
  if ("not" in shape) return { kind: "Not", of: [readTree(shape.not)], label };
  if ("at_least" in shape) return { kind: "AtLeast", count: shape.at_least, of: shape.of.map(readTree), label };
  if ("open" in shape) return { kind: "Open", of: [], reason: shape.open };
  return { of: [], fact: shape.fact, ...comparison(shape) };
}

function comparison(shape) {
  if ("below" in shape) return { kind: "Below", limit: shape.below, isDate: false };
  if ("from" in shape) return { kind: "From", limit: shape.from, isDate: false };
  if ("before" in shape) return { kind: "Below", limit: parsed(shape.before), isDate: true };
  if ("on_or_after" in shape) return { kind: "From", limit: parsed(shape.on_or_after), isDate: true };
  if ("in" in shape) return { kind: "In", codes: sorted(shape.in) };
  if ("has" in shape) return { kind: "Has", code: shape.has };
  return { kind: "Is" };
}

/**
 * The JSON form of a tree, the same in every executor.
 * @param {Node} node
 * @returns {object}
 */
export function toJson(node) {
  const label = node.label ? { block: node.label } : {};
  switch (node.kind) {
    case "All": return { ...label, all: node.of.map(toJson) };
    case "Any": return { ...label, any: node.of.map(toJson) };
    case "Not": return { ...label, not: toJson(node.of[0]) };
    case "AtLeast": return { ...label, at_least: node.count, of: node.of.map(toJson) };
    case "Below": return { fact: node.fact, [node.isDate ? "before" : "below"]: written(node) };
    case "From": return { fact: node.fact, [node.isDate ? "on_or_after" : "from"]: written(node) };
    case "In": return { fact: node.fact, in: node.codes };
    case "Has": return { fact: node.fact, has: node.code };
    case "Open": return { open: node.reason };
    default: return { fact: node.fact };
  }
}

const written = (node) => (node.isDate ? iso(node.limit) : node.limit);

/**
 * Every node of a tree, children before parents: the order in which executors number them.
 * @param {Node} node
 * @returns {Generator<Node>}
 */
export function* walk(node) {
  for (const part of node.of) yield* walk(part);
  yield node;
}

/**
 * The names of all facts that a condition reads, in order.
 * @param {Node} node
 * @returns {string[]}
 */
export function factsOf(node) {
  return sorted(new Set([...walk(node)].filter((part) => part.fact !== undefined).map((part) => part.fact)));
}

/**
 * One pass over several trees. `evaluate` gives the truth of every node, trees in order, children before parents; `tops`
 * says where the truth of each tree stands. A missing fact is unknown, never an error.
 * @param {Node[]} roots
 * @returns {Compiled}
 */
export function compileConditions(roots) {
  const steps = [];
  const names = new Map();
  const tops = roots.map((root) => write(root, steps, names));
  const facts = [...names.keys()];
  const evaluate = (known) => {
    const read = facts.map((name) => known.get(name));
    const values = new Uint8Array(steps.length);
    for (let i = 0; i < steps.length; i += 1) values[i] = truthOf(steps[i], values, read);
    return values;
  };
  return { evaluate, tops };
}

function write(node, steps, names) {
  const below = node.of.map((part) => write(part, steps, names));
  if (node.fact !== undefined && !names.has(node.fact)) names.set(node.fact, names.size);
  const codes = node.codes ? new Set(node.codes) : null;
  steps.push({ kind: node.kind, below, slot: names.get(node.fact), limit: node.limit, count: node.count, codes, code: node.code });
  return steps.length - 1;
}

function truthOf(step, values, read) {
  const { below } = step;
  switch (step.kind) {
    case "Is": return typeof read[step.slot] === "number" ? read[step.slot] : UNKNOWN;
    case "Any": {
      let most = NO;
      for (const i of below) if (values[i] > most) most = values[i];
      return most;
    }
    case "All": {
      let least = YES;
      for (const i of below) if (values[i] < least) least = values[i];
      return least;
    }
    case "Not": return 2 - values[below[0]];
    case "AtLeast": return below.map((i) => values[i]).sort((a, b) => b - a)[step.count - 1];
    case "Below": return limitTruth(read[step.slot], step.limit, YES, NO);
    case "From": return limitTruth(read[step.slot], step.limit, NO, YES);
    case "In": return codeTruth(read[step.slot], step.codes);
    case "Has": return codesTruth(read[step.slot], step.code);
    default: return UNKNOWN;
  }
}

function limitTruth(range, limit, whenBelow, whenFrom) {
  if (range === undefined) return UNKNOWN;
  if (range.high < limit) return whenBelow;
  return range.low >= limit ? whenFrom : UNKNOWN;
}

function codeTruth(value, codes) {
  if (value === undefined) return UNKNOWN;
  let inside = 0;
  for (const code of value.possible) if (codes.has(code)) inside += 1;
  if (inside === value.possible.size) return YES;
  return inside ? UNKNOWN : NO;
}

function codesTruth(value, code) {
  if (value === undefined) return UNKNOWN;
  if (value.sure.has(code)) return YES;
  return value.possible === null || value.possible.has(code) ? UNKNOWN : NO;
}
