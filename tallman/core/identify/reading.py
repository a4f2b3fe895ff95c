"""From the words of a text to the medicines it may name."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace

from tallman.core.identify.diluent import without_diluent
from tallman.core.identify.forms import FORM_WORDS
from tallman.core.identify.hit import EXACT, SHORT, Hit, Option
from tallman.core.identify.hits import find_hits
from tallman.core.identify.names import Meaning, NameIndex
from tallman.core.identify.spelling import salt_meant, slips
from tallman.core.identify.suffixes import suffix_of
from tallman.core.identify.text import Token
from tallman.core.identify.vocabulary import CHANGERS, DEGREES, MODIFIERS, RELEASE_KINDS, salt_word, words

__all__ = ["Reading", "readings_of"]

_MOST_READINGS = 64
_SHORT_NAME, _SHORTEST_CUT, _SHORTEST_STEM = 4, 5, 6
_APART = words(
    "or then also versus vs instead not start starts starting started begin stop dc hold switch change replaces"
)
"""Between two names these say that they are two medicines, though a combination of both is made."""
_GENERIC = words("generic gen equivalent equiv sub substitute")
# What may stand between a name and its salt: "metoprolol ER succinate".
_PASSED = (frozenset(FORM_WORDS) - {"viscous", "visc"}) | {"-", "(", ")", ".", ","}


@dataclass(frozen=True)
class Reading:
    """One way to understand the names of a text together.

    `order` lists each ingredient with the token its name ends before, in the order of the text; `doubt` says why the
    names do not prove a medicine, `is_heard` that they sound as they are written, `foreign` names those of which
    nothing is known here. `is_whole` says that the text names the parts of a single ingredient (mixed amphetamine
    salts), each perhaps with its amount; `is_short` that it names nothing but a word of up to three letters,
    `is_named_in_part` that a part of what the brand holds stands in brackets beside it as though it were all: "Hyzaar
    (losartan)", `is_stand_in` that a brand is named of which this is the generic.
    """

    ingredients: tuple[str, ...]
    brand: str | None = None
    product: str | None = None
    salts: frozenset[str] = frozenset()
    suffix: str = ""
    taken: frozenset[int] = frozenset()
    order: tuple[tuple[str, int], ...] = ()
    foreign: tuple[str, ...] = ()
    is_whole: bool = False
    kind: int = EXACT
    distance: int = 0
    is_heard: bool = False
    is_abbreviation: bool = False
    has_short_stem: bool = False
    is_short: bool = False
    doubt: str | None = None
    is_named_in_part: bool = False
    generic_first: bool = field(default=False, compare=False)
    is_stand_in: bool = field(default=False, compare=False)


def readings_of(tokens: list[Token], index: NameIndex) -> list[Reading]:
    """The readings of the names: usually one, several where one is ambiguous, none when nothing is known."""
    hits, doubt = find_hits(tokens, index)
    hits, diluent = without_diluent(tokens, _medicines_first(hits, index), index)
    if not hits:
        return []
    salts, taken = _salts(tokens, hits)
    suffix, letters = suffix_of(tokens, hits)
    taken |= diluent | letters
    choices = itertools.islice(itertools.product(*(h.options for h in hits)), _MOST_READINGS)
    found = [_together(tokens, hits, choice, index) for choice in choices]
    if any(r.doubt is None for r in found):
        found = [r for r in found if r.doubt is None]
    modifier = _modifier_after(tokens, hits, taken)
    doubt = doubt or (modifier and f"{modifier!r} may make it another medicine")
    doubt = doubt or ("a second name is cut off" if _is_cut_off(tokens, hits[-1].end) else None)
    return [
        replace(r, salts=frozenset(salts), suffix=suffix, taken=frozenset(taken), doubt=r.doubt or doubt)
        for r in dict.fromkeys(found)
    ]


def _medicines_first(hits: list[Hit], index: NameIndex) -> list[Hit]:
    """Without supplies where a medicine is named too ("albuterol inhaler with spacer"), or none is written out in full:
    whoever is taken for a supply is not screened."""
    sure = [replace(h, options=options) for h in hits if (options := _sure(h, index))]
    return [h for h in sure if not all(_is_supply(o, index) for o in h.options)] or sure


def _sure(hit: Hit, index: NameIndex) -> tuple[Option, ...]:
    """What a name can mean without supplies that are not written out; nothing where such a one is the nearest."""
    unsure = [o.distance for o in hit.options if o.kind != EXACT and _is_supply(o, index)]
    kept = tuple(o for o in hit.options if o.kind == EXACT or not _is_supply(o, index))
    return () if unsure and min(unsure) < min((o.distance for o in kept), default=9) else kept


def _is_supply(option: Option, index: NameIndex) -> bool:
    return index.supplies.issuperset(option.meaning.ingredients)


def _salts(tokens: list[Token], hits: list[Hit]) -> tuple[set[str], set[int]]:
    """The salts named within or after the names, and all tokens taken by names and salts."""
    taken = {i for h in hits for i in range(h.first, h.end)}
    salts = {s for i in taken if (s := salt_word(tokens[i].text) or salt_meant(tokens[i].text))} - RELEASE_KINDS
    for hit in hits:
        i = hit.end
        while i < len(tokens) and i not in taken:
            salt = salt_word(tokens[i].text) or salt_meant(tokens[i].text)
            if salt and tokens[i].text not in FORM_WORDS:
                salts.add(salt)
                taken.add(i)
            elif tokens[i].text not in _PASSED:
                break
            i += 1
    kinds = {i: s for i, t in enumerate(tokens) if i not in taken and (s := salt_word(t.text)) in RELEASE_KINDS}
    return salts | {*kinds.values()}, taken | {*kinds}


def _modifier_after(tokens: list[Token], hits: list[Hit], taken: set[int]) -> str | None:
    """A word after a name that may make it another medicine: PM or DM of a brand, "immune fab" of any."""
    for hit in hits:
        is_brand = any(o.meaning.brand or _is_own_name(tokens[hit.first], o.meaning) for o in hit.options)
        after = itertools.takewhile(lambda i: i not in taken, range(hit.end, len(tokens)))
        for n, i in enumerate(i for i in after if tokens[i].text != "-"):
            if any(tokens[i].text in name.split() for o in hit.options for name in o.meaning.ingredients):
                break  # "Shingrix vaccine"
            if (n == 0 and _changes(tokens[i].text)) or (is_brand and tokens[i].text in MODIFIERS):
                return tokens[i].text.upper()
            if not is_brand or tokens[i].text not in DEGREES:
                break
    return None


def _is_cut_off(tokens: list[Token], end: int) -> bool:
    """Whether a sign that joins names clings to the last of them, and no name follows: "AMPHETAMINE/ TAB 10MG"."""
    if end >= len(tokens) or tokens[end].text not in ("/", "&", "+") or tokens[end].start != tokens[end - 1].end:
        return False
    return end + 1 == len(tokens) or tokens[end + 1].text in FORM_WORDS


def _is_own_name(first: Token, meaning: Meaning) -> bool:
    """Whether a combination is called by a name of its own: "DayQuil"."""
    return len(meaning.ingredients) > 1 and not any(first.text in name.split() for name in meaning.ingredients)


def _changes(word: str) -> bool:
    """Whether a word, perhaps cut short or with a slip in it, makes something else of any name: "liposo"."""
    if word in CHANGERS or len(word) < _SHORTEST_CUT:
        return word in CHANGERS
    return any(c.startswith(word) or (len(c) > _SHORTEST_CUT and slips(word, c) == 1) for c in CHANGERS)


def _together(tokens: list[Token], hits: list[Hit], choice: tuple[Option, ...], index: NameIndex) -> Reading:
    """The names of a text as one medicine, or a doubt."""
    meanings = [o.meaning for o in choice]
    in_part = _is_named_in_part(tokens, hits, meanings, index)
    whole: str | None = None
    foreign = tuple(dict.fromkeys(m.brand or " / ".join(m.ingredients) for m in meanings if not m.is_held))
    names = tuple(dict.fromkeys(n for m in meanings for n in m.ingredients))
    if len(names) > 1 and (whole := _whole(names, index)):
        meanings = [replace(m, ingredients=(whole,)) for m in meanings]
        names, foreign = (whole,), ()
    widest = max(meanings, key=lambda m: len(m.ingredients))
    if set(names) == set(widest.ingredients) and len(choice) < len(names):
        names = widest.ingredients
    order = tuple(
        (o.meaning.ingredients[0], h.end) for h, o in zip(hits, choice, strict=True) if len(o.meaning.ingredients) == 1
    )
    brands = {m.brand: h for h, m in zip(hits, meanings, strict=True) if m.brand and set(m.ingredients) == set(names)}
    brand, brand_hit = next(iter(brands.items()), (None, hits[0]))
    products = [m.product for m in meanings if m.product and set(m.ingredients) == set(names)]
    taken = [t for h in hits for t in tokens[h.first : h.end]]
    return Reading(
        ingredients=names,
        brand=brand,
        product=products[0] if products else None,
        order=order,
        foreign=foreign,
        is_whole=names == (whole,) or (len(names) == 1 and names[0] in index.wholes.values()),
        kind=max(o.kind for o in choice),
        distance=max(o.distance for o in choice),
        is_heard=all(o.is_heard or o.kind == EXACT for o in choice) and any(o.is_heard for o in choice),
        is_abbreviation=any(m.is_abbreviation for m in meanings),
        has_short_stem=any(o.kind == SHORT and h.end - h.first == 1 and len(tokens[h.first].text) < _SHORTEST_STEM
                           for h, o in zip(hits, choice, strict=True)),
        is_short=len(taken) == 1 and len(taken[0].text) < _SHORT_NAME,
        doubt=_why_apart(tokens, hits, meanings, names, index) or _why_unlikely(choice, names, index),
        is_named_in_part=in_part,
        generic_first=bool(brand) and _is_in_passing(tokens, hits, brand_hit),
        is_stand_in=bool(brand) and _is_stood_in_for(tokens, brand_hit),
    )  # fmt: skip


def _whole(names: tuple[str, ...], index: NameIndex) -> str | None:
    """The ingredient that these are the parts of, or its parts beside itself."""
    together = frozenset(names)
    found = index.wholes.items()
    return next((w for parts, w in found if together == parts or (w in together and together <= parts | {w})), None)


def _is_named_in_part(tokens: list[Token], hits: list[Hit], meanings: list[Meaning], index: NameIndex) -> bool:
    """Whether a brand of several ingredients is explained, in brackets, by the name of some of them."""
    brands = [m for m in meanings if m.brand]
    explained = {n for m in meanings if not m.brand for n in m.ingredients}
    if len(brands) != 1 or not explained or not any(tokens[h.first - 1].text in ("(", "[") for h in hits if h.first):
        return False
    held = frozenset(brands[0].ingredients)
    parts = next((parts for parts, whole in index.wholes.items() if held == {whole}), held)
    return explained < parts


def _is_in_passing(tokens: list[Token], hits: list[Hit], brand: Hit) -> bool:
    """Whether a brand only explains the generic name: "lisinopril (Zestril)", "generic for Zestril".

    Not so at the end of a name of RxNorm: "lisinopril 10 MG Oral Tablet [Zestril]".
    """
    before = [t.text for t in tokens[: brand.first]]
    if before[-1:] == ["["]:
        return False
    if before[-1:] == ["("]:
        return any(t.is_word for t in tokens[: brand.first])
    return hits[0] is not brand or _is_stood_in_for(tokens, brand)


def _is_stood_in_for(tokens: list[Token], brand: Hit) -> bool:
    """Whether what is written is said to be another than the brand it names: "generic for Zestril"."""
    before = [t.text for t in tokens[: brand.first]]
    return bool(_GENERIC.intersection(before[-1:] if before[-1:] != ["for"] else before[-2:]))


def _why_unlikely(choice: tuple[Option, ...], names: tuple[str, ...], index: NameIndex) -> str | None:
    """A combination that nobody is known to make is not made of names that are only nearly written."""
    is_known = len(names) == 1 or frozenset(names) in index.combinations
    is_whole = any({*o.meaning.ingredients} == {*names} for o in choice)
    if is_known or is_whole or all(o.kind == EXACT for o in choice):
        return None
    return f"{' and '.join(names)} are no combination on record, and not every name is written out"


def _explained_otherwise(meanings: list[Meaning]) -> str | None:
    """A brand beside a name of something that it does not hold: "Glucophage (glipizide)", though both are combined."""
    plain = {n for m in meanings if not m.brand for n in m.ingredients}
    return next((m.brand for m in meanings if m.brand and plain and plain.isdisjoint(m.ingredients)), None)


def _are_listed(between: list[Token]) -> bool:
    """Whether the first of two names has its strength and a comma ends it: "amlodipine 5 mg, benazepril 20 mg"."""
    return any(t.is_number for t in between) and bool(between) and between[-1].text in (",", ";")


def _why_apart(
    tokens: list[Token], hits: list[Hit], meanings: list[Meaning], names: tuple[str, ...], index: NameIndex
) -> str | None:
    """Why several names are not one medicine; None when they are (brand and generic, a combination)."""
    together = set(names)
    all_brands = all(m.brand for m in meanings)
    if len(names) == 1:
        said = {(m.brand or "").split()[0].lower() for m in meanings} if all_brands else {""}
        return None if len(said) == 1 else "it names more than one brand: " + ", ".join(str(m.brand) for m in meanings)
    for m in meanings:
        if (
            m.brand
            and set(m.ingredients) != together
            and any(o.brand is None and not {*o.ingredients}.isdisjoint(m.ingredients) for o in meanings if o is not m)
        ):
            return f"{m.brand} and the other names do not mean the same"
    signs = {t.text for one, other in itertools.pairwise(hits) for t in tokens[one.end : other.first]}
    if signs & {"(", "["} and (odd := _explained_otherwise(meanings)):
        return f"{odd} and the other names do not mean the same"
    is_whole = any(set(m.ingredients) == together for m in meanings)
    if "and" in signs and not is_whole and any(m.brand for m in meanings):
        return f"it names a brand and another medicine: {', '.join(names)}"
    if signs & _APART or (all_brands and not is_whole):
        return f"it names more than one medicine: {', '.join(names)}"
    if not is_whole and any(_are_listed(tokens[one.end : other.first]) for one, other in itertools.pairwise(hits)):
        return f"it may be two medicines or one of both: {', '.join(names)}"
    if is_whole or frozenset(names) in index.combinations:
        return None
    if len(hits) > 1 and all(m.is_held and not m.brand for m in meanings):
        return f"{' and '.join(names)} are no combination on record"
    for one, other in itertools.pairwise(hits):
        between = {t.text for t in tokens[one.end : other.first]}
        if any(m.brand for m in meanings) or between.isdisjoint(("/", "-", "+", "&")):
            return "it names more than one medicine: " + ", ".join(names)
    return None
