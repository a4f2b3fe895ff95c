"""The medicines that are drawn: how each is written, in which strengths, how often it is taken, what replaces it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ACUTE", "COMBINATIONS", "HOME", "SPECIAL", "Acute", "Combination", "Medicine", "Special"]


@dataclass(frozen=True)
class Medicine:
    """One oral medicine of one kind of tablet or capsule.

    `often` are the ways it is taken, the usual one first, `swap` a medicine of the same kind and the strength that
    replaces the usual one, `other_form` the same medicine in the other release with its strengths.
    """

    name: str
    brand: str
    strengths: tuple[str, ...]
    unit: str
    form: str
    often: tuple[str, ...]
    swap: str = ""
    other_form: str = ""
    salt: str = ""
    splits: bool = False


def _medicine(row: str) -> Medicine:
    name, brand, strengths, unit, form, often, *more = (part.strip() for part in row.split("|"))
    extra = dict(part.split("=", 1) for part in more if part)
    return Medicine(
        name, brand, tuple(strengths.split()), unit, form, tuple(often.split()), extra.get("swap", ""),
        extra.get("other", ""), extra.get("salt", ""), "splits" in extra,
    )  # fmt: skip


HOME = tuple(
    _medicine(row)
    for row in """
    lisinopril | Zestril | 5 10 20 40 | mg | tablet | daily bid | swap=benazepril 20 | splits=y
    losartan | Cozaar | 25 50 100 | mg | tablet | daily bid | swap=valsartan 160 | salt=potassium
    amlodipine | Norvasc | 2.5 5 10 | mg | tablet | daily | salt=besylate | splits=y
    hydrochlorothiazide | Microzide | 12.5 25 50 | mg | tablet | daily
    carvedilol | Coreg | 3.125 6.25 12.5 25 | mg | tablet | bid daily
    metoprolol succinate ER | Toprol XL | 25 50 100 200 | mg | tablet | daily bid | other=metoprolol tartrate 25 50 100
    metoprolol tartrate | Lopressor | 25 50 100 | mg | tablet | bid daily | other=metoprolol succinate ER 25 50 100 200
    atorvastatin | Lipitor | 10 20 40 80 | mg | tablet | hs | swap=rosuvastatin 10 | salt=calcium
    simvastatin | Zocor | 10 20 40 | mg | tablet | hs | swap=pravastatin 40
    omeprazole | Prilosec | 20 40 | mg | capsule | daily bid | swap=pantoprazole 40
    pantoprazole | Protonix | 20 40 | mg | tablet | daily bid | swap=omeprazole 20 | salt=sodium
    famotidine | Pepcid | 20 40 | mg | tablet | bid daily hs
    furosemide | Lasix | 20 40 80 | mg | tablet | daily bid | splits=y
    spironolactone | Aldactone | 25 50 100 | mg | tablet | daily bid
    warfarin | Coumadin | 1 2 2.5 5 7.5 10 | mg | tablet | daily | splits=y
    apixaban | Eliquis | 2.5 5 | mg | tablet | bid daily
    rivaroxaban | Xarelto | 10 15 20 | mg | tablet | daily bid
    clopidogrel | Plavix | 75 | mg | tablet | daily
    metformin | Glucophage | 500 850 1000 | mg | tablet | bid daily tid | salt=hydrochloride
    metformin ER | Glucophage XR | 500 750 | mg | tablet | daily bid | other=metformin 500
    glipizide | Glucotrol | 5 10 | mg | tablet | daily bid
    sitagliptin | Januvia | 25 50 100 | mg | tablet | daily | swap=linagliptin 5
    empagliflozin | Jardiance | 10 25 | mg | tablet | daily
    levothyroxine | Synthroid | 25 50 75 88 100 112 125 | mcg | tablet | daily | salt=sodium
    sertraline | Zoloft | 25 50 100 | mg | tablet | daily bid | swap=escitalopram 10
    escitalopram | Lexapro | 5 10 20 | mg | tablet | daily | swap=citalopram 20
    duloxetine | Cymbalta | 20 30 60 | mg | capsule | daily bid
    venlafaxine ER | Effexor XR | 37.5 75 150 | mg | capsule | daily | other=venlafaxine 37.5 75
    bupropion XL | Wellbutrin XL | 150 300 | mg | tablet | daily | other=bupropion 75 100
    trazodone | Desyrel | 50 100 150 | mg | tablet | hs | splits=y
    mirtazapine | Remeron | 15 30 45 | mg | tablet | hs
    quetiapine | Seroquel | 25 50 100 200 | mg | tablet | hs bid
    gabapentin | Neurontin | 100 300 400 | mg | capsule | tid bid daily
    levetiracetam | Keppra | 250 500 750 1000 | mg | tablet | bid daily
    lamotrigine | Lamictal | 25 100 150 200 | mg | tablet | bid daily
    carbidopa-levodopa | Sinemet | 25-100 | mg | tablet | tid qid bid
    donepezil | Aricept | 5 10 | mg | tablet | hs
    tamsulosin | Flomax | 0.4 | mg | capsule | daily
    finasteride | Proscar | 5 | mg | tablet | daily
    allopurinol | Zyloprim | 100 300 | mg | tablet | daily bid
    prednisone | Deltasone | 1 5 10 20 | mg | tablet | daily bid | splits=y
    montelukast | Singulair | 10 | mg | tablet | hs
    digoxin | Lanoxin | 125 250 | mcg | tablet | daily
    amiodarone | Pacerone | 200 400 | mg | tablet | daily bid
    diltiazem CD | Cardizem CD | 120 180 240 | mg | capsule | daily
    isosorbide mononitrate ER | Imdur | 30 60 120 | mg | tablet | daily
    hydralazine | Apresoline | 10 25 50 100 | mg | tablet | tid bid qid
    clonidine | Catapres | 0.1 0.2 0.3 | mg | tablet | bid tid
    potassium chloride ER | Klor-Con | 10 20 | mEq | tablet | daily bid
    lithium carbonate | Eskalith | 300 | mg | capsule | bid tid
    tacrolimus | Prograf | 0.5 1 5 | mg | capsule | bid daily
    mycophenolate mofetil | CellCept | 250 500 | mg | tablet | bid
    hydroxychloroquine | Plaquenil | 200 | mg | tablet | bid daily
    folic acid | folic acid | 1 | mg | tablet | daily
    docusate | Colace | 100 | mg | capsule | bid daily
    senna | Senokot | 8.6 | mg | tablet | hs bid
    aspirin | Bayer | 81 325 | mg | tablet | daily
    oxybutynin ER | Ditropan XL | 5 10 | mg | tablet | daily | other=oxybutynin 5
    pravastatin | Pravachol | 20 40 80 | mg | tablet | hs | swap=atorvastatin 10
    ramipril | Altace | 2.5 5 10 | mg | capsule | daily bid | swap=lisinopril 20
    """.strip().splitlines()
)


@dataclass(frozen=True)
class Special:
    """A medicine that is no plain tablet: several ways of writing the same line, the same line changed in its dose, in
    how often, in its route or form (empty: not changed that way)."""

    name: str
    same: tuple[tuple[str, str], ...]
    dose: tuple[str, str] = ("", "")
    frequency: tuple[str, str] = ("", "")
    route: tuple[str, str] = ("", "")
    form: tuple[str, str] = ("", "")
    substitution: tuple[str, str] = ("", "")


SPECIAL = (
    Special("insulin glargine",
        (("insulin glargine 100 units/mL", "Inject 20 units under the skin at bedtime"), ("Lantus", "20 units subcut qhs"),
         ("Lantus SoloStar 100 unit/mL pen", "inject 20 units subcutaneously nightly")),
        ("Lantus", "30 units subcut qhs"), ("Lantus", "20 units subcut bid"), substitution=("Levemir", "20 units subcut qhs")),
    Special("insulin lispro",
        (("insulin lispro 100 units/mL", "Inject 6 units under the skin three times daily before meals"),
         ("Humalog", "6 units subcut tid ac"), ("Humalog KwikPen 100 unit/mL", "6 units subcutaneously 3 times a day before meals")),
        ("Humalog", "10 units subcut tid ac"), substitution=("Novolog", "6 units subcut tid ac")),
    Special("albuterol",
        (("albuterol HFA 90 mcg inhaler", "Inhale 2 puffs every 4 hours as needed for wheezing"), ("ProAir HFA", "2 puffs q4h prn wheezing"),
         ("Ventolin HFA 90 mcg/actuation", "inhale 2 puffs by mouth every 4 hours as needed")),
        frequency=("albuterol HFA 90 mcg inhaler", "Inhale 2 puffs four times daily")),
    Special("fluticasone-salmeterol",
        (("Advair Diskus 250/50", "1 puff bid"), ("fluticasone/salmeterol 250-50 mcg diskus", "Inhale 1 puff twice daily")),
        ("Advair Diskus 500/50", "1 puff bid"), ("Advair Diskus 250/50", "1 puff daily"),
        substitution=("Symbicort 160/4.5", "2 puffs bid")),
    Special("tiotropium",
        (("Spiriva HandiHaler 18 mcg", "inhale the contents of 1 capsule once daily"), ("tiotropium 18 mcg inhalation capsule", "Inhale 1 capsule daily"))),
    Special("latanoprost",
        (("latanoprost 0.005% eye drops", "1 drop in both eyes at bedtime"), ("Xalatan 0.005% ophthalmic solution", "instill 1 drop into both eyes nightly"))
        , frequency=("latanoprost 0.005% eye drops", "1 drop in both eyes twice daily"), route=("latanoprost 0.005% eye drops", "1 drop in the left eye at bedtime")),
    Special("timolol",
        (("timolol 0.5% eye drops", "1 drop in the right eye twice daily"), ("timolol maleate 0.5% ophthalmic solution", "Instill 1 drop into right eye bid")),
        frequency=("timolol 0.5% eye drops", "1 drop in the right eye daily"), route=("timolol 0.5% eye drops", "1 drop in the left eye twice daily")),
    Special("fentanyl",
        (("fentanyl 25 mcg/hr patch", "Apply 1 patch every 72 hours"), ("Duragesic 25 mcg/hr transdermal patch", "place 1 patch on the skin every 3 days")),
        ("fentanyl 50 mcg/hr patch", "Apply 1 patch every 72 hours")),
    Special("nitroglycerin",
        (("nitroglycerin 0.4 mg SL tablet", "1 tab under the tongue every 5 minutes as needed for chest pain"),
         ("Nitrostat 0.4 mg", "Dissolve 1 tablet under the tongue every 5 minutes as needed for chest pain"))),
    Special("alendronate",
        (("alendronate 70 mg tablet", "1 tablet once a week"), ("Fosamax 70 mg", "take 1 tab by mouth every Sunday"), ("alendronate 70 mg", "weekly")),
        ("alendronate 35 mg tablet", "1 tablet once a week"), ("alendronate 70 mg tablet", "1 tablet daily"), substitution=("risedronate 35 mg", "1 tablet once a week")),
    Special("methotrexate",
        (("methotrexate 2.5 mg tablet", "Take 6 tablets once weekly"), ("methotrexate 2.5 mg", "15 mg by mouth once a week"), ("methotrexate 2.5 mg tabs", "6 tabs every Wednesday")),
        ("methotrexate 2.5 mg tablet", "Take 8 tablets once weekly"), ("methotrexate 2.5 mg tablet", "Take 6 tablets once daily")),
    Special("vitamin D",
        (("ergocalciferol 50,000 units capsule", "1 capsule every week"), ("vitamin D2 50000 units", "once weekly")),
        frequency=("ergocalciferol 50,000 units capsule", "1 capsule daily")),
    Special("acetaminophen",
        (("acetaminophen 500 mg tablet", "2 tablets every 6 hours as needed for pain"), ("Tylenol 500 mg", "1000 mg po q6h prn pain"),
         ("Tylenol Extra Strength 500 mg", "take 2 tabs every 6 hours as needed")),
        ("acetaminophen 500 mg tablet", "1 tablet every 6 hours as needed for pain"), ("acetaminophen 500 mg tablet", "2 tablets every 6 hours")),
    Special("oxycodone",
        (("oxycodone 5 mg tablet", "1 tablet every 6 hours as needed for pain"), ("Roxicodone 5 mg", "5 mg po q6h prn severe pain"), ("oxycodone IR 5 mg tab", "take 1 tab q6h prn")),
        ("oxycodone 10 mg tablet", "1 tablet every 6 hours as needed for pain"), ("oxycodone 5 mg tablet", "1 tablet every 4 hours as needed for pain")),
    Special("polyethylene glycol",
        (("polyethylene glycol 3350", "17 g daily"), ("MiraLAX", "mix 17 grams in water and drink once daily"), ("Miralax powder", "17 g po daily"))
        , frequency=("polyethylene glycol 3350", "17 g twice daily")),
    Special("lactulose",
        (("lactulose 10 g/15 mL solution", "30 mL twice daily"), ("lactulose 10 g/15 mL", "20 g po bid")),
        ("lactulose 10 g/15 mL solution", "15 mL twice daily"), ("lactulose 10 g/15 mL solution", "30 mL four times daily")),
    Special("levetiracetam solution",
        (("levetiracetam 100 mg/mL oral solution", "5 mL twice daily"), ("Keppra 100 mg/mL solution", "500 mg po bid")),
        ("levetiracetam 100 mg/mL oral solution", "7.5 mL twice daily"), form=("levetiracetam 500 mg tablet", "1 tablet twice daily"),
        route=("levetiracetam 500 mg/5 mL injection", "500 mg IV bid")),
    Special("warfarin by day",
        (("warfarin 5 mg tablet", "1 tablet on Monday, Wednesday and Friday and half a tablet on all other days"),
         ("Coumadin 5 mg", "5 mg Mon Wed Fri, 2.5 mg Tue Thu Sat Sun")),
        ("warfarin 5 mg tablet", "1 tablet daily")),
    Special("fluticasone nasal",
        (("fluticasone 50 mcg nasal spray", "2 sprays in each nostril daily"), ("Flonase 50 mcg/actuation", "2 sprays each nostril once daily")),
        ("fluticasone 50 mcg nasal spray", "1 spray in each nostril daily")),
    Special("triamcinolone cream",
        (("triamcinolone 0.1% cream", "Apply to affected area twice daily"), ("triamcinolone acetonide 0.1 % topical cream", "apply bid to rash")),
        form=("triamcinolone 0.1% ointment", "Apply to affected area twice daily"), frequency=("triamcinolone 0.1% cream", "Apply to affected area four times daily")),
    Special("enoxaparin",
        (("enoxaparin 40 mg/0.4 mL syringe", "Inject 40 mg under the skin daily"), ("Lovenox 40 mg", "40 mg subcut q24h")),
        ("enoxaparin 80 mg/0.8 mL syringe", "Inject 80 mg under the skin daily"), ("Lovenox 40 mg", "40 mg subcut q12h")),
    Special("multivitamin", (("multivitamin", "1 tablet daily"), ("multivitamin tablet", "1 tab po daily"))),
    Special("fish oil", (("fish oil 1000 mg capsule", "1 capsule daily"), ("omega-3 fish oil 1,000 mg", "1 cap po daily"))),
    Special("calcium with D", (("calcium carbonate 600 mg / vitamin D 400 units", "1 tablet twice daily"), ("calcium-vitamin D 600 mg-400 unit tab", "1 tab bid"))),
    Special("morphine ER",
        (("morphine ER 15 mg tablet", "1 tablet every 12 hours"), ("MS Contin 15 mg", "15 mg po bid")),
        ("morphine ER 30 mg tablet", "1 tablet every 12 hours"), ("morphine ER 15 mg tablet", "1 tablet every 8 hours")),
)  # fmt: skip


@dataclass(frozen=True)
class Combination:
    """A combination and its parts as lines of their own, taken alike once a day."""

    whole: tuple[str, ...]
    parts: tuple[str, ...]


COMBINATIONS = (
    Combination(("lisinopril/hydrochlorothiazide 20/12.5 mg", "Zestoretic 20-12.5", "lisinopril-HCTZ 20 mg-12.5 mg tablet"),
                ("lisinopril 20 mg", "hydrochlorothiazide 12.5 mg")),
    Combination(("losartan-hydrochlorothiazide 50-12.5 mg", "Hyzaar 50-12.5"), ("losartan 50 mg", "hydrochlorothiazide 12.5 mg")),
    Combination(("amlodipine/benazepril 5/20 mg", "Lotrel 5-20"), ("amlodipine 5 mg", "benazepril 20 mg")),
    Combination(("amlodipine-atorvastatin 5-20 mg", "Caduet 5/20"), ("amlodipine 5 mg", "atorvastatin 20 mg")),
    Combination(("sitagliptin-metformin 50-1000 mg", "Janumet 50/1000"), ("sitagliptin 50 mg", "metformin 1000 mg")),
)  # fmt: skip


@dataclass(frozen=True)
class Acute:
    """An order that begins in hospital, and what it is for."""

    text: str
    sig: str
    reason: str
    note: str


ACUTE = tuple(
    Acute(*(part.strip() for part in row.split("|")))
    for row in """
    ceftriaxone 1 g | 1 g IV every 24 hours | Community-acquired pneumonia | Started for pneumonia
    azithromycin 500 mg | 500 mg IV daily | Pneumonia | Empiric coverage for community-acquired pneumonia
    heparin 5000 units/mL | 5,000 units subcutaneously every 8 hours | VTE prophylaxis | DVT prophylaxis while in bed
    ondansetron 4 mg | 4 mg IV every 6 hours as needed for nausea | Nausea | For postoperative nausea
    vancomycin 1 g | 1 g IV every 12 hours | Cellulitis | Started for MRSA cellulitis
    piperacillin-tazobactam 3.375 g | 3.375 g IV every 6 hours | Sepsis | Broad coverage for sepsis
    methylprednisolone 40 mg | 40 mg IV every 12 hours | COPD exacerbation | Started for COPD exacerbation
    ipratropium 0.5 mg/2.5 mL nebulizer solution | 0.5 mg nebulized every 6 hours | COPD exacerbation | For COPD exacerbation
    nitrofurantoin 100 mg capsule | 1 capsule twice daily for 5 days | Urinary tract infection | Treating UTI
    melatonin 3 mg tablet | 1 tablet at bedtime | Insomnia | Added for sleep in hospital
    bisacodyl 10 mg suppository | 1 suppository rectally daily as needed for constipation | Constipation | Added per bowel protocol
    lorazepam 1 mg tablet | 1 mg every 4 hours as needed for withdrawal | Alcohol withdrawal | CIWA protocol for alcohol withdrawal
    """.strip().splitlines()
)
