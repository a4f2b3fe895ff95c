"""What lies beside each other on a ward on purpose: a bolus and a drip, counted doses, one dose before going home."""

from __future__ import annotations

import re

from tallman.core.prescription import Order
from tallman.core.screening.match import release_of
from tallman.core.sig import Step

__all__ = [
    "are_degrees_of_one_need",
    "are_for_different_needs",
    "are_of_a_ward",
    "are_one_after_the_other",
    "are_titrated",
    "belongs_to_the_other",
    "ends_with_the_stay",
    "goes_on_beside_what_runs",
    "goes_on_in_hospital",
    "has_basal_rate",
    "is_bolus_of_what_runs",
    "is_given_once",
    "is_given_once_on_a_ward",
    "is_load_of",
    "is_numbing",
    "is_one_dose",
    "is_over_at_home",
    "is_under_eyes",
]

_NUMBING = frozenset({"intrathecal", "epidural", "infiltration", "perineural"})
_OPERATION = re.compile(
    r"\b(?:incision|surgery|induction|procedure|operation|operating room|chemo(?:therapy)?)\b|"
    r"\bbefore (?:the |each )?(?:\w+(?:mab|taxel|platin|rubicin)|taxol|taxotere|infusion|transfusion|ivig|contrast)\b"
)
_BUTTON = re.compile(r"\b(?:pca|lock-?out|patient[- ]controlled|demand dose)\b", re.IGNORECASE)
_DEGREE = re.compile(
    r"\b(?:mild|moderate|severe|(?:score|scale|level|rated)?\s*\d{1,2}\s*(?:-|to)\s*\d{1,2})\b(?=.*\bpain\b)|"
    r"(?<=pain )(?:mild|moderate|severe|\(?\d{1,2}\s*(?:-|to)\s*\d{1,2}\)?)",
    re.IGNORECASE,
)
_FEW_MINUTES = 15
_LONG = 12
"""Hours: what is given over so long runs."""


def belongs_to_the_other(order: Order, other: Order) -> bool:
    """Whether, on a ward, one is a load, a bolus or a dose for now and the other what goes on, or what runs."""
    if {order.setting, other.setting} != {"inpatient"}:
        return is_over_at_home(order, other)
    is_local = is_numbing(order) or is_numbing(other)
    return is_one_dose(order) != is_one_dose(other) or _runs(order) != _runs(other) or is_local


def goes_on_in_hospital(order: Order, other: Order) -> bool:
    """Whether a ward orders what was taken at home, by whatever way and dose: the supply of home stays at home."""
    return order.setting == "inpatient" and other.setting != "inpatient"


def ends_with_the_stay(order: Order, other: Order) -> bool:
    """Whether an order is for home, and the other of the ward."""
    return order.setting == "community" and other.setting == "inpatient"


def goes_on_beside_what_runs(order: Order, other: Order) -> bool:
    """Whether, on a ward, doses by the clock go on beside a drip by the same way, or what lasts all day is swallowed
    beside a pump with a basal rate: the drip is meant instead of them."""
    if {order.setting, other.setting} != {"inpatient"}:
        return False
    return any(_is_instead_of(a, b) for a, b in ((order, other), (other, order)))


def _is_instead_of(drip: Order, doses: Order) -> bool:
    if has_basal_rate(drip):
        return release_of(doses) == "extended" and _is_by_the_clock(doses)
    if not _runs(drip) or _runs(doses) or not _is_by_the_clock(doses):
        return False
    return drip.taken_route == doses.taken_route == "intravenous"


def _is_by_the_clock(order: Order) -> bool:
    times = [s.timing for s in order.sig.steps if not s.prn]
    is_repeated = bool(times) and all((t.frequency or t.interval or t.events) and not t.count for t in times)
    return is_repeated and len(times) == len(order.sig.steps) and not _is_repeated_in_minutes(order)


def has_basal_rate(order: Order) -> bool:
    """Whether a pump runs by itself and gives a dose besides when the patient asks for it."""
    steps = order.sig.steps
    if len(steps) == 1:  # Where nobody says "PCA" the rate and the patient's dose are read as one.
        return bool(steps[0].rate and steps[0].dose) and _is_repeated_in_minutes(order)
    runs = any(s.rate and not s.dose for s in steps)
    return runs and any(s.dose and not (s.rate or s.timing.once) for s in steps)


def is_given_once_on_a_ward(order: Order) -> bool:
    """Whether it is one dose, on a ward."""
    return order.setting == "inpatient" and is_one_dose(order)


def is_given_once(order: Order) -> bool:
    """Whether its directions are for one dose and no more."""
    return bool(order.sig.steps) and all(s.timing.once for s in order.sig.steps)


def is_load_of(order: Order, other: Order) -> bool:
    """Whether, on a ward, one is given once and the other goes on: the load and what keeps it up are no sum."""
    return {order.setting, other.setting} == {"inpatient"} and is_one_dose(order) != is_one_dose(other)


