"""What a written medicine is read as: the manual of `identify`, a row a text.

A row is `text => status; ingredient strength + ingredient strength; form; brand`
"open" stands for a text that must not be read as one certain medicine. A row whose medicine is not on record yet
must stay open too: never be taken for another.
"""

from __future__ import annotations

import re

import pytest

from tallman.core.drug import Certainty, Medicine
from tallman.core.identify import identify
from tallman.core.identify.names import index_of, words_of
from tallman.core.knowledge import Knowledge
from tallman.core.quantity import Amount, parse_amount
from tests.authored import load

ROWS: dict[str, str] = {
    "Names, strengths and forms as prescribers write them": """
        HCTZ 25mg tab => product; hydrochlorothiazide 25 mg; oral tablet
        LISINOPRIL 10 MG TABS => product; lisinopril 10 mg; oral tablet
        lisinopril 10mg => product; lisinopril 10 mg; oral tablet
        lisinopril 10 => product; lisinopril 10 mg; oral tablet
        10 mg lisinopril tablets => product; lisinopril 10 mg; oral tablet
        tab lisinopril 10 => product; lisinopril 10 mg; oral tablet
        lisinopril10mgtab => product; lisinopril 10 mg; oral tablet
        Lisinopril (Zestril) 10 mg => product; lisinopril 10 mg; oral tablet
        Zestril 20 mg tablet => product; lisinopril 20 mg; oral tablet; Zestril
        warfarin (Coumadin) 5 mg => product; warfarin 5 mg; oral tablet
        Coumadin 2.5 => product; warfarin 2.5 mg; oral tablet; Coumadin
        warfarin 2,5 mg => product; warfarin 2.5 mg; oral tablet
        warfarin .5 mg => partial; warfarin 0.5 mg
        warfarin 5.0 mg => product; warfarin 5 mg; oral tablet
        furosemide 40mg po => product; furosemide 40 mg; oral tablet
        Lasix 40 => product; furosemide 40 mg; oral tablet; Lasix
        simvastatin 20 mg tablet generic for Zocor => product; simvastatin 20 mg; oral tablet
        atorvastatin calcium 40 mg tabs => product; atorvastatin 40 mg; oral tablet
        amlodipine besylate 5mg => product; amlodipine 5 mg; oral tablet
        Norvasc 10mg => product; amlodipine 10 mg; oral tablet; Norvasc
        prednisone 20 tabs => product; prednisone 20 mg; oral tablet
        K-Dur 20 meq => product; potassium chloride 20 mEq; extended release oral tablet; K-Dur
        klor-con m20 => product; potassium chloride 20 mEq; extended release oral tablet; Klor-Con M20
        Toprol XL 25 => product; metoprolol 25 mg; extended release oral tablet; Toprol XL
        glipizide er 10mg => product; glipizide 10 mg; extended release oral tablet
        metformin 500 mg tab => product; metformin 500 mg; oral tablet
        metformin er 500 mg tab => product; metformin 500 mg; extended release oral tablet
        metformin 1 g tablet => product; metformin 1000 mg; oral tablet
        ASA 81 EC => product; aspirin 81 mg; delayed release oral tablet
        aspirin 81 mg chewable => product; aspirin 81 mg; chewable tablet
        nitroglycerin 0.4 mg sl tab => product; nitroglycerin 0.4 mg; sublingual tablet
        methotrexate 2.5 mg tab => product; methotrexate 2.5 mg; oral tablet
        Xarelto 20 => product; rivaroxaban 20 mg; oral tablet; Xarelto
        Eliquis 5 mg tab => product; apixaban 5 mg; oral tablet; Eliquis
        gabapentin 300 caps => product; gabapentin 300 mg; oral capsule
        sertraline hcl 50mg tab => product; sertraline 50 mg; oral tablet
        omeprazole dr 20 mg cap => product; omeprazole 20 mg; delayed release oral capsule
        hydroxyzine pamoate 25 mg cap => product; hydroxyzine 25 mg; oral capsule
        amoxicillin 500 mg caps => product; amoxicillin 500 mg; oral capsule
        cephalexin 500 cap => product; cephalexin 500 mg; oral capsule
        Adderall XR 20 => product; mixed amphetamine salts 20 mg; extended release oral capsule; Adderall XR
        amphetamine-dextroamphetamine 10 mg tablet => product; mixed amphetamine salts 10 mg; oral tablet
        bupropion SR 150 mg tablet => product; bupropion 150 mg; 12 hour extended release oral tablet
        bupropion XL 150 mg tablet => product; bupropion 150 mg; 24 hour extended release oral tablet
        bupropion 150 mg 12 hr ER tablet => product; bupropion 150 mg; 12 hour extended release oral tablet
        bupropion er 150 mg => partial; bupropion 150 mg
        bupropion 100 mg tablet => product; bupropion 100 mg; oral tablet
        divalproex ER 500 mg tab => product; valproate 500 mg; extended release oral tablet
        divalproex DR 500 mg tab => product; valproate 500 mg; delayed release oral tablet
        lithium carbonate ER 450 => product; lithium 450 mg; extended release oral tablet
        hydroxyzine 25 mg => partial; hydroxyzine 25 mg
        sinemet 25/100 => product; carbidopa 25 mg + levodopa 100 mg; oral tablet; Sinemet
        """,
    "Units that mean the same": """
        levothyroxine 0.05 mg tab => product; levothyroxine 50 mcg; oral tablet
        levothyroxine 0.05 mg => partial; levothyroxine 50 mcg
        levothyroxine 50 mcg (0.05 mg) tablet => product; levothyroxine 50 mcg; oral tablet
        levothyroxine 88 mcg tab => product; levothyroxine 88 mcg; oral tablet
        levothyroxine 88 => partial; levothyroxine 88 mcg
        Synthroid 112 => product; levothyroxine 112 mcg; oral tablet; Synthroid
        digoxin 0.125 => product; digoxin 125 mcg; oral tablet
        digoxin 125 mcg tab => product; digoxin 125 mcg; oral tablet
        Vit D2 50,000 IU => product; ergocalciferol 50000 unit; oral capsule
        vitamin D2 50000 units cap => product; ergocalciferol 50000 unit; oral capsule
        vit d2 50k units => product; ergocalciferol 50000 unit; oral capsule
        hydrocortisone 2.5% cream => product; hydrocortisone 25 mg/g; topical cream
        hydrocortisone 1 % crm 30 g => product; hydrocortisone 10 mg/g; topical cream
        timolol 0.5% op soln => product; timolol 5 mg/mL; ophthalmic solution
        latanoprost 0.005% eye drops 2.5 ml => product; latanoprost 0.05 mg/mL; ophthalmic solution
        insulin glargine 100 u/ml pen => product; insulin glargine 100 unit/mL; pen injector
        Lantus SoloStar 100 units/mL (3 mL) => product; insulin glargine 100 unit/mL; pen injector
        Lantus 100 unit/ml vial => product; insulin glargine 100 unit/mL; injectable solution; Lantus
        lantus pen => product; insulin glargine 100 unit/mL; pen injector; Lantus SoloStar
        lantus => partial; insulin glargine 100 unit/mL
        potassium chl 10meq cap => product; potassium chloride 10 mEq; extended release oral capsule
        insulin reg 100 units/ml => partial; insulin regular 100 unit/mL
        metoprolol tart 25mg 1/2 tab bid => product; metoprolol 25 mg; oral tablet
        insulin lispro U-100 => partial; insulin lispro 100 unit/mL
        enoxaparin 40 mg/0.4 ml => product; enoxaparin 40 mg/0.4 mL; prefilled syringe
        enoxaparin 40mg syringe => product; enoxaparin 40 mg/0.4 mL; prefilled syringe
        clonidine 0.1 mg/24 hr patch => product; clonidine 0.1 mg/24 h; transdermal system
        estradiol 0.05 mg/24hr patch => partial; estradiol 0.05 mg/24 h; transdermal system
        prednisolone 15 mg/5 ml soln => product; prednisolone 15 mg/5 mL; oral solution
        prednisolone 15/5 soln => product; prednisolone 15 mg/5 mL; oral solution
        potassium chloride 20 meq/15 ml => product; potassium chloride 20 mEq/15 mL; oral solution
        Flonase 50 mcg/act => product; fluticasone 50 mcg/spray; nasal spray
        albuterol hfa => product; albuterol 90 mcg/puff; metered dose inhaler
        albuterol 90 mcg/actuation inhaler => product; albuterol 90 mcg/puff; metered dose inhaler
        albuterol 0.083% neb => product; albuterol 2.5 mg/3 mL; inhalation solution
        amox 400/5 susp => product; amoxicillin 400 mg/5 mL; oral suspension
        amoxicillin 400 mg/5ml susp 100 ml => product; amoxicillin 400 mg/5 mL; oral suspension
        """,
    "Combinations": """
        lisinopril/hctz 20/12.5 => product; lisinopril 20 mg + hydrochlorothiazide 12.5 mg; oral tablet
        lisinopril-hctz 20-12.5 mg tab => product; lisinopril 20 mg + hydrochlorothiazide 12.5 mg; oral tablet
        hctz/lisinopril 12.5/20 => product; lisinopril 20 mg + hydrochlorothiazide 12.5 mg; oral tablet
        lisinopril and hydrochlorothiazide 20 mg-25 mg => product
        lisinopril/hydroclorothiazide 20/12.5 => product; lisinopril 20 mg + hydrochlorothiazide 12.5 mg
        Zestoretic 20/12.5 tab => product; lisinopril 20 mg + hydrochlorothiazide 12.5 mg; oral tablet
        losartan potassium-hctz 100-25 => product; losartan 100 mg + hydrochlorothiazide 25 mg; oral tablet
        Diovan HCT 160/12.5 => product; valsartan 160 mg + hydrochlorothiazide 12.5 mg; oral tablet
        triamterene/hctz 37.5-25 mg cap => product; triamterene 37.5 mg + hydrochlorothiazide 25 mg
        Lotrel 5/10 => product; amlodipine 5 mg + benazepril 10 mg; oral capsule; Lotrel
        Lotrel 5/10 caps => product; amlodipine 5 mg + benazepril 10 mg; oral capsule; Lotrel
        janumet 50-1000 tab => product; sitagliptin 50 mg + metformin 1000 mg; oral tablet; Janumet
        ezetimibe/simvastatin 10/40 => product; ezetimibe 10 mg + simvastatin 40 mg; oral tablet
        Humulin 70/30 vial => product; insulin isophane 70 unit/mL + insulin regular 30 unit/mL
        HumuLIN 70/30 100 UNIT/ML vial => product; insulin isophane 70 unit/mL + insulin regular 30 unit/mL
        Augmentin 875-125 => product; amoxicillin 875 mg + clavulanate 125 mg; oral tablet; Augmentin
        amox/clav 875/125 tab => product; amoxicillin 875 mg + clavulanate 125 mg; oral tablet
        APAP/codeine 300-30 => product; acetaminophen 300 mg + codeine 30 mg; oral tablet
        Tylenol #3 => product; acetaminophen 300 mg + codeine 30 mg; oral tablet
        Percocet 5/325 => product; oxycodone 5 mg + acetaminophen 325 mg; oral tablet; Percocet
        oxycodone-acetaminophen 5-325 mg tablets => product; oxycodone 5 mg + acetaminophen 325 mg
        hydrocodone/apap 10/325 => product; hydrocodone 10 mg + acetaminophen 325 mg; oral tablet
        Bactrim DS => product; sulfamethoxazole 800 mg + trimethoprim 160 mg; oral tablet; Bactrim DS
        smz/tmp ds 800/160 => product; sulfamethoxazole 800 mg + trimethoprim 160 mg; oral tablet
        Advair 250/50 => product; fluticasone 250 mcg + salmeterol 50 mcg; dry powder inhaler; Advair Diskus
        """,
    "RxNorm names": """
        lisinopril 10 MG Oral Tablet => product; lisinopril 10 mg; oral tablet
        lisinopril 10 MG Oral Tablet [Zestril] => product; lisinopril 10 mg; oral tablet; Zestril
        24 HR metoprolol succinate 50 MG Extended Release Oral Tablet => product; metoprolol 50 mg
        metoprolol tartrate 50 MG Oral Tablet => product; metoprolol 50 mg; oral tablet
        hydrochlorothiazide 12.5 MG / lisinopril 10 MG Oral Tablet => product
        0.4 ML enoxaparin sodium 100 MG/ML Prefilled Syringe => product; enoxaparin 40 mg/0.4 mL
        3 ML insulin glargine 100 UNT/ML Pen Injector [Lantus] => product; insulin glargine 100 unit/mL
        levothyroxine sodium 0.05 MG Oral Tablet [Synthroid] => product; levothyroxine 50 mcg; oral tablet
        hydrocortisone 25 MG/ML Topical Cream => product; hydrocortisone 25 mg/g; topical cream
        timolol 5 MG/ML Ophthalmic Solution => product; timolol 5 mg/mL; ophthalmic solution
        warfarin sodium 5 MG Oral Tablet [Coumadin] => product; warfarin 5 mg; oral tablet; Coumadin
        amlodipine 5 MG / benazepril hydrochloride 10 MG Oral Capsule => product
        """,
    "Names of prescribing systems": """
        Metoprolol Succinate ER 25 MG Oral Tablet Extended Release 24 Hour => product; metoprolol 25 mg
        metoprolol succinate ER 50 mg tablet,extended release 24 hr => product; metoprolol 50 mg
        Lantus SoloStar 100 UNIT/ML Subcutaneous Solution Pen-injector => product; insulin glargine 100 unit/mL
        Trulicity 0.75 MG/0.5ML Subcutaneous Solution Pen-injector => product; dulaglutide 0.75 mg/0.5 mL
        Potassium Chloride Crys ER 20 MEQ Oral Tablet Extended Release => product; potassium chloride 20 mEq
        Vitamin D (Ergocalciferol) 1.25 MG (50000 UT) Oral Capsule => product; ergocalciferol 50000 unit
        Triamcinolone Acetonide 0.1 % External Cream => product; triamcinolone 1 mg/g; topical cream
        Ferrous Sulfate 325 (65 Fe) MG Oral Tablet => product; ferrous sulfate 325 mg; oral tablet
        ferrous sulfate 325 mg (65 mg iron) tablet => product; ferrous sulfate 325 mg; oral tablet
        Estradiol 0.1 MG/GM Vaginal Cream => product; estradiol 0.1 mg/g; vaginal cream
        Enoxaparin Sodium 40 MG/0.4ML Injection Solution Prefilled Syringe => product; enoxaparin 40 mg/0.4 mL
        cloNIDine 0.1 MG/24HR Transdermal Patch Weekly => product; clonidine 0.1 mg/24 h; transdermal system
        aspirin 81 mg tablet,delayed release (DR/EC) => product; aspirin 81 mg; delayed release oral tablet
        Aspirin 81 MG Oral Tablet Chewable => product; aspirin 81 mg; chewable tablet
        ferrous sulfate 325 mg (65 mg elemental iron) tab => product; ferrous sulfate 325 mg; oral tablet
        ferrous sulfate 220 mg/5 mL (44 mg elemental iron/5 mL) elixir => product; ferrous sulfate 44 mg/mL
        ferrous sulfate 15 mg iron/mL drops => product; ferrous sulfate 75 mg/mL
        Albuterol Sulfate HFA 108 (90 Base) MCG/ACT Inhalation Aerosol Solution => product; albuterol 90 mcg/puff
        Lisinopril-hydroCHLOROthiazide 20-12.5 MG Oral Tablet => product; lisinopril 20 mg + hydrochlorothiazide 12.5 mg
        Dorzolamide HCl-Timolol Mal 2-0.5 % Ophthalmic Solution => product; dorzolamide 20 mg/mL + timolol 5 mg/mL
        omeprazole 20 mg capsule,delayed release => product; omeprazole 20 mg; delayed release oral capsule
        Cephalexin 250 MG/5ML Oral Suspension Reconstituted => product; cephalexin 250 mg/5 mL; oral suspension
        ondansetron 4 MG Oral Tablet Disintegrating => product; ondansetron 4 mg; disintegrating oral tablet
        lisinopril 10 mg/mL => partial; lisinopril 10 mg/mL
        """,
    "Codes": """
        314076 => product; lisinopril 10 mg; oral tablet
        RxCUI 314076 => product; lisinopril 10 mg; oral tablet
        NDC 0378-0032-01 => product; metoprolol 50 mg; oral tablet
        00378-0032-01 => product; metoprolol 50 mg; oral tablet
        00378003201 => product; metoprolol 50 mg; oral tablet
        0378003201 => product; metoprolol 50 mg; oral tablet
        ndc: 00378003201 => product; metoprolol 50 mg; oral tablet
        99999999999 => unknown
        """,
    "Misspelt and cut short": """
        metforman 500 => partial; metformin 500 mg
        metforman => partial; metformin
        metoporlol tartrate 50 mg => product; metoprolol 50 mg; oral tablet
        lisinipril 10 mg => product; lisinopril 10 mg; oral tablet
        lisinoprl 20 => product; lisinopril 20 mg; oral tablet
        amlodapine 5mg => product; amlodipine 5 mg; oral tablet
        amiodaron 200 => product; amiodarone 200 mg; oral tablet
        simvistatin 40 => product; simvastatin 40 mg; oral tablet
        Lipiter 20 mg => product; atorvastatin 20 mg; oral tablet; Lipitor
        hydroclorothiazide 25 => product; hydrochlorothiazide 25 mg; oral tablet
        levothyroxin 50 mcg tabs => product; levothyroxine 50 mcg; oral tablet
        furosimide 40 mg => product; furosemide 40 mg; oral tablet
        warfrin 5mg => product; warfarin 5 mg; oral tablet
        potassuim chloride 20 meq er tab => product; potassium chloride 20 mEq; extended release oral tablet
        insulin glargin 100 units/ml vial => product; insulin glargine 100 unit/mL; injectable solution
        isosorbide moonitrate 20 mg tab => product; isosorbide mononitrate 20 mg; oral tablet
        atorva 40 => product; atorvastatin 40 mg; oral tablet
        hydroxizine 25 mg tab => product; hydroxyzine 25 mg; oral tablet
        lisinopril 10 mg tabelt => product; lisinopril 10 mg; oral tablet
        """,
    "Left open where it could be two things": """
        metoprolol 50 => partial; metoprolol 50 mg
        metoprolol 50 mg tab => partial; metoprolol 50 mg
        metoprolol ER 50 mg => partial; metoprolol 50 mg
        metformin 500 => partial; metformin 500 mg
        aspirin 81 => partial; aspirin 81 mg
        metoprolol 1 mg/mL suspension => partial; metoprolol 1 mg/mL
        baclofen 0.5 mg/mL susp => partial; baclofen 0.5 mg/mL
        MS 10 mg => ambiguous
        MSO4 4 mg => ambiguous
        MgSO4 2 g => ambiguous
        AZT 100 => ambiguous
        HCT 25 mg => ambiguous
        MTX 2.5 mg => ambiguous
        PTU 50 mg => ambiguous
        T3 => ambiguous
        pred 5 mg => ambiguous
        predniso 5 => ambiguous
        prednisolne 5 mg => ambiguous
        levo 500 => ambiguous
        hydro 25 => ambiguous
        vit d 1000 units => ambiguous
        Humulin => ambiguous
        Humalog Mix 75/25 pen => product; insulin lispro protamine 75 unit/mL + insulin lispro 25 unit/mL
        lisinopril 20/12.5 => ambiguous
        benazepril 20-12.5 mg => ambiguous
        lisinopril 10 or 20 mg => ambiguous
        warfarin 2. 5 mg => ambiguous
        lisinopril, metformin => ambiguous
        Coumadin (metoprolol) 50 mg => ambiguous
        lisinopril/xyzabc 20/12.5 => ambiguous
        Lipitor PM => ambiguous
        """,
    "A strength that does not exist never becomes one that does": """
        lisinopril 100 mg => partial; lisinopril 100 mg
        lisinopril 1 mg tab => partial; lisinopril 1 mg
        warfarin 50 mg => partial; warfarin 50 mg
        warfarin 0.5 mg => partial; warfarin 0.5 mg
        digoxin 0.1 mg tab => partial; digoxin 0.1 mg
        digoxin 125 mg => partial; digoxin 125 mg
        levothyroxine 50 mg => partial; levothyroxine 50 mg
        methotrexate 25 mg tab => partial; methotrexate 25 mg
        coumadin 7 => partial; warfarin
        lisinopril 100 => partial; lisinopril
        Catapres-TTS 2 => product; clonidine 0.2 mg/24 h; transdermal system
        amlodipine 50 mg tab => partial; amlodipine 50 mg
        simvistatin 400 mg => open
        lisinopril/hctz 12.5/20 => product; lisinopril 20 mg + hydrochlorothiazide 12.5 mg; oral tablet
        Lotrel 10/5 => partial; amlodipine + benazepril
        """,
    "Medicines nothing is known of": """
        zzyzx 10 mg => unknown
        unobtainium 40 => unknown
        see attached => unknown
        => unknown
        1 tab po daily => unknown
        tablet => unknown
        500 mg => unknown
        Tivdak 40 mg => product; tisotumab vedotin 40 mg; powder for injection; Tivdak
        trastuzumab 440 mg => open
        Cosentyx pen => open
        """,
    "Directions and quantities are not strengths": """
        lisinopril 10 mg take 1 tablet daily #30 => product; lisinopril 10 mg; oral tablet
        lisinopril 10 mg tab #90 refills 3 => product; lisinopril 10 mg; oral tablet
        lisinopril 10mg po qd x 30 days => product; lisinopril 10 mg; oral tablet
        warfarin 5 mg tabs, 30 tablets => product; warfarin 5 mg; oral tablet
        furosemide 40 mg tab qty 60 => product; furosemide 40 mg; oral tablet
        metformin 500 mg tab 1 tab bid => product; metformin 500 mg; oral tablet
        hydrocortisone 2.5% cream 28 g tube => product; hydrocortisone 25 mg/g; topical cream
        """,
}


