"""On what it hangs whether it is taken: "if nauseous", "at the first sign of migraine"; and what to do if something happens."""

from __future__ import annotations

import re

from tallman.core.sig.lexicon import SAID, listed_words
from tallman.core.sig.needed import needs
from tallman.core.sig.phrases import past_no_movement, past_weight, phrase_end, plain_words
from tallman.core.sig.reader import Reader
from tallman.core.sig.sentences import to_sentence_end
from tallman.core.sig.spelling import is_slip

__all__ = ["calls_if", "condition", "conditional", "hurts", "moved_if", "onset"]

_OF_DOSES = ("may_repeat", "increase", "decrease", "once", "max", "max_day", "another", "stat", "unit")
"""What a sentence of mere advice does not tell."""
_ACTED = frozenset(
    "verb may_repeat increase decrease another freq interval every event weekday prn max max_day start until".split()
)
"""What is done, or when, besides calling for help."""
_CALLS = ("call ", "see ", "notify ", "contact ")
"""How notes begin that send for help."""
_SKIPS = frozenset(
    {
        "skip dose",
        "skip the dose",
        "skip",
        "hold",
        "hold dose",
        "hold the dose",
        "do not take",
        "do not inject",
        "do not give",
    }
)
_FELT = re.compile(r"^(\w+) (?:is|are) (troublesome|severe|bad|worse)$")
"""What is said of it, that goes before it: a "troublesome cough"."""
_OUTCOME = re.compile(r"^(?:no|not)\b|\b(?:improve\w*|effective|better|relief|persist\w*|response|works?|working)\b")
"""How what a dose has done so far is told."""
_FAILS = frozenset(
    "ineffective effective fails failed fail helpful working work contraindicated unavailable available refused tolerated enough inadequate insufficient help".split()
)
_LONGEST_NAME = 4
_BEATS = re.compile(
    r"\b(?:pulse|hr|heart rate|bp|sbp|dbp|pressure|systolic|diastolic|sugars?|glucose|weight(?! gain)|f?bg|f?bs|fbg|fsbg|fasting|inr|hgb|hemoglobin|anc|plt|platelets|wbc)\b.*\d"
)


_WHOSE = frozenset({"your", "the", "patient", "patient's", "pt", "there is", "you", "a"})
_WEIGHED = ("weight", "wt", "wgt", "gain")
_UP = frozenset("up goes went gone has increases increase increased rises rose by gain gains gained gaining".split())
"""How it is told that somebody has become heavier."""
_HURTS = frozenset({"duela", "duele", "duelan", "duelen"})
_NOTHING_CAME = ("result", "results", "response", "relief", "effect")
"""How words end that say that another medicine did nothing."""


def conditional(r: Reader) -> bool:
    """ ". If nausea occurs, take with food", ". If pain persists, call the doctor": a sentence of advice, in which no dose is told."""
    i = r.at
    apart = r.sentence or (r.word(i - 1) in (",", "(", "-") and bool(i))
    if not apart or not r.draft.dose or not (r.term(i, "if") or r.term(i, "unrelieved")):
        return False
    end = to_sentence_end(r, i + 1, acts=True)
    noted = next((k for k in range(i + 1, end) if r.word(k) in (",", "-") and r.term(k + 1, "remark")), 0)
    end = noted or end  # ". If nausea occurs, take with food, no refills"
    calls = [k for k in range(i + 1, end) if r.term(k, "call") or r.word(k).startswith(_CALLS)]
    acts = calls + [k for k in range(i + 1, end) if r.sentence and (r.term(k, "verb") or r.term(k, "instr"))]
    told = any(r.term(k, kind) for k in range(i + 1, end) for kind in _OF_DOSES) or any(
        word in listed_words("altering")
        for k in range(i + 1, end)
        if not r.term(k, "instr")
        for word in r.word(k).split()
        if word != "more"
    )
    if not acts or told or (end < r.n and not noted and r.word(end) not in (".", ";", ")")):
        return False
    if calls:
        r.note(r.items[i].start, r.items[end - 1].end, is_told=True)
        r.at = end
        return True
    return r.advise(r.words(i, end), end)


