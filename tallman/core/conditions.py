"""What a problem list says in words or in SNOMED CT codes, as the ICD-10-CM codes that the rules speak in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from tallman.core.condition_names import ConditionName, ConditionNames, words_of
from tallman.core.numbered_conditions import codes_in_numbers
from tallman.core.patient import ON_THE_LIST, Condition, Patient

__all__ = ["codes_read", "is_unread", "told_in", "with_read_conditions"]


_WORD = re.compile(r"[A-Za-z0-9]+")
_CLAUSE = re.compile(r"[,;|\n]|(?<=\w\w)\.\s|\band\b|\bbut\b")
_KIND = re.compile(r"\((?:disorder|finding|situation|procedure|event|person|morphologic abnormality)\)\s*$", re.I)
_MARK = re.compile(r"\s*[(\[](?:(?:cms|hhs|raf)\s*[/-]?\s*)?hcc(?:\s+(?:code|v?\d+))?[)\]]", re.I)
"""How record systems mark what counts for the risk of an insured person, which is no cancer of the liver."""
_DONE = re.compile(r"^\s*(?:s/?p|status[ -]post)\s+", re.I)
_NO_ILLNESS = re.compile(r"\((?:finding|situation|procedure|event|person)\)\s*$", re.I)
_MOTHER = (
    "".join(f"(?<!{kind} )" for kind in ("lactating", "feeding", "nursing", "pumping"))
    + r"(?:mother|mom)(?! (?:is )?(?:currently |exclusively |still )?(?:breast ?-?feeding|lactating|pumping|bf)\b)"
)
"""A mother who is not the patient herself, as one who nurses is."""
_OF_OTHERS = re.compile(
    rf"\b(?:family|fam|fh|fhx|{_MOTHER}|father|dad|sister|brother|bro|sib|sibling|dtr|parent|uncle|"
    r"cousin|aunt|wife|"
    r"son|daughter|niece|nephew|grand(?:mother|father|parent|son|daughter|child)|m?p?gm|boyfriend|girlfriend|"
    r"husband|partner|spouse|roommate|household|screen\w*|at risk|exposure|contact|vaccin\w*|immuniz\w*)\b"
)
_OF_FAMILY = re.compile(
    r"\b(?:family|fam|fh|fhx|mother|father|mom|dad|sister|brother|sib|sibling|parent|son|daughter)\b"
)
_MARKED = "".join(f"(?<!{kind} )" for kind in ("triple", "er", "pr", "her2", "gram", "rh", "culture", "hbeag", "smear"))
"""What is negative and names a kind of illness: "triple negative breast cancer", "culture negative endocarditis"."""
_NOT = re.compile(
    r"\b(?:no|not|non|denies|denied|without|never|absence|absent|trying|plan\w*|wants|desires|"
    rf"(?:r ?o|rule[ds]? out))\b|{_MARKED}\bneg(?:ative)?\b|"
    r"\b(?:stopped|finished|ceased|weaned|done)(?: (?:with|from))?$"
)
_NOT_SO = re.compile(
    rf"{_MARKED}\bneg(?:ative)?\b"
    r"(?! (?!(?:on|in|by|x|today|per|at|status|result|test|screen|titer|serology|pcr)\b)[a-z])|"
    r"\bruled out\b|\bexcluded\b|\bunlikely\b"
)
"""What is negative in the end: "HIV negative", but not "hypertension with negative stress test"."""
_UNSURE = re.compile(r"(?<!\w)\?|\?(?!\w)|\b(?:possible|possibly|poss|questionable)\b")
"""Neither there nor ruled out: it is no fact, and it is reported as not understood."""
_OVER = re.compile(
    r"\bresolved\b|\bout ?gr(?:ew|own)\b|(?<!not )\bcured\b|\b(?:hcv|hep\w* c)\b.*(?<!no )(?<!without )\bsvr"
)
"""What has gone; with a virus that stays away after its treatment (SVR) hepatitis C has."""
_TREATED = re.compile(
    r"[-,(;] *(?:fully |adequately |previously |successfully )?treated\b(?! (?:with|by|as|for))|"
    r"\b(?:treatment|therapy) completed\b|\bcompleted (?:\w+ )?"
    r"(?:treatment|therapy|tx|course|ripe|inh|abx|antibiotics)\b"
)
"""What goes on under treatment has no code of the past, and stays what it is."""
_REMITTED = re.compile(r"(?<!not )\bin (?:\w+ )?remission\b")
_PAST = re.compile(
    r"\b(?:history|hx|h o|hist|prior|previous|former|ex|quit|remote|past|s p|status post|survivor|old|sequelae?|"
    r"late effects?|following(?! (?:up|with|by|closely)))\b"
)
_OF, _OF_A_SITE = (
    "neoplasm of ",
    re.compile(
        r"neoplasm of (?:(?:unspecified (?:site|part)s?|overlapping sites|(?:upper|lower)-(?:outer|inner) quadrant|"
        r"central portion|axillary tail) of )?(?:(?:right|left|bilateral|unspecified) )?",
        re.IGNORECASE,
    ),
)
"""Where in an organ, and on which side, the words of a classification say before they name it."""
_DIALYSIS, _END_STAGE = "Z992", "N186"
"""Who is on dialysis, and nothing else of the kidneys is said, has end-stage disease."""
_CODE = re.compile(r"\s*(?:([A-Z]\d[0-9AB]\.[0-9A-Z]{1,4})\b|([A-Z]\d[0-9AB][0-9A-Z]{0,4})\s*$)")
_CODE_BESIDE = re.compile(r"[(\[]\s*(?:ICD[- ]?10(?:[- ]?CM)?:?\s*)?([A-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?)\s*[)\]]\s*$")
"""A code in brackets after the words: "Heart failure (I50.9)"."""
_NO_FACT = re.compile(
    r"\b(?:if|when|unless|avoid|prevent\w*|prevention|test\w*|may|might|could|can|risk|watch|monitor|report|call|stop|"
    r"caution|counsel\w*|educat\w*|warn\w*|sign\w*|discuss\w*)\b"
)
SMOKING = "72166-2"
"""LOINC: tobacco smoking status."""
_PREVENTED = frozenset({
    "prophylaxis", "prophylactic", "ppx", "prevention", "prep", "pep", "risk", "test", "testing", "precautions",
    "counseling", "planning", "neg", "negative", "normal", "wnl", "nl", "suppressed", "suppression", "weaned",
})  # fmt: skip
"""Words behind a name that say that it is not there, or not yet."""
_TESTS = frozenset(
    {"ab", "ag", "antibody", "antigen", "activity", "level", "levels", "pcr", "toxin", "serology", "screen"}
)
_PREVENTION_OF = re.compile(
    r"\b(?:prophylaxis|ppx|(?<!secondary )prevention|prep|pep|risk|test(?:ing)?|prevent) (?:for|of|against)$|\bprevent$"
)
_OF_ATTACKS = ("G43", "G44", "M10", "J45", "G40")
_LONGEST = 6
_KIND_WORDS = 3
_ABBREVIATED = 5


def codes_read(condition: Condition, names: ConditionNames) -> tuple[str, ...]:
    """The ICD-10-CM codes of a condition that came without one, by a code that stands among its words, by them, else by
    its SNOMED CT code.

    What is denied, ruled out, somebody else's or only screened for is left out.
    """
    if written := _CODE.match(condition.text):
        return ((written[1] or written[2]).replace(".", ""),)
    if (beside := _CODE_BESIDE.search(condition.text)) and not _is_no_illness(condition.text):
        return (beside[1].replace(".", ""),)
    if read := _read_in_words(condition.text, names):
        return read if _DIALYSIS not in read or any(c.startswith("N18") for c in read) else (*read, _END_STAGE)
    if known := names.get(f"snomed:{condition.snomed}"):
        return (known.code,)
    other = _in_other_words(condition, names)
    return codes_read(other, names) if other is not condition else ()


def _in_other_words(condition: Condition, names: ConditionNames) -> Condition:
    """The condition by the name beside a text that says nothing: "Problem 3 (see chart)", with a code's own name."""
    if not condition.also or _is_no_illness(condition.text) or codes_read(replace(condition, also=()), names):
        return condition
    others = (replace(condition, text=text, also=()) for text in condition.also)
    return next((other for other in others if codes_read(other, names)), condition)


