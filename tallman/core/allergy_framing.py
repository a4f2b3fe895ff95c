"""What stands around the substance in the text of an allergy: who told it, when it was, and that there is none."""

from __future__ import annotations

import re

__all__ = [
    "apart_from_brackets",
    "is_grave",
    "is_no_known_allergies",
    "is_none_of_another_kind",
    "is_note",
    "parts_of",
    "says_none",
    "says_unknown",
    "without_frame",
]

_WHOM = (
    r"(?:the\s+|her\s+|his\s+|our\s+|pt'?s?\s+)?(?:mom|mother|mum|dad|father|parents?|pt|patient|family|wife|husband|"
    r"spouse|son|daughter|sister|brother|caregiver|guardian|nurse|pharmacy|chart(?:\s+review)?|records?|md|doctor|"
    r"provider|allergist|transfer\s+records?)\b"
)
_CONFIRMING = frozenset(
    "verified confirmed reviewed reported noted stated active updated per by with the pt patient family parent parents "
    "mother father mom dad wife husband spouse son daughter caregiver guardian rn nurse provider pcp md self and today "
    "on as of at this time visit chart".split()
)
_WORD = re.compile(r"[^\W_]+")
_NONE = re.compile(
    r"""^\W*(?:(?:pt|patient)\s+)?(?:(?:has|have|reports|denies)\s+)?(?:nkda|n\.k\.(?:d\.)?a\.|nka|nkma|nkfa|nkdfa|none(?:\s+known)?|nil|
    denies|ningun[ao]|(?:niega|sin|no(?:\s+tiene)?|ninguna)\s+alergias?(?:\s+conocidas?)?(?:\s+a\s+medicamentos)?|
    (?:any\s+)?(?:no\s+)?(?:known\s+)?
    (?:drug|medication|medicine|food|environmental|latex|animal|insect|seasonal|contact|\s|/|or|and)*
    allerg(?:y|ies|en|ens)(?:\s+(?:known|reported|on\s+record))?
    (?:\s+to\s+(?:any\s+)?(?:drugs?|medications?|medicines?|meds|foods?|latex))?)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_UNKNOWN = re.compile(
    r"\W*(?:(?:drug\s+)?allerg(?:y|ies)(?:\s+status)?\W*)?(?:is\s+|are\s+)?(?:unknown|unk|not\s+known|unsure|"
    r"(?:unable|not\s+able)\s+to\s+(?:obtain|assess|determine|verify|ask)|(?:could|can)\s?not\s+(?:be\s+)?(?:obtain|assess|ask)(?:ed)?|"
    r"not\s+(?:yet\s+)?(?:asked|obtained|assessed|on\s+file|available)|unobtainable|no\s+information|to\s+be\s+(?:asked|verified)|uta)"
    r"(?:\s+(?:(?:drug\s+)?allerg(?:y|ies)(?:\s+status)?|at\s+this\s+time))?\W*",
    re.IGNORECASE,
)
"""Nobody has asked, or nobody could answer."""
_KIND_OF = re.compile(r"^\W*(?:drugs?|foods?|environmental|medications?|latex|other)\s*:\s*", re.IGNORECASE)
_SAYS_NO = re.compile(
    r"\b(?:no|nkda|n\.k\.(?:d\.)?a|nka|nkma|nkfa|nkdfa|none|nil|denies|ningun[ao]|niega|sin)\b", re.IGNORECASE
)
_OF_ANOTHER_KIND = re.compile(r"\bnkfa\b|food|environmental|latex|animal|insect|seasonal|contact", re.IGNORECASE)
_OF_MEDICINES = re.compile(r"\bnkd|drug|medic|\bmeds\b", re.IGNORECASE)

_LEAD = re.compile(
    r"^\W*(?:(?:(?:pt|patient|he|she|(?:mother|mom|father|dad)(?=\s+(?:states?|reports?|says|thinks)))\b\s*)?"
    r"(?:(?:states?|reports?|says|thinks|is|was|are|known|documented|possible)\b\s*)*"
    r"(?:(?:food|drug|medication|medicine|other)s?\s*:|"
    r"(?:an?\s+)?(?:(?:drug|medication|medicine|food)\s+)?"
    r"(?:allerg(?:y|ies|ic|en)|hypersensitiv(?:e|ity)|sensitiv(?:e|ity)|adr|intoleran(?:t|ce)|side\s+effects?)"
    r"\s*(?:(?:status\s+)?(?:to|of|from)\b|:|\s-(?=\s))|"
    r"(?:propensity\s+to\s+)?(?:an?\s+)?(?:(?:allergic|adverse|bad)\s+)?(?:drug\s+)?reactions?\s+(?:to|from|with)\b|"
    r"(?:history|hx|h/o)\b(?:\s+of\b|\s*:)?(?:\s+an?\b)?|(?:had|has|gets?|got)\s+an?\s+(?=(?:bad\s+|allergic\s+)?reaction)|"
    r"react(?:s|ed)?\s+(?:badly\s+)?(?:to|with)\b|br(?:eaks?|eaking|oke)\s+out\s+(?:with|from|on)\b|"
    r"(?:(?:was\s+)?told\s+)?(?:to\s+)?(?:avoid|(?:do\s+not|don't|never|not)\s+(?:to\s+)?(?:give|take|use))\b|"
    r"al[eé]rgi(?:as?|c[oa])\s+a(?:l|\s+l[ao]s?)?\b(?=\s)|"
    r"(?:(?:can|does|did|could)\s?(?:not|n't)|can't|unable\s+to|not\s+able\s+to|never)\s+(?:take|tolerate[ds]?)\b))\s*(?=\S)",
    re.IGNORECASE,
)
_WHO_SAYS = re.compile(
    rf"\s*[,-]?\s*\b(?:(?:as\s+)?per|according\s+to|reported\s+by|by\s+report\s+of)\s+{_WHOM}", re.IGNORECASE
)
"""Who told it is no part of what it is: "per mom" is no milk of magnesia."""
_SINCE = (
    r"(?:in\s+|from\s+|since\s+|as\s+(?:an?\s+)?)?(?:remote(?:\s+history)?|child(?:hood)?|kid|infan(?:t|cy)|baby|toddler|"
    r"teen(?:ager)?|adult(?:\s+onset|hood)?|young(?:er)?|long\s+ago)|de\s+ni[ñn][oa]|"
    r"(?:>|~|over|about|more\s+than|at\s+least)?\s*(?:\d+\+?|many|several|few|a\s+few)?\s*(?:y|yrs?|years?|months?|decades?)\s+ago|"
    r"(?:in\s+|around\s+|circa\s+|about\s+|since\s+|dx\s+)?(?:the\s+)?(?:\d{1,2}/)?(?:\d{1,2}/)?(?:(?:19|20)\d\d|\d0)'?s?|"
    r"(?:since\s+|at\s+)?age\s+(?:of\s+)?\d+"
)
_ABOUT_IT = re.compile(
    r"\W*(?:(?:low|high|moderate|intermediate)[\s-]risk(?:\s+(?:history|allergy|reaction))?|"
    r"(?:very\s+|not\s+|non-?)?(?:mild|moderate|severe|minor|serious)(?:\s+(?:reaction|allergy|only))?|"
    rf"(?:not|no|non-?)\s*anaphyla\w+|{_SINCE}|"
    r"(?:(?:was|is)\s+)?told\s+by\s+.{2,25}|(?:does|do|did)(?:n'?t|\s+not)\s+(?:remember|know|recall)\b.{0,20}|"
    r"delayed(?:\s+onset)?|immediate(?:\s+onset)?|viral\s+(?:rash|exanthem)|(?:needs?\s+)?pre-?medicat\w*|dry|"
    r"resolved\b.{0,30}|self-?\s?limited|(?:not\s+|un)?(?:confirmed|verified)(?:\s+(?:by|with)\s+.{2,25})?|active|"
    r"questionable|not\s+sure(?:\s+which)?|(?:drug\s+)?class|"
    r"(?:unknown|unk|unspecified)(?:\s+(?:rxn|reaction|severity|type))?|(?:rxn|reaction)\s+(?:is\s+)?(?:unk|unknown)|"
    r"(?:er|ed|emergency(?:\s+room)?|hospital|clinic)\s+visit(?:\s+(?:in\s+)?[\d/]+)?|"
    r"family\s+history(?:\s+only)?)[\W]*",
    re.IGNORECASE,
)
"""What only says when it was, how bad, and who told it: no substance of its own."""
_GRAVE = re.compile(
    r"\W*(?:very\s+)?(?:severe|serious|life[- ]threatening)(?:\s+(?:reaction|allergy))?\W*", re.IGNORECASE
)
_FIELD = re.compile(
    r"\W*(?:(?P<kind>(?:allergen\s+)?(?:type|category|class|source|recorded(?:\s+by|\s+on)?|code|onset(?:\s+date)?|date))|"
    r"status|verification(?:\s+status)?|criticality|severity|comments?|notes?|reactions?|symptoms?)\s*:\s*",
    re.IGNORECASE,
)
"""What a form writes before each of its fields; what `kind` leads is of the form and says nothing of the reaction."""
_BUT = re.compile(
    r"^\W*(?:denies\s+|pt\s+|patient\s+|has\s+|any\s+)*(?:nkd?a|(?:no\s+)?(?:other\s+)?(?:known\s+)?(?:drug\s+|medication\s+)?allergies)\s*"
    r"(?:[,(]?\s*(?:except(?:ing)?|other\s+than|but|besides)\s+(?:for\s+|to\s+)?|[.:]\s+|\s-\s+)(?=\w)",
    re.IGNORECASE,
)
"""What is named after it is an allergy: "NKDA except penicillin"."""
_HAS_NONE = re.compile(r"^\W*(?:denies|nkd?a|no)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:^|\s)\d{1,2}[.)]\s+(?=[A-Za-z])")
_FILLING = re.compile(
    r"(?:unspecified|nos|not otherwise specified|reaction unknown|unknown reaction)\W*$", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"(?:[;|\n]|(?<!\d),|,(?!\d)|(?<=[)\]])\s*(?:\band\b|[&/+])\s*(?=\w)|"
    r"\s+(?=(?:drugs?|foods?|environmental|medications?|latex)\s*:))(?![^(\[]*[)\]])",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_SIGNS = (
    (re.compile(r"[{<]([^{}<>]{2,40})[}>]"), r"(\1)"),
    (re.compile(r"\*+([^*]{2,40})\*+"), r" (\1)"),
    (re.compile(r"(?<=\w)\^(?=\w)"), "; "),
    (re.compile(r"\s*(?:\.{2,}|--+|\N{HORIZONTAL ELLIPSIS}|\N{RIGHTWARDS ARROW})\s*(?=\w)"), " - "),
    (re.compile("[\N{RIGHT SINGLE QUOTATION MARK}`]"), "'"),
    (re.compile(rf"\s+-\s+(?={_FIELD.pattern.removeprefix(chr(92) + 'W*')})", re.IGNORECASE), "; "),
)
"""Other signs for a bracket, for what parts the fields, and for a dash."""


def is_no_known_allergies(text: str) -> bool:
    """Whether the text says that there are none to medicines: NKDA, "no known drug allergies", "denies allergies"."""
    return says_none(text) and not is_none_of_another_kind(text)


def is_none_of_another_kind(text: str) -> bool:
    """Whether the text only says that there are none to what is no medicine: NKFA, "no known food allergies"."""
    return says_none(text) and bool(_OF_ANOTHER_KIND.search(text)) and not _OF_MEDICINES.search(text)


def says_none(text: str) -> bool:
    """Whether the text says that there are none, whoever confirmed it and when."""
    text = _KIND_OF.sub("", text)
    bare = _without_confirmation(text)
    return any(_NONE.match(said) and _SAYS_NO.search(said) for said in (text, bare))


def says_unknown(text: str) -> bool:
    """Whether the text says that nobody knows: "unknown", "unable to obtain"."""
    return bool(_UNKNOWN.fullmatch(text))


def parts_of(text: str) -> list[str]:
    """The parts of a line of allergies, each a substance or something said of the one before it."""
    for sign, plain in _SIGNS:
        text = sign.sub(plain, text)
    had_none = _HAS_NONE.match(text)
    text = _BUT.sub("", text)
    text = _NUMBERED.sub("; ", text) if _NUMBERED.match(text) else text
    parts = [p.strip() for p in _BETWEEN.split(text) if p.strip()]
    parts = [said for n, p in enumerate(parts) if (said := _without_field(p) if n else p)]
    parts = [p for p in parts if not _FILLING.match(p)] or parts
    return [p for p in parts if not says_none(p) and not (had_none and len(parts) == 1 and is_confirmation(p))]


def is_confirmation(part: str) -> bool:
    """Whether a part says only that the record was looked at."""
    return bool(part.strip()) and not _without_confirmation(part).strip()


def _without_confirmation(text: str) -> str:
    """Without the words at the end that say who looked at it and when: "NKDA, verified 3/2 by RN"."""
    for word in reversed(list(_WORD.finditer(text))):
        if word[0].lower() not in _CONFIRMING and not word[0][0].isdigit():
            return text[: word.end()]
    return ""


def _without_field(part: str) -> str:
    """What a field of a form says of the substance before it; nothing where it is of the form alone."""
    field = _FIELD.match(part)
    return part if not field else "" if field["kind"] else part[field.end() :]


def is_note(part: str) -> bool:
    """Whether a part says only when it was, how bad, or who told it."""
    return bool(_ABOUT_IT.fullmatch(part) or is_confirmation(part))


def is_grave(part: str) -> bool:
    """Whether a part says that the reaction was severe, and nothing else."""
    return bool(_GRAVE.fullmatch(part))


def without_frame(text: str) -> str:
    """The text without what leads to the substance and who told it: "PCN" of "History of PCN allergy per mom"."""
    bare = _WHO_SAYS.sub("", text.strip())
    while (left := _LEAD.sub("", bare, count=1)) != bare:
        bare = left
    return bare or text


def apart_from_brackets(text: str) -> tuple[str, list[str]]:
    """What is outside and what is inside the brackets of a text: "eggs" and "ovalbumin"."""
    return _BRACKET.sub(" ", text).strip(), [m[1].strip() for m in _BRACKET.finditer(text) if m[1].strip()]
