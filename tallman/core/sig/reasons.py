"""Why and whether: as needed, what for, at the first sign of, as directed."""

from __future__ import annotations

import re

from tallman.core.sig.lexicon import listed_words
from tallman.core.sig.phrases import is_open, past_no_movement, phrase_end, plain_words
from tallman.core.sig.reader import Draft, Reader
from tallman.core.sig.spanish import MEANT
from tallman.core.sig.spelling import is_slip, may_be_name

__all__ = ["as_needed", "code", "directed", "indication", "late_reason", "purpose"]

_ILLNESS = re.compile(
    r"\w(?:itis|osis|emia|algia|pathy|ectomy|plasty|otomy|uria|rrhea|thyroidism|tension|ache|oedema|edema|phobia|plegia|pepsia)$"
    r"|^(?:failure|replacement|cessation|prophylaxis|prevention|relaxant|antacid|laxative|antidepressants?|steroids?|antibiotics?"
    r"|diuretic|painkillers?|antihistamine|supplement|contraception|contraceptive|gout|allergy|allergies|eczema|acne|thrush|angina|migraine|hayfever|epilepsy|fever|rash|spasms?|cramps?|reliever|preventer|syndrome|disease|disorder|infection|deficiency|diabetes|asthma|insomnia|depression|anxiety|pain|cholesterol|gerd|htn|mood|sleep|pressure|thyroid|heart|stomach|nerves|bones|vertigo|nausea|cough"
    r"|wheezing|constipation|swelling|itching|dizziness|congestion|agitation|memory|prostate|bladder|potassium|circulation|breathing|tremors?|seizures?|ulcers?|indigestion|headaches?)$"
)
"""How the names of illnesses and operations end, and words that are one."""
_OF_ADVICE = ("rinse mouth", "wash hands", "avoid", "do not")
"""How advice begins that may have a reason of its own."""
_VERBS = frozenset({"take", "use", "apply", "inject", "inhale", "give", "instill", "insert"})
_LETTERS = {"p": "pain", "pn": "pain", "n": "nausea"}
"""Letters that pharmacies write behind "prn"."""
_AWAY = frozenset({"nasal", "intramuscular", "subcutaneous", "intravenous"})
_COMPLAINTS = frozenset(said.split()[0] for said in MEANT)
"""How reasons begin in Spanish."""
_ORGANS = frozenset({"ophthalmic", "otic", "nasal"})


def _is_no_eye(draft: Draft) -> bool:
    """Whether "OD" behind "prn" is an overdose: of a spray or an injection that nothing else says how often to give."""
    is_away = (draft.dose and draft.dose.unit == "spray") or draft.route in _AWAY
    return bool(is_away) and not draft.has_timing() and draft.prn_reason is None


