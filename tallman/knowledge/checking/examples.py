"""Examples: every rule shows when it speaks and when it does not, and the real `screen()` agrees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tallman.core.knowledge import Knowledge
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Severity
from tallman.core.screening.screen import Screening, screen
from tallman.knowledge.checking.book import Book, Rule
from tallman.knowledge.checking.problem import Problem
from tallman.knowledge.examples import SHAPES, case_of
from tallman.knowledge.schema import ExampleEntry

__all__ = ["check", "faults"]


def check(book: Book) -> Iterator[Problem]:
    """Rules without examples, and examples that do not hold."""
    for rule in book.rules:
        if rule.subject in SHAPES:
            yield from _shown(rule)
            for fires, entries in ((True, rule.entry.fires), (False, rule.entry.silent)):
                for number, example in enumerate(entries, 1):
                    for what in faults(rule.entry, example, fires, book.knowledge):
                        place = f"{rule.id}, {'fires' if fires else 'silent'} {number}"
                        do = "correct the rule or the example"
                        yield Problem(rule.file, place, what, do, "EXAMPLE-FAILS")


def _shown(rule: Rule) -> Iterator[Problem]:
    wanted = ["silent"] if getattr(rule.entry, "ignorable", False) else ["fires", "silent"]
    for kind in wanted:
        if not getattr(rule.entry, kind):
            yield Problem(rule.file, rule.id, f"no example under {kind!r}", "add one", "EXAMPLE-MISSING")


def faults(rule: Any, example: ExampleEntry, fires: bool, knowledge: Knowledge) -> Iterator[str]:
    """Why an example proves nothing or proves the rule wrong: what was not understood, and what was said instead."""
    case = case_of(example, knowledge)
    for words in _not_understood(case):
        yield f"{words!r} is not recognised, so the example proves nothing"
    screening = screen(case, knowledge)
    if _is_told(rule, screening) is not fires:
        said = "; ".join(f"{f.rule or f.code} {f.severity}" for f in screening.findings) or "nothing"
        yield f"the rule must {'speak' if fires else 'be silent'} of {example.new!r}; screening says {said}"


def _not_understood(case: Case) -> Iterator[str]:
    yield from (o.medicine.text for o in (*case.current, *case.proposed) if not o.medicine.is_known)
    yield from (a.substance for a in case.patient.allergies or () if not a.is_read)


def _is_told(rule: Any, screening: Screening) -> bool:
    """Whether the rule spoke as loud as it counts: moderate, or low for a rule of low severity; by itself, or beneath a
    graver rule for the same facts. An excipient answers that nobody could look."""
    if getattr(rule, "excipient", False) and any(rule.name in n.reason for n in screening.not_checked):
        return True
    least = Severity.LOW if getattr(rule, "severity", None) == "low" else Severity.MODERATE
    loud = [f for f in screening.findings if f.severity.rank <= least.rank]
    effect = getattr(rule, "effect", "")
    beneath = (line for f in loud for line in f.evidence if effect and line.endswith(f": {effect}"))
    return any(f.rule == rule.id for f in loud) or any(beneath)
