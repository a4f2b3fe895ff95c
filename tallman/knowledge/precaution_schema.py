"""The shape of the authored precautions, of what is monitored, and of the laboratory values they speak of."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from tallman.core.condition_names import ChartWord, ConditionName
from tallman.core.lab import Correction, Lab, Meaning
from tallman.core.precaution import Band, Monitoring, Precaution, Speed
from tallman.core.quantity import parse_amount
from tallman.core.reasons import ReasonName
from tallman.knowledge.schema import Age, BoundEntry, ExampleEntry, ReviewEntry, SideEntry, SourceEntry, Strict, months

__all__ = [
    "ConditionWordsFile",
    "ConditionsFile",
    "LabEntry",
    "LookedAtEntry",
    "MonitoringEntry",
    "PrecautionEntry",
    "ReasonsFile",
]


class MeaningEntry(Strict):
    """What a result beyond a bound means; numbers are written in quotes. Fields as in `Meaning`."""

    code: str
    within_days: int
    above: str | None = None
    below: str | None = None

    def record(self) -> Meaning:
        above, below = (Decimal(text) if text else None for text in (self.above, self.below))
        return Meaning(self.code, self.within_days, above, below)


class CorrectionEntry(Strict):
    """By what a result is corrected; numbers are written in quotes. Fields as in `Correction`."""

    lab: str
    normal: str
    each: str
    within_days: int

    def record(self) -> Correction:
        return Correction(self.lab, Decimal(self.normal), Decimal(self.each), self.within_days)


class LabEntry(Strict):
    """One laboratory value: its LOINC codes, the usual one first, and factors from other units ("1/88.42")."""

    id: str
    name: str
    loinc: list[str]
    unit: str = ""
    units: dict[str, str] = {}
    told_as: list[MeaningEntry] = []
    normal_most: str | None = None
    corrected: CorrectionEntry | None = None
    possible: tuple[str, str] | None = None

    def record(self) -> Lab:
        meanings = tuple(m.record() for m in self.told_as)
        most = Decimal(self.normal_most) if self.normal_most else None
        by = self.corrected.record() if self.corrected else None
        possible = (Decimal(self.possible[0]), Decimal(self.possible[1])) if self.possible else None
        units = tuple(self.units.items())
        return Lab(self.id, self.name, self.unit, tuple(self.loinc), units, meanings, most, by, possible)


class ConditionEntry(Strict):
    """A condition as charts name it. Fields as in `ConditionName`."""

    code: str
    written_as: list[str]
    past: str = ""
    snomed: list[str] = []
    recent_days: int | None = None
    family: str = ""

    def record(self) -> ConditionName:
        snomed, written_as = tuple(self.snomed), tuple(self.written_as)
        return ConditionName(self.code, self.past, snomed, written_as, self.recent_days, self.family)


class ConditionsFile(Strict):
    """conditions.yaml: the names of conditions, with where their codes come from."""

    review: ReviewEntry
    sources: list[SourceEntry]
    names: list[ConditionEntry]


class ConditionWordsFile(Strict):
    """condition_words.yaml: the words of problem lists, and where they count. Fields as in `ChartWord.counts`."""

    review: ReviewEntry
    in_full: dict[str, list[str]]
    inside: list[str]
    in_capitals: list[str]
    in_mixed_case: list[str]
    alone: list[str]
    no_slips: list[str]

    def records(self) -> tuple[ChartWord, ...]:
        full = {word: name for name, words in self.in_full.items() for word in words}
        counts: dict[str, list[str]] = {}
        places = {
            "inside": self.inside,
            "in_capitals": self.in_capitals,
            "in_mixed_case": self.in_mixed_case,
            "alone": self.alone,
            "no_slip": self.no_slips,
        }
        for where, words in places.items():
            for word in words:
                counts.setdefault(word, []).append(where)
        return tuple(ChartWord(w, full.get(w, ""), tuple(counts.get(w, ()))) for w in sorted(full.keys() | counts))


class ReasonEntry(Strict):
    """Words that say what a medicine is for, and what they may stand for. Fields as in `ReasonName`."""

    codes: list[str]
    written_as: list[str]

    def record(self) -> ReasonName:
        return ReasonName(tuple(self.codes), tuple(self.written_as))


class ReasonsFile(Strict):
    """reasons.yaml: the words of reasons, with where their codes come from."""

    review: ReviewEntry
    sources: list[SourceEntry]
    names: list[ReasonEntry]


class BandEntry(Strict):
    """What holds in a band of kidney function: not given at all (`avoid`), or at most so much."""

    below: int
    at_least: int = 0
    avoid: bool = False
    single_max: str | None = None
    daily_max: str | None = None
    severity: str = "high"
    advice: str = ""
    daily_max_per_kg: str | None = None
    dialysis: bool | None = None
    high_over: str | None = None

    def record(self) -> Band:
        single, daily, of_weight, high_over = (
            parse_amount(text) if text else None
            for text in (self.single_max, self.daily_max, self.daily_max_per_kg, self.high_over)
        )
        return Band(
            Decimal(self.below), Decimal(self.at_least), self.avoid, single, daily, self.severity, self.advice,
            of_weight, self.dialysis, high_over,
        )  # fmt: skip


def _speed(text: str) -> Speed:
    """A speed written "10 mg/min", "10 mEq/h" or "3 mg/kg/min". Raises ValueError for anything else."""
    amount, *sizes, per = text.split("/")
    if sizes not in ([], ["kg"]) or per not in ("min", "h"):
        raise ValueError(f'{text!r} is no speed: write "10 mg/min" or "3 mg/kg/min"')
    return Speed(parse_amount(amount), per, bool(sizes))


class PrecautionEntry(Strict):
    """One precaution with at least one firing and one silent example. Fields as in `Precaution`."""

    id: str
    about: str
    medicines: SideEntry
    severity: str
    effect: str
    advice: str
    sources: list[SourceEntry]
    review: ReviewEntry
    fires: list[ExampleEntry]
    silent: list[ExampleEntry]
    conditions: list[str] = []
    unless_conditions: list[str] = []
    age: Age | None = None
    sex: str | None = None
    labs: list[BoundEntry] = []
    weeks_from: int | None = None
    weeks_under: int | None = None
    unless_with: list[str] = []
    only_with: list[str] = []
    only_for: list[str] = []
    not_for: list[str] = []
    already_taken: str | None = None
    must_know: bool = False
    load_is_whole: bool = False
    must_be_for: list[str] = []
    weight_at_most: str | None = None
    liver_class: Literal["", "B", "C"] = ""
    class_unknown_counts: bool = False
    measure: str = "crcl"
    bands: list[BandEntry] = []
    forms: list[str] = []
    said: list[str] = []
    unless_said: list[str] = []
    may_conceive: bool = False
    unless_pregnant: bool = False
    eased_by: list[BoundEntry] = []
    faster_than: str | None = None
    in_less_than: str | None = None
    running: bool = False
    dose_over: str | None = None
    named: list[str] = []
    at: list[Literal["morning", "noon", "afternoon", "evening", "night"]] = []
    at_no_other: bool = False
    days_apart: int | None = None
    days_in_all: int | None = None
    unless_named: list[str] = []
    worded: list[str] = []

    def record(self) -> Precaution:
        return Precaution(
            id=self.id,
            about=self.about,
            medicines=self.medicines.record(),
            severity=self.severity,
            effect=self.effect,
            advice=self.advice,
            conditions=tuple(self.conditions),
            unless_conditions=tuple(self.unless_conditions),
            age_from=months(self.age.from_) if self.age else None,
            age_under=months(self.age.under) if self.age else None,
            sex=self.sex,
            labs=tuple(b.record() for b in self.labs),
            weeks_from=self.weeks_from,
            weeks_under=self.weeks_under,
            unless_with=frozenset(self.unless_with),
            only_with=frozenset(self.only_with),
            only_for=tuple(self.only_for),
            not_for=tuple(self.not_for),
            already_taken=self.already_taken,
            must_know=self.must_know,
            load_is_whole=self.load_is_whole,
            must_be_for=tuple(self.must_be_for),
            weight_at_most=Decimal(self.weight_at_most) if self.weight_at_most else None,
            liver_class=self.liver_class,
            class_unknown_counts=self.class_unknown_counts,
            measure=self.measure,
            bands=tuple(b.record() for b in self.bands),
            forms=frozenset(self.forms),
            said=tuple(self.said),
            unless_said=tuple(self.unless_said),
            may_conceive=self.may_conceive,
            unless_pregnant=self.unless_pregnant,
            eased_by=tuple(b.record() for b in self.eased_by),
            faster_than=_speed(self.faster_than) if self.faster_than else None,
            in_less_than=parse_amount(self.in_less_than) if self.in_less_than else None,
            running=self.running,
            named=tuple(self.named),
            at=tuple(self.at),
            at_no_other=self.at_no_other,
            days_apart=self.days_apart,
            days_in_all=self.days_in_all,
            worded=tuple(self.worded),
            unless_named=tuple(self.unless_named),
            dose_over=parse_amount(self.dose_over) if self.dose_over else None,
            sources=tuple(s.record() for s in self.sources),
            review=self.review.record(),
        )


class MonitoringEntry(Strict):
    """One laboratory value that is watched. Fields as in `Monitoring`."""

    id: str
    medicines: SideEntry
    labs: list[str]
    within_days: int
    advice: str
    sources: list[SourceEntry]
    review: ReviewEntry
    fires: list[ExampleEntry]
    silent: list[ExampleEntry]
    severity: str = "moderate"
    first_within_days: int = 90
    stops_after_days: int | None = None
    before_start: bool = False

    def record(self) -> Monitoring:
        return Monitoring(
            id=self.id,
            medicines=self.medicines.record(),
            labs=tuple(self.labs),
            within_days=self.within_days,
            severity=self.severity,
            advice=self.advice,
            first_within_days=self.first_within_days,
            stops_after_days=self.stops_after_days,
            before_start=self.before_start,
            sources=tuple(s.record() for s in self.sources),
            review=self.review.record(),
        )


class LookedAtEntry(Strict):
    """Ingredients that have been looked at for one check with nothing to say."""

    check: Literal["condition", "dose", "kidney", "lactation", "liver", "pregnancy"]
    ingredients: list[str]
    sources: list[SourceEntry]
    review: ReviewEntry

    def record(self) -> tuple[tuple[str, str], ...]:
        return tuple((self.check, name) for name in self.ingredients)
