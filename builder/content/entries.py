"""What a build keeps of a file: the record, or of a large one its face; what it refers to; what is wrong with it.

An entry is a pure function of a file's path and bytes. So files can be read side by side, and an entry can be kept for
as long as the bytes stay the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from msgspec import Raw, Struct
from msgspec.msgpack import Decoder, Encoder

from builder.content.catalogue import Article, ClassHour, Lesson, Resource, Textbook, Topic
from builder.content.desk import name_of
from builder.content.faces import BookFace, CoverFace, LessonFace, NamedFile, ResourceFace, TextFace
from builder.content.files import Role, beside
from builder.content.media_types import TYPES, media_type
from builder.content.model import Asset, Cover
from builder.content.prose import Prose, Target
from builder.digest import digest as digest_of
from builder.problems import Problem, count
from builder.reading.repair import Steps
from builder.reading.yaml import Step


@dataclass(frozen=True, slots=True)
class Entry:
    """What a build keeps of a file.

    Args:
        role: what the file is, by its place.
        file: path from the site's folder.
        value: the face of a resource or textbook, any other record as it is, the forms of a list; nothing where the
            file cannot be read.
        problems: of its form, however other files may be.
        findings: what its own rules say of it, as long as all that it wants is there.
        wants: pairs of what kind of thing it refers to and its name.
        mended: paths of values that are not as they were written, because they were wrong.
    """

    role: Role
    file: str
    value: Any
    problems: list[Problem]
    findings: list[Problem]
    wants: frozenset[tuple[str, str]]
    mended: frozenset[Steps] = frozenset()


class KeptEntry(Struct, frozen=True, array_like=True):
    """The entry of a resource or textbook: all other records are small enough to be read each time."""

    role: Role
    file: str
    face: ResourceFace | BookFace
    problems: tuple[Problem, ...]
    findings: tuple[Problem, ...]
    wants: tuple[tuple[str, str], ...]


class Read(NamedTuple):
    """A file that has been read.

    Args:
        file: path from the site's folder.
        digest: of its bytes; empty where there were none.
        entry_digest: of its entry as it is kept between builds; empty where it is not.
        encoded: that entry.
        entry: the entry where it is not kept.
    """

    file: str
    digest: str
    entry_digest: str
    encoded: bytes
    entry: Entry | None


_encoder = Encoder()
_decoder = Decoder(KeptEntry)


def read_of(digest: str, entry: Entry) -> Read:
    """A file that has been read; what it holds is kept unless it has errors, or is a small record.

    Args:
        digest: of its bytes.
        entry: of the file.
    """
    face = entry.value
    if not isinstance(face, (ResourceFace, BookFace)) or entry.mended or count(entry.problems, "error"):
        return Read(entry.file, digest, "", b"", entry)
    problems, findings = tuple(entry.problems), tuple(entry.findings)
    encoded = _encoder.encode(KeptEntry(entry.role, entry.file, face, problems, findings, tuple(sorted(entry.wants))))
    return Read(entry.file, digest, digest_of(encoded), encoded, None)


def taken_out(encoded: bytes | Raw) -> Entry:
    """An entry that was kept."""
    one = _decoder.decode(encoded)
    return Entry(one.role, one.file, one.face, list(one.problems), list(one.findings), frozenset(one.wants))


def face_of(record: Any) -> Any:
    """The face of a record that has one, any other as it is."""
    match record:
        case Resource():
            return _resource(record)
        case Textbook():
            return _book(record)
    return record


def _resource(resource: Resource) -> ResourceFace:
    form = resource.form
    return ResourceFace(
        resource.id,
        resource.section,
        resource.column,
        resource.file,
        form.title,
        form.summary,
        resource.body.summary if form.summary is None else "",
        form.kind,
        form.date,
        form.updated,
        form.also_in,
        form.audience,
        form.stages,
        form.grades,
        form.subjects,
        tuple(who.name for who in form.authors),
        form.language,
        _cover(form.cover),
        form.status,
        form.publish,
        form.expires,
        form.replaced_by,
        form.aliases,
        tuple(text_faces(resource)),
        tuple(dict.fromkeys(named_files(resource))),
    )


def _book(book: Textbook) -> BookFace:
    form = book.form
    return BookFace(
        book.id,
        book.file,
        form.title,
        form.stage,
        form.subject,
        form.edition,
        book.grades,
        form.volume,
        form.generation,
        form.language,
        _cover(form.cover),
        form.aliases,
        tuple(
            tuple(
                LessonFace(lesson.id, lesson.form.title, len(lesson.hours), lesson.form.aliases)
                for lesson in unit.lessons
            )
            for unit in book.units
        ),
        book.class_hours,
        book.with_material,
        tuple(text_faces(book)),
        tuple(dict.fromkeys(named_files(book))),
    )


def _cover(cover: Cover | None) -> CoverFace | None:
    return CoverFace(cover.file, cover.alt) if cover else None


def text_faces(record: Resource | Textbook | Topic | Article) -> Iterator[TextFace]:
    """The faces of a record's texts that have links within the site, or that may be of it, or headings."""
    for name, path, body in _texts(record):
        targets = tuple(target for target in body.targets if not target.is_external or target.may_be_own)
        if targets or body.headings:
            yield TextFace(name, path, targets, body.anchors)


