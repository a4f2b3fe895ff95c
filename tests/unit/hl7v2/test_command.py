"""`tallman adt`: an object a file, honest exit statuses, no server."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from tallman.cli.adt import command
from tests.unit.fhir.bundles import bundle, patient, sent
from tests.unit.fhir.test_encounters import encounter
from tests.unit.hl7v2.messages import adt


def run(*arguments: object) -> tuple[int, list[dict[str, Any]]]:
    result = CliRunner().invoke(command, [str(a) for a in arguments])
    return result.exit_code, [json.loads(line) for line in result.output.splitlines()]


def test_every_file_is_an_object(tmp_path: Path) -> None:
    for name, content in (
        ("a.hl7", adt("A02", pv1={2: "ff"})), ("b.json", sent(bundle(patient(), encounter()))), ("c.hl7", adt("A05")),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(content)
    status, (a, b, c) = run(tmp_path / "a.hl7", tmp_path / "b.json", tmp_path / "c.hl7", "--zone", "America/New_York")
    assert status == 0
    assert (a["event"]["kind"], a["event"]["location"]["unit"]) == ("transferred", "4W")
    assert a["event"]["when"] == "2026-11-27T08:35:00-05:00"
    assert [(w["code"], w["where"]) for w in a["warnings"]] == [("CLASS-UNKNOWN", "PV1-2")]
    assert b["event"]["encounter"]["code"] == "V-100"
    assert (c["event"], c["warnings"]) == (None, [])


def test_what_cannot_be_read_says_why_and_where(tmp_path: Path) -> None:
    (tmp_path / "a.hl7").write_bytes(adt("A99"))
    (tmp_path / "b.json").write_bytes(b'{"resourceType": "Patient"}')
    status, found = run(tmp_path / "a.hl7", tmp_path / "b.json", tmp_path / "missing")
    assert status == 2
    assert [(one["code"], one["place"]) for one in found] == [
        ("EVENT-UNKNOWN", "MSH-9.2"), ("NOT-AN-ENCOUNTER", ""), ("NOT-OPENED", ""),
    ]  # fmt: skip


def test_a_zone_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.hl7").write_bytes(adt())
    result = CliRunner().invoke(command, [str(tmp_path / "a.hl7"), "--zone", "Mars/Base"])
    assert result.exit_code == 1
    assert "no time zone" in result.output


def test_it_runs_without_the_server() -> None:
    code = "import sys, tallman.cli.adt; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
