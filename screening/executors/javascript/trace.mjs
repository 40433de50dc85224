/** The trace of a finding: its element trees with the truth of every node (`trace.v1`). */

import { toJson } from "./conditions.mjs";
import { judge } from "./judge.mjs";
import { elementWord, stand } from "./standing.mjs";
import { word } from "./truth.mjs";

/** @typedef {import("./conditions.mjs").Node} Node */

/**
 * The trace of one protection against one charge of a case. RangeError for a charge that no pack judges, or a protection
 * that its pack does not hold.
 * @param {import("./case.mjs").Case} theCase
 * @param {import("./bundle.mjs").Bundle} bundle
 * @param {{charge: string, protection: string, reader?: string}} asked
 * @returns {object}
 */
export function traceOf(theCase, bundle, { charge, protection, reader = "prosecutor" }) {
  const matter = judge(theCase, bundle, reader).matters.get(charge);
  const one = matter?.pack.byId.get(protection);
  if (!one || one.hidden) throw new RangeError(`there is no finding of ${protection} for ${charge}`);
  const values = matter.pack.evaluate(matter.facts);
  const standing = stand(matter, one, values, matter.facts);
  return {
    trace: "v1",
    charge,
    protection,
    citation: one.citation,
    pack: matter.pack.digest,
    verdict: word(standing.verdict),
    elements: standing.elements.map((element) => elementTrace(element, values)),
  };
}

function elementTrace(standing, values) {
  const { element, assumed } = standing;
  const truths = element.truths(values);
  return {
    name: element.name,
    kind: element.kind,
    says: element.says,
    citation: element.citation,
    truth: elementWord(standing),
    assumed,
    tree: nodeTrace(element.tree, truths),
  };
}

/** A node with its truth; a leaf as the comparison it is, any other with the nodes below it. */
function nodeTrace(node, truths) {
  const truth = word(truths.get(node));
  if (!node.of.length) return { ...toJson(node), truth };
  return {
    ...(node.label ? { block: node.label } : {}),
    node: node.kind.toLowerCase(),
    truth,
    of: node.of.map((part) => nodeTrace(part, truths)),
    ...(node.kind === "AtLeast" ? { count: node.count } : {}),
  };
}
