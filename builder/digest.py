"""The digest by which contents are told apart: BLAKE2b (RFC 7693) of 128 bits, as 32 hexadecimal digits."""

from __future__ import annotations

from hashlib import blake2b, sha256
from pathlib import Path

_PORTION = 1 << 20  # bytes that are read at once


def digest(content: bytes) -> str:
    """The digest of some bytes."""
    return blake2b(content, digest_size=16).hexdigest()


def digest_and_sha256(path: Path) -> tuple[str, str]:
    """The digest of a file's bytes and their SHA-256 (FIPS 180-4), which others know it by; they are read once.

    Raises:
        OSError: the file cannot be read.
    """
    own, known = blake2b(digest_size=16), sha256()
    with path.open("rb") as opened:
        while portion := opened.read(_PORTION):
            own.update(portion)
            known.update(portion)
    return own.hexdigest(), known.hexdigest()
