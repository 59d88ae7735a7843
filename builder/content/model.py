"""The forms that editors fill in: what a file may say, and how it is written.

Each form is a frozen, slotted pydantic dataclass; the JSON Schema for editors and the field reference are written from
them. A form knows its own fields and nothing of other files: references are checked where all of them are known.
"""

from __future__ import annotations

from typing import Annotated, Literal

from builder.reading.fields import (
    Day,
    Grade,
    Grades,
    Id,
    Localised,
    Number,
    Period,
    Seconds,
    Sha256,
    WebAddress,
    doc,
    form,
)

Status = Literal["draft", "live", "retired"]
Layout = Literal["list", "cards", "textbooks", "links", "hotlines"]
Evidence = Literal["press", "platform-code", "inferred"]
AssetType = Literal[
    "video", "audio", "courseware", "document", "worksheet", "exercises", "lesson-plan", "picture", "textbook", "other"
]


# ---- parts of records


@form
class Person:
    """Somebody who made a resource."""

    name: Annotated[str, doc("Name as it should be shown")]
    organisation: Annotated[str | None, doc("Where they work")] = None


@form
class Teacher:
    """Who teaches a class hour."""

    name: Annotated[str, doc("Name as it should be shown")]
    school: Annotated[str | None, doc("The teacher's school")] = None


@form
class Caption:
    """A caption track (WebVTT) of a video or audio."""

    language: Annotated[str, doc("An ID of languages in vocabulary.yaml")]
    url: Annotated[WebAddress | None, doc("Address of the .vtt file")] = None
    file: Annotated[str | None, doc("A .vtt file beside this one")] = None


@form
class Asset:
    """One thing to watch, hear, read or fill in."""

    type: Annotated[AssetType, doc("What it is for")]
    title: Annotated[Localised | None, doc("Only where several of one type need telling apart")] = None
    url: Annotated[WebAddress | None, doc("Address, when it lies elsewhere")] = None
    file: Annotated[str | None, doc("Name, when it lies beside this file; it is copied with the site")] = None
    format: Annotated[
        str | None, doc("Media type; guessed from the name when left out", pattern=r"^[\w.+-]+/[\w.+-]+$")
    ] = None
    bytes: Annotated[int | None, doc("Size in bytes", ge=0)] = None
    sha256: Annotated[Sha256 | None, doc("SHA-256 of the file, 64 hexadecimal digits")] = None
    duration: Annotated[Seconds | None, doc("Length, as in PT12M30S")] = None
    captions: Annotated[tuple[Caption, ...], doc("Caption tracks")] = ()
    audience: Annotated[tuple[str, ...], doc("For whom, when not for all: IDs of audiences")] = ()


@form
class Cover:
    """A picture that stands for the record."""

    file: Annotated[str, doc("A picture beside this file (JPEG, PNG or WebP)")]
    alt: Annotated[Localised, doc("What the picture shows, for those who do not see it")]


# ---- sections and columns


@form
class SectionForm:
    """`sections/<section>/_section.yaml`: one of the main divisions."""

    title: Annotated[Localised, doc("Title")]
    summary: Annotated[Localised | None, doc("One line on what is in it")] = None
    order: Annotated[int, doc("Place among the sections, from 1", ge=0)]
    since: Annotated[Day | None, doc("Since when the section exists")] = None
    audience: Annotated[tuple[str, ...], doc("For whom: IDs of audiences")] = ()


@form
class ColumnForm:
    """`sections/<section>/<column>/_column.yaml`: a list of resources in a section."""

    title: Annotated[Localised, doc("Title")]
    summary: Annotated[Localised | None, doc("One line on what is in it")] = None
    order: Annotated[int, doc("Place among the section's columns, from 1", ge=0)]
    layout: Annotated[Layout, doc("How its content is shown")] = "list"
    evidence: Annotated[Evidence | None, doc("How we know that the column exists")] = None


# ---- resources


@form
class ResourceForm:
    """Front matter of `sections/<section>/<column>/<resource>.md`: one learning resource."""

    title: Annotated[Localised, doc("Title")]
    summary: Annotated[Localised | None, doc("One line for lists; the text's beginning when left out")] = None
    kind: Annotated[str, doc("An ID of kinds in vocabulary.yaml")]
    date: Annotated[Day, doc("When it was first published")]
    updated: Annotated[Day | None, doc("When it was last changed")] = None
    also_in: Annotated[tuple[str, ...], doc("Further columns that list it, as section/column")] = ()
    audience: Annotated[tuple[str, ...], doc("For whom: IDs of audiences")] = ()
    stages: Annotated[tuple[str, ...], doc("IDs of stages")] = ()
    grades: Annotated[tuple[Grade, ...], doc("Grades, 1 to 12")] = ()
    subjects: Annotated[tuple[str, ...], doc("IDs of subjects")] = ()
    keywords: Annotated[tuple[str, ...], doc("Words that a reader may look for")] = ()
    authors: Annotated[tuple[Person, ...], doc("Who made it")] = ()
    source: Annotated[str | None, doc("Where it comes from")] = None
    language: Annotated[
        str | None, doc("Language of the resource: an ID of languages; the site's first when left out")
    ] = None
    licence: Annotated[str | None, doc("An ID of licences; the site's when left out")] = None
    cover: Annotated[Cover | None, doc("A picture; a quiet cover is drawn when left out")] = None
    assets: Annotated[tuple[Asset, ...], doc("What the reader gets")] = ()
    status: Annotated[Status, doc("draft is seen with --drafts only; retired is no longer shown")] = "live"
    publish: Annotated[Day | None, doc("Not shown before this day")] = None
    expires: Annotated[Day | None, doc("Not shown after this day")] = None
    replaced_by: Annotated[Id | None, doc("ID of the resource that takes its place")] = None
    aliases: Annotated[tuple[str, ...], doc("Former addresses, as in after-school/culture-art/old.html")] = ()


