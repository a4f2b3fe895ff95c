"""Advice that comes with a direction: fixed phrases, what it is mixed or taken with, what not to do with it; remarks."""

from __future__ import annotations

from tallman.core.sig.doses import is_measured, measure
from tallman.core.sig.lexicon import listed_words
from tallman.core.sig.reader import Reader

__all__ = ["call", "forbidden", "hold", "in_all", "instruction", "medicine_named", "mixed_with", "noise", "remark"]

_DRINKS = frozenset(
    "water juice liquid liquids fluid fluids milk beverage beverages applesauce pudding yogurt formula gatorade tea coffee food soda pedialyte "
    "saline".split()
)
_HOW = frozenset("cold warm hot clear clean cool lukewarm orange apple grape cranberry fruit any other your favorite soft noncarbonated tap plain of a the "
                 "crushed sterile distilled room normal".split())  # fmt: skip
_ORDER = tuple("crush chew split cut break open dissolve suck swallow eat drink rinse smoke brush lie lay".split())
_MANNER = frozenset(_ORDER) | {"crushed", "chewed", "eating", "drinking", "rinsing"}
_WHAT = frozenset(
    "tablet tablets capsule capsules patch it them this medication whole anything after afterwards before use mouth teeth taking down using".split()
)


def instruction(r: Reader) -> bool:
    """A phrase of the fixed vocabulary: "with food", "shake well"."""
    said = r.term(r.at, "instr")
    if said is None:
        return False
    if r.term(r.at, "verb") and r.term(r.at + 1, "num") is not None:
        return False
    if said == "follow package directions":
        r.draft.as_directed = True
    return r.advise(said, r.at + 1)


def mixed_with(r: Reader) -> bool:
    """ "in 8 oz of water", "mix with 4 to 8 ounces of juice", "with a full glass of water", "mixed in applesauce"."""
    j = r.at
    stirred = bool(r.term(j, "mixing"))
    j += stirred
    if not (r.word(j) in ("in", "with", "into", "w/", "w", "to") or (stirred and r.term(j - 1, "mixing") == "into")):
        return False
    j += r.word(j) in ("in", "with", "into", "w/", "w", "to")
    begun = j
    while r.word(j) in (
        "a",
        "at",
        "least",
        "about",
        "full",
        "half",
        "of",
        "an",
        "1",
        "approximately",
        "at least",
        "glass",
    ):
        j += 1
    found = measure(r, j)
    if found and (found[2] in ("mL", "L") or r.word(found[3]) in ("glass", "cup")):
        j = found[3]
    while r.word(j) in _HOW or r.word(j) in (
        "glass",
        "cup",
        "bottle",
        "full",
        "small",
        "amount",
        "large",
        "little",
        "tablespoon",
    ):
        j += 1
    if r.word(j) not in _DRINKS:
        return False
    j += 1
    while r.word(j) in ("or", "/", "and", ",") and (
        r.word(j + 1) in _DRINKS or (r.word(j + 1) in _HOW and r.word(j + 2) in _DRINKS)
    ):
        j += 2 + (r.word(j + 1) not in _DRINKS)
    lead = "mixed in" if stirred else r.word(begun - 1)
    return r.advise(f"{lead} {r.words(begun, j)}", j)


def forbidden(r: Reader) -> bool:
    """ "do not crush, chew or split" in whatever order: said in one."""
    if not r.term(r.at, "not"):
        return False
    named: list[str] = []
    j = r.at + 1
    while True:
        k = j
        while r.word(k) in (
            ",",
            "/",
            "or",
            "and",
            "nor",
            "&",
            "and/or",
            "tablet",
            "tablets",
            "capsule",
            "capsules",
            "patch",
            "it",
            "them",
            "to",
            "down",
        ):
            k += 1
        if r.word(k) not in _MANNER:
            break
        named.append(r.word(k).removesuffix("ed").removesuffix("ing"))
        j = k + 1
    if not named:
        return _avoided(r)
    j = _past_a_while(r, j)
    told = sorted(dict.fromkeys(named), key=_ORDER.index)
    joined = " or ".join(filter(None, [", ".join(told[:-1]), told[-1]]))
    return r.advise(f"do not {joined}", j)


def _past_a_while(r: Reader, j: int) -> int:
    """Past "the tablet", and past "for 30 minutes after"."""
    while r.word(j) in _WHAT:
        j += 1
    lasting = r.numbers(j + 1) if r.term(j, "for") else None
    if lasting and r.term(lasting[2], "period") in ("min", "h"):
        j = lasting[2] + 1
        while r.word(j) in _WHAT:
            j += 1
    return j


def _avoided(r: Reader) -> bool:
    """ "avoid dairy": plain words that nothing else means anything to."""
    j = r.at + 1
    while (
        j < r.n
        and (not r.knows(j) or r.term(j, "other"))
        and r.word(j).isalpha()
        and r.word(j) not in listed_words("stop")
    ):
        j += 1
    if r.word(r.at) == "avoid" and j > r.at + 1:
        return r.advise(r.words(r.at, j), j)
    end = _sentence(r, r.at + 1, ",")
    told = any(
        r.term(i, kind) is not None for i in range(r.at + 1, end) for kind in ("num", "interval", "prn", "instr")
    )
    return end > r.at + 2 and not told and r.advise(r.words(r.at, end), end)


