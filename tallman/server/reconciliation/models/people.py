"""The field for whoever did something."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

__all__ = ["person"]


def person(**options: Any) -> models.ForeignKey:  # type: ignore[type-arg]
    """Somebody who works here: their record stays as long as what they did."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)
