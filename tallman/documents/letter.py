"""The letter to the next pharmacy and prescriber: what the patient takes now, what changed and why, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tallman.core.patient import Allergy
from tallman.core.reconciliation.discharge import Change, DischargeRow
from tallman.core.reconciliation.discharge_words import dated, printed
from tallman.core.reconciliation.line import Line
from tallman.core.reconciliation.papers import Discharge, born
from tallman.documents.sheet import MARGIN, Sheet, Text, refuse

__all__ = ["UndecidedLetter", "letter_pdf"]

_SIZE = 9.0
_COLUMNS = (
    ("Medicine and directions", 78.0),
    ("Change", 24.0),
    ("Reason", 45.9),
    ("Last dose", 22.0),
    ("Next due", 22.0),
)
"""Titles and widths in millimetres, together as wide as the page."""
_NOT_KNOWN = "not known"


class UndecidedLetter(ValueError):
    """Something is not decided, and a letter tells only what is."""


def letter_pdf(discharge: Discharge) -> bytes:
    """The letter as PDF, in English, with the directions as they were written.

    Raises UndecidedLetter while it is a draft, UnprintableText where the font lacks a character.
    """
    if discharge.is_draft:
        raise UndecidedLetter("Not everything is decided and signed.")
    refuse(list(_texts(discharge)), "The letter")
    place = " · ".join(filter(None, [discharge.place.name, discharge.place.phone]))
    foot = f"{discharge.patient}, born {born(discharge.birth_date, 'en')}. Questions: {place or 'the hospital'}"
    sheet = Sheet(title="Medicines at discharge", language="en", size=_SIZE, foot=foot, is_upright=True)
    sheet.add_page()
    _head(sheet, discharge)
    _table(sheet, "Takes now", [r for r in discharge.rows if r.goes_on])
    _table(sheet, "Stopped or paused: do not refill", discharge.of(Change.STOPPED, Change.PAUSED))
    if off := discharge.of(Change.OFF_AT_HOME):
        _table(sheet, "Not taken at home and not ordered: ask before it is filled", off)
    _only_given(sheet, discharge.of(Change.HOSPITAL_ONLY))
    return sheet.finished()


def _texts(discharge: Discharge) -> Iterator[str]:
    yield from (
        discharge.patient,
        discharge.place.name,
        discharge.place.address,
        *discharge.decided_by,
        *discharge.agreed_with,
    )
    for row in discharge.rows:
        yield row.because
        yield from (
            f"{_name(line)} {line.order.sig.text} {line.note}" for line in (*row.was, *row.hospital, *row.after)
        )
    yield from (f"{a.substance} {a.reaction}" for a in discharge.allergies or ())


def _head(sheet: Sheet, discharge: Discharge) -> None:
    place, half = discharge.place, sheet.inner / 2
    sheet.write_at(MARGIN, MARGIN, sheet.inner, [("B", 16, "Medicines at discharge")])
    top = sheet.get_y() + 2
    sheet.write_at(MARGIN + half, top, half, [
        ("B", _SIZE + 1, place.name), ("", _SIZE, place.address), ("", _SIZE, place.phone),
    ])  # fmt: skip
    right = sheet.get_y()
    sheet.write_at(MARGIN, top, half, [
        ("B", _SIZE + 1, discharge.patient), ("", _SIZE, f"Born {born(discharge.birth_date, 'en')}"),
        ("", _SIZE, _stay(discharge)), ("", _SIZE, f"Made on {dated(discharge.made_on, 'en')}"),
    ])  # fmt: skip
    sheet.set_y(max(right, sheet.get_y()) + 2)
    decided = f"Decided by: {'; '.join(discharge.decided_by) or _NOT_KNOWN}"
    agreed = f". Agreed with: {'; '.join(discharge.agreed_with)}" if discharge.agreed_with else ""
    sheet.paragraphs([("B", _SIZE, f"Allergies: {_allergies(discharge)}"), ("", _SIZE, decided + agreed)])


def _stay(discharge: Discharge) -> str:
    days = [dated(d, "en") if d else _NOT_KNOWN for d in (discharge.admitted_on, discharge.discharged_on)]
    return f"In hospital from {days[0]} to {days[1]}"


def _allergies(discharge: Discharge) -> str:
    found = discharge.current_allergies
    if found is None:
        return "nobody is known to have asked"
    return "; ".join(_allergy(a) for a in found) or "none known"


def _allergy(allergy: Allergy) -> str:
    return f"{allergy.substance} ({allergy.reaction})" if allergy.reaction else allergy.substance


def _table(sheet: Sheet, title: str, rows: Sequence[DischargeRow]) -> None:
    sheet.heading(title, below=30)
    if not rows:
        sheet.paragraphs([("", _SIZE, "None.")])
        return
    with sheet.repeating(lambda: _titles(sheet)):
        for row in rows:
            _row(sheet, row)


def _titles(sheet: Sheet) -> None:
    _cells(sheet, [[("B", _SIZE, title)] for title, _ in _COLUMNS])


def _row(sheet: Sheet, row: DischargeRow) -> None:
    what: list[Text] = []
    for line in row.now_or_was:
        what += [("B", _SIZE, _name(line)), ("", _SIZE, _directions(line))]
    if row.change is Change.CHANGED:
        what += [("", _SIZE, f"Was: {_name(line)}. {_directions(line)}") for line in row.was]
    what += [("", _SIZE, f"Note: {note}") for note in _notes(row)]
    _cells(sheet, [
        what, [("B", _SIZE, _change(row))], [("", _SIZE, row.because or _no_reason(row))],
        [("", _SIZE, _moment(row.last_dose))], [("", _SIZE, _moment(row.next_dose) if row.goes_on else "none")],
    ])  # fmt: skip


def _name(line: Line) -> str:
    return printed(line, tall_man=True)


def _directions(line: Line) -> str:
    return line.order.sig.text.strip() or "No directions are written."


def _notes(row: DischargeRow) -> list[str]:
    notes = (line.note.strip().replace("\n", "; ") for line in row.after)
    return list(dict.fromkeys(n for n in notes if n and n not in row.because.replace("\n", "; ")))


def _change(row: DischargeRow) -> str:
    until = f" until {dated(row.until, 'en')}" if row.until else ""
    return row.change.upper() + until


def _no_reason(row: DischargeRow) -> str:
    return "" if row.change is Change.SAME else _NOT_KNOWN


def _moment(moment: datetime | None) -> str:
    return f"{moment:%m/%d %H:%M}" if moment else _NOT_KNOWN


def _only_given(sheet: Sheet, rows: Sequence[DischargeRow]) -> None:
    if not rows:
        return
    names = dict.fromkeys(_name(line) for row in rows for line in row.hospital)
    sheet.heading("Only in hospital", below=_SIZE)
    sheet.paragraphs([("", _SIZE, f"{'; '.join(names)}.")])


def _cells(sheet: Sheet, cells: Sequence[Sequence[Text]]) -> None:
    """One row of the table, as high as its highest cell, with a line below."""
    height = max(sheet.height(texts, width - 2) for texts, (_, width) in zip(cells, _COLUMNS, strict=True)) + 2.5
    sheet.make_room(height)
    top, left = sheet.get_y(), MARGIN
    for texts, (_, width) in zip(cells, _COLUMNS, strict=True):
        sheet.write_at(left, top + 1, width - 2, texts)
        left += width
    sheet.set_draw_color(150)
    sheet.line(MARGIN, top + height, sheet.wide - MARGIN, top + height)
    sheet.set_draw_color(0)
    sheet.set_y(top + height)