def as_needed(r: Reader) -> bool:
    """ "prn", "as needed for pain", "PRN (nausea)"."""
    if not r.term(r.at, "prn"):
        return False
    draft, j = r.draft, r.at + 1
    steered = draft.rate and draft.instructions[-1:] and draft.instructions[-1].startswith("titrate ")
    if steered and r.items[r.at - 1].end == draft.last and (end := phrase_end(r, j)) > j:
        draft.instructions[-1] += f" {r.words(r.at, end)}"
        return r.took(end)  # "titrate by 25 mcg/h every 15 minutes as needed for RASS > 0"
    _name_verb(r)
    joint = r.pending if r.pending in ("and", "or") and draft.prn_reason else None
    if r.pending in ("and", "then", "or") and (draft.has_timing() or draft.trigger) and not (draft.repeat or joint):
        draft = r.begin(r.pending)
    elif draft.dose is None and not draft.prn and (often := _said_anew(r)) is not None:
        times = (draft.frequency, draft.interval, draft.site) if often else (None, None, None)
        draft = r.begin("and")
        draft.frequency, draft.interval, draft.site = times
    elif draft.has_timing() and _is_of_other(r):
        r.doubts.append("which of the two is as needed, is not said")  # "150 mg bid with antidiarrheal prn"
    k = j
    while (
        r.term(k, "reason_lead")
        or r.word(k) in ("-", ":", "with", "/", "(", '"', "symptoms of")
        or (r.word(k) == "," and (r.term(k + 1, "reason_lead") or _names_ailment(r, k + 1)))
    ):
        k += 1
    end = k if r.term(k, "num") is not None or (k == j and _is_organ(r, k)) else _before_place(r, k, phrase_end(r, k))
    end = past_no_movement(r, k) or end
    if k == j and end == k + 1 and r.term(k, "route") and _times_follow(r, end):
        end = k  # "1 suppository as needed Rectal Once a day"
    draft.prn = True
    short = _LETTERS.get(r.word(k)) if end == k + 1 and draft.prn_reason is None else None
    if short:
        draft.prn_reason = short
        return r.took(end)
    if r.word(k) == "od" and _is_no_eye(draft):
        draft.prn_reason = "overdose"
        return r.took(k + 1)
    if end == k:
        if draft.indication and draft.prn_reason is None:
            draft.prn_reason, draft.indication = draft.indication, None
        return r.took(j)
    reason = plain_words(r, k, end)
    if reason.endswith((" therapy", " regimen", " protocol", " plan")) and r.word(k - 1) == "(" and r.word(end) == ")":
        return r.advise(reason, end + 1)  # "as needed (SMART therapy)" names no complaint.
    end += (r.word(k - 1), r.word(end)) in (("(", ")"), ('"', '"'))
    if draft.prn_reason in (None, reason):
        draft.prn_reason = reason
        return r.took(end)
    if joint:
        draft.prn_reason = f"{draft.prn_reason} {joint} {reason}"  # "prn pain and prn fever"
        return r.took(end)
    if draft.prn_reason.startswith("onset of ") and draft.indication in (None, reason):
        draft.indication = reason
        return r.took(end)
    r.took(j)
    return r.refuse(end)


def _said_anew(r: Reader) -> bool | None:
    """Whether it is said a second time how often, behind "and" with a verb of its own: "apply twice daily and apply 2
    times daily as needed"; None where nothing of the kind stands before: "wash and apply twice daily as needed"."""
    verb = next((i for i in range(r.at - 1, 0, -1) if r.term(i, "verb") or r.word(i) in (".", ";")), 0)
    if verb < 1 or not r.term(verb, "verb") or r.word(verb - 1) != "and":
        return None

    def tells_when(i: int) -> bool:
        return r.items[i].start >= r.draft.first and any(r.term(i, kind) for kind in ("freq", "interval", "every"))

    if not any(map(tells_when, range(verb))):
        return None
    return any(map(tells_when, range(verb, r.at)))


def _is_of_other(r: Reader) -> bool:
    """Whether right before the cursor stands another medicine that it is taken with."""
    said, before = r.draft.instructions[-1:], r.items[r.at - 1]
    return bool(said) and said[0].startswith("with ") and before.end == r.draft.last and not before.terms


def _times_follow(r: Reader, i: int) -> bool:
    return i >= r.n or any(r.term(i, kind) for kind in ("freq", "every", "interval", "num", "event"))


def _before_place(r: Reader, first: int, end: int) -> int:
    """Where the reason for a drop, a spray or a cream ends: "as needed for itching" before "in the left eye"."""
    draft = r.draft
    put_on = (draft.dose and draft.dose.unit in ("drop", "spray")) or draft.method in ("apply", "instill", "spray")
    if draft.site is not None or not put_on:
        return end
    named = (
        i
        for i in range(first + 1, end)
        if r.term(i, "prep") and r.term(i, "place") is None and (r.word(i) != "of" or _is_organ(r, i + 1))
    )
    return next((i for i in named if any(r.term(i + 1, kind) for kind in ("place", "side", "part"))), end)


