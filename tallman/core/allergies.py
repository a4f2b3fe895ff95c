"""Read an allergy as it stands in a chart: the substance, the reaction, and what kind of reaction that is."""

from __future__ import annotations

import re

from tallman.core.allergy_framing import (
    is_grave,
    is_no_known_allergies,
    is_none_of_another_kind,
    is_note,
    parts_of,
    without_frame,
)
from tallman.core.allergy_groups import groups_named, is_written_name
from tallman.core.allergy_history import is_taken_back, says_more, taken_without_harm, without_history
from tallman.core.allergy_reactions import is_of_touch, reaction_class
from tallman.core.allergy_substance import is_of_others, is_one_name, is_remedy, may_mean, substance_read
from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Allergy

__all__ = [
    "is_no_known_allergies",
    "is_none_of_another_kind",
    "is_of_touch",
    "reaction_class",
    "read_allergies",
    "read_allergy",
    "tolerated_in",
]

_RELATED = re.compile(
    r"\s+(?:and|&)\s+(?:its\s+)?(?:related|relatives|derivatives|similar|analogs?)(?:\s+(?:drugs|compounds))?\s*$",
    re.IGNORECASE,
)
"""What a list of allergies writes behind a medicine and its kin: "Metformin And Related"."""
_EXCEPT = re.compile(r"^(.+?)\s*[(,]?\s*\b(?:except(?:ing)?(?:\s+for)?|other\s+than)\s+([^()]+)\)?$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:[/\\&+]|\band\b|\bor\b)\s*(?![^(\[]*[)\]])", re.IGNORECASE)
_REACTION_AFTER = re.compile(
    r"\s*(?::|=>?|->|\s[-\N{EN DASH}\N{EM DASH}>]+\s|\bcaus(?:es?|ed|ing)\b|\breactions?\b:?|"
    r"\bgives\b|\bmakes\b|\bgave\b)\s*",
    re.IGNORECASE,
)
_REACTION_BEFORE = re.compile(r"^([^(]{3,60}?)\s+(?:with|w/|from|to|after|due\s+to)\s*(?<=[\s/])(.+)$", re.IGNORECASE)
_REACTION_LAST = re.compile(
    r"^(.{3,40}?)\s+((?:severe|bad|mild|skin|body|itchy|got|full)?\s*(?:rash|hives|anaphyla\w+|angioedema|itch\w*|sjs|stevens|(?-i:TEN|DRESS|AGEP)\b|"
    r"swell\w*|nausea|vomiting|diarrhea|cough)\b.*)$",
    re.IGNORECASE,
)
_HOW_BAD = re.compile(
    r"^(severe|serious|life[- ]threatening|anaphylactic|mild)\s+(?=.*\b(?:allerg\w*|reactions?|hypersensitivit\w+)\b)"
    r"(?:(?:allerg\w*|reactions?|hypersensitivity)\s+)*(?:to\s+)?(.+)$",
    re.IGNORECASE,
)
_OF_THE_BODY = re.compile(
    r"(?:(?:both|her|his|the|my)\s+)?(?:eyes?|lips?|face|tongue|throat|mouth|skin|hands?|burn)", re.IGNORECASE
)
"""What swelled or burned, where a part of a tale names no substance: "face blistered, eyes swelled shut"."""
_CARED_FOR = re.compile(
    r"(?:(?:got|had|received|needed|was given|went to|admitted to|to|in|the)\s+)*"
    r"(?:epi(?:nephrine|pen)?\s+(?:given|used)|burn unit|allergist\s+confirmed|confirmed by (?:an? )?allergist)"
    r"(?:\s+(?:in\s+)?\d{4})?",
    re.IGNORECASE,
)
"""How the reaction was treated, and who confirmed it."""
_PARENTHESIS = re.compile(r"^(.*?)\s*[(\[]([^)\]]*)[)\]]\s*(.*)$")
_TOLD = re.compile(r"[,;:()\[\]]")
_LONGEST_NAME = 4
_OF_A_PRODUCT = re.compile(
    r"\b(?:patch(?:es)?|creams?|gels?|syrup|tab(?:let)?s?|cap(?:sule)?s?|pills?|reliever|relief|aid|spray|drops?|rub|meds?|"
    r"medicines?|medications?|anti\W?\w+|formula|pm|lozenges?|ointment|lotion)\b",
    re.IGNORECASE,
)
_SOLD_FOR = re.compile(
    r"(?:(?:pain|cold|cough|sinus|headache|migraine|cramps?|upset|stomach|itch|sleep|yeast|infection|gas|heartburn|"
    r"congestion|flu|sore|throat|chest|allergy|diarrhea|and|&)\b\s*)+",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"^([^-]{3,}?)-\s*([^-].*)$")


