"""One reading of the names, with the strengths and words of form beside them, made into a medicine."""

from __future__ import annotations

from dataclasses import replace

from tallman.core.drug import Certainty, DoseForm, Ingredient, Medicine, Product
from tallman.core.identify.codes import whole
from tallman.core.identify.evidence import Evidence, evidence_for
from tallman.core.identify.forms import FormDemands, is_container
from tallman.core.identify.hit import EXACT, SHORT, SPELLED
from tallman.core.identify.match import Match, match, products_of
from tallman.core.identify.one_strength import fit_one
from tallman.core.identify.proved_strengths import proved_strengths, shared_strengths
from tallman.core.identify.reading import Reading
from tallman.core.identify.rivals import rivals
from tallman.core.identify.sound import begins_alike
from tallman.core.identify.spelling import reach, slips
from tallman.core.identify.suffixes import of_suffix, of_the_brand
from tallman.core.identify.text import JOINERS, Token, plain_words
from tallman.core.identify.two_names import has_another_part, may_be_two
from tallman.core.identify.unproved import is_a_dose_of, why_no_product
from tallman.core.identify.usual_route import route_of
from tallman.core.identify.vocabulary import KINDS, STRENGTHENED, salt_word
from tallman.core.knowledge import Knowledge
from tallman.core.routes import route_in

__all__ = ["resolve"]

_CONFIDENCE = {EXACT: 95, SPELLED: 75}
_MOST_CANDIDATES, _LONG, _PARTS = 8, 7, 2
ONE_NAME = "one name with several strengths: it may be a combination"
MORE_STRENGTHS = "more strengths than names: a part was not read"


def resolve(text: str, tokens: list[Token], reading: Reading, knowledge: Knowledge) -> Medicine:
    """The medicine of one reading: a product, the ingredients and strengths that are certain, or what it may be."""
    said = evidence_for(text, tokens, reading, knowledge)
    if not reading.doubt and has_another_part(said, tokens, knowledge):
        reading = replace(reading, doubt=MORE_STRENGTHS)
        said = replace(said, reading=reading)
    if reading.foreign:
        return _named_only(said, tokens, knowledge)
    if reading.product and not reading.doubt:
        product = knowledge.products[reading.product]
        if not said.measures or said.fit(product)[0]:
            return replace(whole(text, product, knowledge, 95), unread=said.unread)
    found = match(said, knowledge)
    if (
        found.product
        and not said.measures
        and (_has_unread_neighbour(said, tokens, shortest=2) or _is_otherwise_strong(found.product, said, tokens))
    ):  # "Tums XR" is not yet the one strength of Tums.
        found = Match(fitting=found.fitting)
    if found.product and may_be_two(found.product, said, tokens, knowledge):
        found = replace(found, product=None)
    if found.product and _is_of_another_kind(found.product, said):
        found = replace(found, product=None)
    is_sure = found.matched or found.other_forms or reading.doubt
    alike = () if is_sure and reading.kind != SHORT else rivals(said, tokens, knowledge)
    doubt = reading.doubt or _doubt(said, tokens, found, knowledge)
    if doubt or alike:
        candidates = _candidates(said, knowledge) + alike
        doubt = doubt or f"it is not known in that strength, and {alike[0]} is"
        return Medicine(
            text, Certainty.AMBIGUOUS, brand=reading.brand, candidates=candidates, unread=said.unread, reason=doubt
        )
    confidence = _CONFIDENCE.get(reading.kind, 85)
    is_proof = reading.kind == EXACT or said.measures or len(reading.taken) > 1  # A slip and no strength prove nothing.
    if found.product and is_proof:
        medicine = whole(text, found.product, knowledge, confidence)
        return replace(medicine, brand=medicine.brand or _brand(reading), unread=said.unread)
    return _partial(said, found, knowledge, confidence)


def _is_otherwise_strong(product: Product, said: Evidence, tokens: list[Token]) -> bool:
    """Whether more or less than usual is said of what is on record in one strength: "Ex-Lax max"."""
    told = {t.text for i, t in enumerate(tokens) if i not in said.reading.taken and t.text in STRENGTHENED}
    return bool(told.difference((product.brand or "").lower().split()))


def _is_of_another_kind(product: Product, said: Evidence) -> bool:
    """Whether a word says how it is made that is not in the name of the product: betamethasone "aug"."""
    told = KINDS.intersection(plain_words(said.text))
    return not ({salt_word(word) for word in told} <= {product.salt} or told <= set(plain_words(product.brand or "")))


def _brand(reading: Reading) -> str | None:
    return None if reading.is_stand_in else reading.brand


