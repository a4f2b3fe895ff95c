"""Read an allergy as it stands in a chart: the substance, the reaction, and what kind of reaction that is."""

from __future__ import annotations

import re
from functools import lru_cache

from tallman.core.allergy_history import is_taken_back, says_more, taken_without_harm, without_history
from tallman.core.identify import identify
from tallman.core.identify.names import index_of, words_of
from tallman.core.identify.spelling import slips
from tallman.core.knowledge import AllergyGroup, Knowledge
from tallman.core.patient import Allergy

__all__ = [
    "is_no_known_allergies",
    "is_none_of_another_kind",
    "is_of_touch",
    "reaction_class",
    "read_allergies",
    "read_allergy",
    "tolerated_in",
]

_RELATED = re.compile(r"\s+(?:and|&)\s+related(?:\s+(?:drugs|compounds))?\s*$", re.IGNORECASE)
"""What a list of allergies writes behind a medicine and its kin: "Metformin And Related"."""
# What makes a rechallenge dangerous. Abbreviations that are also words (TEN, DRESS) only count in capitals.
_SEVERE = re.compile(
    r"""anaphyl | angio-?\s?(?:o?edema|neurotic) | throat | tongue | airway |
    (?:lips?|face|facial|mouth|eyes?)\s+ (?:\w+\s+)?(?:swell|swollen) |
    sw[eo]ll\w*\s+(?:of\s+|in\s+)?(?:the\s+)?(?:lips?|face|tongue|throat|mouth|eyes?) | stevens |
    \bsjs\b | (?-i:\bTEN\b) | epidermal\s+necrolysis | (?-i:\bDRESS\b) | eosinophilia | blister |
    peel | exfoliat | bullous | mucosal | hypotens | shock | syncope | passed\s+out |
    loss\s+of\s+consciousness | collapse | \bsob\b | breath | dyspn | wheez | bronchospasm |
    respiratory | chest\s+tight | asthma | intubat | cardiac\s+arrest | epi-?pen | hospitali[sz] | hemoly |
    agranulocyt | thrombocytop | aplastic | serum\s+sickness | vasculitis | rhabdo | hepatitis |
    hepatotox | liver\s+(?:failure|injury) | jaundice | pancreatitis | seizure | torsade |
    serotonin\s+syndrome | malignant | kidney\s+failure | renal\s+failure | nephritis | necrosis |
    tendon\s+rupture | nephrotox | acute\s+kidney | (?-i:\bAKI\b) | ototox | hearing\s+loss | deaf |
    (?:\bgi|gastrointestinal|stomach|brain|intracranial|internal|major|severe)\s+bleed | h(?:a?e)morrhag |
    pulmonary\s+(?:o?edema|infiltrat|fibrosis) | pneumonitis | resp\.?\s+(?:failure|distress|arrest|depress\w*) |
    (?-i:\bHITT?\b) | low\s+platelets | neutropeni | pancytopeni | low\s+white\s+(?:blood\s+)?(?:cell\s+)?count |
    (?:lung|pulmonary)\s+tox | lupus | heart\s+block | blood\s+clot | (?-i:\bDVT\b|\bICU\b|\bAGEP\b|\bDKA\b) |
    \bcoded\b | \bcoma\b | retinopathy | myocarditis | meningitis | methemoglobin | transfus | melena |
    (?:peptic|gastric|stomach|duodenal|bleeding)\s+ulcer | perforat |
    lactic\s+acidosis | (?:long|prolonged)\s+qt | cardiomyopathy | suicid""",
    re.IGNORECASE | re.VERBOSE,
)
_MILD = re.compile(
    r"rash|hives|urticari|(?<!tw)itch|prurit|redness|erythema|flush|swell|eczema|dermatitis|welts|bumps|sneez|watery",
    re.IGNORECASE,
)
_INTOLERANCE = re.compile(
    r"""nausea | nauseous | vomit | emesis | \bn\s?[/&]\s?v\b | \bgi\b | gastr | stomach | abd | upset |
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
_DENIED = re.compile(r"\b(?:no|not|without|denies|w/o)\s+(?:any\s+)?[\w-]+(?:\s+or\s+[\w-]+)?", re.IGNORECASE)
_NONE = re.compile(
    r"""^\W*(?:(?:pt|patient)\s+)?(?:(?:has|have|reports|denies)\s+)?(?:nkda|n\.k\.(?:d\.)?a\.|nka|nkma|nkfa|nkdfa|none(?:\s+known)?|nil|
    (?:any\s+)?(?:no\s+)?(?:known\s+)?
    (?:drug|medication|medicine|food|environmental|latex|animal|insect|seasonal|contact|\s|/|or|and)*
    allerg(?:y|ies|en|ens)(?:\s+(?:known|reported|on\s+record))?
    (?:\s+to\s+(?:any\s+)?(?:drugs?|medications?|medicines?|meds|foods?|latex))?)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_SAYS_NO = re.compile(r"\b(?:no|nkda|n\.k\.(?:d\.)?a|nka|nkma|nkfa|nkdfa|none|nil|denies)\b", re.IGNORECASE)
_OF_ANOTHER_KIND = re.compile(r"\bnkfa\b|food|environmental|latex|animal|insect|seasonal|contact", re.IGNORECASE)
_OF_MEDICINES = re.compile(r"\bnkd|drug|medic|\bmeds\b", re.IGNORECASE)
_REACTION_AFTER = re.compile(
    r"\s*(?::|=>?|->|\s[-\N{EN DASH}\N{EM DASH}>]+\s|\bcaus(?:es?|ed|ing)\b|\breactions?\b:?|"
    r"\bgives\b|\bmakes\b|\bgave\b)\s*",
    re.IGNORECASE,
)
_REACTION_BEFORE = re.compile(r"^(.{3,60}?)\s+(?:with|w/|from|to|after|due\s+to)\s*(?<=[\s/])(.+)$", re.IGNORECASE)
_REACTION_LAST = re.compile(
    r"^(.{3,40}?)\s+((?:severe|bad|mild|skin|body|itchy|got|full)?\s*(?:rash|hives|anaphyla\w+|angioedema|itch\w*|sjs|"
    r"swell\w*|nausea|vomiting|diarrhea|cough)\b.*)$",
    re.IGNORECASE,
)
_SAID_OF_IT = re.compile(
    r"^(?:(?:pt|patient|he|she|(?:mother|mom|father|dad)(?=\s+(?:states?|reports?|says|thinks)))\b\s*)?"
    r"(?:(?:states?|reports?|says|thinks|is|was|are)\b\s*)*"
    r"(?:(?:an?\s+)?(?:(?:drug|medication|medicine|food)\s+)?(?:allerg(?:y|ies|ic)|hypersensitiv(?:e|ity))\s*(?:to\b|:)|"
    r"(?:an?\s+)?(?:allergic|adverse)\s+(?:drug\s+)?reactions?\s+(?:to\b|:)|"
    r"(?:(?:can|does|did|could)\s?(?:not|n't)|can't|unable\s+to|not\s+able\s+to|never)\s+(?:take|tolerate[ds]?)\b)\s*(?=\S)",
    re.IGNORECASE,
)
_HOW_BAD = re.compile(
    r"^(severe|serious|life[- ]threatening|anaphylactic|mild)\s+(?=.*\b(?:allerg\w*|reactions?|hypersensitivit\w+)\b)"
    r"(?:(?:allerg\w*|reactions?|hypersensitivity)\s+)*(?:to\s+)?(.+)$",
    re.IGNORECASE,
)
_WHO_SAYS = re.compile(
    r"\s*[,-]?\s*\b(?:(?:as\s+)?per|according\s+to|reported\s+by|by\s+report\s+of)\s+(?:the\s+|her\s+|his\s+|pt'?s?\s+)?"
    r"(?:mom|mother|mum|dad|father|parents?|pt|patient|family|wife|husband|spouse|son|daughter|sister|brother|"
    r"caregiver|guardian|nurse|chart|records?|md|doctor|transfer\s+records?)\b",
    re.IGNORECASE,
)
"""Who told it is no part of what it is: "per mom" is no milk of magnesia."""
_ABOUT_IT = re.compile(
    r"\W*(?:(?:low|high|moderate|intermediate)[\s-]risk(?:\s+(?:history|allergy|reaction))?|"
    r"(?:very\s+|not\s+|non-?)?(?:mild|moderate|severe|minor|serious)(?:\s+(?:reaction|only))?|"
    r"(?:not|no|non-?)\s*anaphyla\w+|(?:in\s+|from\s+|since\s+|as\s+(?:an?\s+)?)?(?:remote(?:\s+history)?|"
    r"child(?:hood)?|kid|infan(?:t|cy)|baby|toddler|teen(?:ager)?|adult(?:\s+onset|hood)?|young(?:er)?|long\s+ago)|"
    r"(?:>|~|over|about|more\s+than|at\s+least)?\s*(?:\d+\+?|many|several|few|a\s+few)?\s*(?:y|yrs?|years?|months?|decades?)\s+ago|"
    r"(?:in\s+|around\s+|circa\s+|about\s+|since\s+)?(?:the\s+)?(?:(?:19|20)\d\d|\d0)'?s?|at\s+age\s+\d+|"
    r"(?:(?:was|is)\s+)?told\s+by\s+.{2,25}|(?:does|do|did)(?:n'?t|\s+not)\s+(?:remember|know|recall)\b.{0,20}|"
    r"delayed(?:\s+onset)?|immediate(?:\s+onset)?|viral\s+(?:rash|exanthem)|(?:needs?\s+)?pre-?medicat\w*|dry|"
    r"resolved\b.{0,30}|self-?\s?limited|unconfirmed|not\s+confirmed|questionable|family\s+history(?:\s+only)?)[\W]*",
    re.IGNORECASE,
)
"""What only says when it was, how bad, and who told it: no substance of its own."""
_PARENTHESIS = re.compile(r"^(.*?)\s*[(\[]([^)\]]*)[)\]]\s*(.*)$")
_HYPHEN = re.compile(r"^([^-]{3,}?)-\s*([^-].*)$")
_NOISE = re.compile(
    r"\b(?:allerg(?:y|ies|ic)(?:\s+to)?|hypersensitivit(?:y|ies)|adverse\s+reactions?|drugs?|medications?|medicines?|meds?|antibiotics?|products?|class|type|all|"
    r"containing|derivatives?|agents?|based|family|any|other|the|and|of|dyes?|iv|eye|ear|drops?|ointments?|creams?|"
    r"topical|ophthalmic|otic|patch(?:es)?)\b",
    re.IGNORECASE,
)


_BUT = re.compile(
    r"^\W*(?:nkd?a|(?:no\s+)?(?:other\s+)?(?:known\s+)?(?:drug\s+|medication\s+)?allergies)\s*,?\s*"
    r"(?:except(?:ing)?|other\s+than|but|besides)\s+(?:for\s+|to\s+)?(?=\w)",
    re.IGNORECASE,
)
"""What is named after it is an allergy: "NKDA except penicillin"."""
_NUMBERED = re.compile(r"(?:^|\s)\d{1,2}[.)]\s+(?=[A-Za-z])")
_FILLING = re.compile(
    r"(?:unspecified|nos|not otherwise specified|reaction unknown|unknown reaction)\W*$", re.IGNORECASE
)


def is_no_known_allergies(text: str) -> bool:
    """Whether the text says that there are none to medicines: NKDA, "no known drug allergies", "denies allergies"."""
    return _says_none(text) and not is_none_of_another_kind(text)


def is_none_of_another_kind(text: str) -> bool:
    """Whether the text only says that there are none to what is no medicine: NKFA, "no known food allergies"."""
    return _says_none(text) and bool(_OF_ANOTHER_KIND.search(text)) and not _OF_MEDICINES.search(text)


def _says_none(text: str) -> bool:
    return bool(_NONE.match(text) and _SAYS_NO.search(text))


def reaction_class(text: str) -> str:
    """The kind of a reaction: "severe", "mild" (an allergy of the skin), "intolerance" or "unknown".

    Severe are anaphylaxis, swelling of face or throat, trouble breathing, blistering or peeling skin, harm to
    an organ and the like; an intolerance is a side effect such as nausea or cough. The gravest word decides,
    and what the text denies ("no hives") does not count.
    """
    said = _OF_THE_LEGS.sub(" edema ", _AT_THE_NEEDLE.sub(" side effect ", _DENIED.sub(" ", text)))
    if _SEVERE.search(said):
        return "severe"
    if _MILD.search(said):
        return "mild"
    return "intolerance" if _INTOLERANCE.search(said) else "unknown"


def is_of_touch(substance: str, reaction: str) -> bool:
    """Whether the skin, an eye or an ear reacted where it was touched, and nothing else: contact dermatitis, a rash
    under a patch. It says little of the same medicine swallowed or injected."""
    said = _DENIED.sub(" ", f"{substance} {reaction}")
    if reaction_class(re.sub(r"blister\w*|peel\w*", " ", said)) == "severe" or _OF_ALL_SKIN.search(said):
        return False
    return bool(_OF_TOUCH.search(said) or (_TOPICAL.search(substance) and _OF_SKIN.search(reaction)))


def read_allergies(
    text: str, knowledge: Knowledge, reaction: str = "", kind: str = "allergy", severity: str | None = None
) -> tuple[Allergy, ...]:
    """Every allergy of a line such as "PCN (hives), sulfa, codeine: nausea"; empty for "no known allergies".

    A part that is only a reaction belongs to the substance before it, and so does one that says what was tolerated or
    that a test took the allergy back. What cannot be read is kept as an allergy that is not read.
    """
    text = _BUT.sub("", text)
    text = _NUMBERED.sub("; ", text) if _NUMBERED.match(text) else text
    parts = [p.strip() for p in re.split(r"[;,|\n](?![^(\[]*[)\]])", text) if p.strip()]
    parts = [p for p in parts if not _FILLING.match(p)] or parts
    joined: list[str] = []
    for part in parts:
        if _says_none(part):
            continue
        if joined and (_ABOUT_IT.fullmatch(part) or says_more(part) or _is_only_reaction(part, knowledge)):
            joined[-1] += f", {part}"
        else:
            joined += _several(part, knowledge)
    return tuple(read_allergy(part, knowledge, reaction, kind, severity) for part in joined)


def _is_only_reaction(part: str, knowledge: Knowledge) -> bool:
    substance, said = _parts(part)
    return not said and reaction_class(substance) != "unknown" and not read_allergy(part, knowledge).is_read


def _several(part: str, knowledge: Knowledge) -> list[str]:
    """The substances of "PCN/sulfa" or "penicillin and codeine", each readable where the whole is not."""
    substance, _ = _parts(part)
    pieces = [p.strip() for p in re.split(r"\s*(?:/|&|\+|\band\b|\bor\b)\s*", substance) if p.strip()]
    if len(pieces) < 2 or read_allergy(substance, knowledge).is_read:
        return [part]
    if all(read_allergy(p, knowledge).is_read for p in pieces):
        return [part.replace(substance, p, 1) for p in pieces]
    return [part]


def read_allergy(
    text: str,
    knowledge: Knowledge,
    reaction: str = "",
    kind: str = "allergy",
    severity: str | None = None,
    *,
    refuted: bool = False,
    rxcui: str | None = None,
) -> Allergy:
    """One substance with its reaction, from the text or given beside it.

    Groups ("sulfa", "NSAIDs") are found by the names they are written under, medicines by `identify`. What
    cannot be recognised for certain has neither ingredients nor groups: it is not read, and keeps its whole text.
    """
    taken = list(taken_without_harm(f"{text}; {reaction}"))
    tolerated, is_taken_itself = _tolerated(taken, knowledge), "" in taken
    refuted = refuted or is_taken_back(f"{text}; {reaction}")
    about = without_history(text)
    if tolerated and not about:
        return Allergy(text, ignorable=True, reaction=reaction, kind=kind, tolerated=tolerated)
    text = about or text
    if how := _HOW_BAD.match(text):
        text, severity = how[2], severity or ("mild" if how[1].lower() == "mild" else "severe")
    is_group = _plain(text) in _written_groups(knowledge)  # "Opioids - Morphine Analogues"
    substance, said = (text, "") if is_group else _parts(_RELATED.sub("", text))
    reaction = ", ".join(r for r in (reaction, said if said.lower() not in reaction.lower() else "") if r)
    groups = _groups(substance, knowledge)
    medicine = identify(substance, knowledge, rxcui=rxcui)
    is_name = bool(index_of(knowledge).names.get(words_of(substance)))
    if not groups and medicine.confidence < 85 and not is_name:
        groups = _misspelt_groups(substance, knowledge)
    if groups:
        ids = tuple(g.id for g in groups if not g.ignorable)
        tolerated += tuple(f"group:{id}" for id in ids if is_taken_itself)
        return Allergy(substance, (), ids, not ids, reaction, kind, severity, refuted, tolerated)
    # Of a medicine known by name alone nobody can say what it cross-reacts with: it counts as not read. Half the name
    # of an imported one is none: a cashew nut is not its extract.
    held = [knowledge.ingredients.get(i.name) for i in medicine.ingredients]
    is_on_record = medicine.is_known and all(i is not None and (i.is_authored or is_name) for i in held)
    ingredients = medicine.ingredients if is_on_record else ()
    read_as = substance if ingredients else text
    tolerated += tuple(i.name for i in ingredients if is_taken_itself)
    return Allergy(read_as, ingredients, (), False, reaction, kind, severity, refuted, tolerated)


def tolerated_in(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The medicines and groups that a note says were taken without harm, "" where it says so of what it stands beside:
    "tolerated amoxicillin 2024"."""
    taken = list(taken_without_harm(text))
    return (*_tolerated(taken, knowledge), *([""] if "" in taken else []))


def _tolerated(taken: list[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The medicines, and the groups ("group:cephalosporins"), that a record says were taken without harm."""
    found: list[str] = []
    for names in taken:
        for name in re.split(r"\s*(?:/|&|\+|\band\b|\bor\b)\s*", names):
            groups = _groups(name, knowledge)
            found += [f"group:{g.id}" for g in groups]
            found += [i.name for i in identify(name, knowledge).ingredients] if name and not groups else []
    return tuple(dict.fromkeys(found))


def _parts(text: str) -> tuple[str, str]:
    """Substance and reaction of "codeine: nausea", "PCN (hives)", "rash with sulfa", "codeine - itching"."""
    text = _WHO_SAYS.sub("", _SAID_OF_IT.sub("", text.strip())) or text
    if (match := _PARENTHESIS.match(text)) and match[1] and reaction_class(match[2]) != "unknown":
        return match[1], ", ".join(filter(None, [match[2].strip(" ,"), match[3]]))
    pieces = _REACTION_AFTER.split(text, maxsplit=1)
    if len(pieces) == 2 and pieces[0].strip():
        return pieces[0].strip(), pieces[1].strip()
    first, comma, rest = text.partition(",")
    if comma and reaction_class(rest) != "unknown":
        return first.strip(), rest.strip()
    for pattern, substance, reaction in ((_HYPHEN, 1, 2), (_REACTION_BEFORE, 2, 1), (_REACTION_LAST, 1, 2)):
        if (match := pattern.match(text)) and reaction_class(match[reaction]) != "unknown":
            return match[substance].strip(), match[reaction].strip()
    return text, ""


def _plain(text: str) -> str:
    """Lower case, without signs and plural endings, so that "Sulfa Drugs" and "sulfa drug" are one."""
    found = re.findall(r"[a-z0-9']+", text.lower().replace("&", " and "))
    return " ".join(
        w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "is", "us")) else w for w in found
    )


