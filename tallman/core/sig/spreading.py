"""How much of a cream the places named in directions take: fingertip units, an estimate for a thin layer.

Adults: Long CC, Finlay AY. The finger-tip unit: a new practical measure. Clin Exp Dermatol 1991;16:444-7.
Children: Long CC, Mills CM, Finlay AY. A practical guide to topical therapy in children. Br J Dermatol 1998;138:293-6.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from tallman.core.sig.model import Dose, Sig, Step

__all__ = ["fingertips_for", "in_grams"]

_GRAMS = (Decimal("0.4"), Decimal("0.5"))
"""In one fingertip unit of a woman and of a man, from a nozzle of 5 mm: 0.43 and 0.49 were weighed."""

_Areas = Mapping[str, Decimal]
_ADULT: _Areas = {name: Decimal(units) for name, units in (
    ("face", "2.5"), ("front", "7"), ("back", "7"), ("arm", "3"), ("hand", "1"), ("leg", "6"), ("foot", "2"),
)}  # fmt: skip


def _child(face: str, arm: str, leg: str, front: str, back: str) -> _Areas:
    """Of a child an arm is told with its hand, a leg with its foot."""
    return {
        name: Decimal(units)
        for name, units in (("face", face), ("arm", arm), ("leg", leg), ("front", front), ("back", back))
    }


_CHILDREN = (
    (12, _child("1", "1", "1.5", "1", "1.5")),
    (36, _child("1.5", "1.5", "2", "2", "3")),
    (72, _child("1.5", "2", "3", "3", "3.5")),
    (132, _child("2", "2.5", "4.5", "3.5", "5")),
)
"""Until which month of age."""

_PARTS = {
    "face": ("face",), "neck": ("face",), "trunk": ("front", "back"), "torso": ("front", "back"), "back": ("back",),
    "arm": ("arm",), "hand": ("hand",), "leg": ("leg",), "foot": ("foot",),
    "body": ("face", "front", "back", "arm", "hand", "leg", "foot"),
}  # fmt: skip
_PAIRED = frozenset({"arm", "hand", "leg", "foot"})
_SINGULAR = {"arms": "arm", "hands": "hand", "legs": "leg", "feet": "foot"}
_WITHIN = {"hand": "arm", "foot": "leg"}
_SAID = re.compile(r"[a-z]+")
_BETWEEN = frozenset({"and", "the", "both", "entire", "whole", "to", "on", "each"})
_ONE_SIDE = frozenset({"left", "right"})
_BELOW_THE_NECK = re.compile(r"^(?:the )?(?:entire |whole )?body from (?:the )?neck down$")


def fingertips_for(site: str, months: int | None = None) -> Decimal | None:
    """The fingertip units of one thin layer on the places of a site, at an age in months (None: an adult); None where
    any word of it names no place whose size is known.

    >>> fingertips_for("face and both hands"), fingertips_for("left leg"), fingertips_for("affected area")
    (Decimal('4.5'), Decimal('6'), None)
    """
    areas = next((child for until, child in _CHILDREN if months is not None and months < until), _ADULT)
    found = _counted(site)
    if found is None:
        return None
    if areas is not _ADULT:
        found = {part: n for part, n in found.items() if _WITHIN.get(part) not in found}
    if not found.keys() <= areas.keys():
        return None
    return sum((areas[part] * n for part, n in found.items()), Decimal(0))


def _counted(site: str) -> dict[str, int] | None:
    """How many of each area a site names; None where a word of it is none, or there is none."""
    if _BELOW_THE_NECK.match(site):
        return {part: 2 if part in _PAIRED else 1 for part in _PARTS["body"] if part != "face"}
    found: dict[str, int] = {}
    is_one = False
    for word in _SAID.findall(site):
        name = _SINGULAR.get(word, word)
        if name in _PARTS:
            for part in _PARTS[name]:
                found[part] = 2 if part in _PAIRED and (word in _SINGULAR or name == "body") and not is_one else 1
            is_one = False
        elif word in _ONE_SIDE:
            is_one = True
        elif word not in _BETWEEN:
            return None
    return found or None


def in_grams(sig: Sig, months: int | None = None) -> Sig | None:
    """The directions with the grams that they come to; None where a step is neither told in fingertip units nor names
    only places whose size is known."""
    steps = [_in_grams(step, months) for step in sig.steps]
    known = tuple(step for step in steps if step)
    return replace(sig, steps=known) if known and len(known) == len(steps) else None


def _in_grams(step: Step, months: int | None) -> Step | None:
    if step.dose is not None:
        fewest, most = step.dose.low, step.dose.high
        if step.dose.unit != "fingertip unit":
            return None
    elif step.route == "topical" and step.site and (units := fingertips_for(step.site, months)):
        fewest = most = units
    else:
        return None
    return replace(step, dose=Dose(fewest * _GRAMS[0], most * _GRAMS[1], "g"))
