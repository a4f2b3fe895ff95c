"""What of a line decides with which other it belongs: ingredients, route, release, as needed or not, amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from tallman.core.drug import Certainty, DoseForm, Medicine, Product
from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.core.quantity import UNITS
from tallman.core.reconciliation.intake import Intake, intake_of, read_sig
from tallman.core.reconciliation.line import Line, ListSource
from tallman.core.screening.match import is_systemic, release_of
from tallman.core.sig import Sig

__all__ = ["ORDERS", "Item", "items_of", "settled"]

ORDERS = 1000
"""The number of the list of orders, after every list of a history."""
_NAME = re.compile(r"[a-z][a-z'-]+")
_MARKED = re.compile(r"\b(?:[exsc]r|xl|la|cd|sa|tr|extended|sustained|(?:12|24)\s*(?:hr|hour))\b", re.IGNORECASE)
_FROM_NUMBER = re.compile(r"(?<![\w-])\d.*")
_NO_NAME = frozenset(
    "tablet tablets tab tabs capsule capsules cap caps oral mg mcg ml g units unit daily take by mouth the of and with "
    "once twice day one two every solution extract supplement otc brand generic".split()
)


@dataclass(frozen=True, eq=False)
class Item:
    """A line with what was computed of it, once. `source` is the number of its list, that of the orders being `ORDERS`.

    `names` are its ingredients; of a medicine that was not recognised, "?" and the words of its name. `guess` says how
    a name of several readings was settled.
    """

    line: Line
    source: int
    names: frozenset[str]
    classes: frozenset[str]
    release: str | None
    guess: str = ""

    @property
    def is_order(self) -> bool:
        """Whether it stands on the list of orders."""
        return self.source == ORDERS

    @property
    def is_known(self) -> bool:
        """Whether its ingredients are known."""
        return not any(n.startswith("?") for n in self.names)

    @property
    def route(self) -> str | None:
        """The route of its directions, else of its record or form."""
        return self.line.order.taken_route

    @property
    def medicine(self) -> Medicine:
        """The medicine of its order."""
        return self.line.order.medicine

    @property
    def form(self) -> DoseForm | None:
        """The dose form, where it is known."""
        return self.medicine.product.form if self.medicine.product else self.medicine.form

    @cached_property
    def reach(self) -> str | None:
        """The whole body, or one local route; None where nothing tells."""
        if self.route is None:
            return None
        return "systemic" if is_systemic(self.line.order) else self.route

    @cached_property
    def sig(self) -> Sig:
        """The directions to compute with."""
        return read_sig(self.line.order)

    @cached_property
    def intake(self) -> Intake | None:
        """What it comes to; None where the directions name no amount."""
        return intake_of(self.line.order)

    @cached_property
    def as_needed(self) -> bool | None:
        """Whether it is taken only as needed; None without directions."""
        return all(s.prn for s in self.sig.steps) if self.sig.steps else None

    @cached_property
    def sites(self) -> frozenset[str]:
        """Where on the body the directions say it goes."""
        return frozenset(s.site for s in self.sig.steps if s.site)

    @cached_property
    def sides(self) -> frozenset[str]:
        """Which of two: the left eye, both ears; empty where no side is said."""
        return frozenset(w for s in self.sites for w in ("left", "right", "both", "each") if w in s.split())

    @cached_property
    def strengths(self) -> frozenset[tuple[str, str, Fraction]]:
        """The strengths as numbers, so that 400 mg/5 mL is 80 mg/mL."""
        found = set()
        for s in self.medicine.strengths:
            amount, per = (Fraction(a.value) * UNITS[a.unit].factor for a in (s.amount, s.per))
            found.add((s.ingredient, s.amount.dimension, amount / per))
        return frozenset(found)

    @cached_property
    def words(self) -> str:
        """The directions as written, whatever the spaces and capitals."""
        return " ".join(self.line.order.sig.text.lower().split()).rstrip(".")


def items_of(source: ListSource, number: int, knowledge: Knowledge) -> list[Item]:
    """The lines of a list with their traits."""
    return [_item(line, number, knowledge) for line in source.lines]


def _item(line: Line, number: int, knowledge: Knowledge) -> Item:
    medicine = line.order.medicine
    if medicine.is_known:
        names = frozenset(i.name for i in medicine.ingredients)
        return Item(line, number, names, medicine.classes, _release(line, knowledge))
    return Item(line, number, frozenset({f"?{name_in(medicine.text)}"}), frozenset(), None)


def name_in(text: str) -> str:
    """The words of an unknown medicine's name, for holding it against another: no numbers, no units, no directions."""
    head = re.split(r"\d", text.lower(), maxsplit=1)[0]
    words = [w for w in _NAME.findall(head) or _NAME.findall(text.lower()) if w not in _NO_NAME]
    return " ".join(words) or text.strip().lower()


