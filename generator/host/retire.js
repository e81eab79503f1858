// The handbook is no longer kept for reading offline: an earlier version's worker is
// replaced by this one, which deletes what that kept, and goes. Open pages stay, with their
// ticks; the next one is read from the server.
const prefix = `haandbog ${new URL('./', self.location).href} `;

async function retire() {
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix)) await caches.delete(name);
  }
  await self.registration.unregister();
}

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(retire()));
