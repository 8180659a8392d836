// Letters without their accents, as gen/text/fold.py folds them.

const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", ħ: "h", ς: "σ" };

/** Return a text in lower case and without accents. */
export function fold(text) {
  const plain = text.normalize("NFKD").toLowerCase();
  return plain.replace(/[^\0-\x7f]/g, (letter) => LETTERS[letter] ?? letter).replace(/\p{M}/gu, "");
}
