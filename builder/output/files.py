"""The files of a bundle beside its pages: data, feeds, sitemap, headers."""

from __future__ import annotations

from collections.abc import Iterator

from builder.output import data, feeds, headers, sitemap
from builder.pages import addresses
from builder.pages.context import Context
from builder.pages.plan import Bundle


def files(context: Context, bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """Addresses and bytes of the files that go with a bundle's pages."""
    catalogue = context.catalogue
    match bundle.kind:
        case "site":
            yield "data/version.json", data.version(context)
            yield "data/vocabulary.json", data.vocabulary(context)
            yield "data/sections.json", data.sections(context)
            yield "robots.txt", headers.robots(context)
            yield "_headers", headers.headers()
            yield "_redirects", headers.redirects(context)
            yield from sitemap.sitemap(context)
        case "section":
            section = next(section for section in catalogue.sections if section.id == bundle.id)
            yield addresses.feed(section.id), feeds.feed(context, section)
        case "column":
            yield f"data/columns/{bundle.id}.json", data.column(context, catalogue.columns[bundle.id])
        case "textbook":
            yield f"data/textbooks/{bundle.id}.json", data.textbook(context, catalogue.textbooks[bundle.id])
