"""Whether a presented package is the right one for a prescription, and if not, in what it is wrong."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tallman.core.codes.ndc import NDC, divisions
from tallman.core.drug import Product
from tallman.core.substitution import Difference, difference, is_equivalent
from tallman.server import knowledge_in_use
from tallman.server.dispensing.scans import Presented
from tallman.server.inventory.models import Lot, StockItem
from tallman.server.inventory.queries import lots
from tallman.server.prescriptions.models import Prescription
from tallman.server.refusal import refuse

__all__ = ["Judgement", "judge", "product_fault"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a package is. `fault` is a kind of `NearMiss`, empty when the package is right.

    `lot_is_assumed` says that the code holds no lot number and the lot that expires first was taken.
    """

    fault: str
    ndc: str = ""
    product_id: str = ""
    name: str = ""
    lot: Lot | None = None
    lot_is_assumed: bool = False


def judge(
    row: Prescription, presented: Presented, on: date, *, lot_number: str = "", beside: Collection[int] = ()
) -> Judgement:
    """Judge a package on a day. `lot_number` was typed beside the code; `beside` are the lots presented already.

    Raises Refused when the package is right but stands in no stock record, so that nothing can be taken from it.
    """
    stocked = {i.ndc: i for i in StockItem.objects.filter(ndc__in=presented.elevens)}
    products = _products(presented.elevens, stocked)
    if len(set(products.values())) > 1:
        products = _products(_divided_rightly(presented), stocked)
    if not products:
        return Judgement("unknown", name=presented.text[:200])
    if len(set(products.values())) > 1:
        raise refuse("ndc", "This code fits more than one medicine: type the NDC as printed, with its hyphens.")
    ndc, product_id = next(iter(products.items()))
    item = stocked.get(ndc)
    found = Judgement(product_fault(row, product_id, ndc), ndc, product_id, _name(item, product_id))
    if found.fault:
        return found
    if item is None:
        raise refuse("item", f"NDC {_text(ndc)} is the right medicine, but stock does not list it: add it there first.")
    return _judge_lot(item, presented, on, lot_number.strip().upper(), beside)


def _products(ndcs: Collection[str], stocked: dict[str, StockItem]) -> dict[str, str]:
    """The product of every one of these NDCs that somebody knows, those in stock first."""
    known = knowledge_in_use.current().by_ndc
    others = {n: known[n].product for n in ndcs if n in known and n not in stocked}
    return {n: item.product_id for n, item in stocked.items() if n in ndcs} | others


def _divided_rightly(presented: Presented) -> list[str]:
    """The readings that divide the digits as the labeler does, as far as that is known."""
    stocked = list(StockItem.objects.values_list("ndc", flat=True))
    held = knowledge_in_use.current()
    return [
        n.eleven for n in presented.ndcs if n.widths in divisions(n.labeler, [*held.ndcs_starting(n.labeler), *stocked])
    ]


def product_fault(row: Prescription, product_id: str, ndc: str = "") -> str:
    """In what a product is not the one to dispense; empty when it is right. The package's rating counts where known."""
    if product_id == row.product_id:
        return ""
    prescribed, found = _product(row.product_id), _product(product_id)
    if prescribed is None or found is None:
        return "wrong-drug"
    if fault := difference(prescribed, found, substitution=not row.dispense_as_written):
        return fault
    known = knowledge_in_use.current()
    rating = known.listings[ndc].equivalence if ndc in known.listings else ""
    return "" if is_equivalent(known.ratings.get(prescribed.id, ()), rating) else Difference.SUBSTITUTION


def _judge_lot(item: StockItem, presented: Presented, on: date, typed: str, beside: Collection[int]) -> Judgement:
    lot, expiry, said = _lot(item, presented, typed)
    if lot is None and not said:
        lot = _first_expiring(item, on, expiry, beside)
    fault = _fault(lot, expiry, on)
    if lot is None and not fault:
        what = f"Lot {said} of this package" if said else "This package"
        raise refuse("lot", f"{what} is not on record as stock: receive it first, or look at the code again.")
    if lot is not None and expiry and not fault and expiry != lot.expires_on:
        says = f"the code says {expiry}, the record {lot.expires_on}"
        raise refuse("expiry", f"Lot {lot.number} has two expiry dates: {says}. Ask which is right.")
    return Judgement(fault, item.ndc, item.product_id, item.name, lot, not said)


def _lot(item: StockItem, presented: Presented, typed: str) -> tuple[Lot | None, date | None, str]:
    """The lot on record that the code names, the expiry and the lot number that it says.

    Where a separator was lost, the reading counts whose lot is on record with the same expiry; if there is none, the
    one that says most, since packages carry all four elements (DSCSA, 21 U.S.C. 360eee(14)).
    """
    known = {lot.number: lot for lot in Lot.objects.filter(item=item)}
    if typed:
        return known.get(typed), None, typed
    if not presented.packages:
        return None, None, ""
    for package in presented.packages:
        lot = known.get(package.lot.upper())
        if lot and (package is presented.packages[0] or package.expires_on == lot.expires_on):
            return lot, package.expires_on, lot.number
    fullest = max(presented.packages, key=lambda p: bool(p.expires_on) + bool(p.lot) + bool(p.serial))
    return None, fullest.expires_on, fullest.lot.upper()


def _first_expiring(item: StockItem, on: date, expiry: date | None, beside: Collection[int]) -> Lot | None:
    """The lot to take when the code names none: usable and not presented yet, else whatever is on the shelf."""
    shelf = lots().filter(item=item, left__gt=0, **({"expires_on": expiry} if expiry else {}))
    usable = shelf.filter(expires_on__gte=on, recalled_at=None)
    return usable.exclude(pk__in=beside).first() or usable.first() or shelf.first()


def _fault(lot: Lot | None, expiry: date | None, on: date) -> str:
    if lot is not None and lot.recalled_at:
        return "recalled"
    if (expiry and expiry < on) or (lot is not None and lot.expires_on < on):
        return "expired"
    return ""


def _product(product_id: str) -> Product | None:
    return knowledge_in_use.current().products.get(product_id)


def _name(item: StockItem | None, product_id: str) -> str:
    product = _product(product_id)
    if item is not None:
        return item.name
    return product.tall_man if product else product_id


def _text(digits: str) -> str:
    return str(NDC(digits[:-6], digits[-6:-2], digits[-2:]))
