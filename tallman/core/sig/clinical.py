"""What hospitals and clinics write around an order: how long it holds ("while intubated"), by what it is adjusted, who took
it down by telephone, and routes in two capitals."""

from __future__ import annotations

from tallman.core.quantity import Amount
from tallman.core.sig.amounts import is_measured, measure, rate
from tallman.core.sig.lexicon import SAID, listed_words
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Reader
from tallman.core.sig.spelling import is_slip

__all__ = [
    "adjusted",
    "before_and_after",
    "in_sites",
    "lasting_state",
    "part_of_dose",
    "prepared",
    "resumed",
    "short_route",
    "steered",
    "switched",
    "taken_down",
]

_TAKEN = frozenset(
    "to vo tor vor torb vorb rbv rbvo rbav rb rbo per dr md do np pa rn rph pharmd read back verified order verbal telephone phone".split()
)
"""Of a telephone or verbal order that was read back: "T.O. Dr. Smith/RBV"."""
_LEADS_ORDER = frozenset(
    {
        "phone",
        "phone order",
        "to",
        "vo",
        "tor",
        "vor",
        "torb",
        "vorb",
        "rbv",
        "rbvo",
        "telephone",
        "verbal order",
        "telephone order",
    }
)
_LONGEST_HEAD = 14
_TOLD = frozenset(
    "num unit freq interval every event weekday prn max max_day once stat for for_up_to verb may_repeat increase decrease directed until start "
    "over not except clock".split()
)
"""Kinds of phrases that tell a dose or when it is given."""
_LESSENED = frozenset({"taper", "tapered", "wean", "weaned"})
_ADJUSTED = frozenset({"adjust", "adjusted", "renally", "renal", "redose"}) | _LESSENED
_SWITCHED = frozenset({"convert", "transition", "change", "switch", "converted"})
_ONCE_SO = frozenset({"when", "once", "as", "if", "whenever"})
_CAPITALS = {"ID": "intradermal", "IN": "nasal", "IO": "intraosseous"}
_BEHIND_ROUTE = ("freq", "interval", "every", "once", "prn", "stat", "for", "may_repeat", "over")
_HALVES = frozenset({"a", "p", "am", "pm"})
_STEERS = ("doubl", "titrat", "adjust", "increas", "decreas", "wean", "advanc", "chang")
_PREPARED = frozenset({"hydrate", "prehydrate", "premedicate", "premed", "pretreat", "prehydration", "hydration"})
_INTO = frozenset({"in", "into", "via", "using", "at", "over", "with", "to", "use"})
_USES = frozenset(
    "dose doses use uses med meds medication medications infusion infusions administration antibiotic antibiotics access accessing draw draws".split()
)
_OTHER_DOSE = frozenset({"of", "of the", "the", "po", "oral", "home", "usual", "iv", "dose", "the dose"})
_LEVELS = frozenset({"peak", "trough", "level", "random"})
_TESTS = frozenset({"repeat", "recheck", "draw", "obtain", "get", "send"})
_MEASURED = frozenset(
    "k potassium bmp cmp cbc inr bg glucose fsbg sugar lactate mg magnesium phos hgb h/h level levels trough ekg ecg qtc abg vbg troponin "
    "creatinine scr ck lfts bp vitals labs ptt aptt anti xa calcium sodium na osm peak random".split()
)
_PEOPLE = frozenset("adults adult children child adolescents pediatric patients".split())
_AGED = frozenset(
    "and or & years year yrs yr of age aged older over up above to - the for dose dosage through under less than".split()
)
_SIGNS = frozenset({"-", "/", "<", ">", "≤", "≥", "=", "&", "and", "or", "to", "than", "less than", "greater than"})


def taken_down(r: Reader) -> bool:
    """ "T.O. Dr. Smith/RBV:", at the very beginning: by whom the order was given and that it was read back."""
    if r.word(0) not in _LEADS_ORDER:
        return False
    end = next((k for k in range(1, min(r.n, _LONGEST_HEAD)) if r.word(k) == ":"), 0)
    if not end or not all(_is_of_head(r, k) for k in range(1, end)):
        return False
    r.note(r.items[0].start, r.items[end].end)
    r.at = end + 1
    return True


def _is_of_head(r: Reader, k: int) -> bool:
    word, terms = r.word(k), r.items[k].terms
    named = word.isalpha() and (not terms or len(word) == 1)
    return (
        named
        or set(word.split()) <= _TAKEN | {".", "/"}
        or word in ("/", ",", ".", "-", "(", ")")
        or "date" in terms
        or "clock" in terms
    )


