"""The words of directions, English and Spanish, as the knowledge has them."""

from __future__ import annotations

from tallman.core.sig.words import (
    english_amounts,
    english_doing,
    english_instructions,
    english_reasons,
    english_remarks,
    english_times,
    english_words,
    spanish,
)

__all__ = ["ENGLISH", "SPANISH"]

_FILES = (
    english_amounts,
    english_doing,
    english_instructions,
    english_reasons,
    english_remarks,
    english_times,
    english_words,
)
ENGLISH: dict[str, dict[str, str]] = {kind: table for file in _FILES for kind, table in file.WORDS.items()}
SPANISH: dict[str, dict[str, str]] = spanish.WORDS