def _named_only(said: Evidence, tokens: list[Token], knowledge: Knowledge) -> Medicine:
    """A medicine of which no more than the name is known: its ingredients, and the strengths as they are written."""
    reading = said.reading
    medicine = Medicine(
        said.text,
        Certainty.UNKNOWN,
        brand=_brand(reading),
        unread=said.unread,
        reason=f"nothing is known here of {', '.join(reading.foreign)} but the name",
    )
    is_misread = reading.kind == SPELLED and said.leaves_a_word()
    if reading.doubt or reading.kind == SHORT or reading.distance > 1 or is_misread:
        named = (" / ".join(reading.ingredients), *_one_slip_away(said, knowledge))
        return replace(medicine, candidates=named, reason=reading.doubt or medicine.reason)
    if len(said.measures) > len(reading.ingredients) and said.measures[-1].joined:
        return replace(medicine, certainty=Certainty.AMBIGUOUS, candidates=(" / ".join(reading.ingredients),),
                       reason=MORE_STRENGTHS if len(reading.ingredients) > 1 else ONE_NAME)  # fmt: skip
    if alike := _one_slip_away(said, knowledge) or rivals(said, tokens, knowledge):
        why = f"{reading.ingredients[0]} is known by its name alone, and {alike[0]} is nearly written so"
        return replace(
            medicine, certainty=Certainty.AMBIGUOUS, candidates=(" / ".join(reading.ingredients), *alike), reason=why
        )
    ingredients = (knowledge.ingredients.get(n) or Ingredient(n, None, n, origin="named") for n in reading.ingredients)
    return replace(
        medicine,
        certainty=Certainty.PARTIAL,
        ingredients=tuple(ingredients),
        strengths=proved_strengths(reading, said.measures, (), ()),
        confidence=60,
    )


def _one_slip_away(said: Evidence, knowledge: Knowledge) -> tuple[str, ...]:
    """Ingredients on record whose first word a slip turns into the only name of the text, where more is written than a
    name: "inulin regular 100 units/mL". Those of which the text has more words stand first."""
    name = said.reading.ingredients[0]
    if len(said.reading.ingredients) > 1 or not (said.measures or said.leaves_a_word(4)):
        return ()
    written = set(said.text.lower().split())
    alike = [i for i in knowledge.ingredients if i not in said.reading.ingredients and slips(name, i.split()[0]) == 1]
    alike.sort(key=lambda i: (-len(written.intersection(i.lower().split())), i))
    return tuple(alike[:_MOST_CANDIDATES])


def _doubt(said: Evidence, tokens: list[Token], found: Match, knowledge: Knowledge) -> str | None:
    """Why an uncertain name, or strengths that do not belong to it, leave the medicine open."""
    reading, measures = said.reading, said.measures
    held = products_of(reading.ingredients, knowledge)
    if _is_other_salt(reading, held):
        return f"{reading.brand} is another salt than the one that is named"
    if reading.suffix and not reading.is_stand_in and (own := of_the_brand(held, reading.brand)):
        if not of_suffix(own, reading.suffix, knowledge):
            return f"{reading.brand} is not {reading.ingredients[0]}-{reading.suffix}"
    if reading.is_named_in_part and 0 < len(measures) < _PARTS:
        return "the brand holds more than what is named beside it"
    fitting = found.matched or found.other_forms
    is_crowded = _has_unread_neighbour(said, tokens)
    if reading.kind == SPELLED and (why := _why_misspelt(said, found, tokens, is_crowded=is_crowded)):
        return why
    if reading.kind == SHORT and is_crowded and not (found.matched and len(measures) >= len(reading.ingredients)):
        return "the name is not written out, and a word beside it could not be read"
    if reading.kind == SHORT and _is_poured(found) and _says_little(said):
        return "the name is not written out, nor what the strength is of"
    if reading.kind == SHORT and _has_unread_neighbour(said, tokens, shortest=_LONG):
        return "the name is not written out, and a long word beside it could not be read"
    is_opening = reading.kind == SHORT and (len(reading.taken) > 1 or not measures) and len(reading.order) == 1
    if is_opening and _has_unread_neighbour(said, tokens, shortest=2):
        return "the name goes on with a word that could not be read"
    if reading.kind == SHORT and said.forms.demands and held and not (found.fitting or fitting):
        return "the name is not written out, and the nearest medicine does not come in such a form"
    is_of_several = len({name for name, _ in reading.order}) > 1
    if is_of_several and held and said.forms.demands and not (found.fitting or found.matched or measures):
        return "no combination of these comes in such a form: they may be two medicines"
    if reading.kind != EXACT and held and measures and not fitting:
        if len(measures) > len(reading.ingredients) and any(w.joined for w in measures):
            return MORE_STRENGTHS if len(reading.ingredients) > 1 else ONE_NAME
        return "the name is not written out, and no such strength of the nearest medicine exists"
    if said.is_beyond_record and not reading.brand and len(said.unread_words(4)) > 1:
        return "much could not be read, and no strength is on record to confirm the medicine"
    if reading.brand and is_crowded and (measures or said.forms.demands) and not found.matched:
        return "a word beside the brand could not be read: it may be another of that brand"
    if reading.has_short_stem and not (measures and found.matched):
        return "too little of the name is written"
    if reading.is_short and is_crowded and not (measures and found.matched):
        return "so short a name, and a word beside it could not be read"
    is_dose = all(w.unit in (None, "unit") and not w.per_unit for w in measures) and _is_insulin(held)  # "0-12 units"
    if _names_several(said, held, knowledge):
        return None
    if len(measures) > len(reading.ingredients) and not (fitting or is_dose) and any(w.joined for w in measures):
        return MORE_STRENGTHS if len(reading.ingredients) > 1 else ONE_NAME
    if said.leaves_a_word(4) and not found.matched and len(measures) > len(reading.ingredients):
        return "a part could not be read and may be a second ingredient"
    return None


