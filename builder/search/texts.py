"""The texts of pages, as search shows parts of them; what is indexed is read out of these files again.

A file is a script, as a pack is, that holds entries: the row of the page in its place in the pack, the number of the
class hour, and the text. Each bundle makes those of its own pages, so that a page that is not made again still counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, NamedTuple

from builder.content.catalogue import Article, ClassHour, Lesson, Resource, Textbook, Topic
from builder.content.faces import LocalisedText
from builder.content.prose import MARK, Prose
from builder.pages import addresses
from builder.pages.context import Context
from builder.pages.plan import Bundle
from builder.search.packs import PAGES
from builder.search.scripts import held, named

LONG = 8_000  # characters of texts in a file: three kilobytes on their way
_BLOCK = re.compile(r"</?(?:p|li|[uo]l|h\d|t[rdh]|table|br|hr|pre|blockquote|figure|figcaption|section|div)\b[^>]*>")
_REMARK = re.compile(r"[（(][^）)]*[）)]")  # as on the script: 哈萨克语（阿拉伯字母）
_TAG = re.compile(r"<[^>]*>")


class Entry(NamedTuple):
    """The text of a page.

    Args:
        row: of the page, in its place in the pack, from 0.
        hour: of the lesson, from 1; 1 where it is no lesson.
        text: its lines.
    """

    row: int
    hour: int
    text: str


def files(context: Context, bundle: Bundle, records: list[Any]) -> Iterator[tuple[str, bytes]]:
    """Addresses and bytes of the texts of a bundle.

    Args:
        context: with the bundle's sight.
        bundle: whose texts.
        records: in full, of the bundle's files.
    """
    match bundle.kind:
        case "column":
            rows = ((row, 1, _resource(context, resource)) for row, resource in enumerate(records, 1))
            yield from _files(f"sections/{context.columns[bundle.id].section}/{bundle.id}", rows)
        case "textbook":
            book: Textbook = records[0]
            yield from _files(f"stages/{book.form.stage}/{book.id}", _book(context, book))
        case "topic":
            for topic in context.sight.topics:
                yield from _alone(addresses.topic(topic.id), topic)
        case "article":
            for article in context.sight.articles:
                yield from _alone(addresses.article(article.id), article)


def entries(content: bytes) -> list[Entry]:
    """The entries of a file of texts."""
    return held(content, list[Entry])


def _files(name: str, found: Iterable[tuple[int, int, Iterable[str | None]]]) -> Iterator[tuple[str, bytes]]:
    portion: list[Entry] = []
    length = 0
    for row, hour, lines in found:
        text = "\n".join(filter(None, lines))
        if not text:
            continue
        if portion and length + len(text) > LONG and row != portion[-1].row:  # a file is known by its first row
            yield named(f"{addresses.TEXTS}{name}.", portion)
            portion, length = [], 0
        portion.append(Entry(row, hour, text))
        length += len(text)
    if portion:
        yield named(f"{addresses.TEXTS}{name}.", portion)


def _resource(context: Context, resource: Resource) -> Iterator[str | None]:
    form = resource.form
    yield from _said(form.summary)
    yield plain_text(resource.body)
    yield " ".join(form.keywords)
    for who in form.authors:
        yield " ".join(filter(None, (who.name, who.organisation)))
    yield form.source
    for asset in form.assets:
        yield from _said(asset.title)
    yield _language(context, form.language)


def _alone(address: str, page: Topic | Article) -> Iterator[tuple[str, bytes]]:
    return _files(
        f"{PAGES}/{address.removesuffix('.html')}", [(0, 1, [*_said(page.form.summary), plain_text(page.body)])]
    )


def _book(context: Context, book: Textbook) -> Iterator[tuple[int, int, Iterable[str | None]]]:
    units = (title for unit in book.units for title in _said(unit.form.title))
    yield 0, 1, [*_said(book.form.note), book.form.publisher, *units, _language(context, book.form.language)]
    lessons = (lesson for unit in book.units for lesson in unit.lessons)
    for row, lesson in enumerate(lessons, 1):
        for hour in lesson.hours:
            own = _lesson(lesson) if hour.number == 1 else ()
            yield row, hour.number, [*_hour(lesson, hour), *own]


def _lesson(lesson: Lesson) -> Iterator[str | None]:
    form = lesson.form
    yield form.section
    yield " ".join(form.parts)
    yield " ".join(form.keywords)
    yield from _said(form.note)


def _hour(lesson: Lesson, hour: ClassHour) -> Iterator[str | None]:
    form = hour.form
    if len(lesson.hours) > 1:
        yield from _said(form.title)
    yield plain_text(hour.summary)
    if form.teacher is not None:
        yield " ".join(filter(None, (form.teacher.name, form.teacher.school)))
    for asset in hour.assets:
        yield from _said(asset.title)


def _language(context: Context, language: str | None) -> str | None:
    """What a language is called, where it is not the site's: readers look for what there is in theirs."""
    if language is None or language == context.settings.language:
        return None
    term = context.vocabulary.languages[language]
    return " ".join((*(_REMARK.sub("", title).strip() for title in _said(term.title)), *term.synonyms))


def _said(text: LocalisedText | None) -> Iterable[str]:
    """What is written, in all languages."""
    return text.values() if isinstance(text, dict) else (text or "",)


def plain_text(prose: Prose) -> str:
    """The words of a text, each of its blocks in a line."""
    html = prose.html
    if "<" in html:
        html = _TAG.sub("", _BLOCK.sub("\n", html))
    return "\n".join(filter(None, map(str.strip, unescape(html).replace(MARK, "").split("\n"))))
