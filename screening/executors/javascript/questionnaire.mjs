/** The questionnaire ready for use: items in order, which branches are closed, and who can establish a fact. */

import { NO } from "./truth.mjs";
import { compileConditions, factsOf, readTree } from "./conditions.mjs";

/** @typedef {import("./conditions.mjs").Facts} Facts */
/** @typedef {object} Item an item as in the bundle, with its part */

/** Parts, facts, branches and flag rules of a bundle, compiled. */
export class Questionnaire {
  /** @param {object} part `questionnaire` of a bundle */
  constructor(part) {
    this.part = part;
    this.facts = part.facts;
    const items = part.parts.flatMap((one) => one.sections.flatMap((section) => section.items.map((item) => ({ ...item, part: one.part }))));
    /** @type {Map<string, Item>} every item by its id, in the order of the parts */
    this.items = new Map(items.map((item) => [item.id, item]));
    this.levels = part.levels.map((level) => level.map((id) => this.items.get(id)));
    this.conditioned = items.filter((item) => item.shown_when);
    this.branches = compileConditions(this.conditioned.map((item) => readTree(item.shown_when)));
    this.flagItems = items.filter((item) => item.part === "part1" && item.serves.includes("flag"));
    this.groups = part.flag.groups.map((group) => ({
      ...group,
      indicators: group.indicators.map((row) => ({ ...row, reads: factsOf(readTree(row.when)) })),
    }));
    const tests = part.flag.groups.flatMap((group) => [...group.indicators.map((row) => row.when), ...(group.strong_when ? [group.strong_when] : [])]);
    this.flag = compileConditions(tests.map(readTree));
    this.byFact = byFact(items);
  }

  /**
   * The items whose branch is surely closed; unknown keeps a branch open.
   * @param {Facts} facts for a per-charge item those of person and charge
   * @returns {Set<string>}
   */
  closed(facts) {
    const values = this.branches.evaluate(facts);
    return new Set(this.conditioned.filter((_, i) => values[this.branches.tops[i]] === NO).map((item) => item.id));
  }

  /**
   * The items to show, in order: all but those whose branch is surely closed, or that only other places ask.
   * @param {Facts} facts
   * @param {string[]|null} [places] the jurisdictions in play; null: all are kept
   * @returns {Item[]}
   */
  shown(facts, places = null) {
    const closed = this.closed(facts);
    const asked = (item) => places === null || !this.part.places[item.id] || this.part.places[item.id].some((one) => places.includes(one));
    return [...this.items.values()].filter((item) => !closed.has(item.id) && asked(item));
  }

  /**
   * The items that can establish a fact, those not put to the person first.
   * @param {string} fact
   * @returns {Item[]}
   */
  itemsFor(fact) {
    return this.byFact.get(fact) ?? [];
  }
}

function byFact(items) {
  const found = new Map();
  const ordered = [...items.filter((item) => item.answered_by !== "person"), ...items.filter((item) => item.answered_by === "person")];
  for (const item of ordered) if (item.fact) found.set(item.fact, [...(found.get(item.fact) ?? []), item]);
  return found;
}
