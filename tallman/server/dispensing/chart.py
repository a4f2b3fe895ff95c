"""The chart of the day as a PDF for the door of the fridge: one line a medicine, a picture for each time of day."""

from __future__ import annotations

from math import cos, radians, sin

from fpdf import FPDF

from tallman.server.dispensing.chart_of import SLOTS, Chart, Row
from tallman.server.dispensing.labels import FONTS, UnprintableText, close_fonts, unprintable

__all__ = ["chart_pdf"]

_MARGIN = 12.0
_WIDTH, _HEIGHT = 279.4, 215.9
"""US letter on its side, in millimetres."""
_NAME = 86.0
_COLUMN = (_WIDTH - 2 * _MARGIN - _NAME) / 4
_WORDS = {
    "en": {
        "title": "My medicines", "as of": "as of {0:%m/%d/%Y}", "medicine": "Medicine and how to take it",
        "morning": "Morning", "noon": "Noon", "evening": "Evening", "bedtime": "Bedtime",
        "needed": "Only when needed, as the directions say",
        "other": "As the directions say", "none": "No medicine is in use.",
        "foot": "Ask your pharmacist before you change anything. Bring this page to every visit.",
    },
    "es": {
        "title": "Mis medicinas", "as of": "al {0:%d/%m/%Y}", "medicine": "Medicina y cómo tomarla",
        "morning": "Mañana", "noon": "Mediodía", "evening": "Tarde", "bedtime": "Al acostarse",
        "needed": "Solo si lo necesita, según las instrucciones",
        "other": "Según las instrucciones", "none": "No hay medicinas en uso.",
        "foot": "Pregunte a su farmacéutico antes de cambiar algo. Traiga esta hoja a cada visita.",
    },
}  # fmt: skip


def chart_pdf(chart: Chart, *, pharmacy: str, is_large: bool = False) -> bytes:
    """The chart as PDF; `is_large` sets it for weak eyes. Raises UnprintableText where the font lacks a character."""
    for text in (chart.patient, pharmacy, *(t for row in chart.rows for t in (row.medicine, row.directions))):
        if lacking := unprintable(text):
            raise UnprintableText(f"The chart cannot print {lacking}.")
    sheet = _Sheet(chart, pharmacy, 17.0 if is_large else 11.5)
    sheet.draw()
    document = bytes(sheet.output())
    close_fonts(sheet)
    return document


