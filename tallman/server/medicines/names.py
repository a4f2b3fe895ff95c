"""How a medicine's name is written wherever it is shown: the FDA's tall-man letters, the pharmacy's own before them.

Pages write names through the filters of `templatetags/medicines.py`, labels through `display`. What was received as
free text does not pass through here: it stays as it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache

from django.http import HttpRequest, HttpResponse

from tallman.core.lookalike.tall_man import tall_man_display
from tallman.knowledge.load import HERE, read_yaml
from tallman.server.medicines.models import TallManName

__all__ = ["OneSpelling", "Spelling", "display", "published", "spelling"]


@dataclass(frozen=True, slots=True)
class Spelling:
    """How names are written: `write` rewrites the names in a text, `written` finds those that carry tall letters."""

    write: Callable[[str], str]
    written: re.Pattern[str]


@cache
def published() -> tuple[str, ...]:
    """The names with tall-man letters that the FDA publishes."""
    return tuple(read_yaml(HERE / "tall_man.yaml", dict[str, list[str]])["names"])


@lru_cache(maxsize=8)
def _spelling(own: tuple[str, ...]) -> Spelling:
    keys = {name.lower() for name in own}
    names = [*(name for name in published() if name.lower() not in keys), *own]
    longest_first = sorted(names, key=len, reverse=True)
    return Spelling(tall_man_display(names), re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"))


_held: ContextVar[list[Spelling] | None] = ContextVar("the spelling of this request", default=None)


class OneSpelling:
    """Middleware: the pharmacy's names are read once a request, by the first name that is shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _held.set([])
        try:
            return self.get_response(request)
        finally:
            _held.reset(token)


def spelling() -> Spelling:
    """The spelling that holds now: of this request, outside of one as the database has it."""
    held = _held.get()
    if held:
        return held[0]
    found = _spelling(tuple(TallManName.objects.filter(retired_at=None).values_list("name", flat=True)))
    if held is not None:
        held.append(found)
    return found


def display(text: str) -> str:
    """A name, or a sentence with names in it, in tall-man letters."""
    return spelling().write(text)
