"""Each fault a writer can make in the knowledge is told once, with its file, its record and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tallman.knowledge.checking import check
from tallman.knowledge.checking.reading import LISTS, MEDICINES, SINGLE
from tallman.knowledge.load import SUBJECTS, authored_files

ON = date(2026, 11, 28)
Edit = Callable[[str, str, str], None]

WARFARIN, IBUPROFEN, NAPROXEN = "medicines/warfarin.yaml", "medicines/ibuprofen.yaml", "medicines/naproxen.yaml"
CLASSES, BLEEDING, ALLERGIES = "classes/classes.yaml", "interactions/bleeding.yaml", "allergies/pain.yaml"
AGE, MONITORING = "precautions/age.yaml", "monitoring/labs.yaml"

ERRORS = [
    (WARFARIN, 'rxcui: "11289"', "rxcui: 11289", "FILE-SHAPE", "warfarin: rxcui: Expected 'str | null', got 'int'"),
    (WARFARIN, "also:", "alias:", "FILE-SHAPE", "warfarin: Object contains unknown field 'alias'"),
    (BLEEDING, "  severity: high\n", "", "FILE-SHAPE", "INT-WARFARIN-NSAID: Object missing required field 'severity'"),
    (WARFARIN, "[I48]", "[I48", "FILE-YAML", "line 6: this is no YAML"),
    (WARFARIN, "classes:", "also: [Coumadin tablets]\nclasses:", "FILE-REPEATED", "line 4: 'also' is written twice"),
    (WARFARIN, '7.5 mg: null', '5 mg: null', "FILE-REPEATED", "line 8: '5 mg' is written twice"),
    (WARFARIN, "form: oral tablet", "form: oral tabelt", "FILE-VALUE", "unknown form 'oral tabelt'"),
    (WARFARIN, "source: label", "source: lable", "SOURCE-UNKNOWN", "there is no source called 'lable'"),
    (WARFARIN, '"855334"', '"855334X"', "RXCUI-FORM", "Coumadin 5 mg oral tablet: '855334X': an RxCUI has"),
    (WARFARIN, '"855334"', '"855332"', "RXCUI-TWICE", "the code 855332 is also that of Coumadin 5 mg oral tablet"),
    (NAPROXEN, '"7258"', '"5640"', "RXCUI-TWICE", "ibuprofen: the code 5640 is also that of naproxen"),
    (WARFARIN, "00093172001", "0009317200", "NDC-FORM", "warfarin: '0009317200' is no NDC"),
    (WARFARIN, "00093172001", "53746046501", "NDC-TWICE", "NDC 53746046501 is also that of 855332"),
    (WARFARIN, "[I48]", "[i48.0]", "ICD10-FORM", "'i48.0' in indications is no ICD-10-CM code"),
    ("labs.yaml", "6301-6", "6301-5", "LOINC-FORM", "inr: 6301-5 is no LOINC code"),
    (WARFARIN, "classes:", "schedule: C2\nclasses:", "SCHEDULE-FORM", "'C2' is no schedule"),
    (NAPROXEN, "name: naproxen", "name: ibuprofen", "NAME-TWICE", "the name stands again in medicines/naproxen.yaml"),
    (AGE, "id: AGE-NSAID-OLD", "id: INT-WARFARIN-NSAID", "NAME-TWICE", "the id stands again in precautions/age.yaml"),
    ("forms.yaml", "[susp,", "[tab,", "NAME-TWICE", "tab: the word stands again"),
    (WARFARIN, "[warfarin sodium]", "[naproxen]", "NAME-AMBIGUOUS", "'naproxen' means naproxen here and warfarin"),
    ("abbreviations.yaml", "warf: [warfarin]", "coumadin: [ibuprofen]", "NAME-AMBIGUOUS", "it means ibuprofen here"),
    (WARFARIN, "[anticoagulant]", "[anticoagulants]", "WORD-UNKNOWN", "'anticoagulants' in classes is not known"),
    (WARFARIN, "{route: oral,", "{route: by mouth,", "WORD-UNKNOWN", "'by mouth' in route is not known"),
    (BLEEDING, "severity: high", "severity: severe", "WORD-UNKNOWN", "'severe' in severity is not known"),
    (MONITORING, "labs: [inr]", "labs: [INR]", "WORD-UNKNOWN", "'INR' in labs is not known"),
    (CLASSES, "kind: mechanism", "kind: mechanical", "WORD-UNKNOWN", "'mechanical' in kind is not known"),
    (AGE, "about: age", "about: years", "WORD-UNKNOWN", "'years' in about is not known"),
    (BLEEDING, "[warfarin]}", "[warfarin, warfarin sodium]}", "MEMBER-SYNONYM", "another name of warfarin, and never"),
    (IBUPROFEN, "{route: oral, age: {from: 18 y}", "{route: oral, salts: [lysine], age: {from: 18 y}", "SALT-UNKNOWN",
     "no product is of the salt 'lysine'"),
    (ALLERGIES, '[{title: "Ibuprofen tablets, US prescribing information", section: "4", date: 2024}]', "[]",
     "SOURCE-MISSING", "nsaids: it has no source"),
    (BLEEDING, '"Warfarin sodium tablets, US prescribing information"', '" "', "SOURCE-UNTITLED", "has no title"),
    (WARFARIN, "2025-03}", "March 2025}", "SOURCE-DATE", "'March 2025' is no date"),
    (WARFARIN, "2025-03}", "2027}", "SOURCE-DATE", "is dated 2027, after today"),
    (IBUPROFEN, "daily_cap: 2400 mg", "usual_daily_max: 50 mg/kg", "LIMIT-CONTRADICTORY", "is more than daily_max"),
    (IBUPROFEN, "{from: 6 mo, under: 18 y}", "{from: 18 y, under: 6 mo}", "LIMIT-CONTRADICTORY", "leave nobody"),
    (WARFARIN, "daily_max: 15 mg", "daily_cap: 15 mg, daily_max: 15 mg", "LIMIT-CONTRADICTORY", "a cap belongs to"),
    (WARFARIN, "daily_max: 15 mg", "note: low", "LIMIT-CONTRADICTORY", "warfarin/limit-1: it limits nothing"),
    (IBUPROFEN, "{from: 6 mo, under: 18 y}, single_max: 10 mg/kg, daily_max: 40 mg/kg, daily_cap: 2400 mg",
     "{from: 12 y}, daily_max: 1200 mg", "LIMIT-OVERLAP", "limit-2 hold for the same patients and differ in daily"),
    (WARFARIN, "written_on: 2026-01-10", "reviewed_by: A pharmacist, written_on: 2026-01-10", "REVIEW-INCOMPLETE",
     "names a person or a day, not both"),
    (WARFARIN, "written_on: 2026-01-10", "reviewed_by: A, reviewed_on: 2026-01-09, written_on: 2026-01-10",
     "REVIEW-DATE", "it was signed on 2026-01-09, before it was written"),
    (WARFARIN, "next_review: 2027", "next_review: 2025", "REVIEW-DATE", "no later than its writing"),
    (BLEEDING, "one: {ingredients: [warfarin]}", "one: {ingredients: [rifaximin]}", "EXAMPLE-FAILS",
     "INT-WARFARIN-NSAID, fires 1: the rule must speak of 'ibuprofen 600 mg tablet; take"),
    (BLEEDING, '{new: "ibuprofen 600 mg', '{new: "ibuprofn 600000 mg', "EXAMPLE-FAILS", "is not recognised, so"),
    (AGE, "{age: 40,", "{age: 90,", "EXAMPLE-FAILS", "AGE-NSAID-OLD, silent 1: the rule must be silent"),
    (AGE, '    - {age: 40, new: "naproxen 500 mg tablet; take 1 tablet by mouth twice a day"}', "    []",
     "EXAMPLE-MISSING", "no example under 'silent'"),
]  # fmt: skip

WARNINGS = [
    (WARFARIN, ", date: 2025-03}", "}", "SOURCE-UNDATED", "has no date: add the date of the document"),
    (WARFARIN, 'section: "2.1", ', "", "SOURCE-NO-SECTION", "names no section"),
    (WARFARIN, "sources:", 'sources:\n  old: {title: "A", section: "1", date: 2020}', "SOURCE-UNUSED", "source 'old'"),
    (WARFARIN, "next_review: 2027-01", "next_review: 2026-11", "REVIEW-EXPIRED", "its review was due on 2026-11-10"),
    (BLEEDING, "classes: [nsaid]", "classes: [nsaid], ingredients: [ibuprofin]", "MEMBER-UNKNOWN", "'ibuprofin' in"),
    (WARFARIN, "classes: [anticoagulant]", "classes: []", "CLASS-EMPTY", "no medicine belongs to this class"),
]  # fmt: skip


def told(folder: Path, on: date = ON) -> list[tuple[str, bool, str]]:
    """Code, whether it is a warning, and the line of every problem beside the unsigned reviews."""
    return [(p.code, p.is_warning, str(p)) for p in check(folder, on).problems if p.code != "REVIEW-UNSIGNED"]


def test_a_sound_folder_has_only_its_unsigned_reviews(folder: Path) -> None:
    assert told(folder) == []
    report = check(folder, ON)
    assert report.errors == ()
    assert str(report.warnings[0]) == (
        "medicines/: -: 3 of 3 records are not signed by a pharmacist: review them: reviewed_by, reviewed_on"
    )


@pytest.mark.parametrize("file, old, new, code, line", ERRORS, ids=[f"{c}-{f}" for f, _, _, c, _ in ERRORS])
def test_a_fault_is_told_with_its_place(
    folder: Path, edit: Edit, file: str, old: str, new: str, code: str, line: str
) -> None:
    edit(file, old, new)
    found = told(folder)
    assert [(c, line in text) for c, is_warning, text in found if c == code and not is_warning] == [(code, True)], found


@pytest.mark.parametrize("file, old, new, code, line", WARNINGS, ids=[c for _, _, _, c, _ in WARNINGS])
def test_what_is_only_to_be_known_is_a_warning(
    folder: Path, edit: Edit, file: str, old: str, new: str, code: str, line: str
) -> None:
    edit(file, old, new)
    found = told(folder)
    assert [(c, is_warning, line in text) for c, is_warning, text in found] == [(code, True, True)], found


def test_every_file_that_cannot_be_read_is_told_at_once(folder: Path, edit: Edit) -> None:
    (folder / "labs.yaml").unlink()
    (folder / NAPROXEN).write_bytes(b"name: na\xefve\n")
    edit(WARFARIN, "[I48]", "[I48")
    edit(BLEEDING, "severity: high", "severity: 7")
    assert [code for code, _, _ in told(folder)] == ["FILE-MISSING", "FILE-ENCODING", "FILE-YAML", "FILE-SHAPE"]


def test_an_exception_graver_than_its_rule_is_meant_and_a_contradiction_is_told(folder: Path) -> None:
    path = folder / BLEEDING
    text = path.read_text(encoding="utf-8")
    narrow = text.replace("WARFARIN-NSAID", "WARFARIN-NAPROXEN").replace("classes: [nsaid]", "ingredients: [naproxen]")
    narrow = narrow.replace("ibuprofen 600 mg tablet", "naproxen 500 mg tablet")
    path.write_text(text + narrow.replace("severity: high", "severity: critical"), encoding="utf-8")
    assert told(folder) == []
    path.write_text(text + narrow.replace("severity: high", "severity: moderate"), encoding="utf-8")
    overlap, silenced = told(folder)
    assert overlap[:2] == ("INTERACTION-OVERLAP", True)
    assert "it is moderate and INT-WARFARIN-NSAID is high for naproxen with warfarin: exclude" in overlap[2]
    assert silenced[:2] == ("EXAMPLE-FAILS", False)


def test_a_review_is_due_only_from_the_day_after(folder: Path) -> None:
    assert told(folder, date(2027, 1, 10)) == []
    assert {code for code, _, _ in told(folder, date(2027, 1, 11))} == {"REVIEW-EXPIRED"}


def test_every_kind_of_authored_file_has_a_shape() -> None:
    assert {*MEDICINES, *LISTS} == set(SUBJECTS)
    assert {p.name for p in authored_files() if p.parent.name == "knowledge"} <= set(SINGLE)