class _Sheet(FPDF):
    """The page, drawn from the top down; a further page repeats the head."""

    def __init__(self, chart: Chart, pharmacy: str, size: float) -> None:
        super().__init__(format="letter", orientation="landscape", unit="mm")
        self.chart, self.pharmacy, self.size = chart, pharmacy, size
        self.words = _WORDS[chart.language]
        self.set_lang(chart.language)
        self.add_font("Noto", "", FONTS / "NotoSans-Regular.ttf")
        self.add_font("Noto", "B", FONTS / "NotoSans-Bold.ttf")
        self.set_title(self.words["title"])
        self.set_margin(_MARGIN)
        self.set_auto_page_break(False)

    def draw(self) -> None:
        self.add_page()
        for row in self.chart.rows:
            self._row(row)
        if not self.chart.rows:
            self.set_font("Noto", "", self.size)
            self.cell(0, 12, self.words["none"])

    def header(self) -> None:
        self.set_font("Noto", "B", self.size + 8)
        self.cell(_NAME + 40, 10, self.words["title"])
        self.set_font("Noto", "", self.size)
        self.cell(0, 10, f"{self.chart.patient}, {self.words['as of'].format(self.chart.on)}", align="R", new_y="NEXT")
        top = self.get_y() + 2
        self.set_font("Noto", "B", self.size)
        self.set_xy(_MARGIN, top + 9)
        self.cell(_NAME, 8, self.words["medicine"])
        for number, slot in enumerate(SLOTS):
            left = _MARGIN + _NAME + number * _COLUMN
            _picture(self, slot, left + _COLUMN / 2, top + 4.5)
            self.set_xy(left, top + 9)
            self.cell(_COLUMN, 8, self.words[slot], align="C")
        self.set_xy(_MARGIN, top + 18)
        self.line(_MARGIN, self.get_y(), _WIDTH - _MARGIN, self.get_y())

    def footer(self) -> None:
        self.set_font("Noto", "", 9)
        self.set_xy(_MARGIN, _HEIGHT - 12)
        self.cell(_WIDTH - 2 * _MARGIN - 30, 5, f"{self.words['foot']} {self.pharmacy}")
        self.cell(30, 5, f"{self.page_no()}", align="R")

    def _row(self, row: Row) -> None:
        step = self.size * 0.46
        height = self._text(row, step, dry_run=True) + 4
        if self.get_y() + height > _HEIGHT - 16:
            self.add_page()
        top = self.get_y()
        self._text(row, step, dry_run=False)
        if row.cells is None:
            self.set_font("Noto", "", self.size)
            self.set_xy(_MARGIN + _NAME, top + height / 2 - step / 2)
            self.cell(4 * _COLUMN, step, self.words["needed" if row.is_as_needed else "other"], align="C")
        for number, cell in enumerate(row.cells or ()):
            if cell:
                self._amount(cell, _MARGIN + _NAME + number * _COLUMN, top, height)
        self._rules(top, height, is_split=row.cells is not None)
        self.set_xy(_MARGIN, top + height)

    def _amount(self, text: str, left: float, top: float, height: float) -> None:
        self.set_fill_color(232)
        self.rect(left + 2, top + 1.5, _COLUMN - 4, height - 3, style="F", round_corners=True, corner_radius=2)
        self.set_font("Noto", "B", self.size + 3)
        while self.get_string_width(text) > _COLUMN - 6 and self.font_size_pt > 7:
            self.set_font_size(self.font_size_pt - 0.5)
        self.set_xy(left, top + height / 2 - 3)
        self.cell(_COLUMN, 6, text, align="C")

    def _rules(self, top: float, height: float, *, is_split: bool) -> None:
        self.set_draw_color(150)
        self.line(_MARGIN, top + height, _WIDTH - _MARGIN, top + height)
        for number in range(4 if is_split else 1):
            at = _MARGIN + _NAME + number * _COLUMN
            self.line(at, top, at, top + height)
        self.set_draw_color(0)

    def _text(self, row: Row, step: float, *, dry_run: bool) -> float:
        """The medicine and its directions in the first column; the height they take."""
        top, used = self.get_y() + 2, 0.0
        for style, size, text in (("B", self.size, row.medicine), ("", self.size - 1, row.directions)):
            self.set_font("Noto", style, size)
            self.set_xy(_MARGIN, top + used)
            lines = self.multi_cell(_NAME - 3, step, text, align="L", dry_run=True, output="LINES")
            if not dry_run:
                self.multi_cell(_NAME - 3, step, text, align="L")
            used += len(lines) * step
        self.set_xy(_MARGIN, top - 2)
        return used


def _picture(sheet: FPDF, slot: str, x: float, y: float) -> None:
    """The sun rising, high, and going down; the moon."""
    sheet.set_line_width(0.5)
    if slot == "bedtime":
        sheet.set_fill_color(60)
        sheet.circle(x, y, 3.4, style="F")
        sheet.set_fill_color(255)
        sheet.circle(x + 1.7, y - 0.9, 2.9, style="F")
    else:
        first, last = (0, 360) if slot == "noon" else (180, 361)
        sheet.set_fill_color(255, 196, 0)
        center = y if slot == "noon" else y + 2.5
        sheet.circle(x, center, 2.5, style="DF")
        if slot != "noon":
            sheet.set_fill_color(255)
            sheet.rect(x - 3.5, center, 7, 3.5, style="F")
            sheet.line(x - 6, center, x + 6, center)
        for angle in range(first, last, 45):
            way = (cos(radians(angle)), sin(radians(angle)))
            sheet.line(x + 3.2 * way[0], center + 3.2 * way[1], x + 4.4 * way[0], center + 4.4 * way[1])
        if slot == "evening":
            sheet.line(x, center + 1, x, center + 3)
            sheet.line(x, center + 3, x - 1, center + 2)
            sheet.line(x, center + 3, x + 1, center + 2)
    sheet.set_line_width(0.2)