def _names_ailment(r: Reader, i: int) -> bool:
    """Whether plain words from `i` name what is felt: "PRN, severe pain", "PRN, nausea"."""
    end = phrase_end(r, i) if r.draft.prn_reason is None else i
    said = {word for k in range(i, end) for word in r.word(k).split()}
    return end > i and (not said.isdisjoint(listed_words("ailments") | {"pain", "fever", "cough", "anxiety", "sleep"}))


def _is_organ(r: Reader, i: int) -> bool:
    """Whether an eye, an ear or a nostril stands there: "one drop as needed both eyes" names no reason."""
    return r.term(i, "place") is not None and r.term(i, "reason") is None and r.term(i, "place")[1] in _ORGANS


def _name_verb(r: Reader) -> None:
    """ "Apply as needed", "use as directed": the verb is part of the phrase."""
    first = r.word(r.at).split()[0]
    if r.draft.method is None and first in _VERBS and r.verb is None:
        r.draft.method = first


def late_reason(r: Reader) -> bool:
    """ "prn by mouth anxiety", "1 tab daily hypothyroidism": plain words at the end, where a reason has been missing."""
    draft = r.draft
    end = phrase_end(r, r.at) if draft.dose and r.word(r.at) != "other" else r.at
    altered = any(w in listed_words("altering") for k in range(r.at, end) for w in r.word(k).split())
    if altered or end == r.at or (end < r.n and r.word(end) not in (".", ";", ",", ")")) or _is_scrap(r, r.at):
        return False
    named = r.term(end - 1, "reason_name") or r.term(end - 1, "reason") or _ILLNESS.search(r.word(end - 1).split()[-1])
    if draft.prn and draft.prn_reason is None and (named or not r.sentence):  # none is ". Contains paracetamol"
        draft.prn_reason = plain_words(r, r.at, end)
        return r.took(end)
    if end >= r.n and _stands_apart(r) and not any(is_slip(r.word(i)) for i in range(r.at, end)):
        return draft.has_timing() and r.put("indication", plain_words(r, r.at, end), end)
    ill = named and draft.has_timing() and draft.indication is None
    return bool(ill) and r.put("indication", plain_words(r, r.at, end), end)


def _is_scrap(r: Reader, i: int) -> bool:
    """Whether a few letters of no word stand at `i`, such as a "prn" with a slip in it."""
    word = r.word(i)
    known = r.knows(i) or _ILLNESS.search(word) or word in listed_words("ordinary")
    return not known and len(word) < 5


def _stands_apart(r: Reader) -> bool:
    """Whether a dash goes before: "1 daily - thyroid", "1 mane-indigestion"."""
    return r.at > 0 and "-" in (r.text[r.items[r.at - 1].end : r.items[r.at].start].strip() or r.word(r.at - 1))


def indication(r: Reader) -> bool:
    """ "for blood pressure", "to lower cholesterol"."""
    i = r.at
    if not r.term(i, "reason_lead"):
        return False
    j = i + 1
    while r.term(j, "reason_lead") or r.word(j) in (":", "-"):
        j += 1
    j += r.word(j) == "on" and r.word(j + 1) in _COMPLAINTS  # "por el azucar"
    if (code := _past_code(r, j)) > j:
        r.remarks.append((r.items[i].start, r.items[code - 1].end))
        r.at = code
        return True
    if r.word(j).startswith(("post op", "postop")) and r.term(j, "noise"):
        return _put_reason(r, r.word(j), j + 1)  # "for post op until 6/14"
    end = j if r.term(j, "num") is not None else _before_place(r, j, phrase_end(r, j))
    if end == j or _is_spanish_time(r, i):
        return False
    return _put_reason(r, plain_words(r, j, end), end)


def _is_spanish_time(r: Reader, i: int) -> bool:
    """Whether it may be a time of day with a slip: "por la noahe"."""
    written = r.text[r.items[i].start : r.items[i].end].lower()
    return written == "por" and r.word(i + 1) == "the" and not r.knows(i + 2) and r.word(i + 2) not in _COMPLAINTS


