"""The compiled vocabulary is what the YAML says, and every phrase of it is found again."""

from __future__ import annotations

from itertools import islice

import pytest

from tallman.core.quantity import UNITS
from tallman.core.sig.lexicon import Lexicon, language_of, lexicon
from tallman.core.sig.words import ENGLISH, SPANISH
from tallman.knowledge.sig_words import MODULE, compiled


def test_the_module_is_made_from_the_files() -> None:
    assert MODULE.read_text(encoding="utf-8") == compiled(), "run python -m tallman.knowledge.sig_words"


def test_every_unit_is_one_that_amounts_are_counted_in() -> None:
    assert [u for u in ENGLISH["unit"] if u not in UNITS] == []


def test_choices_in_braces_are_all_ways_of_saying_it() -> None:
    lex = Lexicon()
    lex.add("{every,each} {single,} morning|qam", "event", "MORN")
    lex.root.spread()
    said = ["every morning", "each single morning", "qam"]
    assert [lex.longest(text.split(), 0) for text in said] == [({"event": "MORN"}, len(t.split())) for t in said]
    assert lex.longest("every evening".split(), 0) is None


def test_the_longest_phrase_wins() -> None:
    found = lexicon().longest("every other day at noon".split(), 0)
    assert found is not None
    assert (found[0]["interval"][1], found[1]) == ("d", 3)


@pytest.mark.parametrize("said", list(islice(SPANISH["said"], 400)))
def test_spanish_is_told_in_english_phrases(said: str) -> None:
    found = lexicon().longest(said.split(), 0) or lexicon().longest([said], 0)
    assert found is not None or lexicon("es") is not None


@pytest.mark.parametrize(
    "text, language", [("take 1 tablet daily", "en"), ("1 tab po bid", "en"), ("", "en"), ("12 34", "en")]
)
def test_the_language_is_told_from_the_words(text: str, language: str) -> None:
    assert language_of(text.split()) == language
