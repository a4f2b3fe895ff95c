"""What the entry page shows: the three choices with their candidates, the live panel, what it may replace."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tallman.core.patient import age_in_months
from tallman.core.quantity import UNITS
from tallman.core.screening.finding import Severity, told_together
from tallman.server import knowledge_in_use
from tallman.server.medicines.confusion import Confusion
from tallman.server.patients.models import Patient
from tallman.server.prescriptions import matching
from tallman.server.prescriptions.arithmetic import sum_of
from tallman.server.prescriptions.banner import banner_of
from tallman.server.prescriptions.cases import active
from tallman.server.prescriptions.forms import EntryForm
from tallman.server.prescriptions.matching import Candidate
from tallman.server.prescriptions.models import Prescriber, Prescription
from tallman.server.prescriptions.queries import preview
from tallman.server.prescriptions.readings import reading_of
from tallman.server.prescriptions.sent_allergies import unrecorded_allergies
from tallman.server.web import clock

__all__ = ["Pick", "Replaceable", "live", "pick", "picks", "replaceable"]


@dataclass(frozen=True, slots=True)
class Pick:
    """One choice of the page: who or what, proposed from the message, confirmed by a person.

    `as_received` is what the message says, `doubts` what is wrong with it, `chosen` the key of what is chosen now.
    `add` is the id of the dialog that adds somebody who is not on record.
    """

    name: str
    title: str
    as_received: str
    doubts: list[str] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    chosen: str = ""
    add: str = ""
    add_label: str = ""
    hint: str = ""
    typed: str = ""
    is_torn: bool = False
    """Whether code and text name different medicines."""
    known_pairs: list[Confusion] = field(default_factory=list)
    """Candidates whose names are known to be mixed up."""

    @property
    def is_open(self) -> bool:
        """Whether nothing is chosen yet."""
        return not self.chosen


def picks(row: Prescription, form: EntryForm, typed: dict[str, str] | None = None) -> list[Pick]:
    """Patient, prescriber, product, in the order they are worked; `typed` is what somebody looks one of them up by."""
    said = typed or {}
    return [
        pick(row, name, chosen=str(form[name].value() or ""), typed=said.get(name, ""))
        for name in ("patient", "prescriber", "product")
    ]


def pick(row: Prescription, name: str, *, chosen: str = "", typed: str = "") -> Pick:
    """One of them, with the candidates for what somebody typed, or else for what was received."""
    make = {"patient": _patient, "prescriber": _prescriber, "product": _product}[name]
    return make(row, chosen, typed)


def _patient(row: Prescription, chosen: str, typed: str) -> Pick:
    found = matching.patients_for(row, typed)
    if chosen.isdecimal() and all(c.key != chosen for c in found):
        found = [matching.patient_candidate(row, p) for p in Patient.objects.filter(pk=chosen)] + found
    born = (row.received.get("patient") or {}).get("birth_date")
    return Pick(
        "patient", "Patient", ", ".join(filter(None, [row.received_patient, born and f"born {born}"])), [], found,
        chosen, "add-patient", "New patient", "Name, phone or birth date (YYYY-MM-DD)", typed,
    )  # fmt: skip


def _prescriber(row: Prescription, chosen: str, typed: str) -> Pick:
    found = matching.prescribers_for(row, typed)
    if chosen.isdecimal() and all(c.key != chosen for c in found):
        found = [matching.prescriber_candidate(row, p) for p in Prescriber.objects.filter(pk=chosen)] + found
    npi = (row.received.get("prescriber") or {}).get("npi")
    return Pick(
        "prescriber", "Prescriber", ", ".join(filter(None, [row.received_prescriber, npi and f"NPI {npi}"])),
        matching.prescriber_doubts(row), found, chosen, "add-prescriber", "New prescriber", "Name, practice or NPI",
        typed,
    )  # fmt: skip


def _product(row: Prescription, chosen: str, typed: str) -> Pick:
    found = matching.products_for(row, typed)
    product = knowledge_in_use.current().products.get(chosen)
    if product and all(c.key != chosen for c in found):
        found = [matching.product_candidate(row, product), *found]
    doubts = matching.medicine_doubts(row)
    return Pick(
        "product", "Product", row.received_medicine, doubts, found, chosen,
        hint="Five letters, a brand, an NDC or a scan", typed=typed,
        is_torn=matching.medicine_of(row).conflict is not None, known_pairs=matching.mixed_up(found),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Replaceable:
    """An active prescription of the patient with the same ingredient. `is_named`: the message says it replaces it."""

    row: Prescription
    is_named: bool
    is_checked: bool


def replaceable(row: Prescription, form: EntryForm) -> list[Replaceable]:
    """What this one may take the place of. What the message names stands first."""
    entry = form.draft()
    patient, product = entry.patient, knowledge_in_use.current().products.get(entry.product_id)
    if patient is None or product is None:
        return []
    named = row.received.get("replaces") or ""
    chosen = form["replaces"].value()
    own = set(product.ingredients)
    products = knowledge_in_use.current().products
    found = [
        _replaceable(other, named, chosen)
        for other in active(patient, clock.today())
        if other.pk != row.pk and other.product_id in products and own & {*products[other.product_id].ingredients}
    ]
    return sorted(found, key=lambda r: not r.is_named)


def _replaceable(other: Prescription, named: str, chosen: Any) -> Replaceable:
    is_named = bool(named) and named in (other.received.get("order_number"), other.rx_number)
    return Replaceable(other, is_named, str(other.pk) == str(chosen) if chosen is not None else is_named)


def live(row: Prescription, form: EntryForm) -> dict[str, Any]:
    """What follows from what is typed so far: reading, arithmetic, findings. Writes nothing."""
    entry = form.draft()
    reading = reading_of(entry.sig)
    product = knowledge_in_use.current().products.get(entry.product_id)
    context: dict[str, Any] = {
        "reading": reading,
        "sum": sum_of(reading.sig, form.amount, entry.days_supply, product, row.received, _months(entry.patient)),
        "missing": [n for n, v in (("patient", entry.patient), ("product", product)) if not v],
        "unit_differs": bool(product and entry.quantity_unit and entry.quantity_unit != product.form.unit),
        "product_unit": UNITS[product.form.unit].plural if product else "",
        "typed_days": entry.days_supply,
        "patient": banner_of(_with_patient(row, entry.patient), clock.today()),
        "allergies": unrecorded_allergies(row, entry.patient),
        "entry_patient": entry.patient,
    }
    if not context["missing"]:
        result = preview(row, entry)
        not_checked = [(", ".join(checks), reason) for checks, reason in told_together(result.not_checked)]
        levels = Counter(f.severity.value for f in result.findings) | Counter(unchecked=len(not_checked))
        context |= {
            "findings": sorted(result.findings, key=lambda f: Severity(f.severity).rank),
            "not_checked": not_checked,
            "ran": result.ran,
            "tally": [(level, levels[level]) for level in (*Severity, "unchecked") if levels[level]],
        }
    return context


def _months(patient: Patient | None) -> int | None:
    return age_in_months(patient.birth_date, clock.today()) if patient and patient.birth_date else None


def _with_patient(row: Prescription, patient: Patient | None) -> Prescription:
    """An unsaved prescription of the patient chosen now, for the banner."""
    return Prescription(patient=patient, received=row.received, received_patient=row.received_patient)
