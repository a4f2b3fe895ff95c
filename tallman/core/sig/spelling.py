"""Words that are written together or one letter wrong, put right before the grammar looks at them.

Only words that are in no vocabulary are touched, only into the commonest words of directions, and only when there is
one way to do it. The places in the text stay those of the text.
"""

from __future__ import annotations

from functools import cache, lru_cache
from operator import eq

from rapidfuzz.distance import OSA

from tallman.core.sig.lexicon import Lexicon, lexicon, listed_words
from tallman.core.sig.tokens import Token, keys_of

__all__ = ["is_near_count", "is_slip", "may_be_name", "mended"]

_SHORTEST = 6
"""Letters a word must have to be mended: of shorter ones too many are a letter away from another."""
_NAMES_A_TIME = frozenset({"prn", "bid", "tid", "qid", "qhs", "daily", "qam", "qpm"})
_SHORT_FORMS = ("bid", "tid", "qid", "qhs", "qam", "qpm", "subq", "daily", "tabs", "caps", "prn", "stat")
_SHORT_FOR = {"aft": "after", "bef": "before", "btwn": "between", "thru": "through"}
"""Words that pharmacies cut short wherever they stand."""
_SPOKEN = {"comma": ",", "period": "."}
_ENDED = frozenset(
    "bedtime daily night morning evening needed mouth food meals pain nausea sleep days weeks skin prn bid tid".split()
)
_BEGUN = frozenset("may take then do apply use give call repeat stop if max maximum".split())
"""Between which words a "period" that was dictated ends a sentence."""
_FOLD = ("once", "twice", "thrice")
_LONGER, _SAID_TWICE = 3, frozenset({"by", "for", "the", "tab", "cap", "and"})
"""Letters above which, and short words of which, a repetition is a slip: "od od" is the right eye once a day."""
_REST = 4
_WRITTEN_TOGETHER = frozenset({"tab", "tabs", "cap", "caps", "po"})
_HOW_OFTEN = ("freq", "interval", "weekday")


def mended(tokens: list[Token], lex: Lexicon) -> list[Token]:
    """The tokens, with words that nobody knows taken apart or corrected where that is certain."""
    if any(token.key in _SPOKEN for token in tokens):
        tokens = [t._replace(key=_SPOKEN[t.key]) if _is_spoken(tokens, i) else t for i, t in enumerate(tokens)]
    said = keys_of(tokens)
    words, keys = lex.words, set(said)
    if len(keys) < len(said) and any(map(eq, said, said[1:])):
        tokens = [t for i, t in enumerate(tokens) if not (i and _is_said_twice(tokens[i - 1], t))]
    if not keys.isdisjoint(_SHORT_FOR):
        tokens = [t._replace(key=_SHORT_FOR[t.key]) if _stands_for(tokens, i) else t for i, t in enumerate(tokens)]
    if not any(map(_may_be_mended, keys - words)):
        return tokens
    found: list[Token] = []
    for token in tokens:
        if token.value is None and _may_be_mended(token.key) and token.key not in words:
            once = _struck_twice(token.key)
            found += (
                [token._replace(key=once)]
                if once
                else _apart(token) or [token._replace(key=_correction(token.key, lex))]
            )
        else:
            found.append(token)
    return found


def _is_said_twice(before: Token, token: Token) -> bool:
    """Whether a word of some length stands there twice by a slip: "TABLET TABLET", "by by mouth"; numbers never."""
    long = len(token.key) > _LONGER or token.key in _SAID_TWICE
    return before.key == token.key and long and token.key.isalpha()


def _correction(word: str, lex: Lexicon) -> str:
    """The common word that is meant, where the language has it: "severo" is no slip in "severe"."""
    corrected = _corrected(word)
    return corrected if lex is lexicon("en") or corrected in lex.words else word


def _is_spoken(tokens: list[Token], i: int) -> bool:
    """Whether a sign was dictated as a word: "for three days comma two tablets", "at bedtime period may increase"."""
    if tokens[i].key == "period":
        return 0 < i < len(tokens) - 1 and tokens[i - 1].key in _ENDED and tokens[i + 1].key in _BEGUN
    return tokens[i].key == "comma"


def _stands_for(tokens: list[Token], i: int) -> bool:
    """Whether a short form stands there, with a word behind it: an "aft" at the end may be the afternoon."""
    return tokens[i].key in _SHORT_FOR and i + 1 < len(tokens) and tokens[i + 1].key.isalpha()


@lru_cache(maxsize=4096)
def _struck_twice(word: str) -> str | None:
    """The one common word in which a letter was struck twice: "monthhs" is no "month hs"."""
    common = listed_words("mend") | listed_words("glue")
    found = {
        once
        for i in range(len(word) - 1)
        if word[i] == word[i + 1] and (once := word[:i] + word[i + 1 :]) in common and len(once) > 3
    }
    return found.pop() if len(found) == 1 else None


def may_be_name(word: str) -> bool:
    """Whether a word of no vocabulary may name a medicine: no word of directions, and none with a slip in it."""
    plain = word not in _telling() | listed_words("ailments") | listed_words("altering")
    return plain and not is_slip(word) and not _is_near_short(word)


