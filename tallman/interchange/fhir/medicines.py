"""The medicine of an order: as described and as coded, in the order's own words or in a Medication it points at."""

from __future__ import annotations

from tallman.core.received import ReceivedIngredient, ReceivedMedicine
from tallman.interchange.fhir.contents import Contents, Held
from tallman.interchange.fhir.datatypes import CodeableConcept, Quantity, Ratio, Reference
from tallman.interchange.fhir.resources import Ingredient, Medication
from tallman.interchange.fhir.systems import codes_of
from tallman.interchange.fhir.units import words_of

__all__ = ["medicine_of"]

_WRITTEN = {"rxnorm": "RxNorm", "ndc": "NDC", "snomed": "SNOMED CT"}


def medicine_of(
    contents: Contents, held: Held, concept: CodeableConcept | None, reference: Reference | None
) -> ReceivedMedicine:
    """The medicine, its text empty when none is named anywhere; that and broken references are warned of."""
    found = _concept(concept) if concept else ReceivedMedicine()
    if reference and not found.text:
        found = _referred(contents, held, reference)
    if not found.text:
        contents.warn("MEDICINE-MISSING", held.where)
    return found


def _concept(concept: CodeableConcept) -> ReceivedMedicine:
    codes = codes_of(concept)
    named = next(iter(concept.texts()), "")
    coded = next((f"{_WRITTEN.get(c.system, 'code')} {c.code}" for c in codes), "")
    return ReceivedMedicine(text=named or coded, codes=codes)


def _referred(contents: Contents, held: Held, reference: Reference) -> ReceivedMedicine:
    target = contents.find(reference, held)
    if target is None or target.kind != "Medication":
        contents.warn("REFERENCE-UNKNOWN", f"{held.where}.medicationReference")
        return ReceivedMedicine(text=reference.display.strip())
    medication = contents.read(target, Medication)
    found = _concept(medication.code)
    parts = tuple(_ingredient(contents, target, i) for i in medication.ingredient)
    form = next(iter(medication.form.texts()), "")
    made_of = " / ".join(f"{p.text} {p.strength}".strip() for p in parts if p.text)
    text = found.text or " ".join(filter(None, [made_of, form])) or reference.display.strip()
    return ReceivedMedicine(text=text, codes=found.codes, form=form, ingredients=parts)


def _ingredient(contents: Contents, held: Held, ingredient: Ingredient) -> ReceivedIngredient:
    concept = ingredient.item_codeable_concept
    if concept is None:
        target = contents.find(ingredient.item_reference, held)
        if target is not None and target.kind == "Medication":
            concept = contents.read(target, Medication).code
    if concept is None:
        display = ingredient.item_reference.display if ingredient.item_reference else ""
        return ReceivedIngredient(display.strip(), (), _strength(ingredient.strength))
    return ReceivedIngredient(next(iter(concept.texts()), ""), codes_of(concept), _strength(ingredient.strength))


def _strength(ratio: Ratio | None) -> str:
    if ratio is None or ratio.numerator.value is None:
        return ""
    per = ratio.denominator
    below = f"/{_amount(per)}" if per.value is not None else ""
    return _amount(ratio.numerator) + below.replace("/1 ", "/")


def _amount(quantity: Quantity) -> str:
    value = quantity.value
    return f"{value.normalize():f} {words_of(quantity)}".strip() if value is not None else ""
