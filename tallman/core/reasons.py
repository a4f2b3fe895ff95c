"""What directions say a medicine is for, in plain words, as the ICD-10-CM codes that uses are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["ReasonName", "by_words", "codes_said", "purpose_in"]

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 4
_PURPOSE = re.compile(
    r"""(?:^|[.;,\n]|\bnote:)\s*
    (?:(?:dx|diagnosis|indications?|reason|purpose)\s*(?:for\ use)?\s*[:=-]|(?:used?\s+|taken\s+)?for\b|to\ treat\b)
    ([^.;\n]*?)
    (?:$|[.;\n]|\b(?:with|patients?|pt|who|history|hx|not|no|if|when|until|unless|while|after|before)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
"""How a note beside an order says what it is for: "Dx: panic disorder", "for overactive bladder"."""


@dataclass(frozen=True, slots=True)
class ReasonName:
    """Words for one thing ("itching", "itch"), and the beginnings of every code that it may stand for."""

    codes: tuple[str, ...]
    written_as: tuple[str, ...]

    @property
    def name(self) -> str:
        """The first of its words."""
        return self.written_as[0]


def by_words(names: Iterable[ReasonName]) -> Mapping[str, tuple[str, ...]]:
    """The codes by each of their words, with one space between."""
    return MappingProxyType({" ".join(_words(text)): name.codes for name in names for text in name.written_as})


def codes_said(text: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Every code that the words of a reason may stand for; of names within each other the longest counts."""
    return tuple(dict.fromkeys(_found(_words(text), names)))


def purpose_in(note: str) -> str:
    """The words in which a note says what the order is for; empty where it does not.

    >>> purpose_in("Brand only. Indication: hepatic encephalopathy"), purpose_in("for patient with diabetes")
    ('hepatic encephalopathy', '')
    """
    return ", ".join(told for found in _PURPOSE.findall(note) if (told := found.strip())) if note else ""


def _found(words: list[str], names: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    at = 0
    while at < len(words):
        length = next((n for n in range(_LONGEST, 0, -1) if " ".join(words[at : at + n]) in names), 0)
        if length:
            yield from names[" ".join(words[at : at + length])]
        at += length or 1


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("'s", ""))
