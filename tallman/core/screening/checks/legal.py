"""What the law asks of a prescription: what it must say, refills, age, the prescriber's number and registration, and a
refill that comes too early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tallman.core.codes import CodeError, dea
from tallman.core.drug import Product
from tallman.core.knowledge import Knowledge
from tallman.core.law import Law, ScheduleLaw, months_later
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import is_systemic, name_of, shown
from tallman.core.screening.renewal import is_refill
from tallman.core.sig import daily_use

__all__ = ["check"]

FEDERAL = "US"
_USED_UP = 4
"""A refill is early while more than one day in this many of the last supply is left."""
_PAINFUL = ("C", "D57", "G89", "M", "R52")
_PROGRAMME = (
    "Ask the prescriber what it is for: for pain it can be filled, for dependence only buprenorphine is prescribed."
)
_ASK = "Ask the prescriber whether the registration was renewed or changed; a pharmacist puts the record right."


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order of the community against federal law and, where it is known, the law of its state."""
    for order in case.proposed:
        if order.setting == "inpatient":
            continue
        if not order.medicine.is_known:
            yield NotChecked("legal", order.id, why_not_known(order))
            continue
        schedule = schedule_of(order, knowledge)
        for law in _laws(case, knowledge):
            if rule := law.of(schedule):
                yield from _refills(law, rule, order)
                yield from _age(law, rule, order, case.on)
                yield from _prescriber(law, rule, order)
                yield from _early(law, rule, order, case)
                if law.jurisdiction == FEDERAL:
                    yield from _missing(law, rule, order)
                    yield from _registration(law, rule, order, case.on)
                    yield from _dependence(law, rule, order, case)
                yield from _programmes(law, order)


def schedule_of(order: Order, knowledge: Knowledge) -> str:
    """The schedule of the product, else of its only ingredient, else the loosest of what is made of its ingredients; ""
    for what is not controlled or not certain."""
    product, ingredients = order.medicine.product, order.medicine.ingredients
    if product is not None:
        return product.schedule or ""
    if len(ingredients) == 1:
        return ingredients[0].schedule or ""
    found = {p.schedule or "" for p in _made(order, knowledge)}
    return max(found, default="") if "" not in found else ""


def _made(order: Order, knowledge: Knowledge) -> list[Product]:
    """The products of all of its ingredients and no other, in its form where that is said."""
    names, form = order.medicine.names, order.medicine.form
    made = [p for name in sorted(names)[:1] for p in knowledge.products_of.get(name, ()) if names == set(p.ingredients)]
    return [p for p in made if p.form == form] or made


def _laws(case: Case, knowledge: Knowledge) -> list[Law]:
    wanted = (FEDERAL, case.jurisdiction)
    return [law for law in knowledge.laws if law.jurisdiction in wanted]


def _refills(law: Law, rule: ScheduleLaw, order: Order) -> Iterator[Finding]:
    if rule.refills is None or order.refills is None or order.refills <= rule.refills:
        return
    most = "none is allowed" if rule.refills == 0 else f"the most is {rule.refills}"
    refills = "refill" if order.refills == 1 else "refills"
    said = f"{order.refills} {refills} of a {_called(rule)} medicine, {most}"
    yield _finding("LEGAL-REFILLS", rule.severity, law, rule, order, said)


def _programmes(law: Law, order: Order) -> Iterator[Finding]:
    """More at one time, or more often, than the programme of a medicine allows."""
    for programme in law.programmes:
        if order.medicine.names.isdisjoint(programme.medicines) or not is_systemic(order):
            continue
        said = [f"{order.refills} refills"] if (order.refills or 0) > programme.refills else []
        if (order.days_supply or 0) > programme.days:
            said.append(f"a supply for {order.days_supply} days")
        if not said:
            continue
        allowed = f"{programme.days} days and {programme.refills or 'no'} refills are the most under {programme.name}"
        yield Finding(
            code="LEGAL-PROGRAMME",
            category=Category.LEGAL,
            severity=Severity.HIGH,
            order=order.id,
            summary=f"{name_of(order)}: {' and '.join(said)}; {allowed}.",
            evidence=(shown(order),),
            advice="Ask the prescriber for a prescription that the programme allows; each further one is written anew.",
            sources=programme.sources,
            rule=f"legal/{programme.name}",
        )


def _age(law: Law, rule: ScheduleLaw, order: Order, on: date) -> Iterator[Finding]:
    written = order.written
    if written is None:
        return
    if written > on:
        said = f"it is dated {written.isoformat()}, which is still to come"
        yield _finding("LEGAL-DATE", "high", law, rule, order, said)
    elif rule.months is not None and on > months_later(written, rule.months):
        said = f"written {written.isoformat()}, {(on - written).days} days ago; it holds for {rule.months} months"
        yield _finding("LEGAL-AGE", rule.age_severity, law, rule, order, said)


def _missing(law: Law, rule: ScheduleLaw, order: Order) -> Iterator[Finding | NotChecked]:
    """What a prescription must say and does not: of a controlled medicine the quantity, of any the directions.

    Where nothing is said of a supply, neither days nor refills, the order is not yet a prescription to be filled
    (one that a record system asks about): the quantity could not be looked at.
    """
    lacking = [] if order.sig.text.strip() else ["directions"]
    if rule.schedule and order.quantity is None:
        if order.days_supply is None and order.refills is None:
            reason = f"{name_of(order)} is {_called(rule)} and must say how much: no quantity has come with it"
            yield NotChecked("legal", order.id, reason)
        else:
            lacking.insert(0, "quantity")
    if lacking:
        yield _finding("LEGAL-MISSING", "high", law, rule, order, f"without {' and '.join(lacking)}")


