"""What tells two versions of the knowledge apart: records, and what they say of the same people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from tallman.core.drug import Product
from tallman.core.knowledge import Knowledge, Records
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Finding, Severity
from tallman.core.screening.screen import Screening, screen

__all__ = ["Changed", "Said", "Subject", "records_that_differ", "said_differently"]

_OF_THE_RELEASES = ("ingredients", "products")
"""What imported releases add to; of their packages there are too many to be compared one by one."""
_NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that both versions hold, and the fields in which it differs."""

    record: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What happened to one kind of record."""

    name: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]


def records_that_differ(old: Knowledge, new: Knowledge) -> list[Subject]:
    """Every kind of record of which some were added, removed or changed."""
    subjects = []
    for field in fields(Records):
        before, after = (_by_name(_held(k, field.name)) for k in (old, new))
        changed = (
            Changed(name, differing)
            for name in before.keys() & after.keys()
            if (differing := _differing(before[name], after[name]))
        )
        subject = Subject(
            field.name.replace("_", " "),
            tuple(sorted(after.keys() - before.keys())),
            tuple(sorted(before.keys() - after.keys())),
            tuple(sorted(changed, key=lambda c: c.record)),
        )
        if subject.added or subject.removed or subject.changed:
            subjects.append(subject)
    return subjects


def _held(knowledge: Knowledge, subject: str) -> Iterable[Any]:
    if subject in _OF_THE_RELEASES and knowledge.releases:
        held: Mapping[str, Any] = getattr(knowledge, subject)
        return held.values()
    return getattr(knowledge.records, subject)  # type: ignore[no-any-return]


def _by_name(records: Iterable[Any]) -> dict[str, Any]:
    """Records by what they are called; those of one name (a name with several meanings) stand together."""
    found: dict[str, Any] = {}
    for record in records:
        name = _name(record)
        found[name] = (*found[name], record) if name in found else (record,)
    return found


def _name(record: Any) -> str:
    if isinstance(record, str):
        return record
    if isinstance(record, tuple):
        return str(record[0])
    if isinstance(record, Product):
        return f"{record.name} [{record.rxcui or '-'}]"
    for field in ("id", "ndc", "jurisdiction", "name"):
        if hasattr(record, field):
            return str(getattr(record, field))
    return f"{record.one} / {record.other}"


def _differing(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[str, ...]:
    if before == after:
        return ()
    if len(before) != len(after) or not is_dataclass(before[0]):
        return ("meaning",)
    return tuple(f.name for f in fields(before[0]) if _all(before, f.name) != _all(after, f.name))


def _all(records: tuple[Any, ...], field: str) -> list[Any]:
    return [getattr(record, field) for record in records]


@dataclass(frozen=True, slots=True)
class Said:
    """Something that is said of one person in one version and not, or not so, in the other.

    `what` is "appears", "disappears", "graver", "milder" or "other words"; `code` names the rule or the check, or is
    "not checked" for what kept checks from running; `was` and `now` are severities, "" where nothing is said; `text` is
    the newer text.
    """

    who: str
    what: str
    code: str
    was: str
    now: str
    text: str


def said_differently(cases: Iterable[tuple[str, Case, Case]], old: Knowledge, new: Knowledge) -> Iterator[Said]:
    """What changes for people: who in a few words, the case as the old version reads it, and as the new one does."""
    for who, before, after in cases:
        was, now = _statements(screen(before, old)), _statements(screen(after, new))
        for key in sorted(was.keys() | now.keys()):
            yield from _compared(who, key[0], was.get(key), now.get(key))


_Statement = tuple[str, str]
"""Severity and text."""


def _statements(screening: Screening) -> dict[tuple[str, ...], _Statement]:
    """Every finding and everything that could not be checked, by what it is about."""
    found: dict[tuple[str, ...], _Statement] = {}
    counted: Counter[tuple[str, ...]] = Counter()
    for finding in screening.findings:
        key = (finding.rule or finding.code, finding.code, finding.order, *finding.others)
        counted[key] += 1
        found[(*key, str(counted[key]))] = (finding.severity, _text(finding))
    gaps: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for gap in screening.not_checked:
        gaps[_NOT_CHECKED, gap.order, gap.reason].append(gap.check)
    return found | {key: (_NOT_CHECKED, f"{key[2]} ({', '.join(checks)})") for key, checks in gaps.items()}


def _text(finding: Finding) -> str:
    return f"{finding.summary} {finding.advice}".strip()


def _compared(who: str, code: str, was: _Statement | None, now: _Statement | None) -> Iterator[Said]:
    if was == now:
        return
    if was is None or now is None:
        severity, text = now or was or ("", "")
        yield Said(
            who, "appears" if now else "disappears", code, "" if now else severity, severity if now else "", text
        )
    elif was[0] != now[0]:
        graver = Severity(now[0]).rank < Severity(was[0]).rank
        yield Said(who, "graver" if graver else "milder", code, was[0], now[0], now[1])
    else:
        yield Said(who, "other words", code, was[0], now[0], now[1])
