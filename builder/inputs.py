"""The files that a site is made from: what lies in its folder, each with the digest of its bytes.

A listing is an input like any other: a file that comes or goes is noticed, and so is one that a theme was looked for in
and did not have. Bytes are read again only where a file's stamp is new or too young to be believed.
"""

from __future__ import annotations

import stat
import time
from collections.abc import Generator, Iterable, Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from builder.content.files import Files, role_of
from builder.digest import begun, digest, digest_and_sha256, portions
from builder.listing import is_hidden, list_files
from builder.problems import ChangedError
from builder.stamps import Stamp, is_special, is_sure, stamp_of

if TYPE_CHECKING:  # a build that finds nothing changed reads nothing
    from builder.content.entries import Read

FOLDERS = ("content", "themes")
SETTINGS = "site.yaml"
_AT_ONCE = 500  # files that are looked at in one step, in a few milliseconds


class Input(Struct, frozen=True, array_like=True):
    """A file.

    Args:
        stamp: its size and times.
        digest: of its bytes; empty where they cannot be read, or will be read anyway.
        sha256: of its bytes too, where it may be published as it is.
        entry: digest of what other records and pages may know of it, where that is kept.
    """

    stamp: Stamp
    digest: str
    sha256: str = ""
    entry: str = ""


class Inputs(Struct, frozen=True, array_like=True):
    """All files of a site's sources.

    Args:
        noted: when their stamps were noted, in nanoseconds since the epoch.
        files: by path from the site's folder.
    """

    noted: int = 0
    files: dict[str, Input] = {}


def scan(site: Path, last: Inputs) -> Inputs:
    """Looks at all files of a site's sources.

    Args:
        site: the site's folder.
        last: what was found the last time. A record that is new since has no digest yet: it is read anyway.
    """
    noted = time.time_ns()
    return Inputs(noted, {file: _input(site, file, stamp, last) for file, stamp in sorted(list_sources(site))})


def look_again(site: Path, last: Inputs, saved: Iterable[str]) -> Inputs:
    """Looks at some files and folders, whatever their stamps say; all others are taken to be as they were.

    Args:
        site: the site's folder.
        last: what was found the last time.
        saved: paths from the site's folder, also of what is gone. A record has no digest yet: it is read anyway.
    """
    saved = set(saved)
    found = {file: _input(site, file, stamp, Inputs()) for path in saved for file, stamp in _listed(site, path)}
    gone = saved & last.files.keys() - found.keys()
    if folders := saved - last.files.keys() - found.keys():
        gone |= {file for file in last.files if file not in found and _is_within(file, folders)}
    files = {file: known for file, known in last.files.items() if file not in gone} if gone else dict(last.files)
    files.update(found)
    return Inputs(last.noted, files if files.keys() == last.files.keys() else dict(sorted(files.items())))


def _is_within(file: str, folders: Set[str]) -> bool:
    """Whether a file lies in one of some folders, however deep."""
    parent = file.rpartition("/")[0]
    while parent and parent not in folders:
        parent = parent.rpartition("/")[0]
    return bool(parent)


def find_changed(site: Path, last: Inputs) -> Generator[None, None, set[str]]:
    """Looks whether all files are as they were found the last time, some with each step.

    Args:
        site: the site's folder.
        last: what was found the last time.

    Returns:
        The paths of those that are not, that have come or are gone. A record that nothing has read yet, since the
        settings cannot be, is known by its stamp alone.
    """
    stamps = {}
    for number, (file, stamp) in enumerate(list_sources(site)):
        stamps[file] = stamp
        if not number % _AT_ONCE:
            yield
    found = stamps.keys() ^ last.files.keys()
    for file, stamp in stamps.items():
        known = last.files.get(file)
        if known is not None and not (known.stamp == stamp and is_sure(stamp, last.noted)):
            yield
            if (known.digest != _digests(site, file, stamp)[0]) if known.digest else (known.stamp != stamp):
                found.add(file)
    return found


def _input(site: Path, file: str, stamp: Stamp, last: Inputs) -> Input:
    known = last.files.get(file)
    if known is not None and known.digest and known.stamp == stamp and is_sure(stamp, last.noted):
        return known
    if known is None and role_of(file):
        return Input(stamp, "")
    found = Input(stamp, *_digests(site, file, stamp))
    return found if known is None or known.digest != found.digest else structs.replace(known, stamp=stamp)


def _digests(site: Path, file: str, stamp: Stamp) -> tuple[str, str]:
    """Of a file's bytes, and of an attachment's their SHA-256; empty where it cannot be read, or is no file."""
    try:
        if is_special(stamp):
            return "", ""
        if file.startswith("content/") and not role_of(file):
            return digest_and_sha256(site / file)
        return digest((site / file).read_bytes()), ""
    except OSError:
        return "", ""


