"""A medicine named in the directions, and the strength that stands with it and is no dose."""

from __future__ import annotations

from tallman.core.sig.amounts import SHAPED, concentration, holds_one_dose, is_measured, measure, rate, unit_at
from tallman.core.sig.infusions import leads_infusion
from tallman.core.sig.ladders import rungs
from tallman.core.sig.lexicon import is_spanish, listed_words
from tallman.core.sig.patterns import is_day_by_day
from tallman.core.sig.pumps import names_pump
from tallman.core.sig.reader import Reader
from tallman.core.sig.spelling import is_near_count, may_be_name

__all__ = ["labelled", "medicine_named", "ordered", "past_name"]

_SHORTEST_JOINED, _DAY = 3, 24
_LAST = frozenset("mr ec dr cr la sa xr er xl sr calcium iron zinc magnesium".split())
_WAYS = frozenset({"oral", "nasal", "ophthalmic", "otic", "topical", "vaginal", "rectal"})
"""What may stand between a name and the form of the medicine: "nystatin oral suspension"."""
_INSULINS = frozenset({"humulin", "novolin"})
_VITAMINS_B = (1, 2, 6, 12)
_HEADINGS = frozenset({"taper", "wean", "titration"})
_NUMBERED = (2, 3, 4)
"""What may stand behind the "#" of a name: "Tylenol #3"."""
_LONGEST, _WITHIN, _LONGEST_HEADING = 6, 40, 30
_BEGUN = frozenset({"start", "begin", "restart", "resume", "initiate", "continue", "commence"})
_HELD_AT_HOME = frozenset("home dose of current outpatient the usual".split())
_CHANGED = frozenset({"increase", "decrease", "reduce", "change", "raise", "lower", "switch"})
_TIMED = frozenset("freq interval every event weekday prn max max_day for until start once stat route place".split())
"""What no name holds."""
"""Words a name may have, and what stands between brackets around one."""
_FORMS = frozenset(
    "cream ointment gel lotion oint inhaler suspension susp solution soln syrup elixir liquid drops foam shampoo powder liq insulin "
    "injection tablet capsule patch spray suppository enema sprinkle sprinkles film strip packet pen syringe vial nebulizer concentrate conc gum vaccine".split()
)
_FOLLOWS = ("correcting", "freq", "every", "interval", "event", "verb", "prn", "directed", "prep", "route", "instr")


def medicine_named(r: Reader) -> bool:
    """ "(also known as Ambien) 1 tablet", "metformin 500 mg take 1 tablet", "Norco 5/325 1-2 tabs", "Efudex to scalp"."""
    draft = r.draft
    if (r.term(r.at, "period") or r.term(r.at, "side")) and not (not r.at and (r.glued(1) or _hyphened(r, 1))):
        return False  # but "D50 25 mL", "R-CHOP: rituximab"
    if r.term(r.at, "aka") and draft.has_schedule():
        return _noted(r)
    weekly = r.at == 1 and r.term(0, "freq") and draft.dose is None  # "weekly cisplatin 40 mg/m2"
    if draft.product or (draft.has_schedule() and not (weekly or _is_headed(r))) or len(r.drafts) > 1:
        return False
    if r.word(r.at) == "(":
        return (draft.dose is None or is_measured(draft.dose.unit)) and _in_brackets(r)
    if r.term(r.at, "aka"):
        return _also_known(r)
    leads = (draft.first < 0 or _is_scaled(r) or bool(weekly) or _is_headed(r) or _is_nebulized(r)) and not r.unread
    after_verb = draft.dose is None and r.at > 0 and r.term(r.at - 1, "verb") is not None
    if draft.dose or not (leads or after_verb):
        return False
    begun = r.at
    if leads and r.term(r.at, "unit") in SHAPED and not r.knows(r.at + 1):
        r.at += 1 + (r.word(r.at + 1) == ".")  # "Tab. Amlodipine 5 mg"
    if leads and not r.at and (headed := _past_heading(r)):
        return r.put("product", r.words(0, headed), headed)
    if leads and not r.at and (kit := _past_kit(r)):
        if r.term(kit, "verb") or r.term(kit, "directed"):
            return r.put("product", r.words(0, kit - 1), kit)  # "Comfort kit: use as directed"
        r.at = kit
    if leads and _is_heading(r, r.at):
        r.at += 2  # "FOLFOX: oxaliplatin"
    elif leads and not r.at and _hyphened(r, 1) and r.word(2) == ":" and len(r.word(0)) == 1 and not r.knows(3):
        r.at = 3  # "R-CHOP: rituximab"
    named = past_name(r, r.at)
    if named > r.at + 1 and is_near_count(r.word(r.at)) and _is_form(r, named - 1):
        r.at = begun
        return False  # "wto tablets"
    if weekly and named > r.at and measure(r, named):
        return r.put("product", r.words(r.at, named), named)  # What follows is the dose, and no strength.
    if named == r.at or not _put_named(r, named, leads):
        r.at = begun
        return False
    r.form = next((r.term(k, "unit") for k in range(r.at - 1, 0, -1) if _is_form(r, k)), None)
    return True


