// Reads a page aloud with a voice of the device: one of a server would send it the page’s words. It adds to the
// row of row.js, whichever of the two comes first, and does nothing where a browser cannot speak.
"use strict";
(() => {
  if (!window.speechSynthesis) return;
  const row = document.querySelector(".to-top");
  const words = row.dataset.row.split("|");
  const [listen, pause, goOn] = words.slice(2);
  const language = (one) => one.slice(0, 2);
  const voice = () =>
    speechSynthesis.getVoices().find((one) => one.localService && language(one.lang) === language(document.documentElement.lang));
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: listen });
  let lines, now, at;

  const read = () => {
    if (at === lines.length) {
      lines = now = null;
      button.textContent = listen;
      return;
    }
    const line = (now = new SpeechSynthesisUtterance(lines[at]));
    line.voice = voice();
    line.lang = line.voice.lang;
    line.onend = () => {
      if (now !== line) return;
      at += 1;
      read();
    };
    speechSynthesis.speak(line);
  };

  const quiet = () => {
    now = null;
    speechSynthesis.cancel();
  };

  const collect = () => {
    const page = document.querySelector(".page").cloneNode(true);
    const drop = (nodes) => nodes.forEach((node) => node.remove());
    drop(page.querySelectorAll(".crumbs, .on-this-page, .cites, .sources, .review, .to-top, .print-only, .take, form, svg"));
    const blocks = page.querySelectorAll(":is(h1, h2, h3, h4, p, li, td, figcaption):not(li *, td *, figcaption *)");
    return [...blocks].map((node) => node.textContent.replace(/\s+/g, " ").trim()).filter(Boolean);
  };

  // Browsers differ in their own pause: this one goes on with the line that was cut.
  button.addEventListener("click", () => {
    button.textContent = now ? goOn : pause;
    if (now) return quiet();
    if (!lines) {
      lines = collect();
      at = 0;
    }
    read();
  });
  const look = () => voice() && row.querySelector("button:last-of-type")?.before(button);
  row.addEventListener("ready", look);
  speechSynthesis.onvoiceschanged = look;
  addEventListener("pagehide", quiet);
  look();
})();
