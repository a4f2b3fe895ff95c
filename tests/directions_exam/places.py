"""Scenes of a place: eyes, ears, nose, skin, lungs, patches, insulin."""

from __future__ import annotations

from tests.directions_exam.meaning import ANY, Part, Written
from tests.directions_exam.pick import Pick, dose_of

__all__ = ["SCENES"]


def eye_and_ear(pick: Pick) -> Written:
    """Drops: shorthand of eyes and ears, "affected eye"."""
    where, said = pick.said("eyes and ears")
    route, site = str(where).split("/")
    count = pick.words("1|1|2|1-2|3|4")
    times, when = pick.when("1/d|2/d|3/d|4/d|q4h|q6h|HS|q2h|q12h|1/d|NIGHT|6/d")
    length, long = pick.lasting(40, "3 d|5 d|7 d|10 d|1 wk|2 wk")
    awake = pick.words("|||while awake") if {"q2h", "q4h"} & times else ""
    order = pick.line("eye orders")
    drops = pick.words("gtt|gtts|drop|drops|drop(s)")
    text = order.format(v=pick.words("Instill|Place|Put|Use|Apply"), c=count, d=drops, s=said, w=when, a=awake, l=long)
    part = Part(dose_of(count, "drop"), route, site, times, prn="prn" in order, reason=None, duration=length)
    return Written(text, (part,), "eye and ear")


def skin(pick: Pick) -> Written:
    """Creams: a thin layer, a place, a length."""
    place, said = pick.said("places")
    times, when = pick.when("1/d|2/d|3/d|4/d|HS|MORN|2/wk|NIGHT|MORN+HS|3/wk|q12h|1-2/d")
    why, need = pick.reason() if pick.chance(25) else (None, "")
    length, long = pick.lasting(40, "7 d|10 d|14 d|2 wk|1 wk|6 wk")
    much, layer = pick.said("layers")
    dose = None if much is None else dose_of(*much.split())
    order = pick.words("{v} {m} {s} {w} {p} {l}|{v} {m} {w} {s} {p} {l}|{v} {m} {s} {w} {l} {p}")
    text = order.format(v=pick.words("Apply|APPLY|apply|Rub|Use"), m=layer, s=said, w=when, p=need, l=long)
    return Written(text, (Part(dose, ANY, place, times, prn=bool(need), reason=why, duration=length),), "skin")


def insulin(pick: Pick) -> Written:
    """Units: before meals, at bedtime, with a limit."""
    count = pick.words("10|8|12|20|35")
    ways, units = (
        pick.words("subcutaneously|subq|sc|under the skin|SQ|subcut|"),
        pick.words("units|unit(s)|Units|UNITS"),
    )
    times, when = pick.when("HS|MORN|1/d|2/d|AC|AC|AC-15|AC+HS|NIGHT|EVE|CM+CV")
    text = pick.line("insulin orders").format(n=count, u=units, r=ways, w=when)
    maxima = frozenset({("50", "unit", "1d")}) if "max" in text else frozenset()
    return Written(text, (Part(dose_of(count, "unit"), ANY, None, times, maxima=maxima),), "insulin")


def insulin_twice(pick: Pick) -> Written:
    """One dose in the morning, another in the evening."""
    a, *first, b, last_a, last_b = pick.line("insulin pairs").split()
    words = [a, *first, b, last_a, last_b]
    at = next(i for i in range(1, len(words)) if words[i].isupper() and words[i] in ("ACV", "HS", "EVE", "CV"))
    one, two = words[:at], words[at:]
    n, m, units = pick.words("10|8|12|20|35"), pick.words("6|14|18|22"), pick.words("units|unit(s)|Units|UNITS")
    text = f"Inject {n} {units} {pick.words('subq|sc|')} {' '.join(one[1:])} and {m} {units} {' '.join(two[1:])}"
    parts = (
        Part(dose_of(n, "unit"), ANY, None, frozenset({one[0]})),
        Part(dose_of(m, "unit"), ANY, None, frozenset({two[0]}), link="and"),
    )
    return Written(text, parts, "insulin")


def inhaler(pick: Pick) -> Written:
    """Puffs and inhalations."""
    count = pick.words("1|2|2|1-2|4")
    unit = pick.words("puff|puff(s)|inhalation(s)") if count == "1" else pick.words("puffs|puff|inhalations|puff(s)")
    times, when = pick.when("1/d|2/d|4/d|q4h|q6h|q4-6h|HS|MORN|3-4/d")
    why, need = pick.said("inhaler reasons")
    way = pick.words("by mouth|into the lungs|via inhalation||orally|inhaled")
    text = f"{pick.words('Inhale|inhale|Take|INHALE|Use|')} {count} {unit} {way} {when} {need}"
    text += f" {pick.words('||rinse mouth after use|with spacer')}"
    part = Part(dose_of(count, "puff"), ANY, None, times, prn=bool(need), reason=None if why == "bare" else why)
    return Written(text, (part,), "inhaler")


def nose(pick: Pick) -> Written:
    """Sprays."""
    count, (site, said) = pick.words("1|2|2|1-2"), pick.said("nostrils")
    times, when = pick.when("1/d|2/d|1/d|MORN|HS|1-2/d")
    sprays = pick.words("spray|spray(s)") if count == "1" else pick.words("sprays|spray(s)")
    text = f"{pick.words('Use|Spray|Instill||SPRAY|Administer')} {count} {sprays} {said} {when}"
    return Written(text, (Part(dose_of(count, "spray"), "nasal", site, times),), "nose")


def patch(pick: Pick) -> Written:
    """Patches: every so often, or on and off."""
    if pick.chance(25):
        return Written(pick.line("worn"), (Part(dose_of("1", "patch"), ANY, ANY, frozenset({"1/d"})),), "patch")
    times, when = pick.when("q72h|q3d|1/wk|2/wk|1/d|q7d|q48h|NIGHT")
    text = pick.line("patches").format(n=pick.words("1|one|one (1)"), w=when)
    return Written(text, (Part(dose_of("1", "patch"), ANY, ANY, times),), "patch")


SCENES = [eye_and_ear, eye_and_ear, skin, skin, insulin, insulin_twice, inhaler, nose, patch]
