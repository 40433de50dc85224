/** The words of an offer: why it is shown, what to know before calling, what to be careful about. */

import { NO, UNKNOWN, YES } from "./truth.mjs";
import { ADULT, countyKey, isNational } from "./fit.mjs";
import { hoursWords } from "./hours.mjs";

/** @typedef {import("./fit.mjs").Asked} Asked */
/** @typedef {import("./matching.mjs").Candidate} Candidate */

const CHOICE =
  "Ask the person what they want first. Whether to call, whom and when is their choice. " +
  "You can offer to call together; nobody calls for them.";
const MINOR =
  "Many people who help children must report abuse. Once they hear a name or what happened, they may have to tell " +
  "child welfare or the police. Say so before you call.";
const REPORTER = {
  yes: "Its staff must report abuse of someone under 18 that they hear of. Say so before you call.",
  no: "It says that its staff have no duty to report abuse.",
  not_known: "Its staff may have to report abuse of someone under 18. Ask about it before you give a name.",
};

const mayBeMinor = (ages) => ages === null || ages.low < ADULT;
const lower = (words) => words.slice(0, 1).toLowerCase() + words.slice(1);

/**
 * What to say before any number is given: the choice is the person's, and what a report means for a minor.
 * @param {Asked} asked
 * @returns {string[]}
 */
export function beforeAnyCall({ ages }) {
  if (!mayBeMinor(ages)) return [CHOICE];
  const start = ages !== null && ages.high < ADULT ? "The person is under 18." : "The person may be under 18.";
  return [CHOICE, `${start} ${MINOR}`];
}

/**
 * What was not known when services were looked for, and what that did.
 * @param {Asked} asked
 * @returns {string[]}
 */
export function notesOf({ place, ages, at }) {
  const said = [];
  if (!place?.state) said.push("No place is recorded, so only national lines are shown.");
  else if (!place.county) said.push("The county is not recorded. Services of any county of the state are shown; ask each one.");
  if (ages === null) said.push("The person's age is not recorded, so nothing was left out because of age.");
  if (at === null) said.push("No time of day was given, so nothing was left out for being closed.");
  return said;
}

/**
 * The offer of a candidate, as in `referrals.offers[]`.
 * @param {Candidate} one
 * @param {object} kind of the need
 * @param {Asked} asked
 * @returns {object}
 */
export function offerOf(one, kind, asked) {
  const { service, failed, fresh } = one;
  const caution = [...cautions(service, asked), ...openPoints(one), ...(fresh.stale ? [fresh.words] : [])];
  return {
    id: service.id,
    need: kind.code,
    service: service.name,
    provider: service.provider,
    non_punitive: failed.length ? "conditional" : "yes",
    failed: failed.map((check) => check.check),
    failed_words: failed.map((check) => check.words),
    why: whyOf(one, kind),
    caution,
    before_you_call: mayBeMinor(asked.ages) ? [REPORTER[service.attributes.mandated_reporter]] : [],
    phones: service.phones.map(({ number, type, extension, description }) => ({ number, type, extension, description })),
    url: service.url,
    address: addresses(service).join("; ") || null,
    hours: hoursWords(service.schedules),
    eligibility: service.eligibility_description,
    how_to_start: service.application_process,
    last_assured: fresh.confirmed,
    last_assured_words: fresh.words,
    stale: fresh.stale,
    backup: isNational(service),
    connects: service.kind === "connects",
    fictional: service.fictional,
  };
}

/**
 * A service that is not offered, with every reason; where it passes all filters, that others stand before it.
 * @param {Candidate} one
 * @param {string} need
 * @returns {object}
 */
export function setAsideOf({ service, fits, fresh }, need) {
  const found = fits.filter((fit) => fit.truth === NO).map((fit) => fit.words);
  const reasons = found.length ? found : ["It fits, but three others stand before it.", ...(fresh.stale ? [fresh.words] : [])];
  return { id: service.id, need, service: service.name, provider: service.provider, reasons };
}

/**
 * That nothing gives this help, what to do instead, and which lines may know of one.
 * @param {object} kind of the need
 * @param {object[]} lines
 * @returns {object}
 */
export function noneFound(kind, lines) {
  const calls = lines.filter((line) => line.phones.length).map(callWords);
  return {
    need: kind.code,
    sentence: `No service for ${lower(kind.words)} was found that fits what is recorded.`,
    try_next: [kind.if_none, ...calls, "Write down that none was available. Gaps like this are counted, without names."],
  };
}

function callWords(line) {
  const start = `You can offer a call to the ${line.name}, ${line.phones[0].number}`;
  return `${start}, which can help to look. ${[...whoIsTold(line)].join(" ")}`.trim();
}

function whyOf({ service, near, fits }, kind) {
  const what = service.kind === "connects" ? "It helps to look for" : "It is listed for";
  const start = `${what} ${lower(kind.words)}${near === YES ? ` and serves ${areas(service)}` : ""}.`;
  const good = fits.filter((fit) => fit.truth === YES).map((fit) => fit.words);
  return [start, ...good, ...(isNational(service) ? ["It is a national line, as a backup to local help."] : [])].join(" ");
}

function* openPoints({ service, near, fits }) {
  if (near === UNKNOWN) yield `It serves only ${areas(service)}; the person's county is not recorded.`;
  for (const fit of fits) if (fit.truth === UNKNOWN) yield fit.words;
}

function* cautions(service, { ages }) {
  const has = service.attributes;
  if (service.fictional) yield "Demonstration data: this provider does not exist.";
  yield* whoIsTold(service);
  if (has.locked === "yes") yield "It is locked: the person cannot leave when they want to.";
  if (has.accepts_without_guardian === "no" && mayBeMinor(ages)) yield "For someone under 18 it wants a guardian's consent.";
  if (service.places.some((place) => place.confidential)) yield "Its address is confidential. The provider gives it to the person.";
  if (service.secondary) yield "This listing was described by others and not seen at the provider itself.";
  yield* [service.alert, service.wait_time].filter(Boolean);
}

function* whoIsTold({ attributes }) {
  const told = attributes.reports_to_law_enforcement;
  if (told === "yes") yield "It tells the police what it hears. The person should know this before calling.";
  if (told === "when") yield `It may tell the police ${attributes.reports_when}. The person should know this before calling.`;
  if (told === "not_known") yield "It is not recorded whether it tells the police anything. Ask before you give a name.";
  if (attributes.privilege === "system") yield "Its staff work for the justice system: what they are told may not stay private.";
}

function addresses(service) {
  const open = service.places.filter((place) => place.address !== null && !place.confidential).map((place) => place.address);
  return open.map((one) => `${one.address_1}, ${one.city}, ${one.state_province} ${one.postal_code}`);
}

const areas = (service) => service.service_areas.map(areaWords).join(" and ");

function areaWords(area) {
  if (area.county !== null) return `${titled(countyKey(area.county))} County`;
  return area.state !== null ? "the whole state" : "the whole country";
}

const titled = (text) => text.replace(/\p{L}+/gu, (word) => word[0].toUpperCase() + word.slice(1).toLowerCase());
