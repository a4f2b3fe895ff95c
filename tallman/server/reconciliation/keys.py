"""What a decision is about: one medicine as both sides tell of it. Where a side says something else, the key is
another, and the decision no longer counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from tallman.core.reconciliation.difference import Difference, Match, NotCompared
from tallman.core.reconciliation.line import Line, RecordedAllergy

__all__ = ["key_of", "key_of_allergies", "key_of_lines", "speaks_of"]


def key_of(match: Match) -> str:
    """64 hexadecimal digits over what both sides of a match say."""
    return _hashed([sorted(map(_said, match.left)), sorted(map(_said, match.right))])


def key_of_allergies(difference: Difference) -> str:
    """The same over the allergies that a difference is about."""
    sides = (difference.left_allergies, difference.right_allergies)
    return _hashed([sorted(map(_allergy, side)) for side in sides])


def speaks_of(found: Difference | NotCompared, match: Match) -> bool:
    """Whether a difference is about the medicine of a match."""
    refs = {line.ref for line in (*match.left, *match.right)}
    return any(line.ref in refs for line in (*found.left, *found.right))


def _said(line: Line) -> list[str]:
    return [line.order.medicine.text or line.name, line.order.sig.text, line.state, line.note, line.reason]


def _allergy(recorded: RecordedAllergy) -> list[str]:
    return [recorded.allergy.substance, recorded.allergy.reaction or ""]


def _hashed(said: object) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def key_of_lines(lines: Iterable[Line]) -> str:
    """The same over lines that stand on neither side: what was only given in hospital."""
    return _hashed([sorted(map(_said, lines))])
