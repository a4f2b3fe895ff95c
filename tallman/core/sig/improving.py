"""What is done where nothing gets better: the dose is raised after some weeks, one more is taken after some minutes; and
where it is too much: less is taken."""

from __future__ import annotations

from tallman.core.sig.amounts import measure
from tallman.core.sig.besides import MAYBE
from tallman.core.sig.model import Repeat
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Reader
from tallman.core.sig.repeats import ONE_MORE, waiting

__all__ = ["lessened", "once_more", "past_no_better", "raised_unless", "takes_more"]

_NO_BETTER = frozenset(
    "improvement improved improving relief relieved better effective response working resolved controlled symptoms".split()
)
_LESS = frozenset({"cut", "split", "to", "in", "cut in", "reduce", "only"})
_HALF = frozenset({"half", "1/2", "a half", "½", "half a", "half of a"})


def raised_unless(r: Reader) -> bool:
    """ "If no improvement in 1 week increase to 2 tablets", "increase to 2 tablets daily if no improvement in 1 week"."""
    i = r.at
    if not (r.term(i, "unrelieved") or r.term(i, "if")):
        return False
    j = i + 1
    j += (
        r.term(i, "if") is not None
        and r.word(j) in ("no", "not", "still", "little")
        and (1 + bool(r.term(j + 1, "other")))
    )
    bad = r.term(i, "unrelieved") or r.word(j) in _NO_BETTER
    j += not r.term(i, "unrelieved")
    j += r.word(j) in ("in", "after", "within", "by", "for", "in a", "at")
    found = r.numbers(j) if bad else None
    unit = r.term(found[2], "period") if found else None
    if not found or unit not in ("d", "wk", "mo"):
        return False
    end = found[2] + 1
    said = r.words(i, end)
    k = end + (r.word(end) in (",", "then", "may", "you may"))
    changed = r.term(k, "link") == "then" and r.word(k).endswith(" to")
    if changed and r.draft.dose and r.draft.has_timing():
        r.begin("then").is_raised = True
        r.draft.start = said
        return r.took(k + 1)
    if r.draft.dose and r.draft.has_timing() and not r.draft.prn and takes_more(r, k):
        r.begin("then").start = said
        return r.took(k)  # "1 tablet nightly. If no improvement after 4 nights, take 2 tablets nightly"
    follows = r.draft.link == "then" and r.draft.dose and r.draft.start is None and len(r.drafts) > 1
    return bool(follows) and r.put("start", said, end)


def past_no_better(r: Reader, i: int) -> int:
    """Past "if no improvement", "if not better", "if no relief" at `i`; 0 where nothing of the kind stands."""
    if r.term(i, "unrelieved"):
        return i + 1
    j = i + 1 + (r.word(i + 1) in ("no", "not", "still not"))
    return j + 1 if r.term(i, "if") and j > i + 1 and r.word(j) in _NO_BETTER else 0


def takes_more(r: Reader, i: int) -> bool:
    """Whether a larger dose stands at `i`, with or without its verb: "take two pills", ", may take 2 tablets"."""
    while r.word(i) in (",", "then", "may", "can", "you may") or r.term(i, "verb"):
        i += 1
    more, held = measure(r, i), r.draft.dose
    return bool(more and held and more[2] == held.unit and more[0] > held.high)


def once_more(r: Reader) -> bool:
    """ "If not effective after 30 minutes take 1 more": one more dose after that time."""
    draft, ends = r.draft, r.at + 1 >= r.n or r.word(r.at + 1) in (".", ";", ")")
    if draft.is_raised and (draft.start or "").startswith("after ") and ends and r.term(r.at, "unrelieved"):
        draft.start = f"{draft.start} {r.word(r.at)}"
        return r.took(r.at + 1)  # "may increase to 2 tablets after 1 week if not effective"
    if not r.term(r.at, "unrelieved") or not r.draft.dose or r.draft.repeat:
        return False
    waited = waiting(r, r.at + 1)
    if not waited or waited[0].unit not in ("min", "h"):
        return False
    j = waited[1]
    j += r.word(j) in (",", "then", "may", "can")
    again = r.term(j, "may_repeat") and (
        ONE_MORE & set(r.word(j).split()) or r.word(j).split()[-1] in ("repeat", "dose")
    )
    if again:
        return r.put("repeat", Repeat(waited[0], 1), j + 1)
    k = j + (r.term(j, "verb") in ("take", "give", "use"))
    found = r.numbers(k) if k > j else None
    more = found and found[0] == found[1] == 1
    if not found or not more:
        return False
    end = found[2] + (r.word(found[2]) in ("more", "additional", "extra"))
    end += bool(end > found[2] and r.term(end, "unit"))
    return end > found[2] and r.put("repeat", Repeat(waited[0], 1), end)


@needs("too")
def lessened(r: Reader) -> bool:
    """ "May take 0.5 tablet if too sedating", "may cut in half if too strong": less than the dose, in some case, in words."""
    draft, i = r.draft, r.at
    if not (draft.dose and draft.has_timing()):
        return False
    while (
        r.word(i) in MAYBE
        or r.term(i, "verb")
        or r.term(i, "decrease")
        or r.word(i) in _LESS
        or r.word(i).endswith(("decrease to", "reduce to"))
    ):
        i += 1
    found, half = measure(r, i), r.word(i) in _HALF
    less = found is not None and found[2] == draft.dose.unit and found[1] < draft.dose.low
    j = found[3] if found and less else i + 1 + (r.term(i + 1, "unit") is not None) if half else i
    if j == i or i == r.at or not r.term(j, "if") or r.word(j + 1) != "too":
        return False
    end = j + 2
    while end < r.n and r.word(end).replace(" ", "").isalpha() and not r.term(end, "link"):
        end += 1
    ends = end >= r.n or r.word(end) in (".", ";", ")", ",")
    return end > j + 2 and ends and r.advise(r.words(r.at, end), end)
