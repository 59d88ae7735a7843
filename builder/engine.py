"""What the program itself is: its code, its own themes, and the libraries that shape what it makes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from builder.digest import digest
from builder.listing import is_hidden

HERE = Path(__file__).resolve().parent
THEMES = (HERE / "themes", HERE.parent / "themes")  # inside an installed program, and in a checkout

_LIBRARIES = (
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "mdurl",
    "msgspec",
    "opencc",
    "pillow",
    "pydantic",
    "pydantic-core",
    "pygal",
    "pypinyin",
    "pyyaml",
)


@cache
def engine() -> str:
    """A digest that changes whenever the program could make something else of the same content."""
    files = sorted((f"{folder.name}/{name}", path) for folder in (HERE, *THEMES) for name, path in _files(folder))
    lines = [
        f"{name} {digest(path.read_bytes())}"
        for name, path in files
        if "__pycache__" not in path.parts and not is_hidden(name)
    ]
    lines += [f"{name} {library_version(name)}" for name in _LIBRARIES]
    return digest("\n".join([sys.version, *lines]).encode())


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Names and paths of all files in a folder and those below, also of those to which an installer has put links."""
    pending = [""]
    while pending:
        inner = pending.pop()
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder / inner) as entries:
            for entry in entries:
                if entry.is_dir():
                    pending.append(f"{inner}{entry.name}/")
                elif entry.is_file():
                    yield f"{inner}{entry.name}", Path(entry)


@cache
def codecs() -> str:
    """A digest of what was installed as Pillow, which brings the codecs of pictures with it.

    One version of it may have been built with several versions of these. Only Pillow itself can tell which, and to load
    that takes longer than a build that draws no picture should wait; the digests of its files, which an installer notes
    (PEP 376), change where they do. Which codecs they are is asked where covers get their addresses.
    """
    try:
        return digest((_installed()["pillow"][1] / "RECORD").read_bytes())
    except (KeyError, OSError):
        return ""


def library_version(name: str) -> str:
    """The version of an installed library; empty where it is not."""
    return _installed()[name][0] if name in _installed() else ""


@cache
def _installed() -> dict[str, tuple[str, Path]]:
    """Versions of all installed libraries, and their folders of metadata, whose names say both (PEP 376, PEP 503).

    `importlib.metadata` says the same, but takes longer to load than a build that finds nothing changed should last.
    """
    found: dict[str, tuple[str, Path]] = {}
    for folder in sys.path:
        with suppress(OSError):
            for entry in Path(folder or ".").iterdir():
                if named := re.fullmatch(r"(.+?)-([^-]+)(?:-.*)?\.(?:dist|egg)-info", entry.name):
                    found.setdefault(re.sub(r"[-_.]+", "-", named[1]).lower(), (named[2], entry))
    return found
