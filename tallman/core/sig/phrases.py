"""The plain words of a reason: words of no vocabulary, parts of the body, the numbers that go with them."""

from __future__ import annotations

import re

from tallman.core.sig.lexicon import SAID, Item, listed_words
from tallman.core.sig.reader import Reader
from tallman.core.sig.spelling import is_slip
from tallman.core.sig.tokens import lower

__all__ = ["is_graded", "is_open", "past_no_movement", "past_weight", "phrase_end", "plain_words"]

_INSIDE = frozenset(
    "of in with to from at on the a an per during after or your and related associated s due without is are against".split()
)
_SCALES = frozenset(
    "scale score level pain fever t temp temperature over above below than > < bp sbp dbp glucose sugar type stage grade greater "
    "ciwa cows rass cpot rating systolic diastolic rate hr bs bg fbg fbs fsbg fsbs cbg".split()
)
_COMPARED = frozenset(
    {">", "<", "≥", "≤", "=", "than", "over", "above", "below", "greater", "less", "or", "less than", "greater than"}
)
_RANGED = frozenset({"less than", "greater than", "greater"}) | frozenset(
    "> < ≥ ≤ over above below than scale score level type stage grade rating".split()
)
_LEVELS = frozenset({"mg", "k", "na", "phos", "ca", "ica", "hgb", "inr"})
"""What is low where so much of it is why something is given."""
_BODY = frozenset("skin mouth oral nasal vaginal rectal dental muscle irrigation topical eye ear".split())
_LATIN = frozenset({"ou", "od", "os", "au"})
_ARTICLES = frozenset({"the", "your", "a", "an", "any", "-", ":", "="})
_PLACES = ("part", "side", "trigger", "place", "other")
_NEVER = ("freq", "event", "verb", "unit", "period", "num")
_MOVEMENTS = frozenset({"bm", "bowel movement", "bms", "bowel movements", "stool"})
_RELIEVED = frozenset({"unrelieved", "relieved", "controlled", "uncontrolled"})
_WEIGHTS = frozenset({"lb", "lbs", "pound", "pounds", "#", "kg", "kgs", "kilograms"})
_TRACED = frozenset({"ecg", "ekg"})
_DEGREES = frozenset({"f", "c", "degrees", "degree", "°", "°c", "°f", "%", "fahrenheit", "celsius"})
_EASED = frozenset({"relieved", "controlled", "responding", "responsive", "helped", "resolved"})
_UNEASED = frozenset({"unrelieved", "uncontrolled", "unresponsive", "refractory"})
_STEERED = ("rass", "map", "goal", "target", "ciwa", "cpot")
"""What begins another clause: "agitation, RASS goal 0"."""
_GRADED = re.compile(r"\b(?:mild|moderate|severe)\b|\b(?:ciwa|cows|rass|cpot)\b.*\d|\bpain\b.*\b\d+ ?(?:-|to) ?\d+\b")
_OTHER_WAYS = ("oral", "po", "iv", "other", "scheduled", "first line", "non opioid")
_LIMIT = 14
"""Words a reason may have."""


def is_graded(reason: str | None) -> bool:
    """Whether a reason tells how bad it is: "severe pain", "pain 4-6"."""
    return reason is not None and _GRADED.search(reason) is not None


def is_open(r: Reader, i: int) -> bool:
    """Whether the phrase at `i` is a plain word that may be part of a reason."""
    if i >= r.n:
        return False
    item = r.items[i]
    text, terms = item.text, item.terms
    if (
        text in _LATIN
        or not text[0].isalpha()
        or (text in listed_words("stop") and "reason" not in terms and "reason_name" not in terms)
    ):
        return False
    if not terms:
        return not is_slip(text)
    if "reason" in terms or "reason_name" in terms:
        return True
    if any(kind in terms for kind in _PLACES):
        return not any(kind in terms for kind in _NEVER)
    return text in _BODY


