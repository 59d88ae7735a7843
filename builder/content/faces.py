"""Faces: what other pages show of a resource or a textbook, and what is checked between records.

A record in full is needed only where its own page is made. All that lists, links, feeds and rules ask of it is here,
small enough to keep for every record of a catalogue, to be stored between builds and to be hashed: a page that lists a
record changes only when its face does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Day  # noqa: N812 - a field is called so

from msgspec import Struct

from builder.content.prose import Target

Step = str | int
LocalisedText = str | dict[str, str]


class CoverFace(Struct, frozen=True, array_like=True):
    """A given picture: the file's name beside the record, and its text alternative."""

    file: str
    alt: LocalisedText


class TextFace(Struct, frozen=True, array_like=True):
    """The links and headings of a text.

    Args:
        record: the record that the text belongs to, as an editor would name it.
        path: where it stands in the file's YAML; empty for a Markdown body.
        targets: its links and pictures within the site, and its links to whole addresses, which may be of the site too.
        anchors: IDs of its headings.
    """

    record: str
    path: tuple[Step, ...]
    targets: tuple[Target, ...]
    anchors: tuple[str, ...]


class NamedFile(Struct, frozen=True, array_like=True):
    """A file that a record names, by its path from the site's folder; whether browsers are to show it as a picture."""

    file: str
    is_cover: bool
    is_picture: bool


class ResourceFace(Struct, frozen=True, array_like=True, tag=True):
    """A learning resource as others show it; the fields are those of its form.

    Args:
        opening: the beginning of its text, for lists, where it has no summary.
        authors: their names.
        texts: its body, where that has links or headings.
        files: that it names.
    """

    id: str
    section: str
    column: str
    file: str
    title: LocalisedText
    summary: LocalisedText | None
    opening: str
    kind: str
    date: Day
    updated: Day | None
    also_in: tuple[str, ...]
    audience: tuple[str, ...]
    stages: tuple[str, ...]
    grades: tuple[int, ...]
    subjects: tuple[str, ...]
    authors: tuple[str, ...]
    language: str | None
    cover: CoverFace | None
    status: str
    publish: Day | None
    expires: Day | None
    replaced_by: str | None
    aliases: tuple[str, ...]
    texts: tuple[TextFace, ...]
    files: tuple[NamedFile, ...]

    @property
    def changed(self) -> str:
        """ISO date of the last change."""
        return (self.updated or self.date).isoformat()

    @property
    def is_updated(self) -> bool:
        """Whether it has been changed after the day of its publication."""
        return self.updated is not None and self.updated != self.date


class LessonFace(Struct, frozen=True, array_like=True):
    """A lesson as others show it: `hours` is how many class hours it has."""

    id: str
    title: LocalisedText
    hours: int
    aliases: tuple[str, ...]


class BookFace(Struct, frozen=True, array_like=True, tag=True):
    """A textbook as others show it; the fields are those of its form.

    Args:
        units: the lessons of each unit.
        class_hours: of all lessons.
        with_material: those of them that have assets.
        texts: those of its class hours' texts that have links or headings.
        files: that it names.
    """

    id: str
    file: str
    title: LocalisedText
    stage: str
    subject: str
    edition: str
    grades: tuple[int, ...]
    volume: str
    generation: str | None
    language: str | None
    cover: CoverFace | None
    aliases: tuple[str, ...]
    units: tuple[tuple[LessonFace, ...], ...]
    class_hours: int
    with_material: int
    texts: tuple[TextFace, ...]
    files: tuple[NamedFile, ...]

    @property
    def lessons(self) -> Iterator[tuple[tuple[Step, ...], LessonFace]]:
        """All lessons in the book's order, each with its path in the file."""
        for u, unit in enumerate(self.units):
            for place, lesson in enumerate(unit):
                yield ("units", u, "lessons", place), lesson
