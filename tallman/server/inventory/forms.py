"""Forms of the stock pages."""

from __future__ import annotations

from django import forms

from tallman.server.inventory.models import StockItem

__all__ = ["CountForm", "DestroyForm", "ItemForm", "RecallForm", "ReceiveForm"]


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """A package that is stocked from now on."""

    class Meta:
        model = StockItem
        fields = ["ndc", "product_id", "name", "manufacturer", "size", "unit", "location"]
        labels = {"ndc": "NDC", "product_id": "Product (RxCUI)", "size": "Package size", "unit": "Counted in"}
        help_texts = {
            "ndc": "With hyphens as on the package, or its eleven digits.",
            "product_id": "The RxNorm code of the clinical or branded drug.",
            "unit": "tablet, capsule, mL, g …",
        }

    ndc = forms.CharField(label="NDC", max_length=16, help_text="With hyphens as on the package, or its eleven digits.")


class ReceiveForm(forms.Form):
    """Packages that came in."""

    lot_number = forms.CharField(max_length=40)
    expires_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    quantity = forms.DecimalField(max_digits=12, decimal_places=4, help_text="In what the item is counted in.")


class CountForm(forms.Form):
    """The shelf was counted."""

    counted = forms.DecimalField(max_digits=12, decimal_places=4)
    reason = forms.CharField(max_length=240)


class RecallForm(forms.Form):
    """A lot must not be used."""

    reason = forms.CharField(max_length=240, help_text="Who recalled it and why.")


class DestroyForm(forms.Form):
    """Stock that leaves for good."""

    quantity = forms.DecimalField(max_digits=12, decimal_places=4)
    reason = forms.CharField(max_length=240)
