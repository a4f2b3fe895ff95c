"""What lies ready for an emergency: it is given once, by whoever is near, and by no clock."""

from __future__ import annotations

import re

from tallman.core.prescription import Order

__all__ = ["is_as_needed", "is_for_an_emergency", "taken_in"]

_EMERGENCY = re.compile(
    r"\b(?:adrenal (?:crisis|emergency)|(?:opioid )?overdose|not breathing|anaphyla\w+|"
    r"(?:in|for|during) (?:an? |case of (?:an? )?)?emergenc(?:y|ies)\b(?! (?:room|dep))|emergency use|"
    r"severe (?:allergic reaction|hypoglyc\w+|low (?:blood )?(?:sugar|glucose))|"
    r"(?:prolonged|cluster|breakthrough|repetitive) seizures?|seizures? (?:clusters?|lasting|longer|over|>))",
    re.IGNORECASE,
)
_CALL_911 = re.compile(r"\b(?:call|dial) 9-?1-?1\b", re.IGNORECASE)
_READY_FOR = re.compile(rf"\b(?:for|in case of|rescue|if)\s+(?:an?\s+|any\s+)?{_EMERGENCY.pattern}", re.IGNORECASE)
"""The same in a note, which tells of the past too."""
_KEPT_FROM_MISUSE = {"naloxone": frozenset({"buprenorphine", "pentazocine"})}
"""What is in a tablet or film only against its injection: as it is taken, next to none of it arrives."""


def is_for_an_emergency(order: Order) -> bool:
    """Whether the directions say that it is for an emergency, or the note what it lies ready for, and nothing that it
    is taken by the clock: what is swallowed is once or as needed. Opioids add up whatever they are for."""
    if "opioid" in order.medicine.classes:
        return False
    times = [s.timing for s in order.sig.steps if not s.prn]
    by_the_clock = any(t.frequency or t.events or t.clock or (t.interval and t.interval.unit != "min") for t in times)
    is_ready = order.taken_route not in (None, "oral") or all(t.once or t.stat or t.interval for t in times)
    if by_the_clock or not (times or order.sig.steps) or not is_ready:
        return False
    said = _EMERGENCY.search(order.sig.text) or _CALL_911.search(order.sig.text)
    return bool(said or _READY_FOR.search(order.note))


def is_as_needed(order: Order) -> bool:
    """Whether it is taken only as needed, an emergency included."""
    return (bool(order.sig.steps) and all(s.prn for s in order.sig.steps)) or is_for_an_emergency(order)


def taken_in(order: Order) -> frozenset[str]:
    """The ingredients that arrive in the body, as an order is meant to be taken."""
    names = order.medicine.names
    if names.isdisjoint(_KEPT_FROM_MISUSE):
        return names
    return frozenset(n for n in names if names.isdisjoint(_KEPT_FROM_MISUSE.get(n, frozenset())))
