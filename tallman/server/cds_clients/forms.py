"""Forms of the page on which systems are registered."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms

from tallman.interchange.cds_hooks.keys import PublicKey, UnusableKeys, read_keys
from tallman.server.cds_clients.models import CdsClient

__all__ = ["ClientForm", "DetailsForm", "KeysForm"]

LARGEST = 100_000
"""Characters of a key set."""


class KeysForm(forms.Form):
    """The public keys of a system, pasted or as a file."""

    keys = forms.CharField(
        label="Public keys (JWK set)",
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text="Paste what it publishes, from the first brace to the last, or choose the file. Never a private key.",
    )
    file = forms.FileField(label="Or a file with them", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            self._read(data)
        return data

    def read(self) -> tuple[PublicKey, ...]:
        """The keys, once the form is valid."""
        return self.cleaned_data["read"]  # type: ignore[no-any-return]

    def _read(self, data: dict[str, Any]) -> None:
        file, text = data.get("file"), data.get("keys", "")
        if bool(file) == bool(text):
            self.add_error("keys", "Paste the keys, or choose a file: one of the two.")
            return
        try:
            data["read"] = read_keys(file.read(LARGEST).decode() if file else text)
        except UnicodeDecodeError:
            self.add_error("file", "This file is no text: choose the JSON file of the key set.")
        except UnusableKeys as error:
            self.add_error("file" if file else "keys", str(error))


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is known of a system beside its issuer and its keys."""

    class Meta:
        model = CdsClient
        fields = ["name", "tenant", "key_address", "origins"]
        labels = {"key_address": "Address of its keys (jku)", "origins": "Pages that may call from a browser"}
        help_texts = {
            "tenant": "Only where one issuer speaks for several organizations: the one that is meant.",
            "key_address": "Only where its tokens name one. It is compared; nothing is fetched.",
            "origins": "One origin a line, such as https://ehr.example.org. Leave it empty for servers.",
        }
        widgets = {"origins": forms.Textarea(attrs={"rows": 2, "spellcheck": "false"})}

    def clean_key_address(self) -> str:
        address = str(self.cleaned_data["key_address"])
        if address and urlsplit(address).scheme != "https":
            raise forms.ValidationError("The address begins with https://.")
        return address

    def clean_origins(self) -> str:
        origins = str(self.cleaned_data["origins"]).split()
        for origin in origins:
            parts = urlsplit(origin)
            if parts.scheme not in ("https", "http") or origin != f"{parts.scheme}://{parts.netloc}":
                raise forms.ValidationError(f"{origin} is no origin: scheme and host alone, without a slash after.")
        return "\n".join(origins)


class ClientForm(KeysForm, DetailsForm):
    """A new system, with its keys."""

    field_order = ["name", "issuer", "keys", "file", "key_address", "tenant", "origins"]

    class Meta(DetailsForm.Meta):
        fields = ["name", "issuer", "tenant", "key_address", "origins"]
        labels = DetailsForm.Meta.labels | {"issuer": "Issuer (iss)"}
        help_texts = DetailsForm.Meta.help_texts | {
            "name": "What it is called here, such as “St. Mary's EHR”.",
            "issuer": "Exactly as its tokens have it, such as https://ehr.example.org/.",
        }

    def clean_issuer(self) -> str:
        issuer = str(self.cleaned_data["issuer"])
        if not urlsplit(issuer).scheme:
            raise forms.ValidationError("An issuer is a URI: it begins with https:// or the like.")
        return issuer
