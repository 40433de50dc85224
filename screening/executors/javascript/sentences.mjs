/** The one sentence on top of a charge: what is certain, what is possible, and the shortest way to know. */

import { MONTHS, civil } from "./dates.mjs";
import { distinct, listed, sentence } from "./text.mjs";
import { RANK } from "./results.mjs";

/** @typedef {import("./bundle.mjs").Bundle} Bundle */
/** @typedef {import("./settings.mjs").Setting} Setting */

/**
 * The sentence of a charge, in the words of the bundle.
 * @param {object} charge its result
 * @param {Bundle} bundle
 * @returns {string}
 */
export function chargeSentence(charge, bundle) {
  const parts = [standsSentence(charge, bundle.words)];
  if (RANK[charge.at_most] > RANK[charge.at_least]) parts.push(possibleSentence(charge, bundle));
  if (charge.at_least !== "barred" && !charge.law_complete && charge.at_most !== "law_not_established") {
    parts.push("The law for this class of offense was not read whole, so more may exist.");
  }
  return parts.filter(Boolean).join(" ");
}

function standsSentence(charge, words) {
  const low = charge.at_least;
  const certain = charge.findings.filter((one) => one.result === low);
  if (low === "barred" || low === "presumptively_barred") {
    return `${words.results[low]}: the person ${barsWords(certain, words.steps)} (${cited(certain, words)}).`;
  }
  if (RANK[low] === 0) return nothingCertain(low, charge.at_most);
  const others = distinct(charge.findings.map((one) => one.result).filter((result) => RANK[result] && result !== low));
  const also = others.length ? `, and also ${listed(others.map((one) => words.as_certain[one]))}` : "";
  const certainty = low === charge.at_most ? "" : "At least ";
  return sentence(`${certainty}${words.as_certain[low]}${also} (${cited(certain, words)})`);
}

function nothingCertain(low, high) {
  if (low !== high) return "Nothing is certain yet.";
  return low === "none_found"
    ? "None found: the text was searched for this class of offense and no provision protects the person here."
    : "Law not established: nobody has read enough of this law to say whether a protection exists.";
}

function possibleSentence(charge, bundle) {
  const high = charge.at_most;
  const top = bundle.words.as_certain[high];
  const best = charge.would_settle.filter((one) => RANK[one.then] === RANK[high]);
  if (best.length) {
    const shortest = best.reduce((least, one) => (one.facts.length < least.facts.length ? one : least));
    return `${sentence(`At most ${top}`)} ${settlesSentence(shortest, bundle)}`;
  }
  if (charge.findings.some((one) => one.more_needed && one.gives === high)) {
    return sentence(`At most ${top}; that would take more than four further facts`);
  }
  return sentence(charge.open_law.length ? `At most ${top}; the law itself is open on a point that would decide it` : `At most ${top}`);
}

function settlesSentence({ settings, then }, bundle) {
  const shown = listed(settings.map((one) => settingWords(one, bundle)));
  if (then === "does_not_apply") return sentence(`Would fall away if it is shown that ${shown}`);
  return sentence(`Would become ${bundle.words.results[then].toLowerCase()} if it is shown that ${shown}`);
}

function barsWords(findings, steps) {
  const closed = new Set(findings.flatMap((one) => one.bars));
  const done = steps.filter(([step]) => closed.has(step)).map(([, words]) => words);
  return done.length ? `may not be ${listed(done, "or")}` : "is not criminally liable";
}

const cited = (findings, words) => distinct(findings.map((one) => `${one.citation}${gradeNote(one, words)}`)).join("; ");

function gradeNote(one, words) {
  const authority = words.authority[one.confidence];
  const notes = [...(authority ? [authority] : []), ...(one.assumed ? ["assumed"] : []), ...(one.presumed ? ["presumed"] : [])];
  return notes.length ? ` [${notes.join(", ")}]` : "";
}

/**
 * What would have to be shown, as a clause: "the person was under 18 at the act".
 * @param {Setting} one
 * @param {Bundle} bundle
 * @returns {string}
 */
export function settingWords({ test, holds }, bundle) {
  const row = bundle.questionnaire.facts[test.fact];
  const negation = holds ? "" : "not ";
  switch (test.kind) {
    case "Below":
      if (test.isDate) return `the act was before ${dayWords(test.limit)}`;
      return `${numberWords(test.fact, bundle)} was under ${test.limit}${momentWords(test.fact, bundle)}`;
    case "From":
      if (test.isDate) return `the act was on ${dayWords(test.limit)} or later`;
      return `${numberWords(test.fact, bundle)} was ${test.limit} or over${momentWords(test.fact, bundle)}`;
    case "In":
      return `${label(test.fact, row)}: ${negation}${listed(test.codes.map((code) => row?.codes[code] ?? code), "or")}`;
    case "Has": return `${label(test.fact, row)}: ${negation}${test.code}`;
    default: return label(test.fact, row, holds);
  }
}

function label(fact, row, holds = true) {
  if (!row) return holds ? fact : `not ${fact}`;
  return holds || row.no_label === null ? row.label : row.no_label;
}

const numberWords = (fact, { words, questionnaire }) => (fact in words.moments ? "the person" : label(fact, questionnaire.facts[fact]));
const momentWords = (fact, { words }) => (fact in words.moments ? ` ${words.moments[fact]}` : "");

function dayWords(day) {
  const [year, month, dayOfMonth] = civil(day);
  return `${dayOfMonth} ${MONTHS[month - 1]} ${year}`;
}
