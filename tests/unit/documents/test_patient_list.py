"""The list a patient takes home says what is settled, in plain words, and never what is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from tallman.core.label import Pharmacy
from tallman.documents.patient_list import patient_list_pdf
from tallman.documents.sheet import UnprintableText
from tests.unit.documents.cases import OPEN, discharge_of

PrintedBy = Callable[[Callable[[], bytes]], str]


def test_everything_is_told_in_english(printed_by: PrintedBy) -> None:
    text = printed_by(lambda: patient_list_pdf(discharge_of(), language="en"))
    for said in (
        "Marta Inés Okonjo-Hernández",
        "Born: May 17, 1948",
        "Before: metoprolol tartrate 25 mg oral tablet. Take 1 tablet by mouth 2 times a day.",
        "Now: metoprolol tartrate 50 mg oral tablet. Take 1 tablet by mouth 2 times a day.",
        "Your care team wrote: “Increased for rate control”",
        "Because of how your kidneys work now.",
        "Your care team wrote: “GI bleed”",
        "Do not take it until March 16, 2026.",
        "Take it in place of omeprazole. Stop taking omeprazole.",
        "• atorvastatin 40 mg oral tablet. Keep taking it. It is the same as Lipitor 40 mg oral tablet (atorvastatin): "
        "do not take both.",
        "• ceftriaxone 1000 mg powder for injection",
        "• penicillin",
    ):
        assert said in text
    assert "DRAFT" not in text
    assert "until 03/16/2026" not in text


def test_everything_is_told_in_spanish_and_what_has_no_translation_stands_as_written(printed_by: PrintedBy) -> None:
    text = printed_by(lambda: patient_list_pdf(discharge_of(), language="es", is_large=True))
    for said in (
        "Fecha de nacimiento: 17 de mayo de 1948",
        "Ahora: metoprolol tartrate 50 mg oral tablet. Tome 1 tableta por la boca 2 veces al día.",
        "No la tome hasta el 16 de marzo de 2026.",
        "Por cómo funcionan ahora sus riñones.",
        "Su equipo médico escribió: «GI bleed»",
        "1 tab po q6h prn borborygmus. (como se escribió)",
        "Un programa de computadora hizo el español de esta lista.",
        "está en inglés",
    ):
        assert said in text


@pytest.mark.parametrize("language, draft", [("en", "DRAFT"), ("es", "BORRADOR")])
def test_while_something_is_open_every_page_says_so(printed_by: PrintedBy, language: str, draft: str) -> None:
    pages = 0

    def make() -> bytes:
        nonlocal pages
        document = patient_list_pdf(discharge_of(OPEN), language=language, is_large=True)
        pages = len(re.findall(rb"/Type /Page\b", document))
        return document

    text = printed_by(make)
    assert pages > 3
    assert text.split("\n").count(draft) == pages
    assert "omeprazole" in text
    assert "Stop taking omeprazole" not in text


def test_that_nobody_asked_of_allergies_is_not_that_there_are_none(printed_by: PrintedBy) -> None:
    texts = {}
    for known in ((), None):
        discharge = replace(discharge_of(), allergies=known)
        texts[known] = printed_by(partial(patient_list_pdf, discharge, language="en"))
    assert "Nobody has written down whether you have allergies." in texts[None]
    assert "no allergies to medicines" in texts[()]


def test_a_long_name_and_many_medicines_stay_on_the_pages() -> None:
    discharge = discharge_of()
    rows = tuple(replace(r, because="very long reason " * 40) for r in discharge.rows) * 4
    place = Pharmacy("The Hospital of a Very Long Name and Its Outpatient Pharmacy on the Ground Floor", "", "555-0100")
    document = patient_list_pdf(replace(discharge, rows=rows, place=place, patient="Ñuñez " * 12), language="es")
    assert document.startswith(b"%PDF")


def test_a_character_the_font_lacks_is_refused() -> None:
    with pytest.raises(UnprintableText, match="李"):
        patient_list_pdf(replace(discharge_of(), patient="李 Wei"), language="en")
