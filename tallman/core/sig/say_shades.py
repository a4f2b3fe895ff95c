"""What the text of a step says nearer than the model keeps it: today is no "right away", to gargle is no swishing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tallman.core.sig.model import Link, Sig, Step

__all__ = ["MAY", "PLAIN", "Shade", "is_at_most", "is_given_at_office", "shades_of"]

_AT_ONCE = re.compile(r"\b(?:stat|now|immediately|at once|right away|initially|ahora|inmediatamente)\b", re.IGNORECASE)
_TODAY = re.compile(r"\b(?:today|hoy)\b", re.IGNORECASE)
_TONIGHT = re.compile(r"\b(?:tonight|esta noche)\b", re.IGNORECASE)
_TOMORROW = re.compile(r"\btomorrow\b", re.IGNORECASE)
_AT_MOST = re.compile(r"\b(?:up to|max(?:imum)?|no more than|nte|not to exceed|limit|hasta)\b", re.IGNORECASE)
_GARGLED = re.compile(r"\bgargle\b", re.IGNORECASE)
_WASHED = re.compile(r"\b(?:wash|washed|rinse|rinsed|shower|lave|enjuague)\b", re.IGNORECASE)
MAY = re.compile(r"\b(?:may|can|ok(?:ay)? to|puede)\b", re.IGNORECASE)
_LATER_MAY = re.compile(r"(?:after|in) \w+ \w+,? (?:you |pt |patient )?(?:may|can)\b", re.IGNORECASE)
_PUSHED = re.compile(r"\b(?:slow(?:ly)?|rapid(?:ly)?)?(?: (?:iv|intravenous))? ?(?:ivp|push)\b", re.IGNORECASE)
"""That it is pushed into a vein, and how fast."""
_EACH = re.compile(r"\b(?:each|every) (?:eye|ear)\b|\bcada (?:ojo|o[ií]do)\b", re.IGNORECASE)
_CHANGED = re.compile(r"\b(?:change|replace) (?:the )?(sensor|pod)\b", re.IGNORECASE)
_EACH_MONTH = re.compile(
    r"(?<!first )\b\d+ ?(?:d|days?) (?:per|each|every|of (?:each|every)|a|out of (?:each|every)) mo(?:nth)?\b",
    re.IGNORECASE,
)
_DIRECTED_BY = re.compile(
    r"\b(?:directed|instructed|advised|adjusted|dosed|managed|as) (?:by|per) ((?:the )?(?:coumadin|warfarin|anticoag\w*|inr|pain|diabetes|heart failure"
    r"|transplant|oncology|cardiology|neurology|infusion|hospice)(?: (?:clinic|team|nurse|rn))?"
    r"|(?:the |your )?(?:[a-z]+ ){1,2}(?:clinic|team))\b",
    re.IGNORECASE,
)
"""Who directs how it is taken, where that is not whoever prescribes it."""
_TAPERED = re.compile(
    r"\b(taper|titrate|wean|adjust) (?:the )?(?:dose )?as (?:directed|instructed|prescribed|advised|ordered)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:in|at|by) (?:the |md |md's |doctor's )?(?:office|clinic)\b|\b(?:office|clinic) (?:will|to) (?:admin|give|inject)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:first|initial|load|loading|home|self|call|follow|appt|appointment|visit|check|lab|draw|seen|until|teach|train"
    r"|bring|per|before|after|prior|directed|instructed|pick|or)\b",
    re.IGNORECASE,
)
"""What an office may be named for beside a dose that is not given there, or not all of it."""


_AT_LEAST = re.compile(r"\bover (?:at least|no(?:t)? less than|(?:a )?min(?:imum)?(?: of)?) \d", re.IGNORECASE)
_LOADED = re.compile(r"\bload(?:ing)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shade:
    """The words for a dose at once, and whether the text says tomorrow, at most, gargle, wash off and may; `is_optional`
    where a change is one that may be made; `pushed` how it is pushed into a vein; `is_each` where the text says each eye,
    `is_each_month` where it counts days of a month and does not name them; `changed` what is changed for a new one,
    `directed_by` who directs how it is taken, `tapered` what is done as directed: "taper", `is_at_least` where it runs at
    least so long."""

    at_once: str = "right away"
    is_tomorrow: bool = False
    is_at_most: bool = False
    is_gargled: bool = False
    is_washed: bool = False
    is_allowed: bool = False
    is_optional: bool = False
    pushed: str = ""
    is_each: bool = False
    is_each_month: bool = False
    is_shampooed: bool = False
    changed: str = ""
    directed_by: str = ""
    tapered: str = ""
    is_at_least: bool = False


PLAIN = Shade(is_at_most=True)
"""Nothing nearer than the model."""


def shades_of(sig: Sig) -> list[Shade]:
    """The shade of each step."""
    found, end = [], 0
    for step in sig.steps:
        start = step.span[0]
        allowed = MAY.search(sig.text[end:start]) or _LATER_MAY.match(sig.text[start : step.span[1]])
        is_optional = step.link is Link.THEN and not step.prn and bool(allowed)
        found.append(replace(_shade(sig.text[start : step.span[1]] or sig.text), is_optional=is_optional))
        end = step.span[1]
    return found


def _shade(text: str) -> Shade:
    at_once = "right away"
    if not _AT_ONCE.search(text):
        at_once = "as a loading dose" if _LOADED.search(text) else at_once
        at_once = "tonight" if _TONIGHT.search(text) else "today" if _TODAY.search(text) else at_once
    changed, pushed = _CHANGED.search(text), _PUSHED.search(text)
    directed, tapered = _DIRECTED_BY.search(text), _TAPERED.search(text)
    return Shade(
        at_once,
        is_tomorrow=bool(_TOMORROW.search(text)),
        is_at_most=bool(_AT_MOST.search(text)),
        is_gargled=bool(_GARGLED.search(text)),
        is_washed=bool(_WASHED.search(text)),
        is_allowed=bool(MAY.search(text)),
        is_each=bool(_EACH.search(text)),
        is_each_month=bool(_EACH_MONTH.search(text)),
        is_shampooed="shampoo" in text.lower(),
        changed=changed[1].lower() if changed else "",
        pushed=pushed[0].lower() if pushed else "",
        tapered=tapered[1].lower() if tapered else "",
        is_at_least=bool(_AT_LEAST.search(text)),
        directed_by=f" by {directed[1].lower()}" if directed else "",
    )


def is_at_most(step: Step, shade: Shade) -> bool:
    """Whether its doses need not all be taken: not where they are a course that begins with the first sign."""
    return step.prn and (shade.is_at_most or not (step.prn_reason or "").startswith("onset of "))


def is_given_at_office(text: str) -> bool:
    """Whether the text says that it is given at the office, and nowhere else: "inject 60 mg every 6 months in office"."""
    return bool(_OFFICE.search(text)) and not _ELSEWHERE.search(text)
