"""Classes: every one says what it is and where it comes from, has members, and agrees with its kin."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations

import pytest

from tallman.core.screening.match import LOCAL_ROUTES
from tallman.knowledge.load import load
from tests.spec.classes.membership import entries
from tests.spec.classes.membership import members as by_class

knowledge = lru_cache(maxsize=1)(load)
members = lru_cache(maxsize=1)(by_class)
CLASSES = {entry.id: entry for entry in entries()}
KINDS = {"therapeutic", "chemical", "mechanism"}

ENZYMES = ("cyp3a4", "cyp2d6", "cyp2c9", "cyp2c19", "cyp2c8", "cyp2b6", "cyp1a2")
TIERS = (
    *(tuple(f"{e}-{s}-{r}" for s in ("strong", "moderate", "weak")) for e in ENZYMES for r in ("inhibitor", "inducer")),
    *(tuple(f"{e}-{s}-substrate" for s in ("sensitive", "moderate")) for e in ENZYMES),
    ("qt-boxed", "qt-warned", "qt-caution", "qt-reported"),
    ("serotonergic-strong", "serotonergic-weak"),
    ("anticholinergic-strong", "anticholinergic-moderate", "anticholinergic-weak"),
    ("potassium-raising", "potassium-raising-mild"),
    ("bleeding-raising", "bleeding-raising-mild"),
    ("mao-inhibitor-nonselective", "mao-inhibitor-selective", "mao-inhibitor-unintended"),
)
"""Of these a medicine belongs to one at most."""

WITHIN = {
    "cns-depressant": "sedating",
    "av-node-slowing": "bradycardia-causing",
    "teratogen-rems": "teratogen-contraindicated",
    "teratogen-contraindicated": "teratogen",
    "r1-phenylglycine": "side-chain-amino",
    "r1-hydroxyphenylglycine": "side-chain-amino",
    "side-chain-amino": "beta-lactam",
    "side-chain-methoxyimino": "cephalosporins",
    "ppi": "acid-blocker",
}
"""Every member of the first belongs to the second as well."""

R1 = re.compile(r"r1-|side-chain-methoxyimino")

FDA = {
    "cyp3a4-strong-inhibitor": "clarithromycin, cobicistat, itraconazole, ketoconazole, nefazodone, posaconazole, "
    "ritonavir, voriconazole",
    "cyp3a4-moderate-inhibitor": "ciprofloxacin, cyclosporine, diltiazem, dronedarone, erythromycin, fluconazole, "
    "fluvoxamine, imatinib, verapamil",
    "cyp3a4-strong-inducer": "carbamazepine, phenytoin, rifampin",
    "cyp3a4-moderate-inducer": "efavirenz, phenobarbital, primidone",
    "cyp3a4-sensitive-substrate": "avanafil, buspirone, darifenacin, eletriptan, eplerenone, everolimus, felodipine, "
    "lovastatin, lurasidone, nisoldipine, quetiapine, sildenafil, simvastatin, ticagrelor, triazolam, vardenafil",
    "cyp2d6-strong-inhibitor": "bupropion, fluoxetine, paroxetine, quinidine, terbinafine",
    "cyp2d6-moderate-inhibitor": "cinacalcet, duloxetine, fluvoxamine, mirabegron",
    "cyp2d6-sensitive-substrate": "atomoxetine, desipramine, dextromethorphan, nebivolol, nortriptyline, perphenazine, "
    "tolterodine, venlafaxine",
    "cyp2c9-moderate-inhibitor": "amiodarone, fluconazole, miconazole",
    "cyp2c19-strong-inhibitor": "fluconazole, fluoxetine, fluvoxamine",
    "cyp2c8-strong-inhibitor": "gemfibrozil",
    "cyp2c8-moderate-inhibitor": "clopidogrel",
    "cyp1a2-strong-inhibitor": "ciprofloxacin, fluvoxamine",
    "cyp1a2-sensitive-substrate": "caffeine, duloxetine, melatonin, ramelteon, tizanidine",
    "pgp-inhibitor": "amiodarone, carvedilol, clarithromycin, dronedarone, itraconazole, propafenone, quinidine, "
    "ranolazine, ritonavir, verapamil",
    "oat-inhibitor": "probenecid",
    "oct2-mate-inhibitor": "cimetidine, dolutegravir, ranolazine, trimethoprim",
}
"""What FDA's table of substrates, inhibitors and inducers says of medicines on record."""

