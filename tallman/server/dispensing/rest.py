"""The rest of a part, by the law: why a part may be given now, and until when the rest."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from tallman.core.law import RestLaw, ScheduleLaw
from tallman.server import knowledge_in_use
from tallman.server.prescriptions.models import Prescription
from tallman.server.refusal import refuse
from tallman.server.web import clock

__all__ = ["part_reasons", "refuse_late_rest", "refuse_unexplained_part", "rest_until"]

FEDERAL = "US"


def part_reasons(row: Prescription) -> list[RestLaw]:
    """The reasons for a part of which one has to be named; empty where the law asks for none."""
    return [rest for rule in _rules(row)[:1] for rest in rule.rests]


def rest_until(row: Prescription) -> datetime | None:
    """When the rest of what was given in part may last be filled, by the strictest law; None: no end, or no part."""
    first = row.fills.filter(hand_over__isnull=False).order_by("number").first()
    if first is None:
        return None
    filled = timezone.localtime(first.filled_at)
    ends = [rule.rest_until(first.part_reason, filled, row.written_on) for rule in _rules(row)]
    return min((end for end in ends if end), default=None)


def refuse_late_rest(row: Prescription) -> None:
    """Refuse the rest of what was given in part when its time is over."""
    until = rest_until(row)
    if until is not None and clock.now() > until:
        when = f"{until:%a %-d %b %Y, %H:%M}"
        raise refuse("rest", f"The rest had to be filled by {when}. Tell the prescriber: it needs a new prescription.")


def refuse_unexplained_part(row: Prescription, reason: str) -> None:
    """Refuse a part that the law lets be given only for a reason, when none of them is named."""
    allowed = part_reasons(row)
    if allowed and reason not in [rest.reason for rest in allowed]:
        raise refuse("part_reason", "Say why only a part is given: the time for the rest depends on it.")


def _rules(row: Prescription) -> list[ScheduleLaw]:
    """What the laws say of a controlled prescription, the federal law first; empty for any other."""
    knowledge = knowledge_in_use.current()
    product = knowledge.products.get(row.product_id)
    if product is None or not product.schedule:
        return []
    laws = sorted(
        (law for law in knowledge.laws if law.jurisdiction in (FEDERAL, settings.JURISDICTION)),
        key=lambda law: law.jurisdiction != FEDERAL,
    )
    return [rule for law in laws if (rule := law.of(product.schedule))]
