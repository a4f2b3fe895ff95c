"""Error-prone ways of writing are found where they stand, and ordinary words are not taken for them."""

from __future__ import annotations

import pytest

from tallman.core.sig import parse

FOUND = [
    ("inject 10U SQ", ["unit-u", "subcutaneous-sc"]),
    ("inject 10 u sc", ["unit-u", "subcutaneous-sc"]),
    ("1000 IU daily", ["large-number", "unit-iu"]),
    ("1 tab QD", ["daily-qd"]),
    ("1 tab q.d.", ["daily-qd"]),
    ("1 tab q d", ["daily-qd"]),
    ("1 tab qod", ["every-other-day-qod"]),
    ("MS 10 mg po", ["morphine-ms"]),
    ("MSO4 2 mg iv", ["morphine-ms"]),
    ("MgSO4 1 g iv", ["morphine-ms"]),
    ("5.0 mg", ["trailing-zero"]),
    (".5 mg", ["naked-decimal"]),
    ("0.5 mg", []),
    ("100 µg", ["microgram-ug"]),
    ("5 cc tid", ["volume-cc"]),
    ("1 tab hs", ["bedtime-hs"]),
    ("1 tab tiw", ["three-a-week-tiw"]),
    ("1 gtt OD", ["eye-od"]),
    ("1 drop OD prn", ["eye-od"]),
    ("1 spray in one nostril prn OD", []),
    ("instill 1 drop prn OD", ["eye-od"]),
    ("1 spray for suspected OD", []),
    ("inject 5 units subq daily", []),
    ("1 tab po OD", ["once-daily-od"]),
    ("2 gtts AS bid", ["ear-ad"]),
    ("2 drops as needed", []),
    ("take as directed", []),
    ("take ad lib", []),
    ("1 tab d/c after 3 days", ["discharge-dc"]),
    ("per SSI", ["slide-ssi"]),
    ("ss tab", ["half-ss"]),
    ("1 tsp", ["household-spoon"]),
    ("10000 units", ["large-number"]),
    ("10,000 units", []),
    ("1 tab per os", ["per-os"]),
    ("pain > 5", ["greater-less"]),
    ("take 1 tablet by mouth once daily", []),
    ("use on dry skin of both hands", []),
]


@pytest.mark.parametrize("text, codes", FOUND, ids=[t for t, _ in FOUND])
def test_the_kinds(text: str, codes: list[str]) -> None:
    sig = parse(text)
    assert [n.code for n in sig.notations] == codes
    assert all(text[first:last] == n.found for n in sig.notations for first, last in [n.span])
    assert all(n.hazard and n.safer for n in sig.notations)
