"""The product picker: what it lists, what it warns of, and that it chooses nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallman.server.audit.actions import SYSTEM
from tallman.server.inventory.actions import add_item, receive_stock
from tallman.server.medicines.actions import add_pair
from tallman.server.prescriptions.picker import LEAST_EACH, listing

IBUPROFEN = "197806"


def page(row, text: str) -> str:
    return f"/rx/{row.rx_number}/entry/products?q={text}"


def names(found) -> list[str]:
    return [group.name for group in found.groups]


def group(found, name: str):
    return next(g for g in found.groups if g.name == name)


def test_names_known_to_be_mixed_up_stand_apart_and_say_so(client_as, received) -> None:
    row = received()
    found = listing(row, "hydr")
    assert "hydroxyzine" in group(found, "hydralazine").mixed
    assert "hydralazine" in group(found, "hydroxyzine").mixed
    assert "hydrALAZINE and hydrOXYzine" in found.careful
    html = client_as("technician").get(page(row, "hydr")).content.decode()
    assert (
        'Known to be mixed up: <span class="nowrap">hydr<b class="tall">ALAZINE</b> / hydr<b class="tall">OXY</b>zine'
        in html
    )
    assert 'hydr<b class="tall">OXY</b>zine hydrochloride 25 mg oral tablet' in html


def test_nothing_is_selected_or_checked(client_as, received) -> None:
    html = client_as("technician").get(page(received(), "861007")).content.decode()
    assert html.count('role="option"') == 1
    assert 'aria-selected="true"' not in html
    assert "checked" not in html
    assert "none is chosen" in html


def test_a_pair_of_the_pharmacys_own_warns_at_once(received, person) -> None:
    row = received()
    assert not group(listing(row, "lisin"), "lisinopril").mixed
    add_pair(one="lisinopril", other="lisdexamfetamine", why="Same shelf", by=person("pharmacist-in-charge"))
    assert "lisdexamfetamine" in group(listing(row, "lis"), "lisinopril").mixed


def test_every_medicine_is_listed_before_one_takes_the_room(received) -> None:
    found = listing(received(), "hydro")
    assert len(found.groups) > 4
    assert all(1 <= len(g.options) <= max(LEAST_EACH, 24 // len(found.groups)) for g in found.groups)
    many = group(found, "hydrocortisone")
    assert many.more > 0


def test_an_option_tells_stock_and_schedule_and_whether_it_is_a_brand(received, noon) -> None:
    item = add_item(ndc="9999-0201-01", product_id=IBUPROFEN, name="i", size=Decimal(100), unit="tablet", by=SYSTEM)
    receive_stock(item=item, lot_number="L1", expires_on=date(2027, 1, 1), quantity=Decimal(90), by=SYSTEM)
    receive_stock(item=item, lot_number="L0", expires_on=date(2026, 1, 1), quantity=Decimal(500), by=SYSTEM)
    found = listing(received(), "ibuprofen 600")
    assert next(o for o in group(found, "ibuprofen").options if o.key == IBUPROFEN).facts == (
        "generic",
        "90 tablets on hand",
    )
    brand = listing(received(), "OxyContin 10").groups[0].options[0]
    assert brand.facts == ("brand of oxycodone", "CII", "none on hand")


def test_another_medicine_than_the_message_names_is_marked(received) -> None:
    row = received()
    assert group(listing(row, "hydralazine"), "hydralazine").differs
    assert not group(listing(row, "ibuprofen"), "ibuprofen").differs


@pytest.mark.parametrize("text, said", [("hy", "Type 3 letters"), ("xqzzk", "No medicine here"), ("hydr", "5 letters")])
def test_what_is_missing_is_said(received, text: str, said: str) -> None:
    assert said in listing(received(), text).note


def test_the_queries_do_not_grow_with_the_list(client_as, received) -> None:
    client, row = client_as("technician"), received()
    client.get(page(row, "met"))

    def queries(text: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(page(row, text))
        return len(asked)

    assert queries("hydroxyz") == queries("hydr") == queries("met")


def test_what_is_chosen_stands_among_the_candidates_checked(client_as, received) -> None:
    row = received()
    said = {"product": "861007"}
    html = client_as("technician").post(f"/rx/{row.rx_number}/entry/find/product", said).content.decode()
    assert 'value="861007" data-unit="tablet" checked' in html
    assert "Another medicine than the message names" in html


@pytest.mark.parametrize("name, text", [("product", "metf 500"), ("patient", "okonjo")])
def test_without_scripts_a_search_comes_back_with_the_page_and_saves_nothing(
    client_as, received, patient, name: str, text: str
) -> None:
    row = received()
    said = {"version": row.version, "find": name, f"find-{name}": text, "sig": "1 tab po daily"}
    answer = client_as("technician").post(f"/rx/{row.rx_number}/entry/", said)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'value="{text}"' in html
    assert "1 tab po daily" in html
    assert "Choose the" not in html.partition('id="live"')[0]
    assert ("metformin 500 mg oral tablet" if name == "product" else "Okonjo, Marta") in html
    row.refresh_from_db()
    assert (row.version, row.stage) == (1, "received")
