"""Scenes in which a medicine is wanted when something is felt: migraine, chest pain, hospice, children."""

from __future__ import annotations

from tests.directions_exam.meaning import ANY, Part, Written
from tests.directions_exam.pick import Pick, dose_of

__all__ = ["SCENES"]

OPEN: frozenset[tuple[str, str | None, str]] = ANY  # type: ignore[assignment]
"""Limits that are not judged."""


def migraine(pick: Pick) -> Written:
    """One at the onset, perhaps another."""
    most, cap = pick.said("most tablets")
    repeat, again = pick.said("again")
    head = (
        f"Take 1 {pick.words('tablet|tab')} {pick.words('by mouth|po|')} at onset of {pick.words('migraine|headache')}"
    )
    part = Part(
        dose_of("1", "tablet"), ANY, None, frozenset(), prn=True, repeat=repeat, may=frozenset({"once"}),
        maxima=frozenset({(most, "tablet", "1d")}) if most else frozenset(),
    )  # fmt: skip
    return Written(f"{head}{pick.words(', |. |; ')}{again}, {cap}".strip(", "), (part,), "migraine")


def chest_pain(pick: Pick) -> Written:
    """Every five minutes, three times."""
    verb, way = pick.words("Dissolve|Place|Take|"), pick.words("under the tongue|sl|SL|sublingually")
    often = pick.words("every 5 minutes|q5min|q 5 minutes|every five minutes|q5 min")
    why = pick.words("as needed for chest pain|prn chest pain|prn for chest pain")
    times = pick.words("up to 3 doses|x 3 doses|for up to 3 doses|x3 doses|max 3 doses|up to 3 times|x 3")
    text = f"{verb} 1 {pick.words('tablet|tab')} {way} {often} {why} {times}"
    part = Part(dose_of("1", "tablet"), "sublingual", None, frozenset({"q5min", "x3"}), prn=True, maxima=OPEN)
    return Written(text, (part,), "chest pain")


def hospice(pick: Pick) -> Written:
    """Drops of a strong solution, with the milligrams beside."""
    amount, said = pick.said("hospice doses")
    volume, strength = str(amount).split("/")
    times, when = pick.when("q4h|q2h|q6h|q3-4h|q4-6h")
    why, need = pick.said("hospice reasons")
    way = pick.words("by mouth|po|sublingually|SL|under the tongue|PO")
    part = Part(dose_of(volume.split()[0], "mL"), ANY, None, times, prn=True, reason=why, strength=strength)
    return Written(f"{pick.words('Give|Take|Administer|Place|')} {said} {way} {when} {need}", (part,), "hospice")


def child(pick: Pick) -> Written:
    """Spoons and millilitres."""
    amount, said = pick.said("child doses")
    volume, strength = str(amount).split("/")
    times, when = pick.when("2/d|3/d|q6h|q4-6h|q12h|1/d|q6-8h|HS|q8h")
    why, need = pick.said("child reasons")
    length, long = pick.lasting(45, "5 d|7 d|10 d")
    tail = pick.words("||discard remainder|shake well|. Discard the rest|with food|. Shake well before using")
    way = pick.words("by mouth|po|orally|PO")
    part = Part(
        dose_of(volume.split()[0], "mL"), "oral", None, times, may=frozenset({"C"}), prn=bool(need), reason=why,
        duration=length, strength=strength,
    )  # fmt: skip
    return Written(f"{pick.words('Give|Take|give|')} {said} {way} {when} {need} {long} {tail}", (part,), "child")


def loose_stools(pick: Pick) -> Written:
    """Two at first, one each time after."""
    first = pick.words("after first loose stool|initially|after the first loose stool|after 1st loose stool")
    each = pick.words("after each loose stool|after each subsequent loose stool")
    text = f"Take 2 capsules {first}{pick.words(', then | followed by ')}1 capsule {each}. {pick.limit('capsules')[1]}"
    any_prn: bool = ANY  # type: ignore[assignment]
    parts = (
        Part(dose_of("2", "capsule"), ANY, may=frozenset({"now", "once"}), maxima=OPEN, prn=any_prn),
        Part(dose_of("1", "capsule"), ANY, maxima=OPEN, link="then", prn=any_prn),
    )
    return Written(text, parts, "loose stools")


SCENES = [migraine, chest_pain, hospice, child, loose_stools]
