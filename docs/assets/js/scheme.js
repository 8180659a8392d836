// What Material's own script expects to find: settings kept in the browser, under the site's root. A classic
// script, run in the head, because the scheme is set before the first paint.

var __md_scope = new URL(document.currentScript.dataset.base, location);

function __md_hash(text) {
  return Array.from(text).reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0);
}

function __md_get(key, storage = localStorage, scope = __md_scope) {
  return JSON.parse(storage.getItem(`${scope.pathname}.${key}`));
}

function __md_set(key, value, storage = localStorage, scope = __md_scope) {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden: the setting lasts for this page only.
  }
}
