"""Why a medicine is new, changed, paused or stopped: a short list of reasons, for professionals and in plain words.

Data only. A professional picks the short name; the patient reads the sentence, which a child of eleven understands.
What is not on the list is shown as it was written, in the language it was written in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["WORDS", "ChangeReason", "ReasonWords", "reason_in", "reasons_in", "why"]


class ChangeReason(StrEnum):
    """A reason by its code. The codes are kept and sent: none is given another meaning."""

    KIDNEYS = "kidneys"
    LIVER = "liver"
    PRESSURE_LOW = "pressure-low"
    PRESSURE_HIGH = "pressure-high"
    HEART_SLOW = "heart-slow"
    HEART_FAST = "heart-fast"
    SUGAR_LOW = "sugar-low"
    SUGAR_HIGH = "sugar-high"
    POTASSIUM = "potassium"
    LAB_RESULT = "lab-result"
    BLEEDING = "bleeding"
    CLOTS = "clots"
    FALLS = "falls"
    SIDE_EFFECT = "side-effect"
    ALLERGY = "allergy"
    INTERACTION = "interaction"
    DUPLICATE = "duplicate"
    FORMULARY = "formulary"
    UNAVAILABLE = "unavailable"
    COST = "cost"
    NOT_ENOUGH = "not-enough"
    TOO_MUCH = "too-much"
    NOT_NEEDED = "not-needed"
    FINISHED = "finished"
    NEW_PROBLEM = "new-problem"
    INFECTION = "infection"
    PAIN = "pain"
    PROCEDURE = "procedure"
    NOT_EATING = "not-eating"
    SWALLOWING = "swallowing"
    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    AGE = "age"
    SIMPLER = "simpler"
    WISH = "wish"
    HOSPITAL = "hospital"


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """`name` for professionals, `en` and `es` for the patient; `hl7` is the code of HL7's own list of reasons
    (`medicationrequest-status-reason`) that means the same, where there is one."""

    name: str
    en: str
    es: str
    hl7: str = ""


_R = ChangeReason
WORDS: dict[ChangeReason, ReasonWords] = {
    _R.KIDNEYS: ReasonWords(
        "kidney function", "Because of how your kidneys work now.", "Por cómo funcionan ahora sus riñones."),
    _R.LIVER: ReasonWords(
        "liver function", "Because of how your liver works now.", "Por cómo funciona ahora su hígado."),
    _R.PRESSURE_LOW: ReasonWords(
        "low blood pressure", "Your blood pressure was too low.", "Su presión estaba demasiado baja."),
    _R.PRESSURE_HIGH: ReasonWords(
        "high blood pressure", "Your blood pressure was too high.", "Su presión estaba demasiado alta."),
    _R.HEART_SLOW: ReasonWords(
        "slow heart rate", "Your heart was beating too slowly.", "Su corazón latía demasiado despacio."),
    _R.HEART_FAST: ReasonWords(
        "fast heart rate", "Your heart was beating too fast.", "Su corazón latía demasiado rápido."),
    _R.SUGAR_LOW: ReasonWords(
        "low blood sugar", "Your blood sugar was too low.", "El nivel de azúcar en su sangre era demasiado bajo."),
    _R.SUGAR_HIGH: ReasonWords(
        "high blood sugar", "Your blood sugar was too high.", "El nivel de azúcar en su sangre era demasiado alto."),
    _R.POTASSIUM: ReasonWords(
        "potassium level", "Because of how much potassium was in your blood.",
        "Por la cantidad de potasio que había en su sangre."),
    _R.LAB_RESULT: ReasonWords(
        "laboratory result", "Because of your test results.", "Por los resultados de sus análisis."),
    _R.BLEEDING: ReasonWords(
        "bleeding or risk of bleeding", "To lower your chance of bleeding.", "Para bajar el riesgo de sangrado."),
    _R.CLOTS: ReasonWords(
        "blood clots, or to prevent them", "To treat or prevent blood clots.",
        "Para tratar o evitar coágulos de sangre."),
    _R.FALLS: ReasonWords(
        "falls, sedation or confusion", "It can make you sleepy or confused, or make you fall.",
        "Puede darle sueño o confusión, o hacer que se caiga."),
    _R.SIDE_EFFECT: ReasonWords(
        "side effect", "It gave you a side effect.", "Le causó un efecto no deseado.", "sintol"),
    _R.ALLERGY: ReasonWords(
        "allergy", "You may be allergic to it.", "Puede ser que usted tenga alergia a esta medicina.", "salg"),
    _R.INTERACTION: ReasonWords(
        "interaction with another medicine", "It does not go well with another medicine you take.",
        "No se lleva bien con otra medicina que usted usa.", "sddi"),
    _R.DUPLICATE: ReasonWords(
        "duplicate", "You had two medicines that do the same thing.", "Tenía dos medicinas que hacen lo mismo.",
        "sdupther"),
    _R.FORMULARY: ReasonWords(
        "replaced by the hospital's own brand", "The hospital gave you its own medicine that does the same thing.",
        "El hospital le dio su propia medicina, que hace lo mismo."),
    _R.UNAVAILABLE: ReasonWords(
        "not available", "The pharmacy could not get it.", "La farmacia no pudo conseguirla.", "non-avail"),
    _R.COST: ReasonWords("cost or coverage", "Because of what it costs.", "Por lo que cuesta."),
    _R.NOT_ENOUGH: ReasonWords("not effective enough", "It did not help you enough.", "No le ayudaba lo suficiente."),
    _R.TOO_MUCH: ReasonWords(
        "dose or level too high", "You were getting too much of it.", "Estaba recibiendo una cantidad demasiado alta.",
        "drughigh"),
    _R.NOT_NEEDED: ReasonWords("no longer needed", "You do not need it any more.", "Ya no necesita esta medicina."),
    _R.FINISHED: ReasonWords(
        "course finished", "You have finished this treatment.", "Ya terminó este tratamiento."),
    _R.NEW_PROBLEM: ReasonWords(
        "treats a new condition", "It treats a new health problem.", "Es para un nuevo problema de salud."),
    _R.INFECTION: ReasonWords("treats the new infection", "It treats your infection.", "Es para tratar su infección."),
    _R.PAIN: ReasonWords("treats pain", "It treats your pain.", "Es para tratar su dolor."),
    _R.PROCEDURE: ReasonWords(
        "surgery or procedure", "Because of your operation or test.", "Por su operación o su examen.", "surg"),
    _R.NOT_EATING: ReasonWords(
        "not eating or drinking", "Because you could not eat or drink well.", "Porque no podía comer o beber bien."),
    _R.SWALLOWING: ReasonWords(
        "trouble swallowing", "It was hard for you to swallow.", "Le costaba tragar."),
    _R.PREGNANCY: ReasonWords("pregnancy", "Because of the pregnancy.", "Por el embarazo."),
    _R.BREASTFEEDING: ReasonWords("breastfeeding", "Because you are breastfeeding.", "Porque está dando el pecho."),
    _R.AGE: ReasonWords(
        "age", "There are safer choices at your age.", "Hay opciones más seguras para su edad."),
    _R.SIMPLER: ReasonWords("simpler to take", "To make it easier to take.", "Para que sea más fácil de tomar."),
    _R.WISH: ReasonWords("patient's wish", "You asked for it.", "Usted lo pidió."),
    _R.HOSPITAL: ReasonWords(
        "admission to hospital", "Because you were in the hospital.", "Porque estaba en el hospital.", "hospadm"),
}  # fmt: skip

_BY_TEXT = {
    said.lower().rstrip("."): reason for reason, words in WORDS.items() for said in (words.name, words.en, words.es)
}


def reason_in(text: str) -> ChangeReason | None:
    """The reason that a text names by its name or its own words and by nothing else; None for any other text.

    >>> reason_in("Kidney function"), reason_in("kidney function, see note")
    (<ChangeReason.KIDNEYS: 'kidneys'>, None)
    """
    return _BY_TEXT.get(text.strip().lower().rstrip("."))


def reasons_in(text: str) -> tuple[ChangeReason, ...]:
    """The reasons that stand in a text, each by itself between semicolons or on a line of its own."""
    return tuple(dict.fromkeys(r for part in re.split(r"[;\n]", text) if (r := reason_in(part))))


def why(reason: ChangeReason, language: str) -> str:
    """The reason in the patient's words, "en" or "es"."""
    return WORDS[reason].es if language == "es" else WORDS[reason].en
