// The map: enlarged within its frame, which scrolls; its marks and names reached by arrow keys; and what is pointed at, said.
// Without this module the map is a picture with links, and a list below it.

const figure = document.querySelector("[data-map]");
const [frame, map, bar, says] = [".gl-map-frame", ".gl-map", ".gl-map-bar", ".gl-map-says"].map((name) => figure.querySelector(name));
const { width, height } = map.viewBox.baseVal;
const MOST = 8; // pixels for a unit of the picture

let scale = 0; // how many pixels a unit of the picture has
let current = null; // the link that Tab leads to

/** The scale at which all of the picture is seen, and the one to start with: on a phone it fills the frame. */
const whole = () => Math.min(frame.clientWidth / width, frame.clientHeight / height);
const first = () => (whole() > 0.6 ? whole() : Math.max(frame.clientWidth / width, frame.clientHeight / height));

/** Show the picture at a scale; the point of it that is at the given place on the screen stays there. */
function enlarge(to, x, y) {
  const frameBox = frame.getBoundingClientRect();
  x ??= frameBox.left + frame.clientWidth / 2;
  y ??= frameBox.top + frame.clientHeight / 2;
  const before = map.getBoundingClientRect();
  const [left, top] = [(x - before.left) / before.width, (y - before.top) / before.height];
  scale = Math.min(Math.max(to, whole()), MOST);
  map.style.width = `${width * scale}px`;
  map.style.setProperty("--gl-letter", 1 / scale);
  map.style.setProperty("--gl-mark", scale ** -0.5);
  map.dataset.level = Math.max(0, Math.floor(Math.log2(scale * 1.15)) + 1); // gen/pictures/labels.py
  const after = map.getBoundingClientRect();
  frame.scrollBy(after.left + left * after.width - x, after.top + top * after.height - y);
  // Not disabled: a button that was just pressed would lose the focus.
  bar.querySelector("[data-zoom=in]").ariaDisabled = scale >= MOST;
  for (const name of ["out", "all"]) bar.querySelector(`[data-zoom=${name}]`).ariaDisabled = scale <= whole();
  if (current && !middle(current).shown) hold(central()); // a name that is shown only where the map is larger
}

bar.hidden = false;
bar.addEventListener("click", ({ target }) => {
  const factor = { in: 2, out: 0.5, all: 0 }[target.dataset.zoom];
  if (factor !== undefined) enlarge(scale * factor);
});

frame.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey) return; // the frame or the page scrolls
  event.preventDefault();
  const turned = Math.min(Math.max(event.deltaY * (event.deltaMode ? 30 : 1), -100), 100);
  enlarge(scale * 2 ** (-turned / 150), event.clientX, event.clientY);
}, { passive: false });

// Two fingers enlarge and move; one scrolls the frame without our help.
let fingers = null;
function spread([one, other]) {
  return {
    x: (one.clientX + other.clientX) / 2,
    y: (one.clientY + other.clientY) / 2,
    apart: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
  };
}
for (const other of ["touchstart", "touchend", "touchcancel"]) {
  frame.addEventListener(other, ({ touches }) => (fingers = touches.length === 2 ? spread(touches) : null), { passive: true });
}
frame.addEventListener("touchmove", (event) => {
  if (!fingers) return;
  event.preventDefault();
  const now = spread(event.touches);
  frame.scrollBy(fingers.x - now.x, fingers.y - now.y);
  enlarge((scale * now.apart) / fingers.apart, now.x, now.y);
  fingers = now;
}, { passive: false });

// A mouse drags.
let held = null;
let dragged = false;
frame.addEventListener("pointerdown", (event) => {
  dragged = false;
  if (event.pointerType === "mouse" && event.button === 0) held = event;
});
addEventListener("pointermove", (event) => {
  if (!held) return;
  const [right, down] = [held.clientX - event.clientX, held.clientY - event.clientY];
  if (!dragged && Math.hypot(right, down) < 5) return;
  dragged = true;
  held = event;
  frame.scrollBy(right, down);
});
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (held = null));
frame.addEventListener("dragstart", (event) => event.preventDefault());
frame.addEventListener("click", (event) => {
  if (dragged) event.preventDefault(); // a drag that ends on a mark does not open it
}, true);

/** Say what a mark is, beside it. */
let told = null;
function tell(link) {
  told = link;
  says.textContent = link?.querySelector("title")?.textContent ?? "";
  stand();
}
function stand() {
  if (!told) return;
  const [mark, place] = [told.getBoundingClientRect(), says.parentElement.getBoundingClientRect()];
  const left = (mark.left + mark.right) / 2 - place.left - says.offsetWidth / 2;
  const below = mark.bottom - place.top + 8;
  says.style.left = `${Math.min(Math.max(left, 4), place.width - says.offsetWidth - 4)}px`;
  const room = Math.min(place.height, innerHeight - place.top) - says.offsetHeight;
  says.style.top = `${below < room ? below : mark.top - place.top - says.offsetHeight - 8}px`;
}
frame.addEventListener("scroll", stand);
frame.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "mouse") tell(target.closest(".gl-region a"));
});
frame.addEventListener("pointerleave", () => tell(null));
frame.addEventListener("focusout", () => tell(null));

