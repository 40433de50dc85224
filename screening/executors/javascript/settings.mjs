/** Facts shown to be so, or not to be so, and sets of them: one object for each, so that alike is the same. */

import { compare, exactSum, sorted } from "./text.mjs";

/** @typedef {import("./conditions.mjs").Node} Node */
/** @typedef {{test: Node, holds: boolean, fact: string, written: string, place: string}} Setting */
/** @typedef {{members: Setting[], key: string, size: number}} SettingSet members in order; `size` counts facts */
/** @typedef {{keep: number|null, weights: Map<string, number>}} Limits how many sets are carried along, chosen by weight */

/** Sets of more facts than this are not listed; then the answer says that more is needed. */
export const LARGEST = 4;

const known = new Map();

/**
 * A comparison as a text to order by, the same in every executor.
 * @param {Node} test
 * @returns {string}
 */
export function written(test) {
  const fact = `fact='${test.fact}'`;
  const flag = test.isDate ? "True" : "False";
  switch (test.kind) {
    case "In": return `In(${fact}, codes=frozenset({${test.codes.map((code) => `'${code}'`).join(", ")}}))`;
    case "Has": return `Has(${fact}, code='${test.code}')`;
    case "Is": return `Is(${fact})`;
    default: return `${test.kind}(${fact}, limit=${test.limit}, is_date=${flag})`;
  }
}

/**
 * The one form in which a value is written: *not below 18* is *from 18*.
 * @param {Node} test
 * @param {boolean} holds
 * @returns {Setting}
 */
export function setting(test, holds) {
  if (!holds && test.kind === "Below") return interned({ ...test, kind: "From" }, true);
  if (!holds && test.kind === "From") return interned({ ...test, kind: "Below" }, true);
  return interned(test, holds);
}

function interned(test, holds) {
  const place = written(test);
  const text = `${test.fact} ${place} ${holds ? "True" : "False"}`;
  if (!known.has(text)) known.set(text, { test, holds, fact: test.fact, written: text, place });
  return known.get(text);
}

/**
 * The setting by which the same comparison fails.
 * @param {Setting} part
 * @returns {Setting}
 */
export const opposite = (part) => setting(part.test, !part.holds);

/**
 * A set of settings, in order and without repetition.
 * @param {Iterable<Setting>} parts
 * @returns {SettingSet}
 */
export function setOf(parts) {
  const members = [...new Set(parts)].sort((a, b) => compare(a.written, b.written));
  const facts = new Set(members.map((part) => part.fact));
  return { members, key: members.map((part) => part.written).join("\n"), size: facts.size };
}

export const NOTHING = setOf([]);

/**
 * Both sets together.
 * @param {SettingSet} one
 * @param {SettingSet} other
 * @returns {SettingSet}
 */
export function union(one, other) {
  if (one.members.length === 0) return other;
  return other.members.length === 0 ? one : setOf([...one.members, ...other.members]);
}

/**
 * False where a set asks one fact to be two things at once.
 * @param {SettingSet} one
 * @returns {boolean}
 */
export function isPossible(one) {
  if (one.size === one.members.length) return true;
  const byFact = new Map();
  for (const part of one.members) byFact.set(part.fact, [...(byFact.get(part.fact) ?? []), part]);
  return [...byFact.values()].every((group) => group.length === 1 || agree(group));
}

function agree(group) {
  let low = -(10 ** 9);
  let high = 10 ** 9;
  let codes = null;
  const barred = new Set();
  const sure = new Set();
  for (const { test, holds } of group) {
    if (test.kind === "From") low = Math.max(low, test.limit);
    else if (test.kind === "Below") high = Math.min(high, test.limit - 1);
    else if (test.kind === "In" && holds) codes = codes === null ? test.codes : codes.filter((code) => test.codes.includes(code));
    else if (test.kind === "In") test.codes.forEach((code) => barred.add(code));
    else sure.add(`${test.code ?? test.fact} ${holds}`);
  }
  const left = codes === null || codes.some((code) => !barred.has(code));
  return low <= high && left && ![...sure].some((name) => sure.has(turned(name)));
}

const turned = (name) => (name.endsWith(" true") ? `${name.slice(0, -5)} false` : `${name.slice(0, -6)} true`);

function narrows(part, weak) {
  const [strong, wide] = [part.test, weak.test];
  if (part.fact !== weak.fact) return false;
  if (wide.kind === "Below") return strong.kind === "Below" && strong.limit <= wide.limit;
  if (wide.kind === "From") return strong.kind === "From" && strong.limit >= wide.limit;
  if (wide.kind !== "In" || strong.kind !== "In") return false;
  if (weak.holds) return part.holds && strong.codes.every((code) => wide.codes.includes(code));
  return part.holds
    ? strong.codes.every((code) => !wide.codes.includes(code))
    : wide.codes.every((code) => strong.codes.includes(code));
}

/** Whether `members` already say `weak`: the same setting, or a narrower one of the same fact. */
const implied = (weak, members) => members.some((part) => part === weak || narrows(part, weak));

/** The set without what its other members already say. */
function tidy(one) {
  if (one.members.length === one.size) return one;
  let kept = one.members;
  for (const part of one.members) {
    const others = kept.filter((other) => other !== part);
    if (implied(part, others)) kept = others;
  }
  return setOf(kept);
}

/**
 * The sets that hold no other one, smallest and weightiest first, and whether some were cut away.
 * @param {Iterable<SettingSet>} sets
 * @param {Limits} limits
 * @returns {{sets: SettingSet[], cut: boolean}}
 */
export function minimal(sets, limits) {
  const tidied = new Map();
  for (const one of sets) {
    const tidyOne = tidy(one);
    tidied.set(tidyOne.key, tidyOne);
  }
  const least = [];
  for (const one of sorted(tidied.values(), (set) => order(set, limits.weights))) {
    if (limits.keep !== null && least.length >= limits.keep) return { sets: least, cut: true };
    const holdsOther = least.some(
      (other) => other.members.length <= one.members.length && other.members.every((part) => implied(part, one.members)),
    );
    if (!holdsOther) least.push(one);
  }
  return { sets: least, cut: false };
}

function order(one, weights) {
  const weight = exactSum(one.members.map((part) => weights.get(part.fact) ?? 0));
  return [one.members.length, -weight, one.members.map((part) => part.written)];
}
