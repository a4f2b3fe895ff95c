"""RxNorm's strengths, sizes and dose forms in our words."""

from __future__ import annotations

import pytest

from tallman.core.drug import DoseForm
from tallman.knowledge.importers.dose_forms import DoseForms, guessed
from tallman.knowledge.importers.strengths import is_dry, quantity, strength

FORMS = {
    f.name: f
    for f in (
        DoseForm("oral tablet", ("oral",), "tablet"),
        DoseForm("oral suspension", ("oral",), "mL"),
        DoseForm("topical cream", ("topical",), "g"),
        DoseForm("metered dose inhaler", ("inhalation",), "puff"),
        DoseForm("transdermal system", ("transdermal",), "patch", "extended"),
        DoseForm("prefilled syringe", ("subcutaneous",), "mL", is_filled=True),
        DoseForm("pen injector", ("subcutaneous",), "mL", is_filled=True),
        DoseForm("powder for injection", ("intravenous",), "vial"),
        DoseForm("vaginal ring", ("vaginal",), "ring", "extended"),
    )
}


@pytest.mark.parametrize(
    "text, form, size, said",
    [
        ("500 MG", "oral tablet", "", "500 mg"),
        ("0.025 MG", "oral tablet", "", "25 mcg"),
        ("80 MG/ML", "oral suspension", "", "80 mg/mL"),
        ("10 MG/ML", "topical cream", "", "10 mg/g"),
        ("0.0005 MG/MG", "topical cream", "", "0.5 mg/g"),
        ("0.09 MG/ACTUAT", "metered dose inhaler", "200 ACTUAT", "90 mcg"),
        ("0.00417 MG/HR", "transdermal system", "168 HR", "0.1 mg/24 h"),
        ("0.025 MG/HR", "transdermal system", "72 HR", "25 mcg/h"),
        ("100 MG/ML", "prefilled syringe", "0.4 ML", "40 mg/0.4 mL"),
        ("25000 UNT/ML", "prefilled syringe", "0.2 ML", "5,000 units/0.2 mL"),
        ("100 UNT/ML", "pen injector", "3 ML", "100 units/mL"),
        ("60 MG/ML", "prefilled syringe", "1 ML", "60 mg/mL"),
        ("1000 MG", "powder for injection", "", "1,000 mg"),
        ("20 MEQ", "oral tablet", "", "20 mEq"),
        ("13600000 CELLS/ML", "oral suspension", "", "13,600,000 cells/mL"),
    ],
)
def test_a_strength_is_said_as_we_say_it(text: str, form: str, size: str, said: str) -> None:
    assert str(strength("x", text, FORMS[form], quantity(size, FORMS[form]))) == said


@pytest.mark.parametrize("text", ["5 WISHES", "MG", "5 MG/WISH", ""])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        strength("x", text, FORMS["oral tablet"], None)


@pytest.mark.parametrize(
    "text, form, said",
    [
        ("10 ML", "pen injector", "10 mL"),
        ("60 ACTUAT", "metered dose inhaler", "60 puffs"),
        ("168 HR", "transdermal system", "168 h"),
        ("90 DAY", "vaginal ring", "90 d"),
        ("24 HR", "oral tablet", "None"),
        ("", "oral tablet", "None"),
    ],
)
def test_the_size_of_a_container(text: str, form: str, said: str) -> None:
    assert str(quantity(text, FORMS[form])) == said


@pytest.mark.parametrize(
    "theirs, text, ours",
    [
        ("Oral Tablet", "5 MG", "oral tablet"),
        ("Vaginal System", "0.1 MG/HR", "vaginal ring"),
        ("Injection", "500 MG", "powder for injection"),
        ("Gas for Inhalation", "99 %", "gas for inhalation"),
    ],
)
def test_a_form_is_ours_or_one_that_was_added(theirs: str, text: str, ours: str) -> None:
    forms = DoseForms(FORMS)
    assert forms.of(theirs, is_dry=is_dry(text)).name == ours
    assert (ours in forms.used) == (ours not in FORMS)


def test_a_form_nobody_described_says_no_more_than_its_name() -> None:
    assert guessed("Extended Release Nasal Wafer").routes == ("nasal",)
    assert guessed("Extended Release Nasal Wafer").release == "extended"
    assert guessed("Extended Release Nasal Wafer").unit == "wafer"
    assert guessed("Something New").routes == ()
    assert not guessed("Something New").may_be_crushed
