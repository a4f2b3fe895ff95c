"""From rows to lists of the core: the one mapping between this area's tables and `core/reconciliation`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tallman.core.allergies import read_allergies
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.reconciliation.line import Fill, Line, ListSource, RecordedAllergy, SourceKind, State
from tallman.server.prescriptions.replay import Reader
from tallman.server.reconciliation.models import Encounter, HistoryLine, ListLine, Medicine, MedicineList

__all__ = ["ListReader", "of_kinds", "on_record"]


class ListReader:
    """Reads the lists of one stay with one knowledge, each text once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._orders = Reader(knowledge)

    def source(self, row: MedicineList) -> ListSource:
        """A list as it was told or written."""
        lines = tuple(self._listed(line, row) for line in row.lines.all())
        return ListSource(row.name, SourceKind(row.kind), lines, self._allergies(row))

    def history(self, encounter: Encounter, patient: Patient) -> ListSource:
        """The best possible history as far as it is made, with the allergies of the patient's record."""
        lines = tuple(self._line(line, f"history:{line.pk}", line.at.date()) for line in encounter.history.all())
        return ListSource("history", SourceKind.INTERVIEW, lines, on_record(patient))

    def order(self, text: str, directions: str, ref: str) -> Order:
        """A medicine and its directions as somebody wrote them into a decision."""
        return self._orders.order(_document(ListLine(text=text, directions=directions), ref))

    def _listed(self, line: ListLine, row: MedicineList) -> Line:
        fills = tuple(Fill(date.fromisoformat(f["on"]), f.get("days")) for f in line.fills)
        return self._line(line, f"line:{line.pk}", row.on, fills)

    def _line(
        self, line: ListLine | HistoryLine, ref: str, asserted: date | None, fills: tuple[Fill, ...] = ()
    ) -> Line:
        order = self._orders.order(_document(line, ref))
        return Line(ref, order, State(line.state), line.note, line.reason, asserted, fills)

    def _allergies(self, row: MedicineList) -> tuple[RecordedAllergy, ...] | None:
        if row.allergies is None:
            return None
        read = [
            (f"allergy:{row.pk}:{number}", allergy)
            for number, told in enumerate(row.allergies)
            for allergy in read_allergies(told["substance"], self.knowledge, told.get("reaction", ""), "allergy", None)
        ]
        return tuple(RecordedAllergy(ref, allergy) for ref, allergy in read)


def on_record(patient: Patient) -> tuple[RecordedAllergy, ...] | None:
    """The allergies of the patient's record, as the allergies of a list."""
    if patient.allergies is None:
        return None
    return tuple(RecordedAllergy(f"record:{n}", a) for n, a in enumerate(patient.allergies) if not a.refuted)


def _document(line: Medicine, ref: str) -> dict[str, Any]:
    """The line in the shape that `replay.Reader` reads orders from."""
    quantity = getattr(line, "quantity", None)
    started = getattr(line, "started", None)
    return {
        "id": ref, "product_id": "", "text": line.text, "rxcui": line.rxcui, "sig": line.directions,
        "quantity": None if quantity is None else f"{quantity.normalize():f}",
        "unit": getattr(line, "quantity_unit", ""),
        "started": started.isoformat() if started else None, "note": line.note, "setting": "inpatient",
    }  # fmt: skip


def of_kinds(lists: Iterable[MedicineList], *kinds: SourceKind) -> list[MedicineList]:
    """The current lists of some kinds, in the order they were made."""
    return [row for row in lists if row.is_current and row.kind in kinds]
