"""Files that records name: which of them are published, where, how large; covers in the sizes that screens need."""

from __future__ import annotations

import inspect
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import PIL
from PIL import Image, ImageOps, features

from builder.content.beginnings import BEGINNING, PICTURES, is_text, kind_of, why_not_as_named
from builder.content.catalogue import Article, Catalogue, Topic, faces, small_records
from builder.content.desk import name_of
from builder.content.entries import named_files, namings
from builder.content.faces import BookFace, NamedFile, ResourceFace
from builder.content.places import Places
from builder.content.reader import read_file
from builder.digest import digest
from builder.inputs import Inputs, read_again
from builder.media import Attachment, Looked, Media, Size, Variant
from builder.problems import ChangedError, Place, Problem
from builder.sealed import read_sealed, write_sealed
from builder.system import reason_of

WIDTHS = (320, 640, 1280)  # CSS pixels of a card, and twice and four times as many for dense screens
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST_STEM = 80  # bytes; with digest and ending still a name for any file system
_ENCODINGS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (  # best first; the last is shown by every browser
    ("image/avif", "AVIF", ".avif", {"quality": 55, "max_threads": 1}),
    ("image/webp", "WEBP", ".webp", {"quality": 76, "method": 6}),
    ("image/jpeg", "JPEG", ".jpg", {"quality": 80, "optimize": True, "progressive": True}),
)
# Every picture is of a kind that browsers show; covers too, so that a picture of a text may stand for it.
_SHOWN = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")  # the names of Pillow, which would open many more
MOST_PIXELS = 60_000_000  # of a picture; the best phones take 50 million, and each takes up to eight bytes of memory
_MOST_HIGH = 16_383  # of what WebP holds (RFC 9649, 2.6)
Named = ResourceFace | BookFace | Topic | Article


class Amiss(NamedTuple):
    """Why a picture cannot be used: the code of a problem, and its facts."""

    code: str
    facts: dict[str, str]


def find_media(
    site: Path, catalogue: Catalogue, inputs: Inputs, places: Places, known: Looked
) -> tuple[Media, list[Problem]]:
    """Looks up every file that a published record names, and opens every picture once.

    Args:
        site: the site's folder.
        catalogue: the content; that its files exist has been checked.
        inputs: digests and sizes of all files.
        places: finds where a record names a picture.
        known: what was found in files that have been opened before.

    Returns:
        The media, and problems of pictures that cannot be read and of other files that are not what they are called.

    Raises:
        ChangedError: a picture, or the record that names one, was saved since it was looked at.
    """
    media = Media()
    problems: list[Problem] = []
    amiss: dict[tuple[str, bool], Amiss | None] = {}
    unreadable: set[str] = set()
    for record, named in _named(catalogue):
        name, file = named.file, catalogue.attachments.get(named.file)
        if file is None:
            continue
        found = inputs.files[file]
        if not found.digest:
            unreadable.add(file)
            continue
        use = (name, named.is_picture)
        if use not in amiss:
            look = _look_at_picture if named.is_picture else _look_at_other
            amiss[use] = look(site, file, found.digest, known, media.looked)
        size = media.looked.sizes.get(found.digest, (0, 0))
        wrong = amiss[use] or (_no_cover(size) if named.is_cover else None)
        if wrong is not None:
            problems += _told(site, record, named, wrong, places)
        if not named.is_cover:
            address = _address(name, found.digest, _ending(file))
            media.attachments[name] = Attachment(file, address, found.stamp.size, found.sha256, *size)
        elif name not in media.covers and wrong is None:
            media.covers[name] = tuple(_variants(name, file, found.digest, size))
    return media, [*(_unreadable(site, file) for file in sorted(unreadable)), *problems]


def _unreadable(site: Path, file: str) -> Problem:
    """A file that could not be read when it was looked at."""
    try:
        with (site / file).open("rb"):
            raise ChangedError(file)
    except OSError as error:
        return Problem("unreadable-file", Place(file), facts=reason_of(error))


def _look_at_picture(site: Path, file: str, content: str, known: Looked, looked: Looked) -> Amiss | None:
    """Notes the size of a picture, given by the digest of its content, or says why it cannot be used."""
    if content not in looked.sizes:
        size = known.sizes.get(content) or _measured(read_again(site, file, content))
        if isinstance(size, Amiss):
            return size
        looked.sizes[content] = size
    return None


def _look_at_other(site: Path, file: str, content: str, known: Looked, looked: Looked) -> Amiss | None:
    """Notes that another file is what its name says, or says why it is not."""
    kind = content + _ending(file)
    if kind not in known.as_named and (unlike := why_not_as_named(file, _beginning(site, file))):
        return Amiss("not-as-named", unlike)
    looked.as_named.add(kind)
    return None


def _ending(file: str) -> str:
    return PurePosixPath(file).suffix.lower()


def _beginning(site: Path, file: str) -> bytes:
    """The first bytes of a file; videos are too large to be read again for what they are."""
    try:
        with (site / file).open("rb") as opened:
            return opened.read(BEGINNING)
    except FileNotFoundError as error:
        raise ChangedError(file) from error


def _told(site: Path, record: Named, named: NamedFile, amiss: Amiss, places: Places) -> Iterator[Problem]:
    """What is amiss with a file, at each place where a record names it."""
    full: Any = record
    if isinstance(record, (ResourceFace, BookFace)):
        full = read_file(site, "resource" if isinstance(record, ResourceFace) else "textbook", record.file).value
    if full is None:
        raise ChangedError(record.file)
    facts = {"value": PurePosixPath(named.file).name, **amiss.facts}
    found = (
        places.in_text(record.file, target) if target else places.of(record.file, path)
        for other, path, target in namings(full)
        if other == named
    )
    for place in dict.fromkeys(found):
        yield Problem(amiss.code, place, name_of(record.title, record.id), facts)