def _is_other_salt(reading: Reading, held: list[Product]) -> bool:
    """Whether a salt is named that the brand is not made with: "Toprol XL (metoprolol tartrate)"."""
    name = (reading.brand or "").lower()
    own = [{*p.salt.split()} for p in held if name and (p.brand or "").lower() == name]
    others = {word for p in held for word in p.salt.split()}
    told = reading.salts & others
    return bool(told and own) and all(salt and told.isdisjoint(salt) for salt in own)


def _names_several(said: Evidence, held: list[Product], knowledge: Knowledge) -> bool:
    """Whether several strengths are those of one brand, of which no combination is made: "Jynarque 45 mg/15 mg"."""
    reading = said.reading
    if not reading.brand or reading.kind != EXACT or len(reading.ingredients) != 1:
        return False
    own = [p for p in held if p.brand and p.brand.split()[0] == reading.brand.split()[0]]
    if own and all(len(p.strengths) == 1 and any(is_a_dose_of(p, w) for w in said.measures) for p in own):
        return all(any(is_a_dose_of(p, w) for p in own) for w in said.measures)
    is_alone = all(len(p.strengths) == 1 for p in knowledge.products_of.get(reading.ingredients[0], ()))
    return is_alone and all(any(fit_one(p.strengths[0], w, p) for p in own) for w in said.measures)


def _is_insulin(products: list[Product]) -> bool:
    strengths = [s for p in products for s in p.strengths]
    return bool(strengths) and all((s.amount.unit, s.per.unit) == ("unit", "mL") for s in strengths)


def _says_little(said: Evidence) -> bool:
    """Whether a strength is missing, or none says in how much, and no word of form does."""
    is_alone = all(w.per_unit is None and w.unit != "%" for w in said.measures) and not said.forms.demands
    reading = said.reading
    is_part = len(said.measures) < len(reading.ingredients) and {n for n, _ in reading.order} != {*reading.ingredients}
    return is_part or is_alone


def _is_poured(found: Match) -> bool:
    return bool(found.matched) and all(s.per.unit == "mL" for p in found.matched for s in p.strengths)


def _why_misspelt(said: Evidence, found: Match, tokens: list[Token], *, is_crowded: bool) -> str | None:
    """Why a name that is only nearly one on record may be none of these."""
    starts_alike = _starts_alike(tokens, said.reading)
    if is_crowded and not (said.measures and found.matched):
        return "the name is not written out, and a word beside it could not be read"
    is_far = said.reading.distance > 1
    is_bare = not (said.measures or said.forms.demands)
    is_beyond_reach = said.reading.distance > reach(max(len(tokens[i].text) for i in said.reading.taken))
    is_proved = bool(said.measures and found.matched)
    if (
        (is_far and not starts_alike)
        or (is_bare and (is_far or not starts_alike))
        or (is_beyond_reach and not is_proved)
    ):
        return "the name is not written out, and nothing beside it confirms the nearest medicine"
    if said.is_beyond_record:
        return "the name is not written out, and no strength is on record to confirm the nearest medicine"
    if said.forms.demands and not (found.fitting or found.matched or found.other_forms):
        return "the name is not written out, and the nearest medicine does not come in such a form"
    return None


def _starts_alike(tokens: list[Token], reading: Reading) -> bool:
    """Whether a misspelt name begins as what it was read as: "Smecta" is no Umecta."""
    names = [name.lower() for name in (*reading.ingredients, reading.brand or "") if name]
    return any(begins_alike(tokens[i].text, name) for i in reading.taken for name in names)


def _has_unread_neighbour(said: Evidence, tokens: list[Token], shortest: int = 3) -> bool:
    """Whether a word that could not be read stands right beside the name: "siberuan elm"."""
    taken = said.reading.taken
    unread = {a for a, b in said.unread_words(shortest) if said.text[a:b].lower() not in JOINERS}
    beside = {j for i in taken for j in (i - 1, i + 1) if 0 <= j < len(tokens)} - taken
    return any(tokens[j].start in unread for j in beside)


