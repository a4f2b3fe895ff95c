"""Element strings on packages, with their separators and without."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tallman.core.codes import CodeError
from tallman.core.codes.gtin import check_digit
from tallman.interchange.gs1.read import SEPARATOR, PackageCode, looks_like, read

GTIN14 = "00305910933012"
FULL = f"01{GTIN14}17271231" + "10AB12"


@pytest.mark.parametrize(
    "text",
    [
        FULL + f"{SEPARATOR}21S9",
        f"]d2{FULL}{SEPARATOR}21S9",
        f"]C1{FULL}{SEPARATOR}21S9{SEPARATOR}",
        f"{SEPARATOR}{FULL}<GS>21S9",
        f"{FULL}|21S9\r",
        f"(01){GTIN14}(17)271231(10)AB12(21)S9",
        f"(01) {GTIN14} (17) 271231 (10) AB12 (21) S9",
        f"(21)S9(10)AB12(17)271231(01){GTIN14}",
    ],
)
def test_all_four_elements_are_read(text: str) -> None:
    assert looks_like(text)
    first = read(text)[0]
    assert (first.gtin.ndc_digits, first.expires_on, first.lot, first.serial) == (
        "0591093301",
        date(2027, 12, 31),
        "AB12",
        "S9",
    )


def test_day_zero_is_the_last_of_the_month() -> None:
    assert read(f"01{GTIN14}17280200")[0].expires_on == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["", "17271231", f"01{GTIN14[:-1]}9", f"01{GTIN14}17271331", "(01)12", "1022"])
def test_a_code_without_a_right_number_or_with_an_impossible_date_is_refused(text: str) -> None:
    with pytest.raises(CodeError):
        read(text)


@pytest.mark.parametrize("text", ["305910933012", GTIN14, "0591-0933-01", "01234", "RX1000017", ""])
def test_a_bare_number_is_no_element_string(text: str) -> None:
    assert not looks_like(text)


LOTS = st.text("ABCDEFGHXYZ0123456789-", min_size=1, max_size=12)


@given(lot=LOTS, serial=LOTS, expires=st.dates(date(2024, 1, 1), date(2049, 12, 31)), order=st.permutations("LSE"))
def test_the_right_reading_is_among_those_without_separators(lot: str, serial: str, expires: date, order: str) -> None:
    parts = {"L": f"10{lot}", "S": f"21{serial}", "E": f"17{expires:%y%m%d}"}
    text = f"01{GTIN14}" + "".join(parts[p] for p in order)
    assume(len(text) < 60)
    right = PackageCode(read(f"01{GTIN14}")[0].gtin, expires, lot, serial)
    assert right in read(text)


@given(lot=LOTS, serial=LOTS)
def test_with_separators_the_literal_reading_is_the_first(lot: str, serial: str) -> None:
    first = read(f"01{GTIN14}10{lot}{SEPARATOR}21{serial}{SEPARATOR}17280131")[0]
    assert (first.lot, first.serial, first.expires_on) == (lot, serial, date(2028, 1, 31))


def test_a_long_code_is_read_in_few_readings() -> None:
    assert len(read(f"01{GTIN14}" + "10" + "1021" * 4 + "1021" + "21" + "1721" * 5)) < 200


def test_cases_of_another_reader_of_these_codes(shared_data: Path) -> None:
    """Published cases that hold a trade item number whose check digit is right."""
    cases = json.loads((shared_data / "gs1" / "biip_cases.json").read_text())
    named = ("test_parse_with_separator_char", "test_parse_ignores_redundant_separator_chars")
    read_cases = 0
    for case in cases:
        if case["test"] in named and str(case["case"][0]).startswith("01"):
            text, human = case["case"][0], case["case"][-1]
            assert read(text)[0] == read(human)[0]
            read_cases += 1
    assert read_cases >= 5


def test_the_check_digit_of_the_cases_is_ours() -> None:
    assert check_digit(GTIN14[:-1]) == GTIN14[-1]
