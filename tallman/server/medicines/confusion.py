"""Names that are taken for each other: pairs on record, here or published, and products at a high risk of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from tallman.core.drug import Product
from tallman.core.knowledge import ConfusedNames, Knowledge, Source
from tallman.core.lookalike.pairs import KnownPairs
from tallman.core.lookalike.risk import HIGH, Risk, confusion_risk
from tallman.core.lookalike.search import universe_of
from tallman.core.lookalike.similarity import Similarity, similarity
from tallman.server import knowledge_in_use
from tallman.server.medicines.catalogue import Medicine
from tallman.server.medicines.models import LookAlikePair, key_of
from tallman.server.medicines.once import once
from tallman.server.medicines.search import Hit, find_by_name

__all__ = ["Confusion", "among", "known_of", "nearest", "others_of", "own_pairs_of", "pairs_in_use", "prepare"]

COMPARED = 6
"""So many products of a medicine in a list are compared with those of another: as many as are seen at once."""
NEAR = 0.5
"""Below this score a name is not worth naming."""
Own = tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two names that can be taken for each other. `sources` say who says so; without any they are only alike."""

    one: str
    other: str
    similarity: Similarity
    sources: tuple[Source, ...] = ()
    is_own: bool = False
    """Whether the pair is of this pharmacy's own."""
    risk: Risk | None = None
    """What makes the mistake easy or catches it, of the two products of a list that are nearest to each other."""

    @property
    def is_known(self) -> bool:
        """Whether they were mixed up before, here or elsewhere."""
        return bool(self.sources)

    @property
    def words(self) -> str:
        """What is said beside the two names."""
        return "known to be mixed up" if self.is_known else "spelled or spoken alike"


def pairs_in_use() -> KnownPairs:
    """The pharmacy's own pairs that count now, and those of the knowledge; one query a request."""
    return _known(knowledge_in_use.current(), once(_own))


def _own() -> Own:
    rows = LookAlikePair.objects.filter(retired_at=None).order_by("-at")
    return tuple((r.one, r.other, r.origin, r.why, f"{r.at:%Y-%m-%d}") for r in rows)


@lru_cache(maxsize=4)
def _known(knowledge: Knowledge, own: Own) -> KnownPairs:
    return KnownPairs([*_ours(own), *knowledge.records.lookalikes])


def _ours(own: Own) -> Iterator[ConfusedNames]:
    return (ConfusedNames(one, other, (Source(title, why, on),)) for one, other, title, why, on in own)


def own_pairs_of(product_id: str, text: str = "") -> list[ConfusedNames]:
    """This pharmacy's own pairs that a name of a product is in; of one that is not known, its text."""
    product = knowledge_in_use.current().products.get(product_id)
    pairs = KnownPairs(_ours(once(_own)))
    return list(dict.fromkeys(pair for name in (_names(product) if product else [text]) for _, pair in pairs.of(name)))


def known_of(product: Product) -> list[Confusion]:
    """The names that a product's names are known to be taken for: this pharmacy's own first, then the most alike."""
    return _known_to(_names(product))


def _names(product: Product) -> list[str]:
    """The names it is read by: of a combination's parts the first."""
    return list(filter(None, (product.brand, " / ".join(product.ingredients), product.ingredients[0])))


def _known_to(names: Iterable[str]) -> list[Confusion]:
    names = list(dict.fromkeys(names))
    own, pairs, found = {key_of(n) for n in names}, pairs_in_use(), {}
    for name in names:
        for other, pair in pairs.of(name):
            if key_of(other) not in own:
                confusion = Confusion(name, other, similarity(name, other), pair.sources, pair.review is None)
                found.setdefault(key_of(other), confusion)
    return sorted(found.values(), key=lambda c: (not c.is_own, -c.similarity.score))


def among(hits: Iterable[Hit]) -> list[Confusion]:
    """The names of one list that must be told apart: known pairs first, then those at a high risk of confusion.

    Two names are told once, of however many medicines they are.
    """
    pairs, knowledge = pairs_in_use(), knowledge_in_use.current()
    found = filter(None, (_between(one, other, pairs, knowledge) for one, other in combinations(hits, 2)))
    worst_first = sorted(found, key=lambda c: (not c.is_known, -(c.risk.score if c.risk else c.similarity.score)))
    told: dict[frozenset[str], Confusion] = {}
    for pair in worst_first:
        told.setdefault(frozenset((key_of(pair.one), key_of(pair.other))), pair)
    return list(told.values())


def others_of(hit: Hit, confusions: Iterable[Confusion]) -> Iterator[str]:
    """The names that a medicine of a list is confused with, each once, out of the confusions of the list."""
    own, told = set(_listed(hit)), set[str]()
    for pair in confusions:
        other = pair.other if pair.one in own else pair.one if pair.other in own else ""
        if other and key_of(other) not in told:
            told.add(key_of(other))
            yield other


def _between(one: Hit, other: Hit, pairs: KnownPairs, knowledge: Knowledge) -> Confusion | None:
    if set(one.medicine.ingredients) & set(other.medicine.ingredients):
        return None  # a combination beside its part is read by its other part
    for a in _listed(one):
        for b in _listed(other):
            if pair := pairs.find(a, b):
                return Confusion(a, b, similarity(a, b), pair.sources, pair.review is None)
    alike = similarity(_shown(one), _shown(other))
    if alike.score < HIGH:
        return None  # the names are the most that a risk can be
    risk = _nearest_products(one, other, pairs, knowledge)
    return Confusion(_shown(one), _shown(other), alike, risk=risk) if risk and risk.level == "high" else None


def _nearest_products(one: Hit, other: Hit, pairs: KnownPairs, knowledge: Knowledge) -> Risk | None:
    """The risk between the two products of two medicines that are most easily taken for each other."""
    risks = (
        confusion_risk(mine, its, knowledge, pairs=pairs)
        for mine in one.products[:COMPARED]
        for its in other.products[:COMPARED]
    )
    return max(risks, key=lambda risk: risk.score, default=None)


def _shown(hit: Hit) -> str:
    """The name under which it stands in the list, as it was found; its whole name where that is a later part's."""
    return hit.by if hit.by and hit.by not in hit.medicine.ingredients[1:] else hit.medicine.name


def _listed(hit: Hit) -> list[str]:
    """The names by which it is told from others in the list. A combination is read by its first part and its brands:
    lisinopril / hydrochlorothiazide is not taken for hydroxychloroquine."""
    brands = (p.brand for p in hit.products if p.brand)
    return list(dict.fromkeys((_shown(hit), hit.medicine.name, hit.medicine.ingredients[0], *brands)))


def nearest(medicine: Medicine, k: int = 8) -> list[Confusion]:
    """What a medicine's name can be taken for, out of all names: pairs on record first, then the nearest."""
    known = _known_to(n for n in medicine.names if n not in medicine.ingredients[1:])
    said = {key_of(c.other) for c in known}
    others = universe_of(knowledge_in_use.current()).nearest(medicine.name, k + len(known), pairs_in_use())
    alike = [
        Confusion(medicine.name, n.name, n.similarity)
        for n in others
        if key_of(n.name) not in said and not n.is_same and n.similarity.score >= NEAR
    ]
    return [*known, *sorted(alike[:k], key=lambda c: -c.similarity.score)]


def prepare(knowledge: Knowledge) -> None:
    """Build what finds and compares names in a version of the knowledge."""
    find_by_name("aspirin", knowledge)
    universe_of(knowledge)
    _known(knowledge, ())
