"""JSON twins of the catalogue, for other programs: the same facts as the pages, without their looks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, json

from builder.content.catalogue import ClassHour, Column, Lesson, Resource, Textbook
from builder.content.faces import ResourceFace
from builder.content.files import beside
from builder.content.media_types import media_type
from builder.content.model import Asset, Cover, HotlineForm, LinkForm
from builder.pages import addresses
from builder.pages.assets import located, source_of
from builder.pages.context import Context
from builder.pages.directory import pages_of
from builder.pages.resources import count_own
from builder.reading.fields import Localised

FORMAT = 1


def version(context: Context) -> bytes:
    """`data/version.json`: the format and what is there. It changes only when something comes or goes."""
    return _json(
        {
            "format": FORMAT,
            "title": by_language(context, context.settings.title),
            "base_url": context.site.base_url,
            "languages": list(context.settings.languages),
            "resources": len(context.resources) + context.class_hours,
            "class_hours": context.class_hours,
            "textbooks": len(context.sight.textbooks),
            "sections": len(context.sections),
            "columns": len(context.columns),
            "data": {
                "vocabulary": "data/vocabulary.json",
                "sections": "data/sections.json",
                "columns": "data/columns/{column}.json",
                "textbooks": "data/textbooks/{textbook}.json",
            },
        }
    )


def vocabulary(context: Context) -> bytes:
    """`data/vocabulary.json`: the words that records choose from."""
    words = context.vocabulary
    return _json(
        {
            name: [
                _full({"id": id, "title": by_language(context, term.title), **_more(term)})
                for id, term in getattr(words, name).items()
            ]
            for name in type(words).__dataclass_fields__
        }
    )


def sections(context: Context) -> bytes:
    """`data/sections.json`: sections, their columns, and the textbooks by stage and subject."""
    return _json(
        {
            "sections": [
                _full(
                    {
                        "id": section.id,
                        "title": by_language(context, section.title),
                        "summary": by_language(context, section.form.summary),
                        "since": section.form.since.isoformat() if section.form.since else None,
                        "audience": section.form.audience,
                        "page": addresses.section(section.id),
                        "feed": addresses.feed(section.id),
                        "columns": [_column(context, column) for column in section.columns],
                    }
                )
                for section in context.sections
            ],
            "textbooks": [
                _full(
                    {
                        "id": book.id,
                        "title": by_language(context, book.title),
                        "stage": book.stage,
                        "subject": book.subject,
                        "edition": book.edition,
                        "grades": book.grades,
                        "volume": book.volume,
                        "generation": book.generation,
                        "class_hours": book.class_hours,
                        "page": addresses.textbook(book.id),
                        "data": addresses.data_of("textbooks", book.id),
                    }
                )
                for book in context.sight.textbooks.values()
            ],
        }
    )


def column(context: Context, column: Column, records: Iterable[Resource]) -> bytes:
    """`data/columns/<column>.json`: the pages of its list, its own in full, and what else it lists."""
    listed = context.listed(column)
    pages = pages_of(len(listed), context.settings.page_size)
    return _json(
        _full(
            {
                **_column(context, column),
                "section": column.section,
                "pages": [addresses.column(column, number) for number in range(1, pages + 1)],
                "resources": [_resource(context, resource) for resource in records],
                "links": [_link(context, link) for link in context.sight.linked],
                "hotlines": [_hotline(context, line) for line in context.sight.hotlines],
                "also_lists": [_name(resource) for resource in listed if resource.column != column.id],
            }
        )
    )


def textbook(context: Context, book: Textbook) -> bytes:
    """`data/textbooks/<textbook>.json`: units, lessons and class hours in full."""
    form = book.form
    return _json(
        _full(
            {
                "id": book.id,
                "title": by_language(context, form.title),
                "stage": form.stage,
                "subject": form.subject,
                "edition": form.edition,
                "grades": book.grades,
                "volume": form.volume,
                "generation": form.generation,
                "publisher": form.publisher,
                "language": form.language,
                "licence": form.licence,
                "note": by_language(context, form.note),
                "cover": _cover(context, form.cover, book.file),
                "page": addresses.textbook(book.id),
                "class_hours": book.class_hours,
                "units": [
                    {
                        "title": by_language(context, unit.form.title, form.language),
                        "lessons": [_lesson(context, book, lesson) for lesson in unit.lessons],
                    }
                    for unit in book.units
                ],
            }
        )
    )


def by_language(context: Context, text: Localised | None, language: str | None = None) -> dict[str, str] | None:
    """A text with its languages named; `language` is that of one text alone, where it is not the site's."""
    return {language or context.settings.language: text} if isinstance(text, str) else text


def _column(context: Context, column: Column) -> dict[str, Any]:
    return _full(
        {
            "id": column.id,
            "title": by_language(context, column.title),
            "summary": by_language(context, column.form.summary),
            "layout": column.form.layout,
            "evidence": column.form.evidence,
            "page": addresses.column(column),
            "data": addresses.data_of("columns", column.id),
            "count": count_own(context, column),
        }
    )


