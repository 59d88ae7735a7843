"""Incremental builds, by a command or in a preview, reach what a clean one makes, whatever was done since the last."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from edits import Edits
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sites import GOOSE, TODAY, make_site

from builder.build import build
from builder.options import Options
from builder.output.manifest import read_manifest
from builder.output.staging import digest_of
from builder.preview.session import Session
from builder.problems import ContentError, Problem

LOOKS = 4  # after one that finds what was not heard of, others may find what the build of that has shown
STEPS, RUNS = 25, 3  # as many as take a minute and a half
WARNINGS = " warnings"  # beside the addresses of a tree: what the build has warned of, with the places


def tree(out: Path) -> dict[str, bytes]:
    """Every file of an output but for former search files, which no clean build has."""
    former = read_manifest(out).former
    paths = (path for path in out.rglob("*") if path.is_file()) if out.is_dir() else ()
    files = {path.relative_to(out).as_posix(): path for path in paths}
    return {address: path.read_bytes() for address, path in files.items() if address not in former}


def warned(warnings: Iterable[Problem]) -> dict[str, bytes]:
    """What a build has warned of."""
    return {WARNINGS: "\n".join(map(repr, warnings)).encode()}


def options_of(edits: Edits, out: Path) -> Options:
    """How a site is built on its day."""
    return Options(edits.site, out, today=edits.today, drafts=edits.drafts, search=edits.search, jobs=1)


def built(edits: Edits) -> dict[str, bytes] | None:
    """What an incremental build makes of a site; nothing where it refuses to."""
    before, known = tree(edits.out), read_manifest(edits.out)
    try:
        report = build(options_of(edits, edits.out))
    except ContentError:
        assert tree(edits.out) == before
        return None
    now = read_manifest(edits.out)
    assert now.former.keys() <= known.files.keys() or now.former.keys() <= known.former.keys()  # of one publication
    for address, former in now.former.items():
        assert (address in now.files, digest_of(edits.out / address)) == (False, former.digest)
    edits.yield_to(now.files)
    made = {address: content for address, content in tree(edits.out).items() if address not in edits.foreign}
    return {**made, **warned(report.problems)}


def built_clean(edits: Edits) -> dict[str, bytes] | None:
    """What a clean build makes of the same site elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "public"
        try:
            report = build(replace(options_of(edits, out), clean=True, cached=False))
        except ContentError:
            return None
        return {**tree(out), **warned(report.problems)}


def looked(session: Session) -> set[str] | None:
    """What a preview finds that it has not been told of; nothing where there is nothing to do."""
    look = session.look()
    while True:
        try:
            next(look)
        except StopIteration as end:
            found: set[str] | None = end.value
            return found


class Kept:
    """The process of a preview, which keeps in memory what one build hands to the next.

    Args:
        edits: the site, which is built elsewhere too.
    """

    def __init__(self, edits: Edits):
        self._edits = edits
        self._out = edits.site.parent / "preview" / "site"
        self._out.parent.mkdir()
        self._seen: dict[Path, tuple[bytes, int]] = {}
        self._begin()

    def built(self, rng: Random) -> dict[str, bytes] | None:
        """What it makes of the site once it is told of the last saves; of some it hears nothing and must find them.

        Args:
            rng: chooses what befalls it: the watch names folders for their files, or fails; the process dies; somebody
                spoils a file of its output.
        """
        sources = {path: (content, path.lstat().st_ctime_ns) for path, content in self._edits.sources().items()}
        saved = {path for path in sources.keys() | self._seen.keys() if sources.get(path) != self._seen.get(path)}
        self._seen = sources
        if rng.random() < 0.02:
            self._begin()
        has_heard = rng.random() < 0.8
        names = {path if rng.random() < 0.9 or path.parent == self._edits.site else path.parent for path in saved}
        names = {name for name in names if has_heard or rng.random() < 0.5}
        is_damaged = rng.random() < 0.1 and self._damage(rng)
        before = tree(self._out)
        made = self._build({name.relative_to(self._edits.site).as_posix() for name in names})
        for _ in range(LOOKS):
            if (found := looked(self._session)) is None:
                break
            assert not has_heard or is_damaged, f"it was told of {sorted(names)} and has yet found {sorted(found)}"
            made = self._build(found)
        else:
            raise AssertionError("it builds again and again")
        if not made and not is_damaged and has_heard:
            assert tree(self._out) == before
        return {**tree(self._out), **warned(self._warnings)} if made else None

    def _begin(self) -> None:
        self._session = Session(self._options())
        self._warnings: tuple[Problem, ...] = ()

    def _options(self) -> Options:
        return options_of(self._edits, self._out)

    def _build(self, saved: set[str]) -> bool:
        try:
            self._warnings = self._session.build(self._options(), saved)[0].warnings
        except ContentError:
            return False
        return True

    def _damage(self, rng: Random) -> bool:
        files = sorted(path for path in self._out.rglob("*") if path.is_file())
        if files:
            match rng.randrange(3):
                case 0:
                    rng.choice(files).unlink()
                case 1:
                    path = rng.choice(files)
                    path.write_bytes(path.read_bytes()[1:] + b"x")
                case _:
                    (self._out / "another.html").write_bytes(b"x")
        return bool(files)


