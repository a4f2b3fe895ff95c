"""The pages of medicines: what they say, what they say is not known, and that they cost the same for all."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallman.server.audit.actions import SYSTEM
from tallman.server.inventory.actions import add_item, recall_lot, receive_stock
from tallman.server.knowledge_in_use import current
from tallman.server.medicines import actions
from tallman.server.medicines.catalogue import catalogue_of
from tallman.server.medicines.confusion import among, others_of
from tallman.server.medicines.page import page_of
from tallman.server.medicines.search import find_by_name
from tallman.server.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_as):
    return client_as("technician")


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_medicine_says_what_it_is_and_what_is_held_of_it(client) -> None:
    page = read(client, "/medicines/warfarin/")
    for said in (
        "RxCUI 11289",
        "Coumadin",
        "15 mg a day",
        "Critical",
        "direct oral anticoagulants",
        "INR every 84 days",
    ):
        assert said in page
    assert "Unreviewed: not signed by a pharmacist; written" in page
    assert "US prescribing information" in page
    assert "unreviewed, signed by no pharmacist: " in page


def test_tall_letters_are_in_the_title_and_the_heading(client) -> None:
    page = read(client, "/medicines/hydroxyzine/")
    assert "<title>hydrOXYzine" in page
    assert '<h1 class="drug-title">hydr<b class="tall">OXY</b>zine</h1>' in page


def test_what_it_is_mistaken_for_comes_with_its_score_and_who_says_so(client, chief) -> None:
    actions.add_pair(one="hydroxyzine", other="hydroxyurea", why="Same shelf", by=chief)
    page = read(client, "/medicines/hydroxyzine/")
    own, known = page.index("Kept here"), page.index("Known pair")
    assert own < known
    assert "This pharmacy: Same shelf" in page
    assert "FDA Name Differentiation Project" in page
    assert "nobody: only alike" in page
    assert 'href="/medicines/hydralazine/"' in page


@pytest.mark.parametrize("ref", ["861007", "metformin", "6809"])
def test_it_is_reached_by_its_name_a_product_or_an_rxcui(client, ref: str) -> None:
    page = read(client, f"/medicines/{ref}/")
    assert "Glucophage" in page
    assert ("This product" in page) == (ref == "861007")


def test_no_page_for_what_is_not_known(client) -> None:
    assert client.get("/medicines/unobtainium/").status_code == 404


def test_what_is_not_known_is_said_and_never_looks_like_all_clear() -> None:
    for medicine in catalogue_of(current()).by_slug.values():
        said = page_of(medicine, None, clock.today())
        silent = [s.subject for s in said["sections"] if not s.statements and not s.none]
        assert silent == []
        for name in medicine.ingredients:
            if not current().limits_of.get(name) and not current().ingredients[name].is_supply:
                assert any(gap.startswith(f"{name}: ") for gap in said["gaps"]), medicine.name


def test_a_subject_without_rules_says_what_that_means(client) -> None:
    page = read(client, "/medicines/wound-dressing/")
    assert "That does not mean that it goes with everything." in page
    assert "No dose limit is held" in page


def test_an_allergy_to_another_group_that_crosses_is_told(client) -> None:
    assert "after an allergy to penicillins" in read(client, "/medicines/cephalexin/")


def test_the_shelf_shows_every_lot_and_what_is_wrong_with_it(client) -> None:
    item = add_item(ndc="9999-0201-01", product_id="197806", name="ibuprofen 600 mg oral tablet", size=Decimal(100),
                    unit="tablet", by=SYSTEM)  # fmt: skip
    today = clock.today()
    for number, days in (("GOOD1", 400), ("OLD2", -3), ("BAD3", 400)):
        lot = receive_stock(
            item=item, lot_number=number, expires_on=today + timedelta(days=days), quantity=Decimal(60), by=SYSTEM
        )
    recall_lot(lot=lot, reason="Maker's letter", by=SYSTEM)
    page = read(client, "/medicines/ibuprofen/")
    assert "60 tablets on hand" in page
    shelf = page[page.index("On the shelf") : page.index("Look in stock")]
    assert [shelf.index(x) for x in ("OLD2", "GOOD1", "BAD3")]
    assert (shelf.count('<strong class="bad">expired'), shelf.count('<strong class="bad">recalled')) == (1, 1)
    assert f'href="/stock/{item.pk}/"' in shelf


def test_every_page_asks_as_little(client) -> None:
    client.get("/medicines/warfarin/")

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    counts = {queries(f"/medicines/{ref}/") for ref in ("warfarin", "levothyroxine", "861007", "acarbose")}
    assert len(counts) == 1
    assert max(counts) <= 8
    assert queries("/medicines/?q=hydr") == queries("/medicines/?q=metf 500") <= 6


def test_the_search_warns_of_pairs_and_chooses_nothing(client) -> None:
    page = read(client, "/medicines/?q=hydr")
    assert "Known to be mixed up" in page
    assert 'href="/medicines/hydralazine/"' in page
    alone = client.get("/medicines/?q=861007")
    assert alone.status_code == 200
    assert 'href="/medicines/861007/"' in alone.content.decode()


def test_a_known_pair_is_told_once_and_not_of_a_combinations_later_part() -> None:
    hits = find_by_name("hydro", current()).hits
    pairs = [frozenset((pair.one, pair.other)) for pair in among(hits)]
    assert len(set(pairs)) == len(pairs)
    others = {hit.medicine.name: list(others_of(hit, among(hits))) for hit in hits}
    assert all(len(set(names)) == len(names) for names in others.values())
    assert "hydroxychloroquine" in others["hydrochlorothiazide"]
    assert others["lisinopril / hydrochlorothiazide"] == []
    assert "hydromorphone" in others["hydrocodone / acetaminophen"]


def test_a_slip_of_the_keys_is_answered_with_the_nearest_names(client) -> None:
    page = read(client, "/medicines/?q=hydralizine")
    assert "No medicine here is called" in page
    assert 'href="/medicines/hydralazine/"' in page


def test_the_way_back_leads_only_into_the_program(client) -> None:
    assert 'href="/rx/1000001/review/"' in read(client, "/medicines/warfarin/?back=/rx/1000001/review/")
    assert 'href="https://evil.example' not in read(client, "/medicines/warfarin/?back=https://evil.example/")
    assert 'href="//evil' not in read(client, "/medicines/warfarin/?back=//evil.example/")


def test_the_stock_page_leads_to_the_medicine_and_a_package_of_none_does_not(client) -> None:
    for product, name in (("197806", "ibuprofen"), ("999999999", "gloves")):
        item = add_item(ndc=f"9999-020{len(name)}-01", product_id=product, name=name, size=Decimal(1), unit="tablet",
                        by=SYSTEM)  # fmt: skip
        page = read(client, f"/stock/{item.pk}/")
        assert (f'href="/medicines/{product}/?back=' in page) == (name == "ibuprofen")