def calls_if(r: Reader) -> bool:
    """ "If pain persists after 3 tablets in 15 minutes, call 911": kept word for word; nothing is taken by it."""
    apart = r.sentence or (r.word(r.at - 1) in (",", "(", "-") and bool(r.at))
    if not apart or not (r.term(r.at, "if") or r.term(r.at, "unrelieved")):
        return False
    j, called = r.at + 1, 0
    while j < r.n and r.word(j) not in (".", ";", "\n", ")") and not (called and r.word(j) in (",", "-")):
        is_call = bool(r.term(j, "call")) or r.word(j).startswith(_CALLS)
        called = j if is_call and not called else called
        if not is_call and not _ACTED.isdisjoint(r.items[j].terms):
            return False
        if called and r.term(j, "num") is not None and r.word(j) != "911":
            return False
        j += 1
    if not called:
        return False
    r.note(r.items[r.at].start, r.items[j - 1].end, is_told=True)
    r.at = j
    return True


@needs("if")
def moved_if(r: Reader) -> bool:
    """ ". Take at night if drowsy": another time of day for some, behind a dose that has its times."""
    j = r.at + 1
    begins = (r.sentence or r.word(r.at - 1) in (",", "(", "-")) and r.term(r.at, "verb") == "take"
    if not (begins and r.at and r.draft.dose and r.draft.has_timing() and r.term(j, "event") and r.term(j + 1, "if")):
        return False
    end = phrase_end(r, j + 2)
    ends = end >= r.n or r.word(end) in (".", ";", ")", "\n")
    return end > j + 2 and ends and r.advise(r.words(r.at, end), end)


def condition(r: Reader) -> bool:
    """ "if blood pressure is above 160", "when constipated": taken as needed, for that."""
    i = r.at
    draft = r.draft
    if (waited := past_no_movement(r, i + 1) if r.term(i, "if") else 0) and draft.prn_reason:
        return r.advise(r.words(i, waited), waited)  # "prn constipation if no BM in 2 days"
    if r.term(i, "if") and draft.prn and (end := _past_failing(r, i + 1)):
        if draft.prn_reason is None:
            draft.prn_reason = r.words(i + 1, end)
            return r.took(end)  # "prn if Dulcolax ineffective"
        return r.advise(r.words(i, end), end)  # "prn nausea if ondansetron ineffective"
    if (failed := _past_failed(r)) and draft.prn_reason is None:
        draft.prn, draft.prn_reason = True, r.words(i, failed).removeprefix("if ")
        return r.took(failed)  # "if no results from Dulcolax"
    if r.term(i, "if") and draft.dose and draft.prn_reason is None and (gained := _past_gain(r, i + 1)):
        draft.prn, draft.prn_reason = True, gained[0]
        return r.took(gained[1])  # "if weight is up 3 lbs in a day"
    again = i + 1 if r.term(i, "unrelieved") else phrase_end(r, i + 1)
    if i and draft.dose and (again > i + 1 or r.term(i, "unrelieved")) and r.term(again, "may_repeat"):
        r.at = again
        return True  # "if the headache comes back may repeat after 2 hours"
    if (
        r.term(i, "if")
        and draft.change
        and (steered := phrase_end(r, i + 1)) > i + 1
        and _BEATS.search(r.words(i, steered))
    ):
        return r.advise(r.words(i, steered), steered)  # "increase by 2 units every 3 days if FBG > 130"
    spread = draft.prn and len(r.drafts) > 1 and r.drafts[-2].route == "topical"  # "daily and PRN if soiled"
    if not r.term(i, "if") or draft.prn_reason or not (draft.dose or spread):
        return False
    if waited:
        draft.prn, draft.prn_reason = True, r.words(i + 1, waited)
        return r.took(waited)
    if draft.instructions and i > 0 and r.items[i - 1].end == draft.last and r.term(i - 1, "instr"):
        return False
    end = phrase_end(r, i + 1)
    if end == i + 1 or (end == i + 2 and r.word(i + 1).endswith("ing") and r.word(i) == "when"):
        return False
    if not r.knows(i + 1) and is_slip(r.word(i + 1)):
        return False  # "if nedeed"
    skips = end + (r.word(end) == ",")
    if r.word(skips) in _SKIPS or " ".join((r.word(skips), r.word(skips + 1))) in _SKIPS:
        past = skips + (1 if r.word(skips) in _SKIPS else 2)
        past += r.word(past) in ("dose", "the dose", "insulin")
        return draft.has_timing() and r.advise(r.words(i, past), past)  # "if BS < 100, skip dose"
    forbids = r.term(end, "not") or str(r.term(end, "instr")).startswith("do not")
    if draft.has_timing() and not draft.prn and (forbids or (r.sentence and r.term(end, "instr"))):
        return False  # ". If affected do not drive": to what else it leads, and not when it is taken
    said = _FELT.sub(r"\2 \1", plain_words(r, i + 1, end))
    if draft.has_timing() and not draft.prn and _BEATS.search(said):
        return r.advise(f"if {said}", end)  # "daily if pulse over 60" is no "as needed".
    if draft.is_raised or (draft.link == "then" and draft.has_timing() and _OUTCOME.search(said)):
        r.doubts.append("whether the dose changes is left open")  # "then 2 tablets daily if no better"
    draft.prn, draft.prn_reason = True, said
    return r.took(end)


