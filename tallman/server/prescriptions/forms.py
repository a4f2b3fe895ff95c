"""The form in which a prescription is entered, and the one that takes down a call or a sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from tallman.core.codes import CodeError, icd10
from tallman.core.quantity import COUNTED, UNITS, Amount
from tallman.core.workflow import Refusal
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.entry import Entry
from tallman.server.prescriptions.models import Prescriber, Prescription

__all__ = ["UNIT_CHOICES", "EntryForm", "NewPrescriptionForm"]

_FIRST = ("tablet", "capsule", "mL", "g", "unit")
UNIT_CHOICES = [("", ""), *((u, UNITS[u].plural) for u in (*_FIRST, *sorted(set(COUNTED) - {*_FIRST})))]
_BY_HAND = [c for c in Prescription.ORIGINS if c[0] != "electronic"]
_TEXTS = ("sig", "quantity_unit", "note", "setting", "priority")
_PLAIN = ("quantity", "days_supply", "refills", "written_on", "promised_at", "replaces")


class _Day(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class _Moment(forms.DateTimeInput):
    """The browser's own field for a date and a time, in the pharmacy's time zone."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class DiagnosisField(forms.CharField):
    """ICD-10-CM codes with or without dots, as many as there are; the value is a tuple of codes without dots."""

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        return ", ".join(icd10.format(icd10.ICD10(code)) for code in value or ())

    def clean(self, value: Any) -> Any:
        words = re.split(r"[\s,;]+", super().clean(value).strip())
        codes, faults = [], []
        for word in filter(None, words):
            try:
                codes.append(icd10.parse(word).code)
            except CodeError as error:
                faults.append(f"{word}: {error}.")
        if faults:
            raise forms.ValidationError(faults)
        return tuple(dict.fromkeys(codes))


def _number(**attributes: Any) -> forms.NumberInput:
    return forms.NumberInput(attrs={"inputmode": "decimal", "autocomplete": "off"} | attributes)


