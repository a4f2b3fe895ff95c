"""ICD-10-CM: a letter, a digit, a digit or letter, and up to four more after the dot."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallman.core.codes import CodeError

__all__ = ["ICD10", "format", "parse"]

_SHAPE = re.compile(r"^([A-Z]\d[0-9A-Z])\.?([0-9A-Z]{0,4})$")


@dataclass(frozen=True, slots=True)
class ICD10:
    """A code of the right shape. That it exists in this year's edition is not shown by that."""

    code: str
    """Without the dot, as SCRIPT and claims carry it: "F5109"."""

    @property
    def category(self) -> str:
        """The three characters before the dot."""
        return self.code[:3]

    def __str__(self) -> str:
        return format(self)


def parse(text: str) -> ICD10:
    """Read an ICD-10-CM code with or without its dot. Raises CodeError when it is not one.

    >>> parse("F51.09").code, parse("i10").code
    ('F5109', 'I10')
    >>> parse("401.9")
    Traceback (most recent call last):
    tallman.core.codes.CodeError: an ICD-10-CM code is a letter, a digit and one to five more, such as F51.09
    """
    match = _SHAPE.match(text.strip().upper())
    if not match:
        raise CodeError("an ICD-10-CM code is a letter, a digit and one to five more, such as F51.09")
    return ICD10(match[1] + match[2])


def format(icd10: ICD10) -> str:
    """The code as people read it, with its dot.

    >>> format(parse("F5109")), format(parse("I10"))
    ('F51.09', 'I10')
    """
    return icd10.code[:3] + ("." + icd10.code[3:] if icd10.code[3:] else "")
