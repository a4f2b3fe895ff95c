"""Allergies: most are a text alone, some say that there are none, and what cannot be read must not be lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tallman.core.allergies import is_no_known_allergies, is_none_of_another_kind, read_allergies, read_allergy
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Allergy
from tallman.core.received import Code, ReceivedAllergy
from tallman.interchange.fhir.contents import Contents, Held
from tallman.interchange.fhir.datatypes import CodeableConcept
from tallman.interchange.fhir.resources import AllergyIntolerance, ListResource
from tallman.interchange.fhir.subject import own
from tallman.interchange.fhir.systems import codes_in, codes_of
from tallman.interchange.fhir.warnings import Unreadable

__all__ = [
    "UNCLEAR",
    "UNREAD",
    "Recorded",
    "as_received",
    "is_none_of_a_kind",
    "says_none",
    "sent_allergy",
    "understood",
    "without_any",
]

UNREAD = Allergy("an allergy that could not be read in the message")
UNCLEAR = Allergy("an allergy in the message of which it is not clear whose it is")
"""Stand for an allergy of which nothing is known, so that the checks say that they could not look."""

_NONE_KNOWN = ("716186003", "409137002")
_NONE_OF_A_KIND = ("429625007", "428607008", "716184000", "716220001", "1003774007", "428197003")
"""SNOMED CT: no known allergy, to a drug; and no known food, environmental, latex, animal, insect allergy."""
_TAG = re.compile(r"\s*\((?:substance|disorder|finding|product|medicinal product|clinical drug|situation)\)\s*$", re.I)
_ALLERGY_TO = re.compile(
    r"^(?:(?:drug|food|medication)\s+)?(?:allergy|intolerance|hypersensitivity|adverse reaction)"
    r"(?:\s+(?:to|caused by)\s+|\s*[:-]\s*)",
    re.I,
)
_WITHDRAWN, _PAST = ("refuted", "entered-in-error"), ("inactive", "resolved")
_NOT_MEDICINES = frozenset({"food", "environment"})
_FOOD_IN_MEDICINES = re.compile(
    r"egg|soy|peanut|gelatin|alpha|meat|pork|beef|milk|lactose|casein|\bfish|iodine|latex|sesame|gluten|wheat|corn|"
    r"alcohol|sulfi|dye|tartrazine|yeast|sugar|castor",
    re.I,
)
_RANK = ("", "mild", "moderate", "severe")
_ALLERGY_LIST = "48765-2"


@dataclass(frozen=True, slots=True)
class Recorded:
    """One AllergyIntolerance: every name of the substance, and what is said of it."""

    texts: tuple[str, ...]
    codes: tuple[Code, ...] = ()
    reaction: str = ""
    kind: str = "allergy"
    severity: str = ""
    is_current: bool = True
    is_no_medicine: bool = False


def as_received(contents: Contents, held: Held) -> Recorded:
    """What an AllergyIntolerance says, without judging what the substance is."""
    allergy = contents.read(held, AllergyIntolerance)
    named = [allergy.code, *(r.substance for r in allergy.reaction if r.substance)]
    concept = next((c for c in named if c.texts() or c.coding), CodeableConcept())
    notes = [n.text.strip() for n in allergy.note if n.text.strip()]
    texts = tuple(dict.fromkeys(_plain(t) for t in concept.texts())) or tuple(notes[:1])
    if not texts and not concept.coding:
        contents.warn("ALLERGY-MISSING", held.where)
    states = [word for s in (allergy.verification_status, allergy.clinical_status) for word in _said(s)]
    return Recorded(
        texts=texts,
        codes=codes_of(concept),
        reaction=_reaction(allergy) or ", ".join(notes[:1] if concept.texts() else ()),
        kind="intolerance" if allergy.type == "intolerance" else "allergy",
        severity=_severity(allergy),
        is_current=not any(state in (*_WITHDRAWN, *_PAST) for state in states),
        is_no_medicine=bool(allergy.category) and _NOT_MEDICINES.issuperset(allergy.category),
    )


def _said(status: CodeableConcept) -> list[str]:
    words = [c.code for c in status.coding if c.code] or status.texts()
    return ["-".join(word.lower().split()) for word in words]


def _plain(text: str) -> str:
    """Without SNOMED's tag and "allergy to", which are no part of the substance's name."""
    return _ALLERGY_TO.sub("", _TAG.sub("", text)).strip() or text


def _reaction(allergy: AllergyIntolerance) -> str:
    said = (t for r in allergy.reaction for t in (*(_first(m) for m in r.manifestation), r.description.strip()))
    return ", ".join(dict.fromkeys(filter(None, said)))


def _first(concept: CodeableConcept) -> str:
    return _TAG.sub("", next(iter(concept.texts()), ""))


def _severity(allergy: AllergyIntolerance) -> str:
    """The gravest reaction's severity; where none is recorded a high criticality counts as severe."""
    said = max((r.severity for r in allergy.reaction if r.severity in _RANK), key=_RANK.index, default="")
    return said or ("severe" if allergy.criticality == "high" else "")


