"""The English words of directions: each table maps a meaning to the ways it is written.

Phrases are separated by "|". A phrase is matched word by word; the longest one wins. Numbers, ranges and the
combinations of words are the grammar's work; here are only the words themselves.
"""

from __future__ import annotations

__all__ = [
    "BODY_PARTS", "CONNECTORS", "EVENTS", "FREQUENCIES", "INSTRUCTIONS", "METHODS", "NUMBERS", "PERIODS",
    "PLACES", "ROUTES", "SIDES", "STOPS", "TRIGGERS", "UNIT_WORDS", "WEEKDAYS", "WORDS",
]  # fmt: skip

METHODS = {
    "take": "take|tk|taking|takes|to be taken|ingest|consume|tak|tke|tkae|taker|po take|swallow",
    "give": "give|administer|admin|to be given|give patient|give child|given",
    "use": "use|uses|to be used|utilize|using",
    "apply": "apply|applied|to be applied|aply|appl|spread|rub|rub in|massage|smear|dab|app to|apply to|cover",
    "inject": "inject|injected|to be injected|inj|injection of|inject the contents of",
    "inhale": "inhale|inhaled|to be inhaled|breathe in|inhale the contents of|inh take",
    "instill": "instill|instil|instilled|instills|to be instilled",
    "insert": "insert|inserted|unwrap and insert|to be inserted",
    "place": "place|placed|put|to be placed",
    "spray": "spray|to be sprayed",
    "chew": "chew|chew and swallow|chewed",
    "dissolve": "dissolve|let dissolve|allow to dissolve|dissolved|melt",
    "drink": "drink|drinks|sip",
    "swish": "swish|rinse with|rinse mouth with|gargle|gargle with|swish with",
    "infuse": "infuse|infused|run",
    "wash": "wash with|shampoo with|lather|shampoo|cleanse with",
    "wear": "wear|attach",
    "suck": "suck on|suck",
    "check": "check|test",
    "mix": "mix",
}

ROUTES = {
    "oral": "by mouth|po|orally|oral|oral route|by oral route|via oral route|per os|per oral|by mouth route|mouth"
    "|in the mouth|in mouth|into mouth|into the mouth|by oral|p o|oraly|by the mouth|po route|oral use|via mouth"
    "|through the mouth|by mouth orally|with mouth",
    "sublingual": "under the tongue|under tongue|sublingually|sublingual|sl|subl|sublingual route|beneath the tongue"
    "|by sublingual route|underneath the tongue|under your tongue|sublingually under the tongue|beneath tongue",
    "buccal": "buccally|buccal|between cheek and gum|inside the cheek|in the cheek|inside cheek|in cheek|buccal route"
    "|between the cheek and gum|inside of cheek|between gum and cheek|bucc",
    "inhalation": "by inhalation|inhalation|into the lungs|via inhalation|inhalation route|by inhalation route|inh"
    "|into lungs|via nebulizer|by nebulizer|nebulization|by nebulization|via nebulization|per nebulizer|nebulized"
    "|in nebulizer|using nebulizer|using inhaler|via inhaler|by inhaler|nebulize|inhaled by nebulizer|via neb|by neb|nebs"
    "|neb|inhalationally|inhalations route|using an inhaler|using a nebulizer|via a nebulizer|through nebulizer"
    "|in small volume nebulizer|with nebulizer|via nebulization route|per nebulization|by nebulization route"
    "|through the nebulizer|through inhaler|with inhaler|inhale orally|inhalation orally|inhaled into the lungs"
    "|using spacer|with spacer|via spacer|using a spacer|with a spacer|by aerochamber|using aerochamber|in the nebulizer"
    "|in nebulizer machine|via nebulizer machine|by nebulizer machine|oral inhalation|by oral inhalation|via oral inhalation",
    "nasal": "intranasally|intranasal|nasally|nasal|nasal route|by nasal route|by intranasal route|via nasal route"
    "|into the nose|in the nose|in nose|into nose|nas|intranasal route|via nose|through the nose",
    "ophthalmic": "ophthalmic|ophthalmically|by ophthalmic route|ophthalmic route|ophth|opth|into the eye|in the eye|in eye"
    "|to the eye|into eye|to eye|in eyes|via ophthalmic route|to eyes|in the eyes|into the eyes|to the eyes|into eyes",
    "otic": "otic|otically|by otic route|otic route|into the ear|in the ear|in ear|into ear|in the ears|into the ears"
    "|in ears|to ear|to the ear|into ears|to ears|into the ear canal|in ear canal",
    "topical": "topically|topical|by topical route|topical route|top|to skin|to the skin|on the skin|on skin"
    "|onto skin|onto the skin|externally|cutaneously|cutaneous|by topical|via topical route|topicaly|skin|over the skin"
    "|topical use|to clean skin|to clean dry skin|on clean dry skin|to dry skin",
    "transdermal": "transdermal|transdermally|td|by transdermal route|transdermal route|via transdermal route",
    "subcutaneous": "subcutaneously|subcutaneous|subcut|subq|sub q|sc|sq|sub-q|under the skin|by subcutaneous route"
    "|subcutaneous route|under skin|subcu|s q|s c|sub cut|via subcutaneous route|subcutaneos|beneath the skin|subcutaneously route",
    "intramuscular": "intramuscularly|intramuscular|im|into the muscle|into muscle|in the muscle|i m"
    "|by intramuscular route|intramuscular route|into a muscle",
    "intravenous": "intravenously|intravenous|iv|i v|ivpb|iv push|ivp|by intravenous route|intravenous route|into the vein|into a vein"
    "|iv piggyback|via iv|by iv",
    "intradermal": "intradermally|intradermal",
    "rectal": "rectally|rectal|pr|into the rectum|into rectum|per rectum|by rectum|in the rectum|in rectum|rectal route"
    "|by rectal route|via rectum|anally|to rectum|rectaly|into the anus|in rectally|via rectal route|to the rectum",
    "vaginal": "vaginally|vaginal|pv|into the vagina|into vagina|per vagina|in the vagina|in vagina|intravaginally|by vagina"
    "|intravaginal|vaginal route|by vaginal route|via vagina|to vaginal area|vag|to the vagina|to vagina|via vaginal route",
    "intra-articular": "intra-articular|intraarticular|intra articular|into the joint|intra-articularly",
    "intrathecal": "intrathecal|intrathecally",
    "intravitreal": "intravitreal|intravitreally",
    "intracavernosal": "intracavernosal|intracavernosally|intracavernous",
    "urethral": "urethral|intraurethral|into the urethra|urethrally|into urethra",
    "enteral tube": "via g tube|per g tube|by g tube|via gtube|per gtube|via peg|per peg|via peg tube|per peg tube|via ng tube"
    "|per ng tube|via feeding tube|per feeding tube|by feeding tube|through feeding tube|g tube|peg tube|via j tube|per j tube"
    "|per tube|via tube|by peg tube|by ng tube|enterally|by gtube|into feeding tube|via g-tube|per g-tube|by g-tube|g-tube"
    "|through g-tube|via ngt|per ngt|by tube|through the feeding tube|via gastrostomy tube|by gastrostomy tube|j-tube",
    "dental": "to teeth|on teeth|onto teeth|to the teeth|dental",
    "irrigation": "by irrigation|irrigation",
}