def _is_nebulized(r: Reader) -> bool:
    """Whether nothing stands before but the way in, as a verb: "nebulize albuterol 2.5 mg"."""
    return r.at == 1 and r.word(0).startswith("nebuli") and not (r.draft.dose or r.draft.has_timing())


def _is_headed(r: Reader) -> bool:
    """Whether nothing stands before but the day of the course it is for: "Cycle 3 Day 1: bortezomib 1.3 mg/m2"."""
    draft = r.draft
    return (
        r.word(r.at - 1) in (":", "-", ",") and bool(draft.days) and not (draft.dose or draft.has_timing() or draft.prn)
    )


def labelled(r: Reader) -> bool:
    """ "The recommended dosage of Xarelto is 20 mg": the name that labels put before the dose."""
    if r.at or not r.word(0).endswith((" of", "dose", "dosage")):
        return False
    begun = 1 + (r.word(1) in ("of", "of the"))
    end = begun
    while end < min(r.n, begun + _LONGEST) and not r.knows(end) and r.word(end).isalpha() and r.word(end) != "is":
        end += 1
    told = end > begun and r.word(end) in ("is", "is :") and measure(r, end + 1) is not None
    return told and r.put("product", r.words(begun, end), end + 1)


def _is_scaled(r: Reader) -> bool:
    """Whether nothing has been said but that the dose follows a scale: "low dose correction insulin aspart"."""
    return r.draft.instructions == ["per sliding scale"] and r.draft.is_blank() and len(r.drafts) == 1


def ordered(r: Reader) -> None:
    """ "Start lisinopril 10 mg daily", "Increase Lantus to 24 units": at the very beginning, what is done with the order is past
    once it stands; the dose that follows is the one to give."""
    if (":" in r.text or not _HEADINGS.isdisjoint(r.said)) and _past_top_line(r):
        return
    verb = r.word(0)
    begun = verb in _BEGUN
    if not (begun or verb in _CHANGED or verb == "titrate"):
        return
    first = 1
    while first < r.n and set(r.word(first).split()) <= _HELD_AT_HOME:
        first += 1
    end = past_name(r, first)
    if verb == "titrate":
        if end > first and rate(r, end):
            r.draft.product, r.at = r.words(first, end), end
            r.draft.instructions.append("titrated")
        return
    given = end if begun else end + 1
    if begun and (fed := _past_feed(r, first)):
        r.draft.product, r.at = r.words(first, fed), fed
        return
    if end == first or not (begun or r.word(end) == "to") or measure(r, given) is None:
        return
    r.draft.product = r.words(first, end)
    r.at = given


def _past_feed(r: Reader, first: int) -> int:
    """Past "Vital AF 1.2", "Jevity 1.5 Cal" before "at 20 mL/hr": the name of a feed, which may hold a number; 0 when it is none."""
    end = first
    while end < min(r.n, first + _LONGEST) and not (r.term(end, "at") or r.word(end) == ":"):
        end += 1
    numbered = any(r.term(k, "num") is not None for k in range(first, end)) and not any(
        measure(r, k) for k in range(first, end)
    )
    named = r.word(first).isalpha() and not r.knows(first) and numbered
    return end if named and r.term(end, "at") and rate(r, end + 1) else 0


