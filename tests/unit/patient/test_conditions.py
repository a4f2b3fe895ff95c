"""Problems in words or SNOMED CT codes: what they are read as, and what is not read."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from tallman.core.conditions import codes_read, is_unread, told_in, with_read_conditions
from tallman.core.patient import Condition, Observation, Patient
from tallman.knowledge.load import load

ON = date(2026, 3, 2)
knowledge = lru_cache(maxsize=1)(load)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("CHF", ("I509",)),
        ("third molar extraction", ("Z98818",)),
        ("s/p wisdom teeth removal", ("Z98818",)),
        ("toothache", ("K0889",)),
        ("ACL repair", ("Z98890",)),
        ("Paroxysmal atrial fibrillation (HCC)", ("I480",)),
        ("Opioid use disorder, in early remission (CMS/HCC)", ("F1121",)),
        ("hepatocellular carcinoma (HCC)", ("C220",)),
        ("cirrhosis, HCC", ("K7460", "C220")),
        ("Prolonged Q-T interval on ECG", ("I4581",)),
        ("Non-small cell lung cancer, right", ("C3490",)),
        ("non-rheumatic mitral regurgitation", ("I340",)),
        ("non-epileptic seizures", ("F445",)),
        ("S/P MVR (mitral valve replacement), mechanical", ("Z952",)),
        ("Psoriatic arthritis (HCC)", ("L4050",)),
        ("Asthma (disorder)", ("J45909",)),
        ("breast ca hx", ("Z853",)),
        ("ischemic cardiomyopathy, LVEF 25-30%", ("I255", "I5022")),
        ("EF 55%", ()),
        ("history of EF 30%, recovered", ()),
        ("history of intracranial hemorrhage", ("I6910",)),
        ("h/o DVT 2019", ("Z86718",)),
        ("Parkinson's disease", ("G20A1",)),
        ("G6PD def", ("D75A",)),
        ("migraine with aura; HTN", ("G43109", "I10")),
        ("migraine without aura", ("G43009",)),
        ("asthma without status asthmaticus", ("J45909",)),
        ("hx of asthma", ("J45909",)),
        ("no history of seizures", ()),
        ("denies asthma", ()),
        ("family history of breast cancer", ()),
        ("family history of medullary thyroid cancer", ("Z808",)),
        ("screening for prostate cancer", ()),
        ("r/o DVT", ()),
        ("ruled out PE", ()),
        ("Zorbs of the elbow", ()),
        ("J45.909 - unspecified asthma", ("J45909",)),
        ("Childhood asthma, resolved", ()),
        ("DVT - resolved", ("Z86718",)),
        ("latent TB s/p INH x 9 mo", ("Z8615",)),
        ("latent TB, treated", ("Z8615",)),
        ("DVT, treated with apixaban", ("I82409",)),
        ("hypertension, treated", ("I10",)),
        ("Opioid use disorder, in sustained remission", ("F1121",)),
        ("Opioid use disorder, not in remission", ("F1120",)),
        ("DM2/HTN/CHF/CKD3", ("E119", "I10", "I509", "N1830")),
        ("hit by car 2019", ()),
        ("HIT 2019", ("D7582",)),
        ("hearing aids", ("H919",)),
        ("PE tubes", ("Z9622",)),
        ("former smoker", ("Z87891",)),
        ("non-smoker", ()),
        ("HIV negative", ()),
        ("perm AF", ("I4821",)),
        ("bowel obstr", ("K5660",)),
        ("ulcerative coliits", ("K5190",)),
        ("MG", ("G7000",)),
        ("Mg low", ()),
        ("he has HTN", ("I10",)),
        ("cirrhosis with ascites & HE", ("K7460", "R188", "K7682")),
        ("HE HAS HTN", ("I10",)),
        ("type one DM", ("E109",)),
        ("HCV treated, SVR", ()),
        ("HCV, no SVR", ("B1920",)),
        ("mom exclusively breastfeeding", ("Z391",)),
        ("lactating mom", ("Z391",)),
        ("mother with multiple sclerosis", ()),
        ("nursing home for rehab", ()),
        ("triple negative breast cancer", ("C50919",)),
        ("trying to become pregnant", ("Z3169",)),
        ("TB exposure", ()),
        ("N1830", ("N1830",)),
        ("T2DM", ("E119",)),
        ("Pregnant, 24 weeks", ("Z3490",)),
        ("history of preeclampsia", ("Z8759",)),
        ("peptic ulcer disease without GI bleed", ("K279",)),
        ("adrenal insuff", ("E271",)),
        ("seizzure disorder", ("G40909",)),
        ("epilespy", ("G40909",)),
        ("cirrosis of liver", ("K7460",)),
        ("nephritic syndrome", ()),
        ("renal txp recipient", ("Z940",)),
        ("bilat DVTs", ("I82409",)),
        ("mech MVR", ("Z952",)),
        ("+PPD", ("Z227",)),
        ("HIV+", ("B20",)),
        ("HD MWF", ("Z992", "N186")),
        ("?DVT", ()),
        ("possible PE", ()),
        ("CHF?", ()),
        ("likely Parkinson's", ("G20A1",)),
        ("Hep C Ab neg", ()),
        ("HTN with neg stress test", ("I10",)),
        ("G6PD normal", ()),
        ("stopped breastfeeding", ()),
        ("PP day 10", ("Z390",)),
        ("PP 6 wks", ("Z392",)),
        ("son with G6PD deficiency", ()),
        ("brother with malignant hyperthermia", ("T883",)),
        ("hx papillary thyroid ca", ("Z85858",)),
        ("pre-DM", ("R7303",)),
        ("h/o GIB 2019", ("Z8711",)),
        ("CKD stg 4", ("N189", "N184")),
        ("Ca 7.2", ()),
        ("high Ca", ("E8352",)),
        ("stage 5 CKD, pre-dialysis", ("N189", "N185")),
        ("lactation suppressed", ()),
        ("suppressed lactation", ("O925",)),
        ("pulmonary veno-occlusive disease", ("I288",)),
        ("DM: no", ()),
        ("HTN (none)", ()),
        ("sib w/ CF", ()),
        ("TB, completed RIPE 2010", ("Z8611",)),
        ("missed period, hCG 18,400", ("Z3490",)),
        ("seminoma, hCG 4200", ()),
        ("27w twins", ("Z3490",)),
        ("BF", ("Z391",)),
        ("BF with HTN", ("I10",)),
        ("decomp cirrhosis w/ HE", ("K7460", "K7682")),
    ],
)
def test_words_are_read(text: str, codes: tuple[str, ...]) -> None:
    assert codes_read(Condition(None, text), knowledge().conditions) == codes


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("Pt with history of asthma, please fill today", ["J45909"]),
        ("Patient is 10 weeks pregnant", ["Z3490"]),
        ("avoid if pregnant", []),
        ("no history of seizures", []),
        ("call if seizures occur", []),
        ("mother has breast cancer", []),
        ("hit the gym", []),
        ("brand medically necessary", []),
    ],
)
def test_a_note_tells_facts_alone(note: str, codes: list[str]) -> None:
    assert [c.code for c in told_in(note, knowledge().conditions)] == codes


def test_a_snomed_code_is_read_where_the_words_say_nothing() -> None:
    assert codes_read(Condition(None, "Bronchial disease", snomed="195967001"), knowledge().conditions) == ("J45909",)
    assert codes_read(Condition(None, "COPD", snomed="195967001"), knowledge().conditions) == ("J449",)
    assert codes_read(Condition(None, "", snomed="000"), knowledge().conditions) == ()


def test_a_code_that_was_sent_stays() -> None:
    sent = Patient(conditions=(Condition("I10", "asthma"), Condition(None, "afib, copd")))
    read = with_read_conditions(sent, knowledge().conditions, ON).conditions
    assert [(c.code, c.is_read) for c in read] == [("I10", False), ("I4891", True), ("J449", True)]


@pytest.mark.parametrize(
    ("condition", "unread"),
    [
        (Condition(None, "Zorbs"), True),
        (Condition("L700", "Zorbs"), False),
        (Condition(None, "Full-time employment (finding)"), False),
        (Condition(None, "no known problems"), False),
        (Condition(None, "Zorbs", active=False), False),
        (Condition(None), False),
    ],
)
def test_what_was_not_understood_is_told_from_what_is_no_illness(condition: Condition, unread: bool) -> None:
    assert is_unread(condition) is unread


def test_names_are_written_once_and_in_lower_case() -> None:
    names = [w for c in knowledge().records.conditions for w in c.written_as]
    assert len(names) == len(set(names)), sorted({n for n in names if names.count(n) > 1})
    assert all(n == n.lower() for n in names)


@pytest.mark.parametrize(
    ("said", "codes"),
    [("Current every day smoker", ["F17210"]), ("Former smoker", ["Z87891"]), ("Never smoker", [None])],
)
def test_the_smoking_status_counts(said: str, codes: list[str]) -> None:
    asked = Patient(observations=(Observation("72166-2", ON, text=said),))
    assert [c.code for c in with_read_conditions(asked, knowledge().conditions, ON).conditions] == codes


def test_an_operation_that_matters_for_a_while_is_read_while_it_does() -> None:
    lately, long_ago = (Condition(None, "Tonsillectomy", onset=day) for day in (date(2026, 2, 20), date(2020, 2, 20)))
    read = with_read_conditions(Patient(conditions=(lately, long_ago)), knowledge().conditions, ON).conditions
    assert [c.onset for c in read] == [date(2026, 2, 20)]