def is_bolus_of_what_runs(order: Order, other: Order) -> bool:
    """Whether both go into a vein in a clinic or on a ward, one as a single dose and the other over half a day."""
    both = (order, other)
    if any(o.setting == "community" or o.taken_route != "intravenous" for o in both) or _runs(order) == _runs(other):
        return False
    bolus = other if _runs(order) else order
    return all(s.timing.once or (s.days and s.days.first == s.days.last) for s in bolus.sig.steps)


def is_over_at_home(order: Order, other: Order) -> bool:
    """Whether one is a single dose on a ward and the other for home: the one is over when the other begins."""
    there = [o for o in (order, other) if o.setting == "inpatient"]
    return order.setting != other.setting and any(is_one_dose(o) or _is_counted_out(o) for o in there)


def are_of_a_ward(order: Order, other: Order) -> bool:
    """Whether two of a kind are, on a ward, one beside the other on purpose: single doses, bolus and drip."""
    both = {order.setting, other.setting} == {"inpatient"} and is_one_dose(order) and is_one_dose(other)
    return both or are_titrated(order, other) or belongs_to_the_other(order, other)


def are_titrated(order: Order, other: Order) -> bool:
    """Whether, on a ward, one of them is given again every few minutes: somebody stands beside and watches."""
    if {order.setting, other.setting} != {"inpatient"}:
        return False
    return any(map(_is_repeated_in_minutes, (order, other)))


def _is_repeated_in_minutes(order: Order) -> bool:
    spans = [s.timing.interval for s in order.sig.steps if s.timing.interval]
    return any(i.unit == "min" and i.high <= _FEW_MINUTES for i in spans)


def is_under_eyes(order: Order) -> bool:
    """Whether, on a ward, it is given once, again and again within minutes, or runs in: somebody stands beside and
    watches. Not where the patient presses the button."""
    if order.setting != "inpatient" or _BUTTON.search(f"{order.medicine.text} {order.sig.text}"):
        return False
    return is_one_dose(order) or _runs(order) or _is_repeated_in_minutes(order)


def are_degrees_of_one_need(order: Order, other: Order) -> bool:
    """Whether both are as needed, each for another degree of the same: 5 mg for moderate pain, 10 mg for severe pain.
    One of them is given at a time, and never both."""
    here, there = _degrees(order), _degrees(other)
    return bool(here and there) and not here & there


def _degrees(order: Order) -> frozenset[str]:
    """The degrees of pain for which each step is as needed; empty where any step names none."""
    found = [_DEGREE.search(s.prn_reason or "") for s in order.sig.steps if s.prn]
    if not found or len(found) < len(order.sig.steps) or None in found:
        return frozenset()
    return frozenset(m[0].lower() for m in found if m)


def are_for_different_needs(order: Order, other: Order) -> bool:
    """Whether, on a ward, each is given as needed and says for what, and not for the same: moderate and severe pain."""
    if {order.setting, other.setting} != {"inpatient"}:
        return False
    here, there = ({s.prn_reason for s in o.sig.steps} for o in (order, other))
    return None not in here | there and bool(here) and bool(there) and here.isdisjoint(there)


def are_one_after_the_other(order: Order, other: Order) -> bool:
    """Whether both are, on a ward, doses counted out, one at least run in over a time: three bags of an antidote, a
    potassium run beside a potassium drink. The same directions twice are none such."""
    both = (order, other)
    if {o.setting for o in both} != {"inpatient"} or order.sig.text == other.sig.text:
        return False
    return all(map(_is_counted_out, both)) and any(s.timing.over for o in both for s in o.sig.steps)


def _is_counted_out(order: Order) -> bool:
    """Whether it ends by itself: one dose, so many doses, or one that runs in over a time and is not repeated."""
    times = [s.timing for s in order.sig.steps]
    return bool(times) and all(
        t.count or (not (t.frequency or t.interval or t.events) and (t.once or t.over)) for t in times
    )


def is_numbing(order: Order) -> bool:
    """Whether it goes where an anesthetist puts several: beside nerves, into the spine, into a wound."""
    return order.taken_route in _NUMBING


def is_one_dose(order: Order) -> bool:
    """Whether it is given once: it says so, or its directions name a moment around an operation or a
    day of chemotherapy and no repetition."""
    return bool(order.sig.steps) and all(s.timing.once or _is_of_an_operation(s) for s in order.sig.steps)


def _is_of_an_operation(step: Step) -> bool:
    timing = step.timing
    is_repeated = timing.frequency or timing.interval or timing.events or timing.clock or step.rate or step.prn
    return not is_repeated and any(_OPERATION.search(said) for said in (*step.instructions, step.trigger or ""))


def _runs(order: Order) -> bool:
    """Whether it runs in for hours: by a rate alone, or one dose over half a day."""
    steps = order.sig.steps
    return any((s.rate and not s.dose) or (s.timing.over and s.timing.over.to("h").value >= _LONG) for s in steps)
