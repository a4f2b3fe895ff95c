"""The index of names: what each written name stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from tallman.core.identify.text import Token, tokenize
from tallman.core.knowledge import Knowledge

__all__ = ["AMBIGUOUS", "Meaning", "NameIndex", "index_of"]

# Abbreviations that stand for more than one medicine: known causes of mix-ups.
AMBIGUOUS = {
    "ms": ("morphine", "magnesium sulfate"),
    "mso4": ("morphine", "magnesium sulfate"),
    "mgso4": ("magnesium sulfate", "morphine"),
    "azt": ("zidovudine", "azathioprine", "aztreonam"),
    "hct": ("hydrochlorothiazide", "hydrocortisone"),
    "cpz": ("chlorpromazine", "prochlorperazine"),
    "mtx": ("methotrexate", "mitoxantrone"),
    "ptu": ("propylthiouracil", "mercaptopurine"),
    "tac": ("triamcinolone", "tacrolimus"),
    "norflox": ("norfloxacin", "orphenadrine"),
    "nitro": ("nitroglycerin", "nitroprusside"),
    "levo": ("levothyroxine", "levofloxacin", "levodopa"),
    "metop": ("metoprolol", "metoclopramide"),
    "pred": ("prednisone", "prednisolone"),
    "metro": ("metronidazole", "metoprolol"),
    "clona": ("clonazepam", "clonidine"),
    "hydro": ("hydrocodone", "hydralazine", "hydroxyzine", "hydrochlorothiazide", "hydromorphone"),
    "epi": ("epinephrine", "ephedrine"),
    "cyclo": ("cyclobenzaprine", "cyclosporine", "cyclophosphamide"),
    "gabap": ("gabapentin",),
}
SALTS = frozenset(
    "hydrochloride hcl hydrobromide hbr sodium potassium calcium magnesium maleate besylate mesylate tartrate succinate "
    "fumarate sulfate sulphate acetate phosphate citrate tosylate bromide chloride nitrate hyclate monohydrate "
    "dihydrate trihydrate anhydrous medoxomil cilexetil axetil proxetil etexilate bitartrate pamoate furoate "
    "propionate valerate dipropionate acetonide palmitate decanoate enanthate cypionate disoproxil alafenamide "
    "hemihydrate malate monosodium disodium dihydrochloride oxalate xinafoate lactate gluconate stearate "
    "estolate ethylsuccinate mofetil olamine".split()
) | frozenset({"succ", "tart", "na", "trihyd", "monohyd"})
_SHORT_SALTS = {"succ": "succinate", "tart": "tartrate", "hcl": "hydrochloride", "na": "sodium"}
_WORDS = re.compile(r"[a-z0-9#%']+")
_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for: ingredients, perhaps a brand, perhaps one product; `is_foreign`: known, but not held."""

    ingredients: tuple[str, ...]
    brand: str | None = None
    product: str | None = None
    is_foreign: bool = False


@dataclass(frozen=True)
class NameIndex:
    """Written names (as tuples of lower-case words) and what they stand for."""

    names: dict[tuple[str, ...], set[Meaning]]
    single: dict[str, list[str]] = field(repr=False)

    def at(self, tokens: list[Token], i: int) -> tuple[int, set[Meaning]] | None:
        """The longest name starting at token `i`: the position after it and its meanings."""
        words: list[str] = []
        best = None
        for j in range(i, min(len(tokens), i + 2 * _LONGEST_NAME)):
            token = tokens[j]
            if not _WORDS.fullmatch(token.text):
                if token.text in "-/+&.®™," and words:
                    continue
                break
            words.append(token.text)
            if meanings := self.names.get(tuple(words)):
                best = (j + 1, meanings)
        return best

    def near(self, word: str) -> list[tuple[int, str]]:
        """Single-word names within reach of a misspelling, nearest first, as (distance, name)."""
        if len(word) < 5:
            return []
        reach = 1 if len(word) < 7 else 2 if len(word) < 11 else 3
        found = []
        for length in range(len(word) - reach, len(word) + reach + 1):
            for name in self.single.get(f"{word[0]}{length}", ()):
                distance = OSA.distance(word, name, score_cutoff=reach + 1)
                if distance <= reach + 1:
                    found.append((distance, name))
        found.sort()
        return [f for f in found if f[0] <= found[0][0] + 1] if found and found[0][0] <= reach else []


def words_of(name: str) -> tuple[str, ...]:
    """A name as the index writes it: the words and numbers that `tokenize` makes of it."""
    return tuple(t.text for t in tokenize(name) if _WORDS.fullmatch(t.text))


@lru_cache(maxsize=4)
def index_of(knowledge: Knowledge) -> NameIndex:
    """The name index of a knowledge version, built once."""
    names: defaultdict[tuple[str, ...], set[Meaning]] = defaultdict(set)

    def add(name: str, meaning: Meaning) -> None:
        if key := words_of(name):
            names[key].add(meaning)

    for ingredient in knowledge.ingredients.values():
        for name in (ingredient.name, *ingredient.synonyms):
            add(name, Meaning((ingredient.name,)))
    for name, parts in knowledge.records.combination_names:
        add(name, Meaning(parts))
    for product in knowledge.products.values():
        if product.brand:
            add(product.brand, Meaning(product.ingredients, brand=product.brand))
    for name, product_id in knowledge.records.aliases:
        aliased = knowledge.products[product_id]
        add(name, Meaning(aliased.ingredients, product=product_id))
    for name in knowledge.records.other_names:
        key = words_of(name)
        if key and key not in names:
            names[key].add(Meaning((), is_foreign=True))
    single: defaultdict[str, list[str]] = defaultdict(list)
    for key in names:
        if len(key) == 1 and len(key[0]) >= 5 and key[0].isalpha():
            single[f"{key[0][0]}{len(key[0])}"].append(key[0])
    return NameIndex(dict(names), dict(single))


def salt_word(token: str) -> str | None:
    """The salt a word names, in full, or None."""
    return _SHORT_SALTS.get(token, token) if token in SALTS else None
