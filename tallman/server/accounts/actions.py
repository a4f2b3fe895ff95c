"""What is done to accounts and tokens, each with its audit event."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from tallman.server.accounts.models import ApiToken, User
from tallman.server.accounts.tokens import hashed, new_token
from tallman.server.audit.actions import Author, record
from tallman.server.web import clock

__all__ = [
    "add_person", "change_role", "create_token", "deactivate", "log_in", "log_out", "note_use", "reactivate",
    "revoke_token", "set_password",
]  # fmt: skip


@transaction.atomic
def add_person(
    *, username: str, display_name: str, initials: str, role: str, password: str | None, by: Author,
    license_number: str = "",
) -> User:  # fmt: skip
    """A new person. `password` None makes an account that cannot log in until one is set."""
    user = User(
        username=username.lower(), display_name=display_name, initials=initials.upper(), role=role,
        license_number=license_number,
    )  # fmt: skip
    user.set_password(password)
    user.full_clean()
    user.save()
    record(action="accounts.add_person", by=by, subject=user, data={"username": user.username, "role": role})
    return user


@transaction.atomic
def change_role(*, person: User, role: str, by: Author) -> User:
    """Give a person another role."""
    user = _locked(person)
    before, user.role = user.role, role
    user.full_clean()
    user.save(update_fields=["role"])
    record(action="accounts.change_role", by=by, subject=user, data={"from": before, "to": role})
    return user


@transaction.atomic
def set_password(*, person: User, password: str, by: Author) -> User:
    """Set a person's password; other sessions of theirs end by themselves."""
    user = _locked(person)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(action="accounts.set_password", by=by, subject=user)
    return user


@transaction.atomic
def deactivate(*, person: User, by: Author) -> User:
    """Take a person's access away. The account stays: the record names it."""
    return _set_active(person, False, by, "accounts.deactivate")


@transaction.atomic
def reactivate(*, person: User, by: Author) -> User:
    """Give a person's access back."""
    return _set_active(person, True, by, "accounts.reactivate")


@transaction.atomic
def log_in(*, person: User) -> None:
    """Note that somebody came."""
    record(action="accounts.log_in", by=person, subject=person)


@transaction.atomic
def log_out(*, person: User) -> None:
    """Note that somebody left."""
    record(action="accounts.log_out", by=person, subject=person)


@transaction.atomic
def create_token(*, name: str, by: Author) -> tuple[ApiToken, str]:
    """A new machine token and its plain text, which is not kept. ValidationError when the name is taken."""
    plain = new_token()
    token = ApiToken(name=name, token_hash=hashed(plain))
    token.full_clean()
    token.save()
    record(action="accounts.create_token", by=by, subject=token, data={"name": name})
    return token, plain


@transaction.atomic
def revoke_token(*, name: str, by: Author) -> ApiToken:
    """End a token. Raises ValidationError when there is none of that name or it has ended before."""
    token = ApiToken.objects.select_for_update().filter(name=name, revoked_at=None).first()
    if token is None:
        raise ValidationError(f"There is no valid token named {name}.")
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    record(action="accounts.revoke_token", by=by, subject=token, data={"name": name})
    return token


def note_use(*, token: ApiToken) -> None:
    """Remember when a token was last used, to the minute. What it does leaves its own events."""
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def _locked(person: User) -> User:
    return User.objects.select_for_update().get(pk=person.pk)


def _set_active(person: User, active: bool, by: Author, action: str) -> User:
    user = _locked(person)
    user.is_active = active
    user.save(update_fields=["is_active"])
    record(action=action, by=by, subject=user)
    return user
