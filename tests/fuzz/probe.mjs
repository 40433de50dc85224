/** Stays open and answers one JSON request a line: what the JavaScript executor makes of a case, or of a signed bundle. */

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { canonical, loadBundle, openBundle, readCase, screen } from "../../screening/executors/javascript/screening.mjs";

const loaded = loadBundle(JSON.parse(readFileSync(process.argv[2], "utf8")));

const ANSWERS = {
  case: ({ given, reader, today }) => ({ result: canonical(screen(readCase(given, loaded, { today }), loaded, { reader })) }),
  bundle: async ({ file, key }) => ({ opened: (await openBundle(Uint8Array.from(Buffer.from(file, "base64")), key)).digest }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = await ANSWERS[request.ask](request);
  } catch (error) {
    answer = { refused: error.name, message: error.message, faults: error.faults ?? [], stack: error.stack };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
