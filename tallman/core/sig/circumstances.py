"""Around what it is taken: before or after something is done, until when."""

from __future__ import annotations

from tallman.core.sig.amounts import measure
from tallman.core.sig.needed import needs
from tallman.core.sig.phrases import phrase_end, plain_words
from tallman.core.sig.reader import Reader
from tallman.core.sig.starts import date_end
from tallman.core.sig.triggers import STOPPERS

__all__ = ["completing", "lasting_after", "meanwhile", "until"]

_TELLING = (
    "num", "freq", "interval", "event", "verb", "prn", "max", "max_day", "instr", "remark", "directed", "once", "call",
    "hold", "up_to", "for_up_to",
)  # fmt: skip
_NO_STATE = ("route", "for", "over", "every", "unit", "times", "stat")
"""What no state of things begins with."""
_COMPARED = frozenset(
    {"than", "<", ">", "≤", "≥", "below", "above", "under", "over", "less than", "=", "is", "reaches"}
)
_SUGARS = frozenset("sugar sugars glucose bg bs fsbg fasting blood cbg".split())
_MEETINGS = ("follow", "f/u", "appointment", "appt", "office visit")
_THROUGH = frozenset({"through", "thru", "end date", "stop date"})
_DAYS_OF_MONTH, _MONTHS = 31, 12
_MEASURED_BY_NUMBER = frozenset({"inr", "anc"})
_GESTATION = (28, 41)
_COUNSEL = (
    "do not",
    "avoid",
    "keep",
    "shake",
    "may cause",
    "not ",
    "increase by ",
    "titrate by ",
    "and titrate by ",
    "decrease by ",
)
"""How advice begins that may last until something."""
_BROKEN_OFF = frozenset("the a an that is are of your her his my when as to with".split())
_COURSE = frozenset("course total therapy treatment antibiotics antibiotic regimen".split())
_COMPLETE = frozenset("complete completed finished done over".split())


def until(r: Reader) -> bool:
    """ "until cough is gone", "until seen by the doctor"."""
    dated = _past_day(r, r.at + 1) if r.term(r.at, "until") or r.word(r.at) in _THROUGH else 0
    if dated and (r.word(r.at) != "-") and r.draft.dose:
        return r.put("until", r.words(r.at + 1 + (r.word(r.at + 1) == ":"), dated), dated)
    if not r.term(r.at, "until"):
        return False
    if later := _past_after(r, r.at + 1):
        return r.put("until", r.words(r.at + 1, later), later)
    end = r.at + 1
    if any(r.term(end, kind) is not None for kind in _NO_STATE):
        return False  # "until by mouth", "until over 2 hours"
    while end < r.n and r.word(end) not in STOPPERS:
        told = [kind for kind in _TELLING if kind in r.items[end].terms]
        if (
            told == ["num"]
            and (r.word(end - 1) in _COMPARED or r.word(end - 1).endswith((" below", " above", " over")))
        ) or r.word(end) in ("fasting", "delivery"):
            told = []  # "until fasting sugar is less than 130"
        if told == ["num"] and r.word(end - 1) in _MEASURED_BY_NUMBER and (found := r.numbers(end)):
            end = found[2]  # "until INR 2-3"
            continue
        if told == ["num"] and (again := _past_so_often(r, end)):
            end = again
            break
        free = r.term(end + 1, "period") in ("h", "d") and "free" in (r.word(end + 2), r.word(end + 3))
        if told == ["num"] and free:
            end += 3 + (r.word(end + 3) == "free")  # "until 48 hours symptom free"
            break
        if (
            told == ["num"]
            and r.term(end + 1, "period") in ("wk", "mo")
            and (_is_plain(r, end + 2) or _is_gestation(r, end))
        ):
            end += 2  # "until 12 weeks gestation"
            continue
        if told == ["event"] and r.word(end + 1) in _SUGARS:
            told = []  # "until morning sugar is below 130"
        if told == ["remark"] and r.word(end).startswith(_MEETINGS):
            told = []  # "until follow up appointment"
        if told == ["num"] and (volume := _volume(r, end)):
            end = volume  # "until 4 L are gone"
            continue
        if told and not (r.word(end) == "md" and r.word(end - 1) in ("by", "the", "by the", "see")):
            break
        end += 1
    if r.word(end - 1).rpartition(" ")[2] == "in" and (wait := r.numbers(end)) and r.term(wait[2], "period"):
        end = wait[2] + 1  # "until follow up in 3 days"
    end = _past_lasting(r, end) if end > r.at + 1 else end
    end = _past_longer(r, end) if end > r.at + 1 else end
    held = r.draft.instructions
    if r.at and r.items[r.at - 1].end == r.draft.last and held and held[-1].startswith(_COUNSEL) and end > r.at + 1:
        held[-1] = f"{held[-1]} {r.words(r.at, end)}"  # "do not drive until effects are known"
        return r.took(end)
    end -= end > r.at + 2 and r.word(end - 1) in ("or", "and")
    if r.word(end - 1) in _BROKEN_OFF:
        return False  # "until such time that the": what it waits for lies in words that are not understood.
    return end > r.at + 1 and r.put("until", plain_words(r, r.at + 1, end), end)


