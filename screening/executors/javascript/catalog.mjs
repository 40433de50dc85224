/** Finds a charged section in its jurisdiction's offense catalogue, however it was typed, with all classes it may have. */

import { NO, UNKNOWN, YES, agreed } from "./truth.mjs";
import { inside, parseSection } from "./sections.mjs";
import { parsed as parsedDay } from "./dates.mjs";

/** @typedef {import("./sections.mjs").Section} Section */
/** @typedef {{grade: string, severity: string|null, confidence: string}} Grade */
/**
 * @typedef {object} Option one reading of a charge; `established` false: nobody confirmed its class
 * @property {Set<string>} topics
 * @property {Set<string>} severities
 * @property {0|1|2} violent
 * @property {Grade[]} grades
 * @property {object|null} entry
 * @property {boolean} established
 */
/**
 * @typedef {object} Offense a charge resolved against the catalogue; `options` is never empty
 * @property {Section|null} section
 * @property {boolean} matched
 * @property {Option[]} options
 * @property {string|null} former
 * @property {boolean} clash
 * @property {string|null} givenClass
 * @property {boolean} classKnown
 */

export const SEVERITIES = ["status", "misdemeanor", "nonviolent_felony", "violent_felony"];
const NO_STATUS = SEVERITIES.slice(1);
const VIOLENT = { yes: YES, no: NO, depends: UNKNOWN, unknown: UNKNOWN };

const isSubset = (one, other) => [...one].every((item) => other.has(item));
const isDisjoint = (one, other) => ![...one].some((item) => other.has(item));

/** The catalogue of one jurisdiction, ready for look-ups. */
export class Catalog {
  /** @param {object} part `catalog` of a law part of a bundle */
  constructor(part) {
    this.part = part;
    this.byNumber = new Map();
    for (const row of part.rows) {
      const near = this.byNumber.get(row.section.number) ?? [];
      this.byNumber.set(row.section.number, [...near, row]);
    }
    this.hasFormer = part.rows.some((row) => row.former);
    this.codesAreNamed = part.rows.every((row) => row.section.code !== "");
    this.options = new Map();
  }

  /**
   * The section as this jurisdiction writes it; blanks between numbers are read as its own separator.
   * @param {string} text
   * @returns {Section|null}
   */
  parse(text) {
    let section = parseSection(text, this.part.codes);
    if (!section) return null;
    const glued = /^(.*\p{Nd})([a-z])$/u.exec(section.number);
    if (!this.byNumber.has(section.number) && glued && this.byNumber.has(glued[1])) {
      section = { ...section, number: glued[1], subs: [glued[2], ...section.subs] };
    }
    const spaced = /(?<=\p{Nd}) (?=\p{Nd})/gu;
    if (!this.byNumber.has(section.number) && text.search(spaced) >= 0) {
      for (const mark of "-.") {
        const other = parseSection(text.replace(spaced, mark), this.part.codes);
        if (other && this.byNumber.has(other.number)) section = other;
      }
    }
    const named = section.code !== "" || this.part.main_words.some((word) => text.toLowerCase().includes(word));
    return { ...section, code: section.code || this.part.default_code, named };
  }

  /**
   * The most exact entries for a section, or all inside it where only a higher subdivision is given. A section typed
   * without its code gives way to the only code that has its number, and comes back with that code.
   * @param {Section} section
   * @returns {{section: Section, rows: {entry: object, former: boolean}[]}}
   */
  located(section) {
    const near = this.byNumber.get(section.number) ?? [];
    let same = near.filter((row) => row.section.code === section.code);
    let found = section;
    if (!same.length && !section.named && new Set(near.map((row) => row.section.code)).size === 1) {
      same = near;
      found = { ...section, code: near[0].section.code };
    }
    const above = same.filter((row) => inside(found, row.section) === YES);
    const deepest = Math.max(...above.map((row) => row.section.subs.length));
    const rows = above.length
      ? above.filter((row) => row.section.subs.length === deepest)
      : same.filter((row) => inside(found, row.section) === UNKNOWN);
    return { section: found, rows: rows.map((row) => ({ entry: this.part.offenses[row.offense], former: row.former })) };
  }

  /**
   * The reading of an entry with no grade given.
   * @param {object} entry
   * @returns {Option}
   */
  option(entry) {
    if (!this.options.has(entry)) this.options.set(entry, optionOf(entry, null));
    return this.options.get(entry);
  }
}

/**
 * The offense that a charge means. Given and catalogued class are both kept; the catalogue decides and a clash is said. A
 * former number counts only for acts up to its last day, where that day is known.
 * @param {Catalog} catalog
 * @param {import("./case.mjs").Charge} charge
 * @returns {Offense}
 */