def rows() -> list[tuple[str, str]]:
    lines = [line.strip() for block in ROWS.values() for line in block.splitlines() if line.strip()]
    return [(text.strip(), expected.strip()) for text, expected in (line.split("=>") for line in lines)]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def parts_of(expected: str) -> list[tuple[str, str]]:
    """("lisinopril", "20 mg") pairs of "lisinopril 20 mg + hydrochlorothiazide 12.5 mg"."""
    found = [re.match(r"(.*?)(?:\s+([\d.]+ [^\d].*))?$", part.strip()) for part in expected.split(" + ")]
    return [(m[1], m[2] or "") for m in found if m]


def is_held(knowledge: Knowledge, name: str) -> bool:
    meanings = index_of(knowledge).names.get(words_of(name), ())
    return any(m.is_held and len(m.ingredients) == 1 and m.ingredients[0] in knowledge.products_of for m in meanings)


def density(text: str) -> tuple[object, str]:
    amount, _, per = text.partition("/")
    per_amount = parse_amount(per if per[:1].isdigit() else f"1 {per}") if per else None
    top = parse_amount(amount)
    return ratio(top, per_amount)


def ratio(top: Amount, per: Amount | None) -> tuple[object, str]:
    value = top.to("mg").value if top.dimension == "mass" else top.value
    if per is None or per.dimension == per.unit:
        return value.normalize(), "piece"
    per = per.to("h") if per.dimension == "time" else per
    return (value / per.value).normalize(), per.dimension


