"""Tall-man display: the letters that tell two look-alike names apart are set in capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

__all__ = ["tall_man_display"]


def tall_man_display(names: Iterable[str]) -> Callable[[str], str]:
    """A function that rewrites whole words found in `names`, such as "hydrALAZINE", whatever their case was.

    Parts of longer words are left alone; letters outside the list keep their case. Text is compared in Unicode
    NFC, so a decomposed accent does not hide a name.
    """
    written = {unicodedata.normalize("NFC", name).lower(): name for name in names}
    if not written:
        return lambda text: text
    longest_first = sorted(written, key=len, reverse=True)
    word = re.compile(rf"(?<![\w])(?:{'|'.join(re.escape(name) for name in longest_first)})(?![\w])", re.IGNORECASE)
    return lambda text: word.sub(lambda m: written[m[0].lower()], unicodedata.normalize("NFC", text))
