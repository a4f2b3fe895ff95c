"""Forms of the names that a pharmacy keeps."""

from __future__ import annotations

from typing import Any

from django import forms

from tallman.server.medicines.lists import decoded

__all__ = ["ListForm", "NameForm", "PairForm", "ReasonForm"]

LARGEST = 500_000
"""Bytes of a list."""


class PairForm(forms.Form):
    """Two names that are taken for each other."""

    one = forms.CharField(label="One name", max_length=120)
    other = forms.CharField(label="The other", max_length=120)
    why = forms.CharField(label="Why", max_length=240, help_text="What happened, or what may.")


class NameForm(forms.Form):
    """A name as this pharmacy writes it."""

    name = forms.CharField(max_length=120, help_text="With its tall letters, as it is to be shown: metFORMIN.")


class ReasonForm(forms.Form):
    """Why something no longer holds, or is not needed."""

    reason = forms.CharField(max_length=240)


class ListForm(forms.Form):
    """The pharmacy's own copy of a list, uploaded or pasted."""

    KINDS = [("pairs", "Pairs of names that are mixed up"), ("names", "Names in tall-man letters")]

    kind = forms.ChoiceField(label="What it holds", choices=KINDS)
    list_name = forms.CharField(
        label="What you call it", max_length=80, help_text="With its date, so that a newer copy can take its place."
    )
    file = forms.FileField(label="File", required=False, help_text="CSV or plain text.")
    text = forms.CharField(
        label="Or paste it",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="A pair a line: hydrALAZINE — hydrOXYzine. Or the columns of a table.",
    )

    def clean(self) -> dict[str, Any]:
        """The text, from the file when there is one."""
        said = super().clean() or {}
        if file := said.get("file"):
            if file.size > LARGEST:
                raise forms.ValidationError("The file is too large for a list of names.")
            said["text"] = decoded(file.read())
        if not said.get("text", "").strip():
            raise forms.ValidationError("Choose a file, or paste the list.")
        if len(said["text"]) > LARGEST:
            raise forms.ValidationError("The text is too large for a list of names.")
        return said
