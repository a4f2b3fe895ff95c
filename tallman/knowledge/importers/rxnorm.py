"""RxNorm in its Rich Release Format: the current prescribable content, or the full release.

Columns, kinds of names and attributes: NLM, RxNorm Technical Documentation, section 12 and appendices 1, 4 and 5.
In RXNREL a row says what the *second* concept is to the first: RXCUI2 has_ingredient RXCUI1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tallman.core.codes import CodeError, ndc
from tallman.knowledge.importers.facts import Drug, Pack, Part, RxNorm
from tallman.knowledge.importers.release import Release
from tallman.knowledge.importers.rows import rrf

__all__ = ["ATTRIBUTION", "FILES", "TITLE", "counted", "files", "read", "released"]

TITLE = "an RxNorm release"
ATTRIBUTION = (
    "This product uses publicly available data from the U.S. National Library of Medicine (NLM), National Institutes "
    "of Health, Department of Health and Human Services; NLM is not responsible for the product and does not endorse "
    "or recommend this or any other product."
)
"""What the NLM's terms of service ask to be shown where its data are."""
FILES = ("RXNCONSO.RRF", "RXNREL.RRF", "RXNSAT.RRF")
CONSO = "RXCUI LAT TS LUI STT SUI ISPREF RXAUI SAUI SCUI SDUI SAB TTY CODE STR SRL SUPPRESS CVF".split()
REL = "RXCUI1 RXAUI1 STYPE1 REL RXCUI2 RXAUI2 STYPE2 RELA RUI SRUI SAB SL DIR RG SUPPRESS CVF".split()
SAT = "RXCUI LUI SUI RXAUI STYPE CODE ATUI SATUI ATN SAB ATV SUPPRESS CVF".split()
_RELEASED = r"(?P<m>\d\d)(?P<d>\d\d)(?P<y>20\d\d)"
"""RxNorm_full_prescribe_10062025.zip, Readme_Full_Prescribe_10062025.txt."""

_TERMS = frozenset({"IN", "PIN", "MIN", "BN", "DF", "SCDC", "SCD", "SBD", "GPCK", "BPCK"})
_SYNONYMS = frozenset({"SY", "TMSY", "ET"})
_RELATIONS = frozenset({
    "has_ingredient", "has_precise_ingredient", "consists_of", "tradename_of", "has_dose_form", "contains", "form_of",
})  # fmt: skip
_ATTRIBUTES = frozenset({"NDC", "RXN_QUANTITY", "RXN_STRENGTH", "RXN_HUMAN_DRUG", "RXN_VET_DRUG"})
_STRICTEST_FIRST = ("CII", "CIII", "CIV", "CV")
_SCHEDULES = {"2": "CII", "2N": "CII", "3": "CIII", "3N": "CIII", "4": "CIV", "5": "CV"}
"""How older releases write them in DCSA, the attribute of a label's Controlled Substances Act schedule."""
_QUANTITY = re.compile(r"^([\d.]+ (?:ML|HR|DAY|ACTUAT|MG|UNT)) ")
_CONTENT = re.compile(r"(?:\{|\) / )\d+ \(")
_STRENGTH = re.compile(r"^.* ([\d.]+ \S.*)$")


