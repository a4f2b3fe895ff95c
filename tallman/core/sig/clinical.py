"""What hospitals and clinics write around an order: how long it holds ("while intubated"), by what it is adjusted, who took
it down by telephone, and routes in two capitals."""

from __future__ import annotations

from tallman.core.sig.amounts import is_measured, measure
from tallman.core.sig.lexicon import listed_words
from tallman.core.sig.reader import Reader
from tallman.core.sig.spelling import is_slip

__all__ = [
    "adjusted",
    "before_and_after",
    "in_sites",
    "lasting_state",
    "part_of_dose",
    "short_route",
    "switched",
    "taken_down",
]

_TAKEN = frozenset(
    "to vo tor vor torb vorb rbv rbvo rbav rb rbo per dr md do np pa rn rph pharmd read back verified order verbal telephone phone".split()
)
"""Of a telephone or verbal order that was read back: "T.O. Dr. Smith/RBV"."""
_LEADS_ORDER = frozenset(
    {"to", "vo", "tor", "vor", "torb", "vorb", "rbv", "rbvo", "telephone", "verbal order", "telephone order"}
)
_LONGEST_HEAD = 14
_TOLD = frozenset(
    "num unit freq interval every event weekday prn max max_day once stat for for_up_to verb may_repeat increase decrease directed until start "
    "over not except clock".split()
)
"""Kinds of phrases that tell a dose or when it is given."""
_ADJUSTED = frozenset({"adjust", "adjusted", "renally", "redose"})
_SWITCHED = frozenset({"convert", "transition", "change", "switch", "converted"})
_ONCE_SO = frozenset({"when", "once", "as", "if", "whenever"})
_CAPITALS = {"ID": "intradermal", "IN": "nasal", "IO": "intraosseous"}
_BEHIND_ROUTE = ("freq", "interval", "every", "once", "prn", "stat", "for", "may_repeat", "over")
_USES = frozenset(
    "dose doses use uses med meds medication medications infusion infusions administration antibiotic antibiotics access accessing draw draws".split()
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
    return named or word in _TAKEN or word in ("/", ",", ".", "-", "(", ")") or "date" in terms or "clock" in terms


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
    return (led or j > r.at + 1) and _advise_plain(r, j + led)


def in_sites(r: Reader) -> bool:
    """ "In 4 sites", "using up to 4 infusion sites": over how many places one dose is divided."""
    i = r.at + 1
    i += r.word(i) == "up to"
    found = r.numbers(i)
    if not found or not r.draft.dose:
        return False
    j = found[2]
    while r.word(j) in ("injection", "infusion", "different", "separate", "or more"):
        j += 1
    return r.word(j) in ("sites", "site") and r.advise(r.words(r.at, j + 1), j + 1)


def before_and_after(r: Reader) -> bool:
    """ "Before and after each dose", "pre and post infusion"."""
    i = r.at
    if not r.term(i, "before") or r.word(i + 1) not in ("and", "&", "/") or not r.term(i + 2, "after"):
        return False
    j = i + 3
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
    while r.word(j) in ("to", "over to", "over"):
        j += 1
    if not (r.term(j, "route") or r.word(j) in ("po", "oral", "iv", "enteral")):
        return False
    j += 1
    j += bool(r.term(j, "unit")) or r.word(j) in ("form", "therapy", "meds")
    ends = j >= r.n or r.word(j) in (".", ";", ")")
    if ends:
        return r.advise(r.words(r.at, j), j)
    return r.word(j) in _ONCE_SO and _advise_plain(r, j + 1)


def part_of_dose(r: Reader) -> bool:
    """ "Give half dose if NPO", "give 50% of dose when not eating": how much of a dose that has been told, in some case."""
    if not (r.draft.dose and r.draft.has_timing()):
        return False
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
    item = r.items[r.at]
    route = _CAPITALS.get(r.text[item.start : item.end])
    draft = r.draft
    if route is None or draft.route or not draft.dose or draft.has_timing() or not is_measured(draft.dose.unit):
        return False
    if route == "intradermal" and draft.dose.unit not in ("mL", "unit"):
        return False  # "10 mg ID" may be a slip for a time of the day.
    behind = r.at + 1
    ends = behind >= r.n or r.word(behind) in (",", ".", ";", "(", "x") or any(r.term(behind, k) for k in _BEHIND_ROUTE)
    return bool(ends) and measure(r, behind) is None and r.put("route", route, behind)
