"""What is published of the files that records name: where, how large; covers in the sizes that screens need."""

from __future__ import annotations

from dataclasses import dataclass, field

Size = tuple[int, int]  # width and height in pixels


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is published as it is.

    Args:
        file: path from the site's folder.
        address: where it is published.
        bytes: its size.
        sha256: of its bytes.
        width: of a picture as it is shown, in pixels; 0 of any other file.
        height: likewise.
    """

    file: str
    address: str
    bytes: int
    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Variant:
    """A cover in one size and format, made when it is published.

    Args:
        file: the picture that it is made of, by its path from the site's folder.
        digest: of that picture's bytes.
        address: where it is published; names the content by the digest.
        media_type: of its format.
        width: in pixels.
        height: likewise.
    """

    file: str
    digest: str
    address: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in files that records name, so that none need be opened again.

    Args:
        sizes: of pictures, by digest.
        as_named: other files that are what their names say, by digest and ending.
    """

    sizes: dict[str, Size] = field(default_factory=dict)
    as_named: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Media:
    """What is published of the files that records name.

    Args:
        attachments: by path from the site's folder, in the composed form in which records name it.
        covers: all variants of each, best format first, likewise.
        looked: what was found in them.
    """

    attachments: dict[str, Attachment] = field(default_factory=dict)
    covers: dict[str, tuple[Variant, ...]] = field(default_factory=dict)
    looked: Looked = field(default_factory=Looked)
