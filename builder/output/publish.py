"""The only part that touches the output: what changed is staged beside it, then put in place as one commit.

A manifest beside the output says which files are ours and what they hold. Nothing else is removed, and a file that is
already right is left alone. A commit is written down before it begins, so that one that was cut off is finished first
thing next time; each file is put in place whole by a rename.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

VERSION = 1


class BusyError(Exception):
    """Another build is writing to the same folder."""


@dataclass(frozen=True, slots=True)
class Known:
    """A file as it was last published: digest of its bytes, size, modification time in nanoseconds."""

    digest: str
    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class Made:
    """A file of this build; `staged` tells that it waits to be put in place."""

    address: str
    digest: str
    size: int
    staged: bool


@dataclass(frozen=True, slots=True)
class Published:
    """What a commit did.

    Args:
        written: addresses of new and changed files, sorted.
        removed: addresses of former files of ours that are gone, sorted.
        unchanged: how many files were right already.
        foreign: files in the output that are not ours, left alone; sorted.
    """

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    foreign: list[str] = field(default_factory=list)


class Output:
    """The output folder, while a build holds it.

    Args:
        folder: the output, such as `public`.
        known: the files that the manifest says are ours, by address.
    """

    def __init__(self, folder: Path, known: dict[str, Known]):
        self.folder = folder
        self.known = known
        self.staging = beside(folder, "staging")

    def stage(self, address: str, content: bytes) -> Made:
        """Keeps a file for the commit, unless the output holds the same bytes already; safe in any process."""
        digest = hashlib.blake2b(content, digest_size=16).hexdigest()
        if self._is_right(address, digest):
            return Made(address, digest, len(content), False)
        path = self.staging / address
        try:
            _write(path, content)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content)
        return Made(address, digest, len(content), True)

    def is_right(self, address: str) -> bool:
        """Whether an immutable file, named by its content, lies in the output as it was published."""
        known = self.known.get(address)
        return known is not None and self._is_right(address, known.digest)

    def _is_right(self, address: str, digest: str) -> bool:
        """Times are a hint: where they or the size differ, the bytes on disk decide."""
        known = self.known.get(address)
        if known is None or known.digest != digest:
            return False
        path = self.folder / address
        try:
            status = os.lstat(path)
        except OSError:
            return False
        if status.st_size == known.size and status.st_mtime_ns == known.mtime:
            return True
        return _digest(path) == digest

    def keep(self, address: str) -> Made:
        """A file that is right already, without making it."""
        known = self.known[address]
        return Made(address, known.digest, known.size, False)

    def commit(self, made: Iterable[Made]) -> Published:
        """Puts every staged file in place, removes our own orphans, and writes the manifest."""
        files = {file.address: file for file in made}
        written = sorted(address for address, file in files.items() if file.staged)
        removed = sorted(address for address in self.known if address not in files)
        foreign = self._foreign(files, written)
        journal = {
            "version": VERSION,
            "written": written,
            "removed": removed,
            "files": {f.address: f.digest for f in files.values()},
        }
        _replace(beside(self.folder, "commit"), json.dumps(journal, ensure_ascii=False).encode())
        _finish(self.folder, self.known, journal)
        return Published(written, removed, len(files) - len(written), foreign)

    def _foreign(self, files: dict[str, Made], written: list[str]) -> list[str]:
        if not self.folder.is_dir():
            return []
        ours = self.known.keys() | files.keys()
        return sorted(address for address in list_files(self.folder) if address not in ours)


@contextmanager
def open_output(folder: Path, *, clean: bool = False) -> Iterator[Output]:
    """Holds an output folder for a build; a commit that was cut off is finished first.

    Args:
        folder: the output.
        clean: write everything anew, whatever the manifest says.

    Raises:
        BusyError: another build holds it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(beside(folder, "lock"))
    try:
        with lock.acquire(timeout=0):
            known = _read_manifest(folder)
            journal = beside(folder, "commit")
            if journal.is_file():
                _finish(folder, known, json.loads(journal.read_bytes()))
                known = _read_manifest(folder)
            shutil.rmtree(beside(folder, "staging"), ignore_errors=True)
            if clean:
                known = {address: Known("", 0, 0) for address in known}
            yield Output(folder, known)
            shutil.rmtree(beside(folder, "staging"), ignore_errors=True)
    except Timeout:
        raise BusyError(str(folder)) from None


def beside(folder: Path, name: str) -> Path:
    """A path of ours next to the output, on the same file system: `.public.staging`."""
    return folder.parent / f".{folder.name}.{name}"


def _finish(folder: Path, known: dict[str, Known], journal: dict[str, Any]) -> None:
    """Carries out a commit that has been written down; doing it twice does no harm."""
    staging = beside(folder, "staging")
    if not folder.exists() and staging.is_dir():
        staging.rename(folder)
    else:
        folder.mkdir(exist_ok=True)
        for address in journal["written"]:
            _put(staging / address, folder / address)
    for address in journal["removed"]:
        if address in known and _is_ours(folder / address, known[address]):
            (folder / address).unlink()
            _prune((folder / address).parent, folder)
    _write_manifest(folder, known, journal["files"])
    beside(folder, "commit").unlink(missing_ok=True)


def _put(source: Path, target: Path) -> None:
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
    return (
        (status.st_size == known.size and status.st_mtime_ns == known.mtime)
        or _digest(path) == known.digest
        or not known.digest
    )


def _prune(folder: Path, top: Path) -> None:
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _read_manifest(folder: Path) -> dict[str, Known]:
    """Our files by address; none where the manifest is missing, damaged or of another version."""
    try:
        data = json.loads(beside(folder, "manifest").read_bytes())
        if data["version"] != VERSION:
            return {}
        return {address: Known(digest, size, mtime) for address, (digest, size, mtime) in data["files"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _write_manifest(folder: Path, known: dict[str, Known], digests: dict[str, str]) -> None:
    files = {}
    for address, digest in sorted(digests.items()):
        try:
            status = os.lstat(folder / address)
        except OSError:
            continue
        files[address] = (digest, status.st_size, status.st_mtime_ns)
    _replace(beside(folder, "manifest"), json.dumps({"version": VERSION, "files": files}, ensure_ascii=False).encode())


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


def _digest(path: Path) -> str:
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""


def _write(path: Path, content: bytes) -> None:
    with path.open("wb", buffering=0) as target:
        target.write(content)


def _replace(path: Path, content: bytes) -> None:
    """Writes a file whole: first aside and to the disk, then in its place."""
    aside = path.with_name(f"{path.name}.new")
    with aside.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    aside.replace(path)
