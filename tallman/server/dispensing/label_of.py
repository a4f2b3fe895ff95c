"""The label of a prescription's fill, from its rows."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from tallman.core.label import Label, Pharmacy, discard_after
from tallman.core.quantity import UNITS, format_number
from tallman.core.sig import parse
from tallman.core.sig.say import say
from tallman.server import knowledge_in_use
from tallman.server.dispensing.models import Fill
from tallman.server.medicines.names import display
from tallman.server.prescriptions.models import Prescription
from tallman.server.web import clock

__all__ = ["label_of", "pharmacy"]

DEMO = "Demo Pharmacy (synthetic)|12 Sample Street, Anytown, IL 60000|555-0100"


def pharmacy() -> Pharmacy:
    """The pharmacy as `TALLMAN_PHARMACY` names it ("name|address|phone")."""
    unnamed = DEMO if settings.SYNTHETIC_MARKER.exists() else "Pharmacy (name it in TALLMAN_PHARMACY)"
    return Pharmacy(*(part.strip() for part in (settings.PHARMACY or unnamed).split("|")[:3]))


def label_of(prescription: Prescription, fill: Fill | None = None) -> Label:
    """The label of a fill; without one, as it will be for the whole quantity, filled today."""
    words = say(parse(prescription.sig))
    filled_on = timezone.localdate(fill.filled_at) if fill else clock.today()
    lots = [line.scan.lot for line in fill.lines.select_related("scan__lot__item")] if fill else []
    product = knowledge_in_use.current().products.get(prescription.product_id)
    return Label(
        pharmacy=pharmacy(),
        code=f"RX{prescription.rx_number}" + (f"-{fill.number}" if fill else ""),
        rx_number=prescription.rx_number or "",
        patient=prescription.patient_name,
        medicine=display(prescription.product_name) or prescription.received_medicine,
        directions=words or prescription.sig,
        is_expanded=words is not None,
        quantity=_quantity(prescription, fill),
        refills=_refills(prescription),
        prescriber=str(prescription.prescriber or prescription.received_prescriber),
        filled_on=filled_on,
        discard_after=discard_after(filled_on, [lot.expires_on for lot in lots]) if lots else None,
        manufacturer=next((lot.item.manufacturer for lot in lots if lot.item.manufacturer), ""),
        ndc=", ".join(dict.fromkeys(lot.item.ndc_text for lot in lots)),
        schedule=(product.schedule or "") if product else "",
        filled_by=fill.filled_by.initials if fill else "",
        checked_by=fill.checked_by.initials if fill and fill.checked_by else "",
        part=_part(prescription, fill),
    )


def _quantity(prescription: Prescription, fill: Fill | None) -> str:
    number = fill.quantity if fill else prescription.quantity
    if number is None:
        return "not entered"
    unit = UNITS.get(prescription.quantity_unit)
    name = (unit.code if number == 1 else unit.plural) if unit else prescription.quantity_unit
    return f"{format_number(number)} {name}".strip()


def _refills(prescription: Prescription) -> str:
    """The refills after this fill; none are filled from here yet, so those written are those left."""
    left = prescription.refills or 0
    return "No refills" if left == 0 else f"{left} refill{'s' if left > 1 else ''}"


def _part(prescription: Prescription, fill: Fill | None) -> str:
    if fill is None:
        return ""
    if fill.completes_id:
        return "(rest of an owed quantity)"
    return "(part; the rest is owed)" if fill.quantity < (prescription.quantity or 0) else ""
