/** Reads a section of law in any usual spelling and says whether one section lies inside another. */

import { compare } from "./text.mjs";
import { NO, UNKNOWN, YES } from "./truth.mjs";

/** @typedef {{code: string, number: string, subs: string[], named: boolean}} Section `code` empty: the main one */
/** @typedef {{key: string, says: string[]}} Code */

const LONGEST = 200;
const BLANK = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const DIGIT = "\\p{Nd}";
const LETTER = "[\\p{L}\\p{N}_]";
const START = `(?<!${LETTER})`;
const END = `(?!${LETTER})`;
const SUBS = `(?:${BLANK}*\\(${BLANK}*[0-9a-z]{1,8}${BLANK}*\\))*`;

const pattern = (text, flags = "u") => new RegExp(text, flags);

const SUB = pattern(`\\(${BLANK}*([0-9a-z]{1,8})${BLANK}*\\)`, "gu");
const NUMBER = pattern(`(?<![a-z0-9.])(${DIGIT}[0-9a-z]*(?:[.:\\-]${DIGIT}*[0-9a-z]+)*(?:-[a-z])?)(${SUBS})`, "gu");
const NAME = "[a-z][a-z ,()'&\\-]*?";
const ACT = pattern(`(${NAME}${START}act,?${BLANK}+${DIGIT}{4}|${NAME}${START}order,?${BLANK}+${DIGIT}{4})`);
const SUBDIVISION = pattern(`${START}subd?(?:ivision|section|s)?${END}\\.?${BLANK}*\\(?([0-9a-z]{1,4})\\)?`);
const USC = pattern(`(${DIGIT}+)${BLANK}*u\\.?${BLANK}*s\\.?${BLANK}*c\\.?(?:ode)?(?:${BLANK}*a\\.?)?`);
const SIGN = pattern(`(?:^|[^a-z])(?:ss?|sec|sect|section|sections|art|article|rule)${END}\\.?${BLANK}*$`);
const PREFIX = pattern(`${START}([a-z]{2,6})(?=${DIGIT})`, "gu");
const STUCK = pattern(`${START}(ss?\\.?|sec\\.?|sect\\.?|section|art\\.?)(?=${DIGIT})`, "gu");
const YEAR_FIRST = pattern(`${START}(?:ss?|section|sections|schedule|sch|para)${END}\\.?${BLANK}*`, "gu");
const COMMON_LAW = pattern(`${BLANK}*\\(?(?:at |contrary to )?common law[,:)]?${BLANK}*`, "gu");
const BLANKS = pattern(`${BLANK}+`, "gu");
const LEAD_IN = pattern(`^(?:under|of|the|contrary to|s|ss|section)${END}${BLANK}*`);
const OF_THE = /^(?:of |the )+/;
const ACT_NUMBER = pattern(`(${DIGIT}+[a-z]{0,3})(${SUBS})`);

const single = (text) => text.replace(BLANKS, " ").replace(/^ | $/g, "");
const subsOf = (text) => [...text.matchAll(SUB)].map((found) => found[1]);

/**
 * The section that `text` names, or null where no number can be found. Spellings are alike in case, section signs, blanks
 * and words around the number. A United States Code title is part of the code ("18 usc"), as an Act of Parliament is.
 * @param {string} text
 * @param {Code[]} codes
 * @returns {Section|null}
 */
export function parseSection(text, codes) {
  if ([...text].length > LONGEST) return null;
  const plain = plainText(text);
  if (plain.startsWith("common law") || plain.startsWith("at common law") || plain.endsWith("at common law")) {
    return made("common law", trimmed(plain.replace(COMMON_LAW, " ")), []);
  }
  const act = ACT.exec(plain);
  if (act) return ofAct(plain, act);
  const usc = USC.exec(plain);
  const rest = usc ? plain.slice(usc.index + usc[0].length) : plain;
  const found = numbers(rest);
  if (!found) return null;
  const { number, before } = found;
  const extra = found.subs.length ? null : SUBDIVISION.exec(rest.slice(rest.indexOf(number) + number.length));
  const subs = extra ? [extra[1], ...subsOf(rest.slice(rest.indexOf(extra[0]) + extra[0].length))] : found.subs;
  const code = usc ? `${usc[1]} usc` : codeOf(`${before} ${rest.slice(before.length)}`, codes);
  return made(code, number, subs);
}

const made = (code, number, subs) => ({ code, number, subs, named: false });
const trimmed = (text) => text.replace(pattern(`^${BLANK}+|${BLANK}+$`, "gu"), "");

/** Lower case, one kind of dash, section signs as `s.`, and a blank between such a mark and its number. */
function plainText(text) {
  const signs = text.toLowerCase().replace(/[\u2013\u2011]/g, "-").replace(/§/g, " s. ").replace(/¶/g, " ");
  return single(signs.replace(STUCK, "$1 ").replace(PREFIX, "$1 "));
}

function numbers(text) {
  const all = [...text.matchAll(NUMBER)];
  const afterSign = all.filter((match) => SIGN.test(text.slice(0, match.index)));
  const matches = afterSign.length ? afterSign : all;
  if (!matches.length) return null;
  const rank = (match) => [/[.:-]/.test(match[1]) || Boolean(match[2]), -match.index];
  const best = matches.reduce((most, match) => (compare(rank(match), rank(most)) > 0 ? match : most));
  return { number: best[1], subs: subsOf(best[2]), before: text.slice(0, best.index) };
}

function ofAct(plain, act) {
  const rest = `${plain.slice(0, act.index)} ${plain.slice(act.index + act[0].length)}`;
  const bare = act[1].replace(/^[ ,]+|[ ,]+$/g, "").replace(LEAD_IN, "").replace(/,/g, "");
  const name = bare.replace(OF_THE, "").replace(BLANKS, " ");
  const found = ACT_NUMBER.exec(rest.replace(YEAR_FIRST, " "));
  return found ? made(name, found[1], subsOf(found[2])) : null;
}

function codeOf(words, codes) {
  let best = null;
  for (const code of codes) {
    for (const name of code.says) {
      const row = [name.length, code.key];
      if (words.includes(name.toLowerCase()) && (best === null || compare(row, best) > 0)) best = row;
    }
  }
  return best ? best[1] : "";
}

/**
 * Whether the charged section lies inside the listed one; UNKNOWN where only in part, because a subdivision is missing.
 * @param {Section} charged
 * @param {Section} listed
 * @returns {0|1|2}
 */
export function inside(charged, listed) {
  if (charged.code !== listed.code || charged.number !== listed.number) return NO;
  const shorter = Math.min(charged.subs.length, listed.subs.length);
  for (let i = 0; i < shorter; i += 1) if (charged.subs[i] !== listed.subs[i]) return NO;
  return listed.subs.length <= charged.subs.length ? YES : UNKNOWN;
}