@dataclass
class _Concepts:
    """What the three files say, by RxCUI."""

    lines: dict[str, int] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=lambda: {term: {} for term in _TERMS})
    synonyms: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    related: defaultdict[str, defaultdict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    quantities: dict[str, str] = field(default_factory=dict)
    strengths: dict[str, str] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    animals: set[str] = field(default_factory=set)
    schedules: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    ndcs: dict[str, str] = field(default_factory=dict)

    def of(self, rxcui: str, relation: str, term: str) -> list[str]:
        """The concepts of one term type that a concept is so related to."""
        held = self.names[term]
        return [r for r in dict.fromkeys(self.related[relation].get(rxcui, ())) if r in held]

    def brand(self, rxcui: str) -> str:
        """The brand name of a branded drug or pack; "" without one."""
        return next((self.names["BN"][b] for b in self.of(rxcui, "has_ingredient", "BN")), "")


def files(release: Release) -> list[str]:
    """The files that are read. Raises UnusableRelease when one is missing."""
    return release.need(TITLE, *FILES)


def released(release: Release) -> date | None:
    """The day of the release, as its name or that of its readme says it."""
    return release.dated(_RELEASED)


def counted(facts: RxNorm) -> dict[str, int]:
    """What a release holds, in words."""
    return {"clinical and branded drugs": len(facts.drugs), "packs": len(facts.packs), "NDCs": len(facts.ndcs)}


def read(release: Release) -> RxNorm:
    """The facts of a release. Raises UnusableRelease when a file is missing or damaged."""
    conso, rel, sat = files(release)
    concepts = _Concepts()
    _read_names(release, conso, concepts)
    _read_relations(release, rel, concepts)
    _read_attributes(release, sat, concepts)
    _leave_out_animals(release, conso, concepts)
    salts = concepts.names["PIN"]
    named = {**concepts.names["IN"], **salts}
    drugs = {d.rxcui: d for d in _clinical(release, conso, concepts)}
    branded = tuple(_branded(release, conso, concepts, drugs))
    return RxNorm(
        ingredients=concepts.names["IN"],
        salts={rxcui: (name, next(iter(concepts.of(rxcui, "form_of", "IN")), "")) for rxcui, name in salts.items()},
        synonyms={rxcui: tuple(dict.fromkeys(s)) for rxcui, s in concepts.synonyms.items() if rxcui in named},
        drugs=(*drugs.values(), *branded),
        packs=tuple(_packs(release, conso, concepts)),
        ndcs=concepts.ndcs,
        brands={name: tuple(concepts.of(b, "tradename_of", "IN")) for b, name in concepts.names["BN"].items()},
        mixtures=tuple(concepts.names["MIN"].values()),
    )


def _read_names(release: Release, file: str, concepts: _Concepts) -> None:
    report = release.report
    for row in rrf(release, file, CONSO, lambda line: b"|RXNORM|" in line):
        rxcui, sab, term, name, suppressed = row[0], row[11], row[12], row[14].strip(), row[16]
        if sab != "RXNORM":
            report.leave_out(file, "not of RxNorm's own vocabulary")
        elif not rxcui.isdecimal() or not name:
            report.problem(file, int(row[-1]), "a name without a concept" if name else "a concept without a name")
        elif suppressed not in ("N", ""):
            report.leave_out(file, "obsolete or suppressed")
        elif term in _TERMS:
            concepts.names[term].setdefault(rxcui, name)
            concepts.lines.setdefault(rxcui, int(row[-1]))
        elif term in _SYNONYMS:
            concepts.synonyms[rxcui].append(name)
        else:
            report.leave_out(file, "a kind of name that is not used")


def _read_relations(release: Release, file: str, concepts: _Concepts) -> None:
    report, held = release.report, set().union(*concepts.names.values())
    for row in rrf(release, file, REL, lambda line: b"|RXNORM|" in line):
        to, of, relation, sab, suppressed = row[0], row[4], row[7], row[10], row[14]
        if sab != "RXNORM":
            report.leave_out(file, "not of RxNorm's own vocabulary")
        elif relation not in _RELATIONS:
            report.leave_out(file, "a relation that is not used")
        elif suppressed not in ("N", ""):
            report.leave_out(file, "obsolete or suppressed")
        elif not (to.isdecimal() and of.isdecimal()):
            report.problem(file, int(row[-1]), f"{relation} between what is no concept: {of!r} and {to!r}")
        elif to in held and of in held:
            concepts.related[relation][of].append(to)
        else:
            report.leave_out(file, "of a concept that is left out")


def _read_attributes(release: Release, file: str, concepts: _Concepts) -> None:
    report = release.report
    products = {r for term in ("SCD", "SBD", "GPCK", "BPCK") for r in concepts.names[term]}
    for row in rrf(release, file, SAT, lambda line: b"|RXNORM|" in line or b"|DCSA|MTHSPL|" in line):
        rxcui, name, sab, value, suppressed = row[0], row[8], row[9], row[10].strip(), row[11]
        is_schedule = name == "DCSA" and sab == "MTHSPL"
        if not is_schedule and (sab != "RXNORM" or name not in _ATTRIBUTES):
            report.leave_out(file, "an attribute that is not used")
        elif suppressed not in ("N", ""):
            report.leave_out(file, "obsolete or suppressed")
        elif name == "RXN_QUANTITY":
            concepts.quantities[rxcui] = value
        elif name == "RXN_STRENGTH":
            concepts.strengths[rxcui] = value
        elif name in ("RXN_HUMAN_DRUG", "RXN_VET_DRUG"):
            (concepts.people if name == "RXN_HUMAN_DRUG" else concepts.animals).add(rxcui)
        elif rxcui not in products:
            report.leave_out(file, "of a concept that is left out")
        elif is_schedule:
            concepts.schedules[rxcui].add(_SCHEDULES.get(value.upper(), value.upper()))
        else:
            _take_ndc(release, file, int(row[-1]), value, rxcui, concepts)


def _take_ndc(release: Release, file: str, line: int, value: str, rxcui: str, concepts: _Concepts) -> None:
    try:
        eleven = ndc.parse(value).eleven
    except CodeError:
        release.report.problem(file, line, f"{value!r} is no NDC")
        return
    if concepts.ndcs.setdefault(eleven, rxcui) != rxcui:
        what = f"NDC {value} is given to {rxcui} and to {concepts.ndcs[eleven]}: the first is kept"
        release.report.problem(file, line, what)


def _leave_out_animals(release: Release, file: str, concepts: _Concepts) -> None:
    for rxcui in concepts.animals - concepts.people:
        if any(concepts.names[term].pop(rxcui, None) for term in ("SCD", "SBD", "GPCK", "BPCK")):
            release.report.leave_out(file, "for animals only")


def _schedule(rxcui: str, concepts: _Concepts) -> str:
    """The strictest that a label of the drug states; "" when none states one."""
    return next((s for s in _STRICTEST_FIRST if s in concepts.schedules.get(rxcui, ())), "")


def _clinical(release: Release, file: str, concepts: _Concepts) -> Iterator[Drug]:
    for rxcui, name in concepts.names["SCD"].items():
        parts = tuple(_parts(rxcui, concepts))
        forms = concepts.of(rxcui, "has_dose_form", "DF")
        if len(parts) != name.count(" / ") + 1 or not all(p.ingredient and p.strength for p in parts):
            given = ", ".join(_named(p, concepts) for p in parts if p.ingredient and p.strength) or "none"
            what = f"{rxcui} {name}: not every ingredient is given with its strength: {given}"
            release.report.problem(file, concepts.lines[rxcui], what)
        elif not forms:
            release.report.problem(file, concepts.lines[rxcui], f"{rxcui} {name}: its dose form is not given")
        else:
            form, quantity = concepts.names["DF"][forms[0]], _quantity(rxcui, name, concepts)
            yield Drug(rxcui, name, parts, form, quantity=quantity, schedule=_schedule(rxcui, concepts))


def _named(part: Part, concepts: _Concepts) -> str:
    return concepts.names["IN"].get(part.ingredient) or concepts.names["PIN"].get(part.ingredient, part.ingredient)


def _parts(rxcui: str, concepts: _Concepts) -> Iterator[Part]:
    """The parts of a drug, in the order in which its name has them."""
    names, whole = concepts.names["SCDC"], concepts.names["SCD"][rxcui]
    for component in sorted(concepts.of(rxcui, "consists_of", "SCDC"), key=lambda c: whole.find(names[c])):
        precise = next(iter(concepts.of(component, "has_precise_ingredient", "PIN")), "")
        ingredients = concepts.of(component, "has_ingredient", "IN") or concepts.of(precise, "form_of", "IN")
        match = _STRENGTH.search(names[component])
        strength = match[1] if match else concepts.strengths.get(component, "")
        yield Part(next(iter(ingredients), precise), precise, strength)


def _quantity(rxcui: str, name: str, concepts: _Concepts) -> str:
    match = _QUANTITY.match(name)
    return concepts.quantities.get(rxcui) or (match[1] if match else "")


def _branded(release: Release, file: str, concepts: _Concepts, drugs: dict[str, Drug]) -> Iterator[Drug]:
    for rxcui, name in concepts.names["SBD"].items():
        generic = next((drugs[d] for d in concepts.of(rxcui, "tradename_of", "SCD") if d in drugs), None)
        brand = concepts.brand(rxcui)
        if generic is None or not brand:
            what = "its brand name is not given" if generic else "the drug it is a brand of is not given"
            release.report.problem(file, concepts.lines[rxcui], f"{rxcui} {name}: {what}")
        else:
            schedule = _schedule(rxcui, concepts) or generic.schedule
            yield Drug(rxcui, name, generic.parts, generic.form, brand, generic.quantity, schedule)


def _packs(release: Release, file: str, concepts: _Concepts) -> Iterator[Pack]:
    for term in ("GPCK", "BPCK"):
        for rxcui, name in concepts.names[term].items():
            held = [*concepts.of(rxcui, "contains", "SCD"), *concepts.of(rxcui, "contains", "SBD")]
            brand = concepts.brand(rxcui) or (_in_brackets(name) if term == "BPCK" else "")
            if len(held) < len(_CONTENT.findall(name)):
                release.report.problem(
                    file, concepts.lines[rxcui], f"{rxcui} {name}: not all of its contents are given"
                )
            elif term == "BPCK" and not brand:
                release.report.problem(file, concepts.lines[rxcui], f"{rxcui} {name}: its brand name is not given")
            else:
                yield Pack(rxcui, name, tuple(held), brand, _schedule(rxcui, concepts))


def _in_brackets(name: str) -> str:
    match = re.search(r"\[([^\[\]]+)\]\s*$", name)
    return match[1] if match else ""
