"""The lists of one stay held against each other, with what was decided: what pages and signatures look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from tallman.core.knowledge import Knowledge
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.reconciliation.aligned import Aligned, aligned
from tallman.core.reconciliation.change_reasons import reasons_in
from tallman.core.reconciliation.decided import Decided, Disposition, list_after
from tallman.core.reconciliation.difference import Difference, DifferenceType, Match, NotCompared, Reconciliation
from tallman.core.reconciliation.discharge import Change, DischargeRow, at_discharge
from tallman.core.reconciliation.line import Line, ListSource, SourceKind
from tallman.core.reconciliation.reconcile import reconcile
from tallman.core.reconciliation.resulting import screened
from tallman.core.screening.screen import Screening
from tallman.server import knowledge_in_use
from tallman.server.prescriptions import cases
from tallman.server.prescriptions.replay import Reader
from tallman.server.reconciliation.keys import key_of, key_of_allergies, speaks_of
from tallman.server.reconciliation.lists import ListReader, of_kinds, on_record
from tallman.server.reconciliation.models import Decision, Encounter, MedicineList, Proposal, Stage

__all__ = ["Compared", "Row", "Stay", "stays"]

HISTORY_KINDS = [k for k in SourceKind if k not in (SourceKind.HOSPITAL, SourceKind.DISCHARGE)]


@dataclass(frozen=True)
class Row:
    """One medicine of both sides (`match` is None for an allergy) and what was decided about it."""

    key: str
    match: Match | None
    differences: tuple[Difference, ...]
    not_compared: tuple[NotCompared, ...]
    sentence: str
    decision: Decision | None = None
    proposal: Proposal | None = None
    is_off: bool = False
    """Whether it is known to be not taken or paused at home, and nobody ordered it."""

    @property
    def stays_off(self) -> bool:
        """Whether it was decided that it is not begun again."""
        return self.is_off and self.decision is not None and self.decision.disposition == Disposition.STOP

    @property
    def is_open(self) -> bool:
        """Whether a pharmacist must still decide: something differs without a reason, or could not be compared."""
        return self.decision is None and self.asks

    @property
    def is_unagreed(self) -> bool:
        """Whether an order is to be put right and no prescriber has agreed to it yet."""
        return self.decision is not None and self.decision.is_unagreed

    @property
    def asks(self) -> bool:
        """Whether it needs a decision at all."""
        return self.is_off or bool(self.not_compared) or any(not d.explained for d in self.differences)


@dataclass(frozen=True)
class Compared:
    """The comparison of one stage: its rows, and the list that comes of orders and decisions."""

    stage: Stage
    result: Reconciliation
    rows: tuple[Row, ...]
    after: ListSource
    added: tuple[Decision, ...] = ()
    """What was begun in hospital and goes on at home, as it was decided."""
    has_orders: bool = True
    """Whether any list of orders is known. Without one nothing differs: at discharge the list is yet to be made."""

    @property
    def open_rows(self) -> tuple[Row, ...]:
        """The rows that wait for a decision."""
        return tuple(row for row in self.rows if row.is_open)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of both sides, and of the list that comes of them."""
        before = (line for source in self.result.history for line in source.lines)
        return (*before, *self.result.orders.lines, *self.after.lines)

    @property
    def unagreed(self) -> tuple[Row, ...]:
        """The rows whose order is to be put right, and that no prescriber knows of."""
        return tuple(row for row in self.rows if row.is_unagreed)

    def decision_on(self, key: str) -> Decision | None:
        """What was decided about a row, or about a medicine that stands on neither list."""
        added = next((one for one in self.added if one.key == key), None)
        return next((row.decision for row in self.rows if row.key == key), added)


def stays() -> QuerySet[Encounter]:
    """Encounters with all that a comparison reads, at a dozen queries at most, whatever their number."""
    return Encounter.objects.select_related("patient", "history_completed_by").prefetch_related(
        "lists__lines", "history__rests_on", "decisions__by", "proposals__by", "sign_offs__by", "probes"
    )


