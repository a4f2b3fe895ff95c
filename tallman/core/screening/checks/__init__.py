"""The checks, one file each. None knows another; each answers with findings or with why it could not look."""

from __future__ import annotations

from tallman.core.screening.checks import (
    abbreviation,
    age,
    allergy,
    burden,
    condition,
    directions,
    discrepancy,
    dose,
    duplicate,
    frequency,
    interaction,
    kidney,
    lab,
    lactation,
    legal,
    liver,
    lookalike,
    low,
    opioid,
    pregnancy,
    rate,
    record,
    route,
    start,
)

__all__ = ["CHECKS"]

CHECKS = {
    "allergy": allergy.check,
    "interaction": interaction.check,
    "burden": burden.check,
    "duplicate": duplicate.check,
    "dose": dose.check,
    "low": low.check,
    "start": start.check,
    "frequency": frequency.check,
    "opioid": opioid.check,
    "condition": condition.check,
    "age": age.check,
    "pregnancy": pregnancy.check,
    "lactation": lactation.check,
    "kidney": kidney.check,
    "liver": liver.check,
    "lab": lab.check,
    "rate": rate.check,
    "route": route.check,
    "discrepancy": discrepancy.check,
    "directions": directions.check,
    "lookalike": lookalike.check,
    "legal": legal.check,
    "record": record.check,
    "abbreviation": abbreviation.check,
}
