"""Opioids: for somebody who is not used to them, and all of them together in oral morphine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tallman.core.knowledge import DoseLimit, Knowledge, Source
from tallman.core.prescription import Order
from tallman.core.quantity import format_number
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import daily_exposure, supplied_a_day, why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import days_of_treatment, name_of, release_of, shown
from tallman.core.screening.opioid import Morphine, is_opioid, morphine_in, opioid_limit
from tallman.core.screening.renewal import takes_its_place
from tallman.core.screening.ward import are_degrees_of_one_need

__all__ = ["check"]

_CDC = (
    Source("CDC clinical practice guideline for prescribing opioids for pain", "Recommendations 4, 6 and 11", "2022"),
)
_CAREFUL, _HIGH, _FAR_ABOVE = 50, 90, 180
_SOME = 30
"""Less than half of what makes tolerant (60 mg of oral morphine a day for a week) is next to none."""
_TOLERANT = 60
_FIRST_FILL_DAYS, _STILL_USED_DAYS = 7, 7
"""Tolerance is taken to last for as long as it takes to come: a week."""
_FAR, _LASTING = 2, ("buprenorphine", "methadone")
"""More than twice the first dose is no step of what one begins with (where a first day is set, as against dependence,
more than that is none); these two last from every tablet and film."""
_FIRST_AT_ONE_TIME, _FIRST_A_DAY = 15, 90
"""What one begins with at the most in cancer and comfort care: 15 mg of oral morphine every 4 hours."""
_SAID_TOLERANT = re.compile(r"\bopioid[- ]toleran(?:t|ce)\b(?! patients)", re.IGNORECASE)
_NOT_SAID_TOLERANT = re.compile(
    r"\b(?:not|non|never|no|only|if|unless|until|whether|verify|confirm\w*|check|ask|must|should|when|once)\b|n't\b|\?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.;\n?]+\??")
_DEPENDENCE = ("F11",)
_CONFIRMED = re.compile(
    r"\b(?:(?:otp|clinic|program(?:me)?)\b[^.;]{0,30}\b(?:verified|confirmed)|"
    r"(?:verified|confirmed)\b[^.;]{0,30}\b(?:otp|clinic|program(?:me)?))\b",
    re.IGNORECASE,
)
_UNCONFIRMED = re.compile(
    r"\b(?:not|unable|can ?not|can't|could(?: not|n't)|never|pending|awaiting|to)\b[^.;]{0,25}\b(?:verif|confirm)|"
    r"\b(?:missed|will call|says?|states?|reports?|\d+ days? ago|un(?:verified|confirmed))\b|"
    r"\b(?:verif|confirm)\w+ pending\b|\bper (?:the )?(?:patient|pt)\b",
    re.IGNORECASE,
)
_NCCN = (Source("NCCN clinical practice guidelines: adult cancer pain", "Opioid-naive: 5 to 15 mg", "2019"),)
_EXEMPT = ("C", "D57", "Z51", "G893")
"""Cancer, sickle cell disease, palliative care: the guideline does not speak of them."""


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed opioid against what the patient is used to, and with every other opioid that goes on beside it."""
    lately = [o for o, days in case.stopped if days <= _STILL_USED_DAYS]
    taken = [o for o in case.current if not (_has_ended(case, o) or o.on_hold)]
    used_to = morphine_in((*taken, *(o for o in lately if not _is_among(o, taken))), knowledge)
    told = False
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("opioid", order.id, why_not_known(order))
        elif is_opioid(order):
            yield from _not_used_to_it(case, order, used_to, knowledge)
            yield from _begun_too_high(case, order, used_to, knowledge)
            yield from _as_needed(order)
            if not told and not _is_exempt(case, order) and not _treats_dependence(case, order, knowledge):
                found = list(_together(case, order, used_to, knowledge))
                told = any(isinstance(f, Finding) for f in found)
                yield from found


def _is_among(order: Order, taken: list[Order]) -> bool:
    return any(order.medicine.names & o.medicine.names for o in taken)


def _has_ended(case: Case, order: Order) -> bool:
    return order.ended is not None and order.ended < case.on


def _is_exempt(case: Case, order: Order) -> bool:
    return any(r.startswith(_EXEMPT) for r in order.reasons) or case.patient.has_condition(*_EXEMPT)


def _treats_dependence(case: Case, order: Order, knowledge: Knowledge) -> bool:
    """Whether it has a first day against dependence on record and the patient is dependent: the sum in oral morphine
    is not made for it."""
    if not (case.patient.has_condition(*_DEPENDENCE) or any(r.startswith(_DEPENDENCE) for r in order.reasons)):
        return False
    limit = opioid_limit(order, knowledge, "naive_max", _DEPENDENCE)
    return bool(limit and limit.indications)


