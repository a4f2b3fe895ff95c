"""Patients with a home list and orders made from it: what was changed, and whether somebody wrote down why."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import Any

from tests.reconciliation_lists.catalog import ACUTE, COMBINATIONS, HOME, SPECIAL, Medicine, Special
from tests.reconciliation_lists.writing import OFTEN, TIMES, Regimen, written

__all__ = ["Case", "Seeded", "drawn", "with_many"]

_BY_NAME = {m.name: m for m in HOME}
_ALLERGIES = (
    ("penicillin", "hives"), ("sulfa drugs", "rash"), ("codeine", "nausea"), ("aspirin", "angioedema"),
    ("lisinopril", "cough"), ("cephalexin", "anaphylaxis"), ("morphine", "itching"), ("latex", "contact dermatitis"),
    ("ibuprofen", "swelling of the face"), ("erythromycin", "stomach upset"), ("shellfish", "hives"),
)  # fmt: skip
_UNINTENDED_ADDITIONS = (
    ("ropinirole 0.5 mg tablet", "1 tablet at bedtime"), ("baclofen 10 mg tablet", "1 tablet three times daily"),
    ("methimazole 5 mg tablet", "1 tablet daily"), ("colchicine 0.6 mg tablet", "1 tab po daily"),
    ("topiramate 50 mg tablet", "1 tablet twice daily"), ("propylthiouracil 50 mg", "1 tab tid"),
    ("benztropine 1 mg tablet", "1 mg po bid"), ("primidone 50 mg tablet", "1 tablet at bedtime"),
    ("terazosin 5 mg capsule", "1 capsule at bedtime"), ("phenytoin ER 100 mg capsule", "3 capsules at bedtime"),
)  # fmt: skip
_WHY = {
    "omission": ("Held for acute kidney injury", "Hold while NPO for procedure", "Stopped: GI bleed", "On hold for hypotension", "Discontinued due to bradycardia"),
    "dose up": ("Dose increased for uncontrolled symptoms", "Titrated up, not at goal", "Increased per cardiology", "Uptitrated in clinic last week"),
    "dose down": ("Dose reduced for renal function", "Decreased due to sedation", "Lowered for CrCl 25 mL/min", "Dose halved because of dizziness"),
    "frequency": ("Frequency adjusted for renal function", "Changed to the new schedule per neurology", "Interval changed by pharmacy renal dosing protocol"),
    "route": ("Patient NPO, converted to IV", "Unable to swallow; IV until diet advanced", "Site changed per ophthalmology"),
    "form": ("Unable to swallow tablets, changed to this form", "Switched to formulary product", "Converted: needs crushable form per feeding tube"),
    "substitution": ("Formulary substitution", "Therapeutic interchange per P&T policy", "Home agent not stocked; hospital equivalent ordered"),
    "addition": (),
}  # fmt: skip
_SAYS_NOTHING = (
    "",
    "",
    "",
    "Continue home medication",
    "Take with food",
    "Home med, verified with family",
    "Per home list",
)


@dataclass(frozen=True)
class Seeded:
    """One difference that was put in: its type, the references of both sides, and whether somebody said why."""

    type: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    explained: bool


@dataclass
class Case:
    """One patient: resources of each history, the orders, and the truth."""

    name: str
    histories: list[list[dict[str, Any]]] = field(default_factory=lambda: [[]])
    orders: list[dict[str, Any]] = field(default_factory=list)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    seeded: list[Seeded] = field(default_factory=list)
    number: int = 0

    def id(self) -> str:
        """An identifier not used before in this case."""
        self.number += 1
        return f"m{self.number}"


Lines = list[dict[str, Any]]
"""What is written of the lines of one medicine on one list."""


def drawn(number: int, chance: Random) -> Case:
    """A patient with 4 to 16 medicines, changed here and there."""
    case = Case(f"patient {number}")
    for medicine in _home_list(chance):
        _put(case, medicine, chance)
    for acute in chance.sample(ACUTE, chance.choice([0, 1, 1, 2, 3])):
        why = {"reason": acute.reason} if chance.random() < 0.5 else {"note": acute.note}
        ref = _order(case, {"medicine": acute.text, "sig": acute.sig, **why})
        case.seeded.append(Seeded("addition", (), (ref,), True))
    if chance.random() < 0.15:
        text, sig = chance.choice(_UNINTENDED_ADDITIONS)
        ref = _order(case, {"medicine": text, "sig": sig, "note": chance.choice(_SAYS_NOTHING)})
        case.seeded.append(Seeded("addition", (), (ref,), False))
    _past(case, chance)
    _allergies(case, chance)
    for lines in (*case.histories, case.orders):
        chance.shuffle(lines)
    return case


def with_many(lines: int) -> Case:
    """One patient with at least so many lines on the history, each medicine once."""
    case, chance, taken = Case("many"), Random(lines), set()
    for medicine in (*HOME, *SPECIAL):
        if len(case.histories[0]) < lines and medicine.name.split()[0] not in taken:
            taken.add(medicine.name.split()[0])
            _put(case, medicine, chance)
    return case


def _home_list(chance: Random) -> list[Medicine | Special | int]:
    """Medicines that are taken together: never two of one kind. A number stands for a combination."""
    found: list[Medicine | Special | int] = []
    taken: set[str] = set()
    pool: list[Medicine | Special] = [*HOME, *HOME, *SPECIAL]
    wanted = chance.randint(4, 16)
    if chance.random() < 0.25:
        number = chance.randrange(len(COMBINATIONS))
        found.append(number)
        taken |= {
            w for part in COMBINATIONS[number].parts for w in _kinds(_BY_NAME.get(part.split()[0])) | {part.split()[0]}
        }
    while len(found) < wanted:
        medicine = chance.choice(pool)
        kinds = _kinds(medicine) if isinstance(medicine, Medicine) else {medicine.name.split()[0], *_related(medicine)}
        if kinds.isdisjoint(taken):
            found.append(medicine)
            taken |= kinds
    return found


def _kinds(medicine: Medicine | None) -> set[str]:
    if medicine is None:
        return set()
    groups = (
        {"lisinopril", "losartan", "ramipril", "benazepril", "valsartan"}, {"atorvastatin", "simvastatin", "pravastatin", "rosuvastatin"},
        {"omeprazole", "pantoprazole", "famotidine"}, {"metoprolol", "carvedilol"}, {"warfarin", "apixaban", "rivaroxaban", "enoxaparin"},
        {"sertraline", "escitalopram", "citalopram", "duloxetine", "venlafaxine"}, {"amlodipine", "diltiazem"}, {"sitagliptin", "linagliptin"},
        {"methotrexate", "mycophenolate", "tacrolimus"}, {"trazodone", "mirtazapine"}, {"furosemide", "hydrochlorothiazide"},
    )  # fmt: skip
    name = medicine.name.split()[0]
    return {name}.union(*(g for g in groups if name in g))


def _related(special: Special) -> set[str]:
    return {"warfarin": {"apixaban", "rivaroxaban", "enoxaparin"}, "enoxaparin": {"warfarin", "apixaban", "rivaroxaban"},
            "morphine": {"oxycodone", "fentanyl"}, "oxycodone": {"morphine"}, "fentanyl": {"morphine"},
            "methotrexate": {"mycophenolate", "tacrolimus"}, "levetiracetam": {"levetiracetam"}}.get(special.name.split()[0], set())  # fmt: skip


def _put(case: Case, medicine: Medicine | Special | int, chance: Random) -> None:
    """One medicine on the history and in the orders, the same or changed."""
    plan = chance.choices(
        ["same", "omission", "dose", "frequency", "route", "form", "duplicate", "substitution"],
        [62, 6, 7, 6, 3, 4, 3, 5],
    )[0]
    left, right, changed = _made(medicine, plan, chance)
    explained = changed != "same" and changed not in ("duplicate",) and chance.random() < 0.4
    _place(case, left, right, changed, explained, chance)


def _place(case: Case, left: Lines, right: Lines, changed: str, explained: bool, chance: Random) -> None:
    type = changed.split()[0]
    why = chance.choice(_WHY[changed]) if explained else ""
    others: list[str] = []
    if len(case.histories) == 1 and case.name.endswith("7"):
        case.histories.append([])
    lefts = [_history(case, 0, line) for line in left]
    if len(case.histories) > 1 and chance.random() < 0.7:
        others = [_history(case, 1, line) for line in left]
    if type == "omission":
        held = explained or chance.random() < 0.3
        status = chance.choice(["on-hold", "stopped"])
        rights = [_order(case, {**line, "status": status, "note": why}) for line in right] if held else []
    else:
        rights = [_order(case, {**line, "note": why or chance.choice(_SAYS_NOTHING)}) for line in right]
    lefts += others
    case.pairs |= {(a, b) for a in lefts for b in rights}
    if type != "same":
        case.seeded.append(Seeded(type, tuple(lefts), tuple(rights), explained))


def _made(medicine: Medicine | Special | int, plan: str, chance: Random) -> tuple[Lines, Lines, str]:
    if isinstance(medicine, int):
        return _combined(medicine, plan, chance)
    if isinstance(medicine, Special):
        return _special(medicine, plan, chance)
    often = medicine.often[0] if chance.random() < 0.8 else chance.choice(medicine.often)
    home = Regimen(medicine, chance.choice(medicine.strengths), "1", often)
    left = [written(home, chance)]
    change = _CHANGES.get(plan)
    made = change(home, chance) if change else None
    if made is not None:
        return left, made[0], made[1]
    if plan == "duplicate":
        return left, [written(home, chance), written(home, chance)], plan
    if plan == "omission":
        return left, [written(home, chance)], plan
    return _same(home, chance)


def _same(home: Regimen, chance: Random) -> tuple[Lines, Lines, str]:
    """The same amounts, perhaps from other pieces or as two lines."""
    regrouped = home.regrouped() if chance.random() < 0.4 else None
    split = _split(home) if chance.random() < 0.15 else None
    sides = [[written(home, chance)], [written(regrouped or home, chance)]]
    if split and not regrouped:
        sides[1] = [written(part, chance) for part in split]
    if chance.random() < 0.5:
        sides.reverse()
    return sides[0], sides[1], "same"


def _split(home: Regimen) -> list[Regimen] | None:
    """30 mg once a day as a 10 mg and a 20 mg piece."""
    if home.single is None or home.often not in ("daily", "hs"):
        return None
    for one in home.medicine.strengths:
        for other in home.medicine.strengths:
            if one < other and Decimal(one) + Decimal(other) == home.single:
                return [replace(home, strength=one), replace(home, strength=other)]
    return None


def _other_dose(home: Regimen, chance: Random) -> tuple[Lines, str] | None:
    others = [s for s in home.medicine.strengths if s != home.strength]
    if not others or home.single is None:
        return None
    new = replace(home, strength=chance.choice(others))
    return [written(new, chance)], "dose up" if Decimal(new.strength) > Decimal(home.strength) else "dose down"


def _other_frequency(home: Regimen, chance: Random) -> tuple[Lines, str] | None:
    others = [o for o in OFTEN if TIMES[o] != TIMES[home.often]]
    return [written(replace(home, often=chance.choice(others)), chance)], "frequency"


def _other_form(home: Regimen, chance: Random) -> tuple[Lines, str] | None:
    name, *strengths = re.split(r" (?=\d)", home.medicine.other_form)
    if home.strength not in strengths:
        return None
    often = {"bid": "twice daily", "daily": "once daily", "tid": "three times daily", "hs": "at bedtime"}[home.often]
    text = f"{name} {home.strength} {home.medicine.unit} tablet"
    return [{"medicine": text, "sig": f"Take 1 tablet {often}"}], "form"


def _other_medicine(home: Regimen, chance: Random) -> tuple[Lines, str] | None:
    if not home.medicine.swap:
        return None
    return [{"medicine": f"{home.medicine.swap} mg", "sig": chance.choice(OFTEN["daily"])}], "substitution"


_CHANGES: dict[str, Callable[[Regimen, Random], tuple[Lines, str] | None]] = {
    "dose": _other_dose,
    "frequency": _other_frequency,
    "form": _other_form,
    "substitution": _other_medicine,
}


def _special(special: Special, plan: str, chance: Random) -> tuple[Lines, Lines, str]:
    left = [_line(chance.choice(special.same))]
    same = [_line(chance.choice(special.same))]
    if plan == "duplicate":
        return left, [*same, _line(chance.choice(special.same))], plan
    if plan == "omission":
        return left, same, plan
    other = getattr(special, plan, ("", "")) if plan != "same" else ("", "")
    if not other[0]:
        return left, same, "same"
    return left, [_line(other)], _direction(special) if plan == "dose" else plan


def _direction(special: Special) -> str:
    """Whether the changed dose of a special line is more or less: the less are few."""
    less = {"acetaminophen", "lactulose", "fluticasone nasal", "alendronate"}
    return "dose down" if special.name in less else "dose up"


def _line(pair: tuple[str, str]) -> dict[str, Any]:
    return {"medicine": pair[0], "sig": pair[1]}


def _combined(number: int, plan: str, chance: Random) -> tuple[Lines, Lines, str]:
    combination = COMBINATIONS[number]
    whole = [{"medicine": chance.choice(combination.whole), "sig": "1 tablet daily"}]
    parts = [{"medicine": p, "sig": chance.choice(OFTEN["daily"])} for p in combination.parts]
    sides = [whole, parts]
    chance.shuffle(sides)
    return sides[0], sides[1], "omission" if plan == "omission" else "same"


def _past(case: Case, chance: Random) -> None:
    """What is no longer taken: stopped, finished, never begun, entered in error; once ordered again by mistake."""
    for text, sig, status in (
        ("amoxicillin 500 mg capsule", "1 capsule three times daily", "completed"),
        ("tramadol 50 mg tablet", "1 tablet every 6 hours as needed for pain", "stopped"),
        ("cyclobenzaprine 10 mg tablet", "1 tablet at bedtime", "not-taken"),
        ("nortriptyline 25 mg capsule", "1 capsule at bedtime", "entered-in-error"),
    ):
        if chance.random() < 0.15:
            ref = _history(case, 0, {"medicine": text, "sig": sig, "status": status})
            if status == "stopped" and chance.random() < 0.3:
                again = _order(case, {"medicine": text, "sig": sig})
                case.seeded.append(Seeded("addition", (ref,), (again,), False))


def _allergies(case: Case, chance: Random) -> None:
    for substance, reaction in chance.sample(_ALLERGIES, chance.choice([0, 1, 1, 2])):
        ref = _allergy(case, case.histories[0], substance, reaction)
        if chance.random() < 0.9:
            _allergy(case, case.orders, substance, reaction)
        else:
            case.seeded.append(Seeded("allergy", (ref,), (), False))


def _allergy(case: Case, lines: list[dict[str, Any]], substance: str, reaction: str) -> str:
    id = case.id()
    lines.append({
        "resourceType": "AllergyIntolerance", "id": id, "code": {"text": substance},
        "clinicalStatus": {"coding": [{"code": "active"}]}, "reaction": [{"manifestation": [{"text": reaction}]}],
    })  # fmt: skip
    return f"AllergyIntolerance/{id}"


def _history(case: Case, source: int, line: dict[str, Any]) -> str:
    kind = "MedicationStatement" if source == 0 else "MedicationRequest"
    return _written(case, case.histories[source], kind, line)


def _order(case: Case, line: dict[str, Any]) -> str:
    return _written(case, case.orders, "MedicationRequest", line)


def _written(case: Case, lines: list[dict[str, Any]], kind: str, line: dict[str, Any]) -> str:
    id = case.id()
    resource: dict[str, Any] = {
        "resourceType": kind, "id": id, "status": line.get("status", "active"),
        "medicationCodeableConcept": {"text": line["medicine"]}, "subject": {"reference": "Patient/p"},
    }  # fmt: skip
    dosage = {"text": line["sig"]} if line.get("sig") else line.get("structured")
    if kind == "MedicationRequest":
        resource["intent"] = "order"
    if dosage:
        resource["dosage" if kind == "MedicationStatement" else "dosageInstruction"] = [dosage]
    if line.get("note"):
        resource["note"] = [{"text": line["note"]}]
    if line.get("reason"):
        resource["reasonCode"] = [{"text": line["reason"]}]
    lines.append(resource)
    return f"{kind}/{id}"
