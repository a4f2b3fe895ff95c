"""Which product may be dispensed for which."""

from __future__ import annotations

import pytest

from tallman.core.substitution import Difference, difference
from tests.authored import load

PRODUCTS = load().products
LISINOPRIL_10, LISINOPRIL_20, ZESTRIL_10, WITH_HCTZ = "314076", "314077", "104377", "197885"
TARTRATE_25, SUCCINATE_ER_25, LOPRESSOR_HCT = "866924", "866427", "866502"
METOPROLOL_HCT_50, METOPROLOL_HCT_100 = "866482", "866479"


@pytest.mark.parametrize(
    "prescribed, found, allowed, expected",
    [
        (LISINOPRIL_10, LISINOPRIL_10, False, None),
        (LISINOPRIL_10, ZESTRIL_10, True, None),
        (ZESTRIL_10, LISINOPRIL_10, True, None),
        (ZESTRIL_10, LISINOPRIL_10, False, Difference.SUBSTITUTION),
        (METOPROLOL_HCT_50, LOPRESSOR_HCT, True, None),
        (LISINOPRIL_10, LISINOPRIL_20, True, Difference.STRENGTH),
        (METOPROLOL_HCT_50, METOPROLOL_HCT_100, True, Difference.STRENGTH),
        (LISINOPRIL_10, WITH_HCTZ, True, Difference.DRUG),
        (LISINOPRIL_10, TARTRATE_25, True, Difference.DRUG),
        (TARTRATE_25, SUCCINATE_ER_25, True, Difference.FORM),
    ],
)
def test_a_product_for_another(prescribed: str, found: str, allowed: bool, expected: Difference | None) -> None:
    assert difference(PRODUCTS[prescribed], PRODUCTS[found], substitution=allowed) is expected


def test_no_two_products_of_one_brand_name_are_taken_for_each_other() -> None:
    """Lopressor is not Toprol XL although both are metoprolol."""
    ours = [p for p in PRODUCTS.values() if p.brand in ("Lopressor", "Toprol XL")]
    pairs = [(a, b) for a in ours for b in ours if a.brand != b.brand]
    assert pairs
    assert all(difference(a, b, substitution=True) for a, b in pairs)
