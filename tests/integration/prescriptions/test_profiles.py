"""Everything that patients take is checked again, and what that changed is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tallman.cli import main
from tallman.knowledge.load import load, load_authored, snapshot_folder
from tallman.server import knowledge_in_use
from tallman.server.audit.models import Event
from tallman.server.patients.models import OutsideMedicine, Patient
from tallman.server.prescriptions.models import Profile
from tallman.server.prescriptions.profiles import checked, with_medicines
from tests.small_knowledge import copy_installed

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date(2026, 3, 2)


@pytest.fixture
def newer(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Puts a version in use in which warfarin beside an anti-inflammatory is critical, for this test."""
    folder = copy_installed(tmp_path / "newer")
    path = folder / "interactions" / "bleeding.yaml"
    head, rule, rest = path.read_text(encoding="utf-8").partition("- id: INT-WARFARIN-NSAID\n")
    rest = rest.replace("severity: high", "severity: critical", 1).replace(
        "already_together:", "# already_together:", 1
    )
    path.write_text(head + rule + rest, encoding="utf-8")
    yield lambda: knowledge_in_use.use(load_authored(folder))
    knowledge_in_use.use(None)


@pytest.fixture
def bleeding() -> Patient:
    """Somebody who takes two medicines that do not go together."""
    patient = Patient.objects.create(family_name="Doe", given_names="Jo", sex="female", birth_date=date(1960, 5, 1))
    for text in ("warfarin 5 mg tablet", "naproxen 500 mg tablet"):
        OutsideMedicine.objects.create(patient=patient, text=text, directions="1 tablet by mouth daily")
    return patient


def rescreen(*options: str) -> str:
    result = CliRunner().invoke(main, ["rescreen", "--today", TODAY.isoformat(), "--processes", "1", *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def changed(*options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in rescreen("--json", *options).splitlines()]


def of_rule(found: list[dict[str, Any]], rule: str) -> list[dict[str, Any]]:
    return [c for row in found for c in row["changes"] if c["rule"] == rule]


def test_what_is_found_is_new_the_first_time_and_nothing_the_second(bleeding: Patient) -> None:
    [told] = changed()
    assert told["patient"] == bleeding.pk
    [change] = of_rule([told], "INT-WARFARIN-NSAID")
    assert (change["what"], change["was"]) == ("appears", "")
    assert "naproxen" in change["summary"].lower()
    assert changed() == []
    assert "nothing changed" in rescreen()
    assert Profile.objects.get().findings


def test_a_rule_that_became_graver_is_told(bleeding: Patient, tmp_path: Path) -> None:
    [before] = of_rule(changed(), "INT-WARFARIN-NSAID")
    folder = copy_installed(tmp_path / "newer")
    path = folder / "interactions" / "bleeding.yaml"
    head, rule, rest = path.read_text(encoding="utf-8").partition("- id: INT-WARFARIN-NSAID\n")
    rest = rest.replace("severity: high", "severity: critical", 1).replace(
        "already_together:", "# already_together:", 1
    )
    path.write_text(head + rule + rest, encoding="utf-8")
    knowledge_in_use.use(load_authored(folder))
    [change] = of_rule(changed(), "INT-WARFARIN-NSAID")
    assert (change["what"], change["was"]) == ("graver", before["severity"])
    assert Profile.objects.get().knowledge_sha256 == knowledge_in_use.current().sha256


def test_what_is_no_longer_taken_is_no_longer_found(bleeding: Patient) -> None:
    rescreen()
    OutsideMedicine.objects.filter(text__startswith="naproxen").update(ended_on=date(2026, 3, 1))
    [change] = of_rule(changed(), "INT-WARFARIN-NSAID")
    assert change["what"] == "disappears"


def test_what_could_not_be_checked_is_never_taken_for_clear(db: None) -> None:
    who = {"family_name": "Poe", "given_names": "Di", "sex": "female", "birth_date": date(1990, 5, 1)}
    patient = Patient.objects.create(**who, no_known_allergies_on=TODAY)
    OutsideMedicine.objects.create(
        patient=patient, text="cetirizine 10 mg tablet", directions="1 tablet by mouth daily"
    )
    assert "could not be checked" not in rescreen()
    OutsideMedicine.objects.create(patient=patient, text="zzyzx 12 mg", directions="daily")
    assert "1 could not be checked in full" in rescreen()
    kept = Profile.objects.get(patient=patient).not_checked
    assert any(n["check"] == "interaction" and "'zzyzx 12 mg' was not recognised" in n["reason"] for n in kept)


def test_nobody_takes_anything_yet(db: None) -> None:
    assert "0 profiles" in rescreen("--processes", "2")


def test_who_takes_nothing_has_no_profile(bleeding: Patient) -> None:
    nobody = Patient.objects.create(family_name="Roe", given_names="Al")
    assert with_medicines() == [bleeding.pk]
    assert [c.patient for c in checked([bleeding.pk, nobody.pk], TODAY)] == [bleeding.pk]


def test_the_record_of_it_tells_of_no_patient(bleeding: Patient) -> None:
    rescreen()
    event = Event.objects.get(action="prescriptions.note_profiles")
    assert event.patient_id is None
    assert event.data["profiles"] == 1


def test_queries_do_not_grow_with_the_patients(bleeding: Patient, django_assert_max_num_queries: Any) -> None:
    others = [Patient.objects.create(family_name=f"P{n}", given_names="X") for n in range(5)]
    for other in others:
        OutsideMedicine.objects.create(patient=other, text="lisinopril 10 mg tablet", directions="1 daily")
    with django_assert_max_num_queries(10):
        assert len(list(checked([bleeding.pk, *(o.pk for o in others)], TODAY))) == 6


PARALLEL = """
from datetime import date

from tallman.cli import rescreen
from tallman.server.config.start import start

if __name__ == "__main__":
    start()
    from tallman.server.patients.models import OutsideMedicine, Patient

    people = [Patient.objects.create(family_name=f"P{n}", given_names="X") for n in range(5)]
    for person in people:
        OutsideMedicine.objects.create(patient=person, text="warfarin 5 mg tablet", directions="1 daily")
    rescreen._AT_ONCE = 2
    lots = list(rescreen._checked([p.pk for p in people], date(2026, 3, 2), 2))
    print([(done, [(c.patient, c.medicines) for c in found]) for done, found in lots])
"""


def test_several_processes_check_every_profile_once(tmp_path: Path) -> None:
    load()
    script = tmp_path / "parallel.py"
    script.write_text(PARALLEL, encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "knowledge").symlink_to(snapshot_folder())
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"TALLMAN_HOME": str(own)}
    told = subprocess.run([sys.executable, script], env=environment, check=True, capture_output=True, text=True).stdout
    assert told.strip() == "[(2, [(1, 1), (2, 1)]), (2, [(3, 1), (4, 1)]), (1, [(5, 1)])]"
