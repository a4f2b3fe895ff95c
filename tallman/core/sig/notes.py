"""Whole clauses that are no direction: notes to the pharmacy, the payer or the file, and advice in plain words.

A note is set aside before the text is walked, by a word that only such notes hold ("refills", "insurance"). A clause of
plain words is set aside after it, when nothing in it was understood. Neither may say how much, when or how long, nor
change what is said elsewhere: then it stays where a person has to read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tallman.core.sig.amounts import SHAPED, is_measured, measure, per_weight
from tallman.core.sig.lexicon import SAID, is_spanish, listed_words
from tallman.core.sig.reader import Reader
from tallman.core.sig.sentences import begins_dose
from tallman.core.sig.spelling import is_slip, may_be_name

__all__ = ["notes", "set_aside_plain"]

_BOUNDS = frozenset(".;\n,()[]{}*|~!") | {"--", "—", "–", "instr", "comments", "note"}
_WATCHED = frozenset(
    "cortisol ck cpk lft lfts aptt ptt crp esr creatinine scr ferritin lactate accuchecks accucheck fsbg ast alt hgb anc".split()
)
"""Short names of laboratory values that are never a dose, a place or a reason."""
_LABS = frozenset(
    "cbc bmp cmp inr lfts tsh a1c labs lab lipids ekg ecg level levels trough troughs and & / weekly next on due tomorrow".split()
)
_AIMED = frozenset("bp a1c hba1c ldl inr sugar glucose hr pulse weight b/p sbp".split())
_GOAL = frozenset(
    "< > ≤ ≥ / % - to = : is of below under above over less than less-than mg dl mg/dl bpm mmhg".split()
) | {"less than", "greater than", "around"}
_WATCHING = frozenset({"freq", "interval", "every", "num", "period", "prep", "at", "weekday", "date"})
"""What says how often."""
_TIMED = frozenset(
    "freq interval every event weekday until prn max max_day up_to for_up_to increase decrease hold fold spoon directed wear alternate "
    "may_repeat clock month_days".split()
)
"""Kinds of phrases that say how often, when, or how far the dose may change."""
_TELLING = _TIMED | frozenset(
    "num unit period verb trigger if unrelieved start until stat once times hourly route except divided total equals day week month per_weight".split()
)
_DISPENSED = frozenset(
    "dispense disp dispensed qty quantity supply fill filled rf refill refills send supplied total # of x previous old prior from "
    "weight wt weighs was".split()
)
"""Words behind which an amount is no dose."""
_ALSO_IN_NOTES = frozenset(
    "until schedule scheduled chart increased decreased reduced lower more additional another only then or otherwise continue not no "
    "longer previously formerly cancel canceled cancelled".split()
)
"""Words that change a dose, and do not where a note is."""
_FORMER = frozenset(
    "was were previously formerly down up increase decrease reduced increased decreased lowered raised changed taper from".split()
) | {"instead of"}
"""Words with which a clause about what was taken before may begin."""
_FORMERLY = ("was ", "were ", "previously ", "formerly ", "instead of ", "use instead of ", "take instead of ")
_CHANGED = ("down", "up", "increase", "decrease", "reduce", "change", "lower", "raise", "taper")
_COMPARED = frozenset("> < ≥ ≤ = is above below over under between".split())
_WITHDRAWN = frozenset("cancel canceled cancelled voided please rx this script prescription order".split())
"""Words of a clause that takes back the direction itself."""
_TAKEN_BACK = frozenset(
    "cancel cancels canceling cancelling canceled cancelled void discontinue dc d/c discontinued stopped".split()
)
_ORDERED = frozenset("rx script scripts prescription prescriptions order orders previous prior old".split())
_LONGEST_HEADING = 4
_TAIL = 3
"""Words that plain words at the end of a clause have at least."""
_RECKONED = frozenset("crcl egfr gfr scr cr wt weight bsa ibw abw adjbw dosing renally bmi ht height age".split())
_WHOSE = frozenset({"dosing", "actual", "ideal", "dry", "birth", "current", "body"})
_WEIGHED = ("kg", "m", "m²", "weight", "[")
_REPLACED = frozenset("replaces replace replacing previously formerly was were had".split())
"""How brackets begin that tell what was taken before."""
_TOLD_ANEW = frozenset({"new dose", "note dose", "note new dose", "new strength", "note strength", "note new strength"})
_COUNTED_BEFORE = ("refill", "supply", "fill", "rf")
"""Words of notes behind a number."""
_DIRECTING = frozenset(
    "num route place part side trigger day week month event wear start once onset prn instr period stat clock".split()
)
"""Kinds of phrases that tell of the dose, and of no note."""
_SMALL = frozenset(
    "a an and any are as at be been but by can do does dr for from has have he her him his in into is it its may me must my nor of on "
    "or our out per pt she so than that the them they this to too up us via was we who with you your yet w all off see new our no aim tip lid cap jar".split()
)
"""Short words of a sentence in which no dose hides."""


@cache
def _cues() -> frozenset[str]:
    """Words, and kinds of phrases, without which there is no note."""
    words = listed_words("cue").union(
        _TAKEN_BACK, _WATCHED, _WEIGHED, _RECKONED, _REPLACED, _FORMER, ("goal", "instead")
    )
    return words | {"remark", "trigger"}


def notes(r: Reader) -> dict[int, int]:
    """Where the clauses of notes begin, and where each ends."""
    found: dict[int, int] = {}
    cues = _cues()
    if cues.isdisjoint(r.said):
        return found
    for first, end in _clauses(r):
        told = (
            _is_former(r, first, end)
            or _is_reckoned(r, first, end)
            or _is_product(r, first, end)
            or _is_quantity(r, first, end)
            or _is_withdrawal(r, first, end)
        )
        if told or _is_watch(r, first, end) or _is_goal(r, first, end):
            found[first] = end
            continue
        if r.term(first, "link") == "then" and r.word(first + 1) in ("per", "by", "as", "according", "dose"):
            continue  # "5 mg tonight, then per INR"
        if all(r.word(i) in _WITHDRAWN for i in range(first, end)):
            continue  # "1 tablet daily. Cancel."
        cue = next((i for i in range(first, end) if _is_cue(r, i)), -1)
        told = cue >= 0 and _says_dose(r, first, end)
        end = _heading_end(r, end) if not first and cue >= 0 else end
        if cue > first and r.word(first - 1) not in ("(", "[", "*"):
            first = _begins_note(r, first, cue)
        unsure = any(
            not r.knows(i) and r.word(i) not in cues and (is_slip(r.word(i)) or is_spanish(r.word(i)))
            for i in range(first, end)
        )
        if r.term(first, "until") and first and r.word(first - 1) == ",":
            continue  # "2 times a day, until INR is 2"
        if cue >= 0 and not (told or unsure or r.term(first, "before") or r.term(first, "after")):
            found[first] = end
    return found


def _begins_note(r: Reader, first: int, cue: int) -> int:
    """From where the note runs: what stands before its first word and tells of the dose is none of it: "1 now, 1 in 24 hours
    Qty 90", "dissolve on tongue Disp 30"."""
    j = cue
    if r.word(cue).startswith(_COUNTED_BEFORE):
        j -= r.term(j - 1, "period") is not None or r.term(j - 1, "unit") is not None
        j -= r.term(j - 1, "num") is not None  # "5 refills", "30 day supply"
    while j > first and not _directs(r, j - 1):
        j -= 1
    return first if j <= first else j


