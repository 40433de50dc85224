/** Opening hours: whether a service is open at a time, when it opens next, and the hours in words. */

import { NO, UNKNOWN, YES } from "./truth.mjs";

/** @typedef {{byday: string[], opens_at: string, closes_at: string, zone: string|null}} Schedule */
/** @typedef {{weekday: number, minutes: number}} Moment Monday is 0; minutes from midnight, on the clock of the place */

const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const WHOLE_DAY = 24 * 60;
const WEEK = 7;

const clock = (text) => {
  const [hours, minutes] = text.split(":").map(Number);
  return hours * 60 + minutes;
};

/** Opening and closing in minutes from midnight; past midnight counts on. */
function minutesOf(schedule) {
  const [opens, closes] = [clock(schedule.opens_at), clock(schedule.closes_at)];
  return [opens, closes > opens ? closes : closes + WHOLE_DAY];
}

const isAllDay = (schedule) => {
  const [opens, closes] = minutesOf(schedule);
  return opens === 0 && closes === WHOLE_DAY;
};

/**
 * True where the hours cover every minute of the week.
 * @param {Schedule[]} schedules
 * @returns {boolean}
 */
export function alwaysOpen(schedules) {
  const covered = new Set(schedules.filter(isAllDay).flatMap((one) => one.byday));
  return covered.size === WEEK;
}

/**
 * Whether the service is open; unknown where no hours are recorded, or they run on another clock.
 * @param {Schedule[]} schedules
 * @param {Moment} moment
 * @returns {0|1|2}
 */
export function openAt(schedules, moment) {
  if (!schedules.length || (schedules.some((one) => one.zone) && !alwaysOpen(schedules))) return UNKNOWN;
  return schedules.some((one) => covers(one, moment)) ? YES : NO;
}

function covers(schedule, { weekday, minutes }) {
  const [opens, closes] = minutesOf(schedule);
  const today = schedule.byday.includes(DAYS[weekday]);
  const yesterday = schedule.byday.includes(DAYS[(weekday + WEEK - 1) % WEEK]);
  return (today && opens <= minutes && minutes < closes) || (yesterday && minutes + WHOLE_DAY < closes);
}

/**
 * The next time it opens within a week, in words: `Monday at 09:00`; null where no hours are recorded.
 * @param {Schedule[]} schedules
 * @param {Moment} moment
 * @returns {string|null}
 */
export function nextOpening(schedules, { weekday, minutes }) {
  let next = null;
  for (let ahead = 0; ahead <= WEEK; ahead += 1) {
    for (const one of schedules.filter((schedule) => schedule.byday.includes(DAYS[(weekday + ahead) % WEEK]))) {
      const start = ahead * WHOLE_DAY + minutesOf(one)[0];
      if (start > minutes && (next === null || start < next)) next = start;
    }
  }
  if (next === null) return null;
  const time = [Math.floor((next % WHOLE_DAY) / 60), next % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return `${NAMES[(weekday + Math.floor(next / WHOLE_DAY)) % WEEK]} at ${time}`;
}

/**
 * The hours as people say them.
 * @param {Schedule[]} schedules
 * @returns {string}
 */
export function hoursWords(schedules) {
  if (!schedules.length) return "Hours are not recorded.";
  return alwaysOpen(schedules) ? "Open day and night, every day." : `Open ${schedules.map(scheduleWords).join("; ")}.`;
}

function scheduleWords(schedule) {
  const zone = schedule.zone ? ` (${schedule.zone})` : "";
  const times = isAllDay(schedule) ? "all day" : `from ${schedule.opens_at} to ${schedule.closes_at}`;
  return `${daysWords(schedule.byday)} ${times}${zone}`;
}

function daysWords(days) {
  const places = DAYS.map((_, i) => i).filter((i) => days.includes(DAYS[i]));
  if (places.length === WEEK) return "every day";
  const names = places.map((place) => NAMES[place]);
  const last = names[names.length - 1];
  if (places.length > 2 && places.every((place, i) => place === places[0] + i)) return `${names[0]} to ${last}`;
  return [names.slice(0, -1).join(", "), last].filter(Boolean).join(" and ");
}
