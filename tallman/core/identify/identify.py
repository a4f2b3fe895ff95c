"""From the pieces to the medicine. What cannot be proved is left open; two readings that differ are both named."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from tallman.core.codes.ndc import parse_ndc
from tallman.core.drug import Certainty, DoseForm, Ingredient, Medicine, Product, Strength
from tallman.core.identify.forms import EMPTY, Demand, demands
from tallman.core.identify.names import AMBIGUOUS, Meaning, index_of, salt_word
from tallman.core.identify.text import Token, Written, amounts, tokenize
from tallman.core.knowledge import Knowledge
from tallman.core.quantity import UNITS, Amount

__all__ = ["identify"]

_PACKAGE_UNITS = frozenset({"mL", "g", "tablet", "capsule", "dose", "L", "puff", "spray"})


def identify(text: str, knowledge: Knowledge, *, rxcui: str | None = None, ndc: str | None = None) -> Medicine:
    """The medicine that `text` and the codes name.

    With a known code the code decides, and a text that says otherwise is reported as `conflict` (and makes the
    medicine ambiguous when the ingredients differ). Never raises.
    """
    coded = _by_code(rxcui, ndc, knowledge)
    if not text.strip():
        return coded or Medicine(text, Certainty.UNKNOWN)
    if coded is None:
        return _read(text, knowledge)
    return _agree(replace(coded, text=text), _read(text, knowledge))


def _by_code(rxcui: str | None, ndc: str | None, knowledge: Knowledge) -> Medicine | None:
    if ndc and (parsed := parse_ndc(ndc)) and (package := knowledge.by_ndc.get(parsed.eleven)):
        return _whole(ndc, knowledge.products[package.product], knowledge, 100)
    found = knowledge.by_rxcui.get(rxcui or "")
    if isinstance(found, Product):
        return _whole(found.name, found, knowledge, 100)
    if isinstance(found, Ingredient):
        return Medicine(found.name, Certainty.PARTIAL, ingredients=(found,), confidence=100)
    return None


def _agree(coded: Medicine, read: Medicine) -> Medicine:
    if not read.ingredients or read.certainty is Certainty.UNKNOWN:
        return coded
    by_code, by_text = ({i.name for i in m.ingredients} for m in (coded, read))
    if by_code != by_text and not by_text < by_code:
        conflict = f"the code means {coded.name}, the text says {read.name}"
        both = (coded.name, read.name)
        return replace(coded, certainty=Certainty.AMBIGUOUS, conflict=conflict, candidates=both)
    product = coded.product
    if product and read.strengths and by_code == by_text:
        written = {(s.ingredient, _per_one(s)) for s in read.strengths}
        if written != {(s.ingredient, _per_one(s)) for s in product.strengths}:
            strengths = " / ".join(map(str, read.strengths))
            return replace(coded, conflict=f"the code means {product.tall_man}, the text says {strengths}")
    if product and read.product and read.product.form.release != product.form.release:
        return replace(coded, conflict=f"the code means {product.tall_man}, the text says {read.product.tall_man}")
    return coded


def _per_one(strength: Strength) -> tuple[object, str]:
    base = "g" if strength.amount.dimension == "mass" else strength.amount.unit
    return strength.amount.to(base).value / strength.per.value, strength.per.dimension


def _whole(text: str, product: Product, knowledge: Knowledge, confidence: int, brand: str | None = None) -> Medicine:
    return Medicine(
        text=text,
        certainty=Certainty.PRODUCT,
        product=product,
        ingredients=tuple(knowledge.ingredients[n] for n in dict.fromkeys(product.ingredients)),
        strengths=product.strengths,
        form=product.form,
        route=product.form.routes[0],
        brand=product.brand or brand,
        confidence=confidence,
    )


@dataclass(frozen=True)
class _Names:
    """What the names in a text say together."""

    ingredients: tuple[str, ...]
    brand: str | None
    product: str | None
    taken: frozenset[int]
    salts: frozenset[str]
    is_exact: bool


def _read(text: str, knowledge: Knowledge) -> Medicine:
    if code := _bare_code(text, knowledge):
        return code
    tokens = tokenize(text)
    readings = _names(tokens, knowledge)
    if not readings:
        return Medicine(text, Certainty.UNKNOWN, unread=_spans(tokens, set()))
    results = [_with_strength(text, tokens, names, knowledge) for names in readings]
    if len(results) > 1:
        whole = [r for r in results if r.certainty is Certainty.PRODUCT]
        exact = [r for r in whole if r.confidence >= 90]
        if len(exact) == 1 and len(whole) == 1 and readings[0].is_exact:
            return replace(exact[0], confidence=70)
        distinct = list(dict.fromkeys(r.name if r.product is None else r.product.tall_man for r in results))
        return Medicine(text, Certainty.AMBIGUOUS, candidates=tuple(distinct), unread=results[0].unread)
    return results[0]


def _bare_code(text: str, knowledge: Knowledge) -> Medicine | None:
    bare = text.strip().upper().removeprefix("NDC").removeprefix("RXCUI").lstrip(": #").strip()
    if not bare or not all(c.isdigit() or c == "-" for c in bare):
        return None
    return _by_code(bare, bare, knowledge)


def _names(tokens: list[Token], knowledge: Knowledge) -> list[_Names]:
    """The readings of the names in a text: usually one; several for an ambiguous name; none when nothing is known."""
    index = index_of(knowledge)
    found: list[set[Meaning]] = []
    taken: set[int] = set()
    salts: set[str] = set()
    i = 0
    while i < len(tokens):
        hit = index.at(tokens, i) if tokens[i].is_word else None
        token = tokens[i].text
        if hit and not (found and token in SALT_LIKE and hit[0] == i + 1):
            found.append(hit[1])
            taken.update(range(i, hit[0]))
            i = hit[0]
            continue
        if token in AMBIGUOUS and not hit:
            found.append({Meaning((name,)) for name in AMBIGUOUS[token]})
            taken.add(i)
        elif found and (salt := salt_word(token)):
            salts.add(salt)
            taken.add(i)
        i += 1
    is_exact = bool(found)
    if not found:
        found, taken = _misspelt(tokens, knowledge)
    if any(m.is_foreign for meanings in found for m in meanings):
        return []
    return [_together(choice, taken, salts, is_exact) for choice in itertools.product(*map(_sorted, found))] if found else []


SALT_LIKE = frozenset({"sodium", "potassium", "calcium", "magnesium", "na", "acetate", "citrate", "iron"})


def _sorted(meanings: set[Meaning]) -> list[Meaning]:
    return sorted(meanings, key=lambda m: (m.ingredients, m.brand or "", m.product or ""))


def _misspelt(tokens: list[Token], knowledge: Knowledge) -> tuple[list[set[Meaning]], set[int]]:
    index = index_of(knowledge)
    found: list[set[Meaning]] = []
    taken: set[int] = set()
    for i, token in enumerate(tokens):
        if not token.is_word or token.text in EMPTY or salt_word(token.text):
            continue
        near = index.near(token.text)
        meanings = {m for _, name in near for m in index.names[(name,)]}
        if not meanings:
            continue
        best = {m for distance, name in near if distance == near[0][0] for m in index.names[(name,)]}
        found.append(best if len({m.ingredients for m in meanings}) == 1 else meanings)
        taken.add(i)
    return found, taken


def _together(choice: tuple[Meaning, ...], taken: set[int], salts: set[str], is_exact: bool) -> _Names:
    widest = max(choice, key=lambda m: len(m.ingredients))
    names = list(dict.fromkeys(n for m in choice for n in m.ingredients))
    if set(names) == set(widest.ingredients):
        names = list(widest.ingredients)
    brands = [m.brand for m in choice if m.brand and set(m.ingredients) == set(names)]
    products = [m.product for m in choice if m.product]
    return _Names(
        tuple(names), brands[0] if brands else None, products[0] if products else None,
        frozenset(taken), frozenset(salts), is_exact,
    )  # fmt: skip


def _with_strength(text: str, tokens: list[Token], names: _Names, knowledge: Knowledge) -> Medicine:
    taken = set(names.taken)
    ingredients = tuple(knowledge.ingredients[n] for n in names.ingredients if n in knowledge.ingredients)
    if len(ingredients) < len(names.ingredients):
        return Medicine(text, Certainty.UNKNOWN, brand=names.brand, candidates=names.ingredients)
    if names.product:
        return _whole(text, knowledge.products[names.product], knowledge, 95)
    wanted, used, _ = demands(tokens, taken, knowledge)
    written = amounts(tokens, taken)
    numbers = {j for w in written for j in range(w.first, w.last + 1)}
    products = _products(names, knowledge)
    fitting = [p for p in products if all(demand(p.form) for demand in wanted)]
    matched = [p for p in fitting if _strength_matches(p, written)]
    unread = _spans(tokens, taken | used | numbers)
    base = 95 if names.is_exact else 75
    if len(chosen := _narrow(matched, names, wanted, bool(written))) == 1:
        return replace(_whole(text, chosen[0], knowledge, base, names.brand), unread=unread)
    strengths = _known_strengths(names, written, fitting or products, matched)
    form = _only_form(matched or fitting)
    return Medicine(
        text=text,
        certainty=Certainty.PARTIAL,
        ingredients=ingredients,
        strengths=strengths,
        form=form,
        route=form.routes[0] if form else _only_route(matched or fitting),
        brand=names.brand,
        candidates=tuple(p.id for p in matched[:8]),
        unread=unread,
        confidence=base - 10,
    )


def _products(names: _Names, knowledge: Knowledge) -> list[Product]:
    wanted = set(names.ingredients)
    found = [p for p in knowledge.products_of.get(names.ingredients[0], ()) if set(p.ingredients) == wanted]
    if names.salts:
        named = [p for p in found if p.salt in names.salts]
        found = named or [p for p in found if not p.salt] or found
    return found


def _strength_matches(product: Product, written: list[Written]) -> bool:
    if not written:
        return True
    if len(written) < len(product.strengths):
        return False
    count = len(product.strengths)
    for start in range(len(written) - count + 1):
        run = written[start : start + count]
        if _run_matches(product, run) and all(_is_package(w, product) for w in written if w not in run):
            return True
    return _is_ratio(product, written)


def _run_matches(product: Product, run: list[Written]) -> bool:
    orders = [product.strengths, product.strengths[::-1]] if len(run) == 2 else [product.strengths]
    return any(all(_one_matches(s, w) for s, w in zip(order, run, strict=True)) for order in orders)


def _one_matches(strength: Strength, written: Written) -> bool:
    have = strength.amount.value / strength.per.value
    amount, per = strength.amount, strength.per
    if written.unit is None:
        return written.value in (amount.value, have) or (per.unit in ("mL", "g") and amount.value == written.value)
    if written.unit == "%":
        return per.unit in ("mL", "g") and amount.dimension == "mass" and amount.to("mg").value == written.value * 10 * per.value
    ratio = written.ratio(amount.unit, per.unit)
    if ratio is None:
        return False
    if written.per_unit is None and per.unit in ("mL", "g", "h", "d"):
        return ratio in (amount.value, have)
    return ratio == have


def _is_package(written: Written, product: Product) -> bool:
    """Whether a left-over number is the size of a package: "(3 mL)", "100 mL bottle", "#30"."""
    return written.unit in _PACKAGE_UNITS or (written.unit == "h" and product.form.release == "extended")


def _is_ratio(product: Product, written: list[Written]) -> bool:
    """"400/5" of a liquid: milligrams in millilitres, both without a unit or with one left out."""
    if len(product.strengths) != 1 or len(written) != 2:
        return False
    strength, (top, bottom) = product.strengths[0], written
    if strength.per.unit != "mL" or bottom.unit not in (None, "mL") or top.unit not in (None, strength.amount.unit):
        return False
    return top.value / bottom.value == strength.amount.value / strength.per.value if bottom.value else False


def _narrow(matched: list[Product], names: _Names, wanted: list[Demand], has_strength: bool) -> list[Product]:
    """The one product meant, where the text settles it: its brand, else the generic; plain release unless said."""
    if not has_strength and len({p.strength_text() for p in matched}) > 1:
        return []
    if names.brand:
        branded = [p for p in matched if p.brand and p.brand.lower() == names.brand.lower()]
        matched = branded or [p for p in matched if p.brand is None]
    else:
        matched = [p for p in matched if p.brand is None] or matched
    if len({p.salt for p in matched}) > 1 and not names.salts and not wanted:
        return []
    if len(matched) > 1 and wanted:
        plain = [p for p in matched if p.form.release == "immediate" and p.form.name.startswith(("oral ", "topical "))]
        extended = any(p.form.release == "extended" for p in matched)
        if len(plain) == 1 and (extended or len(matched) == 2):
            return plain
    return matched


def _known_strengths(
    names: _Names, written: list[Written], products: list[Product], matched: list[Product]
) -> tuple[Strength, ...]:
    if matched and written and len({p.strength_text() for p in matched}) == 1:
        return matched[0].strengths
    if len(names.ingredients) != 1 or not products:
        return _as_written(names, written)
    return _as_written(names, written, products[0])


def _as_written(names: _Names, written: list[Written], like: Product | None = None) -> tuple[Strength, ...]:
    if len(written) != len(names.ingredients):
        return ()
    strengths = []
    for name, w in zip(names.ingredients, written, strict=True):
        unit = w.unit or (like.strengths[0].amount.unit if like else None)
        if unit is None or unit == "%" or (like and like.strengths[0].per.unit in ("mL", "g") and not w.per_unit):
            return ()
        per_unit = w.per_unit or (like.form.unit if like and like.form.unit != "mL" else "each")
        if UNITS[unit].dimension in ("volume", "time"):
            return ()
        strengths.append(Strength(name, Amount(w.value, unit), Amount(w.per, per_unit)))
    return tuple(strengths)


def _only_form(products: list[Product]) -> DoseForm | None:
    forms = {p.form.name: p.form for p in products}
    return next(iter(forms.values())) if len(forms) == 1 else None


def _only_route(products: list[Product]) -> str | None:
    routes = {p.form.routes[0] for p in products}
    return routes.pop() if len(routes) == 1 else None


def _spans(tokens: list[Token], used: set[int]) -> tuple[tuple[int, int], ...]:
    """Spans of words and numbers that nothing was made of; neighbours are joined."""
    spans: list[tuple[int, int]] = []
    previous = -2
    for i, token in enumerate(tokens):
        if i in used or token.text in EMPTY or not (token.is_word or token.is_number):
            continue
        if previous == i - 1 and spans:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
        previous = i
    return tuple(spans)