def _past_top_line(r: Reader) -> bool:
    """Past what stands over the directions: "5 day taper: 5 tabs x 1 day", "Tab: 1 tab twice a day", "10 mg tab: take 1"."""
    length = r.number(0)
    if (
        length
        and r.term(length[1], "period") in ("d", "wk")
        and r.word(length[1] + 1) == "taper"
        and _leads_on(r, length[1] + 2)
    ):
        r.note(0, r.items[length[1] + 1].end)
        r.at = length[1] + 2
        return True
    if r.term(0, "unit") in SHAPED and r.word(1) == ":":
        r.at = 2
        return True
    if headline := _past_strength_alone(r):
        r.at = headline + 1
        return True
    headed = 1 + (r.word(1) in ("off", "schedule"))
    if r.word(0) in ("taper", "wean", "titration") and (r.word(headed) == ":" or r.numbers(headed)):
        r.at = headed + (r.word(headed) == ":")
        return True
    return False


def _past_strength_alone(r: Reader) -> int:
    """Past "14 mg/24hr patch" before ": apply 1 patch", "10 mg tab" before ": take 1"; 0 where something else stands."""
    weighed = measure(r, 0)
    if not weighed or not is_measured(weighed[2]):
        return 0
    k, _ = _past_strength(r, 0)
    while _is_form(r, k) or r.term(k, "unit") in SHAPED:
        k += 1
    dosed = k + 1 + (r.term(k + 1, "verb") is not None)
    counted = measure(r, dosed)
    return k if r.word(k) == ":" and _is_dose(r, dosed) and not (counted and is_measured(counted[2])) else 0


def _noted(r: Reader) -> bool:
    """ "1 tablet daily. GENERIC FOR ZOCOR": no part of the direction."""
    i, j = _plain_name(r)
    if j == i or not (j >= r.n or r.word(j) in (".", ";", "\n", ")")):
        return False
    r.remarks.append((r.items[r.at].start, r.items[j - 1].end))
    r.at = j
    return True


def _plain_name(r: Reader) -> tuple[int, int]:
    """From where to where the words of no vocabulary stand behind "known as:"."""
    i = r.at + 1 + (r.word(r.at + 1) == ":")
    j = i
    while j < min(r.n, i + _LONGEST) and not r.knows(j) and r.word(j).isalpha():
        j += 1
    return i, j


def _also_known(r: Reader) -> bool:
    """ "Commonly known as: LIPITOR" before a verb or a dose."""
    i, j = _plain_name(r)
    ends = r.term(j, "verb") or r.term(j, "num") is not None or r.word(j) in (".", ";", "\n")
    return j > i and bool(ends) and r.put("product", r.words(i, j), j)


def _in_brackets(r: Reader) -> bool:
    first = r.at + 1 + (r.word(r.at + 1) in ("also known as", "aka", "generic for", "same as"))
    j, depth, names = r.at, 0, False
    while j < min(r.n, r.at + _WITHIN):
        depth += (r.word(j) == "(") - (r.word(j) == ")")
        if depth == 0:
            break
        plain = any(r.term(j, kind) is not None for kind in ("noise", "num", "unit", "link", "remark"))
        if (r.knows(j) and not plain and first == r.at + 1) or r.word(j) == "weight":
            return False
        names = names or (not r.knows(j) and r.word(j).isalpha())
        j += 1
    if depth or not names:
        return False
    return r.put("product", r.words(first, j), j + 1)