# ---- textbooks


@form
class HourForm:
    """One class hour of a lesson: a resource with a page of its own."""

    title: Annotated[Localised | None, doc("Title, as in 第一课时")] = None
    teacher: Annotated[Teacher | None, doc("Who teaches it")] = None
    duration: Annotated[Seconds | None, doc("Length, as in PT20M")] = None
    summary: Annotated[str | None, doc("What it is about; Markdown")] = None
    assets: Annotated[tuple[Asset, ...], doc("Video, slides, worksheet, exercises, lesson plan")] = ()


@form
class LessonForm:
    """A lesson of a unit. With one class hour, the hour's fields stand on the lesson itself."""

    id: Annotated[Id, doc("ID, unique over the catalogue; it never changes")]
    title: Annotated[Localised, doc("Title as printed, in the book's language")]
    number: Annotated[int | None, doc("Number printed in the book", ge=0)] = None
    section: Annotated[str | None, doc("Part of the unit that it belongs to, as in 识字")] = None
    parts: Annotated[tuple[str, ...], doc("What the lesson is made of, such as the poems of 古诗二首")] = ()
    keywords: Annotated[tuple[str, ...], doc("Words that a reader may look for")] = ()
    note: Annotated[Localised | None, doc("What is unsure about it")] = None
    aliases: Annotated[tuple[str, ...], doc("Former addresses")] = ()
    hours: Annotated[tuple[HourForm, ...], doc("Class hours, when there are several")] = ()
    teacher: Annotated[Teacher | None, doc("Who teaches it")] = None
    duration: Annotated[Seconds | None, doc("Length, as in PT20M")] = None
    summary: Annotated[str | None, doc("What it is about; Markdown")] = None
    assets: Annotated[tuple[Asset, ...], doc("Video, slides, worksheet, exercises, lesson plan")] = ()


@form
class UnitForm:
    """A unit of a textbook."""

    title: Annotated[Localised, doc("Title as printed, in the book's language")]
    lessons: Annotated[tuple[LessonForm, ...], doc("Lessons, in their order")] = ()


@form
class TextbookForm:
    """`textbooks/<stage>/<subject>/<textbook>.yaml`: a book with its units, lessons and class hours."""

    id: Annotated[Id, doc("ID, the same as the file's name; it never changes")]
    title: Annotated[Localised, doc("Title")]
    stage: Annotated[str, doc("An ID of stages")]
    subject: Annotated[str, doc("An ID of subjects")]
    edition: Annotated[str, doc("An ID of editions")]
    grade: Annotated[Grades | None, doc("Grade, or a list of grades; left out where the book has none")] = None
    volume: Annotated[str, doc("An ID of volumes")]
    generation: Annotated[Literal["new", "old"] | None, doc("new: re-edited; old: replaced by a new one")] = None
    publisher: Annotated[str | None, doc("Publishing house")] = None
    language: Annotated[
        str | None,
        doc("Language that its units and lessons are printed in: an ID of languages; the site's first when left out"),
    ] = None
    licence: Annotated[str | None, doc("An ID of licences; left out where it is not known")] = None
    cover: Annotated[Cover | None, doc("A picture; a quiet cover is drawn when left out")] = None
    note: Annotated[Localised | None, doc("What is unsure about it")] = None
    aliases: Annotated[tuple[str, ...], doc("Former addresses")] = ()
    units: Annotated[tuple[UnitForm, ...], doc("Units, in their order")] = ()


# ---- topics, pages and the lists at the top


@form
class TopicForm:
    """Front matter of `topics/<topic>.md`: a special topic that gathers columns and resources."""

    title: Annotated[Localised, doc("Title")]
    summary: Annotated[Localised | None, doc("One line on what it gathers")] = None
    order: Annotated[int, doc("Place among the topics, from 1", ge=0)] = 0
    gathers: Annotated[tuple[Id, ...], doc("IDs of columns and resources, in their order")] = ()
    cover: Annotated[Cover | None, doc("A picture")] = None
    aliases: Annotated[tuple[str, ...], doc("Former addresses")] = ()