def _not_used_to_it(case: Case, order: Order, used_to: Morphine, knowledge: Knowledge) -> Iterator[Finding]:
    is_dependent = not order.reasons and case.patient.has_condition(*_DEPENDENCE)
    limit = opioid_limit(order, knowledge, "naive_max", _DEPENDENCE if is_dependent else None)
    if limit is None or limit.naive_max is None or used_to.uncounted or used_to.total >= _TOLERANT:
        return
    given = daily_exposure(order, limit.ingredient)
    never = limit.naive_max.value == 0
    most = Fraction(limit.naive_max.to(given.unit).value) if given else Fraction(0)
    if not never and (given is None or given.average <= most):
        return
    known = _known(case, used_to)
    times = 1 if limit.indications else _FAR
    far = never or (given is not None and given.average > times * most and _lasts(order))
    if far and _is_exempt(case, order):
        far = morphine_in((order,), knowledge).total > (_TOLERANT if never else _FAR * _FIRST_A_DAY)
    level = _level_unused(case, order, used_to, never=never, far=far)
    if limit.indications and _is_said_to_go_on(order):
        level = max(level, Severity.MODERATE, key=lambda s: s.rank)
    summary = f"{name_of(order)}: only for somebody who is used to opioids, and there is {known}"
    if not never and given is not None:
        written = f"{format_number(given.average)} {given.unit} a day"
        summary = f"{name_of(order)}: {written}, and there is {known}; one begins with {limit.naive_max} at the most"
    yield _finding("OPIOID-NAIVE", level, order, f"{summary}.", (shown(order), known, *used_to.words), limit)


def _begun_too_high(case: Case, order: Order, used_to: Morphine, knowledge: Knowledge) -> Iterator[Finding]:
    """In cancer and comfort care no dose is too high for somebody who grew used to it: one begins low there too. Twice
    the highest first dose, of what has no first dose of its own on file."""
    limit = opioid_limit(order, knowledge, "mme")
    given = daily_exposure(order, limit.ingredient) if limit else None
    if limit is None or limit.mme is None or given is None or not _is_exempt(case, order):
        return
    if used_to.uncounted or used_to.total >= _TOLERANT or opioid_limit(order, knowledge, "naive_max"):
        return
    a_day = morphine_in((order,), knowledge)
    at_one_time = a_day.total * given.single_high / given.high
    if a_day.total <= _FAR * _FIRST_A_DAY or at_one_time <= _FAR * _FIRST_AT_ONE_TIME:
        return
    known = _known(case, used_to)
    level = _level_unused(case, order, used_to, never=False, far=True)
    written = f"{format_number(at_one_time)} mg of oral morphine at one time, {format_number(a_day.total)} mg a day"
    begun = (
        f"in cancer, sickle cell and comfort care too one begins with {_FIRST_AT_ONE_TIME} mg every 4 hours at the most"
    )
    summary = f"{name_of(order)}: {written}, and there is {known}; {begun}."
    found = _finding("OPIOID-NAIVE", level, order, summary, (*a_day.words, known, *used_to.words), None)
    yield replace(found, sources=_NCCN)


def _known(case: Case, used_to: Morphine) -> str:
    if used_to.total:
        return f"opioids worth {format_number(used_to.total)} mg of oral morphine a day on record"
    return "no opioid on record" if case.current else "no medicine at all on record"


def _is_said_to_go_on(order: Order) -> bool:
    """Whether the directions or the note say that a programme confirmed the dose."""
    said = f"{order.sig.text}; {order.note}"
    return bool(_CONFIRMED.search(said)) and not _UNCONFIRMED.search(said)


def _is_said_tolerant(order: Order) -> bool:
    """Whether the directions or the note say that the patient is tolerant: neither ask, deny nor warn of it."""
    said = _SENTENCE.findall(f"{order.sig.text}; {order.note}")
    return any(_SAID_TOLERANT.search(s) and not _NOT_SAID_TOLERANT.search(s) for s in said)


def _level_unused(case: Case, order: Order, used_to: Morphine, *, never: bool, far: bool) -> Severity:
    """Where no medicine at all is on record nobody knows what is taken: what lasts all day and is far from where one
    begins waits for the question all the same."""
    if _is_said_tolerant(order):
        return Severity.MODERATE
    if not case.current:
        return Severity.HIGH if far else Severity.MODERATE
    if never and not used_to.total:
        return Severity.CRITICAL
    return Severity.HIGH if never or used_to.total < _SOME else Severity.MODERATE


def _lasts(order: Order) -> bool:
    """Whether one dose works for half a day or more: it cannot be taken back."""
    by_nature = any(i.name in _LASTING for i in order.medicine.ingredients)
    return by_nature or release_of(order) == "extended" or order.taken_route == "transdermal"


