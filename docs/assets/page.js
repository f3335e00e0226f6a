// What every page gets on top: a menu that closes, and a search that starts here. Without scripts a second press on "Menu", the
// search page’s lists and the browser’s own commands do the same.
"use strict";
(() => {
  // What is typed goes to the search page after the #, which no server sees.
  document.querySelector(".top .find").addEventListener("submit", (event) => {
    event.preventDefault();
    location.href = `${event.target.action}#${new URLSearchParams({ q: event.target.querySelector("input").value })}`;
  });

  // Whoever's browser asks for another language sees the way to it marked, and hears what it is. Nothing is stored, nobody is
  // moved, and nothing on the page moves either.
  const twin = document.querySelector(`.top [data-offer][hreflang="${navigator.language.slice(0, 2)}"]`);
  if (twin) {
    twin.title = twin.ariaLabel = twin.dataset.offer;
    twin.classList.add("offered");
  }

  // A page whose evidence should have been gone through again by now says so; the reader's own clock tells.
  const due = document.querySelector("[data-due]");
  if (due) due.hidden = Date.now() < Date.parse(due.dataset.due) + 864e5; // from the day after

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
