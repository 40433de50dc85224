/** Answers what the tests ask of the JavaScript executor: one JSON request on standard input, one JSON answer out. */

import { readFileSync } from "node:fs";
import { canonical, compileConditions, factsFrom, loadBundle, openBundle, readCase, readTree, screen, toJson, traceOf, walk } from "../../screening/executors/javascript/screening.mjs";
import { parsed } from "../../screening/executors/javascript/dates.mjs";
import { influence, settle } from "../../screening/executors/javascript/settle.mjs";

const TRUTHS = { no: 0, unknown: 1, yes: 2 };
const KEEP = 8;

function factValue(name, value) {
  if (typeof value === "string") return TRUTHS[value];
  if ("sure" in value) return { sure: new Set(value.sure), possible: value.possible && new Set(value.possible) };
  if ("possible" in value) return { possible: new Set(value.possible) };
  const end = (day) => (name.startsWith("date.") ? parsed(day) : day);
  return { low: end(value.low), high: end(value.high) };
}

function treeAnswer({ tree, facts }) {
  const root = readTree(tree);
  const { evaluate } = compileConditions([root]);
  const values = evaluate(new Map(Object.entries(facts).map(([name, value]) => [name, factValue(name, value)])));
  const truths = new Map([...walk(root)].map((node, i) => [node, values[i]]));
  const weights = new Map();
  influence(root, truths, 1, weights);
  const settled = (want) => {
    const { sets, more } = settle(root, truths, want, { keep: KEEP, weights });
    return { sets: sets.map((one) => one.members.map(({ test, holds }) => [toJson(test), holds])), more };
  };
  return { tree: toJson(root), values: [...values], yes: settled(2), no: settled(0), weights: Object.fromEntries(weights) };
}

const ANSWERS = {
  trees: ({ rows }) => rows.map((row) => canonical(treeAnswer(row))),
  cases: ({ bundle, rows }) => {
    const loaded = loadBundle(JSON.parse(readFileSync(bundle, "utf8")));
    return rows.map(({ case: given, reader, at }) => canonical(screen(readCase(given, loaded), loaded, { reader, at })));
  },
  shown: ({ bundle, rows }) => {
    const loaded = loadBundle(JSON.parse(readFileSync(bundle, "utf8")));
    return rows.map(({ case: given, reader, places }) => {
      const base = factsFrom(readCase(given, loaded), loaded.questionnaire, reader);
      const facts = [base.person, ...[...base.charges.values()].map((own) => new Map([...base.person, ...own]))];
      return facts.map((known) => loaded.questionnaire.shown(known, places).map((item) => item.id));
    });
  },
  traces: ({ bundle, rows }) => {
    const loaded = loadBundle(JSON.parse(readFileSync(bundle, "utf8")));
    return rows.map(({ case: given, reader, charge, protection }) => canonical(traceOf(readCase(given, loaded), loaded, { reader, charge, protection })));
  },
  refused: ({ bundle, rows }) => {
    const loaded = loadBundle(JSON.parse(readFileSync(bundle, "utf8")));
    return rows.map((given) => {
      try {
        readCase(given, loaded);
        return [];
      } catch (error) {
        return error.faults.map((fault) => fault.path);
      }
    });
  },
  opened: async ({ file, key }) => {
    try {
      const bundle = await openBundle(new Uint8Array(readFileSync(file)), key);
      return { digest: bundle.digest, law: bundle.law.names };
    } catch (error) {
      return { refused: error.name, message: error.message };
    }
  },
};

const request = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await ANSWERS[request.ask](request)));
