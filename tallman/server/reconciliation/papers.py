"""What leaves the house at discharge, from the rows of a stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from tallman.core.reconciliation.papers import Discharge
from tallman.server.dispensing.label_of import pharmacy
from tallman.server.reconciliation.comparison import Compared, Stay
from tallman.server.reconciliation.models import Decision, SignOff, Stage
from tallman.server.reconciliation.signed import rows_of

__all__ = ["Papers", "papers_of"]


@dataclass(frozen=True)
class Papers:
    """A discharge with the names on its papers; `unsettled` says in a sentence why they are a draft, "" when not."""

    discharge: Discharge
    unsettled: str


def papers_of(stay: Stay) -> Papers:
    """The papers of a stay as it stands. They are settled by the signature under just these rows."""
    compared = stay.compared(Stage.DISCHARGE)
    encounter, patient = stay.encounter, stay.encounter.patient
    signed = next((s for s in reversed(encounter.sign_offs.all()) if s.stage == Stage.DISCHARGE), None)
    unsettled = _unsettled(compared, signed, encounter.history_completed_at)
    discharge = Discharge(
        patient=" ".join(filter(None, [patient.given_names, patient.family_name])),
        birth_date=patient.birth_date,
        made_on=stay.on,
        place=pharmacy(),
        rows=stay.discharge(compared),
        allergies=stay.patient.allergies,
        admitted_on=timezone.localdate(encounter.admitted_at),
        discharged_on=timezone.localdate(encounter.discharged_at) if encounter.discharged_at else None,
        decided_by=_deciders(stay, signed),
        agreed_with=tuple(dict.fromkeys(d.agreed_with for d in _decisions(stay) if d.agreed_with)),
        kind=encounter.kind,
        is_signed=not unsettled,
    )
    if discharge.undecided and not unsettled:
        unsettled = "Of a medicine from home nobody has said whether it goes on."
    return Papers(discharge, unsettled)


def _unsettled(compared: Compared, signed: SignOff | None, known: datetime | None) -> str:
    if compared.open_rows:
        return "A medicine waits for a pharmacist's decision."
    if signed is None:
        return "The discharge is not signed by a pharmacist."
    if known is None or signed.at < known:
        return "The history was opened again since a pharmacist signed the discharge."
    if signed.superseded_at or signed.rows != rows_of(compared):
        return "The lists or decisions have changed since a pharmacist signed the discharge."
    return ""


def _deciders(stay: Stay, signed: SignOff | None) -> tuple[str, ...]:
    """Who signed and who decided, each once."""
    people = ([signed.by] if signed else []) + [d.by for d in _decisions(stay)]
    return tuple(dict.fromkeys(f"{one.display_name}, {one.role_title.lower()}" for one in people))


def _decisions(stay: Stay) -> list[Decision]:
    """What was decided for the way home and holds."""
    return [d for d in stay.encounter.decisions.all() if d.stage == Stage.DISCHARGE and not d.withdrawn_at]
