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
    "add_person", "change_access", "create_token", "log_in", "log_out", "note_use", "revoke_token",
    "set_password",
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
def change_access(*, person: User, role: str, is_active: bool, by: Author) -> User:
    """Give a person another role, or take their access away or give it back. The account always stays.

    Raises ValidationError for one's own account: so there is always somebody left who may do this.
    """
    user = _locked(person)
    if by.author_key == user.author_key:
        raise ValidationError("Your own role and access are for somebody else to change.")
    before = {"role": user.role, "is_active": user.is_active}
    user.role, user.is_active = role, is_active
    user.full_clean()
    user.save(update_fields=["role", "is_active"])
    data = {"from": before, "to": {"role": role, "is_active": is_active}}
    record(action="accounts.change_access", by=by, subject=user, data=data)
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
def log_in(*, person: User) -> None:
    """Note that somebody came."""
    record(action="accounts.log_in", by=person, subject=person)


@transaction.atomic
def log_out(*, person: User) -> None:
    """Note that somebody left."""
    record(action="accounts.log_out", by=person, subject=person)


@transaction.atomic
def create_token(*, name: str, by: Author, plain: str = "") -> tuple[ApiToken, str]:
    """A new machine token and its plain text, which is not kept. ValidationError when the name is taken.

    `plain` is a token made before, for a database made anew.
    """
    plain = plain or new_token()
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
