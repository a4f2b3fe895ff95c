"use strict";
/* The scan box of the page for filling. A scanner types faster than the server answers: scans wait in line, each is
   answered before the next is sent, and after a wrong one those that waited are dropped. The stop goes away by its own
   key or button only: neither Enter, which scanners send, nor Escape closes it. */
(() => {
  const form = document.getElementById("scan-form");
  const box = document.getElementById("scan");
  const waiting = [];
  let busy = false;

  /* From the moment the answer is on the page, before its dialog has opened, until it is put aside. */
  const stopped = () => document.querySelector("dialog.stop:not([data-away])");

  async function send() {
    if (busy || !waiting.length) return;
    busy = true;
    const code = waiting.shift();
    try {
      await htmx.ajax("POST", form.action, { source: form, target: "#answer-scan", values: { code } });
    } finally {
      busy = false;
      if (stopped()) waiting.length = 0;
      send();
    }
  }

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = box.value.trim();
    box.value = "";
    if (!code || stopped()) return;
    waiting.push(code);
    send();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".stop-away");
    if (!button) return;
    const dialog = button.closest("dialog");
    dialog.dataset.away = "yes";
    dialog.close();
    if (!box) return;
    box.value = "";
    box.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && stopped()) event.preventDefault();
  }, true);
  document.addEventListener("close", () => {
    if (document.querySelector("#locked[open]")) return;
    document.querySelectorAll("dialog.stop:not([open], [data-away])").forEach((dialog) => dialog.showModal());
  }, true);
})();
