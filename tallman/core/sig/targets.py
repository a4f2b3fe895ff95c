"""What a dose is steered by, or was worked out for: "titrate to RASS 0 to -2", "MAP > 65", "AUC 6", "1 unit per 10 g of carbohydrate"."""

from __future__ import annotations

from functools import lru_cache

from tallman.core.sig.amounts import measure
from tallman.core.sig.reader import Reader

__all__ = ["ratio", "target"]

_SCALES = frozenset(
    "ci rass map sbp dbp cpp icp bis ciwa cpot tof svo2 scvo2 auc cvp aptt ptt xa trough troughs".split()
)
"""Scores and measurements of wards by their short names; the numbers behind them are no doses."""
_STEERING = frozenset(
    "spo sao fbg fbs hr bp rr pulse ptt inr act spo2 sats sat bg glucose fasting sugar bm bms anti uop urine output heart rate blood pressure".split()
)
"""What else a dose that is titrated may be titrated to."""
_BETWEEN = frozenset(
    {
        "-",
        "–",
        ">",
        "<",
        "≥",
        "≤",
        "=",
        "of",
        "at",
        "to",
        "target",
        "goal",
        "score",
        "or",
        "&gt;",
        "/",
        "above",
        "below",
        "less than",
    }
)
_LEADS = frozenset(
    {"goal", "target", "titrate to", "titrate", "titrated", "titrated to", "for", "to", "keep", "maintain"}
)
_STOOLS_NAMED = frozenset("stool stools bm bms movement movements consistency".split())
_STOOLS = _STOOLS_NAMED | {
    "soft",
    "formed",
    "loose",
    "bowel",
    "bowel movement",
    "bowel movements",
    "of",
    "easy",
    "regular",
    "effect",
}
_NO_GOAL = frozenset("verb unit route freq interval every event prn once stat max weekday until start".split())
"""Kinds of phrases that no measurement has in its name."""
_UNITS = ("mmhg", "mm")
_CARBOHYDRATES = frozenset({"carb", "carbs", "carbohydrate", "carbohydrates", "cho"})
_GLUCOSE = frozenset("mg / dl mg/dl points point pts bg bs blood glucose sugar a glucose".split())
_EXCHANGES = frozenset("choice choices exchange exchanges serving servings".split())
_HANGS_ON = (":", "carb", "cho", "over", "above", ">", "greater")
"""What no ratio and no factor is told without."""
_ABOVE = frozenset({"over", "above", ">", "greater"})


def target(r: Reader) -> bool:
    """ "RASS 0 to -2", "goal MAP >65 mmHg", "AUC 5", "titrate to HR < 110": said of the dose, and no dose of its own."""
    i = r.at + (r.word(r.at) == "for" and r.word(r.at + 1) in ("goal", "target"))
    led = i
    to = r.word(i) == "to" or bool(r.term(i, "reach"))
    steered = _titrates(r, i) or (to and (r.draft.change or r.draft.rate) is not None)
    steered = steered or (r.draft.rate is not None and r.word(i) in ("keep", "maintain", "goal", "target", "for"))
    steered = steered or (r.draft.rate is not None and _keeps(r, i))
    i += steered and bool(r.term(i, "reach"))
    while (
        r.word(i) in _LEADS or _titrates(r, i) or (steered and (r.term(i, "instr") == "per protocol" or _keeps(r, i)))
    ) and i < r.n:
        i += 1
    if steered and (end := _past_stools(r, i)):
        return r.advise(r.words(r.at, end), end)  # "titrate to 1 to 2 soft stools a day"
    aimed = r.word(led) in ("goal", "target", "aim") and i > led
    count = r.numbers(i) if steered or aimed else None
    named = _SCALES | _STEERING if steered else _SCALES
    end = count[2] + (r.word(count[2]) in ("soft", "loose", "formed", "good")) if count else i
    stools = r.word(end) in _STEERING or r.word(end) in (
        "stools",
        "stool",
        "movements",
        "bowel movements",
        "soft stools",
    )
    stools = stools and (steered or not {"num"} & r.items[end].terms.keys())
    if count and stools:
        end += 1 + ((r.term(end + 1, "freq") or (0,))[:2] == (1, "d"))
        return r.advise(r.words(r.at, end), end)  # "titrate to 3 BMs a day"
    if r.word(i) not in named:
        goal = _past_goal_named(r, i) if aimed else 0
        return bool(goal) and r.advise(r.words(r.at, goal), goal)  # "goal trough 15-20"
    while r.word(i + 1) in named:
        i += 1
    end = _past_numbers(r, i + 1)
    if end == i + 1 and not steered:
        return False
    end = _past_measure(r, end)
    return r.advise(r.words(r.at, end), end)


def _titrates(r: Reader, i: int) -> bool:
    """ "titrate", "may titrate to" """
    return "titrat" in r.word(i)


def _keeps(r: Reader, i: int) -> bool:
    """Whether "to keep", "to maintain" stands there, before what is measured."""
    return r.term(i, "purpose") is not None and r.word(i).endswith(("keep", "maintain"))


def _past_goal_named(r: Reader, i: int) -> int:
    """Past "trough 15-20 mcg/mL", "urine output > 100 mL/hr", "Hgb > 8" behind "goal"; 0 where a dose or a time may be meant."""
    j = i
    while j < i + 3 and r.word(j).isalpha() and not _NO_GOAL.intersection(r.items[j].terms):
        j += 1
    end = _past_numbers(r, j)
    if j == i or end == j or r.term(i, "num") is not None:
        return 0
    end = _past_measure(r, end)
    return end if end >= r.n or r.word(end) in (".", ",", ";", ")") else 0


