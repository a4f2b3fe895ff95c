"""`python -m tests.architecture.sizes`: how long files and functions are, the longest first."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from statistics import median

from tests.architecture.source import ROOT, python

__all__ = ["Size", "files", "functions"]

QUESTION = {"file": 300, "function": 40}
"""Lines over which something is asked why it is so long."""


@dataclass(frozen=True, order=True)
class Size:
    lines: int
    name: str


def files() -> list[Size]:
    """Every file of the program, longest first."""
    return sorted((Size(_lines(p.read_text()), str(p.relative_to(ROOT))) for p in python("tallman")), reverse=True)


def functions() -> list[Size]:
    """Every function of the program, longest first."""
    found = [
        Size((node.end_lineno or node.lineno) - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.name}")
        for path in python("tallman")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return sorted(found, reverse=True)


def _lines(text: str) -> int:
    return text.count("\n")


if __name__ == "__main__":
    for kind, sizes in (("file", files()), ("function", functions())):
        limit = QUESTION[kind]
        print(f"{len(sizes)} {kind}s, median {median(s.lines for s in sizes):g} lines; over {limit}:")
        for size in sizes:
            if size.lines > limit:
                print(f"  {size.lines:>4}  {size.name}")
