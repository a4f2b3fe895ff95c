"""What is answered to a system that asks while somebody prescribes: the same screening as at the counter, as cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tallman.core.patient import HEIGHT, LACTATION, PREGNANCY, WEIGHT
from tallman.core.screening.finding import Finding
from tallman.core.screening.profile import screen_profile
from tallman.core.screening.screen import Screening, screen
from tallman.interchange.cds_hooks import cards
from tallman.interchange.cds_hooks.request import Request
from tallman.interchange.cds_hooks.services import PATIENT_VIEW
from tallman.interchange.fhir.case import read_case
from tallman.server import knowledge_in_use
from tallman.server.prescriptions.outcomes import OUTCOMES

__all__ = ["Advice", "advice", "measured"]

_REASONS = {o.code: o.text for o in OUTCOMES.values() if o.releases}


@dataclass(frozen=True, slots=True)
class Advice:
    """The cards of an answer, and the findings they come from by the id of their card."""

    cards: list[dict[str, object]]
    findings: dict[str, Finding]
    screening: Screening


def measured() -> list[str]:
    """The LOINC codes of what the checks look at."""
    labs = knowledge_in_use.current().records.labs
    return list(
        dict.fromkeys([*WEIGHT, *HEIGHT, *PREGNANCY, *LACTATION, *(code for lab in labs for code in lab.loinc)])
    )


def advice(request: Request, on: date) -> Advice:
    """Screen what was sent. Raises UnreadableBundle where no case can be made of it."""
    knowledge = knowledge_in_use.current()
    case, warnings = read_case(request.bundle(), knowledge, on)
    screening = screen_profile(case, knowledge) if request.service is PATIENT_VIEW else screen(case, knowledge)
    return Advice(
        cards.cards(case, screening, request, _REASONS, knowledge, warnings),
        {cards.card_id(f, request): f for f in cards.findings_shown(screening, request)},
        screening,
    )
