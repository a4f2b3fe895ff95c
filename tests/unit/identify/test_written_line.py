"""A written line is taken apart where the medicine ends; nothing that was written is lost."""

from __future__ import annotations

import pytest

from tallman.core.identify.written import take_apart
from tests.authored import load


@pytest.mark.parametrize(
    "line, text, directions",
    [
        ("metformin 500 mg twice a day with meals", "metformin 500 mg", "twice a day with meals"),
        ("warfarin 5 mg 2 tablets daily", "warfarin 5 mg", "2 tablets daily"),
        ("warfarin 5 mg tabs - 1 every evening", "warfarin 5 mg tabs", "1 every evening"),
        ("insulin glargine 20 units at bedtime", "insulin glargine", "20 units at bedtime"),
        ("Lantus 20 units qhs", "Lantus", "20 units qhs"),
        ("artificial tears 1 drop both eyes as needed", "artificial tears", "1 drop both eyes as needed"),
        ("vitamin D 1000 units daily", "vitamin D", "1000 units daily"),
        ("St. John's wort once a day", "St. John's wort", "once a day"),
        ("Stromectol 3 mg oral tablet once a day", "Stromectol 3 mg oral tablet", "once a day"),
        ("Lortab 5 mg / 325 mg oral tablet prn pain", "Lortab 5 mg / 325 mg oral tablet", "prn pain"),
        ("cefazolin 1 g powder for injection every 8 hours", "cefazolin 1 g powder for injection", "every 8 hours"),
        ("vancomycin 1 g iv every 12 hours", "vancomycin 1 g", "iv every 12 hours"),
        ("lisinopril 10 mg po daily", "lisinopril 10 mg", "po daily"),
        ("Diabetic Tussin EX every 4 hours", "Diabetic Tussin EX", "every 4 hours"),
        ("lisinopril 10 mg tablet", "lisinopril 10 mg tablet", ""),
        ("glipizide 5 mg tablet 1 tablet before zumba", "glipizide 5 mg tablet", "1 tablet before zumba"),
        ("gabapentin 300 mg tid, 600 at night", "gabapentin 300 mg", "tid, 600 at night"),
        ("prednisone taper", "prednisone", "taper"),
        ("prednisone 40 mg x 3 days then 20 mg x 3 days", "prednisone", "40 mg x 3 days then 20 mg x 3 days"),
        ("warfarin 5 mg Mon Wed Fri, 2.5 mg other days", "warfarin", "5 mg Mon Wed Fri, 2.5 mg other days"),
        ("enoxaparin 40 mg/0.4 mL syringe 40 mg daily", "enoxaparin 40 mg/0.4 mL syringe", "40 mg daily"),
        ("ciprofloxacin 0.3% ophthalmic 1 gtt ou qid", "ciprofloxacin 0.3% ophthalmic", "1 gtt ou qid"),
        ("sertraline", "sertraline", ""),
        ("a blue pill every morning", "a blue pill", "every morning"),
        ("nopal capsules 2 daily", "nopal capsules", "2 daily"),
        ("something for the heart", "something for the heart", ""),
        ("", "", ""),
    ],
)
def test_the_medicine_ends_where_the_directions_begin(line: str, text: str, directions: str) -> None:
    apart = take_apart(line, load())
    assert (apart.text, apart.directions) == (text, directions)
    assert apart.medicine.text == text
    assert apart.sig.text == directions


def test_what_is_read_of_the_line_is_proved_by_its_beginning() -> None:
    apart = take_apart("lisinopril 10 mg tablet daily", load())
    assert apart.medicine.product is not None
    assert apart.sig.is_read
