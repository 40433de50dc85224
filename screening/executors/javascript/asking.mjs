/** Which item to ask next: the unknown facts that still move a charge, most settling first, sensitive ones last. */

import { exactSum, sorted, threeDecimals } from "./text.mjs";
import { RANK } from "./results.mjs";
import { keyOf } from "./responses.mjs";

const DATED = { "age.offense": "person.born", "age.charged": "person.born", "age.now": "person.born", "date.offense": "date" };
/** Facts that decide an element of one entry alone; nobody is sent to ask about them. */
const NEVER_ASKED = ["cooperation.", "history."];
const SENSITIVITY = { ordinary: 0, sensitive: 1, most_sensitive: 2 };
const LEADS = ["defense_available", "diversion_required", "barred"];

/**
 * Items in the order in which to ask them, as in `next_items[]`; none where no fact can change any charge. Questions put to
 * the person (Part 2) are listed for the advocate alone: for anyone else they stand behind the gate.
 * @param {import("./responses.mjs").FactBase} base
 * @param {object[]} charges results of charges
 * @param {import("./questionnaire.mjs").Questionnaire} questionnaire
 * @param {string} reader
 * @returns {object[]}
 */
export function nextItems(base, charges, questionnaire, reader) {
  const weights = new Map();
  for (const charge of charges) {
    for (const finding of charge.findings.filter((one) => moves(one, charge))) {
      const asked = [...finding.weights].filter(([fact]) => !NEVER_ASKED.some((start) => fact.startsWith(start)));
      for (const [fact, weight] of asked) {
        const key = keyOf(fact, charge.id);
        weights.set(key, { fact, charge: charge.id, weight: (weights.get(key)?.weight ?? 0) + weight });
      }
    }
  }
  const total = exactSum([...weights.values()].map((one) => one.weight)) || 1;
  const rows = new Map();
  for (const { fact, charge, weight } of weights.values()) {
    for (const row of itemsOf(base, questionnaire, fact, charge, weight / total, reader)) {
      const key = keyOf(row.item, row.charge);
      const before = rows.get(key);
      rows.set(key, before ? { ...row, settles: row.settles + before.settles } : row);
    }
  }
  const ordered = sorted(rows.values(), (row) => [SENSITIVITY[row.sensitivity], -row.settles, row.item, row.charge ?? ""]);
  return ordered.map((row) => ({ ...row, settles: threeDecimals(row.settles) }));
}

/** Whether an open finding could still change its charge. */
function moves(finding, charge) {
  if (finding.result !== "cannot_tell" || charge.at_least === "barred") return false;
  return LEADS.includes(finding.gives) || RANK[finding.gives] > RANK[charge.at_least];
}

function* itemsOf(base, questionnaire, fact, charge, settles, reader) {
  if (fact in DATED) {
    const item = DATED[fact];
    yield { item, fact, charge: item === "date" ? charge : null, settles, sensitivity: "ordinary", asked_of: ["records"] };
    return;
  }
  for (const item of questionnaire.itemsFor(fact)) {
    const scope = item.per_charge ? charge : null;
    if ((item.part !== "part2" || reader === "advocate") && !isAnswered(base, item, scope)) {
      yield { item: item.id, fact, charge: scope, settles, sensitivity: item.sensitivity, asked_of: questionnaire.facts[fact].known_by };
    }
  }
}

/** Whether this reader may see a known answer to the item; one that is withheld counts as not given. */
function isAnswered(base, item, charge) {
  const seen = base.evidence.get(keyOf(item.fact, charge))?.evidence ?? [];
  return seen.some((one) => one.item === item.id && one.known);
}
