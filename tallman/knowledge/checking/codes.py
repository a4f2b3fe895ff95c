"""Codes: each in its form, and none for two things. What a code names is held against a release (`release`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from tallman.core.codes import CodeError, rxcui
from tallman.core.codes.ndc import parse_ndc
from tallman.knowledge.checking.book import Book, Sheet
from tallman.knowledge.checking.problem import Problem
from tallman.knowledge.checking.walk import values

__all__ = ["check"]

SCHEDULES = ("CII", "CIII", "CIV", "CV")
CONDITIONS = ("indications", "conditions", "unless_conditions", "only_conditions", "meant_in", "only_for", "not_for")
"""Fields that hold ICD-10-CM codes or their beginnings."""
_ICD10 = re.compile(r"[A-Z](?:\d(?:[0-9A-Z]{1,5})?)?")
_LOINC = re.compile(r"\d{1,7}-\d")


def check(book: Book) -> Iterator[Problem]:
    """Forms of codes and schedules, and codes that stand twice."""
    for sheet in book.sheets:
        yield from _of_sheet(sheet)
    yield from _twice(book)
    for lab in book.records.labs:
        for code in lab.loinc:
            if not _is_loinc(code):
                what = f"{code} is no LOINC code, or its last digit does not fit"
                yield Problem("labs.yaml", lab.id, what, "copy the code anew", "LOINC-FORM")
    entries = [(s.file, s.entry.name, s.entry) for s in book.sheets] + [(r.file, r.id, r.entry) for r in book.rules]
    for file, record, entry in entries:
        for field, code in values(entry, CONDITIONS):
            if not _ICD10.fullmatch(code):
                what = f"{code!r} in {field} is no ICD-10-CM code nor the beginning of one"
                yield Problem(file, record, what, "write it in capitals without a dot, such as N18", "ICD10-FORM")


def _of_sheet(sheet: Sheet) -> Iterator[Problem]:
    name = sheet.entry.name
    if sheet.entry.schedule not in (None, *SCHEDULES):
        what = f"{sheet.entry.schedule!r} is no schedule"
        yield Problem(sheet.file, name, what, f"write one of {', '.join(SCHEDULES)}", "SCHEDULE-FORM")
    coded = [(name, sheet.entry.rxcui), *((p.name, p.rxcui) for p in sheet.products)]
    for record, code in coded:
        try:
            rxcui.parse(code or "1")
        except CodeError as error:
            yield Problem(sheet.file, record, f"{code!r}: {error}", "copy the code anew, or write null", "RXCUI-FORM")
    for package in sheet.packages:
        if len(package.ndc) != 11 or parse_ndc(package.ndc) is None:
            what = f"{package.ndc!r} is no NDC of eleven digits"
            yield Problem(sheet.file, name, what, "write 5-4-2 digits without hyphens", "NDC-FORM")


def _twice(book: Book) -> Iterator[Problem]:
    """Later records win when the knowledge is built: what stands twice would lose one of the two in silence."""
    products, codes, packages = defaultdict(list), defaultdict(list), defaultdict(list)
    for sheet in book.sheets:
        if sheet.entry.rxcui:
            codes[sheet.entry.rxcui].append((sheet.file, sheet.entry.name))
        for product in sheet.products:
            products[product.id].append((sheet.file, product.name))
        for package in sheet.packages:
            packages[package.ndc].append((sheet.file, package.product))
    for code in codes | products:
        both = [*codes.get(code, ()), *products.get(code, ())]
        if len(both) > 1:
            yield _double(f"the code {code}", both, "RXCUI-TWICE")
    for code, places in packages.items():
        if len(places) > 1:
            yield _double(f"NDC {code}", places, "NDC-TWICE")


def _double(what: str, places: list[tuple[str, str]], code: str) -> Problem:
    (file, record), *others = places
    others_text = ", ".join(f"{name} ({where})" for where, name in others)
    return Problem(file, record, f"{what} is also that of {others_text}", "keep it where it belongs", code)


def _is_loinc(code: str) -> bool:
    """The last digit is a Luhn check over the digits before the hyphen."""
    if not _LOINC.fullmatch(code):
        return False
    total = 0
    for position, digit in enumerate(reversed(code.replace("-", ""))):
        doubled = int(digit) * (1 + position % 2)
        total += doubled - 9 * (doubled > 9)
    return total % 10 == 0
