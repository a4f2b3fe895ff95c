"""The filter of the audit page."""

from __future__ import annotations

from django import forms

__all__ = ["FilterForm"]


class FilterForm(forms.Form):
    actor_name = forms.CharField(label="Who", required=False, max_length=120)
    action = forms.CharField(label="What", required=False, max_length=60)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    patient = forms.CharField(label="Patient number", required=False, max_length=40)
