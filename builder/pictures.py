"""Files that records name: which of them are published, where, how large; covers in the sizes that screens need."""

from __future__ import annotations

import hashlib
import io
import os
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

import PIL
from PIL import Image, ImageOps, UnidentifiedImageError, features

from builder.content.catalogue import Article, Catalogue, Topic, faces, small_records
from builder.content.desk import name_of
from builder.content.entries import named_files, namings
from builder.content.faces import BookFace, NamedFile, ResourceFace
from builder.content.places import Places
from builder.content.reader import read_file
from builder.digest import digest
from builder.inputs import Inputs, read_again
from builder.media import Attachment, Media, Size, Variant
from builder.problems import ChangedError, Place, Problem
from builder.system import reason_of

WIDTHS = (320, 640, 1280)  # CSS pixels of a card, and twice and four times as many for dense screens
# What shapes the bytes of a made picture; the codecs' versions belong to it.
RECIPE = " ".join(["1", PIL.__version__, *(str(features.version(name)) for name in ("avif", "webp", "jpg"))])
_UNSAFE = re.compile(r"[^\w.-]+")
_SEAL = 16  # bytes in front of a cached picture, by which it is known to be whole
_LONGEST_STEM = 80  # bytes; with digest and ending still a name for any file system
_MODERN = (
    ("image/avif", "AVIF", ".avif", {"quality": 55, "max_threads": 1}),
    ("image/webp", "WEBP", ".webp", {"quality": 76, "method": 6}),
)
_FALLBACK = ("image/jpeg", "JPEG", ".jpg", {"quality": 80, "optimize": True, "progressive": True})
# How files of each kind begin; only Pillow's own are pictures that may be named, and covers are made of them.
_OURS = {
    "JPEG": rb"\xff\xd8\xff",
    "PNG": rb"\x89PNG",
    "WebP": rb"RIFF.{4}WEBP",
    "GIF": rb"GIF8",
    "AVIF": rb".{4}ftypavi[fs]",
    "BMP": rb"BM.{4}\0{4}",
    "TIFF": rb"II\*\0|MM\0\*",
}
_OTHERS = {
    "HEIC": rb".{4}ftyp(?:he[iv]|mif1|msf1)",  # the brands of ISO/IEC 23008-12
    "JPEG XL": rb"\xff\x0a|\0\0\0\x0cJXL ",
    "MP4": rb".{4}ftyp",
    "PDF": rb"%PDF",
    "PSD": rb"8BPS",
    "ZIP (docx, pptx, xlsx)": rb"PK\x03\x04",
    "HTML": rb".*<(?i:html|!doctype html)\b",
    "SVG": rb".*<svg\b",
}
_BEGINNING = 4096  # bytes in which the kind of a file is looked for
_utf8 = getincrementaldecoder("utf-8")
Named = ResourceFace | BookFace | Topic | Article
Encoding = tuple[str, str, str, dict[str, object]]


def find_media(
    site: Path, catalogue: Catalogue, inputs: Inputs, places: Places, known: Mapping[str, Size]
) -> tuple[Media, list[Problem]]:
    """Looks up every file that a published record names, and opens every picture once.

    Args:
        site: the site's folder.
        catalogue: the content; that its files exist has been checked.
        inputs: digests and sizes of all files.
        places: finds where a record names a picture.
        known: sizes of pictures that have been opened before, by digest.

    Returns:
        The media, and problems of files that cannot be read, or not as pictures.

    Raises:
        ChangedError: a picture, or the record that names one, was saved since it was looked at.
    """
    media = Media({}, {}, {})
    problems: list[Problem] = []
    amiss: dict[str, dict[str, str]] = {}
    unreadable: set[str] = set()
    for record, named in _named(catalogue):
        file = named.file
        if file not in catalogue.attachments:
            continue
        found = inputs.files[file]
        if not found.digest:
            unreadable.add(file)
            continue
        if named.is_picture and found.digest not in media.sizes and file not in amiss:
            measured = known.get(found.digest) or _measured(read_again(site, file, found.digest))
            if isinstance(measured, dict):
                amiss[file] = measured
            else:
                media.sizes[found.digest] = measured
        if named.is_picture and file in amiss:
            problems += _bad_picture(site, record, named, amiss[file], places)
        size = media.sizes.get(found.digest, (0, 0))
        if not named.is_cover:
            address = _address(file, found.digest, PurePosixPath(file).suffix.lower())
            media.attachments[file] = Attachment(file, address, found.stamp.size, found.sha256, *size)
        elif file not in media.covers and file not in amiss:
            media.covers[file] = tuple(_variants(file, found.digest, size))
    return media, [*(_unreadable(site, file) for file in sorted(unreadable)), *problems]


def _unreadable(site: Path, file: str) -> Problem:
    """A file that could not be read when it was looked at."""
    try:
        with (site / file).open("rb"):
            raise ChangedError(file)
    except OSError as error:
        return Problem("unreadable-file", Place(file), facts=reason_of(error))


