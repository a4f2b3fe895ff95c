"""Forms of the patient pages: one for the person, one for each kind of fact."""

from __future__ import annotations

from typing import Any

from django import forms

from tallman.core.codes import CodeError, icd10
from tallman.server.patients.measures import ANSWERS, MEASURES
from tallman.server.patients.models import Allergy, Condition, Coverage, Fact, Observation, OutsideMedicine, Patient
from tallman.server.web import clock

__all__ = ["FACTS", "FactKind", "PatientForm", "kind_of"]


UNITS = tuple(dict.fromkeys(u for m in MEASURES.values() for u in m.units))


class _Day(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class _PastForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form whose `past` days lie today or earlier: one in the future would stay the latest for ever."""

    past: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.past:
            if data.get(name) and data[name] > clock.today():
                self.add_error(name, "This day lies in the future.")
        return data


class PatientForm(_PastForm):
    """A person."""

    past = ("birth_date",)

    class Meta:
        model = Patient
        fields = ["family_name", "given_names", "birth_date", "sex", "phone", "address", "language", "notes"]
        widgets = {"birth_date": _Day(), "notes": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"language": "How the person wants to be spoken to."}


class AllergyForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Allergy
        fields = ["substance", "reaction", "severity", "kind"]
        help_texts = {
            "substance": "As the person says it.",
            "reaction": "What happened: rash, hives, swelling, nausea …",
        }


class ConditionForm(_PastForm):
    past = ("onset",)

    class Meta:
        model = Condition
        fields = ["text", "code", "onset"]
        labels = {"code": "ICD-10-CM code", "text": "Condition"}
        widgets = {"onset": _Day()}

    def clean_code(self) -> str:
        text = str(self.cleaned_data["code"])
        if not text:
            return ""
        try:
            return icd10.parse(text).code
        except CodeError as error:
            raise forms.ValidationError(f"Not a code: {error}.") from error


class ObservationForm(_PastForm):
    """A measurement or, for pregnancy and breastfeeding, an answer."""

    past = ("on",)

    loinc = forms.ChoiceField(label="What", choices=[(m.loinc, m.name) for m in MEASURES.values()])
    unit = forms.ChoiceField(required=False, choices=[("", ""), *((u, u) for u in UNITS)])
    text = forms.ChoiceField(
        label="Answer", required=False, choices=[("", ""), *((a, a) for answers in ANSWERS.values() for a in answers)]
    )

    class Meta:
        model = Observation
        fields = ["loinc", "value", "unit", "text", "on"]
        widgets = {"on": _Day()}
        labels = {"on": "Measured on"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        measure = MEASURES.get(data.get("loinc", ""))
        if measure is None:
            return data
        if measure.units and data.get("value") is None:
            self.add_error("value", "Enter the number.")
        if data.get("value") is not None and data["value"] <= 0:
            self.add_error("value", "Enter a number above zero.")
        if measure.units and data.get("unit") not in measure.units:
            self.add_error("unit", f"{measure.name} is measured in {' or '.join(measure.units)}.")
        if not measure.units and data.get("text") not in ANSWERS[measure.loinc]:
            self.add_error("text", f"Choose: {', '.join(ANSWERS[measure.loinc])}.")
        return data


class OutsideMedicineForm(_PastForm):
    past = ("since",)

    class Meta:
        model = OutsideMedicine
        fields = ["text", "directions", "since"]
        labels = {"text": "Medicine", "directions": "How it is taken"}
        widgets = {"since": _Day()}
        help_texts = {"text": "Name and strength as told; over-the-counter, herbal and sample medicines too."}


class CoverageForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Coverage
        fields = ["plan", "bin", "pcn", "group", "member_id", "valid_from", "valid_to"]
        labels = {"bin": "BIN", "pcn": "PCN", "member_id": "Member ID"}
        widgets = {"valid_from": _Day(), "valid_to": _Day()}


class FactKind:
    """One kind of fact: how it is called, its form, and how it is ended when it is no longer so.

    `ending` holds the changes that mark it, with `today` standing for the day it is done.
    """

    def __init__(self, key: str, title: str, form: type[forms.ModelForm], ending: dict[str, Any], end: str) -> None:  # type: ignore[type-arg]
        self.key, self.title, self.form, self.ending, self.end = key, title, form, ending, end
        self.model: type[Fact] = form._meta.model


FACTS = {
    k.key: k
    for k in (
        FactKind("allergy", "Allergy or intolerance", AllergyForm, {"status": "refuted"}, "Refuted"),
        FactKind("medicine", "Medicine from elsewhere", OutsideMedicineForm, {"ended_on": "today"}, "Stopped"),
        FactKind("condition", "Condition", ConditionForm, {"active": False}, "Resolved"),
        FactKind("measurement", "Measurement", ObservationForm, {"in_error": True}, "In error"),
        FactKind("coverage", "Coverage", CoverageForm, {"valid_to": "today"}, "Ended"),
    )
}


def kind_of(key: str) -> FactKind | None:
    """The kind of fact an address names."""
    return FACTS.get(key)
