"""Words that are mended, and names of medicines that are not."""

from __future__ import annotations

import pytest

from tallman.core.sig.lexicon import lexicon
from tallman.core.sig.spelling import mended
from tallman.core.sig.tokens import tokenise

MENDED = {
    "tkae": ["take"], "ttake": ["take"], "tidprn": ["tid", "prn"], "dailyinstrdo": ["daily", "instr", "do"],
    "hrx": ["hr", "x"], "puffsqds": ["puffs", "qds"], "sundaytuesday": ["sunday", "tuesday"], "tabelts": ["tabelts"],
}  # fmt: skip


@pytest.mark.parametrize("word", MENDED)
def test_mended(word: str) -> None:
    assert [t.key for t in mended(tokenise(word), lexicon())] == MENDED[word]


@pytest.mark.parametrize("name", ["atacand", "asmanex", "antabuse", "statin", "ativan", "tenormin", "insulin"])
def test_names_stay(name: str) -> None:
    assert [t.key for t in mended(tokenise(name), lexicon())] == [name]