@lru_cache(maxsize=4)
def _written_groups(knowledge: Knowledge) -> dict[str, tuple[AllergyGroup, ...]]:
    found: dict[str, tuple[AllergyGroup, ...]] = {}
    for group in knowledge.allergy_groups.values():
        written = (group.name, *group.written_as)
        for name in {_plain(n) for n in written} | {_plain(_NOISE.sub(" ", n)) for n in written} - {""}:
            found[name] = (*found.get(name, ()), group)
    return found


def _groups(substance: str, knowledge: Knowledge) -> tuple[AllergyGroup, ...]:
    written = _written_groups(knowledge)
    return written.get(_plain(substance)) or written.get(_plain(_NOISE.sub(" ", substance)), ())


def _misspelt_groups(substance: str, knowledge: Knowledge) -> tuple[AllergyGroup, ...]:
    """The one group whose name is a slip or two away, as the length allows; none when two are as near."""
    plain = _plain(_NOISE.sub(" ", substance))
    reach = 0 if len(plain) < 5 else 1 if len(plain) < 8 else 2
    near: dict[int, set[tuple[AllergyGroup, ...]]] = {}
    for name, groups in _written_groups(knowledge).items():
        if reach and name[:1] == plain[:1] and (distance := slips(plain, name)) <= reach:
            near.setdefault(distance, set()).add(groups)
    nearest = near.get(min(near, default=0), set())
    return next(iter(nearest)) if len(nearest) == 1 else ()
