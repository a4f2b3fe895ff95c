"""A screening as the cards of an answer: each says what, how bad, the arithmetic, what to do, and its source.

What is only recorded makes no card. What could not be checked makes one: no card at all means checked and clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tallman.core.knowledge import Knowledge, Source
from tallman.core.received import ReadWarning
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Finding, Severity, told_together
from tallman.core.screening.screen import Screening
from tallman.interchange.cds_hooks.request import Request
from tallman.interchange.cds_hooks.suggestions import suggested

__all__ = ["card_id", "cards", "findings_shown"]

_INDICATORS = {Severity.CRITICAL: "critical", Severity.HIGH: "warning", Severity.MODERATE: "info"}
_LONGEST = 139
"""Characters of a summary: fewer than 140 (CDS Hooks 2.0, Card Attributes)."""
_UNREVIEWED = "The record this rests on has not been signed by a pharmacist yet."
_LOST = ("MODIFIER", "RESOURCE-UNREADABLE", "FIELD-UNREADABLE", "OTHER-PATIENT", "WHOSE-UNCLEAR")
"""Warnings of the reader that say that something of a resource did not come into the checks."""
_ENTRY = re.compile(r"Bundle\.entry\[(\d+)\](?:\.resource)?\.?(.*)")
_CODES, _REASONS = "urn:tallman:finding", "urn:tallman:override-reason"


def cards(
    case: Case, screening: Screening, request: Request, reasons: Mapping[str, str], knowledge: Knowledge,
    warnings: Iterable[ReadWarning] = (),
) -> list[dict[str, Any]]:  # fmt: skip
    """The cards, the gravest first. `reasons` are codes and texts of why one may be overridden, `warnings` what was not
    understood while the case was read."""
    found = [_card(f, case, request, reasons, knowledge) for f in findings_shown(screening, request)]
    unchecked = _unchecked(case, screening, request, warnings)
    return [*found, *([unchecked] if unchecked else [])]


def findings_shown(screening: Screening, request: Request) -> list[Finding]:
    """The findings of which there is a card: those about the orders asked for, and not what is only recorded."""
    return [f for f in screening.findings if f.severity in _INDICATORS and _is_asked(request, f.order, *f.others)]


def card_id(finding: Finding, request: Request) -> str:
    """The card of a finding in a call: the same call is given the same cards."""
    told = "|".join((request.instance, finding.code, finding.order, *finding.others, finding.rule, finding.summary))
    return str(uuid5(NAMESPACE_URL, told))


def _is_asked(request: Request, *orders: str) -> bool:
    return request.selected is None or any(order.rpartition("/")[2] in request.selected for order in orders)


def _card(
    finding: Finding, case: Case, request: Request, reasons: Mapping[str, str], knowledge: Knowledge
) -> dict[str, Any]:
    suggestions = suggested(finding, card_id(finding, request), case, request, knowledge)
    card: dict[str, Any] = {
        "uuid": card_id(finding, request),
        "summary": _short(finding.summary),
        "indicator": _INDICATORS[finding.severity],
        "detail": _detail(finding),
        "source": {
            "label": _source(finding.sources[0]) if finding.sources else "Tallman",
            "topic": {"system": _CODES, "code": finding.code, "display": finding.category.value},
        },
    }
    if finding.severity.is_interruptive:
        card["overrideReasons"] = [{"system": _REASONS, "code": c, "display": text} for c, text in reasons.items()]
    if suggestions:
        card |= {"suggestions": suggestions, "selectionBehavior": "at-most-one"}
    return card


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rpartition(' ')[0]}…"


def _detail(finding: Finding) -> str:
    """Everything there is to say, in the Markdown that cards are written in."""
    lines = [finding.summary, "", *(f"- {line}" for line in finding.evidence)]
    lines += ["", f"**What to do:** {finding.advice}"] if finding.advice else []
    lines += ["", *(f"Source: {_source(s)}" for s in finding.sources)]
    return "\n".join([*lines, *([] if finding.reviewed else ["", _UNREVIEWED])]).strip()


def _source(source: Source) -> str:
    return ", ".join(part for part in (source.title, source.section, source.date) if part)


def _lost(request: Request, warnings: Iterable[ReadWarning]) -> Iterator[str]:
    """What of the resources was not understood, each by its type and id."""
    sent = (*request.drafts, *request.record)
    for told in warnings:
        place = _ENTRY.fullmatch(told.where)
        if told.code not in _LOST or place is None:
            continue
        resource = sent[int(place[1])]
        if resource in request.record or _is_asked(request, resource.id):
            yield f"{resource.kind} {resource.id} {place[2]}".strip() + f": {told.text}"


def _unchecked(
    case: Case, screening: Screening, request: Request, warnings: Iterable[ReadWarning]
) -> dict[str, Any] | None:
    """One card for everything that could not be looked at, with the reasons."""
    names = {o.id: o.medicine.name or o.medicine.text for o in (*case.proposed, *case.current)}
    lines = [f"- {what}" for what in (*request.not_sent, *dict.fromkeys(_lost(request, warnings)))]
    about: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for order in dict.fromkeys(n.order for n in screening.not_checked if _is_asked(request, n.order)):
        for told in told_together(n for n in screening.not_checked if n.order == order):
            about.setdefault(told, []).append(names.get(order, order))
    for (checks, reason), orders in about.items():
        lines.append(f"- {'; '.join(orders)}, {', '.join(checks)}: {reason}")
    if not lines:
        return None
    return {
        "uuid": str(uuid5(NAMESPACE_URL, "|".join((request.instance, *lines)))),
        "summary": "Not everything could be checked",
        "indicator": "info",
        "detail": "\n".join(
            ["What is listed here was not checked, which does not mean that it is all right.", "", *lines]
        ),
        "source": {"label": "Tallman", "topic": {"system": _CODES, "code": "NOT-CHECKED", "display": "not checked"}},
    }
