"""What lies ready for an emergency is no treatment that goes on; what is taken by the clock is, whatever is written."""

from __future__ import annotations

import pytest

from tallman.core.screening.rescue import is_for_an_emergency
from tallman.interchange.fhir.case import read_case
from tests.authored import load
from tests.deck.deck import UNLESS_SAID, Situation


def is_ready(medicine: str, directions: str, note: str = "") -> bool:
    row = UNLESS_SAID | {"order": f"{medicine} | {directions} | | | note={note}"}
    return is_for_an_emergency(read_case(Situation("one", row).bundle(), load())[0].proposed[0])


@pytest.mark.parametrize(
    ("medicine", "directions", "note"),
    [
        ("epinephrine 0.3 mg auto-injector", "inject 0.3 mg IM once for anaphylaxis, may repeat in 5 min", ""),
        ("epinephrine 0.3 mg auto-injector", "inject 0.3 mg into the thigh as needed", "for anaphylaxis"),
        ("glucagon 1 mg kit", "inject 1 mg IM once for severe hypoglycemia, call 911", ""),
        ("Solu-Cortef 100 mg vial", "inject 100 mg IM once in case of adrenal crisis", ""),
        ("Valtoco 10 mg", "1 spray in one nostril once for seizures lasting > 5 min", ""),
        ("midazolam 5 mg nasal spray", "1 spray in one nostril as needed", "rescue seizure cluster"),
    ],
)
def test_what_lies_ready(medicine: str, directions: str, note: str) -> None:
    assert is_ready(medicine, directions, note)


@pytest.mark.parametrize(
    ("medicine", "directions", "note"),
    [
        ("prednisone 20 mg tab", "2 tabs po daily for 5 days", "seen for anaphylaxis"),
        ("prednisone 20 mg tab", "2 tabs po every 12 hours", "for anaphylaxis"),
        ("cetirizine 10 mg tab", "1 tab po", "after anaphylaxis in May"),
        ("diazepam 5 mg tab", "1 tab po q8h", "breakthrough seizures"),
        ("levetiracetam 500 mg tab", "1 tab po bid for breakthrough seizures", ""),
        ("hydrocortisone 10 mg tab", "2 tabs po q8h", "adrenal crisis last year"),
        ("lorazepam 1 mg tab", "1 tab po prn anxiety", "had an overdose in 2024; told to call 911"),
        ("morphine 10 mg/mL vial", "10 mg IM once in case of emergency", ""),
    ],
)
def test_what_does_not(medicine: str, directions: str, note: str) -> None:
    assert not is_ready(medicine, directions, note)
