"""From the pieces to the medicine: what cannot be proved is left open, readings that differ are all named."""

from __future__ import annotations

from dataclasses import replace

from tallman.core.drug import Certainty, Medicine
from tallman.core.identify.codes import agree, by_code, code_in
from tallman.core.identify.directions import directions_at
from tallman.core.identify.equivalents import as_labelled
from tallman.core.identify.evidence import unread_spans
from tallman.core.identify.fluids import written_out
from tallman.core.identify.hit import EXACT, SPELLED
from tallman.core.identify.likely import has_match, likely, without_roundabout
from tallman.core.identify.mend import letters_for_digits, spelled_out, taken_apart, turned
from tallman.core.identify.names import index_of
from tallman.core.identify.packs import unpacked
from tallman.core.identify.reading import Reading, readings_of
from tallman.core.identify.resolve import resolve
from tallman.core.identify.strengths import amounts
from tallman.core.identify.text import tidied, tokenize, with_digits
from tallman.core.knowledge import Knowledge

__all__ = ["identify"]

# Pieces of a text that are looked at: a medicine is named long before that.
_LONGEST_TEXT, _NEAR_THE_END = 120, 12
_MOST_LETTERS = 4000
_GUESSED = 75
"""How sure a number is at most that was written with letters."""


def identify(text: str, knowledge: Knowledge, *, rxcui: str | None = None, ndc: str | None = None) -> Medicine:
    """The medicine that `text` and the codes name: a product, or the narrowest thing they prove.

    With a known code the code decides, and a text that says otherwise is reported as `conflict` (which leaves
    the medicine ambiguous when the ingredients differ). A name that is known is never corrected; a
    misspelling is believed only when nothing else is nearly as close. Never raises.
    """
    head = text[:_MOST_LETTERS]
    rxcui_in_text, ndc_in_text, rest = code_in(head)
    coded = by_code(rxcui or rxcui_in_text, ndc or ndc_in_text, knowledge)
    if coded is not None and not rest.strip():
        return replace(coded, text=text)
    if coded is None and (rxcui_in_text or ndc_in_text) and not rest.strip() and not head.strip().isdigit():
        return replace(_not_held(rxcui_in_text, ndc_in_text), text=text, unread=((0, len(text)),))
    said = tidied(as_labelled(unpacked(rest if rest.strip() else head)))
    read = replace(_believed(said, with_digits(said), knowledge), text=text)
    if coded is not None:
        return replace(agree(coded, read), text=text)
    return replace(read, unread=(*read.unread, *_code_at(head, rest))) if rest.strip() else read


def _not_held(rxcui: str | None, ndc: str | None) -> Medicine:
    """A text that is a code alone, of which no record here knows."""
    code = f"NDC {ndc}" if ndc else f"RxCUI {rxcui}"
    return Medicine("", Certainty.UNKNOWN, reason=f"{code} is not held here")


def _code_at(text: str, rest: str) -> tuple[tuple[int, int], ...]:
    """Where a code stands that is not known here, and is blank in the rest."""
    left_out = [i for i, (a, b) in enumerate(zip(text, rest, strict=False)) if a != b]
    return ((left_out[0], left_out[-1] + 1),) if left_out else ()


def _believed(said: str, mended: str, knowledge: Knowledge) -> Medicine:
    """What a text means, with letters as digits where something is made in that strength: "Zocor 2O mg"."""
    if mended != said and ((read := _read(mended, knowledge)).product or (read.strengths and read.candidates)):
        return replace(read, confidence=min(read.confidence, _GUESSED))
    return _read(said, knowledge)


def _read(text: str, knowledge: Knowledge) -> Medicine:
    index = index_of(knowledge)
    every = letters_for_digits(written_out(tokenize(text)[:_LONGEST_TEXT]), index)
    every = spelled_out(turned(taken_apart(every, index), index), index)
    tokens = every[: directions_at(every)]
    readings = readings_of(tokens, index)
    if len(tokens) < len(every) and all(r.doubt for r in readings):  # "pt reports taking gabapentin 300 mg"
        whole = readings_of(every, index)
        if not readings or any(r.doubt is None for r in whole):
            tokens, readings = every, whole
    if not readings:
        return Medicine(
            text, Certainty.UNKNOWN, unread=unread_spans(every, ()), reason="no name of a medicine was recognised"
        )
    if max(readings[0].taken) >= _LONGEST_TEXT - _NEAR_THE_END:
        readings = [
            replace(r, doubt="the text is longer than what was read: more ingredients may follow") for r in readings
        ]
    tail = set(range(len(tokens), len(every)))
    results = [resolve(text, tokens, reading, knowledge) for reading in readings]
    measures = [w for w in amounts(tokens, readings[0].taken) if not w.is_package]
    kept = without_roundabout(readings, results, measures)
    readings, results = [readings[i] for i in kept], [results[i] for i in kept]
    chosen = _decide(text, readings, results, knowledge, is_measured=bool(measures))
    return replace(chosen, unread=chosen.unread + unread_spans(every, set(range(len(every))) - tail))


def _decide(
    text: str, readings: list[Reading], results: list[Medicine], knowledge: Knowledge, *, is_measured: bool
) -> Medicine:
    """The one result, or all as candidates. Evidence decides between names, never between abbreviations."""
    if len(results) == 1:
        return results[0]
    if all(r.certainty is Certainty.UNKNOWN for r in results) and not readings[0].is_abbreviation:
        return replace(results[0], candidates=tuple(dict.fromkeys(c for r in results for c in r.candidates)))
    salted = [r for r, reading in zip(results, readings, strict=True) if _has_salt(r, reading, knowledge)]
    if len(salted) == 1:
        return salted[0]
    same = {frozenset(i.name for i in r.ingredients) for r in results}
    proved = [i for i, r in enumerate(results) if has_match(r)]
    if len(same) == 1 and frozenset() not in same:
        return results[proved[0] if len(proved) == 1 else 0]
    if is_measured and len(proved) == 1 and _may_decide(readings, proved[0]):
        return replace(results[proved[0]], confidence=70)
    candidates = dict.fromkeys(c for i in likely(readings, results) for c in _named(readings[i], results[i]))
    reason = "it may mean more than one medicine"
    return Medicine(text, Certainty.AMBIGUOUS, candidates=tuple(candidates), unread=results[0].unread, reason=reason)


def _has_salt(medicine: Medicine, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether a salt is named, and tells products of this reading apart: "metop succ" is metoprolol."""
    ids = [medicine.product.id] if medicine.product else medicine.candidates if medicine.strengths else ()
    found = [knowledge.products[i].salt.split() for i in ids if i in knowledge.products]
    return bool(found) and all(not reading.salts.isdisjoint(salt) for salt in found)


def _may_decide(readings: list[Reading], winner: int) -> bool:
    best = readings[winner]
    others = [r for i, r in enumerate(readings) if i != winner]
    if best.is_abbreviation or any(r.foreign and r.distance <= best.distance - best.is_heard for r in others):
        return False
    if best.kind == SPELLED:
        rivals = [r for r in others if r.is_heard] if best.is_heard else others
        return all(best.distance < r.distance for r in rivals)
    return best.kind == EXACT or not any(r.kind == EXACT for r in others)


def _named(reading: Reading, medicine: Medicine) -> tuple[str, ...]:
    if reading.foreign:
        return (" / ".join(reading.ingredients),)
    if medicine.certainty is Certainty.AMBIGUOUS and medicine.candidates:
        return medicine.candidates
    return (" / ".join(reading.ingredients),)