PLACES = {
    "right eye": ("ophthalmic", "od|right eye|r eye|rt eye|o d"),
    "left eye": ("ophthalmic", "os|left eye|l eye|lt eye|o s"),
    "both eyes": ("ophthalmic", "ou|both eyes|each eye|both eye|in both the eyes|o u|eyes both|bilateral eyes|both of the eyes"),
    "affected eye": ("ophthalmic", "affected eye|affected eye(s)|affected eyes|infected eye|the affected eye(s)"),
    "operative eye": ("ophthalmic", "operative eye|surgical eye|surgery eye|operated eye"),
    "eyelid": ("ophthalmic", "eyelid|eyelids|eye lids|eyelashes|lash line|upper eyelid|lower eyelid|eyelid margin|lids"
    "|eyelid margins|upper eyelid margin|upper eyelids|upper lash line|base of eyelashes|lower eyelids"),
    "right ear": ("otic", "ad|right ear|r ear|rt ear"),
    "left ear": ("otic", "as left ear|left ear|l ear|lt ear"),
    "both ears": ("otic", "au|both ears|each ear|both ear"),
    "affected ear": ("otic", "affected ear|affected ear(s)|affected ears|infected ear"),
    "each nostril": ("nasal", "each nostril|both nostrils|each nostrils|both nostril|each nare|both nares|each naris"
    "|by each nostril route|per nostril|en|each nostril route|each side of nose|each nose|nostrils|each side of the nose"
    "|each nares|nares|bilateral nares|bilateral nostrils|both sides of nose|nostril"),
    "one nostril": ("nasal", "one nostril|1 nostril|single nostril|a nostril|one nare"),
    "alternating nostrils": ("nasal", "alternating nostrils|alternate nostrils|alternating nostril|alternate nostril"
    "|one nostril alternating nostrils"),
    "left nostril": ("nasal", "left nostril|left nare"),
    "right nostril": ("nasal", "right nostril|right nare"),
    "affected area": ("topical", "affected area|affected areas|affected area(s)|aa|aaa|area(s) affected|affected skin"
    "|affected site|affected sites|affected area s|areas affected|effected area|effected areas|affected skin area|area affected"
    "|affected skin areas|affected regions|affected part|affected region|affected area of skin|affected areas of skin"
    "|area(s)|areas|area|the area|involved area|involved areas|affected area(s) of skin|affected areas of the skin|affected spots"),
    "affected and surrounding areas": ("topical", "affected and surrounding areas of skin|affected and surrounding areas"
    "|affected and surrounding area of skin|affected and surrounding area|affected and surrounding areas of the skin"),
    "affected nails": ("topical", "affected nails|affected nail|affected toenails|affected toenail|affected nail(s)|nails|toenails"
    "|toenail|fingernails|affected toenail(s)|affected fingernails"),
    "on the tongue": ("oral", "on tongue|on the tongue|on top of the tongue|on top of tongue|onto tongue|onto the tongue|to tongue"),
    "gums": ("oral", "gums|to gums|the gums|on gums"),
}

BODY_PARTS = (
    "abdomen|stomach area|thigh|thighs|arm|arms|upper arm|upper arms|leg|legs|foot|feet|hand|hands|face|neck|scalp|back|chest"
    "|knee|knees|elbow|elbows|shoulder|shoulders|ankle|ankles|wrist|wrists|hip|hips|groin|buttocks|buttock|trunk|body|toe|toes"
    "|finger|fingers|forehead|nose|cheeks|lips|lip|armpits|armpit|axilla|axillae|underarm|underarms|rash|lesion|lesions|wound"
    "|wounds|wart|warts|joint|joints|muscle|muscles|extremities|hairline|beard|ears outside|lower back|upper back|low back|heels|heel"
    "|forearm|forearms|calf|calves|perianal area|anal area|diaper area|genital area|genitals|vulva|penis|labia|vaginal opening|nipples"
    "|nipple|breast|breasts|temples|abdominal area|deltoid|gluteal muscle|gluteus|skin folds|folds|burn|ulcer|incision|injection site"
    "|port site|port|cold sore|cold sores|itchy areas|dry areas|dry skin|painful area|painful areas|area of pain|sore area|sores|acne"
    "|acne areas|bumps|spots|rash areas|rash area|site|ear canal area|nape of neck|hair|corners of mouth|mouth sores|torso|flank|soles"
    "|palms|entire body|entire face|whole body|whole face|body folds|areas of rash|areas of pain|painful joint|painful joints"
    "|painful site|anus|rectal area|external rectum|hemorrhoids|surgical site|incision site|eyebrows|nasal folds|pustules|cuticles"
    "|inner arm|inner arms|inner thigh|inner thighs|outer thigh|chin|mustache area|eczema|psoriasis|patches of eczema|toe web|web spaces"
)

SIDES = (
    "left|right|both|each|either|affected|upper|lower|left and right|entire|bilateral|clean dry|infected|inner|outer"
)

UNIT_WORDS = {
    "tablet": "tablet|tablets|tab|tabs|tablet(s)|tab(s)|tbl|tabl|tb|tabet|tabelt|talbet|talbets|tabelts|tablt|tablts|tbs tab|tabletes"
    "|tabs tabs|t|chewable tablet|chewable tablets|chew tab|chew tabs|odt|disintegrating tablet|er tablet|xr tablet|dr tablet|ec tablet"
    "|sublingual tablet|effervescent tablet|tablets tablet|orally disintegrating tablet|tblt|tabbs|delayed release tablet"
    "|extended release tablet|extended-release tablet|delayed-release tablet|vaginal tablet|chewable|chewables",
    "capsule": "capsule|capsules|cap|caps|capsule(s)|cap(s)|capsul|capsuls|cpsl|capusle|capusles|softgel|softgels|gelcap|gelcaps|c"
    "|soft gel|soft gels|er capsule|xr capsule|dr capsule|liquigel|liquid gel|delayed release capsule|extended release capsule|gel cap"
    "|gel caps|cps",
    "caplet": "caplet|caplets|cplt",
    "pill": "pill|pills|pill(s)",
    "lozenge": "lozenge|lozenges|lozenge(s)", "troche": "troche|troches", "wafer": "wafer|wafers",
    "film": "film|films|strip film|film strip|sl film", "strip": "strip|strips|test strip|test strips",
    "packet": "packet|packets|pkt|pkts|packet(s)|powder packet|powder packets|pack of powder",
    "sachet": "sachet|sachets|sach|satchet|satchets", "stick": "stick|sticks|stick pack", "pen": "pen|pens|auto-injector|autoinjector"
    "|auto injector|pen injector", "syringe": "syringe|syringes|prefilled syringe|prefilled syringes|syr",
    "vial": "vial|vials|vial(s)|nebule|nebules|unit dose vial|unit-dose vial", "ampule": "ampule|ampules|amp|amps|ampoule|ampoules",
    "cartridge": "cartridge|cartridges", "kit": "kit|kits", "bottle": "bottle|bottles", "tube": "tube|tubes", "can": "can|cans",
    "puff": "puff|puffs|puf|pufs|puff(s)|pff", "inhalation": "inhalations|inhalation(s)|inhalation puff|inhalation|inh|inhs",
    "spray": "spray|sprays|spry|sparys|squirt|squirts|spray(s)|squirt(s)", "actuation": "actuation|actuations|actuation(s)",
    "drop": "drop|drops|gtt|gtts|drp|drps|drop(s)|gt|gtt(s)|drps",
    "application": "application|applications|applic|application(s)", "patch": "patch|patches|patch(es)|ptch",
    "suppository": "suppository|suppositories|supp|supps|suppos|supposit|suppository(ies)|suppositorys",
    "insert": "insert|inserts|vaginal insert", "ring": "ring|rings|vaginal ring", "implant": "implant|implants",
    "pad": "pad|pads", "swab": "swab|swabs", "pump": "pump|pumps|pump(s)|pump actuation|pump actuations|pumps actuations",
    "click": "click|clicks|clk|clks", "applicatorful": "applicatorful|applicatorfuls|applicator full|applicator|applicators"
    "|applicator(s)|applicatorful(s)|full applicator|applicatorsful|appful|applicators full|applful",
    "enema": "enema|enemas", "dose": "dose|doses|dose(s)", "scoop": "scoop|scoops|scoopful|scoopfuls", "pellet": "pellet|pellets",
    "gum": "piece of gum|pieces of gum|gum|gums chewing", "piece": "piece|pieces", "capful": "capful|capfuls|cap full|cap fulls|capsful",
    "each": "each", "lancet": "lancet|lancets", "needle": "needle|needles", "device": "device|devices",
    "unit": "unit|units|iu|ius|u|intl units|international units|unit(s)|unt|international unit|unidad|usp units|usp unit",
    "MU": "million units|mu",
    "mg": "mg|mgs|milligram|milligrams|milligram(s)|mg(s)|milgram|miligrams|miligram",
    "g": "g|gm|gms|gram|grams|gram(s)|grm|grms",
    "mcg": "mcg|mcgs|microgram|micrograms|ug|µg|μg|mic|microgm|µ g",
    "kg": "kg|kgs",
    "mL": "ml|mls|milliliter|milliliters|cc|ccs|millilitre|millilitres|mililiter|mililiters|ml(s)|milliliter(s)|mi",
    "L": "l|liter|liters|litre|litres",
    "mEq": "meq|meqs|milliequivalent|milliequivalents|meq(s)|mqe",
    "mmol": "mmol|mmols|millimole|millimoles",
    "cm": "cm|centimeter|centimeters", "inch": "inch|inches|inch(es)",
    "%": "%|percent",
}
TEASPOONS = {"5": "teaspoon|teaspoons|tsp|tsps|teaspoonful|teaspoonfuls|teaspoonsful|teaspoon(s)|teaspoonful(s)|tsp(s)|teaspoonsful",
             "15": "tablespoon|tablespoons|tbsp|tbsps|tablespoonful|tablespoonfuls|tablespoon(s)|tbs|tablespoonsful"}  # fmt: skip