def lasting_state(r: Reader) -> bool:
    """ "While intubated", "during cardiac arrest": as long as that lasts, in the words of the text."""
    if not (r.word(r.at) in ("while", "whilst") or r.term(r.at, "during")) or not _is_ordered(r):
        return False
    return not r.term(r.at + 1, "trigger") and _advise_plain(r, r.at + 1)


def adjusted(r: Reader) -> bool:
    """ "Adjust for CrCl < 30", "adjust dose per renal function": whereby a dose is adjusted that has been told."""
    if r.word(r.at) not in _ADJUSTED or not _is_ordered(r):
        return False
    j = r.at + 1
    while r.word(j) in ("dose", "dosing", "dosage", "adjust", "adjusted", "to", "as"):
        j += 1
    led = r.word(j) in ("for", "per", "by", "based on", "according to")
    if r.word(r.at) in _LESSENED and not (led and r.word(j) != "for"):
        return False
    if j > r.at + 1 and (j >= r.n or r.word(j) in (".", ";", ",", ")")):
        return r.advise(r.words(r.at, j), j)  # "renal adjust"
    return (led or j > r.at + 1) and _advise_plain(r, j + led)


@needs("site", "sites")
def in_sites(r: Reader) -> bool:
    """ "In 4 sites", "using up to 4 infusion sites": over how many places one dose is divided."""
    behind = r.word(r.at - 1) in (",", "(") and r.term(r.at, "num") is not None  # "10 g weekly, 4 sites"
    if not r.draft.dose or not (behind or r.word(r.at) in _INTO):
        return False
    found = r.numbers(r.at + (not behind) + (r.word(r.at + 1) == "up to"))
    if not found:
        return False
    j = found[2]
    while r.word(j) in ("injection", "infusion", "different", "separate", "or more"):
        j += 1
    return r.word(j) in ("sites", "site") and r.advise(r.words(r.at, j + 1), j + 1)


def before_and_after(r: Reader) -> bool:
    """ "Before and after each dose", "pre and post infusion"."""
    i = r.at
    both = r.term(i, "before") and r.word(i + 1) in ("and", "&", "/") and r.term(i + 2, "after")
    if not both and not (
        r.term(i, "after") and r.word(i + 1).startswith(("each ", "every ")) and not r.term(i + 1, "trigger")
    ):
        return False
    j = i + 3 if both else i + 1
    while r.word(j) in ("each", "every", "all", "any", "iv", "the"):
        j += 1
    words = r.word(j).split()
    used = r.term(j, "trigger") is not None or (bool(words) and words[-1] in _USES)
    if not used or not r.draft.dose:
        return False
    j += 1
    j += r.word(j) in _USES
    return r.put("trigger", r.words(i, j), j)


def switched(r: Reader) -> bool:
    """ "Convert to PO when tolerating diet": what follows some day, in the words of the text; a dose in it is for a person."""
    words = r.word(r.at).split()
    if not words or words[0] not in _SWITCHED or not _is_ordered(r):
        return False
    j = r.at + 1
    while r.word(j) in ("to", "over to", "over", "to the", "the"):
        j += 1
    if not (r.term(j, "route") or r.word(j) in ("po", "oral", "iv", "enteral")):
        return False
    j += 1
    j += bool(r.term(j, "unit")) or r.word(j) in ("form", "therapy", "meds")
    ends = j >= r.n or r.word(j) in (".", ";", ")")
    if ends:
        return r.advise(r.words(r.at, j), j)
    return r.word(j) in _ONCE_SO and _advise_plain(r, j + 1)


@needs("dose", "the dose", "doses", "of home dose")
def part_of_dose(r: Reader) -> bool:
    """ "Give half dose if NPO", "give 50% of dose when not eating": how much of a dose that has been told, in some case."""
    if not (r.draft.dose and r.draft.has_timing()):
        return False
    if r.word(r.at) == "(":
        return _compared_dose(r)
    i = r.at + (r.term(r.at, "verb") is not None)
    j = i + 1 if r.word(i) in ("half", "1/2", "a half") else i + 2 if r.word(i + 1) in ("%", "percent") else i
    if j == i or not (r.word(i) in ("half", "1/2", "a half") or r.term(i, "num") is not None):
        return False
    while r.word(j) in ("of", "of the", "the", "usual", "scheduled"):
        j += 1
    if r.word(j) not in ("dose", "the dose", "doses"):
        return False
    j += 1
    held = str(r.term(j, "instr")).startswith("while ")
    if held:
        return r.advise(r.words(r.at, j + 1), j + 1)
    return bool(r.term(j, "if")) and _advise_plain(r, j + 1)


