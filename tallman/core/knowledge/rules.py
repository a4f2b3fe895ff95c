"""What is written of medicines: the classes rules speak in, limits of doses, interactions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tallman.core.quantity import Amount
from tallman.core.rule import Bound, Review, Selector, Source

__all__ = ["DoseLimit", "Interaction", "MedicineClass"]


@dataclass(frozen=True, slots=True)
class MedicineClass:
    """A class of our own that rules speak in.

    `kind` is therapeutic (duplicate therapy), chemical (allergy) or mechanism (interactions). `at_once` is how
    many different ingredients of a therapeutic class are normal together (None: no limit). `different_release_ok`
    allows one immediate beside one extended release; `as_needed_ok` one as-needed beside a scheduled one;
    `single_dose_ok` one dose beside what goes on, on a ward or one of a week or longer; `nebules_ok` one through a
    nebulizer beside an inhaler, `prevention_ok` one that prevents beside one that treats;
    `intended` are pairs of ingredients or classes whose overlap is meant. `routes` are those by which an order counts
    as a member (empty: every route that reaches the whole body). `long_acting` are ingredients that last all day
    from any form (methadone). Two that each reach their amount in `full_from` a day are high whatever `severity` says:
    a small one beside a full one may be meant for something else (quetiapine for sleep). `alone_in_forms` are names of
    dose forms that nothing of another release is added to (capsules with quick and slow levodopa in one).
    """

    id: str
    name: str
    kind: str
    at_once: int | None = None
    different_release_ok: bool = False
    as_needed_ok: bool = False
    single_dose_ok: bool = False
    intended: tuple[tuple[str, str], ...] = ()
    routes: tuple[str, ...] = ()
    severity: str = "high"
    advice: str = ""
    sources: tuple[Source, ...] = ()
    review: Review | None = None
    long_acting: tuple[str, ...] = ()
    full_from: tuple[tuple[str, Amount], ...] = ()
    alone_in_forms: tuple[str, ...] = ()
    nebules_ok: bool = False
    prevention_ok: bool = False


@dataclass(frozen=True, slots=True)
class DoseLimit:
    """The most of an ingredient that is given, for one route and kind of patient.

    Limits are absolute amounts; with `per_kg` they are amounts per kilogram, capped by `single_cap` and `daily_cap`.
    Ages are in months: `age_from` ≤ age < `age_under`. `indications` are ICD-10-CM prefixes: a limit that has them
    applies only to orders written for such a reason, or whose directions or note hold one of the words `said`.
    `usual_daily_max` is where a dose becomes unusual though still allowed. `hard` marks limits that even the top of an
    as-needed range must respect. `salts` and `combined_with` narrow a limit to products of such a salt (nitrofurantoin
    as Macrobid) or with such another ingredient (trimethoprim with sulfamethoxazole), `strengths` to such strengths
    ("500 units/mL"). `critical_over` is the amount a day above which a dose is critical (None: twice the most).
    `days_a_week` is on how many days of a week it is taken at most (methotrexate), `every_days` how many days lie at
    least between one dose and the next (patches, depots; fewer in a course that ends within `loading_days`), where it
    is set of those that are more than `doses_over` (400 mg, which is given every six weeks),
    `times_a_day` how many doses a day are taken at most, `days_a_month` on how many days of 30 (against headaches:
    more make them worse), `max_days` the longest course, `min_days` the shortest that cures. Of patches, `worn_at_once`
    are worn at most, for `worn_hours` of a day. `steady_max` is the most a day once
    `loading_days` are over. With `per_m2` amounts are per square metre of body surface. `daily_low` is the amount a
    day below which it does not do what it is for, `single_low` that at one time. `mme` is how many milligrams of oral
    morphine a milligram of an opioid is worth, `naive_max` the most a day to begin with, for somebody who does not
    take it (of an opioid: any) already.
    """

    id: str
    ingredient: str
    routes: tuple[str, ...]
    single_max: Amount | None = None
    daily_max: Amount | None = None
    weekly_max: Amount | None = None
    usual_daily_max: Amount | None = None
    critical_over: Amount | None = None
    per_kg: bool = False
    single_cap: Amount | None = None
    daily_cap: Amount | None = None
    age_from: int | None = None
    age_under: int | None = None
    release: str | None = None
    forms: tuple[str, ...] = ()
    indications: tuple[str, ...] = ()
    hard: bool = False
    note: str = ""
    sources: tuple[Source, ...] = ()
    review: Review | None = None
    days_a_week: int | None = None
    max_days: int | None = None
    salts: tuple[str, ...] = ()
    combined_with: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    every_days: int | None = None
    per_m2: bool = False
    daily_low: Amount | None = None
    mme: Decimal | None = None
    naive_max: Amount | None = None
    times_a_day: int | None = None
    days_a_month: int | None = None
    said: tuple[str, ...] = ()
    worn_at_once: int | None = None
    worn_hours: int | None = None
    steady_max: Amount | None = None
    loading_days: int = 0
    single_low: Amount | None = None
    doses_over: Amount | None = None
    min_days: int | None = None


@dataclass(frozen=True, slots=True)
class Interaction:
    """Two kinds of medicine that should not meet, or only with care.

    `effect` and `advice` are our own sentences. `already_together` is the severity once the patient has been taking
    both (None: the same), `palliative` that where comfort is the aim (Z51.5), `on_ward` that of an order for a
    ward, where somebody watches, `for_one_dose` that of one dose and no more, `followed` that where the order says
    that levels are. Where all of `eased_by` were measured
    the rule informs. `unless_with` names ingredients or classes whose presence settles the matter (a proton-pump
    inhibitor beside an NSAID). `only_conditions` are ICD-10-CM prefixes of which the patient must have one.
    `where_meant` is the severity where the pair belongs to a treatment: beside one of `meant_beside` (ingredients or
    classes), or with a condition of `meant_in` (prefixes) on record.
    `days_after` are (ingredient or class, days) of what still counts so long after its last dose. `tells` are the
    ids of rules (burdens, "class/nsaid") that say less of the same medicines.
    """

    id: str
    one: Selector
    other: Selector
    severity: str
    effect: str
    advice: str
    already_together: str | None = None
    palliative: str | None = None
    unless_with: frozenset[str] = frozenset()
    only_conditions: tuple[str, ...] = ()
    age_from_years: int | None = None
    sources: tuple[Source, ...] = ()
    review: Review | None = None
    days_after: tuple[tuple[str, int], ...] = ()
    tells: frozenset[str] = frozenset()
    on_ward: str | None = None
    eased_by: tuple[Bound, ...] = ()
    for_one_dose: str | None = None
    followed: str | None = None
    where_meant: str | None = None
    meant_beside: frozenset[str] = frozenset()
    meant_in: tuple[str, ...] = ()
