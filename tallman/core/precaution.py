"""A medicine and something about the patient that do not go together: a condition, an age, a kidney, a lab value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tallman.core.quantity import Amount
from tallman.core.rule import Bound, Review, Selector, Source

__all__ = ["Band", "Monitoring", "Precaution", "Speed"]


@dataclass(frozen=True, slots=True)
class Band:
    """What holds while the kidney function lies in `at_least` <= function < `below`.

    `avoid` says that the medicine is not given at all; `single_max` and `daily_max` are the most that is given,
    `daily_max_per_kg` the same for each kg of body weight; more than `high_over` a day is of high severity where the
    band's own is lower. `dialysis` narrows the band to people on dialysis, or to all
    others. A band that allows everything stands before a wider one that does not: the first that fits is taken.
    """

    below: Decimal
    at_least: Decimal = Decimal(0)
    avoid: bool = False
    single_max: Amount | None = None
    daily_max: Amount | None = None
    severity: str = "high"
    advice: str = ""
    daily_max_per_kg: Amount | None = None
    dialysis: bool | None = None
    high_over: Amount | None = None


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a medicine runs into a vein: `amount` in each `per` ("min" or "h"), with `per_kg` of body weight."""

    amount: Amount
    per: str
    per_kg: bool = False

    def __str__(self) -> str:
        return f"{self.amount}{'/kg' if self.per_kg else ''}/{self.per}"


@dataclass(frozen=True, slots=True)
class Precaution:
    """Medicines that a person like this should not take, or only with care.

    `about` is the check that asks: condition, age, pregnancy, lactation, kidney, liver, lab, route, rate or hour.
    Everything given must hold: `conditions` (an active problem with one of these ICD-10-CM prefixes, no dots),
    `age_from` and `age_under` in months, `sex`, `labs` (each of them), weeks of pregnancy from `weeks_from` to under
    `weeks_under`. It is silent with one of `unless_conditions`, with a medicine or class of `unless_with`, for an
    order whose reason begins with one of `not_for`, and, where `only_for` is given, for every other known reason.
    `only_with` wants one of these medicines or classes beside it. `must_be_for` wants a reason that begins with one
    of these, on the order or, where that has none, on the problem list. `weight_at_most` is in kg. `liver_class` is
    the Child-Pugh class (B or C) from which it speaks; with `class_unknown_counts` it speaks of a cirrhosis of
    unknown class too. `already_taken` is the severity for a medicine that is renewed (None: the same). `must_know`
    says that the check "could not run" where the fact is not on record; without it a fact that is not on record is no
    alarm. `forms` narrows it to orders of these dose forms, `said` to directions that hold one of these words, and it
    is silent where they hold one of `unless_said`; one that is `unless_pregnant` is silent for who is pregnant, and
    so is one where each result of `eased_by` was just measured. A
    rule that `may_conceive` is for women who are not pregnant and could become so. `measure` and `bands` are of the
    kidney: crcl (mL/min, Cockcroft-Gault) or egfr (mL/min/1.73 m2, CKD-EPI 2021). `faster_than` and `in_less_than`
    are of the rate: what is run in faster, or in a shorter time for one dose; with `running` only what runs on is
    meant, not a bolus; with `dose_over` only single doses that are larger. `named` narrows it to medicines whose name
    as received holds one of these words: a brand, a strength that no product on file has. `at` are parts of the day
    (morning, noon, afternoon, evening, night) at which it must not be taken; with `at_no_other` only where nothing is
    taken at another, with `days_apart` where so many days or more lie between the doses. `days_in_all` are the days,
    refills counted, beyond which a course has no end. `unless_named` is silent for a brand that is made for it.
    `worded` narrows `conditions` to problems whose words hold one of these undenied: what no code tells apart (an
    infarct of the right ventricle). With `load_is_whole` weak kidneys lessen only what goes on: one dose, or the
    first of several, is given whole.
    """

    id: str
    about: str
    medicines: Selector
    severity: str
    effect: str
    advice: str
    conditions: tuple[str, ...] = ()
    unless_conditions: tuple[str, ...] = ()
    age_from: int | None = None
    age_under: int | None = None
    sex: str | None = None
    labs: tuple[Bound, ...] = ()
    weeks_from: int | None = None
    weeks_under: int | None = None
    unless_with: frozenset[str] = frozenset()
    only_with: frozenset[str] = frozenset()
    only_for: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    already_taken: str | None = None
    must_know: bool = False
    load_is_whole: bool = False
    must_be_for: tuple[str, ...] = ()
    weight_at_most: Decimal | None = None
    liver_class: str = ""
    class_unknown_counts: bool = False
    measure: str = "crcl"
    bands: tuple[Band, ...] = ()
    sources: tuple[Source, ...] = ()
    review: Review | None = None
    forms: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()
    unless_said: tuple[str, ...] = ()
    may_conceive: bool = False
    faster_than: Speed | None = None
    in_less_than: Amount | None = None
    running: bool = False
    dose_over: Amount | None = None
    named: tuple[str, ...] = ()
    unless_pregnant: bool = False
    eased_by: tuple[Bound, ...] = ()
    at: tuple[str, ...] = ()
    at_no_other: bool = False
    days_apart: int | None = None
    days_in_all: int | None = None
    unless_named: tuple[str, ...] = ()
    worded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Monitoring:
    """A laboratory value that is watched while a medicine is taken: any one of `labs` within `within_days`.

    `first_within_days` is the longest wait after a start before the first result is missed; with `before_start` one is
    wanted from the outset. A last result older than `stops_after_days` interrupts.
    """

    id: str
    medicines: Selector
    labs: tuple[str, ...]
    within_days: int
    severity: str
    advice: str
    first_within_days: int = 90
    before_start: bool = False
    stops_after_days: int | None = None
    sources: tuple[Source, ...] = ()
    review: Review | None = None
