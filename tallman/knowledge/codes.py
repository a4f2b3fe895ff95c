"""Whether the RxNorm codes on record name what the record says, held against a release of RxNorm.

The one comparison behind the test of the codes and the command that reports them. What cannot be compared is told
with its reason and never taken for right.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from tallman.core.drug import Ingredient, Product, Strength
from tallman.core.knowledge import Records
from tallman.core.quantity import UNITS

__all__ = ["MISMATCH", "NOT_HELD", "NO_CODE", "Concept", "Unverified", "read_release", "unverified"]

NO_CODE, NOT_HELD, MISMATCH = "no code", "not in the release", "names something else"

OTHER_NAMES = {
    "cholestyramine resin": "cholestyramine",
    "estrogens, conjugated (USP)": "conjugated estrogens",
    "vitamin B12": "cyanocobalamin",
    "vitamin K1": "phytonadione",
    "dabigatran etexilate": "dabigatran",
    "ethacrynate": "ethacrynic acid",
    "insulin, regular, human": "insulin regular",
    "ceftaroline fosamil": "ceftaroline",
    "water": "water for injection",
}
"""RxNorm's name of an ingredient, and ours where it differs by more than an ending."""

COUNTED_BY = {"pancrelipase": "lipase"}
"""Mixtures whose strength is that of one part."""

UNITS_IN_A_MILLIGRAM = {"cholecalciferol": 40_000, "ergocalciferol": 40_000}
"""Vitamins that RxNorm weighs and labels count in units."""

MILLIGRAMS_IN_AN_EQUIVALENT = {"sodium chloride": Fraction("58.44")}
"""Salts that RxNorm counts now in milliequivalents, now in milligrams, and labels in percent."""

ROUNDING = Fraction(1, 40)
"""RxNorm rounds, to two figures at the worst."""

BY_THE_PIECE = frozenset({"spray", "device"})
"""What we count by the piece and RxNorm by volume or by the hour: the amounts cannot be compared."""

FORMS_CALLED = {
    "12 hour extended release oral capsule": ("extended release oral capsule",),
    "12 hour extended release oral tablet": ("extended release oral tablet",),
    "24 hour extended release oral tablet": ("extended release oral tablet",),
    "abuse-deterrent oral tablet": ("oral tablet",),
    "extended release disintegrating oral tablet": ("disintegrating oral tablet",),
    "extended release injectable suspension": ("injection", "prefilled syringe"),
    "extended release oral suspension": ("extended release suspension",),
    "granules for oral suspension": ("oral granules",),
    "inhalation capsule": ("inhalation powder",),
    "injectable suspension": ("injection",),
    "ocular implant": ("drug implant",),
    "intravesical system": ("drug implant",),
    "injection": ("injectable solution",),
    "mucosal spray": ("oral spray",),
    "mucous membrane topical solution": ("mouthwash",),
    "nasal solution": ("nasal spray",),
    "nasal spray": ("metered dose nasal spray", "nasal powder"),
    "oral capsule": ("oral pellet",),
    "powder for injection": ("injection",),
    "powder for oral solution": ("granules for oral solution", "oral powder", "powder for oral suspension"),
    "vaginal ring": ("vaginal system",),
}
"""What RxNorm calls a form of ours where the names differ."""

ENDINGS = re.compile(r", (?:human|USP)$| \(USP\)$")
PART = re.compile(
    r"^(?P<name>.+?) (?P<amount>[\d.]+) (?P<unit>MG|UNT|MEQ|MCI|ML|CELLS|BAU|AMB A 1-U|%)(?:/(?P<per>ML|MG|ACTUAT|HR))?"
)
FORM = re.compile(r"(?:MG|UNT|MEQ|MCI|ML|ACTUAT|HR|CELLS|BAU|%)(?:/(?:ML|MG|ACTUAT|HR))? (?P<form>[A-Z][A-Za-z -]+)$")
LEAST_OF_A_BRAND = 7
"""Letters: a shorter beginning ("Levo-T") is shared by other brands ("Levothroid")."""

BRANDS_CALLED = {"Vicks Sinex": "Sinex Long-Acting", "Ex-Lax Maximum Strength": "Ex-Lax Maximum Relief Formula"}
"""Brands of ours and what RxNorm calls them."""