class Stay:
    """One encounter of `stays`, read with the knowledge in use. Reading is done once, however often it is asked."""

    def __init__(self, encounter: Encounter, on: date, knowledge: Knowledge | None = None) -> None:
        self.encounter, self.on = encounter, on
        self.knowledge = knowledge or knowledge_in_use.current()
        self._reader = ListReader(self.knowledge)
        self.lists = list(encounter.lists.all())
        self.patient = _patient(encounter, on, self.knowledge)

    def sources(self) -> list[ListSource]:
        """The lists that tell what was taken before."""
        return [self._reader.source(row) for row in of_kinds(self.lists, *HISTORY_KINDS)]

    def aligned(self) -> tuple[Aligned, ...]:
        """The sources side by side, a row for each medicine."""
        return aligned(self.sources(), self.knowledge)

    def history(self) -> ListSource:
        """The best possible history as far as it is made."""
        return self._reader.history(self.encounter, self.patient)

    def before(self) -> list[ListSource]:
        """What was taken before: the history; until that is complete, with what it has no answer to yet."""
        if self.encounter.history_completed_at:
            return [self.history()]
        answered = {line.pk for told in self.encounter.history.all() for line in told.rests_on.all()}
        return [self.history(), *(_without(s, answered) for s in self.sources())]

    def orders(self, stage: Stage) -> ListSource:
        """The orders of a stage: the newest list of its kind; without one, an empty list."""
        rows = self._order_lists(stage)
        if not rows:
            kind = _kind_of_orders(stage)
            return ListSource(str(kind), kind, (), on_record(self.patient))
        source = self._reader.source(rows[-1])
        if source.allergies is None:
            return ListSource(source.name, source.kind, source.lines, on_record(self.patient))
        return source

    def _order_lists(self, stage: Stage) -> list[MedicineList]:
        return of_kinds(self.lists, _kind_of_orders(stage))

    def compared(self, stage: Stage) -> Compared:
        """The comparison of a stage, with the decisions that still hold."""
        orders = self.orders(stage)
        result = reconcile(self.before(), orders, self.knowledge, on=self.on)
        decisions = self._decisions(stage)
        rows = tuple(_rows(result, decisions, self._proposals(stage)))
        if stage is Stage.DISCHARGE:
            rows += tuple(self._off_at_home(orders, decisions))
        decided = [
            (row.match, self._decided(row.decision)) for row in rows if row.match and row.decision and not row.stays_off
        ]
        added = self._added(rows, decisions)
        after = list_after(orders, [*decided, *((None, self._decided(one)) for one in added)])
        return Compared(stage, result, rows, after, added, bool(self._order_lists(stage)))

    def _off_at_home(self, orders: ListSource, decisions: Mapping[str, Decision]) -> Iterable[Row]:
        """What is not taken or paused at home and nobody ordered: a pharmacist says what the patient is told of it."""
        proposed = self._proposals(Stage.DISCHARGE)
        for told in at_discharge(self.before(), self.orders(Stage.ADMISSION), orders, self.knowledge):
            if told.change is Change.OFF_AT_HOME:
                match = Match(told.before, (), (), 100, told.believed)
                key, line = key_of(match), told.before[0]
                sentence = f"{line.name}: {line.state.value} at home, and nobody ordered it."
                yield Row(key, match, (), (), sentence, decisions.get(key), proposed.get(key), is_off=True)

    def _added(self, rows: Sequence[Row], decisions: Mapping[str, Decision]) -> tuple[Decision, ...]:
        """Decisions about what stands on neither list. One about lines that have changed since holds no longer, nor one
        about a medicine that is ordered or taken by now."""
        matched = {row.key for row in rows}
        known = {_names(line.order) for row in rows if row.match for line in (*row.match.left, *row.match.right)}
        new = [d for d in decisions.values() if d.key not in matched and d.text and d.disposition == Disposition.NEW]
        return tuple(d for d in new if (order := self._ordered(d)) and _names(order) not in known)

    def screened(self, compared: Compared) -> Screening:
        """What the checks say of the list that would result, with what may have been forgotten."""
        forgotten = [d for row in compared.open_rows for d in row.differences]
        return screened(self.patient, compared.after, forgotten, self.knowledge, self.on)

    def discharge(self, compared: Compared) -> tuple[DischargeRow, ...]:
        """From home through the hospital to home again, a row for each medicine."""
        rows = at_discharge(self.before(), self.orders(Stage.ADMISSION), compared.after, self.knowledge)
        off = {row.match.left[0].ref: row.decision for row in compared.rows if row.match and row.stays_off}
        return tuple(_with_decision(row, off.get(row.before[0].ref) if row.before else None) for row in rows)

    def kinds(self, match: Match) -> list[str]:
        """The kinds of list that tell of a medicine: for a line of the history, those it rests on."""
        listed = {line.pk: row.kind for row in self.lists for line in row.lines.all()}
        told = {line.pk: [r.pk for r in line.rests_on.all()] for line in self.encounter.history.all()}
        found: set[str] = set()
        for line in (*match.left, *match.right):
            table, _, number = line.ref.partition(":")
            rests_on = [int(number)] if table == "line" else told.get(int(number), [])
            found.update(listed[pk] for pk in rests_on if pk in listed)
            if not rests_on:
                found.add(SourceKind.INTERVIEW)
        return sorted(found)

    def _decisions(self, stage: Stage) -> dict[str, Decision]:
        """What was decided and not withdrawn, by key, the last word counting. What was decided at admission holds until
        the patient goes home; then everything is decided anew."""
        late = stage is Stage.DISCHARGE
        every = self.encounter.decisions.all()
        return {d.key: d for d in every if not d.withdrawn_at and (d.stage == Stage.DISCHARGE) is late}

    def _proposals(self, stage: Stage) -> dict[str, Proposal]:
        """What technicians propose, by key, the last word counting."""
        return {p.key: p for p in self.encounter.proposals.all() if p.stage == stage}

    def _decided(self, decision: Decision) -> Decided:
        return Decided(
            Disposition(decision.disposition), f"decision:{decision.pk}", self._ordered(decision), decision.until,
            decision.reason_words, decision.at.date(),
        )  # fmt: skip

    def _ordered(self, decision: Decision) -> Order | None:
        if not decision.text:
            return None
        return self._reader.order(decision.text, decision.directions, f"decision:{decision.pk}")


