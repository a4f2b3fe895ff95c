"""What lies ready for an emergency: it is given once, by whoever is near, and by no clock."""

from __future__ import annotations

import re

from tallman.core.prescription import Order

__all__ = ["is_as_needed", "is_for_an_emergency", "taken_in"]

_EMERGENCY = re.compile(
    r"\b(?:adrenal (?:crisis|emergency)|(?:opioid )?overdose|not breathing|(?:call|dial) 9-?1-?1|anaphyla\w+|"
    r"(?:in|for|during) (?:an? |case of (?:an? )?)?emergenc(?:y|ies)\b(?! (?:room|dep))|emergency use|"
    r"severe (?:allergic reaction|hypoglyc\w+|low (?:blood )?(?:sugar|glucose))|"
    r"(?:prolonged|cluster|breakthrough|repetitive) seizures?|seizures? (?:clusters?|lasting|longer|over|>))",
    re.IGNORECASE,
)
_KEPT_FROM_MISUSE = {"naloxone": frozenset({"buprenorphine", "pentazocine"})}
"""What is in a tablet or film only against its injection: as it is taken, next to none of it arrives."""


def is_for_an_emergency(order: Order) -> bool:
    """Whether the directions or the note say that it is for an emergency, and nothing says how often a day. Opioids
    add up whatever they are for."""
    times = [s.timing for s in order.sig.steps if not s.prn]
    by_the_clock = any(t.frequency or t.events or t.clock for t in times)
    if by_the_clock or "opioid" in order.medicine.classes:
        return False
    return bool(_EMERGENCY.search(f"{order.sig.text}; {order.note}"))


def is_as_needed(order: Order) -> bool:
    """Whether it is taken only as needed, an emergency included."""
    return (bool(order.sig.steps) and all(s.prn for s in order.sig.steps)) or is_for_an_emergency(order)


def taken_in(order: Order) -> frozenset[str]:
    """The ingredients that arrive in the body, as an order is meant to be taken."""
    names = order.medicine.names
    return frozenset(n for n in names if names.isdisjoint(_KEPT_FROM_MISUSE.get(n, frozenset())))
