// "What matters to you?": a choice of three in place of each line's numbers for paper. What is chosen is said back, and the
// choices of step 1 that a line links to are marked. Nothing is stored and nothing is sent.
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

  // The choices that a line's links lead to. A link to the part they stand in means all of them but those that have one, too.
  const choices = (item) => {
    const found = [...item.querySelectorAll("a")].flatMap((link) => {
      const place = document.querySelector(link.hash);
      if (place.matches("h3")) return place;
      const inside = [];
      for (let next = place; (next = next.nextElementSibling) && !next.matches("h2"); ) if (next.matches("h3")) inside.push(next);
      return inside;
    });
    return found.filter((place) => found.indexOf(place) === found.lastIndexOf(place));
  };

  // A line ends in its numbers, each with what it means: "… 1 little · 2 some · 3 a lot".
  const lines = [...scale.querySelectorAll("li")].map((item, number) => {
    const at = item.lastChild.data.lastIndexOf(" 1 ");
    const answers = item.lastChild.data.slice(at).trim();
    const places = choices(item);
    item.lastChild.data = item.lastChild.data.slice(0, at);
    const legend = make("legend", {}, ...item.childNodes);
    const row = make("div", { className: "scale__row" });
    const paper = make("span", { className: "print-scale" });
    const radios = answers.split(" · ").map((answer) => {
      // One reader's choice is not the next one's: no browser shall bring it back.
      const radio = make("input", { type: "radio", name: `scale-${number}`, value: answer, autocomplete: "off" });
      row.append(make("label", {}, radio, " ", answer));
      return radio;
    });
    item.append(make("fieldset", {}, legend, row, paper));
    return { says: legend.textContent.split(":")[0], places, radios, paper, answers };
  });

  const show = () => {
    document.querySelectorAll(".scale-mark").forEach((mark) => mark.remove());
    const marked = new Set();
    let most = 1;
    for (const line of lines) {
      line.value = 1 + line.radios.findIndex((radio) => radio.checked);
      const answer = line.value && line.radios[line.value - 1].value;
      line.paper.textContent = answer ? words.scale_chosen.replace("{value}", answer) : line.answers;
      most = Math.max(most, line.value);
    }
    // The highest lines alone: what matters little to somebody marks nothing.
    const first = most > 1 ? lines.filter((line) => line.value === most) : [];
    for (const { says, places } of first) {
      for (const place of places) {
        if (!marked.has(place)) place.after(make("p", { className: "scale-mark" }, words.scale_fits));
        place.nextSibling.append(marked.has(place) ? "; " : " ", says);
        marked.add(place);
      }
    }
    result.textContent = first.length ? `${words.scale_first} ${first.map(({ says }) => says).join("; ")}. ${words.scale_marked} ` : words.scale_none;
    [...marked].forEach((place, index) => result.append(index ? " · " : "", make("a", { href: `#${place.id}` }, place.textContent)));
    result.classList.toggle("screen-only", !first.length);
  };
  scale.append(result);
  scale.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
})();
