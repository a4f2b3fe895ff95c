"""RxNorm's facts joined with what is authored: whose ingredient it is, what its products are called here.

What we have said of a medicine holds for the products RxNorm adds to it: the ingredient with its classes, limits and
rules, and also our form for its form, the salts we name, the order of a combination, whether it may be split. It is
learned from the authored products whose RxCUI is in the release. An authored product is never replaced.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from tallman.core.drug import DoseForm, Handling, Ingredient, Product, Strength
from tallman.core.knowledge import Records
from tallman.core.quantity import Amount
from tallman.core.substitution import difference
from tallman.knowledge.importers.dose_forms import DoseForms
from tallman.knowledge.importers.facts import Drug, Pack, Part, RxNorm
from tallman.knowledge.importers.ingredients import Ingredients
from tallman.knowledge.importers.strengths import is_dry, quantity, strength

__all__ = ["Joined", "join"]

_INERT = "inert ingredients"
_HOURS = re.compile(r"^(?:8|12|24) HR$")
_COUNTS = re.compile(r"(?:\{|\) / )(\d+) \(")
_PIECES = frozenset({"tablet", "capsule"})
Display = Callable[[str], str]


@dataclass
class Joined:
    """What a release adds. `same` are codes of drugs that an authored product without a code already is."""

    origin: str
    products: dict[str, Product] = field(default_factory=dict)
    ingredients: tuple[Ingredient, ...] = ()
    forms: tuple[DoseForm, ...] = ()
    same: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    """Names of ingredients by the codes of the ingredient and its salts."""
    unusable: list[str] = field(default_factory=list)


@dataclass
class _Habits:
    """How authored products say what RxNorm says otherwise; None where they differ among themselves."""

    forms: dict[object, str | None] = field(default_factory=dict)
    salts: dict[tuple[str, str], str | None] = field(default_factory=dict)
    orders: dict[frozenset[str], tuple[str, ...]] = field(default_factory=dict)
    handling: dict[frozenset[str], Handling | None] = field(default_factory=dict)
    in_mcg: set[tuple[str, str]] = field(default_factory=set)
    brands: dict[tuple[str, str], str | None] = field(default_factory=dict)
    per_ml: dict[tuple[frozenset[str], str], bool | None] = field(default_factory=dict)

    def learn(self, product: Product, drug: Drug | None) -> None:
        """Note what one authored product says of itself."""
        names = frozenset(product.ingredients)
        self.orders.setdefault(names, product.ingredients)
        self.in_mcg |= {(s.ingredient, product.form.name) for s in product.strengths if s.amount.unit == "mcg"}
        if product.form.unit in _PIECES:
            _agree(self.handling, names, product.handling)
        if drug:
            _agree(self.forms, _form_key(names, drug), product.form.name)
            if drug.quantity.endswith(" ML") and drug.quantity != "1 ML":
                _agree(self.per_ml, (names, product.form.name), product.strengths[0].per.value == 1)
            if product.brand:
                _agree(self.brands, (drug.brand, product.form.name), product.brand)
            if len(drug.parts) == 1:
                _agree(self.salts, (product.ingredients[0], drug.parts[0].precise), product.salt)


def _agree(table: dict, key: object, value: object) -> None:  # type: ignore[type-arg]
    table[key] = value if table.setdefault(key, value) == value else None


def _form_key(names: frozenset[str], drug: Drug) -> tuple[frozenset[str], str, str, bool]:
    hours = drug.quantity if _HOURS.match(drug.quantity) else ""
    return names, drug.form, hours, is_dry(drug.parts[0].strength)


def _but_for_hours(drug: Drug) -> object:
    """What drugs share that differ in how long they last, such as 150 mg of bupropion for 12 and for 24 hours."""
    return tuple((p.ingredient, p.strength) for p in drug.parts), drug.form


def join(facts: RxNorm, authored: Records, origin: str, display: Display) -> Joined:
    """What the release adds to the authored records. `display` puts a name into tall-man letters."""
    return _Join(facts, authored, origin, display).all()


class _Join:
    def __init__(self, facts: RxNorm, authored: Records, origin: str, display: Display) -> None:
        self.facts, self.authored, self.display = facts, authored, display
        self.ingredients = Ingredients(facts, authored.ingredients, origin, display)
        self.forms = DoseForms({f.name: f for f in authored.forms})
        self.joined = Joined(origin)
        self.coded = {p.rxcui: p for p in authored.products if p.rxcui}
        self.uncoded: defaultdict[frozenset[str], list[Product]] = defaultdict(list)
        self.habits = _Habits()
        self.salts_of: defaultdict[str, set[str]] = defaultdict(set)
        self.durations: defaultdict[object, set[str]] = defaultdict(set)

    def all(self) -> Joined:
        drugs = {d.rxcui: d for d in self.facts.drugs}
        for product in self.authored.products:
            self.habits.learn(product, drugs.get(product.rxcui or ""))
            if not product.rxcui:
                self.uncoded[frozenset(product.ingredients)].append(product)
        for drug in drugs.values():
            self.durations[_but_for_hours(drug)].add(drug.quantity)
            if len(drug.parts) == 1:
                self.salts_of[self.ingredients.name(drug.parts[0])].add(drug.parts[0].precise)
        for drug in drugs.values():
            self._add(drug.rxcui, drug.name, lambda drug=drug: self._product(drug))  # type: ignore[misc]
        for pack in self.facts.packs:
            if content := self._only_content(pack, drugs):
                self.joined.same[pack.rxcui] = self.joined.same.get(content) or self._id(content)
                continue
            self._add(pack.rxcui, pack.name, lambda pack=pack: self._pack(pack, drugs))  # type: ignore[misc]
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
        if product is None:
            return
        if same := self._authored_same(product):
            self.joined.same[rxcui] = same.id
        else:
            self.joined.products[rxcui] = product

    def _authored_same(self, product: Product) -> Product | None:
        alike = self.uncoded.get(frozenset(product.ingredients), ())
        return next(
            (p for p in alike if p.brand == product.brand and difference(p, product, substitution=True) is None), None
        )

    def _product(self, drug: Drug) -> Product:
        names = frozenset(map(self.ingredients.name, drug.parts))
        form = self._form(names, drug)
        size = quantity(drug.quantity, form)
        strengths = self._strengths(drug.parts, form, size)
        salt = self._salt(drug)
        brand = self.habits.brands.get((drug.brand, form.name)) or drug.brand
        said = brand or (
            self.ingredients.salted(drug.parts[0]) if salt else " / ".join(s.ingredient for s in strengths)
        )
        return self._made(drug.rxcui, said, brand, form, strengths, drug.schedule, size, salt)

    def _form(self, names: frozenset[str], drug: Drug) -> DoseForm:
        learned = self.habits.forms.get(_form_key(names, drug))
        if learned:
            return self.forms.named(learned)
        form = self.forms.of(drug.form, is_dry=is_dry(drug.parts[0].strength))
        lasts_otherwise = len(self.durations[_but_for_hours(drug)]) > 1
        if lasts_otherwise and _HOURS.match(drug.quantity) and form.unit in _PIECES:
            return self.forms.named(f"{drug.quantity.removesuffix(' HR')} hour {form.name}")
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

    def _salt(self, drug: Drug) -> str:
        """The salt where it tells products apart: as we name it, else where the ingredient comes as several."""
        if len(drug.parts) != 1:
            return ""
        name, precise = self.ingredients.name(drug.parts[0]), drug.parts[0].precise
        learned = self.habits.salts.get((name, precise))
        if learned is not None:
            return learned
        unnamed = [salt for (of, salt), ours in self.habits.salts.items() if of == name and ours == ""]
        return self.ingredients.salt(drug.parts[0], unnamed) if len(self.salts_of[name]) > 1 else ""

    def _id(self, rxcui: str) -> str:
        return self.coded[rxcui].id if rxcui in self.coded else rxcui

    def _only_content(self, pack: Pack, drugs: dict[str, Drug]) -> str | None:
        """The drug that a pack is only a number of, such as a box of vials; tablets in order of the days are more."""
        held = drugs.get(pack.contents[0]) if len(pack.contents) == 1 and pack.rxcui not in self.coded else None
        if held is None or held.form == "Oral Tablet" or bool(held.brand) != bool(pack.brand):
            return None
        return (
            held.rxcui if held.rxcui in self.joined.products or held.rxcui in {*self.coded, *self.joined.same} else None
        )

    def _pack(self, pack: Pack, drugs: dict[str, Drug]) -> Product | None:
        """A pack as one product: of a cycle's tablets the strongest of each ingredient, without the inert ones."""
        held = [drugs[c] for c in pack.contents if c in drugs]
        if len(held) < len(pack.contents):
            raise ValueError("part of its contents is not among the drugs")
        active = [d for d in held if any(self.ingredients.name(p) != _INERT for p in d.parts)]
        if not active:
            return None
        made = [self._product(d) for d in active]
        forms = {p.form.name: p.form for p in made}
        form = made[0].form if len(forms) == 1 else self.forms.named("kit")
        if set(forms) == {"oral tablet"}:
            form = self.forms.named("tablet pack")
        strengths = tuple(self._strongest([s for p in made for s in p.strengths]))
        schedule = pack.schedule or next((d.schedule for d in active if d.schedule), "")
        said = pack.brand or " / ".join(s.ingredient for s in strengths)
        product = self._made(pack.rxcui, said, pack.brand, form, strengths, schedule, None, "")
        counts = "/".join(_COUNTS.findall(pack.name))
        name = f"{product.name} ({counts})" if counts else product.name
        return replace(product, name=name, tall_man=self.display(name))

    def _strongest(self, strengths: list[Strength]) -> Iterator[Strength]:
        for name in dict.fromkeys(s.ingredient for s in strengths):
            yield max((s for s in strengths if s.ingredient == name), key=lambda s: s.amount.value / s.per.value)

    def _made(
        self, rxcui: str, said: str, brand: str, form: DoseForm, strengths: tuple[Strength, ...], schedule: str,
        size: Amount | None, salt: str,
    ) -> Product:  # fmt: skip
        parts = tuple(s.ingredient for s in strengths)
        name = f"{said} {' / '.join(map(str, strengths))} {form.name}"
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
            origin=self.joined.origin,
            sizes=(size,) if size else (),
            handling=self.habits.handling.get(frozenset(parts)) if form.unit in _PIECES else None,
        )
