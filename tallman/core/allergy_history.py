"""What a chart says has become of an allergy: a test took it back, or something like it was taken without harm.

A record that is taken back too easily is a dead patient: a clause counts only where it says nothing else, is not denied
("did not tolerate"), and names nothing but what the allergy is to ("negative skin test to latex" says nothing of
penicillin).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallman.core.allergy_reactions import reaction_class

__all__ = ["is_taken_back", "says_more", "taken_without_harm", "without_history"]

_WHEN = r"""(?:\s*(?:[,:-]\s*)?(?:(?:in|on|by|at|per|from|since|about|age|the|an?|our|dr\.?|as|with|after|at\s+age)\s+)*
    (?:allerg(?:y|ist)(?:\s+clinic)?|immunolog(?:y|ist)|clinic|hospital|pharmacy|adult|adulthood|child|childhood|
    teen(?:ager)?|infancy|(?:last|this)\s+(?:year|month|week)|yesterday|today|recently|[\d/.-]{1,10}|
    (?:(?:oral|graded|drug|skin|allergy|penicillin|amoxicillin)\s+)*(?:challenge|test(?:ing|s)?)|
    jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|years?(?:\s+ago)?|months?\s+ago|
    no\s+reaction|without\s+(?:any\s+)?(?:reaction|issues?|problems?)))*"""
_KIND = r"(?:(?:oral|graded|direct|drug|food|dose|amoxicillin|penicillin|pcn|supervised|in-?office)\s+)*"
_BACK = rf"""(?:de-?label\w*(?:\s+done)?|
    (?:allergy\s+)?(?:was\s+|has\s+been\s+)?(?:ruled\s+out|removed|refuted|disproved)|
    (?:recorded\s+|entered\s+)?in\s+error|family\s+history\s+only|
    (?:is\s+|was\s+)?no\s+longer\s+allergic|
    (?:is\s+|was\s+)?not\s+(?:an?\s+)?(?:true\s+|truly\s+|really\s+)?allerg(?:y|ic)|
    (?:has\s+)?outgr(?:ew|own)(?:\s+(?:it|this|allergy))?|
    (?:passed|tolerated|negative)\s+(?:an?\s+|the\s+)?{_KIND}challenge|
    {_KIND}challenge\s*(?::|was|is|-)?\s*(?:passed|negative|tolerated)|
    {_KIND}(?:skin|allergy|ige|blood|patch)\s+test\w*\s*(?:was|were|is|:|-)?\s*(?:negative|neg)|
    (?:negative|neg)\s+{_KIND}(?:skin|allergy|ige|blood|patch)\s+test\w*)"""
_WHO = r"(?:(?:pt|patient|he|she|but|and|then|now|since|later|has|was|is)\s+)*"
_TAKEN_BACK = re.compile(rf"{_WHO}{_BACK}{_WHEN}[\s.!]*", re.IGNORECASE | re.VERBOSE)
_BEHIND_A_NAME = re.compile(
    rf"(?P<name>.+?)\s+(?:allergy\s+)?(?:was\s+|is\s+|has\s+been\s+)?{_BACK}{_WHEN}[\s.!]*", re.IGNORECASE | re.VERBOSE
)
_ONE = (
    r"(?!.*\b(?:any\w*|other|except|besides|but)\b)"
    r"(?!severe|serious|anaphyl|immediate|recent|documented|known|current|new)"
)
"""A name after "no": what is denied is all of it, neither its degree nor what else there is."""
_BEFORE_A_NAME = re.compile(
    rf"{_WHO}(?:not\s+(?:really\s+|truly\s+)?allergic\s+to|no\s+longer\s+allergic\s+to|"
    rf"(?:negative|neg)\s+(?:skin|allergy|ige)\s+test\w*\s+(?:to|for))\s+(?P<name>.+)"
    rf"|{_WHO}(?:denies|no)\s+(?:known\s+)?allerg(?:y|ies)\s+to\s+(?P<denied>{_ONE}.+)"
    rf"|{_WHO}(?:denies|no)\s+(?P<lacked>{_ONE}.+?)\s+allergy"
    rf"|{_WHO}(?:has\s+)?outgr(?:ew|own)\s+(?:an?\s+|the\s+)?(?P<grown>.+?)(?:\s+allergy)?",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"""(?:(?:pt|patient|but|he|she|and|has|have|had|can|is|was|since|later)\s+)*
    (?:tolerat\w+ | able\s+to\s+(?:take|tolerate) |
    (?:ok|okay|fine|well|no\s+(?:problems?|issues?|trouble))\s+(?:with|on) |
    (?<=had\s)(?=.*\b(?:(?:without|w/o|no)\s+(?:any\s+)?(?:problems?|issues?|trouble)|fine|ok|okay)\b) |
    (?:now\s+)?(?:took|tak(?:en?|es|ing)|on)\s+(?=.*\b(?:without|w/o|no|fine|ok|okay)\b))
    \s*(?P<what>.*)""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT = re.compile(
    r"\b(?:not|never|unable|cannot|can't|couldn't|didn't|doesn't|won't|poorly|badly|barely|hardly|failed|until|"
    r"with\s+(?!(?:no|out)\b))\b",
    re.IGNORECASE,
)
_WELL = re.compile(r"\b(?:without|w/o|no|fine|ok|okay|well|in the past|before|since|20\d\d|19\d\d)\b.*$", re.IGNORECASE)
_HAD = re.compile(r"\bhad\s*$", re.IGNORECASE)
_CLAUSES = re.compile(r"[(),;\n]|:(?=\s)|\s[-\N{EN DASH}\N{EM DASH}]+\s|\bbut\b", re.IGNORECASE)


