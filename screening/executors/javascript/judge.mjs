/** What the rules say of a case: flag, charges, duties and what to ask next; services and words are added outside. */

import { UNKNOWN, YES, NO, disjunction } from "./truth.mjs";
import { isRange } from "./conditions.mjs";
import { distinct } from "./text.mjs";
import { factsFrom } from "./responses.mjs";
import { flag } from "./indicators.mjs";
import { chargeResult, matterOf } from "./charge.mjs";
import { dutiesOf, protective } from "./duties.mjs";
import { nextItems } from "./asking.mjs";

/** @typedef {import("./case.mjs").Case} Case */
/** @typedef {import("./bundle.mjs").Bundle} Bundle */
/** @typedef {import("./bundle.mjs").Pack} Pack */

const FEDERAL = "US";
const isState = (name) => name.startsWith("US-");

/**
 * Screens every charge against its own jurisdiction, with the other sovereign's law beside it. A jurisdiction without a
 * pack is never an error: its charges are `law_not_established`. Charges never change each other's bounds.
 * @param {Case} theCase
 * @param {Bundle} bundle
 * @param {string} reader
 * @returns {object}
 */
export function judge(theCase, bundle, reader) {
  const { law, questionnaire } = bundle;
  const base = factsFrom(theCase, questionnaire, reader);
  const matters = theCase.charges.filter((charge) => law.has(charge.jurisdiction)).map((charge) => matterOf(theCase, charge, law.get(charge.jurisdiction), base));
  const judged = new Map(matters.map((matter) => [matter.charge.id, chargeResult(matter, base.evidence, packsBeside(theCase, matter.charge, law))]));
  const charges = theCase.charges.map((charge) => judged.get(charge.id) ?? unpackedCharge(charge));
  const used = packsUsed(theCase, law);
  return {
    base,
    charges,
    packs: used,
    matters: new Map(matters.map((matter) => [matter.charge.id, matter])),
    flag: flag(theCase, base, questionnaire, matters.some(isMinorSold)),
    duties: dutiesOf(used, protective(theCase, matters, base), theCase.noticed),
    nextItems: nextItems(base, charges, questionnaire, reader),
    lookFirst: looksFirst(theCase, base),
  };
}

const statesOf = (theCase, names) => [...names, ...(theCase.place?.state ? [theCase.place.state] : [])];

function packsBeside(theCase, charge, law) {
  const names = charge.jurisdiction === FEDERAL
    ? distinct(statesOf(theCase, theCase.charges.map((one) => one.jurisdiction).filter(isState)))
    : isState(charge.jurisdiction) ? [FEDERAL] : [];
  return names.filter((name) => law.has(name)).map((name) => law.get(name));
}

function packsUsed(theCase, law) {
  const names = statesOf(theCase, theCase.charges.map((one) => one.jurisdiction));
  if (names.some((name) => name === FEDERAL || isState(name))) names.push(FEDERAL);
  return distinct(names).filter((name) => law.has(name)).map((name) => law.get(name));
}

/** A prostitution charge against someone who may be under 18 at the act. */
function isMinorSold({ facts, offense }) {
  const ages = facts.get("age.offense");
  const grown = isRange(ages) && ages.low >= 18;
  return !grown && offense.options.some((option) => option.established && option.topics.has("prostitution"));
}

/** A charge in a jurisdiction whose law is not packed yet: everything about it stays not established. */
function unpackedCharge(charge) {
  const given = charge.offenseClass ? [charge.offenseClass] : [];
  const unknown = "law_not_established";
  return {
    id: charge.id, jurisdiction: charge.jurisdiction, section: charge.section, status: charge.status, mode: charge.mode,
    offense_class: given, class_known: given.length > 0, result: unknown, at_least: unknown, at_most: unknown,
    at_least_confidence: null, at_most_confidence: null, law_complete: false, resolved: true,
    findings: [], routes: [], beside: [], later_relief: [], later_law: [], evidence_rules: [], open_law: [],
    collateral: [], by_cases: [], would_settle: [], said: [{ point: "not_packed", jurisdiction: charge.jurisdiction }],
  };
}

/** Whether a file alleges a role that victims are often put into, while it is not settled whether the person was sold. */
function looksFirst(theCase, base) {
  const known = (name) => (typeof base.person.get(name) === "number" ? base.person.get(name) : UNKNOWN);
  const trafficker = disjunction([known("exploitation.third_party"), known("exploiter.known")]);
  const alleged = ["trap.recruits", "trap.administers"].some((item) => allegation(theCase.responses.get(item) ?? []) === YES);
  return alleged && (trafficker === UNKNOWN || known("exploitation.commercial_sex") === UNKNOWN);
}

function allegation(responses) {
  const usable = responses.filter((response) => response.source !== "own_statement" || response.cleared);
  const said = usable.map((response) => response.value.answer);
  if (said.includes("yes")) return YES;
  return said.length && said.every((answer) => answer === "no") ? NO : UNKNOWN;
}