def past_name(r: Reader, i: int) -> int:
    """Past words of no vocabulary, with their hyphens, letters and the form of the medicine; `i` when there is no name."""
    j = i
    if not i and r.term(0, "num") is not None and r.word(1) == "-" and r.glued(1) and r.glued(2) and not r.knows(2):
        end = past_name(r, 2)  # "4-factor PCC", "2-Cal"
        return end if end > 2 else i
    if r.word(j).startswith("vitamin"):
        j += 1 + (len(r.word(j + 1)) == 1)
        j += r.glued(j) and r.term(j, "num") is not None
    if r.word(j) == "b" and r.glued(j + 1) and r.term(j + 1, "num") in _VITAMINS_B and measure(r, j + 2):
        return j + 2
    if r.word(j) == "rho" and [r.word(k) for k in (j + 1, j + 2, j + 3)] == ["(", "d", ")"]:
        j += 4
    if r.word(j) in ("iron", "calcium") and not r.knows(j + 1):
        j += 1  # "iron sucrose"
    if r.word(j) == "d" and not j and r.glued(j + 1) and r.word(j + 1) in ("10", "25", "50"):
        return j + 2 + (r.word(j + 2) == "w")  # "D50 1 amp"
    if r.word(j) == "o" and r.glued(j + 1) and r.word(j + 1) == "2" and (r.term(j + 2, "at") or r.numbers(j + 2)):
        return j + 2  # "O2 2 L/min"
    if r.term(j, "num") is not None and r.word(j + 1) == "/" and r.glued(j + 1) and r.term(j + 2, "num") is not None:
        return j + 4 if r.word(j + 3) in ("insulin", "mix") and measure(r, j + 4) else i  # "70/30 insulin 30 units"
    if r.word(j) == "penicillin" and r.word(j + 1) in ("g", "v"):
        j += 2
    if r.word(j) in _INSULINS and r.word(j + 1) in ("r", "n"):
        return j + 2 + r.word(j + 2).startswith("u - ")
    while j < min(r.n, i + _LONGEST) and (
        _hyphened(r, j)
        or (r.word(j) == "#" and j > i and r.term(j + 1, "num") in _NUMBERED and _is_dose(r, j + 2))
        or _joins(r, j, i)
        or _is_joined_with(r, j, i)
        or _ends_name(r, j, i)
        or not (r.knows(j) or r.word(j) in listed_words("stop"))
    ):
        word = r.word(j)
        joined = j > i and word in ("-", "/", "+", "®", "#", "&")
        if not (word.isalpha() or word in ("w/", "w /") or _hyphened(r, j) or joined):
            break
        if word == "d" and j > i and r.glued(j + 1) and r.word(j + 1) in ("2", "3"):
            j += 1  # "Adcal D3"
        j += 1
        if word == "#":
            j += r.term(j, "num") is not None
    words = [r.word(k) for k in range(i, j) if r.word(k).isalpha()]
    hyphened = r.word(i).isalpha() and _hyphened(r, i + 1) and len(words) > 1  # "ado-trastuzumab"
    if (
        not words
        or max(map(len, words)) < 3
        or not all(may_be_name(w) or w in _WAYS or w in _FORMS for w in words[hyphened:])
    ):
        return i
    if r.word(j) == "(" and (end := _past_other_name(r, j)):
        j = end
    while _is_form(r, j) or (r.word(j) == "/" and _is_form(r, j - 1) and _is_form(r, j + 1)):
        j += 1
    return j


def _past_other_name(r: Reader, j: int) -> int:
    """Past "(vit D3)", "(extended release)" behind a name; 0 when more than a name is in it."""
    end = next((k for k in range(j + 1, min(r.n, j + 6)) if r.word(k) == ")"), 0)
    told = ("unit", "freq", "verb", "event", "period", "route")
    named = [
        k
        for k in range(j, end)
        if not (r.word(k) == "d" and r.word(k - 1) in ("vit", "vitamin")) and not _hyphened(r, k)
    ]
    return 0 if any(r.term(k, kind) for k in named for kind in told) else end and end + 1


def _hyphened(r: Reader, j: int) -> bool:
    """Whether a hyphen joins the word at `j` to the one before."""
    return j > r.at and r.text[r.items[j - 1].end : r.items[j].start] == "-" and r.word(j).isalpha()


