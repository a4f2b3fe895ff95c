"""What stands in the directions and is none: words that say nothing here, notes to the pharmacy and the payer."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.amounts import is_measured, measure
from tallman.core.sig.frequency import put_frequency
from tallman.core.sig.model import Dose, Frequency
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Reader
from tallman.core.sig.sentences import begins_dose, begins_length, to_sentence_end
from tallman.core.sig.spelling import may_be_name
from tallman.core.sig.starts import date_end

__all__ = ["call", "consists_of", "dispensed_so", "holds", "noise", "packed", "remark", "supplied", "told_by"]

_WATCHING = ("monitor", "check", "recheck", "repeat", "follow")
"""How notes begin that have a time of their own."""
_CHANGED = frozenset({"patch", "ring", "device", "pad", "each", "bag", "needle", "syringe", "kit", "pump"})
"""What is itself changed so often."""
_RENEWED = {
    "change ring": "ring",
    "change the ring": "ring",
    "replace ring": "ring",
    "replace the ring": "ring",
    "change patch": "patch",
    "chg patch": "patch",
    "chg ring": "ring",
    "change the patch": "patch",
    "change sensor": "device",
    "change the sensor": "device",
    "change pod": "device",
    "change the pod": "device",
}
_WORN = {"patch": "patch", "ring": "ring", "sensor": "device", "pod": "device"}
_SCRIPTS = frozenset({"rx", "script", "prescription", "strength"})
_ONE = Decimal(1)
_FIELDS, _MANY = 3, 10
"""Commas of a list of fields, and doses that are no single one."""


def noise(r: Reader) -> bool:
    """A word that says nothing here."""
    if not (r.term(r.at, "noise") or r.term(r.at, "contents")):
        return False
    if r.word(r.at) == "a" and not r.knows(r.at + 1) and not r.word(r.at + 1).isalpha():
        return False  # "25 mg a, 50 mg at bedtime"
    if r.word(r.at) in ("scheduled", "sched") and r.draft.prn:
        r.doubts.append("as needed, or by the clock?")
    if r.word(r.at) == "dose :" and r.term(r.at - 1, "num") is not None and r.at:
        return False
    if r.word(r.at) == "a" and r.term(r.at + 1, "link"):
        return False
    if r.word(r.at) == "regular" and (end := _past_regular_insulin(r)):
        alone = r.draft.product is None and r.draft.is_blank()
        return r.put("product", r.words(r.at, end), end) if alone else r.refuse(end)
    if r.word(r.at) == "daily dose" and r.draft.dose and not r.draft.has_timing():
        return put_frequency(r, Frequency(1, 1), False, r.at + 1)  # "1 tablet daily dose increased"
    unit = r.draft.dose.unit if r.draft.dose else "mL" if r.draft.rate else "patch"
    if (
        r.word(r.at).startswith(
            (
                "replace",
                "change needle",
                "change dressing",
                "change site",
                "change infusion",
                "change bag",
                "change tubing",
            )
        )
        and unit not in _CHANGED
    ):
        r.at = _past_time(r, r.at + 1)
        return True  # "10 units before breakfast, change needle every 3 days"
    worn = r.word(r.at).rpartition(" new ")[2]
    worn = _WORN.get(worn) or _RENEWED.get(worn, "")
    if worn and r.draft.is_blank() and len(r.drafts) == 1:
        said = r.word(r.at).removeprefix("and ").removeprefix("then ").split()[0]
        method = "insert" if worn == "ring" else "apply" if said in ("change", "chg", "put") else said
        r.draft.dose, r.draft.method = Dose(_ONE, _ONE, worn), r.draft.method or method
        return r.took(r.at + 1)  # "apply a new patch every 72 hours", "change sensor every 10 days"
    r.at += 1
    return True


def _past_regular_insulin(r: Reader) -> int:
    """Past "regular insulin", "regular" before so many units; 0 where the word only says that it is taken regularly."""
    end = r.at + 1 + (r.word(r.at + 1) == "insulin")
    found = measure(r, end)
    return end if end > r.at + 1 or (found and found[2] == "unit") else 0


def remark(r: Reader) -> bool:
    """A note that is no direction: "needs appointment", "brand only", "reference # 123"."""
    if r.word(r.at) == "[" and r.word(r.at - 1) == ":" and (end := _closing(r)):
        r.remarks.append((r.items[r.at].start, r.items[end].end))
        r.at = end + 1
        return True
    if r.term(r.at, "num") is not None:
        return _quantity(r)
    if r.term(r.at, "remark") == "script":
        return _which_script(r)
    if not r.term(r.at, "remark"):
        return False
    j = r.at + 1
    counted = r.word(r.at).startswith(("refill", "rf")) and r.at > 0 and r.term(r.at - 1, "num") is not None
    if r.term(r.at, "remark") == "number" and not (counted and r.term(j + 1, "unit")):  # "3 refills" before "1 tab"
        if r.word(r.at) == "#" and r.draft.is_blank() and len(r.drafts) == 1:
            return _dispensed(r)  # "# 1-2 puffs as needed"
        while r.word(j) in ("#", ":", "number", ".", "=", "-", "*", "x"):
            j += 1
        if not r.at and j > 1 and r.word(0).startswith(("refill", "rf")) and begins_dose(r, j):
            r.note(0, r.items[j - 1].end)
            r.at = j
            return True  # "Refill: 1 tab by mouth daily"
        if r.term(j, "num") is None or (r.word(r.at) == "#" and _says_when(r, j + 1)):
            return False  # "5 mg #2 daily"
        j = (r.number(j) or (0, j + 1))[1]  # "#60 (sixty)"
        j += 2 if r.word(j) == "/" and r.glued(j) and r.word(j + 1).isalpha() else 0  # "#40/forty"
        j += r.term(j, "unit") is not None or r.word(j) == "ea" or (r.word(j).isalpha() and not r.knows(j))
        j += r.term(j, "remark") == "note"
        j += r.word(j) == "*"  # "Disp:*30 tablets* Refills:*2*"
    if r.term(r.at, "remark") == "sentence":
        bracket = r.word(r.at - 1) == "("
        while (
            j < r.n
            and r.word(j) not in (".", ";", "\n")
            and not (bracket and r.word(j) == ")")
            and not (r.term(j, "verb") and r.term(j + 1, "num") is not None)
        ):
            j += 1
        if _says_a_dose(r, r.at + 1, j) or (not bracket and _ends_in_a_duration(r, j)):
            return False
    if "fill" in r.word(r.at) or r.word(r.at).startswith(("dnf", "ntbf")):
        j = _past_date(r, j)
    if r.word(r.at).startswith(_WATCHING) and r.draft.has_timing():
        j = _past_time(r, j)
    r.note(r.items[r.at].start, r.items[j - 1].end)
    r.at = j
    return True


def _which_script(r: Reader) -> bool:
    """ "This is the 88 mcg rx" behind two strengths: which of them this prescription is."""
    found = measure(r, r.at + 1)
    if not found or not is_measured(found[2]) or r.word(found[3]) not in _SCRIPTS:
        return False
    r.note(r.items[r.at].start, r.items[found[3]].end)
    r.at = found[3] + 1
    return True


def dispensed_so(r: Reader) -> bool:
    """ "Weekly disp" behind a direction that has its times: how often it is handed out."""
    how = r.word(r.at) in ("weekly", "wkly", "monthly") and r.word(r.at + 1) in ("disp", "dispense", "disp.")
    if not how or not r.draft.has_timing() or r.term(r.at + 2, "num") is not None:
        return False
    r.note(r.items[r.at].start, r.items[r.at + 1].end)
    r.at += 2
    return True


def _dispensed(r: Reader) -> bool:
    """ "#30/thirty tablets." before the directions: so many to be dispensed."""
    found = r.number(r.at + 1)
    if not found:
        return False
    j = found[1]
    j += 2 if r.word(j) == "/" and (r.term(j + 1, "num") is not None or r.word(j + 1).isalpha()) else 0
    j += r.term(j, "unit") is not None
    if r.word(j) not in (".", ","):
        return False
    r.remarks.append((r.items[r.at].start, r.items[j - 1].end))
    r.at = j
    return True


def _past_overuse(r: Reader, i: int) -> int:
    """Past "using more than 3 times weekly" to the end of the sentence; 0 where nothing of that kind stands."""
    used = r.word(i) in ("using", "needed", "needing", "need", "you need", "used", "required")
    if not used or r.word(i + 1) not in ("more than", "more", "> "):
        return 0
    end = i + 2
    while end < r.n and r.word(end) not in (".", ";", "\n", ")"):
        if r.term(end, "verb") or r.term(end, "link") == "then":
            return 0
        end += 1
    return end


def _past_time(r: Reader, j: int) -> int:
    """Past "weekly", "every morning", "twice a day" behind "monitor blood pressure": it is not the medicine that is taken so."""
    if r.term(j, "freq") or r.term(j, "event") or r.term(j, "interval") or r.term(j, "weekday"):
        return j + 1
    found = r.numbers(j + 1) if r.term(j, "every") else None
    return found[2] + 1 if found and r.term(found[2], "period") else j


def _past_date(r: Reader, j: int) -> int:
    """Past "on or after 1/15/2025", "December 20 2022" behind "ok to fill"."""
    k = j
    while r.word(k) in ("on", "or", "after", "until", "before", "by", "the"):
        k += 1
    return date_end(r, k) or j


def _says_when(r: Reader, i: int) -> bool:
    return any(r.term(i, kind) for kind in ("freq", "every", "interval", "event", "times"))


def _says_a_dose(r: Reader, first: int, end: int) -> bool:
    """Whether so much at such a time stands between: "pt needs 2 tabs on Sunday"; or how, where that has not been said."""
    told = range(first, end)
    untimed = r.draft.dose and not r.draft.has_timing()
    if untimed and any(_says_when(r, i) or r.term(i, "route") or r.term(i, "weekday") for i in told):
        return True  # "5,000 units changed from every 12 hours"
    if any(r.term(i, "prn") or r.term(i, "hold") or begins_length(r, i) for i in told):
        return True  # "changed from once a day for 10 days"
    if any(r.term(i, "may_repeat") and _is_of_doses(r, i) for i in told):
        return True  # "recheck in 15 min and repeat x1"
    if any(begins_dose(r, i) and not measure(r, i) for i in told):
        return True  # "if not covered plus 1 by mouth every 6 hours"
    if any((found := measure(r, i)) and r.term(found[3], "route") for i in told):
        return True  # "150 mg by mouth"
    amounts = [r.term(i, "unit") for i in told if r.term(i, "unit") and r.term(i - 1, "num") is not None]
    if not all(map(is_measured, amounts)):
        return True  # "needs 2 tabs on Sundday"
    return bool(amounts) and any(_says_when(r, i) or r.term(i, "weekday") for i in told)


def _is_of_doses(r: Reader, i: int) -> bool:
    """Whether a "repeat" at `i` is of the dose, and not of a test."""
    said = set(r.word(i).split())
    return bool(said & {"1", "once", "x1", "dose", "treatment"}) or any(
        r.term(i + 1, kind) is not None for kind in ("num", "once", "if", "for", "prn", "until")
    )


def _closing(r: Reader) -> int:
    """Where ":[60 tablets]" ends, which is the pack; 0 when it does not, or is a time: ":[56 days]"."""
    end = next((i for i in range(r.at + 1, min(r.at + 9, r.n)) if r.word(i) == "]"), 0)
    return 0 if any(r.term(i, "period") for i in range(r.at, end)) else end


def _ends_in_a_duration(r: Reader, end: int) -> bool:
    """ "replaces lisinopril for 7 days": it may be the medicine that is taken so long."""
    return bool(r.term(end - 1, "period")) and r.term(end - 2, "num") is not None and r.word(end - 3) in ("for", "x")


def _quantity(r: Reader) -> bool:
    """ "30 rf 0": so many to be dispensed."""
    if r.term(r.at + 1, "remark") != "number":
        return False
    j = r.at + 1 + (r.word(r.at + 1).startswith(("refill", "rf")) and r.term(r.at + 2, "num") is None)
    r.remarks.append((r.items[r.at].start, r.items[j - 1].end))
    r.at = j
    return True


def supplied(r: Reader) -> bool:
    """ "(20 tabs, no refills)" behind a direction: what is to be dispensed."""
    found = measure(r, r.at + 1) if r.word(r.at) == "(" and r.draft.has_schedule() else None
    j = found[3] + (r.word(found[3]) in (",", ";", ".")) if found else 0
    if not found or is_measured(found[2]) or "refill" not in r.word(j) or r.word(j + 1) != ")":
        return False
    r.remarks.append((r.items[r.at + 1].start, r.items[j].end))
    r.at = j + 2
    return True


@needs(",")
def packed(r: Reader) -> bool:
    """ "1 tab, Oral, BID, 20 tab": so many to be dispensed, at the end of a list of fields."""
    if not (end := _past_pack(r)):
        return False
    r.remarks.append((r.items[r.at].start, r.items[end - 1].end))
    r.at = end
    return True


def _past_pack(r: Reader) -> int:
    """Past "20 tab" in "1 tab, Oral, BID, 20 tab", where all is told before it and it is many doses; 0 when it may be one."""
    draft, dose = r.draft, r.draft.dose
    if not (dose and draft.route and r.word(r.at - 1) == "," and draft.has_timing() and len(r.drafts) == 1):
        return 0
    if (found := measure(r, r.at)) is None:
        return 0
    end = found[3]
    refills = r.word(end) == "," and r.term(end + 1, "num") is not None and r.word(end + 2).startswith(("refill", "rf"))
    fields = r.text[: r.items[r.at].start].count(",") >= _FIELDS and (end >= r.n or refills)
    many = found[2] == dose.unit and found[0] >= _MANY * dose.high
    many = many or (is_measured(dose.unit) and not is_measured(found[2]) and found[0] >= _MANY)
    other = found[2] in ("g", "mL", "each") and dose.unit in ("drop", "application", "puff", "spray", "inhalation")
    return end if fields and (refills or many or other) else 0


def holds(r: Reader) -> bool:
    """ "1 mL every 2 weeks (200 mg/mL)": what each mL holds, beside a dose that is told in mL."""
    dose, found = r.draft.dose, measure(r, r.at + 1) if r.word(r.at) == "(" else None
    hourly = found and dose and dose.unit == "patch" and is_measured(found[2]) and r.word(found[3]) == "/"
    if hourly and found:
        end = next((k for k in range(found[3] + 1, found[3] + 4) if r.word(k) == ")"), 0)
        if end and r.term(end - 1, "period") == "h":
            r.remarks.append((r.items[r.at + 1].start, r.items[end - 1].end))
            r.at = end + 1
            return True  # "1 patch (10 mg/9 hr) daily"
    breathed = found is not None and found[2] in ("inhalation", "puff")  # "1 capsule daily (2 inhalations per capsule)"
    if breathed and found and dose and dose.unit == "capsule" and r.word(found[3]) == ")":
        r.remarks.append((r.items[r.at + 1].start, r.items[found[3] - 1].end))
        r.at = found[3] + 1
        return True  # "1 capsule (2 puffs) daily"
    if not found or not dose or dose.unit is None or not (is_measured(found[2]) or breathed) or found[2] == dose.unit:
        return False
    each = r.term(found[3], "each_strength") and dose.unit[:3] in r.word(found[3]) and r.word(found[3] + 1) == ")"
    if each:
        r.remarks.append((r.items[r.at + 1].start, r.items[found[3]].end))
        r.at = found[3] + 2
        return True  # "(5 mg/tab)"
    if r.word(found[3]) not in ("/", "per"):
        return False
    count = r.number(found[3] + 1)
    end = count[1] if count else found[3] + 1
    if r.term(end, "unit") != dose.unit or r.word(end + 1) != ")":
        return False
    r.remarks.append((r.items[r.at + 1].start, r.items[end].end))
    r.at = end + 2
    return True


def consists_of(r: Reader) -> bool:
    """ "3 tablets (two 150 mg nirmatrelvir and one 100 mg ritonavir)": what is taken together, in brackets behind all of them."""
    dose, j, count, parts = r.draft.dose, r.at + 1, Decimal(0), 0
    if r.word(r.at) != "(" or dose is None or is_measured(dose.unit) or dose.low != dose.high:
        return False
    while (each := r.number(j)) is not None:
        strength = measure(r, each[1])
        j = begun = strength[3] if strength and is_measured(strength[2]) else each[1]
        j += r.term(j, "unit") is not None
        j += r.word(j) == "of"
        named = j
        while r.word(j).isalpha() and not r.knows(j) and may_be_name(r.word(j)):
            j += 1
        if j == named or begun == j:
            return False
        j += r.term(j, "unit") is not None
        count, parts = count + each[0], parts + 1
        if r.word(j) in ("and", "&", "+", ",", "plus"):
            j += 1
    if parts < 2 or r.word(j) != ")" or count != dose.high:
        return False
    return r.advise(r.words(r.at + 1, j), j + 1)


def told_by(r: Reader) -> bool:
    """ "per cardiology", "per Dr Lee" behind a direction: who told so."""
    j = r.at + 1
    while j < r.n and (not r.knows(j) or r.word(j) in ("patient", "dr", "md")) and r.word(j)[0].isalpha():
        j += 1
        j += r.word(j) == "." and r.word(j - 1) == "dr"
    ends = j >= r.n or r.word(j) in (".", ";", ",", ")", "*")
    named = all(may_be_name(r.word(k)) for k in range(r.at + 1, j) if not r.knows(k))
    if r.word(r.at) != "per" or j == r.at + 1 or not ends or not named or not r.draft.has_timing():
        return False
    r.remarks.append((r.items[r.at].start, r.items[j - 1].end))
    r.at = j
    return True


def call(r: Reader) -> bool:
    """ "call 911 if no relief", "notify MD if glucose is over 400": to the end of the sentence, when no dose is in it."""
    begun = r.at + (bool(r.term(r.at, "unrelieved")) and (1 + (r.word(r.at + 1) in (",", "then"))))
    if not r.term(begun, "call"):
        return False
    if r.word(begun + 1) == "if" and (end := _past_overuse(r, begun + 2)):
        r.note(r.items[r.at].start, r.items[end - 1].end, is_told=True)
        r.at = end
        return True
    named = r.word(begun + 1) in ("md", "the md") and r.term(begun + 2, "num") is None  # and no most a day
    j = to_sentence_end(r, begun + 1 + named)
    if j == begun + 1 + named and r.term(j, "if"):
        j = to_sentence_end(r, j, ",")  # "notify MD if >400, before meals"
    again = (k for k in range(begun + 2, j) if r.term(k, "may_repeat") and r.word(k - 1) in (",", "-"))
    j = next(again, j)
    whole = (
        r.word(begun).startswith("go to ")
        and r.word(begun) != "go to"
        and (j >= r.n or r.word(j) in (".", ";", ",", ")"))
    )
    if j == begun + 1 and not whole:
        return False
    r.note(r.items[r.at].start, r.items[j - 1 - (r.word(j - 1) in (",", "-"))].end, is_told=True)
    r.at = j
    return True
