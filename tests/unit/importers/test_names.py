"""Names that a release knows are there to be mistaken for, whether or not something is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tallman.core.knowledge import ReleaseName
from tallman.core.lookalike.naming import names_of
from tallman.knowledge.importers import rxnorm
from tallman.knowledge.importers.facts import Listing, Ratings, RxNorm
from tallman.knowledge.importers.names import names_of_releases
from tallman.knowledge.importers.release import Release
from tallman.knowledge.load import load
from tests.knowledge.rrf import name, relation, write
from tests.unit.importers.miniature import rows


def called(text: str) -> str | None:
    return text if text in ("metoprolol", "macitentan") else None


def found(
    facts: RxNorm | None = None, ratings: Ratings | None = None, listings: Iterable[Listing] = ()
) -> dict[str, ReleaseName]:
    names: dict[str, ReleaseName] = {}
    for text, what in names_of_releases(facts, ratings, listings, called):
        names.setdefault(text, what)
    return names


def listing(brand: str, generic: str, substances: str, *, finished: bool = True) -> Listing:
    """A package of the directory, of which only the names count here."""
    return Listing("1", brand, generic, *[""] * 5, substances, *[""] * 6, finished)


def test_every_name_of_rxnorm_counts_whether_or_not_a_drug_has_it(tmp_path: Path) -> None:
    names, relations, attributes = rows()
    more = [
        name("1", "BN", "Zorvex"),
        name("2", "MIN", "macitentan / tadalafil"),
        name("3", "PIN", "tadalafil besylate"),
    ]
    related = [relation("1", "tradename_of", "6918"), relation("3", "form_of", "358263")]
    facts = rxnorm.read(Release(write(tmp_path / "full", names + more, relations + related, attributes)))
    its = found(facts)
    assert its["Zorvex"] == ReleaseName(("metoprolol",), is_brand=True, is_sold=True)
    assert its["macitentan / tadalafil"] == ReleaseName(("macitentan", "tadalafil"))
    assert its["tadalafil besylate"] == ReleaseName(("tadalafil",))


@pytest.mark.parametrize(
    "row, brand, is_brand, is_sold",
    [
        (listing("Lozora", "metoprolol tartrate", "METOPROLOL TARTRATE"), "Lozora", True, True),
        (listing("Metoprolol Tartrate", "metoprolol", "METOPROLOL TARTRATE"), "metoprolol tartrate", False, False),
        (listing("Metoprolol ER", "metoprolol", "METOPROLOL SUCCINATE"), "metoprolol er", False, False),
        (listing("Lozora Base", "metoprolol", "METOPROLOL", finished=False), "Lozora Base", True, False),
    ],
)
def test_a_listed_name_is_a_brand_unless_it_is_that_of_what_is_in_it(
    row: Listing, brand: str, is_brand: bool, is_sold: bool
) -> None:
    assert found(listings=[row])[brand] == ReleaseName(("metoprolol",), is_brand, is_sold)


def test_what_was_approved_once_is_a_name_that_is_seldom_met() -> None:
    its = found(ratings=Ratings({}, (("LOPRO-SINGLE", "METOPROLOL SUCCINATE; RESERPINE"),)))
    assert its["Lopro-single"] == ReleaseName(("metoprolol", "reserpine"), is_brand=True)
    assert its["reserpine"] == ReleaseName(("reserpine",))


def test_they_are_searched_beside_those_of_the_knowledge_and_never_in_their_place() -> None:
    brought = {"Zorvexil": ReleaseName(("metoprolol",), is_brand=True, is_sold=True), "Lipitor": ReleaseName(())}
    names = {named.name: named for named in names_of(replace(load(), release_names=brought))}
    assert names["Zorvexil"].classes == names["metoprolol"].classes
    assert names["Zorvexil"].met > 0
    assert names["Lipitor"].ingredients == ("atorvastatin",)
