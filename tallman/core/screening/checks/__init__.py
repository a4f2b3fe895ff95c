"""The checks, one file each. None knows another; each answers with findings or with why it could not look."""

from __future__ import annotations

from tallman.core.screening.checks import allergy, discrepancy, dose, duplicate, interaction

__all__ = ["CHECKS"]

CHECKS = {
    "allergy": allergy.check,
    "interaction": interaction.check,
    "duplicate": duplicate.check,
    "dose": dose.check,
    "discrepancy": discrepancy.check,
}
