"""Writing figures of quality."""

from __future__ import annotations

from django import template

from tallman.knowledge.measured import Figure

__all__ = ["goal", "percent"]

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """0.9532 as "95.3 %"."""
    return f"{100 * share:.1f} %"


@register.filter
def goal(figure: Figure) -> str:
    """The share wanted and whether it is reached: "at least 95 %: met"; empty where none is set."""
    if figure.goal is None:
        return ""
    bound = "at least" if figure.subject == "harm found" else "at most"
    return f"{bound} {100 * figure.goal:g} %: {'met' if figure.is_met else 'not met'}"
