"""One discharge as its papers tell it: the patient's list, the letter and the document for other systems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tallman.core.label import Pharmacy
from tallman.core.patient import Allergy
from tallman.core.reconciliation.change_reasons import reason_in, why
from tallman.core.reconciliation.discharge import Change, DischargeRow
from tallman.core.reconciliation.discharge_words import dated

__all__ = ["Discharge", "Reason", "born", "reason_of"]


_ONLY_UNTIL = re.compile(r"(?:paused |held )?until [\d/-]+\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something changed: `plain` in the patient's language, `written` in the words of who wrote it."""

    plain: tuple[str, ...]
    written: str


@dataclass(frozen=True)
class Discharge:
    """A discharge with the names that stand on its papers.

    `patient` is the name as it is printed, `made_on` the day the papers are made, `place` the hospital or pharmacy that
    gives them out and answers questions, `decided_by` the people who decided, with their titles, `agreed_with` the
    prescribers they asked, `kind` the kind of stay (inpatient, emergency, observation, outpatient). `allergies` is None
    when nobody is known to have asked, empty when there are none. `is_signed` is false while the signature that the
    house asks for is not there.
    """

    patient: str
    birth_date: date | None
    made_on: date
    place: Pharmacy
    rows: tuple[DischargeRow, ...]
    allergies: tuple[Allergy, ...] | None = None
    admitted_on: date | None = None
    discharged_on: date | None = None
    decided_by: tuple[str, ...] = ()
    agreed_with: tuple[str, ...] = ()
    kind: str = "inpatient"
    is_signed: bool = True

    def of(self, *changes: Change) -> tuple[DischargeRow, ...]:
        """The rows of some changes, in their order."""
        return tuple(r for r in self.rows if r.change in changes)

    @property
    def undecided(self) -> tuple[DischargeRow, ...]:
        """What nobody has decided."""
        return self.of(Change.UNDECIDED)

    @property
    def is_draft(self) -> bool:
        """Whether something is undecided or not signed: the patient's list is a draft, and nothing else is made."""
        return bool(self.undecided) or not self.is_signed

    @property
    def current_allergies(self) -> tuple[Allergy, ...] | None:
        """Those that are held to be true, each once."""
        if self.allergies is None:
            return None
        return tuple({a.substance.lower(): a for a in self.allergies if not a.refuted}.values())


def reason_of(row: DischargeRow, language: str) -> Reason:
    """Why a medicine changed: coded reasons in plain words, everything else as it was written.

    A day until which it is paused is told with what to do, and not again here."""
    kept = [p.strip() for p in row.because.replace("\n", ";").split(";")]
    told = [p for p in kept if reason_in(p) or (row.until and _ONLY_UNTIL.fullmatch(p))]
    written = "; ".join(dict.fromkeys(p for p in kept if p and p not in told))
    return Reason(tuple(why(r, language) for r in row.reasons), written)


def born(birth_date: date | None, language: str) -> str:
    """The birth date in words, or that it is not known."""
    unknown = "no se sabe" if language == "es" else "not known"
    return dated(birth_date, language) if birth_date else unknown
