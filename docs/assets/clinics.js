// The picker on the clinics' links page: shows one message at a time, with copy buttons. Nothing leaves the browser.
"use strict";
(() => {
  const kit = JSON.parse(document.getElementById("message-kit").textContent);
  const form = document.getElementById("picker");
  const place = document.getElementById("picked");
  const status = document.getElementById("picked-status");
  const words = kit.words;
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // A row: what it is, the text itself, a button that copies it and says so.
  const row = (label, text, html) => {
    const box = document.createElement("div");
    box.className = "picked";
    const title = document.createElement("p");
    title.className = "picked__label";
    title.textContent = label;
    const field = document.createElement("textarea");
    field.readOnly = true;
    field.rows = Math.min(8, Math.ceil(text.length / 45) + (text.match(/\n/g) ?? []).length);
    field.value = text;
    field.setAttribute("aria-label", label);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${words.copy}: ${label}`;
    button.addEventListener("click", async () => {
      try {
        if (html) {
          const parts = { "text/plain": new Blob([text], { type: "text/plain" }), "text/html": new Blob([html], { type: "text/html" }) };
          await navigator.clipboard.write([new ClipboardItem(parts)]);
        } else {
          await navigator.clipboard.writeText(text);
        }
        status.textContent = say(words.copied, { what: label });
      } catch {
        field.focus();
        field.select();
        status.textContent = words.copy_failed;
      }
    });
    box.append(title, field, button);
    return box;
  };

  const link = (address, text) => {
    const anchor = document.createElement("a");
    anchor.href = address;
    anchor.textContent = text;
    return anchor;
  };

  const show = () => {
    const moment = kit.moments.find((one) => one.id === form.elements.moment.value);
    const condition = kit.conditions[form.elements.condition.value];
    const address = condition?.address ?? moment.address;
    const name = condition?.qr ?? moment.qr;
    const text = condition ? kit.conditionText.replace("{link}", address) : moment.text;
    const swap = (part) => part.replaceAll(moment.address, address);
    const email = moment.email.map(swap).join("\n\n");
    const html = swap(moment.emailHtml);
    const assets = new URL("../../assets/", location.href);
    const picture = document.createElement("img");
    picture.src = new URL(`qr/${name}.svg`, assets).href;
    picture.alt = say(words.qr_alt, { address });
    picture.width = picture.height = 160;
    const files = document.createElement("p");
    files.append(
      link(new URL(`qr/${name}.svg`, assets).href, words.qr_svg), " · ",
      link(new URL(`qr/${name}.png`, assets).href, words.qr_png), " · ",
      link(new URL(`posters/${name}-letter.pdf`, assets).href, words.poster),
    );
    place.replaceChildren(
      row(`${words.text_message} (${say(words.characters, { count: text.length })})`, text),
      row(words.address, address),
      row(words.email_subject, moment.subject),
      row(words.email_plain, email),
      row(words.email_html, email, html),
      picture,
      files,
    );
    status.textContent = "";
  };

  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
})();
