"""What is prescribed: the medicine, how much of it, for what and from when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tallman.core.codes import CodeError, icd10
from tallman.core.received import Code, ReceivedIngredient, ReceivedMedicine
from tallman.interchange.ncpdp_script.codes import FORMS, SCHEDULES, known_unit
from tallman.interchange.ncpdp_script.part import Part
from tallman.interchange.ncpdp_script.values import code, day, strength, strength_form, whole
from tallman.interchange.ncpdp_script.warnings import Unreadable

__all__ = ["diagnoses", "medicine", "other_dates", "refills", "substitution_allowed"]


def medicine(found: Part) -> ReceivedMedicine:
    """The medicine as described and as coded. Raises Unreadable when it is neither."""
    coded = found.part("DrugCoded")
    text = found.text("DrugDescription")
    codes = tuple(filter(None, map(code, coded.parts("ProductCode") + coded.parts("DrugDBCode"))))
    codes = tuple(_with_sibling_qualifier(coded, c) for c in codes)
    ingredients = tuple(_ingredients(found.part("CompoundInformation")))
    if not text and not codes and not ingredients:
        raise Unreadable("no-medicine", found.place)
    if not text:
        found.warn("medicine-not-described")
    return ReceivedMedicine(
        text=text,
        codes=codes,
        strength=strength(coded) or strength(found) or coded.text("Strength"),
        form=strength_form(coded) or strength_form(found) or _final_form(found),
        schedule=_schedule(coded) or _schedule(found),
        ingredients=ingredients,
    )


def _with_sibling_qualifier(coded: Part, found: Code) -> Code:
    """10.6 writes the qualifier of a code beside it."""
    if found.system:
        return found
    if coded.text("ProductCode") == found.code and coded.text("ProductCodeQualifier") == "ND":
        return Code("ndc", found.code, found.display)
    if coded.text("DrugDBCode") == found.code and coded.text("DrugDBCodeQualifier") in ("SCD", "SBD", "GPK", "BPK"):
        return Code("rxnorm", found.code, found.display)
    return found


def _schedule(part: Part) -> str:
    said = part.text("DEASchedule/Code", "DEASchedule")
    if said and said not in SCHEDULES:
        part.part("DEASchedule").warn("schedule-unknown")
    return SCHEDULES.get(said, "")


def _final_form(found: Part) -> str:
    said = found.part("CompoundInformation").text("FinalCompoundPharmaceuticalDosageForm")
    return FORMS.get(said.upper(), said)


def _ingredients(compound: Part) -> Iterator[ReceivedIngredient]:
    for entry in compound.parts("CompoundIngredientsLotNotUsed", "CompoundIngredients") or [compound]:
        for part in entry.parts("CompoundIngredient"):
            codes = map(code, part.parts("ItemNumber", "ProductCode"))
            amount = " ".join(filter(None, [entry.text("Quantity/Value"), _amount_unit(entry)]))
            text = part.text("CompoundIngredientItemDescription", "DrugDescription")
            said = ", ".join(filter(None, [strength(part), amount]))
            yield ReceivedIngredient(text, tuple(filter(None, codes)), said)
            part.pass_over("DEASchedule", "Strength/StrengthForm")
            entry.pass_over("Quantity/CodeListQualifier")


def _amount_unit(entry: Part) -> str:
    said = entry.text("Quantity/QuantityUnitOfMeasure/Code")
    return known_unit(said) or said


def refills(found: Part) -> int | None:
    """How often after the first fill."""
    if found.text("Refills/Qualifier").upper() == "PRN":
        found.part("Refills").warn("refills-as-needed")
        return None
    found.pass_over("Refills/Qualifier")
    return whole(found, "NumberOfRefills", 99, "Refills/Value", "Refills/Quantity", "Refills")


def substitution_allowed(found: Part) -> bool | None:
    """0: another product may be given; 1 and 7: not (by the prescriber; by law)."""
    said = found.text("Substitutions")
    if said and said not in ("0", "1", "7"):
        found.part("Substitutions").warn("substitution-unknown")
    return {"0": True, "1": False, "7": False}.get(said)


def diagnoses(found: Part) -> tuple[Code, ...]:
    """What it is for, as ICD-10-CM codes without dots. Others are warned of and left in the original."""
    read = []
    for entry in found.parts("Diagnosis"):
        entry.pass_over("ClinicalInformationQualifier")
        for part in entry.parts("Primary") + entry.parts("Secondary"):
            said = code(part)
            part.pass_over("DateOfLastOfficeVisit", "Qualifier")
            if said and (icd := _icd10(said)):
                read.append(Code("icd10", icd, said.display))
            elif said:
                part.warn("diagnosis-not-icd10")
    return tuple(dict.fromkeys(read))


def _icd10(said: Code) -> str:
    if said.system not in ("icd10", ""):
        return ""
    try:
        return icd10.parse(said.code).code
    except CodeError:
        return ""


def other_dates(found: Part) -> tuple[date | None, date | None]:
    """The first day it may be filled and the last, where they are said."""
    dates: dict[str, date | None] = {}
    for entry in found.parts("OtherMedicationDate"):
        kind = entry.text("OtherMedicationDateQualifier", "Qualifier")
        if kind in ("EffectiveDate", "ExpirationDate"):
            dates.setdefault(kind, day(entry, "OtherMedicationDate"))
    return (
        dates.get("EffectiveDate") or day(found, "EffectiveDate"),
        dates.get("ExpirationDate") or day(found, "ExpirationDate"),
    )
