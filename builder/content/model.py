"""The forms that editors fill in: what a file may say, and how it is written.

Each form is a frozen, slotted pydantic dataclass; the JSON Schema for editors and the field reference are written from
them. A form knows its own fields and nothing of other files: references are checked where all of them are known.
"""

from __future__ import annotations

from typing import Annotated, Literal

from builder.reading.fields import (
    LARGEST,
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

    name: Annotated[str, doc("Name as it should be shown", "李敏")]
    organisation: Annotated[str | None, doc("Where they work", "敦煌研究院")] = None


@form
class Teacher:
    """Who teaches a class hour."""

    name: Annotated[str, doc("Name as it should be shown", "张伟")]
    school: Annotated[str | None, doc("The teacher's school", "第一小学")] = None


@form
class Caption:
    """A caption track (WebVTT) of a video or audio."""

    language: Annotated[str, doc("An ID of languages in vocabulary.yaml", "zh-CN")]
    url: Annotated[WebAddress | None, doc("Address of the .vtt file", "https://media.example.org/dunhuang-1.vtt")] = (
        None
    )
    file: Annotated[str | None, doc("A .vtt file beside this one", "dunhuang.zh.vtt")] = None


@form
class Asset:
    """One thing to watch, hear, read or fill in."""

    type: Annotated[AssetType, doc("What it is for")]
    title: Annotated[Localised | None, doc("Only where several of one type need telling apart", "第一部分")] = None
    url: Annotated[
        WebAddress | None, doc("Address, when it lies elsewhere", "https://media.example.org/dunhuang-1.mp4")
    ] = None
    file: Annotated[
        str | None, doc("Name, when it lies beside this file; it is copied with the site", "dunhuang-worksheet.pdf")
    ] = None
    format: Annotated[
        str | None, doc("Media type; guessed from the name when left out", "video/mp4", pattern=r"^[\w.+-]+/[\w.+-]+$")
    ] = None
    bytes: Annotated[
        int | None, doc("Size in bytes of what lies elsewhere; that of a file is known", 48211004, ge=0, le=LARGEST)
    ] = None
    sha256: Annotated[
        Sha256 | None, doc("SHA-256 of what lies elsewhere, 64 hexadecimal digits; that of a file is known")
    ] = None
    duration: Annotated[Seconds | None, doc("Length, as in PT12M30S")] = None
    captions: Annotated[
        tuple[Caption, ...], doc("Caption tracks", [{"language": "zh-CN", "url": "https://media.example.org/1.vtt"}])
    ] = ()
    audience: Annotated[tuple[str, ...], doc("For whom, when not for all: IDs of audiences", ["teachers"])] = ()


@form
class Cover:
    """A picture that stands for the record."""

    file: Annotated[str, doc("A picture beside this file (JPEG, PNG, WebP, AVIF or GIF)", "dunhuang.jpg")]
    alt: Annotated[Localised, doc("What the picture shows, for those who do not see it", "莫高窟壁画")]


# ---- sections and columns


@form
class SectionForm:
    """`sections/<section>/_section.yaml`: one of the main divisions."""

    title: Annotated[Localised, doc("Title", "课后服务")]
    summary: Annotated[Localised | None, doc("One line on what is in it", "科普、体育、艺术、阅读、影视与研学")] = None
    order: Annotated[int, doc("Place among the sections, from 1", 3, ge=0, le=LARGEST)]
    since: Annotated[Day | None, doc("Since when the section exists")] = None
    audience: Annotated[tuple[str, ...], doc("For whom: IDs of audiences", ["students", "parents"])] = ()


@form
class ColumnForm:
    """`sections/<section>/<column>/_column.yaml`: a list of resources in a section."""

    title: Annotated[Localised, doc("Title", "经典阅读")]
    summary: Annotated[Localised | None, doc("One line on what is in it", "中外名著导读")] = None
    order: Annotated[int, doc("Place among the section's columns, from 1", 4, ge=0, le=LARGEST)]
    layout: Annotated[Layout, doc("How its content is shown")] = "list"
    evidence: Annotated[Evidence | None, doc("How we know that the column exists")] = None


# ---- resources


@form
class ResourceForm:
    """Front matter of `sections/<section>/<column>/<resource>.md`: one learning resource."""

    title: Annotated[Localised, doc("Title", "走近敦煌壁画")]
    summary: Annotated[
        Localised | None, doc("One line for lists; the text's beginning when left out", "看一看壁画里的故事")
    ] = None
    kind: Annotated[str, doc("An ID of kinds in vocabulary.yaml", "video")]
    date: Annotated[Day, doc("When it was first published")]
    updated: Annotated[Day | None, doc("When it was last changed")] = None
    also_in: Annotated[
        tuple[str, ...], doc("Further columns that list it, as section/column", ["thematic-education/patriotism"])
    ] = ()
    audience: Annotated[tuple[str, ...], doc("For whom: IDs of audiences", ["students"])] = ()
    stages: Annotated[tuple[str, ...], doc("IDs of stages", ["primary"])] = ()
    grades: Annotated[tuple[Grade, ...], doc("Grades, 1 to 12", [5, 6])] = ()
    subjects: Annotated[tuple[str, ...], doc("IDs of subjects", ["art"])] = ()
    keywords: Annotated[tuple[str, ...], doc("Words that a reader may look for", ["敦煌", "壁画"])] = ()
    authors: Annotated[tuple[Person, ...], doc("Who made it")] = ()
    source: Annotated[str | None, doc("Where it comes from", "数字敦煌")] = None
    language: Annotated[
        str | None, doc("Language of the resource: an ID of languages; the site's first when left out", "zh-CN")
    ] = None
    licence: Annotated[str | None, doc("An ID of licences; the site's when left out", "CC-BY-4.0")] = None
    cover: Annotated[Cover | None, doc("A picture; a quiet cover is drawn when left out")] = None
    assets: Annotated[
        tuple[Asset, ...], doc("What the reader gets", [{"type": "video", "url": "https://media.example.org/1.mp4"}])
    ] = ()
    status: Annotated[Status, doc("draft is seen with --drafts only; retired is no longer shown")] = "live"
    publish: Annotated[Day | None, doc("Not shown before this day")] = None
    expires: Annotated[Day | None, doc("Not shown after this day")] = None
    replaced_by: Annotated[Id | None, doc("ID of the resource that takes its place", "dunhuang-murals-2")] = None
    aliases: Annotated[
        tuple[str, ...],
        doc("Former addresses, as in after-school/culture-art/old.html", ["after-school/culture-art/old-id.html"]),
    ] = ()


# ---- textbooks


@form
class HourForm:
    """One class hour of a lesson: a resource with a page of its own."""

    title: Annotated[Localised | None, doc("Title, as in 第一课时", "第一课时")] = None
    teacher: Annotated[Teacher | None, doc("Who teaches it")] = None
    duration: Annotated[Seconds | None, doc("Length, as in PT20M")] = None
    summary: Annotated[str | None, doc("What it is about; Markdown", "认识“天、地、人”。")] = None
    assets: Annotated[
        tuple[Asset, ...],
        doc(
            "Video, slides, worksheet, exercises, lesson plan",
            [{"type": "video", "url": "https://media.example.org/1.mp4"}],
        ),
    ] = ()


@form
class LessonForm:
    """A lesson of a unit. With one class hour, the hour's fields stand on the lesson itself."""

    id: Annotated[Id, doc("ID, unique over the catalogue; it never changes", "chinese-unified-1a-01")]
    title: Annotated[Localised, doc("Title as printed, in the book's language", "天地人")]
    number: Annotated[int | None, doc("Number printed in the book", 1, ge=0, le=LARGEST)] = None
    section: Annotated[str | None, doc("Part of the unit that it belongs to, as in 识字", "识字")] = None
    parts: Annotated[
        tuple[str, ...], doc("What the lesson is made of, such as the poems of 古诗二首", ["静夜思", "春晓"])
    ] = ()
    keywords: Annotated[tuple[str, ...], doc("Words that a reader may look for", ["识字"])] = ()
    note: Annotated[Localised | None, doc("What is unsure about it", "题目待核实")] = None
    aliases: Annotated[tuple[str, ...], doc("Former addresses", ["textbooks/old-book/old-lesson.html"])] = ()
    hours: Annotated[tuple[HourForm, ...], doc("Class hours, when there are several")] = ()
    teacher: Annotated[Teacher | None, doc("Who teaches it")] = None
    duration: Annotated[Seconds | None, doc("Length, as in PT20M")] = None
    summary: Annotated[str | None, doc("What it is about; Markdown", "认识“天、地、人”。")] = None
    assets: Annotated[
        tuple[Asset, ...],
        doc(
            "Video, slides, worksheet, exercises, lesson plan",
            [{"type": "video", "url": "https://media.example.org/1.mp4"}],
        ),
    ] = ()


@form
class UnitForm:
    """A unit of a textbook."""

    title: Annotated[Localised, doc("Title as printed, in the book's language", "第一单元 识字")]
    lessons: Annotated[tuple[LessonForm, ...], doc("Lessons, in their order")] = ()


@form
class TextbookForm:
    """`textbooks/<stage>/<subject>/<textbook>.yaml`: a book with its units, lessons and class hours."""

    id: Annotated[Id, doc("ID, the same as the file's name; it never changes", "chinese-unified-1a")]
    title: Annotated[Localised, doc("Title", "语文 一年级上册")]
    stage: Annotated[str, doc("An ID of stages", "primary")]
    subject: Annotated[str, doc("An ID of subjects", "chinese")]
    edition: Annotated[str, doc("An ID of editions", "unified")]
    grade: Annotated[Grades | None, doc("Grade, or a list of grades; left out where the book has none", 1)] = None
    volume: Annotated[str, doc("An ID of volumes", "first")]
    generation: Annotated[Literal["new", "old"] | None, doc("new: re-edited; old: replaced by a new one")] = None
    publisher: Annotated[str | None, doc("Publishing house", "人民教育出版社")] = None
    language: Annotated[
        str | None,
        doc(
            "Language that its units and lessons are printed in: an ID of languages; the site's first when left out",
            "zh-CN",
        ),
    ] = None
    licence: Annotated[str | None, doc("An ID of licences; left out where it is not known", "CC-BY-4.0")] = None
    cover: Annotated[Cover | None, doc("A picture; a quiet cover is drawn when left out")] = None
    note: Annotated[Localised | None, doc("What is unsure about it", "目录待核实")] = None
    aliases: Annotated[tuple[str, ...], doc("Former addresses", ["textbooks/old-book.html"])] = ()
    units: Annotated[tuple[UnitForm, ...], doc("Units, in their order")] = ()


# ---- topics, pages and the lists at the top


@form
class TopicForm:
    """Front matter of `topics/<topic>.md`: a special topic that gathers columns and resources."""

    title: Annotated[Localised, doc("Title", "读书月")]
    summary: Annotated[Localised | None, doc("One line on what it gathers", "一起读的书")] = None
    order: Annotated[int, doc("Place among the topics, from 1", 1, ge=0, le=LARGEST)] = 0
    gathers: Annotated[
        tuple[Id, ...], doc("IDs of columns and resources, in their order", ["classic-reading", "dunhuang-murals"])
    ] = ()
    cover: Annotated[Cover | None, doc("A picture")] = None
    aliases: Annotated[tuple[str, ...], doc("Former addresses", ["topics/old-topic.html"])] = ()


@form
class ArticleForm:
    """Front matter of `pages/<name>.md`: a page of text such as about or help."""

    title: Annotated[Localised, doc("Title", "关于本站")]
    summary: Annotated[Localised | None, doc("One line on what it says", "这个目录是怎么来的")] = None
    order: Annotated[int, doc("Place in the footer, from 1", 1, ge=0, le=LARGEST)] = 0
    aliases: Annotated[tuple[str, ...], doc("Former addresses", ["about-us.html"])] = ()


@form
class LinkForm:
    """One linked professional site of `links.yaml`."""

    id: Annotated[Id, doc("ID, unique over the catalogue", "digital-dunhuang")]
    title: Annotated[Localised, doc("Name of the site", "数字敦煌")]
    url: Annotated[WebAddress | None, doc("Address; left out where it is not known for certain")] = None
    summary: Annotated[Localised | None, doc("One line on what is there", "网站上有什么，写一句话")] = None
    verified_on: Annotated[Day | None, doc("When somebody last opened it; until then pages show the name alone")] = None
    archived_url: Annotated[WebAddress | None, doc("A copy in a web archive")] = None


@form
class HotlineForm:
    """One line of `hotlines.yaml`."""

    id: Annotated[Id, doc("ID, unique over the catalogue", "youth-line")]
    title: Annotated[Localised, doc("Name of the line", "示例热线")]
    number: Annotated[str, doc("Number as it is dialled", "12355", pattern=r"^[0-9+() -]{3,30}$")]
    operator: Annotated[Localised | None, doc("Who runs it", "示例机构")] = None
    area: Annotated[Localised | None, doc("Where it can be called", "全国")] = None
    hours: Annotated[Localised | None, doc("When it is answered", "每天 8:00–22:00")] = None
    audience: Annotated[tuple[str, ...], doc("For whom: IDs of audiences", ["students"])] = ()
    keywords: Annotated[
        tuple[str, ...], doc("Words that somebody who needs it may look for; no page shows them", ["不想上学"])
    ] = ()
    languages: Annotated[tuple[str, ...], doc("Languages spoken: IDs of languages", ["zh-CN"])] = ()
    verified_on: Annotated[Day, doc("When somebody last made sure of the number")]
    source_url: Annotated[WebAddress | None, doc("Where the number was confirmed")] = None


@form
class FigureForm:
    """One published figure of `figures.yaml`."""

    metric: Annotated[
        str, doc("What is counted, as in views_per_day_mean", "views_per_day_mean", pattern=r"^[a-z][a-z0-9_]*$")
    ]
    value: Annotated[Number, doc("The number as published", 6.5)]
    unit: Annotated[str, doc("Of what", "views")]
    period: Annotated[
        Period, doc("When or over which time: a year, month or day, or from one to another as in 2022-03-01/2022-03-25")
    ]
    scope: Annotated[str | None, doc("Of which part", "total")] = None
    source: Annotated[str, doc("Who published it", "press")]
    as_of: Annotated[Day | None, doc("The day it stands for")] = None


@form
class RedirectForm:
    """One former address of `redirects.yaml`."""

    from_: Annotated[
        str,
        doc(
            "Former address, as in after-school/culture-art/old.html", "after-school/culture-art/old.html", alias="from"
        ),
    ]
    to: Annotated[
        str | None, doc("Address that takes its place; left out when it is gone", "after-school/culture-art/new.html")
    ] = None
    kind: Annotated[Literal["moved", "merged", "gone"], doc("What became of it")]
    date: Annotated[Day, doc("Since when")]
    reason: Annotated[Localised | None, doc("Why, for readers", "换了栏目")] = None


# ---- vocabularies


@form
class Term:
    """An entry of a vocabulary."""

    id: Annotated[Id, doc("ID", "chinese")]
    title: Annotated[Localised, doc("Name as shown", "语文")]
    synonyms: Annotated[tuple[str, ...], doc("Other names that readers look for it by", ["生物"])] = ()


@form
class StageTerm:
    """A school stage."""

    id: Annotated[Id, doc("ID", "primary")]
    title: Annotated[Localised, doc("Name as shown", "小学")]
    grades: Annotated[
        tuple[Grade, ...],
        doc("Grades of the stage; where they are left out, any grade counts as one of its own", [1, 2, 3, 4, 5, 6]),
    ] = ()
    synonyms: Annotated[tuple[str, ...], doc("Other names that readers look for it by", ["高级中学"])] = ()


@form
class GradeTerm:
    """A grade."""

    id: Annotated[Grade, doc("1 to 12", 1)]
    title: Annotated[Localised, doc("Name as shown", "一年级")]
    synonyms: Annotated[tuple[str, ...], doc("Other names that readers look for it by", ["初一"])] = ()


@form
class LanguageTerm:
    """A language that content may be written in."""

    id: Annotated[str, doc("BCP 47 tag, as in zh-CN", "zh-CN", pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
    title: Annotated[Localised, doc("Name as shown", "中文")]
    direction: Annotated[Literal["ltr", "rtl"], doc("Direction of its script")] = "ltr"
    synonyms: Annotated[tuple[str, ...], doc("Other names that readers look for it by", ["藏文"])] = ()


@form
class LicenceTerm:
    """A licence."""

    id: Annotated[str, doc("SPDX identifier, or an ID of your own", "CC-BY-4.0", pattern=r"^[A-Za-z0-9.-]+$")]
    title: Annotated[Localised, doc("Name as shown", "署名 4.0")]
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
