/** Whether one service fits one person, filter by filter: only a known *no* sets it aside, what is not known is said. */

import { NO, UNKNOWN, YES, disjunction } from "./truth.mjs";
import { MONTHS, civil, parsed } from "./dates.mjs";
import { hoursWords, nextOpening, openAt } from "./hours.mjs";

/** @typedef {{low: number, high: number}|null} KnownAges null where nothing is known */
/**
 * @typedef {object} Asked one question to the directory
 * @property {number} asOf
 * @property {KnownAges} ages
 * @property {{county: string|null, state: string|null}|null} place
 * @property {import("./hours.mjs").Moment|null} at
 */
/** @typedef {{name: string, truth: 0|1|2, words: string}} Fit */

export const ADULT = 18;
const OLDEST = 200;
const ROOM_HOLDS_DAYS = 2;
const ROOM = { open: ["said it had room", YES], waitlist: ["said it had a waiting list", UNKNOWN], full: ["said it was full", NO] };

/**
 * The ages possible today; null where nothing is known of them.
 * @param {import("./dates.mjs").Ages} age
 * @returns {KnownAges}
 */
export const agesBetween = (age) => (age.low === null && age.high === null ? null : { low: age.low || 0, high: age.high ?? OLDEST });

/**
 * A date in full words: `May 3, 2026`.
 * @param {number} day
 * @returns {string}
 */
export function dateWords(day) {
  const [year, month, dayOfMonth] = civil(day);
  return `${MONTHS[month - 1]} ${dayOfMonth}, ${year}`;
}

/**
 * A county's name for comparing, whatever the spelling.
 * @param {string} name
 * @returns {string}
 */
export const countyKey = (name) => name.toLowerCase().replaceAll("ß", "ss").split(/\s+/).filter(Boolean).join(" ").replace(/ county$/, "");

/**
 * A state code with its country, in capitals; a code without a country is one of the US.
 * @param {string} code
 * @returns {string}
 */
export function fullState(code) {
  const plain = code.trim().toUpperCase();
  return plain.includes("-") || plain === "US" ? plain : `US-${plain}`;
}

/**
 * True where a whole country is served.
 * @param {object} service a listing of the bundle
 * @returns {boolean}
 */
export const isNational = (service) => service.service_areas.some((area) => area.country !== null);

/**
 * Every filter that applies to a service once need and place fit, in the order in which people read them.
 * @param {object} service a listing of the bundle
 * @param {Asked} asked
 * @param {boolean} closedIsNoHelp
 * @returns {Fit[]}
 */
export function fitsOf(service, asked, closedIsNoHelp) {
  return [...statusFit(service), ageFit(service, asked.ages), ...hoursFit(service, asked.at, closedIsNoHelp), ...roomFit(service, asked.asOf)];
}

/**
 * Whether the service reaches the place. No place: lines of a whole country only.
 * @param {object} service
 * @param {Asked["place"]} place
 * @returns {0|1|2}
 */
export const placeFits = (service, place) => disjunction(service.service_areas.map((area) => areaFits(area, place)));

function areaFits(area, place) {
  const state = place?.state ? fullState(place.state) : null;
  if (state === null) return area.country === null ? NO : YES;
  if (area.country !== null) return area.country === state.split("-")[0] ? YES : NO;
  if (area.state === null || fullState(area.state) !== state) return NO;
  if (area.county === null) return YES;
  if (!place.county) return UNKNOWN;
  return countyKey(area.county) === countyKey(place.county) ? YES : NO;
}

function* statusFit({ status }) {
  if (status === "active") return;
  yield { name: "status", truth: NO, words: status === "temporarily closed" ? "It is closed for the time being." : "It has closed." };
}

function ageFit({ minimum_age: lowest, maximum_age: highest }, ages) {
  const fit = (truth, words) => ({ name: "age", truth, words });
  if (lowest === null && highest === null) return fit(UNKNOWN, "It is not recorded which ages it takes.");
  const takes = `It takes ${takenAges(lowest, highest)}`;
  if (!lowest && highest === null) return fit(YES, `${takes}.`);
  if (ages === null) return fit(UNKNOWN, `${takes}; the person's age is not recorded.`);
  const [low, high] = [lowest ?? 0, highest ?? Math.max(ages.low, ages.high)];
  if (ages.high < low || ages.low > high) return fit(NO, `${takes}; the person is ${ageWords(ages)}.`);
  if (low <= ages.low && ages.high <= high) return fit(YES, `${takes}.`);
  return fit(UNKNOWN, `${takes}; the person may be ${ageWords(ages)}.`);
}

function takenAges(lowest, highest) {
  if (highest === null) return lowest ? `people aged ${lowest} and over` : "people of every age";
  return lowest ? `people aged ${lowest} to ${highest}` : `people up to the age of ${highest}`;
}

function ageWords({ low, high }) {
  if (low === high) return String(low);
  return high === OLDEST ? `${low} or over` : `${low} to ${high}`;
}

function* hoursFit({ schedules }, at, closedIsNoHelp) {
  if (at === null) return;
  const open = openAt(schedules, at);
  if (open === YES) yield { name: "hours", truth: YES, words: "It is open now." };
  else if (open === UNKNOWN) yield { name: "hours", truth: UNKNOWN, words: `Whether it is open now is not known. ${hoursWords(schedules)}` };
  else {
    const opening = nextOpening(schedules, at);
    const words = opening ? `It is closed now and opens ${opening}.` : "It is closed now.";
    yield { name: "hours", truth: closedIsNoHelp ? NO : UNKNOWN, words };
  }
}

function* roomFit({ room }, asOf) {
  if (room.state === "not_known") return;
  const [words, truth] = ROOM[room.state];
  const dated = room.dated ? parsed(room.dated) : null;
  if (dated === null) yield { name: "room", truth, words: `It ${words}.` };
  else if (asOf - dated <= ROOM_HOLDS_DAYS) yield { name: "room", truth, words: `It ${words} on ${dateWords(dated)}.` };
  else yield { name: "room", truth: UNKNOWN, words: `It ${words} on ${dateWords(dated)}. Ask again.` };
}
