"""What a medicine is: ingredients, strengths, dose forms and the products made of them.

The shapes follow RxNorm: an ingredient (IN), its strength in a product (SCDC), the clinical drug (SCD) and
the branded drug (SBD).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from tallman.core.derived import Derived
from tallman.core.quantity import Amount

__all__ = [
    "DOSED_WHOLE", "NOT_COUNTED", "Certainty", "DoseForm", "Handling", "Ingredient", "Listing", "Medicine", "Product",
    "Strength",
]  # fmt: skip

DOSED_WHOLE = frozenset({"tazobactam", "sulbactam", "avibactam", "vaborbactam", "relebactam"})
"""What is counted in: a dose in grams of a mixture with one of these is one of the whole mixture."""
NOT_COUNTED = frozenset({"cilastatin"})
"""What a dose in milligrams leaves out: 500 mg of imipenem and cilastatin is 500 mg of imipenem."""


@dataclass(frozen=True, slots=True)
class DoseForm:
    """A dose form: "extended release oral tablet".

    `routes` lists the routes it is made for, the usual one first; `unit` is what one counts or measures
    ("tablet", "mL", "puff"); `release` is immediate, extended or delayed; `is_filled` marks syringes and pens, whose
    strength per volume ("10 mg/0.2 mL") is that of one whole container.
    """

    name: str
    routes: tuple[str, ...]
    unit: str
    release: str = "immediate"
    may_be_split: bool = True
    may_be_crushed: bool = True
    is_filled: bool = False


@dataclass(frozen=True, slots=True)
class Ingredient:
    """An active ingredient, the level at which most clinical rules speak.

    `rxcui` is the RxNorm concept (None when not confirmed), `tall_man` the name as it is displayed,
    `synonyms` the salts, abbreviations and other names it is written by, `classes` the ids of the classes
    of our own that it belongs to, `indications` ICD-10-CM prefixes of its labelled and usual uses, `systemic_by` the
    routes that are local for most medicines and by which this one reaches the whole body (diazepam: nasal).
    `is_supply` marks what is no medicine (test strips, pen needles): it is recognised, and no clinical check is for it.
    `origin` says where the record came from ("authored", "named" for a bare name without a record, or the name of an
    imported release): of those that are not authored nothing is known but their names.
    """

    name: str
    rxcui: str | None
    tall_man: str
    synonyms: tuple[str, ...] = ()
    schedule: str | None = None
    classes: frozenset[str] = frozenset()
    indications: tuple[str, ...] = ()
    systemic_by: tuple[str, ...] = ()
    is_supply: bool = False
    origin: str = "authored"

    @property
    def is_authored(self) -> bool:
        """Whether somebody has written down what is known of it, so that a check finding nothing means something."""
        return self.origin == "authored"


@dataclass(frozen=True, slots=True)
class Handling:
    """What may be done to a medicine where its label says otherwise than its dose form, why, and the source of that.

    `may_be_opened` is of a capsule, its contents sprinkled on food: None where the label says nothing of it.
    """

    reason: str
    source: str
    may_be_split: bool = False
    may_be_crushed: bool = False
    may_be_opened: bool | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """How much of one ingredient is in `per` of the product: 400 mg per 5 mL, 10 mg per 1 tablet."""

    ingredient: str
    amount: Amount
    per: Amount

    def __str__(self) -> str:
        per = "" if self.per.value == 1 and self.per.dimension == self.per.unit else f"/{self.per}"
        return f"{self.amount}{per.replace('/1 ', '/')}"


@dataclass(frozen=True, slots=True)
class Product:
    """One orderable product: what an SCD (generic) or SBD (`brand`) is in RxNorm.

    `id` is the RxCUI where one is confirmed, else a slug of our own; `strengths` has one entry an
    ingredient; `salt` is named where it tells products apart (succinate, tartrate); `origin` says where
    the record came from ("authored" or the name of an imported release). `sizes` are the containers it is handed over
    in (a 2.5 mL dropper bottle, a 3 mL pen), `unit_of_use` is set where there is only one.
    `written_sizes` pair what a metered container is ordered by with what it gives: 8.5 g, 200 puffs. `also_written` are
    the same strengths counted otherwise: as the salt where the label counts the base, or the other way round.
    """

    id: str
    name: str
    tall_man: str
    form: DoseForm
    strengths: tuple[Strength, ...]
    rxcui: str | None = None
    brand: str | None = None
    schedule: str | None = None
    unit_of_use: Amount | None = None
    salt: str = ""
    origin: str = "authored"
    sizes: tuple[Amount, ...] = ()
    handling: Handling | None = None
    written_sizes: tuple[tuple[Amount, Amount], ...] = ()
    also_written: tuple[tuple[Strength, ...], ...] = ()

    @property
    def may_be_split(self) -> bool:
        """Whether the medicine or, where nothing is said of it, its dose form allows to split it."""
        return self.handling.may_be_split if self.handling else self.form.may_be_split

    @property
    def may_be_crushed(self) -> bool:
        """Whether the medicine or, where nothing is said of it, its dose form allows to crush it."""
        return self.handling.may_be_crushed if self.handling else self.form.may_be_crushed

    @property
    def may_be_opened(self) -> bool | None:
        """Whether a capsule may be opened and its contents sprinkled on food; None where nothing is on record."""
        return self.handling.may_be_opened if self.handling else None

    @property
    def ingredients(self) -> tuple[str, ...]:
        """Names of the ingredients, in the order of the strengths."""
        return tuple(s.ingredient for s in self.strengths)

    @property
    def route(self) -> str | None:
        """The usual route of its form; None where the form says none."""
        return self.form.routes[0] if self.form.routes else None

    def strength_text(self) -> str:
        """The strength as a label writes it: "20 mg / 12.5 mg"."""
        return " / ".join(str(s) for s in self.strengths)


@dataclass(frozen=True, slots=True)
class Listing:
    """A package as the FDA's NDC directory lists it, in the directory's words.

    `ndc` has 11 or 12 digits; `category` is how it is marketed (NDA, ANDA, BLA, unapproved …), `application` the number
    of its approval, `package` the description of the package; `started` and `ended` are days of marketing, YYYYMMDD.
    `equivalence` is the therapeutic equivalence code of Drugs@FDA ("AB", "BX"), "" where none is known. What is not
    `is_finished` is material for compounding and manufacturing.
    """

    ndc: str
    name: str
    generic: str = ""
    form: str = ""
    route: str = ""
    labeler: str = ""
    category: str = ""
    application: str = ""
    schedule: str = ""
    package: str = ""
    started: str = ""
    ended: str = ""
    is_finished: bool = True
    equivalence: str = ""
    origin: str = ""


class Certainty(StrEnum):
    """How far the identity of a medicine is proved."""

    PRODUCT = "product"
    PARTIAL = "partial"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Medicine(Derived):
    """A medicine as far as it could be identified: a product, or the narrowest thing provable.

    `text` is what was received; `product` is set when certainty is PRODUCT. For PARTIAL, `ingredients` (and
    where they were read `strengths`, `form`, `route`) hold what is certain. For AMBIGUOUS, `candidates` holds the
    readings that differ, each a product id or an ingredient name, best first. `unread` are the spans of `text` that
    nothing was made of. `conflict` says how a code and the text beside it disagree, when they do; `reason` why
    no more is proved than that, or what speaks against a route that is written. `may_be_swallowed` tells of a form left
    open that a tablet or capsule is among those that fit the strength as written.
    """

    text: str
    certainty: Certainty
    product: Product | None = None
    ingredients: tuple[Ingredient, ...] = ()
    strengths: tuple[Strength, ...] = ()
    form: DoseForm | None = None
    route: str | None = None
    brand: str | None = None
    candidates: tuple[str, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    confidence: int = 0
    conflict: str | None = None
    reason: str | None = None
    may_be_swallowed: bool = False

    @cached_property
    def is_known(self) -> bool:
        """Whether every active ingredient is certain, so that the clinical checks can run."""
        return bool(self.ingredients) and self.certainty in (Certainty.PRODUCT, Certainty.PARTIAL)

    def __hash__(self) -> int:
        """Equal medicines have equal texts, and one text mostly means one medicine: no need to look further."""
        return hash(self.text)

    @cached_property
    def is_supply(self) -> bool:
        """Whether it is certain that this is a supply, not a medicine."""
        return self.is_known and all(i.is_supply for i in self.ingredients)

    @cached_property
    def is_authored(self) -> bool:
        """Whether somebody has written down what is known of all its ingredients."""
        return all(i.is_authored for i in self.ingredients)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all its ingredients together."""
        return frozenset(i.name for i in self.ingredients)

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of all its ingredients together."""
        return frozenset().union(*(i.classes for i in self.ingredients))

    def is_any_of(self, names: frozenset[str]) -> bool:
        """Whether one of its ingredients, or of their classes, is among these."""
        return not (names.isdisjoint(self.names) and names.isdisjoint(self.classes))

    @cached_property
    def spoken_name(self) -> str:
        """The name to speak of it by: its ingredients in tall-man letters with the brand, else the text as received."""
        brand = self.product.brand if self.product else self.brand
        plain = " / ".join(i.tall_man for i in self.ingredients) if self.is_known else self.text
        return f"{plain} ({brand})" if brand and brand.lower() not in plain.lower() else plain

    @cached_property
    def name(self) -> str:
        """The name to show: tall-man where the medicine is known, else the text as received."""
        if self.product:
            return self.product.tall_man
        if self.ingredients and self.certainty is Certainty.PARTIAL:
            strength = " / ".join(str(s) for s in self.strengths)
            return " ".join(filter(None, [" / ".join(i.tall_man for i in self.ingredients), strength]))
        return self.text
