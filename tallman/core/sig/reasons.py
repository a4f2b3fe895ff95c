"""Why and whether: as needed, what for, at the first sign of, before or after what, until when."""

from __future__ import annotations

from tallman.core.sig.lexicon import listed_words
from tallman.core.sig.reader import Reader

__all__ = ["as_needed", "condition", "directed", "indication", "late_reason", "onset", "phrase_end", "trigger", "until"]

_INSIDE = frozenset("of in with to from at on the a an per during after or your and related associated s due".split())
_SCALES = frozenset(
    "scale score level pain fever temp temperature over above below than > < bp sbp dbp glucose sugar type stage grade greater "
    "rating systolic diastolic rate hr bs bg".split()
)
_COMPARED = frozenset({">", "<", "≥", "≤", "=", "than", "over", "above", "below", "greater", "less", "or"})
_RANGED = frozenset(
    {
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
    }
)
_BODY = frozenset("skin mouth oral nasal vaginal rectal dental muscle irrigation topical eye ear".split())
_ARTICLES = frozenset({"the", "your", "a", "an", "any", "-", ":", "="})
_PLACES = ("part", "side", "trigger", "place")
_NEVER = ("freq", "event", "verb", "unit", "period", "num")
_TELLING = (
    "num",
    "freq",
    "interval",
    "event",
    "verb",
    "prn",
    "max",
    "max_day",
    "instr",
    "remark",
    "directed",
    "once",
    "call",
    "hold",
    "up_to",
    "for_up_to",
)
_STOPPERS = frozenset({".", ";", ",", ")", "(", "\n", "then", "and then", "-", "if", "for"})
_LIMIT = 14
"""Words a reason may have."""


def _is_open(r: Reader, i: int) -> bool:
    """Whether the phrase at `i` is a plain word that may be part of a reason."""
    if i >= r.n:
        return False
    item = r.items[i]
    text, terms = item.text, item.terms
    if not text[0].isalpha() or (text in listed_words("stop") and "reason" not in terms):
        return False
    if not terms or "reason" in terms:
        return True
    if any(kind in terms for kind in _PLACES):
        return not any(kind in terms for kind in _NEVER)
    return text in _BODY


def _scale(r: Reader, j: int, last: str) -> int:
    """Past "4-6", "> 100.4", "101 F" when a number belongs to the reason."""
    k = j
    bracket = r.word(k) == "("
    k += bracket
    while r.word(k) in _COMPARED:
        last, k = r.word(k), k + 1
    if last not in _SCALES and not (bracket or r.word(k - 1) in (">", "<", "≥", "≤")):
        return j
    found = r.numbers(k)
    if found is None:
        return j
    low, high, k = found
    ranged = low != high or last in _RANGED
    if r.word(k) == "/" and r.term(k + 1, "num") is not None:
        k, ranged = k + 2, True
    k += r.word(k) in ("f", "c", "degrees", "°", "%")
    if bracket:
        return k + 1 if r.word(k) == ")" else j
    ends = any(r.term(k, kind) is not None for kind in ("unit", "spoon", "period", "times", "num"))
    return k if ranged and not ends else j


def phrase_end(r: Reader, i: int) -> int:
    """The end of the run of plain words from `i`, `i` itself when there is none."""
    j = i
    while r.word(j) in _ARTICLES:
        j += 1
    if not _is_open(r, j):
        return i
    j += 1
    while j < r.n and j - i < _LIMIT:
        if _is_open(r, j):
            j += 1
            continue
        further = _scale(r, j, r.word(j - 1))
        if further == j:
            further = _joined(r, j)
        if further == j:
            break
        j = further
    return j


def _joined(r: Reader, j: int) -> int:
    """Past a joining word, or words in brackets, that plain words follow; `j` when they do not."""
    text = r.word(j)
    if text == "(":
        k = j + 1
        while _is_open(r, k) or (k > j + 1 and r.word(k) in ("/", "and", "or", ",")):
            k += 1
        return k + 1 if k > j + 1 and r.word(k) == ")" else j
    if not (text in ("/", ",", "and", "&", "or", "-", "'", "and/or", "for") or text.split()[0] in _INSIDE):
        return j
    k = j + 1
    if text == "," and r.word(k) == "for":
        return j
    while r.word(k) in ("the", "of", "a", "or", "and", "your", "/", "to", "other", "for"):
        k += 1
    return k + 1 if _is_open(r, k) and not (text in (",", "and", "&") and r.term(k, "verb")) else j


def _words(r: Reader, i: int, j: int) -> str:
    while r.word(i) in _ARTICLES:
        i += 1
    return r.words(i, j)


def as_needed(r: Reader) -> bool:
    """ "prn", "as needed for pain", "PRN (nausea)"."""
    if not r.term(r.at, "prn"):
        return False
    draft, j = r.draft, r.at + 1
    if r.pending in ("and", "then", "or") and draft.dose and draft.has_timing() and not draft.repeat:
        draft = r.begin(r.pending)
    k = j
    while (
        r.term(k, "reason_lead")
        or r.word(k) in ("-", ":", "with", "/", "(", "symptoms of")
        or (r.word(k) == "," and r.term(k + 1, "reason_lead"))
    ):
        k += 1
    end = k if r.term(k, "num") is not None else phrase_end(r, k)
    draft.prn = True
    if end == k:
        if draft.indication and draft.prn_reason is None:
            draft.prn_reason, draft.indication = draft.indication, None
        return r.took(j)
    reason = _words(r, k, end)
    end += r.word(k - 1) == "(" and r.word(end) == ")"
    if draft.prn_reason in (None, reason):
        draft.prn_reason = reason
        return r.took(end)
    if draft.prn_reason.startswith("onset of ") and draft.indication in (None, reason):
        draft.indication = reason
        return r.took(end)
    r.took(j)
    return r.refuse(end)


