"""The list a patient takes home: what to take now on the chart of the day, then what changed and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tallman.core.chart import Row, row_of
from tallman.core.patient import Allergy
from tallman.core.reconciliation.discharge import Change, DischargeRow
from tallman.core.reconciliation.discharge_words import dated, printed, taken_as
from tallman.core.reconciliation.intake import read_sig
from tallman.core.reconciliation.line import Line
from tallman.core.reconciliation.papers import Discharge, born, reason_of
from tallman.core.sig.spanish import REASONS
from tallman.documents.chart import LARGE, USUAL, draw_chart
from tallman.documents.list_words import MARKS, WORDS
from tallman.documents.sheet import MARGIN, Sheet, Text, refuse

__all__ = ["patient_list_pdf"]

_TOLD = (Change.NEW, Change.CHANGED, Change.STOPPED, Change.PAUSED)
_MARK, _WHY = 38.0, 92.0
"""Widths of the columns of what changed."""


def patient_list_pdf(discharge: Discharge, *, language: str, is_large: bool = False) -> bytes:
    """The list as PDF, in "en" or "es"; `is_large` sets it for weak eyes.

    While something is undecided DRAFT stands on every page. Raises UnprintableText where the font lacks a character.
    """
    refuse(list(_texts(discharge, language)), "The list")
    return _PatientList(discharge, language, LARGE if is_large else USUAL).draw()


def _texts(discharge: Discharge, language: str) -> Iterator[str]:
    yield from (discharge.patient, discharge.place.name, discharge.place.address, discharge.place.phone)
    for row in discharge.rows:
        yield row.because
        for line in (*row.before, *row.hospital, *row.after):
            said = taken_as(line, language)
            yield from (said.medicine, said.directions, line.reason, line.note)
    yield from (f"{a.substance} {a.reaction}" for a in discharge.allergies or ())


class _PatientList:
    """The pages, from the top down."""

    def __init__(self, discharge: Discharge, language: str, size: float) -> None:
        self.discharge, self.language = discharge, language
        self.words, self.marks = WORDS[language], MARKS[language]
        place = " · ".join(filter(None, [discharge.place.name, discharge.place.phone]))
        self.sheet = Sheet(
            title=self.words["title"], language=language, size=size,
            foot=f"{self.words['bring']} {self.words['ask'].format(place)}",
            draft=self.words["draft"] if discharge.is_draft else "",
        )  # fmt: skip

    def draw(self) -> bytes:
        """All of it."""
        sheet, words = self.sheet, self.words
        with sheet.repeating(self._head):
            sheet.add_page()
            if self.discharge.is_draft:
                sheet.paragraphs([("B", sheet.size, words["draft_note"])])
            sheet.heading(words["now"], below=45)
            taken = [r for row in self.discharge.rows if row.goes_on for r in self._charted(row)]
            draw_chart(sheet, taken, self.language)
            self._changes()
            self._named("same", self.discharge.of(Change.SAME))
            self._named("off", self.discharge.of(Change.OFF_AT_HOME))
            self._named("hospital", self.discharge.of(Change.HOSPITAL_ONLY))
            self._named("undecided", self.discharge.undecided)
            sheet.heading(words["allergies"], below=sheet.size)
            sheet.paragraphs([("", sheet.size, text) for text in self._allergies()])
        return sheet.finished()

    def _head(self) -> None:
        """The whole head on the first page, with what is to be known of the list; then its title and whose it is."""
        sheet, own, left = self.sheet, self.discharge, MARGIN + 110
        if sheet.page_no() > 1:
            sheet.write_at(MARGIN, MARGIN, 110, [("B", sheet.size, self.words["title"])])
            sheet.write_at(left, MARGIN, sheet.wide - MARGIN - left, [("B", sheet.size, own.patient)])
        else:
            told = [("B", sheet.size + 8, self.words["title"]), *(("", sheet.small, text) for text in self._remarks())]
            sheet.write_at(MARGIN, MARGIN, 105, told)
            bottom = sheet.get_y()
            sheet.write_at(left, MARGIN, sheet.wide - MARGIN - left, self._whose())
            sheet.set_y(max(bottom, sheet.get_y()))
        sheet.set_y(sheet.get_y() + 2)

    def _whose(self) -> list[Text]:
        small, words, own = self.sheet.small, self.words, self.discharge
        place = " · ".join(filter(None, [own.place.name, own.place.phone]))
        said = [
            f"{words['born']}: {born(own.birth_date, self.language)}",
            f"{words['made']}: {dated(own.made_on, self.language)}",
            place,
            own.place.address,
        ]
        return [("B", self.sheet.size, own.patient), *(("", small, text) for text in said if text)]

    def _remarks(self) -> list[str]:
        """Who made the Spanish, and that some of it stands as written; nothing where neither is so."""
        is_plain = all(taken_as(x, self.language).is_plain for r in self.discharge.rows for x in (*r.was, *r.after))
        said = [self.words["made_by"], "" if is_plain else self.words["as_written"]]
        return [text for text in said if text]

    def _charted(self, row: DischargeRow) -> Iterator[Row]:
        mark = "" if row.change is Change.SAME else self.marks[row.change]
        for line in row.after:
            made = row_of(printed(line), read_sig(line.order), self.language, mark=mark)
            yield replace(made, directions=self._said(line))

    def _changes(self) -> None:
        sheet, rows = self.sheet, self.discharge.of(*_TOLD)
        if not rows and self.discharge.undecided:
            return  # Whether something changes is not known yet.
        sheet.heading(self.words["changes"], below=40)
        if not rows:
            sheet.paragraphs([("", sheet.size, self.words["no_change"])])
            return
        with sheet.repeating(self._columns):
            for row in rows:
                self._change(row)

    def _columns(self) -> None:
        sheet, top = self.sheet, self.sheet.get_y() + 1
        sheet.write_at(MARGIN + _MARK, top, self._middle, [("B", sheet.size, self.words["medicine"])])
        sheet.write_at(sheet.wide - MARGIN - _WHY, top, _WHY, [("B", sheet.size, self.words["why"])])
        sheet.line(MARGIN, sheet.get_y() + 1, sheet.wide - MARGIN, sheet.get_y() + 1)
        sheet.set_y(sheet.get_y() + 1)

    @property
    def _middle(self) -> float:
        return self.sheet.inner - _MARK - _WHY

    def _change(self, row: DischargeRow) -> None:
        sheet = self.sheet
        what, why = list(self._what(row)), list(self._why(row))
        height = max(sheet.height(what, self._middle - 4), sheet.height(why, _WHY)) + 4
        sheet.make_room(height)
        top = sheet.get_y()
        is_off = row.change in (Change.STOPPED, Change.PAUSED)
        sheet.pill(self.marks[row.change], MARGIN + 1, top + 2, dark=is_off, size=sheet.size - 1)
        sheet.write_at(MARGIN + _MARK, top + 2, self._middle - 4, what)
        sheet.write_at(sheet.wide - MARGIN - _WHY, top + 2, _WHY, why)
        sheet.set_draw_color(150)
        sheet.line(MARGIN, top + height, sheet.wide - MARGIN, top + height)
        sheet.set_draw_color(0)
        sheet.set_y(top + height)

    def _what(self, row: DischargeRow) -> Iterator[Text]:
        size, words = self.sheet.size, self.words
        yield "B", size, _names(row.now_or_was)
        yield "", size, row.instruction(self.language)
        if row.change is Change.CHANGED:
            is_other = {printed(line) for line in row.was} != {printed(line) for line in row.after}
            for word, lines in ((words["before"], row.was), (words["from_now"], row.after)):
                for line in _once(lines):
                    yield "", size, f"{word}: {f'{printed(line)}. ' if is_other else ''}{self._said(line)}"
        reasons = dict.fromkeys(line.reason for line in row.after if line.reason and line.reason not in row.because)
        yield from (("", size - 1, f"{words['for']}: {self._indication(reason)}") for reason in reasons)
        notes = dict.fromkeys(line.note.strip() for line in row.after if line.note.strip() not in row.because)
        yield from (("", size - 1, words["note"].format(note.replace("\n", "; "))) for note in notes)

    def _why(self, row: DischargeRow) -> Iterator[Text]:
        size, reason = self.sheet.size, reason_of(row, self.language)
        yield from (("", size, plain) for plain in reason.plain)
        if reason.written:
            yield "", size, self.words["care_team"].format(reason.written)
        elif not reason.plain:
            yield "", size, self.words["no_reason"]

    def _named(self, heading: str, rows: Sequence[DischargeRow]) -> None:
        if not rows:
            return
        sheet = self.sheet
        sheet.heading(self.words[heading], below=sheet.size)
        for row in rows:
            text = _names(row.now_or_was)
            if row.change is Change.OFF_AT_HOME or (row.change is Change.SAME and not row.is_as_before):
                text = f"{text}. {row.instruction(self.language)}"
            sheet.paragraphs([("", sheet.size, f"• {text}")])

    def _allergies(self) -> list[str]:
        found = self.discharge.current_allergies
        if found is None:
            return [self.words["not_asked"]]
        return [f"• {_allergy(a)}" for a in found] or [self.words["no_allergies"]]

    def _said(self, line: Line) -> str:
        said = taken_as(line, self.language)
        return said.directions if said.is_plain else f"{said.directions} ({self.words['written']})"

    def _indication(self, reason: str) -> str:
        if self.language == "es":
            return REASONS.get(reason.lower(), f"{reason} ({self.words['written']})")
        return reason


def _names(lines: Sequence[Line]) -> str:
    return " + ".join(dict.fromkeys(printed(line) for line in lines))


def _once(lines: Sequence[Line]) -> list[Line]:
    """Several sources say the same of a medicine once."""
    return list({(printed(line), line.order.sig.text): line for line in lines}.values())


def _allergy(allergy: Allergy) -> str:
    return f"{allergy.substance} ({allergy.reaction})" if allergy.reaction else allergy.substance
