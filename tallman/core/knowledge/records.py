"""Everything authored or imported, before it is indexed."""

from __future__ import annotations

from dataclasses import dataclass

from tallman.core.burden import Burden
from tallman.core.condition_names import ChartWord, ConditionName
from tallman.core.drug import DoseForm, Ingredient, Product
from tallman.core.knowledge.allergies import AllergyGroup
from tallman.core.knowledge.rules import DoseLimit, Interaction, MedicineClass
from tallman.core.lab import Lab
from tallman.core.law import Law
from tallman.core.precaution import Monitoring, Precaution
from tallman.core.quantity import Amount
from tallman.core.reasons import ReasonName
from tallman.core.rule import Review, Source
from tallman.core.transition import EqualDoses, TransitionHarm

__all__ = ["ConfusedNames", "Package", "Records", "ReleaseName"]


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
class ReleaseName:
    """What a name is that an imported release knows: its ingredients, where known; whether it is a brand, and sold."""

    ingredients: tuple[str, ...] = ()
    is_brand: bool = False
    is_sold: bool = False


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
    condition_words: tuple[ChartWord, ...] = ()
    reasons: tuple[ReasonName, ...] = ()
    equal_doses: tuple[EqualDoses, ...] = ()
    transition_harms: tuple[TransitionHarm, ...] = ()
