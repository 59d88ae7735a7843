"""Files wait beside the output until they are put in place; and what lies in the output is listed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from builder.digest import digest, digest_of_file
from builder.output.manifest import WITHIN, Known
from builder.stamps import NO_STAMP, Stamp, stamp_of


class StagingError(Exception):
    """The folder where files wait for the commit is not there: its build has ended, or it lies on another machine."""


class OutputError(OSError):
    """The output, or what lies beside it, cannot be written to; nothing was put in place."""


class CutOffError(OutputError):
    """The output could be written to no longer when a part was in place; the next build puts the rest there."""


class Made(NamedTuple):
    """A file of this build; `staged` tells that it waits to be put in place."""

    address: str
    known: Known
    staged: bool


def stage(staging: Path, address: str, content: bytes, right: Mapping[str, str]) -> Made:
    """Writes a file where it waits for the commit, unless the output holds the same bytes already; safe anywhere.

    A file that is there already is replaced in one step: where a worker was lost its task is done again, and it may not
    know that it is lost.

    Args:
        staging: the folder for files that wait.
        address: of the file.
        content: its bytes.
        right: digests of what the output holds.

    Raises:
        StagingError: the folder for files that wait is not there.
        OutputError: it cannot be written.
    """
    named = digest(content)
    if right.get(address) == named:
        return Made(address, Known(named, NO_STAMP), False)
    return stage_portions(staging, address, (content,), named)


def stage_portions(staging: Path, address: str, portions: Iterable[bytes], named: str) -> Made:
    """Writes a file of any size where it waits for the commit, as `stage` does.

    Args:
        staging: the folder for files that wait.
        address: of the file.
        portions: its bytes, which are never held all at once.
        named: their digest.

    Raises:
        StagingError: the folder for files that wait is not there.
        OutputError: it cannot be written.
    """
    path = f"{staging}/{address}"
    try:
        try:
            stamp = _write(path, portions)
        except FileExistsError:
            aside = f"{staging}.{os.urandom(8).hex()}"
            _write(aside, portions)
            stamp = stamp_of(Path(aside).replace(path).stat())
        except FileNotFoundError:
            if not staging.is_dir():
                raise StagingError(str(staging)) from None
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - not by way of Path: once a page
            return stage_portions(staging, address, portions, named)
    except OSError as error:
        raise OutputError(error.errno, error.strerror, path) from error
    return Made(address, Known(named, stamp), True)


def _write(path: str, portions: Iterable[bytes]) -> Stamp:
    """Writes a new file by the system's calls alone, which takes half the time of a file object."""
    target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        for portion in portions:
            left = memoryview(portion)
            while left:
                left = left[os.write(target, left) :]
        return stamp_of(os.fstat(target))
    finally:
        os.close(target)


@contextmanager
def writing(kind: type[OutputError], folder: Path) -> Iterator[None]:
    """Turns what the system says into what it means for the output."""
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        raise kind(error.errno, error.strerror or str(error), str(error.filename or folder)) from error


def stamps_in(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Addresses and stamps of all files in a folder; a link is no file of ours, but it is there."""
    pending = [""]
    while pending:
        inner = pending.pop()
        with os.scandir(f"{folder}/{inner}") as entries:
            for entry in entries:
                if not inner and entry.name.startswith(WITHIN):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{inner}{entry.name}/")
                    continue
                with suppress(FileNotFoundError):  # it is gone since
                    yield f"{inner}{entry.name}", stamp_of(entry.stat(follow_symlinks=False))


def digest_of(path: Path) -> str:
    """The digest of a file's bytes; empty where they cannot be read."""
    try:
        return digest_of_file(path)
    except OSError:
        return ""
