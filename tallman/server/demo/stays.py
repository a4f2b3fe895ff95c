"""Stays in hospital for the demo, each brought as far as its table says, the way people bring it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from tallman.core.reconciliation.line import SourceKind, State
from tallman.knowledge.load import read_yaml
from tallman.server.demo.work import Staff
from tallman.server.patients import actions as patients
from tallman.server.patients.models import Allergy, Condition, Observation, Patient
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.actions.deciding import Terms
from tallman.server.reconciliation.comparison import Row, Stay, stays
from tallman.server.reconciliation.models import Encounter, HistoryLine, ListLine, Stage
from tallman.server.reconciliation.probes import PROBES
from tallman.server.reconciliation.typed import read_line
from tallman.server.web import clock

__all__ = ["StayPlan", "add_stays", "plans"]


class _Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Every field is spelled as the table spells it."""


class ToldList(_Strict):
    """A list and when it was had, hours before now."""

    lines: list[str]
    at: float
    kind: str = SourceKind.INTERVIEW.value
    told_by: str = ""
    reliability: str = ""


class Move(_Strict):
    """A transfer."""

    at: float
    unit: str
    room: str = ""
    bed: str = ""


class StayPlan(_Strict):
    """One stay as the table tells it; see the head of `stays.yaml`."""

    came: float
    facts: dict[str, str]
    person: dict[str, Any] = {}
    of: str = ""
    allergies: list[tuple[str, str, str]] = []
    none_known: bool = False
    conditions: list[tuple[str, str]] = []
    labs: list[tuple[str, str, str]] = []
    lists: list[ToldList] = []
    probes: int = 0
    answered: int | str = 0
    history: float | None = None
    decided: dict[str, dict[str, str]] = {}
    decided_at: float | None = None
    open: bool = False
    signed: list[str] = []
    moved: Move | None = None
    after_move: list[str] = []
    going_home: float | None = None
    discharge_orders: ToldList | None = None
    left: float | None = None


def plans() -> list[StayPlan]:
    """The table of stays."""
    return read_yaml(Path(__file__).parent / "stays.yaml", list[StayPlan])  # type: ignore[no-any-return]


def add_stays(now: datetime, staff: Staff, of_history: Mapping[str, Patient]) -> None:
    """Every stay of the table. `of_history` is a patient for each history that the table names."""
    for number, plan in enumerate(plans(), 1):
        person = of_history[plan.of] if plan.of else _person(plan, now, staff)
        _Making(plan, now, staff, person, number).make()


def _person(plan: StayPlan, now: datetime, staff: Staff) -> Patient:
    told = dict(plan.person)
    born = told.get("birth_date")
    told["birth_date"] = date.fromisoformat(str(born)) if born else None
    with clock.fixed(now - timedelta(hours=plan.came)):
        made = patients.add_patient(person=told, by=staff.enters)
        for fact in _facts(plan):
            patients.record_fact(patient=made, fact=fact, by=staff.enters)
        if plan.none_known:
            patients.record_no_known_allergies(patient=made, by=staff.enters)
    return made


def _facts(plan: StayPlan) -> Iterator[Allergy | Condition | Observation]:
    for code, text in plan.conditions:
        yield Condition(code=code, text=text)
    for loinc, value, unit in plan.labs:
        yield Observation(loinc=loinc, value=Decimal(value), unit=unit, on=clock.today())
    for substance, reaction, severity in plan.allergies:
        yield Allergy(substance=substance, reaction=reaction, severity=severity)


