"""The eye or ear that a note names, against that of the directions."""

from __future__ import annotations

import re

__all__ = ["other_side"]

_SIDES = {
    "right": re.compile(r"\b(?:right|rt?)\s+(?:eye|ear)s?\b", re.IGNORECASE),
    "left": re.compile(r"\b(?:left|lt?)\s+(?:eye|ear)s?\b", re.IGNORECASE),
    "both": re.compile(r"\b(?:both|each|bilateral)\s+(?:eye|ear)s?\b", re.IGNORECASE),
}
_BY_LETTERS = {
    "OD": ("right", "eye"), "OS": ("left", "eye"), "OU": ("both", "eye"),
    "AD": ("right", "ear"), "AS": ("left", "ear"), "AU": ("both", "ear"),
}  # fmt: skip
_LETTERS = re.compile(r"\b(O[DSU]|A[DU]|AS(?!\s+(?i:written|directed|needed|per|an?|the|eye|ear|soon|above)\b))\b")
_PLACES = re.compile(r"\b(eye|ear)s?\b", re.IGNORECASE)
_OF_ANOTHER_TIME = re.compile(
    r"\b(?:s/p|status post|history|hx|previous\w*|last|done|had|after|before|then|next|blind|prosthe\w*|worse|"
    r"started in|surgery|not|other|previously|if)\b",
    re.IGNORECASE,
)
"""Words by which a note tells of a side for another reason than where it goes now."""


def other_side(directions: str, note: str) -> str:
    """What differs where directions and note each name one side, and not the same; else nothing."""
    (here, of_one), (there, of_other) = _named(directions), _named(note)
    places = of_one | of_other
    if len(here) != 1 or len(there) != 1 or here == there or len(places) != 1 or _OF_ANOTHER_TIME.search(note):
        return ""
    place = places.pop()
    sides = ["both " + place + "s" if s == "both" else f"the {s} {place}" for s in (*here, *there)]
    return f"the directions say {sides[0]}, and the note says {sides[1]}"


def _named(text: str) -> tuple[set[str], set[str]]:
    """The sides and the places that a text names; letters count where not all of it is in capitals."""
    letters = [_BY_LETTERS[found] for found in _LETTERS.findall(text)] if not text.isupper() else []
    sides = {side for side, named in _SIDES.items() if named.search(text)} | {side for side, _ in letters}
    return sides, {found.lower() for found in _PLACES.findall(text)} | {place for _, place in letters}