def says_none(recorded: Recorded) -> bool:
    """Whether this says that somebody asked and there are no allergies to medicines."""
    if any(c.system == "snomed" and c.code in _NONE_KNOWN for c in recorded.codes):
        return True
    return any(map(_text_says_none, recorded.texts))


def _text_says_none(text: str) -> bool:
    """Whether each part of "NKDA, no food allergies" says that there are none, one of them to medicines."""
    parts = [p for p in re.split(r"[;,|\n]", text) if p.strip()]
    none_known = [is_no_known_allergies(p) for p in parts]
    return any(none_known) and all(n or is_none_of_another_kind(p) for n, p in zip(none_known, parts, strict=True))


def without_any(contents: Contents, patient: Held) -> bool:
    """Whether a list of the patient's allergies is sent empty because none are known."""
    for held, is_ours in own(contents, patient, "List"):
        try:
            found = contents.read(held, ListResource)
        except Unreadable:
            contents.warn("RESOURCE-UNREADABLE", held.where)
            continue
        nil = "nilknown" in [c.code for c in found.empty_reason.coding] and found.status in ("current", "")
        if is_ours and nil and _ALLERGY_LIST in [c.code for c in codes_in("loinc", found.code)]:
            return True
    return False


def understood(recorded: Recorded, knowledge: Knowledge) -> tuple[Allergy, ...]:
    """The allergies of one record by the first of its names that is read whole; empty when it says "none"."""
    if says_none(recorded) or is_none_of_a_kind(recorded):
        return ()
    rxcui = next((c.code for c in recorded.codes if c.system == "rxnorm"), None)
    texts = recorded.texts or ((_coded_name(recorded, rxcui, knowledge),) if recorded.codes else ())
    readings = [r for t in texts for r in [_reading(t, recorded, rxcui, knowledge)] if r]
    if not readings:
        return (Allergy(UNREAD.substance, refuted=not recorded.is_current),)
    chosen = next((r for r in readings if all(a.is_read for a in r)), readings[0])
    return tuple(_settled(a, recorded) for a in chosen)


def is_none_of_a_kind(recorded: Recorded) -> bool:
    """Whether this says that there are no allergies of a kind that is no medicine, such as to food."""
    coded = any(c.code in _NONE_OF_A_KIND for c in recorded.codes if c.system == "snomed")
    return coded or any(map(is_none_of_another_kind, recorded.texts))


def _coded_name(recorded: Recorded, rxcui: str | None, knowledge: Knowledge) -> str:
    known = knowledge.by_rxcui.get(rxcui or "")
    return known.name if known else f"{recorded.codes[0].system} {recorded.codes[0].code}"


def _reading(text: str, recorded: Recorded, rxcui: str | None, knowledge: Knowledge) -> tuple[Allergy, ...]:
    severity = recorded.severity or None
    if rxcui and rxcui in knowledge.by_rxcui:
        one = read_allergy(text, knowledge, recorded.reaction, recorded.kind, severity, rxcui=rxcui)
        if one.is_read:
            return (one,)
    return read_allergies(text, knowledge, recorded.reaction, recorded.kind, severity)


def _settled(allergy: Allergy, recorded: Recorded) -> Allergy:
    harmless = recorded.is_no_medicine and not _FOOD_IN_MEDICINES.search(allergy.substance)
    return replace(
        allergy,
        ignorable=allergy.ignorable or (not allergy.is_read and harmless),
        refuted=allergy.refuted or not recorded.is_current,
    )


def sent_allergy(recorded: Recorded) -> ReceivedAllergy:
    """The record as `core.received` has it."""
    name = next(iter(recorded.texts), "") or next((f"{c.system} {c.code}" for c in recorded.codes), UNREAD.substance)
    return ReceivedAllergy(name, recorded.reaction, recorded.severity, recorded.codes)
