"""What lies in a folder of a site, and what of it nobody has meant to put there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from builder.stamps import Stamp, stamp_of

_OF_SYSTEMS = ("/thumbs.db", "/desktop.ini")  # in any letters


def is_hidden(path: str) -> bool:
    """Whether a path is that of a hidden file, of one in a hidden folder, or of one that a system has put there.

    Args:
        path: from the site's folder, or from one in it, with `/`; a name alone is a path, too.
    """
    path = f"/{path}"
    return "/." in path or path[-12:].lower().endswith(_OF_SYSTEMS)


def list_files(site: Path, folder: str) -> Iterator[tuple[str, Stamp]]:
    """The paths and stamps of all files in a folder of a site and those below, but hidden ones; links are not followed.

    Args:
        site: the site's folder.
        folder: path from there; where there is no such folder, nothing is listed.

    Raises:
        OSError: a folder cannot be looked into; what is not seen must not be taken for gone.
    """
    pending = [folder]
    while pending:
        inner = pending.pop()
        try:
            listing = os.scandir(site / inner)
        except (FileNotFoundError, NotADirectoryError):
            continue
        with listing as entries:
            for entry in entries:
                if is_hidden(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{inner}/{entry.name}")
                    continue
                with suppress(FileNotFoundError):  # it is gone since, as what other programs write for a moment
                    yield f"{inner}/{entry.name}", stamp_of(entry.stat(follow_symlinks=False))
