"""A message as an outline that people can read: what it says, in its order, nothing left out, short things together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

__all__ = ["Line", "of_json", "of_xml"]

DEEPEST_STEP = 9
MOST_TOGETHER = 6
LONGEST_TOGETHER = 140
Said = tuple[str, str]
"""A name in words (empty for the line's own text) and a text."""


@dataclass(frozen=True, slots=True)
class Line:
    """`depth` from 0 to 9, `label` the element's or field's name in words, `said` what it holds."""

    depth: int
    label: str
    said: tuple[Said, ...] = ()


def of_xml(element: Any, depth: int = 0, label: str = "") -> Iterator[Line]:
    """An element, its attributes and everything below."""
    label = " › ".join(filter(None, [label, _name(element)]))
    children = [e for e in element if isinstance(e.tag, str)]
    said = _said_by(element)
    if len(children) == 1 and len(children[0]) and not said:
        yield from of_xml(children[0], depth, label)
        return
    inner = [(name or _name(c), text) for c in children for name, text in _said_by(c) or [("", "")]]
    if not any(map(len, children)) and _fit_together(inner):
        yield Line(_step(depth), label, (*said, *inner))
        return
    yield Line(_step(depth), label, said)
    for child in children:
        yield from of_xml(child, depth + 1)


def _said_by(element: Any) -> tuple[Said, ...]:
    """The element's own texts, those between and after its children included, and its attributes."""
    pieces = [element.text, *(e.tail for e in element)]
    own = " ".join(t.strip() for t in pieces if t and t.strip())
    attributes = [(_words(etree.QName(name).localname), value) for name, value in element.attrib.items()]
    return tuple([("", own)] if own else []) + tuple(attributes)


def _name(element: Any) -> str:
    return _words(etree.QName(element).localname)


def of_json(name: str, value: Any, depth: int = 0) -> Iterator[Line]:
    """A field and everything below. Several values of one field are numbered."""
    label = _words(name)
    if isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from of_json(f"{name} {number}" if len(value) > 1 else name, inner, depth)
    elif not isinstance(value, dict):
        yield Line(_step(depth), label, (("", _text(value)),))
    else:
        inner = [(_words(key), _text(held)) for key, held in value.items() if not isinstance(held, dict | list)]
        if len(inner) == len(value) and _fit_together(inner):
            yield Line(_step(depth), label, tuple(inner))
            return
        yield Line(_step(depth), label)
        for key, held in value.items():
            yield from of_json(key, held, depth + 1)


def _fit_together(said: list[Said]) -> bool:
    return 0 < len(said) <= MOST_TOGETHER and sum(len(a) + len(b) for a, b in said) <= LONGEST_TOGETHER


def _step(depth: int) -> int:
    return min(depth, DEEPEST_STEP)


def _text(value: Any) -> str:
    return {"True": "yes", "False": "no", "None": ""}.get(str(value), str(value))


def _words(name: str) -> str:
    """ "DrugDescription" → "Drug description"; runs of capitals stay: "NPI", "DEA number"."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^A-Z]+", name)
    words = [p if (p.isupper() and len(p) > 1) or p == "Rx" else p.lower() for p in parts]
    text = " ".join(w.strip() for w in words)
    return text[:1].upper() + text[1:]
