"""What the page of a medicine shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from tallman.core.codes.ndc import NDC
from tallman.core.drug import Product
from tallman.core.knowledge import Knowledge
from tallman.core.quantity import Amount
from tallman.knowledge.describe import describe
from tallman.server import knowledge_in_use
from tallman.server.inventory.queries import lots, usable_amounts
from tallman.server.medicines import confusion
from tallman.server.medicines.catalogue import Medicine, catalogue_of, schedule_of
from tallman.server.medicines.confusion import Confusion
from tallman.server.medicines.held import Section, sections
from tallman.server.medicines.models import key_of

__all__ = ["Form", "Likeness", "Line", "medicine_of", "page_of"]


@dataclass(frozen=True, slots=True)
class Line:
    """One product with its codes and what is on hand of it; `ndcs` have hyphens."""

    product: Product
    ndcs: tuple[str, ...]
    on_hand: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The products of one dose form; `handling` is what must not be done to it."""

    name: str
    handling: str
    lines: tuple[Line, ...]

    @property
    def brands(self) -> tuple[str, ...]:
        """The brands made in this form."""
        return tuple(dict.fromkeys(line.product.brand for line in self.lines if line.product.brand))


@dataclass(frozen=True, slots=True)
class Likeness:
    """A name that it is taken for: the score and its parts in percent, and the page of the other medicine."""

    confusion: Confusion
    parts: tuple[str, ...]
    address: str
    is_of_another_name: bool


def medicine_of(ref: str, knowledge: Knowledge) -> tuple[Medicine, Product | None] | None:
    """The medicine of an address: its slug, the id of a product (which then is shown first), or an RxCUI."""
    catalogue = catalogue_of(knowledge)
    if ref in catalogue.by_slug:
        return catalogue.by_slug[ref], None
    meant = knowledge.products.get(ref) or knowledge.by_rxcui.get(ref)
    if isinstance(meant, Product):
        return catalogue.of(meant), meant
    return (catalogue.by_ingredients[frozenset({meant.name})], None) if meant else None


def page_of(medicine: Medicine, product: Product | None, on: date) -> dict[str, Any]:
    """Everything the page says, for a day; three queries, whatever there is."""
    knowledge = knowledge_in_use.current()
    description = describe(medicine.ingredients, knowledge)
    ids = [p.id for p in medicine.products]
    stock = usable_amounts(ids, on)
    lines = {p.id: _line(p, stock, knowledge) for p in medicine.products}
    held = sections(medicine, description, knowledge)
    return {
        "medicine": medicine,
        "ingredients": [knowledge.ingredients[name] for name in medicine.ingredients],
        "combined": description.combined,
        "product": lines[product.id] if product else None,
        "schedule": schedule_of(medicine.products, knowledge),
        "forms": list(_forms(lines, {form.name: form.handling for form in description.forms})),
        "confusions": [_likeness(c, medicine, knowledge) for c in confusion.nearest(medicine)],
        "sections": held,
        "classes": [s for s in description.statements if s.subject == "Classes"],
        "lots": [_marked(lot, on) for lot in lots().filter(item__product_id__in=ids, left__gt=0)],
        "gaps": [*description.gaps, *_gaps(held, lines.values())],
        "knowledge": knowledge,
    }


def _likeness(confusion: Confusion, medicine: Medicine, knowledge: Knowledge) -> Likeness:
    alike, other = confusion.similarity, catalogue_of(knowledge).by_name.get(key_of(confusion.other))
    return Likeness(
        confusion,
        tuple(f"{100 * part:.0f}" for part in (alike.score, alike.spelling, alike.sound, alike.beginning)),
        reverse("medicines:medicine", args=[other.slug]) if other else "",
        confusion.one != medicine.name,
    )


def _line(product: Product, stock: Mapping[str, list[Amount]], knowledge: Knowledge) -> Line:
    ndcs = (NDC(n[:-6], n[-6:-2], n[-2:]) for n in knowledge.ndcs_of.get(product.id, ()))
    return Line(product, tuple(map(str, ndcs)), tuple(stock.get(product.id, ())))


def _forms(lines: Mapping[str, Line], handling: Mapping[str, str]) -> Iterator[Form]:
    by_form: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines.values():
        by_form[line.product.form.name].append(line)
    for name, found in by_form.items():
        found.sort(key=lambda line: (line.product.brand or "", line.product.strengths[0].amount.value))
        yield Form(name, handling.get(name, ""), tuple(found))


def _marked(lot: Any, on: date) -> Any:
    lot.state = "recalled" if lot.recalled_at else "expired" if lot.expires_on < on else ""
    return lot


def _gaps(held: Iterable[Section], lines: Collection[Line]) -> Iterator[str]:
    """What else is missing on this page."""
    if lines and not any(line.ndcs for line in lines):
        yield "no NDC is on record: a scan is recognised only by what stock lists"
    rules = sum(len(section.statements) for section in held)
    if unsigned := sum(section.unsigned for section in held):
        yield f"unreviewed, signed by no pharmacist: {unsigned} of the {rules} statements on this page"
