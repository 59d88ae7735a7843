"""An incremental build reaches what a clean one makes, byte for byte, whatever was done since the last."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from random import Random

from edits import Edits
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from builder.build import build
from builder.options import Options
from builder.problems import ContentError

STEPS, RUNS = 25, 10  # as many as take about a minute


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    paths = folder.rglob("*") if folder.is_dir() else ()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def built(edits: Edits) -> dict[str, bytes] | None:
    """What an incremental build makes of a site; nothing where it refuses to."""
    before = tree(edits.out)
    try:
        build(Options(edits.site, edits.out, today=edits.today, drafts=edits.drafts, jobs=1))
    except ContentError:
        assert tree(edits.out) == before
        return None
    return {address: content for address, content in tree(edits.out).items() if address not in edits.foreign}


def built_clean(edits: Edits) -> dict[str, bytes] | None:
    """What a clean build makes of the same site elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "public"
        options = Options(edits.site, out, today=edits.today, drafts=edits.drafts, jobs=1, clean=True, cached=False)
        try:
            build(options)
        except ContentError:
            return None
        return tree(out)


class Editing(RuleBasedStateMachine):
    """One step after another, a build after each."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="catalogue-edits-"))
        self.edits = Edits(self.folder)
        assert built(self.edits) == built_clean(self.edits)

    @rule(rng=st.randoms(use_true_random=False))
    def step(self, rng: Random) -> None:
        """Somebody does something, and builds."""
        note(self.edits.step(rng))
        incremental, clean = built(self.edits), built_clean(self.edits)
        assert (incremental is None) == (clean is None)
        if clean is None:
            self.edits.undo()
        if incremental is not None and clean is not None:
            assert sorted(incremental) == sorted(clean)
            assert [address for address in clean if clean[address] != incremental[address]] == []
        for name, content in self.edits.foreign.items():
            assert (self.edits.out / name).read_bytes() == content

    def teardown(self) -> None:
        """Leaves nothing behind."""
        shutil.rmtree(self.folder, ignore_errors=True)


def test_after_any_edits_the_incremental_tree_is_the_clean_one() -> None:
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
