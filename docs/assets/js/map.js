// The map: enlarge and move it by changing its view box, and say below it which paper is pointed at.
// Without this module the map is a picture with links.

const map = document.querySelector(".gl-map");
const frame = map.closest(".gl-map-frame");
const bar = document.querySelector("[data-map-bar]");
const says = document.querySelector("[data-map-says]");
const { width, height } = map.viewBox.baseVal;
const view = { x: 0, y: 0, zoom: 1 };
const MOST = 8;

function show() {
  const wide = width / view.zoom;
  const high = height / view.zoom;
  view.x = Math.min(Math.max(view.x, 0), width - wide);
  view.y = Math.min(Math.max(view.y, 0), height - high);
  map.setAttribute("viewBox", `${view.x} ${view.y} ${wide} ${high}`);
  map.dataset.level = view.zoom >= 4 ? 4 : view.zoom >= 2 ? 2 : 1;
  bar.querySelector("[data-zoom=in]").disabled = view.zoom >= MOST;
  for (const name of ["out", "all"]) bar.querySelector(`[data-zoom=${name}]`).disabled = view.zoom <= 1;
}

/** Enlarge by a factor; the given part of the picture (0 to 1) stays where it is. */
function zoom(factor, left = 0.5, top = 0.5) {
  const to = Math.min(Math.max(view.zoom * factor, 1), MOST);
  view.x += left * width * (1 / view.zoom - 1 / to);
  view.y += top * height * (1 / view.zoom - 1 / to);
  view.zoom = to;
  show();
}

function move(right, down) {
  view.x += (right * width) / view.zoom;
  view.y += (down * height) / view.zoom;
  show();
}

bar.hidden = false;
bar.addEventListener("click", ({ target }) => {
  const how = target.dataset.zoom;
  if (how) zoom({ in: 2, out: 0.5, all: 0 }[how]);
});

const KEYS = {
  "+": () => zoom(2),
  "=": () => zoom(2),
  "-": () => zoom(0.5),
  0: () => zoom(0),
  ArrowLeft: () => move(-0.2, 0),
  ArrowRight: () => move(0.2, 0),
  ArrowUp: () => move(0, -0.2),
  ArrowDown: () => move(0, 0.2),
};
frame.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  if (event.key.startsWith("Arrow") && view.zoom === 1) return; // the frame scrolls
  event.preventDefault();
  KEYS[event.key]();
});

map.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const box = map.getBoundingClientRect();
  zoom(event.deltaY < 0 ? 1.25 : 0.8, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
}, { passive: false });

let held = null;
let dragged = false;
map.addEventListener("pointerdown", (event) => {
  held = view.zoom > 1 && event.isPrimary ? { x: event.clientX, y: event.clientY } : null;
  dragged = false;
});
addEventListener("pointermove", (event) => {
  if (!held || !event.isPrimary) return;
  const box = map.getBoundingClientRect();
  const [right, down] = [held.x - event.clientX, held.y - event.clientY];
  if (!dragged && Math.hypot(right, down) < 5) return;
  dragged = true;
  held = { x: event.clientX, y: event.clientY };
  move(right / box.width, down / box.height);
});
addEventListener("pointerup", () => (held = null));
addEventListener("pointercancel", () => (held = null));
map.addEventListener("dragstart", (event) => event.preventDefault());
map.addEventListener("click", (event) => {
  if (dragged) event.preventDefault(); // a drag that ends on a paper does not open it
}, true);

map.addEventListener("pointerover", ({ target }) => {
  const name = target.closest("a")?.querySelector("title, text");
  if (name) says.textContent = name.textContent;
});

show();
