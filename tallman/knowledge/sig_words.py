"""`python -m tallman.knowledge.sig_words`: the vocabulary of directions, from YAML into the module the grammar imports.

The core may read no files, so its words are compiled: a dictionary of the kinds of words, in each the meanings and how
they are written, exactly as in `knowledge/sig/*.yaml`. A test holds the module against the files.
"""

from __future__ import annotations

from pathlib import Path

import yaml

__all__ = ["MODULES", "compiled", "vocabulary"]

FOLDER = Path(__file__).parent / "sig"
CORE = Path(__file__).parents[1] / "core" / "sig"
MODULES = {"english": CORE / "words.py", "spanish": CORE / "words_es.py"}
HEAD = '''"""The {language} words of directions: kinds of words, their meanings and how these are written.

Made from tallman/knowledge/sig/*.yaml by `python -m tallman.knowledge.sig_words`, never by hand. Phrases stand apart
by "|", and {{a,b}} leaves a choice open.
"""

from __future__ import annotations

__all__ = ["{name}"]

{name}: dict[str, dict[str, str]] = {{
'''


def vocabulary(language: str) -> dict[str, dict[str, str]]:
    """Every kind of word of one language ("english", "spanish"). Raises ValueError when a kind is in two files."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(FOLDER.glob(f"{language}*.yaml")):
        for kind, table in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for name in (kind, *(table if isinstance(table, dict) else ())):
                if not isinstance(name, str):
                    raise ValueError(f"{path.name}: put {name!r} in quotation marks")
            if kind in found:
                raise ValueError(f"{path.name}: {kind} is in another file already")
            entries = {"": table} if isinstance(table, str) else table
            found[kind] = {str(name): _tight(phrases) for name, phrases in entries.items() if phrases}
    return found


def _tight(phrases: str) -> str:
    return "|".join(" ".join(phrase.split()) for phrase in phrases.split("|"))


def compiled(language: str) -> str:
    """The text of the module for one language."""
    lines = [HEAD.format(language=language.title(), name=language.upper()).rstrip("\n")]
    for kind, table in vocabulary(language).items():
        if list(table) == [""]:
            lines.append(f"    {kind!r}: {table!r},")
            continue
        lines.append(f"    {kind!r}: {{")
        lines += [f"        {name!r}: {phrases!r}," for name, phrases in table.items()]
        lines.append("    },")
    return "\n".join([*lines, "}"]) + "\n"


if __name__ == "__main__":
    for spoken, module in MODULES.items():
        module.write_text(compiled(spoken), encoding="utf-8")
