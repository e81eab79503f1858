// A pencil at what the pointer or the focus is on, which opens its form in the drawer.
import { make, shadow, side } from "./panel.js";
import { open, start } from "./skuffe.js";

const parts = "p, li, dd, dt, h1, h2, h3, h4, td, th, figure, .lede, [data-kilde]";
const label = make("span");
const pencil = make("button", { type: "button", className: "blyant", hidden: true, tabIndex: -1 }, label);
let edition = "", block = null, spot = null, later = 0;

function point(at) {
  const found = at?.closest?.("[data-kilde]");
  if (!found || !document.body.contains(found)) return false;
  clearTimeout(later);
  block = found;
  mark(at.closest(parts) ?? found);
  const box = spot.getBoundingClientRect();
  label.textContent = edition && !found.dataset.kilde.startsWith("content/kommuner/") ? "Tilpas" : "Ret";
  pencil.title = label.textContent + " (F2)";
  pencil.hidden = false;
  const most = scrollX + document.documentElement.clientWidth - pencil.offsetWidth - 4;
  const left = Math.min(box.right + scrollX - pencil.offsetWidth / 2, most);
  pencil.style.setProperty("top", Math.max(box.top + scrollY - pencil.offsetHeight / 2, scrollY + 2) + "px");
  pencil.style.setProperty("left", Math.max(left, 4) + "px");
  return true;
}
function mark(element) {
  spot?.removeAttribute("data-fv-her");
  spot = element;
  spot?.setAttribute("data-fv-her", "");
}
function hide() {
  clearTimeout(later);
  later = setTimeout(() => { pencil.hidden = true; mark(null); }, 400);
}
function edit() {
  if (!block) return;
  const row = spot?.closest("dl > div");
  const about = { text: spot?.innerText ?? "", label: row?.querySelector("dt")?.innerText ?? "" };
  const address = "/_/ret?" + new URLSearchParams({ sted: block.dataset.kilde, udgave: edition, side });
  pencil.hidden = true;
  mark(null);
  open(address, about);
}

const button = make("button", { type: "button", className: "ret-liste" });
button.addEventListener("click", () => open("/_/paa?" + new URLSearchParams({ side })));

const first = make("a", {}, "Kom i gang"); // the steps of a municipality
first.addEventListener("click", (event) => {
  event.preventDefault();
  open(first.getAttribute("href"));
});

let started = false;
// follow is told in which edition the page is, and whether it can be written.
export function follow(state) {
  edition = state.edition;
  button.textContent = edition ? "Tilpas siden" : "Ret siden";
  first.hidden = !edition;
  first.href = "/_/kommune?" + new URLSearchParams({ udgave: edition, side });
  if (started || !state.writes) return;
  started = true;
  start();
  shadow.querySelector(".kilder").after(pencil);
  shadow.querySelector(".linje select").after(button, first);
  document.addEventListener("mouseover", (event) => { if (!point(event.target)) hide(); });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.(":focus-visible")) point(event.target);
  });
  pencil.addEventListener("mouseenter", () => clearTimeout(later));
  pencil.addEventListener("click", edit);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F2" || event.composedPath()[0].closest?.("dialog")) return;
    const at = document.activeElement;
    if (at && at !== document.body && !point(at)) return;
    if (!block) return;
    event.preventDefault();
    edit();
  });
}