def _prescriber(law: Law, rule: ScheduleLaw, order: Order) -> Iterator[Finding | NotChecked]:
    if not rule.wants_dea:
        return
    if not order.prescriber_dea:
        reason = f"{name_of(order)} is {_called(rule)}: the prescriber's DEA number is not on record"
        yield NotChecked("legal", order.id, reason)
        return
    try:
        number = dea.parse(order.prescriber_dea)
    except CodeError:
        said = f"the DEA number {order.prescriber_dea} of the prescriber cannot be right"
        yield _finding("LEGAL-DEA", "high", law, rule, order, said)
        return
    if not number.may_prescribe:
        said = f"the DEA number {number} is of a distributor, a maker or the like, who writes no prescriptions"
        yield _finding("LEGAL-DEA", "high", law, rule, order, said)
    elif number.is_midlevel and not rule.by_midlevel:
        said = f"{_called(rule)} is not written by nurse practitioners, physician assistants and the like ({number})"
        yield _finding("LEGAL-AUTHORITY", "high", law, rule, order, said)


def _registration(law: Law, rule: ScheduleLaw, order: Order, on: date) -> Iterator[Finding]:
    """The prescriber's registration, as far as it is on record, on the day the prescription was written."""
    known, written = order.registration, order.written or on
    if known is None or not rule.wants_dea:
        return
    if known.until and known.until < written:
        said = f"the prescriber's DEA registration on record ended {known.until.isoformat()}"
        said += f", the prescription was written {written.isoformat()}"
        yield _finding("LEGAL-DEA", "high", law, rule, order, said, advice=_ASK)
    is_narcotic = _is_narcotic(law, order)
    if not known.covers(rule.schedule, is_narcotic=is_narcotic):
        kind = "narcotics" if is_narcotic and rule.schedule in ("CII", "CIII") else "medicines"
        said = f"{_called(rule)} {kind} are not among the schedules of the prescriber's DEA registration on record"
        said += f" ({', '.join(known.schedules)})"
        yield _finding("LEGAL-AUTHORITY", "high", law, rule, order, said, advice=_ASK)


def _is_narcotic(law: Law, order: Order) -> bool:
    return any(not i.classes.isdisjoint(law.narcotics) for i in order.medicine.ingredients)


def _dependence(law: Law, rule: ScheduleLaw, order: Order, case: Case) -> Iterator[Finding]:
    """A narcotic of schedule II that is prescribed against dependence."""
    if rule.schedule != "CII" or not _is_narcotic(law, order):
        return
    text = f" {order.sig.text.lower()}"
    is_meant = bool(order.reasons) and all(reason.startswith(law.dependence) for reason in order.reasons)
    is_meant = is_meant or (not order.reasons and _reads_as_maintenance(law, order, case))
    if is_meant or any(words in text for words in law.dependence_said):
        said = "a schedule II narcotic against dependence is given by a treatment programme, not on prescription"
        yield _finding("LEGAL-DEPENDENCE", "high", law, rule, order, said, advice=_PROGRAMME)


def _reads_as_maintenance(law: Law, order: Order, case: Case) -> bool:
    """Whether methadone once a day, for which no reason is stated, is for somebody who has a dependence on record and
    no pain: against pain it is divided, and the tablets to dissolve are made for programmes alone."""
    if "methadone" not in order.medicine.names or not case.patient.has_condition(*law.dependence):
        return False
    if case.patient.has_condition(*_PAINFUL):
        return False
    use = daily_use(order.sig)
    return use is not None and use.doses_high <= 1


def _early(law: Law, rule: ScheduleLaw, order: Order, case: Case) -> Iterator[Finding]:
    """The same medicine in the same strength once more while much of what was given last is left."""
    for last in case.current:
        given = _last_given(last)
        if given is None or not last.days_supply or not is_refill(order, last):
            continue
        left = last.days_supply - (case.on - given).days
        if left <= rule.early_days or left * _USED_UP <= last.days_supply or left > last.days_supply:
            continue
        said = f"given {given.isoformat()} for {last.days_supply} days, {left} days are left"
        yield _finding("LEGAL-EARLY", rule.early_severity, law, rule, order, said, last)


def _last_given(order: Order) -> date | None:
    """When a supply began: the day on record, else the day of writing where there was nothing to refill since."""
    return order.started or (order.written if not order.refills else None)


def _called(rule: ScheduleLaw) -> str:
    return rule.schedule.replace("C", "schedule ", 1) if rule.schedule else "prescription"


def _finding(
    code: str, severity: str, law: Law, rule: ScheduleLaw, order: Order, said: str, other: Order | None = None,
    *, advice: str = "",
) -> Finding:  # fmt: skip
    return Finding(
        code=code,
        category=Category.LEGAL,
        severity=Severity(severity),
        order=order.id,
        others=(other.id,) if other else (),
        summary=f"{name_of(order)}: {said}.",
        advice=advice or rule.why or "Ask the prescriber for a prescription that can be filled.",
        evidence=(shown(order), law.name),
        sources=law.sources,
        rule=f"law/{law.jurisdiction}",
        reviewed=bool(law.review and law.review.reviewed_by),
    )
