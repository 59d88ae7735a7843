"""`python tests/soak.py STEPS SEED`: the property of `test_incremental.py` at length; says what was done and found."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from edits import Edits
from test_incremental import Kept, built, built_clean

SESSION = 50  # steps on one site, before another begins


def main(steps: int, seed: int) -> int:
    """Does so many steps; 1 where a tree differed."""
    rng = Random(seed)
    done: Counter[str] = Counter()
    refused = 0
    for start in range(0, steps, SESSION):
        with tempfile.TemporaryDirectory(prefix="catalogue-soak-") as folder:
            edits = Edits(Path(folder))
            kept = Kept(edits)
            built(edits)
            story = []
            for _ in range(min(SESSION, steps - start)):
                story.append(edits.step(rng))
                clean = built_clean(edits)
                for who, made in (("a command", built(edits)), ("a preview", kept.built(rng))):
                    if made != clean:
                        print(f"{who}: different after step {start + len(story)} (seed {seed}): {', '.join(story)}")
                        return 1
                if clean is None:
                    refused += 1
                    edits.undo()
        done.update(story)
        if done.total() % 1000 == 0:
            print(f"{done.total():,} steps, {refused:,} refused", flush=True)
    print(f"{steps:,} steps, seed {seed}: no difference; {refused:,} of the sites had errors and were refused by all")
    print(", ".join(f"{name} {number}" for name, number in done.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
