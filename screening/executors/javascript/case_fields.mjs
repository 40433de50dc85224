/** Reads single fields of a case file and notes every fault with its path, so that one reading finds them all. */

import { parsed } from "./dates.mjs";

/** @typedef {{path: string, message: string}} Fault */

/** A case file that is refused; `faults` holds everything that is wrong with it. */
export class CaseError extends Error {
  /** @param {Fault[]} faults */
  constructor(faults) {
    super(faults.map((fault) => `${fault.path}: ${fault.message}`).join("\n"));
    this.name = "CaseError";
    this.faults = faults;
  }
}

const EARLIEST = parsed("1900-01-01");
const LATEST = parsed("2199-12-31");
const LARGEST = 999_999;
const MOMENT = /^(\d{4}-\d{2}-\d{2})([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?)?$/;

const UNPRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
const BLANK = /^[\s\x85]*$/;

const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Each method gives the value of a field, or null with a fault noted; null counts as left out. */
export class Fields {
  constructor() {
    /** @type {Fault[]} */
    this.faults = [];
  }

  /** Notes a fault. */
  add(path, message) {
    this.faults.push({ path, message });
  }

  /** Throws if anything was wrong. */
  done() {
    if (this.faults.length) throw new CaseError(this.faults);
  }

  /** The value, with a fault noted where it is missing. */
  needed(value, path) {
    if (value === null && !this.faults.some((fault) => fault.path === path)) this.add(path, "this is missing");
    return value;
  }

  /** The keys of a group, without those that are empty; unknown keys are faults unless any key may stand. */
  mapping(value, path, keys = null) {
    if (value === undefined || value === null) return {};
    if (!isMapping(value)) {
      this.add(path, "a group of keys is expected");
      return {};
    }
    for (const key of Object.keys(value)) if (keys && !keys.includes(key)) this.add(path ? `${path}.${key}` : key, "unknown key");
    const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
    return Object.fromEntries(entries.filter(([key]) => !keys || keys.includes(key)));
  }

  /** The entries of a list of at most `most`; an empty one is a fault. */
  list(value, path, most) {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      this.add(path, "a list is expected");
      return [];
    }
    if (value.length > most) this.add(path, `the list has ${value.length} entries, at most ${most} are read`);
    const entries = value.slice(0, most);
    entries.forEach((entry, i) => entry === null && this.add(`${path}[${i}]`, "the entry is empty"));
    return entries;
  }

  /** Text of 1 to `longest` characters, without marks that cannot be seen. */
  text(value, path, longest) {
    if (value === undefined || value === null) return null;
    if (typeof value !== "string" || BLANK.test(value)) this.add(path, "text is expected");
    else if ([...value].length > longest) this.add(path, `the text has more than ${longest} characters`);
    else if (UNPRINTABLE.test(value)) this.add(path, "an unprintable character stands in the text");
    else return value;
    return null;
  }

  /** One word of a closed list. */
  word(value, path, words) {
    if (value === undefined || value === null) return null;
    if (words.includes(value)) return value;
    this.add(path, `unknown word ${JSON.stringify(value)}`);
    return null;
  }

  /** Yes or no; `true`, `Yes` and a JSON boolean are alike. */
  yesNo(value, path) {
    const shown = readYesNo(value);
    if (shown === null) this.add(path, "yes or no is expected");
    return shown;
  }

  /** A day that exists, in 1900 to 2199, as its number. */
  day(value, path) {
    if (value === undefined || value === null) return null;
    const day = typeof value === "string" ? parsed(value) : null;
    if (day !== null && day >= EARLIEST && day <= LATEST) return day;
    this.add(path, "a date as YYYY-MM-DD that exists is expected");
    return null;
  }

  /** A day and a time as given; a day alone is its beginning. */
  moment(value, path) {
    if (value === undefined || value === null) return null;
    const found = typeof value === "string" ? MOMENT.exec(value) : null;
    if (found && this.day(found[1], path) !== null) return value;
    if (!found) this.add(path, "a time as YYYY-MM-DDTHH:MM that exists is expected");
    return null;
  }

  /** A day, or `{from, to}` with at least one of the two, as numbered days. */
  days(value, path) {
    if (!isMapping(value)) {
      const day = this.day(value, path);
      return day === null ? null : { start: day, end: day };
    }
    const { from, to } = this.mapping(value, path, ["from", "to"]);
    const [start, end] = [this.day(from, `${path}.from`), this.day(to, `${path}.to`)];
    return this.ordered(start, end, path) ? { start, end } : null;
  }

  /** A whole number, or null with a fault noted. */
  number(value, path) {
    if (value === undefined || value === null) return null;
    const number = typeof value === "string" && /^-?[0-9]{1,9}$/.test(value) ? Number(value) : value;
    if (Number.isInteger(number) && Math.abs(number) <= LARGEST) return number;
    this.add(path, "a whole number is expected");
    return null;
  }

  /** A whole number, or `{from, to}` with at least one of the two. */
  numbers(value, path) {
    if (!isMapping(value)) {
      const number = this.number(value, path);
      return number === null ? null : { low: number, high: number };
    }
    const { from, to } = this.mapping(value, path, ["from", "to"]);
    const [low, high] = [this.number(from, `${path}.from`), this.number(to, `${path}.to`)];
    return this.ordered(low, high, path) ? { low, high } : null;
  }

  /** False, with a fault noted, where a range is empty or runs backwards. */
  ordered(low, high, path) {
    if (low === null && high === null) this.add(path, "the range is empty");
    else if (low !== null && high !== null && high < low) this.add(path, "the range runs backwards");
    else return true;
    return false;
  }
}

/**
 * True, false, or null where a value says neither.
 * @param {unknown} value
 * @returns {boolean|null}
 */
export function readYesNo(value) {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.toLowerCase() : "";
  if (word === "yes" || word === "true") return true;
  return word === "no" || word === "false" ? false : null;
}
