"""What we wrote to an output: a manifest that lies beside it, or the commit that is to become it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, structs

from builder.problems import Problem
from builder.sealed import read_sealed
from builder.stamps import Stamp

VERSION = "4"  # of what lies beside the output
WITHIN = ".catalogue."  # begins the names of what is ours inside an output that is a disk of its own
MANIFEST, COPY = "manifest", "manifest.copy"  # the copy is the last commit, which was written down in full anyway


class Known(NamedTuple):
    """A file as we wrote it: digest of its bytes, and its stamp."""

    digest: str
    stamp: Stamp


class Trace(Struct, frozen=True):
    """What a bundle was made of.

    Args:
        parts: digests of what it was made of, by what that is.
        addresses: of its files.
        causes: the parts for which it was made the last time.
    """

    parts: dict[str, str]
    addresses: tuple[str, ...]
    causes: tuple[str, ...]


class Outcome(Struct, frozen=True):
    """How a build ended.

    Args:
        made_from: digest of all that it was made from.
        counts: of what was published, by the names of the report.
        warnings: of the content.
        language: to show them in.
    """

    made_from: str
    counts: dict[str, int]
    warnings: tuple[Problem, ...]
    language: str


class Manifest(Struct, frozen=True):
    """What we wrote.

    Args:
        noted: when the stamps of its files were noted, in nanoseconds since the epoch.
        files: by address.
        bundles: by name.
        outcome: of the build that wrote it.
        former: search files of the publication before it, which stay for pages that are open; by address.
    """

    noted: int = 0
    files: dict[str, Known] = {}
    bundles: dict[str, Trace] = {}
    outcome: Outcome | None = None
    former: dict[str, Known] = {}

    @property
    def ours(self) -> dict[str, Known]:
        """All that we wrote: the files of the site, and the former ones."""
        return {**self.files, **self.former} if self.former else self.files


class Commit(Manifest, frozen=True, kw_only=True):
    """A commit as it is written down: the manifest to be, as which it can be read too; what is put in place, what goes.

    Its stamps are of before the files were put in place.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]
    staging: str


def has_manifest(folder: Path) -> bool:
    """Whether we have written to an output before."""
    return any(beside(folder.resolve(), name).is_file() for name in (MANIFEST, COPY))


def beside(folder: Path, name: str) -> Path:
    """A path of ours next to the output, on the same file system: `.public.staging`.

    Where the output is a disk of its own, a stick or a container's volume, it lies within: `.catalogue.staging`.
    """
    if os.path.ismount(folder):  # pathlib knows no disks on Windows before Python 3.12
        return folder / f"{WITHIN}{name}"
    return folder.parent / f".{folder.name}.{name}"


def read_manifest(folder: Path) -> Manifest:
    """The manifest beside an output, or its copy where it is missing, damaged, or leads out of the output.

    Of a copy no stamps are believed, but bytes alone. Where there is neither, the manifest is empty.
    """
    if (manifest := _read(folder, MANIFEST)) is not None:
        return manifest
    copy = _read(folder, COPY)
    return Manifest() if copy is None else structs.replace(copy, noted=0)


def _read(folder: Path, name: str) -> Manifest | None:
    manifest = read_sealed(beside(folder, name), Manifest, VERSION)
    return manifest if manifest is not None and is_safe(manifest, ()) else None


def is_safe(manifest: Manifest, more: tuple[str, ...]) -> bool:
    """Whether all addresses lie in the output, also where `C:` names a disk."""
    return all(
        not re.match("/|[^/]*:", address) and "\\" not in address and ".." not in address.split("/")
        for address in (*manifest.files, *manifest.former, *more)
    )
