"""Read a direction: what it says, what in it was not understood, and how far it can be relied on."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from tallman.core.sig.items import items_of
from tallman.core.sig.lexicon import language_of, lexicon
from tallman.core.sig.model import Sig, Span, Status, Step, Timing
from tallman.core.sig.notations import notations
from tallman.core.sig.reader import Reader
from tallman.core.sig.resolve import resolve
from tallman.core.sig.romans import with_romans
from tallman.core.sig.spelling import mended
from tallman.core.sig.tokens import Token, keys_of, tokenise
from tallman.core.sig.walking import walk

__all__ = ["parse"]

_QUANTITY = re.compile(
    r"[\s,;.]+(?:disp(?:ense)?\b|qty\b|quantity\b)?[\s:.]*#\s*(\d{1,4})[\s.,]*(?:r(?:ef|f)?s?\s*\d{1,2})?[\s.]*$",
    re.IGNORECASE,
)
"""The quantity that prescribers write behind the directions: "1 po bid x10d #20", "#60 R3"."""
_COLUMNS = re.compile(
    r"[\s.]((\d{1,4}(?:\.\d{1,2})?) (?:tablet|capsule|ml|g|each|kit|patch|syringe|vial|strip|packet|bottle|pen|inhaler)"
    r" \d{1,2})\s*$",
    re.IGNORECASE,
)
"""What a medication list prints behind the directions: so many to be dispensed, so many refills ("90 tablet 3")."""
_CODE = re.compile(
    r"(?<![a-z\d])(?!x)[a-tv-z]\d[\dab]\.[\da-z]{1,4}\b"
    r"|(?<!\d)\d\d\s?(?:g|ga|gauge)\s*(?:x\s*)?(?:\d+(?:\.\d+)?\s*mm\b|\d/\d+(?:\s*(?:inch|in)\b|\")?)",
    re.IGNORECASE,
)
"""A code of ICD-10-CM with its point ("E11.65"), or the size of a needle ("32G x 4mm")."""
_RUN_INTO = re.compile(r"\d ?u\d", re.IGNORECASE)
"""Two numbers with nothing between but a letter: "10.0u10 units"."""
_QUOTED = re.compile(r'(?<!\d)"(\d+(?:\.\d+)?|one|two)"')
"""A number in quotation marks, whose closing one is no sign for inches."""
_CODED_AT = re.compile(r"\d[\dABab]\.|\d\s?[Gg]")
"""What every such code has, quickly found."""
_CODED = frozenset({"dx", "diagnosis", "icd", "code", "cm", "10", ":", "#", "-"})
"""What leads a code, and goes with it."""
_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
"""The decimal comma of Spanish numbers."""


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Spans in order, those with only blanks between them made one."""
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and (first <= merged[-1][1] or not text[merged[-1][1] : first].strip(" ,.")):
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _without_codes(text: str, tokens: list[Token]) -> tuple[list[Token], list[Span]]:
    """The tokens with the codes of diagnoses cut out, each like the end of a sentence; the codes."""
    codes: list[Span] = []
    for match in _CODE.finditer(text):
        first = next((i for i, token in enumerate(tokens) if token.start == match.start()), 0)
        while first > 1 and tokens[first - 1].key in _CODED:
            first -= 1
        if not first or tokens[first - 1].key == "for":
            continue
        span = tokens[first].start, match.end()
        tokens = [*tokens[:first], Token(".", *span), *(t for t in tokens if t.start >= span[1])]
        codes.append(span)
    return tokens, codes


def _says_something(step: Step) -> bool:
    return bool(
        step.dose or step.route or step.method or step.timing or step.prn or step.as_directed or step.duration or step.rate or step.scale
        or step.change or step.instructions or step.maxima or step.wear
    )  # fmt: skip


def _is_timed(step: Step) -> bool:
    return bool(step.dose and (step.timing != Timing() or step.prn))


_LONGEST_TEXT = 5000
"""Characters. SCRIPT has room for 1,000; what is much longer is something else, and would take long to read."""


def parse(text: str) -> Sig:
    """Read the direction `text` (English or Spanish, plain or shorthand).

    Every character is either understood or lies in one of `Sig.unread`; nothing is guessed. Status READ means there
    is no unread text and no doubt about how the parts go together.
    """
    if len(text) > _LONGEST_TEXT:
        return Sig(text, Status.NOT_READ, (), ((0, len(text)),), doubts=("longer than directions are",))
    columns = _COLUMNS.search(text) if text[-1:].isdigit() else None
    if columns and (listed := parse(text[: columns.start(1)])).is_read and any(map(_is_timed, listed.steps)):
        remarks = (*listed.remarks, columns.span(1))
        return replace(listed, text=text, quantity=Decimal(columns[2]), remarks=remarks)
    plain = _QUOTED.sub(r" \1 ", text) if '"' in text else text
    written = _QUANTITY.search(text) if "#" in text else None
    tokens = tokenise(plain[: written.start()] if written else plain)
    tokens, codes = _without_codes(text, tokens) if _CODED_AT.search(text) else (tokens, [])
    keys = keys_of(tokens)
    language = language_of(keys)
    if language == "es" and _COMMA.search(text):
        tokens = tokenise(_COMMA.sub(".", plain[: written.start()] if written else plain))
        keys = keys_of(tokens)
    lex = lexicon(language)
    reader = Reader(text, items_of(mended(with_romans(tokens, keys), lex), lex))
    walk(reader)
    if reader.verb and reader.verb not in (
        *(d.method for d in reader.drafts),
        "take",
        "use",
        "drink",
        "chew",
        "dissolve",
    ):
        if reader.verb != "give" or not reader.draft.trigger:  # "80 mg bid; give 30 min after albumin"
            reader.doubts.append(f"{reader.verb}: what, is not said")
    if _RUN_INTO.search(text):
        reader.doubts.append("a number of units that runs into the next number")
    steps = resolve(reader)
    understood = any(_says_something(s) for s in steps)
    clean = not reader.unread and not reader.doubts
    status = Status.NOT_READ if not understood else Status.READ if clean else Status.PARTLY_READ
    return Sig(
        text, status, steps if understood else (), _joined(text, reader.unread), notations(text, tokens), language,
        tuple(dict.fromkeys(reader.doubts)), Decimal(written[1]) if written else None, tuple(sorted({*codes, *reader.remarks}) if codes else reader.remarks),
        tuple(reader.told),
    )  # fmt: skip