def _compared_dose(r: Reader) -> bool:
    """ "(50% of PO dose)" behind a dose: what part of another dose it is."""
    j = r.at + 3
    if r.term(r.at + 1, "num") is None or r.word(r.at + 2) not in ("%", "percent"):
        return False
    while r.word(j) in _OTHER_DOSE or r.term(j, "route"):
        j += 1
    if r.word(j) != ")" or r.word(j - 1) not in ("dose", "the dose", "of home dose", "doses"):
        return False
    r.note(r.items[r.at + 1].start, r.items[j - 1].end)
    r.at = j + 1
    return True


def volume_in_all(r: Reader) -> bool:
    """ "At 150 mL/h x 2 L": how much runs in, in all."""
    found = measure(r, r.at + 1) if r.draft.rate and r.word(r.at) in ("x", "for", "for a total of") else None
    if not found or found[2] not in ("mL", "L") or found[0] != found[1] or r.word(found[3]) in ("/", "per"):
        return False
    return r.put("until", f"{r.words(r.at + 1, found[3])} given", found[3])


@needs(*_MEASURED)
def tested(r: Reader) -> bool:
    """ "Repeat K in 4 h", "recheck BG in 15 min": what is measured again, which is no dose."""
    words = r.word(r.at).split()
    levels = r.word(r.at) in _LEVELS and r.word(r.at - 1) in (",", ";", "(", ".")  # "peak 30 min after infusion"
    if not words or not (levels or (words[0] in _TESTS and len(words) < 3)) or not _is_ordered(r):
        return False
    j = r.at + (not levels)
    while r.word(j) in _MEASURED or r.word(j) in ("and", "/", "&", "serum", "stat", "random"):
        j += 1
    if j <= r.at + (not levels) or r.word(j - 1) not in _MEASURED:
        return False
    while j < r.n and r.word(j) not in (".", ";", ",", ")", "(", "\n"):
        if (
            r.term(j, "verb")
            or (r.term(j, "unit") not in (None, "dose") and not r.term(j, "period"))
            or r.term(j, "link") == "then"
        ):
            return False
        j += 1
    r.note(r.items[r.at].start, r.items[j - 1].end)
    r.at = j
    return True


def resumed(r: Reader) -> bool:
    """ "Hold 48 h prior to procedure, resume 24 h after": when what was held is taken again."""
    held = any(said.startswith("hold") for said in r.draft.instructions)
    if r.word(r.at) not in ("resume", "restart") or not held or not r.draft.has_timing():
        return False
    j = r.at + 1
    while j < r.n and r.word(j) not in (".", ";", ",", ")"):
        if r.term(j, "unit") and not r.term(j, "period"):
            return False
        j += 1
    return j > r.at + 1 and r.advise(r.words(r.at, j), j)


def for_whom(r: Reader) -> bool:
    """ "Adults and children 12 years of age and older:" at the very beginning, as labels say for whom the dose is."""
    if _PEOPLE.isdisjoint(r.word(0).split()):
        return False
    end = next((k for k in range(1, min(r.n, _LONGEST_HEAD)) if r.word(k) in (":", ",")), 0)
    if not end or not all(
        set(r.word(k).split()) <= _PEOPLE | _AGED or r.term(k, "num") is not None for k in range(end)
    ):
        return False
    r.note(r.items[0].start, r.items[end].end)
    r.at = end + 1
    return True


@needs(SAID)
def infused_in(r: Reader) -> bool:
    """ "1 g IV en 1 hora": in Spanish, over how long it runs."""
    found = r.numbers(r.at + 1) if r.term(r.at, SAID) and r.draft.route == "intravenous" else None
    written = r.text[r.items[r.at].start : r.items[r.at].end].lower()
    if written == "a" and r.term(r.at, SAID) and rate(r, r.at + 1):
        r.at += 1
        return True  # "IV a 80 ml/hora"
    unit = r.term(found[2], "period") if found else None
    if not found or written not in ("en", "para") or unit not in ("min", "h") or found[0] != found[1] or not found[0]:
        return False
    return r.put("over", Amount(found[0], unit), found[2] + 1)


