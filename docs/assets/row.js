// The quiet row at the end of a page: print, larger type and sending on. Nothing is stored, and the reader’s own
// programs send. What a browser cannot do is not shown.
"use strict";
(() => {
  const place = document.querySelector(".to-top");
  const [print, larger, , , , toSend, says, text, email, names] = place.dataset.row.split("|");
  const root = document.documentElement;
  const make = (name, attributes) => Object.assign(document.createElement(name), attributes);
  const add = (textContent, onclick) => {
    const button = make("button", { type: "button", textContent, onclick });
    place.append(button); // after the link, which stays where it is
    return button;
  };

  add(print, () => window.print()).className = "print-button";

  // From the page’s own size, which grows with the reader’s: on paper, too.
  const size = add("A+", () => {
    const large = root.style.fontSize;
    root.style.fontSize = large ? "" : `${parseFloat(getComputedStyle(root).fontSize) * 1.3}px`;
    size.textContent = large ? "A+" : "A";
    size.setAttribute("aria-pressed", !large);
    size.scrollIntoView({ block: "center" });
  });
  size.setAttribute("aria-label", `A+ ${larger}`);
  size.setAttribute("aria-pressed", false);

  const body = encodeURIComponent(`${says} ${(document.querySelector("link[rel=canonical]") ?? location).href}`);
  const ways = make("p", { className: "to-top" });
  const send = add(toSend, () => {
    if (ways.isConnected) ways.remove();
    else place.after(ways);
    send.setAttribute("aria-expanded", ways.isConnected);
  });
  send.setAttribute("aria-expanded", false);
  const way = (textContent, href) => ways.append(make("a", { textContent, href: href + body }));
  // Programs of phones.
  if (matchMedia("(any-pointer: coarse)").matches) {
    way(text, "sms:?&body=");
    way("WhatsApp", "whatsapp://send?text=");
  }
  way(email, `mailto:?subject=${encodeURIComponent(says)}&body=`);
  ways.append(names);
  place.dispatchEvent(new Event("ready"));
})();
