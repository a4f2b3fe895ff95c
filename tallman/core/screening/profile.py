"""The medicines that somebody takes, looked at by themselves: nothing is proposed, and something may still be wrong."""

from __future__ import annotations

from dataclasses import replace

from tallman.core.knowledge import Knowledge
from tallman.core.screening.case import Case
from tallman.core.screening.checks import CHECKS
from tallman.core.screening.screen import Screening, screen

__all__ = ["as_renewals", "screen_profile"]

_OF_ONE_PRESCRIPTION = ("discrepancy", "directions", "lookalike", "legal", "record", "abbreviation")
"""Checks of how a prescription is written and whether it may be supplied: a profile has no such questions."""
_CHECKS = {name: check for name, check in CHECKS.items() if name not in _OF_ONE_PRESCRIPTION}


def as_renewals(case: Case) -> Case:
    """The case as if everything that is taken were renewed today, so that what is tolerated counts as tolerated."""
    renewals = tuple(replace(order, replaces=(order.id,)) for order in case.continuing)
    return replace(case, current=case.continuing, proposed=renewals)


def screen_profile(case: Case, knowledge: Knowledge) -> Screening:
    """Screen what a patient takes against the record and against each other; proposed orders are left out."""
    return screen(as_renewals(replace(case, proposed=())), knowledge, _CHECKS)
