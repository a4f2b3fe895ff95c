"""Which products fit the strengths and forms that a text gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tallman.core.drug import Product, Strength
from tallman.core.identify.chance import is_by_chance
from tallman.core.identify.evidence import Evidence
from tallman.core.identify.forms import is_container, is_other_device
from tallman.core.identify.one_strength import EQUAL, LOOSE, fit_one
from tallman.core.identify.other_ways import other_ways, worn_so_long
from tallman.core.identify.proof import proved
from tallman.core.identify.reading import Reading
from tallman.core.identify.suffixes import of_suffix, suffix_of_brand, without_suffix
from tallman.core.identify.vocabulary import words
from tallman.core.knowledge import Knowledge
from tallman.core.quantity import Amount
from tallman.core.routes import route_in

__all__ = ["Match", "match", "products_of"]


_PIECES = ("tablet", "capsule")
_CONCENTRATED = words("concentrate concentrated conc intensol")
_PLACES = words("rectal vaginal otic ophthalmic nasal sublingual")
_NEEDLES = words("inj injection injectable vial vials iv im intravenous intramuscular")


@dataclass(frozen=True)
class Match:
    """The products that fit best; `product` when exactly one is proved; `fitting` fit the form alone.

    `other_forms` have the strength that is written, and no such form: a contradiction, or a form not known here.
    """

    product: Product | None = None
    matched: tuple[Product, ...] = ()
    fitting: tuple[Product, ...] = ()
    other_forms: tuple[Product, ...] = ()


def products_of(ingredients: Sequence[str], knowledge: Knowledge) -> list[Product]:
    """Every product of exactly these ingredients."""
    wanted, found = set(ingredients), knowledge.products_of.get(ingredients[0], ())
    many = len(wanted)
    return [
        p
        for p in found
        if (held := len(p.strengths)) >= many and (held == many == 1 or {s.ingredient for s in p.strengths} == wanted)
    ]


def match(said: Evidence, knowledge: Knowledge) -> Match:
    """The products a reading can mean, given the strengths and the words of form."""
    every = products_of(said.reading.ingredients, knowledge)
    suffix = said.reading.suffix or (
        suffix_of_brand(every, said.reading.brand, knowledge) if said.reading.generic_first else ""
    )
    every = of_suffix(every, suffix, knowledge)
    every = _of_salt(every, said.reading)
    products = [p for p in _put_there(every, said.text) if not is_other_device(said.text, p.brand or "")]
    products = worn_so_long(products, said.text)
    if _is_made_up_to_drink(said, products, knowledge) or _is_concentrate_to_drink(said, products):
        by_mouth = (*said.forms.demands, lambda form: "oral" in form.routes)
        said = replace(said, forms=replace(said.forms, demands=by_mouth))
    fitting = [p for p in products if said.forms.fit(p.form)]
    tiers = _tiers(products, said.reading)
    for tier in tiers:
        named = [p for p in tier if said.forms.fit(p.form)]
        if not named and said.reading.brand:
            named = [p for p in tier if said.forms.loosely().fit(p.form)]
        lasting = [p for p in named if p.form.release == "extended" and said.fit(p)[0]] if said.forms.says_hours else []
        if said.forms.says_hours and not said.measures and not lasting and _lasts(products):
            continue  # "Sudafed 12 hr"
        matched = _best(lasting or named, said)  # "metformin 500 mg 24 hr tablet"
        if matched and said.measures and not said.reading.brand and said.fit(matched[0])[1] == LOOSE:
            matched = _best(fitting, said)  # A brand may have what fits better.
        if matched and all(is_by_chance(p, products, said) for p in matched):
            continue
        if matched:
            likely = _solids(_authored_first(matched, said), said)
            likely = likely if _is_by_brand(said.reading) else without_suffix(likely, knowledge)
            likely += _of_other_concentration(likely, fitting if said.reading.brand is None else named, said)
            likely += _made_for_another_way(likely, fitting if said.reading.brand is None else named, said)
            if said.has_bare_number:
                likely = _with_other_units(likely, named if said.reading.brand else fitting, said)
            likely += _of_one_milliliter(likely, products, said)
            likely += other_ways(likely, products, said)
            likely = _packs(likely) or likely if said.forms.says_pack else likely
            product = proved(likely, tier if said.reading.brand else products, said)
            if product and not said.measures and _may_be_another(product, products):
                return Match(fitting=tuple(fitting))
            if product and (_lasts_unsaid(product, tiers[0], said) or _is_spoonful(product, named, said)):
                return Match(fitting=tuple(fitting), other_forms=tuple(likely))
            return Match(product, tuple(likely), tuple(fitting))
    if (in_order := _rearranged(said, products)) and (rearranged := match(in_order, knowledge)).matched:
        return rearranged
    elsewhere = next((found for tier in (*tiers, every) if (found := _best(tier, said))), [])
    return Match(fitting=tuple(fitting), other_forms=tuple(elsewhere))


def _put_there(products: list[Product], text: str) -> list[Product]:
    """The suppositories of "PR", the ear drops of "in both ears"; all where none is made for what is written."""
    told = route_in(text)
    return [p for p in products if told in _PLACES and told in p.form.routes] or products


def _is_made_up_to_drink(said: Evidence, products: list[Product], knowledge: Knowledge) -> bool:
    """Whether a suspension, of which no more is said, is one that a pharmacy makes up from tablets: "metoprolol 1 mg/mL
    suspension" is not the clear injection of that strength."""
    solution, suspension, injection = (
        knowledge.forms.get(n) for n in ("oral solution", "oral suspension", "injection")
    )
    if said.reading.brand or not (said.forms.demands and solution and suspension and injection):
        return False
    fit = said.forms.fit
    if fit(solution) or not (fit(suspension) and fit(injection)):
        return False
    is_injected_so = any("suspension" in p.form.name and "inject" in p.form.name for p in products)
    return not is_injected_so and any(p.form.routes[:1] == ("oral",) for p in products)


