"""What Tallman knows about medicines: typed, sourced records and the indexes the checks look them up in.

`build(records)` turns the records into an immutable `Knowledge`. Records are authored as YAML under
`tallman/knowledge/` or imported from public releases; nothing in this module reads a file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from tallman.core.burden import Burden
from tallman.core.conditions import ConditionName, by_name
from tallman.core.drug import DoseForm, Ingredient, Listing, Product
from tallman.core.lab import Lab
from tallman.core.law import Law
from tallman.core.precaution import Monitoring, Precaution
from tallman.core.quantity import Amount
from tallman.core.reasons import ReasonName, by_words
from tallman.core.rule import Review, Selector, Source
from tallman.core.transition import EqualDoses, TransitionHarm

__all__ = [
    "AllergyGroup",
    "ConfusedNames",
    "CrossReaction",
    "DoseLimit",
    "Interaction",
    "Knowledge",
    "MedicineClass",
    "Package",
    "Records",
    "Review",
    "Selector",
    "Source",
    "build",
]


K = TypeVar("K")
V = TypeVar("V")
R = TypeVar("R", bound=Precaution | Monitoring)


@dataclass(frozen=True, slots=True)
class MedicineClass:
    """A class of our own that rules speak in.

    `kind` is therapeutic (duplicate therapy), chemical (allergy) or mechanism (interactions). `at_once` is how
    many different ingredients of a therapeutic class are normal together (None: no limit). `different_release_ok`
    allows one immediate beside one extended release; `as_needed_ok` one as-needed beside a scheduled one;
    `intended` are pairs of ingredients or classes whose overlap is meant. `routes` are those by which an order counts
    as a member (empty: every route that reaches the whole body). `long_acting` are ingredients that last all day
    from any form (methadone). Two that each reach their amount in `full_from` a day are high whatever `severity` says:
    a small one beside a full one may be meant for something else (quetiapine for sleep).
    """

    id: str
    name: str
    kind: str
    at_once: int | None = None
    different_release_ok: bool = False
    as_needed_ok: bool = False
    intended: tuple[tuple[str, str], ...] = ()
    routes: tuple[str, ...] = ()
    severity: str = "high"
    advice: str = ""
    sources: tuple[Source, ...] = ()
    review: Review | None = None
    long_acting: tuple[str, ...] = ()
    full_from: tuple[tuple[str, Amount], ...] = ()


@dataclass(frozen=True, slots=True)
class DoseLimit:
    """The most of an ingredient that is given, for one route and kind of patient.

    Limits are absolute amounts; with `per_kg` they are amounts per kilogram, capped by `single_cap` and `daily_cap`.
    Ages are in months: `age_from` ≤ age < `age_under`. `indications` are ICD-10-CM prefixes: a limit that has them
    applies only to orders written for such a reason. `usual_daily_max` is where a dose becomes unusual though still
    allowed. `hard` marks limits that even the top of an as-needed range must respect. `salts` and `combined_with`
    narrow a limit to products of such a salt (nitrofurantoin as Macrobid) or with such another ingredient (trimethoprim
    with sulfamethoxazole), `strengths` to such strengths ("500 units/mL"). `critical_over` is the amount a day above
    which a dose is critical (None: twice the most). `days_a_week` is on how many days of a week it is taken at most
    (methotrexate), `every_days` how many days lie at least between one dose and the next (patches, depots),
    `times_a_day` how many doses a day are taken at most, `days_a_month` on how many days of 30 (against headaches: more
    make them worse), `max_days` the longest course. Of patches, `worn_at_once` are worn at most, for `worn_hours` of a
    day. `steady_max` is the most a day once `loading_days` are over. With `per_m2` amounts are per square metre of body
    surface. `daily_low` is the amount a day below which it does not do what it is for. `mme` is how many milligrams of
    oral morphine a milligram of an opioid is worth, `naive_max` the most a day to begin with, for somebody who does not
    take it (of an opioid: any) already.
    """

    id: str
    ingredient: str
    routes: tuple[str, ...]
    single_max: Amount | None = None
    daily_max: Amount | None = None
    weekly_max: Amount | None = None
    usual_daily_max: Amount | None = None
    critical_over: Amount | None = None
    per_kg: bool = False
    single_cap: Amount | None = None
    daily_cap: Amount | None = None
    age_from: int | None = None
    age_under: int | None = None
    release: str | None = None
    forms: tuple[str, ...] = ()
    indications: tuple[str, ...] = ()
    hard: bool = False
    note: str = ""
    sources: tuple[Source, ...] = ()
    review: Review | None = None
    days_a_week: int | None = None
    max_days: int | None = None
    salts: tuple[str, ...] = ()
    combined_with: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    every_days: int | None = None
    per_m2: bool = False
    daily_low: Amount | None = None
    mme: Decimal | None = None
    naive_max: Amount | None = None
    times_a_day: int | None = None
    days_a_month: int | None = None
    worn_at_once: int | None = None
    worn_hours: int | None = None
    steady_max: Amount | None = None
    loading_days: int = 0


@dataclass(frozen=True, slots=True)
class Interaction:
    """Two kinds of medicine that should not meet, or only with care.

    `effect` and `advice` are our own sentences. `already_together` is the severity once the patient has been
    taking both (None: the same), `palliative` that where comfort is the aim (Z51.5). `unless_with` names ingredients or
    classes whose presence settles the matter (a proton-pump inhibitor beside an NSAID). `only_conditions` are
    ICD-10-CM prefixes of which the patient must have one.
    """

    id: str
    one: Selector
    other: Selector
    severity: str
    effect: str
    advice: str
    already_together: str | None = None
    palliative: str | None = None
    unless_with: frozenset[str] = frozenset()
    only_conditions: tuple[str, ...] = ()
    age_from_years: int | None = None
    sources: tuple[Source, ...] = ()
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class CrossReaction:
    """What an allergy to a group says about other medicines.

    `severity` applies after a mild or unknown reaction, `severity_if_severe` after a severe one (anaphylaxis,
    angioedema, blistering); None means say nothing. `reactions` are words of which the recorded one must hold one,
    `unless_reactions` words of which it may hold none; `salts` narrow it to what is in one of them (an ester in oil).
    `forms` are the dose forms it speaks of (empty: all); where the form of an order is not known it may be one of them.
    """

    ingredients: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    excluding: frozenset[str] = frozenset()
    severity: str | None = None
    severity_if_severe: str | None = None
    reactions: tuple[str, ...] = ()
    why: str = ""
    sources: tuple[Source, ...] = ()
    unless_reactions: tuple[str, ...] = ()
    salts: tuple[str, ...] = ()
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AllergyGroup:
    """A group of substances people are recorded as allergic to, and what it means for other medicines.

    `written_as` are the words it appears under in a chart. Members are ingredients and classes of medicines;
    a group without members and `ignorable` is no medicine (food, pollen). `within` is the severity for another member
    when only one member is on record, `within_if_severe` the same after a severe reaction; None says nothing. An
    `excipient` is an inactive ingredient, of which no record says which products hold it: only those given by one of
    `routes` may (empty: all), and those of one of `forms` do (a patch its adhesive). `pseudo` are the words of
    reactions that its members cause by themselves, without an allergy (itching after an opioid): alone they inform, and
    so does a reaction that nobody recorded when it is another member that is ordered.
    """

    id: str
    name: str
    written_as: tuple[str, ...] = ()
    ingredients: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    cross: tuple[CrossReaction, ...] = ()
    within: str | None = "high"
    within_if_severe: str | None = "critical"
    ignorable: bool = False
    sources: tuple[Source, ...] = ()
    review: Review | None = None
    excipient: bool = False
    routes: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    pseudo: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it stands on the shelf: its NDC (11 digits), the product in it, and its size where known."""

    ndc: str
    product: str
    size: Amount | None = None