def _bad_picture(
    site: Path, record: Named, named: NamedFile, reason: dict[str, str], places: Places
) -> Iterator[Problem]:
    """A picture that cannot be read, at each place where a record names it."""
    full: Any = record
    if isinstance(record, (ResourceFace, BookFace)):
        full = read_file(site, "resource" if isinstance(record, ResourceFace) else "textbook", record.file).value
    if full is None:
        raise ChangedError(record.file)
    facts = {"value": PurePosixPath(named.file).name, **reason}
    found = (
        places.in_text(record.file, target) if target else places.of(record.file, path)
        for other, path, target in namings(full)
        if other == named
    )
    for place in dict.fromkeys(found):
        yield Problem("bad-picture", place, name_of(record.title, record.id), facts)


def _measured(raw: bytes) -> Size | dict[str, str]:
    """Width and height of a picture as it is shown, or what a problem says of one that cannot be used.

    It is read to its end, so what is damaged is found.
    """
    try:
        with Image.open(io.BytesIO(raw)) as opened:
            opened.load()
            return ImageOps.exif_transpose(opened).size
    except Image.DecompressionBombError:
        return {"reason": "@picture-too-large"}
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return _why_unreadable(raw)


def _why_unreadable(raw: bytes) -> dict[str, str]:
    """What a file that is no picture to us seems to be."""
    beginning = raw[:_BEGINNING]
    for kinds, reason in ((_OURS, "@picture-damaged"), (_OTHERS, "@picture-other")):
        for kind, sign in kinds.items():
            if re.match(sign, beginning, re.DOTALL):
                return {"reason": "@picture-heic" if kind == "HEIC" else reason, "kind": kind}
    if not raw:
        return {"reason": "@picture-empty"}
    with suppress(UnicodeDecodeError):
        if "\0" not in _utf8().decode(beginning):  # which takes a character that is cut in two at the end
            return {"reason": "@picture-text"}
    return {"reason": "@picture-unknown"}


def drawn(site: Path, variant: Variant, *, cached: bool = True) -> bytes:
    """A cover in one size and format.

    Args:
        site: the site's folder.
        variant: what to make; its address names the picture's content and the recipe.
        cached: take it from the site's cache where it has been made before; a damaged copy is made anew.

    Raises:
        ChangedError: the picture was saved since its digest was taken.
    """
    kept = site / ".cache" / "pictures" / variant.address.removeprefix("assets/")
    if cached and (content := _checked(kept)):
        return content
    content = _draw(site, variant)
    if cached:
        with suppress(OSError):  # a folder that cannot be written to is no reason to stop
            kept.parent.mkdir(parents=True, exist_ok=True)
            aside = kept.with_name(f"{kept.name}.{os.urandom(8).hex()}")  # another machine may draw the same
            try:
                aside.write_bytes(_seal(content) + content)
                aside.replace(kept)
            finally:
                aside.unlink(missing_ok=True)
    return content


def _checked(kept: Path) -> bytes:
    """What the cache keeps in a file, if it is whole."""
    try:
        sealed = kept.read_bytes()
    except OSError:
        return b""
    content = sealed[_SEAL:]
    return content if _seal(content) == sealed[:_SEAL] else b""


def _seal(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SEAL).digest()


def _draw(site: Path, variant: Variant) -> bytes:
    _, name, _, options = next(e for e in (*_MODERN, _FALLBACK) if e[0] == variant.media_type)
    with Image.open(io.BytesIO(read_again(site, variant.file, variant.digest))) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    picture = paper
    picture = picture.resize((variant.width, variant.height), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    picture.save(target, name, **options)
    return target.getvalue()


def _variants(file: str, content: str, size: Size) -> Iterator[Variant]:
    """All sizes and formats of a cover; `content` is its digest, `size` that of the whole picture."""
    full_width, full_height = size
    named = digest(f"{content} {RECIPE}".encode())
    widths = [width for width in WIDTHS if width < full_width] or [full_width]
    if full_width <= WIDTHS[-1] and full_width not in widths:
        widths.append(full_width)
    for media_type, _, suffix, _ in (*_MODERN, _FALLBACK):
        for width in widths:
            height = max(1, round(full_height * width / full_width))
            yield Variant(file, content, _address(file, named, suffix, width), media_type, width, height)


def _address(file: str, named: str, suffix: str, width: int = 0) -> str:
    """Immutable, so named by content; in a folder for each column, so that no folder grows without end."""
    path = PurePosixPath(file)
    stem = _UNSAFE.sub("-", path.stem).encode()[:_LONGEST_STEM].decode(errors="ignore").strip(".-") or "file"
    stem = f"{stem}-{width}" if width else stem
    suffix = _UNSAFE.sub("", suffix)
    return f"assets/{path.parts[-2]}/{stem}.{named[:10]}{suffix}"


def _named(catalogue: Catalogue) -> Iterator[tuple[Named, NamedFile]]:
    """All files that published records name, with the record."""
    for face in faces(catalogue):
        yield from ((face, named) for named in face.files)
    for record in small_records(catalogue):
        yield from ((record, named) for named in dict.fromkeys(named_files(record)))
