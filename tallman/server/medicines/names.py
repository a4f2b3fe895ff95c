"""How a medicine's name is written wherever it is shown: the FDA's tall-man letters, the pharmacy's own before them.

Pages write names through the filters of `templatetags/medicines.py`, labels through `display`. What was received as
free text does not pass through here: it stays as it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from tallman.core.lookalike.tall_man import tall_man_display
from tallman.server import knowledge_in_use
from tallman.server.medicines.models import TallManName, key_of
from tallman.server.medicines.once import once

__all__ = ["Spelling", "display", "published", "spelling"]


@dataclass(frozen=True, slots=True)
class Spelling:
    """How names are written: `write` rewrites the names in a text, `written` finds those that carry tall letters."""

    write: Callable[[str], str]
    written: re.Pattern[str]


def published() -> tuple[str, ...]:
    """The names with tall-man letters that come with the knowledge in use: the FDA's."""
    return knowledge_in_use.current().records.tall_man


def spelling() -> Spelling:
    """The spelling that holds now."""
    return _spelling(published(), once(_own))


def display(text: str) -> str:
    """A name, or a sentence with names in it, in tall-man letters."""
    return spelling().write(text)


def _own() -> tuple[str, ...]:
    return tuple(TallManName.objects.filter(retired_at=None).values_list("name", flat=True))


@lru_cache(maxsize=8)
def _spelling(published: tuple[str, ...], own: tuple[str, ...]) -> Spelling:
    names = {key_of(name): name for name in (*published, *own)}
    longest_first = sorted(names.values(), key=len, reverse=True)
    written = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b" if names else r"(?!)")
    return Spelling(tall_man_display(longest_first), written)
