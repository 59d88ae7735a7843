"""What a file holds, told by how it begins, and whether that is what its name says."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from contextlib import suppress
from pathlib import PurePosixPath

BEGINNING = 4096  # bytes in which the kind of a file is looked for
# How files of each kind begin; only the first are pictures that may be named, and covers are made of them.
PICTURES = {
    "JPEG": rb"\xff\xd8\xff",
    "PNG": rb"\x89PNG",
    "WebP": rb"RIFF.{4}WEBP",
    "GIF": rb"GIF8",
    "AVIF": rb".{4}ftypavi[fs]",
}
OTHERS = {
    "TIFF": rb"II\*\0|MM\0\*",
    "BMP": rb"BM.{4}\0{4}",
    "ICO": rb"\0\0\x01\0",
    "PCX": rb"\n[\0\x02-\x05]\x01[\x01\x02\x04\x08]",
    "EPS": rb"%!PS|\xc5\xd0\xd3\xc6",
    "JPEG 2000": rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51",
    "HEIC": rb".{4}ftyp(?:he[iv]|mif1|msf1)",  # the brands of ISO/IEC 23008-12
    "JPEG XL": rb"\xff\x0a|\0\0\0\x0cJXL ",
    "MP4": rb".{4}ftyp",
    "PDF": rb"%PDF",
    "PSD": rb"8BPS",
    "ZIP (docx, pptx, xlsx)": rb"PK\x03\x04",
    "HTML": rb".*<(?i:html|!doctype html)\b",
    "SVG": rb".*<svg\b",
    "TGA": rb".\0[\x02\x03\n\x0b]\0{5}.{8}[\x08\x10\x18\x20]",  # has no sign of its own, so it comes last
}
_RIGHT = {  # how files begin that have an ending, besides `ftyp` the boxes that old programs write first
    rb".{4}(?:ftyp|moov|mdat|free|skip|wide)": {".mp4", ".m4a"},
    rb"\x1aE\xdf\xa3": {".webm"},
    rb"ID3|\xff[\xe0-\xff]": {".mp3"},
    rb"OggS": {".ogg"},
    rb"RIFF.{4}WAVE": {".wav"},
    rb".{0,1024}%PDF": {".pdf"},
    rb"PK": {".docx", ".pptx", ".xlsx", ".odt", ".odp", ".epub", ".zip"},
}
_SIGNS = {ending: sign for sign, endings in _RIGHT.items() for ending in endings}
_utf8 = getincrementaldecoder("utf-8")


def kind_of(beginning: bytes) -> str:
    """The kind of a file, by its first bytes; empty where it is none of those that are known."""
    known = (PICTURES | OTHERS).items()
    return next((kind for kind, sign in known if re.match(sign, beginning, re.DOTALL)), "")


def is_text(beginning: bytes) -> bool:
    """Whether the first bytes of a file are text."""
    with suppress(UnicodeDecodeError):
        return "\0" not in _utf8().decode(beginning)  # which takes a character that is cut in two at the end
    return False


def why_not_as_named(name: str, beginning: bytes) -> dict[str, str]:
    """What a problem says of a file that holds something else than its name says; nothing where that is not sure.

    Args:
        name: of the file.
        beginning: its first bytes.
    """
    if not beginning:
        return {"reason": "@picture-empty"}
    sign = _SIGNS.get(PurePosixPath(name).suffix.lower())
    if sign is None or re.match(sign, beginning, re.DOTALL):
        return {}
    if kind := kind_of(beginning):
        return {"reason": "@picture-other", "kind": kind}
    return {"reason": "@text-inside"} if is_text(beginning) else {}
