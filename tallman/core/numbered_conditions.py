"""What a problem list says with a number: ejection fraction, stage or function of the kidneys, weeks of pregnancy, the
pressure of the blood, the age of a child at the breast, how much of the skin is burnt."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["codes_in_numbers"]

_EJECTION = re.compile(r"(?:\b(?:lv)?ef\b|\bejection fraction)[^\d%]{0,9}(\d{2})\b(?! ?ml)")
_REDUCED, _AT_MOST = "I5022", 40
"""An ejection fraction of 40 % or less is a reduced one (2022 AHA/ACC/HFSA guideline for heart failure, 2.2)."""
_DISEASE = r"(?:ckd|chronic (?:kidney|renal) (?:disease|failure|insufficiency)|diabetic (?:kidney disease|nephropathy))"
_STAGE = r"([1-5]|i{1,3}|iv|v|one|two|three|four|five) ?([ab])?(?![a-z0-9.])"
_KIDNEY_STAGE = (
    re.compile(rf"\b{_DISEASE}\b[^;.]{{0,30}}?\b(?:stage|grade|stg|st\.?) ?g?{_STAGE}"),
    re.compile(rf"\b{_DISEASE}\)? ?[-:]? ?g?{_STAGE}"),
    re.compile(rf"\bstage ?g?{_STAGE}[ ,-]{{1,2}}{_DISEASE}\b"),
    re.compile(rf"\b{_DISEASE} ?g([1-5])([ab])?(?=a[123])"),
)
"""KDIGO's stages: "CKD, stage 4", "CKD IIIb", "stage 5 chronic kidney disease", "CKD G3bA2"."""
_ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
}  # fmt: skip
_STAGES = {"1": "N181", "2": "N182", "3": "N1830", "3a": "N1831", "3b": "N1832", "4": "N184", "5": "N185"}
_FUNCTION = re.compile(r"\b(?:e?gfr|cr ?cl|cl ?cr|creatinine clearance)\b[^\d;,>≥]{0,8}?(\d{1,3})(?! ?[\d/-])")
_WORST = ((15, "N185"), (30, "N184"), (45, "N1832"), (60, "N1831"))
_BELOW = re.compile(r"(?:<|below|under|less than) ?$")
_WEEKS = r"\d{1,2} ?(?:\+ ?\d(?: ?/ ?7)?|\d ?/ ?7)? ?-?(?:w|wk|wks|weeks?)(?: ?\d ?(?:d|days?))?\b"
_GESTATION = re.compile(
    rf"\b{_WEEKS} ?(?:of )?(?:gestation|gestational|ga|ega|iup|pregnan\w*|gravid)\b"
    r"|(?:\b(?:gestation|gestational age|e?ga|s?iup|primip\w*|primigravida|preg|pg|gravida \d+(?:,? ?para \d+)?|"
    r"g\d+ ?p\d+)\b[^a-z0-9]{0,3}(?:at |of )?|(?<!ckd )(?<!stage )\bg\d+ (?:at|@) ?)"
    rf"(?:{_WEEKS}|\d{{2}} ?\+ ?\d\b)"
    r"(?! ?(?:post|pp\b|after|old))"
    rf"|\b(?:edc|edd|due date)\b[^a-z0-9]{{0,3}}\d{{1,2}} ?[/-] ?\d|\b{_WEEKS} along\b"
    rf"|\b(?:ob|obstetric|prenatal|antenatal)\b.{{0,12}}?\b{_WEEKS}|\b{_WEEKS} ?(?:with )?(?:twins?|triplets?)\b"
)
_HCG = re.compile(r"\bb?(?:eta)? ?-?hcg\b[^\d;,]{0,6}(\d[\d,]{1,7})\b")
_GERM_CELLS = re.compile(r"tumou?r|germ|testic|mole\b|trophoblast|seminoma|chorio")
"""What makes hCG without a child."""
_PREGNANT_FROM = 25
"""mIU/mL of hCG from which a test is positive."""
_PRESSURE = re.compile(
    r"\b(?:bp|blood pressure)s? ?(?:of|is|was|today|now|:|=|-)? ?(\d{2,3}) ?/ ?(\d{2,3})\b(?! ?(?:goal|target))"
)
_SEVERE, _SEVERE_ABOVE = "I169", (160, 100)
"""From where the criteria for contraceptives (CDC, 2024) speak of severe hypertension."""
_NURSES = re.compile(
    r"\b(?:nursing|bf|breast ?-?feed\w*) (?:(?:a|an|her|my) )?(?:newborn|"
    r"\d{1,2} ?-?(?:d|days?|w|wks?|weeks?|m|mos?|months?))\b"
)
_NURSING = "Z391"
_BORN = re.compile(
    r"\b(?:pp|postpartum|post partum) ?(?:(day|d|week|wk|w) ?#?(\d{1,2})\b|x? ?(\d{1,2}) ?(d|w)\w*)|"
    r"\b(\d{1,2}) ?-?(d|w)\w*\.? (?:pp|postpartum|post partum)\b"
)
_FRESH, _LYING_IN, _PUERPERAL, _AFTER_BIRTH = 21, 84, "Z390", "Z392"
"""Days after a birth: until then no estrogen (CDC, medical eligibility criteria), and as long as visits are of it."""
_PREGNANT = "Z3490"
_BYPASS = re.compile(
    r"\b(?:cabg|(?:coronary|heart) (?:artery )?bypass\w*)\b\D{0,25}\b(?:(\d{1,2}) ?(?:d|days?) ago|"
    r"(?:pod|post ?-?op(?:erative)? day) ?#?(\d{1,2})\b|(?:today|yesterday|tomorrow|last week))"
)
_BURNT = re.compile(
    r"\b(\d{1,2}) ?% ?(?:of )?(?:the )?(?:tbsa|bsa|total body|body)\b|\b(?:tbsa|bsa) ?(?:of |was |is |:)?(\d{1,2}) ?%"
)
"""The share of the skin: ICD-10-CM's T31 tells it by its tens."""
_OPERATED, _LATELY = "Z48812", 14
"""Days after a bypass in which the labels of painkillers still forbid them."""