def phrase_end(r: Reader, i: int) -> int:
    """The end of the run of plain words from `i`, `i` itself when there is none."""
    j = i
    while r.word(j) in _ARTICLES:
        j += 1
    if r.word(j) in ("hr", "mg", "k", "na") and r.word(j + 1) in _COMPARED:
        return max(_past_beside(r, _scale(r, j + 1, "hr")), i)  # "HR > 60", "Mg < 1.8"
    if (
        r.word(j) in _LEVELS
        and "." in r.word(j + 1)
        and r.term(j + 1, "num") is not None
        and r.word(j + 2) in ("", ".", ",", ";", ")")
    ):
        return j + 2  # "for Mg 1.4"
    if r.word(j) == "t" and r.word(j + 1) in (">", "≥"):
        return max(_scale(r, j + 1, "temp"), i)  # "T > 101 F"
    if not is_open(r, j):
        return i
    j += 1
    while j < r.n and j - i < _LIMIT:
        if is_open(r, j):
            j += 1
            continue
        further = past_weight(r, j)
        if further == j:
            further = _scale(r, j, r.word(j - 1).rpartition(" ")[2])
        if further == j:
            further = _joined(r, j)
        if further == j:
            break
        j = further
    return j


def _past_beside(r: Reader, j: int) -> int:
    """Past "with ECG changes" behind what has been measured, at the end of a clause; `j` where something else stands."""
    k = j + 1
    while is_open(r, k) or r.word(k) in _TRACED:
        k += 1
    ends = k >= r.n or r.word(k) in (".", ",", ";", ")")
    return k if r.word(j) in ("with", "w", "w /", "and") and k > j + 1 and ends else j


def past_no_movement(r: Reader, i: int) -> int:
    """Past "no BM in 2 days", "no bowel movement for 3 days"; 0 where something else stands."""
    if r.word(i) != "no" or r.word(i + 1) not in _MOVEMENTS:
        return 0
    if i + 2 >= r.n or r.word(i + 2) in (".", ",", ";", ")"):
        return i + 2
    found = r.numbers(i + 3) if r.word(i + 2) in ("in", "for", "x", "after", "within", "during") else None
    return found[2] + 1 if found and r.term(found[2], "period") in ("d", "h") else 0


def _joined(r: Reader, j: int) -> int:
    """Past a joining word, or words in brackets, that plain words follow; `j` when they do not."""
    text = r.word(j)
    by = j + 2 if text == "not" and r.word(j + 1) in _EASED else j if r.word(j - 1) in _UNEASED else 0
    if by and r.word(by) in ("by", "with", "to") and is_open(r, by + 1):
        return by + 2  # "severe pain not relieved by ibuprofen"
    if text == "(":
        k = j + 1
        while is_open(r, k) or (k > j + 1 and r.word(k) in ("/", "and", "or", ",")):
            k += 1
        k = _scale(r, k, r.word(k - 1)) if k > j + 1 else k
        return k + 1 if k > j + 1 and r.word(k) == ")" else j
    if text in (">", "lasting", "longer than", "over") and r.word(j - 1) in ("seizure", "seizures"):
        k = j + 1 + (r.word(j + 1) in (">", "than"))
        lasted = r.numbers(k)
        return lasted[2] + 1 if lasted and r.term(lasted[2], "period") == "min" else j
    relieved = j + 1 if text in _RELIEVED else j + 2 if text == "not" and r.word(j + 1) in _RELIEVED else j
    relieved = j if text == "by" and r.word(j - 1) in _RELIEVED else relieved
    if relieved > j and r.word(relieved).startswith("by ") and r.term(relieved, "pump") == "pump":
        return relieved + 1  # "by PCA"
    if (
        relieved > j
        and r.word(relieved).startswith("by ")
        and r.term(relieved, "route")
        and r.word(relieved + 1).isalpha()
    ):
        return relieved + 2  # "pain not relieved by oral agents"
    named = relieved + 1 if r.word(relieved) == "by" else j
    named += named > j and r.word(named) in _OTHER_WAYS and r.word(named + 1).isalpha()
    if named > j and r.word(named).isalpha() and (not r.knows(named) or r.term(named, "pump") == "pump"):
        return named + 1  # "nausea unrelieved by Zofran", "pain not relieved by PCA"
    inside = text.split()[0] in _INSIDE and not any(kind in r.items[j].terms for kind in _NEVER)
    if not (inside or text in ("/", ",", "and", "&", "or", "-", "'", "and / or", "for")):
        return j
    k = j + 1
    if text == "," and (r.word(k) in ("for", *_STEERED) or r.word(k) in listed_words("cue")):
        return j  # "agitation, EKG daily"
    while r.word(k) in ("the", "of", "a", "or", "and", "your", "/", "to", "other", "for"):
        k += 1
    if text == "on" and "day" in r.word(k) and r.term(k, "trigger"):
        return j  # "for ADHD on school days"
    return k + 1 if is_open(r, k) and not (text in (",", "and", "&") and r.term(k, "verb")) else j


