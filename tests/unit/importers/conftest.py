"""A small authored formulary, and the miniature release that is joined with it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tallman.core.drug import DoseForm, Handling, Ingredient, Product, Strength
from tallman.core.knowledge import DoseLimit, Interaction, Package, Records, Selector
from tallman.core.quantity import Amount, parse_amount
from tests.knowledge.rrf import write
from tests.unit.importers.miniature import rows

TABLET = DoseForm("oral tablet", ("oral",), "tablet")
EXTENDED = DoseForm("extended release oral tablet", ("oral",), "tablet", "extended", False, False)
INJECTION = DoseForm("injection", ("intravenous",), "mL", is_filled=True)
AUTO_INJECTOR = DoseForm("auto-injector", ("subcutaneous",), "mL", is_filled=True)
FORMS = (
    TABLET, EXTENDED, INJECTION, AUTO_INJECTOR,
    DoseForm("tablet pack", ("oral",), "tablet"),
    DoseForm("kit", ("oral",), "kit"),
    DoseForm("oral solution", ("oral",), "mL"),
    DoseForm("topical cream", ("topical",), "g"),
    DoseForm("powder for injection", ("intravenous",), "vial"),
)  # fmt: skip
BLOCKERS = frozenset({"beta-blocker"})
NOT_SPLIT = Handling("Splitting it lets the whole dose go at once.", "label")


def product(id: str, text: str, of: str, amount: str, form: DoseForm, *, per: str = "", **more: object) -> Product:
    """An authored product; its id is its RxCUI where that is a number."""
    size = parse_amount(per) if per else Amount(Decimal(1), form.unit)
    strengths = (Strength(of, parse_amount(amount), size),)
    return Product(id, text, text, form, strengths, rxcui=id if id.isdecimal() else None, **more)  # type: ignore[arg-type]


AUTHORED = Records(
    forms=FORMS,
    tall_man=("metFORMIN",),
    ingredients=(
        Ingredient("metoprolol", "6918", "metoprolol", classes=BLOCKERS),
        Ingredient("methotrexate", "6851", "methotrexate", synonyms=("MTX",)),
        Ingredient("morphine", "7052", "morphine", schedule="CII"),
        Ingredient("ethinyl estradiol", None, "ethinyl estradiol"),
    ),
    products=(
        product("866924", "metoprolol 25 mg oral tablet", "metoprolol", "25 mg", TABLET, salt="tartrate"),
        product(
            "866436", "metoprolol 50 mg extended release oral tablet", "metoprolol", "50 mg", EXTENDED,
            salt="succinate", handling=NOT_SPLIT,
        ),
        product("morphine-15", "morphine 15 mg oral tablet", "morphine", "15 mg", TABLET),
        product("1441407", "methotrexate 12.5 mg/0.4 mL", "methotrexate", "12.5 mg", AUTO_INJECTOR, per="0.4 mL"),
    ),
    packages=(Package("00378003201", "866924"),),
    limits=(DoseLimit("methotrexate/limit-1", "methotrexate", ("subcutaneous",), weekly_max=parse_amount("25 mg")),),
    interactions=(
        Interaction("X", Selector(frozenset({"methotrexate"})), Selector(classes=BLOCKERS), "high", "e.", "a."),
    ),
)  # fmt: skip


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """The miniature release, as a folder."""
    return write(tmp_path / "RxNorm_full_prescribe_10062025", *rows())
