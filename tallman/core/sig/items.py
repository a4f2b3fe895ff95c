"""From tokens to phrases of the vocabulary, each with all it may mean."""

from __future__ import annotations

from tallman.core.sig.lexicon import Item, Lexicon, Terms, listed_words
from tallman.core.sig.tokens import Token, keys_of

__all__ = ["items_of"]

_CUT_SHORT = frozenset("tab tabs cap caps mg ml mcg gm tsp tbsp oz supp gtt gtts appl".split())


_PASSED_OVER = frozenset({".", "de"})
_SHORT_TIMES = frozenset({"h", "hr", "hrs", "hour", "min", "minute"})


def items_of(tokens: list[Token], lex: Lexicon) -> list[Item]:
    """The longest phrases in order; what is in no vocabulary stays as it is, a number, an hour, a date, a word."""
    keys = keys_of(tokens)
    if keys[:1] == ["de"] and "dele" in lex.words:
        keys[0] = "dele"  # Without its accent "dé" is "de"; a direction begins with the verb.
    items: list[Item] = []
    i, n = 0, len(tokens)
    longest, known = lex.longest, lex.root.next
    while i < n:
        token = tokens[i]
        if token.key in _PASSED_OVER and _is_passed_over(lex, tokens, keys, i):
            i += 1
            continue
        found = longest(keys, i) if keys[i] in known else None
        if found is not None and found.size == 2 and not _is_organ(found.terms) and _tears(lex, keys, i):
            found = longest(keys[: i + 1], i)
        if found is None:
            items.append(_plain(token))
            i += 1
            continue
        i += found.size
        items.append(Item(found.terms, token.start, tokens[i - 1].end, found.said))
    return items


def _is_passed_over(lex: Lexicon, tokens: list[Token], keys: list[str], at: int) -> bool:
    """Whether the point or the Spanish "de" at `at` means nothing."""
    if keys[at] == ".":
        return _cuts_short(lex, tokens, keys, at)
    return _leads_range(tokens, keys, at) or _leads_weekdays(lex, keys, at)


def _cuts_short(lex: Lexicon, tokens: list[Token], keys: list[str], at: int) -> bool:
    """Whether the point ends no sentence but a word: "1 tab. daily", "10 mg. at night"."""
    if at == 0 or at + 1 >= len(keys) or keys[at - 1] not in _CUT_SHORT or tokens[at - 1].end != tokens[at].start:
        return False
    after = lex.longest(keys, at + 1)
    begins = after is not None and ("verb" in after.terms or "remark" in after.terms)
    return tokens[at + 1].value is None and not begins and keys[at + 1] not in listed_words("cue")


def _leads_range(tokens: list[Token], keys: list[str], at: int) -> bool:
    """Whether it is the Spanish "de" of "de 1 a 2"."""
    ends = tokens[at + 1 : at + 4]
    return len(ends) > 2 and ends[0].value is not None and keys[at + 2] == "a" and ends[2].value is not None


def _leads_weekdays(lex: Lexicon, keys: list[str], at: int) -> bool:
    """Whether it is the Spanish "de" of "de lunes a viernes"."""
    first = lex.longest(keys, at + 1)
    return first is not None and "weekday" in first.terms and keys[at + 1 + first.size : at + 2 + first.size] == ["a"]


def _is_organ(terms: Terms) -> bool:
    """Whether it is an eye or an ear: in "left eye right away" no right eye is meant."""
    return terms.get("place", ("", ""))[1] in ("ophthalmic", "otic")


def _tears(lex: Lexicon, keys: list[str], at: int) -> bool:
    """Whether a phrase of two words ends with the first of another: "in each" "nostril", "daily max" "daily dose", "for a" "a week"."""
    if keys[at + 1] == "#" and keys[at - 1][:1].isdigit() and at:
        return True  # "for 7 days #14"
    if keys[at] in ("x", "times") and keys[at + 1] == "1" and keys[at + 2 : at + 3] and keys[at + 2] in _SHORT_TIMES:
        return True  # "x1 h" lasts an hour.
    if keys[at] == "x" and keys[at + 1] == "1" and keys[at + 2 : at + 4] in (["/", "7"], ["/", "52"], ["/", "12"]):
        return True  # "x 1/12" lasts a month.
    after = lex.longest(keys, at + 1)
    if after is None or after.size < 2:
        return False
    told = after.terms
    of_day = keys[at] == "daily" and ("max_day" in told or "freq" in told)
    return "place" in told or of_day or (keys[at] == "for" and ("freq" in told or "reason_name" in told))


def _plain(token: Token) -> Item:
    """What is in no vocabulary: a number, an hour, a date, a sign, an unknown word."""
    key = token.key
    if token.value is not None:
        return Item({"num": token.value}, token.start, token.end, key)
    if key[0].isdigit():
        terms = {"clock": True} if ":" in key else {"date": True}
        return Item(terms, token.start, token.end, key)
    return Item({}, token.start, token.end, key)
