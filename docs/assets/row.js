// The quiet row at the end of a page: larger type, the page read aloud, the page sent on. Nothing is stored; what is sent is
// sent by the reader's own program. What a browser cannot do is not shown.
"use strict";
(() => {
  const place = document.querySelector(".to-top");
  const words = place.dataset;
  const root = document.documentElement;
  const make = (name, text, attributes) => Object.assign(document.createElement(name), { textContent: text }, attributes);
  const add = (text, press) => {
    const button = make("button", text, { type: "button" });
    button.addEventListener("click", () => press(button));
    place.lastElementChild.before(button, " ");
    return button;
  };
  const name = (button, sign, text) => {
    button.textContent = sign;
    button.ariaLabel = `${sign} ${text}`;
  };

  name(add("", (button) => (root.classList.toggle("large") ? name(button, "A", words.usual) : name(button, "A+", words.larger))), "A+", words.larger);

  const speech = window.speechSynthesis;
  if (speech) {
    const voice = () => speech.getVoices().find((one) => one.localService && one.lang.slice(0, 2) === root.lang.slice(0, 2));
    let parts, now, at = 0;
    const quiet = () => {
      now = null;
      speech.cancel();
    };
    const read = () => {
      if (at === parts.length) {
        at = 0;
        now = null;
        button.textContent = words.listen;
        return;
      }
      const part = new SpeechSynthesisUtterance(parts[at]);
      part.voice = voice();
      part.lang = part.voice.lang;
      part.onend = () => {
        if (now !== part) return;
        at += 1;
        read();
      };
      now = part;
      speech.speak(part);
    };
    // Browsers differ in what their own pause does; this one starts again with the paragraph that was cut.
    const button = add(words.listen, () => {
      button.textContent = now ? words.goOn : words.pause;
      if (now) return quiet();
      parts = [];
      let last;
      for (const node of document.querySelectorAll(".page :is(h1, h2, h3, h4, p, li, td, figcaption)")) {
        if (last?.contains(node) || !node.checkVisibility() || node.closest(".cites, .sources, .review, .crumbs, .to-top, .on-this-page, form")) continue;
        last = node;
        const copy = node.cloneNode(true);
        copy.querySelectorAll(".cites, svg").forEach((each) => each.remove());
        const text = copy.textContent.trim();
        if (text) parts.push(text);
      }
      read();
    });
    const look = () => (button.hidden = !voice());
    speech.onvoiceschanged = look;
    look();
    window.addEventListener("pagehide", quiet);
  }

  const address = document.querySelector("link[rel=canonical]").href;
  const says = encodeURIComponent(`${words.says} ${address}`);
  const links = make("span", "", { className: "send", hidden: true });
  const send = add(words.send, () => send.setAttribute("aria-expanded", !(links.hidden = !links.hidden)));
  send.setAttribute("aria-expanded", false);
  const ways = [[words.email, `mailto:?subject=${encodeURIComponent(words.subject)}&body=${says}`]];
  // These two programs are on phones.
  if (matchMedia("(any-pointer: coarse)").matches) ways.unshift([words.text, `sms:?&body=${says}`], ["WhatsApp", `whatsapp://send?text=${says}`]);
  for (const [text, href] of ways) links.append(make("a", text, { href }), " ");
  links.append(words.names || "");
  place.append(links);
})();
