"""A sheet of US letter with the fonts that every document uses: what repeats on each page, and text of known height."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from fpdf import FPDF

__all__ = ["FONTS", "MARGIN", "Sheet", "Text", "UnprintableText", "add_fonts", "close_fonts", "refuse", "unprintable"]

FONTS = Path(__file__).parent / "fonts"
MARGIN = 12.0
_LINE = 0.46
"""Millimetres of a line for each point of its letters."""
_SHORT, _LONG = 215.9, 279.4

Text = tuple[str, float, str]
"""A paragraph: its style ("" or "B"), its size in points, and what it says."""


class UnprintableText(ValueError):
    """The font lacks a character: printing would leave it out without a word."""


@cache
def _characters() -> frozenset[int]:
    sheet = FPDF()
    add_fonts(sheet)
    characters = frozenset(sheet.fonts["noto"].cmap)
    close_fonts(sheet)
    return characters


def add_fonts(sheet: FPDF) -> None:
    """Give a document the one family that every document uses."""
    sheet.add_font("Noto", "", FONTS / "NotoSans-Regular.ttf")
    sheet.add_font("Noto", "B", FONTS / "NotoSans-Bold.ttf")


def close_fonts(sheet: FPDF) -> None:
    """Give back the font files that a finished document holds open."""
    for font in sheet.fonts.values():
        font.close()


def unprintable(text: str) -> str:
    """The characters of a text that the font does not have, each once."""
    return "".join(dict.fromkeys(c for c in text if ord(c) not in _characters() and not c.isspace()))


def refuse(texts: Sequence[str], what: str) -> None:
    """Raise UnprintableText where the font lacks a character of a text; `what` is the document: "The chart"."""
    if lacking := unprintable("".join(texts)):
        raise UnprintableText(f"{what} cannot print {lacking}.")


class Sheet(FPDF):
    """Pages drawn from the top down. `size` is that of the letters in points, `foot` stands on every page, and `draft`
    across it where what it says is not settled."""

    def __init__(
        self, *, title: str, language: str, size: float, foot: str, draft: str = "", is_upright: bool = False
    ) -> None:
        super().__init__(format="letter", orientation="portrait" if is_upright else "landscape", unit="mm")
        self.wide, self.high = (_SHORT, _LONG) if is_upright else (_LONG, _SHORT)
        self.size, self.foot, self.draft = size, foot, draft
        self._repeated: list[Callable[[], None]] = []
        self.set_lang(language)
        add_fonts(self)
        self.set_title(title)
        self.set_margin(MARGIN)
        self.set_auto_page_break(False)

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.wide - 2 * MARGIN

    @property
    def small(self) -> float:
        """The size of what is read once: the foot, a remark."""
        return max(9.0, self.size - 4)

    def finished(self) -> bytes:
        """The document."""
        document = bytes(self.output())
        close_fonts(self)
        return document

    @contextmanager
    def repeating(self, head: Callable[[], None]) -> Iterator[None]:
        """Draw a head now, if a page is open, and again on every page until the end of the block."""
        if self.page:
            head()
        self._repeated.append(head)
        yield
        self._repeated.remove(head)

    def header(self) -> None:
        if self.draft:
            self._across(self.draft)
        for head in self._repeated:
            head()

    def footer(self) -> None:
        """The foot, over as many lines as it needs, and the number of the page."""
        self.set_xy(MARGIN, self._bottom)
        self.set_font("Noto", "", self.small)
        self.multi_cell(self.inner - 24, self.small * _LINE, self.foot, align="L")
        self.set_xy(self.wide - MARGIN - 24, self._bottom)
        self.cell(24, self.small * _LINE, f"{self.page_no()} / {{nb}}", align="R")

    @property
    def _bottom(self) -> float:
        """Where the foot begins."""
        return self.high - 7 - self.height([("", self.small, self.foot)], self.inner - 24)

    def make_room(self, height: float) -> None:
        """Begin a new page when so much does not fit on this one."""
        if self.get_y() + height > self._bottom - 2:
            self.add_page()

    def height(self, texts: Sequence[Text], width: float) -> float:
        """What the paragraphs take, one below the other."""
        kept = (self.font_style, self.font_size_pt)
        used = 0.0
        for style, size, text in texts:
            self.set_font("Noto", style, size)
            lines = self.multi_cell(width, size * _LINE, text, align="L", dry_run=True, output="LINES")
            used += len(lines) * size * _LINE
        self.set_font("Noto", *kept)
        return used

    def write_at(self, left: float, top: float, width: float, texts: Sequence[Text]) -> None:
        """The paragraphs, one below the other."""
        self.set_y(top)
        for style, size, text in texts:
            self.set_font("Noto", style, size)
            self.set_x(left)
            self.multi_cell(width, size * _LINE, text, align="L", new_x="LEFT", new_y="NEXT")

    def paragraphs(self, texts: Sequence[Text]) -> None:
        """Paragraphs over the whole width, each kept on one page."""
        for text in texts:
            self.make_room(self.height([text], self.inner))
            self.write_at(MARGIN, self.get_y(), self.inner, [text])

    def heading(self, text: str, *, below: float) -> None:
        """A heading, on one page with the first `below` millimetres of what it is over."""
        size = self.size + 4
        self.make_room(size * _LINE + 6 + below)
        self.write_at(MARGIN, self.get_y() + 3, self.inner, [("B", size, text)])
        self.set_y(self.get_y() + 1.5)

    def pill(self, text: str, left: float, top: float, *, dark: bool, size: float) -> None:
        """A word in a rounded box."""
        self.set_font("Noto", "B", size)
        self.set_fill_color(40 if dark else 225)
        self.set_text_color(255 if dark else 0)
        width = self.get_string_width(text) + 4
        self.rect(left, top, width, size * 0.5, style="F", round_corners=True, corner_radius=1.2)
        self.set_xy(left, top)
        self.cell(width, size * 0.5, text, align="C")
        self.set_text_color(0)

    def _across(self, text: str) -> None:
        self.set_font("Noto", "B", 110)
        self.set_text_color(228)
        middle = (self.wide / 2, self.high / 2)
        with self.rotation(30, *middle):
            self.set_xy(0, middle[1] - 20)
            self.cell(self.wide, 40, text, align="C")
        self.set_text_color(0)
        self.set_xy(MARGIN, MARGIN)
