// The drawer: pages of ours that write, at the side of the page that they are about. What
// they show is what the server sends to browsers without scripts, too.
import { patch } from "./patch.js";
import { make, shadow } from "./panel.js";
import { bodyOf, take } from "./skema.js";

const narrow = matchMedia("(max-width: 800px)");
const back = make("button", { type: "button", className: "fv-skuffe-tilbage", hidden: true }, "Tilbage");
const close = make("button", { type: "button", className: "fv-skuffe-luk" }, "Luk");
const content = make("div", { className: "fv-skuffe-indhold" });
const drawer = make("dialog", { className: "fv-skuffe", "aria-label": "Ret" },
  make("div", { className: "fv-skuffe-top" }, back, close), content);
const styles = make("link", { rel: "stylesheet", href: "/_/ret.css" });
const ready = new Promise((done) => styles.addEventListener("load", done));

const keptKey = "haandbog:skuffe"; // the address that is open, over a reload
let opener = null;   // what had the focus before
let trail = [];      // addresses, the last one is shown
let previewed = false;
let turning = false; // the window became narrow or wide
let wanted = null;   // text of the page that one wants to change

// The page under the drawer as it would be, until it is saved or let be.
function preview(html) {
  try {
    const changed = patch(html);
    previewed = true;
    const seen = ({ top, bottom }) => bottom > 0 && top < innerHeight;
    const boxes = changed.map((element) => element.getBoundingClientRect());
    if (changed.length && !boxes.some(seen)) changed[0].scrollIntoView({ block: "center" });
  } catch { /* it is seen when it is saved */ }
}
async function unpreview() {
  if (!previewed) return;
  previewed = false;
  const html = await fetch(location.href, { cache: "no-store" }).then((r) => r.text()).catch(() => "");
  try { if (html) patch(html); } catch { location.reload(); }
}

async function go(address, body = null, replace = false) {
  const asked = body === null;
  let response, text;
  try {
    response = await fetch(address, asked ? { cache: "no-store" } :
      { method: "POST", body: body instanceof FormData ? body : new URLSearchParams(body) });
    text = await response.text();
  } catch {
    say("Forhåndsvisningen svarer ikke. Det, du har skrevet, er gemt i denne fane; prøv igen, når den er startet.");
    return;
  }
  const main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
  if (!main) {
    say(text.slice(0, 300));
    return;
  }
  if (asked || response.redirected) {
    const shown = new URL(response.url);
    const at = shown.pathname + shown.search.replace(/&?(gemt|fokus)=[^&]*/g, "");
    if (replace || response.redirected) trail.pop();
    if (trail.at(-1) !== at) trail.push(at);
    if (trail.length > 1 && trail.at(-2) === at) trail.pop();
    sessionStorage.setItem(keptKey, JSON.stringify([location.pathname, at]));
  }
  if ("fvGemt" in main.dataset) previewed = false; // the page follows by itself
  show(main, asked && !response.redirected);
}

// say tells something above what is shown, which stays.
function say(text) {
  const line = content.querySelector(".fv-besked");
  if (line) line.textContent = text;
  else content.replaceChildren(make("p", { className: "fv-besked", role: "status" }, text));
  line?.scrollIntoView({ block: "nearest" });
}

function show(main, asked) {
  const old = content.querySelector(".fv-blad");
  const same = old && main.dataset.fvKladde && old.dataset.fvKladde === main.dataset.fvKladde;
  const place = { top: drawer.scrollTop, focus: shadow.activeElement?.id, name: shadow.activeElement?.name };
  old?.dispatchEvent(new Event("fv:vaek"));
  const opened = same ? [...old.querySelectorAll("details")].map((d) => d.open) : [];
  const fresh = make("div"); // the page has its own <main>
  for (const { name, value } of main.attributes) fresh.setAttribute(name, value);
  fresh.append(...document.importNode(main, true).childNodes);
  content.replaceChildren(fresh);
  opened.forEach((open, i) => { const d = fresh.querySelectorAll("details")[i]; if (d && open) d.open = true; });
  drawer.setAttribute("aria-label", fresh.querySelector("h1")?.textContent ?? "Ret");
  back.hidden = trail.length < 2;
  take(fresh, { go, preview }, asked);
  if (same) drawer.scrollTop = place.top;
  else drawer.scrollTop = 0;
  focusIn(fresh, same ? place : null);
}

