"""Places on the body in Spanish: a fixed phrase, or the parts with their sides."""

from __future__ import annotations

import re

from tallman.core.sig.spanish import SITES

__all__ = ["in_spanish", "when_in_spanish"]

_PARTS = {
    "neck": "el cuello", "chest": "el pecho", "back": "la espalda", "lower back": "la parte baja de la espalda",
    "abdomen": "el abdomen", "arm": "el brazo", "arms": "los brazos", "upper arm": "la parte alta del brazo",
    "leg": "la pierna", "legs": "las piernas", "lower legs": "la parte baja de las piernas", "thigh": "el muslo",
    "thighs": "los muslos", "knee": "la rodilla", "knees": "las rodillas", "elbow": "el codo", "elbows": "los codos",
    "shoulder": "el hombro", "shoulders": "los hombros", "ankle": "el tobillo", "ankles": "los tobillos",
    "wrist": "la muñeca", "wrists": "las muñecas", "hip": "la cadera", "hips": "las caderas", "foot": "el pie",
    "feet": "los pies", "hand": "la mano", "hands": "las manos", "face": "la cara", "scalp": "el cuero cabelludo",
    "groin": "la ingle", "armpits": "las axilas", "axillae": "las axilas", "underarms": "las axilas", "finger": "el dedo",
    "fingers": "los dedos", "toe": "el dedo del pie", "toes": "los dedos de los pies", "lip": "el labio",
    "lips": "los labios", "forehead": "la frente", "buttock": "la nalga", "buttocks": "las nalgas", "body": "el cuerpo",
    "trunk": "el tronco", "heel": "el talón", "heels": "los talones", "joint": "la articulación",
    "joints": "las articulaciones", "genital area": "el área genital", "diaper area": "el área del pañal",
    "hemorrhoids": "las hemorroides", "wound": "la herida", "wounds": "las heridas", "rash": "el sarpullido",
    "shin": "la espinilla", "calf": "la pantorrilla", "forearm": "el antebrazo", "chin": "la barbilla",
    "cheeks": "las mejillas", "gums": "las encías", "deltoid": "el músculo deltoides", "hair": "el cabello",
}  # fmt: skip
_SIDES = {"left": "izquierd", "right": "derech", "affected": "afectad"}
_TRIGGERS = {
    "exercise": "hacer ejercicio", "sexual activity": "la actividad sexual", "sex": "la actividad sexual",
    "dental appointment": "la cita con el dentista", "the dental appointment": "la cita con el dentista",
    "procedure": "el procedimiento", "the procedure": "el procedimiento", "surgery": "la cirugía",
    "each loose stool": "cada evacuación líquida", "each bowel movement": "cada evacuación",
    "each diaper change": "cada cambio de pañal", "dialysis": "la diálisis", "each dialysis": "cada diálisis",
    "chemotherapy": "la quimioterapia", "the mri": "la resonancia magnética",
}  # fmt: skip
_WHEN = {"before": "antes de", "after": "después de", "with": "con", "at": "en", "during": "durante"}
_TIMED = re.compile(r"(?:(\d+(?: to \d+)?) (minute|hour|day)s? )?(before|after|with|at|during) (.+)")
_PERIODS = {"minute": ("minuto", "minutos"), "hour": ("hora", "horas"), "day": ("día", "días")}


def in_spanish(site: str) -> str | None:
    """The place with its preposition, None where a word of it has no Spanish."""
    if site in SITES:
        return SITES[site]
    parts = re.split(r" (and|or) |, ", site)
    said = [
        _part(part) if part not in ("and", "or", None) else {"and": "y", "or": "o", None: ","}[part] for part in parts
    ]
    return "en " + " ".join(filter(None, said)).replace(" ,", ",") if all(said) else None


def _part(part: str) -> str | None:
    side, _, rest = part.partition(" ")
    if side == "both" and rest in _PARTS and _PARTS[rest][:3] in ("los", "las"):
        return f"{'ambos' if _PARTS[rest].startswith('los') else 'ambas'} {_PARTS[rest][4:]}"
    if side not in _SIDES or part in _PARTS:
        return _PARTS.get(part)
    named = _PARTS.get(rest)
    if named is None:
        return None
    ending = {"el": "o", "la": "a", "los": "os", "las": "as"}[named.partition(" ")[0]]
    return f"{named} {_SIDES[side]}{ending}"


def when_in_spanish(trigger: str) -> str | None:
    """ "1 hour before the dental appointment" in Spanish, None where a word of it has none."""
    found = _TIMED.fullmatch(trigger)
    if not found or found[4] not in _TRIGGERS:
        return None
    text = f"{_WHEN[found[3]]} {_TRIGGERS[found[4]]}".replace(" de el ", " del ")
    if found[1] is None:
        return text
    return f"{found[1].replace(' to ', ' a ')} {_PERIODS[found[2]][found[1] != '1']} {text}"
