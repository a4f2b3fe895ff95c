"""The chart of the day for the door of the fridge: one line a medicine, a picture for each time of day."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin

from fpdf import FPDF

from tallman.core.chart import SLOTS, Chart, Row
from tallman.documents.sheet import MARGIN, Sheet, Text, refuse

__all__ = ["LARGE", "USUAL", "chart_pdf", "draw_chart"]

USUAL, LARGE = 11.5, 17.0
"""Sizes of letters in points; the large one is for weak eyes."""
_NAME = 86.0
_COLUMN = (279.4 - 2 * MARGIN - _NAME) / 4
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
    refuse((chart.patient, pharmacy, *(t for row in chart.rows for t in (row.medicine, row.directions))), "The chart")
    words = _WORDS[chart.language]
    sheet = Sheet(
        title=words["title"], language=chart.language, size=LARGE if is_large else USUAL,
        foot=f"{words['foot']} {pharmacy}",
    )  # fmt: skip

    def head() -> None:
        sheet.set_xy(MARGIN, MARGIN)
        sheet.set_font("Noto", "B", sheet.size + 8)
        sheet.cell(_NAME + 40, 10, words["title"])
        sheet.set_font("Noto", "", sheet.size)
        when = words["as of"].format(chart.on)
        sheet.cell(0, 10, f"{chart.patient}, {when}", align="R", new_x="LMARGIN", new_y="NEXT")

    with sheet.repeating(head):
        sheet.add_page()
        draw_chart(sheet, chart.rows, chart.language)
    return sheet.finished()


def draw_chart(sheet: Sheet, rows: Sequence[Row], language: str) -> None:
    """The table of the chart on a sheet that lies on its side, from where the sheet is; its head on every page."""
    words = _WORDS[language]
    with sheet.repeating(lambda: _head(sheet, words)):
        for row in rows:
            _row(sheet, row, words)
        if not rows:
            sheet.paragraphs([("", sheet.size, words["none"])])


def _head(sheet: Sheet, words: dict[str, str]) -> None:
    top = sheet.get_y() + 2
    sheet.set_font("Noto", "B", sheet.size)
    sheet.set_xy(MARGIN, top + 9)
    sheet.cell(_NAME, 8, words["medicine"])
    for number, slot in enumerate(SLOTS):
        left = MARGIN + _NAME + number * _COLUMN
        _picture(sheet, slot, left + _COLUMN / 2, top + 4.5)
        sheet.set_xy(left, top + 9)
        sheet.cell(_COLUMN, 8, words[slot], align="C")
    sheet.set_xy(MARGIN, top + 18)
    sheet.line(MARGIN, sheet.get_y(), sheet.wide - MARGIN, sheet.get_y())


def _row(sheet: Sheet, row: Row, words: dict[str, str]) -> None:
    texts: list[Text] = [("B", sheet.size, row.medicine), ("", sheet.size - 1, row.directions)]
    mark = (sheet.size - 3) * 0.5 if row.mark else 0.0
    height = sheet.height(texts, _NAME - 3) + mark + 4
    sheet.make_room(height)
    top = sheet.get_y()
    if row.mark:
        sheet.pill(row.mark, MARGIN + 1, top + 1.5, dark=True, size=sheet.size - 3)
    sheet.write_at(MARGIN, top + 2 + mark, _NAME - 3, texts)
    if row.cells is None:
        sheet.set_font("Noto", "", sheet.size)
        sheet.set_xy(MARGIN + _NAME, top + height / 2 - 3)
        sheet.cell(4 * _COLUMN, 6, words["needed" if row.is_as_needed else "other"], align="C")
    for number, cell in enumerate(row.cells or ()):
        if cell:
            _amount(sheet, cell, MARGIN + _NAME + number * _COLUMN, top, height)
    _rules(sheet, top, height, is_split=row.cells is not None)
    sheet.set_xy(MARGIN, top + height)


def _amount(sheet: Sheet, text: str, left: float, top: float, height: float) -> None:
    sheet.set_fill_color(232)
    sheet.rect(left + 2, top + 1.5, _COLUMN - 4, height - 3, style="F", round_corners=True, corner_radius=2)
    sheet.set_font("Noto", "B", sheet.size + 3)
    while sheet.get_string_width(text) > _COLUMN - 6 and sheet.font_size_pt > 7:
        sheet.set_font_size(sheet.font_size_pt - 0.5)
    sheet.set_xy(left, top + height / 2 - 3)
    sheet.cell(_COLUMN, 6, text, align="C")


def _rules(sheet: Sheet, top: float, height: float, *, is_split: bool) -> None:
    sheet.set_draw_color(150)
    sheet.line(MARGIN, top + height, sheet.wide - MARGIN, top + height)
    for number in range(4 if is_split else 1):
        at = MARGIN + _NAME + number * _COLUMN
        sheet.line(at, top, at, top + height)
    sheet.set_draw_color(0)


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
