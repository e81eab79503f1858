// Patching: the difference between the page as the server sent it and as it is now
// is applied to the document.

const root = document.documentElement;
const isOwn = (node) => (node.getAttribute("src") ?? node.getAttribute("href") ?? "").startsWith("/_/");

// sent is the document that the server last sent, and twin leads from each of
// its nodes to the node that stands in the page. Scripts of the page add and
// move nodes; those have no twin and are left alone.

const twin = new WeakMap();
const pair = (a, b) => {
  twin.set(a, b);
  for (let x = a.firstChild, y = b.firstChild; x && y; x = x.nextSibling, y = y.nextSibling) pair(x, y);
};
// bare removes what the preview put in.
const bare = (html) => {
  for (const node of html.querySelectorAll("head > script, head > link")) if (isOwn(node)) node.remove();
  for (const node of html.querySelectorAll("body > noscript")) if (node.textContent.includes("/_/paa?")) node.remove();
  return html;
};
// parse reads a page as this one was read: with scripts, <noscript> holds text.
const parse = (text) => {
  const html = new DOMParser().parseFromString(text, "text/html").documentElement;
  for (const node of html.querySelectorAll("noscript")) node.textContent = node.innerHTML;
  return bare(html);
};
// takePlaces takes out of a document what says where its texts stand, and gives
// it in the order of the elements. It is no part of a text: when lines come
// above it, the text is the same.
const placeKey = "data-kilde";
const takePlaces = (html) => Array.from(html.getElementsByTagName("*"), (element) => {
  const place = element.getAttribute(placeKey);
  if (place !== null) element.removeAttribute(placeKey);
  return place;
});
const sent = root.cloneNode(true);
pair(sent, root);
bare(sent);
takePlaces(sent);

// reload says that the page must be loaded again.
export const reload = (why) => { throw new Error(why); };

const isStyles = (node) => node.nodeName === "LINK" && /\bstylesheet\b/i.test(node.rel);
const kin = (a, b) => a.nodeName === b.nodeName && a.id === b.id && isStyles(a) === isStyles(b);
const keyOf = (node) => (node.nodeType === 1 ? node.outerHTML : node.nodeName + node.data);

// match finds for each new child the old one that it continues, or null:
// equal ends, then the longest run of equals in order, then ids, then neighbours
// of the same kind between those. equal tells which are equal.
function match(olds, news) {
  const found = new Array(news.length).fill(null), equal = new Set();
  const used = new Set();
  const take = (j, i) => { found[j] = olds[i]; used.add(i); };
  const same = (j, i) => { take(j, i); equal.add(j); };
  let from = 0, oldEnd = olds.length, newEnd = news.length;
  while (from < oldEnd && from < newEnd && olds[from].isEqualNode(news[from])) { same(from, from); from++; }
  while (oldEnd > from && newEnd > from && olds[oldEnd - 1].isEqualNode(news[newEnd - 1])) same(--newEnd, --oldEnd);
  const n = oldEnd - from, m = newEnd - from;
  if (n * m > 1 && n * m <= 250000) {
    const a = olds.slice(from, oldEnd).map(keyOf), b = news.slice(from, newEnd).map(keyOf);
    const best = Array.from({ length: n + 1 }, () => new Uint32Array(m + 1));
    for (let i = n - 1; i >= 0; i--) for (let j = m - 1; j >= 0; j--) {
      best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
    }
    for (let i = 0, j = 0; i < n && j < m;) {
      if (a[i] === b[j]) same(from + j++, from + i++);
      else if (best[i + 1][j] >= best[i][j + 1]) i++;
      else j++;
    }
  }
  const ids = new Map(olds.map((node, i) => [node.id ? node.nodeName + "#" + node.id : "", i]));
  for (let j = from; j < newEnd; j++) {
    const i = news[j].id ? ids.get(news[j].nodeName + "#" + news[j].id) : undefined;
    if (!found[j] && i !== undefined && !used.has(i)) take(j, i);
  }
  const at = new Map(olds.map((node, i) => [node, i]));
  for (let j = from, i = from; j < newEnd; j++) {
    if (found[j]) { i = Math.max(i, at.get(found[j]) + 1); continue; }
    for (let k = i; k < oldEnd && !used.has(k); k++) {
      if (kin(olds[k], news[j])) { take(j, k); i = k + 1; break; }
    }
  }
  return { found, equal };
}

// rebuilt reports whether scripts have changed which nodes stand in an element.
const rebuilt = (node) => {
  const live = twin.get(node);
  return !live || live.childNodes.length !== node.childNodes.length ||
    [...node.childNodes].some((child, i) => twin.get(child) !== live.childNodes[i] || rebuilt(child));
};
// wantsScripts reports whether a page's scripts may have work to do on a node.
// They find their elements by data attributes: one that the page has not had
// before is strange, and so is one whose elements they rebuilt.
const wantsScripts = (node) => node.nodeType === 1 &&
  [node, ...node.querySelectorAll("*")].some((e) => e.nodeName === "SCRIPT" || e.getAttributeNames().some(strange));
function strange(name) {
  if (!name.startsWith("data-")) return false;
  const known = [...sent.querySelectorAll(`[${CSS.escape(name)}]`)];
  return known.length === 0 || known.some(rebuilt);
}

const changed = new Set(); // elements to point at afterwards

