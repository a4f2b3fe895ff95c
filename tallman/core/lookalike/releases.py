"""The words for the kinds of release that a medicine comes in: "bupropion SR", "divalproex DR"."""

from __future__ import annotations

from collections.abc import Iterator, Set

from tallman.core.drug import DoseForm

__all__ = ["kinds_of", "release_said", "releases_of"]

_TWICE, _ONCE = "12 hour", "24 hour"
_WORDS = {_TWICE: "SR", _ONCE: "XL", "extended": "ER", "delayed": "DR"}
_SAID = {
    _TWICE: {"sr", "sustained", "tb12", "cp12"},
    _ONCE: {"xl", "tb24", "cp24"},
    "delayed": {"dr", "ec", "delayed", "enteric", "tbec", "tbdr", "cpdr", "cpep", "cpec"},
    "immediate": {"ir", "immediate"},
}


def kinds_of(form: DoseForm) -> Iterator[str]:
    """Its kind of release, and how many hours it lasts where its name says so."""
    yield form.release
    yield from (hours for hours in (_TWICE, _ONCE) if form.name.startswith(hours))


def release_said(words: Set[str]) -> str:
    """The kind that words beside a name say: "immediate" when there is none, "extended" by any other word."""
    said = next((kind for kind, its in _SAID.items() if words & its), "extended")
    return said if words else "immediate"


def releases_of(kinds: Set[str], *, besides: str) -> Iterator[str]:
    """The words for each kind that a medicine comes in, when there are several, but for one of them.

    >>> list(releases_of({"immediate", "extended"}, besides="immediate"))
    ['ER']
    >>> list(releases_of({"immediate", "extended", "12 hour", "24 hour"}, besides="12 hour"))
    ['XL']
    """
    if kinds <= {"immediate"} or len(kinds - {_TWICE, _ONCE}) < 2:
        return
    made = kinds - {"extended"} if {_TWICE, _ONCE} <= kinds else kinds - {_TWICE, _ONCE}
    if besides in (_TWICE, _ONCE) and besides not in made:
        besides = "extended"
    yield from (word for kind, word in _WORDS.items() if kind in made and kind != besides)