@form
class ArticleForm:
    """Front matter of `pages/<name>.md`: a page of text such as about or help."""

    title: Annotated[Localised, doc("Title")]
    summary: Annotated[Localised | None, doc("One line on what it says")] = None
    order: Annotated[int, doc("Place in the footer, from 1", ge=0)] = 0
    aliases: Annotated[tuple[str, ...], doc("Former addresses")] = ()


@form
class LinkForm:
    """One linked professional site of `links.yaml`."""

    id: Annotated[Id, doc("ID, unique over the catalogue")]
    title: Annotated[Localised, doc("Name of the site")]
    url: Annotated[WebAddress | None, doc("Address; left out where it is not known for certain")] = None
    summary: Annotated[Localised | None, doc("One line on what is there")] = None
    verified_on: Annotated[Day | None, doc("When somebody last opened it")] = None
    archived_url: Annotated[WebAddress | None, doc("A copy in a web archive")] = None


@form
class HotlineForm:
    """One line of `hotlines.yaml`."""

    id: Annotated[Id, doc("ID, unique over the catalogue")]
    title: Annotated[Localised, doc("Name of the line")]
    number: Annotated[str, doc("Number as it is dialled", pattern=r"^[0-9+() -]{3,30}$")]
    operator: Annotated[Localised | None, doc("Who runs it")] = None
    area: Annotated[Localised | None, doc("Where it can be called")] = None
    hours: Annotated[Localised | None, doc("When it is answered")] = None
    audience: Annotated[tuple[str, ...], doc("For whom: IDs of audiences")] = ()
    languages: Annotated[tuple[str, ...], doc("Languages spoken: IDs of languages")] = ()
    verified_on: Annotated[Day, doc("When somebody last made sure of the number")]
    source_url: Annotated[WebAddress | None, doc("Where the number was confirmed")] = None


@form
class FigureForm:
    """One published figure of `figures.yaml`."""

    metric: Annotated[str, doc("What is counted, as in views_per_day_mean", pattern=r"^[a-z][a-z0-9_]*$")]
    value: Annotated[Number, doc("The number as published")]
    unit: Annotated[str, doc("Of what")]
    period: Annotated[
        Period, doc("When or over which time: a year, month or day, or from one to another as in 2022-03-01/2022-03-25")
    ]
    scope: Annotated[str | None, doc("Of which part")] = None
    source: Annotated[str, doc("Who published it")]
    as_of: Annotated[Day | None, doc("The day it stands for")] = None


@form
class RedirectForm:
    """One former address of `redirects.yaml`."""

    from_: Annotated[str, doc("Former address, as in after-school/culture-art/old.html", alias="from")]
    to: Annotated[str | None, doc("Address that takes its place; left out when it is gone")] = None
    kind: Annotated[Literal["moved", "merged", "gone"], doc("What became of it")]
    date: Annotated[Day, doc("Since when")]
    reason: Annotated[Localised | None, doc("Why, for readers")] = None


# ---- vocabularies


@form
class Term:
    """An entry of a vocabulary."""

    id: Annotated[Id, doc("ID")]
    title: Annotated[Localised, doc("Name as shown")]


@form
class StageTerm:
    """A school stage."""

    id: Annotated[Id, doc("ID")]
    title: Annotated[Localised, doc("Name as shown")]
    grades: Annotated[tuple[Grade, ...], doc("Grades of the stage")] = ()


@form
class GradeTerm:
    """A grade."""

    id: Annotated[Grade, doc("1 to 12")]
    title: Annotated[Localised, doc("Name as shown")]


@form
class LanguageTerm:
    """A language that content may be written in."""

    id: Annotated[str, doc("BCP 47 tag, as in zh-CN", pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
    title: Annotated[Localised, doc("Name as shown")]
    direction: Annotated[Literal["ltr", "rtl"], doc("Direction of its script")] = "ltr"


@form
class LicenceTerm:
    """A licence."""

    id: Annotated[str, doc("SPDX identifier, or an ID of your own", pattern=r"^[A-Za-z0-9.-]+$")]
    title: Annotated[Localised, doc("Name as shown")]
    url: Annotated[WebAddress | None, doc("Its text")] = None


@form
class VocabularyForm:
    """`vocabulary.yaml`: the words that records choose from."""

    stages: Annotated[tuple[StageTerm, ...], doc("School stages")]
    grades: Annotated[tuple[GradeTerm, ...], doc("Grades")]
    subjects: Annotated[tuple[Term, ...], doc("School subjects")]
    editions: Annotated[tuple[Term, ...], doc("Editions of textbooks")]
    volumes: Annotated[tuple[Term, ...], doc("Volumes of textbooks")]
    kinds: Annotated[tuple[Term, ...], doc("Kinds of resources")]
    audiences: Annotated[tuple[Term, ...], doc("For whom")]
    languages: Annotated[tuple[LanguageTerm, ...], doc("Languages")]
    licences: Annotated[tuple[LicenceTerm, ...], doc("Licences")]
