"""Why, if and how much at most: as needed and its reason, indication, maxima, repeats, when to stop."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.doses import measure
from tallman.core.sig.model import Duration, Interval, Maximum, Repeat
from tallman.core.sig.reader import Reader
from tallman.core.sig.vocabulary import STOPS

__all__ = [
    "as_needed",
    "condition",
    "directed",
    "indication",
    "instruction",
    "maximum",
    "may_repeat",
    "onset",
    "trigger",
    "until",
]

_ENDS = ("verb", "unit", "freq", "interval", "prn", "max", "directed", "instr", "event", "weekday", "up_to", "once", "stat",
         "may_repeat", "onset", "increase", "decrease", "start", "hourly", "except", "unrelieved", "for_up_to")  # fmt: skip
_INSIDE = frozenset("of in with to from at on the a an per during after or your and related associated s".split())
_SCALES = frozenset(
    "scale score level pain fever temp temperature over above below than > < bp sbp dbp glucose sugar type stage grade greater "
    "rating systolic diastolic rate hr bs bg".split()
)


def _is_open(r: Reader, i: int) -> bool:
    """Whether the phrase at `i` is a plain word that may be part of a reason."""
    if i >= r.n:
        return False
    item = r.items[i]
    text = item.text
    if not text[0].isalpha() or text in STOPS:
        return False
    if not item.terms:
        return True
    if any(kind in item.terms for kind in ("part", "side", "trigger", "place")) and "num" not in item.terms:
        return not any(kind in item.terms for kind in ("freq", "event", "verb", "unit", "period"))
    return bool(
        text
        in (
            "skin",
            "mouth",
            "oral",
            "nasal",
            "vaginal",
            "rectal",
            "dental",
            "muscle",
            "irrigation",
            "topical",
            "with meals",
        )
    )


def _scale(r: Reader, j: int, last: str) -> int:
    """Past "4-6", "> 100.4", "101 F" when a number belongs to the reason."""
    k = j
    bracket = r.word(k) == "("
    k += bracket
    while r.word(k) in (">", "<", "≥", "≤", "=", "than", "over", "above", "below", "greater", "less", "or"):
        last, k = r.word(k), k + 1
    if last not in _SCALES and not (bracket or r.word(k - 1) in (">", "<", "≥", "≤")):
        return j
    found = r.numbers(k)
    if found is None:
        return j
    low, high, k = found
    ranged = low != high or last in (
        ">",
        "<",
        "over",
        "above",
        "below",
        "than",
        "scale",
        "score",
        "level",
        "type",
        "stage",
        "grade",
        "rating",
        "≥",
        "≤",
    )
    if r.word(k) == "/" and r.term(k + 1, "num") is not None:
        k, ranged = k + 2, True
    k += r.word(k) in ("f", "c", "degrees", "°", "f.", "%")
    if bracket:
        return k + 1 if r.word(k) == ")" else j
    ends = (
        r.term(k, "unit")
        or r.term(k, "spoon")
        or r.term(k, "period")
        or r.term(k, "times")
        or r.term(k, "num") is not None
    )
    return k if ranged and not ends else j


def _phrase(r: Reader, i: int, limit: int = 14) -> int:
    """The end of the run of plain words from `i`, `i` itself when there is none."""
    j = i
    while r.word(j) in ("the", "your", "a", "an", "any", "-", ":", "="):
        j += 1
    if not _is_open(r, j):
        return i
    j += 1
    while j < r.n and j - i < limit:
        if _is_open(r, j):
            j += 1
            continue
        scaled = _scale(r, j, r.word(j - 1))
        if scaled > j:
            j = scaled
            continue
        text = r.word(j)
        joins = text in ("/", ",", "and", "&", "or", "-", "'", "and/or") or text in _INSIDE
        k = j + 1
        while joins and r.word(k) in ("the", "of", "a", "or", "and", "your", "/", "to", "other"):
            k += 1
        if joins and _is_open(r, k) and not (text in (",", "and", "&") and r.term(k, "verb")):
            j = k + 1
        elif text == "(" and _is_open(r, j + 1) and r.word(j + 2) == ")":
            j += 3
        else:
            break
    return j


def _words(r: Reader, i: int, j: int) -> str:
    while r.word(i) in ("the", "your", "-", ":", "=", "a", "an", "any"):
        i += 1
    return " ".join(r.text[r.items[i].start : r.items[j - 1].end].lower().split())


def as_needed(r: Reader) -> bool:
    """ "prn", "as needed for pain"."""
    if not r.term(r.at, "prn"):
        return False
    draft, j = r.draft, r.at + 1
    if r.pending in ("and", "then", "or") and draft.dose and draft.has_timing() and not draft.repeat:
        draft = r.begin(r.pending)
    k = j
    while r.term(k, "reason_lead") or r.word(k) in ("-", ":", "with", "/", "(", ",", "symptoms of"):
        k += 1
        if r.word(k - 1) == "," and not r.term(k, "reason_lead"):
            k -= 1
            break
    end = _phrase(r, k)
    if r.term(k, "num") is not None:
        end = k
    draft.prn = True
    if end == k:
        if draft.indication and draft.prn_reason is None:
            draft.prn_reason, draft.indication = draft.indication, None
        return r.took(j)
    reason = _words(r, k, end)
    end += r.word(k - 1) == "(" and r.word(end) == ")"
    if draft.prn_reason not in (None, reason):
        r.took(j)
        return r.refuse(end)
    draft.prn_reason = reason
    return r.took(end)


def condition(r: Reader) -> bool:
    """ "if blood pressure is above 160", "when constipated": taken as needed, for that."""
    i = r.at
    if not r.term(i, "if") or r.draft.prn_reason or not r.draft.dose:
        return False
    if r.draft.instructions and i > 0 and r.items[i - 1].end == r.draft.last and r.term(i - 1, "instr"):
        return False
    end = _phrase(r, i + 1)
    if end == i + 1:
        return False
    r.draft.prn, r.draft.prn_reason = True, _words(r, i + 1, end)
    return r.took(end)


def onset(r: Reader) -> bool:
    """ "at onset of migraine": taken as needed, for that."""
    i = r.at
    if not r.term(i, "onset"):
        return False
    end = _phrase(r, i + 1)
    if end == i + 1:
        r.draft.prn = True
        return r.took(i + 1)
    reason = "onset of " + _words(r, i + 1, end)
    if r.draft.prn_reason not in (None, reason):
        return r.refuse(end)
    r.draft.prn, r.draft.prn_reason = True, reason
    return r.took(end)


def indication(r: Reader) -> bool:
    """ "for blood pressure", "to lower cholesterol"."""
    i = r.at
    if not r.term(i, "reason_lead"):
        return False
    j = i + 1
    while r.term(j, "reason_lead") or r.word(j) in (":", "-"):
        j += 1
    if r.term(j, "num") is not None:
        return False
    end = _phrase(r, j)
    if end == j:
        return False
    said = _words(r, j, end)
    draft = r.draft
    if draft.prn and draft.prn_reason is None:
        draft.prn_reason = said
        return r.took(end)
    if draft.prn_reason == said:
        return r.took(end)
    return r.put("indication", said, end)


def directed(r: Reader) -> bool:
    """ "as directed"."""
    if not r.term(r.at, "directed"):
        return False
    r.draft.as_directed = True
    return r.took(r.at + 1)


def instruction(r: Reader) -> bool:
    """A phrase of the fixed vocabulary: "with food", "shake well"."""
    said = r.term(r.at, "instr")
    if said is None:
        return False
    if r.term(r.at, "verb") and r.at + 1 < r.n and r.term(r.at + 1, "num") is not None:
        return False
    if said not in r.draft.instructions:
        r.draft.instructions.append(said)
    return r.took(r.at + 1)


def _limit_period(r: Reader, j: int, is_daily: bool) -> tuple[Decimal | None, str, int] | None:
    """What a maximum is per."""
    found = r.term(j, "freq")
    if found and found[0] == 1:
        return Decimal(1), found[1], j + 1
    if r.term(j, "per") or r.term(j, "every"):
        count = r.number(j + 1)
        if count:
            unit = r.term(count[1], "period")
            if unit == "h" and count[0] == 24:
                k = count[1] + 1
                return Decimal(1), "d", k + (r.word(k) in ("period", "span", "time"))
            return (count[0], unit, count[1] + 1) if unit else None
        unit = r.term(j + 1, "period")
        if unit:
            return Decimal(1), unit, j + 2
        if r.word(j + 1) in ("dose", "doses"):
            return None, "d", j + 2
    return (Decimal(1), "d", j) if is_daily else None


def maximum(r: Reader) -> bool:
    """ "max 8 tablets a day", "mdd 3", "not to exceed 3 g in 24 hours", "up to 6 tablets daily"."""
    i = r.at
    is_daily = bool(r.term(i, "max_day"))
    allowed = bool(r.term(i, "up_to")) and r.draft.dose is not None
    if not (r.term(i, "max") or is_daily or allowed):
        return False
    j = i + 1
    while r.word(j) in (":", "=", "is", "-", "of", "a", "total", "to", "mdd", "(", "more", "than") or r.term(j, "max"):
        is_daily = is_daily or bool(r.term(j, "max_day"))
        j += 1
    bracket = r.word(j - 1) == "("
    freq = r.term(j, "freq")
    if freq and not allowed:
        r.draft.maxima.append(Maximum(Decimal(freq[0]), "dose", Decimal(1), freq[1]))
        return r.took(j + 1)
    found = measure(r, j)
    unit: str | None = None
    if found:
        value, unit, j = found[1], found[2], found[3]
        j += bool(r.term(j, "total"))
    else:
        plain = r.numbers(j)
        if plain is None:
            return False
        value, j = plain[1], plain[2]
        if r.term(j, "period") in ("d", "wk", "mo") and not is_daily:
            return r.put("duration", Duration(Decimal(0), value, r.term(j, "period")), j + 1)
        if r.term(j, "times"):
            unit, j = "dose", j + 1
    period = _limit_period(r, j, is_daily)
    if period is None and r.word(j) in ("total", "max", "maximum"):
        period = _limit_period(r, j + 1, is_daily)
    if period is None:
        return False
    j = period[2] + (bracket and r.word(period[2]) == ")")
    limit = Maximum(value, unit, period[0], period[1])
    return _put_maximum(r, limit, j)


def _put_maximum(r: Reader, limit: Maximum, to: int) -> bool:
    held = r.draft.maxima
    same = [m for m in held if (m.period, m.period_unit) == (limit.period, limit.period_unit)]
    dose_unit = r.draft.dose.unit if r.draft.dose else None
    for other in same:
        if (other.unit or dose_unit) == (limit.unit or dose_unit):
            return r.took(to) if other.value == limit.value else r.refuse(to)
    held.append(limit)
    return r.took(to)


def may_repeat(r: Reader) -> bool:
    """ "may repeat in 2 hours if needed", "repeat once", "every 5 minutes up to 3 times" stays with the counts."""
    i = r.at
    if not r.term(i, "may_repeat") or not r.draft.dose:
        return False
    words = r.word(i).split()
    times: int | None = 1 if {"once", "x1", "1", "one", "another", "second", "additional", "1x"} & set(words) else None
    after: Interval | None = None
    j = i + 1
    while j < r.n:
        if r.word(j) in ("dose", "the dose", "tablet", "tab", "1", "one") and times == 1 and r.term(j, "unit"):
            j += 1
        elif r.term(j, "once") and times is None:
            times, j = 1, j + 1
        elif r.term(j, "num") is not None and r.term(j + 1, "times") and times is None:
            times, j = int(r.term(j, "num")), j + 2
        elif r.word(j) in ("in", "after", "every", "q", "within", "at") and after is None:
            k = j + 1 + (r.word(j + 1) in ("at", "least", "another"))
            k += r.word(k) == "least"
            found = r.numbers(k)
            unit = r.term(found[2], "period") if found else None
            if not found or unit not in ("min", "h", "d", "wk"):
                break
            after, j = Interval(found[0], found[1], unit), found[2] + 1
            j += r.word(j) == "later"
        elif (
            (found := r.numbers(j)) and r.term(found[2], "period") and r.word(found[2] + 1) == "later" and after is None
        ):
            after, j = Interval(found[0], found[1], r.term(found[2], "period")), found[2] + 2
        elif r.term(j, "prn") or r.term(j, "unrelieved") or r.word(j) in (",", "x"):
            if r.word(j) == "x" and not (r.term(j + 1, "num") is not None and times is None):
                break
            if r.word(j) == "x":
                times, j = int(r.term(j + 1, "num")), j + 2
                continue
            if r.word(j) == "," and not (r.term(j + 1, "prn") or r.term(j + 1, "unrelieved")):
                break
            j += 1
        else:
            break
    if after is None and times is None:
        return False
    return r.put("repeat", Repeat(after, times), j)


def until(r: Reader) -> bool:
    """ "until cough is gone", "until seen by the doctor"."""
    if not r.term(r.at, "until"):
        return False
    end = _phrase(r, r.at + 1)
    if end == r.at + 1:
        return False
    return r.put("until", _words(r, r.at + 1, end), end)


def trigger(r: Reader) -> bool:
    """ "1 hour before the procedure", "after each loose stool"."""
    i = r.at
    found = r.numbers(i)
    lead = ""
    if found:
        j = found[2]
        unit = r.term(j, "period")
        if unit is None:
            return False
        lead, i = r.text[r.items[i].start : r.items[j].end].lower() + " ", j + 1
    when = "before" if r.term(i, "before") else "after" if r.term(i, "after") else ""
    if not when:
        return False
    j = i + 1
    named = r.term(j, "trigger")
    if named is None and r.word(j) in ("the", "each", "your", "any", "every"):
        j, named = j + 1, r.term(j + 1, "trigger")
    if named is None:
        return False
    j += 1
    while r.word(j) in ("/", "or", "and") and r.term(j + 1, "trigger"):
        named, j = f"{named} {r.word(j)} {r.word(j + 1)}", j + 2
    return r.put("trigger", f"{' '.join(lead.split())} {when} {named}".strip(), j)
