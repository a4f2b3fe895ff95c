"""What the codes beside a text mean, and whether text and code agree."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from tallman.core.codes import CodeError, gtin
from tallman.core.codes.ndc import parse_ndc, product_of
from tallman.core.drug import Certainty, Ingredient, Medicine, Product, Strength
from tallman.core.identify.forms import is_container
from tallman.core.identify.usual_route import route_of
from tallman.core.knowledge import Knowledge
from tallman.core.routes import INJECTED, route_in

__all__ = ["agree", "by_code", "code_in", "whole"]

_NDC_IN_TEXT = re.compile(r"(?<![\d-])(\d{4,6}-\d{3,4}-\d{1,2})(?![\d-])")
_PRODUCT_IN_TEXT = re.compile(r"\bndc(?: ?code)? ?[:#=]? ?(\d{1,6}-\d{3,4})(?![\d.-])", re.IGNORECASE)
_PRODUCT_ALONE = re.compile(r"\d{1,3}-")
"""Two numbers alone are strengths before they are a code: "10-325"."""
_ELEVEN_IN_TEXT = re.compile(r"(?<![\d.,-])(\d{11})(?![\d.,-])")
_ONLY_CODE = re.compile(r"(?:(ndc|rxcui|rxnorm|rx ?cui|gtin|upc)(?: ?code)?)? ?[:#=]? ?(\d[\d -]*)$", re.IGNORECASE)
_RXCUI_IN_TEXT = re.compile(r"\b(?:rxcui|rxnorm|rx ?cui)(?: ?code)? ?[:#=]? ?(\d{2,8})\b", re.IGNORECASE)
_GS1 = re.compile(r"^\]?(?:d2|C1)?(?:\(01\) ?|01)(\d{14})(?=\D|17|10|21|11|$)")
"""A GS1 element string, as a scanner gives it: the trade item number comes first."""
_SEGMENTS = re.compile(r"(\d{4,6}) (\d{3,4}) (\d{1,2})$")
_LONGEST_CODE = 60
_BRAND_BEHIND = re.compile(r"\[([^\[\]]+)\]\s*$")
_ROUNDED = Decimal("0.015")
_TORN = 50
"""How sure a product is of which a code and a text say two things."""
_GIVEN_WHOLE = frozenset({"spray", "actuation", "puff", "device"})


def whole(text: str, product: Product, knowledge: Knowledge, confidence: int) -> Medicine:
    """A proved product as a medicine."""
    route, why_not = route_of(text, product, knowledge)
    return Medicine(
        text=text,
        certainty=Certainty.PRODUCT,
        product=product,
        ingredients=tuple(knowledge.ingredients[n] for n in dict.fromkeys(product.ingredients)),
        strengths=product.strengths,
        form=product.form,
        route=route,
        brand=product.brand,
        confidence=confidence,
        reason=why_not,
    )


def code_in(text: str) -> tuple[str | None, str | None, str]:
    """The RxCUI and NDC written in a text, and what is left of it: "metformin 500 NDC 0093-1048-01"."""
    alone = " ".join(text.split()) if len(text) <= _LONGEST_CODE else ""
    if scanned := _GS1.match(alone):
        return None, scanned[1], ""
    if match := _ONLY_CODE.match(alone):
        kind, digits = (match[1] or "").lower(), _SEGMENTS.sub(r"\1-\2-\3", match[2].strip())
        bare = digits.replace(" ", "")
        if kind.startswith("rx") or (not kind and bare.isdigit() and len(bare) < 8):
            return bare, None, ""
        if kind or not (_PRODUCT_ALONE.match(digits) and product_of(digits)):
            return None, digits, ""
    if found := _NDC_IN_TEXT.search(text) or _PRODUCT_IN_TEXT.search(text) or _ELEVEN_IN_TEXT.search(text):
        rest = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
        return None, found[1], re.sub(r"\bndc\b", "   ", rest, flags=re.IGNORECASE)
    if marked := _RXCUI_IN_TEXT.search(text):
        return marked[1], None, text[: marked.start()] + " " * len(marked[0]) + text[marked.end() :]
    return None, None, text


def _products_of_ndc(ndc: str, knowledge: Knowledge) -> list[str]:
    """The products an NDC can mean: one where its segments are known, perhaps more for ten bare digits or for a code
    without the package."""
    if of_product := product_of(ndc):
        packages = (n for n in knowledge.ndcs_starting(of_product) if len(n) == len(of_product) + len("01"))
        return list(dict.fromkeys(knowledge.by_ndc[n].product for n in packages))
    bare = re.sub(r"[\s-]", "", ndc)
    if bare.isdigit() and "-" not in ndc:
        bare = _ndc_in_bar_code(bare) or bare
    parsed = parse_ndc(ndc) if "-" in ndc else parse_ndc(bare) if len(bare) in (11, 12) else None
    codes = [parsed.eleven] if parsed else []
    if len(bare) == 10 and bare.isdigit() and "-" not in ndc:
        codes = ["0" + bare, bare[:5] + "0" + bare[5:], bare[:9] + "0" + bare[9:]]
    return list(dict.fromkeys(knowledge.by_ndc[c].product for c in codes if c in knowledge.by_ndc))


def _ndc_in_bar_code(digits: str) -> str | None:
    """The ten digits of the NDC in a trade item number of 12 or 14 digits whose check digit is right."""
    if len(digits) not in (12, 14):
        return None
    try:
        return gtin.parse(digits).ndc_digits
    except CodeError:
        return None


def by_code(rxcui: str | None, ndc: str | None, knowledge: Knowledge) -> Medicine | None:
    """What the codes mean; None when neither is known. Two codes that differ are a conflict."""
    by_ndc = _by_ndc(ndc, knowledge) if ndc else None
    found = knowledge.by_rxcui.get((rxcui or "").strip())
    by_rxcui: Medicine | None = None
    if isinstance(found, Product):
        by_rxcui = whole(rxcui or "", found, knowledge, 100)
    elif isinstance(found, Ingredient):
        by_rxcui = Medicine(rxcui or "", Certainty.PARTIAL, ingredients=(found,), confidence=100)
    if by_ndc and by_rxcui:
        return agree(by_rxcui, by_ndc, other="the NDC")
    return by_rxcui or by_ndc


def _by_ndc(ndc: str, knowledge: Knowledge) -> Medicine | None:
    found = _products_of_ndc(ndc, knowledge)
    if len(found) == 1:
        return whole(ndc, knowledge.products[found[0]], knowledge, 100)
    if found:
        reason = "ten digits without hyphens fit more than one NDC"
        if product_of(ndc):
            reason = "its packages are on record as more than one product"
        return Medicine(ndc, Certainty.AMBIGUOUS, candidates=tuple(found), reason=reason)
    return None


def agree(coded: Medicine, read: Medicine, other: str = "the text") -> Medicine:
    """The coded medicine, with the conflict named when what was read says otherwise.

    Different ingredients leave it ambiguous; another strength or release is a conflict about a known one.
    """
    if not read.ingredients or read.certainty not in (Certainty.PRODUCT, Certainty.PARTIAL):
        return _beside_unproved(coded, read, other)
    by_code, by_text = ({i.name for i in m.ingredients} for m in (coded, read))
    if by_code != by_text:
        if _names_the_brand(read.text, coded.brand):
            return coded
        return _torn(coded, read.name, (_id(read),), other)
    product = coded.product
    if product is None:
        return replace(read, confidence=100) if read.product or read.strengths else coded
    differs = _differing_strength(product, read) or _differing_form(product, read)
    if differs:
        conflict = f"the code means {product.tall_man}, {other} says {differs}"
        return replace(coded, conflict=conflict, candidates=(product.id, *_meant(read)), confidence=_TORN)
    route, reason = (read.route, read.reason) if read.product and route_in(read.text) else (coded.route, coded.reason)
    return replace(coded, brand=coded.brand or read.brand, unread=read.unread, route=route, reason=reason)


def _meant(read: Medicine) -> tuple[str, ...]:
    """The products that a text means."""
    return (read.product.id,) if read.product else read.candidates


def _names_the_brand(text: str, brand: str | None) -> bool:
    """Whether a text ends in the brand in brackets, as RxNorm writes it behind the parts of a vaccine."""
    named = _BRAND_BEHIND.search(text)
    said, own = (named[1].strip().casefold(), brand.casefold()) if named and brand else ("", "")
    return bool(said) and (own.startswith(said) or said.startswith(own))


def _beside_unproved(coded: Medicine, read: Medicine, other: str) -> Medicine:
    """A text that proves nothing contradicts a code only when it clearly names something else."""
    names = {i.name for i in coded.ingredients}
    if read.certainty is Certainty.AMBIGUOUS and read.candidates:
        said = set(read.candidates) | {c for c in read.candidates for c in c.split(" / ")}
        ids = {coded.product.id} if coded.product else set()
        if said & (names | ids):
            return coded
    if read.certainty is Certainty.UNKNOWN and not read.candidates:
        return replace(coded, unread=read.unread)
    if not read.candidates or _names_the_brand(read.text, coded.brand):
        return coded
    return _torn(coded, read.text.strip(), read.candidates, other)


def _torn(coded: Medicine, said: str, candidates: tuple[str, ...], other: str) -> Medicine:
    """Nothing is certain when a code and a text name different medicines."""
    conflict = f"the code means {coded.name}, {other} says {said}"
    return Medicine(coded.text, Certainty.AMBIGUOUS, candidates=(_id(coded), *candidates), conflict=conflict)


def _id(medicine: Medicine) -> str:
    return medicine.product.id if medicine.product else " / ".join(i.name for i in medicine.ingredients)


def _differing_strength(product: Product, read: Medicine) -> str | None:
    if not read.strengths or {_per_one(s) for s in read.strengths} == {_per_one(s) for s in product.strengths}:
        return None
    if {_amount(s) for s in read.strengths} == {_amount(s) for s in product.strengths}:
        return None
    own = {s.ingredient: s for s in product.strengths}
    if all(s.ingredient in own and _may_be_one(s, own[s.ingredient]) for s in read.strengths):
        return None
    return " / ".join(map(str, read.strengths))


def _may_be_one(one: Strength, other: Strength) -> bool:
    """Whether two strengths are the same but for rounding ("1.67 mg/mL" is 50 mg in 30 mL), or counted in what cannot
    be compared: mEq with mg, a mL with a spray, an hour with the whole system."""
    if one.amount.dimension != other.amount.dimension:
        return True
    (_, low, by), (_, high, per) = sorted((_per_one(one), _per_one(other)), key=lambda s: s[1])
    if by == per:
        return high - low <= low * _ROUNDED
    return bool({one.per.unit, other.per.unit} & _GIVEN_WHOLE and {by, per} & {"volume", "time"})


def _differing_form(product: Product, read: Medicine) -> str | None:
    """The form that is read, where it lets its dose go otherwise, or is a pen beside a vial."""
    if read.form is None:
        return None
    is_pen = is_container(read.form) != is_container(product.form) and not INJECTED.isdisjoint(read.form.routes)
    return read.form.name if is_pen or read.form.release != product.form.release else None


def _amount(strength: Strength) -> tuple[str, Decimal]:
    base = {"mass": "g"}.get(strength.amount.dimension, strength.amount.unit)
    return strength.ingredient, strength.amount.to(base).value.normalize()


def _per_one(strength: Strength) -> tuple[str, Decimal, str]:
    name, value = _amount(strength)
    piece = strength.per.dimension if strength.per.dimension != strength.per.unit else "piece"
    return name, value / strength.per.value, piece
