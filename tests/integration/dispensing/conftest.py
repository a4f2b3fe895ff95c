"""A small shelf, and a prescription for lisinopril 10 mg on its way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tallman.core.codes.gtin import check_digit
from tallman.core.received import Code, ReceivedMedicine, ReceivedPatient, ReceivedPrescription, ReceivedQuantity
from tallman.server.accounts.models import User
from tallman.server.audit.actions import SYSTEM
from tallman.server.dispensing.actions import fill, scan, shelve, verify
from tallman.server.inventory.actions import add_item, receive_stock
from tallman.server.inventory.models import Lot, StockItem
from tallman.server.patients.actions import add_patient
from tallman.server.prescriptions.actions import add_prescriber, approve, enter, receive
from tallman.server.prescriptions.entry import Entry
from tallman.server.prescriptions.models import Prescription
from tallman.server.web import clock

LISINOPRIL_10, LISINOPRIL_20, ZESTRIL_10 = "314076", "314077", "104377"
METOPROLOL_25, METOPROLOL_ER_25 = "866924", "866427"
NDC = {
    LISINOPRIL_10: "9999-0101-01", LISINOPRIL_20: "9999-0102-01", ZESTRIL_10: "9999-0103-01",
    METOPROLOL_25: "9999-0104-01", METOPROLOL_ER_25: "9999-0105-01",
}  # fmt: skip
SOON, LATER = date(2027, 3, 31), date(2028, 6, 30)


def upc(product: str) -> str:
    """The bar code on a package of the small shelf."""
    digits = "3" + NDC[product].replace("-", "")
    return digits + check_digit(digits)


def matrix(product: str, lot: Lot, serial: str = "S1", separator: str = "\x1d") -> str:
    """The GS1 DataMatrix on a package of a lot."""
    return f"0100{upc(product)}17{lot.expires_on:%y%m%d}10{lot.number}{separator}21{serial}"


@pytest.fixture
def shelf(db: None) -> SimpleNamespace:
    """Two lots of lisinopril 10 mg (12 and 100 left) and one of each other product."""
    made = SimpleNamespace()
    for name, product in {
        "lisinopril_20": LISINOPRIL_20, "zestril": ZESTRIL_10, "metoprolol": METOPROLOL_25,
        "metoprolol_er": METOPROLOL_ER_25,
    }.items():  # fmt: skip
        setattr(made, name, _lot(product, name.upper(), LATER, 100))
    made.late = _lot(LISINOPRIL_10, "LATE7", LATER, 100)
    made.early = _lot(LISINOPRIL_10, "EARLY3", SOON, 12)
    return made


def _lot(product: str, number: str, expires: date, quantity: int) -> Lot:
    item = StockItem.objects.filter(product_id=product).first() or add_item(
        ndc=NDC[product], product_id=product, name=f"product {product}", size=Decimal(100), unit="tablet", by=SYSTEM
    )
    return receive_stock(item=item, lot_number=number, expires_on=expires, quantity=Decimal(quantity), by=SYSTEM)


@pytest.fixture
def lot() -> Callable[..., Lot]:
    """`lot(product, number, expires, quantity)`: one more delivery."""
    return _lot


@pytest.fixture
def received(person: Callable[[str], User]) -> Callable[..., Prescription]:
    """`received()`: a prescription as it came in."""

    def make() -> Prescription:
        said = ReceivedPrescription(
            patient=ReceivedPatient(family_name="Quill", given_names="Marta"),
            medicine=ReceivedMedicine(text="Lisinopril 10 mg tablet", codes=(Code("rxnorm", LISINOPRIL_10),)),
            sig="take 1 tablet by mouth once daily",
            quantity=ReceivedQuantity(Decimal(30), "tablet"),
        )
        return receive(received=said, by=SYSTEM)

    return make


@pytest.fixture
def to_fill(received: Callable[..., Prescription], person: Callable[[str], User]) -> Callable[..., Prescription]:
    """`to_fill(quantity=30, dispense_as_written=False)`: entered and approved."""

    def make(**terms: object) -> Prescription:
        row = received()
        technician, pharmacist = person("technician"), person("pharmacist")
        patient = add_patient(
            person={"family_name": "Quill", "given_names": f"Marta {row.pk}", "birth_date": date(1961, 5, 2)},
            by=technician,
        )
        prescriber = add_prescriber(family_name="Okafor", given_names="Ada", by=technician)
        entry = Entry(
            patient=patient, prescriber=prescriber, sig="take 1 tablet by mouth once daily",
            written_on=clock.today() - timedelta(days=1),
            **{
                "product_id": LISINOPRIL_10, "quantity": Decimal(30), "quantity_unit": "tablet", "days_supply": 30,
                **terms,
            },
        )  # fmt: skip
        row = enter(prescription=row, version=row.version, entry=entry, by=technician)
        return approve(prescription=row, version=row.version, by=pharmacist)

    return make


@pytest.fixture
def filled(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, person: Callable[[str], User]
) -> Callable[..., Prescription]:
    """`filled(quantity=30, part=30)`: counted out by the technician."""

    def make(part: int | None = None, **terms: object) -> Prescription:
        row = to_fill(**terms)
        by = person("technician")
        one = scan(prescription=row, code=matrix(LISINOPRIL_10, shelf.late), by=by)
        fill(prescription=row, version=row.version, scans=[one], quantity=Decimal(part or row.quantity), by=by)
        row.refresh_from_db()
        return row

    return make


@pytest.fixture
def ready(filled: Callable[..., Prescription], person: Callable[[str], User]) -> Callable[..., Prescription]:
    """`ready(part=20)`: checked by the pharmacist and put into a bin."""

    def make(**terms: object) -> Prescription:
        row = filled(**terms)
        verify(prescription=row, version=row.version, by=person("pharmacist"))
        row.refresh_from_db()
        shelve(prescription=row, version=row.version, bin="a 12", by=person("technician"))
        row.refresh_from_db()
        return row

    return make
