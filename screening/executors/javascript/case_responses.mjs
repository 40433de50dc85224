/** Reads the responses of a case file: a value, a value with its evidence, several sources, each per charge or not. */

import { readYesNo } from "./case_fields.mjs";

/** @typedef {{answer: string}|{low: number|null, high: number|null}|{start: number|null, end: number|null}|{code: string}|{codes: string[]}} Value */
/**
 * @typedef {object} Response what one source says to one item
 * @property {string} item
 * @property {Value} value
 * @property {string|null} charge
 * @property {string|null} source
 * @property {boolean} cleared a statement released for findings
 */

const EVIDENCE = ["value", "source", "dated", "note", "cleared", "author", "custody", "warned"];
const SOURCES = ["observed", "record", "device", "third_party", "own_statement"];
const UNKNOWNS = ["not_known", "not_asked", "declined", "not_applicable"];
const RESERVED = ["value", "source", "dated", "note", "from", "to", "cleared"];

const MOST_SOURCES = 50;
const LONGEST_NOTE = 10_000;

const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The responses by item. An item that is empty is left out: it was not asked.
 * @param {import("./case_fields.mjs").Fields} fields
 * @param {unknown} value
 * @param {{id: string}[]} charges
 * @param {import("./bundle.mjs").Bundle} bundle
 * @returns {Map<string, Response[]>}
 */
export function readResponses(fields, value, charges, bundle) {
  const responses = new Map();
  const ids = charges.map((charge) => charge.id);
  for (const [id, answer] of Object.entries(fields.mapping(value, "responses"))) {
    const path = `responses.${id}`;
    const item = bundle.questionnaire.items.get(id);
    if (!item) fields.add(path, "unknown item");
    else {
      const read = readItem(fields, answer, { path, item, charge: null }, ids);
      if (read.length) responses.set(id, read);
    }
  }
  return responses;
}

function readItem(fields, answer, place, ids) {
  const keys = isMapping(answer) ? Object.keys(answer) : RESERVED;
  if (!place.item.per_charge) {
    if (!keys.length || !keys.every((key) => ids.includes(key))) return sources(fields, answer, place);
    fields.add(place.path, "this item is about the person, not about one charge");
    return [];
  }
  if (!keys.some((key) => RESERVED.includes(key))) return eachCharge(fields, answer, place, ids);
  if (ids.length === 1) return sources(fields, answer, { ...place, charge: ids[0] });
  fields.add(place.path, "this item is about one charge, and it is not said which");
  return [];
}

/** The answers in the order of the charges, however the map is ordered. */
function eachCharge(fields, answer, place, ids) {
  const given = fields.mapping(answer, place.path);
  for (const charge of Object.keys(given)) if (!ids.includes(charge)) fields.add(`${place.path}.${charge}`, "there is no charge with this id");
  const told = ids.filter((charge) => Object.hasOwn(given, charge));
  return told.flatMap((charge) => sources(fields, given[charge], { ...place, path: `${place.path}.${charge}`, charge }));
}

/** One response, or one for each source where they stand in a list. */
function sources(fields, answer, place) {
  const single = !Array.isArray(answer) || (place.item.kind === "codes" && !answer.some(isMapping));
  if (!single && !answer.length) fields.add(place.path, "the list is empty");
  const read = single ? [response(fields, answer, place)] : fields.list(answer, place.path, MOST_SOURCES).map((one, i) => response(fields, one, { ...place, path: `${place.path}[${i}]` }));
  return read.filter((one) => one.value !== null);
}

function response(fields, answer, place) {
  const bare = { item: place.item.id, charge: place.charge, source: null, cleared: false };
  const isRange = isMapping(answer) && Object.keys(answer).length > 0 && Object.keys(answer).every((key) => key === "from" || key === "to");
  if (!isMapping(answer) || isRange) return { ...bare, value: valueOf(fields, answer, place.path, place.item) };
  const { path } = place;
  const given = fields.mapping(answer, path, EVIDENCE);
  if (given.value === undefined) fields.add(`${path}.value`, "the value of the answer is missing");
  fields.day(given.dated, `${path}.dated`);
  fields.text(given.note, `${path}.note`, LONGEST_NOTE);
  fields.text(given.author, `${path}.author`, 100);
  for (const key of ["custody", "warned"]) if (given[key] !== undefined) fields.yesNo(given[key], `${path}.${key}`);
  return {
    ...bare,
    value: given.value === undefined ? null : valueOf(fields, given.value, `${path}.value`, place.item),
    source: fields.word(given.source, `${path}.source`, SOURCES),
    cleared: given.cleared !== undefined && isCleared(fields, given.cleared, `${path}.cleared`),
  };
}

function isCleared(fields, value, path) {
  const given = fields.mapping(value, path, ["by", "dated"]);
  const by = fields.needed(fields.text(given.by, `${path}.by`, 100), `${path}.by`);
  return by !== null && fields.needed(fields.day(given.dated, `${path}.dated`), `${path}.dated`) !== null;
}

function valueOf(fields, value, path, item) {
  if (UNKNOWNS.includes(value)) return { answer: value };
  switch (item.kind) {
    case "codes": return codesOf(fields, value, path, item);
    case "code": {
      const code = fields.word(value, path, Object.keys(item.codes));
      return code === null ? null : { code };
    }
    case "number": return fields.numbers(value, path);
    case "date": return fields.days(value, path);
    default: {
      const shown = readYesNo(value);
      if (shown === null) fields.add(path, "this is no answer to this item");
      return shown === null ? null : { answer: shown ? "yes" : "no" };
    }
  }
}

function codesOf(fields, value, path, item) {
  const words = Array.isArray(value) ? value : [value];
  const known = Object.keys(item.codes);
  if (!words.length || words.length > known.length) fields.add(path, `the list has ${words.length} words`);
  const codes = words.slice(0, known.length).map((one, i) => fields.word(one ?? "", `${path}[${i}]`, known)).filter((one) => one !== null);
  return codes.length ? { codes: [...new Set(codes)] } : null;
}
