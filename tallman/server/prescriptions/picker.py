"""What the product picker lists for a text: medicines apart from each other, their products below, nothing chosen."""

from __future__ import annotations

from dataclasses import dataclass, field

from tallman.core.drug import Product
from tallman.core.quantity import Amount
from tallman.server import knowledge_in_use
from tallman.server.inventory.queries import usable_amounts
from tallman.server.medicines.catalogue import schedule_of
from tallman.server.medicines.confusion import Confusion, among, others_of
from tallman.server.medicines.names import display
from tallman.server.medicines.search import Hit, find
from tallman.server.prescriptions.matching import medicine_of
from tallman.server.prescriptions.models import Prescription
from tallman.server.web import clock

__all__ = ["Group", "Listing", "Option", "listing"]

MOST_MEDICINES, MOST_PRODUCTS, LEAST_EACH = 12, 24, 6
"""How much is listed: of every medicine some products, so that none hides behind another."""
MANY, TELLING = 3, 5
"""Of more medicines than this, for fewer letters than this, more letters are asked for."""


@dataclass(frozen=True, slots=True)
class Option:
    """A product to choose, with what tells it from its neighbours."""

    key: str
    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A medicine of the list.

    `mixed` are the others in it that it is known to be taken for, `alike` those only spelled or spoken alike; `by` the
    name it was found by where that is another, `more` how many of its products are not shown, `differs` that the
    message names another.
    """

    name: str
    by: str
    options: tuple[Option, ...]
    more: int
    differs: bool
    mixed: tuple[str, ...]
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What fits a text. `left_out` counts medicines beyond those shown."""

    groups: tuple[Group, ...]
    confusions: list[Confusion] = field(default_factory=list)
    left_out: int = 0
    read_as: str = ""
    note: str = ""

    @property
    def said(self) -> str:
        """The list in one sentence."""
        if not self.groups:
            return self.note
        products, medicines = sum(len(g.options) for g in self.groups), len(self.groups)
        return f"{_count(products, 'product')} of {_count(medicines, 'medicine')}; none is chosen."

    @property
    def known_pairs(self) -> list[Confusion]:
        """Those in the list that were mixed up before."""
        return [pair for pair in self.confusions if pair.is_known]

    @property
    def careful(self) -> str:
        """The warning of the list as it is read out."""
        pairs = [f"{display(c.one)} and {display(c.other)}" for c in self.known_pairs]
        return f"Careful, known to be mixed up: {'; '.join(pairs)}." if pairs else ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def listing(row: Prescription, text: str) -> Listing:
    """The products for a text or a scanned code, for the prescription in entry. Three queries at most."""
    knowledge = knowledge_in_use.current()
    found = find(text, knowledge)
    held = [hit for hit in found.hits if hit.products]
    hits, note = held[:MOST_MEDICINES], found.note
    if found.hits and not held:
        note = f"No product of {display(found.hits[0].medicine.name)} is held here."
    if len(held) > MANY and len(text.strip()) < TELLING:
        note = f"{TELLING} letters tell most names apart."
    confusions = among(hits)
    stock = usable_amounts([p.id for hit in hits for p in hit.products], clock.today())
    each = max(LEAST_EACH, MOST_PRODUCTS // max(1, len(hits)))
    meant = medicine_of(row)
    named = {i.name for i in meant.ingredients} if meant.is_known and not meant.conflict else set()
    groups = tuple(_group(hit, confusions, stock, each, named) for hit in hits)
    return Listing(groups, confusions, len(held) - len(hits), found.read_as, note)


def _group(hit: Hit, confusions: list[Confusion], stock: dict[str, list[Amount]], each: int, named: set[str]) -> Group:
    shown = sorted(hit.products, key=lambda p: p.id not in stock)[:each]
    return Group(
        name=hit.medicine.name,
        by="" if hit.by in (hit.medicine.name, *hit.medicine.ingredients) else hit.by,
        options=tuple(_option(p, stock.get(p.id, [])) for p in hit.products if p in shown),
        more=len(hit.products) - len(shown),
        differs=bool(named) and named != set(hit.medicine.ingredients),
        mixed=tuple(others_of(hit, (c for c in confusions if c.is_known))),
        alike=tuple(others_of(hit, (c for c in confusions if not c.is_known))),
    )


def _option(product: Product, stock: list[Amount]) -> Option:
    kind = f"brand of {' / '.join(product.ingredients)}" if product.brand else "generic"
    left = f"{' and '.join(map(str, stock))} on hand" if stock else "none on hand"
    schedule = schedule_of([product], knowledge_in_use.current())
    return Option(product.id, product.name, tuple(filter(None, [kind, schedule, left])))
