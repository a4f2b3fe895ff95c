"""`make bench`: how long the work takes, in one process on this machine. Prints a table and writes bench.json.

Every row: name, value (the median), unit, p50, p99, `cpu` (the median of the processor's time, which other work on the
machine disturbs less; without a database server's), and beside a peer the ratio of the two in the same run.
The database is SQLite in a folder of its own, or the server that DATABASE_URL names.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

__all__ = ["main"]

Measure = dict[str, Any]
Times = list[tuple[float, float]]
"""Milliseconds of each run: by the clock, and of the processor."""


def main() -> None:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory(prefix="tallman-bench-") as home:
        os.environ |= {"TALLMAN_HOME": home, "DJANGO_SETTINGS_MODULE": "tallman.server.config.settings"}
        rows = list(_measures(home))
    _show(rows)
    Path("bench.json").write_text(json.dumps(rows, indent=2) + "\n")


def _measures(home: str) -> Iterator[Measure]:
    from tallman.knowledge.load import load

    yield _row("load the knowledge from its snapshot", "ms", _times(load, 8, warm=1))
    yield _screening()
    yield from _directions()
    yield _row("tallman screen, from start to end", "ms", _times(lambda: _command(home), 6, warm=1))
    yield from _reading()
    yield from _imports(home)
    yield from _lookalikes()
    yield _reconciliation()
    from tallman.server.config.start import start

    start()
    yield from _profiles(home)
    yield _intake()
    yield from _queue()


def _times(deed: Callable[[], object], runs: int, warm: int = 5) -> Times:
    """The times of each run, after some that do not count."""
    for _ in range(warm):
        deed()
    taken = []
    for _ in range(runs):
        begun, used = time.perf_counter(), _processor()
        deed()
        taken.append(((time.perf_counter() - begun) * 1000, (_processor() - used) * 1000))
    return taken


def _processor() -> float:
    """Seconds that this process and those it has waited for have used of the processor."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _row(name: str, unit: str, times: Times, peer: str = "", peer_times: Times | None = None) -> Measure:
    taken, p50 = sorted(wall for wall, _ in times), median(wall for wall, _ in times)
    p99 = taken[min(len(taken) - 1, int(len(taken) * 0.99))]
    return {
        "name": name, "value": round(p50, 3), "unit": unit, "p50": round(p50, 3), "p99": round(p99, 3),
        "cpu": round(median(cpu for _, cpu in times), 3), "runs": len(taken), "peer": peer or None,
        "ratio": round(median(wall for wall, _ in peer_times) / p50, 1) if peer_times else None,
    }  # fmt: skip


TAKEN = [
    "lisinopril 20 mg tablet; take 1 tablet by mouth daily", "atorvastatin 40 mg tablet; take 1 tablet at bedtime",
    "metformin 1000 mg tablet; take 1 tablet twice daily", "amlodipine 5 mg tablet; take 1 tablet daily",
    "metoprolol succinate ER 50 mg tablet; take 1 tablet daily", "warfarin 5 mg tablet; take 1 tablet every evening",
    "furosemide 40 mg tablet; take 1 tablet every morning", "gabapentin 300 mg capsule; take 1 capsule 3 times daily",
    "levothyroxine 75 mcg tablet; take 1 tablet every morning", "sertraline 100 mg tablet; take 1 tablet daily",
    "pantoprazole 40 mg tablet; take 1 tablet daily", "insulin glargine 100 units/mL pen; inject 20 units at bedtime",
]  # fmt: skip
NEW = "sulfamethoxazole-trimethoprim 800-160 mg tablet; take 1 tablet by mouth twice daily for 7 days"


def _screening(beside: str = "") -> Measure:
    """A patient with twelve medicines and one more."""
    from tallman.core.screening.screen import screen
    from tallman.knowledge import schema
    from tallman.knowledge.examples import case_of
    from tallman.knowledge.load import load

    knowledge = load()
    entry = schema.ExampleEntry(new=NEW, current=TAKEN, age=71, weight="80 kg", conditions=["I10", "I4891", "E119"])
    case = case_of(entry, knowledge)
    assert screen(case, knowledge).is_interruptive
    return _row(f"screen a patient with 12 medicines{beside}", "ms", _times(lambda: screen(case, knowledge), 2000))


