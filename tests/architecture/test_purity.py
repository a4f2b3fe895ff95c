"""The core computes: the same values in, the same values out, and nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, python

PURE = {
    "__future__", "abc", "bisect", "collections", "copy", "dataclasses", "datetime", "decimal", "enum",
    "fractions", "functools", "graphlib", "hashlib", "heapq", "itertools", "math", "operator", "re",
    "string", "textwrap", "types", "typing", "unicodedata",
}  # fmt: skip
SIMILARITY = {"rapidfuzz"}
MAY_ALSO = {"identify": SIMILARITY, "sig": SIMILARITY, "lookalike": SIMILARITY | {"float"}}
"""A similarity is the one number that may be a float."""
OUTSIDE = {"open", "print", "input", "eval", "exec", "compile", "__import__", "breakpoint", "globals"}
CLOCK = {"today", "now", "utcnow", "fromtimestamp"}
CORE = python("tallman/core")


def impurities(text: str, allowed: set[str]) -> Iterator[str]:
    """What in a module's text reaches out of it, or is inexact; "line: what"."""
    for node in ast.walk(ast.parse(text)):
        what = _impurity(node, allowed)
        if what:
            yield f"{getattr(node, 'lineno', 0)}: {what}"


def _impurity(node: ast.AST, allowed: set[str]) -> str:
    match node:
        case ast.Import(names=names):
            return ", ".join(n.name for n in names if _outside(n.name, allowed))
        case ast.ImportFrom(level=level) if level:
            return "a relative import"
        case ast.ImportFrom(module=module) if _outside(module or "", allowed):
            return module or ""
        case ast.Name(id="float") | ast.Constant(value=float()) if "float" not in allowed:
            return "a binary float: use Decimal or Fraction"
        case ast.Name(id=name) if name in OUTSIDE:
            return name
        case ast.Attribute(attr=attr) if attr in CLOCK:
            return f".{attr}: the date is a field of the case"
        case ast.Global():
            return "a global that changes"
    return ""


def _outside(module: str, allowed: set[str]) -> bool:
    return module.split(".")[0] not in allowed and not f"{module}.".startswith("tallman.core.")


@pytest.mark.parametrize("path", CORE, ids=[str(p.relative_to(ROOT)) for p in CORE])
def test_the_core_is_pure(path: Path) -> None:
    also = MAY_ALSO.get(path.relative_to(ROOT / "tallman/core").parts[0], set())
    assert list(impurities(path.read_text(), PURE | also)) == []


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "import os.path as p",
        "from pathlib import Path",
        "import random",
        "from django.db import models",
        "from tallman.knowledge import load",
        "from tallman.corelike import x",
        "from . import drug",
        "import rapidfuzz",
        "half = 0.5",
        "dose = float('2.5')",
        "def f(x: float) -> None: ...",
        "open('x')",
        "print('x')",
        "date.today()",
        "datetime.datetime.now()",
        "def f():\n    global seen",
    ],
)
def test_what_is_impure_is_seen(text: str) -> None:
    assert list(impurities(text, PURE))


@pytest.mark.parametrize(
    "text",
    [
        "from tallman.core.quantity import Amount",
        "from tallman.core import drug",
        "import re, datetime",
        "half = Fraction(1, 2)",
        "day = date(2026, 1, 2)",
    ],
)
def test_what_is_pure_is_left_alone(text: str) -> None:
    assert list(impurities(text, PURE)) == []
