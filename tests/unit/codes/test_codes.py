"""The codes of the trade: what is read, what is refused, and that writing and reading again changes nothing."""

from __future__ import annotations

import csv
import doctest
from importlib import import_module
from pathlib import Path

import pytest

from tallman.core.codes import CodeError, dea, gtin, icd10, ndc, npi, rxcui
from tests.authored import load

MODULES = ("dea", "gtin", "icd10", "ndc", "npi", "rxcui")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_documentation_are_true(name: str) -> None:
    result = doctest.testmod(import_module(f"tallman.core.codes.{name}"))
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("text", ["", " ", "?", "none", "１２３４５６７８９３", "0" * 40, "12345-67890-123"])
def test_what_is_no_code_is_refused_with_a_sentence(name: str, text: str) -> None:
    with pytest.raises(CodeError, match=r"\w+ \w+ \w+"):
        import_module(f"tallman.core.codes.{name}").parse(text)


@pytest.mark.parametrize(
    "text, eleven, ten",
    [
        ("0591-0933-01", "00591093301", "0591-0933-01"),
        ("60951-700-85", "60951070085", "60951-700-85"),
        ("12345-6789-0", "12345678900", "12345-6789-0"),
        ("45803-1234-34", "45803123434", None),
        ("000406-0522-05", "00406052205", None),
        ("123456-0522-05", "123456052205", None),
        ("00406052205", "00406052205", None),
        ("000406052205", "00406052205", None),
    ],
)
def test_every_way_of_writing_an_ndc(text: str, eleven: str, ten: str | None) -> None:
    read = ndc.parse(text)
    assert (read.eleven, read.ten) == (eleven, ten)
    assert ndc.parse(ndc.format(read)) == read
    assert ndc.parse(read.ten or text) == read


def test_ten_bare_digits_are_three_codes_and_never_one() -> None:
    assert len({r.eleven for r in ndc.readings("5591093301")}) == 3
    assert ndc.parse_ndc("0591093301") is None
    with pytest.raises(CodeError):
        ndc.readings("591-0933-01")


def test_a_labeler_of_four_digits_divides_in_one_way() -> None:
    assert [r.ten for r in ndc.readings("0591093301")] == ["0591-0933-01"]


def test_codes_of_a_labeler_tell_how_it_divides_them() -> None:
    both = {(5, 4, 1), (5, 3, 2)}
    assert ndc.divisions("65862", ["65862086190", "00591093301"]) == {(5, 3, 2)}
    assert ndc.divisions("42571", ["42571102301"]) == {(5, 4, 1)}
    assert ndc.divisions("42571", ["42571002301"]) == both, "a zero in both places tells nothing"
    assert ndc.divisions("41167", ["41167102301", "41167086190"]) == both, "contradictions tell nothing"


def test_the_bar_code_of_no_known_package_is_read_as_another_medicine() -> None:
    known = {package.ndc: package.product for package in load().records.packages}
    by_labeler: dict[str, list[str]] = {}
    for code in known:
        by_labeler.setdefault(code[:5], []).append(code)
    for code, product in known.items():
        widths = ndc.divisions(code[:5], by_labeler[code[:5]])
        printed = {ndc.NDC(code[:5], code[5:9], code[9:], w).ten.replace("-", "") for w in widths if fits(code, w)}
        for ten in printed:
            found = [
                n for n in ndc.readings(ten) if n.widths in ndc.divisions(n.labeler, by_labeler.get(n.labeler, []))
            ]
            read = {known[n.eleven] for n in found if n.eleven in known}
            assert product in read, "never another medicine alone"
            assert read == {product} or len(widths) > 1, "several only where nothing tells how the labeler divides"


def fits(eleven: str, widths: tuple[int, int, int]) -> bool:
    """Whether an NDC can be written so: only a zero can be left out."""
    segments = (eleven[:5], eleven[5:9], eleven[9:])
    return all(set(part[: len(part) - width]) <= {"0"} for part, width in zip(segments, widths, strict=True))


@pytest.mark.parametrize("position", range(10))
def test_a_mistyped_digit_of_an_npi_is_noticed(position: int) -> None:
    right = "1679524268"
    assert npi.parse(right).digits == right
    wrong = right[:position] + str((int(right[position]) + 1) % 10) + right[position + 1 :]
    with pytest.raises(CodeError):
        npi.parse(wrong)


@pytest.mark.parametrize("position", range(7))
def test_a_mistyped_digit_of_a_dea_number_is_noticed(position: int) -> None:
    right = "8426529"
    assert dea.parse(f"BL{right}").digits == right
    wrong = right[:position] + str((int(right[position]) + 1) % 10) + right[position + 1 :]
    with pytest.raises(CodeError):
        dea.parse(f"BL{wrong}")


def test_what_a_dea_number_says_of_its_holder() -> None:
    assert dea.parse("MB1234563").is_midlevel
    assert dea.parse("MB1234563").may_prescribe
    assert not dea.parse("RB1234563").may_prescribe
    assert dea.parse("A91234563").fits_name("any hospital")


def test_a_trade_item_number_without_an_ndc_has_none() -> None:
    assert gtin.parse("96385074").digits == "00000096385074"
    assert gtin.parse("4006381333931").ndc_digits is None
    assert gtin.parse("0305910933012").ndc_digits == "0591093301"
    assert gtin.parse("50305910933017").indicator == "5"
    assert gtin.parse("50305910933017").ndc_digits == "0591093301"


def test_codes_are_written_as_they_are_read() -> None:
    assert icd10.format(icd10.parse("s72001a")) == "S72.001A"
    assert rxcui.format(rxcui.parse(" 314076 ")) == "314076"
    assert gtin.format(gtin.parse("305910933012")) == "00305910933012"
    assert npi.format(npi.parse("1234567893")) == "1234567893"


def test_ndc_cases_of_another_reader_of_these_codes(shared_data: Path) -> None:
    """Their expected values are opinions; ours agree where the text has hyphens and is an NDC in theirs."""
    with (shared_data / "gs1" / "ndc_normalize_cases_kdar.csv").open() as file:
        rows = [r for r in csv.DictReader(file) if r["kind"] == "to_ndc11"]
    assert len(rows) > 5
    for row in rows:
        read = ndc.parse_ndc(row["input"])
        assert (read.eleven if read else "") == row["expected"], row["input"]
