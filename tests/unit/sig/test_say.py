"""Directions said in plain words."""

from __future__ import annotations

import pytest

from tallman.core.sig import parse
from tallman.core.sig.say import as_understood, say

SAID = [
    ("1 tab po bid prn pain", "Take 1 tablet by mouth 2 times a day as needed for pain."),
    ("1/2 tab po qam", "Take half a tablet by mouth in the morning."),
    ("1-2 tabs po q4-6h prn pain max 8/day",
     "Take 1 to 2 tablets by mouth every 4 to 6 hours as needed for pain. Do not take more than 8 tablets a day."),
    ("1 tab q4h prn mild pain or 2 tabs q6h prn severe pain max 8 tabs/day",
     "Take 1 tablet every 4 hours as needed for mild pain or 2 tablets every 6 hours as needed for severe pain. "
     "Do not take more than 8 tablets a day."),
    ("1 tab daily x 7 days, then may increase to 1 tab bid",
     "Take 1 tablet once a day for 7 days. Then you may take 1 tablet 2 times a day."),
    ("0.25 mg weekly x 4 weeks. You can increase to 0.5 mg weekly",
     "Use 0.25 mg once a week for 4 weeks. Then you may use 0.5 mg once a week."),
    ("1 tab daily x 7 days then 1 tab bid. May cause drowsiness",
     "Take 1 tablet once a day for 7 days. Then take 1 tablet 2 times a day. May cause drowsiness."),
    ("1 tab daily. increase to 2 tabs daily on day 8",
     "Take 1 tablet once a day on days 1 to 7. Then take 2 tablets once a day on day 8 and after."),
    ("1 tab qhs x3 nights, if tolerating, 2 tabs qhs",
     "Take 1 tablet at bedtime for 3 days. Then take 2 tablets at bedtime as tolerated."),
    ("1 tab bid. OK to take w/ ibuprofen", "Take 1 tablet 2 times a day. May be taken with ibuprofen."),
    ("1 tab daily for 5 days per month", "Take 1 tablet once a day for 5 days every month."),
    ("1 tab daily on days 1-5 of each month", "Take 1 tablet once a day on days 1 to 5 of every month."),
    ("1 tab daily (cycle days 5-9)", "Take 1 tablet once a day on days 5 to 9 of each cycle."),
    ("0.4 mg SL prn chest pain, may rpt q 5 min x 3",
     "Put 0.4 mg under the tongue as needed for chest pain. May repeat every 5 minutes up to 3 times."),
    ("150 mg po once, may repeat in 3 days if needed",
     "Take 150 mg by mouth one time only. May repeat after 3 days if needed."),
    ("apply 1 ftu to hands bid", "Apply 1 fingertip unit to the hands 2 times a day."),
    ("insert 1 supp pv qhs starting 3 days after trigger",
     "Insert 1 suppository into the vagina at bedtime starting 3 days after trigger."),
    ("1 drop in each eye bid", "Put 1 drop into each eye 2 times a day."),
    ("apply from the neck down, leave on 8-14 hrs, rinse off. Repeat in 1 week",
     "Apply from the neck down. Leave on for 8 to 14 hours. Rinse off. Repeat after 1 week."),
    ("1 tab po daily, hold if dizzy", "Take 1 tablet by mouth once a day. Do not take if dizzy."),
    ("change infusion set q3d", "Change the infusion set every 3 days."),
    ("change sensor every 10 days", "Change the sensor every 10 days."),
    ("shampoo 3x weekly", "Shampoo 3 times a week."),
    ("1 tab po daily with fatty food", "Take 1 tablet by mouth once a day with fatty food."),
    ("2 caps w/ 1st bite of each meal", "Take 2 capsules with meals with the first bite."),
    ("5 mg po daily or as directed by Coumadin clinic",
     "Take 5 mg by mouth once a day or as directed by coumadin clinic."),
    ("1 tab on the first 5 days of each month", "Take 1 tablet on days 1 to 5 of every month."),
    ("100 mg IM prn adrenal crisis then go to ER",
     "Inject 100 mg into the muscle as needed for adrenal crisis. Then go to ER."),
    ("swish 15 mL 30 sec and spit bid",
     "Swish 15 mL for 30 seconds 2 times a day. Then spit it out. Do not swallow."),
    ("open 2 capsules and mix w/ pudding bid",
     "Take 2 capsules mixed in pudding 2 times a day. Open the capsule."),
    ("1 tab po qhs; family to administer", "Take 1 tablet by mouth at bedtime. Given by family."),
    ("1 cap daily luteal phase only", "Take 1 capsule once a day during the luteal phase."),
    ("1/2-1 tab po qhs prn sleep", "Take half to 1 tablet by mouth at bedtime as needed for sleep."),
    ("chew 1 gum q1-2h prn craving", "Chew 1 piece of gum every 1 to 2 hours as needed for craving."),
    ("2 tabs now then 1 tab 1 hour later", "Take 2 tablets right away. Then take 1 tablet 1 hour later."),
    ("spray 2 sprays in each nostril daily", "Use 2 sprays into each nostril once a day."),
    ("dissolve 1 scoop in 2-6 oz of water and take by mouth bid",
     "Take 1 scoop mixed in 2-6 oz of water by mouth 2 times a day."),
    ("1 tab po daily w/ 8 oz water", "Take 1 tablet by mouth once a day with 8 oz water."),
    ("wash affected areas qd in shower", "Wash the affected area once a day in the shower."),
    ("1 tab bid 12 hours apart", "Take 1 tablet 2 times a day 12 hours apart."),
    ("1 tab po bid for adhd", "Take 1 tablet by mouth 2 times a day for ADHD."),
    ("1 tab po qhs. ok to increase to 2 tabs after 1 week if no effect",
     "Take 1 tablet by mouth at bedtime. Then you may take 2 tablets at bedtime starting after 1 week if no effect."),
    ("1 tab po qod", "Take 1 tablet by mouth every other day."),
    ("1 tab po tid ac", "Take 1 tablet by mouth 3 times a day before meals."),
    ("1 tab po 30 min before breakfast", "Take 1 tablet by mouth 30 minutes before breakfast."),
    ("1 tab po MWF", "Take 1 tablet by mouth on Monday, Wednesday and Friday."),
    ("1 tab po at 8 am and 8 pm", "Take 1 tablet by mouth at 8:00 am and 8:00 pm."),
    ("1 gtt ou bid", "Put 1 drop into both eyes 2 times a day."),
    ("2 gtts au tid x7d", "Put 2 drops into both ears 3 times a day for 7 days."),
    ("2 puffs inh q6h prn wheezing", "Inhale 2 puffs every 6 hours as needed for wheezing."),
    ("2 sprays each nostril daily", "Use 2 sprays into each nostril once a day."),
    ("apply thin layer to affected area bid", "Apply a thin layer to the affected area 2 times a day."),
    ("inject 20 units subcut qhs", "Inject 20 units under the skin at bedtime."),
    ("1 patch transdermal weekly", "Apply 1 patch to the skin once a week. Remove the old patch first."),
    ("2 supp pr bid prn nausea", "Insert 2 suppositories into the rectum 2 times a day as needed for nausea."),
    ("take 2 tabs today then 1 tab daily for 4 days",
     "Take 2 tablets today. Then take 1 tablet once a day for 4 days."),
    ("1 tab qam and 2 tabs qhs", "Take 1 tablet in the morning and 2 tablets at bedtime."),
    ("1 tab at onset of migraine, may repeat in 2 hours, max 2/day",
     "Take 1 tablet at the first sign of migraine. May repeat after 2 hours. Do not take more than 2 tablets a day."),
    ("75mcg daily", "Use 75 mcg once a day."),
    ("20 mg IV q8h", "Give 20 mg into a vein every 8 hours."),
    ("2 mL IM stat & q12h", "Inject 2 mL into the muscle right away and every 12 hours."),
    ("1 inhalation bid", "Take 1 inhalation 2 times a day."),
    ("1 tab q6h prn pain with food", "Take 1 tablet every 6 hours as needed for pain. Take with food."),
    ("rinse with 15 mL for 30 seconds bid, spit out", 
     "Swish 15 mL for 30 seconds 2 times a day. Then spit it out. Do not swallow."),
    ("apply to scalp hs, wash off in am", "Apply to the scalp at bedtime. Wash off in the morning."),
    ("week 1: 100 mg po bid; week 2: 200 mg po bid",
     "Take 100 mg by mouth 2 times a day in week 1. Then take 200 mg 2 times a day in week 2."),
    ("1/2 tab bid hold for SBP<100", 
     "Take half a tablet 2 times a day. Do not take if systolic blood pressure is below 100."),
    ("take as directed", "Take as directed."),
    ("as directed", "Use as directed."),
    (
        "1 tab daily for 21 days then 7 days off",
        "Take 1 tablet once a day for 3 weeks, then off for 1 week, then repeat.",
    ),
    ("1 puff q4h, use spacer, 15 min before exercise",
     "Inhale 1 puff every 4 hours. Use a spacer. Also inhale 1 puff 15 minutes before exercise."),
    ("apply from neck down bid", "Apply from the neck down 2 times a day."),
    ("apply small amt to eyelids bid", "Apply a small amount to the eyelid 2 times a day."),
    ("1 cap bid for nerve pain with food", "Take 1 capsule 2 times a day for nerve pain. Take with food."),
    ("500 mg po q6h prn temp>101", "Take 500 mg by mouth every 6 hours as needed for temperature above 101."),
    ("15 mL po at 8pm nightly", "Take 15 mL by mouth at 8:00 pm."),
    ("1 tab po on the 1st and 15th of the month", "Take 1 tablet by mouth on the 1st and 15th of the month."),
    (
        "apply 1 patch on for 12 hours then off for 12 hours",
        "Apply 1 patch to the skin. Leave on for 12 hours. Then off for 12 hours.",
    ),
    ("apply to scalp at bedtime, wash off after 10 hours", "Apply to the scalp at bedtime. Wash off after 10 hours."),
    ("swish 10 mL for 1 minute then swallow tid", "Swish 10 mL for 1 minute 3 times a day. Then swallow."),
    ("1 capful with 4 oz of juice, mix and drink daily", "Take 1 capful mixed in 4 oz of juice once a day."),
    ("give 4 mL bid, may mix with formula", "Give 4 mL 2 times a day. May mix with formula."),
    ("take 1 tablet daily as directed by the anticoagulation clinic",
     "Take 1 tablet once a day as directed by the anticoagulation clinic."),
    ("take 1 tablet daily (replaces 20 mg tablet)", "Take 1 tablet once a day. Replaces 20 mg tablet."),
    ("take 1 tablet daily. Replaces previous order", "Take 1 tablet once a day."),
    ("take 1 tablet daily for 8 weeks, then recheck", "Take 1 tablet once a day for 8 weeks. Then recheck."),
    ("1 capsule at bedtime, may increase to 2 capsules after 2 weeks if tolerated",
     "Take 1 capsule at bedtime. Then you may take 2 capsules at bedtime as tolerated starting after 2 weeks."),
    ("1 tab daily. After 1 month you may increase to 2 tabs daily",
     "Take 1 tablet once a day. Then you may take 2 tablets once a day starting after 1 month."),
    ("take 2 tablets for 1 day", "Take 2 tablets for 1 day."),
    ("take 2 tablets for 2 days", "Take 2 tablets each time for 2 days."),
    ("taper as directed", "Taper as directed."),
    ("1 tab daily, titrate as directed", "Take 1 tablet once a day and titrate as directed."),
    ("1 tab daily as directed by the wound care clinic",
     "Take 1 tablet once a day as directed by the wound care clinic."),
    ("take 2 qid prn pain", "Take 2 each time, 4 times a day as needed for pain."),
    ("apply 1 cm ribbon in both eyes qhs", "Apply a 1 cm ribbon into both eyes at bedtime."),
    ("place 1 patch onto the skin every 7 days", 
     "Put 1 patch on the skin every 7 days. Remove the old patch first."),
    ("1 vial in nebulizer q4h", "Inhale 1 vial by nebulizer every 4 hours."),
    ("inj 0.3 mg im into outer thigh prn anaphylaxis",
     "Inject 0.3 mg into the muscle of the outer thigh as needed for anaphylaxis."),
    ("mix 17 g in 8 oz of water and drink daily", "Take 17 g mixed in 8 oz of water once a day."),
    ("4 tabs 1 hr before dental appt", "Take 4 tablets 1 hour before dental appointment."),
    ("check blood sugar tid", "Check blood sugar 3 times a day."),
    ("Ponga 2 gotas en el oido derecho 3 veces al dia", "Put 2 drops into the right ear 3 times a day."),
    ("Tome 1 tableta al dia para la presion", "Take 1 tablet once a day for blood pressure."),
    ("15 mg (6 tabs) weekly", "Take 15 mg (6 tablets) once a week."),
    ("1-2 puffs take as required", "Inhale 1 to 2 puffs as needed."),
    ("1 capsule before a meal once a day", "Take 1 capsule once a day before a meal."),
    ("use 1 strip to check blood sugar tid", "Use 1 strip 3 times a day to check blood sugar."),
    ("1 patch behind the ear every 3 days", 
     "Apply 1 patch behind the ear every 3 days. Remove the old patch first."),
    ("remove old patch and apply new patch every 7 days",
     "Apply 1 patch to the skin every 7 days. Remove the old patch first."),
    ("10 mg (2 tabs) po daily with food", "Take 10 mg (2 tablets) by mouth once a day with food."),
    ("1 tab SL at 1st sign of attack; may repeat every 5 minutes up to 3 tabs",
     "Put 1 tablet under the tongue at the first sign of attack. May repeat every 5 minutes up to 3 doses."),
    ("1 spray in one nostril, may repeat in 2-3 min in other nostril",
     "Use 1 spray into one nostril. May repeat after 2 to 3 minutes in the other nostril."),
    ("for herpes simplex infection take 4 tablets at the first sign of a cold sore",
     "For herpes simplex infection, take 4 tablets at the first sign of cold sore."),
    ("1 cap TID, increase by 300mg q3d to 900mg TID",
     "Take 1 capsule 3 times a day. Then increase by 300 mg every 3 days up to 900 mg 3 times a day."),
    ("KCl 10 mEq/100 mL IV over 1 hr x 4 doses", "KCl: give 10 mEq into a vein for 4 doses, each over 1 hour."),
    ("16 mg po 30 min before chemo day 1", "Take 16 mg by mouth 30 minutes before chemo on day 1."),
    ("take 4 tabs x 3 days", "Take 4 tablets each time for 3 days."),
    ("60 mg x 3d, 40 mg x 3d, stop", "Use 60 mg a day for 3 days. Then use 40 mg a day for 3 days. Then stop."),
    ("1 tab daily. May take extra tablet in afternoon as needed for swelling",
     "Take 1 tablet once a day. You may also take 1 tablet in the afternoon as needed for swelling."),
    ("1 tab at bedtime prn sleep and 1 tab every morning",
     "Take 1 tablet at bedtime as needed for sleep. Also take 1 tablet in the morning."),
    ("2 tabs q12h x 2 doses at onset of cold sore",
     "Take 2 tablets every 12 hours for 2 doses at the first sign of cold sore."),
    ("2 tabs q12h up to 2 doses at onset of cold sore",
     "Take 2 tablets every 12 hours up to 2 doses at the first sign of cold sore."),
    ("swish & spit 15 mL bid", "Swish 15 mL 2 times a day. Then spit it out. Do not swallow."),
    ("gargle 10 mL q3h", "Gargle 10 mL every 3 hours."),
    ("2 patches q72h", "Apply 2 patches to the skin every 72 hours. Remove the old patches first."),
    ("1 patch every 3 days prn nausea", "Apply 1 patch to the skin every 3 days as needed for nausea."),
    ("1 patch q72h, remove after 12 hours", "Apply 1 patch to the skin every 72 hours. Leave on for 12 hours."),
    ("apply to chest in am, off in pm", "Apply to the chest in the morning. Remove in the evening."),
    ("10 mg pr daily prn no BM x 3 days",
     "Insert 10 mg into the rectum once a day as needed for no bowel movement in 3 days."),
    ("1 tab tonight and 1 tab tomorrow morning", "Take 1 tablet tonight. Then take 1 tablet tomorrow morning."),
    ("2 tabs stat today then 1 tab daily", "Take 2 tablets right away. Then take 1 tablet once a day."),
    ("3 caps qhs. pt stable on this dose", "Take 3 capsules at bedtime."),
    ("1 tab daily; d/c metformin", "Take 1 tablet once a day. Stop metformin."),
    ("1 tab daily; d/c old rx", "Take 1 tablet once a day."),
    ("1 film sl qam xa1234567", "Put 1 film under the tongue in the morning."),
    ("inj 60 mg sq q6mo in office", "To be given at the office: inject 60 mg under the skin every 6 months."),
    ("1 tab bid if tolerated", "Take 1 tablet 2 times a day as tolerated."),
    ("1 tab bid within 30 min after a meal 14 days on 7 days off",
     "Take 1 tablet 2 times a day within 30 minutes after a meal for 2 weeks, then off for 1 week, then repeat."),
    ("apply to rash bid, not face or groin", "Apply to the rash 2 times a day. Do not use on the face or groin."),
    ("10 units qhs if BG>200", "Use 10 units at bedtime if blood sugar above 200."),
    ("1 mg IM/SQ prn severe hypoglycemia",
     "Inject 1 mg into the muscle or under the skin as needed for severe hypoglycemia."),
    ("1 tab weekly on monday, do not take daily", "Take 1 tablet once a week on Monday. Do not take every day."),
    ("25 mg po q6h, hold HR<55 or SBP<90,",
     "Take 25 mg by mouth every 6 hours. Do not take if heart rate is below 55 or systolic blood pressure below 90."),
    ("40 mg sq daily for dvt ppx", "Inject 40 mg under the skin once a day to prevent deep vein thrombosis."),
    ("1 tab q6h prn sev pain", "Take 1 tablet every 6 hours as needed for severe pain."),
    ("40 mg sq 3 times a week at least 48h apart",
     "Inject 40 mg under the skin 3 times a week at least 48 hours apart."),
    ("1 tab daily, d/c if rash occurs", "Take 1 tablet once a day. Stop if rash occurs."),
    ("10 mg qhs, may increase by 10 mg every 3 nights up to 50 mg",
     "Use 10 mg at bedtime. You may increase by 10 mg every 3 days up to 50 mg."),
    ("10 mg/kg po q6h, max 400 mg/dose",
     "Take 10 mg/kg by mouth every 6 hours. Do not take more than 400 mg at one time."),
    ("1 cap bid x5d start w/in 48hr of sx",
     "Take 1 capsule 2 times a day for 5 days. Start within 48 hours of symptoms."),
    ("crush 1 tab & mix in applesauce bid", "Take 1 tablet mixed in applesauce 2 times a day. Crush it."),
]  # fmt: skip


