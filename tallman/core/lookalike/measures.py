"""Four measures of how alike two names are, each between 0 (nothing in common) and 1 (the same).

- `bisim`: pairs of letters aligned, a pair that agrees in one place counting half (Kondrak and Dorr, "Identification of
  confusable drug names", COLING 2004, who call it BI-SIM).
- `sound`: phonemes aligned by the features they are spoken with, after ALINE (see phonemes.py).
- `beginning`: an edit distance in which a change costs the less the further from the beginning it is, and half when the
  two letters look alike in writing.
- `ending`: the letters that both end with, of the longer name: what is heard last, and the stem of a class.
"""

from __future__ import annotations

from rapidfuzz.distance import LCSseq, Postfix, Prefix

from tallman.core.lookalike.phonemes import marks
from tallman.core.lookalike.sounds import sounds

__all__ = ["SHAPE", "beginning", "bisim", "ending", "sound"]


def bisim(one: str, other: str) -> float:
    """Similarity of spelling by bigrams in order. The first letter is doubled, so that it counts more.

    >>> round(bisim("zantac", "xanax"), 2), bisim("zantac", "zantac")
    (0.42, 1.0)
    """
    if not one or not other:
        return 0.0
    # Pairs that agree wholly from either end are best left where they are, so only what lies between is aligned.
    start = Prefix.similarity(one, other)
    end = max(0, min(Postfix.similarity(one, other), min(len(one), len(other)) - start) - 1)
    previous, its_previous = one[max(0, start - 1)], other[max(0, start - 1)]
    mine, its = one[start : len(one) - end], other[start : len(other) - end]
    before = [0] * (len(its) + 1)
    for letter in mine:
        left = diagonal = 0
        row, was = [0], its_previous
        for above, beside in zip(before[1:], its, strict=True):
            best = diagonal + (previous == was) + (letter == beside)
            if best < above:
                best = above
            if best < left:
                best = left
            row.append(best)
            left, diagonal, was = best, above, beside
        before, previous = row, letter
    return (2 * (start + end) + before[-1]) / (2 * max(len(one), len(other)))


def sound(one: str, other: str) -> float:
    """Similarity of sound of two names in lower case: what they share in order, of the longer one.

    >>> round(sound("zyrtec", "xyrtek"), 2), round(sound("zantac", "xanax"), 2)
    (1.0, 0.81)
    """
    return LCSseq.normalized_similarity(marks(sounds(one)), marks(sounds(other)))


_COSTS = (16, 12, 10, 8, 6, 6, 4, 4, 4, 4, 2, 2)
"""What a change costs at each of the first places; letters beyond them do not count."""
_COSTS_OF = [[_COSTS[max(i, j)] for j in range(len(_COSTS))] for i in range(len(_COSTS))]
"""The same of a change between two places: the later one counts."""
_SHAPES = ("aceo", "mnruvw", "filt", "gjqy", "bhk", "sxz", "dp")
SHAPE = {letter: chr(0xC0 + n) for n, shape in enumerate(_SHAPES) for letter in shape}
"""Letters that are read for each other in handwriting have one shape."""


def beginning(one: str, other: str) -> float:
    """Similarity of the first twelve letters by an edit distance in which early letters weigh most.

    >>> round(beginning("hydralazine", "hydroxyzine"), 2), round(beginning("hydralazine", "alazine"), 2)
    (0.83, 0.39)
    """
    one, other = one[: len(_COSTS)], other[: len(_COSTS)]
    if not one or not other:
        return 0.0
    costs = _COSTS[: max(len(one), len(other))]
    before = [0]
    for cost in costs[: len(other)]:
        before.append(before[-1] + cost)
    shapes = [SHAPE.get(its, its) for its in other]
    for letter, costs_here in zip(one, _COSTS_OF, strict=False):
        shape = SHAPE.get(letter)
        diagonal, left = before[0], before[0] + costs_here[0]
        row = [left]
        for its, its_shape, above, cost in zip(other, shapes, before[1:], costs_here, strict=False):
            if letter == its:
                best = diagonal
            else:
                best = diagonal + (cost >> 1 if its_shape == shape else cost)
                if best > above + cost:
                    best = above + cost
                if best > left + cost:
                    best = left + cost
            row.append(best)
            left, diagonal = best, above
        before = row
    return 1 - before[-1] / sum(costs)


def ending(one: str, other: str) -> float:
    """The part of the longer name that is the same to the end in both.

    >>> round(ending("prazosin", "doxazosin"), 2), ending("prednisone", "zantac")
    (0.67, 0.0)
    """
    return Postfix.normalized_similarity(one, other)
