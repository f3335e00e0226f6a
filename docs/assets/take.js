// "For my visit": what is checked, chosen and asked on a page, on one half page that prints. In memory alone: only a press on one
// of its links takes it to another page, in the name of this tab, which that page empties at once.
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("page-words").textContent);
  const { pages } = words;
  const MARK = "for my visit ";
  const make = (name, attributes, ...children) => {
    const node = Object.assign(document.createElement(name), attributes);
    node.append(...children);
    return node;
  };
  const button = (text, press) => {
    const node = make("button", { type: "button" }, text);
    node.addEventListener("click", press);
    return node;
  };

  let carried = {};
  try {
    if (window.name.startsWith(MARK)) carried = JSON.parse(window.name.slice(MARK.length)) || {};
  } catch {
    // Somebody else named the tab.
  }
  if (window.name.startsWith(MARK)) window.name = "";

  for (let list of document.querySelectorAll("#what-to-ask, #questions-to-ask, #questions-to-take")) {
    while (!list.matches("ol, ul")) list = list.nextElementSibling;
    list.classList.add("asks");
    for (const item of list.children) item.append(make("label", {}, make("input", { type: "checkbox", autocomplete: "off" }), ...item.childNodes));
  }

  const sheet = make("section", { className: "take" });
  const body = make("div", {});
  const checked = (selector) => [...document.querySelectorAll(`${selector} :checked`)];
  const labels = (selector) => checked(selector).map((box) => box.labels[0].textContent);
  let all;
  const show = () => {
    all = {
      stop: labels(".checklist-stop"),
      tell: labels(".checklist-tell"),
      values: checked(".scale").map((radio) => `${radio.closest("fieldset").textContent.split(":")[0]}: ${radio.value}`),
      ask: labels(".asks"),
    };
    body.textContent = "";
    for (const kind in all) {
      all[kind] = [...new Set([].concat(carried[kind] || [], all[kind]))].slice(0, 40).map((line) => String(line).trim().slice(0, 300));
      if (all[kind].length) body.append(make("p", {}, make("strong", {}, words[`take_${kind}`])), make("ul", {}, ...all[kind].map((line) => make("li", {}, line))));
    }
    sheet.hidden = !body.firstChild;
  };

  const root = document.documentElement.classList;
  const print = button(words.take_print, () => {
    root.add("take-only");
    window.print();
  });
  addEventListener("afterprint", () => root.remove("take-only"));
  const clear = button(words.take_clear, () => {
    carried = {};
    for (const box of checked(":is(.checklist, .scale, .asks)")) {
      box.checked = false;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
    show();
  });
  const more = make("p", { className: "screen-only" }, words.take_more);
  for (const [title, href] of pages) {
    const link = make("a", { href }, title);
    link.addEventListener("click", () => (window.name = MARK + JSON.stringify(all)));
    more.append(" ", link);
  }
  sheet.append(make("h2", {}, words.take_title), body, make("p", { className: "screen-only" }, print, " ", clear), more);
  [...document.querySelectorAll(".page > :is(.checklist, .scale, .asks)")].pop().after(sheet);
  document.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
})();
