"use strict";
/* Entering with the keyboard alone. In a choice the number keys choose and Enter confirms what is highlighted; Enter in
   a field goes on to the next one, so that nothing is saved by accident. A product that does not agree in every point is
   chosen by its number, or by going to it: never by Enter alone. An Enter right after a number belongs to that choice,
   and not to whatever has the focus then. Saving is Ctrl+Enter. The field that finds products has its own keys
   (picker.js). */
(() => {
  const form = document.getElementById("entry");
  const FIELDS = "input:not([type=hidden], [type=search], [type=radio], [disabled]), select, textarea";

  const UNCHOSEN = "Nothing is chosen yet: press the number of a product, or go to one with the arrows.";

  const picks = () => [...form.querySelectorAll("[data-pick]")];
  const radios = (pick) => [...pick.querySelectorAll(".candidate input")];
  const chosen = (pick) => radios(pick).find((r) => r.checked);
  const best = (pick) => chosen(pick) ?? pick.querySelector(".exact input") ?? radios(pick)[0];

  let placed = null;
  let justChosen = false;

  function enter(pick) {
    const radio = best(pick);
    placed = pick.dataset.pick === "product" && radio && !radio.closest(".exact") ? radio : null;
    (radio ?? pick.querySelector("[type=search]"))?.focus();
  }

  function goOn(from) {
    const next = picks().find((p) => !chosen(p));
    if (next) enter(next);
    else form.querySelector(from ? "#id_sig" : "#id_reason, #id_sig")?.focus();
  }

  function choose(radio) {
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    setUnit(radio);
    goOn(true);
  }

  function setUnit(radio) {
    const unit = document.getElementById("id_quantity_unit");
    const own = radio.dataset.unit;
    if (unit && own && !unit.value && [...unit.options].some((o) => o.value === own)) unit.value = own;
  }

  function reopen(pick) {
    const radio = chosen(pick);
    if (!radio) return;
    radio.checked = false;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    radio.focus();
  }

  function nextField(from) {
    const all = [...form.querySelectorAll(FIELDS)].filter((e) => e.checkVisibility());
    (all[all.indexOf(from) + 1] ?? document.querySelector("[form=entry]")).focus();
  }

  function onDigit(event, pick) {
    const radio = radios(pick)[Number(event.key) - 1];
    if (!radio || chosen(pick)) return;
    choose(radio);
    justChosen = true;
  }

  function onEnter(event) {
    const at = event.target;
    const pick = at.closest("[data-pick]");
    if (at === placed && !at.checked) document.getElementById("product-said").textContent = UNCHOSEN;
    else if (at.matches(".candidate input")) choose(at);
    else if (pick && at.type === "search") best(pick)?.focus();
    else if (at.type === "radio") confirmReplaced(at);
    else if (at.matches("input, select")) nextField(at);
    else return false;
    return true;
  }

  function confirmReplaced(radio) {
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    document.getElementById("id_note").focus();
  }

  function handle(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return false;
    const at = event.target;
    if (at.matches?.("[role=combobox]")) return false;
    const inForm = form.contains(at);
    const pick = inForm ? at.closest("[data-pick]") : at === document.body || at.id === "main" ? picks().find((p) => !chosen(p)) : null;
    if (event.key === "Enter" && inForm) return onEnter(event);
    if (pick && at.type !== "search" && /^[1-9]$/.test(event.key)) {
      onDigit(event, pick);
      return true;
    }
    if (pick && event.key === "Backspace" && at.type !== "search") {
      reopen(pick);
      return true;
    }
    if (pick && event.key === "ArrowDown" && at.type === "search") {
      best(pick)?.focus();
      return true;
    }
    if (pick && ["ArrowDown", "ArrowUp"].includes(event.key) && at.matches(".candidate input") && !chosen(pick)) {
      const all = radios(pick);
      placed = null;
      all[all.indexOf(at) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
      return true;
    }
    return false;
  }

  /* To the first thing that did not do, in the order of the page. */
  function toFault() {
    const fault = form.querySelector(".errors");
    const pick = fault?.closest("[data-pick]");
    if (pick) enter(pick);
    else fault?.closest(".field")?.querySelector("input, select, textarea")?.focus();
  }

  function isOfTheChoice(event) {
    const held = justChosen;
    justChosen = false;
    return held && event.key === "Enter" && !event.ctrlKey;
  }

  document.addEventListener("keydown", (event) => {
    if (!isOfTheChoice(event) && !handle(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  /* Looking somebody up changes nothing of the prescription: the checks are not asked again. */
  for (const kind of ["input", "change"]) {
    document.getElementById("entry-fields").addEventListener(kind, (event) => event.target.type === "search" && event.stopPropagation());
  }

  form.addEventListener("change", (event) => event.target.matches(".candidate input") && setUnit(event.target));

  document.addEventListener("click", (event) => {
    const change = event.target.closest("[data-change]");
    if (change) reopen(change.closest("[data-pick]"));
    const fill = event.target.closest("[data-fill]");
    if (!fill) return;
    const field = document.getElementById(fill.dataset.fill);
    field.value = fill.dataset.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    if (part.id === "entry-fields") toFault();
    if (part.id === "replaces") part.querySelector("input:checked")?.dispatchEvent(new Event("change", { bubbles: true }));
    if (!part.id?.startsWith("candidates-")) return;
    const radio = part.querySelector("input:checked");
    if (!radio) return;
    document.querySelector(`#add-${radio.name}[open]`)?.close();
    choose(radio);
  });

  goOn(false);
})();
