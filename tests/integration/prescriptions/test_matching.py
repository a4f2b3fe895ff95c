"""Candidates for patient, prescriber and product: ranked, with reasons, never chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tallman.core.received import (
    Address,
    Code,
    ReceivedMedicine,
    ReceivedPatient,
    ReceivedPrescriber,
    ReceivedPrescription,
)
from tallman.server.audit.actions import SYSTEM
from tallman.server.inventory.models import Lot, Movement, StockItem
from tallman.server.patients.models import Patient
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.matching import (
    Candidate,
    medicine_doubts,
    patients_for,
    prescriber_doubts,
    prescribers_for,
    products_for,
)
from tallman.server.prescriptions.matching.patients import near_dates
from tallman.server.prescriptions.models import Prescriber, Prescription

pytestmark = pytest.mark.django_db

BORN = date(1961, 3, 4)
PATIENT = ReceivedPatient("Okafor", "Tess Marie", birth_date=BORN, sex="female", phone="(217) 555-0134")
PRESCRIBER = ReceivedPrescriber(
    "Brandt", "Nora", npi="1234567893", dea="AB1234563", practice="Lakeside Family Practice"
)


@pytest.fixture
def received() -> Callable[..., Prescription]:
    """`received(patient=…, medicine=…)`: a prescription as the intake leaves it."""

    def make(**parts: Any) -> Prescription:
        said = {"patient": PATIENT, "prescriber": PRESCRIBER, "medicine": ReceivedMedicine("lisinopril 10 mg tablet")}
        return actions.receive(received=ReceivedPrescription(**(said | parts)), by=SYSTEM)

    return make


def recorded(**person: Any) -> Patient:
    said = {"family_name": "Okafor", "given_names": "Tess Marie", "birth_date": BORN, "sex": "female"}
    return Patient.objects.create(**(said | person))


def only(candidates: list[Candidate]) -> Candidate:
    assert len(candidates) == 1
    return candidates[0]


def test_the_same_person_is_exact_and_says_why(received) -> None:
    row = recorded(phone="217-555-0134")
    found = only(patients_for(received()))
    assert (found.key, found.is_exact, found.warnings) == (str(row.pk), True, ())
    assert found.reasons == ("Family name the same", "first name the same", "birth date the same", "phone the same")


@pytest.mark.parametrize(
    "person, warning",
    [
        ({"birth_date": date(1961, 4, 3)}, "day and month exchanged"),
        ({"birth_date": date(1961, 3, 5)}, "one digit off"),
        ({"birth_date": date(1916, 3, 4)}, "two digits exchanged"),
        ({"sex": "male"}, "Sex differs: received female, on record male."),
        ({"given_names": "Tess Marie, Jr"}, "Suffix differs: received none, on record Jr."),
        ({"given_names": "Tess Ann"}, "Middle name differs: received Marie, on record Ann."),
        ({"given_names": "Nadia"}, "First name differs: received Tess Marie, on record Nadia."),
        ({"birth_date": None}, "No birth date on record: ask for it."),
    ],
)
def test_what_contradicts_is_said_and_nothing_is_exact(received, person: dict[str, Any], warning: str) -> None:
    recorded(**person)
    found = only(patients_for(received()))
    assert not found.is_exact
    assert any(warning in w for w in found.warnings)


@pytest.mark.parametrize(
    "person, reason",
    [
        ({"family_name": "Okafor-Lind"}, "Part of the double family name the same (Okafor / Okafor-Lind)"),
        ({"family_name": "Okafer"}, "Family name spelled nearly the same (Okafor / Okafer)"),
        ({"given_names": "Theresa"}, "first name a short form (Tess Marie / Theresa)"),
        ({"given_names": "T"}, "first initial the same (Tess Marie / T)"),
        ({"given_names": "Marie"}, "first and middle name exchanged (Tess Marie / Marie)"),
        ({"family_name": "Tess", "given_names": "Okafor"}, "Family and first name exchanged"),
    ],
)
def test_other_ways_of_writing_a_name_are_found_but_not_exact(received, person: dict[str, Any], reason: str) -> None:
    recorded(**person)
    found = only(patients_for(received()))
    assert reason in found.reasons
    assert not found.is_exact


def test_the_better_candidate_stands_first_and_strangers_are_left_out(received) -> None:
    right = recorded()
    brother = recorded(given_names="Tobias", sex="male", birth_date=date(1963, 7, 1))
    recorded(family_name="Haddad", given_names="Ines", birth_date=date(1990, 1, 1))
    twin = recorded(given_names="Nadia")
    assert [c.key for c in patients_for(received())] == [str(right.pk), str(twin.pk)]
    assert str(brother.pk) in [c.key for c in patients_for(received(), "okafor, tob")]


def test_two_records_of_one_person_are_both_shown_and_neither_is_exact(received) -> None:
    recorded()
    recorded()
    assert [c.is_exact for c in patients_for(received())] == [False, False]


def test_what_is_typed_finds_by_name_phone_or_birth_date(received) -> None:
    row = recorded(family_name="Haddad", given_names="Ines", birth_date=date(1990, 1, 1), phone="3125550111")
    for text in ("hadd", "ines haddad", "1990-01-01", "3125550111"):
        assert [c.key for c in patients_for(received(), text)] == [str(row.pk)]


def test_nobody_named_means_no_candidates(received) -> None:
    recorded()
    assert patients_for(received(patient=ReceivedPatient())) == []


def test_address_supports(received) -> None:
    recorded(address="12 Elm St, Springfield, IL 62704")
    said = ReceivedPatient(
        "Okafor", "Tess", birth_date=BORN, address=Address(("12 Elm St",), "Springfield", "IL", "62704")
    )
    assert "address the same" in only(patients_for(received(patient=said))).reasons


def test_slips_of_a_date_are_dates_and_never_the_date_itself() -> None:
    slips = near_dates(date(2000, 2, 29))
    assert date(2000, 2, 29) not in slips
    assert slips[date(2000, 2, 28)] == "one digit off"
    assert date(217, 1, 2) in near_dates(date(217, 1, 1))


# --- prescribers


def prescriber(**person: Any) -> Prescriber:
    said = {"family_name": "Brandt", "given_names": "Nora", "npi": "1234567893", "dea": "AB1234563"}
    return Prescriber.objects.create(**(said | person))


def test_npi_and_name_make_a_prescriber_exact(received) -> None:
    row = prescriber(practice="Lakeside Family Practice")
    found = only(prescribers_for(received()))
    assert (found.key, found.is_exact) == (str(row.pk), True)
    assert {"NPI the same", "DEA number the same", "practice the same"} <= set(found.reasons)


def test_the_same_npi_under_another_name_is_loud(received) -> None:
    prescriber(family_name="Park", given_names="Jae", dea="")
    found = only(prescribers_for(received()))
    assert not found.is_exact
    assert found.warnings == ("Same NPI, another name: received Brandt, on record Park, Jae.",)


def test_the_same_name_with_another_npi_is_proposed_with_its_warning(received) -> None:
    prescriber(npi="1003000126", dea="")
    found = only(prescribers_for(received(prescriber=PRESCRIBER)))
    assert found.warnings == ("NPI differs: received 1234567893, on record 1003000126.",)


def test_wrong_check_digits_are_said(received) -> None:
    wrong = ReceivedPrescriber("Brandt", "Nora", npi="1234567890", dea="AB1234567")
    npi, dea = prescriber_doubts(received(prescriber=wrong))
    assert "NPI 1234567890: the check digit" in npi
    assert "DEA AB1234567: the check digit" in dea


def test_a_dea_number_of_somebody_else_is_said(received) -> None:
    other = ReceivedPrescriber("Okafor", "Uma", dea="AB1234563")
    assert "name begins with B" in prescriber_doubts(received(prescriber=other))[0]
    assert prescriber_doubts(received()) == []


# --- products


def stocked(product: str, quantity: int) -> None:
    item = StockItem.objects.create(ndc="00093104801", product_id=product, name="x", size=100, unit="tablet")
    lot = Lot.objects.create(item=item, number="A1", expires_on=date(2099, 1, 1))
    Movement.objects.create(lot=lot, quantity=quantity, kind="received")


def test_a_text_that_proves_a_product_puts_it_first_with_its_stock(received) -> None:
    row = received()
    stocked(products_for(row)[0].key, 240)
    first = products_for(row)[0]
    assert (first.name, first.is_exact, first.unit) == ("lisinopril 10 mg oral tablet", True, "tablet")
    assert first.facts == ("generic", "240 tablets on hand")
    assert medicine_doubts(row) == []


def test_brands_follow_and_say_what_they_are(received) -> None:
    brand = next(c for c in products_for(received()) if c.name.startswith("Zestril"))
    assert brand.reasons == ("same medicine, strength and form: brand of lisinopril 10 mg oral tablet",)
    assert not brand.is_exact


def test_dispense_as_written_speaks_against_every_other_name(received) -> None:
    row = received(medicine=ReceivedMedicine("Zestril 10 mg tablet"), substitution_allowed=False)
    first, *others = products_for(row)
    assert first.name == "Zestril 10 mg oral tablet"
    assert not any("as written" in warning for warning in first.warnings)
    assert others
    assert all("dispense Zestril 10 mg oral tablet as written" in c.warnings[0] for c in others)


def test_without_a_strength_every_strength_is_open_and_none_exact(received) -> None:
    row = received(medicine=ReceivedMedicine("lisinopril"))
    found = products_for(row)
    assert len(found) > 3
    assert not any(c.is_exact for c in found)
    assert medicine_doubts(row)[0].startswith("The message does not name one product")


def test_code_and_text_that_disagree_are_loud_and_nothing_is_exact(received) -> None:
    medicine = ReceivedMedicine("metformin 500 mg tablet", (Code("rxnorm", "314076"),))  # lisinopril 10 MG Oral Tablet
    row = received(medicine=medicine)
    assert medicine_doubts(row)[0].startswith("The code and the text disagree. The code means lisinopril 10 mg")
    found = products_for(row)
    assert [(c.name.split()[0], c.reasons[0]) for c in found] == [
        ("lisinopril", "the code means this"),
        ("metformin", "the text says this"),
    ]
    assert not any(c.is_exact for c in found)


def test_an_unknown_medicine_has_no_candidates_and_says_so(received) -> None:
    row = received(medicine=ReceivedMedicine("unobtainium 5 mg"))
    assert products_for(row) == []
    assert medicine_doubts(row)[0].startswith("Not recognised")


def test_products_are_found_by_the_beginnings_of_their_words(received) -> None:
    found = products_for(received(), "metf 500")
    assert found
    assert all("500 mg" in c.name for c in found)
    assert found[0].name == "metformin 500 mg oral tablet"


def test_a_look_alike_is_warned_of(received) -> None:
    first = products_for(received(medicine=ReceivedMedicine("prednisone 5 mg tablet")))[0]
    assert any(w.startswith("Looks like prednisoLONE") for w in first.warnings)


# --- many alike


PEOPLE = [
    (family, given, date(1940 + 7 * i, 1 + (5 * i) % 12, 1 + (11 * i) % 28), ("female", "male")[i % 2])
    for i, (family, given) in enumerate(
        [
            ("Okafor", "Tess Marie"), ("Okafor", "Robert"), ("Okafor-Lind", "Elizabeth"), ("Lind", "William"),
            ("Haddad", "Ines"), ("Hadad", "Katherine"), ("Nguyen", "Thomas"), ("Nguyen", "Margaret"),
            ("O'Brien", "James"), ("OBrien", "Patricia"), ("García", "Joseph"), ("Garza", "Susan"),
        ]
    )
]  # fmt: skip


def slips_of(family: str, given: str, born: date, sex: str) -> list[ReceivedPatient]:
    """The same person as senders write them: names cut, exchanged, mistyped; a date with one slip."""
    near = sorted(near_dates(born))
    return [
        ReceivedPatient(family.upper(), given.upper(), birth_date=born, sex=sex),
        ReceivedPatient(family, given[0], birth_date=born, sex=sex),
        ReceivedPatient(family.split("-")[0], given, birth_date=born, sex=sex),
        ReceivedPatient(family[:2] + family[3:], given, birth_date=born, sex=sex),
        ReceivedPatient(given, family, birth_date=born, sex=sex),
        ReceivedPatient(family, given, birth_date=born),
        ReceivedPatient(family, given, sex=sex),
        ReceivedPatient(family, given, birth_date=near[0], sex=sex),
        ReceivedPatient(family, given, birth_date=near[-1], sex=sex),
    ]


@pytest.mark.parametrize("who", range(len(PEOPLE)))
def test_among_people_with_like_names_the_right_one_stands_first(received, who: int) -> None:
    rows = [recorded(family_name=f, given_names=g, birth_date=b, sex=s) for f, g, b, s in PEOPLE]
    for said in slips_of(*PEOPLE[who]):
        first, *others = patients_for(received(patient=said))
        assert first.key == str(rows[who].pk), said
        assert not any(c.is_exact for c in others)
        if said.birth_date != PEOPLE[who][2] or family_differs(said.family_name, PEOPLE[who][0]):
            assert not first.is_exact, said


def family_differs(one: str, other: str) -> bool:
    return one.casefold() != other.casefold()
