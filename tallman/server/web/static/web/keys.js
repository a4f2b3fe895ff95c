"use strict";
/* Keys. An element with data-key="a" is pressed (a field: focused) by that key; "g q" is two keys in a row; "F2" and
   "ctrl+Enter" work anywhere. While typing in a field, and everywhere when single keys are switched off, hold Alt.
   data-key-label names it in the list that ? shows, where data-key-note adds a key that the page
   itself listens to; data-row makes an element a stop for j, k and the arrows. */
(() => {
  const FIELD = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select";
  const SINGLE = "tallman.single-keys";
  const SEQUENCE_MS = 1200;
  let first = "";
  let timer = 0;

  const scope = () => [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  const shown = (element) => element.checkVisibility() || element.closest("details:not([open])");
  const singleKeys = () => localStorage.getItem(SINGLE) !== "off";

  function pressed(event) {
    const letter = event.altKey && /^(Key|Digit)(.)$/.exec(event.code);
    const name = letter ? letter[2].toLowerCase() : event.key;
    return event.ctrlKey || event.metaKey ? `ctrl+${name}` : name;
  }

  function find(key) {
    return [...scope().querySelectorAll("[data-key]")].find((e) => e.dataset.key === key && !e.disabled && shown(e));
  }

  function startsSequence(key) {
    return [...scope().querySelectorAll("[data-key]")].some((e) => e.dataset.key.startsWith(`${key} `));
  }

  function act(element) {
    if (element.matches(FIELD)) {
      element.focus();
      element.select?.();
    } else {
      element.click();
      if (element.matches("summary")) element.focus();
    }
  }

  function step(by) {
    const rows = [...scope().querySelectorAll("[data-row]")].filter(shown);
    const at = rows.indexOf(document.activeElement);
    const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
    return Boolean(next);
  }

  function forget() {
    first = "";
    clearTimeout(timer);
  }

  function isCharacter(key) {
    return key.length === 1;
  }

  function mayAct(event, key) {
    if (!isCharacter(key) || event.altKey) return true;
    return singleKeys() && !event.target.closest(FIELD);
  }

  function handle(event) {
    if (event.isComposing || ["Shift", "Alt", "Control", "Meta"].includes(event.key)) return false;
    const key = pressed(event);
    if (key === "Escape") return leave(event);
    if (!mayAct(event, key)) return false;
    const whole = first ? `${first} ${key}` : key;
    forget();
    const target = find(whole);
    if (target) {
      act(target);
      return true;
    }
    if (startsSequence(whole)) {
      first = whole;
      timer = setTimeout(forget, SEQUENCE_MS);
      return true;
    }
    const typing = event.target.closest(FIELD);
    if (key === "ArrowDown" && typing?.type === "search" && !event.defaultPrevented) return step(1);
    if (typing || event.altKey) return false;
    if (key === "j" || key === "ArrowDown") return step(1);
    if (key === "k" || key === "ArrowUp") return step(-1);
    return false;
  }

  function leave(event) {
    forget();
    const menu = document.querySelector("details.who[open]");
    if (menu) menu.open = false;
    else if (event.target.closest(FIELD) && scope() === document) {
      event.target.blur();
      return event.target.type === "search"; // the browser would empty it, and the list with it
    }
    return false;
  }

  /* the list behind ? */

  function label(element) {
    if (element.dataset.keyLabel) return element.dataset.keyLabel;
    if (element.getAttribute("aria-label")) return element.getAttribute("aria-label");
    if (element.labels?.length) return element.labels[0].textContent.trim();
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".key, .count, svg").forEach((e) => e.remove());
    return copy.textContent.replace(/\s+/g, " ").trim() || element.placeholder || "";
  }

  function group(element) {
    return element.closest("[data-key-group]")?.dataset.keyGroup ?? "On this page";
  }

  function describe(list, title, rows) {
    const section = document.createElement("section");
    const heading = document.createElement("h3");
    const facts = document.createElement("dl");
    heading.textContent = title;
    for (const [keys, text] of rows) {
      const term = document.createElement("dt");
      term.className = "key";
      for (const key of keys.split(" ")) term.appendChild(document.createElement("kbd")).textContent = key.replace("ctrl+", "Ctrl+");
      facts.append(term, Object.assign(document.createElement("dd"), { textContent: text }));
    }
    section.append(heading, facts);
    list.append(section);
  }

  function fill(list) {
    const groups = new Map([["On this page", []]]);
    for (const element of document.querySelectorAll("[data-key]:not([data-key-hidden])")) {
      if (element.closest("dialog") || !shown(element)) continue;
      const title = group(element);
      if (!groups.has(title)) groups.set(title, []);
      groups.get(title).push([element.dataset.key, label(element)]);
    }
    for (const note of document.querySelectorAll("[data-key-note]")) groups.get("On this page").push([note.dataset.keyNote, note.textContent]);
    if (document.querySelector("[data-row]")) groups.get("On this page").push(["j k", "Next row, row before (also ↓ ↑; ↓ leaves a search for its rows)"], ["Enter", "Open the row"]);
    list.replaceChildren();
    for (const [title, rows] of groups) if (rows.length) describe(list, title, rows);
  }

  document.addEventListener("keydown", (event) => {
    if (handle(event)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    const dialog = opener && document.getElementById(opener.dataset.open);
    if (!dialog || dialog.open) return;
    if (dialog.id === "keys") fill(document.getElementById("keys-list"));
    dialog.showModal();
  });
  document.getElementById("keys-single")?.addEventListener("change", (event) => {
    localStorage.setItem(SINGLE, event.target.checked ? "on" : "off");
  });
  const box = document.getElementById("keys-single");
  if (box) box.checked = singleKeys();
})();
