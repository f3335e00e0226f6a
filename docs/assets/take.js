// "For my visit": what is checked, chosen and asked on a page, on one half page that prints. It stands in memory alone. One of its
// links takes it along to another page in the name of this tab, which that page empties at once.
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("page-words").textContent);
  const KINDS = ["stop", "tell", "values", "ask"];
  const MARK = "for my visit ";
  const make = (name, attributes, ...children) => {
    const node = Object.assign(document.createElement(name), attributes);
    node.append(...children);
    return node;
  };
  const said = (node) => node.textContent.replace(/\s+/g, " ").trim();

  // The page before may have been anybody's: only short texts are taken from it, and never as HTML.
  let carried = {};
  if (window.name.startsWith(MARK)) {
    try {
      for (const [kind, lines] of Object.entries(JSON.parse(window.name.slice(MARK.length)))) {
        carried[kind] = lines.filter((line) => typeof line === "string" && line.length < 300).slice(0, 40);
      }
    } catch {
      carried = {};
    }
    window.name = "";
  }

  for (const heading of document.querySelectorAll("#what-to-ask, #questions-to-ask, #questions-to-take")) {
    let list = heading;
    while (!list.matches("ol, ul")) list = list.nextElementSibling;
    list.classList.add("asks");
    for (const item of list.children) item.append(make("label", {}, make("input", { type: "checkbox", autocomplete: "off" }), " ", ...item.childNodes));
  }

  const found = () => ({
    stop: [...document.querySelectorAll(".checklist-stop :checked")].map((box) => said(box.labels[0])),
    tell: [...document.querySelectorAll(".checklist-tell :checked")].map((box) => said(box.labels[0])),
    values: [...document.querySelectorAll(".scale :checked")].map((radio) => `${said(radio.closest("fieldset").firstChild).split(":")[0]}: ${radio.value}`),
    ask: [...document.querySelectorAll(".asks :checked")].map((box) => said(box.labels[0])),
  });
  const sheet = make("section", { className: "take", hidden: true });
  const body = make("div", {});
  const more = make("p", { className: "screen-only" }, words.take_more);
  const all = {};
  const show = () => {
    const here = found();
    body.textContent = "";
    sheet.hidden = true;
    for (const kind of KINDS) {
      all[kind] = [...new Set([...(carried[kind] || []), ...here[kind]])];
      if (!all[kind].length) continue;
      sheet.hidden = false;
      body.append(make("p", { className: `take__${kind}` }, words[`take_${kind}`]), make("ul", {}, ...all[kind].map((line) => make("li", {}, line))));
    }
  };
  for (const [title, href] of words.take_pages) {
    const link = make("a", { href }, title);
    link.addEventListener("click", () => (window.name = MARK + JSON.stringify(all)));
    more.append(" ", link);
  }

  const print = make("button", { type: "button" }, words.take_print);
  print.addEventListener("click", () => {
    document.documentElement.classList.add("take-only");
    window.print();
  });
  window.addEventListener("afterprint", () => document.documentElement.classList.remove("take-only"));
  const clear = make("button", { type: "button" }, words.take_clear);
  clear.addEventListener("click", () => {
    carried = {};
    for (const box of document.querySelectorAll("main :checked:not(option)")) {
      box.checked = false;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
    show();
  });
  sheet.append(make("h2", {}, words.take_title), body, make("p", { className: "screen-only" }, print, " ", clear), more);
  [...document.querySelectorAll(".page > :is(.checklist, .scale, .asks)")].pop().after(sheet);
  document.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
})();
