"""Advice to other systems is noted when it is given and when they say what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from tallman.interchange.cds_hooks.feedback import Outcome
from tallman.server.accounts.models import ApiToken
from tallman.server.audit.actions import record
from tallman.server.cds_clients.access import Caller
from tallman.server.exchange.cds import Advice
from tallman.server.exchange.models import Card

__all__ = ["note_advice", "note_outcomes"]


@transaction.atomic
def note_advice(*, advice: Advice, service: str, by: Caller) -> None:
    """Keep which advice was given, each card once; of the patient nothing is kept."""
    rows = [
        Card(
            uuid=uuid,
            service=service,
            code=finding.code,
            severity=finding.severity,
            rule=finding.rule,
            knowledge_sha256=advice.screening.knowledge_sha256,
            **_of(by),
        )
        for uuid, finding in advice.findings.items()
    ]
    Card.objects.bulk_create(rows, ignore_conflicts=True)
    record(action="exchange.note_advice", by=by, subject=None, data={"service": service, "cards": len(advice.cards)})


@transaction.atomic
def note_outcomes(*, outcomes: Iterable[Outcome], service: str, by: Caller) -> int:
    """Keep what became of cards that this caller was given; how many of them are known here.

    Of several outcomes of one card the last holds, in whatever order they arrive.
    """
    known = 0
    for outcome in outcomes:
        cards = Card.objects.filter(uuid=outcome.card, service=service, **_of(by))
        known += cards.count()
        cards.filter(Q(settled_at=None) | Q(settled_at__lte=outcome.at)).update(
            outcome=Card.ACCEPTED if outcome.accepted else Card.OVERRIDDEN,
            suggestions=list(outcome.suggestions),
            reason=outcome.reason[:60],
            comment=outcome.comment,
            settled_at=outcome.at,
        )
    record(action="exchange.note_outcomes", by=by, subject=None, data={"cards": known})
    return known


def _of(by: Caller) -> dict[str, Caller]:
    return {"token" if isinstance(by, ApiToken) else "client": by}
