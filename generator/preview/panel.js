// What the preview shows on a page: its bar, the panel of mistakes, links to sources.

export const side = decodeURIComponent(location.pathname);
const root = document.documentElement;
export const ownPage = root.dataset.fvEgen; // "fejl", "sider", "ret" or "skrivehjaelp": pages of the preview itself

export const make = (name, props = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (key.includes("-") || key === "role" || key === "for") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

const host = make("div", { id: "fv-forhaandsvisning" });
export const shadow = host.attachShadow({ mode: "open" });

const live = make("p", { className: "kun-oplaest", role: "status" });
const badge = make("button",
  { type: "button", className: "tilstand", "aria-expanded": "false", "aria-controls": "panel" }, "Forbinder …");
const editions = make("select", { "aria-label": "Udgave" });
const sourceButton = make("button", { type: "button", "aria-pressed": "false", title: "Tast ." }, "Vis kilder");
const list = make("a", { href: "/_/sider" }, "Alle sider");
const help = make("a", { href: "/_/skrivehjaelp" }, "Skrivehjælp");
const bar = make("div", { className: "linje", role: "group", "aria-label": "Forhåndsvisning" },
  badge, editions, sourceButton, list, help);
const goalLine = make("p", { className: "maal", role: "status", hidden: true });
const heading = make("h2", { id: "overskrift", tabIndex: -1 });
const close = make("button", { type: "button", className: "luk" }, "Luk");
const lead = make("p");
const items = make("ol");
const panel = make("section", { id: "panel", hidden: true, "aria-labelledby": "overskrift" },
  make("div", { className: "top" }, heading, close), lead, items);
const marks = make("div", { className: "kilder" });
const all = make("div", { className: "fv", hidden: true },
  live, marks, make("div", { className: "fod" }, panel, goalLine, bar));
const styles = make("link", { rel: "stylesheet", href: "/_/forhaandsvisning.css" });
styles.addEventListener("load", () => { all.hidden = false; });
shadow.append(styles, all);

let state = null, shownDiags = "", showing = false;

function show(open) {
  panel.hidden = !open;
  badge.setAttribute("aria-expanded", String(open));
}
badge.addEventListener("click", () => {
  show(panel.hidden);
  if (!panel.hidden) heading.focus();
});
const closePanel = () => {
  const inside = panel.contains(shadow.activeElement);
  show(false);
  if (inside) badge.focus();
};
close.addEventListener("click", closePanel);
panel.addEventListener("keydown", (event) => { if (event.key === "Escape") closePanel(); });
editions.addEventListener("change", () => {
  location.href = "/_/udgave?" + new URLSearchParams({ til: editions.value, side });
});

const placeOf = (d) => (d.place ? make("p", { className: "sted" }, make("a", { href: d.link }, d.place)) : null);
const view = (d) => make("li", { className: d.severity },
  make("p", { className: "besked" }, make("strong", {}, d.severity + ": "), d.message),
  placeOf(d),
  d.excerpt ? make("pre", {}, d.excerpt) : null,
  d.help ? make("p", { className: "hjaelp" }, make("strong", {}, "hjælp: "), d.help) : null,
  d.notes.length ? make("ul", {}, ...d.notes.map(view)) : null);

// showState: errors open the panel by themselves, over the last good page;
// warnings only count. Mended, it goes away.
export function showState(news) {
  state = news;
  const broken = !state.ok;
  badge.textContent = state.diags.length ? state.totals : "I orden";
  badge.className = "tilstand " + (broken ? "fejl" : state.warnings ? "advarsel" : "godt");
  const choices = state.editions ?? [];
  const names = JSON.stringify(choices);
  if (editions.dataset.names !== names) {
    editions.dataset.names = names;
    editions.replaceChildren(...choices.map((e) => make("option", { value: e.slug }, e.name)));
  }
  editions.value = state.edition;
  list.href = "/_/sider?" + new URLSearchParams({ udgave: state.edition });
  editions.hidden = choices.length < 2;
  const text = JSON.stringify([state.ok, state.diags]);
  if (text === shownDiags) return;
  const first = shownDiags === "";
  shownDiags = text;
  heading.textContent = state.totals;
  lead.textContent = !state.fresh
    ? "Siden er den sidste, der var i orden. Den følger med igen, når fejlen er rettet."
    : "Håndbogen kan ikke udgives, før det er rettet.";
  lead.hidden = !broken;
  const missing = state.errors + state.warnings - state.diags.length;
  items.replaceChildren(...state.diags.map(view));
  if (missing > 0) items.append(make("li", {}, `… og ${missing} til`));
  if (broken && !ownPage) show(true);
  else if (!state.diags.length || panel.classList.contains("brudt")) show(false);
  panel.classList.toggle("brudt", broken);
  if (broken) live.textContent = state.totals + " i indholdet";
  else if (!first) live.textContent = state.diags.length ? state.totals : "Indholdet er i orden";
}

export function showGoal(goal) {
  goalLine.hidden = !goal;
  if (goal) {
    const name = goal.file.split("/").pop();
    goalLine.replaceChildren(`Du rettede ${name} → `, make("a", { href: goal.href }, `gå til ${goal.title}`));
  }
}

// Sources: each block that says where it comes from gets a link to there.
const linkTo = (source) => {
  const [, file, line, column] = /^(.*?)(?::(\d+))?(?::(\d+))?$/.exec(source);
  const fil = file.split("/").map(encodeURIComponent).join("/");
  const values = { fil, linje: line ?? "1", kolonne: column ?? "1" };
  return state.editor.replace(/\{(fil|linje|kolonne)\}/g, (_, key) => values[key]);
};
export function showSources() {
  marks.replaceChildren();
  if (!showing || !state) return;
  const taken = new Set();
  for (const block of document.querySelectorAll("[data-kilde]")) {
    const box = block.getBoundingClientRect();
    if (box.width === 0 && box.height === 0) continue;
    const source = block.dataset.kilde;
    const mark = make("a", { href: linkTo(source), title: source }, source.split("/").pop());
    let top = Math.round(box.top + scrollY);
    const left = Math.round(box.left + scrollX);
    while (taken.has(left + ":" + top)) top += 18; // blocks that begin at the same spot
    taken.add(left + ":" + top);
    mark.style.setProperty("top", top + "px");
    mark.style.setProperty("left", left + "px");
    marks.append(mark);
  }
}
function toggleSources() {
  showing = !showing;
  sourceButton.setAttribute("aria-pressed", String(showing));
  root.toggleAttribute("data-fv-kilder", showing);
  showSources();
}
sourceButton.addEventListener("click", toggleSources);
addEventListener("resize", showSources);
document.addEventListener("toggle", showSources, true);
document.addEventListener("keydown", (event) => {
  const field = event.composedPath()[0];
  const writing = field.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(field.nodeName);
  if (event.key !== "." || event.ctrlKey || event.metaKey || event.altKey || writing) return;
  event.preventDefault();
  toggleSources();
});

root.append(host);

export function showLost() {
  badge.textContent = "Ingen forbindelse";
  badge.className = "tilstand tabt";
}
