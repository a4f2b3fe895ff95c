"""Keys, focus and the lock, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.integration.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(page_as: Callable[[str], Page], live_server) -> Page:
    """A browser in which the pharmacist in charge has logged in and looks at the audit log."""
    page = page_as("pharmacist-in-charge")
    page.goto(f"{live_server.url}/audit/")
    return page


def test_everything_is_reached_by_keys_and_the_list_of_them(page: Page) -> None:
    page.keyboard.press("g")
    page.keyboard.press("u")
    page.wait_for_url("**/people/")
    page.keyboard.press("?")
    listed = page.inner_text("#keys-list")
    assert "Machine access" in listed
    assert "Log out" in listed
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*/")


def test_in_a_field_keys_write_and_with_alt_they_act(page: Page) -> None:
    page.goto(page.url.replace("/audit/", "/people/"))
    page.focus("#id_display_name")
    page.keyboard.type("t g u ?")
    assert page.input_value("#id_display_name") == "t g u ?"
    page.keyboard.press("Alt+t")
    page.wait_for_url("**/tokens/")


def test_single_keys_can_be_switched_off(page: Page) -> None:
    page.goto(page.url.replace("/audit/", "/people/"))
    page.keyboard.press("?")
    page.uncheck("#keys-single")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.wait_for_timeout(300)
    assert page.url.endswith("/people/")
    page.keyboard.press("Alt+t")
    page.wait_for_url("**/tokens/")


def test_the_lock_hides_the_page_and_gives_it_back_with_what_was_typed(page: Page) -> None:
    page.goto(page.url.replace("/audit/", "/people/"))
    page.clock.install()
    page.reload()
    page.fill("#id_display_name", "Half a na")
    page.clock.run_for(11 * 60 * 1000)
    page.wait_for_selector("#locked[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.is_visible("#unlock-password")
    page.fill("#unlock-password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#locked:not([open])", state="attached")
    assert page.input_value("#id_display_name") == "Half a na"
    page.goto(page.url.replace("/people/", "/tokens/"))
    assert page.url.endswith("/tokens/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(page: Page, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5:1 for each pair of text and ground in the stylesheet's tokens, in both schemes."""
    page.emulate_media(color_scheme=scheme)
    pairs = [("ink", g) for g in ("paper", "panel", "sunk")] + [
        ("ink-2", "paper"),
        ("ink-2", "sunk"),
        ("ink-3", "paper"),
    ]
    pairs += [
        ("ink-3", "panel"),
        ("accent-ink", "accent"),
        ("accent-deep", "panel"),
        ("accent-deep", "accent-soft"),
    ]
    pairs += [("bar-ink", "bar"), ("bar-soft", "bar")]
    for level in ("critical", "high", "moderate", "low", "unchecked", "clear"):
        pairs += [
            (f"{level}-ink", level),
            (f"{level}-deep", f"{level}-soft"),
            ("ink-2", f"{level}-soft"),
            ("ink", f"{level}-soft"),
        ]
    contrasts = page.evaluate(CONTRASTS, pairs)
    assert {pair: c for pair, c in contrasts.items() if c < 4.5} == {}
    edges = page.evaluate(CONTRASTS, [("edge", "panel"), ("edge", "paper"), ("focus", "panel"), ("focus", "paper")])
    assert {pair: c for pair, c in edges.items() if c < 3} == {}


CONTRASTS = """(pairs) => {
  const probe = document.body.appendChild(document.createElement("i"));
  const luminance = (name) => {
    probe.className = "probe";
    probe.attributeStyleMap.set("color", `var(--${name})`);
    const parts = getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map((n) => n / 255);
    const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = ([a, b]) => {
    const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m);
    return [`${a} on ${b}`, (x + 0.05) / (y + 0.05)];
  };
  return Object.fromEntries(pairs.map(contrast));
}"""
