"""The only part that touches the output: what changed is staged beside it, then put in place as one commit.

A manifest beside the output says which files are ours and what they hold. Nothing else is removed, and a file that is
already right is left alone. A commit is written down before it begins, so that one that was cut off is finished by the
next build before anything else; each file is put in place whole by a rename.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

VERSION = 1


class BusyError(Exception):
    """Another build is writing to the same folder."""


class ObstacleError(Exception):
    """Something that is not ours stands where a file of the site belongs; nothing was written.

    Args:
        paths: what stands in the way.
    """

    def __init__(self, paths: list[Path]):
        super().__init__(", ".join(map(str, paths)))
        self.paths = paths


@dataclass(frozen=True, slots=True)
class Known:
    """A file as we wrote it: digest of its bytes, size, modification time in nanoseconds."""

    digest: str
    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class Made:
    """A file of this build; `staged` tells that it waits to be put in place."""

    address: str
    known: Known
    staged: bool


@dataclass(frozen=True, slots=True)
class Published:
    """What a commit did.

    Args:
        written: addresses of new and changed files, sorted.
        removed: addresses of former files of ours that are gone, sorted.
        unchanged: how many files were right already.
        foreign: files in the output that are not ours, left alone; sorted.
        replaced: files that were not ours, as far as we know, and stood where ours belong; sorted.
    """

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    foreign: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)


class Output:
    """The output folder, while a build holds it.

    Args:
        folder: the output, such as `public`.
        known: the files that the manifest says are ours, by address.
        clean: write every file anew, whatever is there.
    """

    def __init__(self, folder: Path, known: dict[str, Known], *, clean: bool = False):
        self.folder = folder
        self.known = known
        self.staging = beside(folder, "staging")
        self._clean = clean

    def stage(self, address: str, content: bytes) -> Made:
        """Keeps a file for the commit, unless the output holds the same bytes already; safe in any process."""
        digest = hashlib.blake2b(content, digest_size=16).hexdigest()
        if right := self._right(address, digest):
            return Made(address, right, False)
        path = self.staging / address
        try:
            path.write_bytes(content)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return Made(address, _as_on_disk(path, digest), True)

    def keep(self, address: str) -> Made | None:
        """A file named by its content, without making it, where it lies in the output as it was published."""
        known = self.known.get(address)
        right = self._right(address, known.digest) if known else None
        return Made(address, right, False) if right else None

    def _right(self, address: str, digest: str) -> Known | None:
        """The file in the output, if it holds these bytes; times are a hint, where they differ the bytes decide."""
        known = self.known.get(address)
        if self._clean or known is None or known.digest != digest:
            return None
        path = self.folder / address
        try:
            status = os.lstat(path)
        except OSError:
            return None
        if status.st_size == known.size and status.st_mtime_ns == known.mtime:
            return known
        return _as_on_disk(path, digest) if _digest(path) == digest else None

    def commit(self, made: Iterable[Made]) -> Published:
        """Puts every staged file in place, removes our own orphans, and writes the manifest.

        Raises:
            ObstacleError: something stands in the way; nothing was written.
        """
        files = {file.address: file for file in made}
        written = sorted(address for address, file in files.items() if file.staged)
        removed = sorted(address for address in self.known if address not in files)
        present = set(list_files(self.folder)) if self.folder.is_dir() else set()
        if present or self.folder.is_dir():
            self._check_way(written)
        table = {address: file.known for address, file in files.items()}
        _write_table(beside(self.folder, "commit"), table, written=written, removed=removed)
        _finish(self.folder, self.known, table, written, removed)
        return Published(
            written,
            removed,
            len(files) - len(written),
            sorted(present - self.known.keys() - files.keys()),
            sorted(address for address in written if address in present and address not in self.known),
        )

    def _check_way(self, written: list[str]) -> None:
        """Nothing foreign may stop a commit half-way: a folder where a file belongs, a file or link where a folder."""
        parents = {parent for address in written for parent in PurePosixPath(address).parents}
        wrong = [
            path
            for path in (self.folder / parent for parent in parents if parent.name)
            if path.is_symlink() or (path.exists() and not path.is_dir())
        ]
        wrong += [path for path in (self.folder / address for address in written) if path.is_dir()]
        if wrong:
            raise ObstacleError(sorted(wrong))


@contextmanager
def open_output(folder: Path, *, clean: bool = False) -> Iterator[Output]:
    """Holds an output folder for a build; a commit that was cut off is finished first.

    Args:
        folder: the output; a link to a folder stands for that folder.
        clean: write everything anew, whatever is there.

    Raises:
        BusyError: another build holds it.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(beside(folder, "lock"))
    try:
        with lock.acquire(timeout=0):
            _recover(folder)
            known = _read_table(beside(folder, "manifest"))
            shutil.rmtree(beside(folder, "staging"), ignore_errors=True)
            yield Output(folder, known.files if known else {}, clean=clean)
            shutil.rmtree(beside(folder, "staging"), ignore_errors=True)
    except Timeout:
        raise BusyError(str(folder)) from None


