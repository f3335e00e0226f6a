// The handout maker: puts a clinic's details on a handout, in this browser only. Details stand after the # of the address
// or, if the reader asks for it, in this browser's storage. Nothing is sent: the page's policy forbids every connection.
"use strict";
(() => {
  const KEY = "handout-maker";
  const HOP = "handout-maker-hop"; // what goes along to another handout's page, taken out of storage as that page opens
  const FIELDS = ["name", "department", "phone", "hours", "address"];
  const CHOICES = ["paper", "size"];
  const form = document.getElementById("maker");
  const status = document.getElementById("maker-status");
  const warning = document.getElementById("maker-from-link");
  const sheet = document.querySelector(".maker-sheet");
  const picture = sheet.querySelector("[data-clinic-logo]");
  const say = form.dataset;
  const limits = JSON.parse(form.dataset.limits); // scripts/handouts/paper.py

  const read = (name) => sheet.querySelector(`[data-clinic="${name}"]`)?.textContent ?? "";
  // A clinic's own build has its details on the sheet already: they are the starting point, and what "Forget" leads back to.
  const built = { ...Object.fromEntries(FIELDS.map((name) => [name, read(name)])), logo: picture.hidden ? "" : picture.getAttribute("src") };
  let logo = built.logo;

  // A screen reader speaks the status each time that it is written, so the same words are not written twice.
  const tell = (text) => { if (status.textContent !== text) status.textContent = text; };

  // Storage may be switched off; then reading gives nothing, and writing and removing say that they could not.
  const tried = (action) => { try { action(); return true; } catch { return false; } };
  const readStore = (open, key) => {
    try {
      // Whatever stands there: only texts and ticks are taken, so that no stored value stops this page for good.
      const found = Object.entries(JSON.parse(open().getItem(key)) ?? {});
      return Object.fromEntries(found.filter(([, value]) => typeof value === "string" || value === true));
    } catch { return {}; }
  };
  const keep = () => tried(() => localStorage.setItem(KEY, JSON.stringify({ ...details(), logo: ownLogo() })));
  const forget = () => tried(() => localStorage.removeItem(KEY));
  const takeAlong = () => {
    const found = readStore(() => sessionStorage, HOP);
    tried(() => sessionStorage.removeItem(HOP));
    return found;
  };

  const fromAddress = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const details = () => Object.fromEntries(
    [...CHOICES, ...FIELDS].map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value),
  );
  const isPicture = (value) => typeof value === "string" && value.startsWith("data:image/png;");
  const ownLogo = () => (isPicture(logo) ? logo : "");

  // Paper and type. The sheet is measured at its printed size; type steps down to the floor, never below it.
  const PIXELS = 96 / 25.4; // in a millimetre
  const SPARE = 2; // millimetres: paper and screen may differ by a hair
  const height = (element) => element?.getBoundingClientRect().height ?? 0;

  // What stays on one side: whole sections, and in those that may go on over the page, items with what they are kept with.
  const pieces = () => {
    const found = [];
    for (const child of sheet.children) {
      if (!height(child)) continue;
      const { top, bottom } = child.getBoundingClientRect();
      const style = getComputedStyle(child);
      const kept = (element) => getComputedStyle(element).breakAfter.startsWith("avoid");
      const items = style.breakInside === "auto" ? [...child.querySelectorAll("li, tr")] : [];
      if (items.length < 2) {
        found.push({ top, bottom, kept: kept(child), again: 0, end: 0 });
        continue;
      }
      // A box that goes on has its border on both sides of the gap; a table has its head again.
      const again = parseFloat(style.paddingTop) + parseFloat(style.borderTopWidth) + height(child.querySelector("thead"));
      const end = parseFloat(style.paddingBottom) + parseFloat(style.borderBottomWidth);
      items.forEach((item, index) => {
        const place = item.getBoundingClientRect();
        const last = index === items.length - 1;
        found.push({
          top: index ? place.top : top,
          bottom: last ? bottom : place.bottom,
          kept: last ? kept(child) : kept(item) || Boolean(item.closest("thead")),
          again: index ? again : 0,
          end: last ? 0 : end,
        });
      });
    }
    return found;
  };

  const sidesOf = (room) => {
    let sides = 1;
    let from = null; // where the present side starts
    let begun = null; // the first of the pieces that are kept together
    for (const piece of pieces()) {
      begun ??= piece;
      from ??= piece.top;
      if (piece.kept) continue;
      if (piece.bottom + piece.end - from > room) {
        sides += 1;
        from = begun.top - begun.again;
      }
      while (piece.bottom + piece.end - from > room) {
        sides += 1;
        from += room;
      }
      begun = null;
    }
    return sides;
  };

  const fit = (paper, size) => {
    const { points, small, sides, foot } = limits.sizes[size];
    const { top, side } = limits.margins;
    const { width, height: length } = limits.papers[paper];
    sheet.style.setProperty("width", `${width - 2 * side}mm`);
    sheet.style.setProperty("--small", `${small}pt`);
    for (const point of points) {
      sheet.style.setProperty("--body", `${point}pt`);
      const needed = sidesOf((length - top - foot - SPARE) * PIXELS);
      if (needed <= sides) return { points: point, sides: needed };
    }
    return null;
  };

  let fits = ""; // what was last said about the paper
  const draw = () => {
    const chosen = details();
    const { paper, size } = chosen;
    document.getElementById("page-letter").disabled = paper !== "letter";
    document.getElementById("page-a4").disabled = paper !== "a4";
    sheet.classList.toggle("large", size === "large");
    for (const field of FIELDS) {
      for (const place of sheet.querySelectorAll(`[data-clinic="${field}"]`)) place.textContent = chosen[field] ?? "";
    }
    picture.hidden = !logo;
    picture.alt = !logo ? "" : chosen.name ? say.logo.replace("{name}", () => chosen.name) : say.logoUnnamed;
    if (logo && picture.getAttribute("src") !== logo) picture.src = logo;
    const found = fit(paper, size);
    const words = !found ? say.tooLong : found.sides === 1 ? say.fitsOne : say.fits;
    fits = words.replace("{points}", found?.points).replace("{sides}", found?.sides);
    tell(fits);
    document.getElementById("maker-print").disabled = !found;
  };

  // Only what the reader does here is kept: opening a page or a link keeps nothing.
  const changed = () => {
    draw();
    if (!form.elements.remember.checked || keep()) return;
    form.elements.remember.checked = false;
    tell(say.notKept);
  };

  // The picture is drawn anew in the browser: small, without hidden data, and no script can hide in it.
  const readLogo = async (file) => {
    if (!file) return;
    try {
      const drawn = await createImageBitmap(file);
      const scale = Math.min(1, 600 / drawn.width, 200 / drawn.height);
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(drawn.width * scale));
      canvas.height = Math.max(1, Math.round(drawn.height * scale));
      canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
      logo = canvas.toDataURL("image/png");
      changed();
    } catch {
      tell(say.badLogo);
    }
  };

  const fill = (given, choices) => {
    for (const name of FIELDS) form.elements[name].value = String(given[name] ?? "").slice(0, form.elements[name].maxLength);
    for (const name of CHOICES) {
      form.elements[name].value = choices[name] ?? "";
      if (!form.elements[name].value) form.elements[name].selectedIndex = 0;
    }
    logo = isPicture(given.logo) || (given.logo && given.logo === built.logo) ? given.logo : "";
  };

  const holds = (given) => FIELDS.some((name) => given[name]) || Boolean(given.logo);

  const start = () => {
    const kept = readStore(() => localStorage, KEY);
    const along = takeAlong();
    const sent = fromAddress();
    // One clinic's details, whole, are never mixed with another's: a link's, or those that came along, or those kept here,
    // or those of this build.
    const linked = FIELDS.some((name) => sent[name]);
    // Whoever writes a link can write a clinic's name beside a phone of their own. So this build's logo stands beside this
    // build's details alone, and what else a link brings is called so, on each page that it goes along to.
    const own = FIELDS.every((name) => (sent[name] ?? "").trim() === built[name].trim());
    if (linked) fill(own ? built : { ...sent, logo: "" }, { ...kept, ...sent });
    else if (along.handout) fill(along, along);
    else fill(holds(kept) ? kept : built, { ...kept, ...sent });
    form.elements.remember.checked = !linked && (along.handout ? along.remember === true : Object.keys(kept).length > 0);
    form.hidden = false;
    warning.hidden = !(linked ? !own : along.handout && along.linked);
    draw();
    if (sent.logo) tell(say.logoAgain);
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  // Another handout is another page, which takes the place of this one: "Back" does not lead to details that are forgotten.
  form.elements.handout.addEventListener("change", () => {
    const handout = form.elements.handout.value;
    // On a disk the file itself is named.
    const next = new URL(`../${handout}/${location.pathname.endsWith("/index.html") ? "index.html" : ""}`, location.href);
    const along = { ...details(), logo, handout, remember: form.elements.remember.checked, linked: !warning.hidden };
    next.hash = "";
    if (!tried(() => sessionStorage.setItem(HOP, JSON.stringify(along)))) {
      next.hash = new URLSearchParams({ ...details(), ...(ownLogo() ? { logo: "again" } : {}) });
    }
    location.replace(next);
  });
  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || event.target.name === "handout") return;
    if (event.target.name === "remember" && !event.target.checked) forget();
    changed();
  });
  // Only now is the picture's size known. What was said of something else stays, unless the sheet no longer fits.
  picture.addEventListener("load", () => {
    const [said, before] = [status.textContent, fits];
    draw();
    if (said !== before && !document.getElementById("maker-print").disabled) tell(said);
  });
  form.elements.logo.addEventListener("change", () => readLogo(form.elements.logo.files[0]));
  document.getElementById("maker-print").addEventListener("click", () => window.print());
  document.getElementById("maker-link").addEventListener("click", () => {
    history.replaceState(null, "", "#" + new URLSearchParams(details()));
    tell(say.linked);
  });
  document.getElementById("maker-forget").addEventListener("click", () => {
    const gone = forget();
    tried(() => sessionStorage.removeItem(HOP));
    form.reset();
    fill(built, {});
    warning.hidden = true;
    draw();
    tell(gone ? say.forgotten : say.forgottenHere);
    // The address without what stands after #; in the place of this page, so that "Back" does not bring it back.
    if (location.hash) history.replaceState(null, "", location.pathname);
  });
  window.addEventListener("hashchange", start);
  document.fonts.ready.then(start);
})();
