"""Tags every template may use without loading them."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def can(user: object, permission: str) -> bool:
    """`{% if person|can:"fill" %}`: whether the person's role grants a permission."""
    return bool(user) and user.can(permission)  # type: ignore[attr-defined]
