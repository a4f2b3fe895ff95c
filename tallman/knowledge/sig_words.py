"""`python -m tallman.knowledge.sig_words`: the vocabulary of directions, from YAML into modules for the grammar.

The core may read no files, so its words are compiled: of each file of `knowledge/sig` a module of `core/sig/words`, a
dictionary of the kinds of words, in each the meanings and how they are written. A test holds them against the files.
"""

from __future__ import annotations

from pathlib import Path

import yaml

__all__ = ["FOLDER", "MODULES", "compiled", "vocabulary"]

FOLDER = Path(__file__).parent / "sig"
MODULES = Path(__file__).parents[1] / "core" / "sig" / "words"
HEAD = '''"""Words of directions: kinds of words, their meanings and how these are written.

Made from tallman/knowledge/sig/{name}.yaml by `python -m tallman.knowledge.sig_words`, never by hand. Phrases stand
apart by "|", and {{a,b}} leaves a choice open.
"""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {{
'''


def vocabulary(name: str) -> dict[str, dict[str, str]]:
    """Every kind of word in one file ("english_amounts"). Raises ValueError when a name is no text."""
    found: dict[str, dict[str, str]] = {}
    for kind, table in yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")).items():
        for key in (kind, *(table if isinstance(table, dict) else ())):
            if not isinstance(key, str):
                raise ValueError(f"{name}.yaml: put {key!r} in quotation marks")
        entries = {"": table} if isinstance(table, str) else table
        found[kind] = {str(key): _tight(phrases) for key, phrases in entries.items() if phrases}
    return found


def _tight(phrases: str) -> str:
    return "|".join(" ".join(phrase.split()) for phrase in phrases.split("|"))


def compiled(name: str) -> str:
    """The text of the module for one file."""
    lines = [HEAD.format(name=name).rstrip("\n")]
    for kind, table in vocabulary(name).items():
        if list(table) == [""]:
            lines.append(f"    {kind!r}: {table!r},")
            continue
        lines.append(f"    {kind!r}: {{")
        lines += [f"        {key!r}: {phrases!r}," for key, phrases in table.items()]
        lines.append("    },")
    return "\n".join([*lines, "}"]) + "\n"


if __name__ == "__main__":
    for source in sorted(FOLDER.glob("*.yaml")):
        (MODULES / f"{source.stem}.py").write_text(compiled(source.stem), encoding="utf-8")
