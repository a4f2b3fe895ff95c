"""Lines as wholesalers and labels write them: packages, steps, makers, short words of form, other ways to count."""

from __future__ import annotations

import pytest

from tallman.core.identify import identify
from tests.authored import load


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("Eucrisa oint 60g", "Eucrisa 20 mg/g topical ointment"),
        ("CLOTRIM/BETA CRM 45GM", "clotrimazole / betamethasone 10 mg/g / 0.5 mg/g topical cream"),
        ("LISINOPRIL/HCTZ TAB 20/25 LUP 100", "lisinopril / hydrochlorothiazide 20 mg / 25 mg oral tablet"),
        ("FENTANYL TDS 25MCG/HR 5 MYL", "fentanyl 25 mcg/h transdermal system"),
        ("FLUTICASONE SPR 50MCG 16GM", "fluticasone propionate 50 mcg/spray nasal spray"),
        ("nicoderm cq step 2 14mg", "NicoDerm CQ 14 mg/24 h transdermal system"),
        ("NYSTATIN PWD 100MU/GM 15GM", "nystatin 100000 unit/g topical powder"),
        ("Bicillin L-A 1.2 MU/2mL", "Bicillin L-A 600000 unit/mL prefilled syringe"),
        ("Sprintec 28", "Sprintec 0.25 mg / 35 mcg oral tablet"),
        ("claritin-d 24", "loratadine / pseudoephedrine 10 mg / 240 mg extended release oral tablet"),
        ("Neupro 4", "Neupro 4 mg/24 h transdermal system"),
        ("ipratropium nasal 0.06%", "ipratropium 42 mcg/spray nasal spray"),
        ("Forteo 600/2.4", "Forteo 20 mcg/actuation pen injector"),
        ("Symbravo 20-10", "Symbravo 20 mg / 10 mg oral tablet"),
        ("Vykat XR 150", "Vykat XR 150 mg extended release oral tablet"),
        ("Emblaveo 1.5-0.5 g vial", "Emblaveo 1500 mg / 500 mg powder for injection"),
        ("Engerix-B 10 mcg/0.5 mL", "Engerix-B 1 dose/0.5 mL prefilled syringe"),
        ("BRIMONIDINE-TIMOLOL 0.2%-0.5% DRPS", "brimonidine / timolol 2 mg/mL / 5 mg/mL ophthalmic solution"),
        ("Naloxone HCl Nasal Liquid 4 MG/0.1ML", "naloxone 4 mg/spray nasal spray"),
        ("propofol emulsion 10 mg/mL", "propofol 10 mg/mL injectable suspension"),
        ("imiquimod packets 5%", "imiquimod 50 mg/g topical cream"),
        (
            "calcipotriene-betamethasone 0.005 %-0.064 % topical foam",
            "calcipotriene / betamethasone 0.05 mg/g / 0.643 mg/g topical foam",
        ),
        ("Metrogel vag 0.75%", "MetroGel-Vaginal 7.5 mg/g vaginal gel"),
        ("BUDES/FORM 80/4.5", "budesonide / formoterol 80 mcg/puff / 4.5 mcg/puff metered dose inhaler"),
        ("CHLORHEX GLU RNS 0.12% 473ML", "chlorhexidine 1.2 mg/mL mucous membrane topical solution"),
        ("NITROFUR MAC/MONO CAP 100MG", "nitrofurantoin monohydrate and macrocrystals 100 mg oral capsule"),
        ("nystatin/triam crm", "nystatin / triamcinolone 100000 unit/g / 1 mg/g topical cream"),
        ("Toujeo Max", "Toujeo Max SoloStar 300 unit/mL pen injector"),
        ("tobi podhaler 28mg", "Tobi Podhaler 28 mg inhalation capsule"),
        ("desonide lot 0.05%", "desonide 0.5 mg/mL topical lotion"),
        ("LIDOCAINE VISC SOL 2% 100ML", "lidocaine 20 mg/mL mucous membrane topical solution"),
        ("timolol gfs 0.5%", "timolol 5 mg/mL ophthalmic gel"),
        ("Pavblu 2 mg/0.05mL", "Pavblu 2 mg/0.05 mL injection"),
        ("Omlyclo 150 mg/ml pfs", "Omlyclo 150 mg/mL prefilled syringe"),
    ],
)
def test_the_product(text: str, product: str) -> None:
    read = identify(text, load())
    assert read.product, (read.candidates, read.reason)
    assert read.product.name == product


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Afrezza 8", "no product of Afrezza is on record here"),
        ("Diastat AcuDial 7.5 mg", "a dose is said"),
        ("norethindrone ac-eth estradiol 1 mg-20 mcg (21)/75 mg (7) tablet", "oral tablet and as chewable tablet"),
    ],
)
def test_what_stays_open_says_why(text: str, why: str) -> None:
    read = identify(text, load())
    assert read.product is None
    assert why in (read.reason or "")


@pytest.mark.parametrize("text", ["lisinopril 10 mg tablet lot 12345", "ibuprofen 400 mg tablet tds"])
def test_a_lot_and_three_times_a_day_are_no_forms(text: str) -> None:
    assert identify(text, load()).product


def test_an_amount_to_be_swallowed_is_no_weight_of_a_tube() -> None:
    assert [str(s) for s in identify("metronidazole 2 g", load()).strengths] == ["2 g"]
