"""Routes that are known practice, though the form is made for another: what is injected into the spine, put on lids or
into the nose, drunk as a slurry."""

from __future__ import annotations

import re

from tallman.core.drug import DoseForm
from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.screening.narrow_places import is_put_there

__all__ = ["INJECTED", "LIDS", "SPINAL", "is_known_practice"]

INJECTED = frozenset({
    "intravenous", "intramuscular", "subcutaneous", "intradermal", "intrathecal", "epidural", "intravitreal",
    "intra-articular", "intralesional", "intraosseous", "intracavernosal", "intraperitoneal",
    "infiltration", "perineural",
})  # fmt: skip
SPINAL = frozenset({
    "amikacin", "amphotericin B", "baclofen", "bupivacaine", "chloroprocaine", "clonidine", "colistimethate",
    "cytarabine", "dexamethasone", "fentanyl", "gentamicin", "hydrocortisone", "hydromorphone", "iohexol", "iopamidol",
    "lidocaine", "methotrexate", "morphine", "nusinersen", "polymyxin B", "ropivacaine", "sodium chloride",
    "sufentanil", "tetracaine", "thiotepa", "tobramycin", "topotecan", "vancomycin",
})  # fmt: skip
"""Given into the spinal canal by known practice; which solutions are free of preservatives, no record here tells."""
_NOT_EPIDURAL = frozenset({
    "amikacin", "amphotericin B", "colistimethate", "cytarabine", "gentamicin", "methotrexate", "nusinersen",
    "polymyxin B", "thiotepa", "tobramycin", "topotecan", "vancomycin",
})  # fmt: skip
"""Of those, what is put into the fluid around brain and cord, and not outside its skin."""
_EMULSIONS = frozenset({"propofol"})
"""Named suspensions, and made for a vein."""
_DRYING = frozenset({"atropine", "glycopyrronium", "hyoscyamine"})
"""Eye drops are given under the tongue against rattling breath."""
_TONGUE_TOO = frozenset({"lorazepam", "morphine", "hydromorphone"})
"""Plain tablets that hospices put under the tongue of who no longer swallows."""
_ALSO_VAGINAL = frozenset({"misoprostol", "progesterone"})
"""Tablets and capsules for the mouth that obstetricians put into the vagina by known practice."""
_LIDS_TOO = frozenset(
    {"alclometasone", "crisaborole", "desonide", "hydrocortisone", "petrolatum", "pimecrolimus", "tacrolimus"}
)
"""Creams and ointments that are put on the skin of the lids against eczema."""
_SLURRIES = frozenset({"budesonide", "fluticasone"})
"""Made for the lungs, and stirred into a slurry that is swallowed against inflammation of the gullet."""
_GULLET = re.compile(r"\bslurr|\bo?esophag|\beoe\b|\bsucralose\b|\bsplenda\b", re.IGNORECASE)
LIDS = re.compile(r"\blids?\b|\beye ?lids?\b", re.IGNORECASE)
_FORTIFIED = re.compile(r"\bfortified\b", re.IGNORECASE)
_SHORT_FORM = re.compile(r"\b(?:topical|external|skin|derm\w*|athlete\w*|jock|facial|metrogel(?!-?v))\b", re.IGNORECASE)
_FORM_NAMED = re.compile(
    r"\b(?:tab\w*|cap\w*|caplets?|pills?|oral|p\.?o|odt|[exsc]r|xl|la|dr|ec|susp\w*|sol\w*|syrup|elixir|film|chew\w*)\b",
    re.IGNORECASE,
)
_UNDER_THE_SKIN = frozenset({"Camcevi", "Eligard", "Fensolvi"})
"""Depots of leuprolide for under the skin, by the name of a form whose others go into a muscle."""
_INTO_THE_ANUS = frozenset({"Rectiv"})
"""An ointment that is put into the anal canal, by the name of a form for the skin."""
_NOSE_TOO = frozenset({"bacitracin", "mupirocin", "neomycin", "petrolatum", "polymyxin B"})
"""Skin ointments that are put into the front of the nose: against carried staphylococci, crusts and nosebleeds."""