@pytest.mark.parametrize("text, said", SAID)
def test_shorthand_is_said_in_plain_words(text: str, said: str) -> None:
    assert say(parse(text)) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 tab po bid per 3 zorks",
        "sliding scale: 150-200 give 2 units, 201-250 give 4 units",
        "shake well",
        "Tome 1 tableta al dia para el empacho",
    ],
)
def test_what_cannot_be_said_exactly_is_not_said(text: str) -> None:
    assert say(parse(text)) is None


def test_every_8_hours_never_becomes_3_times_a_day() -> None:
    assert "every 8 hours" in (say(parse("1 tab po q8h")) or "")
    assert "3 times a day" in (say(parse("1 tab po tid")) or "")


def test_what_goes_without_saying_is_the_verb_and_the_unit_of_the_limit() -> None:
    step = as_understood(parse("1 tab po daily max 2/day")).steps[0]
    assert (step.method, step.maxima[0].unit) == ("take", "tablet")
    assert as_understood(parse("inject 1 mL im once")).steps[0].method == "inject"


@pytest.mark.parametrize(
    "text",
    [
        "hydromorphone PCA demand 0.2 mg, lockout 8 min, 4-h limit 4 mg",
        "heparin 25,000 units in 250 mL D5W at 12 units/kg/hr",
        "1 g, intravenous, every 8 hours, First dose today at 1400, for 7 days",
        "norepinephrine 2 mcg/min IV, titrate to MAP > 65, max 30 mcg/min",
        "0.25 mg/kg IV bolus over 2 minutes, then 5-15 mg/hr",
        "apply santyl to wound bed daily, cover with moist saline gauze",
        "300 mg PO after dialysis on dialysis days only",
        "1 mg every 10 minutes as needed and 1 mg/h",
        "heparin 1000 units/hr during HD, stop last 30 min",
        "25-50 mcg IV q5min prn pain, max total 200 mcg",
        "1 capsule 30 minutes before breakfast and dinner",
        "take 1 tab on even days",
    ],
)
def test_what_wards_write_is_said_and_means_the_same(text: str) -> None:
    sig = parse(text)
    said = say(sig)
    assert said is not None
    assert parse(said).same_meaning(as_understood(sig))


