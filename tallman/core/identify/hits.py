"""Where names stand in a text, what each can mean, and how far it is from what is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tallman.core.identify.counts import counts_pieces
from tallman.core.identify.forms import FORM_WORDS
from tallman.core.identify.hit import EXACT, SHORT, SPELLED, Hit, Option
from tallman.core.identify.mend import covering, mended
from tallman.core.identify.names import RESERVED, Meaning, NameIndex
from tallman.core.identify.neighbours import doubt_of, every_word, salted_otherwise
from tallman.core.identify.spelling import Near, begins, near, resembling, shared_start, slips
from tallman.core.identify.suffixes import is_suffix
from tallman.core.identify.text import JOINERS, Token
from tallman.core.identify.unit_words import UNIT_WORDS
from tallman.core.identify.vocabulary import EVERYDAY, MODIFIERS, salt_word

__all__ = ["find_hits"]

_LONG, _NOT_SHORT, _ABRIDGED = 7, 5, 3
_PURPOSES = frozenset({"thyroid"})
"""Names of medicines that are also what others are taken for."""


def find_hits(tokens: list[Token], index: NameIndex) -> tuple[list[Hit], str | None]:
    """The names in a text, and a doubt when a word beside them could not be read and may be a name too.

    Names written as they are known come first; only where there are none is a misspelling looked for.
    """
    tokens, corrected = mended(tokens, index)
    if hits := _without_purpose(tokens, _scan(tokens, index, corrected), index):
        return _with_neighbours(tokens, hits, index)
    hits, doubt = _misspelt(tokens, index)
    return (hits, doubt) if hits else (_form_word_as_name(tokens, index), None)


def _without_purpose(tokens: list[Token], hits: list[Hit], index: NameIndex) -> list[Hit]:
    """The names without one that says what another is for: "levothyroxin 112 (thyroid)", "Eliquis 5 mg for PE"."""
    names = frozenset(n for h in hits for n in h.ingredients)
    is_for = [h for h in hits if tokens[h.first].text in _PURPOSES and h.first and tokens[h.first - 1].text == "("]
    if names not in index.combinations:
        is_for += [h for h in hits[1:] if [t.text for t in tokens[h.first : h.end]] == ["pe"]]
    others = [h for h in hits if h not in is_for]
    before = (i for h in is_for for i in range(h.first) if _is_unknown_word(tokens[i]))
    is_beside = others or any(_near_hit(tokens, i, index) for i in before)
    return others if is_for and is_beside else hits


def _form_word_as_name(tokens: list[Token], index: NameIndex) -> list[Hit]:
    """A word of form that opens a text without any name, where it is an abbreviation too: "INH 300 mg tablet".

    Beside anything else it is only believed with a strength of that medicine.
    """
    first = next((i for i, t in enumerate(tokens) if t.is_word), None)
    if first != 0 or tokens[0].text not in FORM_WORDS:
        return []
    kind = EXACT if len(tokens) == 1 else SHORT
    options = tuple(Option(m, kind) for m in index.names.get((tokens[0].text,), ()))
    return [Hit(0, 1, options)] if options else []


def _scan(tokens: list[Token], index: NameIndex, slips: Mapping[int, int]) -> list[Hit]:
    hits: list[Hit] = []
    i = 0
    while i < len(tokens):
        found = index.at(tokens, i) if tokens[i].is_word or tokens[i].is_number else None
        if found is None or not _counts_as_name(tokens, i, found, hits, index):
            i += 1
            continue
        end, key = found
        distance = max((slips.get(j, 0) for j in range(i, end)), default=0)
        kind = SPELLED if distance else SHORT if _goes_on(tokens, end, key, index) else EXACT
        if hits and hits[-1].end == i and _is_metal(tokens, hits[-1]):
            hits.pop()  # "calcium pantothenate"
        meanings = index.meanings(key)
        if any(m.product for m in meanings) and counts_pieces(tokens, end - 1):
            meanings += index.names.get(key[:-1], ())  # "Tylenol 2 tabs"
        hits.append(Hit(i, end, tuple(Option(index.in_order(key, m), kind, distance) for m in meanings)))
        i = end
    return hits


def _goes_on(tokens: list[Token], end: int, key: tuple[str, ...], index: NameIndex) -> bool:
    """Whether another word follows the opening of a longer name than those that end it: "coagulation factor Xa"."""
    if key in index.names or end >= len(tokens):
        return False
    word = tokens[end].text
    return tokens[end].is_word and not (word in RESERVED or word in JOINERS or salt_word(word))


def _is_metal(tokens: list[Token], hit: Hit) -> bool:
    """Whether a name is a metal that leaves its salt open: before another name it is a part of that."""
    is_one = hit.end - hit.first == 1 and bool(salt_word(tokens[hit.first].text))
    return is_one and all(o.meaning.is_abbreviation for o in hit.options)


def _counts_as_name(
    tokens: list[Token], i: int, found: tuple[int, tuple[str, ...]], hits: list[Hit], index: NameIndex
) -> bool:
    """Words of form are no names unless a record of ours says so; a salt after a name is a salt."""
    _, key = found
    meanings = index.meanings(key)
    if (
        i
        and all(map(salt_word, key))
        and _is_unknown_word(tokens[i - 1])
        and not (hits and hits[-1].end == i)
        and not index.knows(tokens[i - 1].text)
        and (near(tokens[i - 1].text, index, RESERVED) or begins(tokens[i - 1].text, index))
    ):
        return False
    if len(key) > 1:
        return True
    word = key[0]
    if hits and salt_word(word) and (between := _between(tokens, hits[-1].end, i)) in ("", "-", "("):
        return between == "-" and _completes(meanings, hits, index)
    if word in RESERVED and not salt_word(word):
        return any(m.is_held and m.brand is None for m in meanings) and len(word) > 3 and word not in FORM_WORDS
    return True


def _completes(meanings: tuple[Meaning, ...], hits: list[Hit], index: NameIndex) -> bool:
    """Whether what may be a salt makes a combination with all names before: "sodium chloride-lactate"."""
    before = {n for h in hits for n in h.options[0].meaning.ingredients}
    return len(before) > 1 and any(frozenset({*before, *m.ingredients}) in index.combinations for m in meanings)


def _between(tokens: list[Token], first: int, last: int) -> str:
    return "".join(t.text for t in tokens[first:last] if not salt_word(t.text))


def _is_unknown_word(token: Token) -> bool:
    return (
        token.is_word
        and len(token.text) > 2
        and token.text not in RESERVED
        and token.text not in EVERYDAY
        and token.text not in JOINERS
        and not salt_word(token.text)
    )


def _with_neighbours(tokens: list[Token], hits: list[Hit], index: NameIndex) -> tuple[list[Hit], str | None]:
    """Adds misspelt names that stand beside a known one, or say the same; names a word that may be another name."""
    taken = {i for h in hits for i in range(h.first, h.end)}
    doubt, known = None, len(hits)
    for i, token in enumerate(tokens):
        if i in taken or not _is_unknown_word(token):
            continue
        joined = _is_joined(tokens, i, hits, index)
        beside = any(h.end == i or h.first == i + 1 for h in hits)
        hit = _near_hit(tokens, i, index) if joined or beside or len(token.text) >= _NOT_SHORT else None
        if joined and not (hit and _makes_combination(hit, hits, index)):
            hit = _abridged_part(tokens, i, hits, index) or hit
        if hit and (joined or (beside and _makes_combination(hit, hits, index))):
            hits = sorted([*hits, hit], key=lambda h: h.first)
        elif hit and (same := _of_the_same(hit, hits)):
            hits = sorted([*hits, same], key=lambda h: h.first)
        elif hit and len(token.text) >= _LONG and all(o.kind == SPELLED and o.distance == 1 for o in hit.options):
            doubt = f"{token.text!r} may be a second medicine"
        elif joined and not _is_set_off(tokens, i) and not _hangs_on(tokens, i, hits) and token.text not in MODIFIERS:
            doubt = f"{token.text!r} could not be read and may be a second ingredient"
        elif why := doubt_of(tokens, i, hits, index):
            doubt = why
    # A name that was added may join another to them: "OLMES/AMLOD/HCTZ".
    return _with_neighbours(tokens, hits, index) if len(hits) > known else (hits, doubt)


def _of_the_same(hit: Hit, hits: list[Hit]) -> Hit | None:
    """The misspelt name where it can mean what is named elsewhere: "lisinoprli (Zestril)"."""
    named = {frozenset(o.meaning.ingredients) for h in hits for o in h.options}
    same = tuple(o for o in hit.options if frozenset(o.meaning.ingredients) in named and o.kind == SPELLED)
    return replace(hit, options=same) if same else None


def _is_set_off(tokens: list[Token], i: int) -> bool:
    """Whether a dash with space around it sets a word off from the strength before: "10 mg - new"."""
    if i < 2 or tokens[i - 1].text != "-" or not (tokens[i - 2].is_number or tokens[i - 2].text in UNIT_WORDS):
        return False
    return tokens[i - 2].end < tokens[i - 1].start and tokens[i - 1].end < tokens[i].start


def _is_joined(tokens: list[Token], i: int, hits: list[Hit], index: NameIndex) -> bool:
    """Whether a joining sign ties a word to a name, though other words of its own name lie between: "olve oil / …"."""
    taken = {j for h in hits for j in range(h.first, h.end)}
    first, end = i, i + 1
    while first > 1 and first - 1 not in taken and _may_be_of_a_name(tokens[first - 1], index):
        first -= 1
    while end < len(tokens) and end not in taken and _may_be_of_a_name(tokens[end], index):
        end += 1
    left = first > 1 and tokens[first - 1].text in JOINERS and any(_reaches(tokens, h.end, first - 1) for h in hits)
    return left or any(tokens[h.first - 1].text in JOINERS and _reaches(tokens, end, h.first - 1) for h in hits)


def _may_be_of_a_name(token: Token, index: NameIndex) -> bool:
    if not token.is_word or token.text in JOINERS or token.text in UNIT_WORDS:
        return False
    return len(token.text) == 1 or bool(salt_word(token.text)) or token.text in every_word(index)


def _reaches(tokens: list[Token], end: int, joiner: int) -> bool:
    """Whether only salts and strengths lie between a name and a joining sign."""
    between = tokens[end:joiner]
    return end <= joiner and all(
        t.is_number or salt_word(t.text) or t.text in UNIT_WORDS or t.text in JOINERS for t in between
    )


def _hangs_on(tokens: list[Token], i: int, hits: list[Hit]) -> bool:
    return is_suffix(tokens, i, (n for h in hits if h.end == i - 1 for n in h.ingredients))


def _abridged_part(tokens: list[Token], i: int, hits: list[Hit], index: NameIndex) -> Hit | None:
    """The one ingredient that makes a combination with those named, of whose name a word has the beginning and other
    letters in their order: "LIDO/PRILOCN", "BUT/APAP/CAF"."""
    named = frozenset(n for h in hits for n in h.options[0].meaning.ingredients)
    wholes = [parts for parts in index.combinations if named < parts]
    missing = {n for parts in wholes for n in parts - named}
    meant = [n for n in missing if _abridges(tokens[i].text, n.split()[0].lower())]
    return Hit(i, i + 1, (Option(Meaning((meant[0],)), SHORT),)) if len(meant) == 1 else None


def _abridges(word: str, name: str) -> bool:
    letters = iter(name)
    return len(word) >= _ABRIDGED and name.startswith(word[:_ABRIDGED]) and all(c in letters for c in word)


def _makes_combination(hit: Hit, hits: list[Hit], index: NameIndex) -> bool:
    names = {n for h in hits for n in h.options[0].meaning.ingredients}
    return any(frozenset(names | {*o.meaning.ingredients}) in index.combinations for o in hit.options)


def _misspelt(tokens: list[Token], index: NameIndex) -> tuple[list[Hit], str | None]:
    """The first word that is nearly a name, with those joined to it; else one that resembles some."""
    unknown = [i for i, token in enumerate(tokens) if _is_unknown_word(token)]
    for i in unknown:
        if hit := _near_hit(tokens, i, index):
            hits, doubt = _with_neighbours(tokens, [hit], index)
            return hits, doubt or salted_otherwise(tokens, hit, index)
    for i in unknown[:1]:
        words_near = resembling(tokens[i].text, index)
        found = [m for n in words_near for key in index.first_words.get(n.word, ()) for m in index.names[key]]
        if any(m.is_held for m in found):
            options = tuple(_one_a_set(Option(m, SPELLED, 9) for m in found if m.is_held))
            return [Hit(i, i + 1, options)], "no name is near enough to be believed"
    return [], None


def _near_hit(tokens: list[Token], i: int, index: NameIndex) -> Hit | None:
    short = _cut_short(tokens[i].text, index)
    spelled = [found for found in _spelled(tokens, i, index) if not short or found[1].distance <= 1]
    if not spelled:
        return Hit(i, i + 1, short) if short else None
    first, end = spelled[0][0]
    options = [*short, *(o for _, o in spelled)]
    return Hit(first, end, tuple(_one_a_set(options)))


def _cut_short(word: str, index: NameIndex) -> tuple[Option, ...]:
    options = [
        Option(m, SHORT) for name in begins(word, index) for key in index.first_words[name] for m in index.names[key]
    ]
    by_set = _one_a_set(options)
    common = frozenset.intersection(*(frozenset(o.meaning.ingredients) for o in by_set)) if by_set else frozenset()
    single = [o for o in by_set if o.meaning.is_held and common == {*o.meaning.ingredients}]
    return tuple(single or by_set)


def _one_a_set(options: Iterable[Option]) -> list[Option]:
    """The nearest option for each set of ingredients, without a brand where several are as near."""
    by_set: dict[frozenset[str], Option] = {}
    for option in options:
        key = frozenset(option.meaning.ingredients)
        kept = by_set.get(key)
        if kept is None or option.distance < kept.distance:
            is_heard = option.is_heard or bool(kept and kept.is_heard)
            by_set[key] = replace(option, meaning=replace(option.meaning, product=None), is_heard=is_heard)
        elif option.distance == kept.distance:
            brand = _shared_brand(option.meaning.brand, kept.meaning.brand)
            is_heard = option.is_heard or kept.is_heard
            by_set[key] = replace(kept, meaning=replace(kept.meaning, brand=brand), is_heard=is_heard)
    return list(by_set.values())


def _shared_brand(one: str | None, other: str | None) -> str | None:
    """The brand both are of: "Humira" of "Humira" and "Humira Pen"; None when there is none."""
    shorter, longer = sorted((one or "", other or ""), key=len)
    return shorter if shorter and f"{longer} ".lower().startswith(f"{shorter} ".lower()) else None


def _spelled(tokens: list[Token], i: int, index: NameIndex) -> list[tuple[tuple[int, int], Option]]:
    """The names a misspelt word may belong to; none when it is rather a word of form or a salt."""
    found: list[tuple[tuple[int, int], Option]] = []
    best: Near | None = None
    nearest: Near | None = None
    for candidate in near(tokens[i].text, index, RESERVED):
        if candidate.word in RESERVED:
            if best is None or candidate.distance <= best.distance:
                return []
            if (candidate.word,) not in index.names:
                continue  # Lysine is a salt and a medicine: "lydine" is as well that as Lodine.
        nearest = nearest or candidate
        if best is None and candidate.distance > nearest.distance:
            return []  # The nearest word is part of no name here: "imune globuiln" is no Ilube.
        is_confused = best and candidate.word in index.confused.get(best.word, ())
        if best and candidate.distance > best.distance and not (is_confused or candidate.is_heard):
            if _is_farther(tokens[i].text, candidate, best):
                continue
        corrected = [*tokens[:i], replace(tokens[i], text=candidate.word), *tokens[i + 1 :]]
        found_there = covering(corrected, i, index)
        is_rival = best is None or candidate.distance <= best.distance + 1
        if not is_rival and best and _begins_longer(tokens[i].text, candidate, best):
            found_there = [(place, m) for place, m in found_there if m.ingredients == (candidate.word,)]
            is_rival = True
        if found_there and is_rival:
            best = best or candidate
            found += [(place, Option(m, SPELLED, candidate.distance, candidate.is_heard)) for place, m in found_there]
    return found


def _begins_longer(word: str, rival: Near, best: Near) -> bool:
    """Whether a word begins like a rival for longer than like the nearest."""
    return shared_start(word, rival.word) > shared_start(word, best.word)


def _is_farther(word: str, rival: Near, best: Near) -> bool:
    """Whether a rival one slip further away also parts from the word earlier: beginnings are seldom wrong.

    Not so of one that has only lost its first letter: "stadiol" is Stadol, or what is left of estradiol.
    """
    if best.distance > 1 or slips(word, rival.word[1:]) <= best.distance or rival.word.endswith(best.word):
        return False
    return shared_start(word, best.word) >= shared_start(word, rival.word) + 2
