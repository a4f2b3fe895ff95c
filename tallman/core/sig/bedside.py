"""What nurses do around a dose: wounds cleansed, covered and packed, what rinses a tube or locks a line, a run that is tapered up and down,
when a patch or a drip comes off."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.amounts import concentration, is_measured, measure, unit_at
from tallman.core.sig.model import Dose
from tallman.core.sig.reader import Reader
from tallman.core.sig.repeats import waiting
from tallman.core.sig.spelling import is_slip

__all__ = [
    "applied",
    "line_flushed",
    "locked_with",
    "next_dose",
    "taken_off",
    "tapered_run",
    "water_flushed",
    "wound_cared",
]

_CARE = frozenset(
    "cleanse clean irrigate rinse wash pack repack cover secure wrap paint fill dress redress apply place change pat dry moisten loosely lightly".split()
)
_OF_WOUNDS = frozenset(
    "wound wounds ulcer ulcers dressing dressings gauze foam stoma ostomy incision incisions pressure tear stump site sites trach abscess bed "
    "kerlix alginate hydrocolloid wet-to-dry mepilex telfa".split()
)
_COVERS = frozenset(
    "gauze dressing dressings foam pad pads abd kerlix tape mepilex telfa tegaderm alginate hydrocolloid bandage wrap packing strip drain "
    "ribbon sponge bordered island sock stocking stockinette coban ace film telfa collar".split()
)
_OF_A_TIME = (
    "freq",
    "interval",
    "every",
    "prn",
    "event",
    "weekday",
    "for",
    "until",
    "clock",
    "once",
    "start",
    "max",
    "route",
    "if",
    "hold",
)
_ONE = Decimal(1)
_CLAUSE_ENDS = frozenset({".", ";", ",", "(", ")", "\n"})
_SIZES = ("inch", "cm", "%", "mm")
_FLUSHES = ("ns", "saline", "normal saline", "sodium chloride", "heparin", "0.9")
_LOCKS = frozenset({"heparin", "hep"})
_CLEANSED = frozenset({"cleanse", "wash", "clean"})
_FORMS = frozenset("cream ointment gel paste lotion powder foam balm barrier".split())
_WATER = frozenset({"free", "water", "flush", "flushes", "free water", "water flush", "water flushes"})
_FLUSHED_WITH = frozenset({"with", "w /", "w/", "w", "using", "wash", "tube", "the tube"})
_IN_FLUSH = frozenset({"of", "water", "of water", "free", "sterile", "tap", "warm"})
_LONGEST_NAME, _SHORTEST_NAME = 5, 4


def wound_cared(r: Reader) -> bool:
    """ "Cleanse wound with NS", "cover with dry gauze", "pack with iodoform gauze", "change daily": what is done to a wound, in the words
    of the text; the name behind "apply" is that of the medicine."""
    word = r.word(r.at).partition(" ")[0]
    if word not in _CARE or not _is_of_wounds(r):
        return False
    first = r.at == 0 or r.word(r.at - 1) in (*_CLAUSE_ENDS, "and", "&", "then", ":")
    if not first or r.draft.dose:
        return False
    if word == "change" and (r.word(r.at + 1) in ("dressing", "dressings", "packing") or _says_when(r, r.at + 1)):
        r.at += 1 + (r.word(r.at + 1) in ("dressing", "dressings", "packing"))
        return True
    end = r.at + 1
    while end < r.n and r.word(end) not in _CLAUSE_ENDS and not _says_when(r, end):
        joins = r.word(end) in ("and", "&", "then", "and then") and r.word(end + 1).partition(" ")[0] in _CARE
        if joins or r.term(end, "link") == "or":
            break
        found = measure(r, end)
        if found and found[2] not in _SIZES:
            return False
        end = found[3] if found else end + 1
    laid = [k for k in range(r.at, end) if not str(r.term(k, "instr")).startswith("a th")]  # "a thin film"
    covers = any(not _COVERS.isdisjoint(r.word(k).split()) for k in laid)
    if word in ("apply", "place") and not covers:
        return False
    return end > r.at + 1 and r.advise(r.words(r.at, end), end)


def applied(r: Reader) -> bool:
    """ "Apply collagenase to wound bed", "apply zinc oxide cream to buttocks": the name of what is applied, of which nothing else is known,
    on a wound or before the form it has."""
    begun = end = r.at
    if not begun or r.term(begun - 1, "verb") != "apply" or " " in r.word(begun - 1) or r.draft.product or r.draft.dose:
        return False
    while end < r.n and end < begun + _LONGEST_NAME and not r.knows(end) and r.word(end).isalpha():
        end += 1
    formed = not _FORMS.isdisjoint(r.word(end).split()) or r.word(end - 1) in _FORMS
    named = end > begun and not any(is_slip(r.word(k)) or len(r.word(k)) < _SHORTEST_NAME for k in range(begun, end))
    cleansed = r.word(0).partition(" ")[0] in _CLEANSED
    if not named or not (formed or cleansed or _is_of_wounds(r)):
        return False
    return r.put("product", r.words(begun, end), end)


def _is_of_wounds(r: Reader) -> bool:
    """Whether the text speaks of a wound or of what covers one."""
    return not _OF_WOUNDS.isdisjoint(r.text.lower().replace(",", " ").split())


def _says_when(r: Reader, i: int) -> bool:
    """Whether the phrase at `i` tells how often, when or how long."""
    return any(r.term(i, kind) for kind in _OF_A_TIME)


def water_flushed(r: Reader) -> bool:
    """ "Free water flush 150 mL q4h", "flush with 100 mL water q6h", behind a feed: water of its own through the same tube."""
    i = r.at
    washed = r.draft.rate is not None and r.word(i) == "wash"
    if r.word(i) not in _WATER and not washed:
        return False
    while r.word(i) in _WATER or r.word(i) in _FLUSHED_WITH:
        i += 1
    i += r.word(i) in (":", "of", "at")
    found = measure(r, i)
    if not found or found[2] != "mL":
        return False
    end = found[3]
    while r.word(end) in _IN_FLUSH or r.term(end, "of") or r.word(end) == "de":
        end += 1
    said = {word for k in (*range(r.at, i), *range(found[3], end)) for word in r.word(k).split()}
    if "water" not in said or not (washed or {"free", "flush", "flushes"} & said):
        return False
    route = r.draft.route
    if not r.draft.is_blank():
        if r.draft.route not in (None, "enteral tube", "oral") or not (r.draft.rate or r.draft.dose):
            return False
        r.begin("and")
    r.draft.dose, r.draft.product, r.draft.route = Dose(found[0], found[1], "mL"), "water", route
    return r.took(end)


def locked_with(r: Reader) -> bool:
    """ "Then 5 mL heparin 10 units/mL": behind so many millilitres, what they hold."""
    dose = r.draft.dose
    if r.word(r.at).partition(" ")[0] not in _LOCKS or not dose or dose.unit != "mL" or r.draft.product:
        return False
    i = r.at + 1
    while r.word(i) in ("lock", "flush", "lock flush", "sodium"):
        i += 1
    end = concentration(r, i) or i
    return r.put("product", r.words(r.at, end), end)


def next_dose(r: Reader) -> bool:
    """ "May repeat 12 mg x 2" behind 6 mg, "may repeat 1 tablet in 2 hours" behind 2: another dose, where the first was
    not enough."""
    held, i = r.draft.dose, r.at + 1
    while r.word(i) in ("with", "at", "dose of", "a", "dose", "of", "using"):
        i += 1
    if not held or not r.term(r.at, "may_repeat"):
        return False
    one = unit_at(r, i) if r.word(r.at).endswith(" 1") else None
    found = (_ONE, _ONE, one[0], one[2]) if one else measure(r, i)
    if not found or found[2] != held.unit or found[:2] == (held.low, held.high):
        return False
    before = r.draft
    if before.frequency or before.interval or before.events or before.duration or before.days:
        return r.refuse(found[3])  # "1 tablet every 4 hours, may repeat 2 tablets"
    before.once = not before.prn
    following = r.begin("then")
    following.prn, following.route = True, before.route
    end = found[3] + (r.term(found[3], "route") == before.route is not None)
    waited = waiting(r, end)
    if waited and waited[0].unit in ("min", "h"):
        following.start, end = r.words(end, waited[1]), waited[1]
        following.once = r.word(end) != "x" and not r.term(end, "fold")
    elif not one:
        r.at = i
        return True
    following.dose = Dose(found[0], found[1], found[2])
    return r.took(end)


def line_flushed(r: Reader) -> bool:
    """ "Saline lock, flush with 3 mL NS q8h", "NS 10 mL flush before and after": what is flushed, or that the dose is a flush."""
    i, draft = r.at, r.draft
    if not r.word(i).startswith("flush"):
        return False
    if rinsed := _past_tube_flush(r, i):
        return r.advise(r.words(i, rinsed), rinsed)
    if draft.dose and draft.dose.unit in ("mL", "unit") and (draft.product or "").startswith(_FLUSHES):
        r.at = i + 1
        return True
    j = i + 1 + (r.word(i + 1) in ("with", "w/", "using", "w"))
    found = measure(r, j)
    if j == i + 1 or not found or found[2] != "mL" or draft.dose or not draft.is_blank():
        return False
    end = found[3] + (r.word(found[3]) == "of")
    if not r.term(end, "fluid"):
        return False
    draft.dose, draft.route, draft.product = (
        Dose(found[0], found[1], "mL"),
        draft.route or "intravenous",
        r.words(end, end + 1),
    )
    return r.took(end + 1)


def _past_tube_flush(r: Reader, i: int) -> int:
    """Past "flush with 30 mL of water" behind a dose by tube that has its times; 0 where a time of its own may follow."""
    if r.draft.route != "enteral tube" or not r.draft.dose or not r.draft.has_schedule():
        return 0
    i += 1 + (r.word(i + 1) == "tube")
    found = measure(r, i + (r.word(i) in ("with", "w /", "w", "using")))
    if not found or found[2] != "mL":
        return 0
    end = found[3]
    while r.word(end) in _IN_FLUSH:
        end += 1
    watered = "water" in r.word(end - 1)
    while watered and (r.term(end, "before") or r.term(end, "after") or r.word(end) in ("and", "&", "each dose")):
        end += 1
    return end if watered and (end >= r.n or r.word(end) in _CLAUSE_ENDS) else 0


def tapered_run(r: Reader) -> bool:
    """ "Taper up 1 hour and taper down 1 hour": how what runs for hours is begun and ended."""
    if not r.draft.over or not (r.word(r.at) + " " + r.word(r.at + 1)).startswith(
        ("taper up", "taper down", "ramp up", "ramp down")
    ):
        return False
    end = r.at + 1 + (r.word(r.at) in ("taper", "ramp"))
    while r.word(end) in ("over", "for", "the first", "the last", "first", "last", "x"):
        end += 1
    found = r.numbers(end)
    if not found or r.term(found[2], "period") not in ("h", "min"):
        return False
    return r.advise(r.words(r.at, found[2] + 1), found[2] + 1)


def taken_off(r: Reader) -> bool:
    """ "Remove 24 hours after surgery" of a patch, "stop 1 hr before end of dialysis" of a drip: when it ends, by what happens then."""
    word, draft = r.word(r.at), r.draft
    worn = word.startswith(("remove", "take off")) and "patch" in r.text.lower() and not draft.wear
    runs = draft.rate is not None and (r.term(r.at, "instr") == "stop" or word in ("stop", "off", "turn off"))
    if not (worn or runs):
        return False
    begun = r.at + 1 + (r.word(r.at + 1) in ("last", "the last", "for last", "for the last"))
    found = r.numbers(begun)
    if found and begun > r.at + 1 and r.term(found[2], "period") in ("h", "min"):
        return r.advise(r.words(r.at, found[2] + 1), found[2] + 1)  # "stop last 30 min"
    end = found[2] + 1 if found and r.term(found[2], "period") in ("h", "min", "d") else r.at + 1
    if r.word(end) in ("on", "pod", "on pod"):
        end += r.word(end) == "on"
        day = r.number(end + 1 + (r.word(end + 1) == "#")) if r.word(end).endswith("pod") else None
        return bool(day) and day is not None and r.advise(r.words(r.at, day[1]), day[1])
    if end == r.at + 1 or not (r.term(end, "before") or r.term(end, "after")):
        return False
    end += 1
    begun = end
    while end < r.n and r.word(end) not in _CLAUSE_ENDS:
        if _says_when(r, end) or is_measured(r.term(end, "unit")) or r.term(end, "link") in ("then", "or"):
            return False
        end += 1
    return end > begun and r.advise(r.words(r.at, end), end)