def test_a_speed_is_said_behind_the_dose_or_alone() -> None:
    assert say(parse("1 g IV at 100 mL/hr q12h")) == "Give 1 g at 100 mL per hour into a vein every 12 hours."
    assert say(parse("propofol 5-50 mcg/kg/min IV")) == "Propofol: give 5 to 50 mcg/kg per minute into a vein."


@pytest.mark.parametrize(
    "written, said",
    [
        (
            "1 tab at bedtime, may take 2nd tablet if not asleep in 1 hour",
            "May repeat 1 time after 1 hour if not asleep.",
        ),
        ("1 tab once, may repeat in 72h if symptoms persist", "May repeat after 72 hours if symptoms persist."),
        ("40 mg daily, then decrease by 5 mg weekly to 10 mg", "Then decrease by 5 mg every week to 10 mg."),
    ],
)
def test_under_what_condition_a_dose_is_repeated_is_said(written: str, said: str) -> None:
    assert (say(parse(written)) or "").endswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Labetalol 10 mg slow IVP q2h prn SBP > 180",
            "Labetalol: give 10 mg by slow push into a vein every 2 hours as needed for systolic blood "
            "pressure above 180.",
        ),
        ("20 mEq IV push now", "Give 20 mEq by push into a vein right away."),
        (
            "iron sucrose 100 mg IV slow push each HD x 10 treatments",
            "Iron sucrose: give 100 mg by slow push into a vein at each dialysis for 10 doses.",
        ),
        ("mom 30cc po hs prn", "MOM: take 30 mL by mouth at bedtime as needed."),
        (
            "10 mg PR daily prn constipation if MOM ineffective",
            "Insert 10 mg into the rectum once a day as needed for constipation. If MOM ineffective.",
        ),
        ("100 mg IM q2 weeks, gluteal", "Inject 100 mg into the muscle of the gluteal area every other week."),
        ("1 mg q4h prn bt pain", "Use 1 mg every 4 hours as needed for breakthrough pain."),
        ("1 mg IV q1h prn CIWA 8-15", "Give 1 mg into a vein every hour as needed for CIWA 8-15."),
        (
            "650 mg po q4h prn temp > 38.3 C",
            "Take 650 mg by mouth every 4 hours as needed for temperature above 38.3 C.",
        ),
        (
            "20 mg IV q12h; change to PO when tolerating diet",
            "Give 20 mg into a vein every 12 hours. Change to the oral form when tolerating diet.",
        ),
        (
            "5 mL swish and spit q4h prn, do not eat x 30 min after",
            "Swish 5 mL every 4 hours as needed. Then spit it out. Do not swallow. Do not eat for 30 minutes after.",
        ),
        ("Senna-S 2 tabs po qhs", "Senna-S: take 2 tablets by mouth at bedtime."),
        (
            "Exelon patch 9.5mg/24h apply 1 patch to skin qd",
            "Exelon patch 9.5mg/24h: apply 1 patch to the skin once a day.",
        ),
        (
            "Zofran ODT 4mg dissolve 1 tab on tongue q8h prn n/v",
            "Zofran ODT 4mg: dissolve 1 tablet on the tongue every 8 hours as needed for nausea and vomiting.",
        ),
        ("NS 1000 mL bolus over 1 hour x 1 now", "NS: give 1,000 mL right away over 1 hour."),
        (
            "2 g IV on call to OR, then 1 g q8h x 3 doses",
            "Give 2 g into a vein one time only before surgery. Then give 1 g every 8 hours for 3 doses.",
        ),
        (
            "Fleet enema 1 PR x1 prn if no results from suppository",
            "Fleet enema: insert 1 enema into the rectum one time only if no results from suppository.",
        ),
        (
            "Gemcitabine 1,800 mg IV over 30 min on days 1, 8 of 28 day cycle",
            "Gemcitabine: give 1,800 mg into a vein over 30 minutes on day 1 of every 28 days. Then give "
            "1,800 mg over 30 minutes on day 8 of every 28 days.",
        ),
        ("one puff both nostrils daily", "Use 1 puff into each nostril once a day."),
        ("2 g IV x1 induction", "Give 2 g into a vein one time only for induction of anesthesia."),
        (
            "subcut AC per sliding scale: 150-199 2 units, 200-249 4 units, 250 or greater 6 units, call MD",
            "Inject under the skin before meals per sliding scale: blood sugar 150 to 199: 2 units, 200 to "
            "249: 4 units, 250 or more: 6 units, and call MD.",
        ),
        (
            "subcut AC per sliding scale: 0-150 = 0 units, >150 = 2 units",
            "Inject under the skin before meals per sliding scale: blood sugar 0 to 150: 0 units, above 150: 2 units.",
        ),
        (
            "Suero fisiológico 0.9% 1000 cc a 80 cc/h",
            "Suero fisiológico 0.9%: give 1,000 mL at 80 mL per hour.",
        ),
        (
            "Ponga una pastilla debajo de la lengua si dolor de pecho",
            "Put 1 tablet under the tongue as needed for chest pain.",
        ),
        ("Engerix 1 mL IM at 0, 1, 6 months", "Engerix: inject 1 mL into the muscle at 0, 1 and 6 months."),
        (
            "phenytoin 1 g IV load then 100 mg q8h",
            "Phenytoin: give 1 g into a vein one time only. Then give 100 mg every 8 hours.",
        ),
        (
            "load with 400 mg po then 200 mg daily",
            "Take 400 mg by mouth as a loading dose. Then take 200 mg once a day.",
        ),
        ("1 g IV over no less than 30 min q8h", "Give 1 g into a vein every 8 hours over at least 30 minutes."),
        ("O2 3 L/min NC prn SOB", "Oxygen: give at 3 L per minute by nasal cannula as needed for shortness of breath."),
        (
            "2 g IV within 60 min prior to incision, redose q3h intraop",
            "Give 2 g into a vein within 60 minutes before surgery. Redose every 3 hours. During surgery.",
        ),
        ("1 g IV once for Mg < 1.5", "Give 1 g into a vein one time only for magnesium below 1.5."),
        (
            "25 mg po bid, hold if HR is under 50",
            "Take 25 mg by mouth 2 times a day. Do not take if heart rate is under 50.",
        ),
        (
            "SSI AC: 150-200 2 units, 201-250 4 units, 251-400 6 units, notify MD",
            "Use before meals per sliding scale: blood sugar 150 to 200: 2 units, 201 to 250: 4 units, 251 to 400: 6 "
            "units. Notify MD.",
        ),
        (
            "nicotine 21 mg patch daily, remove at 2100",
            "Nicotine: apply 1 patch (21 mg) to the skin once a day. Remove at 2100.",
        ),
    ],
)
def test_orders_of_the_ward_are_said_in_plain_words_and_read_back(text: str, said: str) -> None:
    assert say(parse(text)) == said
    assert say(parse(said)) == said
