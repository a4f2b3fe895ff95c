"""What keeps a product open, as one would say it on the telephone."""

from __future__ import annotations

from tallman.core.drug import Product
from tallman.core.identify.evidence import Evidence
from tallman.core.identify.match import Match
from tallman.core.identify.reading import Reading
from tallman.core.identify.strengths import Written, convert

__all__ = ["is_a_dose_of", "why_no_product"]


def why_no_product(said: Evidence, found: Match) -> str | None:
    """What keeps the product open, as one would say it on the telephone."""
    if not said.measures and len({p.strengths for p in found.matched}) != 1:
        return "the strength is not said"
    if said.reading.suffix and not found.matched:
        return f"no such product of {said.reading.ingredients[0]}-{said.reading.suffix} is known here"
    if found.matched:
        forms = list(dict.fromkeys(_described(p) for p in found.matched))
        if len(forms) == 1:
            forms = list(dict.fromkeys(p.name for p in found.matched))
        if len(found.matched) == 1:
            return f"it may be {forms[0]}, and more would have to be said to prove it"
        if len(forms) == 1:
            return (
                f"several products are called {forms[0]}, of other packages or directions: which is meant is not said"
            )
        return f"it comes as {' and as '.join(forms[:3])}: which is meant is not said"
    if _is_dialled(said, found):
        return "a dose is said, and not how much the pen holds"
    if _is_no_brand_on_record(said, found):
        return f"no product of {said.reading.brand} is on record here"
    if other := _other_brands(said.reading, found):
        return f"that strength is known here of {' and '.join(other[:3])}, not of {said.reading.brand}"
    if found.other_forms:
        forms = list(dict.fromkeys(p.form.name for p in found.other_forms))
        return f"that strength is known here only as {' or '.join(forms[:3])}"
    if len(said.measures) > len(said.reading.ingredients) and any(w.joined for w in said.measures):
        return "several strengths are said"
    return "no product of that strength is known here"


def _is_dialled(said: Evidence, found: Match) -> bool:
    """Whether pens of the brand hold more than the one amount that is written: "Ozempic 1 mg"."""
    own = [p for p in found.fitting if p.brand and p.brand == said.reading.brand]
    return len(said.measures) == 1 and _gives(own, said.measures[0])


def _gives(pens: list[Product], dose: Written) -> bool:
    """Whether pens of a brand hold a dose, which is no more than the greatest that is on record of them, if any is."""
    if not any(is_a_dose_of(p, dose) for p in pens):
        return False
    doses = [s.amount for p in pens for other in p.also_written for s in other if s.per.unit == "actuation"]
    return not doses or any((convert(dose.value, dose.unit or "", d.unit) or d.value) <= d.value for d in doses)


def _is_no_brand_on_record(said: Evidence, found: Match) -> bool:
    """Whether no product of a brand is known, where nothing of what the words of form allow has its strength."""
    brand = (said.reading.brand or "").lower()
    every = (*found.fitting, *found.other_forms)
    return bool(brand) and not found.other_forms and not any((p.brand or "").lower().startswith(brand) for p in every)


def _other_brands(reading: Reading, found: Match) -> list[str]:
    """The brands that have the strength which is written of another, where that one has it in no form at all."""
    own = "" if reading.generic_first else (reading.brand or "").lower()
    brands = list(dict.fromkeys(p.brand for p in found.other_forms if p.brand))
    return brands if own and own not in map(str.lower, brands) else []


def _described(product: Product) -> str:
    return f"{product.form.name} ({product.salt})" if product.salt else product.form.name


def is_a_dose_of(pen: Product, written: Written) -> bool:
    """Whether an amount may be dialled on a pen, being no more than is in it: "Ozempic 0.25-0.5 mg pen"."""
    held = pen.strengths[0].amount
    if pen.form.name not in ("pen injector", "rectal gel") or written.per_unit or written.unit not in ("mg", "mcg"):
        return False
    dose = convert(written.value, written.unit, held.unit)
    return dose is not None and dose <= held.value
