// What every page gets on top: a button that prints it, and a menu that closes. Without scripts the browser's own print
// command and a second press on "Menu" do the same.
"use strict";
(() => {
  const place = document.querySelector(".to-top");
  if (place) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "print-button";
    button.textContent = place.dataset.print;
    button.addEventListener("click", () => window.print());
    place.prepend(button, " ");
  }

  // The open menu lies over the page: it closes on Escape, and when the keyboard leaves it, so that it never hides what has
  // the focus (WCAG 2.4.11).
  const menu = document.querySelector(".menu");
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("focusin", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
})();
