/**
 * Case screening without a server: a signed bundle of law and questions, a case, a screening.
 *
 *   const bundle = await openBundle(bytes, publicKey);
 *   const theCase = readCase(caseFile, bundle, { today: "2026-11-24" });
 *   const result = screen(theCase, bundle, { reader: "officer" });
 */

export { openBundle } from "./signed.mjs";
export { BundleError, loadBundle } from "./bundle.mjs";
export { CaseError, readCase } from "./case.mjs";
export { READERS, screen } from "./screen.mjs";
export { traceOf } from "./trace.mjs";
export { factsFrom } from "./responses.mjs";
export { compileConditions, factsOf, readTree, toJson, walk } from "./conditions.mjs";
export { canonical } from "./text.mjs";
