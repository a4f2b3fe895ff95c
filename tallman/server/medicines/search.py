"""Finding medicines by what people type or scan: letters of a name or a brand, a strength, an NDC, an RxCUI.

It lists what fits and chooses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tallman.core.codes.ndc import format as format_ndc
from tallman.core.drug import Product
from tallman.core.knowledge import Knowledge
from tallman.core.lookalike.names import written
from tallman.server.inventory import package_codes
from tallman.server.inventory.models import StockItem
from tallman.server.medicines.catalogue import Medicine, catalogue_of
from tallman.server.medicines.models import key_of

__all__ = ["SHORTEST", "Found", "Hit", "find", "find_by_name"]

SHORTEST = 3
"""Letters that a name is looked for by. Five tell most look-alikes apart."""
_PLAIN = ("oral tablet", "oral capsule")
_RXCUI = re.compile(r"^(?:rxcui[ :#]*)?(\d{1,8})$", re.IGNORECASE)
_PRODUCT_NDC = re.compile(r"^(?:NDC[ :#]*)?(\d{4,5})-(\d{3,4})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A medicine that fits, and those of its products that do; `by` is the name it was found by."""

    medicine: Medicine
    products: tuple[Product, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Found:
    """What fits a text, best first. `read_as` says what the text was taken for, `note` what is missing or open."""

    text: str
    hits: tuple[Hit, ...] = ()
    read_as: str = ""
    note: str = ""

    @property
    def products(self) -> tuple[Product, ...]:
        """All products of all hits."""
        return tuple(p for hit in self.hits for p in hit.products)


def find(text: str, knowledge: Knowledge) -> Found:
    """Medicines for a text; at most one query, and that only for an NDC."""
    text = text.strip()
    return _by_code(text, knowledge) or find_by_name(text, knowledge)


def _by_code(text: str, knowledge: Knowledge) -> Found | None:
    code = package_codes.read(text)
    if code.ndcs:
        said = " or ".join(format_ndc(n) for n in code.ndcs)
        read_as = f"{'package code, ' if code.packages else ''}NDC {said}"
        return _of_products(text, _packaged(code.elevens, knowledge), read_as, knowledge)
    if match := _PRODUCT_NDC.match(text):
        begin = match[1].zfill(5) + match[2].zfill(4)
        elevens = list(knowledge.ndcs_starting(begin))
        stocked = StockItem.objects.filter(ndc__startswith=begin).values_list("product_id", flat=True)
        ids = [knowledge.by_ndc[n].product for n in elevens] + list(stocked)
        return _of_products(text, ids, f"NDC {begin[:5]}-{begin[5:]}, any package", knowledge)
    if match := _RXCUI.match(text):
        return _by_rxcui(text, match[1], knowledge)
    return None


def _packaged(elevens: Iterable[str], knowledge: Knowledge) -> list[str]:
    """The products of the NDCs, as stock and the knowledge have them."""
    stocked = StockItem.objects.filter(ndc__in=elevens).values_list("product_id", flat=True)
    return [*stocked, *(knowledge.by_ndc[n].product for n in elevens if n in knowledge.by_ndc)]


def _by_rxcui(text: str, rxcui: str, knowledge: Knowledge) -> Found:
    meant = knowledge.by_rxcui.get(rxcui)
    if meant is None:
        return Found(text, read_as=f"RxCUI {rxcui}", note=f"RxCUI {rxcui} is not known here.")
    if isinstance(meant, Product):
        return _of_products(text, [meant.id], f"RxCUI {rxcui}", knowledge)
    medicine = catalogue_of(knowledge).by_ingredients[frozenset({meant.name})]
    return Found(text, (Hit(medicine, _ordered(medicine.products), meant.name),), f"RxCUI {rxcui}")


def _of_products(text: str, ids: Iterable[str], read_as: str, knowledge: Knowledge) -> Found:
    catalogue = catalogue_of(knowledge)
    by_medicine: dict[str, list[Product]] = {}
    for product in (knowledge.products[i] for i in dict.fromkeys(ids) if i in knowledge.products):
        by_medicine.setdefault(catalogue.of(product).slug, []).append(product)
    hits = [Hit(catalogue.by_slug[slug], tuple(products), "") for slug, products in by_medicine.items()]
    if not hits:
        return Found(text, read_as=read_as, note="This package is not known here.")
    note = "" if len(hits) == 1 else "This code fits more than one medicine: compare it with the package."
    return Found(text, tuple(hits), read_as, note)


def find_by_name(text: str, knowledge: Knowledge) -> Found:
    """Medicines by letters of a name, and by words that narrow it; asks the database nothing."""
    words = _spaced(text).split()
    if max((len(w) for w in words if not w[0].isdigit()), default=0) < SHORTEST:
        return Found(text, note=f"Type {SHORTEST} letters of the name or more, or scan a package." if text else "")
    hits = sorted(_named(words, knowledge), key=lambda found: found[0])
    return Found(text, tuple(hit for _, hit in hits), note="" if hits else _why_none(text, knowledge))


def _named(words: list[str], knowledge: Knowledge) -> Iterator[tuple[tuple[bool, bool, int, str], Hit]]:
    """Medicines of which some name begins a word as typed and whose products hold the other words, with their rank."""
    for heads, names, medicine in _names(knowledge):
        naming = [w for w in words if _part(w) in names]
        letters = [w for w in naming if not w[0].isdigit() and f" {w}" in heads]
        if max(map(len, letters), default=0) < SHORTEST:
            continue
        products = _narrowed(medicine, [w for w in words if w not in naming], [w for w in naming if w not in letters])
        if products is None:
            continue
        by = next((n for n in medicine.names if f" {letters[0]}" in f" {_head(n)}"), medicine.name)
        is_begun = _spaced(by).startswith(letters[0])
        rank = (not is_begun, by not in (*medicine.ingredients, *medicine.brands), len(medicine.ingredients))
        yield (*rank, medicine.name), Hit(medicine, _ordered(products, by), by)


def _narrowed(medicine: Medicine, others: list[str], beside: list[str]) -> list[Product] | None:
    """The products that hold the words which name no medicine; None when none does. The words `beside` its name (a
    salt) narrow them further where they tell products apart."""
    products = [p for p in medicine.products if _holds(p.name, [_part(w) for w in others])]
    if others and not products:
        return None
    return [p for p in products if _holds(f"{p.name} {p.salt}", [_part(w) for w in beside])] or products


def _why_none(text: str, knowledge: Knowledge) -> str:
    """What to say of a name without a product: known from elsewhere, or not at all."""
    for name, ingredients in knowledge.records.other_names:
        if _spaced(name).startswith(_spaced(text)):
            return f"{name} ({' / '.join(ingredients)}) is known by name only: no product of it is held here."
    return f"No medicine here is called “{text}”, nor is a brand of one."


def _spaced(text: str) -> str:
    """Lower case, a space between a number and its unit and in place of a slash: "10mg/5mL" is "10 mg 5 ml"."""
    return " ".join(re.sub(r"(?<=\d)(?=[a-z%])|[/-]|,(?!\d)", " ", key_of(text)).split())


def _part(word: str) -> str:
    """What is looked for in a name with a space on both sides: a number whole, a word by its beginning."""
    return f" {word} " if word[0].isdigit() else f" {word}"


def _holds(name: str, parts: list[str]) -> bool:
    if not parts:
        return True
    spaced = f" {_spaced(name)} "
    return all(part in spaced for part in parts)


@lru_cache(maxsize=2)
def _names(knowledge: Knowledge) -> list[tuple[str, str, Medicine]]:
    """Every medicine with the heads of its names and with the whole names, a space before and after each word."""
    medicines = catalogue_of(knowledge).by_slug.values()
    return [(*(f" {' '.join(map(read, m.names))} " for read in (_head, _spaced)), m) for m in medicines]  # type: ignore[misc]


@lru_cache(maxsize=65_536)
def _head(name: str) -> str:
    """A name without its salt, form and release: "hydr" does not find everything that is a hydrochloride."""
    return _spaced(" ".join(written(part).head for part in name.split(" / ")))


def _ordered(products: Iterable[Product], by: str = "") -> tuple[Product, ...]:
    """The brand it was found by first, else the generics; plain tablets and capsules, small strengths."""

    def order(p: Product) -> tuple[bool, bool, bool, str, object, str]:
        value = p.strengths[0].amount.value if p.strengths else 0
        return p.brand != by, p.brand is not None, p.form.name not in _PLAIN, p.form.name, value, p.name

    return tuple(sorted(products, key=order))