def _past_measure(r: Reader, end: int) -> int:
    """Past the unit of a goal that is a concentration or a flow: "mcg/mL", "mL/kg/hr", "x baseline"."""
    if r.word(end) == "x" and r.word(end + 1) in ("baseline", "control", "normal"):
        return end + 2
    parts = end
    while r.term(parts, "unit") or r.term(parts, "period"):
        if r.word(parts + 1) not in ("/", "per"):
            return parts + 1 if parts > end else end
        parts += 2
    return end


def _past_stools(r: Reader, i: int) -> int:
    """Past "1 to 2 soft stools a day"; 0 where something else stands."""
    count = r.numbers(i)
    j = count[2] if count else i
    while r.word(j) in _STOOLS or r.term(j, "noise"):
        j += 1
    if not _STOOLS_NAMED.intersection(w for k in range(i, j) for w in r.word(k).split()):
        return 0
    return j + ((r.term(j, "freq") or (0, ""))[1] == "d")


def _past_numbers(r: Reader, i: int) -> int:
    """The place behind the numbers, their signs and their unit; `i` where there are none."""
    end = begun = i
    while i < r.n and (r.word(i) in _BETWEEN or r.term(i, "num") is not None):
        i += 1
        end = i if r.term(i - 1, "num") is not None else end
    end += end == i and end > begun and r.word(end) in ("%", "percent")
    i = end if r.word(end - 1) in ("%", "percent") else i
    if end == i and r.word(end) in _UNITS:
        end += 1 + (r.word(end + 1) == "hg")
    return end


@lru_cache(maxsize=8)
def _may_hang_on(text: str) -> bool:
    """Whether anything is said that a ratio or a factor is told with; asked at every amount of a text."""
    small = text.lower()
    return any(said in small for said in _HANGS_ON)


def ratio(r: Reader) -> bool:
    """ "1 unit per 10 g of carbohydrate", "add 1 unit for every 50 over 150": the dose hangs on what is eaten, or on the
    glucose, and no amount is told."""
    if r.term(r.at, "correcting") is None and not _may_hang_on(r.text):
        return False
    if (end := _past_carb_ratio(r)) or (end := _past_factor(r)):
        return r.advise(r.words(r.at, end), end)  # "carb ratio 1:10", "ISF 50"
    led = bool(r.term(r.at, "correcting") or r.term(r.at, "carbs") or r.word(r.at) in ("add", "plus"))
    end = _past_ratio(r, r.at + led)
    return bool(end) and r.advise(r.words(r.at, end), end)


def _past_carb_ratio(r: Reader) -> int:
    """Past "ICR 1:10", "1:10 carb ratio"; 0 where something else stands."""
    named = bool(r.term(r.at, "carbs"))
    i = r.at + named
    if not r.term(i, "clock") and r.word(i + 1) != ":":
        return 0
    end = i + (1 if r.term(i, "clock") else 3)
    if named:
        return min(end, r.n)
    return end + 1 if r.term(end, "carbs") else 0


def _past_factor(r: Reader) -> int:
    """Past "ISF 50", "correction factor 1:50 above 120"; 0 where something else stands."""
    i = r.at + 1
    if not r.term(r.at, "correcting") or not (r.term(i, "clock") or r.term(i, "num") is not None):
        return 0
    end = i + 1
    if r.word(end) in ("-", "–") or r.term(end, "link") == "to":
        return 0  # "correction scale: 150-199 1 unit"
    if r.word(end) == ":" and r.term(end + 1, "num") is not None:
        end += 2
    if r.term(end, "unit") and r.word(end) != "mg":
        return 0
    end = _past_goal(r, end) or end
    aimed = r.word(end) == "," and r.word(end + 1) in ("target", "goal") and r.term(end + 2, "num") is not None
    return end + 3 * aimed


def _past_ratio(r: Reader, i: int) -> int:
    """Past so many units for each so much; 0 where something else stands."""
    i += r.word(i) in ("add", "plus", "give", "take") or r.term(i, "verb") is not None
    found = measure(r, i)
    plain = r.number(i)
    j = found[3] if found and found[2] == "unit" else plain[1] if plain and r.word(plain[1]) == ":" else 0
    if not j or not (r.term(j, "per") or r.term(j, "for") or r.word(j) == ":"):
        return 0
    j += 1
    j += r.word(j) in ("every", "each")
    each = r.number(j)
    if each is None:
        serving = r.word(j) in ("carb", "carbohydrate") and r.word(j + 1) in _EXCHANGES
        return j + 2 if serving else 0  # "1 unit for each carb choice"
    j = each[1]
    if r.word(j) in ("carb", "carbohydrate") and r.word(j + 1) in _EXCHANGES:
        return j + 2
    weighed = bool(r.term(j, "unit") == "g")
    j += weighed + (weighed and r.word(j + 1) in ("of", "of the"))
    if r.word(j) in _CARBOHYDRATES:
        return j + 1 + (r.word(j + 1) in ("eaten", "consumed"))
    if weighed:
        return 0
    return _past_goal(r, j)


def _past_goal(r: Reader, j: int) -> int:
    """Past "mg/dL above 120"; 0 where something else stands."""
    while r.word(j) in _GLUCOSE:
        j += 1
    if r.word(j) not in _ABOVE:
        return 0
    j += 1
    while r.word(j) in _GLUCOSE or r.word(j) in ("than", "target", "of", "goal"):
        j += 1
    goal = r.number(j)
    end = goal[1] if goal else j
    while r.word(end) in _GLUCOSE:
        end += 1
    return end if goal else 0
