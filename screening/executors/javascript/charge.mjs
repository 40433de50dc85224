/** One charge before its jurisdiction: findings, bounds, what stands beside them, and what would settle them. */

import { NO, UNKNOWN, YES, conjunction, word } from "./truth.mjs";
import { isRange } from "./conditions.mjs";
import { iso, parsed } from "./dates.mjs";
import { distinct, sorted } from "./text.mjs";
import { question } from "./scope.mjs";
import { datedFacts, drawnFacts, isDisputed, momentsOf, questionFacts } from "./moments.mjs";
import { roleOf, stand } from "./standing.mjs";
import { boundsOf } from "./bounds.mjs";
import { elementFinding, openPoints, settlesOf } from "./elements.mjs";
import { isComplete } from "./reach.mjs";
import { pointsSaid } from "./said.mjs";
import { BY_RANK, GIVES, joined, resultOf } from "./results.mjs";
import { clashingCharges } from "./case.mjs";

/** @typedef {import("./standing.mjs").Matter} Matter */
/** @typedef {import("./standing.mjs").Standing} Standing */
/** @typedef {import("./bundle.mjs").Pack} Pack */

const ORDER = { [YES]: 0, [UNKNOWN]: 1, [NO]: 2 };

/**
 * Everything that one charge brings before one pack.
 * @param {import("./case.mjs").Case} theCase
 * @param {import("./case.mjs").Charge} charge
 * @param {Pack} pack
 * @param {import("./responses.mjs").FactBase} base
 * @returns {Matter}
 */
export function matterOf(theCase, charge, pack, base) {
  const { offense, scope } = question(pack, charge);
  const moments = momentsOf(theCase, charge, isDisputed(base));
  const facts = new Map([...base.person, ...(base.charges.get(charge.id) ?? []), ...(datedFacts(moments) ?? [])]);
  const more = [drawnFacts(facts), questionFacts(theCase, charge.status, offense), scope];
  for (const drawn of more) for (const [fact, value] of drawn) facts.set(fact, value);
  const roles = new Map(pack.protections.map((one) => [one.id, roleOf(one, charge.status, theCase.stage)]));
  const clash = clashingCharges(theCase).includes(charge.id);
  return { pack, charge, offense, status: charge.status, stage: theCase.stage, facts, moments, assume: theCase.assume, roles, clash };
}

/**
 * The whole result for one charge, without its sentences; `others` stand beside it and never enter its bounds.
 * @param {Matter} matter
 * @param {Map<string, import("./responses.mjs").FactEvidence>} evidence
 * @param {Pack[]} others
 * @returns {object}
 */
export function chargeResult(matter, evidence, others) {
  const { pack, charge } = matter;
  const values = pack.evaluate(matter.facts);
  const standings = pack.protections.map((one) => stand(matter, one, values, matter.facts));
  const inRole = (role) => standings.filter((one) => matter.roles.get(one.protection.id) === role);
  const bounds = boundsOf(matter);
  const complete = isComplete(matter, inRole("hidden"));
  const counted = inRole("bounds");
  const shown = [...counted, ...inRole("was_available"), ...inRole("out")];
  const findings = sorted(shown, (one) => [ORDER[one.verdict], -one.rank]).map((one) => findingOf(matter, one, values, evidence));
  const [low, high] = [resultOf(bounds.atLeast, complete), resultOf(bounds.atMost, complete)];
  return {
    id: charge.id,
    jurisdiction: charge.jurisdiction,
    section: charge.section,
    status: matter.status,
    mode: charge.mode,
    offense_class: classesOf(matter),
    class_known: matter.offense.classKnown,
    result: joined(low, high),
    at_least: low,
    at_most: high,
    at_least_confidence: weakest(counted.filter((one) => one.certainRank > 0 && one.certainRank === bounds.atLeast)),
    at_most_confidence: weakest(counted.filter((one) => one.possibleRank > 0 && one.possibleRank === bounds.atMost)),
    law_complete: complete,
    resolved: bounds.resolved,
    findings,
    routes: inRole("route").filter((one) => one.verdict !== NO).map((one) => besideOf(one, pack, one.elements)),
    later_relief: inRole("later_relief").filter(couldOpenLater).map((one) => besideOf(one, pack, one.elements.filter((part) => part.element.kind !== "forum"))),
    later_law: counted.filter((one) => isLaterLaw(one, matter)).map((one) => besideOf(one, pack, one.elements)),
    beside: others.flatMap((other) => [...otherSide(matter, other)]),
    evidence_rules: evidenceRules(matter),
    open_law: distinct(findings.filter((one) => one.result === "cannot_tell").flatMap((one) => one.elements.flatMap((part) => part.open_law))),
    collateral: pack.collateral,
    by_cases: bounds.cases.map((one) => byCase(one, complete)),
    would_settle: findings.flatMap((one) => one.would_settle).filter((one) => one.then !== "does_not_apply" && one.then !== low),
    said: pointsSaid(matter),
  };
}

