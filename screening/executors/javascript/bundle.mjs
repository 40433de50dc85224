/** Makes a bundle ready to screen with, and checks before that that it is whole and signed. */

import { compileConditions, factsOf, readTree, walk } from "./conditions.mjs";
import { Catalog } from "./catalog.mjs";
import { isQuestion } from "./settle.mjs";
import { Questionnaire } from "./questionnaire.mjs";

/** @typedef {import("./conditions.mjs").Node} Node */
/** @typedef {import("./conditions.mjs").Facts} Facts */
/**
 * @typedef {object} Element an element as in the bundle, with its tree and where its values lie among those of the pack
 * @property {string} name
 * @property {string} kind
 * @property {string} says
 * @property {string} citation
 * @property {string[]} presumed_by
 * @property {boolean} presumed
 * @property {Node} tree
 * @property {number} first
 * @property {number} top
 * @property {string[]} facts the names it reads, in order
 * @property {{place: number, reason: string}[]} opens where its open points of law stand among the values of the pack
 * @property {number[]} asks where facts of the question stand there
 * @property {(values: Uint8Array) => Uint8Array} own its values among those of the pack
 * @property {(values: Uint8Array) => Map<Node, 0|1|2>} truths the same by node
 */
/** @typedef {object} Protection a protection as in the bundle, with its elements prepared */
/**
 * @typedef {object} Pack the law of one jurisdiction, ready to screen with; words and reach as in the bundle
 * @property {string} jurisdiction
 * @property {Protection[]} protections
 * @property {Map<string, Protection>} byId
 * @property {Catalog} catalog
 * @property {Map<string, object>} questions what sections mean and scopes answer, remembered; nothing of a person
 * @property {(facts: Facts) => Uint8Array} evaluate the values of all elements
 * @property {(facts: Facts) => Uint8Array} evaluateAround the values of duties and rules about statements
 * @property {{duty: object, top: number}[]} duties
 * @property {{rule: object, top: number|null}[]} evidenceRules `top` null: applies always
 */
/**
 * @typedef {object} Bundle
 * @property {string} engine
 * @property {string} digest
 * @property {string[]} jurisdictions
 * @property {Law} law
 * @property {Questionnaire} questionnaire
 * @property {object[]} alternatives
 * @property {object[]} needs
 * @property {string[]} needCodes
 * @property {object} directory
 * @property {object} words
 */

/** A bundle that cannot be used: damaged, of another kind, or not signed by the key that was expected. */
export class BundleError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "BundleError";
  }
}

/** The packed law by jurisdiction; each pack is made ready when it is first asked for. */
export class Law {
  /** @param {Object<string, object>} parts */
  constructor(parts) {
    this.parts = parts;
    this.ready = new Map();
  }

  /** @returns {string[]} the packed jurisdictions, in order */
  get names() {
    return Object.keys(this.parts).sort();
  }

  /**
   * @param {string} name
   * @returns {boolean}
   */
  has(name) {
    return Object.hasOwn(this.parts, name);
  }

  /**
   * @param {string} name
   * @returns {Pack}
   */
  get(name) {
    if (!this.ready.has(name)) this.ready.set(name, prepare(this.parts[name]));
    return this.ready.get(name);
  }
}

/**
 * A bundle made ready to screen with.
 * @param {object} shape the JSON of a bundle
 * @param {string} [digest] that of its bytes, where they were checked
 * @returns {Bundle}
 */
export function loadBundle(shape, digest = "") {
  if (shape.bundle !== "v1") throw new BundleError("this is not a bundle of a known version");
  return {
    engine: shape.engine,
    digest,
    jurisdictions: shape.jurisdictions,
    law: new Law(shape.law),
    questionnaire: new Questionnaire(shape.questionnaire),
    alternatives: shape.alternatives,
    needs: shape.needs,
    needCodes: shape.needs.map((kind) => kind.code),
    directory: shape.directory,
    words: shape.words,
  };
}

function prepare(part) {
  const protections = part.protections.map((one) => ({
    ...one,
    elements: one.elements.map((element) => ({ ...element, tree: readTree(element.tree) })),
    remembered: new Map(),
  }));
  const elements = protections.flatMap((one) => one.elements);
  const own = compileConditions(elements.map((element) => element.tree));
  elements.forEach((element, i) => place(element, i ? own.tops[i - 1] + 1 : 0, own.tops[i]));
  const applying = part.evidence_rules.filter((rule) => rule.applies);
  const around = compileConditions([...part.duties.map((duty) => duty.trigger), ...applying.map((rule) => rule.applies)].map(readTree));
  const topOf = (rule) => (rule.applies ? around.tops[part.duties.length + applying.indexOf(rule)] : null);
  return {
    ...part,
    protections,
    byId: new Map(protections.map((one) => [one.id, one])),
    catalog: new Catalog(part.catalog),
    questions: new Map(),
    evaluate: own.evaluate,
    evaluateAround: around.evaluate,
    duties: part.duties.map((duty, i) => ({ duty, top: around.tops[i] })),
    evidenceRules: part.evidence_rules.map((rule) => ({ rule, top: topOf(rule) })),
  };
}

function place(element, first, top) {
  const nodes = [...walk(element.tree)];
  element.first = first;
  element.top = top;
  element.facts = factsOf(element.tree);
  element.own = (values) => values.subarray(first, top + 1);
  const numbered = nodes.map((node, i) => ({ node, place: first + i }));
  element.opens = numbered.filter(({ node }) => node.kind === "Open").map(({ node, place: at }) => ({ place: at, reason: node.reason }));
  element.asks = numbered.filter(({ node }) => node.kind === "Is" && isQuestion(node.fact)).map((one) => one.place);
  element.truths = (values) => new Map(nodes.map((node, i) => [node, values[first + i]]));
}
