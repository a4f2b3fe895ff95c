"use strict";
/* Scanning into a list that is typed a medicine a line. A scanner ends each code with Enter: the directions are typed
   after it on the same line, so that Enter makes a space; a second one, or the next scan, begins a new line. */
(() => {
  const CODE = /^(?:NDC\s*)?[(\]]?[\dA-Za-z()-]*\d{4}[\dA-Za-z()-]{4,}$/;
  const isCode = (text) => !text.includes(" ") && CODE.test(text) && /^\D{0,3}\d/.test(text);

  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.key !== "Enter" || event.ctrlKey || event.altKey || event.isComposing || !box.matches?.("textarea[data-scan-lines]")) return;
    const end = box.selectionStart;
    const start = box.value.lastIndexOf("\n", end - 1) + 1;
    const line = box.value.slice(start, end);
    const [first, second] = line.split(" ");
    if (isCode(line)) put(event, box, end, end, " ");
    else if (isCode(first) && second && isCode(second) && line === `${first} ${second}`) put(event, box, start, end, `${first}\n${second} `);
  });

  function put(event, box, from, to, text) {
    event.preventDefault();
    box.setRangeText(text, from, to, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
})();
