"""The directions against the rest of an order: their codes, the note beside them, what the product can give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tallman.core.drug import DoseForm, Strength
from tallman.core.knowledge import Knowledge, Source
from tallman.core.prescription import Order
from tallman.core.quantity import Amount, format_number
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import Exposure, daily_exposure, held_in, why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import name_of, shown
from tallman.core.screening.noted_change import change_that_does_not_fit
from tallman.core.screening.noted_side import other_side
from tallman.core.screening.reckoned import misreckoned
from tallman.core.sig import DailyUse, Dose, Sig, daily_use, parse

__all__ = ["check"]

_OWN_RULE = (Source("Tallman: the parts of one prescription say the same"),)
_SOLID = frozenset(
    {"tablet", "capsule", "caplet", "pill", "lozenge", "troche", "film", "patch", "suppository", "insert"}
)
_ALIKE = (
    frozenset({"tablet", "capsule", "caplet", "pill", "each", "piece", "dose", "lozenge", "troche", "film"}),
    frozenset({"suppository", "insert"}),
)
_DROPPED = frozenset({"nasal", "ophthalmic", "otic"})
_TAKEN = frozenset({"sublingual", "buccal", "rectal", "vaginal"})
_NEVER_SWALLOWED = frozenset({"patch", "suppository"})
_POURED = frozenset({"mL", "L", "drop"})
_BREATHED = frozenset({"puff", "spray", "inhalation", "actuation"})
_STOPPED = re.compile(
    r"\b(?:do not|don't|please don't) (?:fill|dispense)\b"
    r"|\b(?:cancel|void|disregard|discontinue) (?:this|the|rx|order|prescription)\b"
    r"|\bsent in error\b|\bwrong patient\b|\bduplicate (?:rx|order|prescription)\b"
    r"|\b(?:should|must|is to|told to|please) stop (?:taking )?(?:this|the) (?:med\w*|drug|prescription|rx)\b"
    r"(?! (?:if|when|once|after|before|at|in|on|for|\d))",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:disp(?:ense)?|qty|quantity|#)\s*[:#]?\s*#?(\d{1,4})\b(?!\s*(?:day|mg|mcg|ml))", re.IGNORECASE
)
_SAID_BY = re.compile(
    r"[,(]?\s*\b(?:as )?(?:per|according to|ordered by|from)\s+(?!day|week|dose)[\w. ]+\)?$", re.IGNORECASE
)
"""Who says so: "take 2 daily per cardiology"."""
_SAID_FIRST = re.compile(
    r"^(?:as )?(?:per|according to)\s+(?:the\s+)?(?:[\w.]+\s+){1,3}?[,:]?\s*"
    r"(?=(?:pt|patient|he|she|takes?|taking|give|take|dose)\b)",
    re.IGNORECASE,
)
"""The same before it: "per INR clinic pt takes 7.5 mg daily"."""
_CHANGED_TO = re.compile(
    r"^(?:please note:?\s+)?(?:(?:new|the|his|her|patient'?s?|pt'?s?)\s+)?(?:(?:dose|dosage|directions?|sig)\s+)?"
    r"(?:(?:is|was|has been|being)\s+)?(?:now\s+)?"
    r"(?:(?:increas|decreas|chang|rais|reduc|lower|titrat)\w*(?:\s+(?:dose|up|down))*\s+to|should be"
    r"|start(?:ing)?(?: with| at)?)\s+",
    re.IGNORECASE,
)
"""What stands before the new directions: "dose increased to 600 mg three times a day"."""
_CANNOT_BE = re.compile(
    r"^so many (?:\w+s at one time|times a day)$|dose is nothing|do not (?:go together|agree)$|cannot be"
    r"|not taken by mouth|more than the stated maximum"
)
"""Doubts of directions that cannot be meant as they stand, however they are understood. Of several steps it is
more often the reading that is at fault."""
_RHYTHM = re.compile(
    r"\W*(?:(?:once|twice|thrice|(?:one|two|three|four|\d) times?) )?(?:(?:a|per|each|every) (?:day|week|month)"
    r"|daily|weekly|monthly|yearly|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\d+h)\.?\W*",
    re.IGNORECASE,
)
"""How often, and nothing else: what is left of directions that name one rhythm already."""
_TWO_SENTENCES = "two sentences, and they do not say the same"
_ADVICE = "Ask the prescriber which is meant before it is filled."


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order: text against codes and note, dose unit against product, one sentence against another.

    What cannot be read for certain is not compared; that it could not be read, the other checks say.
    """
    for order in case.proposed:
        if order.coded is not None:
            yield from _against_codes(order, order.coded)
        about_note = list(_against_note(order))
        if not about_note and (said := change_that_does_not_fit(order, case.current)):
            about_note.append(_finding("DISCREPANCY-NOTE", order, Severity.HIGH, said, f"note: {order.note.strip()}"))
        yield from about_note
        if off := misreckoned(order, case.patient, knowledge):
            level = Severity.HIGH if off.is_grave else Severity.MODERATE
            yield _finding("DISCREPANCY-DOSE", order, level, off.said)
        if order.medicine.is_known:
            yield from _against_product(order)
        else:
            yield NotChecked("directions", order.id, why_not_known(order))
        if order.sig.doubts and order.sig.steps:
            said = f"the directions can be understood in more than one way: {'; '.join(order.sig.doubts)}"
            cannot_be = len(order.sig.steps) == 1 and any(map(_CANNOT_BE.search, order.sig.doubts))
            cannot_be |= _TWO_SENTENCES in order.sig.doubts
            by_leaflet = "bowel-preparation" in order.medicine.classes  # It has a schedule of its own, hour by hour.
            level = Severity.HIGH if cannot_be and not by_leaflet else Severity.MODERATE
            yield _finding("DISCREPANCY-UNCLEAR", order, level, said)
        elif again := _second_rhythm(order.sig):
            said = f"the directions name a second rhythm beside the first: {again!r}"
            yield _finding("DISCREPANCY-UNCLEAR", order, Severity.HIGH, said)


