"""What the page of a medicine shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from tallman.core.codes.ndc import NDC
from tallman.core.drug import DoseForm, Product
from tallman.core.knowledge import Knowledge
from tallman.core.quantity import Amount
from tallman.server import knowledge_in_use
from tallman.server.inventory.queries import lots, usable_amounts
from tallman.server.medicines import confusion, rules
from tallman.server.medicines.catalogue import Medicine, catalogue_of, schedule_of
from tallman.server.medicines.confusion import Confusion
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
    """The products of one dose form."""

    form: DoseForm
    lines: tuple[Line, ...]

    @property
    def brands(self) -> tuple[str, ...]:
        """The brands made in this form."""
        return tuple(dict.fromkeys(line.product.brand for line in self.lines if line.product.brand))

    @property
    def handling(self) -> str:
        """What must not be done to it; empty when both may be."""
        barred = [w for w, may in (("split", self.form.may_be_split), ("crushed", self.form.may_be_crushed)) if not may]
        return f"not to be {' or '.join(barred)}" if barred else ""


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
    ids = [p.id for p in medicine.products]
    stock = usable_amounts(ids, on)
    lines = {p.id: _line(p, stock, knowledge) for p in medicine.products}
    ingredients = [knowledge.ingredients[name] for name in medicine.ingredients]
    said: dict[str, Any] = {
        "medicine": medicine,
        "ingredients": ingredients,
        "product": lines[product.id] if product else None,
        "schedule": schedule_of(medicine.products, knowledge),
        "forms": list(_forms(medicine, lines)),
        "confusions": [_likeness(c, medicine, knowledge) for c in confusion.nearest(medicine)],
        "limits": rules.limits(medicine, knowledge),
        "interactions": rules.interactions(medicine, knowledge),
        "precautions": rules.precautions(medicine, knowledge),
        "monitoring": rules.monitoring(medicine, knowledge),
        "allergies": rules.allergies(medicine, knowledge),
        "classes": rules.classes(medicine, knowledge),
        "lots": [_marked(lot, on) for lot in lots().filter(item__product_id__in=ids, left__gt=0)],
        "knowledge": knowledge,
    }
    return said | {"gaps": list(_gaps(said))}


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


def _forms(medicine: Medicine, lines: Mapping[str, Line]) -> Iterator[Form]:
    by_form: defaultdict[str, list[Line]] = defaultdict(list)
    for product in medicine.products:
        by_form[product.form.name].append(lines[product.id])
    for found in by_form.values():
        found.sort(key=lambda line: (line.product.brand or "", line.product.strengths[0].amount.value))
        yield Form(found[0].product.form, tuple(found))


def _marked(lot: Any, on: date) -> Any:
    lot.state = "recalled" if lot.recalled_at else "expired" if lot.expires_on < on else ""
    return lot


def _gaps(said: Mapping[str, Any]) -> Iterator[str]:
    """What is not known of it. An empty list of rules never stands for "none are needed"."""
    for name, held in said["limits"].items():
        if not held:
            yield f"No dose limit of {name} is held: its doses are not checked."
    if not said["interactions"]:
        yield "No interaction rule speaks of it: none is known here, which does not mean that there is none."
    if not said["precautions"]:
        yield "Nothing is held of kidney, liver, age, pregnancy or conditions."
    if not said["allergies"]:
        yield "It belongs to no allergy group: an allergy is recognised only by its own name."
    if not any(line.ndcs for form in said["forms"] for line in form.lines):
        yield "No NDC of it is held: a scan is recognised only by what stock lists."
    without = sum(line.product.rxcui is None for form in said["forms"] for line in form.lines)
    if without:
        yield f"{without} of its products have no confirmed RxCUI."
    if not said["forms"]:
        yield "No product of it is held: it is known by its name only."
    records = [*said["interactions"], *said["precautions"], *(x for held in said["limits"].values() for x in held)]
    unreviewed = sum(not rule.is_reviewed for rule in records)
    if unreviewed:
        yield f"{unreviewed} of the {len(records)} rules on this page were signed by no pharmacist."
