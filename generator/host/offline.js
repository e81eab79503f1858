// Starts the worker that keeps the handbook for reading offline.
(() => {
  const { protocol, hostname } = location;
  const local = protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !local) return;
  if (!navigator.serviceWorker || navigator.connection?.saveData) return;
  const worker = new URL('sw.js', document.currentScript.src);
  const start = () => navigator.serviceWorker.register(worker, { updateViaCache: 'none' }).catch(() => {});
  if (document.readyState === 'complete') start();
  else addEventListener('load', start); // after what the page itself needs
})();
