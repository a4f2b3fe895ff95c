"""Run every check over a case, honestly: each answers finding, clear, or could not look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from tallman.core.conditions import told_in, with_read_conditions
from tallman.core.knowledge import Knowledge
from tallman.core.measured_conditions import with_measured_conditions
from tallman.core.patient import Condition, Patient, without_late_birth
from tallman.core.prescription import Order
from tallman.core.screening.by_name import known_by_name_only
from tallman.core.screening.case import Case
from tallman.core.screening.checks import CHECKS
from tallman.core.screening.finding import Finding, NotChecked
from tallman.core.screening.gather import gathered
from tallman.core.screening.noted_medicines import taken_by_note
from tallman.core.screening.renewal import changed_from_the_list
from tallman.core.screening.single_week import once_in_its_week
from tallman.core.screening.sizing import sized
from tallman.core.screening.told_before import without_what_was_given
from tallman.core.told_allergies import without_unknown_allergies

__all__ = ["Check", "Screening", "screen"]

_RESTING_ON_PRECAUTIONS = ("condition", "age", "pregnancy", "lactation", "kidney", "liver", "lab")
_ENOUGH = 25
"""Rules: fewer leave most medicines that the check is about unspoken of."""

Check = Callable[[Case, Knowledge], Iterator[Finding | NotChecked]]


@dataclass(frozen=True, slots=True)
class Screening:
    """The result of one screening. `ran` names the checks whose silence says something: no finding and no
    `not_checked` entry for an order means that all of them looked and found nothing. What on the patient's record could
    not be read (a medicine on the list, a problem) is told once, with the first order that it concerns. A check of
    which few rules are written speaks where one applies and is not named, since its silence is no "clear". `failed`
    names those that broke off for a fault in the program; each order has a `not_checked` entry for it."""

    on: date
    knowledge_version: str
    knowledge_sha256: str
    ran: tuple[str, ...]
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    failed: tuple[str, ...] = ()

    @property
    def is_interruptive(self) -> bool:
        """Whether any finding must be decided by a pharmacist."""
        return any(f.severity.is_interruptive for f in self.findings)


def screen(case: Case, knowledge: Knowledge, checks: Mapping[str, Check] | None = None) -> Screening:
    """Screen the proposed orders of a case. Never raises for a fault in a check: that check "could not run".

    Supplies (test strips, pen needles) take no part: no check is for them, so nothing is found and nothing missed.
    """
    case = _prepared(case, knowledge)
    run: Mapping[str, Check] = CHECKS if checks is None else checks
    findings: list[Finding] = []
    not_checked: list[NotChecked] = []
    failed: list[str] = []
    for name, check in run.items():
        answers: list[Finding | NotChecked] = []
        try:
            answers.extend(check(case, knowledge))
        except Exception as error:
            failed.append(name)
            reason = f"the check failed ({type(error).__name__}); tell the pharmacist it did not run"
            answers.extend(NotChecked(name, order.id, reason) for order in case.proposed)
        for answer in answers:
            if isinstance(answer, Finding):
                findings.append(answer)
            else:
                not_checked.append(answer)
    not_checked.extend(known_by_name_only(case, knowledge, run))
    findings = gathered(findings, knowledge)
    few = _of_few_rules(knowledge)
    findings.sort(key=lambda f: (f.severity.rank, f.order, f.code, f.others))
    return Screening(
        on=case.on,
        knowledge_version=knowledge.version,
        knowledge_sha256=knowledge.sha256,
        ran=tuple(name for name in run if name not in few) if few else tuple(run),
        findings=tuple(findings),
        not_checked=tuple(dict.fromkeys(not_checked)),
        failed=tuple(failed),
    )


@lru_cache(maxsize=4)
def _of_few_rules(knowledge: Knowledge) -> frozenset[str]:
    """The checks that rest on precautions alone, where there are fewer of them than make silence worth anything."""
    written = Counter(rule.about for rule in knowledge.records.precautions)
    return frozenset(name for name in _RESTING_ON_PRECAUTIONS if written[name] < _ENOUGH)


def _prepared(case: Case, knowledge: Knowledge) -> Case:
    """The case without supplies, with codes for what the problem list says in words and what results tell, with what
    notes beside the orders tell (conditions, medicines that are taken too) and the reasons of orders beside it, with
    doses by weight or surface worked out, and with the list saying from what a dose is changed."""
    current, proposed = ([o for o in orders if not o.medicine.is_supply] for orders in (case.current, case.proposed))
    told = [c for order in proposed if order.note for c in told_in(order.note, knowledge.conditions)]
    current += taken_by_note(proposed, current, knowledge)
    patient = replace(case.patient, conditions=(*case.patient.conditions, *told)) if told else case.patient
    patient = without_unknown_allergies(without_late_birth(patient, case.on))
    patient = with_read_conditions(patient, knowledge.conditions, case.on)
    patient = with_measured_conditions(patient, knowledge.labs, case.on)
    if reasons := _reasons_off_the_list(patient, (*proposed, *case.continuing)):
        patient = replace(patient, conditions=(*patient.conditions, *reasons))
    proposed = [changed_from_the_list(without_what_was_given(o, knowledge), current) for o in proposed]
    current, proposed = ([once_in_its_week(sized(o, patient)) for o in orders] for orders in (current, proposed))
    return replace(case, patient=patient, current=tuple(current), proposed=tuple(proposed))


def _reasons_off_the_list(patient: Patient, orders: Iterable[Order]) -> tuple[Condition, ...]:
    """What orders are given for that the problem list does not say: the patient has it all the same."""
    known = set(patient.codes)
    found = {r: o.medicine.name for o in orders for r in o.reasons if r not in known and not o.medicine.is_supply}
    return tuple(Condition(reason, where=f"the reason of {name}") for reason, name in found.items())