def plain_words(r: Reader, i: int, j: int) -> str:
    """The words from `i` up to `j`, without an article before them; short forms and slips of the pen in full."""
    while r.word(i) in _ARTICLES:
        i += 1
    said, last = "", r.items[i].start
    for item in r.items[i:j]:
        if item.text == "t" and not said:
            said, last = "temp", item.end
            continue
        said += r.text[last : item.start].lower() + _in_full(item, r.text[item.start : item.end])
        last = item.end
    return " ".join(said.split())


def _in_full(item: Item, written: str) -> str:
    """ "Shortness of breath" for "SOB"; a mended word as it was mended."""
    if name := item.terms.get("reason_name"):
        return str(name)
    if item.terms.get("unit") in ("mL", "L"):
        return str(item.terms["unit"])
    words, said = lower(written).split(), item.text.split()
    mended = SAID not in item.terms and words != said and len(words) == len(said) and "".join(words + said).isalpha()
    return item.text if mended else written.lower()


def _scale(r: Reader, j: int, last: str) -> int:
    """Past "4-6", "> 100.4", "101 F" when a number belongs to the reason."""
    k = j
    bracket = r.word(k) == "("
    k += bracket
    if last == "rass" and (graded := _past_sedation(r, k)):
        return graded
    while r.word(k) in _COMPARED:
        last, k = r.word(k) if r.word(k) != "=" else last, k + 1
    if last not in _SCALES and not (bracket or (k > j and r.word(k - 1) in (">", "<", "≥", "≤", "="))):
        return j
    if r.term(k, "date") and r.word(k).endswith("/10"):
        return k + 1 + (bracket and r.word(k + 1) == ")")  # "pain 4-6/10"
    found = r.numbers(k)
    if found is None:
        return j
    low, high, k = found
    ranged = low != high or last in _RANGED
    if r.word(k) == "/" and r.term(k + 1, "num") is not None:
        k, ranged = k + 2, True
    while r.word(k) in _DEGREES:
        k += 1
    if r.word(k) == "mg" and r.word(k + 1) == "/" and r.word(k + 2) == "dl":
        k, ranged = k + 3, True  # "glucose less than 70 mg/dL"
    if bracket:
        return k + 1 if r.word(k) == ")" else j
    ends = any(r.term(k, kind) is not None for kind in ("unit", "spoon", "period", "hourly", "num"))
    ends = ends or (bool(r.term(k, "times")) and not (r.term(k, "for") and r.term(k + 1, "num") is not None))
    return k if ranged and not ends else j


def _past_sedation(r: Reader, k: int) -> int:
    """Past "> +1", "0 to -2", "-1" on the scale of sedation that goes below nothing; 0 where no sign stands."""
    signed = False
    while k < r.n:
        if r.word(k) in _COMPARED or r.word(k) in ("to", "of"):
            k += 1
            continue
        sign = r.word(k) in ("+", "-")
        if r.term(k + sign, "num") is None or (not sign and signed and r.word(k - 1) not in ("to", *_COMPARED)):
            break
        signed, k = signed or sign, k + 1 + sign
    return k if signed else 0


def past_weight(r: Reader, j: int) -> int:
    """Past "3 lbs in 1 day", "> 5 pounds in a week"; `j` when it is something else."""
    k = j
    while r.word(k) in _COMPARED or r.word(k) in ("of", "more", "greater", "more than", "greater than", "up", "by"):
        k += 1
    found = r.numbers(k)
    if found is None or r.word(found[2]) not in _WEIGHTS:
        return j
    k = found[2] + 1
    k += 2 * (r.word(k) == "or" and r.word(k + 1) in ("more", "greater"))
    if r.word(k) == "overnight":
        return k + 1
    if r.word(k) in ("in", "in a", "per", "within", "over", "a", "in one", "/", "within a"):
        count = r.numbers(k + 1)
        end = count[2] if count else k + 1
        if r.term(end, "period"):
            return end + 1
        if (r.term(k, "freq") or (0,))[0] == 1:
            return k + 1
    return k + (r.word(k) in ("a day", "per day", "in a day", "a week", "per week", "/ wk", "/ week", "/ day"))
