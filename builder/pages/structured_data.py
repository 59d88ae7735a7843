"""JSON-LD for machines: LearningResource after schema.org and LRMI, with the property names of the AMB profile.

Source of the names: the AMB profile (Allgemeines Metadatenprofil für Bildungsressourcen, dini-ag-kim/amb), whose
required properties are @context, id, type and name; BreadcrumbList and VideoObject after schema.org.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from msgspec import Struct, json

from builder.content.catalogue import ClassHour, Lesson, Resource, Textbook
from builder.content.media_types import media_type
from builder.content.model import Asset
from builder.pages import addresses
from builder.pages.assets import located
from builder.pages.context import Context, data_script
from builder.pages.views import Link, Text


def for_resource(context: Context, resource: Resource, summary: Text, crumbs: tuple[Link, ...]) -> Markup:
    """A resource and its place."""
    form = resource.form
    address = addresses.resource(resource)
    data = _learning_resource(context, address, context.wording(form.title), form.language)
    data |= _without_empty(
        {
            "description": summary.value,
            "keywords": list(form.keywords),
            "creator": [_person(who.name, who.organisation) for who in form.authors],
            "datePublished": form.date.isoformat(),
            "dateModified": form.updated.isoformat() if form.updated else None,
            "license": _licence(context, form.licence or context.settings.licence),
            "learningResourceType": [_concept(context, "kinds", form.kind)],
            "about": [_concept(context, "subjects", id) for id in form.subjects],
            "educationalLevel": [_concept(context, "stages", id) for id in form.stages],
            "audience": [_concept(context, "audiences", id) for id in form.audience],
            "encoding": _encodings(context, form.assets, resource.file),
        }
    )
    picture = context.picture(form.cover, resource.file, "")
    if picture:
        data["image"] = context.site.base_url + picture.src
    place = _breadcrumbs(context, crumbs, context.text(form.title), address)
    return _script([data, *_videos(context, resource, data), place])


def for_class_hour(
    context: Context, book: Textbook, lesson: Lesson, hour: ClassHour, title: Text, crumbs: tuple[Link, ...]
) -> Markup:
    """A class hour, as part of its textbook, and its place."""
    form = book.form
    address = addresses.class_hour(book.id, lesson.id, hour.number)
    language = context.wording(lesson.title, form.language)[1]
    data = _learning_resource(context, address, (title.value, language), form.language)
    teacher = hour.form.teacher
    data |= _without_empty(
        {
            "description": hour.summary.summary,
            "keywords": list(lesson.form.keywords),
            "creator": [_person(teacher.name, teacher.school)] if teacher else [],
            "duration": f"PT{hour.form.duration}S" if hour.form.duration else None,
            "license": _licence(context, form.licence),
            "about": [_concept(context, "subjects", form.subject)],
            "educationalLevel": [_concept(context, "stages", form.stage)],
            "isPartOf": [
                {
                    "id": context.site.base_url + addresses.textbook(book.id),
                    "type": ["Book"],
                    "name": context.text(book.title).value,
                }
            ],
            "encoding": _encodings(context, hour.assets, book.file),
        }
    )
    return _script([data, _breadcrumbs(context, crumbs, title, address)])


def for_place(context: Context, address: str, title: Text, crumbs: tuple[Link, ...]) -> Markup:
    """The place of a page that is no resource."""
    return _script([_breadcrumbs(context, crumbs, title, address)])


def for_textbook(context: Context, book: Textbook, crumbs: tuple[Link, ...]) -> Markup:
    """A textbook and its place."""
    form = book.form
    address = addresses.textbook(book.id)
    data = _learning_resource(context, address, context.wording(form.title), form.language)
    data["type"] = ["Book", "LearningResource"]
    data |= _without_empty(
        {
            "publisher": [{"type": "Organization", "name": form.publisher}] if form.publisher else [],
            "license": _licence(context, form.licence),
            "about": [_concept(context, "subjects", form.subject)],
            "educationalLevel": [_concept(context, "stages", form.stage)],
        }
    )
    return _script([data, _breadcrumbs(context, crumbs, context.text(form.title), address)])


def _learning_resource(context: Context, address: str, title: tuple[str, str], language: str | None) -> dict[str, Any]:
    """What every resource has; `title` is with its language, which is that of the texts beside it too."""
    url = context.site.base_url + address
    return {
        "@context": ["https://w3id.org/kim/amb/context.jsonld", {"@language": title[1]}],
        "id": url,
        "type": ["LearningResource"],
        "name": title[0],
        "inLanguage": [language or context.site.language],
        "isAccessibleForFree": True,
        "mainEntityOfPage": [{"id": url, "type": "WebPage"}],
    }


def _person(name: str, organisation: str | None) -> dict[str, Any]:
    affiliation = {"type": "Organization", "name": organisation} if organisation else None
    return _without_empty({"type": "Person", "name": name, "affiliation": affiliation})


def _concept(context: Context, vocabulary: str, id: str) -> dict[str, Any]:
    label = context.term(vocabulary, id).title.value
    return {
        "id": f"{context.site.base_url}data/vocabulary.json#{vocabulary}/{id}",
        "type": "Concept",
        "prefLabel": {context.site.language: label},
    }


def _licence(context: Context, id: str | None) -> dict[str, str] | None:
    licence = context.licence(id)
    return {"id": licence.address} if licence and licence.address else None


class _Media(Struct, omit_defaults=True, rename="camel", tag_field="type", tag="MediaObject"):
    """What there is most of, so that what is empty is left out as it is written."""

    content_url: str = ""
    encoding_format: str = ""
    content_size: str = ""
    sha256: str = ""


def _encodings(context: Context, assets: tuple[Asset, ...], file: str) -> list[_Media]:
    return [
        _Media(_full(context, address), media_type(asset), str(size) if size else "", sha256)
        for asset in assets
        for address, size, sha256 in [located(context, asset, file)]
    ]


def _videos(context: Context, resource: Resource, data: dict[str, Any]) -> list[dict[str, Any]]:
    """VideoObject only where all that search engines require of it is known: name, thumbnail and upload date.

    A class hour has neither a picture nor a date, so it never has one.
    """
    if "image" not in data:
        return []
    return [
        _without_empty(
            {
                "@context": "https://schema.org",
                "@type": "VideoObject",
                "name": data["name"],
                "description": data.get("description"),
                "thumbnailUrl": [data["image"]],
                "uploadDate": data["datePublished"],
                "duration": f"PT{asset.duration}S" if asset.duration else None,
                "contentUrl": _full(context, located(context, asset, resource.file).address),
            }
        )
        for asset in resource.form.assets
        if asset.type == "video"
    ]


def _breadcrumbs(context: Context, crumbs: tuple[Link, ...], title: Text, address: str) -> dict[str, Any]:
    steps = [*crumbs, Link(title, address)]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": step.title.value,
                "item": context.site.base_url + ("" if step.address == addresses.HOME else step.address),
            }
            for number, step in enumerate(steps, 1)
        ],
    }


def _full(context: Context, address: str) -> str:
    return address if "://" in address else context.site.base_url + address


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}


def _script(data: list[dict[str, Any]]) -> Markup:
    return data_script(json.encode(data if len(data) > 1 else data[0]).decode())
