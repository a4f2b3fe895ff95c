"""`python -m tests.reconciliation_lists`: how well perturbed lists are reconciled, in numbers.

Exit status 1 when a number is worse than it must be.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from random import Random

from tallman.knowledge.load import load
from tests.quality.rates import Rate
from tests.reconciliation_lists.measure import Score, measured
from tests.reconciliation_lists.page import F1, FLAGS, PATIENTS, RECALL, SEED, keep, of_drawn
from tests.reconciliation_lists.real import drawn_from, folder, lines_in


def report(title: str, score: Score) -> bool:
    """Print the numbers; whether they are good enough."""
    print(f"reconciliation of {score.patients} {title}: pair F1 {score.f1:.4f} (wanted {F1})")
    seeded = Rate(sum(score.found.values()), sum(score.seeded.values()))
    low, high = seeded.interval()
    print(f"  unexplained differences found {seeded.hits} of {seeded.of}, {low:.3f} to {high:.3f} (wanted {RECALL})")
    print("  " + ", ".join(f"{type} {score.found[type]}/{score.seeded[type]}" for type in sorted(score.seeded)))
    print(f"  false flags a patient {score.flags_a_patient:.4f} (wanted at most {FLAGS})")
    print(f"  explained changes left in peace {score.called_explained} of {score.explained}")
    return score.f1 >= F1 and score.recall >= RECALL and score.flags_a_patient <= FLAGS


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    asked = argparse.ArgumentParser(
        "python -m tests.reconciliation_lists", description="How well lists are reconciled, in numbers."
    )
    asked.add_argument("patients", nargs="?", type=int, default=PATIENTS, help="how many are drawn (%(default)s)")
    asked.add_argument("seed", nargs="?", type=int, default=SEED, help="what they are drawn from (%(default)s)")
    asked.add_argument("--show", action="store_true", help="name every pair and difference that was wrong")
    asked.add_argument("--keep", action="store_true", help="write docs/measured/reconciliation.md; takes no numbers")
    found = asked.parse_args(arguments)
    if found.patients < 1:
        asked.error("at least one patient")
    if found.keep and (found.patients, found.seed) != (PATIENTS, SEED):
        asked.error("the page is written of the same patients each time: --keep takes no numbers")
    return found


def main(arguments: Sequence[str]) -> int:
    """Draw, measure, report."""
    asked = _asked(arguments)
    knowledge, chance = load(), Random(asked.seed + 1)
    scores = {"drawn patients": of_drawn(knowledge, asked.patients, asked.seed)}
    if messages := folder():
        lines = lines_in(messages)
        cases = (drawn_from(lines, n, chance) for n in range(asked.patients // 4))
        scores[f"patients with {len(lines)} lines of FHIR messages"] = measured(cases, knowledge)
    if asked.show:
        print("\n".join(slip for score in scores.values() for slip in score.slips))
    good = [report(title, score) for title, score in scores.items()]
    if asked.keep:
        print(keep(scores))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
