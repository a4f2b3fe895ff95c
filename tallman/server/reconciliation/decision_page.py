"""The rows of a decision page: what may be decided about each, and the terms that a pressed key stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tallman.core.reconciliation.change_reasons import WORDS, ChangeReason
from tallman.core.reconciliation.decided import Disposition
from tallman.core.reconciliation.discharge import Change, DischargeRow
from tallman.core.reconciliation.line import Line
from tallman.server.reconciliation.actions.deciding import Terms
from tallman.server.reconciliation.comparison import Compared, Row
from tallman.server.reconciliation.keys import key_of_lines
from tallman.server.reconciliation.models import Decision, HistoryLine
from tallman.server.refusal import refuse

__all__ = [
    "Choice",
    "DecisionRow",
    "decision_rows",
    "discharge_rows",
    "reasons_for",
    "terms_of",
    "unchanged",
    "with_history",
]

_R = ChangeReason
_OFTEN = {
    Disposition.CHANGE: [
        _R.KIDNEYS, _R.PRESSURE_LOW, _R.PRESSURE_HIGH, _R.LAB_RESULT, _R.SIDE_EFFECT, _R.NOT_ENOUGH, _R.TOO_MUCH,
        _R.INTERACTION, _R.SIMPLER,
    ],
    Disposition.STOP: [
        _R.NOT_NEEDED, _R.SIDE_EFFECT, _R.KIDNEYS, _R.BLEEDING, _R.INTERACTION, _R.DUPLICATE, _R.FINISHED, _R.FALLS,
        _R.ALLERGY,
    ],
    Disposition.HOLD: [
        _R.PRESSURE_LOW, _R.KIDNEYS, _R.PROCEDURE, _R.BLEEDING, _R.NOT_EATING, _R.POTASSIUM, _R.HEART_SLOW,
        _R.SUGAR_LOW, _R.INTERACTION,
    ],
    Disposition.SUBSTITUTE: [
        _R.FORMULARY, _R.UNAVAILABLE, _R.INTERACTION, _R.SIDE_EFFECT, _R.KIDNEYS, _R.SWALLOWING, _R.COST,
        _R.NOT_ENOUGH, _R.ALLERGY,
    ],
}  # fmt: skip
"""The nine reasons that are given most for each, on the keys 1 to 9; every other can be chosen or written."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may become of a medicine: its key, its words, and whether a dialog asks for more."""

    key: str
    disposition: Disposition
    text: str
    asks: bool = True
    is_other: bool = False
    """Whether the medicine or its directions are typed."""


_HOME = Choice("y", Disposition.CONTINUE, "As at home", asks=False)
_ORDERED = Choice("o", Disposition.CHANGE, "As ordered: meant")
_NEW = Choice("n", Disposition.NEW, "New: meant", asks=False)
_SUBSTITUTE = Choice("b", Disposition.SUBSTITUTE, "In its place: meant")
_STOP = Choice("s", Disposition.STOP, "Stop")
_HOLD = Choice("h", Disposition.HOLD, "Hold until …")
_OTHER = Choice("e", Disposition.CHANGE, "Otherwise …", is_other=True)
_STAYS_OFF = Choice("y", Disposition.STOP, "Stays off: the patient asks first", asks=False)
_AGAIN = Choice("n", Disposition.CONTINUE, "Begins again as at home", asks=False)
_RECORD = Choice("y", Disposition.CONTINUE, "Right: put it on the record", asks=False)
_NO_ALLERGY = Choice("s", Disposition.STOP, "No allergy")
_GOES_ON = Choice("n", Disposition.NEW, "Goes on at home", asks=False)
_BADGES = {Change.UNDECIDED: "critical", Change.SAME: "clear", Change.HOSPITAL_ONLY: "low"}
"""The badge of a change; every other is "moderate"."""


@dataclass(frozen=True)
class DecisionRow:
    """One medicine or allergy with what may be decided about it; at discharge with the row of the patient's list."""

    row: Row | None
    key: str
    name: str
    before: tuple[Line, ...]
    ordered: tuple[Line, ...]
    discharge: DischargeRow | None = None
    added: Decision | None = None
    """What was decided about a medicine that stands on neither list."""
    told: tuple[HistoryLine, ...] = ()
    """What the history adds to it: who told it, how sure that is, when the last dose was taken."""

    @property
    def id(self) -> str:
        """Enough of the key to find the row on a page."""
        return self.key[:12]

    @property
    def decision(self) -> Decision | None:
        """What was decided about it."""
        return self.row.decision if self.row else self.added

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.row is not None and self.row.is_open

    @property
    def is_off(self) -> bool:
        """Whether it is not taken at home, and nobody ordered it."""
        return self.row is not None and self.row.is_off

    @property
    def waits(self) -> bool:
        """Whether it waits for somebody to propose something."""
        return self.is_open and self.row is not None and self.row.proposal is None

    @property
    def badge(self) -> str:
        """How grave its change at discharge looks."""
        return _BADGES.get(self.discharge.change, "moderate") if self.discharge else ""

    @property
    def reads(self) -> str:
        """What the patient reads of it; empty for an allergy, and until somebody has decided."""
        told = self.discharge
        if told is None or told.change is Change.UNDECIDED or (self.is_off and self.is_open):
            return ""
        return told.sentence

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may become of it."""
        if self.row is None:
            return (_GOES_ON,)
        if self.row.match is None:
            return (_RECORD, _NO_ALLERGY)
        if self.is_off:
            return (_STAYS_OFF, _AGAIN, _HOLD, _OTHER)
        if not self.ordered:
            return (_HOME, _STOP, _HOLD, _OTHER)
        if not self.before:
            return (_NEW, _STOP, _HOLD, _OTHER)
        replaced = any(d.type == "substitution" for d in self.row.differences)
        return (_HOME, _SUBSTITUTE if replaced else _ORDERED, _STOP, _HOLD, _OTHER)


def decision_rows(compared: Compared) -> list[DecisionRow]:
    """Every row of a comparison, what waits first, the gravest at the front."""
    rows = [_of(row) for row in compared.rows]
    return sorted(rows, key=lambda r: (not r.is_open, _gravity(r), r.name.lower()))


def discharge_rows(compared: Compared, told: tuple[DischargeRow, ...]) -> list[DecisionRow]:
    """The rows of the patient's list with their decisions, then the allergies; what waits first."""
    by_ref = {line.ref: row for row in compared.rows if row.match for line in (*row.match.left, *row.match.right)}
    added = {f"decision:{one.pk}": one for one in compared.added}
    found = [_with(one, by_ref, added) for one in told]
    found += [_of(row) for row in compared.rows if row.match is None]
    return sorted(found, key=lambda r: (not r.is_open, r.name.lower()))