def _is_concentrate_to_drink(said: Evidence, products: list[Product]) -> bool:
    """Whether a concentrate that is drunk comes in the strength that is written, and nothing says a needle: "lorazepam
    2 mg/mL concentrated solution" is not the vial."""
    told = {*said.text.lower().split()}
    if told.isdisjoint(_CONCENTRATED) or not told.isdisjoint(_NEEDLES) or not said.measures:
        return False
    return any(p.form.routes == ("oral",) and said.forms.fit(p.form) and said.fit(p)[0] for p in products)


def _may_be_another(product: Product, products: list[Product]) -> bool:
    """Whether a brand said without a strength may have been, or be elsewhere, in others than the one on record: a plain
    name of one ingredient, swallowed in pieces, of which others come in several strengths ("Flagyl")."""
    if len(product.strengths) > 1 or not (product.brand or "").isalpha() or product.form.unit not in _PIECES:
        return False
    alike = [p for p in products if p.form.unit in _PIECES and p.form.release == product.form.release]
    return any(p.strengths[0].amount != product.strengths[0].amount for p in alike if p.brand is None)


def _lasts_unsaid(product: Product, named: list[Product], said: Evidence) -> bool:
    """Whether a strength fits an extended release alone, and none is said: "Coreg 10" is as well a slip in a number as
    it is Coreg CR, "Tylenol 650" two tablets. Of a name that is no brand only where the numbers are near."""
    if said.forms.says_release or product.form.release != "extended" or product.form.unit not in _PIECES:
        return False
    plain = [p for p in named if p.form.release == "immediate" and p.form.unit in _PIECES and said.forms.fit(p.form)]
    if _is_by_brand(said.reading):
        return bool(plain)
    return any(_is_near(product.strengths[0], p.strengths[0]) for p in plain)


def _is_by_brand(reading: Reading) -> bool:
    return bool(reading.brand) and not reading.generic_first


def _is_spoonful(product: Product, named: list[Product], said: Evidence) -> bool:
    """Whether an amount is that of 5 mL alone, which are not said, of what also comes in pieces: "cefixime 200 mg"."""
    if product.form.unit != "mL" or product.strengths[0].per.value == 1 or "oral" not in product.form.routes:
        return False
    is_said = said.forms.demands or any(w.per_unit or w.unit == "mL" or w.is_package or w.joined for w in said.written)
    return not is_said and any(p.form.unit in _PIECES for p in named)


def _is_near(one: Strength, other: Strength) -> bool:
    """Whether one amount is some of the other, or differs from it in one digit."""
    if one.amount.unit != other.amount.unit:
        return False
    times = one.amount.value / other.amount.value
    a, b = str(one.amount.value), str(other.amount.value)
    return times in (2, 3, 4) or (len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1)


def _lasts(products: list[Product]) -> bool:
    return any(p.form.release == "extended" for p in products)


