// The quiet row at the end of a page: larger type, reading aloud, sending on. Nothing is stored, and the reader’s own programs
// send. What a browser cannot do is not shown.
"use strict";
(() => {
  const place = document.querySelector(".to-top");
  const [larger, usual, listen, pause, goOn, toSend, words, subject, text, email, names] = place.dataset.row.split("|");
  const root = document.documentElement;
  const make = (name, attributes) => Object.assign(document.createElement(name), attributes);
  const add = (textContent, onclick) => {
    const button = make("button", { type: "button", textContent, onclick });
    place.lastElementChild.before(button, " ");
    return button;
  };

  const size = add("A+", () => {
    say(root.classList.toggle("large"));
    size.scrollIntoView({ block: "center" });
  });
  const say = (large) => {
    size.textContent = large ? "A" : "A+";
    size.setAttribute("aria-label", `${size.textContent} ${large ? usual : larger}`);
  };
  say();

  const speech = window.speechSynthesis;
  if (speech) {
    const language = (one) => one.slice(0, 2);
    const voice = () => speech.getVoices().find((one) => one.localService && language(one.lang) === language(root.lang));
    let parts, now, at;
    const read = () => {
      const part = (now = parts[at] && new SpeechSynthesisUtterance(parts[at]));
      if (!part) {
        parts = null;
        button.textContent = listen;
        return;
      }
      part.voice = voice();
      part.lang = part.voice.lang;
      part.onend = () => {
        if (now !== part) return;
        at += 1;
        read();
      };
      speech.speak(part);
    };
    const quiet = () => {
      now = null;
      speech.cancel();
    };
    // Browsers differ in their own pause: this one goes on with the line that was cut.
    const button = add(listen, () => {
      button.textContent = now ? goOn : pause;
      if (now) return quiet();
      if (!parts) {
        root.classList.add("aloud");
        parts = document.querySelector(".page").innerText.split(/\n+/);
        root.classList.remove("aloud");
        at = 0;
      }
      read();
    });
    const look = () => (button.hidden = !voice());
    speech.onvoiceschanged = look;
    look();
    addEventListener("pagehide", quiet);
  }

  const says = encodeURIComponent(`${words} ${document.querySelector("link[rel=canonical]").href}`);
  const ways = make("span", { className: "send", hidden: true });
  const send = add(toSend, () => open((ways.hidden = !ways.hidden)));
  const open = (hidden) => send.setAttribute("aria-expanded", !hidden);
  open(true);
  const way = (textContent, href) => ways.append(make("a", { textContent, href: href + says }), " ");
  // Programs of phones.
  if (matchMedia("(any-pointer: coarse)").matches) {
    way(text, "sms:?&body=");
    way("WhatsApp", "whatsapp://send?text=");
  }
  way(email, `mailto:?subject=${encodeURIComponent(subject)}&body=`);
  ways.append(make("span", { textContent: names }));
  place.append(ways);
})();
