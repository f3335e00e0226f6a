// "Tell us first": real check boxes, and what the ticks mean. Nothing is stored and nothing is sent; a reload clears it.
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("page-words").textContent);
  const lists = [...document.querySelectorAll(".checklist")];
  const result = document.createElement("p");
  result.className = "checklist-result";
  result.setAttribute("role", "status");

  lists.forEach((list, number) => {
    list.classList.add("checklist--live");
    list.querySelectorAll(":scope > ul > li").forEach((item, index) => {
      const box = document.createElement("input");
      box.type = "checkbox";
      box.id = `tick-${number}-${index}`;
      const label = document.createElement("label");
      label.htmlFor = box.id;
      label.append(...item.childNodes);
      // A link inside a label would tick the box: citations go behind it.
      const links = [...label.querySelectorAll("sup")];
      item.append(box, label, ...links);
    });
  });
  lists.at(-1).after(result);

  const show = () => {
    const stop = document.querySelectorAll(".checklist-stop :checked").length;
    const tell = document.querySelectorAll(".checklist-tell :checked").length;
    result.textContent = stop ? words.ticked_stop : tell ? words.ticked_tell : words.ticked_none;
    result.classList.toggle("checklist-result--stop", stop > 0);
  };
  document.addEventListener("change", (event) => event.target.closest(".checklist") && show());
  show();
})();
