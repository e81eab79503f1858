const files = {}; // the files

// The folder of this script is the handbook; caches of other handbooks on the
// same domain have other names.
const root = new URL('./', self.location).href;
const prefix = `haandbog ${root} `;
const current = prefix + version;
const fingerprinted = /\.[0-9a-f]{8}\.(css|js|svg)$/;
const patience = 4000; // ms to wait for a slow network when the page is kept

// kept is a file's name in the cache: its address and its fingerprint.
const kept = (path) => `${root}${path}?${files[path]}`;

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(prefix));

// earlier finds an unchanged file in what an earlier version kept, or what this
// one did before it was cut off. To open a cache would make it again when it has
// just been deleted; to match doesn't.
async function earlier(key) {
  for (const cacheName of await ours()) {
    const found = await caches.match(key, { cacheName });
    if (found) return found;
  }
}

async function download(path) {
  const answer = await fetch(root + path, { cache: 'no-cache', mode: 'same-origin', redirect: 'error' });
  if (answer.status !== 200 || answer.type !== 'basic') throw new Error(`${path}: ${answer.status}`);
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', await answer.clone().arrayBuffer()));
  const hex = Array.from(sum.subarray(0, 8), (b) => b.toString(16).padStart(2, '0')).join('');
  if (hex !== files[path]) throw new Error(`${path}: not the file of this version`); // half a copy of the site
  return answer;
}

// fill keeps every file of the list. When one can't be had it fails, the earlier
// version goes on, and the next attempt begins where this one ended.
async function fill() {
  const cache = await caches.open(current);
  const todo = Object.keys(files);
  const worker = async () => {
    for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
      const key = kept(path);
      await cache.put(key, (await earlier(key)) ?? (await download(path)));
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
}

async function clear() {
  for (const name of await ours()) {
    if (name !== current) await caches.delete(name);
  }
  await self.clients.claim();
}

const stored = (path) => caches.match(kept(path), { cacheName: current });

async function fromStore(path, request) {
  return (await stored(path)) ?? fetch(request);
}

// fromNetwork gives the newest, or what is kept when there is no network, when
// it is slow, or when the server is down.
async function fromNetwork(path, request) {
  const fresh = fetch(request);
  const late = new Promise((done) => setTimeout(done, patience));
  const answer = await Promise.race([fresh, late]).catch(() => undefined);
  if (answer && answer.status < 500) return answer;
  return (await stored(path)) ?? fresh;
}

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(fill());
});

self.addEventListener('activate', (event) => event.waitUntil(clear()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/)[0];
  if (request.method !== 'GET' || !address.startsWith(root)) return;
  let path = address.slice(root.length);
  if (path === '' || path.endsWith('/')) path += 'index.html';
  if (!Object.hasOwn(files, path)) return;
  const answer = fingerprinted.test(path) ? fromStore : fromNetwork;
  event.respondWith(answer(path, request));
});