// The name of an area may lie over marks; where it does, they are what is pointed at and clicked.
for (const event of ["pointermove", "pointerdown"]) {
  frame.addEventListener(event, ({ clientX, clientY }) => {
    const mark = document.elementsFromPoint(clientX, clientY).some((element) => element.closest(".gl-region"));
    map.classList.toggle("gl-through", mark);
  });
}

// Of all marks and names one can be reached by Tab; arrow keys go to the nearest one in their direction. Where
// topics are marks, their names would lead to the same pages again.
const marks = [...map.querySelectorAll(".gl-region a")];
const pages = new Set(marks.map((link) => link.getAttribute("href")));
const names = [...map.querySelectorAll(".gl-names a")].filter((link) => !pages.has(link.getAttribute("href")));
const links = [...marks, ...names];

/** Return where the middle of a link is on the screen, and whether it is shown. */
function middle(link) {
  const { x, y, width: wide, height: high } = link.firstElementChild.getBoundingClientRect();
  return { x: x + wide / 2, y: y + high / 2, shown: wide > 0 };
}

/** Return the mark that is nearest to the middle of the frame. */
function central() {
  const { x, y, width: wide, height: high } = frame.getBoundingClientRect();
  const far = (link) => Math.hypot(middle(link).x - x - wide / 2, middle(link).y - y - high / 2);
  return marks.map((link) => [far(link), link]).sort(([one], [other]) => one - other)[0]?.[1];
}

/** Let Tab lead to another link, and the focus be there if it was on the one before. */
function hold(link) {
  const focused = current && current === document.activeElement;
  if (current) current.tabIndex = -1;
  current = link;
  current.tabIndex = 0;
  if (focused) current.focus({ preventScroll: true });
}

frame.addEventListener("focusin", ({ target }) => {
  tell(target.closest(".gl-region a"));
  if (links.includes(target)) hold(target);
});

function go(right, down) {
  const from = middle(current);
  let best = null;
  let least = Infinity;
  for (const link of links) {
    const to = middle(link);
    const [x, y] = [to.x - from.x, to.y - from.y];
    const ahead = x * right + y * down;
    const aside = Math.abs(x * down + y * right);
    const cost = Math.hypot(x, y) + (aside > ahead ? 1e6 : 0); // aside only where nothing lies ahead
    if (to.shown && ahead > 0 && cost < least) [best, least] = [link, cost];
  }
  if (!best) return;
  best.focus({ preventScroll: true });
  const [mark, box] = [best.getBoundingClientRect(), frame.getBoundingClientRect()];
  const outside = (low, high, from, to) => (low < from + 40 || high > to - 40 ? (low + high - from - to) / 2 : 0);
  frame.scrollBy(outside(mark.left, mark.right, box.left, box.right), outside(mark.top, mark.bottom, box.top, box.bottom));
  best.scrollIntoView({ block: "nearest", inline: "nearest" });
  stand();
}

const KEYS = {
  "+": (x, y) => enlarge(scale * 2, x, y),
  "-": (x, y) => enlarge(scale / 2, x, y),
  0: () => enlarge(0),
  ArrowLeft: () => go(-1, 0),
  ArrowRight: () => go(1, 0),
  ArrowUp: () => go(0, -1),
  ArrowDown: () => go(0, 1),
};
KEYS["="] = KEYS["+"];
frame.addEventListener("keydown", (event) => {
  if (!current || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  const { x, y } = middle(current);
  KEYS[event.key](x, y);
  stand();
});
if (marks.length) {
  hold(central());
  frame.removeAttribute("tabindex");
}

// An area pointed at in the legend stands out.
const legend = figure.querySelector(".gl-legend");
function choose({ target }) {
  const area = target.closest("[data-area]")?.dataset.area;
  for (const region of map.querySelectorAll(".gl-region")) region.classList.toggle("gl-dim", area !== undefined && region.dataset.area !== area);
}
for (const event of ["pointerover", "focusin"]) legend.addEventListener(event, choose);
for (const event of ["pointerleave", "focusout"]) legend.addEventListener(event, () => choose({ target: document.body }));

new ResizeObserver(() => {
  const all = !scale || bar.querySelector("[data-zoom=all][aria-disabled=true]");
  enlarge(scale ? (all ? 0 : scale) : first());
}).observe(frame);
