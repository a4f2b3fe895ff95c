"""A message as an outline that people can read: a line for each thing it says, in its order, nothing left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

__all__ = ["Line", "of_json", "of_xml"]

DEEPEST_STEP = 9


@dataclass(frozen=True, slots=True)
class Line:
    """`depth` from 0 to 9, `label` the element's or field's name in words, `text` what it holds."""

    depth: int
    label: str
    text: str = ""


def of_xml(element: Any, depth: int = 0) -> Iterator[Line]:
    """An element, its attributes and everything below."""
    own = (element.text or "").strip()
    attributes = [f"{_words(etree.QName(name).localname)} {value}" for name, value in element.attrib.items()]
    label = _words(etree.QName(element).localname)
    yield Line(min(depth, DEEPEST_STEP), label, "; ".join(filter(None, [own, *attributes])))
    for child in element:
        if isinstance(child.tag, str):
            yield from of_xml(child, depth + 1)
        if tail := (child.tail or "").strip():
            yield Line(min(depth + 1, DEEPEST_STEP), "", tail)


def of_json(name: str, value: Any, depth: int = 0) -> Iterator[Line]:
    """A field and everything below. Several values of one field are numbered."""
    if isinstance(value, dict):
        yield Line(min(depth, DEEPEST_STEP), _words(name), str(value.get("resourceType", "")))
        for key, inner in value.items():
            if key != "resourceType":
                yield from of_json(key, inner, depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from of_json(f"{name} {number}" if len(value) > 1 else name, inner, depth)
    else:
        yield Line(min(depth, DEEPEST_STEP), _words(name), _said(value))


def _said(value: Any) -> str:
    return {"True": "yes", "False": "no", "None": ""}.get(str(value), str(value))


def _words(name: str) -> str:
    """ "DrugDescription" → "Drug description"; runs of capitals stay: "NPI", "DEA number"."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^A-Z]+", name)
    words = [p if (p.isupper() and len(p) > 1) or p == "Rx" else p.lower() for p in parts]
    text = " ".join(w.strip() for w in words)
    return text[:1].upper() + text[1:]
