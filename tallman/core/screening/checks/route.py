"""A way of giving that the medicine is not made for, or that this medicine must never take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tallman.core.drug import DoseForm, Product
from tallman.core.knowledge import Knowledge, Source
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import name_of, shown
from tallman.core.screening.narrow_places import is_depot_elsewhere, strange_place
from tallman.core.screening.practice import INJECTED, LIDS, SPINAL, is_known_practice
from tallman.core.screening.standing import precautions_found
from tallman.core.sig import Step

__all__ = ["check"]

_OWN_RULE = (Source("Tallman: a dose form is given by the route it is made for"),)
_SWALLOWED = frozenset({"oral", "sublingual", "buccal", "mucous membrane", "dental", "enteral tube"})
_ON_SKIN = frozenset({"topical", "transdermal"})
_BELOW = frozenset({"rectal", "vaginal"})
_FAMILIES = (_SWALLOWED, _ON_SKIN, _BELOW, frozenset({"ophthalmic", "otic"}), frozenset({"nasal", "inhalation"}))
_EARS_TOO = frozenset({
    "betamethasone", "ciprofloxacin", "dexamethasone", "fluorometholone", "gentamicin", "hydrocortisone",
    "levofloxacin", "loteprednol", "moxifloxacin", "neomycin", "ofloxacin", "polymyxin B", "prednisolone",
    "sulfacetamide", "tobramycin",
})  # fmt: skip
"""Eye drops that are put into ears by common practice: against infection and inflammation."""
_ALSO_INFUSED = frozenset({"multivitamin"})
"""The vial for a vein is another record, which the short name does not reach."""
_CRUSHED = re.compile(r"\b(?:crush|chew|grind|pulveri[sz]e)", re.IGNORECASE)
_OPENED = re.compile(r"\bopen(?:ed|ing)?\b(?! (?:area|wound|sore|skin|airway))|\bsprinkl", re.IGNORECASE)
_BREATHED = re.compile(r"neb|inhal|breath|mask|mouth ?piece", re.IGNORECASE)
_BY_MOUTH = re.compile(r"\b(?:by|in|into|through) (?:the |your )?mouth\b|\borally\b|\bp\.?o\b", re.IGNORECASE)
_UNDER_THE_TONGUE = frozenset({"sublingual", "buccal"})
_TO_SWALLOW = re.compile(r"^\W*swallow\b", re.IGNORECASE)
_TO_DRINK = re.compile(
    r"^\W*drink\b|\b(?:dissolve|mix|stir|empty|dilute|add|put)\b[^.;]{0,40}\band (?:drink|swallow)\b", re.IGNORECASE
)
_NOT_DRUNK = frozenset({"inhalation", "ophthalmic", "otic", "nasal", "topical", "vaginal"})
_KEPT_WHOLE = re.compile(
    r"\b(?:not|n't|dont|never|without|no|or) (?:\w+[ ,]+){0,3}(?:crush|chew|grind|open)|\bwhole\b", re.IGNORECASE
)
_PEN = re.compile(r"\bpen\b|auto-injector")
"""Nobody drinks what a pen gives."""
_HALF = ("tablet", "capsule", "patch", "film")


@dataclass(frozen=True, slots=True)
class _Doubt:
    """What is wrong with a route, how bad, and in one sentence why."""

    code: str
    severity: Severity
    said: str
    advice: str


_NOT_FOR_THE_SPINE = _Doubt(
    "ROUTE-SPINE",
    Severity.HIGH,
    "the directions say into the spinal canal, and nothing on file says that this may go there",
    "Stop. Find out whether the medicine or the route is wrong before anything is prepared.",
)

_EYE_DROPS_IN_EARS = _Doubt(
    "ROUTE-FORM",
    Severity.HIGH,
    "the directions say ear, and it is for the eye",
    "Find out whether the medicine or the place is wrong before anything is filled.",
)

_SWALLOWED_WHOLE = _Doubt(
    "ROUTE-FORM",
    Severity.HIGH,
    "the directions say to swallow it, and it is made to melt in the mouth: swallowed, little or nothing arrives",
    "Find out whether the medicine or the way of taking it is wrong before anything is filled.",
)

_NO_INJECTION = _Doubt(
    "ROUTE-FORM",
    Severity.CRITICAL,
    "the directions say by needle, and no injection of it is on file",
    "Stop. Find out whether the medicine or the route is wrong before anything is prepared.",
)

_DRUNK = _Doubt(
    "ROUTE-FORM",
    Severity.HIGH,
    "the directions say to drink it, and it is made for another way",
    "Find out whether the medicine or the way of taking it is wrong before anything is filled.",
)

_INTO_AN_EYE = _Doubt(
    "ROUTE-FORM",
    Severity.CRITICAL,
    "the directions say eye, and all that is made of it is for the skin",
    "Find out whether the medicine or the place is wrong before anything is filled.",
)


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order: its route against its dose form, and what must not be crushed, opened or split.

    Uses that are known practice though the form is made for another route (an injection that is drunk, eye drops in the
    ear) inform or pass; what can maim or kill stops.
    """
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("route", order.id, why_not_known(order))
            continue
        found = [*precautions_found("route", Category.ROUTE, case, order, knowledge)]
        found += [_finding(order, doubt) for doubt in dict.fromkeys(_doubts_of(order, knowledge))]
        yield from found
        if not any(f.severity.is_interruptive for f in found if isinstance(f, Finding)):
            yield from (_finding(order, doubt) for doubt in _of_places(order))


