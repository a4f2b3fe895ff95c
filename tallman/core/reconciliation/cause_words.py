"""The words by which a note explains a change, and those that explain nothing. Patterns, one or a few a line."""

from __future__ import annotations

import re

__all__ = [
    "ACUTE", "AS_AT_HOME", "BARE", "DOWN", "FORMULARY", "HOLD", "ILLNESS", "NO_REASON", "PARAMETER", "REPLACE",
    "SENTENCE", "SUDDEN", "UP", "WANTED",
]  # fmt: skip


def _any(lines: str) -> re.Pattern[str]:
    """A pattern for any of the lines; those that start a word or are whole words say so themselves."""
    return re.compile("|".join(line.strip() for line in lines.strip().splitlines()), re.IGNORECASE)


SENTENCE = re.compile(r"(?<=[.;!?\n])\s+|\n")
NO_REASON = _any(r"""
    \bno (?:\w+ ){0,3}(?:reason|indication|rationale|explanation|changes?)\b
    \b(?:reason|indication|rationale)\b[^.]{0,20}\b(?:unknown|unclear|missing|not)\b
    \bunclear\b|\bunexplained\b|\bclarif|\bverif(?:y|ication)\b|\bunintend|\?\s*$
    \bnot (?:documented|known|stated|given|changed)\b
    \bwithout (?:\w+ )?(?:reason|explanation|change)
""")
AS_AT_HOME = _any(r"""
    \b(?:continu\w+|resum\w+|same as|as at|per|patient'?s?|from)(?: own)? (?:home|outpatient|pta)(?: \w+)?
    \b(?:home|outpatient|prior to admission|pta)(?: (?:dose|med\w*|list|regimen|supply|therapy))*\b
    \bunchanged\b
    \bdo not (?:crush|chew|stop|change)\b[^.]*
    \btake (?:with|on|at|in)\b[^.]*
    \bpharmacy to dose\b|\bverified with \w+|\bplease dispense\b[^.]*|\bpatient prefers?\b[^.]*
""")
PARAMETER = _any(r"""
    \b(?:hold|call|notify|page|recheck|monitor|check)\b[^.;]{0,30}\b(?:if|for|when)\b[^.;]*[<>\d][^.;]*
""")
"""When a dose is to be left out or somebody called: an instruction, not what a change was made for."""
FORMULARY = _any(r"""
    formular|interchange|therapeutic (?:sub|equiv|altern)|\bp\s*&\s*t\b|auto.?sub
    non.?stock|not stocked|shortage|back.?order|unavailab|not available
    (?:preferred|hospital|inpatient) (?:product|agent|brand|altern)
""")
ACUTE = _any(r"""
    \baki\b|acute|renal|kidney|crcl|egfr|gfr\b|creatinine|\bscr\b|dialysis
    hyper?kal|hypokal|potassium|sodium|hyponat|dehydrat|volume|overload|edema
    hypotens|blood pressure|\bs?bp\b|brady|tachy|heart rate|\bhr\b|\bqtc?\b|decompens
    bleed|hemorrh|\bgib?\b|melena|anemi|\binr\b|thrombocyt|neutrop|platelet|\bdvt\b|\bpe\b|\bvte\b
    seps|septic|infect|pneumon|\buti\b|cellulit|pyelo|covid|influenza|fever|shock|arrest|\bicu\b
    surg|peri.?op|pre.?op|post.?op|procedure|endoscop|biopsy|cath\b|contrast
    \bnpo\b|nil by mouth|intubat|dysphag|swallow|vomit|nausea|emesis|ileus|obstruct|diarrh
    falls?\b|deliri|confus|sedat|somnol|letharg|stroke|\bmi\b|\bacs\b|stemi
    glyc|glucose|a1c|therapeutic|toxic|level|\bgoal|target|elevated|above|below
    (?-i:\b[CHV]AP\b|\bPNA\b|\bSSTI\b|\bDKA\b|\bHHS\b|\bMRSA\b|\bCHF\b|\bADHF\b|\bHFrEF\b|\bCOPD\b|\bCDI\b)
    rash|allerg|intoler|side.?effect|adverse|interact|cough|myalg|rhabdo
    uncontrolled|not controlled|poorly controlled|exacerbat|flare|worsen|withdraw
    \blfts?\b|liver|hepat|transamin|pregnan|pain\b|weight|elderly|\bage\b|admission|hospitali|inpatient
""")
"""What makes a change needed: an illness, a finding, a procedure."""
SUDDEN = _any(r"""
    \baki\b|acute|hyperkal|hypokal|hyponat|hypotens|brady|bleed|hemorrh|seps|septic|shock|delir
    \bnpo\b|dysphag|unable|intubat|vomit|peri.?op|pre.?op|post.?op
    uncontrolled|poorly controlled|exacerbat|flare|worsen|impair|insufficien
    toxic|adverse|intoler|supratherap|subtherap
""")
"""Of these, what is no lasting illness, for which the medicine may be taken anyway."""
ILLNESS = _any(r"""
    \b\w*(?:itis|osis|emia|uria|algia|ectomy|plasty|rrhea|pnea|thyroid\w*|fibrillation|thrombo\w+|embol\w+)\b
    failure|disease|syndrome|disorder|deficien|insufficien|a-?fib\b|\bchf\b|\bcopd\b|asthma|gout|reflux|\bgerd\b|ulcer
    constipat|insomnia|sleep|anxi|agitat|depress|diabet|hypertens|cholest|arrhythm|h\. ?pylori|cancer|seizure|migraine
    itch|spasm|bowel|replacement|replet|electrolyt|fluids?\b|anesth|opioid|smok|alcohol
""")
"""What somebody has that a medicine may be begun for."""
_BY = _any(r"""
    \b(?:per|by|with) (?:\w+ )?(?:\w+olog\w+|renal|neuro\w*|endocrin\w*|psych\w*|pulm\w*)
    \b(?:per|by|with) (?:\w+ )?(?:protocol|policy|guideline|specialist|consult\w*|team|pharmac\w*|id\b)
    \b(?:per|by|with) (?:\w+ )?(?:surg\w*|clinic|pcp|provider|md\b|dr\b|prescriber)
    \b(?:k|na|inr|hr|bp|s?cr|tsh|ldl|trough)\b\W{0,3}(?:is |was |of |now )?[<>]?\s*\d
    \bstress dos|\bloading\b|\btrough|\btsh\b|\bldl\b
""")
"""Who asked for a change, and the result it was made for."""
BARE = re.compile(
    r"\W*(?:on[ -]hold|held|hold|stopp?(?:ed)?|discontinued|d/?c'?e?d?|cancell?ed|paused|suspended)?\W*", re.I
)
"""That it is held, without a word why."""
HOLD = re.compile(r"\bh[eo]ld|withh|paus|suspend", re.I)
UP = _any(r"""
    increas|up.?titrat|titrat\w* up|rais(?:e|ed|ing)|doubl|escalat|higher|intensif|load(?:ing|ed)?\b
""")
DOWN = _any(r"""
    decreas|reduc|lower|down.?titrat|titrat\w* down|taper|halv|half|wean|de-?escalat
""")
_CHANGE = _any(r"""
    chang|adjust|titrat|modif|switch|convert|new dose|optimi|transition|dos(?:e|ing) (?:for|per|by)
""")
_CAUSE = _any(r"""
    \bdue to\b|\bbecause\b|\bsecondary to\b|\b2/2\b|\bd/t\b|\bin view of\b|\bgiven\b|\bowing to\b
    \bper\b|\bsince\b|\bas (?:patient|pt)\b|\bin (?:the )?setting of\b|\bin response to\b
    \bafter\b|\bfollowing\b|\bwhile\b|\buntil\b|\bduring\b
""")
_STOP = _any(r"""
    \bh[eo]ld|stop|discontinu|\bd/?c\b|\bd/?c'?e?d\b|cease|withh[eo]ld|paus|suspend|not needed
    no longer|complet|deprescrib|contraindic|avoid|omit|replac|switch|chang
""")
REPLACE = _any(r"""
    replac|instead|in place of|switch|chang|convert|substitut|alternativ|\bfor\b|transition|was on|vice
""")
_BEGIN = _any(r"""
    \bfor (?!home\b|outpatient\b|\d|(?:one|two|three|a|the) (?:day|week|month)|now\b|review)\w
    prophyla|prevent|treat|indicat|\b(?:start|initiat|add)\w*|new(?:ly)?[ -](?:diagnos|onset|start|therap|medic)
    bridge|protocol|order set|comfort|symptom
""")
_BESIDE = _any(r"""
    in addition|add(?:ed|ing)?.?on\b|bridg|overlap|\bboth\b|cross.?taper|adjunct|combin|together
    breakthrough|alternat|supplement
""")
_WAY = _any(r"""
    \bnpo\b|swallow|dysphag|crush|tube|\b(?:ng|og|peg|ngt)\b|vomit|nause|absor|\biv\b|\bpo\b|oral|intravenous
    convert|switch|chang|route|liquid|formulation|available|substitut|transition|affected|bilateral|both|other
""")
_TIMES = _any(r"""
    interval|frequen|once|twice|daily|q\s?\d+\s?h|\bbid\b|\btid\b|spaced|schedul|as needed|\bprn\b|weekly
""")
WANTED: dict[str, tuple[re.Pattern[str], ...]] = {
    "omission": (_STOP, _BY),
    "addition": (_BEGIN, _CAUSE, ILLNESS, _BY),
    "dose": (UP, DOWN, _CHANGE, _BY),
    "frequency": (UP, DOWN, _CHANGE, _TIMES, _BY),
    "route": (_WAY, _BY),
    "form": (_WAY, _BY),
    "duplicate": (_BESIDE,),
    "substitution": (REPLACE, _BY),
    "duration": (_CHANGE, _STOP, _TIMES, UP, DOWN),
}
"""What a note must speak of to explain a difference of a type."""
