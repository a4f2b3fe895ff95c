"""The program's answers held against the truth: pairs, seeded differences, false flags."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.difference import Reconciliation
from tallman.core.reconciliation.reconcile import reconcile
from tallman.interchange.fhir.lists import read_lists
from tests.reconciliation_lists.patients import Case, Seeded

__all__ = ["Score", "as_bundle", "measured"]


@dataclass
class Score:
    """Counts over all cases, and what went wrong in words."""

    patients: int = 0
    right_pairs: int = 0
    wrong_pairs: int = 0
    missed_pairs: int = 0
    seeded: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false_flags: int = 0
    called_explained: int = 0
    explained: int = 0
    slips: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Of pairs of lines."""
        return 2 * self.right_pairs / max(1, 2 * self.right_pairs + self.wrong_pairs + self.missed_pairs)

    @property
    def recall(self) -> float:
        """Of the differences that nobody explained."""
        return sum(self.found.values()) / max(1, sum(self.seeded.values()))

    @property
    def flags_a_patient(self) -> float:
        """False flags a patient."""
        return self.false_flags / max(1, self.patients)


def as_bundle(resources: Iterable[dict[str, Any]]) -> bytes:
    """The resources with their patient as a Bundle."""
    patient = {"resourceType": "Patient", "id": "p", "birthDate": "1948-05-02", "gender": "female"}
    entries = [{"resource": r} for r in (patient, *resources)]
    return json.dumps(
        {"resourceType": "Bundle", "type": "collection", "timestamp": "2026-03-02T09:00:00Z", "entry": entries}
    ).encode()


def measured(cases: Iterable[Case], knowledge: Knowledge) -> Score:
    """The score over the cases."""
    score = Score()
    for case in cases:
        _count(score, case, _answer(case, knowledge))
    return score


def _answer(case: Case, knowledge: Knowledge) -> Reconciliation:
    history = [read_lists(as_bundle(h), knowledge, f"{n}") for n, h in enumerate(case.histories)]
    orders = read_lists(as_bundle(case.orders), knowledge, "orders", is_orders=True)
    lists = [one for read in history for one in read.lists]
    return reconcile(lists, orders.lists[0], knowledge, on=date(2026, 3, 2))


def _count(score: Score, case: Case, answer: Reconciliation) -> None:
    score.patients += 1
    pairs = {(a.ref, b.ref) for m in answer.pairs for a in m.left for b in m.right}
    score.right_pairs += len(pairs & case.pairs)
    for wrong in pairs - case.pairs:
        score.wrong_pairs += 1
        score.slips.append(f"{case.name}: wrong pair {_shown(case, wrong)}")
    for missed in case.pairs - pairs:
        score.missed_pairs += 1
        score.slips.append(f"{case.name}: missed pair {_shown(case, missed)}")
    _count_differences(score, case, answer)


def _count_differences(score: Score, case: Case, answer: Reconciliation) -> None:
    flags = [d for d in answer.differences if not d.explained]
    used: set[int] = set()
    for seeded in case.seeded:
        refs = {*seeded.left, *seeded.right}
        hits = [i for i, d in enumerate(flags) if d.type == seeded.type and refs & {*d.left_refs, *d.right_refs}]
        if seeded.explained:
            score.explained += 1
            score.called_explained += not hits
            continue
        score.seeded[seeded.type] += 1
        score.found[seeded.type] += bool(hits)
        used.update(hits)
        if not hits:
            score.slips.append(f"{case.name}: missed {seeded.type} {_shown(case, refs)}")
    for i, flag in enumerate(flags):
        if i not in used:
            score.false_flags += 1
            refs = (*flag.left_refs, *flag.right_refs)
            score.slips.append(f"{case.name}: false {flag.type}: {flag.summary} {_shown(case, refs)}")


def _shown(case: Case, refs: Iterable[str]) -> str:
    """The lines as they are written, to look at."""
    every = {f"{r['resourceType']}/{r['id']}": r for lines in (*case.histories, case.orders) for r in lines}
    said = []
    for ref in sorted(refs):
        line = every.get(ref, {})
        text = line.get("medicationCodeableConcept", line.get("code", {})).get("text", "")
        dosage = (line.get("dosage") or line.get("dosageInstruction") or [{}])[0]
        note = (line.get("note") or [{}])[0].get("text", "")
        said.append(
            f"[{ref} {text} | {dosage.get('text') or json.dumps(dosage.get('timing', ''))} | {line.get('status')} {note}]"
        )
    return " ".join(said)


def seeded_types(cases: Iterable[Case]) -> Counter[str]:
    """How often each type was seeded without a word why."""
    return Counter(s.type for c in cases for s in c.seeded if not s.explained)


Truth = Seeded
