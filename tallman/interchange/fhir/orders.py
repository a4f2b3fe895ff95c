"""From a received prescription to an order the checks can use: the medicine identified, the directions read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tallman.core.conditions import codes_read
from tallman.core.drug import Certainty, DoseForm, Medicine
from tallman.core.identify import identify
from tallman.core.identify.codes import agree, by_code
from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.quantity import UNITS, Amount
from tallman.core.received import ReceivedMedicine, ReceivedPrescription
from tallman.core.screening.counted import FEW_DEVICES
from tallman.core.sig import Sig, parse

__all__ = ["UNREAD", "as_order", "identified"]

_CODE_ALONE = re.compile(r"(?:RxNorm|NDC|SNOMED CT|code) \S+$")
UNREAD = Medicine("a medicine that could not be read in the message", Certainty.UNKNOWN)
"""Stands for a medicine of which nothing is known, so that the checks say that they could not look."""


def as_order(
    id: str,
    received: ReceivedPrescription,
    knowledge: Knowledge,
    *,
    started: date | None = None,
    ended: date | None = None,
    replaces: tuple[str, ...] = (),
    on_hold: bool = False,
) -> Order:
    """The order that a received prescription makes."""
    medicine = identified(received.medicine, knowledge)
    structured = parse(received.structured_sig)
    sig = parse(received.sig)
    said = [code for reason in received.reasons for code in codes_read(reason, knowledge.conditions)]
    return Order(
        id=id,
        medicine=medicine,
        sig=sig,
        quantity=_quantity(received, medicine, sig),
        days_supply=received.days_supply,
        refills=received.refills,
        written=received.written_on,
        started=started,
        ended=ended,
        reasons=tuple(dict.fromkeys((*(d.code for d in received.diagnoses), *said))),
        note="\n".join(received.notes),
        prescriber_dea=received.prescriber.dea or None,
        replaces=replaces,
        setting=received.setting or "community",
        route=next((s.route for s in structured.steps if s.route), None),
        coded=structured if received.structured_sig.strip() else None,
        on_hold=on_hold,
    )


def _quantity(received: ReceivedPrescription, medicine: Medicine, sig: Sig) -> Amount | None:
    """The quantity; a bare number of a product that is counted ("30" of a tablet) is so many of those.

    Of a liquid it is mL, never drops, and never what a mL holds ("100 unit/mL"); a few of what comes filled, of a size
    that is not known, may be pens as well. Where the product is not known for certain, the directions say what is
    counted ("1 tab daily"), and where they say an amount ("84 mg") it is so many of whatever it comes in.
    """
    quantity = received.quantity
    if quantity is None or quantity.amount is not None:
        return quantity.amount if quantity else None
    if quantity.written != f"{quantity.value:f}":
        return None
    form = medicine.product.form if medicine.product else medicine.form
    if _is_injected_by_volume(medicine, form) and medicine.product is None:
        return Amount(quantity.value, "each" if quantity.value <= FEW_DEVICES else "mL")
    units = {form.unit} if form else {s.dose.unit or "each" for s in sig.steps if s.dose}
    unit = units.pop() if len(units) == 1 else ""
    if unit == "drop":
        return None
    if unit == "mL" or (unit and UNITS[unit].dimension == unit):
        return Amount(quantity.value, unit)
    if unit == "g" and form:
        return _of_a_tube(quantity.value, sig)
    return None if form or not unit else Amount(quantity.value, "each")


def _of_a_tube(number: Decimal, sig: Sig) -> Amount | None:
    """A bare number of what is squeezed out: a few are tubes or pumps, more are grams, or packets of one dose; which of
    the two is not known where the directions say milligrams."""
    units = {s.dose.unit for s in sig.steps if s.dose}
    if number <= FEW_DEVICES:
        return Amount(number, "tube")
    if "packet" in units:
        return Amount(number, "packet")
    return None if "mg" in units else Amount(number, "g")


def _is_injected_by_volume(medicine: Medicine, form: DoseForm | None) -> bool:
    """Whether every strength is told by the mL, and it is a pen or syringe or in a unit that nothing is counted in."""
    by_volume = bool(medicine.strengths) and all(s.per.dimension == "volume" for s in medicine.strengths)
    return by_volume and (form.is_filled if form else all(s.amount.unit == "unit" for s in medicine.strengths))


def identified(received: ReceivedMedicine, knowledge: Knowledge) -> Medicine:
    """What the codes and every name beside them mean together. Names that contradict each other prove nothing."""
    if not received.text and not received.codes:
        return UNREAD
    read = identify(received.text, knowledge, rxcui=_known_rxcui(received, knowledge), ndc=received.code("ndc") or None)
    if received.form and read.certainty is not Certainty.PRODUCT and not read.conflict:
        with_form = identify(f"{received.text} {received.form}", knowledge)
        read = with_form if with_form.product and read.is_known else read
    for other in _further(received, knowledge):
        if read.conflict and not read.is_known:
            break
        if not read.is_known:
            read = other
        elif {i.name for i in other.ingredients} != {i.name for i in read.ingredients}:
            read = agree(read, other, "another name or code beside it")
        elif read.product is None and (other.product or not read.strengths):
            read = other
    if not received.text:
        return replace(read, text=read.name) if read.is_known else UNREAD
    is_coded = read.is_known and _CODE_ALONE.match(received.text)
    return replace(read, text=f"{read.name} ({received.text})" if is_coded else received.text)


def _known_rxcui(received: ReceivedMedicine, knowledge: Knowledge) -> str | None:
    sent = [c.code for c in received.codes if c.system == "rxnorm"]
    return next((c for c in sent if c in knowledge.by_rxcui), sent[0] if sent else None)


def _further(received: ReceivedMedicine, knowledge: Knowledge) -> list[Medicine]:
    """What the other codes and the names beside the codes mean, where they mean something certain."""
    others = [by_code(c.code, None, knowledge) for c in received.codes if c.system == "rxnorm"]
    others += [by_code(None, c.code, knowledge) for c in received.codes if c.system == "ndc"]
    names = dict.fromkeys(c.display for c in received.codes if c.display and c.display != received.text)
    others += [identify(name, knowledge) for name in names]
    return [m for m in others if m is not None and m.is_known]
