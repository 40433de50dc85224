/** The facts that come from the charge itself: ages and dates at the moments laws name, class, status and stage. */

import { UNKNOWN, YES } from "./truth.mjs";
import { ageOn, civil, latestBirth, ordinal } from "./dates.mjs";
import { isRange } from "./conditions.mjs";

/** @typedef {import("./conditions.mjs").Range} Range */
/** @typedef {import("./conditions.mjs").Facts} Facts */
/** @typedef {{born: Range, offense: Range, today: number, held: [string, Range][]}} Moments birth and offense as ranges of days */

/** Ages above this are not considered; a birth date that is not known allows any age up to it. */
export const OLDEST = 130;

export const AGE_FACTS = ["age.offense", "age.charged", "age.now"];
export const DATED = [...AGE_FACTS, "date.offense"];

const LAST_YEAR = 9999;
const LAST_DAY = ordinal(LAST_YEAR, 12, 31);

const overlap = (one, other) => ({ low: Math.max(one.low, other.low), high: Math.min(one.high, other.high) });

/**
 * Whether the person's age is recorded as in dispute; two sources that differ on that are a dispute too.
 * @param {import("./responses.mjs").FactBase} base
 * @returns {boolean}
 */
export function isDisputed(base) {
  return base.clashes.some((clash) => clash.fact === "age.disputed") || base.person.get("age.disputed") === YES;
}

/**
 * The birth dates that are possible; open where none is known. Where the age is in dispute, the date given is only the
 * earliest: the person may be any age below it.
 * @param {import("./case.mjs").Case} theCase
 * @param {boolean} disputed
 * @returns {import("./dates.mjs").Days}
 */
export function possibleBirth(theCase, disputed) {
  const born = theCase.born ?? { start: null, end: null };
  const isExact = born.start !== null && born.start === born.end;
  return disputed && isExact ? { start: born.start, end: theCase.asOf } : born;
}

/**
 * Birth and offense of a charge. No offense date: any day up to the day of screening. No birth date: any age.
 * @param {import("./case.mjs").Case} theCase
 * @param {import("./case.mjs").Charge|null} charge
 * @param {boolean} disputed
 * @returns {Moments}
 */
export function momentsOf(theCase, charge, disputed) {
  const today = theCase.asOf;
  const born = days(possibleBirth(theCase, disputed), 1, today);
  const offense = days(charge ? charge.date : { start: today, end: today }, born.low, today);
  return { born, offense, today, held: [] };
}

const days = (given, first, last) => ({ low: given?.start ?? first, high: given?.end ?? last });

/**
 * The dated facts; ages in whole years. Null where nothing fits all that is held. `age.charged` spans from the offense to
 * the day of screening, since accusation lies somewhere between.
 * @param {Moments} moments
 * @returns {Facts|null}
 */
export function datedFacts(moments) {
  const { offense, today } = moments;
  const ages = new Map([
    ["age.offense", between(moments, offense.low, Math.min(offense.high, today))],
    ["age.charged", between(moments, offense.low, today)],
    ["age.now", between(moments, today, today)],
  ]);
  for (const [fact, held] of moments.held) ages.set(fact, overlap(ages.get(fact), held));
  if (moments.held.length) ageing(ages);
  if ([...ages.values()].some((age) => age.low > age.high)) return null;
  return ages.set("date.offense", offense).set("date.screening", { low: today, high: today });
}

/** Narrows the ranges so that nobody grows younger from the act to the accusation and to the day of screening. */
function ageing(ages) {
  const [offense, charged, now] = ["age.offense", "age.charged", "age.now"].map((fact) => ages.get(fact));
  const accused = { low: Math.max(charged.low, offense.low), high: Math.min(charged.high, now.high) };
  ages.set("age.charged", accused);
  ages.set("age.now", { low: Math.max(now.low, accused.low), high: now.high });
  ages.set("age.offense", { low: offense.low, high: Math.min(offense.high, accused.high) });
}

