// On own pages: what the phone keeps for offline, and the lock of who has a PIN.
const KEPT = "eigen";
const forget = () => caches.delete(KEPT).catch(() => {});
const shownTo = document.documentElement.dataset;

async function keep() {
  const language = document.documentElement.lang;
  const answer = await fetch(`/${language}/mijn/zak.json`, { cache: "no-store" });
  if (answer.status === 401) return forget();
  if (!answer.ok) return;
  const cache = await caches.open(KEPT);
  await cache.put("/eigen", answer);
}

if ("caches" in window) {
  if ("nobody" in shownTo) forget();
  else if ("own" in shownTo) keep().catch(() => {});
}

for (const form of document.querySelectorAll("form[data-lock]")) {
  form.addEventListener("submit", forget);
  const seconds = Number(form.dataset.lock);
  let last = Date.now();
  for (const kind of ["pointerdown", "keydown", "scroll"])
    addEventListener(kind, () => { last = Date.now(); }, { passive: true });
  // A phone that slept wakes up late: look at the clock, not at the number of ticks.
  const look = () => {
    if (Date.now() - last < seconds * 1000) return;
    last = Infinity;
    document.body.hidden = true;
    forget().then(() => form.submit());
  };
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", look);
}
