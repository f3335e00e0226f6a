// Adds a button that prints the page. Without scripts the browser's own print command does the same.
"use strict";
(() => {
  const place = document.querySelector(".to-top");
  if (!place) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "print-button";
  button.textContent = place.dataset.print;
  button.addEventListener("click", () => window.print());
  place.prepend(button, " ");
})();
