"""The only part that touches the output: what changed is staged beside it, then put in place as one commit.

A manifest beside the output says which files are ours and what they hold. Nothing else is removed, and a file that is
already right is left alone. Where another file stands in the place of ours, the build is refused before it writes;
a clean one replaces it and names it. Where there is a manifest that cannot be read, as one of another version, all that
stands in the place of ours is taken for ours.

A commit is written down before it begins, so that one that was cut off is finished by the next build before anything
else; each file is put in place whole by a rename. What was written down is the manifest to be, so that a disk that
fills up meanwhile does not matter. Every build stages in a folder of its own, so that a worker that does not know yet
that its build has ended cannot harm the next one.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path, PurePosixPath

import msgspec
from filelock import FileLock, Timeout

from builder.aside import Aside
from builder.output.commit import Step, finish, folded, is_another_name, is_ours, prune, put_all, recover, silent
from builder.output.manifest import (
    MANIFEST,
    VERSION,
    Commit,
    Known,
    Manifest,
    Outcome,
    Trace,
    beside,
    has_manifest,
    read_manifest,
)
from builder.output.staging import CutOffError, Made, OutputError, digest_of, stage, stage_portions, stamps_in, writing
from builder.pages.addresses import SEARCH_INDEX, outlives
from builder.sealed import write_sealed
from builder.signals import undisturbed
from builder.stamps import Stamp, is_sure

PATIENCE = 2  # seconds that a build waits for another to let the output go; the workers of a killed one end at once
_AT_ONCE = 500  # files that are looked at in one step, in a few milliseconds


class BusyError(Exception):
    """Another build is writing to the same folder."""


class ObstacleError(Exception):
    """Something that is not ours stands where a file of the site belongs; nothing was written.

    Args:
        paths: what stands in the way.
        replaceable: all of it are files that a clean build would replace.
    """

    def __init__(self, paths: list[Path], *, replaceable: bool):
        super().__init__(", ".join(map(str, paths)))
        self.paths = paths
        self.replaceable = replaceable


@dataclass(frozen=True, slots=True)
class Published:
    """What a commit did.

    Args:
        written: addresses of new and changed files, sorted.
        removed: addresses of files of ours that are gone, sorted.
        unchanged: how many files were right already.
        foreign: files in the output that are not ours, or not ours any more, left alone; sorted.
        replaced: other files that were not ours, as far as we know, and stood where ours belong; sorted.
    """

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    foreign: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit would do.

    Args:
        files: every file that was made, staged or not, by its address.
        addresses: of all files of the site.
        gone: addresses of ours that the site has no more.
        former: search files of the publication before, which stay, by their addresses.
        written: addresses of new and changed files, in the order in which they are put in place.
        removed: addresses of files of ours that go, sorted.
    """

    files: dict[str, Made]
    addresses: Set[str]
    gone: Set[str]
    former: dict[str, Known]
    written: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def steps(self) -> int:
        """How many files are put in place or removed."""
        return len(self.written) + len(self.removed)


