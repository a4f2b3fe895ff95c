"""Tags every template may use without loading them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tallman.core.quantity import UNITS, format_number
from tallman.core.screening.checks import SPOKEN

register = template.Library()

SEVERITIES = {
    "critical": "Critical",
    "high": "High",
    "moderate": "Moderate",
    "low": "Low",
    "unchecked": "Not checked",
    "clear": "Clear",
}

HTMX = {
    # New content works as soon as it is seen: a key pressed within htmx's 20 ms would send the form by itself.
    "defaultSettleDelay": 0,
    "includeIndicatorStyles": False,
    "allowEval": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,  # pages name patients: none of them is left in the browser's storage
    "refreshOnHistoryMiss": True,
    "scrollIntoViewOnBoost": False,
    "attributesToSettle": ["class", "width", "height"],  # no style: our Content-Security-Policy refuses it
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "409|422", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}


@register.filter
def can(user: Any, permission: str) -> bool:
    """`{% if person|can:"fill" %}`: whether the person's role grants a permission."""
    return bool(user) and user.can(permission)


@register.filter
def amount(number: Decimal, code: str) -> str:
    """A number with its unit, one or many: `{{ lot.left|amount:"tablet" }}` is "1,710 tablets"."""
    unit = UNITS.get(code)
    return f"{format_number(number)} {(unit.code if number == 1 else unit.plural) if unit else code}".strip()


@register.filter
def spoken_checks(checks: Iterable[str]) -> str:
    """The names of checks as people say them: "allergies, interactions, the law"."""
    return ", ".join(SPOKEN.get(check, check) for check in checks)


@register.simple_tag
def htmx_config() -> SafeString:
    """How htmx behaves under our Content-Security-Policy, for its meta element."""
    return mark_safe(json.dumps(HTMX))


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file with its content's hash, so that a new version is never an old one."""
    return f"{static(path)}?{_content_hash(path)}"


@cache
def _content_hash(path: str) -> str:
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(f"There is no static file {path}.")
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of the drawings in `web/icons.svg`; says nothing to a screen reader."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        asset("web/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def severity(value: str) -> SafeString:
    """A severity as shape, word and colour: `critical high moderate low unchecked clear`."""
    return format_html('<span class="badge {}">{}{}</span>', value, icon(value), SEVERITIES[value])


@register.simple_tag
def stage(value: str) -> SafeString:
    """Where a prescription stands (a value of `tallman.core.workflow.Stage`)."""
    return format_html('<span class="stage {}">{}</span>', value, value.replace("-", " ").capitalize())


@register.simple_tag
def key(keys: str) -> SafeString:
    """The picture of a key, or of several pressed one after the other: `{% key "g q" %}`."""
    caps = format_html_join("", "<kbd>{}</kbd>", ((k,) for k in keys.split(" ")))
    return format_html('<span class="key" aria-hidden="true">{}</span>', caps)


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """This page's query string with some values changed: `?{% query page=2 %}`."""
    given = context["request"].GET.copy()
    for name, value in changes.items():
        given[name] = value
    return given.urlencode()
