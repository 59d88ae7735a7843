"""The plan: which pages the catalogue makes, in bundles that can be rendered anywhere and in any order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from builder.pages import books, counts, general, lists, resources
from builder.pages.context import Context
from builder.pages.views import Page, Text


class Bundle(NamedTuple):
    """Pages that are made together, because they show the same records.

    Args:
        kind: what they are pages of.
        id: of the record; `stage/subject` of the chooser; empty for the site's own pages.
        weight: pages in it, roughly, for sharing out the work.
    """

    kind: Literal["site", "section", "column", "textbook", "chooser", "moves"]
    id: str
    weight: int


def bundles(context: Context) -> list[Bundle]:
    """All bundles of a site."""
    catalogue = context.catalogue
    return [
        Bundle("site", "", 40),
        Bundle("moves", "", len(context.directory.moves)),
        *(Bundle("section", section.id, 2) for section in catalogue.sections),
        *(Bundle("column", column.id, 3 + len(column.resources)) for column in catalogue.columns.values()),
        *(Bundle("chooser", stage, 1 + len(subjects)) for stage, subjects in context.shelves.items()),
        *(Bundle("textbook", book.id, 1 + book.class_hours) for book in catalogue.textbooks.values()),
    ]


def pages(context: Context, bundle: Bundle) -> Iterator[Page]:
    """The pages of a bundle."""
    catalogue = context.catalogue
    match bundle.kind:
        case "site":
            yield from _site(context)
        case "moves":
            for address, move in sorted(context.directory.moves.items()):
                yield general.moved_page(context, address, move)
        case "section":
            yield resources.section_page(context, next(s for s in catalogue.sections if s.id == bundle.id))
        case "column":
            column = catalogue.columns[bundle.id]
            yield from resources.column_pages(context, column)
            yield from resources.resource_pages(context, column)
        case "chooser":
            yield books.stage_page(context, bundle.id)
            for subject in context.shelves[bundle.id]:
                yield books.subject_page(context, bundle.id, subject)
        case "textbook":
            yield from books.textbook_pages(context, catalogue.textbooks[bundle.id])


def _site(context: Context) -> Iterator[Page]:
    """The pages that belong to no section."""
    yield general.home_page(context)
    for id in context.catalogue.vocabulary.audiences:
        yield general.audience_page(context, id)
    for topic in context.catalogue.topics:
        yield resources.topic_page(context, topic)
    for article in context.catalogue.articles:
        yield general.article_page(context, article)
    yield lists.links_page(context, Text(context.strings["links"]))
    yield lists.hotlines_page(context, Text(context.strings["hotlines"]))
    yield general.new_page(context)
    yield counts.figures_page(context)
    yield counts.operation_page(context)
    yield general.search_page(context)
    yield general.not_found_page(context)