SEASON = re.compile(r"20\d\d$|$")
CONTAINER = re.compile(
    r"^(?:Evening Dosing |NDA\d+ |Pediatric |\d+-Month |[\d.]+ (?:HR|DAY|ML|ACTUAT) |\d+/\d+ Release |"
    r"(?:Once-Daily|Twice-Daily|Sprinkle|Modified|Osmotic|Abuse-Deterrent|Microencapsulated|Atrial Fibrillation|"
    r"Emollient|Micronized|Sensor) |"
    r"[\d.]+ MG, [\d.]+ MG Dose |[\d.]+ MG (?=\w+ [\d.]+ MG/MG))+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Concept:
    """One row of a release: the kind of term (IN, SCD, SBD …) and its name."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Unverified:
    """A record whose code could not be verified: `reason` is NO_CODE, NOT_HELD or MISMATCH, `detail` says how."""

    kind: str
    name: str
    rxcui: str | None
    reason: str
    detail: str = ""


def read_release(*files: Path) -> dict[str, Concept]:
    """Concepts by code from CSV files with the columns rxcui, name and perhaps tty (ingredients where it is absent).

    A later file wins. Raises OSError for a file that is not there, KeyError for one without these columns.
    """
    found: dict[str, Concept] = {}
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            found |= {row["rxcui"]: Concept(row.get("tty") or "IN", row["name"]) for row in csv.DictReader(file)}
    return found


def unverified(records: Records, release: Mapping[str, Concept]) -> tuple[Unverified, ...]:
    """Every ingredient and product on record whose code the release does not confirm; supplies have no code to confirm.

    A MISMATCH is a fault of the record; NO_CODE and NOT_HELD are gaps (withdrawn products, parts a release lacks).
    """
    ingredients = {i.name: i for i in records.ingredients}
    found = [_ingredient(i, release) for i in ingredients.values() if not i.is_supply]
    found += [
        _product(p, release, ingredients)
        for p in records.products
        if not all(ingredients[n].is_supply for n in p.ingredients)
    ]
    return tuple(u for u in found if u)


def _ingredient(ingredient: Ingredient, release: Mapping[str, Concept]) -> Unverified | None:
    code = ingredient.rxcui
    if code is None:
        return Unverified("ingredient", ingredient.name, None, NO_CODE)
    concept = release.get(code)
    if concept is None:
        return Unverified("ingredient", ingredient.name, code, NOT_HELD)
    if concept.kind in ("IN", "PIN") and _same_ingredient(ingredient, concept.name):
        return None
    return Unverified("ingredient", ingredient.name, code, MISMATCH, f"{concept.kind} {concept.name}")


def _product(
    product: Product, release: Mapping[str, Concept], ingredients: Mapping[str, Ingredient]
) -> Unverified | None:
    if product.rxcui is None:
        return Unverified("product", product.name, None, NO_CODE)
    concept = release.get(product.rxcui)
    if concept is None:
        return Unverified("product", product.name, product.rxcui, NOT_HELD)
    reason = _disagreement(product, concept, ingredients)
    if reason is None:
        return None
    return Unverified("product", product.name, product.rxcui, MISMATCH, f"{concept.name}: {reason}")


def _same_ingredient(ours: Ingredient, theirs: str) -> bool:
    plain = ENDINGS.sub("", theirs)
    return OTHER_NAMES.get(theirs, plain).lower() in {n.lower() for n in (ours.name, *ours.synonyms)}


def _parts(name: str) -> Iterator[tuple[str, Fraction, str]]:
    """(ingredient, amount in mg or units, per what) of "cefdinir 25 MG/ML Oral Suspension [Omnicef]"."""
    for part in CONTAINER.sub("", re.sub(r" \[.+\]$", "", name)).split(" / "):
        match = PART.match(CONTAINER.sub("", part))
        if match is None:
            return
        factor = Fraction(1000 if match["per"] == "MG" else 1)
        if match["unit"] == "MEQ":
            factor *= MILLIGRAMS_IN_AN_EQUIVALENT.get(match["name"].lower(), 1)
        yield match["name"].lower(), Fraction(match["amount"]) * factor, match["per"] or ""


def _amounts(strength: Strength) -> Iterator[Fraction]:
    """The amount in mg, mEq or units: of one dose, and of one mL, g or hour; RxNorm counts now this, now that."""
    amount, per = strength.amount, strength.per
    value = Fraction(amount.value)
    if amount.dimension == "mass":
        value *= UNITS[amount.unit].factor / UNITS["mg"].factor
    elif strength.ingredient in UNITS_IN_A_MILLIGRAM:
        yield value
        value /= UNITS_IN_A_MILLIGRAM[strength.ingredient]
    yield value
    yield (
        value
        * {"mL": 1, "g": 1, "h": 1, "d": Fraction(1, 24), "L": Fraction(1, 1000)}.get(per.unit, 1)
        / Fraction(per.value)
    )


def _same_brand(ours: str, theirs: str) -> bool:
    """Whether one name has every word of the other, or begins with it: "Mucinex Maximum Strength", "RemeronSolTab"."""
    one, other = ([w for w in re.split(r"[^a-z0-9]+", n.lower()) if not SEASON.match(w)] for n in (ours, theirs))
    if {*one} <= {*other} or {*other} <= {*one} or BRANDS_CALLED.get(ours) == theirs:
        return True
    short, long = sorted(("".join(one), "".join(other)), key=len)
    return len(short) >= LEAST_OF_A_BRAND and long.startswith(short)


def _disagreement(product: Product, concept: Concept, ingredients: Mapping[str, Ingredient]) -> str | None:
    """What differs between a product and the concept of its code, in words; None when nothing does."""
    brand = re.search(r" \[(.+)\]$", concept.name)
    if (product.brand is None) is (brand is not None):
        return "one is a brand, the other is not"
    if brand and product.brand and not _same_brand(product.brand, brand[1]):
        return "another brand"
    if concept.kind not in ("SCD", "SBD"):
        return None if concept.kind in ("GPCK", "BPCK") else f"the code is of a {concept.kind}"
    form = FORM.search(re.sub(r" \[.+\]$", "", concept.name))
    if form and form["form"].lower() not in (product.form.name, *FORMS_CALLED.get(product.form.name, ())):
        return f"the form is {form['form']}"
    if product.strengths[0].amount.unit == "dose":
        return _other_volume(product, concept)
    theirs = list(_parts(concept.name))
    if len(product.strengths) == 1 and product.strengths[0].ingredient in COUNTED_BY:
        theirs = [(product.strengths[0].ingredient, a, p) for n, a, p in theirs if n in COUNTED_BY.values()]
    if len(product.strengths) == 1 < len(theirs) and sum(a for _, a, _ in theirs) in _amounts(product.strengths[0]):
        return None
    if len(theirs) != len(product.strengths):
        return "other ingredients" if theirs else "the name could not be read"
    return next(filter(None, (_difference(s, theirs, ingredients) for s in product.strengths)), None)


def _other_volume(product: Product, concept: Concept) -> str | None:
    """What differs in the volume of one dose of a vaccine, whose antigens are not told one by one here."""
    volume = re.match(r"(?:Home Admin )?([\d.]+) ML ", concept.name)
    if volume is None or Fraction(volume[1]) == Fraction(product.strengths[0].per.value):
        return None
    return f"a dose is {volume[1]} mL"


def _difference(
    strength: Strength, theirs: list[tuple[str, Fraction, str]], ingredients: Mapping[str, Ingredient]
) -> str | None:
    ours = ingredients[strength.ingredient]
    names = {n.lower() for n in (ours.name, *ours.synonyms, *(t for t, o in OTHER_NAMES.items() if o == ours.name))}
    same = [
        a
        for n, a, _ in theirs
        if any(n == k or n.startswith((f"{k} ", f"{k},")) or k.startswith(f"{n} ") for k in names)
    ]
    if not same:
        return f"no {ours.name} in it"
    if strength.per.unit in BY_THE_PIECE:
        return None
    if any(abs(a - b) <= b * ROUNDING for a in same for b in _amounts(strength)):
        return None
    return f"{ours.name} {strength.amount} per {strength.per} against {', '.join(map(str, same))}"
