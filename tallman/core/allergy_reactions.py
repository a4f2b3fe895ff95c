"""What a reaction was: how grave, an allergy or a side effect, of the whole body or of what was touched."""

from __future__ import annotations

import re

__all__ = ["is_of_touch", "reaction_class", "without_denied"]

# What makes a rechallenge dangerous. Abbreviations that are also words (TEN, DRESS) only count in capitals.
_SEVERE = re.compile(
    r"""ann?a(?:ph[aiy]?l|f[iy]l|p[iy]l) | angio-?\s?(?:o?e?dema|neurotic) | throat | tongue | airway |
    (?:lips?|face|facial|mouth|eyes?)\s+ (?:\w+\s+)?(?:swell|swollen) |
    sw[eo]ll\w*\s+(?:of\s+|in\s+)?(?:the\s+)?(?:lips?|face|tongue|throat|mouth|eyes?) | stevens |
    \bsjs\b | (?-i:\bTEN\b) | epidermal\s+necrolysis | (?-i:\bDRESS\b) | eosinophilia | blister |
    peel | exfoliat | bullous | mucosal | hypotens | shock | syncope | passed\s+out | \bfaint |
    loss\s+of\s+consciousness | collapse | \bsob\b | breath | dyspn | wheez | bronchospasm |
    respiratory | chest\s+tight | asthma | intubat | cardiac\s+arrest | epi-?pen | hospitali[sz] | hemoly |
    agranulocyt | thrombocytop | aplastic | serum\s+sickness | vasculitis | rhabdo | hepatitis |
    hepatotox | liver\s+(?:failure|injury) | jaundice | pancreatitis | seizure | torsade |
    serotonin\s+syndrome | malignant | kidney\s+failure | renal\s+failure | nephritis | necrosis |
    tendon\s+rupture | nephrotox | acute\s+kidney | (?-i:\bAKI\b) | ototox | hearing\s+loss | deaf |
    falta\s+de\s+aire | dificultad\s+para\s+respirar |
    hinchaz[oó]n\s+(?:de|en)\s+(?:l[ao]s?\s+)?(?:cara|labios?|lengua|garganta) |
    (?:\bgi|gastrointestinal|stomach|brain|intracranial|internal|major|severe)\s+bleed | h(?:a?e)morrhag |
    pulmonary\s+(?:o?edema|infiltrat|fibrosis) | pneumonitis | resp\.?\s+(?:failure|distress|arrest|depress\w*) |
    (?-i:\bHITT?\b) | low\s+platelets | neutropeni | pancytopeni | low\s+white\s+(?:blood\s+)?(?:cell\s+)?count |
    (?:lung|pulmonary)\s+tox | lupus | heart\s+block | blood\s+clot | (?-i:\bDVT\b|\bICU\b|\bAGEP\b|\bDKA\b) |
    \bcoded\b | \bcoma\b | retinopathy | myocarditis | meningitis | methemoglobin | transfus | melena |
    (?:peptic|gastric|stomach|duodenal|bleeding)\s+ulcer | perforat |
    nasal\s+polyps? | \baerd\b | samter | lactic\s+acidosis | (?:long|prolonged)\s+qt | cardiomyopathy | suicid""",
    re.IGNORECASE | re.VERBOSE,
)
_MILD = re.compile(
    r"rash|hives|urticari|(?<!tw)itch|prurit|redness|erythema|flush|swell|eczema|dermatitis|welts|bumps|sneez|watery|"
    r"ronchas|s[ae]r?pullido|comez[oó]n|picaz[oó]n|hinchaz",
    re.IGNORECASE,
)
_INTOLERANCE = re.compile(
    r"""n[aá]usea | nauseous | v[oó]mito | diarrea | mareo |
    vomit | emesis | \bn\s?[/&]\s?v\b | \bponv\b | \bgi\b | gastr | stomach | abd | upset |
    diarrh | constipat | head\s?ache | migraine | dizz | drows | sedat | sleep | cough | cramp |
    heartburn | reflux | myalgia | \w*ache\b | \baches\b | muscle | pain | weak | fatigue | tired |
    letharg | insomnia | dry\s+mouth | weight | sweat | jitter | shak | tremor | anxi | nervous |
    irritab | agitat | mood | depress | intoleran | side\s+effect | photosens | sun\s+sens | bruis |
    \bdry\s+(?:lips?|skin|eyes?|throat) | sore\s+(?:arm|leg|muscle|joint)s? | \bsoreness | flu-?like | chills |
    palpit | tachycard | racing | edema | confus | hallucin | dream | taste | yeast | thrush | sick |
    low\s+(?:blood\s+)?sugar | hypoglyc | bloat | flatul | \bgas(?:sy)?\b | indigest | dyspeps | loose\s+stool |
    gum\s+(?:over)?growth | gingiv | hair\s+(?:loss|thin\w*|falling) | alopecia | (?:blurr?(?:ed|y)?|double)\s+vision |
    polyuria | nightmare | runny\s+nose | \bstain | discolor | sunburn | (?:elevated|high|raised)\s+(?:lfts?|liver) |
    transaminitis | (?:high|low)\s+(?:potassium|sodium|magnesium) | hyponatr |
    (?:low|drop\w*)\s+(?:bp|blood\s+press\w*) |
    orthosta | light-?\s?headed | bradycard | (?:slow|rapid|fast)\s+(?:heart|pulse) |
    (?:did|does|do)(?:n't|\s+not|nt)\s+(?:work|help) | ineffective | felt\s+(?:weird|funny|bad|off) |
    paradoxical | hyper(?:active|activity)? \b | \bwired\b | \bmani[ac]\w* | delirium | memory | zombie | drunk |
    tingl | numb | gynecomast | breast | libido | \bgout | kidney\s+stones? |
    (?:burning|stinging|reaction|pain|knot|lump|swelling)\s+at\s+(?:the\s+)?(?:inj\w*\s+)?site | injection[\s-]+site |
    red\s?man | hot\s+flash | tinnitus | ringing |
    hypernatr | hyperglyc | akathis | dystoni | (?-i:\bEPS\b) | restless | stiff | cognit | \bfog | unstead | ataxi |
    gait | erecti | impoten | \bacne | hirsut | incontinen | hiccup | burp | belch | paresthes | \bhot\b | appetite |
    anorexia | weird | loopy | \bcrazy | flat\b | too\s+strong | not\s+effective | awful | galactor | lactation |
    spotting | urin | sexual | bleed | hyperkal | hypokal | makes?\s+(?:me|him|her|pt|patient)""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_THE_LEGS = re.compile(
    r"\b(?:ankles?|legs?|feet|foot|pedal|peripheral)\s+(?:\w+\s+)?sw[eo]ll\w*|"
    r"\bsw[eo]ll\w*\s+(?:of\s+|in\s+)?(?:the\s+|my\s+|both\s+)?(?:ankles?|legs?|feet|foot)",
    re.IGNORECASE,
)
"""Water in the legs is what some medicines do, no allergy."""
_AT_THE_NEEDLE = re.compile(
    r"\b(?:inj(?:ection)?|infusion|shot|needle)[\s-]+sites?\b(?!.*\ball over)(?:\s+(?:and\s+)?"
    r"(?:reactions?|redness|swelling|pain|itch\w*|rash|hives|lumps?|bruis\w*|burning|irritation|erythema)\b)*|"
    r"\b[a-z]+\s+(?:at|around|near|where)\s+(?:the\s+|my\s+)?(?:(?:inj\w*|infusion|shot|needle)\s*)(?:site|spot|was)?\b",
    re.IGNORECASE,
)
"""A red spot where the needle went in comes of the needle as often as of the medicine."""
_OF_TOUCH = re.compile(
    r"\bcontact\b|application.site|\b(?:at|under|around|beneath)\b.{0,15}\b(?:site|patch|tape)|\blocal|"
    r"(?:skin|eyes?)\W+irritat",
    re.IGNORECASE,
)
_TOPICAL = re.compile(
    r"eye ?drop|ear ?drop|ointment|cream|patch|topical|\bgel\b|lotion|ophthalmic|\botic", re.IGNORECASE
)
_OF_SKIN = re.compile(r"rash|red|itch|burn|sting|irritat|dermatitis", re.IGNORECASE)
_OF_ALL_SKIN = re.compile(r"hives|urticari|all over|whole|body|spread|generali[sz]|diffuse", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:non?|not|without|denies|w/o)\s+(?:any\s+)?[\w-]+(?:\s+or\s+[\w-]+)?", re.IGNORECASE)


def reaction_class(text: str) -> str:
    """The kind of a reaction: "severe", "mild" (an allergy of the skin), "intolerance" or "unknown".

    Severe are anaphylaxis, swelling of face or throat, trouble breathing, blistering or peeling skin, harm to
    an organ and the like; an intolerance is a side effect such as nausea or cough. The gravest word decides,
    and what the text denies ("no hives") does not count.
    """
    said = _OF_THE_LEGS.sub(" edema ", _AT_THE_NEEDLE.sub(" side effect ", without_denied(text)))
    if _SEVERE.search(said):
        return "severe"
    if _MILD.search(said):
        return "mild"
    return "intolerance" if _INTOLERANCE.search(said) else "unknown"


def without_denied(text: str) -> str:
    """A reaction without what the text says was not: "rash" of "rash, no hives"."""
    return _DENIED.sub(" ", text)


def is_of_touch(substance: str, reaction: str) -> bool:
    """Whether the skin, an eye or an ear reacted where it was touched, and nothing else: contact dermatitis, a rash
    under a patch. It says little of the same medicine swallowed or injected."""
    said = without_denied(f"{substance} {reaction}")
    if reaction_class(re.sub(r"blister\w*|peel\w*", " ", said)) == "severe" or _OF_ALL_SKIN.search(said):
        return False
    return bool(_OF_TOUCH.search(said) or (_TOPICAL.search(substance) and _OF_SKIN.search(reaction)))
