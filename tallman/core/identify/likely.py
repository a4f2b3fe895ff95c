"""Which of the names that a misspelling may stand for have what is written beside it."""

from __future__ import annotations

from tallman.core.drug import Certainty, Medicine
from tallman.core.identify.hit import SPELLED
from tallman.core.identify.reading import Reading
from tallman.core.identify.strengths import Written

__all__ = ["has_match", "likely", "without_roundabout"]


def has_match(medicine: Medicine) -> bool:
    """Whether a product, or several, fit what is written."""
    is_one_of = medicine.certainty is Certainty.PARTIAL and bool(medicine.candidates and medicine.strengths)
    return medicine.product is not None or is_one_of


def without_roundabout(readings: list[Reading], results: list[Medicine], measures: list[Written]) -> list[int]:
    """Which results are left without those further away that a number means in a roundabout way only, where it is the
    strength of the nearest: "xanex .5" is no salicylic acid of 0.5 %, "napraxin 500" no bag of ropivacaine."""
    every = list(range(len(readings)))
    if any(r.kind != SPELLED for r in readings):
        return every
    fitting = [i for i in every if has_match(results[i])]
    nearest = min((readings[i].distance for i in fitting), default=0)
    if not any(_is_outright(results[i], measures) for i in fitting if readings[i].distance == nearest):
        return every
    return [
        i for i in every if i not in fitting or readings[i].distance == nearest or _is_outright(results[i], measures)
    ]


def likely(readings: list[Reading], results: list[Medicine]) -> list[int]:
    """Which results to name, nearest first: of misspellings without those that have neither the strength nor the form
    and are further away than one that has both."""
    every = sorted(range(len(readings)), key=lambda i: readings[i].distance)
    if any(r.kind != SPELLED for r in readings):
        return list(range(len(readings)))
    fitting = [i for i in every if has_match(results[i])]
    nearest = min((readings[i].distance for i in fitting), default=9)
    kept = [i for i in every if i in fitting or readings[i].distance <= nearest]
    return kept if len(kept) > 1 else every


def _is_outright(medicine: Medicine, measures: list[Written]) -> bool:
    """Whether the numbers are the amounts in one piece or puff, each as it is written, or have their units."""
    strengths = medicine.product.strengths if medicine.product else medicine.strengths
    if all(w.unit for w in measures):
        return True
    is_given_so = all(s.per.dimension == s.per.unit for s in strengths)
    return is_given_so and [s.amount.value for s in strengths] == [w.value for w in measures]
