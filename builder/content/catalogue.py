"""The Catalogue: all that editors wrote and that is published today, linked and frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from builder.content.faces import BookFace, ResourceFace
from builder.content.model import (
    ArticleForm,
    Asset,
    ColumnForm,
    FigureForm,
    GradeTerm,
    HotlineForm,
    HourForm,
    LanguageTerm,
    LessonForm,
    LicenceTerm,
    LinkForm,
    RedirectForm,
    ResourceForm,
    SectionForm,
    StageTerm,
    Term,
    TextbookForm,
    TopicForm,
    UnitForm,
)
from builder.content.prose import Prose
from builder.reading.fields import Localised


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that records choose from, each list by ID in the order shown."""

    stages: dict[str, StageTerm]
    grades: dict[int, GradeTerm]
    subjects: dict[str, Term]
    editions: dict[str, Term]
    volumes: dict[str, Term]
    kinds: dict[str, Term]
    audiences: dict[str, Term]
    languages: dict[str, LanguageTerm]
    licences: dict[str, LicenceTerm]


@dataclass(frozen=True, slots=True)
class Resource:
    """A learning resource of a column."""

    id: str
    section: str
    column: str
    form: ResourceForm
    body: Prose
    file: str

    @property
    def title(self) -> Localised:
        """Its title."""
        return self.form.title


@dataclass(frozen=True, slots=True)
class Column:
    """A list of resources in a section; `resources` are newest first and include those listed from elsewhere."""

    id: str
    section: str
    form: ColumnForm
    resources: tuple[ResourceFace, ...]
    file: str

    @property
    def title(self) -> Localised:
        """Its title."""
        return self.form.title

    @property
    def shows_textbooks(self) -> bool:
        """Whether its page leads to the textbooks."""
        return self.form.layout == "textbooks"


@dataclass(frozen=True, slots=True)
class Section:
    """One of the main divisions; its columns in their order."""

    id: str
    form: SectionForm
    columns: tuple[Column, ...]
    file: str

    @property
    def title(self) -> Localised:
        """Its title."""
        return self.form.title

    @property
    def shows_textbooks(self) -> bool:
        """Whether one of its columns does."""
        return any(column.shows_textbooks for column in self.columns)


@dataclass(frozen=True, slots=True)
class ClassHour:
    """A class hour: a resource with a page of its own. `number` counts within the lesson, from 1."""

    number: int
    form: HourForm | LessonForm
    summary: Prose

    @property
    def assets(self) -> tuple[Asset, ...]:
        """What the reader gets."""
        return self.form.assets


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson with at least one class hour."""

    id: str
    form: LessonForm
    hours: tuple[ClassHour, ...]

    @property
    def title(self) -> Localised:
        """Its title."""
        return self.form.title


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a textbook."""

    form: UnitForm
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Textbook:
    """A textbook with its units."""

    id: str
    form: TextbookForm
    units: tuple[Unit, ...]
    file: str

    @property
    def title(self) -> Localised:
        """Its title."""
        return self.form.title

    @property
    def grades(self) -> tuple[int, ...]:
        """Its grades; none in senior high school."""
        grade = self.form.grade
        return () if grade is None else (grade,) if isinstance(grade, int) else grade

    @property
    def lessons(self) -> Iterator[tuple[Unit, Lesson]]:
        """All lessons with their units, in the book's order."""
        return ((unit, lesson) for unit in self.units for lesson in unit.lessons)

    @property
    def class_hours(self) -> int:
        """How many class hours it has."""
        return sum(len(lesson.hours) for unit in self.units for lesson in unit.lessons)

    @property
    def with_material(self) -> int:
        """How many of its class hours have something to watch, hear, read or fill in."""
        return sum(bool(hour.assets) for unit in self.units for lesson in unit.lessons for hour in lesson.hours)


@dataclass(frozen=True, slots=True)
class Topic:
    """A special topic that gathers columns and resources."""

    id: str
    form: TopicForm
    columns: tuple[Column, ...]
    resources: tuple[ResourceFace, ...]
    body: Prose
    file: str

    @property
    def title(self) -> Localised:
        """Its title."""
        return self.form.title

    @property
    def shows_textbooks(self) -> bool:
        """Whether one of its columns does."""
        return any(column.shows_textbooks for column in self.columns)


@dataclass(frozen=True, slots=True)
class Article:
    """A page of text such as about or help."""

    id: str
    form: ArticleForm
    body: Prose
    file: str

    @property
    def title(self) -> Localised:
        """Its title."""
        return self.form.title


@dataclass(frozen=True)
class Catalogue:
    """Everything that is published on the day of the build; resources and textbooks by their faces.

    Args:
        vocabulary: the words that records choose from.
        sections: in their order, with columns and resources.
        textbooks: by ID, in the order of stage, subject, edition, grade and volume.
        topics: in their order.
        articles: in their order.
        links: linked professional sites.
        hotlines: those verified recently enough.
        figures: published figures.
        redirects: former addresses.
        hidden: resources that are written but not published today (draft, scheduled, expired, retired), by ID.
        early: IDs of scheduled resources that are shown before their day.
        unread: files that a mistake keeps out, so that what they hold is missing here.
        attachments: paths of all files beside the records, by the composed form of these paths, which records name.
    """

    vocabulary: Vocabulary
    sections: tuple[Section, ...]
    textbooks: dict[str, BookFace]
    topics: tuple[Topic, ...]
    articles: tuple[Article, ...]
    links: tuple[LinkForm, ...]
    hotlines: tuple[HotlineForm, ...]
    figures: tuple[FigureForm, ...]
    redirects: tuple[RedirectForm, ...]
    hidden: dict[str, ResourceFace]
    early: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()
    attachments: dict[str, str] = field(default_factory=dict)

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Columns by ID, in the order of the sections."""
        return {column.id: column for section in self.sections for column in section.columns}

    @cached_property
    def resources(self) -> dict[str, ResourceFace]:
        """Published resources by ID, each once, in the order of the columns."""
        return {
            resource.id: resource
            for column in self.columns.values()
            for resource in column.resources
            if resource.column == column.id
        }

    @cached_property
    def class_hours(self) -> int:
        """Class hours of all textbooks."""
        return sum(book.class_hours for book in self.textbooks.values())


def faces(catalogue: Catalogue) -> Iterator[ResourceFace | BookFace]:
    """All published resources and textbooks."""
    yield from catalogue.resources.values()
    yield from catalogue.textbooks.values()


def small_records(catalogue: Catalogue) -> Iterator[Topic | Article]:
    """The records with a text of their own that are kept in full."""
    yield from catalogue.topics
    yield from catalogue.articles
