"""RxNorm's facts joined with what is authored: whose ingredient it is, what its products are called here.

What we have said of a medicine holds for the products RxNorm adds to it: the ingredient with its classes, limits and
rules, whether it may be split, and our words for it (`habits`). An authored product is never replaced.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from tallman.core.drug import DoseForm, Ingredient, Product, Strength
from tallman.core.knowledge import Records
from tallman.core.quantity import Amount
from tallman.core.substitution import difference
from tallman.knowledge.importers.dose_forms import DoseForms
from tallman.knowledge.importers.facts import Drug, Pack, Part, RxNorm
from tallman.knowledge.importers.habits import HOURS, PIECES, learned_from
from tallman.knowledge.importers.ingredients import Ingredients
from tallman.knowledge.importers.strengths import is_dry, quantity, strength

__all__ = ["Joined", "join"]

_INERT = "inert ingredients"
_COUNTS = re.compile(r"(?:\{|\) / )(\d+) \(")
Display = Callable[[str], str]


@dataclass
class Joined:
    """What a release adds to the authored records."""

    products: dict[str, Product] = field(default_factory=dict)
    ingredients: tuple[Ingredient, ...] = ()
    forms: tuple[DoseForm, ...] = ()
    same: dict[str, str] = field(default_factory=dict)
    """Ids of products by the codes of drugs that they are too: ours without a code, and the only content of a pack."""
    codes: dict[str, str] = field(default_factory=dict)
    """Names of ingredients by the codes of the ingredient and its salts."""
    unusable: list[str] = field(default_factory=list)


def join(facts: RxNorm, authored: Records, origin: str, display: Display) -> Joined:
    """What the release adds to the authored records. `display` puts a name into tall-man letters."""
    return _Join(facts, authored, origin, display).all()


class _Join:
    def __init__(self, facts: RxNorm, authored: Records, origin: str, display: Display) -> None:
        self.origin, self.display, self.joined = origin, display, Joined()
        self.drugs = {d.rxcui: d for d in facts.drugs}
        self.packs = facts.packs
        self.ingredients = Ingredients(facts, authored.ingredients, origin, display)
        self.forms = DoseForms({f.name: f for f in authored.forms})
        self.habits = learned_from(authored.products, self.drugs)
        self.coded = {p.rxcui: p.id for p in authored.products if p.rxcui}
        self.uncoded: defaultdict[frozenset[str], list[Product]] = defaultdict(list)
        for product in authored.products:
            if not product.rxcui:
                self.uncoded[frozenset(product.ingredients)].append(product)
        self.salts_of: defaultdict[str, set[str]] = defaultdict(set)
        self.durations: defaultdict[object, set[str]] = defaultdict(set)
        for drug in facts.drugs:
            self.durations[_but_for_hours(drug)].add(drug.quantity)
            if len(drug.parts) == 1:
                self.salts_of[self.ingredients.name(drug.parts[0])].add(drug.parts[0].precise)

    def all(self) -> Joined:
        for drug in self.drugs.values():
            self._add(drug.rxcui, drug.name, lambda drug=drug: self._product(drug))  # type: ignore[misc]
        for pack in self.packs:
            if id := self._only_content(pack):
                self.joined.same[pack.rxcui] = id
            else:
                self._add(pack.rxcui, pack.name, lambda pack=pack: self._pack(pack))  # type: ignore[misc]
        self.joined.ingredients = tuple(self.ingredients.added.values())
        self.joined.codes = self.ingredients.codes()
        self.joined.forms = tuple(self.forms.used.values())
        return self.joined

    def _add(self, rxcui: str, name: str, make: Callable[[], Product | None]) -> None:
        if rxcui in self.coded:
            return
        try:
            product = make()
        except ValueError as error:
            self.joined.unusable.append(f"{rxcui} {name}: {error}")
            return
        if product and (same := self._authored_same(product)):
            self.joined.same[rxcui] = same.id
        elif product:
            self.joined.products[rxcui] = product

    def _authored_same(self, product: Product) -> Product | None:
        """The product of ours without a code that this one is: nothing of it differs, the brand neither."""
        alike = (p for p in self.uncoded.get(frozenset(product.ingredients), ()) if p.brand == product.brand)
        return next((p for p in alike if difference(p, product, substitution=True) is None), None)

    def _product(self, drug: Drug) -> Product:
        form = self._form(frozenset(map(self.ingredients.name, drug.parts)), drug)
        size = quantity(drug.quantity, form)
        strengths = self._strengths(drug.parts, form, size)
        salt, brand = self._salt(drug, form), self.habits.brands.get((drug.brand, form.name)) or drug.brand
        said = brand or (self.ingredients.salted(drug.parts[0]) if salt else "")
        return self._made(drug.rxcui, said, brand, form, strengths, drug.schedule, size, salt)

    def _form(self, names: frozenset[str], drug: Drug) -> DoseForm:
        """Our form; one that says its hours where there is another that lasts otherwise (bupropion for 12 and 24)."""
        if learned := self.habits.form(names, drug):
            return self.forms.named(learned)
        form = self.forms.of(drug.form, is_dry=is_dry(drug.parts[0].strength))
        hours = HOURS.fullmatch(drug.quantity)
        if hours and form.unit in PIECES and len(self.durations[_but_for_hours(drug)]) > 1:
            return self.forms.named(f"{hours[1]} hour {form.name}")
        return form

    def _strengths(self, parts: tuple[Part, ...], form: DoseForm, size: Amount | None) -> tuple[Strength, ...]:
        """One strength an ingredient (the salts of one add up), in the order that we say them in."""
        found: dict[str, Strength] = {}
        names = frozenset(map(self.ingredients.name, parts))
        per_ml = self.habits.per_ml.get((names, form.name)) is True
        for part in parts:
            name = self.ingredients.name(part)
            in_mcg = (name, form.name) in self.habits.in_mcg
            new = strength(name, part.strength, form, size, in_mcg=in_mcg, per_ml=per_ml)
            if (held := found.get(name)) and held.per == new.per:
                new = replace(new, amount=held.amount + new.amount)
            found[name] = new
        order = self.habits.orders.get(names, ())
        return tuple(found[name] for name in (order if len(order) == len(found) else found))

    def _salt(self, drug: Drug, form: DoseForm) -> str:
        """The salt where it tells products apart: as we name it, else where the ingredient comes as several."""
        if len(drug.parts) != 1:
            return ""
        part, name = drug.parts[0], self.ingredients.name(drug.parts[0])
        learned = self.habits.salt(name, form.name, part.precise)
        if learned is not None:
            return learned
        unnamed = self.habits.unnamed(name, form.name)
        return self.ingredients.salt(part, unnamed) if len(self.salts_of[name]) > 1 else ""

    def _only_content(self, pack: Pack) -> str | None:
        """The product that a pack is only a number of, such as a box of vials; a cycle of tablets is more than that."""
        held = self.drugs.get(pack.contents[0]) if len(pack.contents) == 1 and pack.rxcui not in self.coded else None
        if held is None or held.form == "Oral Tablet" or bool(held.brand) != bool(pack.brand):
            return None
        return (
            self.coded.get(held.rxcui)
            or self.joined.same.get(held.rxcui)
            or (held.rxcui if held.rxcui in self.joined.products else None)
        )

    def _pack(self, pack: Pack) -> Product | None:
        """A pack as one product: of a cycle's tablets the strongest of each ingredient, without the inert ones."""
        held = [self.drugs[c] for c in pack.contents if c in self.drugs]
        if len(held) < len(pack.contents):
            raise ValueError("part of its contents is not among the drugs")
        made = [self._product(d) for d in held if any(self.ingredients.name(p) != _INERT for p in d.parts)]
        if not made:
            return None
        forms = {p.form.name for p in made}
        is_cycle = forms == {"oral tablet"}
        form = self.forms.named("tablet pack" if is_cycle else "kit") if is_cycle or len(forms) > 1 else made[0].form
        strengths = tuple(_strongest([s for p in made for s in p.strengths]))
        schedule = pack.schedule or next((p.schedule for p in made if p.schedule), "")
        product = self._made(pack.rxcui, pack.brand, pack.brand, form, strengths, schedule, None, "")
        counts = "/".join(_COUNTS.findall(pack.name))
        name = f"{product.name} ({counts})" if counts else product.name
        return replace(product, name=name, tall_man=self.display(name))

    def _made(
        self, rxcui: str, said: str, brand: str, form: DoseForm, strengths: tuple[Strength, ...], schedule: str,
        size: Amount | None, salt: str,
    ) -> Product:  # fmt: skip
        parts = tuple(s.ingredient for s in strengths)
        name = f"{said or ' / '.join(parts)} {' / '.join(map(str, strengths))} {form.name}"
        if size and size.unit == "mL" and any(s.per != size for s in strengths):
            name += f", {size}"
        return Product(
            id=rxcui,
            name=name,
            tall_man=self.display(name),
            form=form,
            strengths=strengths,
            rxcui=rxcui,
            brand=brand or None,
            schedule=schedule or self.ingredients.schedule(parts),
            unit_of_use=size,
            salt=salt,
            origin=self.origin,
            sizes=(size,) if size else (),
            handling=self.habits.handling(frozenset(parts), form.name) if form.unit in PIECES else None,
        )


def _but_for_hours(drug: Drug) -> object:
    """What drugs share that differ in how long they last."""
    return tuple((p.ingredient, p.strength) for p in drug.parts), drug.form


def _strongest(strengths: list[Strength]) -> Iterator[Strength]:
    """Of each ingredient the largest amount that one piece holds."""
    for name in dict.fromkeys(s.ingredient for s in strengths):
        yield max((s for s in strengths if s.ingredient == name), key=lambda s: s.amount.value / s.per.value)
