"""The shape of the authored YAML files, and their translation into core records.

Every file is validated against these types; an error says which file, which field and what was expected.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from tallman.core.drug import DoseForm, Handling, Ingredient, Product, Strength
from tallman.core.knowledge import (
    AllergyGroup,
    CrossReaction,
    DoseLimit,
    Interaction,
    MedicineClass,
    Package,
    Review,
    Selector,
    Source,
)
from tallman.core.quantity import Amount, parse_amount


class Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Every field is spelled as the schema spells it."""


class SourceEntry(Strict):
    """`sources:` entry: title, section and date; YAML may read the last two as numbers or dates."""

    title: str
    section: Any = ""
    date: Any = ""

    def record(self) -> Source:
        return Source(self.title, str(self.section), str(self.date))


class ReviewEntry(Strict):
    """`review:` entry. `reviewed_by` stays null until a pharmacist signs."""

    written_by: str
    written_on: date
    next_review: date
    reviewed_by: str | None = None
    reviewed_on: date | None = None

    def record(self) -> Review:
        return Review(self.written_by, self.written_on, self.next_review, self.reviewed_by, self.reviewed_on)


class FormEntry(Strict):
    """One dose form of forms.yaml. `filled`: a strength written per volume is that of one whole container."""

    name: str
    routes: list[str]
    unit: str
    release: str = "immediate"
    split: bool = True
    crush: bool = True
    filled: bool = False
    written_as: list[str] = []

    def record(self) -> DoseForm:
        return DoseForm(self.name, tuple(self.routes), self.unit, self.release, self.split, self.crush, self.filled)


class ProductsEntry(Strict):
    """One dose form of a medicine: generic strengths, brands, packages, each with its RxCUI (null: unconfirmed).

    `unit_of_use` is the container it is handed over in, or a list where there are several.
    """

    form: str
    strengths: dict[str, str | None] = {}
    brands: dict[str, dict[str, str | None]] = {}
    ndc: dict[str, list[str]] = {}
    unit_of_use: str | list[str] | None = None
    salt: str = ""

    def sizes(self, strengths: tuple[Strength, ...], form: DoseForm) -> tuple[Amount, ...]:
        """The containers, by the record or, for a form filled to its strength ("10 mg/0.2 mL"), by that volume."""
        if self.unit_of_use:
            texts = [self.unit_of_use] if isinstance(self.unit_of_use, str) else self.unit_of_use
            return tuple(map(parse_amount, texts))
        held = strengths[0].per
        return (held,) if form.is_filled and held.value != 1 else ()


class Age(Strict):
    """An age span: `from` inclusive, `under` exclusive, written "6 mo", "12 y"."""

    from_: str | None = msgspec.field(default=None, name="from")
    under: str | None = None


class LimitEntry(Strict):
    """One dose limit. Amounts are "80 mg" or "90 mg/kg" (all of one entry alike)."""

    route: str | list[str]
    source: str
    age: Age | None = None
    release: str | None = None
    forms: list[str] = []
    salts: list[str] = []
    combined_with: list[str] = []
    indications: list[str] = []
    single_max: str | None = None
    daily_max: str | None = None
    weekly_max: str | None = None
    usual_daily_max: str | None = None
    critical_over: str | None = None
    single_cap: str | None = None
    daily_cap: str | None = None
    hard: bool = False
    note: str = ""
    days_a_week: int | None = None
    max_days: int | None = None


class HandlingEntry(Strict):
    """What the medicine itself forbids, for tablets and capsules of the named forms (none named: of every form)."""

    reason: str
    source: str
    split: bool = False
    crush: bool = False
    forms: list[str] = []


class MedicineFile(Strict):
    """One ingredient, or one combination (`ingredients` lists its parts in the order of the strengths).

    `supply` marks what is no medicine.
    """

    name: str
    rxcui: str | None
    review: ReviewEntry
    sources: dict[str, SourceEntry] = {}
    ingredients: list[str] = []
    also: list[str] = []
    written_as: list[str] = []
    schedule: str | None = None
    classes: list[str] = []
    indications: list[str] = []
    systemic_by: list[str] = []
    products: list[ProductsEntry] = []
    limits: list[LimitEntry] = []
    handling: list[HandlingEntry] = []
    supply: bool = False
    notes: str = ""


