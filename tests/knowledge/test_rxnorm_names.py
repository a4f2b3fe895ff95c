"""Products by the names that RxNorm gives them, which stand beside their codes in many messages."""

from __future__ import annotations

import pytest

from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.knowledge.load import load

SPRINTEC = (
    "{21 (ethinyl estradiol 0.035 MG / norgestimate 0.25 MG Oral Tablet) / 7 (inert ingredients 1 MG Oral Tablet) } "
    "Pack [Sprintec 28 Day]"
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """What the project knows."""
    return load()


@pytest.mark.parametrize(
    "brand, name",
    [
        ("Sprintec", SPRINTEC),
        ("Mirena", "levonorgestrel 0.000833 MG/HR Intrauterine System [Mirena]"),
        ("Suprep", "{2 (480 ML) (magnesium sulfate 0.0277 MEQ/ML Oral Solution) } Pack [Suprep Bowel Prep Kit]"),
        (
            "Prevnar 20",
            "0.5 ML Streptococcus pneumoniae serotype 1 capsular antigen 0.0044 MG/ML Injection [Prevnar 20]",
        ),
    ],
)
def test_a_name_of_rxnorm_does_not_contradict_its_code(knowledge: Knowledge, brand: str, name: str) -> None:
    coded = next(p for p in knowledge.products.values() if p.brand == brand and p.rxcui)
    read = identify(name, knowledge, rxcui=coded.rxcui)
    assert (read.product, read.conflict) == (coded, None)


def test_a_pack_is_read_by_its_name_alone(knowledge: Knowledge) -> None:
    product = identify(SPRINTEC, knowledge).product
    assert product is not None
    assert product.brand == "Sprintec"


def test_a_strength_that_differs_is_a_conflict_whatever_the_brand(knowledge: Knowledge) -> None:
    coded = next(p for p in knowledge.products.values() if p.name == "Lipitor 20 mg oral tablet")
    assert identify("atorvastatin 40 MG Oral Tablet [Lipitor]", knowledge, rxcui=coded.rxcui).conflict
    assert identify("atorvastatin 20 MG Oral Tablet [Lipitor]", knowledge, rxcui=coded.rxcui).conflict is None
