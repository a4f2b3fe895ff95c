"""Conditions by the names that charts give them: as written, in plain words, and with a slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

__all__ = ["SHORT_INSIDE", "ConditionName", "ConditionNames", "by_name", "words_of"]


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


_WORD = re.compile(r"[A-Za-z0-9]+")
_SIGNS = (
    (re.compile(r"\bd/o\b", re.I), "disorder"),
    (re.compile(r"\bw/o\b", re.I), "without"),
    (re.compile(r"(?<![\w+] )(?<!\w)\+ ?(?=[a-z]{2})", re.I), "positive "),
    (re.compile(r"(?<=[a-z]{2}) ?\+(?=\s*(?:$|[,;/)]))", re.I), " positive"),
)
"""How charts write a word as a sign: "seizure d/o", "+PPD", "PPD +"."""
_FULL = {
    "adenocarcinoma": "cancer", "bil": "bilateral", "bilat": "bilateral", "bipol": "bipolar", "bleeding": "bleed",
    "brfeeding": "breastfeeding", "ca": "cancer", "carcinoma": "cancer", "cardiac": "heart",
    "cardiomyop": "cardiomyopathy", "chr": "chronic", "chron": "chronic", "chrons": "crohn",
    "decomp": "decompensated", "def": "deficiency", "defic": "deficiency", "deg": "degree", "diab": "diabetes",
    "dz": "disease", "embolus": "embolism", "enceph": "encephalopathy", "esoph": "esophageal", "etoh": "alcohol",
    "gastrointestinal": "gi", "gen": "generalized", "hemorrhage": "bleed", "hep": "hepatitis", "hepatic": "liver",
    "hosp": "hospital", "htn": "hypertension", "hyperca": "hypercalcemia", "hyperk": "hyperkalemia",
    "hypermg": "hypermagnesemia", "hyperna": "hypernatremia", "hypoca": "hypocalcemia", "hypok": "hypokalemia",
    "hypomg": "hypomagnesemia", "hypona": "hyponatremia", "hypothy": "hypothyroidism", "hypotn": "hypotension",
    "infarct": "infarction", "insuf": "insufficiency", "insuff": "insufficiency", "mech": "mechanical",
    "mod": "moderate", "neph": "nephropathy", "osteop": "osteoporosis", "perf": "perforation", "preg": "pregnant",
    "preggo": "pregnant", "prego": "pregnant", "pulm": "pulmonary", "recur": "recurrent", "recurr": "recurrent",
    "renal": "kidney", "retin": "retinopathy", "schiz": "schizophrenia", "sev": "severe", "stab": "stable",
    "synd": "syndrome", "sz": "seizure", "thrombo": "thrombosis", "thrombus": "thrombosis", "tpl": "transplant",
    "transplantation": "transplant", "tx": "transplant", "txp": "transplant", "txplant": "transplant", "w": "with",
    "xplant": "transplant",
}  # fmt: skip
"""Words that say the same, and how charts shorten them."""
SHORT_INSIDE = frozenset({
    "ca", "tx", "tpl", "def", "hep", "mod", "sev", "w", "gen", "deg", "chr", "neph", "retin", "perf", "bil", "mech",
    "infarct", "decomp", "sz", "stab", "recur", "synd", "dz", "hosp", "schiz", "thrombo",
})  # fmt: skip
"""Those that count inside a name alone: "kidney tx", never "tx"; "breast ca", but "ca 7.2" is calcium."""
_BRITISH = (("haem", "hem"), ("aem", "em"), ("oea", "ea"), ("oed", "ed"), ("oes", "es"))
_SHORTEST_MISSPELT, _ONE_WORD = 7, 6
_OTHER_WORDS = frozenset({
    "nephritic", "dysphasia", "peroneal", "peritoneal", "perineal", "hypotonia", "hypertonia", "hypotropia",
    "hypertropia", "hypomania", "arthrosis", "lobotomy", "vaginitis", "callouses", "adduction", "abduction",
})  # fmt: skip
"""Words of medicine that lie one letter from a name and mean something else."""


@dataclass(frozen=True, slots=True, eq=False)
class ConditionNames:
    """The names of conditions: `written` as they stand, with "snomed:" and codes, and "recent:" and the ICD-10-CM codes
    that are read for some days only; `plain` in plain words; `misspelt` their longer words without one letter."""

    written: Mapping[str, ConditionName] = field(default_factory=dict)
    plain: Mapping[str, ConditionName] = field(default_factory=dict)
    misspelt: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    def get(self, name: str) -> ConditionName | None:
        """The condition of a name as written."""
        return self.written.get(name)

    def in_plain_words(self, words: Sequence[str]) -> list[str]:
        """Each word in full, in the singular, and as it is spelled."""
        return [self._spelled(_plain(word)) for word in words]

    def _spelled(self, word: str) -> str:
        """The one word of a name that a word which is none lies a slip away from; else the word."""
        if len(word) < _ONE_WORD or word in self.words or word in _OTHER_WORDS or not word.isalpha():
            return word
        near = {
            _plain(known)
            for shorter in (word, *_without_a_letter(word))
            for known in self.misspelt.get(shorter, ())
            if known[0] == word[0] and _is_slip(word, known)
        }
        return near.pop() if len(near) == 1 else word


def by_name(names: Iterable[ConditionName]) -> ConditionNames:
    """The conditions by each of their names, as words with one space between."""
    written: dict[str, ConditionName] = {}
    for name in names:
        written |= {" ".join(words_of(text)): name for text in name.written_as}
        written |= {f"snomed:{code}": name for code in name.snomed}
        if name.recent_days:
            written.setdefault(f"recent:{name.code}", name)
    plain: dict[str, ConditionName] = {}
    for text, name in written.items():
        plain.setdefault(" ".join(map(_plain, text.split())), name)
    words = frozenset(word for text in plain if ":" not in text for word in text.split())
    known = words | {word for text in written for word in text.split()}
    misspelt: dict[str, tuple[str, ...]] = {}
    for word in sorted(w for w in known if len(w) >= _ONE_WORD and w.isalpha()):
        for shorter in (word, *_without_a_letter(word)):
            misspelt[shorter] = (*misspelt.get(shorter, ()), word)
    return ConditionNames(MappingProxyType(written), MappingProxyType(plain), MappingProxyType(misspelt), known)


def words_of(text: str, *, lower: bool = True) -> list[str]:
    """The words of a text, without the 's of a name.

    >>> words_of("Seizure d/o"), words_of("Graves' disease")
    (['seizure', 'disorder'], ['graves', 'disease'])
    """
    for sign, full in _SIGNS:
        text = sign.sub(full, text)
    text = text.replace("'s", "").replace("’s", "")
    return _WORD.findall(text.lower() if lower else text)


@lru_cache(maxsize=1 << 13)
def _plain(word: str) -> str:
    """A word in full, in the singular and as Americans spell it."""
    for british, american in _BRITISH:
        word = word.replace(british, american)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "is", "us")):
        word = _FULL.get(word, word[:-1])
    return _FULL.get(word, word)


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