def is_unread(condition: Condition) -> bool:
    """Whether it is an active problem in words that were not understood; what is no illness is not one."""
    if condition.where != ON_THE_LIST or condition.code or not condition.text:
        return False
    return condition.active and not _is_no_illness(condition.text)


def with_read_conditions(patient: Patient, names: ConditionNames, on: date) -> Patient:
    """The patient with a code for every problem whose words or SNOMED CT code are known, and for smoking by its own
    observation."""
    smoking = patient.latest(SMOKING)
    told = (Condition(None, smoking.text, where="the smoking status"),) if smoking and smoking.text else ()
    if not told and all(c.code for c in patient.conditions):
        return patient
    conditions = (*patient.conditions, *told)
    return replace(patient, conditions=tuple(r for c in conditions for r in _read(c, names, on)))


def told_in(note: str, names: ConditionNames) -> Iterator[Condition]:
    """The conditions that a note beside an order tells as facts; short names mean too much elsewhere to count."""
    for clause in _CLAUSE.split(note):
        spoken = clause.lower()
        if _NO_FACT.search(spoken) or _OF_OTHERS.search(spoken) or _NOT_SO.search(spoken):
            continue
        if _UNSURE.search(spoken):
            continue
        for before, written, name in _found(clause, names):
            if len(written) > _ABBREVIATED and not _NOT.search(before):
                code = name.past if name.past and _PAST.search(spoken) else name.code
                yield Condition(code, clause.strip(), is_read=True, where="in a note")