def _of_salt(products: list[Product], reading: Reading) -> list[Product]:
    """The products of the salt that is written; those of which none is on record where it is on no other."""
    if not reading.salts:
        return products
    named = [p for p in products if p.salt and reading.salts & {*p.salt.split()}]
    unnamed = [p for p in products if not p.salt]
    if named and not reading.brand and all(p.brand for p in named):
        return [*named, *unnamed]  # One brand alone is told apart by it (Liqrev): all others may be the same salt.
    return named or unnamed or products


def _rearranged(said: Evidence, products: list[Product]) -> Evidence | None:
    """The strengths in the order of the names, where each can be of one ingredient alone: "Norco 325/5".

    "10/5" of a medicine that comes as 5/10 and 10/20 may as well be a slip in a number, and stays as it is.
    """
    measures, wanted = said.measures, list(said.reading.ingredients)
    if len(measures) != len(wanted) or len(measures) < 2 or not all(w.joined for w in measures[1:]):
        return None
    owners: list[str] = []
    for w in measures:
        names = {s.ingredient for p in products for s in p.strengths if fit_one(s, w, p)}
        owners += names if len(names) == 1 else []
    if owners == wanted or sorted(owners) != sorted(wanted):
        return None
    return said.with_measures([measures[owners.index(name)] for name in wanted])


def _tiers(products: list[Product], reading: Reading) -> list[list[Product]]:
    """The products a name stands for first, and those it may stand for where none of them fits.

    A brand also stands for what is made like it, as it is often said of a strength that only others make: in the same
    form before another of that route and release. One said in passing tells which forms are meant.
    """
    generic = [p for p in products if p.brand is None]
    if reading.brand is None:
        return [generic, products]
    brand = reading.brand.lower()
    own = [p for p in products if (p.brand or "").lower() == brand]
    family = [p for p in products if (p.brand or "").lower().startswith((f"{brand} ", f"{brand}-"))]
    forms = {p.form.name for p in own}
    if not reading.generic_first:
        generic = [p for p in generic if _may_be_salt_of(own or family, p)]
    if reading.generic_first:
        return [[p for p in generic if p.form.name in forms] or generic, products]
    if not own and not family:
        return [generic]
    made = {(p.strengths, is_container(p.form)) for p in own + family}
    generic = [p for p in generic if (p.strengths, is_container(p.form)) in made or not _is_of_one_brand(p)]
    pens = [p for p in family if is_container(p.form) and p.form.name not in forms]
    if own and {p.form.release for p in family} - {p.form.release for p in own}:
        family = family + [p for p in generic if p.form.name in forms]  # "Calan 120" is not yet Calan SR.
    likes = {(p.form.routes[:1], p.form.release) for p in own if p.form.release != "extended"}  # "MS Contin 20"
    like = [p for p in generic if p.form.name not in forms and (p.form.routes[:1], p.form.release) in likes]
    like = [p for p in like if p.form.routes[:1] == ("oral",)]
    lasts = {p.form.release for p in own or family}  # "Toprol 37.5" is no plain metoprolol.
    same = [p for p in generic if p.form.name in forms and p.form.release != "extended"]  # "Concerta 20"
    return [own + pens, family, same or [p for p in generic if not own and p.form.release in lasts], like]


def _is_of_one_brand(product: Product) -> bool:
    """Whether nothing of another strength is called by a brand's name: a pen, an inhaler, an insulin. "Lantus SoloStar
    300 units/mL" is a slip in the name or in the number, what holds 300 has a brand of its own; no vial is Basaglar."""
    is_insulin = any((s.amount.unit, s.per.unit) == ("unit", "mL") for s in product.strengths)
    return is_insulin or is_container(product.form) or product.form.routes[:1] == ("inhalation",)


def _may_be_salt_of(brands: list[Product], product: Product) -> bool:
    """Whether a product is no other salt than that of a brand: "Flovent 200" is not fluticasone furoate."""
    salts = {p.salt for p in brands}
    return product.salt in salts or "" in {product.salt, *salts} or not salts


def _best(products: list[Product], said: Evidence) -> list[Product]:
    best = max(map(said.fit, products), default=(0, 0))
    return [p for p in products if said.fit(p) == best] if best[0] else []


