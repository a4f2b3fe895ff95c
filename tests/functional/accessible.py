"""What is asked of every page under WCAG 2.2, level AA, as far as a browser can tell."""

from __future__ import annotations

from playwright.sync_api import Page

__all__ = ["faults", "walk_by_tab"]


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands; an open dialog counts as the page."""
    return page.evaluate(FAULTS)


def walk_by_tab(page: Page) -> list[str]:
    """Tab through the whole page: where the keyboard is stuck, and where nobody sees it (2.1.2, 2.4.7)."""
    page.evaluate("document.activeElement.blur()")
    first, wrong = None, []
    for _ in range(250):
        page.keyboard.press("Tab")
        at, is_seen = page.evaluate(FOCUS)
        if first is None:
            first = at
        elif at == first:
            return wrong
        if not is_seen:
            wrong.append(f"focus not seen: {at}")
    return [*wrong, f"Tab does not come round to {first}"]


FOCUS = """() => {
  const at = document.activeElement;
  at.dataset.stop ??= document.querySelectorAll("[data-stop]").length;
  const shapes = [at, at.closest("label")].filter(Boolean).map((e) => getComputedStyle(e));
  const seen = shapes.some((s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2);
  return [`${at.dataset.stop} ${at.cloneNode(false).outerHTML.slice(0, 120)}`, seen || at === document.body];
}"""

FAULTS = """() => {
  const found = [];
  const scope = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  const shown = (e) => e.checkVisibility({ checkVisibilityCSS: true });
  const say = (what, e) => found.push(`${what}: ${e.cloneNode(false).outerHTML.slice(0, 120)}`);
  const heard = (e) => {
    const copy = e.cloneNode(true);
    copy.querySelectorAll("[aria-hidden=true], input, select, textarea").forEach((x) => x.remove());
    return copy.textContent.trim();
  };
  const text = (e) => {
    const named = (e.getAttribute("aria-labelledby") ?? "").split(" ");
    const by = named.map((id) => document.getElementById(id)?.textContent ?? "");
    const labels = [...(e.labels ?? [])].map(heard);
    const own = e.matches("a, button, summary") ? heard(e) : "";
    return [e.getAttribute("aria-label") ?? "", ...by, ...labels, own].join("").trim();
  };

  if (!document.documentElement.lang) found.push("3.1.1 no language");
  if (!document.title.replace("· Tallman", "").trim()) found.push("2.4.2 no title");
  if (document.querySelectorAll("main").length !== 1) found.push("1.3.1 not one main");
  if (document.documentElement.scrollWidth > innerWidth) found.push("1.4.10 wider than the window");

  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) found.push(`4.1.1 two elements called ${id}`);
  for (const e of document.querySelectorAll("[aria-labelledby]"))
    if (!document.getElementById(e.getAttribute("aria-labelledby"))) say("1.3.1 aria-labelledby leads nowhere", e);

  for (const e of scope.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (!shown(e)) continue;
    if (!text(e)) say("4.1.2 no name", e);
    const inSentence = e.matches("a") && getComputedStyle(e).display === "inline";
    const box = (e.matches("[type=checkbox], [type=radio]") ? e.closest("label") ?? e : e).getBoundingClientRect();
    if (!inSentence && !e.matches(".skip") && (box.width < 24 || box.height < 24)) say("2.5.8 smaller than 24 px", e);
  }

  let level = scope.matches("dialog") ? 1 : 0;
  for (const e of scope.querySelectorAll("h1, h2, h3, h4")) {
    if (!shown(e)) continue;
    const own = Number(e.tagName[1]);
    if (own > level + 1) say(`1.3.1 a heading of level ${own} after ${level}`, e);
    level = own;
  }
  const all = (selector) => [...scope.querySelectorAll(selector)].filter(shown);
  for (const e of all("th")) if (!e.textContent.trim()) say("1.3.1 a column without a name", e);
  for (const e of all("[role=img], img")) if (!text(e) && !e.alt) say("1.1.1 no words for it", e);
  for (const e of all("[aria-hidden=true] :is(a, button, input)")) say("4.1.2 hidden and in use", e);
  return found;
}"""