def read_again(site: Path, file: str, found: str) -> bytes:
    """The bytes of a file that has been looked at before, whose digest stands for them by now.

    Args:
        site: the site's folder.
        file: path from there.
        found: the digest that its bytes had.

    Raises:
        ChangedError: it has other bytes now, or is gone.
        OSError: it cannot be read.
    """
    try:
        content = (site / file).read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise ChangedError(file) from error
    if digest(content) != found:
        raise ChangedError(file)
    return content


@contextmanager
def opened_again(site: Path, file: str, found: str) -> Iterator[Iterator[bytes]]:
    """The bytes, in portions, of a file of any size that has been looked at before.

    Args:
        site: the site's folder.
        file: path from there.
        found: the digest that its bytes had.

    Raises:
        ChangedError: it is gone; or, as its last portion has been taken, it has other bytes now.
        OSError: it cannot be read.
    """
    try:
        opened = (site / file).open("rb")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise ChangedError(file) from error
    with opened:
        yield _unchanged(portions(opened), file, found)


def _unchanged(taken: Iterable[bytes], file: str, found: str) -> Iterator[bytes]:
    own = begun()
    for portion in taken:
        own.update(portion)
        yield portion
    if own.hexdigest() != found:
        raise ChangedError(file)


def check_stamps(site: Path, inputs: Inputs) -> None:
    """Makes sure that settings, themes and captions, once they have been read, are still those that were looked at.

    Args:
        site: the site's folder.
        inputs: its files as they were looked at.

    Raises:
        ChangedError: one of these files was saved since, has come or is gone.
    """
    captions = {file for file in inputs.files if file[-4:] == ".vtt" and file[:7] == "content"}
    stamps = {file: stamp for path in (SETTINGS, "themes", *captions) for file, stamp in _listed(site, path)}
    known = {file: found.stamp for file, found in inputs.files.items() if file in captions or file[:7] != "content"}
    for file in sorted(stamps.keys() | known.keys()):
        if stamps.get(file) != known.get(file):
            raise ChangedError(file)


def made_from(inputs: Inputs, *conditions: object) -> str:
    """One digest of all files and of the conditions of a build."""
    return _one_digest(conditions, (f"{file} {found.digest}" for file, found in inputs.files.items()))


def known_from(inputs: Inputs, *conditions: object) -> str:
    """One digest of the conditions of a build and of all files, but of large records only of what others know of them:
    where it is the same, all that is made of more than one record is."""
    return _one_digest(conditions, (f"{file} {found.entry or found.digest}" for file, found in inputs.files.items()))


def _one_digest(conditions: Iterable[object], lines: Iterable[str]) -> str:
    return digest("\n".join([*map(str, conditions), *lines]).encode(errors="surrogateescape"))


def list_sources(site: Path) -> Iterator[tuple[str, Stamp]]:
    """The paths and stamps of all files of a site's sources; hidden ones are none."""
    for name in (SETTINGS, *FOLDERS):
        yield from _listed(site, name)


def _listed(site: Path, path: str) -> Iterator[tuple[str, Stamp]]:
    """A file, or all in a folder; nothing where there is neither, where it is hidden or only a link leads there."""
    if path == SETTINGS:
        with suppress(OSError):
            yield SETTINGS, stamp_of((site / SETTINGS).lstat())
        return
    if is_hidden(path):
        return
    try:
        if any(parent.is_symlink() for parent in (site / path).parents[: path.count("/")]):
            return
        status = (site / path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return
    if not stat.S_ISDIR(status.st_mode):
        yield path, stamp_of(status)
    if stat.S_ISDIR(status.st_mode) or path in FOLDERS:
        yield from list_files(site, path)


def measured(files: Files, inputs: Inputs) -> Files:
    """Files with the sizes and SHA-256 of attachments as they have been found."""
    paths = files.attachments.values()
    found = {file: known for file in paths if (known := inputs.files.get(file)) is not None}
    sizes = {file: known.stamp.size for file, known in found.items()}
    sha256 = {file: known.sha256 for file, known in found.items() if known.sha256}
    return replace(files, sizes={**files.sizes, **sizes}, sha256=sha256)


def with_found(inputs: Inputs, reads: Iterable[Read]) -> Inputs:
    """The same files with what was found when records were read.

    Args:
        inputs: as they were looked at.
        reads: of files.

    Raises:
        ChangedError: one has other bytes than it had when it was looked at.
    """
    files = dict(inputs.files)
    for read in reads:
        known = files.get(read.file)
        if known is None or not read.digest:
            continue
        if known.digest not in {"", read.digest}:
            raise ChangedError(read.file)
        files[read.file] = Input(known.stamp, read.digest, entry=read.entry_digest)
    return Inputs(inputs.noted, files)
