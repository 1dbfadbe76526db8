// Reading aloud, and passing on the ready message: only where the browser can.

const message = document.getElementById("bericht");
const share = document.getElementById("deel");
const copy = document.getElementById("kopie");

if (message && share && navigator.share) {
  share.hidden = false;
  // Who closes the sheet again changed their mind: nothing to say.
  share.addEventListener("click", () => navigator.share({ text: message.textContent }).catch(() => {}));
}
if (message && copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(message.textContent);
      copy.querySelector("span").textContent = copy.dataset.done;
    } catch {
      getSelection().selectAllChildren(message);
    }
  });
}

const read = document.getElementById("lees");
const voices = window.speechSynthesis;

// "ar" for a text in Arabic, whatever country the voice is from; Persian voices read Dari.
const voiceFor = (language) =>
  voices.getVoices().find((voice) => voice.lang.toLowerCase().replace("_", "-").split("-")[0] === language);

const texts = () => [...document.querySelectorAll("main > :is(h1, .lead, .flow)[lang]")].filter((element) => voiceFor(element.lang));

const offer = () => read.classList.toggle("on", texts().length > 0);

const word = read?.querySelector("span");
const label = word?.textContent;

const stopped = () => {
  word.textContent = label;
};

const speak = () => {
  if (voices.speaking) {
    voices.cancel();
    stopped();
    return;
  }
  const spoken = texts().map((element) => {
    const utterance = new SpeechSynthesisUtterance(element.textContent.trim());
    utterance.lang = element.lang;
    utterance.voice = voiceFor(element.lang);
    utterance.rate = 0.9;
    return utterance;
  });
  spoken[spoken.length - 1].onend = stopped;
  word.textContent = read.dataset.stop;
  for (const utterance of spoken) voices.speak(utterance);
};

if (read && voices) {
  offer();
  // Some browsers find their voices only later.
  voices.addEventListener?.("voiceschanged", offer);
  read.addEventListener("click", speak);
  addEventListener("pagehide", () => voices.cancel());
}
