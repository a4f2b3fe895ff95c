"""Medicines are found by letters, brands, strengths, NDCs in every form, RxCUIs and scans, and none is chosen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallman.core.codes.gtin import check_digit
from tallman.server.audit.actions import SYSTEM
from tallman.server.inventory.actions import add_item
from tallman.server.knowledge_in_use import current
from tallman.server.medicines.catalogue import catalogue_of
from tallman.server.medicines.search import Found, find

pytestmark = pytest.mark.django_db
METFORMIN_500, NDC = "861007", "00093104801"


def names(text: str) -> list[str]:
    return [hit.medicine.name for hit in find(text, current()).hits]


def ids(found: Found) -> set[str]:
    return {p.id for p in found.products}


def test_five_letters_list_every_name_that_begins_so() -> None:
    assert {"hydroxyzine", "hydroxychloroquine", "hydroxyurea"} <= set(names("hydrox"))
    assert names("hydra")[0] == "hydralazine"
    assert {"hydralazine", "hydroxyzine", "hydromorphone"} <= set(names("hydr"))


def test_a_brand_finds_the_medicine_and_its_generics(client_as) -> None:
    found = find("gluco 500", current())
    assert "metformin" in names("gluco 500")
    hit = next(h for h in found.hits if h.medicine.name == "metformin")
    assert hit.by == "Glucophage"
    assert hit.products[0].brand == "Glucophage"
    assert METFORMIN_500 in {p.id for p in hit.products}


@pytest.mark.parametrize("text", ["metf 500", "metf 500mg", "500 metformin", "METFORMIN HYDROCHLORIDE 500 mg tablet"])
def test_a_strength_narrows_and_is_a_whole_number(text: str) -> None:
    found = find(text, current())
    assert METFORMIN_500 in ids(found)
    strengths = {str(s.amount) for hit in found.hits if hit.medicine.name == "metformin" for p in hit.products
                 for s in p.strengths}  # fmt: skip
    assert strengths == {"500 mg"}
    assert not find("coumadin 50", current()).hits


@pytest.mark.parametrize(
    "text",
    ["0093-1048-01", "00093-1048-01", "00093104801", "NDC 0093-1048-01", "0093104801", "0093-1048",
     "3" + "0093104801" + check_digit("3" + "0093104801"),
     "0100" + "3" + "0093104801" + check_digit("3" + "0093104801") + "17281231" + "10AB12"],
)  # fmt: skip
def test_an_ndc_in_any_form_finds_its_product(text: str) -> None:
    found = find(text, current())
    assert ids(found) == {METFORMIN_500}
    assert "NDC" in found.read_as


def test_a_package_that_only_stock_knows_is_found() -> None:
    add_item(ndc="9999-0201-01", product_id="197806", name="ibuprofen", size=Decimal(100), unit="tablet", by=SYSTEM)
    assert ids(find("9999-0201-01", current())) == {"197806"}
    assert ids(find("9999-0201", current())) == {"197806"}


@pytest.mark.parametrize("text, name", [("861007", "metformin"), ("rxcui 6809", "metformin"), ("519", "allopurinol")])
def test_an_rxcui_finds_a_product_or_an_ingredient(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text, said",
    [
        ("", ""),
        ("hy", "Type 3 letters"),
        ("500 mg", "Type 3 letters"),
        ("xqzzk", "No medicine here is called"),
        ("Potaba", "is known by name only"),
        ("9999-9999-99", "not known here"),
        ("99999999", "not known here"),
    ],
)
def test_what_finds_nothing_says_why(text: str, said: str) -> None:
    found = find(text, current())
    assert not found.hits
    assert said in found.note


def test_the_wrong_check_digit_of_a_scan_finds_nothing() -> None:
    right = "3" + "0093104801"
    wrong = right + str((int(check_digit(right)) + 1) % 10)
    assert not find(wrong, current()).hits


@pytest.mark.parametrize("text, most", [("hydr", 0), ("861007", 0), ("00093104801", 1), ("0093-1048", 1)])
def test_it_asks_the_database_once_at_most(text: str, most: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        find(text, current())
    assert len(asked) <= most


def test_every_medicine_has_one_address_and_is_found_by_its_name() -> None:
    catalogue = catalogue_of(current())
    assert len(catalogue.by_slug) == len(catalogue.by_ingredients)
    assert sum(len(m.products) for m in catalogue.by_slug.values()) == len(current().products)
    lost = [m.name for m in catalogue.by_slug.values() if m.name not in names(m.name)]
    assert lost == []