FREQUENCIES = {
    # code: low, high, period, unit, whether it only says "on every day" (weak)
    "1/d weak": "daily|every day|everyday|each day|per day|a day|every single day|dailly|q day|on a daily basis|qday|each and every day"
    "|dly|dialy|daiy|daliy|/day|/d|per diem|dayly",
    "1/d": "qd|q d|once daily|once a day|once per day|one time daily|one time a day|one time per day|once every day|daily once|once each day"
    "|1 time daily|1 time a day|1 time per day|once-daily|one time each day|1x daily|1x a day|1x/day|1xd|once/day|1 x daily|1 x day"
    "|q 24 hours daily|1 time each day|one time every day|1 time every day|once daily every day|x1 daily|one daily time|a single time daily"
    "|oad|o d daily|once dialy|1 x per day|1x per day|1 x a day|qd daily|1 x/day|one time per each day",
    "2/d": "bid|b i d|twice daily|twice a day|twice per day|bd|twice each day|twice every day|twice-daily|two times daily"
    "|2xd|twice/day|twic daily|daily twice|twice day|2x day|2 x day|twise daily|twice dialy|twice dly|twice in a day",
    "3/d": "tid|t i d|tds|thrice daily|thrice a day|three times daily|3xd|3x day|3 x day|thrice per day|tidaily",
    "4/d": "qid|q i d|qds|four times daily|4xd|4x day|4 x day",
    "5/d": "5xd|5x day",
    "1/wk": "weekly|once weekly|once a week|every week|q week|qwk|qweek|once per week|each week|one time weekly|q wk|once every week"
    "|one time a week|one time per week|once-weekly|1 time weekly|1 time a week|1 time per week|once each week|per week|a week|q w"
    "|1x weekly|1x a week|1x/week|q7days|/week|/wk|wkly|one day a week|one day per week|1x/wk|once/week|one day each week",
    "2/wk": "twice weekly|twice a week|twice per week|two times weekly|2x week|two days a week|two days per week|2x weekly|twice each week"
    "|twice every week|twice-weekly|2x/wk",
    "3/wk": "tiw|three times weekly|thrice weekly|thrice a week|3x week|three days a week|three days per week|t i w|thrice per week",
    "1/mo": "monthly|once monthly|once a month|every month|q month|qmonth|once per month|each month|one time a month|q mo|qmo"
    "|once every month|per month|a month|one time monthly|one time per month|1x monthly|once each month",
    "2/mo": "twice a month|twice monthly|twice per month",
    "1/y": "yearly|once a year|once yearly|every year|annually|once per year|q year|per year",
}
INTERVALS = {
    "2 d": "qod|q o d|every other day|alternate days|on alternate days|every alternate day|q other day|every 2nd day|every second day|eod"
    "|each other day|other day|qoday|every-other-day|qad|alternate day|once every other day|one time every other day"
    "|every othe day|every oher day|evry other day|q other d",
    "2 wk": "qow|every other week|q other week|every second week|fortnightly|every fortnight|once every other week|alternate weeks"
    "|on alternate weeks|eow",
    "2 mo": "every other month|every second month|q other month",
    "3 mo": "quarterly",
    "1 h": "hourly|qh|q h|every hour|each hour|q hour|q hr|qhr|every one hour|every hr",
    "3 d": "every third day|every 3rd day",
}

NUMBERS = {
    "0.5": "half|one half|one-half|a half|half a|half of a|half of one|ss|1 half|one half of a|half of|half an|halfs|hlf|half a of",
    "0.25": "quarter|one quarter|one-quarter|one fourth|one-fourth|a quarter|quarter of a|one quarter of a|a fourth",
    "0.75": "three quarters|three-quarters|three fourths|three quarter|three-fourths",
    "1.5": "one and one half|one and a half|one and one-half|one & one-half|one & one half|iss|1 and a half|1 and one-half|1 and one half"
    "|1 and 1/2|1 & 1/2|1 & one half|one and 1/2|1 and half|one and half|one-and-one-half|one-and-a-half|one & a half|1 & a half|1+1/2"
    "|1 plus 1/2|one plus one half|1 & half|1 1/2 half",
    "2.5": "two and one half|two and a half|two and one-half|2 and a half|2 and 1/2|two & one-half|2 & 1/2|iiss|two and 1/2|2 and one-half"
    "|2 and one half|two & a half",
    "3.5": "three and one half|three and a half|three and one-half|3 and 1/2|3 and a half|3 and one-half|3 & 1/2",
    "4.5": "four and one half|four and a half|four and one-half|4 and 1/2",
    "0": "zero",
    "1": "one|i|single|0ne", "2": "two|ii|tow", "3": "three|iii", "4": "four|iiii", "5": "five", "6": "six|vi", "7": "seven|vii",
    "8": "eight|viii", "9": "nine|ix", "10": "ten", "11": "eleven", "12": "twelve", "13": "thirteen", "14": "fourteen",
    "15": "fifteen", "16": "sixteen", "17": "seventeen", "18": "eighteen", "20": "twenty", "21": "twenty one|twenty-one",
    "24": "twenty four|twenty-four", "28": "twenty eight|twenty-eight", "30": "thirty", "40": "forty", "45": "forty five|forty-five",
    "50": "fifty", "60": "sixty", "72": "seventy two|seventy-two", "90": "ninety", "100": "hundred|one hundred",
}  # fmt: skip

PERIODS = {
    "min": "min|mins|minute|minutes|minute(s)|minuets|mn",
    "h": "h|hr|hrs|hour|hours|hour(s)|hr(s)|hs hours|huors|hrss|ours|hourse|hors|hous",
    "d": "d|day|days|day(s)|night|nights|dys|dyas|das|dy",
    "wk": "wk|wks|week|weeks|week(s)|weks|wekes|w|wk(s)",
    "mo": "mo|mos|month|months|month(s)|mth|mths|mnth|mnths",
    "y": "y|yr|yrs|year|years|year(s)",
}