function between({ born }, first, last) {
  const youngest = born.high >= first ? 0 : years(born.high, first);
  const oldest = born.low <= 1 ? OLDEST : years(born.low, last);
  return { low: Math.max(youngest, 0), high: Math.max(oldest, 0) };
}

const years = (born, day) => ageOn(Math.max(born, 1), Math.max(day, 1));

/**
 * The same with one of its facts held inside a range; null where nothing is left. An age at the act narrows birth and
 * offense date alike, so that law that changed on a birthday stays exact.
 * @param {Moments} moments
 * @param {string} fact
 * @param {Range} within
 * @returns {Moments|null}
 */
export function narrowed(moments, fact, within) {
  const { born, offense, today, held } = moments;
  if (fact === "date.offense") return left({ born, offense: overlap(offense, within), today, held });
  const [first, last] = { "age.offense": [offense.low, offense.high], "age.now": [today, today] }[fact] ?? [offense.low, today];
  const earliest = within.high < OLDEST ? birthdayBack(Math.max(first, 1), within.high + 1) + 1 : 1;
  const latest = birthdayBack(Math.min(last, today), Math.max(within.low, 0));
  const nowBorn = overlap(born, { low: earliest, high: latest });
  const nowOffense = fact === "age.offense" ? overlap(offense, daysAged(moments, nowBorn, within)) : offense;
  return left({ born: nowBorn, offense: nowOffense, today, held: [...held, [fact, within]] });
}

const left = (moments) => (moments.born.low <= moments.born.high && moments.offense.low <= moments.offense.high ? moments : null);

/** The days on which someone born in the range can have an age in `within`. */
function daysAged(moments, born, within) {
  return {
    low: within.low > 0 && born.low > 1 ? birthday(born.low, within.low) : moments.offense.low,
    high: within.high < OLDEST ? birthday(born.high, within.high + 1) - 1 : moments.offense.high,
  };
}

function birthday(born, age) {
  const [year, month, day] = civil(Math.max(born, 1));
  if (year + age > LAST_YEAR) return LAST_DAY;
  return ordinal(year + age, month, day);
}

/** The last birth date on which someone is `age` old on `day`; 1 where that lies before the calendar. */
function birthdayBack(day, age) {
  const on = Math.max(day, 1);
  return civil(on)[0] > age ? latestBirth(age, on) : 1;
}

/**
 * Class, status and stage as facts; an unknown class may be any.
 * @param {import("./case.mjs").Case} theCase
 * @param {string} status
 * @param {import("./catalog.mjs").Offense} offense
 * @returns {Facts}
 */
export function questionFacts(theCase, status, offense) {
  const own = offense.options.map((option) => [...option.topics, ...(option.severities.size === 1 ? option.severities : [])]);
  const sure = own[0].filter((item) => own.every((items) => items.includes(item)));
  const classes = offense.classKnown
    ? { sure: new Set(sure), possible: new Set(offense.options.flatMap((option) => [...option.topics, ...option.severities])) }
    : { sure: new Set(), possible: null };
  return new Map([
    ["charge.classes", classes],
    ["charge.status", { possible: new Set([status]) }],
    ["stage", { possible: new Set([theCase.stage]) }],
  ]);
}

/**
 * Facts that follow from others: whoever is under 18 today was under 18 at every earlier sex act, and so was whoever was
 * first exploited below that age. A recorded response, also one that differs, is never replaced.
 * @param {Facts} facts
 * @returns {Facts}
 */
export function drawnFacts(facts) {
  const recorded = facts.get("exploitation.before_18") ?? UNKNOWN;
  const young = ["age.now", "onset.age"].map((name) => facts.get(name));
  const follows = recorded === UNKNOWN && young.some((value) => isRange(value) && value.high < 18);
  return new Map(follows ? [["exploitation.before_18", YES]] : []);
}