def _past_so_often(r: Reader, i: int) -> int:
    """Past the number of "until INR > 2 x 24h", "until ANC > 1500 x 2 days", "until ANC > 1000 x 2"; 0 where it is no such."""
    stable = r.word(i - 3) in _COMPARED or r.word(i - 2) in ("therapeutic", "stable", "afebrile")
    if r.word(i - 1) != "x" or not stable:
        return 0
    ends = i + 1 >= r.n or r.word(i + 1) in (".", ";", ")")
    return i + 2 if r.term(i + 1, "period") in ("h", "d") else i + 1 if ends else 0


def completing(r: Reader) -> bool:
    """ "To complete a 10-day course": when it ends; how many of the days are left is not said."""
    begun = r.at + 1 + (r.word(r.at + 1) in ("a", "the"))
    found = r.numbers(begun) if r.term(r.at, "completing") or r.term(r.at, "until") else None
    if not found or r.term(found[2] + (r.word(found[2]) == "-"), "period") not in ("d", "wk", "mo"):
        return False
    end = found[2] + 1 + (r.word(found[2]) == "-")
    course = r.word(end) == "course"
    while r.word(end) in _COURSE or (r.word(end) == "of" and r.word(end + 1) in _COURSE):
        end += 1
    said = f"{r.words(begun, end)} {'is' if course else 'are'} complete"
    if r.term(r.at, "until"):
        end += r.word(end) in ("is", "are", "has been", "have been")
        if r.word(end) not in _COMPLETE:
            return False
        end += 1
    return r.put("until", said, end)


@needs("after")
def lasting_after(r: Reader) -> bool:
    """ "For 7 days after leaving", behind when to begin: until when it is taken."""
    found = r.numbers(r.at + 1) if r.draft.start and r.draft.has_timing() and r.draft.duration is None else None
    if not found or r.term(found[2], "period") not in ("d", "wk", "mo") or not r.term(found[2] + 1, "after"):
        return False
    end = found[2] + 3 if r.term(found[2] + 2, "trigger") else phrase_end(r, found[2] + 2)
    return end > found[2] + 2 and r.put("until", r.words(r.at + 1, end), end)


def meanwhile(r: Reader) -> bool:
    """ "Starting 1 week before travel, during, and for 4 weeks after": what lies between when it begins and when it ends."""
    behind = r.at + 1 + (r.word(r.at + 1) in ("stay", "the stay", "trip", "the trip"))
    if (
        not r.draft.start
        or "before" not in r.draft.start.replace("prior to", "before")
        or r.word(behind) not in (",", "and", "&")
    ):
        return False
    r.at = behind
    return True


