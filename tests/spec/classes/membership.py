"""The chapter on classes: what makes a medicine a member, how many at once are normal, and who belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tallman.knowledge import schema
from tallman.knowledge.load import HERE, load, read_yaml

__all__ = ["classes_index", "classes_page", "entries", "members"]

KINDS = {
    "therapeutic": "What counts as the same kind of treatment: how many at once are normal, which pairs are meant.",
    "chemical": "Shared structures that matter for allergy.",
    "mechanism": "What a medicine does to the body, to other medicines and to the enzymes and pumps that clear them.",
}


def entries() -> Iterator[schema.ClassEntry]:
    """Every class as authored, in the order of the files."""
    for path in sorted((HERE / "classes").glob("*.yaml")):
        yield from read_yaml(path, list[schema.ClassEntry])


def members() -> dict[str, list[str]]:
    """The names of the members by class, in the order of the alphabet."""
    found = defaultdict(list)
    for ingredient in sorted(load().records.ingredients, key=lambda i: i.name.lower()):
        for name in ingredient.classes:
            found[name].append(ingredient.name)
    return dict(found)


def classes_page() -> str:
    """All classes as one page of the manual, one table for each kind."""
    held, authored = members(), list(entries())
    lines = ["# Classes", "", "The classes that rules speak in, and the medicines in them. They overlap.", ""]
    for kind, text in KINDS.items():
        lines += [f"## {kind.capitalize()}", "", text, "", "| class | members | sources |", "|---|---|---|"]
        for entry in authored:
            if entry.kind == kind:
                cells = [_said(entry), ", ".join(held.get(entry.id, [])), _sources(entry)]
                lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
        lines.append("")
    return "\n".join(lines)


def _said(entry: schema.ClassEntry) -> str:
    said = [f"**{entry.name}** `{entry.id}`", entry.means]
    if entry.at_once is not None:
        said.append(f"{entry.at_once} at once is normal")
    said += [f"meant together: {one} and {other}" for one, other in entry.intended]
    return "<br>".join(filter(None, said))


def _sources(entry: schema.ClassEntry) -> str:
    return "<br>".join(str(source.record()) for source in entry.sources)


def classes_index() -> str:
    """The line of the manual's first page."""
    return f"- [Classes](classes.md): {len(list(entries()))} classes\n"
