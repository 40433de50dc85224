/** The bounds of a charge: the least and most protective result over everything that is still unknown, by cases. */

import { NO, UNKNOWN, YES } from "./truth.mjs";
import { UNBOUNDED, isRange } from "./conditions.mjs";
import { DATED, datedFacts, narrowed } from "./moments.mjs";
import { isQuestion } from "./settle.mjs";
import { sorted } from "./text.mjs";
import { stand } from "./standing.mjs";

/** @typedef {import("./standing.mjs").Matter} Matter */
/** @typedef {{fact: string, value: import("./conditions.mjs").FactValue}} Piece one fact held inside a part of its values */
/** @typedef {{pieces: Piece[], atLeast: number, atMost: number}} CaseOf */
/** @typedef {{atLeast: number, atMost: number, cases: CaseOf[], resolved: boolean}} Bounds ranks; `resolved` false past the cap */

const MOST_CASES = 64;
const OTHER_CODE = "none_of_these";
const FIRST_SPLIT = [...DATED].reverse();

/**
 * Exact over completions of the facts: facts read with both signs, ages and dates are split, the rest is Kleene.
 * @param {Matter} matter
 * @returns {Bounds}
 */
export function boundsOf(matter) {
  const leaves = [];
  const counted = matter.pack.protections.filter((one) => matter.roles.get(one.id) === "bounds");
  const resolved = split({ matter, counted, leaves }, matter.facts, matter.moments, []);
  const differ = leaves.some((leaf) => leaf.atLeast !== leaves[0].atLeast || leaf.atMost !== leaves[0].atMost);
  return {
    atLeast: Math.min(...leaves.map((leaf) => leaf.atLeast)),
    atMost: Math.max(...leaves.map((leaf) => leaf.atMost)),
    cases: differ ? leaves : [],
    resolved,
  };
}

function split(search, facts, moments, pieces) {
  const { matter, counted, leaves } = search;
  const values = matter.pack.evaluate(facts);
  const standings = counted.map((one) => stand(matter, one, values, facts));
  const atLeast = Math.max(0, ...standings.map((one) => one.certainRank));
  const atMost = Math.max(0, ...standings.map((one) => one.possibleRank));
  const undecided = standings.filter((one) => one.verdict === UNKNOWN && one.rank > atLeast);
  const choice = nextSplit(undecided, values);
  if (choice === null || leaves.length >= MOST_CASES) {
    leaves.push({ pieces, atLeast, atMost });
    return choice === null;
  }
  let resolved = true;
  for (const piece of piecesOf(choice, facts)) {
    const inner = held(piece, facts, moments);
    if (inner) resolved = split(search, inner.facts, inner.moments, [...pieces, piece]) && resolved;
  }
  return resolved;
}

/** The fact to split on next: dates and ages first (they are said by cases), then facts read with both signs. */
function nextSplit(standings, values) {
  const reads = new Map();
  for (const one of standings) {
    for (const { element, truth, assumed } of one.elements) {
      if (truth === UNKNOWN && !assumed) read(element.tree, element.truths(values), true, reads);
    }
  }
  const isTwofold = (fact) => reads.get(fact).signs.size > 1 || reads.get(fact).codes.size > 1;
  const dated = FIRST_SPLIT.find((fact) => reads.has(fact));
  const fact = dated ?? sorted(reads.keys()).find(isTwofold);
  return fact === undefined ? null : { fact, ...reads.get(fact) };
}

/** Notes how unknown parts of the question read each fact: with which signs, at which limits, for which codes. */
function read(node, truths, sign, reads) {
  if (truths.get(node) !== UNKNOWN) return;
  const isRead = ["Is", "Below", "From", "In"].includes(node.kind);
  if (isRead && !isQuestion(node.fact)) {
    if (!reads.has(node.fact)) reads.set(node.fact, { signs: new Set(), limits: new Set(), codes: new Map() });
    const own = reads.get(node.fact);
    own.signs.add(node.kind === "Below" ? !sign : sign);
    if (node.limit !== undefined) own.limits.add(node.limit);
    if (node.codes) own.codes.set(node.codes.join("\n"), node.codes);
  } else {
    for (const part of node.of) read(part, truths, node.kind === "Not" ? !sign : sign, reads);
  }
}

function* piecesOf({ fact, limits, codes }, facts) {
  const known = facts.get(fact);
  if (limits.size) {
    const { low, high } = isRange(known) ? known : { low: -UNBOUNDED, high: UNBOUNDED };
    const cuts = sorted(limits).filter((limit) => low < limit && limit <= high);
    const starts = [low, ...cuts];
    for (let i = 0; i < starts.length; i += 1) yield { fact, value: { low: starts[i], high: i < cuts.length ? cuts[i] - 1 : high } };
  } else if (codes.size) {
    const possible = known === undefined ? new Set([...codes.values()].flat().concat(OTHER_CODE)) : known.possible;
    for (const code of sorted(possible)) yield { fact, value: { possible: new Set([code]) } };
  } else {
    yield { fact, value: YES };
    yield { fact, value: NO };
  }
}

/** The facts with one held to a piece. An age or date narrows birth and offense, so that all ages stay consistent. */
function held(piece, facts, moments) {
  if (!DATED.includes(piece.fact)) return { facts: new Map([...facts, [piece.fact, piece.value]]), moments };
  const inner = narrowed(moments, piece.fact, piece.value);
  const dated = inner ? datedFacts(inner) : null;
  return dated ? { facts: new Map([...facts, ...dated]), moments: inner } : null;
}
