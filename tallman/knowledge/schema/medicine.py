"""The file of one medicine: what it is, what it is made into, how much of it, how it is handled."""

from __future__ import annotations

from tallman.core.drug import DoseForm, Ingredient, Strength
from tallman.core.quantity import Amount, parse_amount
from tallman.knowledge.schema.parts import Age, ReviewEntry, SourceEntry, Strict

__all__ = ["FormEntry", "HandlingEntry", "LimitEntry", "MedicineFile", "ProductsEntry", "ingredient_record"]


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

    `unit_of_use` is the container it is handed over in, or a list where there are several; what is metered may name the
    weight or volume it is ordered by as well ("8.5 g = 200 puff"). `also_written` are other ways to write a strength:
    the salt for the base ("22.3 mg/mL" of dorzolamide hydrochloride for 20 mg/mL), the element, milliequivalents.
    """

    form: str
    strengths: dict[str, str | None] = {}
    brands: dict[str, dict[str, str | None]] = {}
    ndc: dict[str, list[str]] = {}
    unit_of_use: str | list[str] | None = None
    salt: str = ""
    also_written: dict[str, list[str]] = {}

    def sizes(self, strengths: tuple[Strength, ...], form: DoseForm) -> tuple[Amount, ...]:
        """The containers, by the record or, for a form filled to its strength ("10 mg/0.2 mL"), by that volume."""
        if self.unit_of_use:
            return tuple(dict.fromkeys(parse_amount(text.rpartition(" = ")[2]) for text in self._written()))
        held = strengths[0].per
        return (held,) if form.is_filled and held.value != 1 else ()

    def written_sizes(self) -> tuple[tuple[Amount, Amount], ...]:
        """The weight or volume by which a container is ordered, and what it gives, where the record names both."""
        pairs = (text.split(" = ") for text in self._written() if " = " in text)
        return tuple((parse_amount(written), parse_amount(held)) for written, held in pairs)

    def _written(self) -> list[str]:
        return [self.unit_of_use] if isinstance(self.unit_of_use, str) else self.unit_of_use or []


class LimitEntry(Strict):
    """One dose limit. Amounts are "80 mg", "90 mg/kg" or "1250 mg/m2" (all of one entry alike)."""

    route: str | list[str]
    source: str
    age: Age | None = None
    release: str | None = None
    forms: list[str] = []
    salts: list[str] = []
    combined_with: list[str] = []
    strengths: list[str] = []
    indications: list[str] = []
    said: list[str] = []
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
    every_days: int | None = None
    times_a_day: int | None = None
    max_days: int | None = None
    min_days: int | None = None
    daily_low: str | None = None
    mme: str | None = None
    naive_max: str | None = None
    days_a_month: int | None = None
    worn_at_once: int | None = None
    worn_hours: int | None = None
    steady_max: str | None = None
    loading_days: int = 0
    single_low: str | None = None
    doses_over: str | None = None


class HandlingEntry(Strict):
    """What the label says of tablets and capsules of the named forms, whatever the form alone would allow.

    Without a form it is for all of them, and allows nothing that a form forbids. `open` is of capsules: their contents
    sprinkled on food.
    """

    reason: str
    source: str
    split: bool = False
    crush: bool = False
    open: bool | None = None
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

    @property
    def parts(self) -> list[str]:
        """The ingredients, in the order of the strengths."""
        return self.ingredients or [self.name]


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
