"""Forms of the accounts pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest

from tallman.server.accounts.models import ApiToken, User
from tallman.server.accounts.queries import person_named

__all__ = [
    "LoginForm",
    "OwnPasswordForm",
    "PasswordForm",
    "PersonForm",
    "RoleForm",
    "TokenForm",
    "UnlockForm",
]


def _password(use: str, **attributes: Any) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": f"{use}-password", **attributes})


class _ProvingForm(forms.Form):
    """Proves that somebody is who they say."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def prove(self, username: str, password: str, sentence: str) -> None:
        self.user = authenticate(self.request, username=username, password=password)  # type: ignore[assignment]
        if self.user is None:
            raise forms.ValidationError(sentence)


class LoginForm(_ProvingForm):
    name = forms.CharField(
        label="Username or initials",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "spellcheck": "false"}),
    )
    password = forms.CharField(widget=_password("current"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "name" in data and "password" in data:
            person = person_named(data["name"].strip())
            # The lock-out counts by username: initials must not give a second set of tries.
            username = person.username if person else data["name"].strip().lower()
            self.prove(username, data["password"], "Name and password do not go together. Try again.")
        return data


class UnlockForm(_ProvingForm):
    password = forms.CharField(widget=_password("current", autofocus=True))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data:
            username = self.request.user.get_username()
            self.prove(username, data["password"], "This is not your password. Try again, or switch person.")
        return data


class PasswordForm(forms.Form):
    """A new password for a person."""

    new_password = forms.CharField(
        widget=_password("new"), help_text="At least 10 characters; a few words in a row are good."
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_new_password(self) -> str:
        validate_password(self.cleaned_data["new_password"], self.person)
        return str(self.cleaned_data["new_password"])


class OwnPasswordForm(PasswordForm):
    """One's own new password: the old one is asked for."""

    old_password = forms.CharField(widget=_password("current", autofocus=True))
    field_order = ["old_password", "new_password"]

    def clean_old_password(self) -> str:
        if not self.person.check_password(self.cleaned_data["old_password"]):
            raise forms.ValidationError("This is not your password now.")
        return str(self.cleaned_data["old_password"])


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new person."""

    password = forms.CharField(
        label="First password", widget=_password("new"), help_text="They change it after their first login."
    )

    class Meta:
        model = User
        fields = ["display_name", "initials", "username", "role", "license_number"]
        labels = {"display_name": "Name"}

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()

    def clean_initials(self) -> str:
        return str(self.cleaned_data["initials"]).upper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data:
            try:
                validate_password(data["password"], self.instance)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person may do, and whether they may come at all."""

    class Meta:
        model = User
        fields = ["role", "is_active"]
        labels = {"is_active": "May log in"}


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ApiToken
        fields = ["name"]
        help_texts = {"name": "Which machine it is for, such as “intake gateway”."}
