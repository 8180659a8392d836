// What Material's own script expects to find: settings kept in the browser, under the site's root. A classic
// script, run in the head, because the scheme is set before the first paint.

var __md_scope = new URL(document.currentScript.dataset.base, location);

function __md_hash(text) {
  return Array.from(text).reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0);
}

// Where storage is forbidden or full, a setting lasts for this page only. The mere name `localStorage` may throw.

function __md_get(key, storage, scope = __md_scope) {
  try {
    return JSON.parse((storage ?? localStorage).getItem(`${scope.pathname}.${key}`));
  } catch {
    return null;
  }
}

function __md_set(key, value, storage, scope = __md_scope) {
  try {
    (storage ?? localStorage).setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {}
}