@pytest.mark.parametrize(("text", "expected"), rows())
def test_text(text: str, expected: str, knowledge: Knowledge) -> None:
    read = identify(text, knowledge)
    status, *stated = [s.strip() for s in expected.split(";")]
    if status == "open":
        assert not read.is_known or read.certainty is Certainty.PARTIAL
        return
    parts = parts_of(stated[0]) if stated else []
    if not all(is_held(knowledge, name) for name, _ in parts):
        assert not read.is_known, f"{text!r} was read as {read.name}, and that is not on record"
        return
    assert read.certainty.value == status, describe(read)
    if parts:
        assert {i.name for i in read.ingredients} == {name for name, _ in parts}
        strengths = {s.ingredient: ratio(s.amount, s.per) for s in read.strengths}
        assert strengths == {name: density(written) for name, written in parts if written}
    if len(stated) > 1:
        assert read.form
        assert read.form.name == stated[1]
    if len(stated) > 2:
        assert read.brand == stated[2]


def describe(read: Medicine) -> str:
    return f"{read.certainty.value} {read.name} {read.candidates[:5]} {read.reason}"


def test_most_rows_are_of_medicines_on_record(knowledge: Knowledge) -> None:
    stated = [parts_of(e.split(";")[1]) for _, e in rows() if ";" in e]
    held = [p for p in stated if all(is_held(knowledge, name) for name, _ in p)]
    assert len(rows()) >= 150
    assert len(held) >= 100
