"""Infusion fluids as a ward writes them: "D5W", "D5 1/2NS", "half normal saline", "NS 1000 mL"."""

from __future__ import annotations

from tallman.core.identify.text import Token

__all__ = ["written_out"]

_GLUCOSE = frozenset({"2.5", "5", "10", "20", "25", "30", "40", "50", "70"})
_VITAMIN = frozenset({"vit", "vitamin"})
_NORMAL = "0.9"
_HALF = (("1", "/", "2"), ("half",))
"""A quarter of normal is sold as 0.2 % and as 0.225 %, and is not read."""
_SALINE = (("normal", "saline"), ("saline",), ("nss",), ("ns",))
_BESIDE = frozenset("/ - + & % : with w in and ml cc l liter liters iv ivf bolus".split())
"""What may stand between the beginning of a text, or a glucose, and the saline."""


def written_out(tokens: list[Token]) -> list[Token]:
    """The tokens with "D5" as "glucose 5 %" and "1/2NS" as "sodium chloride 0.45 %"; the places in the text stay.

    "NS" alone is saline only where the text begins with it or a glucose stands before: behind a name it is also a nasal
    spray.
    """
    found: list[Token] = []
    after_fluid = True
    i = 0
    while i < len(tokens):
        for name, percent, end in (*_glucose(tokens, i), *_saline(tokens, i, after_fluid=after_fluid)):
            found += _named(name, percent, tokens[i].start, tokens[end - 1].end)
            after_fluid, i = True, end
            break
        else:
            is_beside = tokens[i].text in _BESIDE or tokens[i].is_number
            after_fluid = (after_fluid and is_beside) or tokens[i].text in ("glucose", "dextrose")
            found.append(tokens[i])
            i += 1
    return found


def _named(name: str, percent: str, start: int, end: int) -> list[Token]:
    words = [Token(word, start, end, is_word=True) for word in name.split()]
    return [*words, Token(percent, start, end, is_number=True), Token("%", start, end)]


def _glucose(tokens: list[Token], i: int) -> list[tuple[str, str, int]]:
    """ "D5", "D10W", "D 5 W"; not vitamin D."""
    texts = [t.text for t in tokens[i : i + 3]]
    if texts[0] != "d" or len(texts) < 2 or texts[1] not in _GLUCOSE:
        return []
    before = tokens[i - 1] if i else None
    if before and (before.text in _VITAMIN or (before.end == tokens[i].start and before.text not in ("/", "("))):
        return []
    is_one_word = tokens[i].end == tokens[i + 1].start
    more = texts[2:] in (["w"], ["%"])
    return [("glucose", texts[1], i + 2 + more)] if more or is_one_word else []


def _saline(tokens: list[Token], i: int, *, after_fluid: bool) -> list[tuple[str, str, int]]:
    """ "1/2NS", "0.45% NS", "3% saline", "normal saline"."""
    percent, at = _NORMAL, i
    if i and tokens[i - 1].text == "d":
        return []  # "D5.45NS"
    for half in _HALF:
        if tuple(t.text for t in tokens[i : i + len(half)]) == half:
            percent, at = "0.45", i + len(half)
    if at == i and tokens[i].is_number:
        percent, at = tokens[i].text, i + 1 + (i + 1 < len(tokens) and tokens[i + 1].text == "%")
    for words in _SALINE:
        if tuple(t.text for t in tokens[at : at + len(words)]) == words:
            is_said = at > i or words[0] == "normal" or (after_fluid and words[0] != "saline")
            is_amount = at == i + 1 and percent == tokens[i].text and "." not in percent
            end = at + len(words)
            again = [t.text for t in tokens[end : end + 2]] == [percent, "%"]  # "NS 0.9%"
            return [("sodium chloride", percent, end + 2 * again)] if is_said and not is_amount else []
    return []