class _Making:
    """One stay, made step by step at the hours of its plan."""

    def __init__(self, plan: StayPlan, now: datetime, staff: Staff, person: Patient, number: int) -> None:
        self.plan, self.now, self.staff, self.person, self.number = plan, now, staff, person, number

    def make(self) -> None:
        """From coming to going, as far as the plan says."""
        plan = self.plan
        with self._at(plan.came):
            self.stay = actions.admit(
                patient=self.person, by=self.staff.enters, visit_number=f"D{1000 + self.number}", authority="DEMO",
                facts=plan.facts,
            )  # fmt: skip
        for told in sorted(plan.lists, key=lambda one: -one.at):
            self._list(told, told.kind)
        with self._at(plan.history or min((one.at for one in plan.lists), default=plan.came)):
            self._history()
        if plan.answered == "all" and not plan.open:
            self._decide(Stage.ADMISSION, plan.decided_at or 0)
        self._move()
        self._go_home()

    def _at(self, hours: float) -> Any:
        return clock.fixed(self.now - timedelta(hours=hours))

    def _now(self) -> Encounter:
        return stays().get(pk=self.stay.pk)

    def _list(self, told: ToldList, kind: str) -> None:
        with self._at(told.at):
            actions.add_list(
                encounter=self.stay, kind=kind, name=told.told_by or kind, told_by=told.told_by, on=clock.today(),
                reliability=told.reliability, lines=[read_line(line).row for line in told.lines],
                by=self.staff.enters,
            )  # fmt: skip

    def _history(self) -> None:
        for probe in PROBES[: self.plan.probes]:
            actions.answer_probe(encounter=self.stay, code=probe.code, answer="no", by=self.staff.enters)
        asked = [told for told in self.plan.lists if told.kind == SourceKind.INTERVIEW] or self.plan.lists
        who = next((told.told_by for told in asked if told.told_by), "patient")
        rows = Stay(self._now(), clock.today()).aligned()
        whole = self.plan.answered == "all"
        for row in rows if whole else rows[: int(self.plan.answered)]:
            line = row.lines[0]
            told = HistoryLine(
                text=line.order.medicine.text, directions=line.order.sig.text, state=line.state, note=line.note,
                told_by=who, last_taken="yesterday" if line.state is State.ACTIVE else "",
            )  # fmt: skip
            numbers = [int(one.ref.partition(":")[2]) for one in row.lines]
            rests_on = list(ListLine.objects.filter(pk__in=numbers))
            actions.add_history(encounter=self.stay, line=told, rests_on=rests_on, by=self.staff.enters)
        if whole:
            actions.complete_history(encounter=self.stay, version=self._now().version, by=self.staff.enters)

    def _decide(self, stage: Stage, hours: float) -> None:
        """The open rows of a stage decided as the plan says, else as at home, and the signature where it is to be."""
        with self._at(hours):
            compared = Stay(self._now(), clock.today()).compared(stage)
            for row in compared.open_rows:
                terms = self._terms(row) if compared.has_orders else replace(self._terms(row), intent="")
                actions.decide(encounter=self.stay, stage=stage, key=row.key, terms=terms, by=self.staff.reviews)
            if Stay(self._now(), clock.today()).compared(stage).unagreed:
                who = self.stay.attending or "the prescriber"
                actions.agree(encounter=self.stay, stage=stage, who=who, by=self.staff.reviews)
            if stage in self.plan.signed:
                actions.sign_off(encounter=self.stay, stage=stage, version=self._now().version, by=self.staff.reviews)

    def _terms(self, row: Row) -> Terms:
        lines = [*row.match.left, *row.match.right] if row.match else []
        said = " ".join(line.order.medicine.text.lower() for line in lines)
        known = next((terms for name, terms in self.plan.decided.items() if name in said), None)
        if known:
            return Terms(**known)
        is_new = bool(row.match and not row.match.left)
        return Terms("new" if is_new else "continue", intent="intended" if is_new else "unintended")

    def _move(self) -> None:
        plan = self.plan
        if plan.moved:
            at = self.now - timedelta(hours=plan.moved.at)
            facts = {"unit": plan.moved.unit, "room": plan.moved.room, "bed": plan.moved.bed}
            with clock.fixed(at):
                actions.transfer(encounter=self.stay, at=at, facts=facts, by=self.staff.enters)
            if plan.after_move:
                self._list(ToldList(plan.after_move, plan.moved.at - 1), SourceKind.HOSPITAL)

    def _go_home(self) -> None:
        plan = self.plan
        if plan.going_home:
            with self._at(plan.going_home):
                actions.plan_discharge(encounter=self.stay, version=self._now().version, by=self.staff.reviews)
        if plan.discharge_orders:
            self._list(plan.discharge_orders, SourceKind.DISCHARGE)
        if Stage.DISCHARGE in plan.signed:
            self._decide(Stage.DISCHARGE, plan.discharge_orders.at - 1 if plan.discharge_orders else 0)
        if plan.left:
            at = self.now - timedelta(hours=plan.left)
            with clock.fixed(at):
                actions.discharge(encounter=self.stay, at=at, by=self.staff.enters)
