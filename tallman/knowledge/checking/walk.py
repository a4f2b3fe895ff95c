"""Every part of an authored entry: a rule has sides, a group has cross-reactions, a precaution has bands."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

import msgspec

__all__ = ["parts", "values"]


def parts(entry: Any) -> Iterator[msgspec.Struct]:
    """An entry and every struct within it, the examples left out."""
    if isinstance(entry, msgspec.Struct):
        yield entry
        for name in entry.__struct_fields__:
            if name not in ("fires", "silent"):
                yield from parts(getattr(entry, name))
    elif isinstance(entry, list | dict):
        for item in entry.values() if isinstance(entry, dict) else entry:
            yield from parts(item)


def values(entry: Any, fields: Container[str]) -> Iterator[tuple[str, str]]:
    """(field, text) for everything that the named fields hold, wherever in the entry they stand."""
    for part in parts(entry):
        for name in part.__struct_fields__:
            if name in fields:
                yield from ((name, text) for text in _texts(getattr(part, name)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