def _as_needed(order: Order) -> Iterator[Finding]:
    """What lasts all day is taken by the clock: as needed, one dose is taken upon another that still works."""
    if any("cough" in (s.prn_reason or "") for s in order.sig.steps):
        return  # Against cough the slow forms are labelled every 12 hours, as needed.
    lasts = release_of(order) == "extended" or order.taken_route == "transdermal"
    if lasts and order.sig.steps and all(s.prn for s in order.sig.steps):
        summary = f"{name_of(order)}: it works for half a day or more, and is to be taken as needed."
        yield _finding("OPIOID-LASTING-AS-NEEDED", Severity.HIGH, order, summary, (shown(order),), None)


def _together(case: Case, order: Order, used_to: Morphine, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    others = _not_instead_of_each_other(
        order,
        [
            o
            for o in case.beside(order)
            if is_opioid(o) and not (o in case.continuing and takes_its_place(order, o, case.on))
        ],
        knowledge,
    )
    sum_of_all = morphine_in((order, *others), knowledge)
    if others and sum_of_all.uncounted and sum_of_all.total:
        names = ", ".join(sum_of_all.uncounted)
        yield NotChecked("opioid", order.id, f"the opioids together, in oral morphine: {names} could not be counted")
    total = sum_of_all.total
    if total >= _CAREFUL:
        level = _level(case, order, total, used_to, knowledge)
        both = f" together with {', '.join(dict.fromkeys(name_of(o) for o in others))}" if others else ""
        summary = f"{name_of(order)}{both}: opioids worth up to {format_number(total)} mg of oral morphine a day."
        finding = _finding("OPIOID-SUM", level, order, summary, sum_of_all.words, None)
        yield finding
    elif not used_to.total and not used_to.uncounted and _is_long_first_fill(order):
        days = format_number(days_of_treatment(order) or 0)
        summary = f"{name_of(order)}: the first opioid on record, for {days} days; few days are enough for a new pain."
        yield _finding("OPIOID-FIRST-FILL", Severity.MODERATE, order, summary, (shown(order),), None)


def _not_instead_of_each_other(order: Order, others: list[Order], knowledge: Knowledge) -> list[Order]:
    """The others, of those for several degrees of pain the heaviest: one of them is given at a time."""
    others = [o for o in others if not are_degrees_of_one_need(order, o)]
    others.sort(key=lambda o: morphine_in((o,), knowledge).total, reverse=True)
    kept: list[Order] = []
    for other in others:
        if not any(are_degrees_of_one_need(other, o) for o in kept):
            kept.append(other)
    return kept


def _level(case: Case, order: Order, total: Fraction, used_to: Morphine, knowledge: Knowledge) -> Severity:
    """A large sum stops for somebody who takes no opioid, and where it grows beside a benzodiazepine."""
    if total < _HIGH:
        return Severity.MODERATE
    if not used_to.total and _is_supplied_for_less(order, knowledge):
        return Severity.MODERATE
    if total < _FAR_ABOVE and order.setting == "inpatient" and all(s.prn for s in order.sig.steps):
        return (
            Severity.MODERATE
        )  # The top of what a nurse may give is seldom given, and somebody looks before each dose.
    with_sedative = any("benzodiazepine" in o.medicine.classes for o in case.beside(order) if o.medicine.is_known)
    is_new = bool(case.current) and not used_to.total and not used_to.uncounted
    return Severity.HIGH if is_new or (with_sedative and total > used_to.total) else Severity.MODERATE


def _is_supplied_for_less(order: Order, knowledge: Knowledge) -> bool:
    """Whether a few days' worth as needed is far from enough for the most that its directions allow."""
    limit, days = opioid_limit(order, knowledge, "mme"), order.days_supply
    if limit is None or limit.mme is None or not days or days > _FIRST_FILL_DAYS or order.refills:
        return False
    a_day, unit = supplied_a_day(order, limit.ingredient)
    is_as_needed = all(s.prn for s in order.sig.steps)
    return unit == "mg" and is_as_needed and a_day * Fraction(limit.mme) <= _CAREFUL


def _is_long_first_fill(order: Order) -> bool:
    days = days_of_treatment(order)
    treats_dependence = any("opioid-partial-agonist" in i.classes for i in order.medicine.ingredients)
    return bool(days and days > _FIRST_FILL_DAYS) and release_of(order) != "extended" and not treats_dependence


def _finding(
    code: str, level: Severity, order: Order, summary: str, evidence: tuple[str, ...], limit: DoseLimit | None
) -> Finding:
    return Finding(
        code=code,
        category=Category.DOSE_HIGH,
        severity=level,
        order=order.id,
        summary=summary,
        evidence=evidence,
        advice="Ask what the patient takes now and for how long, check the monitoring program, and offer naloxone.",
        sources=limit.sources if limit else _CDC,
        rule=limit.id if limit else "opioid",
        reviewed=bool(limit and limit.review and limit.review.reviewed_by),
        about="" if code == "OPIOID-LASTING-AS-NEEDED" else "how much opioid",
    )