def _second_rhythm(sig: Sig) -> str:
    if len(sig.steps) != 1 or not sig.unread:
        return ""
    timing = sig.steps[0].timing
    left = [sig.text[start:end] for start, end in sig.unread]
    return next((w for w in left if (timing.frequency or timing.interval) and _RHYTHM.fullmatch(w)), "")


def _against_codes(order: Order, coded: Sig) -> Iterator[Finding]:
    if difference := _difference(order.sig, coded):
        said = f"the text and the coded directions differ: {difference}"
        yield _finding("DISCREPANCY-CODED", order, Severity.HIGH, said, f"coded: {coded.text}")


def _clauses(sentence: str) -> list[str]:
    """What stands behind a comma and says of itself that it is the new dose: "takes 25 mg, increase to 50 mg daily"."""
    return [part for part in re.split(r",\s*", sentence)[1:] if _CHANGED_TO.match(part)]


_PIECES = re.compile(
    r"\b(?:give|dispense|fill|use|send|supply)\s+(?:with\s+|as\s+|the\s+)?(\d[\d,]*(?:\.\d+)?)\s*(mg|mcg|g)\s+"
    r"(tab(?:let)?|cap(?:sule)?)s?\b",
    re.IGNORECASE,
)
_ALLOWED = re.compile(r"\b(?:may|can|could|ok(?:ay)?|if|not|never|instead|unless)\b[^.;]*$", re.IGNORECASE)


