/** Ages and dates as law counts them, in whole years and in days numbered from 1 January of the year 1; nothing reads a clock. */

/** @typedef {{start: number|null, end: number|null}} Days one day between two, both included; null leaves a side open */
/** @typedef {{low: number|null, high: number|null}} Ages one whole number between two, both included */

const BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

const isLeap = (year) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const beforeYear = (year) => (year - 1) * 365 + Math.floor((year - 1) / 4) - Math.floor((year - 1) / 100) + Math.floor((year - 1) / 400);

/**
 * The number of a day.
 * @param {number} year
 * @param {number} month
 * @param {number} day
 * @returns {number}
 */
export function ordinal(year, month, day) {
  return beforeYear(year) + BEFORE_MONTH[month - 1] + (month > 2 && isLeap(year) ? 1 : 0) + day;
}

/**
 * Year, month and day of a numbered day.
 * @param {number} number
 * @returns {[number, number, number]}
 */
export function civil(number) {
  let year = Math.max(Math.floor((number - 1) / 365.2425), 1);
  while (beforeYear(year + 1) < number) year += 1;
  while (beforeYear(year) >= number) year -= 1;
  let month = 12;
  while (ordinal(year, month, 1) > number) month -= 1;
  return [year, month, number - ordinal(year, month, 1) + 1];
}

/**
 * A numbered day as YYYY-MM-DD.
 * @param {number} number
 * @returns {string}
 */
export function iso(number) {
  const [year, month, day] = civil(number);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/**
 * The number of a day written YYYY-MM-DD, null where there is no such day.
 * @param {string} text
 * @returns {number|null}
 */
export function parsed(text) {
  const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1) return null;
  const number = ordinal(year, month, day);
  return iso(number) === text ? number : null;
}

/**
 * Age in whole years, negative before birth; someone born on 29 February completes a year on 1 March.
 * @param {number} born
 * @param {number} day
 * @returns {number}
 */
export function ageOn(born, day) {
  const [bornYear, bornMonth, bornDay] = civil(born);
  const [year, month, dayOfMonth] = civil(day);
  return year - bornYear - (month * 32 + dayOfMonth < bornMonth * 32 + bornDay ? 1 : 0);
}

/**
 * The ages possible on one day; a side of the birth that is open leaves one open here. Never below 0.
 * @param {Days} born
 * @param {number} day
 * @returns {Ages}
 */
export function ageRange(born, day) {
  return {
    low: born.end === null ? null : Math.max(ageOn(born.end, day), 0),
    high: born.start === null ? null : Math.max(ageOn(born.start, day), 0),
  };
}

/**
 * The last birth date of someone who is `years` old, or older, on `day`.
 * @param {number} years
 * @param {number} day
 * @returns {number}
 */
export function latestBirth(years, day) {
  const [year, month, dayOfMonth] = civil(day);
  const born = year - years;
  return month === 2 && dayOfMonth === 29 && !isLeap(born) ? ordinal(born, 2, 28) : ordinal(born, month, dayOfMonth);
}

/**
 * The birth dates of someone whose age on `day` lies within `ages`.
 * @param {Ages} ages
 * @param {number} day
 * @returns {Days}
 */
export function birthRange(ages, day) {
  return {
    start: ages.high === null ? null : latestBirth(ages.high + 1, day) + 1,
    end: ages.low === null ? null : latestBirth(ages.low, day),
  };
}

export const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];