EVENTS = {
    "MORN": "in the morning|every morning|each morning|q am|qam|in am|in the am|am|morning|mornings|in morning|a m|every am|each am"
    "|in the mornings|q morning|mane|this morning|q a m|in a m|of a morning|every single morning|early morning|om|first thing in the morning"
    "|first thing in morning|early in the morning|daytime|qmorning|once every morning|every day in the morning|once in the morning|once in am"
    "|mornin|every moring|in the moring|once each morning|am dose|daily in the morning|daily in am|one time in the morning|per morning"
    "|everyday in the morning|daily every morning|qd am|morn|in the a m|every a m",
    "WAKE": "upon waking|upon awakening|when you wake up|on waking|upon rising|on awakening|after waking|after waking up|upon arising"
    "|when waking up|at wake up|on rising",
    "NOON": "at noon|noon|midday|at midday|mid day|at mid-day|every noon|12 noon|at 12 noon|at lunch time|at lunchtime|in the noon|each noon",
    "AFT": "in the afternoon|every afternoon|afternoon|each afternoon|in afternoon|mid-afternoon|midafternoon|mid afternoon|in the mid-afternoon"
    "|late afternoon|early afternoon|in the afternoons",
    "EVE": "in the evening|every evening|each evening|qpm|q pm|in pm|in the pm|pm|evening|evenings|in evening|every pm|each pm|p m|in the evenings"
    "|q evening|this evening|q p m|qevening|in p m|once every evening|once in the evening|every day in the evening|daily in the evening|once in pm"
    "|once each evening|one time in the evening|everyday in the evening|per evening|daily every evening|early evening|late evening|pm dose"
    "|in the p m|every p m|evenin|q eve|qeve",
    "NIGHT": "at night|every night|each night|nightly|nocte|night time|at nighttime|nighttime|in the night|q night|on|qnight|every evening at night"
    "|once nightly|once a night|per night|a night|at night time|every nite|at nite|nitely|once at night|nightly at night|overnight|at nights"
    "|each night time|once every night|noct|nite|night|q nightly|one time nightly",
    "HS": "at bedtime|bedtime|hs|qhs|q hs|before bed|before bedtime|every night at bedtime|nightly at bedtime|at bed time|at hs|every bedtime"
    "|each bedtime|at the hour of sleep|prior to bedtime|prior to bed|before sleep|before going to bed|h s|bed time|at bed|every night at bed"
    "|each night at bedtime|nightly before bed|at night before bed|every night before bed|before sleeping|q h s|every night at bed time|every day at bedtime"
    "|daily at bedtime|once daily at bedtime|at night at bedtime|at bedtime every night|nightly at bed time|every night before bedtime|at bedtime nightly"
    "|every evening at bedtime|before bed time|at bedime|at betdime|at bedtim|at bedtime each night|once at bedtime|nightly before bedtime|at sleep time"
    "|hour of sleep|at night at bed time|at night bedtime|everyday at bedtime|in the evening at bedtime|at bedtimes|qbedtime|q bedtime|nocte hs|at sleep"
    "|prior to sleep|every hs|each hs|at night before bedtime|before you go to bed|daily hs|when going to bed|once nightly at bedtime|bed-time|at bed-time"
    "|when you go to bed",
    "C": "with meals|with each meal|with every meal|with all meals|at meals|w meals|at mealtimes|at mealtime|at meal time|with meals daily"
    "|at meal times|w/ meals|w/meals|with the meal|with your meals|with daily meals|with mealtime|with meals and snacks|meals|with each main meal|c meals|cc meals"
    "|with meal(s)|with 3 meals|each meal|every meal|at each meal|at every meal|wm",
    "AC": "before meals|ac|a c|before each meal|before every meal|before eating|prior to meals|before food|before all meals|prior to each meal"
    "|prior to eating|qac|q ac|before meals daily|before your meals|prior to food|before meal(s)|before main meals",
    "PC": "after meals|pc|p c|after each meal|after every meal|after eating|after food|after all meals|qpc|q pc|following meals|after your meals"
    "|immediately after meals|after meal(s)|following each meal",
    "CM": "with breakfast|at breakfast|breakfast|w breakfast|with morning meal|with the morning meal|w/ breakfast|with am meal|at breakfast time|in am with breakfast"
    "|with your breakfast|every morning with breakfast|in the morning with breakfast|at breakfast-time|with first meal of the day|with the first meal of the day"
    "|with your first meal",
    "ACM": "before breakfast|acb|prior to breakfast|before morning meal|before the morning meal|before first meal of the day|before the first meal of the day|qacb"
    "|every morning before breakfast|in the morning before breakfast|in am before breakfast|before your breakfast|before the first meal|each morning before breakfast"
    "|every am before breakfast|before 1st meal of the day|before first meal|in the am before breakfast",
    "PCM": "after breakfast|following breakfast|after morning meal|after the morning meal|after your breakfast|in the morning after breakfast|every morning after breakfast",
    "CD": "with lunch|at lunch|lunch|w lunch|w/ lunch|with noon meal|with midday meal|with the noon meal|with your lunch|with the midday meal",
    "ACD": "before lunch|prior to lunch|before noon meal|before midday meal",
    "PCD": "after lunch|following lunch|after noon meal|after midday meal",
    "CV": "with dinner|at dinner|dinner|with supper|at supper|supper|with evening meal|with the evening meal|w dinner|w/ dinner|w supper|w/ supper|at suppertime|at dinner time"
    "|with your evening meal|at evening meal|with pm meal|with your dinner|dinner time|every evening with dinner|in the evening with dinner|with the largest meal of the day"
    "|every evening with supper|in the evening with supper|in the evening with a meal|every evening with a meal|in the evening with food dinner|suppertime|at dinnertime",
    "ACV": "before dinner|before supper|prior to dinner|before evening meal|before the evening meal|prior to supper|prior to evening meal|before your evening meal",
    "PCV": "after dinner|after supper|following dinner|after evening meal|after the evening meal|following supper|in the evening after dinner",
}

WEEKDAYS = {
    "mon": "monday|mon|mondays|mon's", "tue": "tuesday|tue|tues|tuesdays", "wed": "wednesday|wed|wednesdays|weds|wednesay|wedsday",
    "thu": "thursday|thu|thur|thurs|thursdays", "fri": "friday|fri|fridays", "sat": "saturday|saturdays", "sun": "sunday|sundays|sun day",
    "mon wed fri": "mwf|m w f|m/w/f|m-w-f|m,w,f|m, w, f|mon/wed/fri|m,w & f|m w and f|m,w,and f|m, w & f|mon-wed-fri",
    "tue thu sat": "tts|tths|t/th/sat|tuthsa|t th s|t th sa|tu th sa|t/th/sa", "tue thu": "tth|t th|tu th|t/th|tu/th|t & th|t and th",
    "mon tue wed thu fri": "weekdays|on weekdays|weekday|every weekday|m-f|mon-fri|m f|monday thru friday|each weekday|monday-friday",
    "sat sun": "weekends|on weekends|weekend|on the weekend|on the weekends",
    "mon tue wed thu fri sat sun": "seven days a week|7 days a week|7 days per week|7 days/week|seven days per week",
    "other": "all other days|other days|on other days|the other days|on all other days|rest of the week|the rest of the week|every day otherwise"
    "|all other days of the week|the remaining days|remaining days|on the other days|all the other days|the rest of the days|every day else"
    "|other days of the week|on rest of days|rest of days|on days other|the remaining days of the week|on all the other days",
}

