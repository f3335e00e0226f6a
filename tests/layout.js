// What a reader would find fault with in the layout of an open page: sideways scrolling, words cut off, words that leave their
// box, words on top of other words. Each fault is one line; no fault, no line.
() => {
  const root = document.documentElement;
  const found = new Set();
  if (root.scrollWidth > innerWidth) found.add(`scrolls sideways: ${root.scrollWidth} of ${innerWidth} px`);

  const name = (node) => `${node.localName}${node.id ? "#" + node.id : ""}${[...node.classList].map((one) => "." + one).join("")}`;
  // What is closed or only spoken, the skip link, a file field (the browser's own), and the handout maker's paper, which keeps
  // the width of paper and scrolls in its own box.
  const LEFT_ASIDE = ".visually-hidden, .skip, .table-top, input[type=file], script, style, noscript";
  const seen = (node) => {
    if (node.closest(LEFT_ASIDE) || !node.checkVisibility({ visibilityProperty: true })) return false;
    for (let at = node; at; at = at.parentElement) if (getComputedStyle(at).clipPath.startsWith("inset")) return false;
    return true;
  };

  for (const node of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(node);
    // The words of a one-line field move along with the caret, in every browser: what counts is room for a usual word, 5 em.
    const room = node.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const tight = node.matches("input:is([type=text], [type=search])") ? room < 5 * parseFloat(style.fontSize) : node.scrollWidth > node.clientWidth + 1;
    const wide = style.overflowX !== "visible" && node.clientWidth > 0 && tight;
    const high = (style.overflowY === "hidden" || node.localName === "textarea") && node.clientHeight > 0 && node.scrollHeight > node.clientHeight + 1;
    if ((wide || high) && seen(node)) found.add(`cut off: ${name(node)}`);
  }

  // Every line of words, and every picture and control, as a box. Only the middle of a line counts as ink.
  const boxes = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode.parentElement;
    const text = words.currentNode.data.trim();
    if (!text || ["option", "textarea"].includes(node.localName) || !seen(node)) continue;
    const frames = [];
    for (let at = node; at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      const shown = parseFloat(style.borderLeftWidth) || parseFloat(style.borderRightWidth) || style.backgroundColor !== "rgba(0, 0, 0, 0)";
      if (style.display !== "inline" && shown) frames.push(at);
    }
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    const ink = parseFloat(getComputedStyle(node).fontSize) * 0.36;
    for (const line of range.getClientRects()) {
      if (line.width < 1) continue;
      if (line.left < -1 || line.right > innerWidth + 1) found.add(`off the screen: "${text.slice(0, 30)}" in ${name(node)}`);
      for (const frame of frames) {
        const box = frame.getBoundingClientRect();
        if (line.right > box.right + 1 || line.left < box.left - 1) found.add(`out of its box: "${text.slice(0, 30)}" in ${name(frame)}`);
      }
      const middle = (line.top + line.bottom) / 2;
      boxes.push({ node, text, left: line.left, right: line.right, top: middle - ink, bottom: middle + ink });
    }
  }
  for (const node of document.body.querySelectorAll("img, svg, input, select, textarea, button")) {
    if (!seen(node) || node.parentElement.closest("button")) continue;
    const { left, right, top, bottom } = node.getBoundingClientRect();
    boxes.push({ node, text: name(node), left, right, top, bottom });
  }
  boxes.sort((one, other) => one.top - other.top);
  boxes.forEach((one, index) => {
    for (let next = index + 1; next < boxes.length && boxes[next].top < one.bottom - 1; next += 1) {
      const other = boxes[next];
      if (one.node.contains(other.node) || other.node.contains(one.node)) continue;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 2 && down > 2) found.add(`one on the other: "${one.text.slice(0, 30)}" and "${other.text.slice(0, 30)}"`);
    }
  });
  return [...found].slice(0, 10);
}
