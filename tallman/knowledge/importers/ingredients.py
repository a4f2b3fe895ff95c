"""Whose ingredient a part of a drug is: one of ours by its code, then by its name, else one that the release adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from tallman.core.drug import Ingredient
from tallman.knowledge.importers.facts import Part, RxNorm

__all__ = ["Ingredients"]

_SCHEDULES = ("CII", "CIII", "CIV", "CV")


class Ingredients:
    """The ingredients of a release by the names we have for them."""

    def __init__(self, facts: RxNorm, ours: Iterable[Ingredient], origin: str, display: Callable[[str], str]) -> None:
        self._facts, self._origin, self._display = facts, origin, display
        self.ours = {i.name: i for i in ours}
        self.added: dict[str, Ingredient] = {}
        self._by_code = {i.rxcui: i.name for i in self.ours.values() if i.rxcui}
        self._by_name = {n.lower(): i.name for i in self.ours.values() for n in i.synonyms}
        self._by_name |= {n.lower(): n for n in self.ours}
        self._salts: defaultdict[str, list[str]] = defaultdict(list)
        for salt, (_, base) in facts.salts.items():
            self._salts[base].append(salt)
        self._known: dict[tuple[str, str], str] = {}

    def name(self, part: Part) -> str:
        """The name of a part's ingredient, ours where we have it; one we have not is added."""
        key = part.ingredient, part.precise
        if key not in self._known:
            self._known[key] = self._ours(*key) or self._add(part.ingredient)
        return self._known[key]

    def _ours(self, code: str, salt: str) -> str | None:
        named, salted = self._named(code).lower(), self._named(salt).lower()
        return (
            self._by_code.get(salt)
            or self._by_code.get(code)
            or (salted if salted in self.ours else None)
            or self._by_name.get(named)
        )

    def _named(self, code: str) -> str:
        return self._facts.ingredients.get(code) or self._facts.salts.get(code, ("", ""))[0]

    def _add(self, code: str) -> str:
        name = self._named(code)
        if name not in self.added:
            written = [*self._facts.synonyms.get(code, ()), *(self._named(s) for s in self._salts[code])]
            other = dict.fromkeys(w for w in written if w.lower() not in self._by_name and w != name)
            self.added[name] = Ingredient(
                name=name, rxcui=code, tall_man=self._display(name), synonyms=tuple(other), origin=self._origin
            )
        return name

    def salt(self, part: Part, unnamed: Iterable[str] = ()) -> str:
        """The words that the salt's name adds to the ingredient's ("tartrate"; "" for the plain ingredient), and to
        those of the salts, by their codes, that we do not name."""
        base = {w for code in (part.ingredient, *unnamed) for w in _words(self._named(code))} | {
            *_words(self.name(part))
        }
        return " ".join(w for w in _words(self._named(part.precise)) if w not in base)

    def salted(self, part: Part) -> str:
        """The ingredient by the name of its salt: "metoprolol tartrate"."""
        return self._named(part.precise) or self.name(part)

    def schedule(self, names: Iterable[str]) -> str | None:
        """The strictest schedule that we have for any of these ingredients."""
        found = {i.schedule for n in names if (i := self.ours.get(n))}
        return next((s for s in _SCHEDULES if s in found), None)

    def codes(self) -> dict[str, str]:
        """The names of all ingredients that occur in a drug by their codes and those of their salts."""
        found: dict[str, str] = {}
        for (code, salt), name in self._known.items():
            found[code] = name
            if salt:
                found[salt] = name
        return {code: name for code, name in found.items() if code not in self._by_code}


def _words(name: str) -> list[str]:
    return name.lower().replace(",", " ").split()
