// Which paper of the collection a key, DOI, arXiv id or title belongs to: pieces of an index that the
// generator writes (gen/citation/lookup.py says what is in it), of which only those needed are fetched.

import { fold } from "../text.js";
import { siteFile } from "./files.js";

/** Return the letters and digits of a text, without case and accents: what two spellings share. */
export const bare = (text) => fold(text).replace(/[^\p{L}\p{N}]/gu, "");

/** Return the CRC-32 of a text's UTF-8 bytes. */
export function crc32(text) {
  let crc = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Return the name of a title in the index: its first letters, as many as gen/citation/lookup.py takes. */
export const titled = (title) => `title:${[...bare(title)].slice(0, 100).join("")}`;

const read = new Map();

async function piece(number) {
  if (!read.has(number)) read.set(number, JSON.parse(await siteFile(`cite/lookup/${number}.json`)));
  return read.get(number);
}

/** Return the ids that the index has under a name such as `doi:10.1/x`. */
export async function lookup(name) {
  const pieces = Number(document.querySelector("[data-lookup]").dataset.lookup);
  const names = await piece(crc32(name) % pieces);
  return Object.hasOwn(names, name) ? names[name].split(" ") : [];
}

/** Return the present id of a key or former key, or null. */
export async function idOf(key) {
  return (await lookup(`key:${key.toLowerCase()}`))[0] ?? null;
}