@dataclass(frozen=True, slots=True)
class ConfusedNames:
    """Two names that have been taken for each other, as they are written, and who says so."""

    one: str
    other: str
    sources: tuple[Source, ...] = ()
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """Everything authored or imported, before it is indexed.

    `form_synonyms` are (word, form name) pairs; `aliases` names that mean one product; `combination_names` names of
    combinations with their ingredients; `other_names` names that no record of ours lists, with their ingredients (held
    or not); `abbreviations` short names with every reading they have, each a tuple of ingredients; `tall_man` names as
    they are displayed to tell them apart ("hydrALAZINE"); `former_names` names no longer or not here in use, which are
    still written and mistaken.
    """

    forms: tuple[DoseForm, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    products: tuple[Product, ...] = ()
    packages: tuple[Package, ...] = ()
    classes: tuple[MedicineClass, ...] = ()
    limits: tuple[DoseLimit, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    allergy_groups: tuple[AllergyGroup, ...] = ()
    form_synonyms: tuple[tuple[str, str], ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    combination_names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    other_names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    abbreviations: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    reviews: tuple[tuple[str, Review], ...] = ()
    labs: tuple[Lab, ...] = ()
    precautions: tuple[Precaution, ...] = ()
    monitoring: tuple[Monitoring, ...] = ()
    laws: tuple[Law, ...] = ()
    burdens: tuple[Burden, ...] = ()
    looked_at: tuple[tuple[str, str], ...] = ()
    lookalikes: tuple[ConfusedNames, ...] = ()
    tall_man: tuple[str, ...] = ()
    former_names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    conditions: tuple[ConditionName, ...] = ()
    reasons: tuple[ReasonName, ...] = ()
    equal_doses: tuple[EqualDoses, ...] = ()
    transition_harms: tuple[TransitionHarm, ...] = ()


@dataclass(frozen=True, eq=False)
class Knowledge:
    """The indexed, immutable knowledge of one version.

    `version` is a name people say, `sha256` the hash of the content it was built from.
    """

    version: str
    sha256: str
    records: Records
    ingredients: Mapping[str, Ingredient] = field(repr=False)
    products: Mapping[str, Product] = field(repr=False)
    products_of: Mapping[str, tuple[Product, ...]] = field(repr=False)
    by_rxcui: Mapping[str, Product | Ingredient] = field(repr=False)
    by_ndc: Mapping[str, Package] = field(repr=False)
    classes: Mapping[str, MedicineClass] = field(repr=False)
    limits_of: Mapping[str, tuple[DoseLimit, ...]] = field(repr=False)
    interactions: Mapping[str, Interaction] = field(repr=False)
    allergy_groups: Mapping[str, AllergyGroup] = field(repr=False)
    groups_of: Mapping[str, tuple[AllergyGroup, ...]] = field(repr=False)
    reviews: Mapping[str, Review] = field(repr=False)
    forms: Mapping[str, DoseForm] = field(repr=False)
    rules_of: Mapping[str, frozenset[str]] = field(repr=False)
    """Ids of the interaction rules that speak of an ingredient, by its name or one of its classes."""
    sides_of: Mapping[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict, repr=False)
    """The same ids by the side of the rule that speaks of it: its one, its other."""
    labs: Mapping[str, Lab] = field(default_factory=dict, repr=False)
    precautions_of: Mapping[tuple[str, str], tuple[Precaution, ...]] = field(default_factory=dict, repr=False)
    """Precautions by what they are about and by the name of an ingredient that they speak of."""
    monitoring_of: Mapping[str, tuple[Monitoring, ...]] = field(default_factory=dict, repr=False)
    laws: tuple[Law, ...] = ()
    burdens: tuple[Burden, ...] = ()
    burdens_of: Mapping[str, Mapping[str, int]] = field(default_factory=dict, repr=False)
    """Points that an ingredient adds to burdens, by the id of the burden: those of its heaviest class."""
    looked_at: frozenset[tuple[str, str]] = frozenset()
    """(check, ingredient) pairs that somebody has looked at and found nothing to say of."""
    made_of: frozenset[tuple[str | None, tuple[str, ...]]] = field(default=frozenset(), repr=False)
    """Brand (None: generic) and ingredients of every product, so that names are known without looking at each."""
    releases: tuple[str, ...] = ()
    """What is imported beside what is authored: "rxnorm 2025-10-06"."""
    listings: Mapping[str, Listing] = field(default_factory=dict, repr=False)
    """Packages of the FDA's NDC directory by their NDC."""
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """DailyMed's set ids of the labels of a product, by its RxCUI."""
    ratings: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """Therapeutic equivalence codes of a product's packages, by its id."""
    ndcs: Sequence[str] = field(default=(), repr=False)
    """Every NDC of `by_ndc`, in ascending order."""
    ndcs_of: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    """The NDCs of a product's packages, by its id."""
    conditions: Mapping[str, ConditionName] = field(default_factory=dict, repr=False)
    """Conditions by their names and their SNOMED CT codes, as `core.conditions.by_name` writes them."""
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """Codes by the words in which directions say what a medicine is for, as `core.reasons.by_words` writes them."""

    def ndcs_starting(self, digits: str) -> Iterator[str]:
        """The NDCs that begin with these digits: of a labeler, or of one of its products."""
        for at in range(bisect_left(self.ndcs, digits), len(self.ndcs)):
            if not self.ndcs[at].startswith(digits):
                return
            yield self.ndcs[at]


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    grouped: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return MappingProxyType({key: tuple(values) for key, values in grouped.items()})


def _keys(selector: Selector) -> Iterable[str]:
    yield from selector.ingredients
    yield from (f"class:{name}" for name in selector.classes)


def _sides_of(records: Records) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    one = _ids_of(records.ingredients, ((key, r.id) for r in records.interactions for key in _keys(r.one)))
    other = _ids_of(records.ingredients, ((key, r.id) for r in records.interactions for key in _keys(r.other)))
    none: frozenset[str] = frozenset()
    return MappingProxyType({name: (one.get(name, none), other.get(name, none)) for name in one.keys() | other.keys()})


def _ids_of(ingredients: Iterable[Ingredient], ids: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Ids by the name of every ingredient that their keys, names and "class:" with a class, speak of."""
    by_key = _grouped(ids)
    found = {key: frozenset(ids) for key, ids in by_key.items() if not key.startswith("class:")}
    for ingredient in ingredients:
        keys = (ingredient.name, *(f"class:{c}" for c in ingredient.classes))
        found[ingredient.name] = frozenset(id for key in keys for id in by_key.get(key, ()))
    return found


def _burdens_of(burdens: Iterable[Burden], ingredients: Iterable[Ingredient]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for burden in burdens:
        weights = dict(burden.weights)
        for ingredient in ingredients:
            points = max((weights.get(c, 0) for c in ingredient.classes), default=0)
            if points and ingredient.name not in burden.excluding:
                found.setdefault(ingredient.name, {})[burden.id] = points
    return MappingProxyType(found)


def _speaking_of(rules: Iterable[R], ingredients: Iterable[Ingredient]) -> Iterator[tuple[str, R]]:
    """Every rule with the name of each ingredient that its selector speaks of, by itself or by a class."""
    by_key = _grouped((key, rule) for rule in rules for key in _keys(rule.medicines))
    for ingredient in ingredients:
        found: dict[str, R] = {}
        for key in (ingredient.name, *(f"class:{c}" for c in ingredient.classes)):
            found |= {rule.id: rule for rule in by_key.get(key, ())}
        for id in sorted(found):
            yield ingredient.name, found[id]


def build(records: Records, *, version: str, sha256: str) -> Knowledge:
    """Index the records. Later records of the same id win, so that imports can add to what is authored."""
    ingredients = {i.name: i for i in records.ingredients}
    sides_of = _sides_of(records)
    products = {p.id: p for p in records.products}
    by_rxcui: dict[str, Product | Ingredient] = {i.rxcui: i for i in records.ingredients if i.rxcui}
    by_rxcui |= {p.rxcui: p for p in records.products if p.rxcui}
    return Knowledge(
        version=version,
        sha256=sha256,
        records=records,
        ingredients=MappingProxyType(ingredients),
        products=MappingProxyType(products),
        products_of=_grouped((name, p) for p in products.values() for name in dict.fromkeys(p.ingredients)),
        by_rxcui=MappingProxyType(by_rxcui),
        by_ndc=MappingProxyType({p.ndc: p for p in records.packages}),
        ndcs_of=_grouped((p.product, p.ndc) for p in records.packages),
        classes=MappingProxyType({c.id: c for c in records.classes}),
        limits_of=_grouped((limit.ingredient, limit) for limit in records.limits),
        interactions=MappingProxyType({rule.id: rule for rule in records.interactions}),
        rules_of=MappingProxyType({name: one | other for name, (one, other) in sides_of.items()}),
        sides_of=sides_of,
        allergy_groups=MappingProxyType({g.id: g for g in records.allergy_groups}),
        groups_of=_grouped(
            (key, group)
            for group in records.allergy_groups
            for key in {*group.ingredients, *(f"class:{c}" for c in group.classes)}
        ),
        reviews=MappingProxyType(dict(records.reviews)),
        forms=MappingProxyType({f.name: f for f in records.forms}),
        labs=MappingProxyType({lab.id: lab for lab in records.labs}),
        precautions_of=_grouped(
            ((rule.about, name), rule) for name, rule in _speaking_of(records.precautions, ingredients.values())
        ),
        monitoring_of=_grouped(_speaking_of(records.monitoring, ingredients.values())),
        conditions=by_name(records.conditions),
        reasons=by_words(records.reasons),
        laws=records.laws,
        burdens=records.burdens,
        burdens_of=_burdens_of(records.burdens, ingredients.values()),
        looked_at=frozenset(records.looked_at),
        made_of=frozenset((p.brand, p.ingredients) for p in products.values()),
        ndcs=sorted({p.ndc for p in records.packages}),
    )
