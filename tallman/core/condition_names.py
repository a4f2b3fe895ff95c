"""Conditions by the names that charts give them: as written, in plain words, and with a slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = ["ChartWord", "ConditionName", "ConditionNames", "by_name", "words_of"]


@dataclass(frozen=True, slots=True)
class ConditionName:
    """A condition as charts name it: `code` is the ICD-10-CM code it is read as, `past` the one of its history (empty:
    the same, for what does not go away), `snomed` its SNOMED CT codes, `written_as` its names in lower case. What
    matters for a while only (an operation) is read within `recent_days` of its onset. `family` is the code of a parent,
    a brother or a sister who has it, where that matters too."""

    code: str
    past: str = ""
    snomed: tuple[str, ...] = ()
    written_as: tuple[str, ...] = ()
    recent_days: int | None = None
    family: str = ""

    @property
    def name(self) -> str:
        """The first of its names."""
        return self.written_as[0]


@dataclass(frozen=True, slots=True)
class ChartWord:
    """A word of problem lists: `full` is the word that names have for it (empty: itself). `counts` says where it does:
    "inside" a name alone, "in_capitals" alone and, "in_mixed_case", beside small letters, "alone" where nothing else is
    said; "no_slip" is none of another word.
    """

    name: str
    full: str = ""
    counts: tuple[str, ...] = ()


_WORD = re.compile(r"[A-Za-z0-9]+")
_SIGNS = (
    (re.compile(r"\bd/o\b", re.I), "disorder"),
    (re.compile(r"\bw/o\b", re.I), "without"),
    (re.compile(r"\bq-t(?=c?\b)", re.I), "qt"),
    (
        re.compile(
            r"\bnon[- ](?=(?:alcoholic|rheumatic|obstructive|toxic|traumatic|pressure|insulin|small|healing|"
            r"cirrhotic|infectious|valvular|bullous|melanoma|proliferative|functioning|seminomatous)\b)",
            re.I,
        ),
        "non",
    ),
    (re.compile(r"(?<![\w+] )(?<!\w)\+ ?(?=[a-z]{2})", re.I), "positive "),
    (re.compile(r"(?<=[a-z]{2}) ?\+(?=\s*(?:$|[,;/)]))", re.I), " positive"),
)
"""How charts write a word as a sign: "seizure d/o", "+PPD", "PPD +"; and kinds that are no denial: "non-rheumatic"."""
_BRITISH = (("haem", "hem"), ("aem", "em"), ("oea", "ea"), ("oed", "ed"), ("oes", "es"))
_SHORTEST_MISSPELT, _ONE_WORD = 7, 6
_SHORT_FORM = 5


@dataclass(frozen=True, slots=True, eq=False)
class ConditionNames:
    """The names of conditions: `written` as they stand, with "snomed:" and codes, and "recent:" and the ICD-10-CM codes
    that are read for some days only; `plain` in plain words; `misspelt` their longer words without one letter. `full`
    and `counts` are of the words of charts: each in full, and the words by where they count. `by_code` is the plainest
    name of an ICD-10-CM code."""

    written: Mapping[str, ConditionName] = field(default_factory=dict)
    plain: Mapping[str, ConditionName] = field(default_factory=dict)
    misspelt: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    full: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    by_code: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> ConditionName | None:
        """The condition of a name as written."""
        return self.written.get(name)

    def in_plain_words(self, words: Sequence[str]) -> list[str]:
        """Each word in full, in the singular, and as it is spelled."""
        return [self._in_plain(word) for word in words]

    def _in_plain(self, word: str) -> str:
        plain = _plain(word, self.full)
        spelled = self._spelled(plain)
        is_unknown = spelled == plain != word and plain not in self.words
        return self._spelled(word) if is_unknown else spelled  # "coliits" is no plural

    def counts_only(self, where: str, word: str) -> bool:
        """Whether a word counts in one place alone, as `ChartWord.counts` says."""
        return word in self.counts.get(where, ())

    def _spelled(self, word: str) -> str:
        """The one word of a name that a word which is none lies a slip away from; else the word."""
        if len(word) < _ONE_WORD or word in self.words or self.counts_only("no_slip", word) or not word.isalpha():
            return word
        near = {
            _plain(known, self.full)
            for shorter in (word, *_without_a_letter(word))
            for known in self.misspelt.get(shorter, ())
            if known[0] == word[0] and _is_slip(word, known)
        }
        return near.pop() if len(near) == 1 else word


def by_name(names: Sequence[ConditionName], chart_words: Iterable[ChartWord] = ()) -> ConditionNames:
    """The conditions by each of their names, as words with one space between."""
    full: dict[str, str] = {}
    counts: dict[str, set[str]] = {}
    for chart_word in chart_words:
        if chart_word.full:
            full[chart_word.name] = chart_word.full
        for where in chart_word.counts:
            counts.setdefault(where, set()).add(chart_word.name)
    written: dict[str, ConditionName] = {}
    for name in names:
        written |= {" ".join(words_of(text)): name for text in name.written_as}
        written |= {f"snomed:{code}": name for code in name.snomed}
        if name.recent_days:
            written.setdefault(f"recent:{name.code}", name)
    plain: dict[str, ConditionName] = {}
    in_plain = {word: _plain(word, full) for text in written for word in text.split()}
    for text, name in written.items():
        plain.setdefault(" ".join(in_plain[word] for word in text.split()), name)
    words = frozenset(word for text in plain if ":" not in text for word in text.split())
    known = words | in_plain.keys()
    misspelt: dict[str, tuple[str, ...]] = {}
    for word in sorted(w for w in known if len(w) >= _ONE_WORD and w.isalpha()):
        for shorter in (word, *_without_a_letter(word)):
            misspelt[shorter] = (*misspelt.get(shorter, ()), word)
    return ConditionNames(
        written=MappingProxyType(written),
        plain=MappingProxyType(plain),
        misspelt=MappingProxyType(misspelt),
        words=known,
        full=MappingProxyType(full),
        counts=MappingProxyType({where: frozenset(words) for where, words in counts.items()}),
        by_code=MappingProxyType({name.code: _plainest(name) for name in reversed(names) if name.written_as}),
    )


def _plainest(name: ConditionName) -> str:
    """The first of its names that is no short form of the chart: "obstructive sleep apnea", not "osa"."""
    return next((text for text in name.written_as if len(text) > _SHORT_FORM), name.name)


def words_of(text: str, *, lower: bool = True) -> list[str]:
    """The words of a text, without the 's of a name.

    >>> words_of("Seizure d/o"), words_of("Graves' disease")
    (['seizure', 'disorder'], ['graves', 'disease'])
    """
    for sign, full in _SIGNS:
        text = sign.sub(full, text)
    text = text.replace("'s", "").replace("’s", "")
    return _WORD.findall(text.lower() if lower else text)


def _plain(word: str, full: Mapping[str, str]) -> str:
    """A word in full, in the singular and as Americans spell it."""
    for british, american in _BRITISH:
        word = word.replace(british, american)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "is", "us")):
        word = full.get(word, word[:-1])
    return full.get(word, word)


def _without_a_letter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _is_slip(word: str, known: str) -> bool:
    """Whether one letter is wrong, missing, extra or swapped; in short words only two that are swapped."""
    if len(word) != len(known):
        return min(len(word), len(known)) >= _SHORTEST_MISSPELT
    wrong = [at for at, (one, other) in enumerate(zip(word, known, strict=True)) if one != other]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and word[first] == known[second] and word[second] == known[first]
    return len(wrong) == 1 and len(word) >= _SHORTEST_MISSPELT