def _is_heading(r: Reader, j: int) -> bool:
    """Whether a word and a colon stand before the name of the medicine: the regimen that it is part of."""
    words = [r.word(k) for k in (j, j + 2)]
    return (
        j == 0
        and r.word(1) == ":"
        and all(w.isalpha() and len(w) > 2 for w in words)
        and not (r.knows(0) or r.knows(2))
    )


def _past_heading(r: Reader) -> int:
    """Past "Potassium Chloride ER Tablet Extended Release 20 MEQ" before "Give 2 tablet": name, form and strength as nursing
    homes print them; 0 where they are simple, or something else stands there."""
    verb = next((k for k in range(1, min(r.n, _LONGEST_HEADING)) if r.term(k, "verb")), 0)
    shaped = next((k for k in range(1, verb) if _is_form(r, k) or r.term(k, "unit") in SHAPED), 0)
    if not shaped or r.numbers(verb + 1) is None or not may_be_name(r.word(0)):
        return 0
    told = any(not _TIMED.isdisjoint(r.items[k].terms) for k in range(verb))
    if told or any(r.word(k) in (".", ";", "\n", "#") or is_spanish(r.word(k)) for k in range(verb)):
        return 0
    simple = measure(r, shaped + 1)
    if simple and (simple[3] == verb or (r.word(simple[3]) == "(" and r.word(verb - 1) in (")", "*"))):
        return 0
    return verb if any(r.term(k, "num") is not None for k in range(shaped, verb)) else 0


def _past_kit(r: Reader) -> int:
    """Past "Comfort kit:" at the very beginning; 0 when it is something else."""
    end = next((k for k in range(1, min(_LONGEST, r.n)) if r.word(k) == ":"), 0)
    kinds = ("comfort", "hospice", "emergency", "symptom", "relief", "care", "e")
    named = end and r.word(end - 1) in ("kit", "pack", "box") and all(r.word(k) in kinds for k in range(end - 1))
    return end + 1 if named else 0


def _leads_on(r: Reader, i: int) -> bool:
    """Whether the lines of a taper begin at `i`: ": 40 mg", "60 mg x 3 days"."""
    return r.word(i) == ":" or measure(r, i) is not None or rungs(r, i) is not None


def _joins(r: Reader, j: int, begun: int) -> bool:
    """Whether a stroke joins two medicines: "hydrocodone/acetaminophen"."""
    tight = j > begun and r.word(j) == "/" and r.glued(j) and r.glued(j + 1)
    return tight and not r.knows(j + 1) and r.word(j + 1).isalpha() and len(r.word(j + 1)) > _SHORTEST_JOINED


def _ends_name(r: Reader, j: int, begun: int) -> bool:
    """Whether a word with a meaning of its own ends a name: "Nifedipress MR 20 mg", "oyster shell calcium 500 mg"."""
    if j == begun or (r.word(j) in _WAYS and not _is_form(r, j + 1)):
        return False
    return r.word(j) in _WAYS or (r.word(j) in _LAST and (measure(r, j + 1) is not None or _is_form(r, j + 1)))


def _is_joined_with(r: Reader, j: int, begun: int) -> bool:
    """Whether "with" joins two medicines, of which one is dosed: "Robitussin with codeine 5 mL"."""
    if j > begun and r.term(j, "with") and r.word(j + 1) in ("iron", "fluoride", "zinc"):
        return _is_dose(r, j + 2) or _is_form(r, j + 2)  # "Poly-Vi-Sol with iron 1 mL"
    named = j > begun and r.word(j) in ("with", "w", "w/") and r.word(j + 1).isalpha() and not r.knows(j + 1)
    return named and len(r.word(j + 1)) > _SHORTEST_JOINED and (_is_dose(r, j + 2) or _is_form(r, j + 2))


def _is_form(r: Reader, i: int) -> bool:
    way, _, form = r.word(i).partition(" ")
    if form in _FORMS and (way in _WAYS or way in ("eye", "ear", "ophth", "opth", "oph")):
        return True  # "amoxicillin oral suspension 5 mL"
    counted = measure(r, i + 1) if r.word(i) in ("gtts", "gtt") else None
    named = r.word(i) in ("gtts", "gtt") and bool(concentration(r, i + 1))  # "levsin gtts 0.125 mg/mL 1 mL"
    dripped = named or (counted is not None and counted[2] == "drop")  # "atropine gtts 2 drops"
    return r.word(i) in _FORMS or dripped or (r.term(i, "unit") in _FORMS and not r.term(i, "route"))


