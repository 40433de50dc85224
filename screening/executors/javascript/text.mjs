/** Small rules on text and numbers that every executor must share: one order, one spelling of JSON, one way to add. */

/**
 * Order of two values of one kind: numbers by size, text by code units, lists by their first difference.
 * @param {number|boolean|string|Array} one
 * @param {number|boolean|string|Array} other
 * @returns {number}
 */
export function compare(one, other) {
  if (Array.isArray(one)) {
    const shorter = Math.min(one.length, other.length);
    for (let i = 0; i < shorter; i += 1) {
      const found = compare(one[i], other[i]);
      if (found) return found;
    }
    return one.length - other.length;
  }
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * The values in order of what `key` makes of each; values that are alike keep their order.
 * @template T
 * @param {Iterable<T>} values
 * @param {(value: T) => number|boolean|string|Array} [key]
 * @returns {T[]}
 */
export function sorted(values, key = (value) => value) {
  return [...values].map((value) => ({ value, key: key(value) })).sort((a, b) => compare(a.key, b.key)).map((row) => row.value);
}

/**
 * The values without repetition, the first of each kept.
 * @template T
 * @param {Iterable<T>} values
 * @param {(value: T) => unknown} [key]
 * @returns {T[]}
 */
export function distinct(values, key = (value) => value) {
  const seen = new Map();
  for (const value of values) if (!seen.has(key(value))) seen.set(key(value), value);
  return [...seen.values()];
}

/**
 * JSON in its one spelling: keys sorted, no blanks. Two executors agree where these texts are the same.
 * @param {unknown} value
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/**
 * The sum of numbers, rounded once: the same in whatever order they stand (Shewchuk 1997).
 * @param {Iterable<number>} values
 * @returns {number}
 */
export function exactSum(values) {
  const partials = [];
  for (let x of values) {
    let kept = 0;
    for (let y of partials) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low) partials[kept++] = low;
      x = high;
    }
    partials.length = kept;
    partials.push(x);
  }
  return rounded(partials);
}

function rounded(partials) {
  let n = partials.length;
  let high = n ? partials[--n] : 0;
  let low = 0;
  while (n) {
    const x = high;
    const y = partials[--n];
    high = x + y;
    low = y - (high - x);
    if (low) break;
  }
  const tied = n && ((low < 0 && partials[n - 1] < 0) || (low > 0 && partials[n - 1] > 0));
  if (tied) {
    const further = low * 2;
    const x = high + further;
    if (further === x - high) high = x;
  }
  return high;
}

/**
 * A number with three decimals, ties to the even one. Only odd sixteenths can tie: no other tie is a binary number.
 * @param {number} value
 * @returns {number}
 */
export function threeDecimals(value) {
  const sixteenths = value * 16;
  if (!Number.isInteger(sixteenths) || sixteenths % 2 === 0) return Number(value.toFixed(3));
  const below = Math.floor(value * 1000);
  return (below % 2 === 0 ? below : below + 1) / 1000;
}

/**
 * Words joined as in a sentence: a, b and c.
 * @param {string[]} words
 * @param {string} [last]
 * @returns {string}
 */
export function listed(words, last = "and") {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}

/**
 * The text with a capital and a full stop.
 * @param {string} text
 * @returns {string}
 */
export function sentence(text) {
  const plain = text.trim();
  if (!plain) return "";
  const [first] = plain;
  return first.toUpperCase() + plain.slice(first.length) + (/[.?!]$/.test(plain) ? "" : ".");
}
