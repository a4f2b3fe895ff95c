"""An examiner of the reader of directions: texts of an independent grammar that knows what each of them means.

The grammar (scenes over `tables.yaml`) shares no wording list with the reader's vocabulary. Its texts are disturbed as
hands and screens disturb them, read, and every component of what is called read is held against what was meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tallman.core.sig import parse
from tests.directions_exam import courses, everyday, felt, others, places
from tests.directions_exam.meaning import Written, differences
from tests.directions_exam.pick import Pick

__all__ = ["SEED", "Result", "by_scene", "drawn", "examine", "table"]

SEED = 41
SCENES = [*everyday.SCENES, *everyday.SCENES, *courses.SCENES, *places.SCENES, *felt.SCENES, *others.SCENES]


class Result(NamedTuple):
    """What came of one direction: whether it was called read, and what in it was wrong."""

    written: Written
    is_read: bool
    wrong: list[str]


def drawn(count: int, seed: int = SEED) -> Iterator[Written]:
    """So many directions of different wordings, always the same ones for a seed."""
    pick = Pick(seed)
    seen: set[str] = set()
    while len(seen) < count:
        written = pick.of(SCENES)(pick)
        text = disturbed(
            " ".join(re.sub(r" +([.,;)])", r"\1", re.sub("[^\\S\n]+", " ", written.text)).strip(" ").split(" ")), pick
        )
        text = re.sub(r"[.,;]+([.,;])", r"\1", text)
        if text.lower() not in seen:
            seen.add(text.lower())
            yield Written(text, written.parts, written.scene)


def disturbed(text: str, pick: Pick) -> str:
    """The text as it arrives: in capitals, a blank lost, a line broken, a slip of the finger, a quantity behind it."""
    match pick.random.randrange(16):
        case 0 | 1 | 2:
            text = text.upper()
        case 3:
            text = text.lower()
        case 4:
            text = re.sub(r"(\d) (mg|ml|mL|tab|tabs|tablet|tablets|units|cap|caps|puffs|drops)\b", r"\1\2", text)
        case 5:
            text = text.replace(" ", "  ")
        case 6:
            words = text.split(" ")
            at = pick.random.randrange(len(words))
            text = " ".join(words[:at]) + "\n" + " ".join(words[at:])
        case 7:
            text = text.rstrip(". ") + "."
        case 8:
            text = text.rstrip(". ") + pick.words(" #30| #60| Disp #20| qty #90")
        case 9:
            text = pick.words("Sig: |SIG: |sig - |Directions: ") + text
        case 10:
            text = _slip(text, pick)
        case _:
            pass
    return text


def _slip(text: str, pick: Pick) -> str:
    """One letter of a long word lost, doubled or changed with its neighbour."""
    words = list(re.finditer(r"[A-Za-z]{6,}", text))
    if not words:
        return text
    word = pick.of(words)
    at = pick.random.randrange(word.start() + 1, word.end() - 1)
    match pick.random.randrange(3):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def examine(count: int, seed: int = SEED) -> list[Result]:
    """Read so many and judge each. A text that must not be read is wrong when it is."""
    results = []
    for written in drawn(count, seed):
        sig = parse(written.text)
        results.append(Result(written, sig.is_read, differences(written, sig) if sig.is_read else []))
    return results


def by_scene(results: list[Result]) -> dict[str, tuple[int, int, int]]:
    """For each scene: how many, how many read, how many of these wrong."""
    total, read, wrong = Counter[str](), Counter[str](), Counter[str]()
    for result in results:
        total[result.written.scene] += 1
        read[result.written.scene] += result.is_read
        wrong[result.written.scene] += bool(result.wrong)
    return {scene: (total[scene], read[scene], wrong[scene]) for scene in sorted(total)}


def table(results: list[Result]) -> str:
    """The figures by scene, as a table for the page."""
    lines = ["| scene | different directions | read | of these wrong |", "| --- | --- | --- | --- |"]
    rows = by_scene(results)
    traps = rows.pop("trap", (0, 0, 0))
    lines += [f"| {scene} | {total:,} | {read / total:.1%} | {wrong} |" for scene, (total, read, wrong) in rows.items()]
    total, read, wrong = (sum(row[i] for row in rows.values()) for i in range(3))
    lines.append(f"| **all** | {total:,} | {read / total:.1%} | {wrong} |")
    lines.append(f"| must not be read | {traps[0]:,} | {traps[1] / traps[0] if traps[0] else 0:.1%} | {traps[2]} |")
    return "\n".join(lines) + "\n"
