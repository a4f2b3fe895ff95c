"use strict";
/* What keeps the screen usable: focus after a part of the page was replaced, a scan box that keeps focus, words when
   the server refuses, and the lock when nobody is there. */
(() => {
  const FIELD = "input, textarea, select, button, a, summary, dialog";

  document.querySelector(".places [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

  /* focus */

  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    const wanted = part.matches?.("[data-focus], [autofocus]") ? part : part.querySelector?.("[data-focus], [autofocus]");
    part.querySelectorAll?.("dialog[data-show]:not([open])").forEach((dialog) => dialog.showModal());
    if (wanted) wanted.focus();
    else if (document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
  });
  document.querySelectorAll("dialog[data-show]:not([open])").forEach((dialog) => dialog.showModal());

  /* A form that is the page's whole work takes the keyboard; one that came back goes to its first fault. */
  const faulty = document.querySelector("main .field.invalid :is(input, select, textarea)");
  (faulty ?? document.querySelector("form[data-first] :is(input:not([type=hidden]), select, textarea)"))?.focus();

  function toScan() {
    if (document.querySelector("dialog[open]") || document.activeElement?.matches(FIELD)) return;
    document.querySelector("input[data-scan]")?.focus();
  }
  document.addEventListener("focusout", () => setTimeout(toScan, 50));
  document.addEventListener("pointerup", () => setTimeout(toScan, 50));
  toScan();

  /* words when something fails */

  function say(text) {
    const line = document.createElement("p");
    line.className = "message error";
    line.textContent = text;
    document.getElementById("messages")?.replaceChildren(line);
  }
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 403) say("Your role does not include this, or the page is too old. Nothing was changed.");
    else if (status === 404) say("It is not there any more. Reload the page.");
    else say(`The server could not do that (${status}). Nothing is half-saved. Reload the page and look.`);
  });
  document.addEventListener("htmx:sendError", () => say("The server cannot be reached. Nothing was sent. Try again in a moment."));

  /* the lock */

  const locked = document.getElementById("locked");
  if (!locked) return;
  const form = document.getElementById("unlock");
  const fault = document.getElementById("unlock-error");
  const idle = Number(locked.dataset.idle) * 1000;
  const title = document.title;
  const tabs = new BroadcastChannel("tallman");
  let seen = Date.now();
  let told = seen;
  let isLocked = false;

  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const post = (address, body) => fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() }, redirect: "manual" });

  function close() {
    if (locked.open) return;
    document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
    document.title = "Locked · Tallman";
    isLocked = true;
    locked.showModal();
  }

  function open() {
    seen = told = Date.now();
    isLocked = false;
    document.title = title;
    form.reset();
    fault.textContent = "";
    locked.close();
  }

  function noticed() {
    if (locked.open) return;
    seen = Date.now();
    if (seen - told < idle / 4) return;
    told = seen;
    post(locked.dataset.here);
  }

  locked.addEventListener("close", () => isLocked && locked.showModal());
  document.addEventListener("keydown", (event) => isLocked && event.key === "Escape" && event.preventDefault(), true);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await post(form.action, new FormData(form)).catch(() => null);
    if (answer?.type === "opaqueredirect") {
      open();
      tabs.postMessage("open");
    } else if (answer?.status === 422) {
      fault.textContent = "This is not your password. Try again, or switch person.";
      document.getElementById("unlock-password").select();
    } else {
      location.reload();
    }
  });
  tabs.addEventListener("message", (event) => (event.data === "open" ? open() : close()));
  for (const kind of ["keydown", "pointerdown", "wheel"]) document.addEventListener(kind, noticed, { passive: true });
  setInterval(() => {
    if (locked.open || Date.now() - seen < idle) return;
    close();
    tabs.postMessage("locked");
    post(locked.dataset.lock);
  }, 5000);
})();
