"""Numbers, dates and codes out of the texts of a message. What is none gives a warning and nothing."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal

from tallman.core.quantity import UNITS
from tallman.core.received import Address, Code, ReceivedQuantity
from tallman.interchange.ncpdp_script.codes import CODE_SYSTEMS, FORMS, UNSPECIFIED, known_unit
from tallman.interchange.ncpdp_script.codes import UNITS as NCI_UNITS
from tallman.interchange.ncpdp_script.header import read_moment
from tallman.interchange.ncpdp_script.part import Part

__all__ = ["address", "code", "day", "quantity", "strength", "strength_form", "telephone", "whole"]

_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$", re.ASCII)
_QUANTITY = re.compile(r"\d{1,8}(?:\.\d{0,4}0*)?|\.\d{1,4}", re.ASCII)
_NUMBERS = ("PrimaryTelephone", "HomeTelephone", "WorkTelephone", "OtherTelephone", "Beeper")


def day(part: Part, *paths: str) -> date | None:
    """The calendar day at `Date`, at `DateTime` or in the element itself, as written.

    A moment in UTC stands for the day it falls on where it is read: UTC is the calendar of no prescriber.
    """
    paths = tuple(f"{path}/{inner}".rstrip("/") for path in paths for inner in ("Date", "DateTime", ""))
    text = part.text(*paths)
    moment = read_moment(text) if text.endswith("Z") else None
    if moment:
        return moment.astimezone(part.zone).date()
    if found := _DAY.match(text):
        with suppress(ValueError):
            return date(int(found[1]), int(found[2]), int(found[3]))
    if text:
        part.part(*paths).warn("date-unreadable")
    return None


def whole(part: Part, path: str, largest: int, *others: str) -> int | None:
    """A whole number from 0 to `largest`."""
    text = part.text(path, *others)
    if re.fullmatch(r"[0-9]{1,6}(?:\.0*)?", text) and int(text.partition(".")[0]) <= largest:
        return int(text.partition(".")[0])
    if text:
        part.part(path, *others).warn("number-unreadable")
    return None


def quantity(part: Part) -> ReceivedQuantity | None:
    """How much to dispense. The value is over 0 and has at most eight digits and four decimals."""
    found = part.part("Quantity")
    value, said = found.text("Value", "Quantity") or found.own_text(), _unit_text(found)
    found.pass_over("UnitSourceCode")
    if found.text("CodeListQualifier") == "QS":
        found.warn("quantity-sufficient")
    if not value:
        found.warn("quantity-missing")
        return None
    if not _QUANTITY.fullmatch(value) or Decimal(value) <= 0:
        found.warn("quantity-unreadable")
        return None
    unit = known_unit(said)
    if not unit:
        found.warn("unit-unspecified" if said in ("", UNSPECIFIED) else "unit-unknown")
    return ReceivedQuantity(Decimal(value), unit, _written(value, unit, said))


def _written(value: str, unit: str, said: str) -> str:
    """As sent, an NCI code with its meaning: "30 tablets (C48542)"; the number alone where none is specified."""
    if said == UNSPECIFIED:
        return value
    meaning = f"{UNITS[unit].plural} ({said})" if said.upper() in NCI_UNITS else said
    return f"{value} {meaning}".strip()


def _unit_text(found: Part) -> str:
    measure = found.part("QuantityUnitOfMeasure", "PotencyUnitCode", "PotencyUnit")
    said = measure.text("Code") or measure.own_text() or measure.text("Text")
    measure.pass_over()
    return said


def strength(part: Part) -> str:
    """A strength in words: "6.25 mg". The unit as sent when it is not known."""
    found = part.part("Strength")
    measure = found.part("StrengthUnitOfMeasure", "StrengthUnit")
    said = measure.text("Code", "Text") or measure.own_text()
    words = [found.text("StrengthValue", "Value") or found.own_text(), known_unit(said) or said]
    return " ".join(filter(None, words)) if words[0] else ""


def strength_form(part: Part) -> str:
    """The dose form in words; the code as sent when it is not known."""
    said = part.text("Strength/StrengthForm/Code", "Strength/StrengthForm", "StrengthForm", "FormCode")
    return "" if said == UNSPECIFIED else FORMS.get(said.upper(), said)


def code(part: Part, display: str = "") -> Code | None:
    """The code in `Code` with its `Qualifier`, or in the element itself with the attribute or sibling of that name."""
    said = part.text("Code", "Value") or part.own_text()
    qualifier = part.text("Qualifier") or part.attribute("Qualifier")
    if not said:
        return None
    return Code(CODE_SYSTEMS.get(qualifier.upper(), qualifier.lower()), said, display or part.text("Description"))


def address(part: Part) -> Address:
    """The address below a part."""
    found = part.part("Address", "MailingAddress")
    lines = (found.text("AddressLine1", "Line1"), found.text("AddressLine2", "Line2"))
    return Address(
        lines=tuple(filter(None, lines)),
        city=found.text("City", "CityName"),
        state=found.text("StateProvince", "State"),
        postal_code=found.text("PostalCode", "ZipCode", "Zip"),
        country=found.text("CountryCode", "PlaceLocationQualifier"),
    )


def telephone(part: Part, kind: str = "TE") -> str:
    """The first number of a kind: TE telephone, FX fax, EM electronic mail."""
    numbers = part.part("CommunicationNumbers", "PhoneNumbers")
    for each in numbers.parts("Communication", "Phone"):  # the flat shape of 10.6
        if each.text("Qualifier") == kind and (number := each.text("Number")):
            return number
    names = {"TE": _NUMBERS, "FX": ("Fax",), "EM": ("ElectronicMail", "Email")}[kind]
    for name in names:
        found = numbers.part(name)
        if number := found.text("Number") or found.own_text():
            extension = found.text("Extension")
            return f"{number} ext. {extension}" if extension else number
    return ""
