/** Says which law a result did not consider, so that silence is never read as *nothing more exists*. */

import { sentence } from "./text.mjs";

const FEDERAL = "US";
const BEFORE_JUDGMENT = ["considered", "arrested", "charged"];

/**
 * The law that stands outside a charge's result, in sentences.
 * @param {import("./case.mjs").Case} theCase
 * @param {object} charge its result
 * @param {{packs: import("./bundle.mjs").Pack[]}} judged
 * @param {import("./bundle.mjs").Bundle} bundle
 * @returns {string[]}
 */
export function notConsidered(theCase, charge, judged, bundle) {
  if (!bundle.law.has(charge.jurisdiction)) return [`The whole law of ${charge.jurisdiction}: it is not packed yet.`];
  const pack = bundle.law.get(charge.jurisdiction);
  const hidden = pack.protections.filter((one) => one.hidden).length;
  return [
    ...(hidden ? [`${hidden} provision${hidden > 1 ? "s" : ""} of ${pack.name} that nobody has confirmed.`] : []),
    ...pack.reach.not_established.map((gap) => gapSentence(gap, bundle.words.goals)),
    ...pack.reach.open_questions,
    ...pack.reach.pending,
    `Changes of law after the text read: ${pack.text_as_of}.`,
    ...(charge.jurisdiction === FEDERAL ? [statesSentence(judged)] : []),
    "Local policy, court rules, immigration law and the law of sealing juvenile records.",
    ...(BEFORE_JUDGMENT.includes(charge.status) ? ["Ordinary defenses such as duress, self-defense or lack of intent, where they are not listed."] : []),
  ];
}

function gapSentence({ goal, says }, goals) {
  return sentence(`Protections for ${goals[goal]} are not established: ${says.slice(0, 1).toLowerCase()}${says.slice(1)}`);
}

function statesSentence({ packs }) {
  const beside = packs.filter((pack) => pack.jurisdiction !== FEDERAL).map((pack) => pack.name);
  return beside.length ? `Of state law only ${beside.join(", ")} stands beside this.` : "The law of any state: none is named in the case.";
}