NO_TREATMENT: dict[str, str] = {
    "belumosudil": "the only one of its kind here: nothing is told twice",
    "bismuth subcitrate": "made in one capsule with two antibiotics alone",
    "brensocatib": "the only one of its kind here: nothing is told twice",
    "chloramphenicol": "the only one of its kind here: nothing is told twice",
    "diazoxide": "the only one of its kind here: nothing is told twice",
    "difelikefalin": "the only one of its kind here: nothing is told twice",
    "fezolinetant": "the only one of its kind here: nothing is told twice",
    "fostamatinib": "the only one of its kind here: nothing is told twice",
    "luspatercept": "the only one of its kind here: nothing is told twice",
    "pegvisomant": "the only one of its kind here: nothing is told twice",
}
"""Medicines of the whole body without a therapeutic class, with the reason."""


@pytest.mark.parametrize("id", CLASSES)
def test_a_class_says_what_it_is_and_where_it_comes_from(id: str) -> None:
    entry = CLASSES[id]
    assert entry.name
    assert entry.kind in KINDS
    assert entry.review
    assert entry.sources
    assert all(source.title and source.section for source in entry.sources)
    assert members().get(id), "nobody belongs to it"


def test_no_two_classes_of_a_kind_share_a_name() -> None:
    every = list(entries())
    assert len({e.id for e in every}) == len({(e.kind, e.name) for e in every}) == len(every)


def test_every_class_of_a_medicine_exists() -> None:
    assert sorted(members().keys() - CLASSES.keys()) == []


def test_a_medicine_stands_in_one_tier() -> None:
    both = {
        (name, one, other)
        for tiers in TIERS
        for one, other in combinations(tiers, 2)
        for name in set(members().get(one, ())) & set(members().get(other, ()))
    }
    assert sorted(both) == []


@pytest.mark.parametrize(("narrow", "wide"), WITHIN.items())
def test_the_narrower_class_lies_within_the_wider(narrow: str, wide: str) -> None:
    assert sorted(set(members()[narrow]) - set(members()[wide])) == []


def test_a_beta_lactam_has_one_side_chain_at_its_ring() -> None:
    chains = {n: [c for c in i.classes if R1.match(c)] for n, i in knowledge().ingredients.items()}
    assert {name: found for name, found in chains.items() if len(found) > 1} == {}


@pytest.mark.parametrize("id", FDA)
def test_the_table_of_fda(id: str) -> None:
    listed = set(FDA[id].split(", ")) & knowledge().ingredients.keys()
    assert sorted(listed - set(members()[id])) == []


@pytest.mark.parametrize("id", [id for id in CLASSES if id.startswith("cyp")])
def test_every_class_of_an_enzyme_is_known_to_a_rule(id: str) -> None:
    assert any(id in rule.one.classes | rule.other.classes for rule in knowledge().records.interactions)


def test_what_a_class_names_exists() -> None:
    known = CLASSES.keys() | knowledge().ingredients.keys()
    named = {n for e in CLASSES.values() for n in (*e.long_acting, *(side for pair in e.intended for side in pair))}
    assert sorted(named - known) == []


def test_every_medicine_of_the_whole_body_has_a_treatment_to_be_told_twice() -> None:
    lacking = {
        name
        for name, ingredient in knowledge().ingredients.items()
        if not any(CLASSES[c].kind == "therapeutic" for c in ingredient.classes if c in CLASSES)
        and any(
            route not in LOCAL_ROUTES or route in ingredient.systemic_by
            for product in knowledge().products_of.get(name, ())
            for route in product.form.routes
        )
    }
    assert sorted(lacking - NO_TREATMENT.keys()) == []
    assert sorted(NO_TREATMENT.keys() - lacking) == [], "no longer an exception"
