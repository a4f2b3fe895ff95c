"""`tallman screen`: one object a file, honest exit statuses, and a page that can be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tallman.cli import screen as screen_command
from tallman.cli.screen import command
from tallman.core.knowledge import Knowledge
from tallman.core.screening.case import Case
from tallman.core.screening.checks import CHECKS
from tallman.core.screening.finding import Finding
from tests.unit.fhir.bundles import allergy, bundle, measurement, order, patient, sent, warfarin_and_tmp_smx

Json = dict[str, Any]
QUIET = bundle(
    patient(born="1980-01-01"),
    allergy("NKDA"),
    order("new", "lisinopril 10 mg tablet", status="draft", quantity=(30, "tablet"), days=30),
)


@pytest.fixture(autouse=True)
def loaded_once(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_command, "load", lambda: knowledge)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a-quiet.json").write_bytes(sent(QUIET))
    (tmp_path / "b-broken.json").write_bytes(b'{"resourceType": "Bundle", ')
    (tmp_path / "c-warfarin.json").write_bytes(sent(warfarin_and_tmp_smx()))
    return tmp_path


def run(*arguments: str | Path, text: bytes | None = None) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], input=text)


def objects(result: Result) -> list[Json]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_object_a_file(folder: Path) -> None:
    result = run("--json", folder / "c-warfarin.json")
    assert result.exit_code == 1
    (found,) = objects(result)
    assert list(found)[:4] == ["file", "on", "knowledge", "orders"]
    assert (found["file"], found["on"]) == (str(folder / "c-warfarin.json"), "2026-11-24")
    assert set(found["knowledge"]) == {"version", "sha256"}
    assert {"allergy", "interaction", "dose"} <= set(found["ran"]), "the checks whose silence means something"
    (new,) = found["orders"]
    assert list(new) == ["order", "medicine", "findings", "not_checked"]
    assert (new["order"], "sulfamethoxazole" in new["medicine"]) == ("new", True)
    finding = next(f for f in new["findings"] if f["category"] == "interaction")
    keys = ["code", "category", "severity", "summary", "evidence", "advice", "sources"]
    assert list(finding)[: len(keys)] == keys
    assert finding["severity"] in ("critical", "high")
    assert "warfarin" in finding["summary"]
    assert finding["sources"][0]["title"]


def test_exit_statuses(folder: Path) -> None:
    quiet, broken, warfarin = sorted(folder.iterdir())
    assert run("--json", quiet).exit_code == 0
    assert run("--json", warfarin, quiet).exit_code == 1
    assert run("--json", quiet, broken, warfarin).exit_code == 2
    assert run("--json", folder / "absent.json").exit_code == 2
    assert run("--json").exit_code == 2
    assert run("--json", "--on", "tomorrow", quiet).exit_code == 2


def test_a_bad_file_stops_nothing_and_is_never_clear(folder: Path) -> None:
    broken, quiet, warfarin = objects(
        run("--json", folder / "b-broken.json", folder / "a-quiet.json", folder / "c-warfarin.json")
    )
    assert set(broken) == {"file", "error"}
    assert "the JSON breaks off" in broken["error"]
    assert quiet["orders"][0] == {
        "order": "new",
        "medicine": "lisinopril 10 mg oral tablet",
        "findings": [],
        "not_checked": [],
    }
    assert warfarin["orders"]


def test_a_draft_without_a_medicine_is_not_read(folder: Path) -> None:
    (folder / "d.json").write_bytes(sent(bundle(patient(), allergy("NKDA"), order("n", None, status="draft"))))
    result = run("--json", folder / "d.json")
    (found,) = objects(result)
    assert result.exit_code == 2
    assert {n["check"] for n in found["orders"][0]["not_checked"]} >= {"interaction", "dose"}
    assert [w["code"] for w in found["warnings"]] == ["MEDICINE-MISSING"]


def test_folders_patterns_and_standard_input(folder: Path) -> None:
    (folder / "deeper").mkdir()
    (folder / "deeper" / "d.json").write_bytes(sent(QUIET))
    (folder / "notes.txt").write_text("not looked at")
    names = ["a-quiet.json", "b-broken.json", "c-warfarin.json"]
    assert [Path(o["file"]).name for o in objects(run("--json", folder))] == [*names, "d.json"]
    assert [Path(o["file"]).name for o in objects(run("--json", folder / "[ac]*.json"))] == [names[0], names[2]]
    twice = run("--json", folder / names[2], folder, folder / names[2])
    assert [Path(o["file"]).name for o in objects(twice)] == [names[2], names[0], names[1], "d.json"]
    assert [o["file"] for o in objects(run("--json", "-", text=sent(QUIET)))] == ["-"]
    empty = folder / "empty"
    empty.mkdir()
    assert objects(run("--json", empty)) == [{"file": str(empty), "error": "there is no .json file in this folder"}]
    assert run("--json", folder / "nothing-*.json").exit_code == 2


def test_the_day_may_be_given(folder: Path) -> None:
    (folder / "undated.json").write_bytes(sent(bundle(patient(), timestamp=None)))
    assert "--on YYYY-MM-DD" in objects(run("--json", folder / "undated.json"))[0]["error"]
    assert objects(run("--json", "--on", "2026-12-24", folder / "undated.json"))[0]["on"] == "2026-12-24"


def test_names_outside_ascii_and_half_characters(folder: Path) -> None:
    odd = folder / "caf\u00e9.json"
    odd.write_bytes(sent(bundle(patient(), order("\u00fc", "m\u00e9tformine", status="draft"))))
    (found,) = objects(run("--json", odd))
    assert (found["file"], found["orders"][0]["order"]) == (str(odd), "\u00fc")


def broken(case: Case, knowledge: Knowledge) -> Iterator[Finding]:
    raise KeyError("Okafor")


def test_a_check_that_breaks_off_is_never_clear(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHECKS, "dose", broken)
    result = run("--json", folder / "a-quiet.json")
    (gap,) = objects(result)[0]["orders"][0]["not_checked"]
    assert (result.exit_code, gap["check"]) == (1, "dose")
    assert "Okafor" not in result.output
    page = run(folder / "a-quiet.json").output
    assert "NOT CHECKED" in page
    assert "CLEAR" not in page


def test_a_fault_of_the_program_is_never_clear(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_command, "read_case", broken)
    monkeypatch.setattr(screen_command, "read_case", lambda data, knowledge, on: broken(on, knowledge).__next__())
    result = run("--json", folder / "a-quiet.json", folder / "c-warfarin.json")
    assert result.exit_code == 2
    assert [set(o) for o in objects(result)] == [{"file", "error"}] * 2
    assert "Okafor" not in result.output


def test_knowledge_that_cannot_be_used_is_never_clear(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unusable() -> Knowledge:
        raise screen_command.KnowledgeError("medicines/x.yaml: $.rxcui")

    monkeypatch.setattr(screen_command, "load", unusable)
    result = run("--json", folder / "a-quiet.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "medicines/x.yaml" in result.stderr


def plain(text: str) -> str:
    return " ".join(text.split())


def test_the_page(folder: Path) -> None:
    found = warfarin_and_tmp_smx()
    found["entry"] += [{"resource": allergy("a red pill", "hives", id="a2")}, {"resource": order("m", "zorblax 5")}]
    (folder / "c-warfarin.json").write_bytes(sent(found))
    page = plain(run(folder / "c-warfarin.json").output)
    for expected in (
        "75 years, female, 69.85 kg on 2026-11-20",
        "codeine (nausea)",
        "a red pill (hives) not recognised",
        "Atrial fibrillation (I48.91)",
        "warfarin 5 mg oral tablet Take 1 tablet by mouth once daily in the evening",
        "zorblax 5 Take 1 tablet by mouth once daily not recognised",
        "Take 1 tablet by mouth twice daily for 7 days, quantity 14 tablets",
        "HIGH sulfamethoxazole / trimethoprim with warfarin",
        "(not yet reviewed by a pharmacist)",
        "NOT CHECKED allergy: the allergy 'a red pill' was not recognised",
        "screened for 2026-11-24, knowledge authored-",
    ):
        assert expected in page


def test_what_two_orders_lack_is_spelled_out_once(folder: Path) -> None:
    drafts = [
        order("x", "lisinopril 10 mg tablet", status="draft"),
        order("y", "metformin 500 mg tablet", status="draft"),
    ]
    (folder / "e.json").write_bytes(sent(bundle(patient(), allergy("a red pill", "hives", id="a1"), *drafts)))
    page = plain(run(folder / "e.json").output)
    assert page.count("NOT CHECKED allergy: the allergy 'a red pill' was not recognised") == 1
    assert page.count("NOT CHECKED allergy: as above") == 1


def test_the_page_of_a_quiet_order_and_of_a_bad_file(folder: Path) -> None:
    (folder / "d.json").write_bytes(
        sent(bundle(patient(born="2026-08-01"), measurement("29463-7", 6, "kg"), order("n", None, status="draft")))
    )
    page = plain(run(folder).output)
    assert "CLEAR nothing found: allergies, interactions" in page
    assert "none known" in page
    assert "NOT READ the JSON breaks off before its end: send it whole" in page
    assert "3 months, female, 6 kg" in page
    assert "nobody is known to have asked" in page
    assert "Not understood in the file NOTE no medicine is named here Bundle.entry[2].resource" in page


def test_the_page_of_a_file_without_an_order_counts_no_checks(folder: Path) -> None:
    (folder / "e.json").write_bytes(sent(bundle(patient())))
    result = run(folder / "e.json")
    page = plain(result.output)
    assert ("nothing screened" in page, result.exit_code) == (True, 2)
    assert "checks" not in page


def test_it_starts_alone_and_without_django(folder: Path) -> None:
    program = "import sys; from tallman.cli import main; main(standalone_mode=False)"
    spy = f"import atexit, sys; atexit.register(lambda: print('django' in sys.modules, file=sys.stderr)); {program}"
    result = subprocess.run(
        [sys.executable, "-c", spy, "screen", "--json", str(folder / "c-warfarin.json")],
        capture_output=True,
        env={**os.environ, "LC_ALL": "C"},
        check=False,
    )
    assert result.returncode == 1
    assert json.loads(result.stdout)["orders"]
    assert result.stderr.decode().strip() == "False"
