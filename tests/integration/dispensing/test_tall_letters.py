"""A name in the pharmacy's own tall letters is written so wherever it is shown; what was received stays as it came."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tallman.server
from tallman.server.dispensing.label_of import label_of
from tallman.server.medicines.actions import add_name

pytestmark = pytest.mark.django_db

SERVER = Path(tallman.server.__file__).parent
TEMPLATES = sorted(SERVER.glob("*/templates/**/*.html"))
NAMES = re.compile(
    r"\{\{[^}]*\b(?:item\.name|product_name|medicine_name|expected|miss\.scanned|side\.name|of\.name"
    r"|finding\.summary|finding\.advice|tall_man)\b[^}]*\}\}"
)
WRITTEN = re.compile(r"\|\s*(?:drug_name|tall_man)\b")
"""The filters of `medicines/templatetags`."""


@pytest.fixture
def tall(person) -> str:
    """Lisinopril as this pharmacy writes it."""
    return str(add_name(name="lisINOpril", by=person("pharmacist-in-charge")))


def test_every_page_and_the_label_write_it_so(tall, filled, client_as) -> None:
    row = filled()
    client = client_as("pharmacist-in-charge")
    shown = 'lis<b class="tall">INO</b>pril 10 mg oral tablet'
    for page in ("", "review/", "verify/"):
        html = client.get(f"/rx/{row.rx_number}/{page}").content.decode()
        assert shown in html, page
        assert "Lisinopril 10 mg tablet" in html, "as received"
    assert shown in client.get("/queue/?stage=filled").content.decode()
    assert label_of(row).medicine == "lisINOpril 10 mg oral tablet"


def test_before_it_is_matched_the_name_stays_as_it_was_received(tall, received, client_as) -> None:
    row = received()
    for page in ("/queue/?stage=received", f"/rx/{row.rx_number}/"):
        html = client_as("technician").get(page).content.decode()
        assert "Lisinopril 10 mg tablet" in html
        assert "INO" not in html.replace("received-drug", "")


@pytest.mark.parametrize(
    "path", sorted(SERVER.glob("*/templates/**/*.html")), ids=lambda p: f"{p.parent.name}/{p.name}"
)
def test_no_template_writes_a_name_past_the_filter(path: Path) -> None:
    past = [m[0] for m in NAMES.finditer(path.read_text()) if not WRITTEN.search(m[0])]
    assert past == []


def test_a_name_past_the_filter_is_seen() -> None:
    assert NAMES.search("{{ lot.item.name }}")
    assert not WRITTEN.search("{{ lot.item.name|default:'-' }}")
    assert WRITTEN.search("{{ lot.item.name|drug_name }}")
