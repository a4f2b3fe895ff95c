"""From records to knowledge: every index is made here, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from tallman.core.burden import Burden
from tallman.core.condition_names import by_name
from tallman.core.drug import Ingredient, Product
from tallman.core.knowledge.indexed import Knowledge
from tallman.core.knowledge.records import Records
from tallman.core.precaution import Monitoring, Precaution
from tallman.core.reasons import by_words
from tallman.core.rule import Selector

__all__ = ["build"]

K = TypeVar("K")
V = TypeVar("V")
R = TypeVar("R", bound=Precaution | Monitoring)


def build(records: Records, *, version: str, sha256: str) -> Knowledge:
    """Index the records. Later records of the same id win, so that imports can add to what is authored."""
    ingredients = {i.name: i for i in records.ingredients}
    sides_of = _sides_of(records)
    products = {p.id: p for p in records.products}
    made_of = {p.id: p.ingredients for p in products.values()}
    by_rxcui: dict[str, Product | Ingredient] = {i.rxcui: i for i in records.ingredients if i.rxcui}
    by_rxcui |= {p.rxcui: p for p in records.products if p.rxcui}
    return Knowledge(
        version=version,
        sha256=sha256,
        records=records,
        ingredients=MappingProxyType(ingredients),
        products=MappingProxyType(products),
        products_of=_grouped((name, p) for p in products.values() for name in dict.fromkeys(made_of[p.id])),
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
        conditions=by_name(records.conditions, records.condition_words),
        reasons=by_words(records.reasons),
        laws=records.laws,
        burdens=records.burdens,
        burdens_of=_burdens_of(records.burdens, ingredients.values()),
        looked_at=frozenset(records.looked_at),
        made_of=frozenset((p.brand, made_of[p.id]) for p in products.values()),
        ndcs=sorted({p.ndc for p in records.packages}),
    )


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
            carried = weights.keys() & ingredient.classes
            points = max([weights[c] for c in carried], default=0)
            if points and ingredient.name not in burden.excluding:
                found.setdefault(ingredient.name, {})[burden.id] = points
    return MappingProxyType(found)


def _speaking_of(rules: Iterable[R], ingredients: Collection[Ingredient]) -> Iterator[tuple[str, R]]:
    """Every rule with the name of each ingredient that its selector speaks of, by itself or by a class, and does not
    exclude; a rule may name an ingredient that has no record of its own and is known by its name alone."""
    by_key = _grouped((key, rule) for rule in rules for key in _keys(rule.medicines))
    for name in sorted(by_key.keys() - {i.name for i in ingredients}):
        yield from ((name, rule) for rule in by_key[name] if not name.startswith("class:"))
    for ingredient in ingredients:
        found: dict[str, R] = {}
        for key in (ingredient.name, *(f"class:{c}" for c in ingredient.classes)):
            found |= {rule.id: rule for rule in by_key.get(key, ())}
        for id in sorted(found):
            if not _excludes(found[id].medicines, ingredient):
                yield ingredient.name, found[id]


def _excludes(selector: Selector, ingredient: Ingredient) -> bool:
    return ingredient.name in selector.excluding or not selector.excluding.isdisjoint(ingredient.classes)
