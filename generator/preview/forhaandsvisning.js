// Forhåndsvisningens halvdel i browseren: the open page follows what is saved.
//
// The server sends a state for every change, with the page's tag, and the page
// itself when this tab shows another. The difference is applied to the page as it
// stands, and everything else on it stays: scroll, focus, selection, open details,
// ticks. This file is served by `haandbog serve` only and is never published.
import { patch, reload } from "./patch.js"; // before the panel, which is no part of the page
import { ownPage, showGoal, showLost, showSources, showState, side } from "./panel.js";
import { follow as followPencil } from "./blyant.js";
import { take as takeForm } from "./skema.js";

const me = document.querySelector('script[src="/_/forhaandsvisning.js"]');

// ---- A reload that keeps the place ----------------------------------------

const keptKey = "forhaandsvisning:" + side;
const nameOf = (details, i) => details.id || i + ":" + (details.querySelector("summary")?.textContent ?? "");
function reloadHere() {
  const open = [...document.querySelectorAll("details")].map((d, i) => [nameOf(d, i), d.open]);
  sessionStorage.setItem(keptKey, JSON.stringify({ open, focus: document.activeElement?.id ?? "", y: scrollY }));
  location.reload();
}
function findPlace() {
  const place = JSON.parse(sessionStorage.getItem(keptKey) ?? "null");
  sessionStorage.removeItem(keptKey);
  if (!place) return;
  const open = new Map(place.open);
  document.querySelectorAll("details").forEach((d, i) => {
    const was = open.get(nameOf(d, i));
    if (was !== undefined && was !== d.open) d.open = was;
  });
  if (place.focus) document.getElementById(place.focus)?.focus({ preventScroll: true });
  scrollTo(scrollX, place.y);
}

// ---- Following the server -------------------------------------------------

let tag = me.dataset.tag; // "" for the preview's own pages
let version = me.dataset.version;
let pictures = null; // of the last state

// Pages of ours that do not change with the content: help, and forms that are filled in.
const standing = ["skrivehjaelp", "ret"];

// follow makes the page what the server has now, or throws where it must be loaded again.
async function follow(news) {
  if (news.pictures !== (pictures ?? news.pictures)) reload("et billede er ændret");
  const stays = tag && news.tag === tag;
  if (ownPage === "sider") {
    const html = await fetch(location.href, { cache: "no-store" }).then((r) => r.text()).catch(() => "");
    if (html) patch(html);
  } else if (!stays && !standing.includes(ownPage)) {
    if (!tag || !news.page) reload("siden er kommet eller gået");
    patch(news.page);
    tag = news.tag;
  }
  showSources();
  showGoal(stays && news.fresh ? news.goal : null);
}

async function take(news) {
  try {
    if (news.version !== version) await follow(news); // the page before what is said of it
  } catch {
    reloadHere();
  }
  version = news.version;
  pictures = news.pictures;
  showState(news);
  if (!ownPage) followPencil(news);
}

// A tab that can't be seen holds no connection: a browser has few of them, and
// when it is seen again it is sent the state at once.
let stream = null, later = 0;
function connect() {
  clearTimeout(later);
  stream?.close();
  stream = null;
  if (document.hidden) return;
  stream = new EventSource("/_/haendelser?" + new URLSearchParams({ side, tag }));
  stream.addEventListener("tilstand", (event) => take(JSON.parse(event.data)));
  stream.addEventListener("error", () => {
    showLost();
    if (stream?.readyState === EventSource.CLOSED) later = setTimeout(connect, 2000);
  });
}
document.addEventListener("visibilitychange", connect);
addEventListener("pagehide", () => { stream?.close(); stream = null; });
addEventListener("pageshow", (event) => { if (event.persisted) connect(); });

// The list of all pages is filtered as it is written.
function filterPages() {
  const field = document.getElementById("q");
  const edition = document.getElementById("udgave");
  const count = document.querySelector("[data-fv-antal]");
  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of document.querySelectorAll("tbody tr")) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown++;
    }
    count.textContent = shown === 1 ? "1 side" : `${shown} sider`;
  };
  field.addEventListener("input", filter);
  edition.addEventListener("change", () => edition.form.submit());
  document.addEventListener("haandbog:aendret", filter);
}

// A form on a page of its own is shown again in its place.
async function showForm(address, body) {
  const sent = body === undefined ? {} : { method: "POST", body: new URLSearchParams(body) };
  const html = await fetch(address, sent).then((r) => r.text()).catch(() => "");
  const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  if (!main) return;
  document.querySelector("main").replaceWith(main);
  takeForm(main, formPlace, body === undefined);
}
const formPlace = { go: showForm, preview() {} };

if (ownPage === "sider") filterPages();
const asked = location.search !== "" && !location.search.includes("gemt="); // an answer's address says nothing
if (ownPage === "ret") takeForm(document.querySelector("main"), formPlace, asked);
findPlace();
connect();