def _heading_end(r: Reader, end: int) -> int:
    """Where a note that heads the directions ends: "New dose: 1 for mild, 2 for severe pain"; `end` where none does."""
    colon = next((k for k in range(1, min(end, _LONGEST_HEADING)) if r.word(k) == ":"), 0)
    headed = r.term(0, "remark") == "note" and bool(colon) and r.term(colon + 1, "num") is not None
    return colon + 1 if headed else end


def _directs(r: Reader, i: int) -> bool:
    """Whether the phrase at `i` tells of the dose, and of no note."""
    directing = _DIRECTING & r.items[i].terms.keys()
    once = r.term(i, "freq") is not None and r.word(i).startswith("once")  # "once a year Disp 1"
    return once or (bool(directing) and not (directing == {"trigger"} and "need" in r.word(i)))


def _is_cue(r: Reader, i: int) -> bool:
    """Whether the phrase at `i` is one that only notes hold, or a longer one with such a word in it."""
    text, cues = r.word(i), listed_words("cue")
    return text in cues or (" " in text and (bool(r.term(i, "remark")) or not cues.isdisjoint(text.split())))


def _is_watch(r: Reader, first: int, end: int) -> bool:
    """Whether a clause behind the first says only which laboratory values are looked at, and how often: "weekly CK", "CBC every 2 weeks"."""
    told = range(first, end)
    looked = any(r.word(i) in _WATCHED or r.word(i) in listed_words("cue") & _LABS for i in told)
    plain = all(r.word(i) in _WATCHED | _LABS or not _WATCHING.isdisjoint(r.items[i].terms) for i in told)
    return first > 0 and looked and plain and r.word(first - 1) in (",", ";", ".", "(", "-")


