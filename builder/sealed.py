"""What is kept between builds: values in a file that is known to be whole, and of this version of the program."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_SEAL = 32  # bytes in front of the content


def write_sealed(path: Path, value: Any, version: str, *, durable: bool = True) -> None:
    """Writes a value whole: first aside and to the disk, then in its place.

    Args:
        path: of the file.
        value: of plain data, structs and named tuples.
        version: of the program and the form of what is kept.
        durable: it must be on the disk before what is written later; otherwise its seal alone tells that it is whole.

    Raises:
        OSError: it cannot be written; what was there is there still, and nothing lies aside.
        ValueError: it holds what cannot be encoded.
    """
    content = msgspec.msgpack.encode(value)
    aside = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as target:
            target.write(_seal(content, version))
            target.write(content)
            if durable:
                target.flush()
                os.fsync(target.fileno())
        aside.replace(path)
    except OSError:
        with suppress(OSError):
            aside.unlink()
        raise


def read_sealed(path: Path, kind: type[T], version: str) -> T | None:
    """A value that was written; nothing where it is missing, damaged, or of another version.

    Args:
        path: of the file.
        kind: what it holds.
        version: as it must have been written with.
    """
    try:
        raw = path.read_bytes()
        content = raw[_SEAL:]
        if raw[:_SEAL] != _seal(content, version):
            return None
        return _decoder(kind).decode(content)  # type: ignore[arg-type, no-any-return]
    except (OSError, msgspec.MsgspecError, ValueError):
        return None


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


def _seal(content: bytes, version: str) -> bytes:
    return blake2b(content, digest_size=_SEAL, key=blake2b(version.encode()).digest()).digest()
