"""Read every authored file by itself, so that all faults of form are told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from tallman.core.drug import DoseForm
from tallman.core.knowledge import build
from tallman.knowledge import law_schema, lookalike_schema, precaution_schema, schema, transition_schema
from tallman.knowledge.checking.book import Book, Rule, Sheet
from tallman.knowledge.checking.problem import Problem
from tallman.knowledge.examples import SHAPES
from tallman.knowledge.load import KnowledgeError, authored_files, content_hash, read_records

__all__ = ["read"]

MEDICINES = ("medicines", "combinations", "supplies")
LISTS = {"classes": schema.ClassEntry, "looked_at": precaution_schema.LookedAtEntry, **SHAPES}
"""Folders whose files are lists, with the shape of an entry."""
SINGLE: dict[str, Any] = {
    "forms.yaml": list[schema.FormEntry],
    "labs.yaml": list[precaution_schema.LabEntry],
    "tall_man.yaml": dict[str, list[str]],
    "other_names.yaml": dict[str, dict[str, list[str]]],
    "former_names.yaml": dict[str, dict[str, list[str]]],
    "abbreviations.yaml": dict[str, list[str]],
    "equal_doses.yaml": list[transition_schema.EqualDosesEntry],
    "transition_harms.yaml": list[transition_schema.TransitionHarmEntry],
    "conditions.yaml": precaution_schema.ConditionsFile,
    "condition_words.yaml": precaution_schema.ConditionWordsFile,
    "reasons.yaml": precaution_schema.ReasonsFile,
    "laws.yaml": list[law_schema.LawEntry],
    "lookalikes.yaml": lookalike_schema.LookalikesFile,
}
_WRITE = "write it as the other files of this folder have it (the shapes are in knowledge/schema)"
_SOURCE = "name one of its `sources:` or add it there"
_PLACE = re.compile(r" - at `\$(?:\[(\d+)\])?\.?(.*)`$")


def read(folder: Path, on: date) -> Book | list[Problem]:
    """The book of a folder, or every reason why there is none: files that are missing or not as they must be."""
    problems: list[Problem] = []
    contents: dict[str, Any] = {}
    for path in authored_files(folder):
        file = path.relative_to(folder).as_posix()
        found = _read_file(path, file)
        if isinstance(found, list):
            problems += found
        else:
            contents[file] = found[0]
    forms = {f.name: f.record() for f in contents.get("forms.yaml", ())}
    sheets: list[Sheet] = []
    rules: list[Rule] = []
    for file, content in contents.items():
        if file.partition("/")[0] in MEDICINES:
            made = _sheet(file, content, forms)
            (problems if isinstance(made, Problem) else sheets).append(made)  # type: ignore[arg-type]
        else:
            made_of = [Rule(file, entry) for entry in (content if isinstance(content, list) else [content])]
            rules += (rule for rule in made_of if hasattr(rule.entry, "sources"))
            problems += filter(None, map(_unmade, made_of))
    if problems:
        return problems
    sha256 = content_hash(authored_files(folder))
    try:
        records = read_records(folder)
    except KnowledgeError as error:
        file, _, what = str(error).partition(": ")
        return [Problem(file, "-", what, _WRITE, "FILE-SHAPE")]
    knowledge = build(records, version=f"authored-{sha256[:12]}", sha256=sha256)
    return Book(folder, tuple(sheets), tuple(rules), knowledge, on)


def _read_file(path: Path, file: str) -> tuple[Any] | list[Problem]:
    """The content in the shape that its place asks for, in a tuple of one; or what is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return [Problem(file, "-", "the file is missing", "put it back; it may be empty of entries", "FILE-MISSING")]
    except UnicodeDecodeError:
        return [Problem(file, "-", "the file is not written in UTF-8", "save it in UTF-8", "FILE-ENCODING")]
    try:
        raw = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        where = f"line {place.line + 1}" if place else "-"
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        return [Problem(file, where, f"this is no YAML: {what}", "look for a colon or quote just before", "FILE-YAML")]
    if repeated := list(_repeated(text, file)):
        return repeated
    try:
        return (msgspec.convert(raw, _shape(file), strict=True),)
    except msgspec.ValidationError as error:
        return [_misshapen(file, raw, str(error))]


def _shape(file: str) -> Any:
    subject, slash, _ = file.partition("/")
    if not slash:
        return SINGLE.get(file, Any)
    return schema.MedicineFile if subject in MEDICINES else list[LISTS[subject]]  # type: ignore[misc]


def _repeated(text: str, file: str) -> Iterator[Problem]:
    """A key written twice in one place: YAML keeps the last and forgets the first without a word."""
    waiting = [yaml.compose(text, Loader=yaml.CSafeLoader)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if isinstance(key.value, str) and key.value in seen:
                    line = f"line {key.start_mark.line + 1}"
                    yield Problem(file, line, f"{key.value!r} is written twice", "make one of the two", "FILE-REPEATED")
                seen.add(str(key.value))
                waiting.append(value)


def _misshapen(file: str, raw: Any, text: str) -> Problem:
    """msgspec's sentence ("Expected `str`, got `int` - at `$[3].severity`") with the record it speaks of."""
    place = _PLACE.search(text)
    record = raw.get("name") if isinstance(raw, dict) else None
    field = ""
    if place:
        field = f"{place[2]}: " if place[2] else ""
        if place[1] is not None and isinstance(raw[int(place[1])], dict):
            entry = raw[int(place[1])]
            record = entry.get("id") or entry.get("name") or f"entry {int(place[1]) + 1}"
    what = field + _PLACE.sub("", text).replace("`", "'")
    return Problem(file, str(record or "-"), what, _WRITE, "FILE-SHAPE")


def _sheet(file: str, entry: schema.MedicineFile, forms: dict[str, DoseForm]) -> Sheet | Problem:
    try:
        products, packages = schema.product_records(entry, forms, str)
        schema.limit_records(entry)
        schema.alias_records(entry, products)
    except KeyError as error:
        what = f"there is no source called {error}"
        return Problem(file, entry.name, what, _SOURCE, "SOURCE-UNKNOWN")
    except ValueError as error:
        return Problem(file, entry.name, str(error), "correct it in this file", "FILE-VALUE")
    return Sheet(file, entry, tuple(products), tuple(packages))


def _unmade(rule: Rule) -> Problem | None:
    """What keeps an entry from becoming a record."""
    make = getattr(rule.entry, "record", None) or getattr(rule.entry, "records", None)
    try:
        if make:
            make()
    except KeyError as error:
        return Problem(rule.file, rule.id, f"there is no source called {error}", _SOURCE, "SOURCE-UNKNOWN")
    except ValueError as error:
        return Problem(rule.file, rule.id, str(error), "correct it in this entry", "FILE-VALUE")
    return None
