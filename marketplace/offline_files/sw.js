// The service worker of Veertig: public pages that were read, and a page for when there is no
// network. Of a person it keeps nothing but what mijn.js put in "eigen" (model.md, Tokens).
const VERSION = "@VERSION@";
const LANGUAGES = @LANGUAGES@;
const RESERVED = @RESERVED@;
const FILES = @FILES@;
const SHELL = `schil-${VERSION}`;
const READ = "gelezen";
const OWN = "eigen";
const MOST_READ = 20;
const RENEW_AFTER = 10 * 60 * 1000; // ms
// Where somebody signs out or locks, and where somebody else signs in.
const ENDS = /\/(aanmelden\/.+|mijn\/vergrendel|activeer|wie\/[^/]+)\/$/;

const offlinePage = (language) => `/${language}/mijn/offline/`;
const languageOf = (path) => LANGUAGES.find((code) => path.startsWith(`/${code}/`));

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => names.filter((name) => name.startsWith("schil-") && name !== SHELL))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("message", (event) => {
  if (LANGUAGES.includes(event.data)) event.waitUntil(keepOfflinePage(event.data).catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  const path = url.pathname;
  if (request.mode !== "navigate") {
    if (FILES.includes(path)) event.respondWith(fromShell(request));
    return;
  }
  const language = languageOf(path);
  if (!language && path !== "/") return;
  if (request.method === "GET") {
    event.respondWith(visit(event, url, language));
  } else if (ENDS.test(path)) {
    event.respondWith(caches.delete(OWN).then(() => fetch(request)).catch(() => away(url, language)));
  }
});

async function fromShell(request) {
  const kept = await (await caches.open(SHELL)).match(request);
  return kept || fetch(request);
}

async function visit(event, url, language) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return away(url, language);
  }
  if (language) event.waitUntil(afterwards(url, language, answer.clone()).catch(() => {}));
  return answer;
}

async function afterwards(url, language, answer) {
  if (isActivity(url) && isPublic(answer)) await keepRead(url, answer);
  await keepOfflinePage(language);
  await renewOwn(language);
}

function isActivity(url) {
  const parts = url.pathname.split("/");
  return parts.length === 5 && parts[4] === "" && !RESERVED.includes(parts[2]);
}

// The same rule as marketplace/public_pages.py: the same for every visitor, by its own headers.
function isPublic(answer) {
  const header = (name) => (answer.headers.get(name) || "").toLowerCase();
  return answer.status === 200
    && !answer.redirected
    && header("content-type").startsWith("text/html")
    && header("etag") !== ""
    && !/no-store|private/.test(header("cache-control"))
    && !header("vary").includes("cookie");
}

async function keepRead(url, answer) {
  const cache = await caches.open(READ);
  const address = url.origin + url.pathname;
  await cache.delete(address);
  await cache.put(address, answer);
  const addresses = await cache.keys();
  await Promise.all(addresses.slice(0, -MOST_READ).map((old) => cache.delete(old)));
}

async function keepOfflinePage(language) {
  const cache = await caches.open(SHELL);
  const address = offlinePage(language);
  if (await cache.match(address)) return;
  // Without cookies, so that nothing of anybody can be in it.
  const answer = await fetch(address, { credentials: "omit" });
  if (isPublic(answer)) await cache.put(address, answer);
}

// Signed out from afar, or a new card: the phone hears it the next time it is online.
async function renewOwn(language) {
  if (!await caches.has(OWN)) return;
  const cache = await caches.open(OWN);
  const kept = await cache.match("/eigen");
  if (kept && Date.now() - (await kept.json()).at < RENEW_AFTER) return;
  const answer = await fetch(`/${language}/mijn/zak.json`, { cache: "no-store" });
  if (answer.status === 401) await caches.delete(OWN);
  else if (answer.ok && await caches.has(OWN)) await cache.put("/eigen", answer);
}

async function away(url, language) {
  const read = isActivity(url) && await (await caches.open(READ)).match(url.origin + url.pathname);
  if (read) return marked(read);
  const shell = await caches.open(SHELL);
  const pages = language ? [offlinePage(language)] : LANGUAGES.map(offlinePage);
  for (const page of pages) {
    const kept = await shell.match(page);
    if (kept) return kept;
  }
  return Response.error();
}

// The page as it was, saying when that was.
async function marked(read) {
  const headers = new Headers();
  for (const name of ["content-type", "content-security-policy", "content-language"])
    if (read.headers.has(name)) headers.set(name, read.headers.get(name));
  const at = new Date(read.headers.get("date") || 0).toISOString();
  const html = (await read.text()).replace("<html ", `<html data-saved="${at}" `);
  return new Response(html, { headers });
}
