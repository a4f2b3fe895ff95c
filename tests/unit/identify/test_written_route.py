"""The route that is written beside a medicine is the one answered, or it is said why it cannot be."""

from __future__ import annotations

import pytest

from tallman.core.identify import identify
from tallman.core.prescription import Order
from tallman.core.sig import parse
from tests.authored import load


@pytest.mark.parametrize(
    "text, route",
    [
        ("ceftriaxone 1 g IM", "intramuscular"),
        ("Rocephin 1g IM", "intramuscular"),
        ("ceftriaxone 1 g IV", "intravenous"),
        ("enoxaparin 40 mg IM", "intramuscular"),
        ("epinephrine 1 mg/mL IM", "intramuscular"),
        ("ondansetron 4 mg IM", "intramuscular"),
        ("morphine 10 mg/mL SC", "subcutaneous"),
        ("methotrexate 25 mg/mL IT", "intrathecal"),
        ("acetaminophen 650 mg PR", "rectal"),
        ("Tylenol 650 mg PR", "rectal"),
        ("vancomycin 125 mg PO", "oral"),
        ("nitroglycerin 0.4 mg tab SL", "sublingual"),
        ("Lasix 40mg IV", "intravenous"),
        ("lorazepam 0.5 mg IV", "intravenous"),
    ],
)
def test_the_written_route_is_answered(text: str, route: str) -> None:
    read = identify(text, load())
    assert (read.route, read.unread) == (route, ())


@pytest.mark.parametrize(
    "text, made_for",
    [
        ("testosterone cyp 200 mg/mL IV", "intramuscular"),
        ("haloperidol decanoate 100 mg/mL IV", "intramuscular"),
        ("Lantus Solostar 100 units/mL IV", "subcutaneous"),
        ("misoprostol 200 mcg PV", "oral"),
        ("lisinopril 10 mg tab IV", "oral"),
        ("misoprostol 200 mcg tab vaginally", "oral"),
        ("ATROPINE 1% OPHTH DROPS 2 GTTS SL PRN SECRETIONS", "ophthalmic"),
        ("timolol 0.5% eye drops topically", "ophthalmic"),
        ("ketamine 50mg/ml IN", "intravenous"),
        ("lorazepam 1mg tab SL", "oral tablet"),
        ("nifedipine 10mg cap SL", "oral capsule"),
        ("ROXANOL 20MG/ML SL", "oral solution"),
        ("estradiol 2 mg tab vaginally", "oral tablet"),
        ("methotrexate 2.5 mg tablet IM", "oral tablet"),
    ],
)
def test_a_route_that_it_is_not_made_for_is_told(text: str, made_for: str) -> None:
    read = identify(text, load())
    assert read.route is None
    assert made_for in (read.reason or "")


@pytest.mark.parametrize(
    "text, route",
    [
        ("propofol 10 mg/mL vial", "intravenous"),
        ("haloperidol decanoate 100 mg/mL", "intramuscular"),
        ("fluphenazine decanoate 25 mg/mL", "intramuscular"),
        ("vincristine 1 mg/mL", "intravenous"),
        ("enoxaparin 40 mg", "subcutaneous"),
        ("glucose 50% syringe", "intravenous"),
        ("promethazine 25 mg/mL amp", None),
        ("epinephrine 1 mg/mL", None),
        ("cyanocobalamin 1000 mcg/mL injection", None),
        ("EpiPen", None),
        ("MMR II", None),
        ("Lantus SoloStar 100 units/mL", "subcutaneous"),
        ("ketorolac 30 mg/mL vial", None),
    ],
)
def test_of_what_may_go_into_a_vein_or_elsewhere_no_route_is_made_up(text: str, route: str | None) -> None:
    assert identify(text, load()).route == route


@pytest.mark.parametrize(
    "text, route", [("methotrexate 25 mg/mL IT", "intrathecal"), ("ketorolac 30 mg/mL vial", None)]
)
def test_the_route_of_an_order_is_the_one_that_is_written(text: str, route: str | None) -> None:
    assert Order("o", identify(text, load()), parse("")).taken_route == route


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("ofloxacin 0.3% drops in both ears", "otic"),
        ("ofloxacin 0.3% drops in the left eye", "ophthalmic"),
        ("ciprofloxacin 0.3% drops in ears", "otic"),
        ("lidocaine 5% patch apply topically", "topical"),
        ("estradiol 0.05 mg/24 hr patch topically", "transdermal"),
        ("vancomycin 1 g IN 250 mL", None),
    ],
)
def test_a_place_in_words_is_the_route(text: str, route: str | None) -> None:
    assert identify(text, load()).route == route
