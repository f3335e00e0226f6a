// "What matters to you?": sliders in place of the paper scale, and what they say. Nothing is stored and nothing is sent.
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("page-words").textContent);
  const scale = document.querySelector(".scale");
  const items = [...scale.querySelectorAll("li")];
  const result = document.createElement("p");
  result.setAttribute("role", "status");
  result.className = "scale-result";

  const sliders = items.map((item, index) => {
    const text = item.textContent.replace(/\s+/g, " ").trim();
    // The paper scale ("Not at all 0 1 2 3 4 5 Very much") stands at the end of each line.
    const statement = text.split(words.scale_from)[0].trim();
    const label = document.createElement("label");
    label.htmlFor = `scale-${index}`;
    label.textContent = statement;
    const slider = document.createElement("input");
    slider.type = "range";
    slider.id = label.htmlFor;
    slider.min = 0;
    slider.max = 5;
    slider.step = 1;
    slider.value = 0;
    slider.autocomplete = "off"; // one reader's choice is not the next one's
    const output = document.createElement("output");
    output.htmlFor = slider.id;
    const paper = document.createElement("span");
    paper.className = "print-scale";
    paper.textContent = text.slice(statement.length).trim();
    item.textContent = "";
    item.append(label, slider, output, paper);
    return { slider, output, statement, paper, toCircle: paper.textContent };
  });

  const show = () => {
    for (const { slider, output, paper, toCircle } of sliders) {
      const value = words.scale_value.replace("{value}", slider.value);
      output.textContent = `${value} ${words.scale_ends}`;
      paper.textContent = Number(slider.value) ? words.scale_chosen.replace("{value}", slider.value) : toCircle;
      slider.setAttribute("aria-valuetext", value);
    }
    const most = Math.max(...sliders.map(({ slider }) => Number(slider.value)));
    const first = sliders.filter(({ slider }) => most > 0 && Number(slider.value) === most).map(({ statement }) => statement);
    result.textContent = first.length ? `${words.scale_first} ${first.join(" ")}` : words.scale_none;
    result.classList.toggle("screen-only", first.length === 0);
  };
  scale.append(result);
  scale.addEventListener("input", show);
  window.addEventListener("pageshow", show);
  show();
})();