def _past_day(r: Reader, i: int) -> int:
    """Past a date, the year perhaps left out: "June 12", "6/12/24", "6/12"; 0 when it is none, or a day of the week."""
    i += r.word(i) in (":", "of", "on", "is")
    if r.term(i, "weekday"):
        return 0
    day, stroke, month = r.word(i).partition("/")
    if stroke and r.term(i, "num") is not None and day.isdigit() and month.isdigit() and r.word(r.at) in _THROUGH:
        of_year = (
            0 < int(day) <= _DAYS_OF_MONTH and 0 < int(month) <= _DAYS_OF_MONTH and min(int(day), int(month)) <= _MONTHS
        )
        return i + 1 if of_year and (i + 1 >= r.n or r.word(i + 1) in STOPPERS) else 0  # "through 1/4"
    short = [r.term(k, "num") for k in (i, i + 2)]
    if r.word(i + 1) == "/" and r.glued(i + 1) and r.glued(i + 2) and None not in short and r.word(i + 3) != "/":
        of_year = all(value == int(value) and value for value in short) and max(short) <= _DAYS_OF_MONTH
        ends = i + 3 >= r.n or r.word(i + 3) in STOPPERS or r.term(i + 3, "instr") == "stop"
        return i + 3 if of_year and min(short) <= _MONTHS and ends else 0
    return date_end(r, i)


def _past_lasting(r: Reader, end: int) -> int:
    """Past the "for 48 hours" of "until symptom free for 48 hours"; of days it may be how long it is taken."""
    found = r.numbers(end + 1) if r.word(end) in ("for", "x") else None
    unit = r.term(found[2], "period") if found else None
    if found and unit in ("h", "min"):
        return found[2] + 1
    if unit:
        r.doubts.append("so long taken, or so long in that state?")
    return end


def _past_after(r: Reader, i: int) -> int:
    """Past "2 days after the symptoms resolve"; 0 where something else stands."""
    found = r.numbers(i)
    if not found or r.term(found[2], "period") not in ("d", "wk", "mo", "h") or not r.term(found[2] + 1, "after"):
        return 0
    end = found[2] + 3 if r.term(found[2] + 2, "trigger") else phrase_end(r, found[2] + 2)
    return end if end > found[2] + 2 and (end >= r.n or r.word(end) in STOPPERS) else 0


def _past_longer(r: Reader, end: int) -> int:
    """Past "plus 2 days", "and for 1 more week" behind a state of things: so long after it."""
    i = end - (r.word(end - 1) in ("plus", "and"))
    added = r.word(i) == "plus" or r.word(i) in ("and", "then")
    j = i + added
    told = added and bool(r.term(j, "for"))
    j += told
    found = r.numbers(j) if added else None
    if not found:
        return end
    k = found[2] + (r.word(found[2]) in ("more", "additional", "extra", "another"))
    longer = r.word(i) == "plus" or k > found[2] or r.term(k + 1, "after")
    return k + 1 if longer and r.term(k, "period") in ("d", "wk", "mo") else end


def _volume(r: Reader, i: int) -> int:
    """Past "4 L are gone", "2 liters consumed"; 0 when it is something else."""
    found = measure(r, i)
    if found is None or found[2] not in ("mL", "L"):
        return 0
    end = found[3] + (r.word(found[3]) in ("is", "are", "has been", "have been"))
    return (
        end + 1
        if r.word(end) in ("gone", "consumed", "finished", "done", "completed", "taken", "given", "infused")
        else 0
    )


def _is_gestation(r: Reader, i: int) -> bool:
    """Whether so many weeks stand at the end of a clause as only those of a pregnancy are counted: "until 36 weeks"."""
    weeks = r.term(i, "num")
    ends = i + 2 >= r.n or r.word(i + 2) in STOPPERS
    return ends and r.term(i + 1, "period") == "wk" and _GESTATION[0] <= weeks <= _GESTATION[1]


def _is_plain(r: Reader, i: int) -> bool:
    return i < r.n and not r.knows(i) and r.word(i).isalpha()
