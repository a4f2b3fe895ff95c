"""`python -m tests.reconciliation_lists [PATIENTS [SEED]]`: how well perturbed lists are reconciled, in numbers.

Exit status 1 when a number is worse than it must be.
"""

from __future__ import annotations

import sys
from random import Random

from tallman.knowledge.load import load
from tests.quality.rates import Rate
from tests.reconciliation_lists.measure import Score, measured
from tests.reconciliation_lists.patients import drawn
from tests.reconciliation_lists.real import drawn_from, folder, lines_in

F1, RECALL, FLAGS = 0.99, 0.98, 0.05
PATIENTS, SEED = 400, 90_217


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


def main(patients: int, seed: int, *, show: bool) -> int:
    """Draw, measure, report."""
    chance, knowledge = Random(seed), load()
    scores = {"drawn patients": measured((drawn(n, chance) for n in range(patients)), knowledge)}
    if messages := folder():
        lines = lines_in(messages)
        cases = (drawn_from(lines, n, chance) for n in range(patients // 4))
        scores[f"patients with {len(lines)} lines of FHIR messages"] = measured(cases, knowledge)
    if show:
        print("\n".join(slip for score in scores.values() for slip in score.slips))
    good = [report(title, score) for title, score in scores.items()]
    return 0 if all(good) else 1


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:] if a != "--show"]
    sys.exit(main(*(numbers + [PATIENTS, SEED][len(numbers) :]), show="--show" in sys.argv))
