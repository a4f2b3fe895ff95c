"""Gathering: lists from wherever they can be had, the interview, and the best possible history made of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from tallman.server.accounts.models import User
from tallman.server.audit.actions import Author, record
from tallman.server.reconciliation.actions.standing import locked, settled, touched
from tallman.server.reconciliation.models import Encounter, HistoryLine, ListLine, MedicineList, Probe
from tallman.server.reconciliation.probes import PROBES
from tallman.server.reconciliation.queries import unanswered
from tallman.server.refusal import refuse, unless_may
from tallman.server.web import clock

__all__ = [
    "add_history", "add_list", "answer_probe", "complete_history", "drop_history", "drop_list", "keep_answer",
    "reopen_history",
]  # fmt: skip


MOST_LINES = 300
"""More lines than anybody's medicines: a file that holds more is something else."""


@transaction.atomic
def add_list(
    *, encounter: Encounter, kind: str, name: str, lines: Iterable[ListLine], by: Author, on: date | None = None,
    told_by: str = "", reliability: str = "", received: bytes | None = None,
    allergies: Sequence[Mapping[str, str]] | None = None,
) -> MedicineList:  # fmt: skip
    """A list of medicines, unsaved lines with it. One of orders supersedes the orders before it.

    Raises Refused when it is empty and not of orders: "nothing is ordered" says something, a source that tells nothing
    does not. A new source opens a history that was complete where it tells of something the history has no answer to,
    or otherwise than anything that was known when the answer was found.
    """
    unless_may(by, "gather-history")
    row = locked(encounter)
    made = MedicineList(
        encounter=row, kind=kind, name=name.strip(), on=on, told_by=told_by.strip(), reliability=reliability,
        received=received, allergies=None if allergies is None else list(allergies),
        by=by if isinstance(by, User) else None, at=clock.now(),
    )  # fmt: skip
    made.full_clean(exclude=["encounter", "by"])
    every = list(lines)
    if not every and not made.is_orders:
        raise refuse("empty", "There is no medicine on this list.")
    if len(every) > MOST_LINES:
        raise refuse("many", f"{len(every)} lines are no list of one person's medicines: {MOST_LINES} at most.")
    if made.is_orders:
        MedicineList.objects.filter(encounter=row, kind=kind).update(is_current=False)
    made.save()
    for line in every:
        line.medicine_list = made
        line.full_clean(exclude=["medicine_list"])
    ListLine.objects.bulk_create(every)
    opened = unanswered(row) if row.history_completed_at and not made.is_orders else []
    if opened:
        row.history_completed_at = row.history_completed_by = None
    settled(row)
    touched(row, by)
    data = {"kind": kind, "name": name, "lines": [_said(line) for line in every], "opened": opened}
    record(action="reconciliation.add_list", by=by, subject=made, patient=row.patient, data=data)
    return made


@transaction.atomic
def drop_list(*, medicine_list: MedicineList, by: User) -> MedicineList | None:
    """A list that does not belong here counts no longer; it stays on record. A history that rests on it alone for some
    medicine is opened again; of orders, those that it superseded count again and are returned."""
    unless_may(by, "gather-history")
    row = locked(medicine_list.encounter)
    was_current, medicine_list.is_current = medicine_list.is_current, False
    medicine_list.withdrawn_at = clock.now()
    medicine_list.save(update_fields=["is_current", "withdrawn_at"])
    back = _before(medicine_list) if medicine_list.is_orders and was_current else None
    if back:
        back.is_current = True
        back.save(update_fields=["is_current"])
    told = row.history.filter(rests_on__medicine_list=medicine_list)
    if told.exclude(rests_on__medicine_list__is_current=True).exists():
        row.history_completed_at = row.history_completed_by = None
    settled(row)
    touched(row, by)
    data = {"back": back.pk if back else None}
    record(action="reconciliation.drop_list", by=by, subject=medicine_list, patient=row.patient, data=data)
    return back


