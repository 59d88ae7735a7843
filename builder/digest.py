"""The digest by which contents are told apart: BLAKE2b (RFC 7693) of 128 bits, as 32 hexadecimal digits."""

from __future__ import annotations

from hashlib import blake2b


def digest(content: bytes) -> str:
    """The digest of some bytes."""
    return blake2b(content, digest_size=16).hexdigest()