def _past_strength(r: Reader, i: int) -> tuple[int, bool]:
    """Past what one tablet, one mL or one hour holds; and whether it can be nothing else: "5/325", "2.5%", "200 mg/5 mL"."""
    first = r.number(i)
    if first is None or " " in r.word(i) or rungs(r, i):
        return i, False  # "10 1/2-1 daily": half to one of 10 mg
    found = r.numbers(i)
    j = found[2] if found else first[1]
    certain = r.word(j) in ("%", "percent")
    j += r.term(j, "unit") is not None
    while r.word(j) in ("/", "-") and r.term(j + 1, "num") is not None:
        if r.word(j) == "-" and not r.glued(j) and not _is_dose(r, _past_measure(r, j + 1)):
            break  # "amoxicillin 400/5 - 6.5 mL by mouth"
        j += 2
        certain = True
        j += r.term(j, "unit") is not None and r.term(j, "unit") != "kg"
    if certain and r.term(j - 1, "num") == _DAY and r.term(j, "period") == "h" and r.term(j + 1, "unit") == "patch":
        return j + 1, True  # "21 mg/24 hr patch"
    if certain and r.term(j - 1, "num") is not None and r.term(j, "period") == "h" and "patch" in r.text.lower():
        return j + 1, True  # "patch 21 mg/24 hr", "0.2 mg/24 hr 1 patch"
    if certain and r.term(j - 1, "num") is not None and r.term(j, "period") == "h":
        return i, False  # "12 g/24 h" is the dose of a day
    if certain and r.term(j - 1, "unit") == "g" == r.term(i + 1, "unit"):
        return i, False  # "2 g/2 g/3 g" after three sessions
    if certain and r.term(j - 1, "unit") == "unit" and r.word(j) not in ("/", "per"):
        return i, False  # "Humalog 5/7/9 units with meals": three doses
    volume = measure(r, j + 1) if certain and r.word(j) in ("/", "per") else None
    if volume and volume[2] == "mL":
        return volume[3], True  # "600/42.9 per 5 mL"
    if r.word(j) in ("/", "per") and (
        (r.term(j + 1, "period") == "h" and _is_patch(r, i, j))
        or r.term(j + 1, "unit") in ("mL", "tablet", "actuation", "puff")
        or r.word(j + 1) == "act"
    ):
        return j + 2, True
    return j, certain


def _past_measure(r: Reader, i: int) -> int:
    """Past the amount at `i`, or the bare number there."""
    found = measure(r, i)
    return found[3] if found else i + 1


def _is_patch(r: Reader, i: int, j: int) -> bool:
    """Whether it is a patch that gives so much in an hour; of anything else that is the dose."""
    return any(r.term(k, "unit") == "patch" for k in range(max(i - 4, 0), j + 6))


def _leads_ratio(r: Reader, i: int) -> bool:
    """Whether "1:15 carb ratio" or "1 unit:15 g carb" stands at `i`: no strength, and no dose."""
    if r.term(i, "clock"):
        return r.term(i + 1, "carbs") is not None
    found = measure(r, i)
    j = found[3] if found and found[2] == "unit" else i
    return j > i and r.word(j) == ":" and r.number(j + 1) is not None and (measure(r, j + 1) or (0, 0, ""))[2] == "g"


