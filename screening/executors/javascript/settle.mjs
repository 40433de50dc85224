/** Which facts would still decide a condition: the smallest sets of values that fix it whatever the rest turns out to be. */

import { UNKNOWN, YES } from "./truth.mjs";
import { LARGEST, NOTHING, isPossible, minimal, opposite, setOf, setting, union } from "./settings.mjs";

/** @typedef {import("./conditions.mjs").Node} Node */
/** @typedef {import("./settings.mjs").SettingSet} SettingSet */
/** @typedef {import("./settings.mjs").Limits} Limits */
/** @typedef {Map<Node, 0|1|2>} Truths the truth of every node of a tree */
/** @typedef {{sets: SettingSet[], more: boolean}} Settling `more` where further sets exist that are larger than the limits */

const NEVER = { sets: [], more: false };
const ALREADY = { sets: [NOTHING], more: false };
const MOST_RESOLVED = 500;

/**
 * Facts that begin so are part of the question: no answer settles them.
 * @param {string} fact
 * @returns {boolean}
 */
export const isQuestion = (fact) => ["q.", "charge.", "stage", "date.screening"].some((start) => fact.startsWith(start));

/**
 * The minimal sets of values that make `node` yes (or no), given what is known. An open point of law is never settled by
 * facts; facts that occur with both signs are resolved, so that *x or not x* needs nothing.
 * @param {Node} node
 * @param {Truths} truths
 * @param {0|2} want
 * @param {Limits} limits
 * @returns {Settling}
 */
export function settle(node, truths, want, limits) {
  const value = truths.get(node);
  if (value === want) return ALREADY;
  if (value !== UNKNOWN) return NEVER;
  switch (node.kind) {
    case "Open": return NEVER;
    case "Not": return settle(node.of[0], truths, 2 - want, limits);
    case "All":
    case "Any": {
      const combine = (node.kind === "All") === (want === YES) ? every : some;
      return combine(node.of.map((part) => settle(part, truths, want, limits)), limits);
    }
    case "AtLeast": {
      const needed = want === YES ? node.count : node.of.length - node.count + 1;
      return counted(node.of.map((part) => settle(part, truths, want, limits)), needed, limits);
    }
    default:
      if (isQuestion(node.fact)) return NEVER;
      return { sets: [setOf([setting(node, want === YES)])], more: false };
  }
}

/**
 * Sets that settle all parts at once: one set of each, joined.
 * @param {Settling[]} parts
 * @param {Limits} limits
 * @returns {Settling}
 */
export function every(parts, limits) {
  let joined = [NOTHING];
  let more = false;
  for (const part of parts) {
    const pairs = joined.flatMap((one) => part.sets.map((other) => union(one, other)));
    const fitting = pairs.filter(isPossible);
    const small = fitting.filter((pair) => pair.size <= LARGEST);
    const least = minimal(small, limits);
    joined = least.sets;
    more = more || part.more || least.cut || small.length < fitting.length;
    if (joined.length === 0 && !more) return NEVER;
  }
  return { sets: joined, more };
}

/**
 * Sets that settle at least one part.
 * @param {Settling[]} parts
 * @param {Limits} limits
 * @returns {Settling}
 */
export function some(parts, limits) {
  const { sets, missed } = resolved(parts.flatMap((part) => part.sets));
  const least = minimal(sets, limits);
  return { sets: least.sets, more: least.cut || missed || parts.some((part) => part.more) };
}

/** Sets that settle at least `needed` of the parts. */
function counted(parts, needed, limits) {
  const best = [ALREADY, ...Array(needed).fill(NEVER)];
  for (const part of parts) {
    for (let i = needed; i > 0; i -= 1) best[i] = some([best[i], every([best[i - 1], part], limits)], limits);
  }
  return best[needed];
}

/**
 * The sets with their consensus: where one set needs a fact and another its opposite, what both need together is enough.
 * `missed` says whether a consensus was left out for its size, or because there were too many of them.
 */
function resolved(sets) {
  const known = new Map(sets.map((one) => [one.key, one]));
  const positive = new Set([...known.values()].flatMap((one) => one.members));
  if (![...positive].some((part) => positive.has(opposite(part)))) return { sets: [...known.values()], missed: false };
  const larger = [];
  let fresh = [...known.values()];
  while (fresh.length && known.size < MOST_RESOLVED) {
    const found = new Map();
    for (const one of fresh) {
      for (const other of known.values()) {
        for (const made of consensus(one, other)) if (!known.has(made.key)) found.set(made.key, made);
      }
    }
    const possible = [...found.values()].filter(isPossible);
    fresh = possible.filter((made) => made.size <= LARGEST);
    larger.push(...possible.filter((made) => made.size > LARGEST));
    for (const made of fresh) known.set(made.key, made);
  }
  const holds = (one) => [...known.values()].some((least) => least.members.every((part) => one.members.includes(part)));
  return { sets: [...known.values()], missed: fresh.length > 0 || !larger.every(holds) };
}

function* consensus(one, other) {
  for (const part of one.members) {
    const against = opposite(part);
    if (other.members.includes(against)) {
      yield setOf([...one.members.filter((own) => own !== part), ...other.members.filter((own) => own !== against)]);
    }
  }
}

/**
 * Adds to `weights` how much each fact matters to an open condition: its share is split evenly among the open parts, and
 * a fact that would count against something has half of it.
 * @param {Node} node
 * @param {Truths} truths
 * @param {number} share
 * @param {Map<string, number>} weights
 */
export function influence(node, truths, share, weights) {
  if (truths.get(node) !== UNKNOWN || node.kind === "Open") return;
  if (node.fact !== undefined) {
    if (!isQuestion(node.fact)) weights.set(node.fact, (weights.get(node.fact) ?? 0) + share);
    return;
  }
  const own = node.kind === "Not" ? share / 2 : share;
  const open = node.of.filter((part) => truths.get(part) === UNKNOWN);
  for (const part of open) influence(part, truths, own / open.length, weights);
}
