"""The rivals of the nearest name, which a misspelling may stand for as well."""

from __future__ import annotations

import pytest

from tallman.core.identify.confused import confused_words
from tallman.core.identify.names import NameIndex
from tallman.core.identify.spelling import near
from tallman.core.knowledge import ConfusedNames

WORDS = ("esomeprazole", "estradiol", "metoprolol", "omeprazole", "stadol", "thioridazine", "thorazine")


@pytest.fixture
def index() -> NameIndex:
    words: dict[str, list[str]] = {}
    for word in WORDS:
        words.setdefault(word[0], []).append(word)
    confused = confused_words([ConfusedNames("thioridazine", "Thorazine"), ConfusedNames("Toprol-XL", "metoprolol")])
    return NameIndex({}, {}, {}, words, frozenset(), confused=confused)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("metoprolal", {"metoprolol"}),
        ("stadiol", {"stadol", "estradiol"}),  # the first letter lost
        ("oomeprazole", {"omeprazole", "esomeprazole"}),  # another beginning on the same name
        ("thordazine", {"thorazine", "thioridazine"}),  # mistaken before
        ("lisinopril", set()),
    ],
)
def test_a_misspelling_may_stand_for_every_name_that_is_about_as_near(
    word: str, meant: set[str], index: NameIndex
) -> None:
    assert {found.word for found in near(word, index, frozenset())} == meant


def test_names_of_more_than_one_word_are_no_words_to_be_mistaken() -> None:
    pairs = [ConfusedNames("Zantac", "Xanax"), ConfusedNames("Xanax", "Tenex"), ConfusedNames("Vicodin", "Vicodin ES")]
    assert confused_words(pairs) == {
        "zantac": frozenset({"xanax"}),
        "xanax": frozenset({"zantac", "tenex"}),
        "tenex": frozenset({"xanax"}),
    }
