/** Answers what a protection's scope asks of a charged section: listed, excluded, of the class, and in which mode. */

import { NO, UNKNOWN, YES, agreed, conjunction, disjunction } from "./truth.mjs";
import { SEVERITIES, isInClasses, plainGrade, resolve } from "./catalog.mjs";
import { inside } from "./sections.mjs";

/** @typedef {import("./catalog.mjs").Offense} Offense */
/** @typedef {import("./catalog.mjs").Catalog} Catalog */
/** @typedef {{section: import("./sections.mjs").Section|null, grades: string[]}} ListedTest */

const MOST_REMEMBERED = 4_000;
const COVERS = { yes: YES, no: NO, silent: UNKNOWN };

/**
 * The offense that a charge means and the question facts of every protection of the pack, remembered by what says nothing of
 * a person; the offense date counts only where the catalogue has former numbers.
 * @param {import("./bundle.mjs").Pack} pack
 * @param {import("./case.mjs").Charge} charge
 * @returns {{offense: Offense, scope: import("./conditions.mjs").Facts}}
 */
export function question(pack, charge) {
  const on = pack.catalog.hasFormer ? charge.date : null;
  const key = JSON.stringify([charge.section, charge.offenseClass, charge.grade, charge.mode, on?.start ?? null]);
  if (pack.questions.size > MOST_REMEMBERED) pack.questions.clear();
  if (!pack.questions.has(key)) {
    const offense = resolve(pack.catalog, charge);
    pack.questions.set(key, { offense, scope: scopeFacts(pack, offense, charge.mode) });
  }
  return pack.questions.get(key);
}

/**
 * The question facts of every protection of a pack for one charge. They are the question, so nobody is asked for them.
 * @param {import("./bundle.mjs").Pack} pack
 * @param {Offense} offense
 * @param {string} mode
 * @returns {import("./conditions.mjs").Facts}
 */
function scopeFacts(pack, offense, mode) {
  const facts = new Map();
  for (const { id, scope } of pack.protections) {
    scope.excluded.forEach((out, i) => facts.set(`q.${id}.x${i}`, excluded(out, offense, mode, pack.catalog)));
    scope.listed.forEach((test, i) => facts.set(`q.${id}.in${i}`, onList(test, offense, pack.catalog)));
    if (scope.match === "class") facts.set(`q.${id}.class`, isInClasses(offense, scope.classes));
    facts.set(`q.${id}.mode`, modeTruth(scope, offense, mode));
  }
  return facts;
}

function modeTruth(scope, offense, mode) {
  const covers = scope.modes[mode] ?? (mode === "principal" || scope.match === "any" ? "yes" : "silent");
  const includes = covers === "silent" && offense.options.every((option) => option.entry?.includes.includes(mode));
  return includes ? YES : COVERS[covers];
}

/** Whether the charged section is this listed one: unknown where only a class is given or no catalogue knows it. */
function onList(test, offense, catalog) {
  if (offense.section === null) return UNKNOWN;
  if (test.section === null) return offense.matched ? graded(test, offense) : UNKNOWN;
  const place = placeOf(test, offense, catalog);
  return place === NO && !offense.matched ? UNKNOWN : conjunction([place, graded(test, offense)]);
}

/** Whether the charged section lies inside a listed one. A number whose code or Act nobody named may mean any of them. */
function placeOf(test, offense, catalog) {
  if (test.section === null) return YES;
  const { section } = offense;
  const direct = inside(section, test.section);
  if (direct !== NO || offense.matched || section.named) return direct;
  if (catalog.codesAreNamed && section.code === "") return UNKNOWN;
  return test.section.number === section.number && test.section.code !== section.code ? UNKNOWN : NO;
}

function graded(test, offense) {
  return test.grades.length ? agreed(offense.options.map((option) => gradeTruth(option, test.grades))) : YES;
}

function gradeTruth(option, wanted) {
  const words = new Set(wanted.map(plainGrade));
  const classes = SEVERITIES.filter((item) => wanted.includes(item));
  if (option.grades.length && !option.grades.some((grade) => grade.confidence === "recall")) {
    return agreed(option.grades.map((grade) => oneGrade(grade, words, classes)));
  }
  const severities = [...option.severities];
  const all = severities.every((item) => classes.includes(item));
  const none = !severities.some((item) => classes.includes(item));
  const named = classes.map(plainGrade);
  const byWords = [...words].some((one) => !named.includes(one)) ? UNKNOWN : NO;
  return disjunction([all ? YES : none ? NO : UNKNOWN, byWords]);
}

function oneGrade(grade, words, classes) {
  if (words.has(plainGrade(grade.grade)) || classes.includes(grade.severity)) return YES;
  return grade.severity === null && classes.length ? UNKNOWN : NO;
}

function excluded(out, offense, mode, catalog) {
  if (out.modes.length && !out.modes.includes(mode)) return NO;
  if (out.every_offense) return YES;
  const truths = out.tests.map((test) => outOf(test, offense, out, catalog));
  if (out.classes.length) truths.push(isInClasses(offense, out.classes));
  if (out.violent) truths.push(agreed(offense.options.map((option) => option.violent)));
  return disjunction(truths);
}

/** Whether this excluded section is the charged one. A class alone is unknown if it could hold the section. */
function outOf(test, offense, out, catalog) {
  if (offense.section !== null) return conjunction([placeOf(test, offense, catalog), graded(test, offense)]);
  return couldHold(test, offense, out, catalog) ? UNKNOWN : NO;
}

function couldHold(test, offense, out, catalog) {
  const [option] = offense.options;
  if (!option.established) return true;
  const reach = option.topics.size ? option.topics : option.severities;
  if (out.could_hold.length) return out.could_hold.some((item) => reach.has(item));
  const entries = test.section ? catalog.located(test.section).rows.map((row) => row.entry) : [];
  return !entries.length || entries.some((entry) => classesOf(entry).some((item) => reach.has(item)));
}

const classesOf = (entry) => [...entry.classes, ...entry.grades.map((grade) => grade.severity).filter(Boolean)];
