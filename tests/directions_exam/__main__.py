"""`python -m tests.directions_exam [COUNT [SEED]]`: examine the reader of directions, and show what it read wrongly."""

from __future__ import annotations

import sys

from tests.directions_exam.exam import SEED, examine, table

SHOWN = 40


def main(count: int = 20_000, seed: int = SEED) -> None:
    """Print the figures and the first wrong readings."""
    results = examine(count, seed)
    print(table(results))
    for result in [result for result in results if result.wrong][:SHOWN]:
        print(f"{result.written.scene}: {result.written.text!r}: {'; '.join(result.wrong)}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
