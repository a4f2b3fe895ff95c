"""`python -m tests.reconciliation_lists [PATIENTS [SEED]]`: how well perturbed lists are reconciled, in numbers.

Exit status 1 when a number is worse than it must be.
"""

from __future__ import annotations

import sys
from random import Random

from tallman.knowledge.load import load
from tests.reconciliation_lists.measure import Score, measured
from tests.reconciliation_lists.patients import drawn

F1, RECALL, FLAGS = 0.99, 0.98, 0.05
PATIENTS, SEED = 400, 90_217


def report(score: Score) -> bool:
    """Print the numbers; whether they are good enough."""
    print(f"reconciliation over {score.patients} patients: pair F1 {score.f1:.4f} (wanted {F1})")
    print(f"  unexplained differences found {score.recall:.4f} of {sum(score.seeded.values())} (wanted {RECALL})")
    for type in sorted(score.seeded):
        print(f"    {type:<13} {score.found[type]:>4} of {score.seeded[type]}")
    print(f"  false flags a patient {score.flags_a_patient:.4f} (wanted at most {FLAGS})")
    print(f"  explained changes left in peace {score.called_explained} of {score.explained}")
    return score.f1 >= F1 and score.recall >= RECALL and score.flags_a_patient <= FLAGS


def main(patients: int, seed: int, *, show: bool) -> int:
    """Draw, measure, report."""
    chance = Random(seed)
    score = measured((drawn(n, chance) for n in range(patients)), load())
    if show:
        print("\n".join(score.slips))
    return 0 if report(score) else 1


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--show"]
    numbers = [int(a) for a in arguments]
    sys.exit(main(*(numbers + [PATIENTS, SEED][len(numbers) :]), show="--show" in sys.argv))