class Output:
    """The output folder, while a build holds it.

    Args:
        folder: the output, such as `public`.
        manifest: what we wrote there.
        look: gives the stamps of all files that lie there, by their addresses.
        clean: write every file anew, whatever is there.
        replaces: also put files in the place of those that the manifest does not know.
    """

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        look: Callable[[], dict[str, Stamp]],
        *,
        clean: bool = False,
        replaces: bool = False,
    ):
        self.folder = folder
        self.manifest = manifest
        self._look = look
        self._replaces = clean or replaces
        self._clean = clean
        self._is_outdated = False  # the manifest, of what lies there

    @cached_property
    def present(self) -> dict[str, Stamp]:
        """The stamps of all files that lie there, by their addresses."""
        return self._look()

    @cached_property
    def right(self) -> dict[str, Known]:
        """The files that hold what we wrote; none where all are to be written anew."""
        return {} if self._clean else self._right()

    @cached_property
    def staging(self) -> Path:
        """Where files wait for the commit; made when it is first asked for."""
        staging = beside(self.folder, "staging") / os.urandom(8).hex()
        with writing(OutputError, self.folder):
            staging.mkdir(parents=True)
        return staging

    def _right(self) -> dict[str, Known]:
        """Stamps are a hint; where they differ the bytes decide."""
        right = {}
        for address, known in self.manifest.ours.items():
            stamp = self.present.get(address)
            if stamp is None:
                self._is_outdated = True
                continue
            if stamp == known.stamp and is_sure(stamp, self.manifest.noted):
                right[address] = known
                continue
            self._is_outdated = True
            if stamp.size == known.stamp.size and digest_of(self.folder / address) == known.digest:
                right[address] = Known(known.digest, stamp)
        return right

    def stage(self, address: str, content: bytes) -> Made:
        """Stages a file for the commit, unless the output holds the same bytes already."""
        known = self.right.get(address)
        return stage(self.staging, address, content, {address: known.digest} if known else {})

    def stage_portions(self, address: str, portions: Iterable[bytes], named: str) -> Made:
        """Stages a file of any size, which the output does not hold, of its bytes and their digest."""
        return stage_portions(self.staging, address, portions, named)

    def unchanged(self, address: str) -> Made:
        """A file that lies in the output as it should."""
        return Made(address, self.right[address], False)

    def outcome_of(self, made_from: str) -> Outcome | None:
        """How a build of these sources would end, where the output holds all that it would write already."""
        outcome = self.manifest.outcome
        if outcome is None or outcome.made_from != made_from:
            return None
        return outcome if self.right.keys() >= self.manifest.files.keys() else None

    def commit_again(self) -> Published:
        """The commit of a build that would write nothing."""
        files = self.manifest.files
        if self._is_outdated:  # new stamps are noted, so that nobody need look behind them again, and what is gone
            changes = self.changes(map(self.unchanged, files), files.keys())
            return self.commit(changes, self.manifest.bundles, self.manifest.outcome)
        foreign = self.present.keys() - self.manifest.ours.keys()
        return Published(unchanged=len(files), foreign=sorted(foreign))

    def changes(self, made: Iterable[Made], addresses: Set[str]) -> Changes:
        """What the commit of what was made would do.

        Args:
            made: every file of the site, staged or not, but for those of bundles that are right already.
            addresses: of all files of the site.
        """
        files = {file.address: file for file in made}
        news = sorted(address for address, file in files.items() if file.staged and self._is_news(file))
        written = tuple(sorted(news, key=outlives, reverse=True))  # what the list of search names, then the list
        gone, former = self.manifest.ours.keys() - addresses, self._former(addresses)
        removed = tuple(sorted(self._orphans(gone - former.keys())))
        return Changes(files, addresses, gone, former, written, removed)

    def commit(
        self, changes: Changes, bundles: Mapping[str, Trace], outcome: Outcome | None, step: Step = silent
    ) -> Published:
        """Puts every staged file in place, removes our own orphans, and writes the manifest.

        Args:
            changes: that it makes.
            bundles: what each was made of.
            outcome: of the build.
            step: hears how far it is.

        Raises:
            ObstacleError: something stands in the way; nothing was written.
            OutputError: the commit cannot be written down; nothing was put in place.
            CutOffError: it was written down, but could not be finished.
        """
        files, written, removed = changes.files, changes.written, changes.removed
        ours = self.manifest.ours
        unknown = [address for address in written if address in self.present and address not in ours]
        replaced = [address for address in unknown if digest_of(self.folder / address) != files[address].known.digest]
        if self.folder.is_dir():
            self._check_way(written, [] if self._replaces else replaced)
        table = dict(self.right)
        for address in changes.gone:
            table.pop(address, None)
        table.update((address, files[address].known) for address in written)
        published = Published(
            sorted(written),
            list(removed),
            len(changes.addresses) - len(written),
            sorted(self.present.keys() - changes.addresses - changes.former.keys() - {*removed}),
            replaced,
        )
        self._carry_out(Manifest(time.time_ns(), table, dict(bundles), outcome, changes.former), written, removed, step)
        return published

    def _former(self, addresses: Set[str]) -> dict[str, Known]:
        """The search files that stay beside a site that has these addresses: those that it replaces, if they are whole.

        They go when search files change the next time, and where there is no search.
        """
        if SEARCH_INDEX not in addresses:
            return {}
        files = self.manifest.files
        replaced = set(filter(outlives, files.keys() - addresses))
        is_news = replaced or any(map(outlives, addresses - files.keys()))
        former = replaced if is_news else self.manifest.former
        return {address: self.right[address] for address in sorted(former) if address in self.right}

    def _orphans(self, gone: Set[str]) -> Set[str]:
        """Of our files that the site has no more those that go; one that somebody has changed since is theirs."""
        ours = self.manifest.ours
        return {
            address
            for address in gone
            if address in self.right or address not in self.present or is_ours(self.folder, address, ours)
        }

    def _is_news(self, file: Made) -> bool:
        known = self.right.get(file.address)
        return known is None or known.digest != file.known.digest

    def _carry_out(self, manifest: Manifest, written: tuple[str, ...], removed: tuple[str, ...], step: Step) -> None:
        manifest = msgspec.structs.replace(manifest, files=dict(sorted(manifest.files.items())))
        if written or removed:
            commit = Commit(
                manifest.noted,
                manifest.files,
                manifest.bundles,
                manifest.outcome,
                manifest.former,
                written=written,
                removed=removed,
                staging=self.staging.name,
            )
            with undisturbed():  # nobody should see a site that is half the former one
                with writing(OutputError, self.folder):
                    write_sealed(beside(self.folder, "commit"), commit, VERSION)
                with writing(CutOffError, self.folder):
                    finish(self.folder, self.manifest.ours, commit, step)
        elif (
            self._is_outdated or manifest.bundles != self.manifest.bundles or manifest.outcome != self.manifest.outcome
        ):
            with writing(OutputError, self.folder):
                write_sealed(beside(self.folder, MANIFEST), manifest, VERSION)

    def _check_way(self, written: tuple[str, ...], files: list[str]) -> None:
        """Nothing foreign may stop a commit half-way: a folder where a file belongs, a file or link where a folder.

        Nor may a commit take what is somebody else's: files that would be replaced.
        """
        parents = {parent for address in written for parent in PurePosixPath(address).parents}
        wrong = [
            path
            for path in (self.folder / parent for parent in parents if parent.name)
            if path.is_symlink() or (path.exists() and not path.is_dir())
        ]
        wrong += [path for path in (self.folder / address for address in written) if path.is_dir()]
        if wrong or files:
            raise ObstacleError(sorted([*wrong, *(self.folder / address for address in files)]), replaceable=not wrong)


