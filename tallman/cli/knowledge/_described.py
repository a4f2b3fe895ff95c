"""A description as text: sections, wrapped lines, and the sources once at the end."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from tallman.core.drug import Medicine
from tallman.core.knowledge import Knowledge
from tallman.knowledge.describe import Description, Form, Item
from tallman.knowledge.statements import Statement

__all__ = ["lines"]

_SURE = 80
"""How certain an identification is in whose words nothing had to be mended."""
_GLUE = "\N{NO-BREAK SPACE}"
"""Between what belongs together on one line."""


def lines(
    medicine: Medicine, description: Description, near: Iterable[str], knowledge: Knowledge, width: int
) -> Iterator[str]:
    """The whole page, in lines of at most `width` columns where words allow it."""
    for text in _texts(medicine, description, near, knowledge):
        indent = " " * (len(text) - len(text.lstrip(" ")))
        wrapped = textwrap.wrap(
            text.strip(" "), width, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False
        )
        yield from (line.replace(_GLUE, " ") for line in wrapped or [""])


def _texts(medicine: Medicine, description: Description, near: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    """Paragraphs, indented as they stand on the page."""
    yield description.name
    yield f"  {'; '.join(description.codes)}"
    if medicine.confidence < _SURE:
        yield f"  {medicine.text!r} is no name on record and was taken for a misspelling"
    if medicine.product:
        yield f"  asked for: {medicine.product.tall_man}"
    if description.also:
        yield f"  also written: {', '.join(description.also)}"
    for form in description.forms:
        yield from ("", _head(form), *_rows(form.items))
    if description.combined:
        yield from ("", f"In combinations: {'; '.join(description.combined)}")
    cited: dict[str, int] = {}
    for subject, found in groupby(description.statements, key=lambda s: s.subject):
        yield from ("", subject)
        for said in found:
            yield f"  {_title(said, cited)}"
            yield from (f"      {text[:1].upper()}{text[1:]}" for text in said.detail if text)
    yield from _section("Look-alikes", [", ".join(near)])
    yield from _section("Not held", description.gaps)
    yield from _section("Sources", (f"[{number}] {source}" for source, number in cited.items()))
    yield from _section("Reviews", sorted({said.review for said in description.statements}))
    yield from ("", f"{knowledge.version}  {knowledge.sha256}")


def _section(title: str, texts: Iterable[str]) -> Iterator[str]:
    held = [f"  {text}" for text in texts if text]
    yield from ("", title, *held) if held else ()


def _head(form: Form) -> str:
    handling = f"; {form.handling}" if form.handling else ""
    return f"{form.name[:1].upper()}{form.name[1:]} ({', '.join(form.routes)}{handling})"


def _rows(items: Iterable[Item]) -> Iterator[str]:
    """One paragraph a brand: each strength with its code, "-" where none is confirmed."""
    for brand, found in groupby(sorted(items, key=lambda i: i.brand.lower()), key=lambda i: i.brand):
        row = list(found)
        packages = sum(i.packages for i in row)
        counted = f"; {packages} package{'s' * (packages != 1)}" if packages else ""
        strengths = ", ".join(f"{i.strength} [{i.rxcui or '-'}]".replace(" ", _GLUE) for i in row)
        origin = "".join(f" ({o})" for o in sorted({i.origin for i in row} - {"authored"}))
        yield f"  {brand or 'generic'}: {strengths}{counted}{origin}"


def _title(said: Statement, cited: dict[str, int]) -> str:
    numbers = [cited.setdefault(source, len(cited) + 1) for source in said.sources]
    parts = [
        said.severity.upper(),
        said.what,
        f"({said.rule})" if said.rule else "",
        f"[{', '.join(map(str, numbers))}]".replace(" ", _GLUE) if numbers else "",
        "unsigned" if said.review.startswith(("not signed", "no review")) else "",
    ]
    return " ".join(filter(None, parts))