def is_known_practice(order: Order, form: DoseForm, knowledge: Knowledge) -> bool:
    """Whether it is known to be given another way than its form is made for, and this is that way."""
    route = order.taken_route
    is_injection = not form.routes or not INJECTED.isdisjoint(form.routes)
    return (
        (_is_spinal(order) and is_injection)
        or is_put_there(order)
        or (_is_all_of(order, _EMULSIONS) and route == "intravenous")
        or _is_for_the_gullet(order)
        or _is_into_the_eye(order)
        or (_is_all_of(order, _LIDS_TOO) and bool(LIDS.search(order.sig.text)))
        or (_is_all_of(order, _NOSE_TOO) and form.name == "topical ointment" and route == "nasal")
        or (order.medicine.brand in _UNDER_THE_SKIN and route == "subcutaneous")
        or _is_sold_for(order, form, knowledge)
        or _is_made_to_be_injected_too(order, form, knowledge)
        or _is_powder_for(order, form, knowledge)
        or (_is_all_of(order, _ALSO_VAGINAL) and route == "vaginal")
        or (_is_all_of(order, _DRYING) and route == "sublingual")
        or (order.medicine.brand in _INTO_THE_ANUS and route == "rectal")
        or (_is_all_of(order, _TONGUE_TOO) and route == "sublingual" and form.release == "immediate")
    )


def _is_all_of(order: Order, names: frozenset[str]) -> bool:
    return all(i.name in names for i in order.medicine.ingredients)


def _is_sold_for(order: Order, form: DoseForm, knowledge: Knowledge) -> bool:
    """Whether the same strength is also made for the route of the directions, and the written form does not say which:
    "metronidazole 0.75% gel" is one for the skin and one for the vagina."""
    routes = {s.route for s in order.sig.steps if s.route and s.route not in form.routes}
    product = order.medicine.product
    if routes != {"vaginal"} or product is None or _SHORT_FORM.search(order.medicine.text):
        return False
    kin = knowledge.products_of.get(product.strengths[0].ingredient, ())
    return any("vaginal" in p.form.routes and p.strengths == product.strengths for p in kin)


def _is_made_to_be_injected_too(order: Order, form: DoseForm, knowledge: Knowledge) -> bool:
    """Whether a ward orders "furosemide 40 mg" into a vein, without a form: tablets of 40 mg are made, and so are vials
    that the ward draws it from."""
    if order.setting != "inpatient" or order.taken_route not in INJECTED or form.unit not in ("tablet", "capsule"):
        return False
    if _FORM_NAMED.search(order.medicine.text) or order.medicine.brand or len(order.medicine.ingredients) != 1:
        return False
    made = knowledge.products_of.get(order.medicine.ingredients[0].name, ())
    return any(order.taken_route in p.form.routes for p in made)


def _is_powder_for(order: Order, form: DoseForm, knowledge: Knowledge) -> bool:
    """Whether it is a powder for injection, and doses by this needle are on file (omalizumab, under the skin)."""
    if form.name != "powder for injection" or order.taken_route not in INJECTED:
        return False
    names = [i.name for i in order.medicine.ingredients]
    return all(any(order.taken_route in x.routes for x in knowledge.limits_of.get(name, ())) for name in names)


def _is_into_the_eye(order: Order) -> bool:
    """What is made to be injected into the eye, sent so; or made up as strong eye drops."""
    if _FORTIFIED.search(f"{order.medicine.text} {order.sig.text}") and order.taken_route == "ophthalmic":
        return True
    made_for = all("retinal-injection" in i.classes for i in order.medicine.ingredients)
    return made_for and order.taken_route in ("intravitreal", "ophthalmic")


def _is_for_the_gullet(order: Order) -> bool:
    if not all(i.name in _SLURRIES for i in order.medicine.ingredients):
        return False
    return bool(_GULLET.search(order.sig.text)) or any(r.startswith("K20") for r in order.reasons)


def _is_spinal(order: Order) -> bool:
    routes = {s.route for s in order.sig.steps if s.route}
    known = (SPINAL | {"epinephrine"}) - (_NOT_EPIDURAL if "epidural" in routes else frozenset())
    return routes <= {"intrathecal", "epidural"} and _is_all_of(order, known)
