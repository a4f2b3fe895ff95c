"""Sliding scales: "150-200: 2 units, 201-250: 4 units, over 400 call", kept as the table they are."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from tallman.core.sig.amounts import measure
from tallman.core.sig.model import Dose, ScaleRow
from tallman.core.sig.reader import Reader

__all__ = ["scale", "scale_by_dose"]

_SUGAR = frozenset(
    "if for bg bs fsbs fsbg glucose blood sugar sugars bgl fbs sliding scale is of accucheck fingerstick cbg reading when per".split()
)
_ABOVE = frozenset({">", "≥", "above", "over", "greater", "more"})
_BELOW = frozenset({"<", "≤", "below", "under", "less"})
_GIVES = frozenset(
    {":", "=", "-", "–", "give", "inject", "take", "use", ",", "then", "→", ">", "administer", "add", "->"}
)
_BETWEEN_ROWS = (",", ";", ".", "and", "then")
_BESIDES = frozenset({"and", "&", "+", "plus"})
_LEAST = Decimal(40)
"""No glucose is lower, no dose of a scale higher: tells the two numbers apart."""


def scale(r: Reader) -> bool:
    """Two rows or more, each a range of glucose and a number of units."""
    return _table(r, _row)


def scale_by_dose(r: Reader) -> bool:
    """ "4 units for BG 150-200, 6 units for 201-250": the units stand first in each row."""
    found = measure(r, r.at)
    led = found is not None and found[2] == "unit" and r.word(found[3]) in ("for", "if", "for bg", "if bg", "when")
    return led and _table(r, _row_by_dose)


def _row_by_dose(r: Reader, i: int) -> tuple[ScaleRow, int] | None:
    i += r.word(i) in _GIVES
    found = measure(r, i)
    j = found[3] if found else i
    while found and r.word(j) in _SUGAR:
        j += 1
    span = _range(r, j) if found and j > found[3] else None
    if not found or not span or found[0] != found[1] or found[2] != "unit":
        return None
    return ScaleRow(span[0], span[1], Dose(found[0], found[0], "unit")), span[2]


def _table(r: Reader, row: Callable[[Reader, int], tuple[ScaleRow, int] | None]) -> bool:
    """The rows from the cursor on, as `row` reads them."""
    rows: list[ScaleRow] = []
    j = r.at
    while (found := row(r, j)) is not None:
        rows.append(found[0])
        j = found[1]
        while r.word(j) in _BETWEEN_ROWS:
            j += 1
    if len(rows) < 2:
        return False
    called = _past_call(r, j) or _past_bare_call(r, j)
    while r.word(j - 1) in (",", "and", "then"):
        j -= 1
    draft = r.draft
    if draft.dose and _spans(draft.dose, rows):
        draft.dose = None  # "0-12 units per scale: 150-200 2 units, …"
    if draft.scale or draft.dose:
        draft = r.begin(r.pending)
    draft.scale = tuple(rows)
    r.took(j)
    if called:
        while r.word(j) in _BETWEEN_ROWS or r.word(j) in _BESIDES:
            j += 1
        r.note(r.items[j].start, r.items[called - 1].end, is_told=True)
        r.at = called
    return True


def _past_bare_call(r: Reader, j: int) -> int:
    """Past the "and call MD" behind the last row; 0 where something else stands."""
    k = j
    while r.word(k) in _BESIDES or r.word(k) == ",":
        k += 1
    end = k + 1 + (r.word(k + 1) in ("md", "the md", "provider", "doctor"))
    return end if r.term(k, "call") and (end >= r.n or r.word(end) in (".", ";", ",", ")")) else 0


def _past_call(r: Reader, j: int) -> int:
    """Past "> 400 notify provider", "less than 70: call MD" behind the rows, to the end of the sentence; 0 where none stands."""
    while r.word(j) in _SUGAR:
        j += 1
    span = _range(r, j)
    end = span[2] if span else j
    while r.word(end) in _GIVES or r.word(end) in ("mg", "dl", "/"):
        end += 1
    if not span or not (r.term(end, "call") or r.word(end).startswith(("call ", "notify "))):
        return 0
    end += 1
    while end < r.n and r.word(end) not in (".", ";", "\n", ",") and r.term(end, "num") is None:
        end += 1
    return end


def _spans(dose: Dose, rows: list[ScaleRow]) -> bool:
    """Whether a range of units is what the rows of the scale lie between."""
    given = [row.dose.high for row in rows]
    return dose.unit == "unit" and dose.low != dose.high == max(given) and dose.low <= min(given)


def _row(r: Reader, i: int) -> tuple[ScaleRow, int] | None:
    j = i
    while (
        r.word(j) in _SUGAR
        or r.term(j, "instr") in ("per sliding scale", "plus a sliding scale")
        or r.term(j, "correcting")
    ):
        j += 1
    span = _range(r, j)
    if span is None:
        return None
    low, high, j = span
    while r.word(j) in _GIVES or r.word(j) in ("mg", "dl", "/"):
        j += 1
    found = measure(r, j)
    if found and found[0] == found[1] and found[2] == "unit":
        return ScaleRow(low, high, Dose(found[0], found[0], "unit")), found[3]
    plain = r.number(j)
    if plain is None or plain[0] >= _LEAST or r.term(plain[1], "link") == "to":
        return None
    return ScaleRow(low, high, Dose(plain[0], plain[0], "unit")), plain[1]


def _range(r: Reader, j: int) -> tuple[Decimal | None, Decimal | None, int] | None:
    """ "150-200", "> 400", "less than 70", "401 and above"."""
    *led, sign = r.word(j).split() or [""]
    if sign == "than" and led:
        sign = led.pop()
    if not _SUGAR.issuperset(led):
        return None  # "blood sugar above" is one phrase
    if sign in _ABOVE or sign in _BELOW:
        j += 1
        j += r.word(j) in ("than", "=")
        j += r.word(j) in ("or",) and r.word(j + 1) == "equal"
        value = r.number(j)
        if value is None or value[0] < _LEAST:
            return None
        return (value[0], None, value[1]) if sign in _ABOVE else (None, value[0], value[1])
    found = r.numbers(j)
    if found is None or found[1] < _LEAST or (found[0] < _LEAST and found[0]):
        return None
    low, high, j = found
    if low == high:
        above = r.word(j) in ("+",) or (
            r.word(j) in ("and", "or") and r.word(j + 1) in ("above", "over", "higher", "greater", "more")
        )
        return (low, None, j + 1 + (r.word(j) != "+")) if above else None
    return low, high, j
