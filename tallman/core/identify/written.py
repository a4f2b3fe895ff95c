"""One written line taken apart: "metformin 500 mg bid with meals" is a medicine and its directions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tallman.core.drug import Certainty, Medicine
from tallman.core.identify.forms import FORM_WORDS
from tallman.core.identify.identify import identify
from tallman.core.identify.unit_words import UNIT_WORDS
from tallman.core.identify.vocabulary import words
from tallman.core.knowledge import Knowledge
from tallman.core.sig import Sig, parse

__all__ = ["Written", "take_apart"]

_LONGEST = 500
"""Letters of a line that are looked at; a medicine with its directions is shorter."""
_WORD = re.compile(r"\S+")
_UP_TO_STRENGTH = re.compile(r"\D{3,40}\d[\d.,]*\s*(?:mg|mcg|g|units?|meq)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\d[\d.,]*\s*(?:mg|mcg|g|units?|meq)\b", re.IGNORECASE)
_AMOUNT_OF_SUBSTANCE = r"\d[\d.,]*\s*(?:mg|mcg|g|units?|meq|mmol|%|dose|each)(?:/[\d.,]*\s*[a-z]+)?(?![a-z])"
_STRENGTHS = re.compile(rf"{_AMOUNT_OF_SUBSTANCE}(?:\s*/\s*{_AMOUNT_OF_SUBSTANCE})*", re.IGNORECASE)
_ROUTES = words("po iv im sq subq subcut subcutaneous intramuscular intravenous sl orally")
_IN_FORMS = _ROUTES | words(
    "release for medical metered dose prefilled hour oral sublingual topical nasal rectal vaginal otic ophthalmic td"
    " transdermal external nose eye ear"
)
"""Words inside the name of a form that do not end it: alone they say how it is taken ("1 g iv", "5 mg for pain")."""
_BETWEEN = " \t,;:-–—"


@dataclass(frozen=True)
class Written:
    """A line in its two parts, as they were written, and what each was read as. Without directions `directions` is
    empty and the whole line is the medicine."""

    text: str
    directions: str
    medicine: Medicine
    sig: Sig


def take_apart(line: str, knowledge: Knowledge) -> Written:
    """The medicine and the directions of a line.

    The directions begin after the shortest beginning that proves as much of the medicine as the whole line does. Words
    that say nothing of when or how it is taken are passed over as long as that makes the rest readable. Never raises.
    """
    line = line.strip()
    whole = identify(line, knowledge)
    if whole.certainty is not Certainty.UNKNOWN:
        return _cut(line, whole, knowledge) or Written(line, "", whole, parse(""))
    if named := _UP_TO_STRENGTH.match(line):
        medicine, sig = identify(named[0], knowledge), parse(line[named.end() :])
        if medicine.is_known and sig.is_read:
            return _written(line, named.end(), sig, medicine)
    for at in _ends_of_medicine(line, whole):  # "nopal capsules 2 daily": unknown, and its directions all the same
        sig = parse(line[at:].strip(_BETWEEN))
        if sig.is_read and any(s.timing or s.prn for s in sig.steps):
            return _written(line, at, sig, whole)
    return Written(line, "", whole, parse(""))


def _cut(line: str, whole: Medicine, knowledge: Knowledge) -> Written | None:
    first = None
    for at in _ends_of_medicine(line, whole):
        if first and _says_how(parse(line[first[0] : at])):
            break
        medicine = None if first else identify(line[:at].strip(_BETWEEN), knowledge)
        sig = parse(line[at:].strip(_BETWEEN))
        if medicine and not _proves_as_much(medicine, whole):
            if _is_same_amount(medicine, whole) and sig.is_read and any(s.dose and s.timing for s in sig.steps):
                return _written(line, at, sig, whole)  # "0.3 % eye drops" is proved by "1 drop" alone.
            continue
        if sig.is_read and _says_how(sig):
            return _written(line, at, sig, medicine or whole)
        if medicine:
            first = at, sig, medicine
    if first and first[1].is_read and len(_AMOUNT.findall(line[: first[0]])) <= max(1, len(whole.ingredients)):
        return _written(line, *first)
    return _named_alone(line, whole, knowledge) or (_written(line, *first) if first else None)


def _named_alone(line: str, whole: Medicine, knowledge: Knowledge) -> Written | None:
    """ "warfarin 5 mg Mon, 2.5 mg other days": the amounts belong to the directions, the name stands alone."""
    for at in _ends_of_medicine(line, whole):
        medicine, sig = identify(line[:at].strip(_BETWEEN), knowledge), parse(line[at:].strip(_BETWEEN))
        if medicine.is_known and sig.is_read and all(s.dose and (s.timing or s.duration) for s in sig.steps):
            return _written(line, at, sig, medicine)
    return None


def _written(line: str, at: int, sig: Sig, medicine: Medicine) -> Written:
    text = line[:at].strip(_BETWEEN)
    return Written(text, line[at:].strip(_BETWEEN), replace(medicine, text=text), sig)


def _ends_of_medicine(line: str, whole: Medicine) -> Iterator[int]:
    """Where the name may end: before every later word that is no form, no unit and no part of the known name."""
    named = {w for w in re.findall(r"[a-z']{4,}", whole.name.lower()) if whole.is_known}
    belongs = (named | UNIT_WORDS.keys() | FORM_WORDS.keys()) - _ROUTES
    least = max(_end_of_brand(line, whole), _end_of_form(line))
    for match in list(_WORD.finditer(line[:_LONGEST]))[1:]:
        if match.start() < least:
            continue
        word = match[0].lower().strip(",;:.()")
        if word and word not in belongs and word.partition("/")[0] not in UNIT_WORDS:
            yield match.start()


def _end_of_brand(line: str, whole: Medicine) -> int:
    """Where the known brand ends: "Diabetic Tussin EX" is known by its beginning."""
    brand = ((whole.product.brand if whole.product else whole.brand) or "").lower()
    return line.lower().index(brand) + len(brand) if brand and brand in line.lower() else 0


def _end_of_form(line: str) -> int:
    """Where the form behind the first strength ends: "0.4 mg / 35 mcg oral tablet", "1 g powder for injection"."""
    end, strengths = 0, _STRENGTHS.search(line)
    for match in _WORD.finditer(line, strengths.end()) if strengths else ():
        word = match[0].lower().strip(",;:.()")
        if word not in _IN_FORMS and word not in FORM_WORDS:
            break
        if word not in _IN_FORMS:
            end = match.start() + len(match[0].rstrip(",;:.)"))
    return end


def _says_how(sig: Sig) -> bool:
    """Whether it says how or when something is taken."""
    return any(s.timing or s.prn or s.dose or s.as_directed or s.instructions for s in sig.steps)


def _is_same_amount(medicine: Medicine, whole: Medicine) -> bool:
    return bool(whole.strengths) and medicine.ingredients == whole.ingredients and medicine.strengths == whole.strengths


def _proves_as_much(medicine: Medicine, whole: Medicine) -> bool:
    return (
        medicine.certainty in (whole.certainty, Certainty.PRODUCT)
        and medicine.confidence >= whole.confidence
        and medicine.ingredients == whole.ingredients
        and whole.product in (None, medicine.product)
        and whole.form in (None, medicine.form)
        and whole.strengths in ((), medicine.strengths)
    )
