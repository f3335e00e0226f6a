// How an open page arrived: its layout shift so far, and which files its first screen needed beside the page itself.
async () => {
  let shift = 0;
  const watch = new PerformanceObserver((list) => list.getEntries().forEach((one) => (shift += one.value)));
  watch.observe({ type: "layout-shift", buffered: true });
  // What was laid out last is counted two frames later.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));

  const sheets = [...document.querySelectorAll("link[rel~=stylesheet]")].filter((link) => matchMedia(link.media || "all").matches);
  const scripts = [...document.scripts].filter((script) => script.src && !script.async);
  const pictures = [...document.images].filter((image) => {
    const box = image.getBoundingClientRect();
    return box.top + scrollY < innerHeight && box.height > 0 && image.checkVisibility({ visibilityProperty: true });
  });
  const named = new Set([...sheets.map((link) => link.href), ...[...scripts].map((one) => one.src), ...pictures.map((one) => one.currentSrc)]);
  const needed = performance
    .getEntriesByType("resource")
    .filter((entry) => named.has(entry.name) || entry.initiatorType === "css")
    .map((entry) => entry.name);
  return { shift, needed: [...new Set(needed)] };
}
