"""`python -m tests.knowledge.lookalike_report` measures how well confused names are found: docs/measured/lookalike.md.

The pairs that are known to be confused are withheld from the search and looked for among all names there are. They fall
into two halves by a hash of their letters: one to choose weights with, one that nobody looks at while choosing.
"""

from __future__ import annotations

import csv
import hashlib
import os
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tallman.core.knowledge import ConfusedNames, Knowledge
from tallman.core.lookalike import groups, similarity
from tallman.core.lookalike.names import written
from tallman.core.lookalike.naming import Named, names_of
from tallman.core.lookalike.pairs import KnownPairs, spelled
from tallman.core.lookalike.search import Universe
from tallman.knowledge.load import load

__all__ = ["DATA", "PAGE", "PLACES", "Recall", "every_name", "halves", "measured", "page", "recall"]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "measured" / "lookalike.md"
DATA = Path(os.environ.get("TALLMAN_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
PLACES = (1, 3, 5, 10, 20)
NOTHING_KNOWN = KnownPairs(())
NAMES_ONLY = dict.fromkeys(
    ("FIRST", "THREE", "LAST", "LENGTH", "STRENGTH", "USE", "KIND", "MET", "MISTAKEN", "SINGLE"), 0.0
)
LONG = 10
"""A source that tells of so many pairs has a row of its own."""


def every_name(knowledge: Knowledge) -> list[Named]:
    """The names of the knowledge and, beside them, those of RxNorm, Drugs@FDA and the VA, each once."""
    found = {spelled(named.name): named for named in names_of(knowledge)}
    for named in _released():
        found.setdefault(spelled(named.name), named)
    found.pop("", None)
    return list(found.values())


def _released() -> Iterator[Named]:
    for row in _rows(DATA / "rxnorm" / "concepts.csv"):
        if row["tty"] in ("IN", "PIN", "MIN"):
            yield Named(row["name"], tuple(row["name"].split(" / ")))
        elif row["tty"] == "BN":
            yield Named(row["name"], is_brand=True)
    for row in _rows(DATA / "rxnorm" / "letterA_ingredient_rxcui_2014.csv"):
        yield Named(row["name"], (row["name"],))
    with zipfile.ZipFile(DATA / "fda" / "drugsatfda.zip") as archive:
        products = archive.read("Products.txt").decode("latin-1").splitlines()
    for row in csv.DictReader(products, delimiter="\t", quoting=csv.QUOTE_NONE):
        parts = tuple(part.strip().lower() for part in (row["ActiveIngredient"] or "").split(";"))
        yield Named(row["DrugName"].strip().lower(), parts, is_brand=row["DrugName"].lower() not in parts)
        yield from (Named(part, (part,)) for part in parts)
    for row in _rows(DATA / "va" / "va_generic_names.csv"):
        yield Named(row["name"].lower())
    for row in _rows(DATA / "va" / "va_allergens.csv"):
        names = [row["allergen"], *row["synonyms"].replace("|", ";").split(";")]
        yield from (Named(name.strip().lower()) for name in names if name.strip())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def halves(pairs: tuple[ConfusedNames, ...]) -> tuple[list[ConfusedNames], list[ConfusedNames]]:
    """The pairs of two medicines: those to choose with, and those held out."""
    sides: tuple[list[ConfusedNames], list[ConfusedNames]] = ([], [])
    for pair in pairs:
        heads = sorted((written(pair.one).head, written(pair.other).head))
        if heads[0] != heads[1]:
            sides[hashlib.sha256("|".join(heads).encode()).digest()[0] % 2].append(pair)
    return sides


@dataclass(frozen=True, slots=True)
class Recall:
    """How many searches there were, both ways of every pair, and in how many the other name was in the first places."""

    searches: int
    found: tuple[int, ...]

    def percent(self, places: int) -> float:
        """In how many of a hundred searches it was in the first so many places."""
        return 100 * self.found[PLACES.index(places)] / self.searches

    def row(self, *heading: str) -> str:
        """A row of a table."""
        return _row(*heading, *(f"{self.percent(places):.1f}" for places in PLACES))


def recall(universe: Universe, pairs: list[ConfusedNames], known: KnownPairs = NOTHING_KNOWN) -> Recall:
    """In which places the other name of each pair stands when no pair is known, or only those given."""
    found = [0] * len(PLACES)
    for pair in pairs:
        for name, other in ((pair.one, pair.other), (pair.other, pair.one)):
            answers = universe.nearest(name, max(PLACES), known)
            place = next((n for n, a in enumerate(answers) if written(a.name).head == written(other).head), None)
            for n, places in enumerate(PLACES):
                found[n] += place is not None and place < places
    return Recall(2 * len(pairs), tuple(found))


@contextmanager
def counting(parts: tuple[float, ...] | None = None, /, **more: float) -> Iterator[None]:
    """The search with other weights, for as long as it takes."""
    kept = similarity.WEIGHTS, {name: getattr(groups, name) for name in more}
    similarity.WEIGHTS = parts or kept[0]  # type: ignore[assignment]
    for name, value in more.items():
        setattr(groups, name, value)
    try:
        yield
    finally:
        similarity.WEIGHTS = kept[0]
        for name, value in kept[1].items():
            setattr(groups, name, value)


def without(part: int) -> tuple[float, ...]:
    """The weights with one part left out, the others in their proportion."""
    left = [0.0 if n == part else weight for n, weight in enumerate(similarity.WEIGHTS)]
    return tuple(weight / sum(left) for weight in left)


def measured(knowledge: Knowledge) -> Iterator[tuple[str, str, Recall]]:
    """Recall in both halves, among the names of the knowledge and among all names.

    No pair is known to the search; or those of the first half, when the other is looked for as pairs nobody has seen.
    """
    chosen, held_out = halves(knowledge.records.lookalikes)
    for title, names in (("the knowledge", list(names_of(knowledge))), ("everything", every_name(knowledge))):
        universe = Universe(names, NOTHING_KNOWN)
        where = f"{title}: {len(universe):,} names"
        yield where, f"chosen with, {len(chosen)} pairs", recall(universe, chosen)
        yield where, f"held out, {len(held_out)} pairs", recall(universe, held_out)
        half = KnownPairs(chosen)
        yield where, "held out, the other half on record", recall(Universe(names, half), held_out, half)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A source whose pairs are taken off the record: how many there are, how many others tell of, what is found."""

    title: str
    pairs: int
    told_elsewhere: int
    recalled: Recall

    def row(self) -> str:
        """A row of a table."""
        elsewhere = f"{100 * self.told_elsewhere / self.pairs:.0f}"
        return self.recalled.row(self.title, f"{self.pairs}", elsewhere)


def withheld(knowledge: Knowledge) -> Iterator[Withheld]:
    """Each long source looked for with the record that is left without it; among the names of the knowledge."""
    names = list(names_of(knowledge))
    record = knowledge.records.lookalikes
    told = Counter(source for pair in record for source in pair.sources)
    for source in (source for source, pairs in told.most_common() if pairs >= LONG):
        its = [pair for pair in record if source in pair.sources]
        left = KnownPairs(pair for pair in record if set(pair.sources) - {source})
        elsewhere = sum(len(set(pair.sources)) > 1 for pair in its)
        yield Withheld(source.title, len(its), elsewhere, recall(Universe(names, left), its, left))


def all_together(rows: list[Withheld]) -> Withheld:
    """The rows as one, every pair of every source counting once."""
    found = tuple(map(sum, zip(*(row.recalled.found for row in rows), strict=True)))
    recalled = Recall(sum(row.recalled.searches for row in rows), found)
    return Withheld("all of them", sum(r.pairs for r in rows), sum(r.told_elsewhere for r in rows), recalled)


def _removal_rows(knowledge: Knowledge) -> Iterator[str]:
    chosen, held_out = halves(knowledge.records.lookalikes)
    names, half = list(names_of(knowledge)), KnownPairs(chosen)
    only = [tuple(float(n == part) for n in range(len(PARTS))) for part in range(len(PARTS))]
    settings = {
        "all of it": counting(),
        "without spelling": counting(without(0)),
        "without sound": counting(without(1)),
        "without beginning": counting(without(2)),
        "without ending": counting(without(3)),
        "without the first three letters and the last": counting(FIRST=0.0, THREE=0.0, LAST=0.0),
        "without length": counting(LENGTH=0.0),
        "without a strength in common": counting(STRENGTH=0.0),
        "without a class and a use in common": counting(USE=0.0),
        "without brand beside brand": counting(KIND=0.0),
        "without how often a medicine is met": counting(MET=0.0),
        "without what was mistaken before": counting(MISTAKEN=0.0),
        "without one ingredient": counting(SINGLE=0.0),
        "the names alone": counting(**NAMES_ONLY),
        "spelling alone (BI-SIM)": counting(only[0], **NAMES_ONLY),
        "sound alone": counting(only[1], **NAMES_ONLY),
        "beginning alone": counting(only[2], **NAMES_ONLY),
    }
    for title, setting in settings.items():
        with setting:
            yield recall(Universe(names, half), held_out, half).row(title)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _table(headings: tuple[str, ...], rows: Iterator[str] | list[str]) -> str:
    return "\n".join([_row(*headings), _row(*["---"] * len(headings)), *rows])


def page(knowledge: Knowledge) -> str:
    """The whole page."""
    places = tuple(f"first {n}" if n > 1 else "first" for n in PLACES)
    parts = [_row(*part, f"{weight}") for part, weight in zip(PARTS, similarity.WEIGHTS, strict=True)]
    rows = list(withheld(knowledge))
    return TEXT.format(
        parts=_table(("part", "what it is", "weight"), parts),
        beside=_table(("beside the names", "what it is", "weight"), [_row(*row) for row in beside()]),
        name=groups.NAME, pairs=len(knowledge.records.lookalikes),
        recall=_table(("among", "half", *places), [found.row(*about) for *about, found in measured(knowledge)]),
        withheld=_table(
            ("source", "pairs", "told elsewhere, %", *places), [r.row() for r in (*rows, all_together(rows))]
        ),
        removal=_table(("", *places), _removal_rows(knowledge)),
    )  # fmt: skip


PARTS = (
    ("spelling", "BI-SIM: bigrams in order, half a point for one letter of two; the first letter doubled"),
    (
        "sound",
        "phonemes by the habits of drug names, each written out as place, manner and itself (after ALINE): the longest "
        "common subsequence of these marks",
    ),
    (
        "beginning",
        "edit distance of the first twelve letters, of which the first costs eight times as much as the last, and "
        "letters that look alike in handwriting half",
    ),
    ("ending", "the letters that both end with, of the longer name"),
)


def beside() -> tuple[tuple[str, str, str], ...]:
    """What counts beside the four parts, with its weight."""
    return (
        ("first letter", "the same", f"{groups.FIRST}"),
        ("first three", "the same", f"{groups.THREE}"),
        ("last letter", "the same", f"{groups.LAST}"),
        ("length", "the same; nothing from six letters more or less on", f"{groups.LENGTH}"),
        ("strength", "both come in two amounts of the same figures; half of it for one", f"{groups.STRENGTH}"),
        ("use", "half for a class in common, half for an ICD-10-CM category that both are for", f"{groups.USE}"),
        ("kind", "both are brands, or neither is", f"{groups.KIND}"),
        (
            "met",
            "by the logarithm of how many products of the other medicine are on record; a little for a listed brand",
            f"{groups.MET}",
        ),
        (
            "mistaken",
            "by the logarithm of how many known pairs the other name stands in, if it is met",
            f"{groups.MISTAKEN}",
        ),
        ("single", "the other is one ingredient", f"{groups.SINGLE}"),
    )


TEXT = """\
# Look-alike and sound-alike names: what is measured, and how well it finds them

Written by `python -m tests.knowledge.lookalike_report`; never by hand. A test tells when the first table is stale.

`tallman lookalike NAME` answers with the names that NAME can be mistaken for. {pairs} pairs that are known to have
been confused stand in `tallman/knowledge/lookalikes.yaml`, each with its source; they come first, so that all of them
are found. The tables below withhold them all: they tell how well a pair is found that nobody has put on record yet.

## What counts

{parts}

The names together count {name} of the score; the rest is

{beside}

Salts, releases, forms and strengths beside a name are not compared. The names of one medicine are one answer; the
medicine itself, its own brands and combinations named after it are none, but for at most two in ten that are made
otherwise (another release, also of a medicine without a brand: bupropion SR and bupropion XL; another word beside the
brand, another salt when the name says one) or are brands with names alike or a word in common (Yasmin and Yaz, Sprintec
and Tri-Sprintec). Another medicine under the same brand (Diovan HCT) comes before the rest, three at most. An
abbreviation is answered with what it may be read as (MSO4), another name of a medicine with the known pairs of its own
(adrenaline). Names are compared by their first 24 letters.

The weights are those of a logistic regression over the first half of the pairs (which of the four hundred nearest
is the other name?), rounded. What counts was chosen by cross-validation, one group of sources left out at a time:
the outer letters, what both are for, what was mistaken before, and one ingredient each bettered it, and so did the
first three letters and the length together. Tried and left out, for they brought less than one in a hundred:
trigrams (also by how rare they are), Jaro, edit distance, consonants alone, the longest run in common, form, route and
schedule in common, products of the ingredient rather than of the name, how many packages are listed, being written
about in the knowledge, a neighbour of a neighbour among the known pairs, a known pair of the same two medicines under
other names, the first sound where the letter differs, how alike the ingredients of two brands are, other weights for
brands than for other names, powers and products of the parts, and the place among the nearest by letters alone.
Boosted trees did worse. Rankings learned by whole lists (softmax and LambdaMART over thirty-seven things: all of these,
two to four letters at either end, the first syllable, shapes of handwriting, and how near this name is among the
nearest of the other) found 60 and 61 pairs in a hundred among the first ten where this one found 60, in five folds with
the rest on record: no clear gain. Of the hundred nearest 77 in a hundred hold the other name, so that no order of them
finds more.
ALINE with its published saliences did no better in the place of the marks, and takes twenty times as long.

## Recall, in percent

Every pair is looked for both ways, with no pair known to the search, and in the last row with the first half known: it
stands first, takes places, and says which names are mistaken. Confusions that letters cannot tell (Isordil and Plendil,
in one handwriting) are in the tables like any other, and so are pairs of one medicine, which only the record tells.

{recall}

"Everything" adds RxNorm's ingredients and brands, Drugs@FDA with what was ever approved, and the names and allergens
of the VA: many of them nobody meets.

## A list nobody has read yet

How much of a new list is on record before it is read? One source after the other is taken off the record, with every
pair that nobody else tells of, and looked for with what is left.

{withheld}

The last row is what to expect of the next list: as far as it tells of what others told before it is found whole, for
the rest the letters do what the table above says.

## By leaving parts out: held out, the other half on record

{removal}

## What it is not

A pair that nobody has on record is found as often as the tables say, no oftener. That two names are not listed does
not say they cannot be confused: a pharmacy adds its own pairs and its own near misses, and they come first as well.
"""


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(load()), encoding="utf-8")
    print(PAGE)