def read_allergies(
    text: str, knowledge: Knowledge, reaction: str = "", kind: str = "allergy", severity: str | None = None
) -> tuple[Allergy, ...]:
    """Every allergy of a line such as "PCN (hives), sulfa, codeine: nausea"; empty for "no known allergies".

    A part that is only a reaction belongs to the substance before it, and so does one that says what was tolerated or
    that a test took the allergy back. What cannot be read is kept as an allergy that is not read.
    """
    joined: list[str] = []
    for part in parts_of(text):
        if joined and (is_note(part) or says_more(part) or _is_only_said_of_it(part, knowledge)):
            joined[-1] += f", {part}"
        else:
            joined += _several(part, knowledge)
    return tuple(read_allergy(part, knowledge, reaction, kind, severity) for part in joined)


def _is_only_said_of_it(part: str, knowledge: Knowledge) -> bool:
    """Whether a part is a reaction, or the remedy for it, and names no substance."""
    if (is_remedy(part) or _CARED_FOR.fullmatch(part)) and reaction_class(part) == "unknown":
        return True
    substance, said = _parts(part)
    if said and _OF_THE_BODY.fullmatch(substance):
        return True
    return not said and reaction_class(substance) != "unknown" and not substance_read(substance, knowledge)


def _several(part: str, knowledge: Knowledge) -> list[str]:
    """The substances of "PCN/sulfa" or "penicillin and codeine", where the whole is none.

    What of them cannot be read stands by itself, so that it is told, unless it is a note or a reaction.
    """
    substance, _ = _parts(_RELATED.sub("", part))
    pieces = [p.strip() for p in _AND.split(substance) if p.strip()]
    if len(pieces) < 2 or is_of_others(part) or is_one_name(substance, knowledge):
        return [part]
    read = [p for p in pieces if substance_read(p, knowledge)]
    if not read:
        return [part]
    rest = [p for p in pieces if p not in read]
    notes = [p for p in rest if is_note(p) or reaction_class(p) != "unknown"]
    told = [", ".join([part.replace(substance, p, 1), *notes]) for p in read]
    return [*told, *(p for p in rest if p not in notes)]


def read_allergy(
    text: str,
    knowledge: Knowledge,
    reaction: str = "",
    kind: str = "allergy",
    severity: str | None = None,
    *,
    refuted: bool = False,
    rxcui: str | None = None,
) -> Allergy:
    """One substance with its reaction, from the text or given beside it.

    Groups ("sulfa", "NSAIDs") are found by the names they are written under, medicines by `identify`; what is not
    understood beside them is kept with the reaction and hides nothing. What cannot be recognised for certain has
    neither ingredients nor groups: it is not read, keeps its whole text, and says what it may mean.
    """
    text, spared = _but_for(text, knowledge)
    taken = [*taken_without_harm(f"{text}; {reaction}"), *spared]
    tolerated, is_taken_itself = _tolerated(taken, knowledge), "" in taken
    refuted = refuted or is_taken_back(f"{text}; {reaction}")
    about = without_history(text)
    if tolerated and not about:
        return Allergy(text, ignorable=True, reaction=reaction, kind=kind, tolerated=tolerated)
    text = about or text
    if how := _HOW_BAD.match(text):
        text, severity = how[2], severity or ("mild" if how[1].lower() == "mild" else "severe")
    is_group = is_written_name(text, knowledge)
    substance, said = (text, "") if is_group else _parts(_RELATED.sub("", text))
    if not said and not is_group:
        substance, said = _behind_a_name(substance, knowledge)
    found = substance_read(substance, knowledge, rxcui)
    told = [n for n in (*found.notes, said) if n.lower() not in reaction.lower()]
    if any(is_grave(piece) for n in told for piece in n.split(",")):
        severity = severity or "severe"
    reaction = ", ".join(filter(None, [reaction, *told]))
    if not found:
        possible = may_mean(substance, knowledge)
        return Allergy(text, (), (), False, reaction, kind, severity, refuted, tolerated, possible)
    ids = tuple(g.id for g in found.groups if not g.ignorable)
    if is_taken_itself:
        tolerated = (*tolerated, *(f"group:{id}" for id in ids), *(i.name for i in found.ingredients))
    return Allergy(
        found.substance, found.ingredients, ids, found.is_ignorable, reaction, kind, severity, refuted, tolerated
    )


