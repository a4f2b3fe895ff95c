"""What goes into a joint, a lesion, an eye, the skin or the lungs, and depots that go another way."""

from __future__ import annotations

import pytest

from tallman.core.screening.screen import screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load


@pytest.mark.parametrize(
    "new",
    [
        "Depo-Provera 150 mg/mL vial; inject 80 mg intra-articularly into right knee once",
        "Depo-Testosterone 200 mg/mL vial; 80 mg intra-articular once",
        "insulin glargine 100 units/mL vial; 10 units intra-articular once",
        "haloperidol decanoate 50 mg/mL; 50 mg intra-articular once",
        "enoxaparin 80 mg/0.8 mL syringe; 80 mg intra-articular once",
        "methotrexate 25 mg/mL vial; 15 mg intra-articular once",
        "Depo-Provera 150 mg/mL vial; inject 1 mL IM into right knee once",
        "testosterone enanthate 200 mg/mL vial; 200 mg intrabursal once",
        "insulin regular 100 units/mL vial; 10 units intralesional once",
        "heparin 5000 units/mL vial; 5000 units intradermally once",
        "enoxaparin 40 mg/0.4 mL syringe; 40 mg nebulized every 12 hours",
        "haloperidol decanoate 100 mg/mL vial; 100 mg by mouth once a month",
        "Sublocade 300 mg/1.5 mL syringe; 300 mg IV once monthly",
        "methotrexate 25 mg/mL vial; 12 mg epidural once",
        "baclofen 10 mg tab; 10 mg intrathecal once",
    ],
)
def test_what_nobody_puts_there_stops(new: str) -> None:
    assert _stops(new)


@pytest.mark.parametrize(
    "new",
    [
        "Depo-Medrol 80 mg/mL vial; inject 80 mg intra-articularly into right knee once",
        "triamcinolone 40 mg/mL vial; inject 1 mL into right knee once",
        "methylprednisolone acetate 40 mg/mL vial; 40 mg into left subacromial bursa once",
        "ketorolac 30 mg/mL vial; 30 mg intra-articular once",
        "lidocaine 1% vial; inject 4 mL intra-articular once",
        "triamcinolone 10 mg/mL vial; inject 5 mg intralesional into keloid once",
        "vancomycin 500 mg vial; 1 mg intravitreal left eye once",
        "tuberculin purified protein derivative; 0.1 mL intradermally once",
        "cefazolin 1 g vial; skin test, 0.02 mL intradermally once",
        "tobramycin 40 mg/mL vial; 300 mg nebulized every 12 hours",
        "methotrexate 25 mg/mL vial; 12 mg intrathecal once",
        "haloperidol decanoate 100 mg/mL vial; 100 mg IM once a month",
        "vancomycin 500 mg vial; 125 mg by mouth four times daily",
    ],
)
def test_what_is_put_there_passes(new: str) -> None:
    assert not _stops(new)


def _stops(new: str) -> bool:
    found = screen(case_of(ExampleEntry(new=new, age=60, sex="female", weight="80 kg"), load()), load()).findings
    return any(f.category == "route" and f.severity.is_interruptive for f in found)
