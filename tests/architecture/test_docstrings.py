"""What the core offers is explained where it stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, python

CORE = python("tallman/core")


def undocumented(text: str) -> Iterator[str]:
    """Names of the module, its public functions, classes and their public methods that lack a docstring."""
    tree = ast.parse(text)
    if tree.body and not ast.get_docstring(tree):
        yield "the module"
    for name, node in _public(tree.body):
        if not ast.get_docstring(node):
            yield name


def _public(
    body: list[ast.stmt], prefix: str = ""
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_":
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body, f"{node.name}.")


@pytest.mark.parametrize("path", CORE, ids=[str(p.relative_to(ROOT)) for p in CORE])
def test_everything_public_has_a_docstring(path: Path) -> None:
    assert list(undocumented(path.read_text())) == []


def test_what_lacks_a_docstring_is_seen() -> None:
    text = '"""m"""\ndef f(): ...\ndef _k(): ...\nclass A:\n    """a"""\n    def g(): ...\n    def _h(): ...'
    assert list(undocumented(text)) == ["f", "A.g"]
    assert list(undocumented("x = 1")) == ["the module"]
