"use strict";
/* The product picker: a combobox after the WAI-ARIA pattern. The server searches; nothing is ever chosen but by the
   arrows and Enter, or by a click. A scanner types a code and sends Enter: then the list is fetched and read out. */
(() => {
  const WAIT_MS = 200;
  const LEAST = 3;
  let timer = 0;
  let asked = null;
  let shown = "";

  const box = () => document.getElementById("find-product");
  const found = () => document.getElementById("product-found");
  const options = () => [...found().querySelectorAll("[role=option]")];
  const list = () => found().querySelector("[role=listbox]").dataset;
  const active = () => found().querySelector("[aria-selected=true]");

  /* `careful` is on the page already, in colour: it is only read out. */
  function say(text, careful = "") {
    const heard = Object.assign(document.createElement("span"), { className: "unseen", textContent: ` ${careful}` });
    document.getElementById("product-said").replaceChildren(text, heard);
  }

  function open(is) {
    found().hidden = !is;
    box().setAttribute("aria-expanded", String(is));
    if (!is) mark(null);
  }

  function mark(option) {
    active()?.setAttribute("aria-selected", "false");
    if (!option) return box().removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    box().setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function clear() {
    clearTimeout(timer);
    asked?.abort();
    shown = "";
    found().replaceChildren();
    open(false);
  }

  async function look() {
    clearTimeout(timer);
    const text = box().value.trim();
    if (text === shown) return;
    asked?.abort();
    if (text.length < LEAST) {
      clear();
      return say("");
    }
    asked = new AbortController();
    const address = `${box().closest(".picker").dataset.list}?q=${encodeURIComponent(text)}`;
    const headers = { "HX-Request": "true", "HX-Current-URL": location.href };
    try {
      const answer = await fetch(address, { signal: asked.signal, headers });
      if (answer.headers.get("HX-Redirect")) return location.assign(answer.headers.get("HX-Redirect"));
      if (!answer.ok) throw new Error(String(answer.status));
      show(text, await answer.text());
    } catch (error) {
      if (error.name === "AbortError") return;
      clear();
      say("The list could not be fetched. Try again in a moment.");
    }
  }

  function show(text, html) {
    shown = text;
    found().innerHTML = html;
    open(true);
    say(list().said, list().careful);
  }

  function step(by) {
    if (shown && shown === box().value.trim()) open(true);
    const all = options();
    if (found().hidden || !all.length) return look();
    const at = all.indexOf(active());
    mark(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length]);
  }

  function choose(option) {
    const value = option.dataset.value;
    const address = box().closest(".picker").dataset.choose;
    box().value = "";
    clear();
    say("");
    htmx.ajax("POST", address, { target: "#candidates-product", swap: "innerHTML", values: { product: value } });
  }

  async function onEnter() {
    const option = active();
    if (option && box().value.trim() === shown) return choose(option);
    await look();
    if (!box().value.trim()) return say("Nothing is typed. Type five letters, or scan a package.");
    if (options().length) say("Nothing is chosen: go to a product with the down arrow, then Enter.", `${list().said} ${list().careful}`);
  }

  function handle(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
    if (event.key === "Enter") onEnter();
    else if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Escape" && !found().hidden) open(false);
    else return false;
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "find-product" || !handle(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener("input", (event) => {
    if (event.target.id !== "find-product") return;
    mark(null);
    clearTimeout(timer);
    timer = setTimeout(look, WAIT_MS);
  }, true);
  document.addEventListener("pointerdown", (event) => event.target.closest?.("#product-found") && event.preventDefault());
  document.addEventListener("click", (event) => {
    const option = event.target.closest("#product-found [role=option]");
    if (option) choose(option);
  });
})();