class ClassEntry(Strict):
    """One class of our own. `means` says what makes a medicine a member, where the name does not."""

    id: str
    name: str
    kind: str
    means: str = ""
    at_once: int | None = None
    different_release_ok: bool = False
    as_needed_ok: bool = False
    intended: list[list[str]] = []
    routes: list[str] = []
    severity: str = "high"
    advice: str = ""
    sources: list[SourceEntry] = []
    review: ReviewEntry | None = None
    long_acting: list[str] = []

    def record(self) -> MedicineClass:
        return MedicineClass(
            self.id,
            self.name,
            self.kind,
            self.at_once,
            self.different_release_ok,
            self.as_needed_ok,
            tuple((a, b) for a, b in self.intended),
            tuple(self.routes),
            self.severity,
            self.advice,
            tuple(s.record() for s in self.sources),
            self.review and self.review.record(),
            tuple(self.long_acting),
        )


class SideEntry(Strict):
    """One side of an interaction rule."""

    ingredients: list[str] = []
    classes: list[str] = []
    excluding: list[str] = []
    routes: list[str] = []
    at_least: str | None = None
    longer_than_days: int | None = None
    salts: list[str] = []

    def record(self) -> Selector:
        return Selector(
            frozenset(self.ingredients),
            frozenset(self.classes),
            frozenset(self.excluding),
            frozenset(self.routes),
            parse_amount(self.at_least) if self.at_least else None,
            self.longer_than_days,
            frozenset(self.salts),
        )


class ExampleEntry(Strict):
    """A situation run through the real `screen()`: medicines as "name; directions", facts of the patient.

    `labs` are results by the id of the lab: "5.9 mmol/L" of today, or "5.9 mmol/L, 200 days ago". `since` is how many
    days the current medicines have been taken, `written` and `weighed` how many days ago
    the new one was written and the patient weighed.
    """

    new: str
    current: list[str] = []
    age: int | None = None
    sex: str | None = None
    weight: str | None = None
    allergies: list[str] = []
    conditions: list[str] = []
    quantity: str | None = None
    days_supply: int | None = None
    reasons: list[str] = []
    age_months: int | None = None
    height: str | None = None
    labs: dict[str, str] = {}
    pregnant: bool | None = None
    lactating: bool | None = None
    since: int | None = None
    refills: int | None = None
    written: int | None = None
    dea: str | None = None
    weighed: int | None = None
    note: str = ""
    coded: str = ""


class InteractionEntry(Strict):
    """One interaction rule with at least one firing and one silent example."""

    id: str
    one: SideEntry
    other: SideEntry
    severity: str
    effect: str
    advice: str
    sources: list[SourceEntry]
    review: ReviewEntry
    fires: list[ExampleEntry]
    silent: list[ExampleEntry]
    already_together: str | None = None
    unless_with: list[str] = []
    only_conditions: list[str] = []
    age_from_years: int | None = None

    def record(self) -> Interaction:
        return Interaction(
            self.id,
            self.one.record(),
            self.other.record(),
            self.severity,
            self.effect,
            self.advice,
            self.already_together,
            frozenset(self.unless_with),
            tuple(self.only_conditions),
            self.age_from_years,
            tuple(s.record() for s in self.sources),
            self.review.record(),
        )


class CrossEntry(Strict):
    """What an allergy to a group says about other medicines."""

    ingredients: list[str] = []
    classes: list[str] = []
    excluding: list[str] = []
    severity: str | None = None
    severity_if_severe: str | None = None
    reactions: list[str] = []
    why: str = ""
    sources: list[SourceEntry] = []

    def record(self) -> CrossReaction:
        return CrossReaction(
            frozenset(self.ingredients),
            frozenset(self.classes),
            frozenset(self.excluding),
            self.severity,
            self.severity_if_severe,
            tuple(self.reactions),
            self.why,
            tuple(s.record() for s in self.sources),
        )