def _measured(raw: bytes) -> Size | Amiss:
    """Width and height of a picture as it is shown, or why it cannot be used.

    It is read to its end, so what is damaged is found.
    """
    try:
        with _opened(raw) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            picture.load()
            ImageOps.exif_transpose(picture, in_place=True)
            return picture.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Amiss("picture-too-large", {"limit": f"{MOST_PIXELS:,}"})
    except Exception:  # decoders raise what they like of foreign bytes
        return Amiss("bad-picture", _why_unreadable(raw))


@contextmanager
def _opened(raw: bytes) -> Iterator[Image.Image]:
    """A picture of a kind that browsers show; what Pillow remarks of it would be on the terminal without a place."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(raw), formats=_SHOWN) as picture:
            yield picture


def _no_cover(size: Size) -> Amiss | None:
    """Why a picture cannot be a cover, if that is so: it would be drawn higher than a format allows."""
    width, height = size
    if _height(size, min(width, WIDTHS[-1])) <= _MOST_HIGH:
        return None
    return Amiss("cover-too-high", {"width": str(width), "height": str(height)})


def _why_unreadable(raw: bytes) -> dict[str, str]:
    """What a file that is no picture to us seems to be."""
    beginning = raw[:BEGINNING]
    if kind := kind_of(beginning):
        reason = "@picture-damaged" if kind in PICTURES else "@picture-heic" if kind == "HEIC" else "@picture-other"
        return {"reason": reason, "kind": kind}
    if not raw:
        return {"reason": "@picture-empty"}
    if is_text(beginning):
        return {"reason": "@picture-text"}
    return {"reason": "@picture-unknown"}


def drawn(site: Path, variants: Sequence[Variant], *, cached: bool = True) -> Iterator[bytes]:
    """A cover in several sizes and formats, one after the other; the picture is opened once, if any must be drawn.

    Args:
        site: the site's folder.
        variants: what to make of one picture; their addresses name its content and the recipe.
        cached: take from the site's cache what has been made before; a damaged copy is made anew.

    Raises:
        ChangedError: the picture was saved since its digest was taken.
    """
    paper: Image.Image | None = None
    shrunk: dict[Size, Image.Image] = {}
    for variant in variants:
        kept = site / ".cache" / "pictures" / variant.address.removeprefix("assets/")
        if cached and (content := read_sealed(kept, bytes, variant.address)):
            yield content
            continue
        size = variant.width, variant.height
        if size not in shrunk:
            paper = paper or _on_paper(read_again(site, variant.file, variant.digest))
            shrunk[size] = _shrunk(paper, size)
        content = _encoded(shrunk[size], variant.media_type)
        if cached:
            with suppress(OSError):  # a folder that cannot be written to is no reason to stop
                write_sealed(kept, content, variant.address, durable=False)
        yield content


def _on_paper(raw: bytes) -> Image.Image:
    """A picture as it is shown, on white where one sees through it."""
    with _opened(raw) as picture:
        ImageOps.exif_transpose(picture, in_place=True)
        paper: Image.Image = picture
        if picture.mode.startswith("I"):  # grey in 16 bits, of which Pillow would show all but the darkest as white
            paper = picture.convert("I").point(lambda grey: grey * (1 / 257)).convert("L").convert("RGB")
        elif picture.has_transparency_data:
            seen = picture if picture.mode == "RGBA" else picture.convert("RGBA")  # a copy would take as much memory
            paper = Image.new("RGB", seen.size, "white")
            paper.paste(seen, mask=seen)
        elif picture.mode != "RGB":
            paper = picture.convert("RGB")
    paper.info.clear()  # what a camera or an editor's program noted is not for readers, and some encoders would keep it
    return paper


def _shrunk(paper: Image.Image, size: Size) -> Image.Image:
    return paper.resize(size, Image.Resampling.LANCZOS)


def _encoded(picture: Image.Image, media_type: str) -> bytes:
    _, name, _, options = next(encoding for encoding in _ENCODINGS if encoding[0] == media_type)
    target = io.BytesIO()
    picture.save(target, name, **options)
    return target.getvalue()


def _height(size: Size, width: int) -> int:
    """Of a picture that is drawn in a width."""
    full_width, full_height = size
    return max(1, round(full_height * width / full_width))


def _recipe() -> str:
    """What shapes the bytes of a cover: sizes, encodings, the way of drawing, and the libraries."""
    versions = (f"{name} {features.version(name)}" for name in ("avif", "webp", "libjpeg_turbo", "jpg"))
    drawing = (inspect.getsource(part) for part in (_opened, _on_paper, _shrunk, _encoded, _height))
    return digest(repr((WIDTHS, _ENCODINGS, PIL.__version__, *versions, *drawing)).encode())


RECIPE = _recipe()  # a part of covers' addresses


def _variants(name: str, file: str, content: str, size: Size) -> Iterator[Variant]:
    """All sizes and formats of a cover; `content` is its digest, `size` that of the whole picture."""
    full_width, _ = size
    named = digest(f"{content} {RECIPE}".encode())
    widths = [width for width in WIDTHS if width < full_width] or [full_width]
    if full_width <= WIDTHS[-1] and full_width not in widths:
        widths.append(full_width)
    for media_type, _, suffix, _ in _ENCODINGS:
        for width in widths:
            yield Variant(file, content, _address(name, named, suffix, width), media_type, width, _height(size, width))


def _address(name: str, named: str, suffix: str, width: int = 0) -> str:
    """Immutable, so named by content; in a folder for each column, so that no folder grows without end."""
    path = PurePosixPath(name)
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
