// Letters without their accents, as gen/search.py folds them.

const LETTERS = { ø: "o", ł: "l", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i", þ: "th", ð: "d" };

/** Return a text in lower case and without accents. */
export function fold(text) {
  const letters = text.toLowerCase().replace(/[øłđßæœıþð]/g, (letter) => LETTERS[letter]);
  return letters.normalize("NFKD").replace(/\p{M}/gu, "");
}
