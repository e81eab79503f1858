// A form that is being filled in, in the drawer or on a page of its own: what is typed is
// kept in this tab until it is saved, it is checked as one types, and the page shows it.
import { colours } from "./farve.js";
import { palettes } from "./markdown.js";
import { pickers } from "./vaelger.js";

const keyOf = (name) => "haandbog:kladde:" + name;
const stored = (key) => { try { return sessionStorage.getItem(key); } catch { return null; } };
const store = (key, text) => {
  try {
    if (text === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch { /* full, or off */ }
};
export const bodyOf = (form, button) => {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return new URLSearchParams(data).toString();
};

// take makes a page of ours alive. place has go(address, body), which shows another page
// in its stead, and preview(html), which shows the page under it as it would be. asked
// tells that the page was not an answer to something that was sent.
export function take(main, place, asked) {
  pickers(main);
  const name = main.dataset.fvKladde;
  for (const link of main.querySelectorAll("[data-fv-glem]")) {
    link.addEventListener("click", () => store(keyOf(name), null));
  }
  if (!main.classList.contains("fv-skema-side")) return;
  const key = keyOf(name);
  const form = main.querySelector(".fv-skema");
  if ("fvGemt" in main.dataset) store(key, null);
  if (!form) return;
  palettes(main, form.elements.maal.value);
  colours(main);
  const draft = stored(key);
  if (asked && draft !== null && !("fvGemt" in main.dataset)) {
    const body = new URLSearchParams(draft);
    body.set("noegle", form.elements.noegle.value);
    body.set("goer", "igen");
    place.go(form.action, body.toString());
    return;
  }
  if (!asked && !("fvGemt" in main.dataset)) {
    store(key, bodyOf(form));
    offerFresh(main, form, key, place);
  }
  const check = checker(main, form, place);
  let later = 0;
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(() => store(key, bodyOf(form)), 150);
    main.querySelector(".fv-besked").textContent = "";
    delete main.dataset.fvGemt;
    check();
  });
  form.addEventListener("change", (event) => {
    event.target.closest("[data-felt]")?.setAttribute("data-fv-roert", "");
    check();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".fv-hoved"));
  });
}

// offerFresh lets go of what was typed.
function offerFresh(main, form, key, place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "fv-forfra";
  button.textContent = "Begynd forfra";
  button.addEventListener("click", () => {
    store(key, null);
    const values = new URLSearchParams({ maal: form.elements.maal.value, side: form.elements.side.value });
    if (form.elements.efter) values.set("efter", form.elements.efter.value);
    place.go(new URL(form.action).pathname + "?" + values);
  });
  main.querySelector(".fv-resultat").append(button);
}

// checker tells of problems where somebody has been, and shows the page as it would be.
function checker(main, form, place) {
  let later = 0, asked = 0;
  const ask = async () => {
    const mine = ++asked;
    const body = new URLSearchParams(bodyOf(form));
    if (form.action.endsWith("/ny")) body.set("ny", "ja");
    const answer = await fetch("/_/proev", { method: "POST", body })
      .then((r) => (r.ok ? r.json() : null)).catch(() => null);
    if (!answer || mine !== asked || !main.isConnected) return;
    if (answer.form) showProblems(main, new DOMParser().parseFromString(answer.form, "text/html"));
    if (answer.page) place.preview(answer.page);
  };
  main.addEventListener("fv:vaek", () => { asked++; clearTimeout(later); });
  form.addEventListener("submit", () => { asked++; clearTimeout(later); });
  return () => {
    clearTimeout(later);
    later = setTimeout(ask, 250);
  };
}

function showProblems(main, now) {
  for (const field of main.querySelectorAll("[data-fv-roert]")) {
    const id = field.id + "-fejl";
    const fresh = now.getElementById(id), old = field.querySelector(".fv-problemer");
    if (!fresh || !old || fresh.innerHTML === old.innerHTML) continue;
    old.innerHTML = fresh.innerHTML;
    const input = field.querySelector("[name^='v:']");
    if (old.querySelector(".fv-fejl")) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
    main.querySelector(".fv-besked").textContent = old.textContent;
  }
}
