"""What a patient is told of one medicine at discharge, in plain English and Spanish.

Names of medicines are not translated, and directions only where every word has a certain translation: what could not be
said in plain words stands as it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tallman.core.reconciliation.intake import read_sig
from tallman.core.reconciliation.line import Line
from tallman.core.sig import say
from tallman.core.sig.say_es import say_in_spanish

__all__ = ["Change", "TakenAs", "dated", "instruction", "looks_other", "printed", "sentence", "taken_as"]


class Change(StrEnum):
    """What happens to a medicine when the patient goes home."""

    NEW = "new"
    CHANGED = "changed"
    STOPPED = "stopped"
    PAUSED = "paused"
    OFF_AT_HOME = "not taken at home"
    SAME = "same"
    HOSPITAL_ONLY = "only in hospital"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class TakenAs:
    """A medicine with its strength, and how it is taken; `is_plain` is false where that stands as it was written."""

    medicine: str
    directions: str
    is_plain: bool


_TAKE = {"en": ("take", "taking", "Take"), "es": ("tome", "tomando", "tomar", "Tome")}
_USE = {"en": ("use", "using", "Use"), "es": ("use", "usando", "usar", "Use")}
_VERBS = {"en": ("do", "doing", "Do"), "es": ("haga", "haciendo", "hacer", "Haga")}
"""The places of the verb in the sentences below."""
_SENTENCES = {
    "en": {
        Change.NEW: "New: {after}. {now}",
        Change.CHANGED: "Changed: {after}. Now: {now} Before: {was}",
        Change.SAME: "Keep {doing} {after} as before. {now}",
        Change.STOPPED: "Stop {doing} {before}.",
        Change.PAUSED: "Do not {do} {before} for now. Ask when to start again.",
        Change.OFF_AT_HOME: "We were told that you do not {do} {before} at home. Do not start it again before you have "
        "asked your doctor.",
        Change.HOSPITAL_ONLY: "{given} was for the hospital only.",
        Change.UNDECIDED: "Ask the pharmacist about {before} before you {do} it again.",
        "instead": "{Do} {after} in place of {before}. {now} Stop {doing} {before}.",
        "which": "Ask the pharmacist whether to {do} {after} or {before}, before you {do} either.",
        "unlike": "Keep {doing} {after}. {now}",
        "until": "Do not {do} {before} until {until}.",
        "paused at home": "We were told that you have paused {before} at home. Do not start it again before you have "
        "asked your doctor.",
        "paused at home until": "We were told that you have paused {before} at home. Do not start it again before "
        "{until}.",
        "relabelled": "Keep {doing} {after}, now as {new}. {now} It is the same as {old}: do not {do} both.",
        "none": "No directions are written.",
        "and": "and",
    },
    "es": {
        Change.NEW: "Nueva: {after}. {now}",
        Change.CHANGED: "Cambió: {after}. Ahora: {now} Antes: {was}",
        Change.SAME: "Siga {haciendo} {after} como antes. {now}",
        Change.STOPPED: "Deje de {hacer} {before}.",
        Change.PAUSED: "No {haga} {before} por ahora. Pregunte cuándo empezar otra vez.",
        Change.OFF_AT_HOME: "Nos dijeron que en casa usted no está {haciendo} {before}. No empiece otra vez sin "
        "preguntar antes a su médico.",
        Change.HOSPITAL_ONLY: "{given} fue solo para el hospital.",
        Change.UNDECIDED: "Pregunte al farmacéutico sobre {before} antes de {hacer} esta medicina otra vez.",
        "instead": "{Haga} {after} en lugar de {before}. {now} Deje de {hacer} {before}.",
        "which": "Pregunte al farmacéutico si debe {hacer} {after} {o} {before}, antes de {hacer} una de las dos.",
        "unlike": "Siga {haciendo} {after}. {now}",
        "until": "No {haga} {before} hasta el {until}.",
        "paused at home": "Nos dijeron que en casa usted dejó de {hacer} {before} por un tiempo. No empiece otra "
        "vez sin preguntar antes a su médico.",
        "paused at home until": "Nos dijeron que en casa usted dejó de {hacer} {before} por un tiempo. No empiece "
        "otra vez antes del {until}.",
        "relabelled": "Siga {haciendo} {after}, ahora como {new}. {now} Es lo mismo que {old}: no {haga} las dos.",
        "none": "No hay instrucciones escritas.",
        "and": "y",
    },
}  # fmt: skip
_INSTRUCTIONS = {
    "en": {
        Change.NEW: "This is new for you.",
        Change.CHANGED: "This has changed.",
        Change.SAME: "Keep {doing} it as before.",
        Change.STOPPED: "Stop {doing} it. Do not {do} it again unless your doctor says so.",
        Change.PAUSED: "Do not {do} it for now. Ask when to start again.",
        Change.OFF_AT_HOME: "We were told that you do not {do} it. Do not start it again before you have asked your "
        "doctor.",
        Change.HOSPITAL_ONLY: "You got it in the hospital only. Do not {do} it at home.",
        Change.UNDECIDED: "Not decided yet. Ask the pharmacist before you {do} it again.",
        "instead": "{Do} it in place of {before}. Stop {doing} {before}.",
        "which": "Not decided yet. Ask the pharmacist whether to {do} it in place of {before}.",
        "unlike": "Keep {doing} it, in the way that this list says.",
        "until": "Do not {do} it until {until}.",
        "paused at home": "We were told that you have paused it. Do not start it again before you have asked your "
        "doctor.",
        "paused at home until": "We were told that you have paused it. Do not start it again before {until}.",
        "relabelled": "Keep {doing} it. It is the same as {old}: do not {do} both.",
    },
    "es": {
        Change.NEW: "Es nueva para usted.",
        Change.CHANGED: "Esta medicina cambió.",
        Change.SAME: "Siga {haciendo} esta medicina como antes.",
        Change.STOPPED: "Deje de {hacer}la. No la {haga} otra vez si su médico no se lo dice.",
        Change.PAUSED: "No la {haga} por ahora. Pregunte cuándo empezar otra vez.",
        Change.OFF_AT_HOME: "Nos dijeron que usted no la está {haciendo}. No empiece otra vez sin preguntar antes a su "
        "médico.",
        Change.HOSPITAL_ONLY: "La recibió solo en el hospital. No la {haga} en casa.",
        Change.UNDECIDED: "Todavía no está decidido. Pregunte al farmacéutico antes de {hacer}la otra vez.",
        "instead": "{Haga} esta medicina en lugar de {before}. Deje de {hacer} {before}.",
        "which": "Todavía no está decidido. Pregunte al farmacéutico si debe {hacer}la en lugar de {before}.",
        "unlike": "Siga {haciendo} esta medicina, como dice esta lista.",
        "until": "No la {haga} hasta el {until}.",
        "paused at home": "Nos dijeron que usted dejó de {hacer}la por un tiempo. No empiece otra vez sin preguntar "
        "antes a su médico.",
        "paused at home until": "Nos dijeron que usted dejó de {hacer}la por un tiempo. No empiece otra vez antes del "
        "{until}.",
        "relabelled": "Siga {haciendo}la. Es lo mismo que {old}: no {haga} las dos.",
    },
}  # fmt: skip
_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "January February March April May June July August September October November December".split(),
)


def sentence(
    kind: str, before: Sequence[Line], given: Sequence[Line], after: Sequence[Line], language: str,
    until: date | None = None,
) -> str:  # fmt: skip
    """What tells a patient all of it; `kind` is a `Change` or a special case of one."""
    words = _SENTENCES[language]
    is_other_strength = kind is Change.CHANGED and _printed(before) != _printed(after)
    return words[kind].format(
        before=_listed(before, language),
        given=_listed(given, language),
        after=_listed(after, language),
        now=_directions(after, language, is_named=is_other_strength),
        was=_directions(before, language, is_named=is_other_strength),
        old=_all_of(before),
        new=_all_of(after),
        o="u" if _listed(before, language).lower().startswith(("o", "ho")) else "o",
        until=dated(until, language) if until else "",
        **_verbs((*before, *given, *after), language),
    )


def instruction(
    kind: str, before: Sequence[Line], after: Sequence[Line], language: str, until: date | None = None
) -> str:
    """What to do with a medicine whose name stands beside it."""
    return _INSTRUCTIONS[language][kind].format(
        before=_listed(before, language), old=_all_of(before), until=dated(until, language) if until else "",
        **_verbs((*before, *after), language),
    )  # fmt: skip


def taken_as(line: Line, language: str) -> TakenAs:
    """The line as the patient reads it."""
    sig = read_sig(line.order)
    said = (say_in_spanish if language == "es" else say)(sig)
    written = line.order.sig.text.strip()
    return TakenAs(printed(line), _ended(said or written or _SENTENCES[language]["none"]), bool(said or not written))


def printed(line: Line, *, tall_man: bool = False) -> str:
    """The medicine with its strength and salt, in the letters a patient reads or those that tell look-alikes apart, a
    brand with what is in it. Where only the text is known, that.
    """
    medicine = line.order.medicine
    names = [i.tall_man if tall_man else i.name for i in medicine.ingredients]
    product = medicine.product
    if product:
        name = product.tall_man if tall_man else product.name
        if product.brand:
            return f"{name} ({' / '.join(names)})"
        salt = f"{names[0]} {product.salt}" if product.salt and len(names) == 1 else ""
        return name.replace(names[0], salt, 1) if salt and salt not in name else name
    if not medicine.is_known:
        return medicine.text.strip()
    strength = " / ".join(str(s) for s in medicine.strengths)
    said = " ".join(filter(None, [" / ".join(names), strength, medicine.form.name if medicine.form else ""]))
    return f"{said} ({medicine.brand})" if medicine.brand and medicine.brand.lower() not in said.lower() else said


def dated(day: date, language: str) -> str:
    """The day with its month as a word, which no country reads the wrong way round.

    >>> dated(date(2026, 3, 4), "en"), dated(date(2026, 3, 4), "es")
    ('March 4, 2026', '4 de marzo de 2026')
    """
    month = _MONTHS[language == "en"][day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == "es" else f"{month} {day.day}, {day.year}"


def looks_other(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether a medicine that goes on has another brand, strength or form than at home, as far as both are known."""
    looks = []
    for lines in (before, after):
        products = [line.order.medicine.product for line in lines]
        looks.append({(p.brand, p.strength_text(), p.form.name) for p in products if p} if all(products) else set())
    return bool(looks[0] and looks[1]) and looks[0] != looks[1]