def _candidates(said: Evidence, knowledge: Knowledge) -> tuple[str, ...]:
    reading = said.reading
    names = (" / ".join(reading.ingredients),)
    if len(reading.ingredients) != 1:
        return names
    wider = {
        p.ingredients
        for p in knowledge.products_of.get(reading.ingredients[0], ())
        if len(set(p.ingredients)) == len(said.measures) > 1
    }
    both = [
        Evidence(said.text, replace(reading, ingredients=tuple(parts), order=()), said.written, FormDemands())
        for parts in sorted(wider)
    ]
    ids = [p.id for one in both for p in match(one, knowledge).matched if p.brand is None]
    return tuple(ids[:_MOST_CANDIDATES]) or names


def _partial(said: Evidence, found: Match, knowledge: Knowledge, confidence: int) -> Medicine:
    """The ingredients, and what else is the same in everything that fits."""
    reading, measures = said.reading, said.measures
    likely = found.matched or found.fitting
    form = _only_form(likely)
    tells = measures or said.forms.demands or reading.brand
    held = products_of(reading.ingredients, knowledge)
    if any(w.unit == "%" for w in measures):
        held = [p for p in held if p.brand == reading.brand] or held if reading.brand else held
        held = [p for p in held if said.forms.fit(p.form)] or held
    return Medicine(
        text=said.text,
        certainty=Certainty.PARTIAL,
        ingredients=tuple(knowledge.ingredients[n] for n in reading.ingredients),
        strengths=proved_strengths(reading, measures, found.matched if tells else (), held)
        or (shared_strengths(measures, found.other_forms) if _are_shared(said, found) else ()),
        form=form if form and ((found.matched and measures) or said.forms.demands) else None,
        route=_only_route(said, _routed(said, found, form, held), knowledge),
        brand=_brand(reading),
        candidates=tuple(p.id for p in found.matched[:_MOST_CANDIDATES]) if measures else (),
        unread=said.unread,
        confidence=confidence - 10,
        reason=why_no_product(said, found),
        may_be_swallowed=bool(measures) and any(_is_swallowed(p) for p in found.matched),
    )


def _routed(said: Evidence, found: Match, form: DoseForm | None, held: list[Product]) -> tuple[Product, ...]:
    """The products whose routes tell by which one it is given; of an unknown suffix all of the ingredient."""
    likely = found.matched or found.fitting
    if form and is_container(form) and not found.matched:
        likely = (*likely, *found.other_forms)  # "heparin 100 unit/mL 5 mL syringe"
    told = likely if form else found.matched or _swallowed(said, found) or likely
    return told or (tuple(held) if said.reading.suffix else ())


def _swallowed(said: Evidence, found: Match) -> tuple[Product, ...]:
    """The products that a strength is known of in other forms, where all of them are taken by mouth and nothing is said
    that others are made for ("Lasix 40 mg IV" is a dose)."""
    told = route_in(said.text)
    if told and any(told in p.form.routes for p in found.fitting):
        return ()
    return found.other_forms if all("oral" in p.form.routes for p in found.other_forms) else ()


def _are_shared(said: Evidence, found: Match) -> bool:
    """Whether numbers without their units are those of other forms ("diltiazem 240"): not of a pen's or a liquid's."""
    is_bare = bool(said.measures) and all(w.unit is None for w in said.measures)
    here, elsewhere = {p.form.unit for p in found.fitting}, {p.form.unit for p in found.other_forms}
    if said.forms.demands and here and (here == {"mL"} or (elsewhere == {"g"} and "g" not in here)):
        return False  # "oxycodone conc 20" is no tablet of 20 mg, "menthol 8 lozenge" no gel of 8 %.
    return is_bare and not found.matched and not all(_is_measured_out(p) for p in found.other_forms)


def _is_measured_out(product: Product) -> bool:
    per = product.strengths[0].per
    is_liquid = per.unit == "mL" and (per.value == 1 or "oral" in product.form.routes)
    return is_liquid or is_container(product.form)


def _is_swallowed(product: Product) -> bool:
    return product.form.routes[:1] == ("oral",) and product.form.unit in ("tablet", "capsule")


def _only_form(products: tuple[Product, ...]) -> DoseForm | None:
    forms = {p.form.name: p.form for p in products}
    return next(iter(forms.values())) if len(forms) == 1 else None


def _only_route(said: Evidence, products: tuple[Product, ...], knowledge: Knowledge) -> str | None:
    """The route of all that it may be; the one that is written where any of them may go there."""
    routes = {route_of(said.text, p, knowledge)[0] for p in products}
    if (told := route_in(said.text)) and (told in routes or not products):
        return told
    return routes.pop() if len(routes) == 1 else None