INSTRUCTIONS = {
    "before a meal": "before a meal|before meal|prior to a meal|prior to meal|before a large meal",
    "after a meal": "after a meal|after meal",
    "with a meal": "with a meal|with meal|w meal|w/ meal|with a full meal|with a large meal",
    "after the same meal each day": "after the same meal|after the same meal each day|after the same meal every day|after the same meal daily|after same meal|after same meal each day|after same meal every day|after same meal daily|30 minutes after the same meal|30 minutes after the same meal each day|30 minutes after the same meal every day|30 minutes after the same meal daily|30 minutes after same meal|30 minutes after same meal each day|30 minutes after same meal every day|30 minutes after same meal daily|30 min after the same meal|30 min after the same meal each day|30 min after the same meal every day|30 min after the same meal daily|30 min after same meal|30 min after same meal each day|30 min after same meal every day|30 min after same meal daily|1/2 hour after the same meal|1/2 hour after the same meal each day|1/2 hour after the same meal every day|1/2 hour after the same meal daily|1/2 hour after same meal|1/2 hour after same meal each day|1/2 hour after same meal every day|1/2 hour after same meal daily|half an hour after the same meal|half an hour after the same meal each day|half an hour after the same meal every day|half an hour after the same meal daily|half an hour after same meal|half an hour after same meal each day|half an hour after same meal every day|half an hour after same meal daily|approximately one half hour after the same meal|approximately one half hour after the same meal each day|approximately one half hour after the same meal every day|approximately one half hour after the same meal daily|approximately one half hour after same meal|approximately one half hour after same meal each day|approximately one half hour after same meal every day|approximately one half hour after same meal daily",
    "with food": "with food|with some food|take with food|w food|w/ food|w/food|with foods|c food|with light food|with food please|w f|wf|cf|always with food|preferably with food"
    "|to be taken with food|must take with food|best with food|take it with food|taken with food",
    "with or without food": "with or without food|with or w/o food|regardless of meals|without regard to meals|without regard to food|w/ or w/o food|regardless of food"
    "|without regards to meals|with or without meals|may take with or without food|may be taken with or without food|may take without regard to food",
    "with food or milk": "with food or milk|with milk or food|with food/milk|with food and milk|c food or milk|w/ food or milk|with food or a glass of milk|with food or snack",
    "with a snack": "with a snack|with snack|with a light snack|with snacks|with a small snack|with light snack|with meals or snacks|with small snack",
    "with milk": "with milk|with a glass of milk",
    "with water": "with water|with a glass of water|c water|with some water|with glass of water|w/ water|with sips of water|with a sip of water|with a drink of water|with plain water",
    "with plenty of water": "with plenty of water|with a full glass of water|with full glass of water|with lots of water|with 8 oz of water|with 8oz of water|with large glass of water"
    "|with 8 ounces of water|with a large glass of water|drink plenty of water|drink plenty of fluids|with plenty of fluids|with 8 oz water|drink lots of water|with full glass water"
    "|with 6-8 oz of water|with 6 to 8 oz of water|with plenty of fluid|with 6 to 8 ounces of water|w/ full glass of water|with at least 8 oz of water|with a full 8 oz glass of water"
    "|with 8oz water|with an 8 oz glass of water|with 1 full glass of water|with one full glass of water|with 6-8 ounces of water|drink plenty of liquids|with plenty water",
    "on an empty stomach": "on an empty stomach|on empty stomach|empty stomach|without food|w/o food|with empty stomach|in a fasting state|while fasting|on a empty stomach|with an empty stomach"
    "|on empty stomache|fasting|take on an empty stomach",
    "swallow whole": "swallow whole|do not chew or crush swallow whole|swallow tablet whole|swallow capsule whole|swallow tablets whole|swallow capsules whole|swallow them whole|swallow it whole|take whole",
    "do not crush or chew": "do not crush or chew|do not chew or crush|don't crush or chew|do not crush/chew|do not crush chew|dont crush or chew|do not chew/crush|do not crush and chew|not to be crushed or chewed"
    "|do not chew and crush|do not crush nor chew|don't chew or crush|do not chew or crush tablet|do not crush or chew tablet|do not crush or chew tablets|do not crush or chew capsule|do not chew crush"
    "|do not crush or chew capsules",
    "do not crush, chew or split": "do not crush chew or split|do not crush split or chew|do not split crush or chew|do not crush, chew, or split|do not crush, chew or split|do not chew crush or split|do not cut crush or chew"
    "|do not break crush or chew|do not chew, crush, or split|do not cut, crush, or chew|do not crush, split, or chew|do not crush, cut or chew|do not crush, cut, or chew|do not split, crush, or chew"
    "|do not crush, break or chew|do not break, crush or chew|do not break, crush, or chew|do not cut, crush or chew|do not chew, crush or split|do not crush break or chew|do not crush, break, or chew"
    "|do not split, crush or chew|do not chew, break or crush|do not crush, split or chew|do not crush cut or chew|do not chew, split or crush",
    "do not crush": "do not crush|don't crush|dont crush|do not crush tablet|do not crush tablets", "do not chew": "do not chew|don't chew|dont chew",
    "do not swallow": "do not swallow|don't swallow|not to be swallowed", "do not cut": "do not cut|do not split|do not break|do not cut patch",
    "chew well": "chew well|chew thoroughly|chew before swallowing|chew completely|chewed well|must be chewed|chew tablet|chew tablets|chew then swallow",
    "allow to dissolve": "allow to dissolve|let dissolve|until dissolved|and allow to dissolve|allow tablet to dissolve|let it dissolve|to dissolve|dissolve completely|allow to dissolve completely|let it melt"
    "|allow it to dissolve|dissolve slowly|allow to dissolve slowly|let tablet dissolve|let dissolve slowly|and let dissolve|and let it dissolve|slowly dissolve in mouth|allow to melt|and allow it to dissolve"
    "|let dissolve completely|to be dissolved",
    "shake well": "shake well|shake well before use|shake well before using|shake bottle well|shake before use|shake|sw|shake well before each use|shake gently|shake liquid well|shake well before taking|shake bottle"
    "|shake bottle well before each use|shake before using|shake gently before using|shake inhaler well|shake well prior to use|shake suspension well|shake bottle well before use|shake bottle before use",
    "rinse mouth after use": "rinse mouth after use|rinse mouth after each use|rinse mouth after|rinse mouth with water after use|rinse mouth after using|rinse mouth with water after each use|rinse mouth|gargle after use"
    "|rinse mouth afterwards|rinse mouth after inhalation|rinse your mouth after use|rinse mouth out after use|rinse and spit after use|rinse mouth well after use|rinse mouth and spit after use|rinse mouth out after each use"
    "|rinse mouth and spit after each use|rinse and spit after each use|rinse mouth thoroughly after use|rinse mouth with water after inhalation|rinse mouth with water and spit after use|rinse after use|wash mouth after use"
    "|rinse mouth with water and spit after each use|rinse mouth after every use|gargle and rinse mouth after use|rinse mouth after each inhalation|rinse after each use|rinse out mouth after use|rinse mouth after using inhaler",
    "until gone": "until gone|until finished|until all gone|until all taken|ug|til gone|till gone|until complete|until completed|until finish|until all medication is gone|till finished|till all gone|until medication is gone"
    "|until all finished|finish all|finish all medication|take until finished|complete all medication|take all|til finished|until taken|til all taken|complete full course|until completion|finish all of this medication"
    "|take until gone|until all medicine is gone|finish entire course|until done|finish all medicine|complete the course|complete course|till complete|to completion|until bottle is empty|till all taken|until pack is complete"
    "|complete the full course|finish the course|take all until gone|complete entire course|finish full course|take all medication|take until complete|until all are taken|finish all antibiotics|until empty|until used up"
    "|complete the prescribed course|until course complete|until course is complete|until course completed|until medicine is gone|until meds gone|until all tablets are gone|to finish|complete all doses|take until completed",
    "avoid alcohol": "avoid alcohol|no alcohol|do not drink alcohol|do not take with alcohol|avoid alcoholic beverages|do not drink alcohol with this medication|avoid drinking alcohol|do not consume alcohol|do not use with alcohol",
    "may cause drowsiness": "may cause drowsiness|may make you drowsy|causes drowsiness|caution drowsiness|may cause drowsiness or dizziness|may cause dizziness|will cause drowsiness|can cause drowsiness|caution may cause drowsiness"
    "|may cause sleepiness|may cause sedation|can make you drowsy",
    "do not drive": "do not drive|no driving|do not drive or operate machinery|do not drive while taking|do not operate machinery|do not drive while taking this medication|do not drive or operate heavy machinery|avoid driving",
    "avoid sun": "avoid sun|avoid sun exposure|avoid sunlight|avoid direct sunlight|avoid prolonged sun exposure|avoid excessive sunlight|wear sunscreen|use sunscreen",
    "take at the same time each day": "at the same time each day|at the same time every day|same time each day|same time every day|at same time each day|at same time every day|at the same time daily|at approximately the same time each day"
    "|at about the same time each day|same time daily|take at the same time each day|take at the same time every day|at about the same time every day",
    "do not lie down for 30 minutes": "do not lie down for 30 minutes|remain upright for 30 minutes|sit upright for 30 minutes|stay upright for 30 minutes|do not lie down for at least 30 minutes|remain upright for at least 30 minutes"
    "|do not lay down for 30 minutes|stay upright for at least 30 minutes|do not lie down for 30 minutes after taking",
    "a thin layer": "a thin layer|thin layer|thin film|a thin film|thinly|in a thin layer|a thin layer of|in thin layer|as a thin layer|a thin coat|a thin layer of cream|a thin layer of ointment|thin layer of cream|a thin even layer"
    "|small thin layer|thin coat|thin even layer|thin amount|a thin amount|light film|light layer|a light layer|a thin film of",
    "a small amount": "a small amount|small amount|small amounts|a small amount of|small amount of|a small dab|small dab|small quantity",
    "a pea-sized amount": "a pea-sized amount|pea-sized amount|pea size amount|a pea size amount|pea sized amount|a pea sized amount|pea-size amount|a pea-size amount|pea size",
    "a dime-sized amount": "a dime-sized amount|dime-sized amount|dime size amount|a dime size amount|dime sized amount|a dime sized amount",
    "a generous amount": "generously|liberally|liberal amount|a liberal amount|a generous amount|generous amount|liberal",
    "sparingly": "sparingly|lightly|spar",
    "a ribbon": "a ribbon|thin ribbon|a thin ribbon|ribbon|a ribbon of ointment|small ribbon|a small ribbon|small strip of ointment|a small ribbon of ointment|thin strip",
    "rub in well": "rub in well|rub in gently|massage in|rub in|rub into skin|massage into skin|rub in thoroughly|gently massage in|rub gently|and rub in|and rub in well|massage gently|gently rub in|massage in gently",
    "remove old patch first": "remove old patch first|remove old patch before applying new one|remove old patch|remove previous patch|remove old patch before applying a new patch|remove old patch prior to applying new patch"
    "|remove old patch before applying new patch|remove old before applying new",
    "rotate sites": "rotate sites|rotate site|rotate injection sites|rotating sites|rotate injection site|rotate application sites|rotate areas|rotating injection sites|alternate sites|alternating sites|rotate skin sites|rotate locations",
    "swish and swallow": "swish and swallow|swish & swallow|and swallow|then swallow|swish in mouth and swallow|swish then swallow|s s swallow|swish around mouth and swallow|swish in the mouth and swallow|swish/swallow|s/s",
    "swish and spit": "swish and spit|swish & spit|spit|and spit|spit out|then spit|swish and spit out|and spit out|expectorate|swish and expectorate|and expectorate|then spit out|swish then spit|rinse and spit|swish/spit|do not swallow spit out",
    "gargle and spit": "gargle and spit|gargle & spit|gargle and spit out",
    "mix with water": "mix with water|dissolve in water|dissolved in water|in water|mixed with water|dissolve in a glass of water|mixed in water|in a glass of water|dilute with water|mix in water|in a full glass of water|diluted in water"
    "|mixed with 8 oz of water|mixed in 8 oz of water|mix with 8 oz of water|mix in 8 oz of water|dissolved in 8 oz of water|dissolve in 8 oz of water|in 8 oz of water|mix with 4 to 8 ounces of water|mixed in 8 ounces of water"
    "|dissolve in 4-8 oz of water|mix in 4-8 oz of water|mixed with 4-8 oz of water|mix in 4 to 8 oz of water|with 4-8 oz of water|in 4-8 oz of water|mix with 8 ounces of water|in 8 oz water|dissolved in 4-8 oz of water"
    "|mixed in 4-8 oz of water|dissolve in 4 to 8 ounces of water|dissolved in 4 to 8 ounces of water|mixed with 8oz of water|in 8 ounces of water|mix with 8oz of water|in 4 oz of water|dissolve in 4 oz of water|mixed with 8 ounces of water"
    "|dissolved in 8 ounces of water|dissolve in 8 ounces of water|in a glass of water and drink|in half a glass of water",
    "mix with liquid": "mix with liquid|mixed with liquid|in liquid|mix with juice or water|in water or juice|mix with water or juice|mixed in liquid|mix in 8 oz of liquid|mixed with 8 oz of liquid|in 8 oz of liquid|mix with fluid|mixed in water or juice"
    "|mixed in 8 oz of liquid|mix in beverage|mix in 4-8 oz of liquid|in 4-8 oz of liquid|mixed in 4 to 8 oz of liquid|in juice|mix in juice|in 8 oz of fluid|mix with 8 oz of liquid|mix with 8 ounces of liquid|mixed with 4-8 oz of liquid"
    "|dissolve in 8 oz of liquid|in 4 to 8 ounces of liquid|mixed in 8 ounces of liquid|mix in 8 ounces of liquid|dissolved in 8 oz of liquid|in any beverage|in 4 to 8 ounces of beverage|dissolved in liquid|mix in liquid|in 8 ounces of liquid"
    "|mix in drink|in 8 ounces of fluid|in 8 oz of beverage|mixed in drink",
    "mix with food": "mix with food|mix with applesauce|sprinkle on food|in applesauce|mix in applesauce|sprinkle on applesauce|mixed with food|mixed with applesauce|may sprinkle on applesauce|may open and sprinkle on applesauce"
    "|may open capsule and sprinkle on applesauce|with applesauce|open capsule and sprinkle on food|sprinkle over food|mixed in food",
    "wash hands after use": "wash hands after use|wash hands after applying|wash hands after application|wash hands thoroughly after use|wash hands after each use|wash hands afterwards",
    "for external use only": "for external use only|external use only|for topical use only",
    "leave on for 12 hours, then off for 12 hours": "leave on for 12 hours then off for 12 hours|12 hours on and 12 hours off|12 hours on 12 hours off|on for 12 hours off for 12 hours|leave on for up to 12 hours|12 hours on then 12 hours off|remove after 12 hours"
    "|leave on for 12 hours|on for 12 hours then off for 12 hours|on 12 hours off 12 hours|for 12 hours on and 12 hours off|12 hrs on and 12 hrs off|12 hours on/12 hours off|on 12 hours and off 12 hours|on for 12 hours and off for 12 hours"
    "|keep on for 12 hours and off for 12 hours|leave on 12 hours|leave on 12 hours then remove|leave on for 12 hours and remove for 12 hours|leave on up to 12 hours|12 hours on, 12 hours off|12 hours on, then 12 hours off|remove after 12 hrs|12h on 12h off"
    "|12 hours on and then 12 hours off|on 12 hrs off 12 hrs|remove and discard after 12 hours|remove and discard patch within 12 hours|remove & discard patch within 12 hours or as directed by md|remove & discard patch within 12 hours|remove patch after 12 hours"
    "|wear for 12 hours then remove for 12 hours|remove within 12 hours|wear for 12 hours|wear up to 12 hours|for up to 12 hours a day|leave in place for 12 hours|leave on for 12 hours then remove for 12 hours|leave patch on for 12 hours|leave on for 12 hours then remove",
    "do not exceed recommended dose": "do not exceed recommended dose|do not exceed the recommended dose|do not exceed prescribed dose|do not exceed the prescribed dose|do not take more than prescribed|do not take more than directed",
    "follow package directions": "follow package directions|follow package instructions|as directed on package|per package directions|per package instructions|as directed per package instructions|as directed on package insert|follow tablet pack instructions"
    "|use as directed on package|see package|per pack instructions|as directed on pack|follow pack instructions|as directed on dose pack|as directed per package|as directed on the package|follow instructions on package|as directed by package|dose pack"
    "|as directed per dose pack|follow dose pack instructions|per package insert|follow directions on package|as per package instructions|follow package insert|follow instructions on pack|use per package instructions|as directed in package|as instructed on package"
    "|according to package instructions|according to package directions|follow the package directions|follow the package instructions|follow dose pack directions|follow pack directions|as directed on packaging|use per package directions|per dose pack instructions"
    "|take per package instructions|take per package directions|see package instructions|as directed on label|per pack directions|follow directions on pack|follow instructions on box|as directed on box|per manufacturer instructions|take per package insert|taper per package instructions"
    "|follow directions on box|follow label directions|follow taper instructions on package|follow instructions on dose pack|as directed on pack instructions|follow packaging instructions|dose pack instructions|take dose pack as directed|use dose pack as directed|dose pack as directed",
    "per sliding scale": "per sliding scale|sliding scale|via sliding scale|on sliding scale|according to sliding scale|ssi|by sliding scale|as per sliding scale|per ss|following sliding scale|using sliding scale|per attached sliding scale|per insulin sliding scale|per scale|as per scale",
    "stop": "stop|discontinue|then stop|stop taking|and stop|then discontinue|then off|stop after that",
    "at regular intervals": "at regular intervals|at evenly spaced intervals|evenly spaced",
    "around the clock": "around the clock|atc|straight|scheduled",
    "while awake": "while awake|when awake|wa|w/a|during waking hours|while you are awake",
    "keep refrigerated": "keep refrigerated|refrigerate|store in refrigerator|keep in refrigerator|keep in the refrigerator|keep in fridge|store in the refrigerator|keep cold|store in fridge",
    "discard remainder": "discard remainder|discard the rest|discard unused portion|discard remaining|throw away remainder|discard unused|discard any unused portion|discard the remainder|discard excess|discard remaining portion",
    "wait 5 minutes between drops": "wait 5 minutes between drops|5 minutes apart|wait 5 minutes between different drops|wait 5 minutes between each drop|wait 5 minutes between eye drops",
    "do not take with antacids": "do not take with antacids|avoid antacids|separate from antacids", "avoid grapefruit": "avoid grapefruit|avoid grapefruit juice|do not take with grapefruit juice|no grapefruit",
    "do not stop suddenly": "do not stop suddenly|do not stop abruptly|do not discontinue abruptly|do not stop taking suddenly|do not abruptly stop|do not stop taking abruptly|do not abruptly discontinue",
    "may be habit forming": "may be habit forming|may be addictive|habit forming",
}

