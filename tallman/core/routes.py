"""The route that stands as a word beside the name of a medicine: "ceftriaxone 1 g IM"."""

from __future__ import annotations

import re

__all__ = ["INJECTED", "SHORT_ROUTES", "is_into_the_spine", "route_in"]

INJECTED = frozenset({"subcutaneous", "intramuscular", "intravenous"})

SHORT_ROUTES = {
    "iv": "intravenous", "ivp": "intravenous", "ivpb": "intravenous", "im": "intramuscular", "sc": "subcutaneous",
    "sq": "subcutaneous", "subq": "subcutaneous", "subcut": "subcutaneous", "po": "oral", "pr": "rectal",
    "pv": "vaginal", "sl": "sublingual", "intravenously": "intravenous", "intramuscularly": "intramuscular",
    "subcutaneously": "subcutaneous", "sublingually": "sublingual", "buccally": "buccal", "rectally": "rectal",
    "vaginally": "vaginal", "topically": "topical", "intranasally": "nasal", "nasally": "nasal",
}  # fmt: skip
"""The letters and adverbs for a route, as prescribers write them."""
_SITES = {
    "ear": "otic", "eye": "ophthalmic", "nose": "nasal", "nostril": "nasal", "vagina": "vaginal", "rectum": "rectal",
    "tongue": "sublingual",
}  # fmt: skip
_SITE = re.compile(
    r"\b(?:in|into|to|under)\s+(?:(?:the|each|both|left|right|affected)\s+){0,2}"
    rf"({'|'.join(_SITES)})s?\b",
    re.IGNORECASE,
)
_WORD = re.compile(
    rf"\b(?:{'|'.join(SHORT_ROUTES)}|intravenous|intramuscular|subcutaneous|epidural|intrathecal|intravitreal)\b",
    re.IGNORECASE,
)
_INTO_THE_SPINE = re.compile(r"(?:\d\s*|/)(?:mg|mcg|mL|g)\s+(?:IT|I\.T\.)(?!\w)")
"""Capitals after an amount: "12 mg IT" says a route, "take it" does not."""
_INTO_THE_NOSE = re.compile(r"(?:\d\s*|/)(?i:mg|mcg|mL|g)\s+IN(?=\s*(?:$|[,;.)]|(?i:prn|once|q\s?\d)))")
""" "50 mg/mL IN" with nothing behind that it could be in."""


def is_into_the_spine(text: str) -> bool:
    """Whether an amount is said to go into the spinal canal, by the letters for it."""
    return bool(_INTO_THE_SPINE.search(text))


def route_in(text: str) -> str | None:
    """The one route that a text says; None where it says none, or several.

    >>> route_in("testosterone cyp 200 mg/mL IV"), route_in("lorazepam 2 mg IM/IV")
    ('intravenous', None)
    """
    found = {SHORT_ROUTES.get(word.lower(), word.lower()) for word in _WORD.findall(text)}
    found |= {_SITES[site.lower()] for site in _SITE.findall(text)}
    found |= {"intrathecal"} if is_into_the_spine(text) else set()
    found |= {"nasal"} if _INTO_THE_NOSE.search(text) else set()
    return found.pop() if len(found) == 1 else None