def _against_note(order: Order) -> Iterator[Finding]:
    note = order.note.strip()
    if not note:
        return
    if _STOPPED.search(note):
        said = "the note asks not to fill it"
        yield _finding("DISCREPANCY-NOTE-STOP", order, Severity.HIGH, said, f"note: {note}")
    for sentence in (s for part in re.split(r"(?:\.(?!\d)|[;\n])\s*", note) for s in (part, *_clauses(part))):
        other = parse(_CHANGED_TO.sub("", _SAID_BY.sub("", _SAID_FIRST.sub("", sentence)).strip()))
        if other.is_read and any(s.dose and s.timing for s in other.steps):
            if difference := _difference(order.sig, other) or _in_amount(order, other):
                said = f"the note gives other directions: {difference}"
                yield _finding("DISCREPANCY-NOTE", order, Severity.HIGH, said, f"note: {note}")
                return
    asked = _ASKED.search(note)
    if asked and order.quantity is not None and order.quantity.value != int(asked[1]):
        said = f"the note asks for {asked[1]}, {order.quantity} are ordered"
        yield _finding("DISCREPANCY-NOTE", order, Severity.HIGH, said, f"note: {note}")
    elif said := _other_strength(order, note) or other_side(order.sig.text, note):
        yield _finding("DISCREPANCY-NOTE", order, Severity.HIGH, said, f"note: {note}")


def _other_strength(order: Order, note: str) -> str:
    """What a note says that asks for tablets of another strength than the product's; what it only allows is none."""
    made = order.medicine.product.strengths if order.medicine.product else ()
    wanted = _PIECES.search(note)
    if wanted is None or len(made) != 1 or _ALLOWED.search(note[: wanted.start()]):
        return ""
    asked, is_made = Amount(Decimal(wanted[1].replace(",", "")), wanted[2].lower()), made[0].amount
    is_counted = made[0].per.dimension == made[0].per.unit
    if not is_counted or asked.dimension != is_made.dimension or asked == is_made.to(asked.unit):
        return ""
    return f"the note asks for {asked} {wanted[3].lower()}s, {is_made} are ordered"


def _difference(one: Sig, other: Sig) -> str:
    """What two directions that were both read whole differ in: the dose at a time or the amount a day."""
    if not (one.is_read and other.is_read):
        return ""
    doses = [[s.dose for s in sig.steps if s.dose] for sig in (one, other)]
    units = {d.unit for part in doses for d in part}
    if all(doses) and len(units) == 1:
        sizes = [{(d.low, d.high) for d in part} for part in doses]
        if sizes[0] != sizes[1]:
            return f"{_size(doses[0][0])} at a time against {_size(doses[1][0])}"
    uses = daily_use(one), daily_use(other)
    if uses[0] and uses[1] and uses[0].unit == uses[1].unit and _a_day(uses[0]) != _a_day(uses[1]):
        return f"{_a_day(uses[0])} a day against {_a_day(uses[1])}"
    return ""


def _in_amount(order: Order, other: Sig) -> str:
    """What two directions differ in once both are worked out in the one ingredient: "1 capsule" and "600 mg"."""
    if not order.medicine.is_known or len(order.medicine.ingredients) != 1:
        return ""
    ingredient = order.medicine.ingredients[0].name
    uses = [daily_exposure(each, ingredient) for each in (order, replace(order, sig=other))]
    found = [use for use in uses if use]
    if (
        len(found) < 2
        or found[0].unit != found[1].unit
        or (found[0].low, found[0].high) == (found[1].low, found[1].high)
    ):
        return ""
    return f"{_worked_out(found[0])} a day against {_worked_out(found[1])}"


def _worked_out(use: Exposure) -> str:
    low, high = format_number(use.low), format_number(use.high)
    return f"{low if low == high else f'{low} to {high}'} {use.unit}"


def _size(dose: Dose) -> str:
    number = (
        format_number(dose.high)
        if dose.low == dose.high
        else f"{format_number(dose.low)} to {format_number(dose.high)}"
    )
    return f"{number} {dose.unit or ''}".strip()


