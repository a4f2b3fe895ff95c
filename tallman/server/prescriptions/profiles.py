"""Everything that patients take, checked again: what another knowledge, or another day, makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q

from tallman.core.knowledge import Knowledge
from tallman.core.screening import finding as core
from tallman.core.screening.finding import Severity
from tallman.core.screening.profile import screen_profile
from tallman.server import knowledge_in_use
from tallman.server.patients.models import Patient
from tallman.server.prescriptions import cases
from tallman.server.prescriptions.models import Profile
from tallman.server.prescriptions.replay import Reader

__all__ = ["Checked", "changes", "checked", "with_medicines"]

APPEARS, DISAPPEARS, GRAVER, MILDER = "appears", "disappears", "graver", "milder"
Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """One patient's profile as the checks see it now: how many medicines, what they say, what they could not see."""

    patient: int
    medicines: int
    findings: list[Said]
    not_checked: list[Said] = field(default_factory=list)


def with_medicines() -> list[int]:
    """The patients who may take something: those with a prescription or a medicine from elsewhere on record."""
    taking = Patient.objects.filter(Q(prescriptions__isnull=False) | Q(outsidemedicine_facts__isnull=False))
    return list(taking.order_by("pk").values_list("pk", flat=True).distinct())


def checked(patients: Sequence[int], on: date) -> Iterator[Checked]:
    """Screen what each of these patients takes; those who take nothing are left out."""
    knowledge = knowledge_in_use.current()
    reader = _reader(knowledge)
    for patient, document in cases.profiles(patients, on):
        case = reader.read(document)
        result = screen_profile(case, knowledge)
        found = [_said(f) for f in result.findings if f.severity is not Severity.LOW]
        missed = [{"check": n.check, "order": n.order, "reason": n.reason} for n in result.not_checked]
        yield Checked(patient, len(case.continuing), found, missed)


@lru_cache(maxsize=1)
def _reader(knowledge: Knowledge) -> Reader:
    """What was read stays for the next lot of the same command."""
    return Reader(knowledge)


def _said(finding: core.Finding) -> Said:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "orders": sorted({finding.order, *finding.others}),
        "summary": finding.summary,
    }


def changes(before: Profile | None, now: Checked) -> list[Said]:
    """What is found now and was not, or not as grave, and the other way round; the gravest first."""
    old = _by_subject(before.findings if before else ())
    new = _by_subject(now.findings)
    told = [
        {"what": what, "was": old[key]["severity"] if key in old else "", **new.get(key, old.get(key, {}))}
        for key in new.keys() | old.keys()
        if (what := _what(old.get(key), new.get(key)))
    ]
    return sorted(told, key=lambda c: (Severity(c["severity"]).rank, c["what"], c["code"], c["orders"], c["rule"]))


def _by_subject(findings: Iterable[Said]) -> dict[tuple[str, ...], Said]:
    """Findings by what they are about, the gravest of several that are about the same."""
    graver_last = sorted(findings, key=lambda f: -Severity(f["severity"]).rank)
    return {(f["code"], f["rule"], *f["orders"]): f for f in graver_last}


def _what(old: Said | None, new: Said | None) -> str:
    if old is None or new is None:
        return APPEARS if old is None else DISAPPEARS
    change = Severity(new["severity"]).rank - Severity(old["severity"]).rank
    return "" if change == 0 else MILDER if change > 0 else GRAVER
