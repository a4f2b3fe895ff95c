"""A stored screening run again with the version of the knowledge that it names: does it still say the same?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tallman.core.knowledge import Knowledge
from tallman.core.screening import finding as core
from tallman.core.screening.screen import Screening as Result
from tallman.knowledge.versions import opened
from tallman.server.prescriptions.models import Finding, Screening
from tallman.server.prescriptions.replay import replay

__all__ = ["Again", "Outcome", "screened_again"]


class Outcome(StrEnum):
    """What came of running a screening again. `GONE` says that the version it names is not kept here any more."""

    SAME = "the same"
    DIFFERS = "differs"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Again:
    """The outcome, and the codes of what is said now and was not, or was said and is not now."""

    outcome: Outcome
    differing: tuple[str, ...] = ()


def screened_again(screening: Screening) -> Again:
    """Screen the stored case with its own version. Where that is the same, only the checks themselves can differ."""
    knowledge = _version(screening.knowledge_sha256)
    if knowledge is None:
        return Again(Outcome.GONE)
    now, then = _said(replay(screening.case, knowledge)), _recorded(screening)
    differing = tuple(sorted({statement[0] for statement in (now - then) + (then - now)}))
    return Again(Outcome.DIFFERS if differing else Outcome.SAME, differing)


@lru_cache(maxsize=2)
def _version(sha256: str) -> Knowledge | None:
    return opened(sha256)


_Statement = tuple[str, ...]


def _said(result: Result) -> Counter[_Statement]:
    found = Counter(_statement(f, f.evidence) for f in result.findings)
    return found + Counter({("not checked", n.check, n.reason): 1 for n in result.not_checked})


def _recorded(screening: Screening) -> Counter[_Statement]:
    """What was stored; findings that were only carried over from the screening before are none of it."""
    rows = Finding.objects.filter(screening=screening, no_longer_found=False)
    found = Counter(_statement(row, row.evidence) for row in rows)
    return found + Counter({("not checked", n["check"], n["reason"]): 1 for n in screening.not_checked})


def _statement(finding: core.Finding | Finding, evidence: Iterable[str]) -> _Statement:
    return (finding.code, str(finding.severity), finding.summary, finding.advice, finding.rule, *evidence)
