/** Opens a signed bundle: a header of one line, then the canonical bytes that it speaks of, checked before they are read. */

import { BundleError, loadBundle } from "./bundle.mjs";

/** @typedef {import("./bundle.mjs").Bundle} Bundle */

const NEWLINE = 10;
const PREFIX = "voi-bundle-v1\n";

/**
 * The bundle of a signed file. Refused with BundleError: a file that is no bundle, bytes that do not have the digest, a
 * signature that the key did not make.
 * @param {Uint8Array} file
 * @param {string} publicKey the 32 bytes of an Ed25519 key in base64
 * @returns {Promise<Bundle>}
 */
export async function openBundle(file, publicKey) {
  const end = file.indexOf(NEWLINE);
  const header = readHeader(file.subarray(0, Math.max(end, 0)));
  const payload = file.subarray(end + 1);
  const digest = `sha256:${hexadecimal(await crypto.subtle.digest("SHA-256", payload))}`;
  if (digest !== header.digest) throw new BundleError("the bundle is damaged: its bytes do not have the digest in its header");
  const signed = joinedBytes(new TextEncoder().encode(PREFIX), payload);
  if (!(await isSigned(signed, header.signature, publicKey))) throw new BundleError("the bundle was not signed by the expected key");
  return loadBundle(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload)), digest);
}

function readHeader(bytes) {
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes));
    if (header?.signed_bundle === "v1" && typeof header.digest === "string" && typeof header.signature === "string") return header;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new BundleError("this is not a signed bundle of a known version");
}

async function isSigned(bytes, signature, publicKey) {
  try {
    const key = await crypto.subtle.importKey("raw", fromBase64(publicKey), { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, key, fromBase64(signature), bytes);
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const hexadecimal = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function joinedBytes(one, other) {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
