// The picker on the clinics' links page: shows one message at a time, with copy buttons. Nothing leaves the browser.
"use strict";
(() => {
  const kit = JSON.parse(document.getElementById("message-kit").textContent);
  const form = document.getElementById("picker");
  const place = document.getElementById("picked");
  const assets = new URL("../../assets/", location.href).href;
  const words = kit.words;

  const make = (name, attributes, ...children) => {
    const node = Object.assign(document.createElement(name), attributes);
    node.append(...children);
    return node;
  };

  // Browsers without a clipboard of their own, or a page that came over plain http: the document's copy command, which
  // takes what is selected, is told what to hold.
  const copySelection = (field, text, html) => {
    const hold = (event) => {
      event.preventDefault();
      event.clipboardData.setData("text/plain", text);
      if (html) event.clipboardData.setData("text/html", html);
    };
    field.select();
    document.addEventListener("copy", hold);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", hold);
    if (!done) throw new Error("not allowed");
  };

  const copy = async (field, text, html) => {
    if (!navigator.clipboard || (html && !window.ClipboardItem)) {
      copySelection(field, text, html);
    } else if (html) {
      const parts = { "text/plain": new Blob([text], { type: "text/plain" }), "text/html": new Blob([html], { type: "text/html" }) };
      await navigator.clipboard.write([new ClipboardItem(parts)]);
    } else {
      await navigator.clipboard.writeText(text);
    }
  };

  const hush = () => {
    for (const said of place.querySelectorAll(".picked__said")) said.textContent = "";
  };

  // A row: what it is, the text itself, a button that copies it, and a place beside the button that says so.
  const row = (kind, text, { note, html, warning } = {}) => {
    const field = make("textarea", { id: `picked-${kind}`, readOnly: true, rows: 1, value: text });
    const label = make("label", { htmlFor: field.id }, note ? `${words[kind]} (${note})` : words[kind]);
    const button = make("button", { type: "button" }, words[`copy_${kind}`]);
    const said = make("span", { className: "picked__said" });
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      hush();
      try {
        await copy(field, text, html);
        button.focus();
        said.textContent = words.copied;
      } catch (error) {
        field.focus();
        field.select();
        said.textContent = words.copy_failed;
      }
    });
    const box = make("div", { className: "picked" }, label, field);
    if (warning) {
      box.append(make("p", { className: "picked__warning", id: `${field.id}-warning` }, warning));
      button.setAttribute("aria-describedby", `${field.id}-warning`);
    }
    box.append(make("p", {}, button, said));
    return box;
  };

  const files = (title, { address, files: name, qrAlt }) => {
    const link = (path, text) => make("a", { href: assets + path, ariaLabel: `${text}: ${title}` }, text);
    return make("div", { className: "picked" },
      make("p", { className: "picked__label" }, title),
      make("img", { src: `${assets}qr/${name}.svg`, alt: qrAlt, width: 160, height: 160 }),
      make("p", {},
        link(`qr/${name}.svg`, words.qr_svg), " · ", link(`qr/${name}.png`, words.qr_png), " · ",
        link(`posters/${name}-letter.pdf`, words.poster_letter), " · ", link(`posters/${name}-a4.pdf`, words.poster_a4)));
  };

  // As tall as its text at this width, so that all of it can be read before it is sent.
  const fit = () => {
    for (const field of place.querySelectorAll("textarea")) {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
    }
  };

  const isPlain = (text) => [...text].every((letter) => kit.limits.alphabet.includes(letter));
  const partsOf = (text) => (text.length > kit.limits.most[isPlain(text) ? 0 : 1] ? Math.ceil(text.length / kit.limits.part[isPlain(text) ? 0 : 1]) : 1);
  const count = (text) => {
    const said = words.characters.replace("{count}", text.length).replace("{most}", kit.limits.most[isPlain(text) ? 0 : 1]);
    return partsOf(text) > 1 ? `${said} ${words.text_parts.replace("{parts}", partsOf(text))}` : said;
  };
  // One text: the clinic's name, the moment, the problem, the phone. The moment's short words where only they leave it a single one.
  const textOf = (moment, problem) => {
    const texts = moment.says.map((says) => kit.frame.replace("{text}", () => (problem ? `${says} ${problem.text}` : says)));
    return texts.find((text) => partsOf(text) === 1) || texts[0];
  };

  // The moment's own words and address always stand; a problem adds to them.
  const show = () => {
    const moment = kit.moments[form.elements.moment.value];
    const problem = kit.problems[form.elements.condition.value];
    const email = (problem ? [...moment.email, problem.line] : moment.email).join("\n\n");
    const html = problem ? moment.emailHtml + problem.lineHtml : moment.emailHtml;
    const warning = problem ? words.condition_warning : "";
    const emailWarning = problem ? words.condition_warning_email : "";
    place.textContent = "";
    const text = textOf(moment, problem);
    place.append(row("text_message", text, { note: count(text), warning }));
    place.append(
      row("email_subject", moment.subject),
      row("email_plain", email, { warning: emailWarning }),
      row("email_html", email, { html, warning: emailWarning }),
      row("address", moment.address),
    );
    if (problem) place.append(row("address_condition", problem.address, { warning }));
    place.append(files(words.files, moment));
    if (problem) place.append(files(words.files_condition, problem));
    fit();
  };

  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("resize", fit);
  show();
})();