def _is_goal(r: Reader, first: int, end: int) -> bool:
    """ "BP goal <130/80", "A1c goal under 7": what is aimed at, in a clause of its own behind the dose."""
    named = first > 2 and r.word(first) in _AIMED and r.word(first + 1) in ("goal", "target") and r.draft.first < 0
    return named and all(r.term(i, "num") is not None or r.word(i) in _GOAL for i in range(first + 2, end))


def _is_product(r: Reader, first: int, end: int) -> bool:
    """ "[Lisinopril 20 mg]": the medicine once more, behind its direction."""
    name, strength = r.items[first], measure(r, first + 1)
    bracket = r.word(first - 1) == "[" and r.word(end) == "]" and first > 2
    return bracket and not name.terms and len(name.text) > 4 and strength is not None and strength[3] == end


def _is_quantity(r: Reader, first: int, end: int) -> bool:
    """ "30 Tablet" between "30 days," and ", Refills 5": so many to be dispensed."""
    found = r.numbers(first)
    whole = found is not None and found[0] == found[1] and found[2] + bool(r.term(found[2], "unit")) == end
    whole = whole and r.term(first - 2, "period") is not None
    refills = r.term(end + 1, "remark") == "number" and r.word(end + 1).startswith(("refill", "rf"))
    return bool(whole and refills) and first > 3 and r.word(first - 1) == "," and r.word(end) == ","


def _is_reckoned(r: Reader, first: int, end: int) -> bool:
    """ "(45 mg/kg/day)", "(400 mg/m2)", "weight 44 lbs": what the dose was reckoned from."""
    if r.word(first) in _REPLACED and r.word(first - 1) in ("(", "[", "*") and r.word(end) in (")", "]", "*"):
        return first > 2  # "(replaces 300 mg 3 times a day)"
    if (
        r.word(first).lstrip("* ") in _TOLD_ANEW
        and r.word(first - 1) in ("(", "[", "*")
        and r.word(end) in (")", "]", "*")
    ):
        found, counted = measure(r, first + 1), next((u for i in range(first) if (u := r.term(i, "unit"))), None)
        return bool(
            found and found[3] == end and is_measured(found[2]) and counted in SHAPED
        )  # "1/2 tablet **NEW DOSE 12.5MG**"
    weighed = first + (r.word(first) in _WHOSE)
    if r.word(weighed) == "weight":
        return r.term(weighed + 1, "num") is not None or r.word(weighed + 1) in (":", "is", "=", ">", "<", "≥", "≤")
    bracket = r.word(first - 1) in ("(", "[") and r.word(end) in (")", "]")
    if (
        bracket
        and r.word(first) in _RECKONED
        and not any(
            r.term(i, kind) for i in range(first, end) for kind in ("freq", "interval", "every", "if", "hold", "max")
        )
    ):
        return True  # "(CrCl 42)", and not "(CrCl < 30: q24h)"
    if bracket and any(per_weight(r, i)[0] for i in range(first - 5, first - 2)):
        return False  # "100 units/kg (50 units/kg)": two doses
    if any(r.term(i, kind) for i in range(first, end) for kind in ("max", "max_day", "up_to")):
        return False  # "(max 75 mg/kg/day)"
    return bracket and any(per_weight(r, i)[0] for i in range(first, end))


def _is_former(r: Reader, first: int, end: int) -> bool:
    """ "(was 2 tablets)", "(down from 2)": what was taken before, in brackets."""
    closes = end >= r.n or r.word(end) in (".", ";", "\n")
    if (
        r.word(first) in ("previously", "formerly")
        and r.word(first - 1) in (",", "-", ".", ";")
        and closes
        and first > 2
    ):
        return True  # "1 tablet twice daily, previously once daily"
    if r.word(first - 1) not in ("(", "[") or r.word(end) not in (")", "]"):
        return False
    said = " ".join(r.word(i) for i in range(first, min(first + 3, end)))
    return said.startswith(_FORMERLY) or (" from " in f" {said} " and said.startswith(_CHANGED))


def _clauses(r: Reader) -> Iterator[tuple[int, int]]:
    """The clauses of the text, from their first phrase to behind their last."""
    first, lines = 0, "\n" in r.text
    for i in range(r.n + 1):
        if lines and first < i < r.n and "\n" in r.text[r.items[i - 1].end : r.items[i].start]:
            yield first, i
            first = i
        if i == r.n or r.word(i) in _BOUNDS or _is_dash(r, i):
            if i > first:
                yield first, i
            first = i + 1


def _is_dash(r: Reader, i: int) -> bool:
    """Whether a dash stands alone, or two of them do: "daily - needs labs", "daily--needs labs"."""
    return r.word(i) == "-" and ("-" in (r.word(i - 1), r.word(i + 1)) or not (r.glued(i) or r.glued(i + 1)))


