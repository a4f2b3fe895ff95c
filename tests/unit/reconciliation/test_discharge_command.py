"""`tallman discharge` from the outside: files in, a page, an object or a paper out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tallman.cli.discharge import command
from tallman.cli.reconcile import command as reconcile
from tests.unit.documents.cases import AFTER, BEFORE, HOSPITAL, OPEN
from tests.unit.reconciliation.bundles import bundle


def _person(data: bytes, born: str = "1948-05-17") -> bytes:
    """The Bundle with the person it is of."""
    sent = json.loads(data)
    person = {
        "resourceType": "Patient",
        "id": "p",
        "name": [{"family": "Okonjo", "given": ["Marta"]}],
        "birthDate": born,
    }
    entries = [{"resource": person | {"birthDate": born}}, *sent["entry"]]
    return json.dumps(sent | {"entry": entries}).encode()


def _run(folder: Path, *files: bytes, options: tuple[str, ...] = ()) -> Result:
    names = []
    for number, data in enumerate(files):
        names.append(str(folder / f"{number}.json"))
        Path(names[-1]).write_bytes(data)
    return CliRunner().invoke(command, [*names, *options])


def _object(result: Result) -> dict[str, Any]:
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def test_every_medicine_is_told_in_both_languages(tmp_path: Path) -> None:
    result = _run(tmp_path, BEFORE, HOSPITAL, AFTER, options=("--json",))
    found = _object(result)
    assert (result.exit_code, found["undecided"]) == (0, [])
    rows = {row["medicine"]: row for row in found["rows"]}
    paused = rows["metformin 500 mg oral tablet"]
    assert (paused["change"], paused["until"], paused["reasons"]) == ("paused", "2026-03-16", ["kidneys"])
    assert paused["after"] == ["MedicationRequest/4"]
    assert paused["sentence_es"] == "No tome metformin hasta el 16 de marzo de 2026."


def test_the_list_is_written_when_all_is_settled(tmp_path: Path) -> None:
    made = tmp_path / "list.pdf"
    options = (
        "--pdf",
        str(made),
        "--language",
        "es",
        "--large-print",
        "--place",
        "St. Brigid|12 Sample St|555-0100",
    )
    result = _run(tmp_path, BEFORE, HOSPITAL, _person(AFTER), options=options)
    assert result.exit_code == 0, result.output
    assert made.read_bytes().startswith(b"%PDF")
    assert "Deje de tomar naproxen." in result.output


def test_while_something_is_undecided_only_a_draft_is_printed(tmp_path: Path) -> None:
    made = tmp_path / "list.pdf"
    refused = _run(tmp_path, BEFORE, HOSPITAL, _person(OPEN), options=("--pdf", str(made), "--json"))
    assert refused.exit_code == 1
    assert "nobody has decided about omeprazole" in _object(refused)["refused"][0]
    assert not made.exists()
    draft = _run(tmp_path, BEFORE, HOSPITAL, _person(OPEN), options=("--pdf", str(made), "--draft"))
    assert draft.exit_code == 1
    assert made.exists()


def test_a_list_without_a_name_is_not_printed(tmp_path: Path) -> None:
    result = _run(tmp_path, BEFORE, HOSPITAL, AFTER, options=("--pdf", str(tmp_path / "list.pdf")))
    assert result.exit_code == 1
    assert "no file has a Patient with a name" in result.stderr


def test_lists_of_two_people_are_refused(tmp_path: Path) -> None:
    result = _run(tmp_path, _person(BEFORE, "1950-01-01"), HOSPITAL, _person(AFTER), options=("--json",))
    assert result.exit_code == 2
    assert "birth dates differ" in _object(result)["error"]


def test_a_file_that_cannot_be_read_is_never_a_settled_discharge(tmp_path: Path) -> None:
    result = _run(tmp_path, bundle(), b"<xml/>", AFTER, options=("--json",))
    assert result.exit_code == 2
    assert "XML" in _object(result)["error"]


def test_the_letter_and_the_document_are_written_and_the_document_is_a_list_again(tmp_path: Path) -> None:
    letter, document = tmp_path / "letter.pdf", tmp_path / "document.json"
    options = ("--letter", str(letter), "--fhir", str(document), "--decided-by", "Ana Ruiz, PharmD", "--json")
    assert _run(tmp_path, BEFORE, HOSPITAL, _person(AFTER), options=options).exit_code == 0
    assert letter.read_bytes().startswith(b"%PDF")
    assert "Ana Ruiz, PharmD" in document.read_text()
    again = CliRunner().invoke(reconcile, [str(document), str(tmp_path / "2.json"), "--json"])
    assert json.loads(again.stdout)["differences"] == []


def test_neither_letter_nor_document_is_a_draft(tmp_path: Path) -> None:
    letter, document = tmp_path / "letter.pdf", tmp_path / "document.json"
    options = ("--letter", str(letter), "--fhir", str(document), "--draft", "--json")
    result = _run(tmp_path, BEFORE, HOSPITAL, _person(OPEN), options=options)
    assert result.exit_code == 1
    assert len(_object(result)["refused"]) == 2
    assert not letter.exists()
    assert not document.exists()