// setText changes only the characters that differ, so that a selection
// elsewhere in the text stays.
function setText(live, before, after) {
  if (live.data !== before) { live.data = after; return; }
  let start = 0, end = 0;
  const most = Math.min(before.length, after.length);
  while (start < most && before[start] === after[start]) start++;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  live.replaceData(start, before.length - start - end, after.slice(start, after.length - end));
}

function setAttributes(old, now, live) {
  for (const { name } of [...old.attributes]) {
    if (now.hasAttribute(name)) continue;
    if (name === "class") live.classList.remove(...old.classList);
    if (name !== "class" || live.classList.length === 0) live.removeAttribute(name);
    if (name === "checked") live.checked = false;
  }
  for (const { name, value } of now.attributes) {
    if (old.getAttribute(name) === value) continue;
    if (name === "class") {
      live.classList.remove(...[...old.classList].filter((c) => !now.classList.contains(c)));
      live.classList.add(...[...now.classList].filter((c) => !old.classList.contains(c)));
    } else live.setAttribute(name, value);
    if (name === "checked") live.checked = true;
    if (name === "value" && "value" in live) live.value = value;
  }
  for (const { name } of [...old.attributes]) if (!now.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of now.attributes) old.setAttribute(name, value);
}

// swapStyles loads a style sheet beside the one that it replaces, which goes
// when the new one has come: the page is never without style.
function swapStyles(old, href) {
  const live = twin.get(old), fresh = live.cloneNode();
  fresh.href = href;
  fresh.addEventListener("load", () => live.remove());
  fresh.addEventListener("error", () => live.remove());
  live.after(fresh);
  twin.set(old, fresh);
  old.setAttribute("href", href);
}

function morph(old, now) {
  const live = twin.get(old);
  if (!live?.isConnected) reload("det ændrede sted er flyttet af et script");
  if (old.nodeType !== 1) {
    if (old.data === now.data) return;
    setText(live, old.data, now.data);
    old.data = now.data;
    if (live.parentElement && live.data.trim()) changed.add(live.parentElement);
    return;
  }
  if (old.nodeName === "SCRIPT") reload("et script er ændret");
  const href = now.getAttribute("href");
  if (isStyles(old) && old.getAttribute("href") !== href) swapStyles(old, href);
  setAttributes(old, now, twin.get(old));
  morphChildren(old, now, twin.get(old));
}

function morphChildren(old, now, live) {
  const olds = [...old.childNodes], news = [...now.childNodes];
  const { found, equal } = match(olds, news);
  const same = olds.length === news.length && found.every((node, i) => node === olds[i]);
  if (same) {
    found.forEach((node, i) => { if (!equal.has(i)) morph(node, news[i]); });
    return;
  }
  const kept = new Set(found);
  const gone = olds.filter((node) => !kept.has(node));
  const fresh = news.filter((_, j) => !found[j]);
  const names = new Set([...gone, ...fresh].filter((node) => node.nodeType === 1).map((node) => node.nodeName));
  if ([...gone, ...fresh].some(wantsScripts)) reload("scripts har en del i det ændrede");
  const ours = new Set(olds.map((node) => twin.get(node)));
  if (olds.some((node) => twin.get(node)?.parentNode !== live) ||
    [...live.childNodes].some((node) => !ours.has(node)) ||
    olds.some((node) => names.has(node.nodeName) && rebuilt(node))) {
    // Head and body only grow at their ends, by scripts' own additions.
    if (live !== document.head && live !== document.body) reload("scripts har bygget om på det ændrede");
  }
  for (const node of gone) {
    twin.get(node)?.remove();
    node.remove();
  }
  if (gone.length) changed.add(live);
  let next = null, liveNext = null;
  for (let j = news.length - 1; j >= 0; j--) {
    let node = found[j];
    if (node) {
      if (!equal.has(j)) morph(node, news[j]);
      if (node.nextSibling !== next) {
        old.insertBefore(node, next);
        live.insertBefore(twin.get(node), liveNext);
      }
    } else {
      node = news[j];
      const copy = document.importNode(node, true);
      old.insertBefore(node, next);
      live.insertBefore(copy, liveNext);
      pair(node, copy);
      if (copy.nodeType === 1) changed.add(copy);
    }
    next = node;
    liveNext = twin.get(node);
  }
}

// setPlaces puts the places of the new document, which sent now is, into the page.
function setPlaces(places) {
  Array.from(sent.getElementsByTagName("*"), twin.get, twin).forEach((live, i) => {
    const place = places[i];
    if (live.getAttribute(placeKey) === place) return;
    if (place === null) live.removeAttribute(placeKey);
    else live.setAttribute(placeKey, place);
  });
}

// pointAt outlines an element for a moment. The animation stands still: nothing
// moves, and nothing is painted again and again in the way of the next save.
function pointAt(element) {
  const outline = element.animate({ outline: ["3px solid #b58900", "3px solid #b58900"] }, { duration: 1 });
  outline.pause();
  setTimeout(() => outline.cancel(), 1200);
}

// patch makes the page what html says, or throws where it must be loaded again. It gives
// the elements that changed.
export function patch(html) {
  const now = parse(html);
  const places = takePlaces(now);
  const focused = document.activeElement;
  changed.clear();
  morph(sent, now);
  setPlaces(places);
  if (focused?.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
  const shown = [...changed].filter((element) => document.body?.contains(element) && element !== document.body);
  shown.forEach(pointAt);
  document.dispatchEvent(new CustomEvent("haandbog:aendret"));
  return shown;
}
