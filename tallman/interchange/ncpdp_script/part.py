"""One element of a message, asked by names, remembering what it was asked: so that nothing is silently left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any

from tallman.core.received import ReadWarning
from tallman.interchange.ncpdp_script.warnings import warning

__all__ = ["Part", "Trace", "local_name"]

# Names of SCRIPT that are not read but may stand in a warning; any other name shows as a star, since what an unknown
# sender calls an element might be content.
NAMES = frozenset(
    """AllergyOrAdverseEvent BenefitsCoordination ChangeofPrescriptionStatusFlag ClarifyingFreeText ControlledSubstance
    CurrentTreatmentCycle DaysSupply DeliveryLocation DeliveryRequest DiabeticSupply Diagnosis DrugCoverageStatusCode
    DrugUseEvaluation DrugUseReview Facility FacilitySpecificHoursOfAdministrationTiming FlavoringRequested
    FollowUpPrescriber HumanPatient InjuryRelated IVAdministration LastFillDate MeasurementTimePeriod MessageRequestCode
    MultipleDoseRestriction MaximumDoseRestriction NeedNoLaterThan NumberOfCyclesPlanned NumberOfPackagesToBeDispensed
    Observation ObservationNotes OfficeOfPharmacyAffairsID PatientCodifiedNote PharmacyRequestedRefills
    PlaceOfServiceNonSelfAdministeredProduct PrescriberCheckedREMS PriorAuthorization PriorAuthorizationStatus
    ProhibitRenewalRequest ProphylacticOrEpisodic ProviderExplicitAuthorizationToAdminister
    ReasonForSubstitutionCodeUsed REMSAuthorizationNumber REMSPatientRiskCategory RxFillIndicator ServiceReasonCode
    SplitScript Supervisor Titration TreatmentIndicator UrgencyIndicatorCode Wound""".split()
)


@dataclass
class Trace:
    """What has been asked and found while a message was read. `zone` is the reader's own time zone."""

    zone: tzinfo = UTC
    read: set[Any] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    warnings: list[ReadWarning] = field(default_factory=list)
    _children: dict[Any, dict[str, list[Any]]] = field(default_factory=dict)

    def children(self, element: Any, name: str) -> list[Any]:
        """The children of a local name, looked up once for each element."""
        if element not in self._children:
            by_name = self._children[element] = {}
            for child in element:
                by_name.setdefault(local_name(child), []).append(child)
        return self._children[element].get(name, [])

    def warn(self, code: str, where: str) -> None:
        """Add a warning, once."""
        found = warning(code, where)
        if found not in self.warnings:
            self.warnings.append(found)


class Part:
    """An element, or the empty place where it would be: asking either is safe.

    Paths are local names with slashes, namespaces left out. Of several paths the first with a text counts.
    """

    __slots__ = ("_element", "_trace", "place")

    def __init__(self, element: Any, trace: Trace, place: str = "") -> None:
        self._element, self._trace, self.place = element, trace, place

    def __bool__(self) -> bool:
        return self._element is not None

    def from_here(self) -> Part:
        """The same element, with places counted from it."""
        return Part(self._element, self._trace)

    @property
    def zone(self) -> tzinfo:
        """The reader's own time zone."""
        return self._trace.zone

    def parts(self, *paths: str) -> list[Part]:
        """Every element at the first of the paths that leads to one."""
        for path in paths:
            found = [self]
            for name in path.split("/"):
                found = [child for part in found for child in part._named(name)]
            if found:
                return found
        return []

    def _named(self, name: str) -> list[Part]:
        self._trace.asked.add(name)
        if self._element is None:
            return []
        children = self._trace.children(self._element, name)
        many = len(children) > 1
        return [
            Part(e, self._trace, f"{self.place}/{name}{f'[{i}]' if many else ''}".lstrip("/"))
            for i, e in enumerate(children, 1)
        ]

    def part(self, *paths: str) -> Part:
        """The first element at one of the paths; an empty part when there is none."""
        found = self.parts(*paths)
        return found[0] if found else Part(None, self._trace, f"{self.place}/{paths[0]}".lstrip("/"))

    def text(self, *paths: str) -> str:
        """The text of the first element at one of the paths that has one, its ends trimmed; else empty."""
        return next((t for path in paths for p in self.parts(path)[:1] if (t := p.own_text())), "")

    def own_text(self) -> str:
        """The element's own text. What markup inside it holds is kept and warned of."""
        if self._element is None:
            return ""
        own = (self._element.text or "").strip()
        if own:
            self._trace.read.add(self._element)
            if len(self._element):
                self.warn("mixed-content")
                self._trace.read.update(self._element.iter())
                own = "".join(self._element.itertext()).strip()
        return own

    def attribute(self, name: str) -> str:
        """An attribute's value, its ends trimmed."""
        return (self._element.get(name) or "").strip() if self._element is not None else ""

    def children(self) -> Iterator[tuple[str, Part]]:
        """Each child with its local name."""
        for element in self._element if self._element is not None else ():
            yield local_name(element), Part(element, self._trace, f"{self.place}/{local_name(element)}")

    def pass_over(self, *paths: str) -> None:
        """Leave something out on purpose: it is not warned of. Without paths: this part."""
        for part in [p for path in paths for p in self.parts(path)] if paths else [self]:
            if part._element is not None:
                self._trace.read.update(part._element.iter())

    def warn(self, code: str) -> None:
        """Warn of this part."""
        self._trace.warn(code, self.place)

    def warn_of_the_unread(self) -> None:
        """Warn of every text below that nothing was made of, at the topmost element of which nothing was."""
        if self._element is not None:
            self._unread(self._element, self.place)

    def _unread(self, element: Any, place: str) -> None:
        for child in element:
            if not _says_something(child) or child in self._trace.read:
                continue
            here = f"{place}/{self._shown(child)}".lstrip("/")
            if any(e in self._trace.read for e in child.iter()):
                self._unread(child, here)
            else:
                twin = any(local_name(e) == local_name(child) and e in self._trace.read for e in element)
                self._trace.warn("said-twice" if twin else "not-read", here)

    def _shown(self, element: Any) -> str:
        name = local_name(element)
        twins = [e for e in element.getparent() if local_name(e) == name]
        known = name if name in self._trace.asked or name in NAMES else "*"
        return f"{known}[{twins.index(element) + 1}]" if len(twins) > 1 else known


def _says_something(element: Any) -> bool:
    return any(text.strip() for text in element.itertext())


def local_name(element: Any) -> str:
    """An element's name without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
