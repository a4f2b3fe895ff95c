"""Examples: situations in which a rule must speak, and in which it must be silent."""

from __future__ import annotations

from tallman.knowledge.schema.parts import Strict

__all__ = ["ExampleEntry"]


class ExampleEntry(Strict):
    """A situation run through the real `screen()`: medicines as "name; directions", facts of the patient.

    `labs` are results by the id of the lab: "5.9 mmol/L" of today, or "5.9 mmol/L, 200 days ago". `since` is how
    many days the current medicines have been taken, `written` and `weighed` how many days ago the new one was
    written and the patient weighed, `stopped` how many days ago the current ones were last taken. `dea_schedules`
    and `dea_until` are what is on record of the prescriber's registration: its schedules, and the days from now
    until it ends.
    """

    new: str
    current: list[str] = []
    age: int | None = None
    sex: str | None = None
    weight: str | None = None
    allergies: list[str] = []
    conditions: list[str] = []
    quantity: str | None = None
    days_supply: int | None = None
    reasons: list[str] = []
    age_months: int | None = None
    height: str | None = None
    labs: dict[str, str] = {}
    pregnant: bool | None = None
    lactating: bool | None = None
    since: int | None = None
    refills: int | None = None
    written: int | None = None
    dea: str | None = None
    dea_schedules: list[str] = []
    dea_until: int | None = None
    weighed: int | None = None
    note: str = ""
    coded: str = ""
    stopped: int | None = None