def codes_in_numbers(clause: str, *, is_past: bool = False) -> Iterator[str]:
    """The ICD-10-CM codes of what a clause in lower case says with a number. Of what is past only kidneys and a
    fresh operation count.

    >>> list(codes_in_numbers("ckd, stage iiib")), list(codes_in_numbers("lvef 30%"))
    (['N1832'], ['I5022'])
    >>> list(codes_in_numbers("g2p1 @ 32 wks")), list(codes_in_numbers("egfr 22"))
    (['Z3490'], ['N184'])
    """
    ejected = _EJECTION.search(clause)
    if ejected and int(ejected[1]) <= _AT_MOST and not is_past:
        yield _REDUCED
    staged = next((found for pattern in _KIDNEY_STAGE if (found := pattern.search(clause))), None)
    if staged:
        number = _ROMAN.get(staged[1], staged[1])
        yield _STAGES.get(f"{number}{staged[2] or ''}") or _STAGES[number]
    elif function := _FUNCTION.search(clause):
        rate = int(function[1]) - bool(_BELOW.search(clause[: function.start(1)]))
        yield from [code for below, code in _WORST if rate < below][:1]
    bypass = _BYPASS.search(clause)
    if bypass and int(bypass[1] or bypass[2] or 0) <= _LATELY:
        yield _OPERATED
    measured = None if _GERM_CELLS.search(clause) else _HCG.search(clause)
    if not is_past and (
        _GESTATION.search(clause) or (measured and int(measured[1].replace(",", "")) >= _PREGNANT_FROM)
    ):
        yield _PREGNANT
    pressure = _PRESSURE.search(clause)
    if (
        pressure
        and not is_past
        and any(int(p) >= most for p, most in zip(pressure.groups(), _SEVERE_ABOVE, strict=True))
    ):
        yield _SEVERE
    burnt = _BURNT.search(clause) if "burn" in clause and not is_past else None
    if burnt:
        yield f"T31{int(burnt[1] or burnt[2]) // 10}0"
    if _NURSES.search(clause):
        yield _NURSING
    if (born := _BORN.search(clause)) and not is_past:
        unit, number = born[1] or born[4] or born[6], born[2] or born[3] or born[5]
        days = int(number) * (7 if unit.startswith("w") else 1)
        yield from [code for until, code in ((_FRESH, _PUERPERAL), (_LYING_IN, _AFTER_BIRTH)) if days <= until][:1]
