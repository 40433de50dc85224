/** A whole screening as `screening.v1`: what the rules found, with services beside it. */

import { ageRange, iso } from "./dates.mjs";
import { sorted } from "./text.mjs";
import { isDisputed, possibleBirth } from "./moments.mjs";
import { judge } from "./judge.mjs";
import { needJson, needsOf } from "./needs.mjs";
import { referralsFor } from "./matching.mjs";
import { chargeSentence } from "./sentences.mjs";
import { notConsidered } from "./not_considered.mjs";

/** @typedef {import("./case.mjs").Case} Case */
/** @typedef {import("./bundle.mjs").Bundle} Bundle */

export const READERS = ["prosecutor", "officer", "advocate"];
const MARKS = ["non_punitive", "reduced", "punitive"];
const ADULT = 18;

/**
 * Screens one case for one reader, as plain JSON. Missing information is a finding, never an error; RangeError only for a
 * reader that does not exist. `at` is the time on the clock of the place, used for the hours of services alone.
 * @param {Case} theCase
 * @param {Bundle} bundle
 * @param {{reader?: string, at?: import("./hours.mjs").Moment|null}} [options]
 * @returns {object}
 */
export function screen(theCase, bundle, { reader = "prosecutor", at = null } = {}) {
  if (!READERS.includes(reader)) throw new RangeError(`unknown reader ${reader}; expected one of ${READERS.join(", ")}`);
  const judged = judge(theCase, bundle, reader);
  const age = ageRange(possibleBirth(theCase, isDisputed(judged.base)), theCase.asOf);
  const needs = needsOf(theCase, judged.base, bundle, reader);
  return {
    screening: "v1",
    as_of: iso(theCase.asOf),
    reader,
    flag: judged.flag,
    charges: judged.charges.map((charge) => chargeJson(charge, theCase, judged, bundle)),
    duties: judged.duties,
    alternatives: openAlternatives(bundle.alternatives, theCase.stage, age),
    needs: needs.map(needJson),
    referrals: referralsFor(needs, bundle.directory, { asOf: theCase.asOf, age, place: theCase.place, at }),
    next_items: judged.nextItems,
    look_first: judged.lookFirst,
    withheld: judged.base.withheld,
    clashes: judged.base.clashes.map(({ fact, charge }) => ({ fact, charge })),
    assume: Object.fromEntries(Object.entries(theCase.assume).map(([kind, shown]) => [kind, shown ? "yes" : "no"])),
    packs: stamps(judged, bundle),
    engine: bundle.engine,
  };
}

function chargeJson(charge, theCase, judged, bundle) {
  const plain = ({ facts, then }) => ({ facts, then });
  return {
    ...charge,
    findings: charge.findings.map(({ weights, ...finding }) => ({ ...finding, would_settle: finding.would_settle.map(plain) })),
    would_settle: charge.would_settle.map(plain),
    sentence: chargeSentence(charge, bundle),
    not_considered: notConsidered(theCase, charge, judged, bundle),
  };
}

/** Those open at a stage, non-punitive ones first; what is for young people only is left out for a known adult. */
function openAlternatives(rows, stage, age) {
  const mayBeMinor = age.low === null || age.low < ADULT;
  const fitting = rows.filter((one) => one.stages.includes(stage) && (mayBeMinor || !one.minor_only));
  return sorted(fitting, (one) => MARKS.indexOf(one.mark)).map(({ id, says, mark }) => ({ id, says, mark }));
}

function stamps(judged, bundle) {
  const law = judged.packs.map((pack) => ({ id: pack.jurisdiction, version: pack.version, digest: pack.digest, text_as_of: pack.text_as_of }));
  const { version, digest } = bundle.questionnaire.part;
  return [...law, { id: "questionnaire", version, digest }];
}
