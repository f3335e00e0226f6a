// Finds pages by words: forgives misspellings, sees through endings ("burned", "burns"), knows words that mean the same, and
// puts the page that is called as somebody asks first. It knows nothing of the page around it (search.js), and no language:
// what it takes for endings, empty words and words alike stands in the index, from docs/search.yml and docs/<language>/strings.yml.
"use strict";
self.finder = (() => {
  // Tuned on tests/fixtures/search_queries.yml; each can be moved by a third without losing one question in a hundred.
  const WEIGHT = { title: 5, heading: 3, description: 1.5, alias: 1, text: 1 }; // of a word, by where it stands
  const NAME = 8; // of a page's name against the words of its text
  const EMPTY = 0.35; // what "is" says about a page, next to some 3 for a word that few pages have …
  const ASKING = 0.8; // … and "who" …
  const TOPIC = 0.5; // … and the site's own topic, which every page is about
  const NAMED = 1000; // more than any sum of weights
  const LEAST = 0.1; // of the best result's score: what is further away does not count as found
  const STAFF = 0.5; // pages for staff come after those for patients

  // "Señor's" -> "senors": accents and apostrophes are optional when typing.
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’]/g, "");
  const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  // What is left of a word: its letters as they sound ("ampoya" for "ampolla"), then the endings off it, round by round. In each
  // round the first ending that fits and leaves enough letters goes.
  const stemmer = ({ sounds = {}, whole = {}, rounds = [] }) => {
    const longestFirst = Object.keys(sounds).sort((one, two) => two.length - one.length);
    const letters = longestFirst.length ? new RegExp(longestFirst.join("|"), "g") : undefined;
    const heard = (text) => (letters ? text.replace(letters, (found) => sounds[found]) : text);
    // The rules are written as words are spelled, and work on what is heard.
    const asHeard = (rules) => Object.entries(rules).map((rule) => rule.map(heard));
    const wholes = new Map(asHeard(whole));
    const steps = rounds.map(({ least, endings }) => ({ least, endings: asHeard(endings) }));
    const known = new Map();
    const cut = (spelled) => {
      let word = heard(spelled);
      if (wholes.has(word)) return wholes.get(word);
      for (const { least, endings } of steps) {
        const fitting = endings.find(([ending]) => word.endsWith(ending) && word.length - ending.length >= least);
        if (fitting) word = word.slice(0, word.length - fitting[0].length) + fitting[1];
      }
      return word;
    };
    return (word) => known.get(word) ?? (known.set(word, cut(word)), known.get(word));
  };

  // How many letters differ: left out, added, another one, or two swapped. More than `most` is not told apart.
  const distance = (one, two, most) => {
    if (Math.abs(one.length - two.length) > most) return most + 1;
    let [before, last] = [[], Array.from({ length: two.length + 1 }, (_, column) => column)];
    for (let row = 1; row <= one.length; row++) {
      const now = [row];
      for (let column = 1; column <= two.length; column++) {
        const same = one[row - 1] === two[column - 1];
        now[column] = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
        if (row > 1 && column > 1 && one[row - 1] === two[column - 2] && one[row - 2] === two[column - 1]) {
          now[column] = Math.min(now[column], before[column - 2] + 1);
        }
      }
      if (Math.min(...now) > most) return most + 1;
      [before, last] = [last, now];
    }
    return last[two.length];
  };

  return { fold, words, stemmer, distance, over };

  // A search over an index: what is typed goes in, the pages that fit come out, best first.
  function over({ pages, language, words: spelled, where: places }) {
    const stem = stemmer(language.stems);
    const stems = (text) => words(text).map(stem);
    const empty = new Set(language.stop.map(fold));
    // An empty word is kept apart from the others that are left the same: "mi" says nothing, however rare "mío" is.
    const EMPTY_SIGN = ".";
    const termOf = (word) => (empty.has(word) ? EMPTY_SIGN : "") + stem(word);
    const asking = new Set(language.asking.flatMap(words).map(termOf));
    const topic = new Set(language.topic.flatMap(stems));

    const where = new Map(); // stem -> page -> how much it says about that page
    const proper = new Set(); // stems of the pages' own words: what stands in an alias alone may be a misspelling
    const names = []; // what pages are called, by their titles or by what people say
    const named = new Map(); // stem -> the names that have it
    const alike = new Map(); // stem, or stems with blanks between -> those that mean the same
    readText();
    pages.forEach(readFields);
    language.same.forEach(readGroup);
    for (const name of names) name.mass = sum([...name.terms].map(massOf));
    return search;

    function readText() {
      const steps = places.split(" ");
      spelled.split(" ").forEach((word, at) => {
        let page = 0;
        for (const step of steps[at].split(",")) note(stem(word), (page += parseInt(step, 36)), WEIGHT.text);
        proper.add(stem(word));
      });
    }

    function readFields(page, number) {
      const fields = { title: [page.title], heading: page.headings, description: [page.description], alias: page.aliases };
      for (const [field, texts] of Object.entries(fields)) {
        for (const term of new Set(texts.flatMap(words).filter((word) => !empty.has(word)).map(stem))) {
          note(term, number, WEIGHT[field]);
          if (field !== "alias") proper.add(term);
        }
      }
      for (const text of [page.title, ...page.aliases]) {
        const name = { page: number, plain: words(text).join(" "), terms: new Set(words(text).map(termOf)) };
        names.push(name);
        for (const term of name.terms) listed(named, term).push(name);
      }
    }

    function readGroup(group) {
      const terms = group.map((entry) => stems(entry).join(" "));
      for (const term of new Set(terms)) listed(alike, term).push(...terms.filter((other) => other !== term));
    }

    // A word that stands in several fields of a page counts by the best of them, and a little by the others.
    function note(term, page, weight) {
      if (!where.has(term)) where.set(term, new Map());
      const before = where.get(term).get(page) ?? 0;
      where.get(term).set(page, Math.max(before, weight) + Math.min(before, weight) / 4);
    }

    // A word that few pages have says much about the page that is looked for.
    function rarity(count) {
      return Math.log(1 + pages.length / (count + 0.5));
    }

    function massOf(term) {
      if (asking.has(term)) return ASKING;
      if (topic.has(term)) return TOPIC;
      return term.startsWith(EMPTY_SIGN) ? EMPTY : rarity(where.get(term)?.size ?? 0);
    }

    // What somebody may have meant by a word: stem -> how surely, 1 at most.
    function meant(word, isLast) {
      const term = stem(word);
      const found = new Map();
      const offer = (other, sure) => {
        if (where.has(other) && sure > (found.get(other) ?? 0)) found.set(other, sure);
      };
      offer(term, 1);
      for (const other of alike.get(term) ?? []) offer(other, 0.7);
      // The last word may still be on its way: "preg", and then "pregnant".
      if (word.length > 2 && (isLast || !where.has(term))) {
        for (const other of where.keys()) {
          if (other.startsWith(term)) offer(other, where.has(term) ? 0.3 : 0.8 * Math.max(0.5, term.length / other.length));
        }
      }
      if (proper.has(term) || term.length < 4) return found;
      const most = term.length < 6 ? 1 : term.length < 9 ? 2 : 3;
      const near = [...where.keys()].map((other) => [other, distance(term, other, most)]).filter(([, far]) => far <= most);
      const nearest = Math.min(...near.map(([, far]) => far));
      for (const [other, far] of near) {
        const sure = (1 - far / term.length) * (far === nearest ? 0.9 : 0.5) * (other[0] === term[0] ? 1 : 0.7);
        offer(other, sure);
        for (const more of alike.get(other) ?? []) offer(more, sure * 0.6);
      }
      return found;
    }

    // "pace maker" is one word, "sideeffects" are two: what is typed, with what its words make when joined or parted.
    function joinedAndParted(typed) {
      const isKnown = (word) => where.has(stem(word));
      return typed.flatMap((word, at) => {
        const next = typed[at + 1] ?? "";
        const isOne = next && word.length + next.length > 3 && isKnown(word + next) && !empty.has(word) && !empty.has(next);
        // "usar la" makes "usarla", which says no more than "usar".
        const pair = isOne && ![word, next].some((one) => stem(one) === stem(word + next)) ? [word + next] : [];
        if (isKnown(word) || empty.has(word)) return [...pair, word];
        for (let cut = 3; cut <= word.length - 3; cut++) {
          const parts = [word.slice(0, cut), word.slice(cut)];
          if (parts.every(isKnown)) return [...pair, ...parts, word];
        }
        return [...pair, word];
      });
    }

    // What a query asks for: the stems of each of its words and of what means the same, and how much it says.
    function tokensOf(typed) {
      const tokens = [];
      // "how much" means what "cost" means
      const roots = typed.map(stem);
      for (const run of roots.flatMap((_, at) => [2, 3].filter((size) => at + size <= roots.length).map((size) => roots.slice(at, at + size).join(" ")))) {
        const terms = new Map((alike.get(run) ?? []).filter((other) => where.has(other)).map((other) => [other, 0.8]));
        if (terms.size) tokens.push({ terms, mass: rarity(Math.max(...[...terms.keys()].map((term) => where.get(term).size))) });
      }
      for (const word of new Set(joinedAndParted(typed))) {
        const term = termOf(word);
        if (empty.has(word)) {
          tokens.push({ terms: new Map([[term, 1]]), mass: massOf(term), isEmpty: true, isAsking: asking.has(term) });
          continue;
        }
        const terms = meant(word, word === typed.at(-1));
        if (!terms.size) continue;
        const isTopic = topic.has(term);
        const spread = Math.max(...[...terms].map(([other, sure]) => where.get(other).size * sure ** 2));
        tokens.push({ terms, mass: (isTopic ? TOPIC : rarity(spread)) * Math.max(...terms.values()), isTopic });
      }
      return tokens;
    }

    // page -> what its words give: each word by where it stands, and all of them by how much of the query the page has at all.
    function byText(tokens, whole) {
      const [scores, has] = [new Map(), new Map()];
      for (const { terms, mass } of tokens) {
        const best = new Map();
        for (const [term, sure] of terms) {
          for (const [page, weight] of where.get(term)) best.set(page, Math.max(best.get(page) ?? 0, weight * sure));
        }
        for (const [page, weight] of best) {
          raise(scores, page, mass * weight);
          raise(has, page, mass);
        }
      }
      for (const [page, score] of scores) scores.set(page, score * Math.sqrt(has.get(page) / whole));
      return scores;
    }

    // page -> how well the best of its names fits: how much of the name was typed, times how much of what was typed it says.
    function byName(tokens, whole, plain) {
      const full = tokens.filter(({ isEmpty }) => !isEmpty);
      const isTopicOnly = full.every(({ isTopic }) => isTopic);
      const hits = new Map();
      for (const { terms, mass, isEmpty, isAsking } of tokens) {
        const best = new Map();
        for (const [term, sure] of terms) {
          for (const name of named.get(term) ?? []) {
            if (sure > (best.get(name)?.sure ?? 0)) best.set(name, { sure, ofName: massOf(term) * sure });
          }
        }
        for (const [name, { sure, ofName }] of best) {
          const hit = hits.get(name) ?? { said: 0, ofName: 0, isFull: false };
          hits.set(name, {
            said: hit.said + mass * sure,
            ofName: hit.ofName + ofName,
            isFull: hit.isFull || !isEmpty || (isTopicOnly && isAsking), // "who does iontophoresis" asks for "who gives it"
          });
        }
      }
      const fits = new Map();
      for (const [name, { said, ofName, isFull }] of hits) {
        const fit = Math.min(1, ofName / name.mass) * (said / whole) * (name.plain === plain ? 1.5 : 1);
        // "Do I have to do it": nothing but empty words. Then only a name that has nearly all of them is meant.
        if (full.length ? isFull : fit > 0.6) fits.set(name.page, Math.max(fits.get(name.page) ?? 0, fit));
      }
      return fits;
    }

    function search(query) {
      const typed = words(query);
      const plain = typed.join(" ");
      const tokens = tokensOf(typed);
      const whole = sum(tokens.map(({ mass }) => mass));
      const scores = byText(tokens.filter(({ isEmpty }) => !isEmpty), whole);
      for (const [page, fit] of byName(tokens, whole, plain)) raise(scores, page, NAME * fit * whole);
      for (const page of scores.keys()) if (pages[page].staff) scores.set(page, scores.get(page) * STAFF);
      const least = LEAST * Math.max(0, ...scores.values());
      // Whoever types a name as it stands wants that page, and be it all of empty words; but patients type "appointment", too.
      const same = new Set(names.filter((name) => name.plain === plain).map((name) => name.page));
      for (const page of same) raise(scores, page, pages[page].staff ? 0 : NAMED);
      return [...scores]
        .filter(([, score]) => score > 0 && score >= least)
        .sort(([one, first], [two, second]) => second - first || one - two)
        .map(([page]) => pages[page]);
    }
  }

  function sum(numbers) {
    return numbers.reduce((one, two) => one + two, 0);
  }

  function raise(scores, page, by) {
    scores.set(page, (scores.get(page) ?? 0) + by);
  }

  function listed(lists, key) {
    if (!lists.has(key)) lists.set(key, []);
    return lists.get(key);
  }
})();