@lru_cache(maxsize=4096)
def is_slip(word: str) -> bool:
    """Whether a word may be one of directions with a slip in four letters, and is none itself."""
    if word in _telling() | listed_words("ailments") | listed_words("ordinary"):
        return False
    first = word[0] if len(word) < _SHORTEST else ""
    return any(_is_near(word, other) for other in _telling() if other.startswith(first))


@lru_cache(maxsize=4096)
def _is_near_short(word: str) -> bool:
    """Whether it may be one of the short forms with a slip in it: "bidd", "suqb", "dialy"."""
    return len(word) < _SHORTEST and any(OSA.distance(word, short) <= 1 for short in _SHORT_FORMS)


@lru_cache(maxsize=4096)
def is_near_count(word: str) -> bool:
    """Whether it may be a count with a slip in it: "noe", "wto", "ahlf"."""
    return any(OSA.distance(word, count) <= 1 for count in ("one", "two", "half", "three", "four"))


def _is_near(word: str, other: str) -> bool:
    return OSA.distance(word, other) * 4 <= max(len(word), len(other)) + 1


@cache
def _telling() -> frozenset[str]:
    """Words that say how much, how often and where: a slip in one must not pass for the name of a medicine."""
    mended_to = {word for word in listed_words("mend") if len(word) >= _SHORTEST}
    whole = {word for word in lexicon("en").alone(*_HOW_OFTEN) if len(word) >= _SHORTEST - 1}
    return listed_words("telling") | mended_to | whole


def _may_be_mended(word: str) -> bool:
    return (len(word) > 3 or word in ("mgx", "mlx", "qdx", "hsx", "pox", "hrx")) and word.isalpha()


def _apart(token: Token) -> list[Token]:
    """ "tidprn" as "tid", "prn"; nothing when it does not fall into known words."""
    head, mark, rest = token.key.partition(
        "instr"
    )  # Some programs print their field names into the text: "dailyinstrdo not".
    split_at_mark = bool(mark) and not rest.startswith("u")
    parts = (*_parts(head), mark, *_parts(rest)) if split_at_mark else _split(token.key)
    found, at = [], token.start
    for part in parts:
        found.append(Token(part, at, at + len(part)))
        at += len(part)
    return found


def _parts(word: str) -> tuple[str, ...]:
    return _split(word) or (word,) if word else ()


@lru_cache(maxsize=4096)
def _split(word: str) -> tuple[str, ...]:
    glue = listed_words("glue")
    if word[0] == "h" and word[1:] in _NAMES_A_TIME:
        return "h", word[1:]
    if word[0] == "x" and (word[1:] in _NAMES_A_TIME or word[1:] in ("day", "days", "week", "weekly")):
        return "x", word[1:]
    for size in range(len(word) - 1, 1, -1):
        head, rest = word[:size], word[size:]
        if head not in glue:
            continue
        if rest in glue and (len(rest) > 1 or rest == "x"):
            return head, rest
        if head in _NAMES_A_TIME and (more := _split(rest)):
            return head, *more
        if (len(rest) > _REST or (head in _WRITTEN_TOGETHER and len(rest) == _REST)) and (more := _split(rest)):
            return head, *more
    return ()


@cache
def _near() -> dict[str, str | None]:
    """Every common word with one letter left out, and the word; None where two words become the same."""
    found: dict[str, str | None] = {}
    for word in listed_words("mend") | listed_words("ailments"):
        for less in {word[:i] + word[i + 1 :] for i in range(len(word))}:
            found[less] = None if less in found else word
    return found


@lru_cache(maxsize=4096)
def _corrected(word: str) -> str:
    """The common word that is one letter left out, put in, changed or swapped away; the word itself if none or two are."""
    if len(word) < _SHORTEST and (swapped := _swapped(word)):
        return swapped
    if len(word) < _SHORTEST - 1:
        return word
    near, common = _near(), listed_words("mend") | listed_words("ailments")
    if word in common:
        return word
    shorter = {word[:i] + word[i + 1 :] for i in range(len(word))}
    if len(word) < _SHORTEST:
        shorter = {s for s in shorter if (m := near.get(s)) and len(m) == len(word) and sorted(m) == sorted(word)}
    found = {near[s] for s in shorter if s in near} | {s for s in shorter if s in common and len(word) >= _SHORTEST}
    if word in near and len(word) >= _SHORTEST - 1:
        found.add(near[word])
    found = {f for f in found if f is not None and _one_slip(word, f)} | {f for f in found if f is None}
    only = found.pop() if len(found) == 1 else None
    rival = only in _FOLD and any(OSA.distance(word, other) <= 1 for other in _FOLD if other != only)
    return word if only is None or rival else only  # "trice": twice or thrice?


def _swapped(word: str) -> str | None:
    """The common word with two neighbouring letters changed over or one letter struck twice ("tkae", "ttake"); None if none or two."""
    common = listed_words("glue")
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    doubled = {word[:i] + word[i + 1 :] for i in range(len(word) - 1) if word[i] == word[i + 1]}
    found = {w for w in swapped | doubled if w in common and len(w) > 3}
    return found.pop() if len(found) == 1 else None


def _one_slip(word: str, meant: str) -> bool:
    """Whether one letter is left out, put in or changed, or two neighbours are swapped."""
    if len(word) != len(meant):
        return True
    apart = [i for i in range(len(word)) if word[i] != meant[i]]
    swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and sorted(word) == sorted(meant)
    return len(apart) == 1 or swapped