// focusIn gives the focus to what needs it: the list of errors, the row that was moved,
// what had it before, or what one pointed at on the page.
function focusIn(main, before) {
  const errors = main.querySelector(".fv-fejlliste");
  const moved = main.querySelector("[autofocus]");
  const was = before?.focus ? content.querySelector("#" + CSS.escape(before.focus)) : null;
  const meant = wanted && fieldOf(main, wanted);
  wanted = null;
  if (moved) moved.focus();
  else if (errors) errors.focus();
  else if (was) was.focus({ preventScroll: true });
  else if (before?.name) (main.querySelector(".fv-hoved") ?? main.querySelector("h1"))?.focus({ preventScroll: true });
  else if (meant) {
    meant.closest("details")?.setAttribute("open", "");
    meant.scrollIntoView({ block: "center" });
    meant.focus({ preventScroll: true });
    if (meant.nodeName === "TEXTAREA") meant.setSelectionRange(meant.value.length, meant.value.length);
  } else main.querySelector("h1")?.focus();
}

// fieldOf finds the field that a text on the page is written in.
const bare = (text) => text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`>#\s]+/g, " ").trim().toLowerCase();
function fieldOf(main, { label, text }) {
  const words = bare(text);
  let best = null, length = 3;
  for (const field of main.querySelectorAll("[data-felt]")) {
    const input = field.querySelector("[name^='v:']:not([type=hidden]), .fv-vaelger-felt, select, button");
    const title = field.querySelector("label, legend") ?? field.closest("fieldset")?.querySelector("legend");
    const name = bare(title?.firstChild?.textContent ?? "");
    if (label && name === bare(label)) return input;
    for (const one of field.querySelectorAll("textarea, input:not([type=hidden]):not([type=checkbox])")) {
      const value = bare(one.value);
      if (value.length > length && (words.includes(value) || value.includes(words) && words.length > 8)) {
        best = one;
        length = Math.min(value.length, words.length);
      }
    }
  }
  return best;
}

function makeRoom(is) {
  document.documentElement.toggleAttribute("data-fv-skuffe", is);
  shadow.querySelector(".fod").classList.toggle("ved-skuffe", is);
}

// open shows an address. about is what one points at, if anything.
export async function open(address, about = null) {
  await ready;
  if (!drawer.open) {
    opener = shadow.activeElement ?? document.activeElement;
    if (narrow.matches) drawer.showModal();
    else drawer.show();
  }
  makeRoom(true);
  await unpreview();
  trail = [];
  wanted = about;
  await go(address);
}

function shut() {
  if (drawer.open) drawer.close();
}
drawer.addEventListener("close", () => {
  if (turning) { turning = false; return; }
  content.querySelector(".fv-blad")?.dispatchEvent(new Event("fv:vaek"));
  content.replaceChildren();
  sessionStorage.removeItem(keptKey);
  makeRoom(false);
  unpreview();
  if (opener?.isConnected) opener.focus({ preventScroll: true });
});
narrow.addEventListener("change", () => {
  if (!drawer.open) return;
  const focused = shadow.activeElement;
  turning = true;
  drawer.close();
  if (narrow.matches) drawer.showModal();
  else drawer.show();
  focused?.focus({ preventScroll: true });
});
close.addEventListener("click", shut);
back.addEventListener("click", async () => {
  await unpreview();
  trail.pop();
  go(trail.pop());
});
drawer.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.preventDefault();
  shut();
});

// Links and buttons of our pages are followed in the drawer.
const isOurs = (address) => address.origin === location.origin &&
  /^\/_\/(ret|ny|paa|slet|omdoeb|aendringer|kommune|aftal)$/.test(address.pathname);
content.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const address = new URL(link.href);
  if (link.hasAttribute("data-fv-luk")) {
    event.preventDefault();
    shut();
  } else if (link.getAttribute("href").startsWith("#")) {
    event.preventDefault();
    const to = content.querySelector("#" + CSS.escape(link.hash.slice(1)));
    to?.closest("details")?.setAttribute("open", "");
    to?.scrollIntoView({ block: "center" });
    to?.focus({ preventScroll: true });
  } else if (isOurs(address)) {
    event.preventDefault();
    await unpreview();
    const place = link.dataset.fvSted;
    if (place) document.querySelector(`[data-kilde="${CSS.escape(place)}"]`)?.scrollIntoView({ block: "center" });
    go(address.pathname + address.search);
  }
});
content.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  go(form.action, form.enctype === "multipart/form-data" ? new FormData(form) : bodyOf(form, event.submitter));
});

// start puts the drawer on the page, open if it was before a reload.
export function start() {
  shadow.append(styles, drawer);
  const kept = JSON.parse(sessionStorage.getItem(keptKey) ?? "null");
  if (kept && kept[0] === location.pathname) open(kept[1]);
}
