"""The files that a site is made from: what lies in its folder, each with the digest of its bytes.

A listing is an input like any other: a file that comes or goes is noticed, and so is one that a theme was looked for in
and did not have. Bytes are read again only where a file's stamp is new or too young to be believed.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from builder.content.files import role_of
from builder.digest import digest, digest_and_sha256
from builder.stamps import Stamp, is_sure, stamp_of

FOLDERS = ("content", "themes")
SETTINGS = "site.yaml"


class Input(Struct, frozen=True, array_like=True):
    """A file: its stamp, and the digest of its bytes; their SHA-256 too where it may be published as it is."""

    stamp: Stamp
    digest: str
    sha256: str = ""


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
    return Inputs(noted, {file: _input(site, file, stamp, last) for file, stamp in sorted(_stamps(site))})


def _input(site: Path, file: str, stamp: Stamp, last: Inputs) -> Input:
    known = last.files.get(file)
    if known is not None and known.digest and known.stamp == stamp and is_sure(stamp, last.noted):
        return known
    if stamp.size < 0 or (known is None and role_of(file)):
        return Input(stamp, "")
    try:
        if file.startswith("content/") and not role_of(file):
            return Input(stamp, *digest_and_sha256(site / file))
        return Input(stamp, digest((site / file).read_bytes()))
    except OSError:
        return Input(stamp, "")


def made_from(inputs: Inputs, *conditions: object) -> str:
    """One digest of all files and of the conditions of a build."""
    lines = [f"{file} {found.digest}" for file, found in inputs.files.items()]
    return digest("\n".join([*map(str, conditions), *lines]).encode())


def _stamps(site: Path) -> Iterator[tuple[str, Stamp]]:
    pending = list(FOLDERS)
    with suppress(OSError):
        yield SETTINGS, stamp_of((site / SETTINGS).stat())
    while pending:
        folder = pending.pop()
        try:
            entries = os.scandir(site / folder)
        except OSError:
            continue
        with entries:
            for entry in entries:
                file = f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(file)
                    continue
                status = entry.stat(follow_symlinks=False)
                yield file, stamp_of(status) if stat.S_ISREG(status.st_mode) else Stamp(-1, status.st_mtime_ns, 0)


def sha256_of(inputs: Inputs, files: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of files by their paths, as far as it is known."""
    return {file: found.sha256 for file in files if (found := inputs.files.get(file)) is not None and found.sha256}


def with_digests(inputs: Inputs, digests: dict[str, str]) -> Inputs:
    """The same files with the digests of records that had none."""
    files = {
        file: found if found.digest else Input(found.stamp, digests.get(file, ""))
        for file, found in inputs.files.items()
    }
    return Inputs(inputs.noted, files)
