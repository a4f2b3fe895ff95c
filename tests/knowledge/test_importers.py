"""A whole release of RxNorm joined with what is authored: every drug and package accounted for, ours as they were.

The flattened release beside the checkout is written back as RRF. It lacks the ingredients from A; the combinations with
one of them must be told as unusable, and never be taken for a drug of the rest.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tallman.core.drug import Product
from tallman.core.identify import identify
from tallman.core.identify.names import index_of
from tallman.core.knowledge import Knowledge
from tallman.knowledge.imported import unusable
from tallman.knowledge.importers.run import Imported, import_release
from tallman.knowledge.load import load, snapshot_folder
from tests.knowledge.rrf import write_flattened

PRODUCTS = ("SCD", "SBD", "GPCK", "BPCK")


@dataclass(frozen=True)
class Whole:
    """The release, what was made of it, and the knowledge before and after."""

    concepts: dict[str, tuple[str, str]]
    ndcs: dict[str, str]
    done: Imported
    told: str
    before: Knowledge
    after: Knowledge


@pytest.fixture(scope="module")
def whole(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """The whole release, imported into a home of its own."""
    home = tmp_path_factory.mktemp("whole")
    source = shared_data / "rxnorm"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TALLMAN_HOME", str(home))
        before = load()
        done = import_release("rxnorm", write_flattened(source, home / "release"), snapshot_folder() / "releases")
        after = load()
        told = [p.what for p in done.report.problems] + list(unusable(after, snapshot_folder()))
        with (source / "concepts.csv").open(encoding="utf-8", newline="") as file:
            concepts = {row["rxcui"]: (row["tty"], row["name"]) for row in csv.DictReader(file)}
        with (source / "ndc11.csv").open(encoding="utf-8", newline="") as file:
            ndcs = {row["ndc11"]: row["rxcui"] for row in csv.DictReader(file)}
        yield Whole(concepts, ndcs, done, "\n".join(told), before, after)


def test_every_row_is_counted(whole: Whole) -> None:
    rows = {Path(file).stem: count for file, count in whole.done.report.rows.items()}
    assert rows["RXNCONSO"] > len(whole.concepts) > 37_000
    assert rows["RXNSAT"] == len(whole.ndcs) == whole.done.header.counts["NDCs"] > 221_000
    assert whole.done.header.counts["clinical and branded drugs"] > 17_500


def test_every_drug_is_a_product_or_told_as_unusable(whole: Whole) -> None:
    drugs = [code for code, (term, _) in whole.concepts.items() if term in PRODUCTS]
    missing = [code for code in drugs if code not in whole.after.by_rxcui and f"{code} " not in whole.told]
    assert [whole.concepts[code] for code in missing] == [("SCD", "inert ingredients 1 MG Oral Tablet")] * len(missing)
    assert sum(isinstance(whole.after.by_rxcui.get(code), Product) for code in drugs) > len(drugs) * 0.95


def test_no_drug_lost_an_ingredient(whole: Whole) -> None:
    """A strength for each part of the name, but for those that are salts of one ingredient: they add up."""
    merged = 0
    for product in whole.after.products.values():
        term, name = whole.concepts.get(product.id, ("", ""))
        if product.origin != "authored" and term in ("SCD", "SBD"):
            parts, strengths = name.count(" / ") + 1, len(product.strengths)
            assert 0 < strengths <= parts, name
            assert len({*product.ingredients}) == strengths, name
            merged += strengths < parts
    assert merged < 60


def test_every_package_is_of_the_product_that_rxnorm_says(whole: Whole) -> None:
    wrong = []
    for ndc, code in list(whole.ndcs.items())[::9]:
        product = whole.after.by_rxcui.get(code)
        package = whole.after.by_ndc.get(ndc)
        if (package and package.product) != (product and product.id if isinstance(product, Product) else None):
            wrong.append((ndc, code))
    assert [w for w in wrong if w[0] not in whole.before.by_ndc] == []
    assert len(whole.after.ndcs) > len(whole.ndcs) * 0.97


def test_what_is_authored_is_unchanged(whole: Whole) -> None:
    assert all(whole.after.products[id] == product for id, product in whole.before.products.items())
    assert all(whole.after.ingredients[name] == one for name, one in whole.before.ingredients.items())
    assert all(whole.after.by_rxcui[code] == one for code, one in whole.before.by_rxcui.items())


@pytest.mark.parametrize(
    "text",
    [
        "Augmentin 875-125", "lisinopril 10", "metformin er 500 mg tab", "bupropion XL 150 mg tablet", "bactrim ds",
        "hydrocortisone 2.5% cream 28 g tube", "insulin glargine 100 units/ml pen", "Advair 250/50", "furosimide 40 mg",
        "amox 400/5 susp", "Norco 5-325", "timolol 0.5% op soln", "potassium chloride er 20",
    ],
)  # fmt: skip
def test_what_is_written_every_day_means_what_it_meant(whole: Whole, text: str) -> None:
    before, after = identify(text, whole.before), identify(text, whole.after)
    assert before.product is not None
    assert after.product == before.product


def test_a_product_is_known_by_its_own_name_and_never_taken_for_another_medicine(whole: Whole) -> None:
    imported = [p for p in whole.after.products.values() if p.origin != "authored"][::29]
    wholes = index_of(whole.after).wholes  # A release has the parts of what is on record as one (macrogol and salts).
    known = 0
    for product in imported:
        read = identify(product.name, whole.after)
        known += read.product is not None and read.product.strengths == product.strengths
        if read.is_known:
            names, parts = {i.name for i in read.ingredients}, {*product.ingredients}
            assert names in (parts, {wholes.get(frozenset(parts))}), product.name
    assert known > len(imported) * 0.85
