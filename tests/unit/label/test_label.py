"""The label: what it says, that nothing is left out, and that its bar code can be scanned."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pypdfium2 as pdfium
import pytest
import zxingcpp

from tallman.core.label import CONTROLLED_WARNING, Label, Pharmacy, discard_after
from tallman.documents.label import label_pdf
from tallman.documents.sheet import UnprintableText, unprintable

LABEL = Label(
    pharmacy=Pharmacy("Corner Pharmacy", "1 Sample Street", "555-0100"),
    code="RX1000017-1",
    rx_number="1000017",
    patient="Núñez-Łada, Zoë",
    medicine="hydrOXYzine 25 mg oral tablet",
    directions="Take 1 tablet by mouth 3 times a day as needed for itching.",
    is_expanded=True,
    quantity="90 tablets",
    refills="2 refills",
    prescriber="Anand, Priscilla",
    filled_on=date(2026, 11, 28),
    discard_after=date(2027, 11, 28),
)


def test_a_year_or_the_first_expiry() -> None:
    assert discard_after(date(2026, 11, 28), []) == date(2027, 11, 28)
    assert discard_after(date(2026, 11, 28), [date(2029, 1, 1), date(2027, 3, 31)]) == date(2027, 3, 31)


@pytest.mark.parametrize("schedule, warned", [("CII", True), ("CIII", True), ("CIV", True), ("CV", False), ("", False)])
def test_controlled_medicines_carry_the_sentence_of_the_law(schedule: str, warned: bool) -> None:
    assert (CONTROLLED_WARNING in replace(LABEL, schedule=schedule).warnings) is warned


def test_a_character_the_font_lacks_is_refused_and_named() -> None:
    assert unprintable("½ µg – “Łódź” é") == ""
    with pytest.raises(UnprintableText, match="李 in its patient"):
        label_pdf(replace(LABEL, patient="李 Wei"))


def test_long_directions_stay_on_one_page() -> None:
    taper = "Take 4 tablets by mouth each morning for 3 days, then 3 for 3 days, then 2 for 3 days. " * 3
    document = label_pdf(replace(LABEL, directions=taper, schedule="CII"))
    assert len(re.findall(rb"/Type /Page\b", document)) == 1


def test_the_bar_code_is_read_back() -> None:
    page = pdfium.PdfDocument(label_pdf(LABEL))[0].render(scale=300 / 72, grayscale=True)
    rows = [bytes(page.buffer)[at * page.stride :][: page.width] for at in range(page.height)]
    image = memoryview(b"".join(rows)).cast("B", [page.height, page.width])
    assert [found.text for found in zxingcpp.read_barcodes(image)] == ["RX1000017-1"]
