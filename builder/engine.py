"""What the program itself is: its code, its own themes, and the libraries that shape what it makes."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from builder.digest import digest

HERE = Path(__file__).resolve().parent
THEMES = (HERE / "themes", HERE.parent / "themes")  # inside an installed program, and in a checkout

_LIBRARIES = (
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
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
        path
        for folder in (HERE, *THEMES)
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    lines = [f"{path.relative_to(HERE.parent)} {digest(path.read_bytes())}" for path in files]
    lines += [f"{name} {_version(name)}" for name in _LIBRARIES]
    return digest("\n".join([sys.version, *lines]).encode())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