def _read(condition: Condition, names: ConditionNames, on: date) -> Iterator[Condition]:
    condition = condition if condition.code else _in_other_words(condition, names)
    codes = () if condition.code else codes_read(condition, names)
    for code in codes:
        brief = names.get(f"recent:{code}")
        days = brief.recent_days if brief else None
        if not (days and condition.onset and (on - condition.onset).days > days):
            yield replace(condition, code=code, is_read=True)
    if not codes:
        yield condition


@lru_cache(maxsize=1 << 12)
def _read_in_words(text: str, names: ConditionNames) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_in_words(_OF_A_SITE.sub(_OF, _KIND.sub("", _MARK.sub("", text))), names)))


def _in_words(text: str, names: ConditionNames) -> Iterator[str]:
    lower = text.lower()
    is_over, is_treated = bool(_OVER.search(lower)), bool(_REMITTED.search(lower) or _TREATED.search(lower))
    for clause in _CLAUSE.split(text):
        spoken = " ".join(words_of(clause))
        if _NOT_SO.search(spoken) or _UNSURE.search(clause.lower()):
            continue
        is_of_others, is_past = bool(_OF_OTHERS.search(spoken)), bool(_PAST.search(spoken))
        for before, written, name in _found(clause, names):
            is_meant = not is_of_others or bool(_OF_OTHERS.search(written))
            if name.family and not is_meant and _OF_FAMILY.search(spoken) and not _NOT.search(before):
                yield name.family
            if is_meant and not _NOT.search(before) and (name.past or not is_over):
                yield name.past if (is_past or is_over or is_treated) and name.past else name.code
    yield from _turned(text, names)
    for part in re.split(r"[;|\n]", lower):
        if not (_OF_OTHERS.search(part) or _NOT_SO.search(part)):
            yield from codes_in_numbers(_NOT.split(part)[0], is_past=bool(_PAST.search(" ".join(words_of(part)))))


def _turned(text: str, names: ConditionNames) -> Iterator[str]:
    """What an index writes behind a comma: "glaucoma, angle closure", "AV block, third degree"."""
    for thing, kind in pairwise(text.split(",")):
        thing = _DONE.sub("", thing)
        apart = len(_WORD.findall(kind))
        if not 0 < apart <= _KIND_WORDS or any(
            p.search(f"{kind} {thing}".lower()) for p in (_OF_OTHERS, _NOT, _NOT_SO, _OVER)
        ):
            continue
        for before, written, name in _found(f"{kind} {thing}", names):
            begins = len(before.split())
            if begins < apart < begins + len(written.split()) and not _PAST.search(" ".join(words_of(thing))):
                yield name.code


def _found(clause: str, names: ConditionNames) -> Iterator[tuple[str, str, ConditionName]]:
    """The longest names in a clause, from the left, each with what stands before it."""
    as_sent = words_of(clause, lower=False)
    words = [word.lower() for word in as_sent]
    plain = names.in_plain_words(words)
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            written = " ".join(words[at : at + length])
            name = names.written.get(written)
            if name is None and not (length == 1 and names.counts_only("inside", words[at])):
                name = names.plain.get(" ".join(plain[at : at + length]))
            if name and _counts(written, as_sent[at], as_sent, names):
                before, after = " ".join(words[:at]), words[at + length : at + length + 3]
                if not _is_to_be_prevented(before, after, name):
                    yield before, written, name
                at += length - 1
                break
        at += 1


def _counts(written: str, sent: str, clause: list[str], names: ConditionNames) -> bool:
    """Whether a name that is a word of every day, too, is written as a name."""
    if len(clause) > 1 and (
        names.counts_only("alone", written)
        or (names.counts_only("in_mixed_case", written) and not any(map(str.islower, clause)))
    ):
        return False
    return sent.isupper() or not names.counts_only("in_capitals", written)


def _is_to_be_prevented(before: str, after: list[str], name: ConditionName) -> bool:
    """Whether it is what somebody does not have: "DVT prophylaxis", "HIV PrEP", "prevention of stroke". Who prevents
    attacks of what comes and goes has it."""
    if name.code.startswith(_OF_ATTACKS):
        return False
    is_found = after[1:2] in (["positive"], ["pos"]) or before.endswith("positive")
    after = after[1:] if after and after[0] in _TESTS else after
    is_behind = (bool(_PREVENTED.intersection(after[:1])) or after in (["no"], ["none"])) and not is_found
    return is_behind or bool(_PREVENTION_OF.search(before))


def _is_no_illness(text: str) -> bool:
    return any(pattern.search(text.lower()) for pattern in (_NO_ILLNESS, _OF_OTHERS, _NOT, _NOT_SO, _OVER))
