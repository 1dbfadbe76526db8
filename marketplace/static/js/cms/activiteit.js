// The editor's form of an activity: the verdict on the criteria with each tick, and how the
// Dutch reads while one types. Without this script both are drawn when the form is.

const WAIT = 700; // ms without typing
const TEXTS = ["summary", "description", "bring"];

for (const box of document.querySelectorAll("[data-oordeel]")) {
  const points = JSON.parse(box.dataset.points);
  const list = box.querySelector("ul");
  const judge = () => {
    const name = CSS.escape(box.dataset.oordeel);
    const boxes = document.querySelectorAll(`input[type=checkbox][name="${name}"]:checked`);
    const ticked = new Set([...boxes].map((input) => input.value));
    const missing = points.filter((point) => !point.values.some((value) => ticked.has(value)));
    list.replaceChildren(
      ...missing.map((point) => {
        const row = document.createElement("li");
        row.textContent = point.sentence;
        return row;
      }),
    );
    box.querySelector("[data-complete]").hidden = missing.length > 0;
    box.querySelector("[data-incomplete]").hidden = missing.length === 0;
  };
  document.addEventListener("change", (event) => {
    if (event.target.name === box.dataset.oordeel) judge();
  });
  judge();
}

const panels = [...document.querySelectorAll("[data-leesbaarheid]")];
const fields = TEXTS.map((name) => document.getElementById(`id_${name}`)).filter(Boolean);
if (panels.length && fields.length === TEXTS.length) {
  let waiting = 0;
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    const body = new FormData();
    for (const field of fields) body.append(field.name, field.value);
    body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const answer = await fetch(panels[0].dataset.leesbaarheid, { method: "POST", body });
      if (!answer.ok || mine !== asked) return; // keeps what it shows
      const html = await answer.text();
      for (const panel of panels) panel.innerHTML = html;
    } catch {
      // No connection: the form still saves, and is drawn again with it.
    }
  };
  for (const field of fields) {
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, WAIT);
    });
  }
  ask();
}
