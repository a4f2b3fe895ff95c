"""What a technician puts before the pharmacist for each medicine. Nothing here decides."""

from __future__ import annotations

from collections.abc import Sequence

from tallman.core.reconciliation.difference import Action, Difference, DifferenceType, Match, Proposal
from tallman.core.reconciliation.line import Line

__all__ = ["proposals"]

_ASK = {
    DifferenceType.OMISSION: "Ask whether it is to be ordered, held or stopped, and why.",
    DifferenceType.ADDITION: "Ask what it is for.",
    DifferenceType.DOSE: "Ask which dose is meant.",
    DifferenceType.FREQUENCY: "Ask how often is meant.",
    DifferenceType.ROUTE: "Ask which way is meant.",
    DifferenceType.FORM: "Ask which form is meant.",
    DifferenceType.DURATION: "Ask how long is meant.",
    DifferenceType.DUPLICATE: "Ask which of them stands, and have the other stopped.",
    DifferenceType.SUBSTITUTION: "Ask whether the change is meant, and which of them goes on after discharge.",
}


def proposals(matches: Sequence[Match], differences: Sequence[Difference]) -> tuple[Proposal, ...]:
    """One proposal for each medicine: to ask where nothing explains a difference, to note what is explained, else to
    go on as at home."""
    return tuple(_proposed(m, [d for d in differences if _speaks_of(d, m)]) for m in matches)


def _speaks_of(difference: Difference, match: Match) -> bool:
    lines = [id(line) for line in (*match.left, *match.right)]
    return any(id(line) in lines for line in (*difference.left, *difference.right))


def _proposed(match: Match, differences: Sequence[Difference]) -> Proposal:
    shown = _shown(match)
    directions = shown.order.sig.text.strip()
    unanswered = [d for d in differences if not d.explained]
    if unanswered:
        action = Action.ASK
        said = " ".join(f"{d.summary} {_ASK.get(d.type, '')}".strip() for d in unanswered)
    elif differences:
        action, said = Action.NOTE, " ".join(f"{d.summary} Written: {d.because}" for d in differences)
    else:
        action, said = Action.CONTINUE, f"{shown.name} is ordered as it is taken."
    return Proposal(action, match.left, match.right, shown.name, directions, said)


def _shown(match: Match) -> Line:
    """The line a proposal is shown by: the order where there is one."""
    return next(iter((*match.right, *match.left)))
