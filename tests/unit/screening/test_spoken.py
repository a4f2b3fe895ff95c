"""Every name that is said instead of a check's own belongs to a check."""

from __future__ import annotations

from tallman.core.screening.checks import CHECKS, SPOKEN


def test_only_checks_are_renamed() -> None:
    assert set(SPOKEN) <= set(CHECKS)
    assert len({SPOKEN.get(check, check) for check in CHECKS}) == len(CHECKS)
