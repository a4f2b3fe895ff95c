"""People and machine tokens."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tallman.core.workflow import Actor
from tallman.core.workflow import Role as RoleName
from tallman.server.accounts.roles import ROLES, Permission
from tallman.server.web import clock

__all__ = ["ApiToken", "User"]


class UserManager(BaseUserManager["User"]):
    """Makes people with a password that is hashed."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person who works here. People are never deleted, only made inactive: the record names them."""

    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=120)
    initials = models.CharField(max_length=4, unique=True)
    role = models.CharField(max_length=24, choices=[(r.name.value, r.title) for r in ROLES.values()])
    license_number = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name", "initials", "role"]

    class Meta:
        ordering = ["display_name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=list(ROLES)), name="accounts_known_role"),
            models.CheckConstraint(condition=~models.Q(initials=""), name="accounts_initials_given"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def can(self, permission: str) -> bool:
        """Whether this person's role grants `permission` (a `roles.Permission` value)."""
        return self.is_active and Permission(permission) in ROLES[self.role].permissions()

    @property
    def role_title(self) -> str:
        return ROLES[self.role].title

    @property
    def actor(self) -> Actor:
        """This person as `tallman.core.workflow` sees them."""
        return Actor(str(self.pk), RoleName(self.role))

    @property
    def author_key(self) -> str:
        return f"user:{self.pk}"

    @property
    def author_name(self) -> str:
        return self.display_name


class ApiToken(models.Model):
    """Leave for a machine to call. Only the hash is kept; the token itself is shown once."""

    name = models.CharField(
        max_length=80,
        unique=True,
        error_messages={"unique": "A token has this name already: choose another."},
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(blank=True, null=True)
    revoked_at = models.DateTimeField(blank=True, null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def author_key(self) -> str:
        return f"token:{self.pk}"

    @property
    def author_name(self) -> str:
        return self.name