def _doubts_of(order: Order, knowledge: Knowledge) -> Iterator[_Doubt]:
    """What is wrong with the route by the form that is written, or by all that are made where it is open."""
    product = order.medicine.product
    form = product.form if product else order.medicine.form
    if form is None:
        yield from (*_of_drops(order), *_of_skin(order, knowledge), *_of_open_form(order, knowledge))
        if _is_into_the_spine(order) and not all(i.name in SPINAL for i in order.medicine.ingredients):
            yield _NOT_FOR_THE_SPINE
        return
    doubts = [d for step in order.sig.steps for d in _doubts(step, form, product, order.sig.text)]
    if any(d.code == "ROUTE-FORM" for d in doubts) and is_known_practice(order, form, knowledge):
        doubts = [d for d in doubts if d.code != "ROUTE-FORM"]
    yield from doubts
    if "ophthalmic" in form.routes and not any(i.name in _EARS_TOO for i in order.medicine.ingredients):
        yield from (_EYE_DROPS_IN_EARS for s in order.sig.steps if s.route == "otic" and "otic" not in form.routes)


def _of_places(order: Order) -> Iterator[_Doubt]:
    """What goes into a place that takes few medicines, or a depot of weeks another way than under the skin or into a
    muscle."""
    if place := strange_place(order):
        said = f"the directions put it into {place.name}, and nothing on file says that this is ever put there"
        yield _Doubt("ROUTE-PLACE", Severity.HIGH, said, _NOT_FOR_THE_SPINE.advice)
    elif is_depot_elsewhere(order):
        said = "it is a depot for weeks, made for a muscle or the skin, and the directions give it another way"
        yield _Doubt("ROUTE-PLACE", Severity.HIGH, said, _NOT_FOR_THE_SPINE.advice)


def _of_drops(order: Order) -> Iterator[_Doubt]:
    """What is written as eye, ear or nose drops and is to be swallowed or injected, where the form is open."""
    made_for = order.medicine.route
    if made_for not in ("ophthalmic", "otic", "nasal"):
        return
    to_ears = made_for == "ophthalmic" and not any(i.name in _EARS_TOO for i in order.medicine.ingredients)
    for step in order.sig.steps:
        if step.route == "otic" and to_ears:
            yield _EYE_DROPS_IN_EARS
        if step.route in INJECTED | {"oral", "enteral tube"} or (step.route, made_for) == ("ophthalmic", "otic"):
            severity = Severity.HIGH if step.route in ("oral", "enteral tube") else Severity.CRITICAL
            said = f"the directions say {step.route}, and it is written as {made_for}"
            advice = "Find out whether the medicine, its form or the route is wrong before anything is filled."
            yield _Doubt("ROUTE-FORM", severity, said, advice)


