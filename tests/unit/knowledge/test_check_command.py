"""`tallman knowledge check` over a folder: lines, counts, exit status, JSON, and a release to hold codes against."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tallman.cli import main

Edit = Callable[[str, str, str], None]
Check = Callable[..., Result]


@pytest.fixture
def check(folder: Path) -> Check:
    """`check("--json")`: the command over the small knowledge, on a day on which no review is due."""
    fixed = ["knowledge", "check", "--folder", str(folder), "--today", "2026-11-28"]
    return lambda *options: CliRunner().invoke(main, [*fixed, *map(str, options)])


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """An extract of a release that holds the small knowledge, but for one code, one NDC and one pack."""
    path = tmp_path / "release"
    path.mkdir()
    (path / "concepts.csv").write_text(
        "rxcui,tty,name\n11289,IN,warfarin\n5640,IN,ibuprofen\n855332,SCD,warfarin sodium 5 MG Oral Tablet\n"
        "855334,SBD,warfarin sodium 5 MG Oral Tablet [Coumadin]\n197806,SCD,ibuprofen 600 MG Oral Tablet\n"
        "197803,SCD,ibuprofen 20 MG/ML Oral Suspension\n198014,SCD,naproxen 500 MG Oral Tablet\n"
    )
    (path / "ingredients.csv").write_text("rxcui,name\n7258,naproxen\n")
    (path / "ndc11.csv").write_text("ndc11,rxcui\n53746046501,197806\n")
    return path


def test_a_sound_folder_passes_and_its_warnings_are_counted(check: Check) -> None:
    result = check()
    assert result.exit_code == 0
    assert result.output.splitlines()[0].startswith("     9 REVIEW-UNSIGNED      medicines/: -: 3 of 3 records")
    assert result.output.splitlines()[-1] == "0 errors, 9 warnings."


def test_errors_fail_and_stand_first(check: Check, edit: Edit) -> None:
    edit("medicines/warfarin.yaml", "daily_max: 15 mg", "note: low")
    result = check("--warnings")
    assert result.exit_code == 1
    assert result.output.splitlines()[0] == (
        "medicines/warfarin.yaml: warfarin/limit-1: it limits nothing: correct the amounts or ages"
    )
    assert result.output.count("not signed by a pharmacist") == 9
    assert result.output.endswith("1 error, 9 warnings.\n")


def test_faults_of_form_hide_the_rest_and_it_says_so(check: Check, edit: Edit) -> None:
    edit("interactions/bleeding.yaml", "severity: high", "severity: severe")
    result = check()
    assert result.exit_code == 1
    assert "Nothing else was looked at: run it again when these are gone." in result.output


def test_a_review_that_is_due_is_told_and_fails_nobody(folder: Path) -> None:
    arguments = ["knowledge", "check", "--folder", str(folder), "--today", "2027-01-11", "--warnings"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    assert "medicines/naproxen.yaml: naproxen: its review was due on 2027-01-10" in result.output


def test_json_has_an_object_for_every_problem(check: Check, edit: Edit) -> None:
    edit("medicines/warfarin.yaml", ", date: 2025-03}", "}")
    found = [json.loads(line) for line in check("--json").output.splitlines()]
    assert len(found) == 10
    assert [p for p in found if p["code"] == "SOURCE-UNDATED"] == [
        {
            "file": "medicines/warfarin.yaml",
            "record": "warfarin",
            "what": "'Warfarin sodium tablets, US prescribing information' has no date",
            "do": "add the date of the document that was read",
            "code": "SOURCE-UNDATED",
            "is_warning": True,
        }
    ]


def test_what_no_release_confirms_is_listed(check: Check, release: Path) -> None:
    result = check("--rxnorm", release, "--warnings")
    assert result.exit_code == 0
    lines = [line for line in result.output.splitlines() if "not signed" not in line]
    assert lines == [
        "medicines/warfarin.yaml: warfarin 7.5 mg oral tablet: no RxCUI could be confirmed: add it when found",
        "medicines/warfarin.yaml: warfarin: the release does not hold NDC 00093172001: confirm it elsewhere",
        "0 errors, 11 warnings.",
    ]


@pytest.mark.parametrize(
    "old, new, line",
    [
        ('5 mg: "855332"', '5 mg: "197806"', "197806 names something else, ibuprofen 600 MG Oral Tablet: no warfarin"),
        ('5 mg: "855332"', '5 mg: "9999999"', "the release does not hold 9999999"),
        ('["00093172001"]', '["53746046501"]', "NDC 53746046501 is that of ibuprofen 600 MG Oral Tablet, here of 85"),
    ],
)
def test_a_code_of_something_else_is_told(
    check: Check, edit: Edit, release: Path, old: str, new: str, line: str
) -> None:
    edit("medicines/warfarin.yaml", old, new)
    result = check("--rxnorm", release, "--warnings")
    assert line in result.output
    assert result.exit_code == (0 if "does not hold" in line else 1)


def test_what_is_no_release_is_refused(check: Check, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = check("--rxnorm", tmp_path / "empty")
    assert result.exit_code == 1
    assert "is not an RxNorm release" in result.output


def test_without_an_imported_release_it_says_how_to_get_one(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALLMAN_HOME", str(tmp_path))
    assert "tallman knowledge import rxnorm" in check("--imported").output