def _directions() -> Iterator[Measure]:
    from tallman.core.sig import parse
    from tests.generative.sig_report import directions as written_directions

    directions = [text.partition("; ")[2] for text in [*TAKEN, NEW]]
    read = getattr(parse, "__wrapped__", parse)
    yield _row("read 13 directions", "ms", _times(lambda: [read(text) for text in directions], 300))
    different = [meant.texts[0] for meant in written_directions(1000)]
    yield _row("read 1,000 different directions", "ms", _times(lambda: [read(text) for text in different], 20))


def _command(home: str) -> None:
    bundle = Path(home) / "bundle.json"
    bundle.write_bytes(_bundle())
    command = [str(Path(sys.executable).with_name("tallman")), "screen", str(bundle), "--json"]
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = f"{home}/bytecode"  # As installed: compiled by the first run, which does not count.
    done = subprocess.run(command, capture_output=True, check=False, env=env)
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["orders"]


def _bundle() -> bytes:
    """A Bundle of the same patient."""
    who = {"reference": "Patient/p"}

    def order(number: int, text: str, status: str) -> dict[str, Any]:
        medicine, _, directions = text.partition("; ")
        return {
            "resourceType": "MedicationRequest", "id": f"m{number}", "status": status, "intent": "order",
            "subject": who, "medicationCodeableConcept": {"text": medicine},
            "dosageInstruction": [{"text": directions}],
            "authoredOn": "2026-11-28",
        }  # fmt: skip

    resources = [{"resourceType": "Patient", "id": "p", "birthDate": "1955-03-02", "gender": "female"}]
    resources += [order(n, text, "active") for n, text in enumerate(TAKEN)] + [order(99, NEW, "draft")]
    entries = [{"fullUrl": f"http://example.org/{r['resourceType']}/{r['id']}", "resource": r} for r in resources]
    bundle = {"resourceType": "Bundle", "type": "collection", "timestamp": "2026-11-28T10:00:00Z", "entry": entries}
    return json.dumps(bundle).encode()


def _reading() -> Iterator[Measure]:
    """A Bundle into received prescriptions, beside fhir.resources parsing and validating the same bytes."""
    from fhir.resources.R4B.bundle import Bundle

    from tallman.interchange.fhir.case import read_case
    from tallman.interchange.fhir.read import read
    from tallman.knowledge.load import load

    data, knowledge = _bundle(), load()
    theirs = _times(lambda: Bundle.model_validate_json(data), 60)
    name = "read the prescriptions of a FHIR Bundle"
    yield _row(name, "ms", _times(lambda: read(data), 200), "fhir.resources R4B, parse and validate", theirs)
    yield _row(
        "read a FHIR Bundle to a case, all medicines identified", "ms", _times(lambda: read_case(data, knowledge), 100)
    )


