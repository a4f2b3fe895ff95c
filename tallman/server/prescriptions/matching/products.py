"""Which product a received prescription may mean.

What the text and the codes prove stands first; then what a pharmacy may dispense for it, then what remains open. Where
text and code disagree, or the text fits several medicines, nothing is highlighted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tallman.core.drug import Certainty, Medicine, Product
from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.core.quantity import Amount
from tallman.core.substitution import Difference, difference
from tallman.server import knowledge_in_use
from tallman.server.inventory.queries import usable_amounts
from tallman.server.medicines import confusion
from tallman.server.medicines.catalogue import catalogue_of, schedule_of
from tallman.server.medicines.names import display
from tallman.server.medicines.search import Hit, find
from tallman.server.prescriptions.matching.candidate import Candidate, Points, ranked
from tallman.server.prescriptions.models import Prescription
from tallman.server.web import clock

__all__ = ["medicine_doubts", "medicine_of", "mixed_up", "product_candidate", "products_for"]

Graded = tuple[Product, int, str]
"""A product, its points, and why it is proposed."""

_NAMED = 4
"""How many look-alikes of a product are named."""
_PLAIN = ("oral tablet", "oral capsule")
_OF_ONE_MEDICINE = 60
"""Products of one medicine that are looked at when its text names no strength."""


def medicine_of(prescription: Prescription) -> Medicine:
    """The medicine as received, as far as its text and codes prove it."""
    knowledge = knowledge_in_use.current()
    codes = {"rxcui": prescription.received_rxcui or None, "ndc": prescription.received_ndc or None}
    return identify(prescription.received_medicine, knowledge, **codes)


def medicine_doubts(prescription: Prescription) -> list[str]:
    """What is wrong or open with the medicine as received, worst first. Empty when one product is proved."""
    medicine = medicine_of(prescription)
    if medicine.conflict:
        conflict = medicine.conflict[:1].upper() + medicine.conflict[1:]
        return [f"The code and the text disagree. {conflict}. Ask the prescriber which is meant."]
    if medicine.certainty is Certainty.UNKNOWN:
        return [f"Not recognised: {medicine.reason or 'no such medicine is known here'}."]
    if medicine.certainty is Certainty.AMBIGUOUS:
        return [
            f"May mean more than one medicine: {medicine.reason or 'see below'}. Ask if the list does not settle it."
        ]
    if medicine.certainty is Certainty.PARTIAL:
        return [f"The message does not name one product: {medicine.reason or 'strength or form is open'}."]
    return []


def products_for(prescription: Prescription, text: str = "") -> list[Candidate]:
    """Products, best first, for the medicine as received. With `text`, those it finds instead: "metf 500"."""
    knowledge = knowledge_in_use.current()
    medicine = medicine_of(prescription)
    if text.strip():
        graded = [(p, 50 - i, "found by what was typed") for i, p in enumerate(_typed(text, knowledge))]
    else:
        graded = list(_likely(medicine, prescription, knowledge))
    return ranked(_weighed(graded, medicine, prescription, knowledge))


def product_candidate(prescription: Prescription, product: Product) -> Candidate:
    """One product weighed against the medicine as received."""
    knowledge, medicine = knowledge_in_use.current(), medicine_of(prescription)
    graded = [g for g in _likely(medicine, prescription, knowledge) if g[0] is product]
    chosen = graded[:1] or [(product, 0, "not named by the message")]
    return _weighed(chosen, medicine, prescription, knowledge)[0]


def _weighed(
    graded: list[Graded], medicine: Medicine, prescription: Prescription, knowledge: Knowledge
) -> list[Candidate]:
    unique = {p.id: (p, score, why) for p, score, why in reversed(graded)}
    stock = usable_amounts(unique, clock.today())
    named = None if medicine.conflict else medicine.product
    return [
        replace(
            _candidate(product, score, why, knowledge, stock.get(product.id, [])),
            is_exact=product is named,
            warnings=(
                *_other_medicine(product, medicine),
                *_written_as(product, named, prescription),
                *_lookalikes(product),
            ),
        )
        for product, score, why in unique.values()
    ]


def _other_medicine(product: Product, medicine: Medicine) -> Iterator[str]:
    """What the message names for certain and this is not."""
    if medicine.conflict or not medicine.is_known:
        return
    if {i.name for i in medicine.ingredients} != {*product.ingredients}:
        yield f"Another medicine than the message names: {medicine.name}."
    elif medicine.product and difference(medicine.product, product, substitution=True):
        yield f"Another strength or form than the message names: {medicine.product.tall_man}."


def _written_as(product: Product, named: Product | None, prescription: Prescription) -> Iterator[str]:
    if named is not None and prescription.dispense_as_written:
        if difference(named, product, substitution=False) is Difference.SUBSTITUTION:
            yield f"The prescriber says: dispense {named.tall_man} as written."


def _lookalikes(product: Product) -> Iterator[str]:
    if names := [display(pair.other) for pair in confusion.known_of(product)]:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"Looks like {', '.join(names[:_NAMED])}{more}: read the name letter by letter."


def mixed_up(candidates: Iterable[Candidate]) -> list[confusion.Confusion]:
    """Which of these products have names that are known to be taken for each other."""
    knowledge = knowledge_in_use.current()
    by_medicine: dict[str, list[Product]] = {}
    for product in (knowledge.products[c.key] for c in candidates if c.key in knowledge.products):
        by_medicine.setdefault(catalogue_of(knowledge).of(product).slug, []).append(product)
    medicines = catalogue_of(knowledge).by_slug
    hits = [Hit(medicines[slug], tuple(found), "") for slug, found in by_medicine.items()]
    return [pair for pair in confusion.among(hits) if pair.is_known]


def _likely(medicine: Medicine, prescription: Prescription, knowledge: Knowledge) -> Iterator[Graded]:
    if medicine.product:
        yield medicine.product, 90, _why(medicine, prescription)
        yield from _equivalents(medicine.product, prescription, knowledge)
    yield from _readings(medicine, knowledge)
    if medicine.certainty is Certainty.PARTIAL and not medicine.candidates:
        names = [i.name for i in medicine.ingredients]
        reason = "the text names the medicine, not the strength"
        for i, product in enumerate(_plainest(_all_of(names, knowledge), medicine)):
            yield product, 50 - i, reason


def _why(medicine: Medicine, prescription: Prescription) -> str:
    if medicine.conflict:
        return _reading(medicine, 0)
    codes = [
        w for w, code in (("RxNorm code", prescription.received_rxcui), ("NDC", prescription.received_ndc)) if code
    ]
    if medicine.confidence == 100 and codes:
        return f"{' and '.join(codes)} and text agree" if prescription.received_medicine else f"{codes[0]} names it"
    return "the text names exactly this"


def _equivalents(product: Product, prescription: Prescription, knowledge: Knowledge) -> Iterator[Graded]:
    """What may be dispensed for it where substitution is allowed: the generic first, then brands."""
    for other in _all_of(list(product.ingredients), knowledge):
        if other.id != product.id and difference(product, other, substitution=True) is None:
            word = f"brand of {product.name}" if other.brand else f"generic of {product.brand}"
            yield other, 70 if other.brand is None else 55, f"same medicine, strength and form: {word}"


def _readings(medicine: Medicine, knowledge: Knowledge) -> Iterator[Graded]:
    """The readings that an open text leaves: products, or every product of a medicine it may name."""
    for i, reading in enumerate(medicine.candidates):
        if reading in knowledge.products:
            yield knowledge.products[reading], 60 - i, _reading(medicine, i)
            continue
        names = reading.split(" / ")
        for j, product in enumerate(_plainest(_all_of(names, knowledge), medicine)[:4]):
            yield product, 45 - i - j, f"the text may mean {reading}"


def _reading(medicine: Medicine, place: int) -> str:
    if medicine.conflict:
        return "the code means this" if place == 0 else "the text says this"
    return "fits what is written"


def _all_of(ingredients: list[str], knowledge: Knowledge) -> list[Product]:
    wanted = set(ingredients)
    held = knowledge.products_of.get(ingredients[0], ()) if ingredients else ()
    return [p for p in held if set(p.ingredients) == wanted]


def _plainest(products: Iterable[Product], medicine: Medicine) -> list[Product]:
    """Those that fit what is said of form and brand first, then plain tablets and capsules, small strengths first."""

    def order(p: Product) -> tuple[bool, bool, bool, object]:
        fits = medicine.form is None or p.form == medicine.form
        is_brand = (p.brand or "").lower() != (medicine.brand or "").lower()
        return not fits, is_brand, p.form.name not in _PLAIN, p.strengths[0].amount.value

    return sorted(products, key=order)[:_OF_ONE_MEDICINE]


def _typed(text: str, knowledge: Knowledge) -> list[Product]:
    """The products that a text or a code finds; else what the text is identified as."""
    if found := find(text, knowledge).products:
        return list(found[:_OF_ONE_MEDICINE])
    medicine = identify(text, knowledge)
    return [p for p, _, _ in _readings(medicine, knowledge)] or ([medicine.product] if medicine.product else [])


def _candidate(product: Product, score: int, why: str, knowledge: Knowledge, stock: list[Amount]) -> Candidate:
    points = Points()
    points.agrees(score, why)
    if stock:
        points.score += 3
    return Candidate(
        key=product.id,
        name=product.tall_man,
        facts=tuple(filter(None, [
            "brand" if product.brand else "generic",
            schedule_of([product], knowledge),
            f"{' and '.join(map(str, stock))} on hand" if stock else "none on hand",
        ])),
        score=points.score,
        reasons=tuple(points.reasons),
        unit=product.form.unit,
    )  # fmt: skip
