// The search page: shows what find.js finds for what is typed. The index is part of the site; nothing is sent anywhere.
"use strict";
(() => {
  const form = document.querySelector(".find--page");
  const field = document.getElementById("find-here");
  const status = document.getElementById("find-status");
  const list = document.getElementById("find-results");
  const MOST = 10; // results: who needs more types another word
  let ready;
  const search = (query) => (ready ??= self.finder.over(self.searchIndex))(query);

  const item = (page) => {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(page.url, new URL(list.dataset.base, location.href)).href;
    link.textContent = page.title;
    const text = document.createElement("p");
    text.textContent = page.description;
    entry.append(link, text);
    return entry;
  };

  const counted = (count) => {
    const { none, one, many, best } = status.dataset;
    if (count < 2) return count ? one : none;
    return (count > MOST ? best : many).replace("{shown}", MOST).replace("{count}", count);
  };

  const show = (query) => {
    const found = query.trim() ? search(query) : [];
    list.replaceChildren(...found.slice(0, MOST).map(item));
    status.textContent = query.trim() ? counted(found.length) : "";
  };

  // The words stand after the # of the address, which no server sees.
  const start = () => {
    field.value = new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
    show(field.value);
  };
  // Whoever comes from the "Search" button can type at once, while the index is still on its way; whoever comes with words
  // wants to read.
  const isAsked = new URLSearchParams(location.hash.slice(1)).has("q");
  if (!isAsked) field.focus({ preventScroll: true });
  // All scripts of the page have run by then.
  document.addEventListener("DOMContentLoaded", () => {
    if (isAsked) start();
    else show(field.value);
    setTimeout(() => search("")); // while nobody waits, so that the first letter is answered at once
    window.addEventListener("hashchange", start);
    field.addEventListener("input", () => show(field.value));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", "#" + new URLSearchParams({ q: field.value }));
    show(field.value);
    status.scrollIntoView({ block: "nearest" });
  });
})();