def _imports(home: str) -> Iterator[Measure]:
    """A whole release of RxNorm, where one lies beside the checkout: importing it, and starting with it."""
    source = Path(os.environ.get("TALLMAN_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data") / "rxnorm"
    if not source.is_dir():
        return
    from tests.knowledge.rrf import write_flattened

    release = write_flattened(source, Path(home) / "release")
    tallman, python = str(Path(sys.executable).with_name("tallman")), sys.executable
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env |= {"TALLMAN_HOME": f"{home}/imported", "PYTHONPYCACHEPREFIX": f"{home}/bytecode"}

    def run(*words: str) -> str:
        return subprocess.run(words, check=True, env=env, capture_output=True, text=True).stdout

    taken = _times(lambda: run(tallman, "knowledge", "import", "rxnorm", str(release)), 2, warm=0)
    yield _row("import RxNorm: 19,000 drugs, 222,000 NDCs", "ms", taken)
    load = "import time; t = time.perf_counter(); from tallman.knowledge.load import load; load();"
    load += "import resource; print((time.perf_counter() - t) * 1000, time.process_time() * 1000,"
    load += "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    fresh = [[float(number) for number in run(python, "-c", load).split()] for _ in range(7)][1:]
    yield _row("load the knowledge with it, in a fresh process", "ms", [(wall, cpu) for wall, cpu, _ in fresh])
    yield _row("memory of that process", "MB", [(memory, 0.0) for _, _, memory in fresh])
    taken = _times(lambda: run(tallman, "identify", "Opsynvi 10-20 mg tab"), 6, warm=1)
    yield _row("tallman identify with it, from start to end", "ms", taken)
    os.environ["TALLMAN_HOME"] = f"{home}/imported"
    yield _screening(" with it")
    os.environ["TALLMAN_HOME"] = home


def _reconciliation() -> Measure:
    """Thirty lines of a history against thirty orders, read already; the list that would result is not screened."""
    from tallman.core.reconciliation.reconcile import reconcile
    from tallman.interchange.fhir.lists import read_lists
    from tallman.knowledge.load import load
    from tests.reconciliation_lists.measure import as_bundle
    from tests.reconciliation_lists.patients import with_many

    knowledge, case = load(), with_many(30)
    history = read_lists(as_bundle(case.histories[0]), knowledge, "history").lists
    orders = read_lists(as_bundle(case.orders), knowledge, "orders", is_orders=True).lists[0]
    taken = _times(lambda: reconcile(history, orders, knowledge, on=date(2026, 3, 2)), 50)
    return _row("30 lines of a history against 30 orders", "ms", taken)


def _lookalikes() -> Iterator[Measure]:
    """The names that a name is mistaken for, among those of the knowledge and, with releases beside it, among all."""
    from tallman.core.lookalike.naming import names_of
    from tallman.core.lookalike.pairs import KnownPairs
    from tallman.core.lookalike.search import Universe
    from tallman.knowledge.load import load
    from tests.knowledge.lookalike_report import DATA, every_name

    knowledge = load()
    pairs = knowledge.records.lookalikes
    asked = iter([name for pair in pairs for name in (pair.one, pair.other)] * 2)
    names = every_name(knowledge) if (DATA / "rxnorm").is_dir() else list(names_of(knowledge))
    universe = Universe(names, KnownPairs(pairs))
    taken = _times(lambda: universe.nearest(next(asked)), len(pairs))
    yield _row(f"names like a name, among {len(universe):,}", "ms", taken)
    taken = _times(lambda: _all_pairs(universe, [named.name for named in names]), 1, warm=0)
    yield _row(f"the ten nearest of each of {len(names):,} names, two processes", "ms", taken)


def _all_pairs(universe: Any, names: list[str]) -> None:
    # Each process is handed the universe once, as it is: pickled beside every lot of names, that would be measured.
    with multiprocessing.get_context("fork").Pool(2, _Asked.of, (universe,)) as pool:
        assert sum(pool.imap_unordered(_Asked.nearest, names, chunksize=200)) == len(names)


class _Asked:
    universe: Any = None

    @classmethod
    def of(cls, universe: Any) -> None:
        cls.universe = universe

    @classmethod
    def nearest(cls, name: str) -> int:
        return 1 if cls.universe.nearest(name) is not None else 0


PROFILES = 20_000


def _profiles(home: str) -> Iterator[Measure]:
    """Everything that 20,000 synthetic people take, six medicines each, checked again from the command line."""
    from tallman.server.patients.models import OutsideMedicine, Patient

    people = [Patient(family_name=f"Synthetic{n}", given_names="Person", sex="female") for n in range(PROFILES)]
    Patient.objects.bulk_create(people)
    takes = [TAKEN[(n * 5 + k * (1 + n % 5)) % len(TAKEN)].partition("; ") for n in range(PROFILES) for k in range(6)]
    OutsideMedicine.objects.bulk_create(
        OutsideMedicine(patient=people[n // 6], text=text, directions=sig) for n, (text, _, sig) in enumerate(takes)
    )
    run = [sys.executable, "-m", "tallman", "rescreen"]
    environment = os.environ | {"TALLMAN_HOME": home}

    def again() -> None:
        subprocess.run(run, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    yield _row(f"tallman rescreen, {PROFILES:,} profiles", "ms", _times(again, 2, warm=0))
    OutsideMedicine.objects.all().delete()
    Patient.objects.all().delete()


def _intake() -> Measure:
    """A SCRIPT message from bytes to durable rows, each message another one."""
    from tallman.server.audit.actions import SYSTEM
    from tallman.server.demo.data import Line, histories
    from tallman.server.demo.wire import new_rx
    from tallman.server.exchange.actions import take_in
    from tallman.server.patients.models import Patient
    from tallman.server.prescriptions.models import Prescriber
    from tallman.server.web import clock

    patient = Patient(
        family_name="Bench", given_names="Ada", birth_date=date(1960, 1, 2), address="1 A Street, B, IL 60000"
    )
    prescriber = Prescriber(
        family_name="Sender", npi="1234567893", dea="", practice="Bench", address="2 C Street, D, IL 60000"
    )
    line, count = Line.read(histories()[0].new[0]), iter(range(1_000_000))

    def one() -> None:
        message = new_rx(
            f"B{next(count)}", line, patient, prescriber, clock.now(), rxcui="310798", reasons=["I10"], reason_text=""
        )
        taken = take_in(format="script", content=message, sender="bench", by=SYSTEM)
        assert not taken.seen_before
        assert taken.message.status == "accepted"

    return _row("take in a SCRIPT message, to durable rows", "ms", _times(one, 300))


OPEN_FILLS = 10_000


def _queue() -> Iterator[Measure]:
    """The queue page while 10,000 prescriptions wait."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tallman.server.accounts.models import User

    _many_prescriptions()
    user = User.objects.create_user("bench", "a long enough one", display_name="B", initials="B", role="technician")
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def page() -> None:
        assert client.get("/queue/?stage=to-fill").status_code == 200

    taken = _times(page, 60)
    with CaptureQueriesContext(connection) as queries:
        page()
    yield _row(f"queue page with {OPEN_FILLS:,} open fills", "ms", taken)
    yield {
        "name": "queries of that page", "value": len(queries), "unit": "queries", "p50": len(queries),
        "p99": len(queries), "cpu": None, "runs": 1, "peer": None, "ratio": None,
    }  # fmt: skip


def _many_prescriptions() -> None:
    from tallman.core.workflow import Stage
    from tallman.server.accounts.models import User
    from tallman.server.patients.models import Patient
    from tallman.server.prescriptions.models import Prescription, Screening
    from tallman.server.web import clock

    now = clock.now()
    by = User.objects.create_user("filler", None, display_name="F", initials="F", role="pharmacist")
    people = Patient.objects.bulk_create(
        [Patient(family_name=f"Family{n:05d}", given_names="Ada", birth_date=date(1960, 1, 2)) for n in range(2000)]
    )
    first = Prescription.objects.create(rx_number="0", due_at=now, patient=people[0])
    screening = Screening.objects.create(
        prescription=first, on=now.date(), knowledge_version="-", knowledge_sha256="-", case={}, ran=[]
    )
    stages = [Stage.TO_FILL] * 6 + [Stage.ENTERED] * 2 + [Stage.RECEIVED] * 2
    Prescription.objects.bulk_create(
        Prescription(
            rx_number=str(n), due_at=now + timedelta(minutes=n % 1500 - 300), patient=people[n % 2000],
            product_name="lisinopril 20 mg oral tablet", sig="take 1 tablet by mouth daily", quantity=90,
            quantity_unit="tablet", stage=stages[n % len(stages)], screening=screening, entered_by=by, approved_by=by,
        )
        for n in range(1, OPEN_FILLS + 1)
    )  # fmt: skip


def _show(rows: list[Measure]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold")
    for heading in ("measured", "p50", "p99", "cpu", "unit", "runs", "peer", "times as long"):
        table.add_column(heading, justify="left" if heading in ("measured", "unit", "peer") else "right")
    for row in rows:
        cells = (row[cell] for cell in ("name", "p50", "p99", "cpu", "unit", "runs", "peer", "ratio"))
        table.add_row(*("" if c is None else f"{c:g}" if isinstance(c, float) else str(c) for c in cells))
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