def _verbs(lines: Iterable[Line], language: str) -> dict[str, str]:
    """What is swallowed is taken; what is put on, in or under the skin is used."""
    routes = {line.order.taken_route for line in lines}
    verbs = _USE if routes and not routes & {"oral", "enteral tube", "sublingual", "buccal", None} else _TAKE
    return dict(zip(_VERBS[language], verbs[language], strict=True))


def _all_of(lines: Iterable[Line]) -> str:
    return " + ".join(sorted({printed(line) for line in lines}))


def _printed(lines: Iterable[Line]) -> set[str]:
    return {printed(line) for line in lines}


def _listed(lines: Iterable[Line], language: str) -> str:
    *first, last = dict.fromkeys(_plain(line) for line in lines) or [""]
    link = _SENTENCES[language]["and"]
    link = "e" if link == "y" and last.lower().startswith(("i", "hi")) else link
    return f"{', '.join(first)} {link} {last}" if first else last


def _plain(line: Line) -> str:
    """The name in small letters, with its brand: letters that tell look-alikes apart are for professionals."""
    medicine = line.order.medicine
    brand = medicine.product.brand if medicine.product else medicine.brand
    name = " / ".join(i.name for i in medicine.ingredients) if medicine.is_known else medicine.text
    return f"{name} ({brand})" if brand and brand.lower() not in name.lower() else name


def _directions(lines: Iterable[Line], language: str, *, is_named: bool) -> str:
    said = [taken_as(line, language) for line in lines]
    return " ".join(dict.fromkeys(f"{s.medicine}. {s.directions}" if is_named else s.directions for s in said))


def _ended(text: str) -> str:
    return text if text.endswith((".", "!")) else f"{text}."
