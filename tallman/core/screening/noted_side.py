"""The eye or ear that a note names, against that of the directions."""

from __future__ import annotations

import re

__all__ = ["other_side"]

_SIDES = {
    side: re.compile(rf"\b(?:{side}|{letter})\s+(eye|ear)\b|\b(?-i:{capitals})\b", re.IGNORECASE)
    for side, letter, capitals in (("right", "rt?", "OD|AD"), ("left", "lt?", "OS|AS"), ("both", "bilateral", "OU|AU"))
}
_OF_ANOTHER_TIME = re.compile(
    r"\b(?:s/p|status post|history|hx|previous\w*|last|done|had|after|before|then|next|blind|prosthe\w*|worse|"
    r"started in|surgery|not|other|previously|if)\b",
    re.IGNORECASE,
)
"""Words by which a note tells of a side for another reason than where it goes now."""


def other_side(directions: str, note: str) -> str:
    """What differs where directions and note each name one side, and not the same; else nothing."""
    here, there = ([side for side, named in _SIDES.items() if named.search(text)] for text in (directions, note))
    places = {m[0].lower() for text in (directions, note) for m in re.finditer(r"\b(?:eye|ear)\b", text, re.IGNORECASE)}
    if len(here) != 1 or len(there) != 1 or here == there or len(places) != 1 or _OF_ANOTHER_TIME.search(note):
        return ""
    place = places.pop()
    sides = ["both " + place + "s" if s == "both" else f"the {s} {place}" for s in (*here, *there)]
    return f"the directions say {sides[0]}, and the note says {sides[1]}"