def _put_named(r: Reader, named: int, leads: bool) -> bool:
    if _leads_ratio(r, named):
        return r.put("product", r.words(r.at, named), named)
    held, certain = _past_strength(r, named)
    k = held
    while (
        _is_form(r, k)
        or (certain and _is_of_drops(r, k))
        or (r.word(k) == "/" and _is_form(r, k + 1))
        or (held > named and r.term(k, "fluid") and r.term(k - 1, "unit") == "mL")
        or r.word(k) in (":", ",", "-", ".")
        or (r.term(k, "noise") and not r.term(k, "route"))
    ):
        k += 1
    dosed = k + (r.term(k, "verb") is not None)
    bag = certain and k == held and r.term(held - 1, "unit") == "mL" and holds_one_dose(r, held)
    other = any(_is_dose(r, x) and r.term((r.numbers(x) or (0, 0, x))[2], "unit") != "dose" for x in range(held, r.n))
    if bag and not other:
        return r.put("product", r.words(r.at, named), named)  # "2 g/50 mL IVPB": the dose is the bag
    if held > named and (certain or _is_dose(r, dosed)):
        weighed, counted = measure(r, named), measure(r, dosed)
        again = weighed and counted and weighed[:3] == counted[:3]  # "ondansetron injection 4 mg, 4 mg, IV"
        if not (certain or again) and weighed and counted and weighed[2] == counted[2] and is_measured(counted[2]):
            r.doubts.append("one dose, or what each holds?")  # "Seroquel 25 mg, 50 mg at bedtime"
        return r.put("product", r.words(r.at, held), k)
    if held > named and r.term(k, "verb") and not r.word(k).endswith("ed"):
        r.doubts.append("one dose, or what each holds?")
        return r.put("product", r.words(r.at, named), named)
    if held > named and held >= r.n:
        return r.put("product", r.words(r.at, held), k)
    said = r.words(r.at, named)
    while r.word(named) in (":", "-", ",") or (r.word(named) == "taper" and _leads_on(r, named + 1)):
        named += 1
    if leads and (formula := _past_formula(r, named)):
        return r.put("product", r.words(r.at, formula), formula)
    loaded = r.term(named, "stat") is not None and r.word(named).endswith(("load", "dose", "loading"))
    if _is_dose(r, named) or held > named or (leads and loaded and measure(r, named + 1)):
        return r.put("product", said, named)  # "caffeine citrate load 20 mg/kg"
    if leads and r.word(named) == "auc" and r.numbers(named + 1 + (r.word(named + 1) in ("of", "="))):
        return r.put("product", said, named)  # "carboplatin AUC 5"
    started = r.term(named, "start") is not None and measure(r, named + 1) is not None
    follows = leads and (
        started or leads_infusion(r, named) or names_pump(r, named) or any(r.term(named, kind) for kind in _FOLLOWS)
    )
    return follows and r.put("product", said, named)


def _is_of_drops(r: Reader, k: int) -> bool:
    """Whether "ophth" behind a strength names the form of drops that go under the tongue: "atropine 1% ophth 2 gtts SL"."""
    ways = {r.term(x, "route") for x in range(k + 1, r.n)}
    return r.term(k, "route") == "ophthalmic" and not ways.isdisjoint({"sublingual", "oral", "buccal"})


def _past_formula(r: Reader, i: int) -> int:
    """Past the number in the name of a feed, "Jevity 1.2", before how fast it runs; 0 when it is something else."""
    flow = (
        rate(r, i + 1 + bool(r.term(i + 1, "at") or r.term(i + 1, "start")))
        if "." in r.word(i) and r.term(i, "num") is not None
        else None
    )
    if flow and flow[0].unit == "mL":
        return i + 1
    j = i + 1
    j += r.word(j) in ("bolus", ",")
    poured = measure(r, j) if "." in r.word(i) and r.term(i, "num") is not None else None
    return i + 1 if poured and poured[2] in ("mL", "can") else 0


def _is_dose(r: Reader, i: int) -> bool:
    """Whether so much of something stands at `i`, and no time."""
    found = r.numbers(i)
    if rungs(r, i) or is_day_by_day(r, i):
        return True
    if found is None:
        return False
    j = found[2]
    if r.term(j, "period") or r.term(j, "times") or r.term(j, "hourly"):
        return False
    return (
        measure(r, i) is not None
        or unit_at(r, j) is not None
        or any(r.term(j, kind) for kind in ("route", "freq", "interval", "event", "every", "prn"))
    )
