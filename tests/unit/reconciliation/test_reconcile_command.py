"""`tallman reconcile` from the outside: files in, one object out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from tallman.cli.reconcile import command
from tests.unit.reconciliation.bundles import bundle, order, statement


def _run(folder: Path, history: list[bytes], orders: bytes) -> tuple[int, dict[str, Any]]:
    names = []
    for number, data in enumerate([*history, orders]):
        names.append(str(folder / f"{number}.json"))
        Path(names[-1]).write_bytes(data)
    result = CliRunner().invoke(command, [*names, "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_a_regrouped_dose_and_a_brand_are_pairs_without_a_difference(tmp_path: Path) -> None:
    history = bundle(statement("1", "furosemide 20 mg", "2 tablets daily"), statement("2", "Lipitor 40 mg", "nightly"))
    orders = bundle(order("1", "furosemide 40 mg tablet", "1 po daily"), order("2", "atorvastatin 40 mg", "at bedtime"))
    status, found = _run(tmp_path, [history], orders)
    assert (status, found["differences"]) == (0, [])
    assert [(p["left"], p["right"]) for p in found["pairs"]] == [
        (["MedicationStatement/1"], ["MedicationRequest/1"]),
        (["MedicationStatement/2"], ["MedicationRequest/2"]),
    ]


def test_a_note_makes_a_changed_dose_explained(tmp_path: Path) -> None:
    history = bundle(statement("1", "amlodipine 5 mg daily"))
    plain = bundle(order("1", "amlodipine 10 mg", "daily"))
    noted = bundle(order("1", "amlodipine 10 mg", "daily", note="Increased for uncontrolled blood pressure"))
    intents = [_run(tmp_path, [history], o)[1]["differences"][0]["intent"] for o in (plain, noted)]
    assert intents == ["unexplained", "explained"]


def test_two_sources_are_one_history(tmp_path: Path) -> None:
    history = [bundle(statement("a", "Eliquis 5 mg bid")), bundle(order("b", "apixaban 5 mg tablet", "1 tab bid"))]
    status, found = _run(tmp_path, history, bundle(order("c", "apixaban 5 mg", "twice daily")))
    assert status == 0
    assert found["pairs"][0]["left"] == ["MedicationStatement/a", "MedicationRequest/b"]


def test_a_file_that_cannot_be_read_is_never_without_a_difference(tmp_path: Path) -> None:
    status, found = _run(tmp_path, [b"<xml/>"], bundle())
    assert status == 2
    assert "XML" in found["error"]
    assert "pairs" not in found
