// Uses every tool of an open page once, as somebody does who answers and presses what it offers: folds, checks, choices, fields.
() => {
  const all = (selector) => [...document.querySelectorAll(`main ${selector}`)];
  const tell = (field) => ["input", "change"].forEach((kind) => field.dispatchEvent(new Event(kind, { bubbles: true })));
  for (const fold of all("details")) fold.open = true;
  for (const box of all("input[type=checkbox]")) if (!box.checked) box.click();
  for (const group of all("fieldset")) [...group.querySelectorAll("input")].at(-1).click();
  for (const button of all("button[aria-expanded=false]")) button.click();
  for (const field of all("input[type=text]")) {
    field.value = "Riverside Hand Clinic";
    tell(field);
  }
  // Not the maker's own list of handouts: it leads to another page.
  for (const list of all("select:not([name=handout])")) {
    list.selectedIndex = list.options.length - 1;
    tell(list);
  }
  for (const button of all(".picked button:first-of-type, #maker-link")) button.click();
}