def _behind_a_name(text: str, knowledge: Knowledge) -> tuple[str, str]:
    """Substance and reaction of "Levaquin hallucinations": the longest name that a reaction stands right behind."""
    if reaction_class(text) == "unknown" or _TOLD.search(text):
        return text, ""
    words = text.split()
    for n in range(min(len(words) - 1, _LONGEST_NAME), 0, -1):
        name, said = " ".join(words[:n]), " ".join(words[n:])
        if reaction_class(name) == "unknown" != reaction_class(said) and is_one_name(name, knowledge):
            return (text, "") if _is_of_its_name(name, said, knowledge) else (name, said)
    return text, ""


def _is_of_its_name(name: str, said: str, knowledge: Knowledge) -> bool:
    """Whether what follows tells which product it is, or what a brand is sold for: "Excedrin migraine"."""
    if _OF_A_PRODUCT.search(said):
        return True
    medicine = identify(name, knowledge)
    is_brand = bool(medicine.brand or (medicine.product and medicine.product.brand))
    return is_brand and bool(_SOLD_FOR.fullmatch(said))


def _but_for(text: str, knowledge: Knowledge) -> tuple[str, list[str]]:
    """A group and what of it may be taken: "NSAIDs" and "aspirin" of "NSAIDs (except aspirin)"."""
    match = _EXCEPT.match(text)
    is_group = match and any(not g.ignorable for g in groups_named(match[1], knowledge))
    return (match[1], [match[2]]) if match and is_group else (text, [])


def tolerated_in(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The medicines and groups that a note says were taken without harm, "" where it says so of what it stands beside:
    "tolerated amoxicillin 2024"."""
    taken = list(taken_without_harm(text))
    return (*_tolerated(taken, knowledge), *([""] if "" in taken else []))


def _tolerated(taken: list[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The medicines, and the groups ("group:cephalosporins"), that a record says were taken without harm."""
    found: list[str] = []
    for names in taken:
        for name in re.split(r"\s*(?:/|&|\+|\band\b|\bor\b)\s*", names):
            groups = groups_named(name, knowledge)
            found += [f"group:{g.id}" for g in groups]
            found += [i.name for i in identify(name, knowledge).ingredients] if name and not groups else []
    return tuple(dict.fromkeys(found))


def _parts(text: str) -> tuple[str, str]:
    """Substance and reaction of "codeine: nausea", "PCN (hives)", "rash with sulfa", "codeine - itching"."""
    text = without_frame(text)
    if (match := _PARENTHESIS.match(text)) and match[1] and reaction_class(match[2]) != "unknown":
        substance, before = _parts(match[1])
        if reaction_class(before) == "unknown":
            substance, before = match[1], ""
        return substance, ", ".join(filter(None, [before, match[2].strip(" ,"), match[3]]))
    pieces = _REACTION_AFTER.split(text, maxsplit=1)
    if len(pieces) == 2 and pieces[0].strip():
        return pieces[0].strip(), pieces[1].strip()
    first, comma, rest = text.partition(",")
    if comma and reaction_class(rest) != "unknown":
        return first.strip(), rest.strip()
    for pattern, named, told in ((_HYPHEN, 1, 2), (_REACTION_BEFORE, 2, 1), (_REACTION_LAST, 1, 2)):
        is_product = pattern is _REACTION_LAST and _OF_A_PRODUCT.search(text)
        if not is_product and (match := pattern.match(text)) and reaction_class(match[told]) != "unknown":
            return match[named].strip(), match[told].strip()
    return text, ""
