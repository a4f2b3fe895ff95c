"""What a problem list tells of a medicine that once did grave harm: "Augmentin-induced cholestatic jaundice"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["ToldHarm", "harms_told"]


@dataclass(frozen=True, slots=True)
class ToldHarm:
    """A harm in the words of the list, and the words for what did it."""

    by: str
    harm: str


_GRAVE = (
    r"(?:hepatitis|hepatotoxicity|(?:cholestatic\s+)?jaundice|cholesta\w+|(?:liver|hepatic)\s+(?:injury|failure|toxicity|"
    r"damage|necrosis|dysfunction)|dili|anaphyla\w+|angio-?edema|stevens[\s-]johnson\w*(?:\s+syndrome)?|sjs|"
    r"(?:toxic\s+epidermal\s+)?necrolysis|dress|pancreatitis|agranulocytosis|aplastic\s+an?emia|h[a]?emolytic\s+an?emia|"
    r"h[a]?emolysis|thrombocytopenia|(?:interstitial\s+)?pneumonitis|(?:pulmonary|lung)\s+(?:fibrosis|toxicity|injury)|"
    r"(?:interstitial\s+)?lung\s+disease|retinopathy|optic\s+neur\w+|(?:interstitial\s+)?nephritis|lactic\s+acidosis|"
    r"rhabdomyolysis|myocarditis|torsades?(?:\s+de\s+pointes)?|tendon\s+rupture|serotonin\s+syndrome|"
    r"neuroleptic\s+malignant(?:\s+syndrome)?|lupus|vasculitis|serum\s+sickness|guillain[\s-]barr\w+(?:\s+syndrome)?|"
    r"intussusception|encephalopathy|cardiomyopathy|ototoxicity|methemoglobinemia)"
)
"""Harms after which a medicine is not given again. What passes when it is stopped (weight, sugar, nausea) is none."""
_HARM = re.compile(_GRAVE, re.IGNORECASE)
_NEAR = 60
"""Letters before and behind a harm among which stands what did it."""
_PAST = (
    r"(?:\b(?:h/o|hx|history|prior|previous|past|possible|probable|severe|acute|chronic|drug|known)\b\s*"
    r"(?:of\s+|:\s*)?)*"
)
_WHAT = r"(?P<by>[A-Za-z][\w./-]*(?:[ -][\w./-]+){0,2}?)"
_SHAPES = (
    re.compile(
        rf"{_PAST}{_WHAT}[\s-]+(?:induced|associated|related|caused)\s+(?:\w+\s+){{0,2}}?(?P<harm>{_GRAVE})", re.I
    ),
    re.compile(
        rf"(?P<harm>{_GRAVE})\s+(?:\w+\s+){{0,1}}?(?:due\s+to|from|caused\s+by|secondary\s+to|2/2|after|following|"
        rf"within\s+\d+\s+(?:hours?|days?|weeks?)\s+(?:of|after))\s+(?:(?:a|an|the|taking|previous|prior|last)\s+)*"
        r"(?P<by>[A-Za-z][\w/-]*(?:[ -](?!in\b|therapy\b|use\b|and\b)[A-Za-z][\w/-]*){0,2})",
        re.I,
    ),
    re.compile(
        rf"\b(?:h/o|hx|history|prior|previous|past)\s+(?:of\s+)?(?P<harm>{_GRAVE})\s+(?:with\s+|w/\s*|to\s+)"
        r"(?:(?:prior|previous|past)\s+)?(?:use\s+of\s+)?(?P<by>[A-Za-z][\w/-]*)",
        re.I,
    ),
    re.compile(rf"{_PAST}{_WHAT}\s+(?P<harm>{_GRAVE})", re.I),
)
_NOT_TOLD = re.compile(
    r"\b(?:no|not|denies|denied|without|never|negative|unlikely|excluded|ruled\s+out|r/o|family|mother|father|sister|"
    r"brother|risk|screen\w*|prevent\w*|prophylaxis|monitor\w*|watch|if)\b",
    re.I,
)
_NOT_BY = re.compile(
    r"\b(?:for|on|with|to|of|treated|takes?|uses?|carries|refractory|responsive|withdrawal|stopping|missed|overdose|"
    r"non-?compliance|non-?adherence|deficiency|alcohol\w*|diabet\w*|infection|virus|viral|drug|chronic|acute|auto-?immune|hepatic|systemic|"
    r"idiopathic|hypertensive|uremic|toxic|metabolic|anoxic|hypoxic|proliferative|gallstones?|biliary|ischemic|dilated|"
    r"immune|thrombotic|discoid|\w*lipid\w*|\w*triglycerid\w*|sepsis|radiation|contrast)\b",
    re.I,
)


@lru_cache(maxsize=4096)
def harms_told(problem: str) -> tuple[ToldHarm, ...]:
    """The grave harms of which a problem says that something did them; what it denies or only fears is left out.

    >>> [(t.by, t.harm) for t in harms_told("h/o Augmentin-induced cholestatic jaundice")]
    [('Augmentin', 'cholestatic jaundice')]
    >>> [(t.by, t.harm) for t in harms_told("Achilles tendon rupture after levofloxacin")]
    [('levofloxacin', 'tendon rupture')]
    """
    clauses = [c for c in re.split(r"[;,|\n()]", problem) if _HARM.search(c) and not _NOT_TOLD.search(c)]
    return tuple(told for clause in clauses if (told := _told(clause)))


def _told(clause: str) -> ToldHarm | None:
    """What did the first harm of a clause for which something did it, looked for close beside the harm."""
    near = (clause[max(0, m.start() - _NEAR) : m.end() + _NEAR] for m in _HARM.finditer(clause))
    beside = list(dict.fromkeys(near))
    for shape in _SHAPES:
        for words in beside:
            found = (m for m in shape.finditer(words) if not _NOT_BY.search(m["by"]))
            if first := next(found, None):
                return ToldHarm(first["by"].strip(" -"), first["harm"].strip())
    return None
