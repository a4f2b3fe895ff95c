"""Problems in the words that classifications use, as systems print them beside their codes."""

from __future__ import annotations

import pytest

from tallman.core.conditions import codes_read
from tallman.core.patient import Condition
from tests.authored import load


@pytest.mark.parametrize(
    "text, codes",
    [
        ("Malignant neoplasm of upper lobe, right bronchus or lung", ("C3490",)),
        ("Malignant tumor of prostate (disorder)", ("C61",)),
        ("Malignant neoplasm of cauda equina", ("C801",)),
        ("Personal history of malignant neoplasm of ovary", ("Z859",)),
        ("Genetic susceptibility to malignant neoplasm of ovary", ("Z1509",)),
        ("Cognitive deficits following cerebral infarction", ("Z8673",)),
        ("Following up stroke clinic", ("I639",)),
        ("Zoster without complications", ("B029",)),
        ("Discoid lupus erythematosus of eyelid", ("L930",)),
        ("Rift Valley fever", ("A924",)),
        ("Asymptomatic hemophilia A carrier", ("Z1401",)),
        ("Neuroleptic induced parkinsonism", ("G2111",)),
        ("Retinal detachment with retinal dialysis, unspecified eye", ("H3320",)),
        ("Hypertensive chronic kidney disease", ("I129",)),
        ("Malignant neoplasm of unspecified site of right female breast", ("C50919",)),
        ("Malignant neoplasm of upper-outer quadrant of left female breast", ("C50919",)),
        ("Malignant neoplasm of right ovary", ("C569",)),
        ("Non-ST elevation (NSTEMI) myocardial infarction", ("I219",)),
        ("Dependence on renal dialysis", ("Z992", "N186")),
        ("ESRD on HD MWF", ("N186", "Z992")),
        ("CKD stage 5 on hemodialysis", ("N189", "Z992", "N185")),
        ("no dialysis yet", ()),
    ],
)
def test_the_words_of_a_classification(text: str, codes: tuple[str, ...]) -> None:
    assert codes_read(Condition(None, text), load().conditions) == codes