def steered(r: Reader) -> bool:
    """ "Titrate q5min by 0.25 mcg/kg/min", "adjust q2h to aPTT 60-80": how a rate of flow is changed, up to the end of the clause,
    in the words of the text. What it begins with stays."""
    if not r.draft.rate or r.draft.dose:
        return False
    words = r.word(r.at).split()
    if not any(word.startswith(_STEERS) for word in words):
        return False
    if r.term(r.at, "link") == "then" and not _is_steered_so(r):
        return False
    if rate(r, r.at + 1) and not (words[-1].startswith(_STEERS) or r.term(r.at, "link")):
        return False
    end, told = r.at + 1, False
    while end < r.n and r.word(end) not in (".", ";", ",", ")", "(", "\n"):
        if r.term(end, "verb") or r.term(end, "route") or r.term(end, "link") in ("then", "or") or r.term(end, "prn"):
            return False
        told = told or r.term(end, "num") is not None
        end += 1
    return told and r.advise(r.words(r.at, end), end)


def _is_steered_so(r: Reader) -> bool:
    """Whether "may increase to 10 mg/hr" hangs on something: "if urine output < 100"."""
    flow = rate(r, r.at + 1)
    return flow is not None and (r.term(flow[1], "if") is not None or r.word(flow[1]) in ("for", "to"))


def from_hour_to_hour(r: Reader) -> bool:
    """ "(8p-8a)", "from 8 pm to 8 am" of what runs for hours: from when to when, and no two doses."""
    if not (r.draft.over or r.draft.rate):
        return False
    j = r.at + (r.word(r.at) == "from")
    first = _past_hour(r, j)
    if not first or not (r.word(first) in ("-", "–", "until") or r.term(first, "link") == "to"):
        return False
    last = _past_hour(r, first + 1)
    return bool(last) and r.advise(r.words(r.at, last), last)


def _past_hour(r: Reader, j: int) -> int:
    """Past "8p", "8 pm", "2000", "20:00", "noon"; 0 where no hour of the day stands."""
    if r.term(j, "clock"):
        return j + 1 + (r.word(j + 1) in _HALVES)
    if r.term(j, "num") is not None and r.word(j + 1) in _HALVES:
        return j + 2
    word = r.word(j)
    return j + 1 if (len(word) == 4 and word.isdigit()) or r.term(j, "event") == "NOON" else 0


def prepared(r: Reader) -> bool:
    """ "Hydrate with NS 100 mL/h", "premedicate with acetaminophen 650 mg", behind an order: what goes with it, up to the end of
    the clause, in the words of the text."""
    if r.word(r.at) not in _PREPARED or not _is_ordered(r):
        return False
    end = r.at + 1
    while end < r.n and r.word(end) not in (".", ";", ")", "\n") and r.term(end, "link") != "then":
        end += 1
    return end > r.at + 2 and r.advise(r.words(r.at, end), end)


def _advise_plain(r: Reader, i: int) -> bool:
    """Keep the words up to the end of the clause, which must tell neither dose nor time."""
    end = i
    while end < r.n and r.word(end) not in (".", ";", ",", ")", "(", "\n"):
        if not _is_plain(r, end):
            return False
        end += 1
    return end > i and r.advise(r.words(r.at, end), end)


def _is_plain(r: Reader, i: int) -> bool:
    word, terms = r.word(i), r.items[i].terms
    if word in _SIGNS:
        return True
    if "num" in terms:
        return r.word(i - 1) in _SIGNS and not is_measured(r.term(i + 1, "unit"))
    if not _TOLD.isdisjoint(terms) or terms.get("link") == "then":
        return False
    if not listed_words("altering").isdisjoint(word.split()):
        return False
    return bool(terms) or (word.isalpha() and not is_slip(word)) or word in ("'", "%")


def _is_ordered(r: Reader) -> bool:
    draft = r.draft
    return bool(draft.dose or draft.rate or draft.scale) and (draft.has_schedule() or draft.route is not None)


def short_route(r: Reader) -> bool:
    """ "0.1 mL ID", "10 mg IN x1", "1 mg IO": in two capitals behind the amount, where nothing else can be meant."""
    item, draft = r.items[r.at], r.draft
    route = _CAPITALS.get(r.text[item.start : item.end]) if item.end - item.start == 2 else None
    if route is None or draft.route or not draft.dose or draft.has_timing() or not is_measured(draft.dose.unit):
        return False
    if route == "intradermal" and draft.dose.unit not in ("mL", "unit"):
        return False  # "10 mg ID" may be a slip for a time of the day.
    behind = r.at + 1
    ends = behind >= r.n or r.word(behind) in (",", ".", ";", "(", "x") or any(r.term(behind, k) for k in _BEHIND_ROUTE)
    return bool(ends) and measure(r, behind) is None and r.put("route", route, behind)
