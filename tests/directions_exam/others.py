"""Spanish, and texts that must not be called read: contradictions, open doses, what a person has to decide."""

from __future__ import annotations

from tests.directions_exam.meaning import Part, Written
from tests.directions_exam.pick import Pick, dose_of

__all__ = ["SCENES"]


def spanish(pick: Pick) -> Written:
    """ "Tome 1 tableta por vía oral dos veces al día"."""
    count, n = pick.said("spanish counts")
    unit, forms = pick.said("spanish forms")
    one, _, many = forms.partition("/")
    dose = dose_of(str(count), unit)
    route, way = pick.said("spanish routes")
    times, when = pick.said("spanish times")
    why, need = pick.said("spanish reasons")
    length, long = pick.said("spanish lengths")
    form = one if dose[1] <= 1 else many
    tail = pick.words("||con comida|con agua")
    text = f"{pick.words('Tome|Tomar|tome|TOME')} {n} {form} {way} {when} {need} {long} {tail}"
    part = Part(
        dose,
        route,
        None,
        frozenset(str(times).split("+")),
        may=frozenset({"C"}),
        prn=bool(need),
        reason=why,
        duration=length,
    )
    return Written(text, (part,), "spanish")


def trap(pick: Pick) -> Written:
    """What contradicts itself, leaves the dose open, or may be taken in two ways."""
    text = pick.line("traps").format(n=pick.words("1|2|3"))
    closed = text.endswith(("y", "bid", ")", "bedtime"))
    tail = pick.words("||| with food| for blood pressure") if closed else ""
    return Written(text + tail, (), "trap")


SCENES = [spanish, spanish, trap]
