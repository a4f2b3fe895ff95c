"""The names a pharmacy keeps beside what is published: pairs that are taken for each other, and how names are written.

Nothing is deleted: what no longer holds is retired, with who, when and why.
"""

from __future__ import annotations

import unicodedata

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tallman.server.web import clock

__all__ = ["DismissedMixUp", "Kept", "LookAlikePair", "TallManName", "key_of"]

LONGEST = 120


def key_of(name: str) -> str:
    """What two spellings of one name have in common.

    >>> key_of(" hydrOXYzine  HCl")
    'hydroxyzine hcl'
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _person(**options: object) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)  # type: ignore[arg-type]


class Kept(models.Model):
    """Something the pharmacy put on record and can retire."""

    SOURCES = [("own", "This pharmacy"), ("near-miss", "A near miss here"), ("list", "An imported list")]

    source = models.CharField(max_length=10, choices=SOURCES, default="own")
    list_name = models.CharField(max_length=80, blank=True)
    """What the pharmacy calls its copy of the list, with its date."""
    by = _person()
    at = models.DateTimeField(default=clock.now)
    retired_by = _person(null=True)
    retired_at = models.DateTimeField(null=True)
    retired_because = models.CharField(max_length=240, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_by__isnull=True, retired_because="")
                | (Q(retired_at__isnull=False, retired_by__isnull=False) & ~Q(retired_because="")),
                name="%(app_label)s_%(class)s_retired_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(source="list") ^ Q(list_name=""), name="%(app_label)s_%(class)s_list_is_named"
            ),
        ]

    @property
    def is_active(self) -> bool:
        """Whether it still counts."""
        return self.retired_at is None

    @property
    def origin(self) -> str:
        """Where it comes from, in words."""
        return self.list_name or self.get_source_display()  # type: ignore[attr-defined, no-any-return]


class LookAlikePair(Kept):
    """Two names that are taken for each other, in the order of their keys."""

    one = models.CharField(max_length=LONGEST)
    other = models.CharField(max_length=LONGEST)
    one_key = models.CharField(max_length=LONGEST, db_index=True)
    other_key = models.CharField(max_length=LONGEST, db_index=True)
    why = models.CharField(max_length=240, blank=True)
    """What happened or may happen."""

    class Meta(Kept.Meta):
        ordering = ["one_key", "other_key", "pk"]
        constraints = [
            *Kept.Meta.constraints,
            models.CheckConstraint(condition=~Q(one_key=F("other_key")), name="medicines_two_names"),
            models.UniqueConstraint(
                fields=["one_key", "other_key"], condition=Q(retired_at=None), name="medicines_pair_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} / {self.other}"


class TallManName(Kept):
    """How this pharmacy writes a name wherever it is shown; it stands before the published spelling."""

    name = models.CharField(max_length=LONGEST)
    key = models.CharField(max_length=LONGEST)

    class Meta(Kept.Meta):
        ordering = ["key", "pk"]
        constraints = [
            *Kept.Meta.constraints,
            models.UniqueConstraint(fields=["key"], condition=Q(retired_at=None), name="medicines_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class DismissedMixUp(models.Model):
    """Somebody looked at two medicines that were taken for each other and decided against a pair. It counts until
    it happens again."""

    one_key = models.CharField(max_length=LONGEST)
    other_key = models.CharField(max_length=LONGEST)
    reason = models.CharField(max_length=240)
    by = _person()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="medicines_dismissal_has_a_reason"),
            models.CheckConstraint(condition=~Q(one_key=F("other_key")), name="medicines_dismissed_two"),
        ]

    def __str__(self) -> str:
        return f"{self.one_key} / {self.other_key}"