def _of_skin(order: Order, knowledge: Knowledge) -> Iterator[_Doubt]:
    """What is put into an eye, where the form is open and all that is made of it is for the skin."""
    made = [knowledge.products_of.get(i.name, ()) for i in order.medicine.ingredients]
    routes = {route for products in made for p in products for route in p.form.routes}
    into_eye = any(s.route == "ophthalmic" for s in order.sig.steps) and not LIDS.search(order.sig.text)
    if into_eye and made and all(made) and routes == {"topical"}:
        yield _INTO_AN_EYE


def _of_open_form(order: Order, knowledge: Knowledge) -> Iterator[_Doubt]:
    """That it is crushed, and none of the products it may be (of those that the dose counts: "1 tab") can be."""
    if order.medicine.route in _UNDER_THE_TONGUE and _TO_SWALLOW.search(order.sig.text):
        yield _SWALLOWED_WHOLE
    if _is_by_needle(order) and not _is_made_for_needles(order, knowledge):
        yield _NO_INJECTION
    products = [p for id in order.medicine.candidates if (p := knowledge.products.get(id))]
    for step in order.sig.steps:
        unit = step.dose.unit if step.dose else None
        meant = [p for p in products if p.form.unit == unit] or products
        doubts = [_of_crushing(step, p.form, p, order.sig.text) for p in meant]
        if doubts and doubts[0] and all(doubts):
            yield doubts[0]


def _is_by_needle(order: Order) -> bool:
    routes = {s.route for s in order.sig.steps if s.route}
    return bool(routes) and routes <= INJECTED


def _is_made_for_needles(order: Order, knowledge: Knowledge) -> bool:
    """Whether anything on file of one of the ingredients is an injection; of what nothing is on file, nobody knows."""
    made = [knowledge.products_of.get(i.name, ()) for i in order.medicine.ingredients]
    if not all(made) or any(i.name in _ALSO_INFUSED for i in order.medicine.ingredients):
        return True
    return any(not INJECTED.isdisjoint(p.form.routes) for products in made for p in products)


def _is_into_the_spine(order: Order) -> bool:
    return any(s.route in ("intrathecal", "epidural") for s in order.sig.steps)


def _doubts(step: Step, form: DoseForm, product: Product | None, text: str) -> Iterator[_Doubt]:
    if step.route and form.routes and step.route not in form.routes:
        severity = _severity(step, form, text)
        if severity:
            said = f"the directions say {step.route}, and it is an {form.name}".replace(
                "an " + form.name, _a(form.name)
            )
            advice = "Find out whether the medicine, its form or the route is wrong before anything is filled."
            yield _Doubt("ROUTE-FORM", severity, said, advice)
    is_drunk = bool(_TO_DRINK.search(text)) and step.route in (None, *form.routes)
    if is_drunk and form.routes and _NOT_DRUNK.issuperset(form.routes):
        yield _DRUNK
    if _UNDER_THE_TONGUE.issuperset(form.routes) and form.routes and _TO_SWALLOW.search(text):
        yield _SWALLOWED_WHOLE
    if crushed := _of_crushing(step, form, product, text):
        yield crushed
    if _is_split(step):
        yield from _of_splitting(form, product)


def _of_splitting(form: DoseForm, product: Product | None) -> Iterator[_Doubt]:
    """That a part is to be given of what stays whole, or of what harms those who break it."""
    if not (product.may_be_split if product else form.may_be_split):
        said = f"a part of one is to be given; {_a(form.name)} stays whole"
        advice = "Look at the label whether this one is scored; else another strength is needed."
        melts_at_once = (
            "disintegrating" in form.name and form.release == "immediate" and not (product and product.handling)
        )
        yield _Doubt("ROUTE-SPLIT", Severity.LOW if melts_at_once else Severity.MODERATE, said, advice)
    elif product and product.handling and "harms those who touch" in product.handling.reason:
        advice = "Whoever splits it wears gloves, and nobody who is or may become pregnant does."
        yield _Doubt("ROUTE-SPLIT", Severity.LOW, "a part of one is to be given; it harms those who touch it", advice)


