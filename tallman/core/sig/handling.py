"""How a medicine, its container or the skin is handled: "warm the bottle in the hands", "let dry before dressing"."""

from __future__ import annotations

from tallman.core.sig.reader import Reader

__all__ = ["handled"]

_ENDS = frozenset({".", ";", ",", ")", "\n", "*"})
_BEGIN = frozenset({",", ";", ".", "(", "-", "*", "and", "&", "then", "\n", ":"})
_OF_THE_DOSE = frozenset(
    "freq interval every event weekday prn max max_day directed until date route increase decrease may_repeat if".split()
)
"""What is said of the dose, and of no container."""
_ACTS = frozenset({"before", "after", "prior to", "each", "every", "while", "when", "before each", "prior to each"})
"""Words behind which "using", "applying" give no order."""
_WITH_AN_AMOUNT = ("prime", "after completing", "after finishing")


def handled(r: Reader) -> bool:
    """A clause that tells how something is handled, kept word for word: it says neither how much nor how often."""
    i = r.at
    if not r.term(i, "handling") or not (i == 0 or r.sentence or r.word(i - 1) in _BEGIN):
        return False
    end = _clause_end(r, i)
    if end < 0 or len(r.words(i, end).split()) < 2:
        return False
    r.note(r.items[i].start, r.items[end - 1].end, is_told=True)
    r.at = end
    return True


def _clause_end(r: Reader, i: int) -> int:
    """Where the clause that begins at `i` ends; -1 where a dose or its times stand in it."""
    j, lasted, counted = i + 1, False, False
    while j < r.n and r.word(j) not in _ENDS:
        terms = r.items[j].terms
        if lasted and not terms.keys().isdisjoint(_OF_THE_DOSE) and not terms.keys() & {"until", "if"}:
            return j  # "hold in mouth for 2 minutes four times a day"
        if "link" in terms and terms["link"] == "then":
            return j
        if terms.get("instr") and not r.word(j).startswith("before"):
            return j
        if found := r.numbers(j):
            is_time = r.term(found[2], "period") in ("min", "h") or r.term(found[2], "seconds")
            primes = r.word(i).startswith(_WITH_AN_AMOUNT) and r.term(found[2], "unit") and not counted
            if not (is_time or primes):
                return -1
            j, lasted, counted = found[2] + 1, lasted or bool(is_time), counted or bool(primes)
            continue
        acts = "verb" in terms and r.word(j - 1) not in _ACTS and not r.word(j).endswith("ing")
        if acts or not terms.keys().isdisjoint(_OF_THE_DOSE):
            return -1
        j += 1
    return j
