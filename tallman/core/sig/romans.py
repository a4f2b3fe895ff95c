"""Roman numerals that mean something else by themselves ("iv", "v"), where a thing to be counted stands beside them."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.tokens import Token

__all__ = ["with_romans"]

_VALUES = {"iv": Decimal(4), "v": Decimal(5), "xv": Decimal(15), "xx": Decimal(20), "xii": Decimal(12)}
_NUMERALS = frozenset(_VALUES)
_COUNTED = frozenset(
    "tab tabs tablet tablets cap caps capsule capsules pill pills gtt gtts drop drops tsp tsps tbsp teaspoonfuls".split()
)
_MEASURED = frozenset({"ml", "cc"})
_WEIGHED = frozenset({"mg", "mcg", "g", "gm", "ml", "units"})


def with_romans(tokens: list[Token], keys: list[str]) -> list[Token]:
    """The tokens, which have these keys, with "iv tabs" and "gtts v" counted; "5 mg iv" and "1 tab iv" stay as they are."""
    if _NUMERALS.isdisjoint(keys):
        return tokens
    return [
        token._replace(key=str(_VALUES[token.key]), value=_VALUES[token.key])
        if token.key in _VALUES and _counts(tokens, keys, at)
        else token
        for at, token in enumerate(tokens)
    ]


def _counts(tokens: list[Token], keys: list[str], at: int) -> bool:
    """Whether what is counted stands right before or behind the numeral, and has no other number."""
    before = at - 1 - (at > 1 and keys[at - 1] == ".")
    behind = keys[at + 1] if at + 1 < len(keys) else ""
    if keys[at - 1 : at] == ["x"] and behind in ("d", "day", "days", "wk", "wks", "weeks"):
        return True  # "x iv d"
    if behind in _COUNTED or (behind in _MEASURED and keys[at] != "iv"):
        return at == 0 or (tokens[at - 1].value is None and keys[at - 1] not in _WEIGHED)
    numbered = before > 0 and (tokens[before - 1].value is not None or keys[before - 1] in ("i", "ii", "iii", "ss"))
    return before >= 0 and keys[before] in _COUNTED and not numbered