TRIGGERS = (
    "procedure|the procedure|treatment|the treatment|appointment|the appointment|dental appointment|dental appointments|dental procedure|dental procedures|dental work"
    "|dental visit|dental visits|surgery|intercourse|sexual activity|sex|sexual intercourse|exercise|exercising|activity|physical activity|travel|traveling|flight|flying|mri"
    "|the mri|imaging|scan|ct scan|the need|need|needed|your appointment|your procedure|your surgery|the surgery|your dental appointment|the dental appointment|arrival"
    "|dental cleaning|dental cleanings|chemo|chemotherapy|each chemotherapy|infusion|dialysis|each dialysis|bowel movement|each bowel movement|every bowel movement|bowel movements|loose stool"
    "|each loose stool|loose stools|each loose bowel movement|each diaper change|diaper changes|each feeding|feeding|feedings|feeds|each feed|speaking engagement|performance|event|public speaking|departure"
    "|sexual relations|biopsy|injection|lab draw|laboratory|blood draw|anticipated sexual activity|anticipated need|anxiety provoking event|office visit|bathing|a shower|shower|showering|colonoscopy|exposure"
    "|planned sexual activity|desired sexual activity|driving|boarding|the flight|going out|iud insertion|iud placement|insertion|procedures|doctor visit"
)

