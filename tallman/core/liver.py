"""How ill a cirrhotic liver is: the Child-Pugh score, as far as the record tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tallman.core.lab import Lab, latest_result
from tallman.core.patient import Patient

__all__ = ["ChildPugh", "child_pugh"]

_ASCITES = ("K7031", "K7011", "K7151", "R18", "K652", "K767")
_ENCEPHALOPATHY = ("K7682", "K704", "K721", "K729")
_BLED = ("I8501", "I8511")
_FAILURE = ("K704", "K711", "K72")
_FROM, _TO = {"A": 5, "B": 7, "C": 10}, {"A": 6, "B": 9, "C": 15}
_NAMED = re.compile(
    r"\b(?:(?:child(?:[\s-]*turcotte)?[\s-]*pugh|ctp)\W{0,3}(?:class|score|stage|grade)?\W{0,3}|"
    r"(?-i:Child)(?:'?s)?(?: class)? |(?-i:CP)(?:[ -]class)?[ -](?=\S.{0,30}\b(?:cirrho|liver|hepat)))"
    r"([ABC])\d{0,2}\b",
    re.IGNORECASE,
)

_DECOMPENSATED = re.compile(
    r"\bdecomp(?:ensated)?\b.*\b(?:cirrho|liver|hepatic)|\b(?:cirrho\w*|liver)\b.*\bdecomp(?:ensated)?\b", re.IGNORECASE
)
_IMPAIRED = re.compile(
    r"\b(moderate|severe)\b.{0,12}\b(?:hepatic|liver) (?:impairment|insufficiency|dysfunction|disease)\b", re.IGNORECASE
)
_CLASS_OF = {"moderate": "B", "severe": "C"}
"""What labels call a moderate and a severe impairment of the liver."""


@dataclass(frozen=True, slots=True)
class ChildPugh:
    """The score lies between `least` and `most`: what is not on record may be one point or three.

    No sign of ascites or of encephalopathy on the problem list counts as none. A liver that fails, or is called
    decompensated, is of class C unless its results say otherwise, and so is one with both signs of which there are no
    results. With one of them, or after varices bled, it is decompensated, and of class B at least where its results do
    not give a better one.
    """

    least: int
    most: int
    arithmetic: str

    def is_at_least(self, letter: str) -> bool:
        """Whether it is of this class or worse, whatever is missing."""
        return self.least >= _FROM[letter]

    def is_surely_below(self, letter: str) -> bool:
        """Whether it is of a better class, whatever is missing."""
        return self.most < _FROM[letter]

    @property
    def words(self) -> str:
        """The class as people say it."""
        letter = next(name for name in "CBA" if self.is_at_least(name))
        return f"Child-Pugh {letter}{' or worse' if self.most > self.least and letter != 'C' else ''}"


def child_pugh(patient: Patient, labs: Mapping[str, Lab], today: date, *, inr_counts: bool = True) -> ChildPugh:
    """The score of a patient who has cirrhosis. An INR that an anticoagulant raises says nothing (`inr_counts`).

    Source: Pugh RNH et al., Br J Surg 1973;60:646-649, with the INR in place of the prothrombin time.
    """
    if said := _said(patient):
        return said
    parts = list(_parts(patient, labs, today, inr_counts=inr_counts))
    least, most = sum(p[0] for p in parts), sum(p[1] for p in parts)
    if worse := _decompensated(patient):
        return ChildPugh(_FROM["C" if most >= _FROM["C"] else "B"], _TO["C"], f"on the problem list: {worse}")
    if least < _FROM["C"] and all(p[:2] == (1, 3) for p in parts[:3]) and all(p[0] > 1 for p in parts[3:]):
        return ChildPugh(_FROM["C"], most, "on the problem list: ascites and encephalopathy, without results")
    if most >= _FROM["C"] > least and patient.has_condition(*_FAILURE):
        return ChildPugh(_FROM["C"], most, "on the problem list: liver failure")
    points = f"{least} points" if least == most else f"{least} to {most} points"
    counted = f"Child-Pugh {points}: {', '.join(p[2] for p in parts)}"
    if least < _FROM["B"] <= most and (sign := _sign_of_decompensation(patient)):
        return ChildPugh(_FROM["B"], most, f"decompensated by {sign} on the problem list; {counted}")
    return ChildPugh(least, most, counted)


def _sign_of_decompensation(patient: Patient) -> str:
    """What shows beside cirrhosis that it is decompensated.

    Source: de Franchis R et al., Baveno VII, J Hepatol 2022;76:959-974: ascites, encephalopathy, variceal bleeding.
    """
    signs = {"ascites": _ASCITES, "encephalopathy": _ENCEPHALOPATHY, "bleeding varices": _BLED}
    return next((sign for sign, codes in signs.items() if patient.has_condition(*codes)), "")


def _said(patient: Patient) -> ChildPugh | None:
    """The class as a problem names it: "cirrhosis, Child-Pugh class A"; the worst, where several do."""
    problems = [c.text for c in patient.conditions if c.active]
    named = [(m[1].upper(), text) for text in problems if (m := _NAMED.search(text))]
    named += [(_CLASS_OF[m[1].lower()], text) for text in problems if (m := _IMPAIRED.search(text))]
    if not named:
        return None
    letter, text = max(named)
    return ChildPugh(_FROM[letter], _TO[letter], f"on the problem list: {text}")


def _decompensated(patient: Patient) -> str:
    """The problem that calls the liver decompensated."""
    return next((c.text for c in patient.conditions if c.active and _DECOMPENSATED.search(c.text)), "")


def _parts(
    patient: Patient, labs: Mapping[str, Lab], today: date, *, inr_counts: bool
) -> Iterator[tuple[int, int, str]]:
    """The least and the most points of each of the five signs, and how they come about."""
    for name, two, three in (("bilirubin", 2, 3), ("inr", "1.7", "2.3"), ("albumin", "-3.5", "-2.8")):
        result = latest_result(patient, labs[name], today) if name in labs and (inr_counts or name != "inr") else None
        if result is None:
            yield 1, 3, f"{labs[name].name if name in labs else name} not known"
            continue
        value = -result.value if name == "albumin" else result.value
        points = 1 + (value >= Fraction(two)) + (value > Fraction(three))
        yield points, points, f"{result} ({points})"
    for sign, codes in (("ascites", _ASCITES), ("encephalopathy", _ENCEPHALOPATHY)):
        has = patient.has_condition(*codes)
        yield 1 + has, 1 + 2 * has, f"{'' if has else 'no '}{sign} on the problem list"
