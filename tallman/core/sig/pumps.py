"""A pump from which the patient calls for each dose (PCA): demand dose, lockout, what it gives by itself, the most."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.amounts import concentration, is_measured, measure, rate
from tallman.core.sig.model import Dose, Interval, Maximum
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Draft, Reader

__all__ = ["CALLED_FOR", "by_strokes", "names_pump", "patient_pump"]

CALLED_FOR = "from a pump at the patient's call"


@needs("pump")
def patient_pump(r: Reader) -> bool:
    """One setting of a PCA pump at the cursor. Its words mean this only where the pump has been named."""
    kind = r.term(r.at, "pump")
    if kind is None and not r.is_pump:
        return False
    if r.is_pump and r.word(r.at) == "continuous" and r.number(r.at + 1):
        return _basal(r, r.at + 1)  # "continuous 0 mg/hr"
    if names_pump(r, r.at):
        loaded = r.draft.dose and (r.draft.stat or r.draft.once) and CALLED_FOR in r.draft.instructions
        if kind == "demand" and loaded:
            r.draft.instructions.remove(CALLED_FOR)
            r.begin("then")  # "loading dose 0.4 mg, demand dose 0.2 mg"
        r.is_pump = True
        if r.draft.rate:
            r.begin("and")  # "8 mL/hr, PCEA bolus 4 mL every 20 min"
        r.draft.instructions += [] if CALLED_FOR in r.draft.instructions else [CALLED_FOR]
        r.at += 1
        if r.word(r.at) == "(" and (held := concentration(r, r.at + 1)) and r.word(held) == ")":
            r.note(r.items[r.at + 1].start, r.items[held - 1].end)
            r.at = held + 1 + (r.word(held + 1) == ":")  # "(1 mg/mL)"
        return True
    if not r.is_pump:
        return False
    if kind is None:
        return _number_first(r)
    j = r.at + 1
    while r.word(j) in (":", "=", "-", "of", "is"):
        j += 1
    if kind == "demand":
        r.at = j
        return True
    if kind == "clinician":
        r.begin("and")
        r.at = j
        return measure(r, j) is not None
    if kind == "no basal":
        return r.took(j)
    return _lockout(r, j) if kind == "lockout" else _basal(r, j)


def names_pump(r: Reader, i: int) -> bool:
    """Whether the phrase at `i` names the pump: "PCA", "PCA dose", "demand dose" where a lockout is told, too."""
    kind: str | None = r.term(i, "pump")
    if kind != "demand":
        return kind == "pump"
    return r.word(i).startswith(("pca", "pcea")) or any(r.term(j, "pump") == "lockout" for j in range(len(r.items)))


def _lockout(r: Reader, j: int) -> bool:
    """ "Lockout 10 min": no dose sooner than that behind the last; without a number, behind "q8min"."""
    found = r.numbers(j)
    if found is None:
        return r.draft.interval is not None and r.took(j)
    unit = r.term(found[2], "period")
    if unit not in ("min", "h") or found[0] != found[1]:
        return False
    return r.put("interval", Interval(found[0], found[1], unit), found[2] + 1)


def _basal(r: Reader, j: int) -> bool:
    """ "Basal 0.5 mg/hr" runs beside the doses called for; "basal 0" is none."""
    flow = rate(r, j)
    if flow is None:
        plain = r.number(j)
        return bool(plain and not plain[0]) and r.took(_past_zero(r, plain[1])) if plain else False
    if flow[0].high:
        running = Draft(link="and")
        running.rate, running.first, running.last = flow[0], r.items[j].start, r.items[flow[1] - 1].end
        r.drafts.append(running)
    return r.took(flow[1])


def _past_zero(r: Reader, j: int) -> int:
    """Past the unit of "0 mg"."""
    return j + (r.term(j, "unit") is not None)


def _number_first(r: Reader) -> bool:
    """ "10 min lockout", "0.2 mg/hr basal", "0 basal"."""
    flow = rate(r, r.at)
    if flow and r.term(flow[1], "max") and flow[0].per == "h":
        r.draft.maxima.append(Maximum(flow[0].high, flow[0].unit, Decimal(1), "h"))
        return r.took(flow[1] + 1)  # "1 mg/hr max"
    if flow and r.term(flow[1], "instr") == "continuously":
        return _basal(r, r.at) and r.took(flow[1] + 1)  # "0.1 mg/hr continuous"
    if flow and r.term(flow[1], "pump") == "basal":
        begun, end = r.at, flow[1]
        return _basal(r, begun) and r.took(end + 1)
    found = r.number(r.at)
    if found and not found[0] and r.term(_past_zero(r, found[1]), "pump") == "basal":
        return r.took(_past_zero(r, found[1]) + 1)
    unit = r.term(found[1], "period") if found else None
    if found and unit in ("min", "h") and r.term(found[1] + 1, "pump") == "lockout":
        most = measure(r, found[1] + 2)
        if most and unit == "h" and is_measured(most[2]):
            r.draft.maxima.append(Maximum(most[1], most[2], found[0], "h"))
            return r.took(most[3])  # "4 hr lockout 600 mcg"
        return r.put("interval", Interval(found[0], found[0], unit), found[1] + 2)
    return False


def by_strokes(r: Reader) -> bool:
    """ "0.2 mg/8 min/4 mg in 4 h", "1 mg / 6 min / 10 mg per h": demand dose, lockout and the most in so long, behind strokes."""
    if r.is_pump and _number_first(r):
        return True
    given = measure(r, r.at) if r.is_pump else None
    hours = r.number(given[3] + 1) if given and r.word(given[3]) in ("/", "per", "in") else None
    if (
        given
        and hours
        and r.term(hours[1], "period") == "h"
        and (r.term(hours[1] + 1, "max") or r.word(hours[1] + 1) == "limit")
    ):
        r.draft.maxima.append(Maximum(given[1], given[2], hours[0], "h"))
        return r.took(hours[1] + 2)  # "4 mg/4 h limit"
    if not given or not is_measured(given[2]) or r.draft.dose or r.word(given[3]) != "/":
        return False
    lockout = r.number(given[3] + 1)
    if not lockout or r.term(lockout[1], "period") != "min":
        return False
    r.draft.dose = Dose(given[0], given[1], given[2])
    r.draft.interval = Interval(lockout[0], lockout[0], "min")
    end = lockout[1] + 1
    most = measure(r, end + 1) if r.word(end) == "/" else None
    if not most:
        return r.took(end + (r.word(end) == "/"))
    k = most[3]
    while r.word(k) in ("in", "per", "/", "a", "max", "every", "q"):
        k += 1
    span = r.number(k) or (Decimal(1), k)
    if k == most[3] or r.term(span[1], "period") != "h":
        return r.took(end)
    r.draft.maxima.append(Maximum(most[1], most[2], span[0], "h"))
    return r.took(span[1] + 1)
