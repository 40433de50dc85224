/** What the person needs: the needs they state first, then those that recorded facts speak for. */

import { NO, YES } from "./truth.mjs";
import { sorted } from "./text.mjs";
import { viewerOf } from "./responses.mjs";

/** @typedef {{kind: object, why: "stated"|"drawn", because: string[]}} Need `kind` as in the bundle */

const URGENCY = ["minutes", "hours", "days", "weeks"];
const SPELLINGS = { yes: [YES, ["yes", "true"]], no: [NO, ["no", "false"]] };

/**
 * The needs that a reader may see: stated ones in their own order, then drawn ones, most urgent first. Health needs drawn
 * from answers are the advocate's alone.
 * @param {import("./case.mjs").Case} theCase
 * @param {import("./responses.mjs").FactBase} base
 * @param {import("./bundle.mjs").Bundle} bundle
 * @param {string} reader
 * @returns {Need[]}
 */
export function needsOf(theCase, base, bundle, reader) {
  const said = new Map([...[...base.person].map(([fact, value]) => [fact, [value]]), ...ownItems(theCase, bundle, reader)]);
  const byCode = new Map(bundle.needs.map((kind) => [kind.code, kind]));
  const drawn = sorted(bundle.needs, (kind) => URGENCY.indexOf(kind.urgency)).map((kind) => kind.code);
  const codes = [...new Set([...theCase.needs, ...drawn])];
  return codes
    .map((code) => needOf(byCode.get(code), said, theCase.needs.includes(code) ? "stated" : "drawn"))
    .filter((need) => need.why === "stated" || need.because.length)
    .filter((need) => reader === "advocate" || !need.kind.health || need.why === "stated");
}

function needOf(kind, said, why) {
  const because = [
    ...kind.raised_by.filter((fact) => says("yes", said.get(fact))),
    ...kind.raised_by_no.filter((fact) => says("no", said.get(fact))),
  ];
  return { kind, why, because };
}

/** The advocate's items that feed no fact of law, as far as this reader may see them. */
function ownItems(theCase, bundle, reader) {
  const items = [...bundle.questionnaire.items.values()];
  const seen = items.filter((item) => item.fact === null && item.visible_to.includes(viewerOf(reader)) && theCase.responses.has(item.id));
  const heard = (response) => reader === "advocate" || response.source !== "own_statement" || response.cleared;
  return seen.map((item) => [item.id, theCase.responses.get(item.id).filter(heard).map((response) => response.value)]);
}

/** Whether any of several values says the word. Numbers and days never do: they are no yes-or-no facts. */
function says(word, values = []) {
  const [truth, spellings] = SPELLINGS[word];
  return values.some((value) => {
    if (typeof value === "number") return value === truth;
    const words = [value.answer ?? value.code ?? [], value.codes ?? [], ...(value.sure ?? []), ...(value.possible ?? [])].flat();
    return words.some((one) => spellings.includes(one.toLowerCase()));
  });
}

/**
 * A need as in `needs[]`.
 * @param {Need} need
 * @returns {object}
 */
export function needJson({ kind, why, because }) {
  const { code, words, urgency, meaning, first, health } = kind;
  return { code, words, urgency, meaning, first, why, because, health };
}
