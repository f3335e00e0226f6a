// How long an open page is before its apparatus (the first of what the selector finds), and as a whole, in px.
async ([fonts, apparatus]) => {
  const faces = await Promise.all([400, 700].map((weight) => new FontFace("Measured", `url(${fonts}${weight}.ttf)`, { weight }).load()));
  faces.forEach((face) => document.fonts.add(face));
  // A sheet made here and not a <style>, which the page's own policy would forbid.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("body { --md-text-font-family: Measured !important; font-family: Measured !important; }");
  document.adoptedStyleSheets.push(sheet);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const tops = [...document.querySelectorAll(apparatus)]
    .filter((node) => node.checkVisibility())
    .map((node) => node.getBoundingClientRect().top + scrollY);
  if (!tops.length) throw new Error(`no apparatus on this page: ${apparatus}`);
  return { before: Math.min(...tops), height: document.documentElement.scrollHeight };
}
