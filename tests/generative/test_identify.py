"""Messy ways to write every product on record: none may be read as another medicine or another strength.

The texts are made from the records by rules of this file alone (case, order, abbreviations, salts, units,
slips of the keyboard), none of which the reader sees.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallman.core.drug import Certainty, Medicine, Product, Strength
from tallman.core.identify import identify
from tallman.core.identify.names import index_of
from tallman.core.knowledge import Knowledge
from tests.authored import load

SEED = 20261124
TEXTS = 2500
KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
FORMS = {
    "oral tablet": [
        "tab",
        "tabs",
        "tablet",
        "TABLETS",
        "oral tab",
        "po tab",
        "Oral Tablet",
        "tablet, film coated",
    ],
    "oral capsule": ["cap", "caps", "capsule", "Oral Capsule"],
    "extended release oral tablet": [
        "ER tab",
        "XR tablet",
        "extended release tablet",
        "ER",
        "ER Oral Tablet Extended Release 24 Hour",
        "tablet,extended release 24 hr",
    ],
    "extended release oral capsule": [
        "ER cap",
        "XR capsule",
        "ext rel cap",
        "ER Oral Capsule Extended Release 24 Hour",
        "capsule,extended release",
    ],
    "delayed release oral tablet": [
        "DR tab",
        "EC tab",
        "delayed release tablet",
        "Oral Tablet Delayed Release",
        "tablet,delayed release (DR/EC)",
    ],
    "delayed release oral capsule": ["DR cap", "delayed-release capsule", "Oral Capsule Delayed Release"],
    "oral solution": ["oral soln", "soln", "oral solution", "liquid"],
    "oral suspension": ["susp", "oral susp", "suspension", "Oral Suspension Reconstituted"],
    "topical cream": ["cream", "crm", "External Cream"],
    "topical ointment": ["oint", "ointment", "External Ointment"],
    "ophthalmic solution": ["eye drops", "ophth soln", "op soln", "Ophthalmic Solution"],
    "metered dose inhaler": ["HFA", "inhaler", "MDI", "Inhalation Aerosol Solution"],
    "injectable solution": ["vial", "inj", "injection"],
    "pen injector": ["pen", "pen inj", "Subcutaneous Solution Pen-injector"],
    "prefilled syringe": ["syringe", "pfs", "Subcutaneous Solution Prefilled Syringe"],
    "transdermal system": ["patch", "transdermal patch", "Transdermal Patch 24 Hour"],
    "nasal spray": ["nasal spray", "nasal", "Nasal Suspension"],
}


@cache
def knowledge() -> Knowledge:
    return load()


def plain(value: Decimal | Fraction) -> str:
    number = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
    return f"{number.normalize():f}"


def amount_text(strength: Strength, rng: random.Random, *, bare: bool) -> str:
    """One strength in one of the ways people write it."""
    amount, per = strength.amount, strength.per
    number = plain(amount.value)
    if amount.unit == "mcg" and amount.value >= 10 and rng.random() < 0.2 and not bare:
        return plain(amount.value / 1000) + " mg" + per_text(strength, rng)
    if amount.unit == "mg" and per.unit == "g" and rng.random() < 0.8:
        return plain(Fraction(amount.value) / Fraction(per.value) / 10) + rng.choice(["%", " %"])
    if bare and per.dimension == per.unit:
        return number
    unit = {
        "mg": ["mg", "MG", "mgs", "milligrams"],
        "mcg": ["mcg", "ug", "MCG", "micrograms"],
        "unit": ["units", "unit", "u", "IU"],
        "mEq": ["meq", "mEq"],
    }.get(amount.unit, [amount.unit])
    return number + rng.choice(["", " ", " "]) + rng.choice(unit) + per_text(strength, rng)


def per_text(strength: Strength, rng: random.Random) -> str:
    per = strength.per
    if per.dimension == per.unit:
        return rng.choice(["", "/act"]) if per.unit in ("puff", "spray") else ""
    size = "" if per.value == 1 else plain(per.value)
    unit = {"mL": ["ml", "mL", "ML"], "h": ["hr", "h"]}.get(per.unit, [per.unit])
    return rng.choice(["/", " per "]) + size + (" " if size and rng.random() < 0.5 else "") + rng.choice(unit)


def strength_text(product: Product, rng: random.Random) -> str:
    bare = rng.random() < 0.35
    parts = [amount_text(s, rng, bare=bare) for s in product.strengths]
    return rng.choice(["/", "-", " / ", " - "]).join(parts)


def slip(word: str, rng: random.Random) -> str:
    """One slip of the keyboard past the first letter: a neighbour, a letter left out, doubled or swapped."""
    i = rng.randrange(1, len(word))
    kind = rng.choice(["neighbour", "omit", "double", "swap"])
    if kind == "neighbour":
        row = next((r for r in KEYS if word[i] in r), None)
        if row:
            j = row.index(word[i])
            return word[:i] + rng.choice(row[max(0, j - 1) : j] + row[j + 1 : j + 2]) + word[i + 1 :]
    if kind == "omit":
        return word[:i] + word[i + 1 :]
    if kind == "swap" and i + 1 < len(word):
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return word[:i] + word[i] + word[i:]


def name_text(product: Product, rng: random.Random) -> tuple[str, bool]:
    """A name of the product, and whether it was misspelt."""
    if product.brand and rng.random() < 0.7:
        name = product.brand
    else:
        joiner = rng.choice(["/", "-", " / ", " and "])
        name = joiner.join(dict.fromkeys(product.ingredients))
        if len(product.strengths) == 1 and rng.random() < 0.3:
            salted = [s for s in knowledge().ingredients[name].synonyms if s.startswith(name + " ")]
            salted = [s for s in salted if not product.salt or s == f"{name} {product.salt}"]
            name = rng.choice(salted) if salted else name
    misspelt = rng.random() < 0.15
    words = name.split(" ")
    if misspelt:
        longest = max(range(len(words)), key=lambda i: len(words[i]))
        if len(words[longest]) > 5 and words[longest].isalpha():
            words[longest] = slip(words[longest].lower(), rng)
    return " ".join(words), misspelt


def messy(product: Product, rng: random.Random) -> str:
    name, _ = name_text(product, rng)
    form = rng.choice(FORMS.get(product.form.name, [""])) if rng.random() < 0.75 else ""
    strength = strength_text(product, rng) if rng.random() < 0.92 else ""
    pieces = [name, form, strength] if rng.random() < 0.15 else [name, strength, form]
    text = " ".join(p for p in pieces if p)
    text += rng.choice(["", "", "", "", " #30", " (generic)", " take 1 tablet daily", ", qty 90"])
    return rng.choice([str, str, str.lower, str.upper, str.title])(text)


def size(strength: Strength) -> tuple[object, object]:
    """An amount that compares equal however it is written: the amount alone, and what it is in one unit."""
    base = {"mass": "g"}.get(strength.amount.dimension, strength.amount.unit)
    return Fraction(strength.amount.to(base).value), Fraction(strength.per.value)


def same_strength(read: Strength, true: Strength) -> bool:
    (a, per_a), (b, per_b) = size(read), size(true)
    return a == b or a / per_a == b / per_b  # type: ignore[operator]


def verdict(product: Product, read: Medicine) -> str:
    if read.certainty in (Certainty.AMBIGUOUS, Certainty.UNKNOWN):
        return read.certainty.value
    if {i.name for i in read.ingredients} != set(product.ingredients):
        return "wrong ingredient"
    true = {s.ingredient: s for s in product.strengths}
    if read.strengths and all(s.per.unit == "mg" for s in read.strengths):  # The parts of a mixture dosed whole.
        whole = sum(Fraction(s.amount.to("mg").value) for s in product.strengths)
        parts = {n: Fraction(s.amount.to("mg").value) / whole for n, s in true.items()}
        return "right" if all(s.amount / s.per == parts[s.ingredient] for s in read.strengths) else "wrong strength"
    if any(not same_strength(s, true[s.ingredient]) for s in read.strengths):
        return "wrong strength"
    return "right"


def texts(seed: int, count: int) -> Iterator[tuple[Product, str]]:
    rng = random.Random(seed)
    products = sorted(knowledge().products.values(), key=lambda p: p.id)
    for _ in range(count):
        product = rng.choice(products)
        yield product, messy(product, rng)


@pytest.mark.parametrize("seed", [SEED, SEED + 1])
def test_messy_texts_are_read_right_or_left_open(seed: int) -> None:
    seen: Counter[str] = Counter()
    wrong = []
    for product, text in texts(seed, TEXTS):
        found = verdict(product, identify(text, knowledge()))
        seen[found] += 1
        if found.startswith("wrong"):
            wrong.append((found, text, product.name, identify(text, knowledge()).name))
    assert not wrong, "\n".join(map(str, wrong))
    assert (seen["right"] + seen["ambiguous"]) / TEXTS >= 0.97, seen
    assert seen["right"] / TEXTS >= 0.90, seen


@pytest.mark.parametrize("text", ["inulin regular 100IU/mL vial", "inulin glargine 100 units/mL pen"])
def test_a_name_known_alone_is_open_where_one_letter_makes_it_a_medicine(text: str) -> None:
    found = identify(text, knowledge())
    assert not found.is_known
    assert any(f"insulin {text.split()[1]}" in candidate for candidate in found.candidates)


def test_one_slip_in_any_known_name_never_yields_another_medicine() -> None:
    """Names on record and names known elsewhere alike: a slip is put right, left open, or unknown."""
    rng = random.Random(SEED)
    known = {key[0]: meanings for key, meanings in index_of(knowledge()).names.items() if len(key) == 1}
    wrong, seen = [], Counter[str]()
    for name, meanings in known.items():
        if not (name.isalpha() and len(name) > 5):
            continue
        text = slip(name, rng)
        read = identify(text, knowledge())
        if text in known or not read.is_known:
            seen["open"] += 1
            continue
        got = {i.name for i in read.ingredients}
        if any(set(m.ingredients) == got for m in meanings):
            seen["right"] += 1
        else:
            wrong.append((name, text, sorted(got)))
    assert len(wrong) <= 0.001 * len(known), wrong
    assert seen["right"] > 500, seen


PIECES = [
    *(
        "lisinopril",
        "hctz",
        "metoprolol",
        "succ",
        "ER",
        "insulin",
        "70/30",
        "10",
        "mg",
        "/",
        "-",
        "5 mL",
        "#3",
    ),
    *("tab", "%", "Lantus", "U-100", "NDC", "0378-0032-01", "1,000", ".5", "q12h", "take", "PM", "(", ")"),
    *("potassuim", "[Zestril]", "0.4 ML", "or", "and", "glargine", "MS", "Xeljanz"),
]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)))
def test_any_text_is_answered_and_certain_ingredients_are_of_the_product(text: str) -> None:
    read = identify(text, knowledge())
    assert read.text == text
    assert all(0 <= a < b <= len(text) for a, b in read.unread)
    assert (read.product is not None) == (read.certainty is Certainty.PRODUCT)
    if read.product:
        assert {i.name for i in read.ingredients} == set(read.product.ingredients)
    if read.certainty is Certainty.PARTIAL:
        assert read.ingredients
        assert {s.ingredient for s in read.strengths} <= {i.name for i in read.ingredients}