def _with(one: DischargeRow, by_ref: Mapping[str, Row], added: Mapping[str, Decision]) -> DecisionRow:
    refs = [line.ref.rpartition("/")[2] for line in (*one.before, *one.after)]
    row = next((by_ref[ref] for ref in refs if ref in by_ref), None)
    lines = one.before or one.after or one.hospital
    if row is None:
        decided = next((added[line.ref] for line in one.after if line.ref in added), None)
        key = decided.key if decided else key_of_lines(one.hospital or one.after)
        return DecisionRow(None, key, lines[0].name, (), (), one, decided)
    return _of(row, one)


def _of(row: Row, told: DischargeRow | None = None) -> DecisionRow:
    if row.match is None:
        every = (*row.differences[0].left_allergies, *row.differences[0].right_allergies)
        return DecisionRow(row, row.key, f"Allergy: {every[0].allergy.substance}", (), (), told)
    left, right = row.match.left, row.match.right
    return DecisionRow(row, row.key, (left or right)[0].name, left, right, told)


def _gravity(row: DecisionRow) -> int:
    order = {"high": 0, "moderate": 1, "low": 2}
    return min((order[d.harm] for d in row.row.differences if not d.explained), default=3) if row.row else 3


def with_history(rows: Iterable[DecisionRow], history: Iterable[HistoryLine]) -> list[DecisionRow]:
    """The rows with the lines of the history that they rest on."""
    by_ref = {f"history:{line.pk}": line for line in history}
    return [replace(row, told=tuple(by_ref[one.ref] for one in row.before if one.ref in by_ref)) for row in rows]


def unchanged(rows: Iterable[DecisionRow], admission: Compared) -> list[DecisionRow]:
    """The rows that wait although the medicine was given in hospital just as it is taken at home, or is taken neither
    here nor there."""
    same = {
        line.ref
        for row in admission.rows
        if row.match and row.match.right and not row.differences and not row.not_compared
        for line in row.match.left
    }
    return [row for row in rows if row.is_open and (row.is_off or _all_in(same, row.before))]


def _all_in(refs: set[str], lines: tuple[Line, ...]) -> bool:
    return bool(lines) and all(line.ref in refs for line in lines)


def reasons_for(disposition: str) -> list[tuple[str, str, str]]:
    """The reasons of a disposition with their keys: those given most on 1 to 9, then all others without one."""
    often = _OFTEN.get(Disposition(disposition), _OFTEN[Disposition.CHANGE])
    keyed = [(str(n), r.value, WORDS[r].name) for n, r in enumerate(often, 1)]
    return keyed + [("", r.value, WORDS[r].name) for r in ChangeReason if r not in often]


def terms_of(row: DecisionRow, given: Mapping[str, str], *, has_orders: bool = True) -> Terms:
    """What a sent form decides about a row. The intent follows from it: what is left as ordered was meant.
    Without orders there is no difference, and so no intent."""
    disposition = given.get("disposition", "")
    text, directions = given.get("text", "").strip(), given.get("directions", "").strip()
    shown = row.ordered or row.before or (row.discharge.hospital if row.discharge else ())
    if not row.row and len(shown) > 1:
        raise refuse("several", "There is more than one order for it: write a list of orders for going home.")
    if disposition == Disposition.SUBSTITUTE or (row.row is None and shown):
        text, directions = text or _text(shown), directions or _sig(shown)
    elif directions and not text:
        text = _text(shown)
    stands = bool(row.ordered) and disposition in (Disposition.NEW, Disposition.SUBSTITUTE, Disposition.CHANGE)
    is_off = disposition in (Disposition.STOP, Disposition.HOLD)
    is_meant = (stands and (not text or disposition == Disposition.SUBSTITUTE)) or (is_off and not row.ordered)
    asked = has_orders and row.row is not None and row.row.asks and not _is_only_theirs(row.row)
    is_reason = given.get("reason_code") or given.get("reason", "").strip()
    if row.is_off and disposition == Disposition.STOP and not is_reason:
        given = {**given, "reason": f"{row.before[0].state.value} at home"}
    return Terms(
        disposition, ("intended" if is_meant else "unintended") if asked else "", text, directions,
        given.get("until", ""), given.get("reason_code", ""), given.get("reason", ""), given.get("agreed_with", ""),
    )  # fmt: skip


def _is_only_theirs(row: Row) -> bool:
    """Whether it is an allergy that only the orders' record knows: nothing about the orders is to be put right."""
    return row.match is None and not row.differences[0].left_allergies


def _text(lines: tuple[Line, ...]) -> str:
    return lines[0].order.medicine.text if lines else ""


def _sig(lines: tuple[Line, ...]) -> str:
    return lines[0].order.sig.text if lines else ""
