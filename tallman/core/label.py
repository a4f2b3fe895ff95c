"""What stands on the label of a prescription container.

The elements are those that US boards of pharmacy ask for (after 21 CFR 1306.24 and the NABP Model Act), in the order
of the patient-centred label of USP <17>: who it is for, what it is, how to take it; the rest is smaller.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

__all__ = ["CONTROLLED_WARNING", "Label", "Pharmacy", "discard_after"]

CONTROLLED_WARNING = (
    "Caution: Federal law prohibits the transfer of this drug to any person other than the patient for whom it was "
    "prescribed."
)
"""The sentence 21 CFR 290.5 asks for on schedule II to IV medicines, word for word."""

_CONTROLLED = frozenset({"CII", "CIII", "CIV"})


@dataclass(frozen=True, slots=True)
class Pharmacy:
    """The pharmacy as its labels name it."""

    name: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """The texts of one label. `directions` are the words the patient reads; `is_expanded` says that they are the
    plain-language reading of what was written, not the text itself.

    `code` is the bar code of the container, `part` says which part of an owed quantity this is ("" for the whole).
    """

    pharmacy: Pharmacy
    code: str
    rx_number: str
    patient: str
    medicine: str
    directions: str
    is_expanded: bool
    quantity: str
    refills: str
    prescriber: str
    filled_on: date
    discard_after: date | None
    manufacturer: str = ""
    ndc: str = ""
    schedule: str = ""
    filled_by: str = ""
    checked_by: str = ""
    part: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences the law puts on this container."""
        return (CONTROLLED_WARNING,) if self.schedule in _CONTROLLED else ()


def discard_after(filled_on: date, expiries: Iterable[date]) -> date:
    """The last day the medicine in the container may be used: a year from filling, or the first expiry if sooner.

    The year is the beyond-use date boards of pharmacy ask for on a repackaged solid, after USP <1178>.

    >>> discard_after(date(2028, 2, 29), [date(2030, 1, 31)]).isoformat()
    '2029-02-28'
    """
    try:
        in_a_year = filled_on.replace(year=filled_on.year + 1)
    except ValueError:
        in_a_year = date(filled_on.year + 1, 2, 28)
    return min([in_a_year, *expiries])
