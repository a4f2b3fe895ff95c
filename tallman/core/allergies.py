"""Read an allergy as it stands in a chart: substance, reaction, and what kind of reaction that is."""

from __future__ import annotations

import re
from functools import lru_cache

from tallman.core.drug import Certainty
from tallman.core.identify import identify
from tallman.core.knowledge import AllergyGroup, Knowledge
from tallman.core.patient import Allergy

__all__ = ["is_no_known_allergies", "reaction_class", "read_allergies", "read_allergy"]

_SEVERE = re.compile(
    r"anaphyl|angio-?edema|throat|tongue|lip swell|face swell|facial swell|swelling of (?:the )?(?:face|lips)|"
    r"\bsjs\b|stevens|\bten\b|toxic epidermal|\bdress\b|eosinophilia|blister|peel|exfoliat|hypotens|shock|"
    r"breath|dyspn|wheez|bronchospasm|airway|intubat|cardiac arrest|collapse|epi-?pen|hemoly|agranulocyt|serum sickness",
    re.IGNORECASE,
)
_MILD = re.compile(r"rash|hives|urticaria|itch|prurit|redness|flush|swelling|eczema|dermatitis|welts", re.IGNORECASE)
_INTOLERANCE = re.compile(
    r"nausea|vomit|\bn/?v\b|\bgi\b|stomach|upset|diarrh|constipat|headache|dizz|drows|sedat|sleep|cough|"
    r"cramp|heartburn|muscle|myalgia|ache|fatigue|tired|insomnia|dry mouth|weight|sweat|jitter|anxi|constip|intoleran|"
    r"photosens|bruis|palpit|edema|confus|hallucin|taste",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"^\s*(nkda|nka|nkma|no known (?:drug |medication |medicine |food )*allerg\w*|no allerg\w*|none(?: known)?|denies(?: any)?"
    r"(?: drug)? allerg\w*|n/?a)\s*\.?\s*$",
    re.IGNORECASE,
)
_SPLIT_REACTION = re.compile(r"\s*(?::|\s[-\N{EN DASH}\N{EM DASH}>]+\s|=>|\bcauses?\b|\bcaused\b|\breaction\b:?)\s*", re.I)
_PARENTHESIS = re.compile(r"^(.*?)\s*\(([^)]*)\)\s*$")
_NOISE = re.compile(r"\b(allerg(?:y|ies|ic)(?: to)?|drugs?|medications?|medicines?|antibiotics?|products?|class|contrast)\b", re.I)
_ABOUT_REACTION = re.compile("|".join(p.pattern for p in (_SEVERE, _MILD, _INTOLERANCE)), re.IGNORECASE)


def is_no_known_allergies(text: str) -> bool:
    """Whether the text says that there are none: NKDA, "no known drug allergies"."""
    return bool(_NONE.match(text))


def reaction_class(text: str) -> str:
    """The kind of a reaction: "severe", "mild" (an allergy of the skin), "intolerance" or "unknown".

    Severe are anaphylaxis, swelling of face or throat, trouble breathing, blistering or peeling skin and the like; an
    intolerance is a side effect such as nausea or cough. The gravest word decides.
    """
    if _SEVERE.search(text):
        return "severe"
    if _MILD.search(text):
        return "mild"
    return "intolerance" if _INTOLERANCE.search(text) else "unknown"


def read_allergies(text: str, knowledge: Knowledge) -> tuple[Allergy, ...]:
    """Every allergy of a line such as "PCN (hives), sulfa, codeine: nausea"; empty for "no known allergies"."""
    if is_no_known_allergies(text):
        return ()
    parts = [p.strip() for p in re.split(r"[;,\n](?![^(]*\))", text) if p.strip()]
    joined: list[str] = []
    for part in parts:
        if joined and _ABOUT_REACTION.search(part) and not _looks_read(part, knowledge):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return tuple(read_allergy(part, knowledge) for part in joined)


def _looks_read(text: str, knowledge: Knowledge) -> bool:
    return read_allergy(text, knowledge).is_read


def read_allergy(
    text: str,
    knowledge: Knowledge,
    *,
    reaction: str = "",
    kind: str = "allergy",
    severity: str | None = None,
    refuted: bool = False,
    rxcui: str | None = None,
) -> Allergy:
    """One substance with its reaction. What cannot be recognised has neither ingredients nor groups: it is not read."""
    substance, said = _parts(text)
    said = ", ".join(filter(None, [reaction, said]))
    groups = _groups(substance, knowledge)
    ignorable = bool(groups) and all(g.ignorable for g in groups)
    named = tuple(g.id for g in groups if not g.ignorable)
    if groups:
        return Allergy(text, (), named, ignorable, said, kind, severity, refuted)
    medicine = identify(substance, knowledge, rxcui=rxcui)
    is_certain = medicine.certainty in (Certainty.PRODUCT, Certainty.PARTIAL)
    return Allergy(text, medicine.ingredients if is_certain else (), (), False, said, kind, severity, refuted)


def _parts(text: str) -> tuple[str, str]:
    if match := _PARENTHESIS.match(text):
        if _ABOUT_REACTION.search(match[2]):
            return match[1], match[2]
    pieces = _SPLIT_REACTION.split(text, maxsplit=1)
    if len(pieces) == 2 and pieces[0].strip():
        return pieces[0].strip(), pieces[1].strip()
    return text.strip(), ""


def _plain(text: str) -> str:
    words = re.findall(r"[a-z0-9']+", _NOISE.sub(" ", text.lower()))
    return " ".join(w[:-1] if len(w) > 4 and w.endswith("s") and not w.endswith("ss") else w for w in words)


@lru_cache(maxsize=4)
def _written_groups(knowledge: Knowledge) -> dict[str, tuple[AllergyGroup, ...]]:
    found: dict[str, tuple[AllergyGroup, ...]] = {}
    for group in knowledge.allergy_groups.values():
        for name in {_plain(n) for n in (group.name, *group.written_as)} - {""}:
            found[name] = (*found.get(name, ()), group)
    return found


def _groups(substance: str, knowledge: Knowledge) -> tuple[AllergyGroup, ...]:
    return _written_groups(knowledge).get(_plain(substance), ())
