"""Forms of the accounts pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from tallman.server.accounts.models import User
from tallman.server.accounts.queries import person_named

__all__ = ["LoginForm", "UnlockForm"]


class _PasswordForm(forms.Form):
    """Proves that somebody is who they say."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def _prove(self, username: str, password: str, sentence: str) -> None:
        self.user = authenticate(self.request, username=username, password=password)  # type: ignore[assignment]
        if self.user is None:
            raise forms.ValidationError(sentence)


class LoginForm(_PasswordForm):
    name = forms.CharField(
        label="Username or initials", max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "spellcheck": "false"}),
    )  # fmt: skip
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "name" in data and "password" in data:
            person = person_named(data["name"].strip())
            # The lock-out counts by username: initials must not give a second set of tries.
            username = person.username if person else data["name"].strip().lower()
            self._prove(username, data["password"], "Name and password do not go together. Try again.")
        return data


class UnlockForm(_PasswordForm):
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "password" in data:
            username = self.request.user.get_username()
            self._prove(username, data["password"], "This is not your password. Try again, or switch person.")
        return data
