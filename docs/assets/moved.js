// An address that moved: takes the #id of the old address along. Without scripts, readers land at the top of the new page.
"use strict";
(() => {
  const link = document.querySelector("main a");
  if (location.hash && !link.hash) location.replace(link.href + location.hash);
})();
