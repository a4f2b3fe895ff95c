"""Three measures of how alike two names are, each between 0 (nothing in common) and 1 (the same).

- `bisim`: pairs of letters aligned, a pair that agrees in one place counting half (Kondrak and Dorr, "Automatic
  identification of confusable drug names", Artificial Intelligence in Medicine 2006;36:29-42).
- `aline`: phonemes aligned by how they are spoken (Kondrak, "A new algorithm for the alignment of phonetic
  sequences", NAACL 2000; the saliences of its features are used as published).
- `beginning`: edit distance in which a change costs the less the further from the beginning it is.
"""

from __future__ import annotations

from tallman.core.lookalike.phonemes import SKIP, WORTH, likeness

__all__ = ["aline", "beginning", "bisim"]


def bisim(one: str, other: str) -> float:
    """Similarity of spelling by bigrams in order. The first letter is doubled, so that it counts more.

    >>> round(bisim("zantac", "xanax"), 2), bisim("zantac", "zantac")
    (0.58, 1.0)
    """
    if not one or not other:
        return 0.0
    before = [0] * (len(other) + 1)
    previous = one[0]
    for letter in one:
        row, left, diagonal, was = [0], 0, 0, other[0]
        for j, its in enumerate(other, 1):
            best = diagonal + (previous == was) + (letter == its)
            diagonal = before[j]
            if best < diagonal:
                best = diagonal
            if best < left:
                best = left
            row.append(best)
            left, was = best, its
        before, previous = row, letter
    return before[-1] / (2 * max(len(one), len(other)))


def aline(one: str, other: str) -> float:
    """Similarity of sound: the best alignment of two strings of phonemes against each with itself."""
    if not one or not other:
        return 0.0
    whole = sum(WORTH[p] for p in one) + sum(WORTH[p] for p in other)
    before = [SKIP * j for j in range(len(other) + 1)]
    for i, phoneme in enumerate(one, 1):
        alike = likeness(phoneme)
        left = SKIP * i
        row, diagonal = [left], before[0]
        for j, its in enumerate(other, 1):
            best = diagonal + alike[its]
            diagonal = before[j]
            if best < diagonal + SKIP:
                best = diagonal + SKIP
            if best < left + SKIP:
                best = left + SKIP
            row.append(best)
            left = best
        before = row
    return max(0.0, 2 * before[-1] / whole)


_COSTS = [8, 6, 5, 4, 3, 3, 2, 2, 2, 2]
"""What a change costs at each place from the beginning; 1 beyond."""


def beginning(one: str, other: str) -> float:
    """Similarity by edit distance in which early letters weigh most: "hydralazine" and "hydroxyzine"."""
    if not one or not other:
        return 0.0
    longest = max(len(one), len(other))
    costs = _COSTS[:longest] + [1] * (longest - len(_COSTS))
    before = [0]
    for cost in costs[: len(other)]:
        before.append(before[-1] + cost)
    for i, letter in enumerate(one):
        left = before[0] + costs[i]
        row, diagonal = [left], before[0]
        for j, its in enumerate(other, 1):
            cost = costs[j - 1] if j > i else costs[i]
            best = diagonal if letter == its else diagonal + cost
            diagonal = before[j]
            best = min(best, diagonal + cost, left + cost)
            row.append(best)
            left = best
        before = row
    return 1 - before[-1] / sum(costs)
