// The handout maker: puts a clinic's details on a handout, in this browser only. Details stand after the # of the address
// or, if the reader asks for it, in this browser's storage. Nothing is sent: the page's policy forbids every connection.
"use strict";
(() => {
  const KEY = "handout-maker";
  const FIELDS = ["name", "department", "phone", "hours"];
  const CHOICES = ["paper", "size"];
  const LONGEST = 80;
  const form = document.getElementById("maker");
  const status = document.getElementById("maker-status");
  const sheet = document.querySelector(".maker-sheet");
  const say = form.dataset;
  let logo = "";

  const stored = () => {
    try { return JSON.parse(localStorage.getItem(KEY)) ?? {}; } catch { return {}; }
  };
  const fromAddress = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const details = () => Object.fromEntries(
    [...CHOICES, ...FIELDS].map((name) => [name, form.elements[name].value.trim().slice(0, LONGEST)]).filter(([, value]) => value),
  );

  // Paper and type. The sheet is measured at its printed size; type steps down to the floor, never below it.
  const LIMITS = { standard: { points: [14, 13.5, 13, 12.5, 12], small: 12, sides: 2 }, large: { points: [18, 17, 16], small: 16, sides: 4 } };
  const PAPER = { letter: { width: 215.9, height: 279.4 }, a4: { width: 210, height: 297 } };
  const MARGIN = { side: 15, top: 12, foot: 15 };
  // A page break can leave a gap at the foot, because boxes are not split; this share of each side stays in reserve.
  const RESERVE = 0.06;

  const fit = (paper, size) => {
    const { points, small, sides } = LIMITS[size];
    const { width, height } = PAPER[paper];
    sheet.style.setProperty("width", `${width - 2 * MARGIN.side}mm`);
    sheet.style.setProperty("--small", `${small}pt`);
    const room = sides * (height - MARGIN.top - MARGIN.foot) * (1 - RESERVE) * (96 / 25.4);
    const style = getComputedStyle(sheet);
    const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    for (const point of points) {
      sheet.style.setProperty("--body", `${point}pt`);
      if (sheet.scrollHeight - padding <= room) return point;
    }
    return 0;
  };

  const draw = () => {
    const chosen = details();
    const paper = chosen.paper ?? "letter";
    const size = chosen.size ?? "standard";
    document.getElementById("page-letter").disabled = paper !== "letter";
    document.getElementById("page-a4").disabled = paper !== "a4";
    sheet.classList.toggle("large", size === "large");
    for (const field of FIELDS) {
      for (const place of sheet.querySelectorAll(`[data-clinic="${field}"]`)) place.textContent = chosen[field] ?? "";
    }
    const picture = sheet.querySelector("[data-clinic-logo]");
    if (picture) {
      picture.hidden = !logo;
      picture.alt = logo ? say.logo.replace("{name}", chosen.name ?? "") : "";
      if (logo) picture.src = logo;
    }
    const points = fit(paper, size);
    status.textContent = points ? say.fits.replace("{points}", points) : say.tooLong;
    document.getElementById("maker-print").disabled = !points;
    if (form.elements.remember.checked) localStorage.setItem(KEY, JSON.stringify({ ...chosen, logo }));
  };

  // The picture is drawn anew in the browser: small, without hidden data, and no script can hide in it.
  const readLogo = async (file) => {
    if (!file) return;
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, 600 / picture.width, 200 / picture.height);
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      logo = canvas.toDataURL("image/png");
      draw();
    } catch {
      status.textContent = say.badLogo;
    }
  };

  const start = () => {
    const kept = stored();
    const given = { ...kept, ...fromAddress() };
    for (const name of [...CHOICES, ...FIELDS]) if (given[name]) form.elements[name].value = given[name].slice(0, LONGEST);
    for (const name of CHOICES) if (!form.elements[name].value) form.elements[name].selectedIndex = 0;
    // A clinic's own build has its details on the sheet already; they are the starting point.
    for (const name of FIELDS) {
      const built = sheet.querySelector(`[data-clinic="${name}"]`)?.textContent;
      if (built && !given[name]) form.elements[name].value = built;
    }
    if (typeof kept.logo === "string" && kept.logo.startsWith("data:image/png;")) logo = kept.logo;
    form.elements.remember.checked = Object.keys(kept).length > 0;
    form.hidden = false;
    draw();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  // Another handout is another page; the details travel after the #.
  form.elements.handout.addEventListener("change", () => {
    location.href = new URL(`../${form.elements.handout.value}/#${new URLSearchParams(details())}`, location.href).href;
  });
  form.addEventListener("input", (event) => {
    if (event.target.name === "remember" && !event.target.checked) localStorage.removeItem(KEY);
    if (event.target.type !== "file" && event.target.name !== "handout") draw();
  });
  form.elements.logo.addEventListener("change", () => readLogo(form.elements.logo.files[0]));
  document.getElementById("maker-print").addEventListener("click", () => window.print());
  document.getElementById("maker-link").addEventListener("click", () => {
    history.replaceState(null, "", "#" + new URLSearchParams(details()));
    status.textContent = say.linked;
  });
  document.getElementById("maker-forget").addEventListener("click", () => {
    localStorage.removeItem(KEY);
    logo = "";
    form.reset();
    history.replaceState(null, "", location.pathname);
    draw();
    status.textContent = say.forgotten;
  });
  window.addEventListener("hashchange", start);
  document.fonts.ready.then(start);
})();