def _names(order: Order) -> frozenset[str]:
    medicine = order.medicine
    return frozenset(i.name for i in medicine.ingredients) if medicine.is_known else frozenset([medicine.text])


def _kind_of_orders(stage: Stage) -> SourceKind:
    return SourceKind.DISCHARGE if stage is Stage.DISCHARGE else SourceKind.HOSPITAL


def _rows(result: Reconciliation, decisions: dict[str, Decision], proposed: dict[str, Proposal]) -> Iterable[Row]:
    proposals = {id(p.left[0] if p.left else p.right[0]): p.sentence for p in result.proposals}
    for match in result.matches:
        key = key_of(match)
        yield Row(
            key, match, _about(result.differences, match), _about(result.not_compared, match),
            proposals.get(id(match.left[0] if match.left else match.right[0]), ""),
            decisions.get(key), proposed.get(key),
        )  # fmt: skip
    for difference in result.differences:
        if difference.type is DifferenceType.ALLERGY:
            key = key_of_allergies(difference)
            yield Row(key, None, (difference,), (), difference.summary, decisions.get(key), proposed.get(key))


_T = TypeVar("_T", Difference, NotCompared)


def _about(found: Sequence[_T], match: Match) -> tuple[_T, ...]:
    return tuple(f for f in found if speaks_of(f, match))


def _without(source: ListSource, answered: set[int]) -> ListSource:
    refs = {f"line:{pk}" for pk in answered}
    return ListSource(source.name, source.kind, tuple(line for line in source.lines if line.ref not in refs))


def _with_decision(row: DischargeRow, off: Decision | None) -> DischargeRow:
    """A row that somebody has decided about is settled, for the reason that was given. `off` is the decision that it
    is not begun again."""
    if off is not None:
        because = "; ".join(dict.fromkeys(filter(None, [row.because, off.reason_words])))
        return replace(row, because=because, reasons=reasons_in(because))
    decided = [line for line in row.after if line.ref.startswith("decision:")]
    if not decided:
        return row
    because = row.because or "; ".join(dict.fromkeys(line.note for line in decided if line.note))
    is_other = any("/" not in line.ref for line in decided) and row.change is Change.SAME and not row.is_compared
    change = Change.CHANGED if is_other or row.change is Change.UNDECIDED else row.change
    return replace(row, change=change, because=because, reasons=reasons_in(because))


def _patient(encounter: Encounter, on: date, knowledge: Knowledge) -> Patient:
    """The facts about the patient that the checks need, as they are on record."""
    _, document = next(cases.profiles([encounter.patient_id], on, with_nothing=True))
    return Reader(knowledge).read(document).patient