def noise(r: Reader) -> bool:
    """A word that says nothing here."""
    if not (r.term(r.at, "noise") or r.term(r.at, "contents")):
        return False
    r.at += 1
    return True


def remark(r: Reader) -> bool:
    """A note that is no direction: "needs appointment", "brand only", "reference # 123"."""
    if r.term(r.at, "num") is not None:
        return _quantity(r)
    if not r.term(r.at, "remark"):
        return False
    j = r.at + 1
    if r.term(r.at, "remark") == "number":
        while r.word(j) in ("#", ":", "number", ".", "=", "-"):
            j += 1
        if r.term(j, "num") is None:
            return False
        j += 1
        j += r.term(j, "unit") is not None
    if r.term(r.at, "remark") == "sentence":
        while j < r.n and r.word(j) not in (".", ";", "\n"):
            j += 1
    r.remarks.append((r.items[r.at].start, r.items[j - 1].end))
    r.at = j
    return True


def _quantity(r: Reader) -> bool:
    """ "30 rf 0": so many to be dispensed."""
    if r.term(r.at + 1, "remark") != "number":
        return False
    r.remarks.append((r.items[r.at].start, r.items[r.at].end))
    r.at += 1
    return True


def in_all(r: Reader) -> bool:
    """ "Total dose 800 mg daily", "in addition to 75 mg": what it comes to, or goes with, beside a dose that has been said."""
    lead = r.term(r.at, "in_all")
    if not lead or not r.draft.dose or not r.draft.has_timing():
        return False
    j = r.at + 1
    while r.word(j) in ("of", "is", "=", ":", "your", "the"):
        j += 1
    found = measure(r, j)
    if not found or not is_measured(found[2]):
        return False
    j = found[3]
    j += r.term(j, "unit") is not None
    j += (r.term(j, "freq") or (0,))[0] == 1
    return r.advise(r.words(r.at, j), j) if lead == "beside" else r.took(j)


def hold(r: Reader) -> bool:
    """ "hold for SBP < 100", "stop if rash develops": when not to give it, in the words of the text."""
    if not r.term(r.at, "hold"):
        return False
    j = _sentence(r, r.at + 1, acts=True)
    return j > r.at + 1 and r.advise(r.words(r.at, j), j)


def _sentence(r: Reader, i: int, *ends: str, acts: bool = False) -> int:
    """The end of the sentence from `i`, or `i` when an amount or (unless it `acts`) a verb is in it."""
    j = i
    while j < r.n and r.word(j) not in (".", ";", "\n", *ends):
        if (
            (r.term(j, "verb") and not acts)
            or r.term(j, "freq")
            or (r.term(j, "unit") and r.term(j - 1, "num") is not None)
        ):
            return i
        j += 1
    return j


def call(r: Reader) -> bool:
    """ "call 911 if no relief", "notify MD if glucose is over 400": to the end of the sentence, when no dose is in it."""
    begun = r.at + (bool(r.term(r.at, "unrelieved")) and (1 + (r.word(r.at + 1) in (",", "then"))))
    if not r.term(begun, "call"):
        return False
    j = _sentence(r, begun + 1)
    if j == begun + 1:
        return False
    r.remarks.append((r.items[r.at].start, r.items[j - 1].end))
    r.at = j
    return True


def medicine_named(r: Reader) -> bool:
    """A medicine named before its dose: "(also known as Ambien) 1 tablet", "metformin 500 mg take 1 tablet"."""
    draft = r.draft
    if (
        (draft.dose and not (is_measured(draft.dose.unit) and r.word(r.at) == "("))
        or draft.product
        or draft.has_schedule()
        or len(r.drafts) > 1
    ):
        return False
    return _in_brackets(r) if r.word(r.at) == "(" else _before_strength(r)


def _in_brackets(r: Reader) -> bool:
    j, depth, names = r.at, 0, False
    while j < r.n:
        depth += (r.word(j) == "(") - (r.word(j) == ")")
        if depth == 0:
            break
        known = r.knows(j) and not (
            r.term(j, "noise") or r.term(j, "num") is not None or r.term(j, "unit") or r.term(j, "link")
        )
        if known and not r.term(j, "remark"):
            return False
        names = names or (not r.knows(j) and r.word(j).isalpha())
        j += 1
    if depth or not names:
        return False
    return r.put("product", r.words(r.at + 1, j), j + 1)


def _before_strength(r: Reader) -> bool:
    """Up to four unknown words at the start, and then a strength in units of mass."""
    if r.at or r.n < 3:
        return False
    j = 0
    while j < 4 and not r.knows(j) and (r.word(j).isalpha() or (j and r.word(j) in ("-", "/"))):
        j += 1
    found = measure(r, j)
    if not j or not found or not is_measured(found[2]) or found[2] in ("mL", "L"):
        return False
    k = found[3]
    while (
        r.word(k) in (",", ":", "-", ".")
        or r.term(k, "unit")
        or r.term(k, "noise")
        or (r.term(k, "route") and r.term(k + 1, "noise"))
    ):
        k += 1
    is_strength = (
        k >= r.n or r.term(k, "verb") is not None or (r.term(k, "num") is not None and not r.term(k + 1, "times"))
    )
    return r.put("product", r.words(0, j), k if is_strength else j)
