"""What the program itself is: its code, its own themes, and the libraries that shape what it makes."""

from __future__ import annotations

import re
import sys
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
    "pillow",
    "pydantic",
    "pydantic-core",
    "pygal",
    "pyyaml",
)


@cache
def engine() -> str:
    """A digest that changes whenever the program could make something else of the same content."""
    files = sorted(
        (f"{folder.name}/{path.relative_to(folder).as_posix()}", path)
        for folder in (HERE, *THEMES)
        for path in folder.rglob("*")
        if path.is_file()
    )
    lines = [
        f"{name} {digest(path.read_bytes())}"
        for name, path in files
        if "__pycache__" not in path.parts and not is_hidden(name)
    ]
    versions = _versions()
    lines += [f"{name} {versions.get(name, '')}" for name in _LIBRARIES]
    return digest("\n".join([sys.version, *lines]).encode())


def _versions() -> dict[str, str]:
    """Versions of all installed libraries, by the names of their folders of metadata (PEP 376, PEP 503).

    `importlib.metadata` says the same, but takes longer to load than a build that finds nothing changed should last.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for entry in Path(folder or ".").iterdir():
                if named := re.fullmatch(r"(.+?)-([^-]+)(?:-.*)?\.(?:dist|egg)-info", entry.name):
                    found.setdefault(re.sub(r"[-_.]+", "-", named[1]).lower(), named[2])
    return found
