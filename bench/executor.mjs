/** Screens a pool of cases with the JavaScript executor each time a line comes in, and answers with a line of milliseconds. */

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { canonical, loadBundle, readCase, screen } from "../screening/executors/javascript/screening.mjs";

const { cases, today } = JSON.parse(readFileSync(process.argv[3], "utf8"));
const bundle = loadBundle(JSON.parse(readFileSync(process.argv[2], "utf8")));
const pool = cases.map((given) => readCase(given, bundle, { today }));

const timed = (way) => {
  const start = performance.now();
  const found = way();
  return [performance.now() - start, found];
};

const ANSWERS = {
  screen: () => timed(() => pool.map((one) => screen(one, bundle)))[0],
  read: () => timed(() => cases.map((given) => readCase(given, bundle, { today })))[0],
  results: () => pool.map((one) => canonical(screen(one, bundle))),
};

for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify(ANSWERS[line]())}\n`);