def _resource(context: Context, resource: Resource) -> dict[str, Any]:
    form = resource.form
    replacement = context.sight.replacements.get(form.replaced_by or "")
    return _full(
        {
            "id": resource.id,
            "title": by_language(context, form.title),
            "summary": by_language(context, form.summary),
            "text": resource.body.summary,
            "kind": form.kind,
            "date": form.date.isoformat(),
            "updated": form.updated.isoformat() if form.updated else None,
            "expires": form.expires.isoformat() if form.expires else None,
            "also_in": form.also_in,
            "replaced_by": _name(replacement) if replacement else None,
            "audience": form.audience,
            "stages": form.stages,
            "grades": form.grades,
            "subjects": form.subjects,
            "keywords": form.keywords,
            "authors": [_full({"name": who.name, "organisation": who.organisation}) for who in form.authors],
            "source": form.source,
            "language": form.language or context.settings.language,
            "licence": form.licence or context.settings.licence,
            "cover": _cover(context, form.cover, resource.file),
            "page": addresses.resource(resource),
            "assets": [_asset(context, asset, resource.file) for asset in form.assets],
        }
    )


def _link(context: Context, link: LinkForm) -> dict[str, Any]:
    return _full(
        {
            "id": link.id,
            "title": by_language(context, link.title),
            "url": link.url,
            "summary": by_language(context, link.summary),
            "verified_on": link.verified_on.isoformat() if link.verified_on else None,
            "archived_url": link.archived_url,
        }
    )


def _hotline(context: Context, line: HotlineForm) -> dict[str, Any]:
    return _full(
        {
            "id": line.id,
            "title": by_language(context, line.title),
            "number": line.number,
            "operator": by_language(context, line.operator),
            "area": by_language(context, line.area),
            "hours": by_language(context, line.hours),
            "audience": line.audience,
            "keywords": line.keywords,
            "languages": line.languages,
            "verified_on": line.verified_on.isoformat(),
            "source_url": line.source_url,
        }
    )


def _lesson(context: Context, book: Textbook, lesson: Lesson) -> dict[str, Any]:
    form = lesson.form
    return _full(
        {
            "id": lesson.id,
            "title": by_language(context, form.title, book.form.language),
            "number": form.number,
            "section": form.section,
            "parts": form.parts,
            "keywords": form.keywords,
            "note": by_language(context, form.note),
            "hours": [_hour(context, book, lesson, hour) for hour in lesson.hours],
        }
    )


def _hour(context: Context, book: Textbook, lesson: Lesson, hour: ClassHour) -> dict[str, Any]:
    form = hour.form
    several = len(lesson.hours) > 1
    return _full(
        {
            "title": by_language(context, form.title) if several else None,
            "teacher": form.teacher.name if form.teacher else None,
            "school": form.teacher.school if form.teacher else None,
            "seconds": form.duration,
            "summary": form.summary,
            "page": addresses.class_hour(book.id, lesson.id, hour.number),
            "assets": [_asset(context, asset, book.file) for asset in hour.assets],
        }
    )


class _Asset(Struct, omit_defaults=True):
    """What there is most of, so that what is not known is left out as it is written."""

    type: str
    title: dict[str, str] | None = None
    address: str = ""
    format: str = ""
    bytes: int = 0
    sha256: str = ""
    seconds: int | None = None
    audience: tuple[str, ...] = ()
    captions: tuple[dict[str, str], ...] = ()


def _asset(context: Context, asset: Asset, file: str) -> _Asset:
    address, size, sha256 = located(context, asset, file)
    captions = tuple(
        [{"language": c.language, "address": source_of(context, c.url, c.file, file).address} for c in asset.captions]
    )
    return _Asset(
        asset.type,
        by_language(context, asset.title),
        address,
        media_type(asset),
        size,
        sha256,
        asset.duration,
        asset.audience,
        captions,
    )


def _cover(context: Context, cover: Cover | None, file: str) -> dict[str, Any] | None:
    """What the picture shows, and every size and format in which it is published, the best format first."""
    if cover is None:
        return None
    variants = context.sight.covers.get(beside(file, cover.file), ())
    return {
        "alt": by_language(context, cover.alt),
        "pictures": [
            {"address": v.address, "format": v.media_type, "width": v.width, "height": v.height} for v in variants
        ],
    }


def _name(resource: ResourceFace) -> str:
    """A resource by its column and ID, as columns are named in `also_in`: they lead to the twin that tells of it."""
    return f"{resource.section}/{resource.column}/{resource.id}"


def _more(term: Any) -> dict[str, Any]:
    return {name: getattr(term, name) for name in ("grades", "synonyms", "direction", "url") if hasattr(term, name)}


def _full(data: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in data.items() if value or value == 0}


def _json(data: dict[str, Any]) -> bytes:
    return json.encode(data) + b"\n"
