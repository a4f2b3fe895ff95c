"""What each stored field tells about a patient. Every area classes its own fields in `<area>/privacy.py`.

The dictionary there is called `FIELDS` and maps "Model.field" to a class; an unclassed field fails the build.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Privacy"]


class Privacy(StrEnum):
    """How a field must be handled when data leave the system."""

    NONE = "none"
    """Says nothing about any patient."""
    IDENTIFIER = "identifier"
    """Tells who the patient is, or leads to them (a name, a number, a link to their record)."""
    CLINICAL = "clinical"
    """Tells something of a person's health or treatment; may be used where nobody can be recognised."""
    SECRET = "secret"
    """Never leaves: password and token hashes, keys."""