export function resolve(catalog, charge) {
  const given = charge.offenseClass;
  const parsed = charge.section ? catalog.parse(charge.section) : null;
  const { section, rows } = parsed ? catalog.located(parsed) : { section: null, rows: [] };
  const found = rows.filter((row) => isInUse(row, section, charge.date));
  if (!found.length) return offense({ section: parsed, matched: false, options: [givenOption(given, catalog)], givenClass: given });
  const options = found.map((row) => (charge.grade === null ? catalog.option(row.entry) : optionOf(row.entry, charge.grade)));
  const clash =
    given !== null &&
    given !== "other" &&
    options.every((option) => option.established && !option.topics.has(given) && !option.severities.has(given));
  const former = found.find((row) => row.former)?.entry.section ?? null;
  return offense({ section, matched: true, options, former, clash, givenClass: given });
}

function offense(shape) {
  const classKnown = shape.options.every((option) => option.established);
  return { former: null, clash: false, ...shape, classKnown };
}

function isInUse(row, section, on) {
  if (!row.former || on === null || on.start === null) return true;
  const ends = row.entry.former.filter((old) => old.section && inside(section, old.section) !== NO).map((old) => old.until);
  const last = ends.find((day) => day) ?? null;
  return last === null || on.start <= parsedDay(last);
}

/** A charge known by its class alone: its severities and violent mark are those of the catalogued offenses of the class. */
function givenOption(given, catalog) {
  if (given === null || given === "other") return option([], NO_STATUS, UNKNOWN, false);
  const isSeverity = SEVERITIES.includes(given);
  const alike = catalog.part.offenses
    .map((entry) => catalog.option(entry))
    .filter((one) => one.established && (one.topics.has(given) || one.severities.has(given)))
    .filter((one) => !isSeverity || one.severities.size === 1);
  const violent = agreed(alike.map((one) => one.violent));
  if (isSeverity) return option([], [given], violent, true);
  const severities = new Set(alike.flatMap((one) => [...one.severities]));
  return option([given], severities.size ? severities : NO_STATUS, violent, true);
}

const option = (topics, severities, violent, established) => ({
  topics: new Set(topics),
  severities: new Set(severities),
  violent,
  grades: [],
  entry: null,
  established,
});

function optionOf(entry, grade) {
  const grades = gradesOf(entry, grade);
  const stated = entry.classes.filter((item) => SEVERITIES.includes(item));
  const possible = new Set(
    grades.flatMap((one) => {
      if (one.severity && one.confidence !== "recall") return [one.severity];
      const worded = severityOf(one.grade);
      return worded.length ? worded : statedOr(stated, entry);
    }),
  );
  const severities = possible.size ? [...possible] : statedOr(stated, entry);
  const both = severities.filter((item) => stated.includes(item));
  return {
    topics: new Set(entry.classes.filter((item) => !SEVERITIES.includes(item))),
    severities: new Set(both.length ? both : severities),
    violent: VIOLENT[entry.violent],
    grades,
    entry,
    established: entry.confidence !== "recall" && entry.classes.length > 0,
  };
}

const statedOr = (stated, entry) =>
  stated.length ? stated : NO_STATUS.filter((item) => entry.violent !== "no" || item !== "violent_felony");

function gradesOf(entry, grade) {
  if (grade === null) return entry.grades;
  const wanted = plainGrade(grade);
  const severity = severityOf(grade);
  const ways = [
    (one) => plainGrade(one.grade) === wanted,
    (one) => plainGrade(one.grade).includes(wanted),
    (one) => severity.includes(one.severity) || severityOf(one.grade).some((item) => severity.includes(item)),
  ];
  for (const way of ways) {
    const found = entry.grades.filter(way);
    if (found.length) return found;
  }
  return [{ grade, severity: null, confidence: "primary" }];
}

/**
 * A grade in lower case without filler, so that `Class B Felony` and `class b felony` are alike.
 * @param {string} text
 * @returns {string}
 */
export function plainGrade(text) {
  const lower = text.toLowerCase();
  const words = lower.replace(/[^a-z0-9]+/g, " ").split(" ").filter(Boolean);
  return words.filter((word) => !["a", "the", "of", "degree"].includes(word) || lower === "a").join(" ");
}

function severityOf(grade) {
  const words = grade.toLowerCase();
  return [
    ...(words.includes("misdemeanor") ? ["misdemeanor"] : []),
    ...(words.includes("felony") ? ["nonviolent_felony", "violent_felony"] : []),
  ];
}

/**
 * Whether the offense is of one of the classes: yes if every reading is, no if none can be.
 * @param {Offense} theOffense
 * @param {string[]} classes
 * @returns {0|1|2}
 */
export function isInClasses(theOffense, classes) {
  const wanted = new Set(classes);
  return agreed(theOffense.options.map((one) => classTruth(one, wanted)));
}

function classTruth(one, wanted) {
  const apart = isDisjoint(one.severities, wanted);
  if (!one.established) return apart && isSubset(wanted, new Set(SEVERITIES)) ? NO : UNKNOWN;
  if (!isDisjoint(one.topics, wanted) || (one.severities.size && isSubset(one.severities, wanted))) return YES;
  return apart ? NO : UNKNOWN;
}
