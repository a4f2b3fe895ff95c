"""Words that say of a medicine that it is not taken, whatever its list gives as its status."""

from __future__ import annotations

import re

__all__ = ["says_not_taken"]

_NOT_TAKEN = re.compile(
    r"\b(?:not|isn'?t|never) (?:been |currently |actually )?(?:tak|us)(?:ing|es?|en|ed)\b|\bno longer (?:tak|us|on)|"
    r"\b(?:stopped|quit|discontinued|ceased) (?:taking|using|it|this|on (?:his|her|their) own)\b|\bself.?discontinu|"
    r"\bnever (?:started|filled|picked)|\bdoes(?: not|n'?t) (?:take|use)\b",
    re.I,
)


def says_not_taken(text: str) -> bool:
    """Whether somebody wrote that it is not taken.

    >>> says_not_taken("ran out in May, not taking it now"), says_not_taken("not to be taken with milk")
    (True, False)
    """
    return _NOT_TAKEN.search(text) is not None
