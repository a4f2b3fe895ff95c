"""Who and what a received prescription may mean: ranked candidates, each with its reasons, for a person to choose from.

Nothing is ever matched here: the first candidate is a proposal, and one that contradicts the message says so.
"""

from __future__ import annotations

from tallman.server.prescriptions.matching.candidate import Candidate
from tallman.server.prescriptions.matching.patients import patient_candidate, patients_for, people_like
from tallman.server.prescriptions.matching.prescribers import prescriber_candidate, prescriber_doubts, prescribers_for
from tallman.server.prescriptions.matching.products import (
    medicine_doubts,
    medicine_of,
    mixed_up,
    product_candidate,
    products_for,
)

__all__ = [
    "Candidate",
    "medicine_doubts",
    "medicine_of",
    "mixed_up",
    "patient_candidate",
    "patients_for",
    "people_like",
    "prescriber_candidate",
    "prescriber_doubts",
    "prescribers_for",
    "product_candidate",
    "products_for",
]
