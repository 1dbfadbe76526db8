// Asks for the service worker, and says by itself when there is no network.
const root = document.documentElement;
const language = root.lang;
const shell = `/${language}/mijn/offline/`;

if ("serviceWorker" in navigator) {
  addEventListener("load", async () => {
    await navigator.serviceWorker.register("/sw.js").catch(() => {});
    const ready = await navigator.serviceWorker.ready;
    ready.active.postMessage(language);
  });
}

const DIGITS = { ar: "arab", fa: "arabext", ps: "arabext" };

// "14.05" today, with the day before that.
function moment(at) {
  const numberingSystem = DIGITS[language] || "latn";
  const today = new Date().toDateString() === at.toDateString();
  const day = at.toLocaleDateString(language, { day: "numeric", month: "long", numberingSystem });
  const clock = at.toLocaleTimeString(language, {
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem,
  }).replace(":", ".");
  return today ? clock : `${day}, ${clock}`;
}

function fill(element, at) {
  for (const time of element.querySelectorAll("time")) {
    time.dateTime = at.toISOString();
    time.textContent = moment(at);
  }
}

// A page only to read in: its styles, which this page's policy does not know, stay out.
function parsed(html) {
  return new DOMParser().parseFromString(html.replace(/<style[^]*?<\/style>/g, ""), "text/html");
}

// The words come from the page that the phone kept in this language.
async function notice(id) {
  const kept = await caches.match(shell);
  if (!kept) return null;
  const found = parsed(await kept.text()).getElementById(id);
  return found && document.adoptNode(found);
}

async function say(id, at) {
  if (document.getElementById(id)) return;
  const found = await notice(id);
  if (!found) return;
  if (at) fill(found, at);
  found.hidden = false;
  document.querySelector("main").prepend(found);
}

// A phone says that it is online before it is: ask.
async function again() {
  const answer = await fetch("/manifest.webmanifest", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
  else if (navigator.onLine) setTimeout(again, 2000);
}

async function showOwn() {
  if (!/^\/[a-z]+\/mijn\//.test(location.pathname)) return;
  const answer = await caches.match("/eigen", { cacheName: "eigen" });
  if (!answer) return;
  const kept = await answer.json();
  if (kept.seconds && Date.now() > kept.at + kept.seconds * 1000) {
    await caches.delete("eigen");
    document.getElementById("own-locked").hidden = false;
    return;
  }
  const own = document.getElementById("own");
  document.getElementById("own-content").innerHTML = kept.html;
  fill(own, new Date(kept.at));
  own.hidden = false;
}

async function showRead() {
  const cache = await caches.open("gelezen");
  const list = document.getElementById("recent-list");
  for (const request of (await cache.keys()).reverse()) {
    const url = new URL(request.url);
    if (!url.pathname.startsWith(`/${language}/`)) continue;
    const html = await (await cache.match(request)).text();
    const title = parsed(html).querySelector("h1");
    if (!title) continue;
    const link = document.createElement("a");
    link.href = url.pathname;
    link.textContent = title.textContent.trim();
    link.lang = title.lang || language;
    link.dir = "auto";
    const row = document.createElement("li");
    row.className = "row";
    row.append(link);
    list.append(row);
  }
  document.getElementById("recent").hidden = !list.children.length;
}

if ("caches" in window) {
  // The worker does so too, when it is there already.
  addEventListener("submit", (event) => {
    if (/\/aanmelden\/logout\/$/.test(event.target.action)) caches.delete("eigen");
  });
  if ("offline" in root.dataset) {
    showOwn();
    showRead();
    addEventListener("online", again);
  } else if (root.dataset.saved) {
    say("offline-notice", new Date(root.dataset.saved));
    addEventListener("online", again);
  } else {
    addEventListener("offline", () => say("offline-now"));
    addEventListener("online", () => document.getElementById("offline-now")?.remove());
    if (!navigator.onLine) say("offline-now");
  }
}
