"""`tallman knowledge import`, and what the rest of the program sees of it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tallman.cli import main
from tallman.core.drug import Certainty
from tallman.core.identify import identify
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.screen import screen
from tallman.core.sig import parse
from tallman.knowledge.load import current_hash, load, snapshot_folder
from tests.knowledge.rrf import attribute, write
from tests.unit.importers.miniature import rows


@pytest.fixture(scope="module")
def authored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The snapshot of what is authored, made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TALLMAN_HOME", str(tmp_path_factory.mktemp("authored")))
        load()
        return next(snapshot_folder().glob("*.msgpack"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, authored: Path) -> Path:
    """A home of its own, so that nothing else is imported."""
    monkeypatch.setenv("TALLMAN_HOME", str(tmp_path / "home"))
    snapshot_folder().mkdir(parents=True)
    shutil.copy(authored, snapshot_folder())
    return tmp_path / "home"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_an_import_is_reported_and_its_products_are_identified(release: Path) -> None:
    before = load()
    done = run("knowledge", "import", "rxnorm", release)
    assert done.exit_code == 0, done.output
    assert "rxnorm 2025-10-06: 11 clinical and branded drugs, 2 packs, 5 NDCs." in done.output
    assert "RXNCONSO.RRF: 47 rows, left out 2 not of RxNorm's own vocabulary" in done.output
    assert "The knowledge is now authored-" in done.output
    assert "NLM is not responsible for the product" in done.output
    after = load()
    assert after.version == f"{before.version} + rxnorm 2025-10-06"
    assert after.sha256 != before.sha256
    assert after.releases == ("rxnorm 2025-10-06",)
    assert identify("Opsynvi 10-20 mg tab", after).certainty is Certainty.PRODUCT
    brought = [p for p in after.products.values() if p.origin == "rxnorm 2025-10-06"]
    assert brought
    assert [identify(f"rxcui {p.rxcui}", after).product for p in brought] == brought
    assert identify("rxcui 1442132", after).ingredients[0].name == "macitentan"


@pytest.mark.parametrize("written", ["54436-012-04", "54436-0012-04", "54436001204", "5443601204", "054436001204"])
def test_an_imported_package_is_found_by_any_form_of_its_ndc(release: Path, written: str) -> None:
    run("knowledge", "import", "rxnorm", release)
    found = identify(f"NDC {written}", load())
    assert found.product is not None
    assert found.product.ingredients == ("methotrexate",)


def test_rows_that_cannot_be_used_are_told_and_kept(release: Path, home: Path, tmp_path: Path) -> None:
    names, relations, attributes = rows()
    bad = [attribute("866924", "NDC", str(n)) for n in range(12)]
    done = run("knowledge", "import", "rxnorm", write(tmp_path / "r", names, relations, [*attributes, *bad]))
    assert done.exit_code == 0
    assert "12 could not be used:" in done.output
    assert "rrf/RXNSAT.RRF, line 13: '0' is no NDC" in done.output
    kept = home / "knowledge" / "releases" / "rxnorm.problems"
    assert len(kept.read_text().splitlines()) == 12
    assert run("knowledge", "import", "rxnorm", release).exit_code == 0
    assert not kept.exists()


def test_the_wrong_folder_changes_nothing(release: Path, tmp_path: Path) -> None:
    run("knowledge", "import", "rxnorm", release)
    before = current_hash()
    done = run("knowledge", "import", "ndc", release)
    assert done.exit_code == 1
    assert "is not the NDC directory of finished drugs: it lacks product.txt, package.txt." in done.output
    assert "Nothing was changed." in done.output
    assert current_hash() == before


def test_the_hash_of_now_is_that_of_the_next_load(release: Path) -> None:
    assert current_hash() == load().sha256
    run("knowledge", "import", "rxnorm", release)
    assert current_hash() == load().sha256


def test_a_second_start_gives_the_same_knowledge(release: Path, home: Path) -> None:
    run("knowledge", "import", "rxnorm", release)
    first, second = load(), load()
    assert len(list((home / "knowledge").glob("imported-*"))) == 1
    assert list(first.products) == list(second.products)
    assert first.products["1442143"] == second.products["1442143"]
    assert dict(first.by_ndc) == dict(second.by_ndc)
    assert list(first.ndcs) == sorted(first.by_ndc)
    assert set(first.ndcs_starting("66215")) == {n for n in first.by_ndc if n.startswith("66215")}


def test_authored_products_are_all_still_there(release: Path) -> None:
    before = load()
    run("knowledge", "import", "rxnorm", release)
    after = load()
    assert all(after.products[id] == product for id, product in before.products.items())
    assert all(after.ingredients[name] == one for name, one in before.ingredients.items())
    assert {n: p.product for n, p in before.by_ndc.items()}.items() <= {
        n: p.product for n, p in after.by_ndc.items()
    }.items()
    assert after.products_of["metoprolol"][: len(before.products_of["metoprolol"])] == before.products_of["metoprolol"]


def test_our_rules_hold_for_an_imported_product(release: Path) -> None:
    """Methotrexate is weekly by whatever injector it comes."""
    run("knowledge", "import", "rxnorm", release)
    knowledge = load()
    product = next(p for p in knowledge.products_of["methotrexate"] if p.origin != "authored")
    order = Order("1", identify(f"rxcui {product.rxcui}", knowledge), parse("inject 0.4 mL under the skin daily"))
    case = Case(Patient(birth_date=date(1960, 1, 2), allergies=()), (), (order,), date(2026, 11, 28))
    assert any(f.code.startswith("DOSE") for f in screen(case, knowledge).findings)


def test_json_names_the_origin_in_the_version(release: Path) -> None:
    run("knowledge", "import", "rxnorm", release)
    said = json.loads(run("identify", "--json", "Opsynvi 10-20 mg tab").output)
    assert said["rxcui"] == "2677771"
