"""The records with the indexes that the checks look them up in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tallman.core.burden import Burden
from tallman.core.condition_names import ConditionNames
from tallman.core.drug import DoseForm, Ingredient, Listing, Product
from tallman.core.knowledge.allergies import AllergyGroup
from tallman.core.knowledge.records import Package, Records, ReleaseName
from tallman.core.knowledge.rules import DoseLimit, Interaction, MedicineClass
from tallman.core.lab import Lab
from tallman.core.law import Law
from tallman.core.precaution import Monitoring, Precaution
from tallman.core.rule import Review

__all__ = ["Knowledge"]


@dataclass(frozen=True, slots=True, eq=False)
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
    release_names: Mapping[str, ReleaseName] = field(default_factory=dict, repr=False)
    """Names that these know, of what no product is on record too: to be mistaken for, not to be read as a medicine."""
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
    conditions: ConditionNames = field(default_factory=ConditionNames, repr=False)
    """Conditions by their names and their SNOMED CT codes, as `core.condition_names.by_name` writes them."""
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """Codes by the words in which directions say what a medicine is for, as `core.reasons.by_words` writes them."""

    def ndcs_starting(self, digits: str) -> Iterator[str]:
        """The NDCs that begin with these digits: of a labeler, or of one of its products."""
        for at in range(bisect_left(self.ndcs, digits), len(self.ndcs)):
            if not self.ndcs[at].startswith(digits):
                return
            yield self.ndcs[at]
