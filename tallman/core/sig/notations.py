"""Error-prone ways of writing, found in the text as it stands (our own wording; ISMP and Joint Commission warn of them)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallman.core.sig.model import Notation
from tallman.core.sig.tokens import Token

__all__ = ["notations"]

_KINDS = {
    "unit-u": ("U reads as 0, 4 or cc", "units"),
    "unit-iu": ("IU reads as IV or 10", "units"),
    "daily-qd": ("QD reads as QID", "daily"),
    "once-daily-od": ("OD reads as right eye", "daily"),
    "every-other-day-qod": ("QOD reads as QD or QID", "every other day"),
    "nightly-qn": ("QN reads as every hour", "nightly"),
    "morphine-ms": ("morphine and magnesium sulfate are confused", "the full name"),
    "trailing-zero": ("the point is missed: ten times the dose", "no zero after the point"),
    "naked-decimal": ("the point is missed: ten times the dose", "a zero before the point"),
    "microgram-ug": ("reads as mg: a thousand times the dose", "mcg"),
    "volume-cc": ("cc reads as U or 00", "mL"),
    "bedtime-hs": ("HS reads as half strength or every hour", "at bedtime"),
    "three-a-week-tiw": ("TIW reads as three times a day", "3 times a week"),
    "two-a-week-biw": ("BIW reads as twice a day or every two weeks", "2 times a week"),
    "subcutaneous-sc": ("SC reads as SL; SQ as 5 every", "subcutaneously"),
    "eye-od": ("eye and ear letters are mixed up; OD reads as once daily", "right eye, left eye, both eyes"),
    "ear-ad": ("ear and eye letters are mixed up", "right ear, left ear, both ears"),
    "discharge-dc": ("discharge and discontinue are confused", "discontinue or discharge"),
    "slide-ssi": ("SSI reads as an antidepressant class", "sliding scale insulin"),
    "half-ss": ("ss reads as 55 or sliding scale", "one-half"),
    "per-os": ("os reads as left eye", "by mouth"),
    "daily-doses-bt": ("BT reads as BID", "at bedtime"),
    "at-sign": ("@ reads as 2", "at"),
    "greater-less": ("the signs are mixed up", "greater than, less than"),
    "plus-sign": ("+ reads as 4", "and"),
    "apothecary-sign": ("apothecary signs are misread", "metric units"),
    "slash-per": ("a slash reads as 1", "per"),
    "household-spoon": ("household spoons differ in size", "mL"),
    "large-number": ("a long number without commas is misread", "commas at the thousands"),
}
"""Each kind: what it is mistaken for and what to write instead."""

_WORDS = {
    "iu": "unit-iu", "ius": "unit-iu", "qd": "daily-qd", "qod": "every-other-day-qod", "qn": "nightly-qn", "ug": "microgram-ug",
    "µg": "microgram-ug", "μg": "microgram-ug", "cc": "volume-cc", "ccs": "volume-cc", "hs": "bedtime-hs", "qhs": "bedtime-hs",
    "tiw": "three-a-week-tiw", "biw": "two-a-week-biw", "sc": "subcutaneous-sc", "sq": "subcutaneous-sc",
    "os": "eye-od", "ou": "eye-od", "au": "ear-ad", "ssi": "slide-ssi", "ssri": "slide-ssi", "ss": "half-ss", "@": "at-sign",
    ">": "greater-less", "<": "greater-less", "ʒ": "apothecary-sign", "℥": "apothecary-sign", "♏": "apothecary-sign",
    "bt": "daily-doses-bt", "mso": "morphine-ms", "mgso": "morphine-ms",
    **dict.fromkeys("teaspoon teaspoons teaspoonful teaspoonfuls tablespoon tablespoons tablespoonful tsp tsps tbsp tbsps tbs".split(),
                    "household-spoon"),
}  # fmt: skip
_NOTABLE = frozenset(_WORDS) | {"od", "ad", "as", "u", "ms", "+", "q", "s"}
_UNITS = frozenset({"unit", "units", "u", "mg", "mcg", "iu"})
_SOLID = frozenset("tab tabs tablet tablets cap caps capsule capsules pill po".split())
_OF_AN_OVERDOSE = frozenset({"prn", "suspected", "opioid", "if", "possible"})
_OF_AN_EYE = frozenset("gtt gtts drop drops eye eyes instill ophth ophthalmic".split())
_DISCHARGE = re.compile(r"(?<![A-Za-z])d/c(?![A-Za-z])", re.IGNORECASE)


def notations(text: str, tokens: list[Token]) -> tuple[Notation, ...]:
    """The error-prone notations in `text`, of which `tokens` are the words, in order of place."""
    slashed = "/" in text
    found = [
        Notation(code, (start, end), text[start:end], *_KINDS[code])
        for i, (key, _, _, value) in enumerate(tokens)
        if (key in _NOTABLE if value is None else slashed or len(key) > 2 or not key.isdigit())
        for code, start, end in _at(text, tokens, i)
    ]
    if slashed:
        found += [Notation("discharge-dc", m.span(), m[0], *_KINDS["discharge-dc"]) for m in _DISCHARGE.finditer(text)]
        found.sort(key=lambda n: n.span)
    return tuple(found)


def _at(text: str, tokens: list[Token], i: int) -> Iterator[tuple[str, int, int]]:
    """What the token at `i` is written as."""
    token = tokens[i]
    key, start, end = token.key, token.start, token.end
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if token.value is not None:
        yield from _number(token, after)
    elif key in ("od", "ad", "as"):
        yield from _eye_or_ear(text, tokens, i)
    elif key == "u":
        if i and (tokens[i - 1].value is not None or text[start:end] == "U"):
            yield "unit-u", tokens[i - 1].start if tokens[i - 1].end == start else start, end
    elif key == "ms":
        if text[start:end] == "MS":
            yield "morphine-ms", start, end
    elif key == "+" and i and tokens[i - 1].value is not None:
        yield "plus-sign", start, end
    elif key == "os" and i and tokens[i - 1].key == "per":
        yield "per-os", tokens[i - 1].start, end
    elif key == "qd" and after and after.key == "s":
        return
    elif key == "q" and after and after.key in ("d", "hs"):
        yield ("daily-qd" if after.key == "d" else "bedtime-hs"), start, after.end
    elif key == "s" and after and after.key in ("q", "c") and i and tokens[i - 1].end < start:
        yield "subcutaneous-sc", start, after.end
    elif key in _WORDS:
        yield _WORDS[key], start, end


def _number(token: Token, after: Token | None) -> Iterator[tuple[str, int, int]]:
    written = token.key
    whole, point, part = written.partition(".")
    if point and not whole:
        yield "naked-decimal", token.start, token.end
    elif point and not part.strip("0"):
        yield "trailing-zero", token.start, token.end
    elif after and after.key in _UNITS and written.isdigit() and len(written) > 3:
        yield "large-number", token.start, token.end
    if after and after.key == "/" and after.end == token.end + 1 and whole.isdigit() and len(whole) > 1:
        yield "slash-per", after.start, after.end


def _eye_or_ear(text: str, tokens: list[Token], i: int) -> Iterator[tuple[str, int, int]]:
    """OD beside a tablet is once daily; "as" is a plain word unless written in capitals after a drop."""
    token = tokens[i]
    before = {t.key for t in tokens[max(0, i - 4) : i]}
    if (
        token.key == "od"
        and i
        and tokens[i - 1].key in _OF_AN_OVERDOSE
        and _OF_AN_EYE.isdisjoint(t.key for t in tokens)
    ):
        return
    if token.key == "od":
        yield ("once-daily-od" if before & _SOLID else "eye-od"), token.start, token.end
    elif token.key == "ad" and not (i + 1 < len(tokens) and tokens[i + 1].key == "lib"):
        yield "ear-ad", token.start, token.end
    elif token.key == "as" and before & {"gtt", "gtts", "drop", "drops"}:
        follows = tokens[i + 1].key if i + 1 < len(tokens) else ""
        if follows not in ("needed", "directed", "a", "required", "necessary"):
            yield "ear-ad", token.start, token.end