def _authored_first(matched: list[Product], said: Evidence) -> list[Product]:
    """Without what only an imported release has, where a product of our own fits the strength as well.

    We hold what is written for; a release also holds the bottle of another size and the tablet that nobody means
    unless more is said ("metformin ER 500 mg" is not the osmotic one). Without a strength every product counts.
    """
    return [p for p in matched if p.origin == "authored"] or matched if said.measures else matched


def _with_other_units(likely: list[Product], named: list[Product], said: Evidence) -> list[Product]:
    """With all that a number alone may mean: 10 micrograms, 10 milligrams, 10 percent. Of one meaning the best ones."""
    every = [p for p in named if said.fit(p)[0]]
    sizes = {
        (s.ingredient, s.amount.to("g").value if s.amount.dimension == "mass" else s.amount)
        for p in every
        for s in p.strengths
    }
    return likely if len(sizes) == len({name for name, _ in sizes}) else every


def _made_for_another_way(likely: list[Product], others: list[Product], said: Evidence) -> list[Product]:
    """What holds the same in a milliliter and is given another way, where nothing but that is written: "caffeine
    citrate 20 mg/mL" is the solution to drink, or the vial of 60 mg/3 mL."""
    if said.forms.demands or not said.measures or any(w.per_unit != "mL" or w.per != 1 for w in said.measures):
        return []
    ways = {route for p in likely for route in p.form.routes}
    return [p for p in others if said.fit(p)[1] >= EQUAL and ways.isdisjoint(p.form.routes)]


def _of_other_concentration(likely: list[Product], named: list[Product], said: Evidence) -> list[Product]:
    """The injections that hold an amount in another volume, where none is written: "midazolam 5 mg inj"."""
    is_alone = all(w.per_unit is None and w.unit != "%" and not w.is_package for w in said.written)
    if not is_alone or len(said.measures) != 1:
        return []
    if said.reading.brand and all(p.form.name == "powder for injection" for p in likely):
        held = {s.amount for p in likely for s in p.strengths}
        return [p for p in named if is_container(p.form) and p.strengths[0].amount in held]  # "Nucala 100"
    if not any(_is_plain_injection(p) for p in likely):
        return []
    if not all(_is_plain_injection(p) or is_container(p.form) for p in likely):
        return []
    made = {p.strengths for p in likely}
    amount = likely[0].strengths[0].amount
    others = [p for p in named if _is_plain_injection(p) and p.strengths not in made]
    if said.has_bare_number:  # "Ara-C 100"
        return [p for p in others if amount in (p.strengths[0].amount, _in_one(p))]
    return [p for p in others if said.fit(p)[0] and p.strengths[0].amount == amount]


def _of_one_milliliter(likely: list[Product], products: list[Product], said: Evidence) -> list[Product]:
    """The liquids that hold in one milliliter what those that fit hold in a spoonful, where no volume is written:
    "Roxanol 20" is the concentrate of 100 mg/5 mL, "morphine 20" may be either."""
    first = likely[0].strengths[0]
    if first.per.unit != "mL" or first.per.value == 1 or any(p.form.routes[:1] != ("oral",) for p in likely):
        return []
    if any(p.form.unit != "mL" for p in likely):
        return []
    if len(said.measures) != 1 or any(w.per_unit or w.is_package for w in said.written):
        return []
    return [p for p in products if p.form.unit == "mL" and "oral" in p.form.routes and _in_one(p) == first.amount]


def _in_one(product: Product) -> Amount | None:
    """What one milliliter of a liquid holds; None of what is measured otherwise, or made of several."""
    strength = product.strengths[0]
    if len(product.strengths) > 1 or strength.per.unit != "mL":
        return None
    return replace(strength.amount, value=strength.amount.value / strength.per.value)


def _is_plain_injection(product: Product) -> bool:
    return "inject" in product.form.name and not is_container(product.form) and product.strengths[0].per.unit == "mL"


def _packs(matched: list[Product]) -> list[Product]:
    return [p for p in matched if "pack" in p.form.name]


def _solids(matched: list[Product], said: Evidence) -> list[Product]:
    """Without the liquids: "furosemide 40 mg" is the tablet, though 5 mL of a solution also hold 40 mg."""
    solids = [p for p in matched if p.form.name in ("oral tablet", "oral capsule")]
    liquids = [p for p in matched if p.form.unit == "mL" and "oral" in p.form.routes]
    is_said = not said.written or any(w.per_unit or w.unit == "mL" for w in said.written)
    return solids if solids and not is_said and len(solids) + len(liquids) == len(matched) else matched
