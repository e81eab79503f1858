// The palette above a text: what Markdown can do, for those who don't know it.
import { picker } from "./vaelger.js";

const make = (name, attributes, text = "") => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
};

// put writes text in place of what is selected, as if it were typed, so that it can be
// undone, and selects a part of it.
function put(area, from, to, text, select = null) {
  area.focus();
  area.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (select) area.setSelectionRange(from + select[0], from + select[1]);
}

// around puts signs around what is selected; without a selection around a word to write over.
const around = (sign, word) => (area) => {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const text = value.slice(from, to) || word;
  put(area, from, to, sign + text + sign, [sign.length, sign.length + text.length]);
};
// lines puts something before each of the selected lines.
const lines = (mark) => (area) => {
  const { selectionStart, selectionEnd, value } = area;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", selectionEnd);
  const to = end < 0 ? value.length : end;
  const text = value.slice(from, to).split("\n").map((line, i) => mark(i) + line).join("\n");
  put(area, from, to, text, [text.length, text.length]);
};
// block puts a paragraph of its own after the one that the cursor is in.
const block = (text, select) => (area) => {
  const { selectionEnd, value } = area;
  const end = value.indexOf("\n\n", selectionEnd);
  const at = end < 0 ? value.trimEnd().length : end;
  const before = at === 0 ? "" : "\n\n";
  const tail = end < 0 ? "\n" : "";
  put(area, at, end < 0 ? value.length : at, before + text + tail, select.map((n) => n + before.length));
};
const box = (kind) => {
  const start = `> [!${kind}]\n> `;
  return block(start + "Tekst", [start.length, start.length + 5]);
};
const table = block("| Overskrift | Overskrift |\n|---|---|\n| Tekst | Tekst |", [2, 12]);

export function palettes(main, target) {
  const boxes = [...(main.querySelector("#fv-bokse")?.options ?? [])].map((o) => [o.value, o.label]);
  for (const area of main.querySelectorAll("[data-markdown]")) palette(area, boxes, target);
}

function palette(area, boxes, target) {
  const whole = area.dataset.markdown === "vejledning";
  const name = area.labels?.[0]?.firstChild?.textContent.trim() ?? "teksten";
  const bar = make("div", { role: "toolbar", "aria-label": "Skrivehjælp til " + name, class: "fv-palet" });
  const add = (label, title, act) => {
    const button = make("button", { type: "button", title }, label);
    button.addEventListener("click", () => act(area));
    bar.append(button);
  };
  add("Fed", "Fed skrift: **ord**", around("**", "ord"));
  if (whole) add("Overskrift", "Overskrift: ## Overskrift", lines(() => "## "));
  add("Liste", "Liste: - punkt", lines(() => "- "));
  if (whole) {
    add("1, 2, 3", "Nummereret liste: 1. punkt", lines((i) => i + 1 + ". "));
    if (boxes.length) {
      const select = make("select", { "aria-label": "Indsæt boks" });
      const choices = boxes.map(([value, label]) => make("option", { value }, label));
      select.append(make("option", { value: "" }, "Boks …"), ...choices);
      select.addEventListener("change", (event) => {
        event.stopPropagation();
        if (select.value) box(select.value)(area);
        select.value = "";
      });
      select.addEventListener("input", (event) => event.stopPropagation());
      bar.append(select);
    }
    add("Tabel", "Indsæt en tabel", table);
  }
  add("Henvisning", "Henvis til noget i håndbogen ved dets navn", () => refer(bar, area, target));
  area.before(bar);
  if (!whole) bar.dataset.fvStille = "";
  roving(bar);
}

// roving makes the toolbar one stop for Tab; arrows go between its parts.
function roving(bar) {
  const parts = [...bar.children];
  parts.forEach((part, i) => { part.tabIndex = i ? -1 : 0; });
  bar.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = parts.indexOf(event.target);
    if (!by || at < 0) return;
    event.preventDefault();
    const next = parts[(at + by + parts.length) % parts.length];
    for (const part of parts) part.tabIndex = part === next ? 0 : -1;
    next.focus();
  });
}

// refer lets one find something by its name and writes a reference to it.
async function refer(bar, area, target) {
  bar.parentElement.querySelector(".fv-henvis")?.remove();
  const list = await fetch("/_/navne?" + new URLSearchParams({ maal: target })).then((r) => r.json()).catch(() => []);
  const select = make("select", { "aria-label": "Henvis til" });
  select.append(make("option", { value: "" }, "Skriv et navn …"));
  let group = null;
  for (const { ref, navn, gruppe } of list) {
    if (group?.label !== gruppe) select.append(group = make("optgroup", { label: gruppe }));
    group.append(make("option", { value: ref }, navn));
  }
  const panel = make("p", { class: "fv-henvis" });
  panel.append(select);
  area.before(panel);
  const { selectionStart: from, selectionEnd: to } = area;
  const input = picker(select);
  const done = () => { panel.remove(); area.focus(); };
  select.addEventListener("input", (event) => event.stopPropagation());
  select.addEventListener("change", (event) => {
    event.stopPropagation();
    if (!select.value) return;
    const ref = select.value;
    done();
    put(area, from, to, `[${area.value.slice(from, to)}](${ref})`);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    done();
  });
  input.focus();
  input.click();
}