def is_taken_back(text: str) -> bool:
    """Whether one clause of the record of one substance says that there is no such allergy, or none any more.

    >>> is_taken_back("penicillin (negative skin test 2021)"), is_taken_back("penicillin challenge not tolerated")
    (True, False)
    """
    return any(_TAKEN_BACK.fullmatch(c) or _named(c) for c in _clauses(text))


def says_more(part: str) -> bool:
    """Whether a part of a line says only what became of the substance before it."""
    return bool(_TAKEN_BACK.fullmatch(part.strip()) or _harmless(part.strip()))


def taken_without_harm(text: str) -> Iterator[str]:
    """What was taken without harm, as it is named, clause by clause; "" where that is the substance itself."""
    for clause in _clauses(text):
        if (match := _harmless(clause)) is not None:
            yield _WELL.sub("", match["what"]).strip()


def without_history(text: str) -> str:
    """The text without the clauses that say what became of it: "PCN hives" of "PCN hives - tolerated amoxicillin". Of a
    clause that names the substance, the name."""
    if (name := _named(text.strip())) is not None:
        return name
    kept = [piece for piece in _CLAUSES.split(text) if piece.strip() and not says_more(piece)]
    if all(piece in kept for piece in _CLAUSES.split(text) if piece.strip()):
        return text
    return ", ".join(piece.strip() for piece in kept)


def _clauses(text: str) -> list[str]:
    return [clause.strip(" .") for clause in _CLAUSES.split(text) if clause.strip(" .")]


def _named(clause: str) -> str | None:
    """The substance of a clause that takes its allergy back and names it: "penicillin allergy ruled out"."""
    if match := _BEFORE_A_NAME.fullmatch(clause):
        return str(next(filter(None, match.groups()))).strip()
    match = _BEHIND_A_NAME.fullmatch(clause)
    return match["name"].strip(" -:") if match and not _NOT.search(match["name"]) else None


def _harmless(clause: str) -> re.Match[str] | None:
    """A clause by which something was taken without harm. What somebody "had" may be the reaction itself."""
    match = _TAKEN.fullmatch(clause)
    if match is None or _NOT.search(match["what"]):
        return None
    if not _HAD.search(clause[: match.start("what")]):
        return match
    name = _WELL.sub("", match["what"]).strip()  # None in "had no trouble breathing".
    return match if name and reaction_class(name) == "unknown" else None
