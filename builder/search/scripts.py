"""What search downloads lies in scripts that hand over one piece of JSON: nothing else can be read from `file://`."""

from __future__ import annotations

from typing import TypeVar

from msgspec import json

from builder.digest import digest

T = TypeVar("T")
_OPENS, _OPENS_INDEX, _CLOSES = b"finder.pack(", b"finder.index(", b")\n"


def script(data: object) -> bytes:
    """A script that hands over some data."""
    return _OPENS + json.encode(data) + _CLOSES


def script_of_index(data: object) -> bytes:
    """The script that hands over the list of all others."""
    return _OPENS_INDEX + json.encode(data) + _CLOSES


def named(name: str, data: object) -> tuple[str, bytes]:
    """Address and bytes of a script whose name tells what it holds.

    Args:
        name: its address up to the digest.
        data: that it hands over.
    """
    content = script(data)
    return f"{name}{_sign(content)}.js", content


def is_as_named(address: str, content: bytes) -> bool:
    """Whether a script holds what its name tells."""
    return address.endswith(f"{_sign(content)}.js")


def _sign(content: bytes) -> str:
    return digest(content)[:12]


def held(content: bytes, kind: type[T]) -> T:
    """What a script hands over.

    Args:
        content: of the script.
        kind: of what it holds.
    """
    return json.decode(content.removeprefix(_OPENS).removesuffix(_CLOSES), type=kind)
