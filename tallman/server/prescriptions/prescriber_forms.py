"""Forms of those who write prescriptions: the short one beside an entry, and the whole record."""

from __future__ import annotations

from typing import Any

from django import forms

from tallman.server.prescriptions.models import REGISTRATION, Prescriber

__all__ = ["PrescriberForm", "PrescriberRecordForm"]

SCHEDULES = [
    ("2", "2: schedule II, narcotics"), ("2N", "2N: schedule II, other medicines"),
    ("3", "3: schedule III, narcotics"), ("3N", "3N: schedule III, other medicines"),
    ("4", "4: schedule IV"), ("5", "5: schedule V"),
]  # fmt: skip
_KEPT = "On record: a pharmacist changes it."


class PrescriberForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody new, while the prescription waits."""

    class Meta:
        model = Prescriber
        fields = ["family_name", "given_names", "npi", "dea", "practice", "phone", "fax", "address"]
        labels = {"npi": "NPI", "dea": "DEA number"}


class PrescriberRecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything on record. What is there of a registration is locked unless `may_decide`."""

    dea_schedules = forms.MultipleChoiceField(
        label="Schedules the DEA registration covers",
        choices=SCHEDULES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="As the certificate prints them. None ticked: not on record, and not checked.",
    )

    class Meta:
        model = Prescriber
        fields = [
            "family_name", "given_names", "kind", "practice", "phone", "fax", "address", "npi", "licence",
            "licence_state", "dea", "dea_schedules", "dea_until",
        ]  # fmt: skip
        labels = {
            "kind": "Kind of prescriber",
            "npi": "NPI",
            "licence": "State licence",
            "licence_state": "State of the licence",
            "dea": "DEA number",
            "dea_until": "Last day of the DEA registration",
        }
        help_texts = {
            "npi": "Ten digits.",
            "licence_state": "Two letters, such as IL.",
            "dea": "Two letters and seven digits; a hospital's internal code after a hyphen.",
        }
        widgets = {"dea_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, may_decide: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", "Not on record"), *Prescriber.KINDS]  # type: ignore[attr-defined]
        for name in REGISTRATION:
            if getattr(self.instance, name) and not may_decide:
                self.fields[name].disabled, self.fields[name].help_text = True, _KEPT

    def clean_licence_state(self) -> str:
        state = str(self.cleaned_data["licence_state"]).strip().upper()
        if state and not (len(state) == 2 and state.isalpha()):
            raise forms.ValidationError("Enter the two letters of the state, such as IL.")
        return state