class Editing(RuleBasedStateMachine):
    """One step after another, and after each what a command builds, what a preview builds, and a clean build."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="catalogue-edits-"))
        self.edits = Edits(self.folder)
        self.kept = Kept(self.edits)
        assert built(self.edits) == built_clean(self.edits)

    @rule(rng=st.randoms(use_true_random=False))
    def step(self, rng: Random) -> None:
        """Somebody does something, and builds."""
        note(self.edits.step(rng))
        clean = built_clean(self.edits)
        for made in (built(self.edits), self.kept.built(rng)):
            assert (made is None) == (clean is None)
            if made is not None and clean is not None:
                assert sorted(made) == sorted(clean)
                assert [address for address in clean if clean[address] != made[address]] == []
        if clean is None:
            self.edits.undo()
        for name, content in self.edits.foreign.items():
            assert (self.edits.out / name).read_bytes() == content

    def teardown(self) -> None:
        """Leaves nothing behind."""
        shutil.rmtree(self.folder, ignore_errors=True)


def test_after_any_edits_the_trees_of_a_command_and_of_a_preview_are_the_clean_one() -> None:
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,  # other edits are for `soak.py`: what passes here passes everywhere
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"spoilt")])
def test_a_preview_that_makes_indexes_puts_right_a_text_that_somebody_has_spoilt(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    site = make_site(tmp_path / "site")
    options = Options(site, tmp_path / "preview", today=TODAY, jobs=1)
    session = Session(options)
    session.build(options, set())
    [text] = (tmp_path / "preview/search/texts/sections/after-school").glob("popular-science.*")
    good = text.read_bytes()
    spoil(text)
    poem = site / GOOSE
    poem.write_text(f"{poem.read_text(encoding='utf-8')}\n又一行。\n", encoding="utf-8")
    session.build(options, {GOOSE})
    assert text.read_bytes() == good
    assert looked(session) is None


def test_a_preview_rests_though_a_record_was_saved_while_the_settings_cannot_be_read(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    options = Options(site, tmp_path / "preview", today=TODAY, jobs=1)
    session = Session(options)
    session.build(options, set())
    settings, record = site / "site.yaml", site / "content/pages/flying.md"
    good = settings.read_bytes()
    for saved, path, content in (
        (False, settings, b"title: ["),
        (False, record, "---\ntitle: 风筝\n---\n放风筝。\n".encode()),
        (True, settings, good),
    ):
        path.write_bytes(content)
        if saved:
            session.build(options, {path.relative_to(site).as_posix()})
        else:
            with pytest.raises(ContentError):
                session.build(options, {path.relative_to(site).as_posix()})
        assert looked(session) is None
    assert "放风筝" in (tmp_path / "preview/flying.html").read_text(encoding="utf-8")
