"""The files of a bundle beside its pages: data, feeds, sitemap, headers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.output import data, feeds, headers, sitemap
from builder.pages import addresses
from builder.pages.context import Context
from builder.pages.plan import Bundle
from builder.search import packs, texts


def files(context: Context, bundle: Bundle, records: list[Any]) -> Iterator[tuple[str, bytes]]:
    """Addresses and bytes of the files that go with a bundle's pages.

    Args:
        context: with the bundle's sight.
        bundle: whose files.
        records: in full, of the bundle's files.
    """
    yield from _of_kind(context, bundle, records)
    if context.site.search:
        yield from packs.files(context, bundle)
        yield from texts.files(context, bundle, records)


def _of_kind(context: Context, bundle: Bundle, records: list[Any]) -> Iterator[tuple[str, bytes]]:
    match bundle.kind:
        case "site":
            yield "data/version.json", data.version(context)
            yield "data/vocabulary.json", data.vocabulary(context)
            yield "data/sections.json", data.sections(context)
            yield "robots.txt", headers.robots(context)
            yield "_headers", headers.headers()
            yield from sitemap.index(context)
        case "moves":
            yield "_redirects", headers.redirects(context)
        case "section":
            section = context.section(bundle.id)
            yield addresses.feed(section.id), feeds.feed(context, section)
            yield from sitemap.section(context, section)
        case "column":
            yield addresses.data_of("columns", bundle.id), data.column(context, context.columns[bundle.id], records)
        case "stage":
            yield from sitemap.stage(context, bundle.id)
        case "textbook":
            yield addresses.data_of("textbooks", bundle.id), data.textbook(context, records[0])
