"""`make quality`: how much harm is found, and how often a harmless prescription is interrupted.

`python -m tests.quality [FOLDER…]` measures the drafts of FHIR Bundles in these folders too. `--missed` names what went
wrong; `--keep` writes the figures down for the page about the knowledge, and for docs/measured/screening.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tallman.knowledge.load import load
from tests.quality.figures import Figure, figures
from tests.quality.page import keep


def _line(figure: Figure) -> str:
    low, high = (f"{100 * x:.1f}" for x in figure.rate.interval())
    found = f"{figure.rate.hits:>5,} of {figure.rate.of:>5,}  {100 * figure.rate.share:>6.2f} %  ({low}-{high})"
    goal = "" if figure.goal is None else f"{'≥' if figure.is_harm else '≤'} {100 * figure.goal:g} %"
    return f"{figure.subject:<12} {figure.what:<28} {found:<44} {goal:<9} {'' if figure.is_met else 'NOT MET'}".rstrip()


def main(arguments: list[str]) -> int:
    """Print every figure and what was missed. 1 when a goal is not met."""
    folders = tuple(Path(a) for a in arguments if not a.startswith("-"))
    knowledge = load()
    found = list(figures(knowledge, folders))
    print(f"knowledge {knowledge.version}")
    for figure in found:
        print(_line(figure))
        if "--missed" in arguments:
            print("".join(f"    {m}\n" for m in figure.missed), end="")
    if "--keep" in arguments:
        keep(found, knowledge)
    return any(not figure.is_met for figure in found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