CONNECTORS = {
    "then": "then|and then|than then|followed by|thereafter|after that|then after|then continue|afterwards then|then start|then begin|then increase to|then decrease to|then reduce to"
    "|increase to|decrease to|reduce to|then take|subsequently|then go to|then change to|then resume|then taper to|and then take|; then|, then|next|and thereafter|followed with|then down to"
    "|and than|then drop to|taper to|if tolerated then|if tolerated then increase to|if tolerating then increase to|may increase to|can increase to|then advance to|and then increase to|go up to"
    "|then may increase to|then step down to|up to then|increasing to|then up to|advance to|and increase to|and decrease to|and reduce to|decreasing to|then maintain on|then maintain|maintain on|titrate to|then titrate to|titrate up to|increase up to|then switch to",
    "and": "and|&|plus|et|+|as well as|also|along with|and also",
    "or": "or|and/or", "to": "to|-|–|—|through|thru|~",
}  # fmt: skip

WORDS = {
    "prn": "prn|as needed|if needed|when needed|as necessary|as required|when required|if required|if necessary|only if needed|when necessary|only as needed|only when needed|prn as needed|as needed prn"
    "|on an as needed basis|on as needed basis|as need|as neeeded|as neded|prnf|as-needed|take as needed|as needed only|p r n|if needd|asneeded|aa needed|as neede|as nedded|s needed|only prn|may use as needed"
    "|may take as needed|can take as needed|if you need it|as needed basis|as much as needed|prn only|pro re nata|sos|as needed as needed",
    "directed": "as directed|ud|uad|use as directed|take as directed|ut dict|as dir|as instructed|as prescribed|as directed by doctor|as directed by physician|as directed by your doctor|as directed by md|utd"
    "|as directed by provider|as directed by prescriber|as dictated|as advised|asdir|as directed by dr|mdu|as directed by your physician|as directed by your provider|as directed by office|per md|per doctor"
    "|exactly as directed|as directed by the doctor|a directed|as directed by pharmacy|as directed by clinic|as ordered|per instructions|per md instructions|apply as directed|inject as directed|as directed by your prescriber"
    "|per directions|as per instructions|per protocol|per physician instructions|as per md|as directed by physician office|as directed by your healthcare provider|inhale as directed|as direct|as directed by coumadin clinic"
    "|as directed by anticoagulation clinic|per coumadin clinic|unless otherwise directed|or as directed|or as directed by physician|or as directed by md|ad lib as directed|as directed by health care provider|as directed by your md|as discussed|u d|as directed by doctor's office",
    "max": "max|maximum|not to exceed|nte|do not exceed|no more than|not more than|mdd|max daily dose|maximum daily dose|max dose|maximum dose|do not take more than|don't exceed|dont exceed|max of|maximum of|up to a maximum of"
    "|to a maximum of|up to a max of|to a max of|to max|max daily amount|never exceed|should not exceed|do not use more than|not exceed|limit|limit to|do not exceed more than|max daily|maximum daily amount|maximum amount"
    "|with a maximum of|with a max of|with max of|must not exceed|for a maximum of|for a max of|for max of|daily max|max dose of|maximum dose of|max daily dose of|maximum daily dose of|daily maximum|up to max|up to maximum|with a maximum dose of|to maximum of"
    "|limited to|up to max of|don't take more than|dont take more than|not to exceed more than|do not inject more than|not to take more than|do not inhale more than|do not apply more than|to not exceed|maximimum|to a maximim of|max amount|maximum daily|with a maximum daily dose of"
    "|max daily dosage|maximum daily dosage|no greater than|not greater than|daily max of|daily max dose|daily maximum dose|max total daily dose|to exceed no more than|no more then|not more then|up to maximum of|do not take more then|to a maximum dose of|for a total of no more than|never more than|max number of|max dosage|with max dose of",
    "max_day": "mdd|max daily dose|maximum daily dose|max daily|maximum daily|max daily amount|maximum daily amount|daily max|daily maximum|max daily dose of|maximum daily dose of|max daily dosage|daily max dose|daily maximum dose|daily max of|max total daily dose|with a maximum daily dose of|maximum daily dosage",
    "up_to": "up to|upto|as many as|at most|as often as|as much as|up tp|upto a",
    "for": "for|x|times|fro|during|over the next|for the next|for the first|for a total of|for total of|for about|for at least|for next|for up to|fr|for another|for additional|for an additional|4or|foe|continue for|for first|for a course of|total of for|for duration of|duration",
    "for_up_to": "for up to|for no more than|for no longer than|for upto|for max|no longer than|for not more than|no more than for|for maximum|not to exceed for",
    "every": "every|q|each|evry|evey|per each|once every|one time every|evrey|ever|eveyr|1 time every|every q|q every|at intervals of|approximately every|about every|at least every|one every time|1 every|minimum every|evry q|q.",
    "per": "per|a|an|/|in|each|every|in a|within|in any|over|per each|during a|in each|out of|out of every|within a|in one|per a",
    "times": "times|time|x|tiems|tmies|tims|times(s)|occasions|tmes|time(s)|tiimes|tiem",
    "hourly": "hourly|hrly|h'ly|hourly interval",
    "before": "before|prior to|b4|prior|ahead of|preceding|bf|pre",
    "after": "after|following|post|from|aft",
    "with": "with|w|w/|c|alongside",
    "at": "at|@|around|by|around the time|about|at about|at approximately|at around",
    "on": "on|on the",
    "start": "start|starting|begin|beginning|start on|starting on|begin on|beginning on|start taking|commence|starts|start at|begin taking|begin with|start with|starting with|commencing|to start|starting at|begins|to begin|start date|started",
    "increase": "increase by|increasing by|titrate up by|increase dose by|go up by|increase the dose by|may increase by|then increase by|and increase by|can increase by|titrate by|raise by|and then increase by|advance by|increase in increments of|increase weekly by|up by",
    "decrease": "decrease by|decreasing by|reduce by|taper by|taper down by|go down by|decrease dose by|then decrease by|reducing by|lower by|then taper by|and decrease by|then reduce by|reduce dose by|taper dose by|wean by|and reduce by|and taper by|and then decrease by|down by|tapering by",
    "until": "until|till|til|untill",
    "reach": "to reach|to a max of|until reaching|until reach|up to a dose of|to a goal of|to goal of|to target of|to target dose of|up to a total of|until you reach|until at|to a total of|to a dose of|to a target of|until taking|until reaching a dose of|to a maximum of|goal of",
    "stat": "stat|now|today|immediately|right away|right now|at once|asap|initially|as a loading dose|loading dose|once now|first dose|initial dose|as loading dose|as first dose|x1 now|first|to load|load|as initial dose|as a first dose|tonight|as soon as possible|upon receipt|stat dose",
    "once": "once|one time|one time only|one time dose|x1|x 1|as a single dose|single dose|as one dose|for one dose|for 1 dose|x 1 dose|x1 dose|for one time|once only|one time use|as a one time dose|one dose only|a single dose|as single dose|all at once|in one dose|1 time|in a single dose|as 1 dose|1 dose only|1 time only"
    "|as one single dose|as a one-time dose|as a single one time dose|one-time|for 1 time|one time only dose|x one|x one dose|x 1 time|x1 time|1 time dose|at one time|for a single dose|for one single dose|just once|1 x only|for a one time dose|one-time dose|single one time dose|all at one time",
    "day": "day|days|day(s)|day #|on day|on days|days #|day number|for day|for days|during day|during days",
    "week": "week|weeks|week #|during week|for week|on week|wk|weeks #|during weeks|wks|for weeks",
    "month": "month|months|mo",
    "total": "total|in total|total dose|total daily|tot|total of|(total)|altogether|in all|dose total|totaling|total each dose|total per dose|daily total|total dosage|dose",
    "each_strength": "each|per tablet|per tab|per capsule|apiece|per cap|each tablet|/tab|/tablet|/cap|each capsule",
    "equals": "=|equals|equal to|equaling|equal|which equals|(=|equivalent to|that is|ie|i e|aka",
    "plus_of": "of|of the|from|of your|of a",
    "apart": "apart|hours apart",
    "may_repeat": "may repeat|repeat|can repeat|may take another|and repeat|may repeat dose|repeat dose|may be repeated|then repeat|and may repeat|repeat once|may repeat x|may repeat once|repeated|may take a second dose|may take second dose|may use another|can take another|may take 1 more|may take one more|then may repeat"
    "|may repeat x1|repeat x1|may repeat x 1|repeat x 1|may repeat 1 time|may repeat one time|can repeat once|may repeat 1|may take 1 additional|may take an additional|repeat one time|repeat 1 time|can be repeated|can repeat x1|then repeat once|repeat 1x|may repeat 1x|may redose|redose|and repeat once|may repeat another",
    "except": "except|except on|except for|but not on|excluding|not on|other than|but not|skip|hold on|none on|no dose on|nothing on|no tablet on",
    "skip": "the|please|sig|sig:|of|dose|take|also|a|an|pt|patient|your|daily dose|by|this|medication|medicine|med|it|is|to be|only|approximately|about|then|them|at a time|in a row|at one time|on|for|in|at|total|orally|dosing|rx|directions|instructions|sig-|instr|each|just|exactly|to|course|apart|po",
    "noise": "please|sig|rx|directions|label|instr|instructions|the|also|a|an|per dose|each dose|at a time|each time|in a row|per application|for each dose|int|interval|route|only|dosing|sig code|orally disintegrating|per administration|as a|by route|daily dose|just|exactly|be sure to|make sure to|per each dose|with each dose|by applying|by taking",
    "prep": "to|in|into|on|onto|per|each|via|by|over|around|under|inside|near|the|from|your|at|of|all|for|throughout|affecting",
    "reason_lead": "for|due to|because of|d/t|secondary to|to help with|to treat|to prevent|to reduce|to control|to help|to relieve|to lower|for treatment of|for the treatment of|indication|indications|indicated for|dx|diagnosis|reason|prn reason|use for|related to|r/t|in case of|in the event of|to manage|for prevention of|re|dx code"
    "|for management of|for relief of|to help control|to aid|to keep|to promote|to improve|to maintain|to treat your|for the relief of|for diagnosis of|to decrease|for the prevention of|to protect|to regulate|to calm|to help prevent",
    "if": "if|when|whenever|in case|should",
    "seconds": "seconds|second|sec|secs",
    "unrelieved": "if no relief|if not relieved|if symptoms persist|if pain persists|if headache persists|if headache recurs|if no response|if symptoms return|if unrelieved|if pain not relieved|if headache returns|if not resolved|if symptoms continue|if not effective|if no improvement|if still having symptoms|if symptoms recur|if migraine persists|if ineffective|if headache not resolved|if not better|if symptoms not relieved|if pain is not relieved|if headache is not relieved|if not improved|if migraine recurs|if chest pain persists|if pain continues|for persistent symptoms",
    "onset": "at onset of|at the onset of|at first sign of|at the first sign of|at first sign|at onset|onset of|at start of|at the start of|at first symptom of|at first symptoms of|with onset of|upon onset of|at earliest sign of|at first signs of|at beginning of|with onset|at the first sign|at the first signs of|at the first symptom of|at first onset of|upon first sign of"
    "|at the earliest sign of|at sign of|on onset of|at signs of|at first indication of|as soon as possible after onset of|with the onset of|immediately at onset of|with first sign of|at the beginning of|upon onset|at 1st sign of|at the 1st sign of|at earliest onset of|for onset of",
}

STOPS = frozenset(
    "hold stop not if unless until call except increase decrease take use then do don't dont no without while repeat avoid when give after before max maximum only must may should will can follow "
    "mix apply inject remove start begin continue finish refill dispense qty quantity rf refills patient patients pt pharmacy pharmacist dr md order fill filled insurance brand generic daw substitute "
    "discontinue change replaces instead because notify contact see inform ok okay else but".split()
)
