"""What directions tell of a dose that was given before, by another way: "received ceftriaxone 1 g IM today"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.routes import INJECTED
from tallman.core.sig import parse

__all__ = ["without_what_was_given"]

_BY_NEEDLE = r"\b(?:im|iv|intramuscular\w*|intravenous\w*|inj(?:ection)?|shot)\b"
_WHEN_OR_WHERE = (
    r"(?:\b(?:today|yesterday|earlier|already|this (?:morning|afternoon|evening)|"
    r"(?:in|at) (?:the )?(?:ed|er|clinic|office|hospital|urgent care|uc|visit)|"
    r"\d{1,2}(?::\d\d)?\s*[ap]\.?m\b|\d{1,2}/\d{1,2}))"
)
_FROM = r"(?:continu\w+|switch\w*|chang\w*|transition\w*|convert\w*|step\w*[- ]down) from"
_TOLD = re.compile(
    rf"[,;.(-]*\s*\b(?:pt |patient |he |she |has |was |s/p )*(?:"
    rf"(?:received|got|had|given)\b[^,;.]*?{_BY_NEEDLE}[^,;]*?{_WHEN_OR_WHERE}|"
    rf"(?:(?:first|initial|1st|last) dose )(?:was )?given\b[^,;.]*?{_BY_NEEDLE}[^,;.]*|"
    rf"(?:last|first) {_BY_NEEDLE} dose\b(?: (?:was )?(?:given|at))?[^,;.]*|"
    rf"{_FROM}\b[^,;.]*?{_BY_NEEDLE}[^,;.]*)\)?",
    re.IGNORECASE,
)


def without_what_was_given(order: Order, knowledge: Knowledge) -> Order:
    """The order with its directions read without what they tell of a dose given before by needle, where nothing that is
    ordered is made for one: it says nothing of how the tablets are taken."""
    text = order.sig.text
    if not _tells_of_it(text) or _is_made_for_needles(order, knowledge):
        return order
    kept = _TOLD.sub(lambda told: " " * len(told[0]), text).rstrip()
    sig = parse(kept) if kept.strip() else order.sig
    return replace(order, sig=replace(sig, text=text)) if sig.steps and sig is not order.sig else order


@lru_cache(maxsize=1 << 13)
def _tells_of_it(text: str) -> bool:
    return _TOLD.search(text) is not None


def _is_made_for_needles(order: Order, knowledge: Knowledge) -> bool:
    medicine = order.medicine
    form = medicine.product.form if medicine.product else medicine.form
    forms = [form] if form else [p.form for c in medicine.candidates if (p := knowledge.products.get(c))]
    return not forms or any(not INJECTED.isdisjoint(f.routes) for f in forms)
