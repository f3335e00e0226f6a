// "What matters to you?": a choice of three in place of the numbers for paper. Says back what matters most, and marks the choices
// that those lines link to. Nothing is stored or sent.
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("page-words").textContent);
  const make = (name, attributes, ...children) => {
    const node = Object.assign(document.createElement(name), attributes);
    node.append(...children);
    return node;
  };
  const scale = document.querySelector(".scale");
  const result = make("p", { className: "scale-result" });
  result.setAttribute("role", "status");

  // A link to the part that holds the choices stands for all of them but those that the line links to as well.
  const choices = (item) => {
    const found = [];
    for (const link of item.querySelectorAll("a")) {
      let place = document.querySelector(link.hash);
      if (place.matches("h3")) found.push(place);
      else while ((place = place.nextElementSibling) && !place.matches("h2")) if (place.matches("h3")) found.push(place);
    }
    return found.filter((place) => found.indexOf(place) === found.lastIndexOf(place));
  };

  // "… 1 little · 2 some · 3 a lot": numbers to circle, each with what it means.
  const lines = [...scale.querySelectorAll("li")].map((item, number) => {
    const places = choices(item);
    const [text, answers] = item.lastChild.data.split(/ (?=1 [^·]+· 2 )/);
    item.lastChild.data = text;
    const legend = make("legend", {}, ...item.childNodes);
    const row = make("div", { className: "scale__row" });
    const paper = make("span", { className: "print-scale" });
    const radios = answers.split(" · ").map((value) => {
      const radio = make("input", { type: "radio", name: `scale-${number}`, value, autocomplete: "off" });
      row.append(make("label", {}, radio, value));
      return radio;
    });
    item.append(make("fieldset", {}, legend, row, paper));
    return { says: legend.textContent.split(":")[0], places, radios, paper, answers };
  });

  const show = () => {
    document.querySelectorAll(".scale-mark").forEach((mark) => mark.remove());
    for (const line of lines) {
      line.value = line.radios.findIndex((radio) => radio.checked);
      line.paper.textContent = line.value < 0 ? line.answers : words.scale_chosen.replace("{value}", line.radios[line.value].value);
    }
    // What matters little marks nothing.
    const most = Math.max(1, ...lines.map(({ value }) => value));
    const first = lines.filter(({ value }) => value === most);
    const marked = new Set(first.flatMap(({ places }) => places));
    const said = (some) => some.map(({ says }) => says).join("; ");
    result.textContent = first.length ? `${words.scale_first} ${said(first)}. ${words.scale_marked}` : words.scale_none;
    for (const place of marked) {
      place.after(make("p", { className: "scale-mark" }, `${words.scale_fits} ${said(first.filter(({ places }) => places.includes(place)))}`));
      result.append(" ", make("a", { href: `#${place.id}` }, place.textContent));
    }
    result.classList.toggle("screen-only", !first.length);
  };
  scale.append(result);
  scale.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
})();
