"""The digest by which contents are told apart: BLAKE2b (RFC 7693) of 128 bits, as 32 hexadecimal digits."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b, sha256
from pathlib import Path
from typing import BinaryIO

_PORTION = 1 << 20  # bytes that are read at once


def digest(content: bytes) -> str:
    """The digest of some bytes."""
    return blake2b(content, digest_size=16).hexdigest()


def digest_of_file(path: Path) -> str:
    """The digest of a file's bytes, however many.

    Raises:
        OSError: the file cannot be read.
    """
    own = begun()
    with path.open("rb") as opened:
        for portion in portions(opened):
            own.update(portion)
    return own.hexdigest()


def begun() -> blake2b:
    """A digest of no bytes yet, for those that come in portions."""
    return blake2b(digest_size=16)


def portions(opened: BinaryIO) -> Iterator[bytes]:
    """The bytes of an open file, never many at once."""
    while portion := opened.read(_PORTION):
        yield portion


def digest_and_sha256(path: Path) -> tuple[str, str]:
    """The digest of a file's bytes and their SHA-256 (FIPS 180-4), which others know it by; they are read once.

    Raises:
        OSError: the file cannot be read.
    """
    own, known = begun(), sha256()
    with path.open("rb") as opened:
        for portion in portions(opened):
            own.update(portion)
            known.update(portion)
    return own.hexdigest(), known.hexdigest()