def _of_crushing(step: Step, form: DoseForm, product: Product | None, text: str) -> _Doubt | None:
    may_be_crushed = product.may_be_crushed if product else form.may_be_crushed
    if (may_be_crushed or not _is_crushed(step, form, text)) and not _is_opened(step, product, text):
        return None
    why = product.handling.reason if product and product.handling else f"the {form.release} release is lost"
    by = "by feeding tube" if step.route == "enteral tube" else "crushed or opened"
    advice = "Ask the pharmacist for a form that can be given so."
    return _Doubt("ROUTE-CRUSH", Severity.HIGH, f"it is to be given {by} and must stay whole: {why}", advice)


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _severity(step: Step, form: DoseForm, text: str) -> Severity | None:
    """How bad another route than the form's own is; None where it is common practice or a way of speaking."""
    stated, made_for = step.route or "", frozenset(form.routes)
    is_injection = bool(made_for & INJECTED)
    if stated in INJECTED:
        return _by_needle(stated, made_for)
    if stated == "ophthalmic":
        return Severity.CRITICAL
    if is_injection:
        return Severity.HIGH if stated in _SWALLOWED and _PEN.search(form.name) else Severity.MODERATE
    if "inhalation" in made_for and stated in _SWALLOWED:
        is_swallowed = form.unit == "capsule" and step.method not in ("inhale", None)
        is_drunk = form.unit == "mL" and step.method != "inhale" and not _BREATHED.search(text)
        return Severity.HIGH if is_swallowed or is_drunk else None
    if stated == "inhalation" and "nasal" in made_for and _BY_MOUTH.search(text):
        return Severity.HIGH
    if any(stated in family and made_for & family for family in _FAMILIES):
        return _within_family(stated, form)
    if stated in _BELOW and made_for & _SWALLOWED and form.unit in ("tablet", "capsule", "caplet"):
        return Severity.MODERATE
    if stated == "otic" and made_for & {"topical"}:
        return Severity.MODERATE
    return Severity.HIGH


def _by_needle(stated: str, made_for: frozenset[str]) -> Severity | None:
    if not made_for & INJECTED:
        return Severity.CRITICAL
    if stated in ("intrathecal", "epidural", "intravitreal", "intravenous"):
        return Severity.HIGH
    beside = {"intramuscular", "subcutaneous"}
    return Severity.MODERATE if stated in beside and {stated} | made_for >= beside else None


def _within_family(stated: str, form: DoseForm) -> Severity | None:
    if stated in _SWALLOWED and stated != "enteral tube" and form.unit in ("tablet", "capsule"):
        return Severity.MODERATE if "sublingual" in (stated, *form.routes) or stated == "buccal" else None
    if stated in _BELOW:
        return Severity.HIGH if form.unit in ("suppository", "insert", "tablet", "ring") else Severity.MODERATE
    return None


def _is_crushed(step: Step, form: DoseForm, text: str) -> bool:
    if step.route == "enteral tube" and form.release != "immediate" and form.unit in ("tablet", "capsule"):
        return True
    if "chew" not in form.name and _CRUSHED.search(text) and not _KEPT_WHOLE.search(text):
        return True
    return any(i in ("crush", "may crush", "crush tablet", "crush and mix") for i in step.instructions)


def _is_opened(step: Step, product: Product | None, text: str) -> bool:
    """Whether a capsule that its label keeps closed is to be opened: said so, or given by a feeding tube."""
    if product is None or product.may_be_opened is not False or product.form.unit != "capsule":
        return False
    return step.route == "enteral tube" or bool(_OPENED.search(text) and not _KEPT_WHOLE.search(text))


def _is_split(step: Step) -> bool:
    dose = step.dose
    return bool(dose and dose.unit in _HALF and (dose.low % 1 or dose.high % 1))


def _finding(order: Order, doubt: _Doubt) -> Finding:
    return Finding(
        code=doubt.code,
        category=Category.ROUTE,
        severity=doubt.severity,
        order=order.id,
        summary=f"{name_of(order)}: {doubt.said}.",
        about=name_of(order),
        advice=doubt.advice,
        evidence=(shown(order),),
        sources=_OWN_RULE,
        rule=doubt.code.lower().replace("-", "/", 1),
    )
