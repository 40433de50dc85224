/** Chooses at most three services for each need: confirmed local help first, a national line behind it. */

import { NO, UNKNOWN, YES } from "./truth.mjs";
import { parsed } from "./dates.mjs";
import { sorted } from "./text.mjs";
import { agesBetween, dateWords, fitsOf, isNational, placeFits } from "./fit.mjs";
import { alwaysOpen } from "./hours.mjs";
import { beforeAnyCall, noneFound, notesOf, offerOf, setAsideOf } from "./offers.mjs";

/** @typedef {import("./needs.mjs").Need} Need */
/** @typedef {import("./fit.mjs").Asked} Asked */
/** @typedef {{stale: boolean, confirmed: string|null, words: string}} Freshness when a listing was last confirmed */
/**
 * @typedef {object} Candidate a listing that serves the need and reaches the place
 * @property {object} service
 * @property {0|1|2} near
 * @property {import("./fit.mjs").Fit[]} fits
 * @property {{check: string, known: string, words: string}[]} failed
 * @property {Freshness} fresh
 */

const MOST_OFFERS = 3;
const FRESH_DAYS = 365;
const FRESH_DAYS_URGENT = 90;

/**
 * Services to offer for each need, as `referrals` in `screening.v1`: by age today, place, hours and room. What is not known
 * never sets a service aside. Nothing about a case goes in or comes out.
 * @param {Need[]} needs
 * @param {object} directory of the bundle
 * @param {{asOf: number, age: import("./dates.mjs").Ages, place: Asked["place"], at: Asked["at"]}} question
 * @returns {object}
 */
export function referralsFor(needs, directory, { asOf, age, place, at }) {
  const asked = { asOf, ages: agesBetween(age), place, at };
  const found = needs.map((need) => forNeed(need, directory, asked));
  return {
    before_you_call: beforeAnyCall(asked),
    notes: notesOf(asked),
    offers: found.flatMap((one) => one.offers),
    none_available: found.flatMap((one) => one.none),
    set_aside: found.flatMap((one) => one.aside),
  };
}

const closedIsNoHelp = (kind) => isNow(kind) && !kind.waits_for_opening;
const isNow = (kind) => kind.urgency === "minutes" || kind.urgency === "hours";

function forNeed(need, directory, asked) {
  const found = sorted(candidates(need, directory, asked), (one) => rank(one, need));
  const fitting = found.filter((one) => !one.fits.some((fit) => fit.truth === NO));
  const chosen = choose(fitting);
  const left = found.filter((one) => !chosen.includes(one));
  const isMet = fitting.some((one) => one.service.kind === "direct");
  return {
    offers: chosen.map((one) => offerOf(one, need.kind, asked)),
    none: isMet ? [] : [noneFound(need.kind, lines(need, directory, asked))],
    aside: left.map((one) => setAsideOf(one, need.kind.code)),
  };
}

function candidates(need, directory, asked) {
  return directory.listings
    .map((service) => ({ service, near: placeFits(service, asked.place) }))
    .filter(({ service, near }) => service.needs.includes(need.kind.code) && near !== NO)
    .map(({ service, near }) => ({
      service,
      near,
      fits: fitsOf(service, asked, closedIsNoHelp(need.kind)),
      failed: failedChecks(service, directory.checks),
      fresh: freshness(service, asked.asOf),
    }));
}

/** Best first: no check broken, confirmed, local, surely fitting, non-punitive, day and night, near. */
function rank({ service, near, fits, failed, fresh }, need) {
  return [
    failed.some((one) => one.known === "no"),
    fresh.stale,
    isNational(service),
    fits.filter((fit) => fit.truth === UNKNOWN).length + (near === UNKNOWN ? 1 : 0),
    service.kind === "connects",
    failed.length > 0,
    isNow(need.kind) && !alwaysOpen(service.schedules),
    failed.length,
    service.attributes.trafficking_specific !== "yes",
    service.service_areas.every((area) => area.county === null),
    service.provider,
    service.name,
    service.id,
  ];
}

/** The first three, with a service that gives the help itself among them, and the best national line if it is cut off. */
function choose(fitting) {
  const direct = fitting.find((one) => one.service.kind === "direct");
  let chosen = fitting.slice(0, MOST_OFFERS);
  if (direct && !chosen.includes(direct)) chosen = [direct, ...chosen.slice(0, -1)];
  const national = fitting.find((one) => isNational(one.service));
  if (national && !chosen.includes(national)) chosen[chosen.length - 1] = national;
  return chosen;
}

/** National lines that help to look for services and fit the person, whatever needs they name. */
function lines(need, directory, asked) {
  const fitting = directory.listings
    .filter((service) => isNational(service) && service.kind === "connects" && placeFits(service, asked.place) === YES)
    .filter((service) => !fitsOf(service, asked, closedIsNoHelp(need.kind)).some((fit) => fit.truth === NO));
  return sorted(fitting, (service) => [service.name, service.id]);
}

function failedChecks(service, checks) {
  return checks
    .map(([check, words]) => ({ check, known: service.attributes.non_punitive[check] ?? "not_known", words }))
    .filter((one) => one.known !== "yes")
    .map((one) => ({ ...one, words: `${one.known === "no" ? "Not so here" : "Not confirmed"}: ${one.words}.` }));
}

/** How old the last confirmation is; a later one, in a screening opened again, counts as fresh. */
function freshness(service, asOf) {
  if (service.assured_date === null) {
    return { stale: true, confirmed: null, words: `No date of confirmation is recorded. ${service.assured_note}` };
  }
  const confirmed = parsed(service.assured_date);
  const days = asOf - confirmed;
  const urgent = alwaysOpen(service.schedules) || service.needs.includes("shelter_emergency");
  const stale = days > (urgent ? FRESH_DAYS_URGENT : FRESH_DAYS);
  const words = `Last confirmed ${ago(days)} (${dateWords(confirmed)}).`;
  return { stale, confirmed: service.assured_date, words: stale ? `${words} It may have changed since.` : words };
}

function ago(days) {
  if (days < 0) return "after the day of this screening";
  return { 0: "today", 1: "1 day ago" }[days] ?? `${days} days ago`;
}