def _texts(record: Resource | Textbook | Topic | Article) -> Iterator[tuple[str, tuple[Step, ...], Prose]]:
    if not isinstance(record, Textbook):
        if record.body.targets or record.body.headings:
            yield name_of(record.title, record.id), (), record.body
        return
    for u, unit in enumerate(record.units):
        for place, lesson in enumerate(unit.lessons):
            for path, hour in _hours_of(lesson, ("units", u, "lessons", place)):
                if hour.summary.targets:
                    yield name_of(lesson.title, lesson.id), (*path, "summary"), hour.summary


def _hours(book: Textbook) -> Iterator[tuple[tuple[Step, ...], ClassHour]]:
    """The class hours of a textbook, each with the path of its fields."""
    for u, unit in enumerate(book.units):
        for place, lesson in enumerate(unit.lessons):
            yield from _hours_of(lesson, ("units", u, "lessons", place))


def _hours_of(lesson: Lesson, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], ClassHour]]:
    for number, hour in enumerate(lesson.hours):
        yield (*path, "hours", number) if lesson.form.hours else path, hour


def named_files(record: Resource | Textbook | Topic | Article) -> Iterator[NamedFile]:
    """Every file that a record names: assets, captions, pictures and downloads of its texts, its cover."""
    return (named for named, _, _ in namings(record))


def namings(
    record: Resource | Textbook | Topic | Article,
) -> Iterator[tuple[NamedFile, tuple[Step, ...], Target | None]]:
    """Every file that a record names, with the place: a path in its YAML, or a target of its Markdown body."""
    file = record.file
    cover = None if isinstance(record, Article) else record.form.cover
    if cover:
        yield NamedFile(beside(file, cover.file), True, True), ("cover", "file"), None
    if isinstance(record, Textbook):
        for path, hour in _hours(record):
            yield from _of_assets(file, hour.assets, (*path, "assets"))
    elif isinstance(record, Resource):
        yield from _of_assets(file, record.form.assets, ("assets",))
    for _, path, body in _texts(record):
        for target in body.targets:
            name = target.path
            if name and not target.is_external and not name.startswith("/") and not name.endswith(".md"):
                is_picture = _is_photograph(name) or (target.picture and not name.lower().endswith(".svg"))
                yield NamedFile(beside(file, name), False, is_picture), path, None if path else target


def _of_assets(
    file: str, assets: tuple[Asset, ...], path: tuple[Step, ...]
) -> Iterator[tuple[NamedFile, tuple[Step, ...], None]]:
    for index, asset in enumerate(assets):
        if asset.file:
            is_picture = _is_photograph(asset.file) or _is_shown_as_picture(asset)
            yield NamedFile(beside(file, asset.file), False, is_picture), (*path, index, "file"), None
        for number, caption in enumerate(asset.captions):
            if caption.file:
                yield (
                    NamedFile(beside(file, caption.file), False, False),
                    (*path, index, "captions", number, "file"),
                    None,
                )


def _is_shown_as_picture(asset: Asset) -> bool:
    """Whether an asset is to be a picture of pixels, and its name does not say that it is something else."""
    shown = media_type(asset)
    return asset.type == "picture" and shown.partition("/")[0] in {"", "image"} and shown != TYPES[".svg"]


def _is_photograph(name: str) -> bool:
    """Whether a file is called as one made of pixels; drawings in SVG are texts, and are not opened."""
    return name.lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"))
