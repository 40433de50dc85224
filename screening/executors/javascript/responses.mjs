/** Turns responses into facts for one reader: merged, with what differs, what is withheld and what is closed. */

import { NO } from "./truth.mjs";
import { isKnown, merged } from "./merging.mjs";

/** @typedef {import("./conditions.mjs").Facts} Facts */
/** @typedef {{item: string, charge: string|null, source: string|null, value: string|null, known: boolean}} Evidence */
/** @typedef {{fact: string, charge: string|null, evidence: Evidence[]}} FactEvidence */
/**
 * @typedef {object} FactBase what one reader's rules may see; a fact that is missing is unknown
 * @property {Facts} person
 * @property {Map<string, Facts>} charges
 * @property {Map<string, FactEvidence>} evidence by `keyOf`
 * @property {FactEvidence[]} clashes
 * @property {number} withheld
 */

const VIEWERS = { prosecutor: "prosecutor", officer: "officer", advocate: "community_advocate" };

/**
 * The key of a fact about the person (charge null) or one charge.
 * @param {string} fact
 * @param {string|null} charge
 * @returns {string}
 */
export const keyOf = (fact, charge) => `${fact}\n${charge ?? ""}`;

/**
 * The viewer that a reader is.
 * @param {string} reader
 * @returns {string}
 */
export const viewerOf = (reader) => VIEWERS[reader];

/**
 * The facts that `reader`'s rules may use. A known value beats *not known*; contradicting values are unknown over the
 * union of what they say. Own statements count for prosecutor and officer only once cleared. A response in a branch that
 * is surely closed is out of force; a person's own no closes no branch.
 * @param {import("./case.mjs").Case} theCase
 * @param {import("./questionnaire.mjs").Questionnaire} questionnaire
 * @param {string} reader
 * @returns {FactBase}
 */
export function factsFrom(theCase, questionnaire, reader) {
  const gathering = new Gathering(theCase, questionnaire, reader);
  questionnaire.levels.forEach((level, number) => gathering.take(level, number === 0));
  return gathering.result();
}

class Gathering {
  constructor(theCase, questionnaire, reader) {
    this.responses = theCase.responses;
    this.questionnaire = questionnaire;
    this.viewer = viewerOf(reader);
    this.hearsOwnWords = reader === "advocate";
    this.onlyCharge = theCase.charges.length === 1 ? theCase.charges[0].id : null;
    this.person = new Map();
    this.charges = new Map(theCase.charges.map((charge) => [charge.id, new Map()]));
    this.found = new Map();
    this.withheld = 0;
  }

  /** Adds the responses to the items of one level, then merges the facts they touch. The first level is open. */
  take(level, first) {
    const given = level.filter((item) => this.responses.has(item.id));
    const closed = given.length && !first ? this.closed() : null;
    const touched = new Set();
    for (const item of given) {
      for (const response of this.responses.get(item.id)) {
        const charge = item.per_charge ? (response.charge ?? this.onlyCharge) : null;
        if (this.isWithheld(item, response)) this.withheld += 1;
        else if (!closed?.get(charge)?.has(item.id)) touched.add(this.add(item, response, charge));
      }
    }
    for (const row of touched) this.merge(row);
  }

  add(item, response, charge) {
    const key = keyOf(item.fact, charge);
    if (!this.found.has(key)) this.found.set(key, { fact: item.fact, charge, rows: [], clashing: false });
    const row = this.found.get(key);
    row.rows.push({ item, response });
    return row;
  }

  result() {
    const evidence = new Map([...this.found].map(([key, row]) => [key, evidenceOf(row)]));
    const clashes = [...this.found.values()].filter((row) => row.clashing).map((row) => {
      const shown = evidence.get(keyOf(row.fact, row.charge));
      return { ...shown, evidence: shown.evidence.filter((one) => one.known) };
    });
    return { person: this.person, charges: this.charges, evidence, clashes, withheld: this.withheld };
  }

  closed() {
    const person = this.firm(this.person, null);
    const closed = new Map([[null, this.questionnaire.closed(person)]]);
    for (const [charge, facts] of this.charges) {
      closed.set(charge, this.questionnaire.closed(new Map([...person, ...this.firm(facts, charge)])));
    }
    return closed;
  }

  /** The facts without those that only the person's own words rule out. */
  firm(facts, charge) {
    return new Map([...facts].filter(([name, value]) => value !== NO || !isDenial(this.found.get(keyOf(name, charge)).rows)));
  }

  isWithheld(item, response) {
    if (response.cleared) return false;
    return (isOwn(item, response) && !this.hearsOwnWords) || !item.visible_to.includes(this.viewer);
  }

  merge(row) {
    const kind = this.questionnaire.facts[row.fact].kind;
    const made = merged(kind, row.rows.map(({ response }) => response.value));
    row.clashing = made.clashing;
    if (made.value === null) return;
    if (row.charge !== null && !this.charges.has(row.charge)) this.charges.set(row.charge, new Map());
    (row.charge === null ? this.person : this.charges.get(row.charge)).set(row.fact, made.value);
  }
}

const isOwn = (item, response) => item.part === "part2" || response.source === "own_statement";

/** True where nothing but the person's own words says no. */
function isDenial(rows) {
  return rows.filter(({ response }) => response.value.answer === "no").every(({ item, response }) => isOwn(item, response));
}

function evidenceOf({ fact, charge, rows }) {
  const evidence = rows.map(({ response }) => ({
    item: response.item,
    charge,
    source: response.source,
    value: response.value.answer ?? null,
    known: isKnown(response.value),
  }));
  return { fact, charge, evidence };
}
