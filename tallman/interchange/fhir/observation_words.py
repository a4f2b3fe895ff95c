"""What is measured, by the words that stand beside codes of a house's own, as LOINC codes: the usual one of each."""

from __future__ import annotations

import re

from tallman.interchange.fhir.datatypes import CodeableConcept

__all__ = ["loinc_in_words"]

_WRITTEN_AS = {
    "29463-7": "weight, body weight", "8302-2": "height, body height", "2160-0": "creatinine, creatinine serum",
    "98979-8": "egfr, estimated gfr", "2823-3": "potassium, potassium serum", "2951-2": "sodium, sodium serum",
    "17861-6": "calcium, calcium serum", "19123-9": "magnesium, magnesium serum", "6301-6": "inr, pt inr",
    "751-8": "absolute neutrophil count, anc, neutrophils absolute", "777-3": "platelets, platelet count",
    "718-7": "hemoglobin, hgb", "4548-4": "hemoglobin a1c, hba1c, a1c", "3016-3": "tsh", "8636-3": "qtc, qtc interval",
    "1742-6": "alt, alt sgpt", "1920-8": "ast, ast sgot", "1975-2": "bilirubin total", "1751-7": "albumin",
    "10535-3": "digoxin, digoxin level", "14334-7": "lithium, lithium level", "8867-4": "heart rate, pulse",
    "8480-6": "systolic blood pressure", "10230-1": "ejection fraction, left ventricular ejection fraction, lvef",
    "82810-3": "pregnancy status, pregnant", "63895-7": "breastfeeding status, breastfeeding, lactation status",
    "11778-8": "estimated date of delivery, edd, due date",
}  # fmt: skip
_BY_WORDS = {words: code for code, names in _WRITTEN_AS.items() for words in names.split(", ")}
_BEFORE = {"serum", "total", "plasma", "blood"}


def loinc_in_words(concept: CodeableConcept) -> str:
    """The LOINC code that the words of a concept stand for, all of them ("Creatinine, urine" is none); else nothing.

    >>> loinc_in_words(CodeableConcept(text="Serum Potassium")), loinc_in_words(CodeableConcept(text="urine potassium"))
    ('2823-3', '')
    """
    for text in concept.texts():
        words = re.findall(r"[a-z0-9]+", text.lower())
        turned = [*words[1:], words[0]] if words[:1] and words[0] in _BEFORE else words
        for said in (words, turned):
            if code := _BY_WORDS.get(" ".join(said)):
                return code
    return ""
