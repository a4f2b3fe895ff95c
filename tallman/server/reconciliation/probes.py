"""The interview guide: what patients forget to tell unless they are asked.

The questions are asked as they stand, one at a time, after an open one ("What do you take, from waking up to going to
bed?"). People name what is a tablet, from a doctor, and taken daily; the guide is for everything that is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["OPENING", "PROBES", "Ask", "Then"]

OPENING = "What do you take, from waking up to going to bed? Please show me the bottles, if you have them here."


class Then(StrEnum):
    """What is taken down when the answer is yes."""

    MEDICINE = "medicine"
    ALLERGY = "allergy"
    NOTE = "note"
    """Nothing new: a note beside the medicines it is about."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, and examples to name when the answer is a shrug."""

    code: str
    question: str
    examples: str
    then: Then = Then.MEDICINE


PROBES = (
    Ask(
        "eyes-ears-nose", "Do you use drops, sprays or ointments for your eyes, ears or nose?",
        "glaucoma drops, artificial tears, allergy spray, decongestant spray",
    ),
    Ask(
        "inhalers", "Do you use an inhaler, a puffer or a nebulizer, even if only now and then?",
        "one every day, and one for an attack: ask for both",
    ),
    Ask(
        "skin", "Do you use creams, gels or patches on your skin?",
        "pain patch, nicotine patch, hormone gel, steroid cream, nitroglycerin; where is a patch now?",
    ),
    Ask(
        "injections", "Do you get injections or infusions, at home, at a clinic or at a doctor's?",
        "insulin, a weekly shot for diabetes or weight, a blood thinner, one every few months: when was the last?",
    ),
    Ask(
        "some-days", "Is there anything you take only on some days: once a week, once a month?",
        "methotrexate, a tablet for the bones, vitamin D, B12: on which day?",
    ),
    Ask(
        "as-needed", "What do you keep for when you need it?",
        "pain, sleep, nerves, heartburn, constipation, chest pain, migraine: how often in the last week?",
    ),
    Ask(
        "hormones", "Do you use birth control, or any hormones?",
        "pill, ring, implant, hormone coil, testosterone, estrogen, thyroid",
    ),
    Ask(
        "otc", "What do you buy without a prescription?",
        "aspirin, ibuprofen, naproxen, antacids, heartburn, allergy, cold and sleep tablets, laxatives",
    ),
    Ask(
        "herbs", "Do you take vitamins, minerals, herbs, supplements or teas for your health?",
        "St. John's wort, fish oil, iron, potassium, turmeric, protein or energy products, cannabis or CBD",
    ),
    Ask(
        "elsewhere", "Do you get medicines anywhere else: another pharmacy, by mail, from abroad, from the internet?",
        "mail order, specialty pharmacy, clinic, veterans' pharmacy, a cash price elsewhere",
    ),
    Ask(
        "samples", "Do you take samples, a study medicine, or anything that was prescribed for somebody else?",
        "from the doctor's drawer, a trial, a partner's sleeping tablets, antibiotics left over",
    ),
    Ask(
        "recent", "Was anything started, stopped or changed in the last three months?",
        "antibiotics, steroids, a new dose, something stopped before an operation: who changed it, and why?",
    ),
    Ask(
        "missed", "Many people miss a dose now and then. Which do you miss, and how often in a week?",
        "cost, side effects, swallowing, forgetting, feeling well without it: no blame, it changes what is safe here",
        Then.NOTE,
    ),
    Ask(
        "allergies", "Has a medicine ever done you harm, and what exactly did it do?",
        "rash, hives, swelling, breathing, stomach; how long ago, and did you take it again since?",
        Then.ALLERGY,
    ),
)  # fmt: skip