def _past_gain(r: Reader, i: int) -> tuple[str, int] | None:
    """ "Weight is up 3 lbs in a day", "you gain 2 kg in 2 days" as a reason in words, and its end."""
    j = i
    while r.word(j) in _WHOSE:
        j += 1
    if not r.word(j).startswith(_WEIGHED):
        return None
    j += 1
    while not _UP.isdisjoint(r.word(j).split()):
        j += 1
    end = past_weight(r, j)
    if end == j or _UP.isdisjoint(r.words(i, j).split()):
        return None
    while r.word(end) == "or" and (further := past_weight(r, end + 1)) > end + 1:
        end = further
    return f"weight gain of {r.words(j, end).removeprefix('of ')}", end


@needs(SAID)
def hurts(r: Reader) -> bool:
    """ "Cuando le duela la cabeza": as needed for a pain."""
    written = r.text[r.items[r.at].start : r.items[r.at].end].lower()
    if _HURTS.isdisjoint(written.split()) or r.draft.prn_reason or not r.draft.dose:
        return False
    end = phrase_end(r, r.at + 1)
    where = plain_words(r, r.at + 1, end) if end > r.at + 1 else ""
    r.draft.prn, r.draft.prn_reason = True, f"dolor de {where}" if where else "dolor"
    return r.took(end)


def _past_failed(r: Reader) -> int:
    """Past "if no results from Dulcolax", behind one dose at the end of its clause; 0 when it is something else."""
    draft, i = r.draft, r.at
    if not r.term(i, "unrelieved") or not r.word(i).endswith(_NOTHING_CAME) or draft.frequency or draft.interval:
        return 0
    if not (draft.dose or draft.product):
        return 0
    j = i + 1
    if r.word(j) in ("from", "with", "to", "by", "of"):
        begun = j = j + 1
        while j < begun + _LONGEST_NAME and not r.knows(j) and r.word(j).isalpha():
            j += 1
        j += j == begun and r.term(j, "unit") is not None
        if j == begun:
            return 0
    waited = r.numbers(j + 1) if r.word(j) in ("in", "after", "within") else None
    j = waited[2] + 1 if waited and r.term(waited[2], "period") else j
    return j if j >= r.n or r.word(j) in (".", ";", ",", ")") else 0


def _past_failing(r: Reader, i: int) -> int:
    """Past "ondansetron ineffective", "oxycodone is not effective", "suppository fails"; 0 when it is something else."""
    j = i
    while (
        j < min(r.n, i + _LONGEST_NAME)
        and r.word(j).isalpha()
        and (not r.knows(j) or r.term(j, "unit") or r.term(j, "other"))
        and r.word(j) not in _FAILS
    ):
        j += 1
    named = j > i
    j += r.word(j) in ("is", "are", "does", "do", "was")
    j += r.word(j) in ("not",)
    if not (named and r.word(j) in _FAILS):
        return 0
    waited = r.numbers(j + 2) if r.word(j + 1) in ("after", "in", "within") else None
    return waited[2] + 1 if waited and r.term(waited[2], "period") in ("h", "min", "d") else j + 1


_SESSIONS = frozenset(
    "hd dialysis hemodialysis infusion transfusion procedure surgery case session treatment crrt feeding feeds".split()
)
"""What begins by the clock and not by an ailment."""


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
    if r.term(i + 1, "trigger") and not _SESSIONS.isdisjoint(r.word(i + 1).split()):
        return r.put("trigger", r.words(i, end), end)  # "at start of dialysis"
    reason = "onset of " + plain_words(r, i + 1, end)
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
    draft.prn, draft.prn_reason = True, "onset of " + plain_words(r, r.at + 1, end)
    return r.took(end + 1)
