// "Tell us first": real check boxes, and what the checks mean. Nothing is stored and nothing is sent; a reload clears it.
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
      // Some browsers put checks back after "Back": on a shared tablet those would be another person's.
      box.autocomplete = "off";
      const label = document.createElement("label");
      label.htmlFor = box.id;
      label.append(...item.childNodes);
      // A link inside a label would tick the box: citations go behind it.
      const links = [...label.querySelectorAll("sup")];
      item.append(box, label, ...links);
    });
  });

  // The answer stands in the row that was just checked, where the eye is; with no check left, at the end.
  const show = (row) => {
    const stop = document.querySelectorAll(".checklist-stop :checked").length;
    const tell = document.querySelectorAll(".checklist-tell :checked").length;
    const here = row && stop + tell > 0;
    if (here) row.append(result);
    else if (stop + tell === 0) lists[lists.length - 1].after(result);
    result.textContent = stop ? (tell ? `${words.ticked_stop} ${words.ticked_both}` : words.ticked_stop) : tell ? words.ticked_tell : words.ticked_none;
    result.classList.toggle("checklist-result--stop", stop > 0);
    result.classList.toggle("screen-only", stop + tell === 0);
    // In large or wide type it may end below the screen: the page moves just so far that all of it is seen.
    if (here) result.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("change", (event) => event.target.closest(".checklist") && show(event.target.closest("li")));
  window.addEventListener("pageshow", () => show());
  show();
})();
