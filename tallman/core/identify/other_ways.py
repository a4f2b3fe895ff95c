"""What else a strength may be of, given another way than the nearest product: a patch or a vial, a bag or a vial to be
dissolved, drops for the eye or to be swallowed; and how long a patch is worn."""

from __future__ import annotations

import re
from decimal import Decimal

from tallman.core.drug import Product
from tallman.core.identify.evidence import Evidence
from tallman.core.identify.forms import is_container
from tallman.core.identify.text import plain_words
from tallman.core.identify.vocabulary import words
from tallman.core.routes import INJECTED, SHORT_ROUTES

__all__ = ["other_ways", "worn_so_long"]

_DILUENT = r"(?:NSS?|D5W|LR|SWFI|normal saline|saline|sodium chloride|dextrose|lactated ringer|sterile water)"
_DILUTED = re.compile(rf"\bin\s+(?:[\d,.]+\s*mL\s+(?:of\s+)?)?{_DILUENT}", re.IGNORECASE)
_BAG = 50
"""Milliliters from which on what is injected is a bag."""
_DROPS = words("drop drops gtt gtts drps")
_DROPPED_INTO = frozenset({"ophthalmic", "otic", "nasal"})
_MOST = 4
_TWICE_A_WEEK = re.compile(
    r"\b(?:twice|two times|2\s?x|2 times)[\s-]*(?:a |per |/)?\s*(?:week(?:ly)?|wk)\b|\b(?:bi|semi)-?weekly\b|\bpttw\b",
    re.IGNORECASE,
)
_ONCE_A_WEEK = re.compile(r"\bweekly\b|\bonce (?:a|per) week\b|(?:/|per |q\s?)(?:week|wk)\b|\bptwk\b", re.IGNORECASE)
_HALF_A_WEEK, _A_WEEK = Decimal(84), Decimal(168)


def worn_so_long(products: list[Product], text: str) -> list[Product]:
    """Without the patches that are worn for longer or shorter than is written; all where none is worn so."""
    hours = _HALF_A_WEEK if _TWICE_A_WEEK.search(text) else _A_WEEK if _ONCE_A_WEEK.search(text) else None
    others = {p.id for p in products if (worn := _hours_worn(p)) and worn in {_HALF_A_WEEK, _A_WEEK} - {hours}}
    return [p for p in products if p.id not in others] or products if hours else products


def _hours_worn(product: Product) -> Decimal | None:
    size = product.unit_of_use
    return size.value if size and size.unit == "h" and product.form.unit == "patch" else None


def other_ways(likely: list[Product], products: list[Product], said: Evidence) -> list[Product]:
    """What a text that does not say how it is given may mean beside the products that fit best."""
    ways = (_vials_beside_a_patch, _by_needle_too, _vials_for_a_bag, _drops_beside_the_brand)
    return next((found[:_MOST] for way in ways if (found := way(likely, products, said))), [])


def _vials_beside_a_patch(likely: list[Product], products: list[Product], said: Evidence) -> list[Product]:
    """The injections of what was taken for a patch though no word says so: "fentanyl 50 mcg" is a dose of the vial."""
    is_said = said.forms.demands or said.reading.brand or any(w.per_unit for w in said.written)
    if is_said or not said.measures or any(p.form.unit != "patch" for p in likely):
        return []
    return [p for p in products if p.brand is None and "inject" in p.form.name and not is_container(p.form)]


def _by_needle_too(likely: list[Product], products: list[Product], said: Evidence) -> list[Product]:
    """The injections in the strength of what is swallowed, where both ways are said: "Zyprexa IM or PO 10"."""
    told = {SHORT_ROUTES.get(word, "") for word in plain_words(said.text)}
    if "oral" not in told or INJECTED.isdisjoint(told):
        return []
    injected = [p for p in products if p not in likely and not INJECTED.isdisjoint(p.form.routes)]
    return [p for p in injected if said.fit(p)[0]] or [p for p in injected if p.brand is None]


def _vials_for_a_bag(likely: list[Product], products: list[Product], said: Evidence) -> list[Product]:
    """The vials that hold what was taken for a ready bag, where it is ordered in a diluent: "1,250 mg in NS 250 mL"."""
    is_diluted = _DILUTED.search(said.text) and not any(w.per_unit for w in said.measures)
    if not is_diluted or any(_is_of(p) < _BAG for p in likely):
        return []
    amounts = {p.strengths[0].amount for p in likely}
    return [p for p in products if _is_of(p) < _BAG and p.brand is None and p.strengths[0].amount in amounts]


def _is_of(product: Product) -> Decimal:
    """The milliliters that a strength is in; nothing of what is not poured."""
    per = product.strengths[0].per
    return per.value if per.unit == "mL" else Decimal(0)


def _drops_beside_the_brand(likely: list[Product], products: list[Product], said: Evidence) -> list[Product]:
    """The drops for eye, ear or nose, where "drops" are said of a brand that is only swallowed: "cipro drops"."""
    told = {*plain_words(said.text)}
    if not said.reading.brand or told.isdisjoint(_DROPS) or any(p.form.routes[:1] != ("oral",) for p in likely):
        return []
    return [p for p in products if p.form.routes[:1] and p.form.routes[0] in _DROPPED_INTO and said.forms.fit(p.form)]
