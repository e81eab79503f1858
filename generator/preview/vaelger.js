// A choice among many can be searched: a combobox in front of the <select>, which stays
// what is sent.
const many = 8;

const make = (name, attributes, text = "") => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
};
let count = 0;

export function pickers(root) {
  for (const select of root.querySelectorAll("select")) {
    const choices = [...select.options].filter((o) => o.value).length;
    if (select.name.startsWith("ny:")) addOnChoice(select);
    if (choices > many) picker(select);
  }
}

// addOnChoice presses the button beside a list of what can be added.
function addOnChoice(select) {
  const button = select.parentElement.querySelector("button");
  select.addEventListener("change", () => {
    if (select.value && select.dataset.fvValgt !== undefined) button.click();
  });
}

export function picker(select) {
  const listID = "fv-liste-" + ++count;
  const input = make("input", {
    role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": listID,
    "aria-autocomplete": "list", class: "fv-vaelger-felt", spellcheck: "false",
  });
  for (const name of ["aria-label", "aria-describedby", "aria-invalid", "required", "autofocus"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
  select.removeAttribute("required");
  if (select.id) { input.id = select.id; select.removeAttribute("id"); }
  const list = make("div", { role: "listbox", id: listID, class: "fv-vaelger-liste", "aria-label": "Muligheder" });
  list.hidden = true;
  const none = make("p", { class: "fv-vaelger-intet", role: "status" });
  const box = make("span", { class: "fv-vaelger" });
  select.before(box);
  box.append(input, list, none, select);
  select.hidden = true;
  let active = null;

  const chosen = () => select.selectedOptions[0];
  const show = () => { input.value = chosen()?.value ? chosen().label : ""; };
  input.placeholder = select.options[0]?.value === "" ? select.options[0].label : "";
  const point = (option) => {
    active?.removeAttribute("aria-selected");
    active = option;
    active?.setAttribute("aria-selected", "true");
    active?.scrollIntoView({ block: "nearest" });
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    none.textContent = "";
    input.setAttribute("aria-expanded", "false");
    point(null);
  };
  const open = (words) => {
    const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
    list.replaceChildren();
    let group = null, label = null, found = 0;
    [...select.options].forEach((o, i) => {
      const text = (o.label + " " + (o.parentElement.label ?? "")).toLowerCase();
      const unset = !o.value && (parts.length > 0 || select.name.startsWith("ny:"));
      if (unset || !parts.every((p) => text.includes(p))) return;
      const above = o.parentElement.nodeName === "OPTGROUP" ? o.parentElement.label : "";
      if (!group || above !== label) {
        label = above;
        group = above ? make("div", { role: "group", "aria-label": above }) : list;
        if (above) {
          group.append(make("div", { class: "fv-vaelger-gruppe", "aria-hidden": "true" }, above));
          list.append(group);
        }
      }
      const option = make("div", { role: "option", id: `${listID}-${i}`, "data-nr": i }, o.label);
      group.append(option);
      found++;
    });
    list.hidden = found === 0;
    none.textContent = found ? "" : "Intet passer.";
    input.setAttribute("aria-expanded", String(found > 0));
    point(list.querySelector(parts.length ? "[role=option]" : `[data-nr="${select.selectedIndex}"]`));
  };
  const choose = (option) => {
    select.selectedIndex = Number(option.dataset.nr);
    select.dataset.fvValgt = "";
    show();
    close();
    for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
  };
  const step = (by) => {
    if (list.hidden) { open(""); return; }
    const options = [...list.querySelectorAll("[role=option]")];
    const at = options.indexOf(active);
    point(options[(at + by + options.length + (at < 0 && by < 0 ? 1 : 0)) % options.length]);
  };
  input.addEventListener("input", (event) => {
    event.stopPropagation(); // nothing is chosen yet
    open(input.value);
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("click", () => { if (list.hidden) open(""); input.select(); });
  input.addEventListener("keydown", (event) => {
    const key = event.key;
    if (key === "ArrowDown" || key === "ArrowUp") step(key === "ArrowDown" ? 1 : -1);
    else if (key === "Enter" && !event.ctrlKey && !event.metaKey && !list.hidden) { if (active) choose(active); }
    else if (key === "Escape" && !list.hidden) { show(); close(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the input keeps the focus
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  input.addEventListener("blur", () => {
    const empty = [...select.options].findIndex((o) => o.value === "");
    if (input.value === "" && empty >= 0 && select.selectedIndex !== empty) {
      select.selectedIndex = empty;
      for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
    }
    show();
    close();
  });
  show();
  return input;
}