def _stamps(folder: Path) -> dict[str, Stamp]:
    """The stamps of all files in a folder, if there is one, by their addresses."""
    return dict(stamps_in(folder)) if folder.is_dir() else {}


class PassingOutput(Output):
    """An output that ends with the program: all in its folder is ours, nothing of it is written down.

    It takes one build after another. What it holds is known from what was put there, until `look` finds it otherwise.

    Args:
        folder: the output. What an earlier process has left there is not believed, and goes where it is not made again.
    """

    def __init__(self, folder: Path):
        super().__init__(folder, Manifest(), partial(_stamps, folder), clean=True)
        self._claim()

    def _claim(self) -> None:
        """Takes whatever lies there for ours, and for nothing that is right."""
        self.present = _stamps(self.folder)
        self.manifest = Manifest(files={address: Known("", stamp) for address, stamp in self.present.items()})
        self.right = {}

    def look(self) -> Iterator[None]:
        """Looks at all files, a part with each step: one that is not as it was put there is not right any more."""
        files, present = self.manifest.files, {}
        for number, (address, stamp) in enumerate(stamps_in(self.folder) if self.folder.is_dir() else ()):
            present[address] = stamp
            if not number % _AT_ONCE:
                yield
        for address in self.right.keys() - present.keys():
            del self.right[address]
        for address, stamp in present.items():
            known = files.setdefault(address, Known("", stamp))
            is_sure_of = known.stamp == stamp and is_sure(stamp, self.manifest.noted)
            if not is_sure_of and digest_of(self.folder / address) != known.digest:
                self.right.pop(address, None)
        self.present = present

    @property
    def is_whole(self) -> bool:
        """Whether it holds what was put there and nothing else."""
        return self.right.keys() == self.manifest.files.keys()

    def _former(self, addresses: Set[str]) -> dict[str, Known]:
        """Nothing: open pages are told to load anew."""
        return {}

    def _orphans(self, gone: Set[str]) -> Set[str]:
        return gone

    def forget_staged(self) -> None:
        """Throws away what a build has staged that came to no commit."""
        shutil.rmtree(beside(self.folder, "staging"), ignore_errors=True)
        self.__dict__.pop("staging", None)

    def _carry_out(self, manifest: Manifest, written: tuple[str, ...], removed: tuple[str, ...], step: Step) -> None:
        files = manifest.files
        try:
            for address, stamp in put_all(self.folder, written, self.staging.name, step).items():
                files[address] = Known(files[address].digest, stamp)
            alike = folded(written)
            for address in removed:
                if not is_another_name(self.folder, address, alike):
                    (self.folder / address).unlink(missing_ok=True)
                    prune((self.folder / address).parent, self.folder)
                self.present.pop(address, None)
        except BaseException:
            self._claim()
            raise
        self.present.update((address, files[address].stamp) for address in written)
        self.manifest = msgspec.structs.replace(manifest, noted=time.time_ns())
        self.right = dict(files)


