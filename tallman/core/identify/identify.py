"""From the pieces to the medicine: what cannot be proved is left open, readings that differ are all named."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from tallman.core.drug import Certainty, DoseForm, Medicine, Product, Strength
from tallman.core.identify.codes import agree, by_code, code_in, whole
from tallman.core.identify.directions import directions_at
from tallman.core.identify.forms import FormDemands, demands
from tallman.core.identify.hits import EXACT, SPELLED
from tallman.core.identify.match import Match, match, products_of
from tallman.core.identify.mend import taken_apart
from tallman.core.identify.names import index_of
from tallman.core.identify.reading import Reading, readings_of
from tallman.core.identify.strengths import GIVEN, UNIT_WORDS, Written, amounts
from tallman.core.identify.text import Token, tidied, tokenize
from tallman.core.identify.vocabulary import LABELERS, NOISE
from tallman.core.knowledge import Knowledge
from tallman.core.quantity import UNITS, Amount

__all__ = ["identify"]

# Pieces of a text that are looked at: a medicine is named long before that.
_LONGEST_TEXT, _NEAR_THE_END = 120, 12
_SETTLED = NOISE | LABELERS
_CONFIDENCE = {EXACT: 95, SPELLED: 75}


def identify(text: str, knowledge: Knowledge, *, rxcui: str | None = None, ndc: str | None = None) -> Medicine:
    """The medicine that `text` and the codes name: a product, or the narrowest thing they prove.

    With a known code the code decides, and a text that says otherwise is reported as `conflict` (which leaves
    the medicine ambiguous when the ingredients differ). A name that is known is never corrected; a
    misspelling is believed only when nothing else is nearly as close. Never raises.
    """
    rxcui_in_text, ndc_in_text, rest = code_in(text)
    coded = by_code(rxcui or rxcui_in_text, ndc or ndc_in_text, knowledge)
    if coded is not None and not rest.strip():
        return replace(coded, text=text)
    read = replace(_read(tidied(rest if coded else text), knowledge), text=text)
    return read if coded is None else replace(agree(coded, read), text=text)


def _read(text: str, knowledge: Knowledge) -> Medicine:
    index = index_of(knowledge)
    every = taken_apart(tokenize(text)[:_LONGEST_TEXT], index)
    tokens = every[: directions_at(every)]
    readings = readings_of(tokens, index)
    if not readings and len(tokens) < len(every):
        tokens = every
        readings = readings_of(tokens, index)
    if not readings:
        return Medicine(
            text, Certainty.UNKNOWN, unread=_spans(every, ()), reason="no name of a medicine was recognised"
        )
    if max(readings[0].taken) >= _LONGEST_TEXT - _NEAR_THE_END:
        readings = [
            replace(r, doubt="the text is longer than what was read: more ingredients may follow") for r in readings
        ]
    tail = set(range(len(tokens), len(every)))
    results = [_resolve(text, tokens, reading, knowledge) for reading in readings]
    is_measured = bool(_measures(amounts(tokens, readings[0].taken)))
    chosen = _decide(text, readings, results, is_measured=is_measured)
    return replace(chosen, unread=chosen.unread + _spans(every, set(range(len(every))) - tail))


def _decide(text: str, readings: list[Reading], results: list[Medicine], *, is_measured: bool) -> Medicine:
    """The one result, or all as candidates. Evidence decides between names, never between abbreviations."""
    if len(results) == 1:
        return results[0]
    if all(r.certainty is Certainty.UNKNOWN for r in results) and not readings[0].is_abbreviation:
        return replace(results[0], candidates=tuple(dict.fromkeys(c for r in results for c in r.candidates)))
    same = {frozenset(i.name for i in r.ingredients) for r in results}
    proved = [i for i, r in enumerate(results) if r.product or _has_match(r)]
    if len(same) == 1 and frozenset() not in same:
        return results[proved[0] if len(proved) == 1 else 0]
    if is_measured and len(proved) == 1 and _may_decide(readings, proved[0]):
        return replace(results[proved[0]], confidence=70)
    candidates = dict.fromkeys(c for reading, r in zip(readings, results, strict=True) for c in _named(reading, r))
    reason = "it may mean more than one medicine"
    return Medicine(text, Certainty.AMBIGUOUS, candidates=tuple(candidates), unread=results[0].unread, reason=reason)


def _has_match(medicine: Medicine) -> bool:
    return medicine.certainty is Certainty.PARTIAL and bool(medicine.candidates and medicine.strengths)


def _may_decide(readings: list[Reading], winner: int) -> bool:
    best = readings[winner]
    others = [r for i, r in enumerate(readings) if i != winner]
    if best.is_abbreviation or any(r.foreign for r in others):
        return False
    if best.kind == SPELLED:
        return all(best.distance < r.distance for r in others)
    return best.kind == EXACT or not any(r.kind == EXACT for r in others)


def _named(reading: Reading, medicine: Medicine) -> tuple[str, ...]:
    if reading.foreign:
        return (" / ".join(reading.ingredients),)
    if medicine.certainty is Certainty.AMBIGUOUS and medicine.candidates:
        return medicine.candidates
    return (" / ".join(reading.ingredients),)


def _resolve(text: str, tokens: list[Token], reading: Reading, knowledge: Knowledge) -> Medicine:
    """One reading with the strengths and words of form of the text."""
    if reading.foreign:
        return _foreign(text, tokens, reading)
    if reading.product and not reading.doubt:
        product = knowledge.products[reading.product]
        return replace(whole(text, product, knowledge, 95), unread=_spans(tokens, reading.taken))
    written = amounts(tokens, reading.taken)
    given = {w.last for w in written if w.per_unit in GIVEN}  # "10 mg/inh" says nothing of how it is inhaled.
    forms = demands(tokens, reading.taken | given, knowledge)
    numbers = {j for w in written for j in range(w.first, w.last + 1)}
    unread = _spans(tokens, reading.taken | forms.used | numbers)
    if all(knowledge.ingredients[n].is_supply for n in reading.ingredients):
        written = []  # The gauge and the length of a needle are no strength.
    found = match(reading, written, forms, knowledge, is_all_read=not _has_word(text, unread, 2))
    if doubt := reading.doubt or _doubt(reading, written, found, knowledge, _has_word(text, unread, 4)):
        candidates = _candidates(reading, written, found, knowledge)
        return Medicine(
            text, Certainty.AMBIGUOUS, brand=reading.brand, candidates=candidates, unread=unread, reason=doubt
        )
    confidence = _CONFIDENCE.get(reading.kind, 85)
    if found.product:
        medicine = whole(text, found.product, knowledge, confidence)
        return replace(medicine, brand=medicine.brand or _brand(reading), unread=unread)
    return _partial(text, reading, written, found, forms, knowledge, confidence, unread)


def _brand(reading: Reading) -> str | None:
    return None if reading.generic_first else reading.brand


def _foreign(text: str, tokens: list[Token], reading: Reading) -> Medicine:
    names = ", ".join(reading.foreign)
    return Medicine(
        text,
        Certainty.UNKNOWN,
        brand=reading.brand,
        candidates=(" / ".join(reading.ingredients),),
        unread=_spans(tokens, reading.taken),
        reason=f"nothing is known here of {names}",
    )


def _measures(written: list[Written]) -> list[Written]:
    return [w for w in written if not w.is_package]


def _has_word(text: str, spans: tuple[tuple[int, int], ...], shortest: int) -> bool:
    return any(word.isalpha() and len(word) >= shortest for a, b in spans for word in text[a:b].split())


def _doubt(
    reading: Reading, written: list[Written], found: Match, knowledge: Knowledge, has_unread_word: bool
) -> str | None:
    """Why an uncertain name, or strengths that do not belong to it, leave the medicine open."""
    measures = _measures(written)
    held = products_of(reading.ingredients, knowledge)
    if reading.kind != EXACT and held and measures and not (found.matched or found.other_forms):
        return "the name is not written out, and no such strength of the nearest medicine exists"
    if reading.has_short_stem and not (measures and found.matched):
        return "too little of the name is written"
    if len(reading.ingredients) == 1 and not found.matched and any(w.joined for w in measures):
        return "one name with several strengths: it may be a combination"
    if has_unread_word and not found.matched and len(measures) > len(reading.ingredients):
        return "a part could not be read and may be a second ingredient"
    return None


def _candidates(reading: Reading, written: list[Written], found: Match, knowledge: Knowledge) -> tuple[str, ...]:
    names = (" / ".join(reading.ingredients),)
    if len(reading.ingredients) != 1:
        return names
    wider = {
        p.ingredients
        for p in knowledge.products_of.get(reading.ingredients[0], ())
        if len(set(p.ingredients)) == len(_measures(written)) > 1
    }
    both = [replace(reading, ingredients=tuple(parts), order=()) for parts in sorted(wider)]
    ids = [p.id for r in both for p in match(r, written, FormDemands(), knowledge).matched if p.brand is None]
    return tuple(ids[:8]) or names


def _partial(
    text: str,
    reading: Reading,
    written: list[Written],
    found: Match,
    forms: FormDemands,
    knowledge: Knowledge,
    confidence: int,
    unread: tuple[tuple[int, int], ...],
) -> Medicine:
    likely = found.matched or found.fitting
    form = _only_form(likely)
    return Medicine(
        text=text,
        certainty=Certainty.PARTIAL,
        ingredients=tuple(knowledge.ingredients[n] for n in reading.ingredients),
        strengths=_strengths(reading, written, found, knowledge),
        form=form if form and ((found.matched and _measures(written)) or forms.demands) else None,
        route=form.routes[0] if form and form.routes else _only_route(likely),
        brand=_brand(reading),
        candidates=tuple(p.id for p in found.matched[:8]) if _measures(written) else (),
        unread=unread,
        confidence=confidence - 10,
        reason=None if found.matched or not _measures(written) else "no product of that strength is known here",
    )


def _strengths(reading: Reading, written: list[Written], found: Match, knowledge: Knowledge) -> tuple[Strength, ...]:
    """The strengths that are certain: those of every product that fits, else as written."""
    measures = _measures(written)
    if not measures:
        return ()
    if found.matched:
        if len({p.strengths for p in found.matched}) == 1:
            return found.matched[0].strengths
        liquids = all(s.per.value == 1 and s.per.unit in ("mL", "g") for p in found.matched for s in p.strengths)
        amounts_only = {tuple((s.ingredient, s.amount) for s in p.strengths) for p in found.matched}
        if len(amounts_only) == 1 and liquids:
            return found.matched[0].strengths
        if len(amounts_only) == 1 and all(w.per_unit is None for w in measures):
            return tuple(Strength(n, a, Amount(a.value * 0 + 1, "each")) for n, a in amounts_only.pop())
    return _as_written(reading, measures, found.matched or tuple(products_of(reading.ingredients, knowledge)))


def _as_written(reading: Reading, measures: list[Written], like: tuple[Product, ...]) -> tuple[Strength, ...]:
    """The strengths as read; none when a unit is missing, or it is unclear which number is whose."""
    named = len(reading.order) == len(reading.ingredients)
    if len(measures) != len(reading.ingredients) or not (named or len(measures) == 1):
        return ()
    strengths = []
    for name, w in zip(reading.ingredients, measures, strict=True):
        if w.unit not in UNITS or not w.value or w.unit == "%" or UNITS[w.unit].dimension in ("volume", "time"):
            return ()
        liquid = bool(like) and all(p.strengths[0].per.unit in ("mL", "g") for p in like)
        if liquid and not w.per_unit:
            return ()
        per_unit = w.per_unit or _piece(like)
        strengths.append(Strength(name, Amount(w.value, w.unit), Amount(w.per, per_unit)))
    return tuple(strengths)


def _piece(like: tuple[Product, ...]) -> str:
    units = {p.form.unit for p in like if UNITS[p.form.unit].dimension == p.form.unit}
    return units.pop() if len(units) == 1 else "each"


def _only_form(products: tuple[Product, ...]) -> DoseForm | None:
    forms = {p.form.name: p.form for p in products}
    return next(iter(forms.values())) if len(forms) == 1 else None


def _only_route(products: tuple[Product, ...]) -> str | None:
    routes = {p.route for p in products}
    return routes.pop() if len(routes) == 1 else None


def _spans(tokens: list[Token], used: Container[int]) -> tuple[tuple[int, int], ...]:
    """Spans of words and numbers that nothing was made of; neighbours are joined."""
    spans: list[tuple[int, int]] = []
    previous = -2
    for i, token in enumerate(tokens):
        settled = token.text in _SETTLED or (token.text in UNIT_WORDS and i and tokens[i - 1].is_number)
        if i in used or settled or not (token.is_word or token.is_number):
            continue
        if previous == i - 1 and spans:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
        previous = i
    return tuple(spans)
