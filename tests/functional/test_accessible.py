"""Every page can be used by everybody: names, headings, targets, focus, and a way through by Tab (WCAG 2.2 AA)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from tallman.interchange.cds_hooks.keys import read_keys
from tallman.server.accounts.models import User
from tallman.server.audit.actions import SYSTEM
from tallman.server.cds_clients.actions import register
from tallman.server.inventory.models import Lot, StockItem
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.models import Prescriber, Prescription
from tallman.server.reconciliation.actions import add_list, admit, answer_probe
from tallman.server.reconciliation.models import Encounter
from tallman.server.reconciliation.typed import read_line
from tests.integration.cds_clients.signing import ISSUER, key_set, public

from .accessible import faults, walk_by_tab

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STEPS = ("", "entry/", "review/", "fill/", "verify/", "shelve/", "hand-over/", "owed/", "return/", "original/")
STAY_PAGES = ("history", "decisions", "discharge", "lists", "lists/add", "edit")
KINDS = ("allergy", "condition", "coverage", "medicine", "measurement")
OF_EACH_KIND = 12
TABS = ("received", "entered", "to-fill", "filled", "verified", "ready", "owed", "on-hold", "all")


@pytest.fixture
def in_hospital(pharmacy: None, person: Callable[[str], User]) -> Encounter:
    """Marta, in hospital: what she takes and what is ordered differ."""
    patient, by = Patient.objects.get(), person("technician")
    stay = admit(patient=patient, by=SYSTEM, visit_number="V1", authority="HOSPITAL", facts={"unit": "4 West"})
    for kind, text in (("patient interview", "lisinopril 10 mg daily"), ("current orders", "lisinopril 20 mg daily")):
        add_list(encounter=stay, kind=kind, name=kind, lines=[read_line(text).row], by=by)
    answer_probe(encounter=stay, code="otc", answer="yes", by=by)
    return stay


@pytest.fixture
def addresses(pharmacy: None, sent: Prescription, in_hospital: Encounter, person: Callable[[str], User]) -> list[str]:
    """Every page that a pharmacist in charge may open."""
    patient, item, lot = Patient.objects.first(), StockItem.objects.first(), Lot.objects.first()
    prescriber = Prescriber.objects.get()
    keys = read_keys(key_set(public("one"), public("two", "RS384")))
    system = register(name="St. Mary's", issuer=ISSUER, keys=keys, by=SYSTEM)
    return [
        *(f"/queue/?stage={tab}" for tab in TABS),
        *(f"/rx/{sent.rx_number}/{step}" for step in STEPS),
        *(f"/patients/{patient.pk}/{kind}/new/" for kind in KINDS),
        *(f"/stock/lots/{lot.pk}/{deed}/" for deed in ("count", "recall", "destroy")),
        "/stays/", "/stays/?show=home", "/stays/new/", f"/stays/new/{patient.pk}/", "/stays/measures/",
        *(f"/stays/{in_hospital.pk}/{page}/" for page in STAY_PAGES), f"/stays/{in_hospital.pk}/guide/?ask=otc",
        "/queue/?q=nobody", "/concerns/", "/rx/new/", "/exceptions/", "/exceptions/?show=set-aside",
        "/patients/", f"/patients/{patient.pk}/", f"/patients/{patient.pk}/edit/", "/patients/new/",
        "/stock/", f"/stock/{item.pk}/", "/stock/new/", "/audit/", "/people/", f"/people/{person('technician').pk}/",
        "/prescribers/", "/prescribers/new/", f"/prescribers/{prescriber.pk}/",
        f"/prescribers/{prescriber.pk}/edit/", "/records/", "/knowledge/quality/",
        "/tokens/", "/cds-clients/", f"/cds-clients/{system.pk}/", "/password", "/knowledge/",
    ]  # fmt: skip


CLIPPED = "(() => { const p = document.querySelector('.places'); return p.scrollWidth > p.clientWidth; })()"


def test_every_page_at_three_widths(page_as: Callable[[str], Page], live_server: Any, addresses: list[str]) -> None:
    page, wrong, titles = page_as("pharmacist-in-charge"), {}, {}
    for address in addresses:
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(f"{live_server.url}{address}")
        assert answer.status == 200, address
        found = faults(page) + walk_by_tab(page)
        found += ["places cut off"] if page.evaluate(CLIPPED) else []
        for width in (820, 420):
            page.set_viewport_size({"width": width, "height": 1180})
            found += [f"at {width} px, {fault}" for fault in faults(page)]
        if found:
            wrong[address] = found
        titles.setdefault(page.title(), []).append(address)
    assert wrong == {}
    assert {title: pages for title, pages in titles.items() if len(pages) > 1} == {}


def test_every_dialog(page_as: Callable[[str], Page], live_server: Any, sent: Prescription, pharmacy: None) -> None:
    page, wrong = page_as("pharmacist"), {}
    for step in ("", "entry/"):
        page.goto(f"{live_server.url}/rx/{sent.rx_number}/{step}")
        for name in page.eval_on_selector_all("dialog:not(#locked)", "all => all.map((dialog) => dialog.id)"):
            page.evaluate(f"document.getElementById('{name}').showModal()")
            if found := faults(page):
                wrong[f"{step}#{name}"] = found
            page.keyboard.press("Escape")
            assert page.evaluate("document.querySelector('dialog[open]')") is None, name
    assert wrong == {}


@pytest.mark.parametrize("role", ["trainee", "technician", "pharmacist", "administrator"])
def test_nobody_is_shown_a_way_that_is_closed_to_them(
    page_as: Callable[[str], Page], live_server: Any, sent: Prescription, in_hospital: Encounter, role: str
) -> None:
    page = page_as(role)
    kinds: Counter[str] = Counter()
    seen, waiting, closed = set(), [page.url, f"{live_server.url}/"], []
    if role != "administrator":
        waiting += [f"{live_server.url}/rx/{sent.rx_number}/{step}" for step in STEPS]
    while waiting:
        address = waiting.pop().partition("#")[0].partition("?")[0]
        if address in seen or not address.startswith(live_server.url):
            continue
        # Pages of one kind are alike: some of each stand for the thousands that link to each other.
        kind = resolve(address.removeprefix(live_server.url)).view_name
        if kinds[kind] >= OF_EACH_KIND:
            continue
        kinds[kind] += 1
        seen.add(address)
        answer = page.request.get(address)
        if answer.status >= 400:
            closed.append((address, answer.status))
        elif "text/html" in answer.headers["content-type"]:
            page.goto(address)
            waiting += page.eval_on_selector_all("a[href]", "all => all.map((a) => a.href)")
    assert closed == []
    assert ("/patients/" in "".join(seen)) is (role != "administrator")


@pytest.mark.parametrize("path", ["/login", "/nowhere/", "/people/"])
def test_the_pages_before_and_beside_the_work(page_as: Callable[[str], Page], live_server: Any, path: str) -> None:
    page = page_as("technician")
    if path == "/login":
        page.context.clear_cookies()
    page.goto(f"{live_server.url}{path}")
    assert faults(page) + walk_by_tab(page) == []
