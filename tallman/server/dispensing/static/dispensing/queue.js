"use strict";
/* A scan finds the search field from anywhere on the page. Scanners type: digits that follow each other faster than a
   hand can are a label, a single digit is the key of a tab. */
(() => {
  const FASTER_THAN_A_HAND_MS = 45;
  const field = document.getElementById("q");
  let typed = "";
  let timer = 0;

  function settle() {
    const digits = typed;
    typed = "";
    const single = localStorage.getItem("tallman.single-keys") !== "off";
    if (digits.length === 1) {
      if (single) document.querySelector(`[data-key="${digits}"]`)?.click();
    } else {
      field.value = digits;
      field.focus();
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select")) return;
    const isPart = /^\d$/.test(event.key) || (typed && event.key === "-");
    if (!isPart && !(event.key === "Enter" && typed.length > 1)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    clearTimeout(timer);
    if (event.key === "Enter") {
      field.value = typed;
      typed = "";
      field.form.requestSubmit();
      return;
    }
    typed += event.key;
    timer = setTimeout(settle, FASTER_THAN_A_HAND_MS);
  }, true);
})();