@contextmanager
def open_output(folder: Path, *, clean: bool = False) -> Iterator[Output]:
    """Holds an output folder for a build; a commit that was cut off is finished first.

    Args:
        folder: the output; a link to a folder stands for that folder.
        clean: write everything anew, whatever is there.

    Raises:
        ObstacleError: something that is no folder stands there.
        BusyError: another build holds it.
        OutputError: it cannot be written to.
    """
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise ObstacleError([folder], replaceable=False)
    with ExitStack() as stack:
        with writing(OutputError, folder):
            folder.parent.mkdir(parents=True, exist_ok=True)
            try:
                stack.enter_context(FileLock(beside(folder, "lock")).acquire(PATIENCE))
            except Timeout:
                raise BusyError(str(folder)) from None
        with writing(CutOffError, folder):
            recover(folder)
        _sweep(folder)
        manifest = read_manifest(folder)
        was_ours = not manifest.noted and has_manifest(folder)  # it is damaged, gone, or of another version
        look = Aside(partial(_stamps, folder), dict[str, Stamp])  # a quarter of the time of a small build
        stack.callback(look.close)
        output = Output(folder, manifest, look.result, clean=clean, replaces=was_ours)
        try:
            yield output
        finally:
            _sweep(folder)


def finish_commit(folder: Path) -> None:
    """Finishes a commit that was cut off, if there is one.

    Raises:
        BusyError: another build holds the folder.
        ObstacleError: something that is not ours is in the way.
        OutputError: the folder cannot be written to; as `CutOffError`, it could not be finished.
    """
    if beside(folder.resolve(), "commit").is_file():
        with open_output(folder):
            pass


def _sweep(folder: Path) -> None:
    """Removes what was left over beside an output, but what a commit that was cut off still needs."""
    if not beside(folder, "commit").exists():
        shutil.rmtree(beside(folder, "staging"), ignore_errors=True)
        for name in ("commit.new", f"{MANIFEST}.new"):
            with suppress(OSError):
                beside(folder, name).unlink()
