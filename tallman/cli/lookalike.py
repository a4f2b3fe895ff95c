"""`tallman lookalike`: the medicines a name can be mistaken for, a JSON object or a short table for each name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

from tallman.cli._standard_input import lines
from tallman.core.knowledge import Knowledge
from tallman.core.lookalike.search import Neighbour, Universe, universe_of
from tallman.core.lookalike.tall_man import tall_man_display
from tallman.knowledge.load import load

JSON = dict[str, Any]


@click.command("lookalike")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("-k", "count", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many to show.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per name and line.")
def command(names: tuple[str, ...], count: int, as_json: bool) -> None:
    """Say which other medicines each NAME (or each line of standard input) can be mistaken for, the likeliest first.

    Pairs that are known to have been confused come first; then names by how alike they are written and spoken.
    """
    knowledge = load()
    universe = universe_of(knowledge)
    display = display_of(knowledge)
    for name in names or _lines():
        found = universe.nearest(name, count)
        if as_json:
            print(json.dumps(as_object(name, found, universe, display), ensure_ascii=False), flush=True)
        else:
            click.echo("\n".join(_as_lines(name, found, universe, display)))


def _lines() -> Iterable[str]:
    return (line for line in lines() if line.strip())


def display_of(knowledge: Knowledge) -> Callable[[str], str]:
    """How names are shown: in the tall-man letters of the knowledge."""
    return tall_man_display(knowledge.records.tall_man)


def as_object(name: str, found: Iterable[Neighbour], universe: Universe, display: Callable[[str], str]) -> JSON:
    """The JSON object that is printed for one name; scores are between 0 and 1."""
    return {
        "name": name,
        "recognised": universe.knows(name),
        "candidates": [_candidate(neighbour, display) for neighbour in found],
    }


def _candidate(neighbour: Neighbour, display: Callable[[str], str]) -> JSON:
    alike, known = neighbour.similarity, neighbour.known
    return {
        "name": neighbour.name,
        "tall_man": display(neighbour.name),
        "ingredients": list(neighbour.ingredients),
        "brand": neighbour.is_brand,
        "same_medicine": neighbour.is_same,
        "also": list(neighbour.also),
        "score": round(neighbour.score, 3),
        "names": round(alike.score, 3),
        "spelling": round(alike.spelling, 3),
        "sound": round(alike.sound, 3),
        "beginning": round(alike.beginning, 3),
        "ending": round(alike.ending, 3),
        "strengths": list(neighbour.strengths),
        "known": known is not None,
        "source": "; ".join(map(str, known.sources)) if known else None,
    }


def _as_lines(
    name: str, found: Iterable[Neighbour], universe: Universe, display: Callable[[str], str]
) -> Iterator[str]:
    yield display(name) + ("" if universe.knows(name) else "  (not a name we know; compared by its letters and sounds)")
    yield f"  {'mistaken for':28} {'score':>5} {'spelling':>8} {'sound':>5} {'beginning':>9} {'ending':>6}  what it is"
    for neighbour in found:
        alike = neighbour.similarity
        measures = f"{alike.spelling:8.2f} {alike.sound:5.2f} {alike.beginning:9.2f} {alike.ending:6.2f}"
        parts = f"{neighbour.score:5.2f} {measures}"
        yield f"  {display(neighbour.name):28} {parts}  {_what(neighbour, display)}"


def _what(neighbour: Neighbour, display: Callable[[str], str]) -> str:
    made_of = display(" / ".join(neighbour.ingredients)) or "ingredients not on record"
    is_itself = neighbour.ingredients == (neighbour.name,)
    said = ["ingredient" if is_itself else f"brand of {made_of}" if neighbour.is_brand else made_of]
    if neighbour.is_same:
        said.append("the same medicine, made otherwise")
    if neighbour.strengths:
        said.append(f"both come as {', '.join(neighbour.strengths[:4])}")
    if neighbour.known:
        said.append(f"known: {'; '.join(map(str, neighbour.known.sources))}")
    return "; ".join(said)
