"""RxNorm's names of packs: "{21 (…) / 7 (inert ingredients 1 MG Oral Tablet) } Pack [Sprintec 28 Day]"."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["unpacked"]

_PACK = re.compile(r"\s*\{(?P<parts>.{1,3000})\}\s*Pack(?:\s*\[(?P<brand>.{1,200})\])?\s*$", re.IGNORECASE | re.DOTALL)
_PART = re.compile(r"\d+ \((?:[\d.]+ [A-Z]+\) \()?(?P<whole>[^()]*(?:\([^()]*\)[^()]*)*)\)", re.IGNORECASE)
_NO_MEDICINE = re.compile(r"\s*(?:inert ingredients|ferrous \w+)\b", re.IGNORECASE)
"""What fills the days without a hormone."""
_NAME = re.compile(r"(?:[\d.]+ (?:ML|HR|MG) )?(?P<name>.+?) (?P<number>\d[\d.]*) ", re.IGNORECASE)
_AMOUNT = re.compile(r"(?<![\w.])\d[\d.]* [A-Z/]+", re.IGNORECASE)
_NOT_THE_BRAND = re.compile(r"\b\d+[ -]day\b.*|\b28$|\bpack\b|\(.*", re.IGNORECASE | re.DOTALL)


def unpacked(text: str) -> str:
    """The strongest part of a pack and its brand, all else blank; every part without its amounts where none holds all
    that is in the pack. Another text is left as it is.

    >>> unpacked("{28 (norethindrone 0.35 MG Oral Tablet) } Pack [Sharobel 28 Day]").split()
    ['norethindrone', '0.35', 'MG', 'Oral', 'Tablet', '[Sharobel', ']']
    """
    pack = _PACK.match(text)
    if pack is None:
        return text
    parts = [p for p in _PART.finditer(text, *pack.span("parts")) if not _NO_MEDICINE.match(p["whole"])]
    names = [frozenset(name for name, _ in _made_of(p["whole"])) for p in parts]
    whole = [p for p, holds in zip(parts, names, strict=True) if holds == frozenset().union(*names)]
    strongest = max(whole, key=lambda p: sum(number for _, number in _made_of(p["whole"])), default=None)
    kept = " " * len(text)
    for part in [strongest] if strongest else parts:
        said = part["whole"] if strongest else _AMOUNT.sub(lambda m: " " * len(m[0]), part["whole"])
        kept = _put(kept, part.start("whole"), said if strongest else f"{said} /")
    if pack["brand"]:
        brand = _NOT_THE_BRAND.sub(lambda m: " " * len(m[0]), pack["brand"])
        kept = _put(kept, pack.start("brand") - 1, f"[{brand}]")
    return kept


def _made_of(part: str) -> list[tuple[str, Decimal]]:
    found = (_NAME.match(piece.strip() + " ") for piece in part.split(" / "))
    return [(f["name"].lower(), Decimal(f["number"].rstrip("."))) for f in found if f and f["number"].count(".") < 2]


def _put(text: str, at: int, said: str) -> str:
    return text[:at] + said + text[at + len(said) :]