def late_reason(r: Reader) -> bool:
    """ "prn by mouth anxiety": plain words at the end, where a reason has been missing."""
    draft = r.draft
    if not draft.prn or draft.prn_reason is not None or not draft.dose:
        return False
    end = phrase_end(r, r.at)
    if end == r.at or (end < r.n and r.word(end) not in (".", ";", ",")):
        return False
    draft.prn_reason = _words(r, r.at, end)
    return r.took(end)


def condition(r: Reader) -> bool:
    """ "if blood pressure is above 160", "when constipated": taken as needed, for that."""
    i = r.at
    draft = r.draft
    if not r.term(i, "if") or draft.prn_reason or not draft.dose:
        return False
    if draft.instructions and i > 0 and r.items[i - 1].end == draft.last and r.term(i - 1, "instr"):
        return False
    end = phrase_end(r, i + 1)
    if end == i + 1 or (end == i + 2 and r.word(i + 1).endswith("ing") and r.word(i) == "when"):
        return False
    draft.prn, draft.prn_reason = True, _words(r, i + 1, end)
    return r.took(end)


def onset(r: Reader) -> bool:
    """ "at onset of migraine": taken as needed, for that."""
    i = r.at
    if not r.term(i, "onset"):
        return _at_its_onset(r)
    end = phrase_end(r, i + 1)
    draft = r.draft
    if end == i + 1:
        draft.prn = True
        return r.took(i + 1)
    reason = "onset of " + _words(r, i + 1, end)
    if draft.prn_reason not in (None, reason):
        if draft.indication is not None:
            return r.refuse(end)
        draft.indication = draft.prn_reason
    draft.prn, draft.prn_reason = True, reason
    return r.took(end)


def _at_its_onset(r: Reader) -> bool:
    """ "at headache onset"."""
    end = phrase_end(r, r.at + 1)
    draft = r.draft
    if end == r.at + 1 or r.word(end) != "onset" or draft.prn_reason is not None:
        return False
    draft.prn, draft.prn_reason = True, "onset of " + _words(r, r.at + 1, end)
    return r.took(end + 1)


def indication(r: Reader) -> bool:
    """ "for blood pressure", "to lower cholesterol"."""
    i = r.at
    if not r.term(i, "reason_lead"):
        return False
    j = i + 1
    while r.term(j, "reason_lead") or r.word(j) in (":", "-"):
        j += 1
    end = j if r.term(j, "num") is not None else phrase_end(r, j)
    if end == j:
        return False
    said, draft = _words(r, j, end), r.draft
    if draft.prn and draft.prn_reason is None:
        draft.prn_reason = said
        return r.took(end)
    return r.took(end) if draft.prn_reason == said else r.put("indication", said, end)


def directed(r: Reader) -> bool:
    """ "as directed"."""
    if not r.term(r.at, "directed"):
        return False
    r.draft.as_directed = True
    j = r.at + 1
    k = j + 1 + (r.word(j + 1) in ("the", "your"))
    if r.word(j) in ("by", "by the", "by your", "per", "from", "per the") and _is_office(r, k):
        while _is_office(r, k):
            k += 1
        return r.took(k)
    return r.took(j)


def _is_office(r: Reader, i: int) -> bool:
    return _is_open(r, i) or r.word(i) in ("md", "dr", "pharmacy", "pharmacist", "doctor", "clinic", "office")


def until(r: Reader) -> bool:
    """ "until cough is gone", "until seen by the doctor"."""
    if not r.term(r.at, "until"):
        return False
    end = r.at + 1
    while end < r.n and r.word(end) not in _STOPPERS:
        told = [kind for kind in _TELLING if kind in r.items[end].terms]
        if told and not (r.word(end) == "md" and r.word(end - 1) in ("by", "the", "by the", "see")):
            break
        end += 1
    end -= end > r.at + 2 and r.word(end - 1) in ("or", "and")
    return end > r.at + 1 and r.put("until", _words(r, r.at + 1, end), end)


def trigger(r: Reader) -> bool:
    """ "1 hour before the procedure", "after each loose stool", "15 minutes before exercise and sports"."""
    i = r.at
    found = r.numbers(i)
    lead = ""
    if found:
        j = found[2]
        if r.term(j, "period") is None:
            return False
        lead, i = r.words(i, j + 1) + " ", j + 1
    if not lead and r.word(i) in ("in", "in the", "during the") and r.term(i + 1, "trigger"):
        return r.put("trigger", r.words(i, i + 2), i + 2)
    if not lead and r.word(i) in ("day", "night", "evening", "morning") and r.term(i + 1, "before"):
        lead, i = f"the {r.word(i)} ", i + 1
    when = "before" if r.term(i, "before") else "after" if r.term(i, "after") or r.word(i) == "with" else ""
    if r.word(i) in ("during", "with") or not when:
        when = r.word(i) if r.word(i) in ("during", "with") and not lead else when
    if not when or not r.term(i + 1, "trigger"):
        return False
    named, j = r.word(i + 1), i + 2
    while r.word(j) in ("/", "or", "and", ",") and r.term(j + 1, "trigger"):
        named, j = f"{named} {r.word(j)} {r.word(j + 1)}", j + 2
    return r.put("trigger", f"{lead}{when} {named}", j)
