"""A commit is carried out: written down before it begins, finished by the next build where it was cut off."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from builder.output.manifest import COPY, MANIFEST, VERSION, Commit, Known, Manifest, beside, is_safe, read_manifest
from builder.output.staging import digest_of
from builder.pages.addresses import outlives
from builder.sealed import read_sealed, write_sealed
from builder.stamps import NO_STAMP, Stamp, is_sure, stamp_of

Step = Callable[[int], None]  # hears how many files have been put in place or removed


def silent(done: int) -> None:
    """Hears it, and says nothing."""
    del done


def recover(folder: Path) -> None:
    """Finishes a commit that was cut off. Of what it wrote only the bytes are believed: power may have failed."""
    commit = read_sealed(beside(folder, "commit"), Commit, VERSION)
    if (
        commit is None
        or not is_safe(commit, (*commit.written, *commit.removed, commit.staging))
        or not commit.files.keys() >= set(commit.written)
    ):
        beside(folder, "commit").unlink(missing_ok=True)
        return
    known = read_manifest(folder).ours
    put_all(folder, commit.written, commit.staging, is_first=False)
    files = dict(commit.files)
    for address in commit.written:
        if digest_of(folder / address) == files[address].digest:
            files[address] = Known(files[address].digest, stamp_of((folder / address).lstat()))
        else:  # ours, but not as it should be
            files[address] = known.get(address, Known("", NO_STAMP))
    cleared = Commit(
        commit.noted, files, former=commit.former, written=(), removed=commit.removed, staging=commit.staging
    )
    finish(folder, known, cleared)


def finish(folder: Path, known: Mapping[str, Known], commit: Commit, step: Step = silent) -> None:
    """Carries out a commit that has been written down."""
    files = dict(commit.files)
    for address, stamp in put_all(folder, commit.written, commit.staging, step).items():
        files[address] = Known(files[address].digest, stamp)
    alike = folded(commit.written)
    for number, address in enumerate(commit.removed, len(commit.written) + 1):
        if is_ours(folder, address, known) and not is_another_name(folder, address, alike):
            (folder / address).unlink()
            prune((folder / address).parent, folder)
        step(number)
    try:
        manifest = Manifest(time.time_ns(), files, commit.bundles, commit.outcome, commit.former)
        write_sealed(beside(folder, MANIFEST), manifest, VERSION)
    except OSError:  # the disk is full; what was written down needs no more room, and its stamps will be looked behind
        beside(folder, COPY).unlink(missing_ok=True)
        beside(folder, "commit").replace(beside(folder, MANIFEST))
    else:
        beside(folder, "commit").replace(beside(folder, COPY))


def put_all(
    folder: Path, written: tuple[str, ...], name: str, step: Step = silent, *, is_first: bool = True
) -> dict[str, Stamp]:
    """Puts staged files in place; where there is no output yet, the staging folder becomes it at once.

    Args:
        folder: the output.
        written: addresses.
        name: of the folder where they are staged.
        step: hears how many are in place.
        is_first: nobody has begun before, so that all are there.

    Returns:
        The new stamps of the files that were moved one by one: moving a file touches it.
    """
    staging = beside(folder, "staging") / name
    if not folder.exists() and staging.is_dir():
        staging.rename(folder)
        return {}
    folder.mkdir(exist_ok=True)
    stamps = {}
    for number, address in enumerate(written, 1):
        step(number)
        source, target = staging / address, folder / address
        try:
            source.replace(target)
        except FileNotFoundError:
            if not source.exists():
                if is_first:
                    raise
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
        stamps[address] = stamp_of(target.lstat())
    return stamps


def is_ours(folder: Path, address: str, known: Mapping[str, Known]) -> bool:
    """Whether a file is ours to remove: as we wrote it, since what somebody changed by hand is theirs.

    One whose name tells what it holds is ours whatever it holds: with anything else in it, it is of no use to anybody.

    Args:
        folder: the output.
        address: of the file.
        known: what we wrote.
    """
    path = folder / address
    try:
        status = path.lstat()
    except OSError:
        return False
    if address not in known or not stat.S_ISREG(status.st_mode):
        return False
    stamp = stamp_of(status)
    is_same = stamp == known[address].stamp and is_sure(stamp, time.time_ns())
    return outlives(address) or is_same or digest_of(path) == known[address].digest


def folded(written: Iterable[str]) -> dict[str, str]:
    """Addresses by what they are on a disk that does not tell capitals apart."""
    return {address.casefold(): address for address in written}


def is_another_name(folder: Path, address: str, written: Mapping[str, str]) -> bool:
    """Whether an address that is no more is another name of a file that has just been written, as on such a disk.

    Args:
        folder: the output.
        address: that is no more.
        written: addresses, as `folded` gives them.
    """
    other = written.get(address.casefold())
    try:
        return other is not None and (folder / other).samefile(folder / address)
    except FileNotFoundError:
        return False


def prune(folder: Path, top: Path) -> None:
    """Removes a folder where it is empty, and then those that it lies in, up to one that stays."""
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