class AllergyEntry(Strict):
    """One allergy group."""

    id: str
    name: str
    review: ReviewEntry
    written_as: list[str] = []
    ingredients: list[str] = []
    classes: list[str] = []
    cross: list[CrossEntry] = []
    within: str | None = "high"
    within_if_severe: str | None = "critical"
    ignorable: bool = False
    excipient: bool = False
    pseudo: list[str] = []
    sources: list[SourceEntry] = []
    fires: list[ExampleEntry] = []
    silent: list[ExampleEntry] = []

    def record(self) -> AllergyGroup:
        return AllergyGroup(
            self.id,
            self.name,
            tuple(self.written_as),
            frozenset(self.ingredients),
            frozenset(self.classes),
            tuple(c.record() for c in self.cross),
            self.within,
            self.within_if_severe,
            self.ignorable,
            tuple(s.record() for s in self.sources),
            self.review.record(),
            self.excipient,
            tuple(self.pseudo),
        )


def months(text: str | None) -> int | None:
    """An age such as "6 mo" or "12 y" in months."""
    if text is None:
        return None
    amount = parse_amount(text)
    if amount.unit not in ("mo", "y"):
        raise ValueError(f"an age is given in months or years, not {text!r}")
    return int(amount.value) * (12 if amount.unit == "y" else 1)


def _dose(text: str | None) -> tuple[Amount | None, bool]:
    if text is None:
        return None, False
    bare, slash, _ = text.partition("/kg")
    return parse_amount(bare), bool(slash)


def limit_records(file: MedicineFile) -> tuple[DoseLimit, ...]:
    """The dose limits of a medicine file. Raises ValueError when absolute and per-kg amounts are mixed."""
    limits = []
    for number, entry in enumerate(file.limits, 1):
        named = {
            key: _dose(getattr(entry, key))
            for key in ("single_max", "daily_max", "weekly_max", "usual_daily_max", "critical_over")
        }
        per_kg = {kg for amount, kg in named.values() if amount}
        if len(per_kg) > 1:
            raise ValueError(f"limit {number}: absolute and per-kg amounts cannot be mixed in one entry")
        limits.append(
            DoseLimit(
                id=f"{file.name}/limit-{number}",
                ingredient=file.name,
                routes=(entry.route,) if isinstance(entry.route, str) else tuple(entry.route),
                per_kg=per_kg == {True},
                single_cap=_dose(entry.single_cap)[0],
                daily_cap=_dose(entry.daily_cap)[0],
                age_from=months(entry.age.from_) if entry.age else None,
                age_under=months(entry.age.under) if entry.age else None,
                release=entry.release,
                forms=tuple(entry.forms),
                indications=tuple(entry.indications),
                hard=entry.hard,
                note=entry.note,
                sources=(file.sources[entry.source].record(),),
                review=file.review.record(),
                days_a_week=entry.days_a_week,
                max_days=entry.max_days,
                salts=tuple(entry.salts),
                combined_with=tuple(entry.combined_with),
                **{key: amount for key, (amount, _) in named.items()},
            )
        )
    return tuple(limits)


_STRENGTH = re.compile(r"^\s*([\d.,]+\s*[A-Za-z%]+)\s*(?:/\s*([\d.]*)\s*([A-Za-z]+))?\s*$")


def strength(ingredient: str, text: str, form: DoseForm) -> Strength:
    """Read "10 mg", "400 mg/5 mL" or "0.05 mg/actuation"; without a slash it is per one unit of the form."""
    match = _STRENGTH.match(text)
    if not match:
        raise ValueError(f"not a strength: {text!r} (write 10 mg or 400 mg/5 mL)")
    per = parse_amount(f"{match[2] or 1} {match[3]}") if match[3] else Amount(Decimal(1), form.unit)
    return Strength(ingredient, parse_amount(match[1]), per)


