"""The page a technician reads in a terminal: the patient, and for each draft order what was found and what was not
looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from tallman.core.patient import Allergy, Patient, age_in_months, age_in_years
from tallman.core.prescription import Order
from tallman.core.quantity import format_number
from tallman.core.received import ReadWarning
from tallman.core.screening.case import Case
from tallman.core.screening.checks import SPOKEN
from tallman.core.screening.finding import Finding, told_together
from tallman.core.screening.screen import Screening

__all__ = ["Page"]

_STYLE = {"critical": "bold white on red", "high": "bold red", "moderate": "yellow", "low": "dim"}
_MISSING = "black on yellow"
_LABEL_WIDTH = 13


class Page:
    """Prints one file after another."""

    def __init__(self) -> None:
        self.console = Console(highlight=False, emoji=False, markup=False)

    def show(self, file: str, case: Case, result: Screening, warnings: tuple[ReadWarning, ...]) -> None:
        """One screened file."""
        self.console.print(Rule(Text(file, style="bold"), align="left", style="dim"))
        self.console.print(Padding(_grid(_patient(case)), (0, 0, 1, 0)))
        told: set[str] = set()
        for order in case.proposed:
            self.console.print(_order(order))
            self.console.print(Padding(_grid(_answers(order, result, told)), (0, 0, 1, 2)))
        if warnings:
            self.console.print(Text("Not understood in the file", style="bold"))
            self.console.print(Padding(_grid(_said(warnings)), (0, 0, 1, 2)))
        did = f"{len(result.ran)} checks" if case.proposed else "nothing screened"
        foot = f"screened for {result.on}, knowledge {result.knowledge_version}, {did}"
        self.console.print(Text(foot, style="dim"))

    def say_unreadable(self, file: str, reason: str) -> None:
        """One file that was not screened."""
        self.console.print(Rule(Text(file, style="bold"), align="left", style="dim"))
        self.console.print(_grid(iter([(Text(" NOT READ ", _STYLE["critical"]), Text(reason))])))


def _grid(rows: Iterator[tuple[RenderableType, RenderableType]]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(width=_LABEL_WIDTH, no_wrap=True)
    table.add_column(overflow="fold")
    for label, content in rows:
        table.add_row(label, content)
    return table


def _patient(case: Case) -> Iterator[tuple[Text, Text]]:
    patient = case.patient
    facts = [_age(patient.birth_date, case.on), patient.sex or "sex unknown", _weight(patient)]
    facts += ["pregnant"] if patient.pregnant else []
    facts += ["breastfeeding"] if patient.lactating else []
    yield Text("patient", "dim"), Text(", ".join(facts))
    yield Text("allergies", "dim"), _allergies(patient.allergies)
    if active := [c for c in patient.conditions if c.active]:
        named = (f"{c.text or 'no text'}{f' ({_dotted(c.code)})' if c.code else ''}" for c in active)
        yield Text("conditions", "dim"), Text("; ".join(dict.fromkeys(named)))
    for position, order in enumerate(case.current):
        is_out = order not in case.continuing
        prefix = "on hold: " if order.on_hold else "replaced or ended: "
        yield Text("takes" if position == 0 else "", "dim"), _taken(order, prefix if is_out else "")


def _dotted(code: str) -> str:
    return code[:3] + (f".{code[3:]}" if code[3:] else "")


def _taken(order: Order, prefix: str) -> Text:
    return Text.assemble(
        (prefix, "dim"),
        order.medicine.name,
        (f"  {order.sig.text}", "dim"),
        *([] if order.medicine.is_known else [" ", (" not recognised ", _MISSING)]),
    )


def _age(birth_date: date | None, on: date) -> str:
    if birth_date is None:
        return "age unknown"
    years, months = age_in_years(birth_date, on), age_in_months(birth_date, on)
    if years >= 2:
        return f"{years} years"
    return f"{months} months" if months else f"{(on - birth_date).days} days"


def _weight(patient: Patient) -> str:
    if patient.weight is None:
        return "weight unknown"
    return f"{patient.weight}" + (f" on {patient.weight_on}" if patient.weight_on else "")


def _allergies(allergies: tuple[Allergy, ...] | None) -> Text:
    if allergies is None:
        return Text(" nobody is known to have asked ", _MISSING)
    current = [a for a in allergies if not a.refuted]
    if not current:
        return Text("none known")
    shown = Text()
    for allergy in current:
        reaction = f" ({allergy.reaction})" if allergy.reaction and allergy.reaction not in allergy.substance else ""
        shown.append("; " if shown else "").append(f"{allergy.substance}{reaction}", "bold")
        if not allergy.is_read:
            shown.append(" ").append(" not recognised ", _MISSING)
    return shown


def _order(order: Order) -> Text:
    amount = [f"quantity {order.quantity}"] if order.quantity else []
    amount += [f"for {order.days_supply} day{'' if order.days_supply == 1 else 's'}"] if order.days_supply else []
    amount += [f"{format_number(order.refills)} refills"] if order.refills is not None else []
    details = ", ".join([order.sig.text.strip() or "no directions", *amount])
    written = order.medicine.text if order.medicine.text != order.medicine.name else ""
    return Text.assemble(
        (order.medicine.name, "bold underline"), "\n", details, (f"\nwritten as: {written}" if written else "", "dim")
    )


def _answers(order: Order, result: Screening, told: set[str]) -> Iterator[tuple[Text, Text]]:
    """What is said of one order. A reason that was `told` with an order before is not spelled out again."""
    findings = [f for f in result.findings if order.id == f.order or order.id in f.others]
    missing = [n for n in dict.fromkeys(result.not_checked) if n.order == order.id]
    for finding in findings:
        yield Text(f" {finding.severity.upper()} ", _STYLE[finding.severity]), Text(finding.summary, "bold")
        yield from _details(finding)
    for checks, reason in told_together(missing):
        yield Text(" NOT CHECKED ", _MISSING), Text(f"{', '.join(checks)}: {'as above' if reason in told else reason}")
        told.add(reason)
    if not findings and not missing:
        yield (
            Text(" CLEAR ", "green"),
            Text(f"nothing found: {', '.join(SPOKEN.get(check, check) for check in result.ran)}{_but_for(result)}"),
        )


def _but_for(result: Screening) -> str:
    return "; some of the patient's record could not be checked, see the other orders" if result.not_checked else ""


def _details(finding: Finding) -> Iterator[tuple[Text, Text]]:
    for line in finding.evidence:
        yield Text(""), Text(line)
    yield Text("do", "dim", justify="right"), Text(finding.advice)
    signed = "" if finding.reviewed else " (not yet reviewed by a pharmacist)"
    yield Text("source", "dim", justify="right"), Text("; ".join(map(str, finding.sources)) + signed, "dim")


def _said(warnings: tuple[ReadWarning, ...]) -> Iterator[tuple[Text, Text]]:
    for warning in warnings:
        yield Text(" NOTE ", "yellow"), Text.assemble(warning.text, (f"  {warning.where}", "dim"))
