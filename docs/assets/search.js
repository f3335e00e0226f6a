// The search page: finds pages by words, forgiving misspellings. The index is part of the site; nothing is sent anywhere.
"use strict";
(() => {
  const form = document.querySelector(".find--page");
  const field = document.getElementById("find-here");
  const status = document.getElementById("find-status");
  const list = document.getElementById("find-results");
  const MOST = 10; // results: who needs more types another word
  // Words that stand in most questions and say nothing about the page that answers them.
  const empty = new Set(self.searchIndex.stopWords);
  const topic = new Set(self.searchIndex.topicWords);
  const engine = new MiniSearch({
    idField: "url",
    fields: ["aliases", "title", "headings", "description", "words"],
    storeFields: ["title", "description", "aliases"],
    processTerm: (term) => {
      const plain = term.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/^(.{3,})'s$/, "$1");
      return empty.has(plain) ? null : plain;
    },
    searchOptions: {
      boost: { aliases: 6, title: 5, headings: 2.5, description: 1.5 },
      // A misspelt word may differ by about a quarter of its letters; short words must match.
      fuzzy: (term) => (term.length > 4 ? 0.25 : false),
      prefix: (term) => term.length > 2,
      // Every page is about the site's own topic: next to another word, its name says little.
      boostTerm: (term, _, terms) => (terms.length > 1 && topic.has(term) ? 0.1 : 1),
    },
  });
  engine.addAll(self.searchIndex.pages);

  // A page that has the very words as its title or as a synonym comes first.
  const plainly = (words) => words.trim().toLowerCase().replace(/[?.!]+$/, "");
  const search = (query) => {
    const typed = plainly(query);
    const same = (page) => [page.title, ...page.aliases.split(" ; ")].some((words) => plainly(words) === typed);
    const found = engine.search(query);
    return [...found.filter(same), ...found.filter((page) => !same(page))];
  };

  const show = (query) => {
    const all = query.trim() ? search(query) : [];
    const found = all.slice(0, MOST);
    list.textContent = "";
    list.append(...found.map((page) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = new URL(page.id, new URL(list.dataset.base, location.href)).href;
      link.textContent = page.title;
      const text = document.createElement("p");
      text.textContent = page.description;
      item.append(link, text);
      return item;
    }));
    const { none, one, many } = status.dataset;
    status.textContent = !query.trim() ? "" : found.length === 0 ? none : found.length === 1 ? one : many.replace("{count}", all.length > MOST ? `${MOST}+` : all.length);
  };

  // The words stand after the # of the address, which no server sees.
  const start = () => {
    field.value = new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
    show(field.value);
  };
  start();
  // Whoever comes from the "Search" button can type at once; whoever comes with words wants to read.
  if (!field.value) field.focus({ preventScroll: true });
  window.addEventListener("hashchange", start);
  field.addEventListener("input", () => show(field.value));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", "#" + new URLSearchParams({ q: field.value }));
    show(field.value);
    status.scrollIntoView({ block: "nearest" });
  });
})();