class EntryForm(forms.Form):
    """A prescription as a person types it from what was received.

    `row` is the prescription. What is valid so far is there as an `Entry` at any time (`draft`), for the checks that
    run while somebody types.
    """

    patient = forms.ModelChoiceField(Patient.objects.all(), error_messages={"required": "Choose the patient."})
    prescriber = forms.ModelChoiceField(Prescriber.objects.all(), error_messages={"required": "Choose the prescriber."})
    product = forms.CharField(error_messages={"required": "Choose the product."})
    sig = forms.CharField(label="Directions", widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}))
    quantity = forms.DecimalField(max_digits=12, decimal_places=4, min_value=Decimal("0.0001"), widget=_number())
    quantity_unit = forms.ChoiceField(label="Unit", choices=UNIT_CHOICES)
    days_supply = forms.IntegerField(label="Days' supply", required=False, min_value=1, max_value=999, widget=_number())
    refills = forms.IntegerField(required=False, min_value=0, max_value=99, widget=_number())
    written_on = forms.DateField(label="Written on", widget=_Day())
    dispense_as_written = forms.BooleanField(label="Dispense as written (no substitution)", required=False)
    diagnosis_codes = DiagnosisField(label="Diagnosis (ICD-10)", required=False)
    replaces = forms.ModelChoiceField(Prescription.objects.all(), required=False)
    setting = forms.ChoiceField(choices=Prescription.SETTINGS)
    priority = forms.ChoiceField(choices=Prescription.PRIORITIES)
    promised_at = forms.DateTimeField(label="Promised for", required=False, widget=_Moment())
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    reason = forms.CharField(label="What is corrected, and why", required=False, widget=forms.TextInput())

    error_texts = {
        "sig": "Enter the directions.",
        "quantity": "Enter a quantity above zero.",
        "quantity_unit": "Choose the unit.",
        "written_on": "Enter the date it was written.",
    }

    def __init__(self, row: Prescription, data: Any = None, *, is_correction: bool = False) -> None:
        super().__init__(data, initial=_initial(row))
        self.row = row
        for name, text in self.error_texts.items():
            self.fields[name].error_messages["required"] = text
        if not is_correction:
            del self.fields["reason"]

    def draft(self) -> Entry:
        """What is typed and valid so far, the rest as if it had not been said; before that, what the row holds."""
        if not self.is_bound:
            return _as_it_stands(self.row)
        said = self.cleaned_data if self.errors is not None else {}
        return Entry(
            patient=said.get("patient"),
            prescriber=said.get("prescriber"),
            product_id=said.get("product") or "",
            dispense_as_written=bool(said.get("dispense_as_written")),
            diagnosis_codes=said.get("diagnosis_codes") or (),
            **{name: said.get(name) or "" for name in _TEXTS},
            **{name: said.get(name) for name in _PLAIN},
        )

    @property
    def amount(self) -> Amount | None:
        """The quantity with its unit, when both are said."""
        entry = self.draft()
        return Amount(entry.quantity, entry.quantity_unit) if entry.quantity and entry.quantity_unit else None

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Put every refusal at the field it speaks of."""
        for refusal in refusals:
            name = refusal.code.replace("-", "_")
            self.add_error(name if name in self.fields else None, refusal.text)

    @property
    def first_fault(self) -> str:
        """The first field in the order of the page that has an error."""
        return next((name for name in self.fields if name in self.errors), "")


def _as_it_stands(row: Prescription) -> Entry:
    values = {name: getattr(row, name) for name in Entry.__dataclass_fields__}
    return Entry(**values | {"diagnosis_codes": tuple(row.diagnosis_codes)})


def _initial(row: Prescription) -> dict[str, Any]:
    names = (*_TEXTS, *_PLAIN, "patient", "prescriber", "dispense_as_written", "diagnosis_codes")
    initial = {name: getattr(row, name) for name in names} | {"product": row.product_id}
    if row.quantity is not None:
        initial["quantity"] = f"{row.quantity.normalize():f}"
    if row.promised_at is not None:
        initial["promised_at"] = timezone.localtime(row.promised_at)
    return initial


class NewPrescriptionForm(forms.Form):
    """What a call, a sheet of paper or a fax said, word for word."""

    use_required_attribute = False

    origin = forms.ChoiceField(label="Came by", choices=_BY_HAND, widget=forms.Select(attrs={"autofocus": True}))
    family_name = forms.CharField(label="Patient's family name", max_length=120)
    given_names = forms.CharField(label="First and middle names", max_length=120, required=False)
    birth_date = forms.DateField(label="Born", required=False, widget=_Day())
    sex = forms.ChoiceField(
        choices=[("", "Not said"), ("female", "Female"), ("male", "Male"), ("other", "Other")], required=False
    )
    phone = forms.CharField(max_length=40, required=False)
    prescriber_family_name = forms.CharField(label="Prescriber's family name", max_length=120)
    prescriber_given_names = forms.CharField(label="First name", max_length=120, required=False)
    npi = forms.CharField(label="NPI", max_length=10, required=False)
    dea = forms.CharField(label="DEA number", max_length=9, required=False)
    practice = forms.CharField(max_length=160, required=False)
    medicine = forms.CharField(label="Medicine, strength and form, as said", max_length=400)
    sig = forms.CharField(label="Directions, as said", widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}))
    quantity = forms.DecimalField(
        required=False, max_digits=12, decimal_places=4, min_value=Decimal("0.0001"), widget=_number()
    )
    quantity_unit = forms.ChoiceField(label="Unit", choices=UNIT_CHOICES, required=False)
    refills = forms.IntegerField(required=False, min_value=0, max_value=99, widget=_number())
    written_on = forms.DateField(label="Written on", required=False, widget=_Day())
    dispense_as_written = forms.BooleanField(label="Dispense as written", required=False)
    note = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Who called, what else was said."
    )
    priority = forms.ChoiceField(choices=Prescription.PRIORITIES, initial="waiting")
