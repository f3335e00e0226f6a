// Only in the copy for a disk: a link that a script made leads to the page of its folder, because a disk shows the folder's list.
"use strict";
(() => {
  const lead = ({ target }) => {
    const link = target instanceof Element && target.closest("a[href]");
    if (link && link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  };
  for (const kind of ["pointerdown", "focusin", "click"]) document.addEventListener(kind, lead, true);
})();
