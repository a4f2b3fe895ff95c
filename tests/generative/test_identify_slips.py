"""Every name of a product with a slip of the hand or of the ear, beside its strength: it is put right or left open, and
never another medicine.

`python -m tests.generative.test_identify_slips` counts every name of every product, and of RxNorm where it is there.
"""

from __future__ import annotations

import random
import string
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tallman.core.drug import Medicine
from tallman.core.identify import identify
from tallman.core.identify.names import index_of
from tallman.core.knowledge import Knowledge
from tests.authored import load
from tests.knowledge.identify_report import DATA, drugs, messy_strength

SEED, SHORTEST, MOST_WRONG = 20261130, 5, 4
HEARD = [
    ("ph", "f"), ("f", "ph"), ("x", "cks"), ("x", "cs"), ("x", "ks"), ("c", "k"), ("k", "c"), ("ck", "k"), ("qu", "k"),
    ("y", "i"), ("i", "y"), ("a", "e"), ("e", "a"), ("e", "i"), ("i", "e"), ("o", "a"), ("a", "o"), ("u", "o"),
    ("z", "s"), ("s", "z"), ("ll", "l"), ("l", "ll"), ("tt", "t"), ("ss", "s"), ("pp", "p"), ("all", "ol"),
    ("ce", "se"), ("ci", "si"), ("air", "are"), ("ine", "een"), ("in", "ine"), ("th", "t"), ("rh", "r"),
    ("v", "f"), ("g", "j"),
]  # fmt: skip
Text = tuple[str, frozenset[str], str]
"""What is written, the ingredients it was made of, and the name without the slip."""


@cache
def knowledge() -> Knowledge:
    return load()


def by_hand(word: str, rng: random.Random) -> str:
    """A letter wrong, missing, extra, or two swapped, wherever it is."""
    i = rng.randrange(len(word))
    letter = rng.choice(string.ascii_lowercase)
    swapped = word[:i] + word[i + 1 : i + 2] + word[i] + word[i + 2 :]
    return rng.choice(
        [word[:i] + letter + word[i + 1 :], word[:i] + word[i + 1 :], word[:i] + letter + word[i:], swapped]
    )


def by_ear(word: str, rng: random.Random) -> str:
    """One sound written in another way."""
    found = [(a, b) for a, b in HEARD if a in word]
    if not found:
        return by_hand(word, rng)
    said, written = rng.choice(found)
    return word.replace(said, written, 1)


def misspelt(name: str, rng: random.Random) -> str:
    """The name with one slip or two in its longest word."""
    words = name.lower().split()
    longest = max(range(len(words)), key=lambda i: len(words[i]))
    if len(words[longest]) < SHORTEST or not words[longest].isalpha():
        return name
    kinds = rng.choice([(by_hand,), (by_ear,), (by_ear, by_ear), (by_hand, by_ear), (by_hand, by_hand)])
    for kind in kinds:
        words[longest] = kind(words[longest], rng)
    return " ".join(words)


def texts_of_products(rng: random.Random) -> Iterator[Text]:
    for product in knowledge().products.values():
        name = product.brand or " / ".join(dict.fromkeys(product.ingredients))
        strength = product.strength_text() if rng.random() < 0.7 else product.strength_text().split()[0]
        form = rng.choice(["", "", product.form.name])
        yield f"{misspelt(name, rng)} {strength} {form}".strip(), frozenset(product.ingredients), name


def texts_of_rxnorm(rng: random.Random) -> Iterator[Text]:
    """Also of products that are not on record, where the ingredients are."""
    held = knowledge().by_rxcui
    for drug in drugs(DATA / "rxnorm"):
        ingredients = [held.get(rxcui) for rxcui in drug.ingredients]
        names = frozenset(getattr(i, "name", "") for i in ingredients)
        if "" in names or "HR" in drug.name:
            continue
        name = drug.brand or " / ".join(part[0].lower() for part in drug.parts)
        strength = messy_strength(drug, rng)
        form = rng.choice(["", "", drug.form.lower()])
        yield f"{misspelt(name, rng)} {strength} {form}".strip(), names, name


def texts_of_names(rng: random.Random) -> Iterator[Text]:
    """Names of one word with the strength of a product whose name is near: nothing but the spelling speaks for them."""
    names = {
        key[0]: m[0] for key, m in index_of(knowledge()).names.items() if len(key) == 1 and len(key[0]) >= SHORTEST
    }
    for name, meaning in names.items():
        written = misspelt(name, rng)
        others = [n for n, *_ in process.extract(name, list(names), scorer=OSA.distance, score_cutoff=3, limit=9)]
        parts = [names[n].ingredients for n in others if n != name and names[n].is_held]
        products = [p for held in parts for p in knowledge().products_of.get(held[0], ()) if p.ingredients == held]
        if products and written != name:
            yield f"{written} {rng.choice(products).strength_text()}", frozenset(meaning.ingredients), name


def verdict(text: str, meant: frozenset[str], name: str, read: Medicine) -> str:
    if not read.is_known or not read.ingredients:
        return "open"
    got = {i.name for i in read.ingredients}
    if got == meant:
        return "the product" if read.product else "the medicine"
    written = text.split()[0]
    if (written,) in index_of(knowledge()).names or any(n in name.lower() for n in got):
        return "another name"  # The slip wrote it, or the record has it otherwise.
    return "another product" if read.product else "another medicine"


def counted(texts: Iterator[Text]) -> tuple[Counter[str], list[tuple[str, str, str]]]:
    seen: Counter[str] = Counter()
    wrong = []
    for text, meant, name in texts:
        read = identify(text, knowledge())
        found = verdict(text, meant, name, read)
        seen[found] += 1
        if found in ("another product", "another medicine"):
            wrong.append((text, name, read.name))
    return seen, wrong


def test_no_slip_makes_another_medicine_of_a_product() -> None:
    seen, wrong = counted(texts_of_products(random.Random(SEED)))
    assert len(wrong) <= MOST_WRONG, "\n".join(map(str, wrong))
    assert seen["the product"] + seen["the medicine"] > 0.6 * seen.total(), seen


if __name__ == "__main__":
    for rounds in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
        for made in (texts_of_products, texts_of_rxnorm, texts_of_names):
            told, bad = counted(made(random.Random(SEED + rounds)))
            print(made.__name__, dict(told))
            for row in bad:
                print("  ", *row, sep=" | ")