def _a_day(use: DailyUse) -> str:
    low, high = format_number(use.low), format_number(use.high)
    return f"{low if low == high else f'{low} to {high}'} {use.unit or ''}".strip()


def _against_product(order: Order) -> Iterator[Finding]:
    product = order.medicine.product
    form = product.form if product else order.medicine.form
    strengths = product.strengths if product else order.medicine.strengths if order.medicine.candidates else ()
    for step in order.sig.steps:
        dose = step.dose
        if dose is None or dose.unit is None:
            continue
        if dose.strength and len(strengths) == 1:
            yield from _against_strength(order, dose, dose.strength, strengths[0])
        elif form and _cannot_give(form, dose.unit):
            said = f"the directions count in {Amount(dose.high, dose.unit)}, and it is {_a(form.name)}"
            yield _finding("DISCREPANCY-UNIT", order, Severity.HIGH, said)
            return
        elif form is None and _cannot_be_of(order.medicine.route, dose.unit):
            said = (
                f"the directions count in {Amount(dose.high, dose.unit)}, and it is written as {order.medicine.route}"
            )
            yield _finding("DISCREPANCY-UNIT", order, Severity.HIGH, said)
            return


def _cannot_be_of(route: str | None, unit: str) -> bool:
    """Whether nothing that is written as for that way, in a form left open, is counted so: tablets of eye drops."""
    return (route in _DROPPED and unit in _SOLID) or (route in _TAKEN and unit == "patch")


def _cannot_give(form: DoseForm, unit: str) -> bool:
    """Whether nothing of that unit can come out of the form: milliliters of a tablet, puffs of a syrup."""
    if unit == form.unit or any({unit, form.unit} <= family for family in _ALIKE):
        return False
    if form.unit in _SOLID:
        is_apart = unit in _SOLID and not {unit, form.unit}.isdisjoint(_NEVER_SWALLOWED)
        is_breathed_out = unit in _BREATHED and "inhalation" not in form.routes  # A capsule for an inhaler gives puffs.
        return unit in _POURED or is_breathed_out or is_apart
    if form.unit == "mL":
        return unit in _SOLID or unit in ("puff", "actuation")
    return form.unit in _BREATHED and unit in _SOLID | _POURED


_OF_BOTH = re.compile(r"\b(?:with|plus|and|along with|in addition to|together with)\b.{0,60}\btotal\b", re.IGNORECASE)
"""What two strengths come to together: "with a 5 mg tablet (6 mg total)"."""


def _against_strength(order: Order, dose: Dose, said_strength: Amount, strength: Strength) -> Iterator[Finding]:
    """ "5 mL (250 mg)", or "250 mg (5 mL)", against a product of 400 mg/5 mL."""
    if dose.unit is None or not dose.low or _OF_BOTH.search(order.sig.text):
        return
    piece = Amount(dose.low, dose.unit)
    if piece.dimension == strength.amount.dimension != said_strength.dimension:
        piece, said_strength = said_strength, piece
    same_kind = said_strength.dimension == strength.amount.dimension
    held = held_in(order, strength.ingredient, piece.unit) if same_kind and said_strength.value else None
    if held is None:
        return
    holds = held * piece.value
    if abs(holds.to(said_strength.unit).value - said_strength.value) * 20 > said_strength.value:
        said = f"{piece} hold {holds}, the directions say {said_strength}"
        yield _finding("DISCREPANCY-STRENGTH", order, Severity.HIGH, said, f"the product: {order.medicine.text}")


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _finding(code: str, order: Order, severity: Severity, said: str, *evidence: str) -> Finding:
    return Finding(
        code=code,
        category=Category.DISCREPANCY,
        severity=severity,
        order=order.id,
        summary=f"{name_of(order)}: {said}.",
        evidence=(shown(order), *evidence),
        advice=_ADVICE,
        sources=_OWN_RULE,
        rule=code.lower().replace("-", "/", 1),
    )