def ingredient_record(file: MedicineFile, tall_man: str) -> Ingredient:
    """The ingredient of a single-ingredient file."""
    return Ingredient(
        name=file.name,
        rxcui=file.rxcui,
        tall_man=tall_man,
        synonyms=tuple(dict.fromkeys([*file.also, *(w for w in file.written_as if " = " not in w)])),
        schedule=file.schedule,
        classes=frozenset(file.classes),
        indications=tuple(file.indications),
        systemic_by=tuple(file.systemic_by),
        is_supply=file.supply,
    )


def alias_records(file: MedicineFile, products: list[Product]) -> list[tuple[str, str]]:
    """Names that mean one product: `written_as: ["tylenol #3 = 300 mg / 30 mg"]` as (name, product id) pairs."""
    aliases = []
    for text in file.written_as:
        name, equals, amounts = text.partition(" = ")
        if not equals:
            continue
        found = [p.id for p in products if p.brand is None and p.strength_text() == amounts]
        if not found:
            raise ValueError(f"{text!r}: no generic product of that strength in this file")
        aliases.append((name, found[0]))
    return aliases


def slug(*words: str) -> str:
    """An id of our own for a product without a confirmed RxCUI."""
    return re.sub(r"[^a-z0-9.]+", "-", " ".join(words).lower()).strip("-")


def product_records(
    file: MedicineFile, forms: dict[str, DoseForm], display: Any
) -> tuple[list[Product], list[Package]]:
    """The products and packages of a medicine file. `display` puts a name into tall-man letters.

    Raises ValueError for an unknown form or a strength that cannot be read.
    """
    products: list[Product] = []
    packages: list[Package] = []
    for entry in file.products:
        if entry.form not in forms:
            raise ValueError(f"unknown form {entry.form!r}: add it to forms.yaml or use its name there")
        variants = [(None, text, rxcui) for text, rxcui in entry.strengths.items()]
        variants += [(brand, t, r) for brand, by_text in entry.brands.items() for t, r in by_text.items()]
        for brand, text, rxcui in variants:
            product = _product(file, entry, forms[entry.form], (brand, text, rxcui), display)
            products.append(product)
            key = f"{brand} {text}" if brand else text
            packages += [Package(ndc, product.id) for ndc in entry.ndc.get(key, ())]
        unknown = set(entry.ndc) - {f"{b} {t}" if b else t for b, t, _ in variants}
        if unknown:
            raise ValueError(f"ndc keys without a product: {', '.join(sorted(unknown))}")
    return products, packages


def _product(
    file: MedicineFile, entry: ProductsEntry, form: DoseForm, variant: tuple[str | None, str, str | None], display: Any
) -> Product:
    brand, text, rxcui = variant
    parts, amounts = file.ingredients or [file.name], text.split(" / ")
    if len(amounts) != len(parts):
        raise ValueError(f"{text!r} needs one strength for each of {', '.join(parts)}")
    name = f"{brand or ' / '.join(parts)} {text} {form.name}"
    strengths = tuple(strength(p, a, form) for p, a in zip(parts, amounts, strict=True))
    sizes = entry.sizes(strengths, form)
    return Product(
        id=rxcui or slug(name),
        name=name,
        tall_man=display(name),
        form=form,
        strengths=strengths,
        rxcui=rxcui,
        brand=brand,
        schedule=file.schedule,
        unit_of_use=sizes[0] if len(sizes) == 1 else None,
        salt=entry.salt,
        sizes=sizes,
        handling=_handling(file, form),
    )


def _handling(file: MedicineFile, form: DoseForm) -> Handling | None:
    """What the medicine forbids for a form that is swallowed in pieces; None when it leaves that to the form."""
    for entry in file.handling:
        if form.name in entry.forms or (not entry.forms and form.unit in ("tablet", "capsule")):
            return Handling(entry.reason, str(file.sources[entry.source].record()), entry.split, entry.crush)
    return None