def _is_withdrawal(r: Reader, first: int, end: int) -> bool:
    """ "Please cancel previous rx for 10 mg": what is taken back, behind the direction."""
    begun = first + (r.word(first) in ("please", "pls", "kindly"))
    taken_back = begun > 0 and r.word(begun).split()[0] in _TAKEN_BACK
    marked = (
        r.word(first - 1) in ("*", "(", "[")
        and begun + 1 < end
        and not r.knows(begun + 1)
        and may_be_name(r.word(begun + 1))
    )
    named = marked or any(not _ORDERED.isdisjoint(r.word(k).split()) for k in range(begun, end))
    return taken_back and named and not any(r.term(k, "verb") or r.term(k, "link") == "then" for k in range(begun, end))


def _says_dose(r: Reader, first: int, end: int) -> bool:
    """Whether so much, so often or so long stands between, and not just how much is to be dispensed."""
    for i in range(first, end):
        terms = r.items[i].terms
        dated = "until" in terms and (r.term(i + 1, "date") or r.word(i + 1) in listed_words("cue"))
        dated = dated and r.word(i + 2) not in _COMPARED
        if not (_TIMED.isdisjoint(terms) or dated or terms.get("freq", ("", ""))[1] == "y"):
            return True
        if r.word(i) in listed_words("altering") - _ALSO_IN_NOTES or (
            "trigger" in terms and r.word(i).endswith("dose")
        ):
            return True
        if is_measured(r.term(i, "unit")) and r.term(i - 1, "num") is None and r.word(i) != "l":
            return True  # "50 cancel mg"
        found = r.numbers(i)
        if found and r.term(found[2], "period") and r.term(found[2] + 2, "trigger"):
            return True  # "1 hour before the visit"
        lead = i - 1 - (r.word(i - 1) == ":")
        is_other = r.word(lead) in _DISPENSED or r.term(lead, "remark") == "number" or r.term(lead, "instr") == "stop"
        is_other = is_other or r.word(first) in ("dispense", "disp", "supply")
        if begins_dose(r, i) and not is_other:
            return True
        length = r.numbers(i + 1) if "for" in terms else None
        if length and r.term(length[2], "period") and r.word(length[2] + 1) not in ("supply", "fill", "refill"):
            return True
    return False


def set_aside_plain(r: Reader) -> None:
    """Make remarks of the clauses of plain words of which nothing was understood."""
    if not r.unread or all(draft.is_blank() for draft in r.drafts) or any(SAID in item.terms for item in r.items):
        return
    timed = any(d.has_schedule() or d.as_directed or d.trigger or d.change or d.repeat for d in r.drafts)
    if not timed and any(d.dose and d.dose.unit in SHAPED for d in r.drafts):
        return  # "1 tablet aily along with losartan": the word that tells how often may be among them.
    for first, end in _clauses(r):
        begun, done = r.items[first].start, r.items[end - 1].end
        left = [span for span in r.unread if begun <= span[0] and span[1] <= done]
        if left and not _is_plain(r, first, left):
            first = next((i for i in range(first, end) if r.items[i].start >= left[0][0]), first)
            first -= bool(r.term(first - 1, "with"))  # "… along with the other two"
            begun = r.items[first].start if end - first >= _TAIL else done  # "… daily and stay at that dose"
            left = [span for span in left if begun <= span[0]]
        if r.word(first) in ("to", "on", "into", "onto") and any(r.term(i, "part") for i in range(first, end)):
            continue  # "daily to sacral wound"
        named = r.word(first - 1) == "(" and r.word(end) == ")" and len(r.word(first)) > 5 if end < r.n else False
        if left and (end > first + 1 or named) and all(_is_plain(r, i, left) for i in range(first, end)):
            r.unread = [span for span in r.unread if span not in left]
            r.note(begun, done, is_told=not named)


def _is_plain(r: Reader, i: int, left: list[tuple[int, int]]) -> bool:
    """Whether the phrase at `i` tells nothing of the dose, and no slip of the pen hides something that does."""
    item = r.items[i]
    if "unit" in item.terms and not ({"num", "per", "another"} & r.items[i - 1].terms.keys()):
        return not (item.terms.keys() - {"unit", "total", "noise"}) & _TELLING  # "stay on that dose"
    if "per" in item.terms and "each" in item.text and i and r.draft.last >= r.items[i - 1].end:
        return False  # "1 unit for each …"
    if not _TELLING.isdisjoint(item.terms) or not listed_words("altering").isdisjoint(item.text.split()):
        return False
    if item.terms or not item.text.isalpha():
        return bool(item.terms) or item.text in "'/&+-:"
    short = len(item.text) < 4
    return item.text in _SMALL if short else any(a <= item.start < b for a, b in left) and not is_slip(item.text)
