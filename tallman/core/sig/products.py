"""A medicine named in the directions, and the strength that stands with it and is no dose."""

from __future__ import annotations

from tallman.core.sig.amounts import SHAPED, concentration, holds_one_dose, is_measured, measure
from tallman.core.sig.infusions import leads_infusion
from tallman.core.sig.ladders import rungs
from tallman.core.sig.lexicon import is_spanish, listed_words
from tallman.core.sig.products_beside import (
    FORMS,
    WAYS,
    ends_name,
    is_dose,
    is_form,
    is_joined_with,
    is_of_drops,
    joins,
    leads_ratio,
    past_formula,
    past_own_strength,
)
from tallman.core.sig.pumps import names_pump
from tallman.core.sig.reader import Reader
from tallman.core.sig.spelling import is_near_count, may_be_name

__all__ = ["leads_on", "medicine_named", "past_name"]

_INSULINS = frozenset({"humulin", "novolin"})
_VITAMINS_B = (1, 2, 6, 12)
_NUMBERED = (2, 3, 4)
"""What may stand behind the "#" of a name: "Tylenol #3"."""
_LONGEST, _WITHIN, _LONGEST_HEADING = 6, 40, 30
_TIMED = frozenset("freq interval every event weekday prn max max_day for until start once stat route place".split())
"""What no name holds."""
"""Words a name may have, and what stands between brackets around one."""
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
    leads = (
        draft.first < 0 or _is_scaled(r) or bool(weekly) or _is_headed(r) or _is_nebulized(r) or _is_advised(r)
    ) and not r.unread
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
    if named > r.at + 1 and is_near_count(r.word(r.at)) and is_form(r, named - 1):
        r.at = begun
        return False  # "wto tablets"
    if weekly and named > r.at and measure(r, named):
        return r.put("product", r.words(r.at, named), named)  # What follows is the dose, and no strength.
    if named == r.at or not _put_named(r, named, leads):
        r.at = begun
        return False
    r.form = next((r.term(k, "unit") for k in range(r.at - 1, 0, -1) if is_form(r, k)), None)
    return True


def _is_advised(r: Reader) -> bool:
    """Whether a sentence of advice alone stands before: "Crush meds. Metoprolol 12.5 mg"."""
    return r.sentence and len(r.drafts) == 1 and r.draft.is_blank() and bool(r.draft.instructions) and not r.draft.route


def _is_nebulized(r: Reader) -> bool:
    """Whether nothing stands before but the way in, as a verb: "nebulize albuterol 2.5 mg"."""
    return r.at == 1 and r.word(0).startswith("nebuli") and not (r.draft.dose or r.draft.has_timing())


def _is_headed(r: Reader) -> bool:
    """Whether nothing stands before but the day of the course it is for: "Cycle 3 Day 1: bortezomib 1.3 mg/m2"."""
    draft = r.draft
    return (
        r.word(r.at - 1) in (":", "-", ",") and bool(draft.days) and not (draft.dose or draft.has_timing() or draft.prn)
    )


def _is_scaled(r: Reader) -> bool:
    """Whether nothing has been said but that the dose follows a scale: "low dose correction insulin aspart"."""
    return r.draft.instructions == ["per sliding scale"] and r.draft.is_blank() and len(r.drafts) == 1


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
    if r.word(j) in ("iron", "calcium") and concentration(r, j + 1):
        return j + 1
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
        or (r.word(j) == "#" and j > i and r.term(j + 1, "num") in _NUMBERED and is_dose(r, j + 2))
        or joins(r, j, i)
        or is_joined_with(r, j, i)
        or ends_name(r, j, i)
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
        or not all(may_be_name(w) or w in WAYS or w in FORMS for w in words[hyphened:])
    ):
        return i
    if r.word(j) == "(" and (end := _past_other_name(r, j)):
        j = end
    while is_form(r, j) or (r.word(j) == "/" and is_form(r, j - 1) and is_form(r, j + 1)):
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
    return j > r.at and r.text[r.items[j - 1].end : r.items[j].start] == "-" and r.word(j).removesuffix(" :").isalpha()


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
    shaped = next((k for k in range(1, verb) if is_form(r, k) or r.term(k, "unit") in SHAPED), 0)
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


def leads_on(r: Reader, i: int) -> bool:
    """Whether the lines of a taper begin at `i`: ": 40 mg", "60 mg x 3 days"."""
    return r.word(i) == ":" or measure(r, i) is not None or rungs(r, i) is not None


def _put_named(r: Reader, named: int, leads: bool) -> bool:
    if leads_ratio(r, named):
        return r.put("product", r.words(r.at, named), named)
    held, certain = past_own_strength(r, named)
    k = held
    while (
        is_form(r, k)
        or (certain and is_of_drops(r, k))
        or (r.word(k) == "/" and is_form(r, k + 1))
        or (held > named and r.term(k, "fluid") and r.term(k - 1, "unit") == "mL")
        or r.word(k) in (":", ",", "-", ".")
        or (r.term(k, "noise") and not r.term(k, "route"))
    ):
        k += 1
    dosed = k + (r.term(k, "verb") is not None)
    bag = certain and k == held and r.term(held - 1, "unit") == "mL" and holds_one_dose(r, held)
    other = any(is_dose(r, x) and r.term((r.numbers(x) or (0, 0, x))[2], "unit") != "dose" for x in range(held, r.n))
    if bag and not other:
        return r.put("product", r.words(r.at, named), named)  # "2 g/50 mL IVPB": the dose is the bag
    if held > named and (certain or is_dose(r, dosed)):
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
    while r.word(named) in (":", "-", ",") or (r.word(named) == "taper" and leads_on(r, named + 1)):
        named += 1
    if leads and (formula := past_formula(r, named)):
        return r.put("product", r.words(r.at, formula), formula)
    loaded = r.term(named, "stat") is not None and r.word(named).endswith(("load", "dose", "loading"))
    if is_dose(r, named) or held > named or (leads and loaded and measure(r, named + 1)):
        return r.put("product", said, named)  # "caffeine citrate load 20 mg/kg"
    if leads and r.word(named) == "auc" and r.numbers(named + 1 + (r.word(named + 1) in ("of", "="))):
        return r.put("product", said, named)  # "carboplatin AUC 5"
    started = r.term(named, "start") is not None and measure(r, named + 1) is not None
    follows = leads and (
        started or leads_infusion(r, named) or names_pump(r, named) or any(r.term(named, kind) for kind in _FOLLOWS)
    )
    return follows and r.put("product", said, named)
