"""Of what a most is told: of one ingredient from all sources, of each part, of one dose."""

from __future__ import annotations

from tallman.core.sig.amounts import measure
from tallman.core.sig.reader import Reader
from tallman.core.sig.spelling import may_be_name

__all__ = [
    "EACH",
    "FOODS",
    "SOURCES",
    "ingredient",
    "named_before",
    "past_each_part",
    "past_ingredient",
    "substance_named",
]

_ITSELF = frozenset("this these those them it medicine medication med drug pills tablets".split())
SOURCES = frozenset({"from all sources", "from all products", "all sources combined", "from all sources combined"})
FOODS = frozenset(
    "salt sodium sugar alcohol caffeine coffee fluid fluids water protein fat fiber potassium liquid liquids".split()
)
EACH = frozenset({"per", "each", "any", "single", "every", "/"})
_OF_A_PART = EACH | frozenset("to for on in one affected upper lower the a".split())


def substance_named(r: Reader, j: int, end: int) -> str | None:
    """The ingredient named between `j` and `end`; None where it is the medicine itself."""
    said = r.words(j + bool(r.term(j, "plus_of")), end)
    return None if not said or not _ITSELF.isdisjoint(said.split()) else said


def named_before(r: Reader, i: int, j: int) -> tuple[str | None, int]:
    """What stands between "max" and the amount: "max APAP 4 g a day", "limit salt to 2 g a day"."""
    eaten = r.word(j) in FOODS
    to = j + 1 + (r.word(j + 1) in ((":", "of", "to") if eaten else (":", "of")))
    named = _is_ingredient(r, j) and (eaten or r.word(i) != "limit") and measure(r, to)
    return (r.word(j), to) if named else (None, j)


def _is_ingredient(r: Reader, j: int) -> bool:
    """Whether one word of no vocabulary stands at `j` that may name what is in the medicine."""
    return r.word(j).isalpha() and len(r.word(j)) > 3 and not r.knows(j) and may_be_name(r.word(j))


def ingredient(r: Reader, j: int) -> int:
    """Past "of acetaminophen"."""
    if r.word(j) in ("of this", "of these", "of it"):
        return j + 1 + (r.word(j + 1) in _ITSELF)
    if r.term(j, "plus_of"):
        k = j + 1
        if r.word(k) in _ITSELF:
            return k + 1  # "8 tablets of the medicine"
        while k < r.n and r.word(k).isalpha() and not r.items[k].terms and k < j + 4:
            k += 1
        return k if k > j + 1 else j
    k = j + 1 + (r.word(j + 1) in SOURCES)
    return j + (_is_ingredient(r, j) and bool(r.term(k, "per") or r.term(k, "freq")))


def past_ingredient(r: Reader, j: int) -> int:
    """Past "of acetaminophen from all sources" at the end of a sentence, where no time is told; 0 when it is not that."""
    j += bool(r.term(j, "plus_of"))
    k = j
    while k < j + 2 and k < r.n and r.word(k).isalpha() and not r.knows(k) and may_be_name(r.word(k)):
        k += 1
    end = k + (r.word(k).endswith(("sources", "combined", "products")))
    return end if k > j and (end >= r.n or r.word(end) in (".", ";", ")")) else 0


def past_each_part(r: Reader, j: int) -> int:
    """Past "per joint", "to any single joint of the hand"; 0 when it is not that."""
    k, is_each = j, False
    while k < r.n and not r.term(k, "part") and _OF_A_PART.issuperset(words := r.word(k).split()):
        is_each = is_each or not EACH.isdisjoint(words)
        k += 1
    end = k
    while r.term(end, "part") or r.word(end) in ("of the", "of"):
        end += 1
    return end if is_each and end > k else 0
