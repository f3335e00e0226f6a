// Answers record systems: reads code, system, words and language from the address, and nothing else. Nothing is stored or sent.
"use strict";
(() => {
  const { systems, nested, codes, pages, words } = self.connectData;
  const asked = new URLSearchParams(`${location.search.slice(1)}&${location.hash.replace(/^#\??/, "")}`);
  const given = { c: [], cs: [], dn: [] };
  for (const [name, value] of asked) {
    const [, part, number] = name.match(/^mainSearchCriteria\.v\.(cs?|dn)(\d?)$/) ?? [];
    if (part) given[part][+number] ??= value.trim();
  }
  const here = document.documentElement.lang;
  const wanted = (asked.get("informationRecipient.languageCode.c") ?? "").slice(0, 2).toLowerCase();
  const language = Object.hasOwn(words, wanted) ? wanted : here;
  const phrases = words[language];

  // M77.11, then the groups around it: M77.1, M77.
  const [exact, near] = [new Set(), new Set()];
  given.c.forEach((code, at) => {
    const key = code.toUpperCase().replace(/[.\s]/g, "");
    if (!/^[A-Z0-9]{3,8}$/.test(key)) return;
    const named = given.cs[at] || given.cs[0];
    const system = named?.toLowerCase().replace(/[^a-z0-9.]/g, "");
    codes.forEach((table, number) => {
      if (named && !(Object.hasOwn(systems, system) && systems[system] === number)) return;
      for (let part = key; part.length > 2; part = part.slice(0, -1)) {
        for (const [known, found] of Object.entries(table)) {
          const fits = nested[number] ? known.startsWith(part) : known === key;
          if (fits) found.forEach((page) => (part === key ? exact : near).add(page));
        }
      }
    });
  });

  const answer = document.getElementById("connect-answer");
  const add = (parent, tag, properties) => parent.appendChild(Object.assign(document.createElement(tag), properties));
  const show = (title, found) => {
    answer.lang = language;
    add(answer, found.length ? "h2" : "p", { textContent: title });
    const list = found.length && add(answer, "ul");
    for (const [href, textContent, lang] of found) add(add(list, "li"), "a", { href, textContent, lang });
  };
  const listed = (found) =>
    found.map((page) => {
      const lang = pages[page][language] ? language : here;
      return [...pages[page][lang], lang];
    });
  const others = [...near].filter((page) => !exact.has(page));
  if (exact.size) show(phrases.found, listed([...exact]));
  if (others.length) show(exact.size ? phrases.near : phrases.near_only, listed(others));
  const text = given.dn.join(" ").slice(0, 200).trim();
  if (exact.size || others.length || !(text || given.c.length)) return;
  if (!text) return show(phrases.none, []);

  // The words go to the finder of the search page.
  const scripts = [...document.getElementById("connect-finder").content.cloneNode(true).children];
  scripts.forEach((script) => {
    script.onload = () => {
      if (!self.finder || !self.searchIndex) return;
      const found = self.finder.over(self.searchIndex)(text).slice(0, 5);
      show(found.length ? phrases.by_words : phrases.none, found.map(({ url, title }) => [`../${url}`, title, here]));
    };
  });
  document.body.append(...scripts);
})();
