r"""Escape sequences: \F\ \S\ \T\ \R\ \E\ \P\ stand for separators, \X..\ for bytes, \.br\ and the like for layout."""

from __future__ import annotations

import re

__all__ = ["unescape"]

_LAYOUT = re.compile(r"\.(br|sp|fi|nf|ce|in|ti|sk)\s*([+-]?\d{0,2})", re.IGNORECASE)
_BREAKS = frozenset({"br", "sp", "ce", "fi", "nf"})
_LONGEST = 4_096


def unescape(text: str, escape: str, standing_for: dict[str, str], codec: str) -> tuple[str, bool]:
    r"""The text that is meant, and whether every sequence was understood. What was not stays as it stands.

    `standing_for` maps F, S, T, R, E and P to the message's separators; `codec` reads the bytes of \X..\.

    >>> unescape(r"Smith \T\ Sons\.br\\X41\ C:\temp", "\\", {"T": "&"}, "utf-8")
    ('Smith & Sons\nA C:\\temp', False)
    """
    if not escape or escape not in text:
        return text, True
    found: list[str] = []
    understood, at = True, 0
    while (start := text.find(escape, at)) >= 0:
        found.append(text[at:start])
        end = text.find(escape, start + 1, start + _LONGEST)
        meant = _meant(text[start + 1 : end], standing_for, codec) if end >= 0 else None
        if meant is None:
            # The sign stands alone: what follows may begin a sequence of its own.
            found.append(escape)
            understood, at = False, start + 1
        else:
            found.append(meant)
            at = end + 1
    return "".join(found) + text[at:], understood


def _meant(sequence: str, standing_for: dict[str, str], codec: str) -> str | None:
    if sequence in standing_for:
        return standing_for[sequence]
    if sequence in ("H", "N"):
        return ""
    if sequence[:1] == "X":
        return _bytes(sequence[1:], codec)
    if layout := _LAYOUT.fullmatch(sequence):
        return "\n" if layout[1].lower() in _BREAKS else " "
    return None


def _bytes(digits: str, codec: str) -> str | None:
    try:
        return bytes.fromhex(digits).decode(codec) if digits else None
    except ValueError:
        return None