function classesOf({ offense }) {
  const options = offense.options.filter((option) => option.established);
  const classes = options.flatMap((option) => [...option.topics, ...(option.severities.size <= 2 ? option.severities : [])]);
  return [...new Set(classes)].sort();
}

function findingOf(matter, one, values, evidence) {
  const rule = one.protection;
  const role = matter.roles.get(rule.id);
  const found = one.verdict === UNKNOWN && role === "bounds" ? openPoints(one, values) : null;
  return {
    protection: rule.id,
    title: rule.title,
    mechanism: rule.mechanism,
    bars: rule.bars,
    result: findingResult(one, role),
    gives: GIVES[rule.mechanism],
    presumed: one.presumed,
    assumed: one.elements.some((element) => element.assumed),
    elements: one.elements.map((element) => elementFinding(matter, element, values, evidence)),
    would_settle: found ? settlesOf(one, found) : [],
    more_needed: Boolean(found && (found.yes.more || found.no.more)),
    confidence: rule.confidence,
    citation: rule.citation,
    law_as_of: matter.pack.checked,
    procedure: rule.procedure,
    notes: rule.notes,
    burden: burdenOf(rule.burden),
    required_response: rule.required_response,
    sources: rule.sources,
    review: rule.review,
    weights: found ? found.weights : new Map(),
  };
}

function findingResult(one, role) {
  if (one.verdict === NO || role === "out") return "does_not_apply";
  if (one.verdict === UNKNOWN) return "cannot_tell";
  return role === "was_available" ? "was_available" : BY_RANK[one.certainRank];
}

function burdenOf(burden) {
  if (burden === null) return null;
  const parts = [
    burden.says,
    burden.raises && `raised by ${burden.raises}`,
    burden.persuades && `shown by ${burden.persuades}`,
    burden.standard && `standard: ${burden.standard}`,
  ];
  return parts.filter(Boolean).join("; ") || null;
}

function weakest(standings) {
  const found = standings.map((one) => one.protection.confidence);
  return ["secondary", "primary"].find((grade) => found.includes(grade)) ?? null;
}

function besideOf({ protection }, pack, parts) {
  return besideLine(protection, pack, conjunction(parts.map((part) => part.truth)));
}

function besideLine(rule, pack, truth) {
  const gives = GIVES[rule.mechanism];
  return {
    protection: rule.id,
    title: rule.title,
    mechanism: rule.mechanism,
    citation: rule.citation,
    jurisdiction: pack.jurisdiction,
    truth: word(truth),
    confidence: rule.confidence,
    ...(gives ? { gives } : {}),
    ...(rule.in_force_from ? { in_force_from: rule.in_force_from } : {}),
  };
}

const couldOpenLater = (one) => one.elements.every((part) => part.truth !== NO || part.element.kind === "forum");

/** Whether only its start date keeps a protection from this act: it came later, and its text does not reach back. */
function isLaterLaw(one, { moments }) {
  const ruledOut = one.elements.filter((part) => part.truth === NO);
  if (!ruledOut.length || !ruledOut.every((part) => part.element.kind === "period") || !one.protection.in_force_from) return false;
  const start = parsed(one.protection.in_force_from);
  return moments.offense.high < start && start <= moments.today;
}

/** Provisions of the other sovereign that could matter beside this charge; they never enter its bounds. */
function* otherSide(matter, pack) {
  const values = pack.evaluate(matter.facts);
  for (const rule of pack.protections) {
    if (rule.hidden || rule.mechanism === "presumption" || rule.scope.match !== "any") continue;
    const person = rule.elements.filter((part) => part.kind === "age" || part.kind === "victim_status").map((part) => values[part.top]);
    if (!person.includes(NO)) yield besideLine(rule, pack, person.length ? conjunction(person) : UNKNOWN);
  }
}

function evidenceRules({ pack, facts }) {
  const values = pack.evaluateAround(facts);
  return pack.evidenceRules
    .filter(({ top }) => top === null || values[top] !== NO)
    .map(({ rule, top }) => ({
      citation: rule.citation,
      says: rule.says,
      scope: rule.scope,
      confidence: rule.confidence,
      gate: rule.gate,
      truth: top === null ? "yes" : word(values[top]),
    }));
}

function byCase(one, complete) {
  const [low, high] = [resultOf(one.atLeast, complete), resultOf(one.atMost, complete)];
  return { when: one.pieces.map((piece) => ({ fact: piece.fact, ...heldJson(piece) })), result: joined(low, high), at_least: low, at_most: high };
}

function heldJson({ fact, value }) {
  if (typeof value === "number") return { value: word(value) };
  if (!isRange(value)) return { in: [...value.possible].sort() };
  if (fact.startsWith("date.")) return { from: iso(Math.max(value.low, 1)), to: iso(value.high) };
  return { from: value.low, to: value.high };
}
