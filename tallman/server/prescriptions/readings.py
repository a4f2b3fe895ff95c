"""Directions as they are typed: what was understood of them, marked place by place, and said in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from tallman.core.sig import Notation, Sig, parse
from tallman.core.sig.say import say

__all__ = ["Piece", "Reading", "reading_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text. `kind` is "unread", "notation" or empty; `hint` says what is wrong with it."""

    text: str
    kind: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """`said` is the direction in plain words; empty where the text as typed must stand, and `why` says why."""

    sig: Sig
    said: str
    why: str
    pieces: tuple[Piece, ...]

    @property
    def unread(self) -> tuple[str, ...]:
        """The stretches nothing was made of."""
        return tuple(p.text.strip() for p in self.pieces if p.kind == "unread")

    @property
    def notes(self) -> tuple[str, ...]:
        """What was taken for notes, and is no part of the directions."""
        return tuple(self.sig.text[first:last].strip() for first, last in self.sig.remarks)

    @property
    def notations(self) -> tuple[Notation, ...]:
        """Error-prone ways of writing, each once."""
        return tuple({n.code: n for n in self.sig.notations}.values())


def reading_of(text: str) -> Reading:
    """Read what was typed so far."""
    sig = parse(text)
    said = say(sig) or ""
    return Reading(sig, said, "" if said or not text.strip() else _why(sig), tuple(_pieces(sig)))


def _why(sig: Sig) -> str:
    if not sig.steps:
        return "Not understood: the label will carry the text as typed."
    if not sig.is_read:
        return "Not all of it was understood: the label will carry the text as typed."
    return "Understood, but not in words that say exactly this: the label will carry the text as typed."


def _pieces(sig: Sig) -> list[Piece]:
    """The whole text cut at the marks; where marks overlap, unread text stands out before a notation."""
    marks = [(first, last, Piece(sig.text[first:last], "unread", "not understood")) for first, last in sig.unread]
    for n in sig.notations:
        if all(n.span[1] <= first or n.span[0] >= last for first, last, _ in marks):
            hint = f"{n.hazard}; write {n.safer}"
            marks.append((*n.span, Piece(sig.text[slice(*n.span)], "notation", hint)))
    found, at = [], 0
    for first, last, piece in sorted(marks, key=lambda m: m[:2]):
        if first > at:
            found.append(Piece(sig.text[at:first]))
        found.append(piece)
        at = last
    return [*found, Piece(sig.text[at:])] if sig.text[at:] else found
