"""The compiled vocabulary is what the YAML says, and every phrase of it is found again."""

from __future__ import annotations

import pytest

from tallman.core.quantity import UNITS
from tallman.core.sig.lexicon import Lexicon, language_of, lexicon
from tallman.core.sig.words import ENGLISH, SPANISH
from tallman.knowledge.sig_words import FOLDER, MODULES, compiled, vocabulary

FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", FILES)
def test_the_modules_are_made_from_the_files(name: str) -> None:
    made = (MODULES / f"{name}.py").read_text(encoding="utf-8")
    assert made == compiled(name), "run python -m tallman.knowledge.sig_words"


def test_every_kind_of_word_is_in_one_file() -> None:
    kinds = [kind for name in FILES if name.startswith("english") for kind in vocabulary(name)]
    assert sorted(kinds) == sorted(ENGLISH)


def test_every_unit_is_one_that_amounts_are_counted_in() -> None:
    assert [u for u in ENGLISH["unit"] if u not in UNITS] == []


def test_choices_in_braces_are_all_ways_of_saying_it() -> None:
    lex = Lexicon()
    lex.add("{every,each} {single,} morning|qam", "event", "MORN")
    lex.root.spread()
    said = ["every morning", "each single morning", "qam"]
    found = [node for text in said if (node := lex.longest(text.split(), 0))]
    assert [(node.terms, node.size, node.said) for node in found] == [
        ({"event": "MORN"}, len(t.split()), t) for t in said
    ]
    assert lex.longest("every evening".split(), 0) is None


def test_the_longest_phrase_wins() -> None:
    found = lexicon().longest("every other day at noon".split(), 0)
    assert found is not None
    assert (found.terms["interval"][1], found.size) == ("d", 3)


def test_spanish_means_what_its_english_means() -> None:
    spanish, english = lexicon("es"), lexicon("en")
    for said, words in [("twice daily", "dos veces al dia"), ("at bedtime", "al acostarse"), ("tablet", "pastilla")]:
        told = spanish.longest(words.split(), 0)
        meant = english.longest(said.split(), 0)
        assert told is not None
        assert meant is not None
        kinds = [kind for kind in meant.terms if kind in ENGLISH]
        assert told.said == said
        assert [told.terms.get(kind) for kind in kinds] == [meant.terms[kind] for kind in kinds]
    assert len(SPANISH["said"]) > 100


@pytest.mark.parametrize(
    "text, language",
    [("take 1 tablet daily", "en"), ("tome 1 tableta cada dia", "es"), ("1 tab po bid", "en"), ("", "en")],
)
def test_the_language_is_told_from_the_words(text: str, language: str) -> None:
    assert language_of(text.split()) == language
