// Elements from data: text goes in as text, never as HTML.

/** Make an element: properties, and children that are elements or text. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") element.className = value;
    else if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Make a button that does something and then says so for a moment. */
export function button(label, work, done = "Copied") {
  return working(make("button", { type: "button", class: "gl-button gl-button--quiet" }, label), work, done);
}

/** Let a button do something and then say so for a moment. */
export function working(element, work, done = "Copied") {
  const label = element.textContent;
  element.addEventListener("click", async () => {
    let said = done;
    try {
      said = (await work()) ?? done;
    } catch {
      said = "That failed";
    }
    if (!said) return;
    element.textContent = said;
    setTimeout(() => (element.textContent = label), 2000);
  });
  return element;
}

/** Copy a text, or what a promise gives: Safari lets a page write only at once, and waits for what. */
export function copy(text) {
  const { clipboard } = navigator;
  if (!text.then) return clipboard.writeText(text);
  if (!globalThis.ClipboardItem) return text.then(copy);
  return clipboard.write([new ClipboardItem({ "text/plain": text.then((now) => new Blob([now], { type: "text/plain" })) })]);
}

/** Return what copies an element's text; where the browser refuses, the text is selected for the reader to copy. */
export function copying(element) {
  return async () => {
    try {
      await copy(element.textContent);
    } catch {
      getSelection().selectAllChildren(element);
      return "Selected: copy it";
    }
  };
}

/** Copy HTML so that word processors take it formatted and editors take its source. */
export function copyHtml(html) {
  const as = (type) => new Blob([html], { type });
  return navigator.clipboard.write([new ClipboardItem({ "text/html": as("text/html"), "text/plain": as("text/plain") })]);
}

export function count(number, noun, plural = `${noun}s`) {
  return `${number.toLocaleString("en-US")} ${number === 1 ? noun : plural}`;
}
