"""A release joined with what is authored: what is ours stays, and holds for what the release adds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tallman.core.drug import DoseForm, Handling, Product, Strength
from tallman.core.knowledge import Records
from tallman.core.quantity import Amount
from tallman.knowledge.importers import rxnorm
from tallman.knowledge.importers.facts import Drug, Part, RxNorm
from tallman.knowledge.importers.join import Joined, join
from tallman.knowledge.importers.release import Release
from tests.unit.importers.conftest import AUTHORED, EXTENDED, TABLET, product


def joined(facts: RxNorm, authored: Records = AUTHORED) -> Joined:
    return join(facts, authored, "rxnorm 2025-10-06", lambda text: text.replace("macitentan", "MACItentan"))


@pytest.fixture
def facts(release: Path) -> RxNorm:
    """The facts of the miniature."""
    return rxnorm.read(Release(release))


def drug(rxcui: str, text: str, *parts: tuple[str, str, str], form: str, brand: str = "", quantity: str = "") -> Drug:
    """A drug of `parts`: ingredient, salt, strength."""
    return Drug(rxcui, text, tuple(Part(*part) for part in parts), form, brand, quantity)


def beside(facts: RxNorm, *drugs: Drug) -> RxNorm:
    """The release with more drugs in it."""
    return RxNorm(facts.ingredients, facts.salts, facts.synonyms, (*facts.drugs, *drugs), facts.packs, facts.ndcs)


def test_what_is_authored_is_not_replaced(facts: RxNorm) -> None:
    found = joined(facts)
    assert found.products.keys().isdisjoint({"866924", "866436"})


def test_a_product_of_ours_without_a_code_is_found_again(facts: RxNorm) -> None:
    found = joined(facts)
    assert found.same["892589"] == "morphine-15"
    assert "892589" not in found.products


def test_another_brand_is_another_product(facts: RxNorm) -> None:
    branded = replace(AUTHORED, products=(product("m", "M", "morphine", "15 mg", TABLET, brand="MSIR"),))
    assert "892589" in joined(facts, branded).products


def test_an_imported_product_is_made_of_our_ingredients(facts: RxNorm) -> None:
    found = joined(facts)
    solution = found.products["2712147"]
    assert solution.ingredients == ("metoprolol",)
    assert solution.name == "metoprolol tartrate 10 mg/mL oral solution"
    assert (solution.origin, solution.rxcui, solution.salt) == ("rxnorm 2025-10-06", "2712147", "tartrate")
    assert "metoprolol" not in {i.name for i in found.ingredients}


def test_the_whole_of_a_filled_container_counts(facts: RxNorm) -> None:
    injector = joined(facts).products["1441402"]
    assert str(injector.strengths[0]) == "10 mg/0.4 mL"
    assert injector.sizes == (Amount(Decimal("0.4"), "mL"),)


def test_an_ingredient_we_do_not_have_comes_with_its_names_and_nothing_else(facts: RxNorm) -> None:
    found = {i.name: i for i in joined(facts).ingredients}
    macitentan = found["macitentan"]
    assert (macitentan.rxcui, macitentan.tall_man, macitentan.synonyms) == ("1442132", "MACItentan", ("ACT-064992",))
    assert not macitentan.is_authored
    assert not macitentan.classes
    assert joined(facts).products["1442143"].tall_man == "Opsumit 10 mg oral tablet"
    assert joined(facts).products["1442137"].tall_man == "MACItentan 10 mg oral tablet"


def test_an_ingredient_of_ours_is_known_by_its_name_too(facts: RxNorm) -> None:
    found = joined(facts)
    assert "ethinyl estradiol" not in {i.name for i in found.ingredients}
    assert found.codes["4124"] == "ethinyl estradiol"
    assert found.codes["30236"] == "morphine", "a salt is its ingredient"


def test_a_cycle_of_tablets_is_one_product_without_the_inert_ones(facts: RxNorm) -> None:
    pack = joined(facts).products["751870"]
    assert pack.ingredients == ("ethinyl estradiol", "norgestrel")
    assert pack.form.name == "tablet pack"
    assert pack.name == "Cryselle 28 Day 30 mcg / 0.3 mg tablet pack (21/7)"


def test_a_box_of_one_thing_is_that_thing(facts: RxNorm) -> None:
    box = replace_packs(facts, contents=("1441402",))
    assert joined(box).same["748856"] == "1441402"
    tablets = replace_packs(facts, contents=("1442137",))
    assert joined(tablets).products["748856"].form.name == "tablet pack"


def replace_packs(facts: RxNorm, contents: tuple[str, ...]) -> RxNorm:
    pack = type(facts.packs[0])("748856", "{4 (…) } Pack", contents)
    return RxNorm(facts.ingredients, facts.salts, facts.synonyms, facts.drugs, (pack,), facts.ndcs)


def test_a_pack_of_which_a_part_is_missing_is_told(facts: RxNorm) -> None:
    found = joined(replace_packs(facts, contents=("1442137", "999")))
    assert found.unusable == ["748856 {4 (…) } Pack: part of its contents is not among the drugs"]


def test_a_strength_that_cannot_be_read_is_told(facts: RxNorm) -> None:
    odd = drug("1", "macitentan 5 WISHES Oral Tablet", ("1442132", "", "5 WISHES"), form="Oral Tablet")
    assert joined(beside(facts, odd)).unusable == [
        "1 macitentan 5 WISHES Oral Tablet: the strength '5 WISHES' cannot be read"
    ]


def test_the_salt_we_leave_unnamed_is_not_taken_for_another(facts: RxNorm) -> None:
    """Morphine without a word is the sulfate; the tartrate says so."""
    ours = replace(AUTHORED, products=(product("892589", "morphine 15 mg", "morphine", "15 mg", TABLET),))
    more = beside(
        facts,
        drug("1", "morphine sulfate 30 MG Oral Tablet", ("7052", "30236", "30 MG"), form="Oral Tablet"),
        drug("2", "morphine tartrate 30 MG Oral Tablet", ("7052", "2", "30 MG"), form="Oral Tablet"),
    )
    more.salts["2"] = ("morphine tartrate", "7052")
    found = joined(more, ours).products
    assert [found[code].salt for code in ("1", "2")] == ["", "tartrate"]
    assert found["2"].name == "morphine tartrate 30 mg oral tablet"


def test_our_form_is_learned_where_rxnorm_has_another_word(facts: RxNorm) -> None:
    depot = DoseForm("extended release injectable suspension", ("intramuscular",), "mL", "extended", is_filled=True)
    tartrate = (Strength("metoprolol", Amount(Decimal(10), "mg"), Amount(Decimal(1), "mL")),)
    ours = Product("2712147", "x", "x", depot, tartrate, rxcui="2712147", salt="tartrate")
    more = beside(
        facts, drug("1", "metoprolol 20", ("6918", "203191", "20 MG/ML"), form="Oral Solution", brand="Lopressor")
    )
    found = joined(more, replace(AUTHORED, forms=(*AUTHORED.forms, depot), products=(ours,)))
    assert found.products["1"].form == depot


def test_what_the_medicine_forbids_holds_for_its_other_tablets(facts: RxNorm) -> None:
    more = beside(
        facts, drug("1", "m", ("6918", "221124", "25 MG"), form="Extended Release Oral Tablet", quantity="24 HR")
    )
    ours = replace(AUTHORED, products=tuple(p for p in AUTHORED.products if p.form == EXTENDED))
    added = joined(more, ours).products["1"]
    assert isinstance(added.handling, Handling)
    assert not added.may_be_split


def test_twelve_hours_are_not_twenty_four(facts: RxNorm) -> None:
    lasting = {
        code: drug(code, code, ("1442132", "", "5 MG"), form="Extended Release Oral Capsule", quantity=quantity)
        for code, quantity in (("12", "12 HR"), ("24", "24 HR"))
    }
    both = joined(beside(facts, *lasting.values())).products
    assert both["12"].form != both["24"].form
    assert both["12"].form.release == both["24"].form.release == "extended"
    alone = joined(beside(facts, lasting["24"])).products
    assert alone["24"].form.name == "extended release oral capsule"


def test_a_brand_is_called_as_we_call_it(facts: RxNorm) -> None:
    ours = product("1442143", "Opsumit Filmtab 10 mg", "macitentan", "10 mg", TABLET, brand="Opsumit Filmtab")
    more = beside(facts, drug("1", "x", ("1442132", "", "5 MG"), form="Oral Tablet", brand="Opsumit"))
    added = joined(more, replace(AUTHORED, products=(ours,))).products["1"]
    assert (added.brand, added.name) == ("Opsumit Filmtab", "Opsumit Filmtab 5 mg oral tablet")


def test_the_strictest_schedule_we_have_holds_where_no_label_states_one(facts: RxNorm) -> None:
    more = beside(facts, drug("1", "x", ("7052", "30236", "5 MG"), ("1442132", "", "5 MG"), form="Oral Tablet"))
    assert joined(more).products["1"].schedule == "CII"


def test_the_salts_of_one_ingredient_add_up(facts: RxNorm) -> None:
    more = beside(facts, drug("1", "x", ("6918", "203191", "5 MG"), ("6918", "221124", "7.5 MG"), form="Oral Tablet"))
    (strength,) = joined(more).products["1"].strengths
    assert str(strength) == "12.5 mg"
