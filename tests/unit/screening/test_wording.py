"""What findings say: of three medicines not "both", the facts that make a rule speak, sums without a conversion."""

from __future__ import annotations

import pytest

from tallman.core.screening.screen import screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load

AZITHROMYCIN = "azithromycin 250 mg tablet; take 1 tablet by mouth daily for 5 days"
CITALOPRAM = "citalopram 20 mg tablet; take 1 tablet by mouth daily"
HALOPERIDOL = "haloperidol 5 mg tablet; take 1 tablet by mouth twice daily"
METHADONE = "methadone 10 mg tablet; take 1 tablet by mouth twice daily"
ONDANSETRON = "ondansetron 4 mg tablet; take 1 tablet by mouth every 8 hours"
SPIRONOLACTONE = "spironolactone 25 mg tablet; take 1 tablet by mouth daily"


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (ExampleEntry(new=AZITHROMYCIN, current=[HALOPERIDOL, METHADONE, ONDANSETRON]),
         "haloperidol, methadone and ondansetron: all lengthen the QT interval"),
        (ExampleEntry(new=AZITHROMYCIN, current=[CITALOPRAM], labs={"potassium": "2.8 mmol/L"}),
         "azithromycin with citalopram (potassium 2.8 mmol/L): both lengthen the QT interval"),
        (ExampleEntry(new=AZITHROMYCIN, current=[CITALOPRAM], conditions=["E876"]), "on the problem list: E87.6"),
        (ExampleEntry(new=SPIRONOLACTONE, labs={"potassium": "5.7 mmol/L"}),
         "spironolactone (potassium 5.7 mmol/L): potassium is too high, and this raises it"),
        (ExampleEntry(new="digoxin 0.125 mg tablet; take 2.5 mg by mouth daily"),
         "digoxin 2.5 mg x 1 a day = 2.5 mg a day"),
        (ExampleEntry(new="digoxin 0.125 mg tablet; take 8 tablets by mouth daily"), "digoxin 125 mcg x 8 tablets"),
        (ExampleEntry(new="latanoprost 0.005% ophthalmic solution; instill 1 drop into each eye at bedtime",
                      quantity="2.5 mL", days_supply=90), "= 25 days; of small drops up to 37 days"),
    ],
)  # fmt: skip
def test_what_is_said(case: ExampleEntry, words: str) -> None:
    found = screen(case_of(case, load()), load()).findings
    assert any(words in line for f in found for line in (f.summary, *f.evidence)), found