def finish_commit(folder: Path) -> None:
    """Finishes a commit that was cut off, if there is one.

    Raises:
        BusyError: another build holds the folder.
    """
    if beside(folder.resolve(), "commit").is_file():
        with open_output(folder):
            pass


def beside(folder: Path, name: str) -> Path:
    """A path of ours next to the output, on the same file system: `.public.staging`."""
    return folder.parent / f".{folder.name}.{name}"


def list_files(folder: Path) -> Iterator[str]:
    """Addresses of all files in a folder."""
    pending = [""]
    while pending:
        inner = pending.pop()
        with os.scandir(folder / inner) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{inner}{entry.name}/")
                else:
                    yield f"{inner}{entry.name}"


def _recover(folder: Path) -> None:
    """Finishes a commit that was cut off. Of what it wrote only the bytes are believed: power may have failed."""
    journal = _read_table(beside(folder, "commit"))
    if journal is None:
        beside(folder, "commit").unlink(missing_ok=True)
        return
    manifest = _read_table(beside(folder, "manifest"))
    known = manifest.files if manifest else {}
    _put_all(folder, journal.written)
    for address in journal.written:
        if _digest(folder / address) == journal.files[address].digest:
            continue
        del journal.files[address]
        if address in known:
            journal.files[address] = known[address]
    _finish(folder, known, journal.files, [], journal.removed)


def _finish(
    folder: Path, known: dict[str, Known], table: dict[str, Known], written: list[str], removed: list[str]
) -> None:
    """Carries out a commit that has been written down."""
    _put_all(folder, written)
    for address in removed:
        if address in known and _is_ours(folder / address, known[address]):
            (folder / address).unlink()
            _prune((folder / address).parent, folder)
    _write_table(beside(folder, "manifest"), table)
    beside(folder, "commit").unlink(missing_ok=True)


def _put_all(folder: Path, written: list[str]) -> None:
    """Puts staged files in place; where there is no output yet, the staging folder becomes it at once."""
    staging = beside(folder, "staging")
    if not folder.exists() and staging.is_dir():
        staging.rename(folder)
        return
    folder.mkdir(exist_ok=True)
    for address in written:
        source, target = staging / address, folder / address
        try:
            source.replace(target)
        except FileNotFoundError:
            if source.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)


def _is_ours(path: Path, known: Known) -> bool:
    """Whether a file is still as we wrote it; what somebody changed by hand is theirs."""
    try:
        status = path.lstat()
    except OSError:
        return False
    is_same = status.st_size == known.size and status.st_mtime_ns == known.mtime
    return stat.S_ISREG(status.st_mode) and (is_same or _digest(path) == known.digest)


def _prune(folder: Path, top: Path) -> None:
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


@dataclass(frozen=True, slots=True)
class _Table:
    """A manifest, or a commit as it is written down."""

    files: dict[str, Known]
    written: list[str]
    removed: list[str]


def _read_table(path: Path) -> _Table | None:
    """A manifest or commit; nothing where it is missing, damaged, of another version, or leads out of the output."""
    try:
        data = json.loads(path.read_bytes())
        if data["version"] != VERSION:
            return None
        files = {address: Known(*entry) for address, entry in data["files"].items()}
        table = _Table(files, data.get("written", []), data.get("removed", []))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    addresses = [*table.files, *table.written, *table.removed]
    return table if all(map(_is_inside, addresses)) and set(table.written) <= table.files.keys() else None


def _is_inside(address: str) -> bool:
    return ".." not in address.split("/") and not address.startswith("/") and "\\" not in address


def _write_table(path: Path, files: dict[str, Known], **lists: list[str]) -> None:
    """Writes a manifest or commit whole: first aside and to the disk, then in its place."""
    rows = {address: (known.digest, known.size, known.mtime) for address, known in sorted(files.items())}
    content = json.dumps({"version": VERSION, "files": rows, **lists}, ensure_ascii=False).encode()
    aside = path.with_name(f"{path.name}.new")
    with aside.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    aside.replace(path)


def _as_on_disk(path: Path, digest: str) -> Known:
    status = os.lstat(path)
    return Known(digest, status.st_size, status.st_mtime_ns)


def _digest(path: Path) -> str:
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""
