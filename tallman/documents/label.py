"""Labels as PDF: one page of 4 x 2 inches for each container."""

from __future__ import annotations

from dataclasses import fields
from itertools import groupby

import zxingcpp
from fpdf import FPDF

from tallman.core.label import Label
from tallman.documents.sheet import UnprintableText, add_fonts, close_fonts, unprintable

__all__ = ["HEIGHT", "WIDTH", "label_pdf"]

WIDTH, HEIGHT = 101.6, 50.8
"""Millimetres: the common vial label."""
_MARGIN = 3.0


def label_pdf(label: Label) -> bytes:
    """The label as PDF. Raises UnprintableText naming the field whose characters the font lacks."""
    for field in fields(label):
        value = getattr(label, field.name)
        if isinstance(value, str) and (lacking := unprintable(value)):
            raise UnprintableText(f"The label cannot print {lacking} in its {field.name.replace('_', ' ')}.")
    sheet = _Sheet(format=(HEIGHT, WIDTH), orientation="landscape", unit="mm")
    sheet.draw(label)
    document = bytes(sheet.output())
    close_fonts(sheet)
    return document


class _Sheet(FPDF):
    """One label, drawn from the top down."""

    def draw(self, label: Label) -> None:
        add_fonts(self)
        self.set_title(f"Label {label.code}")
        self.set_margin(_MARGIN)
        self.set_auto_page_break(False)
        self.add_page()
        self._top(label)
        self._body(label)
        self._bottom(label)

    def _top(self, label: Label) -> None:
        place = " · ".join(filter(None, [label.pharmacy.name, label.pharmacy.address, label.pharmacy.phone]))
        self._line(6.5, "", place, 64)
        self.set_font("Noto", "B", 9)
        self.set_xy(_MARGIN, self.get_y() + 0.5)
        self.cell(35, 3.6, f"Rx {label.rx_number}{f'  {label.part}' if label.part else ''}")
        self._bars(label.code, WIDTH - _MARGIN - 30, _MARGIN, 30, 8)
        self.set_font("Noto", "", 6)
        self.set_xy(WIDTH - _MARGIN - 30, _MARGIN + 8)
        self.cell(30, 2.6, label.code, align="C")
        self.set_y(_MARGIN + 8.6)

    def _body(self, label: Label) -> None:
        self._line(12, "B", label.patient, 64)
        self._line(10, "B", label.medicine, WIDTH - 2 * _MARGIN)
        self._fitting(label.directions, 12, 9, HEIGHT - 14.5 - self.get_y() - (3.5 if label.warnings else 0))

    def _bottom(self, label: Label) -> None:
        self.set_y(HEIGHT - 13.2 - (3.5 if label.warnings else 0))
        self.line(_MARGIN, self.get_y(), WIDTH - _MARGIN, self.get_y())
        self.set_y(self.get_y() + 0.4)
        until = f"{label.discard_after:%m/%d/%Y}" if label.discard_after else "see package"
        self._line(8, "B", f"Qty {label.quantity}    {label.refills}    Discard after {until}")
        who = " / ".join(filter(None, [label.filled_by, label.checked_by]))
        self._line(6.5, "", f"{label.prescriber}    filled {label.filled_on:%m/%d/%Y}{f'    by {who}' if who else ''}")
        made = "    ".join(filter(None, [label.manufacturer, f"NDC {label.ndc}" if label.ndc else "", label.schedule]))
        self._line(6.5, "", made)
        for warning in label.warnings:
            self._line(4.7, "", warning)

    def _line(self, size: float, style: str, text: str, width: float = WIDTH - 2 * _MARGIN) -> None:
        """One line; a text that is too wide is set smaller, never cut."""
        self.set_x(_MARGIN)
        self.set_font("Noto", style, size)
        while self.get_string_width(text) > width - 2 and self.font_size_pt > 4:
            self.set_font_size(self.font_size_pt - 0.25)
        self.cell(width, size * 0.42, text, new_x="LMARGIN", new_y="NEXT")

    def _fitting(self, text: str, size: float, least: float, height: float) -> None:
        """A paragraph as large as the space allows, at least `least` points; below that it takes what it needs."""
        self.set_x(_MARGIN)
        while size > 5.5:
            self.set_font("Noto", "", size)
            lines = self.multi_cell(WIDTH - 2 * _MARGIN, size * 0.42, text, align="L", dry_run=True, output="LINES")
            if len(lines) * size * 0.42 <= height:
                break
            size -= 0.5 if size > least else 0.25
        self.multi_cell(WIDTH - 2 * _MARGIN, size * 0.42, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def _bars(self, code: str, x: float, y: float, width: float, height: float) -> None:
        """The code as Code 128, drawn bar by bar so that it stays sharp on any printer."""
        symbol = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.Code128)
        image = memoryview(symbol.to_image(scale=1, add_hrt=False, add_quiet_zones=False))  # type: ignore[arg-type]
        row = [image[0, i] < 128 for i in range(image.shape[1])]
        module, at = width / len(row), 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                self.rect(x + at * module, y, length * module, height, style="F")
            at += length