@transaction.atomic
def add_history(*, encounter: Encounter, line: HistoryLine, rests_on: Sequence[ListLine], by: User) -> HistoryLine:
    """One medicine of the history: an answer to the lines of the sources it rests on, or told by the patient alone.

    An answer given before to the same lines is replaced. Raises Refused when the history is complete.
    """
    unless_may(by, "gather-history")
    row = _open(encounter)
    HistoryLine.objects.filter(encounter=row, rests_on__in=[one.pk for one in rests_on]).delete()
    line.encounter, line.by, line.at = row, by, clock.now()
    line.full_clean(exclude=["encounter", "by"])
    line.save()
    line.rests_on.set(rests_on)
    settled(row)
    touched(row, by)
    data = {**_said(line), "rests_on": [one.pk for one in rests_on], "last_taken": line.last_taken}
    record(action="reconciliation.add_history", by=by, subject=line, patient=row.patient, data=data)
    return line


@transaction.atomic
def keep_answer(*, line: HistoryLine, against: Sequence[ListLine], by: User) -> HistoryLine:
    """An answer stands, though these lines of a source that came later say otherwise."""
    unless_may(by, "gather-history")
    row = _open(line.encounter)
    line.rests_on.add(*against)
    settled(row)
    touched(row, by)
    data = {"rests_on": [one.pk for one in against]}
    record(action="reconciliation.keep_answer", by=by, subject=line, patient=row.patient, data=data)
    return line


@transaction.atomic
def drop_history(*, line: HistoryLine, by: User) -> None:
    """Take an answer back, to ask again."""
    unless_may(by, "gather-history")
    row = _open(line.encounter)
    data = _said(line)
    record(action="reconciliation.drop_history", by=by, subject=line, patient=row.patient, data=data)
    line.delete()
    settled(row)
    touched(row, by)


@transaction.atomic
def answer_probe(*, encounter: Encounter, code: str, answer: str, by: User) -> Probe:
    """One question of the interview guide was asked. It can be answered anew."""
    unless_may(by, "gather-history")
    row = locked(encounter)
    if code not in {probe.code for probe in PROBES}:
        raise refuse("probe", "This is no question of the guide.")
    probe = Probe.objects.filter(encounter=row, code=code).first() or Probe(encounter=row, code=code)
    probe.answer, probe.by, probe.at = answer, by, clock.now()
    probe.full_clean(exclude=["encounter", "by"])
    probe.save()
    touched(row, by)
    data = {"code": code, "answer": answer}
    record(action="reconciliation.answer_probe", by=by, subject=probe, patient=row.patient, data=data)
    return probe


@transaction.atomic
def complete_history(*, encounter: Encounter, version: int, by: User) -> Encounter:
    """The history is as good as it can be made. Refused while a medicine of a source has no answer."""
    unless_may(by, "gather-history")
    row = _open(encounter, version)
    if waiting := unanswered(row):
        raise refuse("unanswered", f"Without an answer: {', '.join(waiting)}.")
    row.history_completed_at, row.history_completed_by = clock.now(), by
    settled(row)
    touched(row, by)
    record(action="reconciliation.complete_history", by=by, subject=row, data={"lines": row.history.count()})
    return row


@transaction.atomic
def reopen_history(*, encounter: Encounter, version: int, by: User) -> Encounter:
    """Something more was learned: the history is worked on again."""
    unless_may(by, "gather-history")
    row = locked(encounter, version)
    row.history_completed_at = row.history_completed_by = None
    settled(row)
    touched(row, by)
    record(action="reconciliation.reopen_history", by=by, subject=row)
    return row


def _before(orders: MedicineList) -> MedicineList | None:
    """The newest orders of the same kind that were superseded and not withdrawn."""
    same = MedicineList.objects.filter(encounter=orders.encounter_id, kind=orders.kind, withdrawn_at=None)
    return same.exclude(pk=orders.pk).order_by("-pk").first()


def _open(encounter: Encounter, version: int | None = None) -> Encounter:
    row = locked(encounter, version)
    if row.history_completed_at:
        raise refuse("complete", "The history is complete: open it again before you change it.")
    return row


def _said(line: ListLine | HistoryLine) -> dict[str, Any]:
    return {
        "text": line.text, "rxcui": line.rxcui, "directions": line.directions, "state": line.state,
        "reason": line.reason, "note": line.note,
    }  # fmt: skip