def _past_code(r: Reader, j: int) -> int:
    """Past a code of a diagnosis, "E11.9", "J45.909"; `j` when there is none."""
    letter = r.word(j)
    return j + 2 if len(letter) == 1 and letter.isalpha() and r.glued(j + 1) and r.term(j + 1, "num") is not None else j


def code(r: Reader) -> bool:
    """ "(E11.9)" behind a diagnosis."""
    end = _past_code(r, r.at + 1) if r.word(r.at) == "(" else r.at
    if end <= r.at + 1 or r.word(end) != ")":
        return False
    r.remarks.append((r.items[r.at].start, r.items[end].end))
    r.at = end + 1
    return True


def purpose(r: Reader) -> bool:
    """ "to prevent migraine", "to moisturize and clear mucus": what it is for, with the verb."""
    if not r.term(r.at, "purpose"):
        return False
    j = r.at + 1
    j += r.word(j) in ("and", "or", "/", "&") and is_open(r, j + 1)
    end = phrase_end(r, j)
    if end == j and len(r.word(r.at).split()) < 3:
        return False  # "to prevent"; "to thin blood" is whole.
    return _put_reason(r, r.words(r.at, end), end)


def _put_reason(r: Reader, said: str, end: int) -> bool:
    """Why; a second reason after "and" is one with the first."""
    draft = r.draft
    held = draft.instructions
    if r.at and r.items[r.at - 1].end == draft.last and held and held[-1].startswith(_OF_ADVICE):
        held[-1] = f"{held[-1]} {r.words(r.at, end)}"  # "rinse mouth after use to prevent thrush"
        return r.took(end)
    slot = "prn_reason" if draft.prn and (draft.prn_reason is None or draft.indication is None) else "indication"
    held = getattr(draft, slot)
    if held is not None and held != said and r.pending == "and":
        setattr(draft, slot, f"{held} and {said}")
        return r.took(end)
    if held is None:
        setattr(draft, slot, said)
        return r.took(end)
    return r.took(end) if held == said else r.put("indication", said, end)


def directed(r: Reader) -> bool:
    """ "as directed"."""
    if not r.term(r.at, "directed"):
        return False
    r.draft.as_directed = True
    if r.word(r.at).startswith("or as ") and r.draft.dose and r.draft.has_timing():
        return r.advise(r.word(r.at), r.at + 1)  # "5 mg daily or as directed by Coumadin clinic"
    r.draft.is_told_elsewhere = r.draft.link == "then" and "inr" in r.word(r.at).replace("/", " ").split()
    _name_verb(r)
    j = r.at + 1
    k = j + 1 + (r.word(j + 1) in ("the", "your"))
    if r.word(j) in (
        "by",
        "by the",
        "by your",
        "per",
        "from",
        "per the",
        "in",
        "in your",
        "in the",
        "at",
        "at the",
    ) and _is_office(r, k):
        while _is_office(r, k):
            k += 1
        return r.took(k)
    return r.took(_past_surname(r, j))


def _past_surname(r: Reader, j: int) -> int:
    """Past the name in "as directed by Dr. Smith", where the sentence ends; `j` when there is none."""
    if r.word(j - 1).split()[-1] not in ("dr", "doctor"):
        return j
    k = j + (r.word(j) == "." and r.text[r.items[j].end : r.items[j].end + 2].strip() != "")
    named = not r.knows(k) and r.word(k).isalpha() and may_be_name(r.word(k))
    ends = k + 1 >= r.n or r.word(k + 1) in (".", ";", ",", ")", "\n")
    return k + 1 if named and ends else j


def _is_office(r: Reader, i: int) -> bool:
    if any(r.term(i, kind) for kind in ("place", "side", "part")):
        return False  # "as directed in the left eye"
    return is_open(r, i) or r.word(i) in ("md", "dr", "pharmacy", "pharmacist", "doctor", "clinic", "office")