def _release(line: Line, knowledge: Knowledge) -> str | None:
    """Extended or plain; None where the name may mean either. Delayed release counts as plain: it lasts no longer.

    A generic name without a word of its release is the plain tablet, where there is one of that strength.
    """
    medicine = line.order.medicine
    is_proved = medicine.product is None or _is_proved(medicine.product, medicine.text, knowledge)
    found = release_of(line.order) if is_proved else None
    if found is None and medicine.product is None:
        every = [p.form for i in medicine.candidates if (p := knowledge.products.get(i))]
        if not every and len(medicine.ingredients) == 1 and not medicine.brand:
            every = [p.form for p in knowledge.products_of.get(medicine.ingredients[0].name, ())]
        releases = {form.release for form in every}
        is_plain = any(f.release == "immediate" and f.unit in ("tablet", "capsule") for f in every)
        found = releases.pop() if len(releases) == 1 else "immediate" if is_plain and not medicine.brand else None
    return None if found is None else "extended" if found == "extended" else "plain"


def _is_proved(product: Product, text: str, knowledge: Knowledge) -> bool:
    """Whether the words stand for this very product: "Glucotrol 10 mg" is read as the one that is still sold, the XL,
    "Klor-Con" is a powder and a tablet, and "Tylenol 650" may be two plain tablets of 325 mg. A generic name without a
    word of its release is the plain one."""
    brand, said = (product.brand or "").lower(), text.lower()
    if not brand or brand.split()[0] not in said or _MARKED.search(text):
        return True
    others = (p for p in knowledge.products_of.get(product.ingredients[0], ()) if p.brand == product.brand)
    if len({p.form.release == "extended" for p in others}) > 1:
        return False
    return brand in said and any(piece in product.form.name for piece in ("tablet", "capsule"))


def settled(items: Iterable[Item], knowledge: Knowledge) -> list[Item]:
    """The items, a name of several readings taken for the one that also stands on another list."""
    every = list(items)
    readings = [_readings(i, knowledge) for i in every]
    return [
        item if item.is_known else _settled(item, own, zip(every, readings, strict=True), knowledge)
        for item, own in zip(every, readings, strict=True)
    ]


def _readings(item: Item, knowledge: Knowledge) -> list[frozenset[str]]:
    """What a medicine may be, the likeliest first: one thing where it is known."""
    if item.is_known:
        return [item.names]
    if item.medicine.certainty is not Certainty.AMBIGUOUS:
        return []
    return list(dict.fromkeys(_reading(c, knowledge) for c in item.medicine.candidates))


def _settled(
    item: Item, own: list[frozenset[str]], every: Iterable[tuple[Item, list[frozenset[str]]]], knowledge: Knowledge
) -> Item:
    elsewhere = [(other, found) for other, found in every if other.source != item.source]
    known = {n for other, found in elsewhere if other.is_known for n in found}
    possible = {n for _, found in elsewhere for n in found}
    fitting = [n for n in own if n in known] or [n for n in own if n in possible][:1] or (own if len(own) == 1 else [])
    if len(fitting) != 1:
        return item
    names = fitting[0]
    if read := _read_as(item, names, knowledge):
        return read
    ingredients = tuple(knowledge.ingredients[n] for n in sorted(names) if n in knowledge.ingredients)
    medicine = replace(item.medicine, certainty=Certainty.PARTIAL, ingredients=ingredients)
    line = replace(item.line, order=replace(item.line.order, medicine=medicine))
    return replace(item, line=line, names=names, classes=medicine.classes, guess=_guess(item, names))


def _guess(item: Item, names: frozenset[str]) -> str:
    return f"{item.medicine.text!r} is taken for {' / '.join(sorted(names))}"


def _read_as(item: Item, names: frozenset[str], knowledge: Knowledge) -> Item | None:
    """The line read again with the name that was settled before its strength: "MTX 2.5" as "methotrexate 2.5"."""
    strength = _FROM_NUMBER.search(item.medicine.text)
    if len(names) > 1 or strength is None:
        return None
    medicine = replace(identify(f"{next(iter(names))} {strength[0]}", knowledge), text=item.medicine.text)
    if frozenset(i.name for i in medicine.ingredients) != names:
        return None
    line = replace(item.line, order=replace(item.line.order, medicine=medicine))
    return replace(_item(line, item.source, knowledge), guess=_guess(item, names))


def _reading(candidate: str, knowledge: Knowledge) -> frozenset[str]:
    product = knowledge.products.get(candidate)
    return frozenset(product.ingredients if product else candidate.split(" / "))
