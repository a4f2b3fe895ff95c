"""The interview guide: what patients forget to tell unless they are asked."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PROBES", "Ask"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, and examples to name when the answer is a shrug."""

    code: str
    question: str
    examples: str


PROBES = (
    Ask("eyes-ears-nose", "Any drops or sprays for the eyes, ears or nose?", "glaucoma drops, allergy spray"),
    Ask("inhalers", "Any inhalers or nebulizers?", "a rescue inhaler counts, even when it is rarely used"),
    Ask("skin", "Any creams, patches or gels?", "pain patch, nicotine patch, hormone gel"),
    Ask("injections", "Any injections, here or at a clinic?", "insulin, weekly shots, one every few months"),
    Ask("weekly", "Anything that is not taken every day?", "once a week, once a month: methotrexate, bones, vitamin D"),
    Ask("as-needed", "Anything taken only when needed?", "for pain, sleep, heartburn, an attack"),
    Ask("otc", "Anything bought without a prescription?", "aspirin, ibuprofen, antacids, allergy or cold tablets"),
    Ask("herbs", "Vitamins, herbs, supplements, teas?", "St. John's wort, fish oil, iron, turmeric, cannabis or CBD"),
    Ask("samples", "Any samples, study medicines, or medicines from somebody else?", "from a doctor, family, abroad"),
    Ask("recent", "Anything started, stopped or changed in the last months?", "antibiotics, steroids, a new dose"),
    Ask("missed", "How often is a dose missed, and which?", "cost, side effects, swallowing, forgetting"),
    Ask("allergies", "Any medicine that did harm, and what did it do?", "rash, swelling, stomach, breathing"),
)  # fmt: skip
