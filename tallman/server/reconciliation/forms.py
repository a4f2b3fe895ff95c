"""Forms of the pages of a stay."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from tallman.core.reconciliation.line import SourceKind
from tallman.server.reconciliation.models import Encounter, MedicineList
from tallman.server.reconciliation.received_lists import ORDERS
from tallman.server.reconciliation.typed import MOST_LINES
from tallman.server.web import clock

__all__ = ["FileForm", "MomentForm", "NewStayForm", "StayForm", "TypedListForm"]

LARGEST = 10 * 1024 * 1024
_WHERE_FROM = {
    SourceKind.INTERVIEW: "Told: by the patient, the family, a carer",
    SourceKind.BOTTLES: "Bottles brought from home",
    SourceKind.FILLS: "Fills of another pharmacy",
    SourceKind.RECORD: "Record of a practice or clinic",
    SourceKind.REFERRAL: "Letter of a referral or a nursing home",
    SourceKind.HOSPITAL: "Orders in hospital, as they are now",
    SourceKind.DISCHARGE: "Orders for going home",
}


class TypedListForm(forms.Form):
    """A list that somebody types or scans."""

    kind = forms.ChoiceField(label="Where it comes from", choices=[(k.value, text) for k, text in _WHERE_FROM.items()])
    told_by = forms.CharField(
        label="Who told or wrote it", max_length=120, required=False, help_text="“daughter, by telephone”, “Dr Okafor”."
    )
    on = forms.DateField(
        label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="When it was told, written or printed.",
    )  # fmt: skip
    reliability = forms.ChoiceField(label="How reliable", choices=MedicineList.RELIABILITIES[::-1], required=False)
    lines = forms.CharField(
        label="Medicines, one a line",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
        help_text="“lisinopril 10 mg daily”. Or scan a bottle, then type how it is taken after the code."
        " A note follows two slashes: “metformin 500 bid // stopped taking it in May”.",
    )
    nothing = forms.BooleanField(label="Nothing is ordered", required=False)

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on and on > clock.today():
            raise forms.ValidationError("This day lies in the future.")
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = [line for line in data.get("lines", "").splitlines() if line.strip()]
        if len(typed) > MOST_LINES:
            self.add_error("lines", f"These are more than {MOST_LINES} lines: make two lists of them.")
        is_orders = data.get("kind") in ORDERS
        if not typed and not (is_orders and data.get("nothing")):
            tick = " Where nothing is ordered, tick that." if is_orders else ""
            self.add_error("lines", f"No medicine is typed.{tick}")
        if typed and data.get("nothing"):
            self.add_error("nothing", "There are medicines on the list.")
        return data


class FileForm(forms.Form):
    """A file of another system."""

    HOLDS = [
        ("", "What the patient took before"),
        (SourceKind.HOSPITAL.value, "Orders in hospital"),
        (SourceKind.DISCHARGE.value, "Orders for going home"),
    ]

    file = forms.FileField(label="File", help_text="A FHIR R4 Bundle in JSON, 10 MB at most.")
    orders = forms.ChoiceField(label="What it holds", choices=HOLDS, required=False)
    told_by = forms.CharField(label="Where it comes from", max_length=120, required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("The file is larger than 10 MB.")
        return file


class _Moment(forms.DateTimeField):
    """A day and a time of day, in the pharmacy's time zone; none that lies in the future."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def clean(self, value: Any) -> datetime | None:
        moment: datetime | None = super().clean(value)
        if moment and moment > clock.now():
            raise forms.ValidationError("This lies in the future.")
        return moment

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


class StayForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where somebody is, and why."""

    class Meta:
        model = Encounter
        fields = ["unit", "room", "bed", "kind", "attending", "reason"]
        widgets = {"unit": forms.TextInput(attrs={"list": "units"})}
        labels = {"attending": "Attending prescriber", "reason": "Why the patient came"}


class NewStayForm(StayForm):
    """A stay that no message told of."""

    admitted_at = _Moment(label="Came on")
    visit_number = forms.CharField(label="Visit number", max_length=60, required=False)


class MomentForm(forms.Form):
    """When it was."""

    at = _Moment(label="When the patient left")
