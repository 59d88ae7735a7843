"""The plan: which pages the catalogue makes, in bundles that can be made anywhere and in any order.

A bundle's pages are made of three things: what all pages share (`Common`), the bundle's own records in full, and its
sight, the part of the catalogue that they show beside these. They are given nothing else, so whatever can change them
is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from msgspec import Struct

from builder.content.catalogue import Article, Catalogue, Column, Resource, Section, Textbook, Topic
from builder.content.entries import named_files, text_faces
from builder.content.faces import BookFace, NamedFile, ResourceFace, TextFace
from builder.digest import digest
from builder.media import Media
from builder.pages import books, counts, general, lists, resources
from builder.pages.context import Common, Context, Moved, Sight
from builder.pages.directory import Directory, stages
from builder.pages.views import Page
from builder.settings import Settings

Kind = Literal["site", "topic", "article", "section", "column", "textbook", "stage", "moves", "moved"]
Charts = tuple[tuple[str, str, int, int], ...]


class Lot(Struct, frozen=True, array_like=True):
    """Pages that are made together, because they show the same records.

    Args:
        kind: what they are pages of.
        id: of the record; empty for the site's own pages.
        files: of the records that its pages show in full, in the order of the pages.
        weight: pages in it, roughly, for sharing out the work.
    """

    kind: Kind
    id: str
    files: tuple[str, ...]
    weight: int

    @property
    def name(self) -> str:
        """Unique among the bundles of a site."""
        return f"{self.kind} {self.id}".rstrip()


class Bundle(Lot, frozen=True, eq=False):
    """A lot with all that it is made of beside its records.

    Args:
        sight: what else its pages show.
    """

    sight: Sight


def common_of(settings: Settings, catalogue: Catalogue, strings: dict[str, Any], *, search: bool) -> Common:
    """What every bundle sees."""
    return Common(
        settings,
        catalogue.vocabulary,
        tuple(_bare(section) for section in catalogue.sections),
        stages(catalogue),
        tuple((article.id, article.title) for article in catalogue.articles),
        strings,
        search,
        catalogue.early,
    )


def _bare(section: Section) -> Section:
    columns = tuple(Column(c.id, c.section, c.form, (), c.file) for c in section.columns)
    return Section(section.id, section.form, columns, section.file)


def plan(catalogue: Catalogue, directory: Directory, media: Media, charts: Charts) -> list[Bundle]:
    """All bundles of a site, each with what it sees."""
    planner = _Planner(catalogue, directory, media)
    shelves: dict[str, list[BookFace]] = {}
    series: dict[tuple[str, str, str], list[BookFace]] = {}
    for book in catalogue.textbooks.values():
        shelves.setdefault(book.stage, []).append(book)
        series.setdefault((book.stage, book.subject, book.edition), []).append(book)
    return [
        planner.site(charts),
        planner.moves(),
        *planner.moved(),
        *(planner.section(section) for section in catalogue.sections),
        *(planner.topic(topic) for topic in catalogue.topics),
        *(planner.article(article) for article in catalogue.articles),
        *(planner.column(column) for column in catalogue.columns.values()),
        *(planner.stage(stage, shelved) for stage, shelved in shelves.items()),
        *(planner.textbook(book, alike) for alike in series.values() for book in alike),
    ]


@dataclass(frozen=True, slots=True)
class _Planner:
    """Cuts the catalogue to what each bundle may see."""

    catalogue: Catalogue
    directory: Directory
    media: Media

    def site(self, charts: Charts) -> Bundle:
        catalogue = self.catalogue
        listed = {id: column.resources for id, column in catalogue.columns.items()}
        sight = Sight(
            lists=listed,
            textbooks=catalogue.textbooks,
            topics=catalogue.topics,
            linked=catalogue.links,
            hotlines=catalogue.hotlines,
            figures=catalogue.figures,
            charts=charts,
            covers=self._covers([*catalogue.resources.values(), *catalogue.topics]),
        )
        return Bundle("site", "", (), 40, sight)

    def moves(self) -> Bundle:
        """The list of all former addresses, which tells hosts nothing but where they lead."""
        moves = sorted(self.directory.moves.items())
        sight = Sight(moves=tuple(Moved(address, move.kind, move.target, None, "", None) for address, move in moves))
        return Bundle("moves", "", (), 1, sight)

    def moved(self) -> Iterator[Bundle]:
        """The pages at former addresses: few in each bundle, so that the title of a target changes only few."""
        lots: dict[str, list[Moved]] = {}
        for address in sorted(self.directory.moves):
            lots.setdefault(lot_of_moved(address), []).append(self._moved(address))
        for lot, moves in lots.items():
            yield Bundle("moved", lot, (), len(moves), Sight(moves=tuple(moves)))

    def _moved(self, address: str) -> Moved:
        move = self.directory.moves[address]
        title = self.directory.pages[move.target].title if move.target is not None else None
        return Moved(address, move.kind, move.target, title, move.date, move.reason)

    def section(self, section: Section) -> Bundle:
        listed = {column.id: column.resources for column in section.columns}
        sight = Sight(lists=listed, textbooks=self._textbooks(section))
        return Bundle("section", section.id, (), 2, sight)

    def topic(self, topic: Topic) -> Bundle:
        listed = {column.id: column.resources for column in topic.columns}
        sight = Sight(
            lists=listed,
            textbooks=self._textbooks(topic),
            topics=(topic,),
            covers=self._covers([topic, *topic.resources]),
            links=self._links([(topic.file, text) for text in text_faces(topic)]),
            attachments=self._attachments(named_files(topic)),
        )
        return Bundle("topic", topic.id, (), 1, sight)

    def article(self, article: Article) -> Bundle:
        links = self._links([(article.file, text) for text in text_faces(article)])
        sight = Sight(articles=(article,), links=links, attachments=self._attachments(named_files(article)))
        return Bundle("article", article.id, (), 1, sight)

    def column(self, column: Column) -> Bundle:
        catalogue = self.catalogue
        own = [resource for resource in column.resources if resource.column == column.id]
        replacements = (catalogue.resources.get(resource.replaced_by or "") for resource in own)
        is_list_of = column.form.layout
        sight = Sight(
            lists={column.id: column.resources},
            textbooks=self._textbooks(column),
            replacements={resource.id: resource for resource in replacements if resource is not None},
            linked=catalogue.links if is_list_of == "links" else (),
            hotlines=catalogue.hotlines if is_list_of == "hotlines" else (),
            covers=self._covers(column.resources),
            **self._own(own),
        )
        return Bundle("column", column.id, tuple(resource.file for resource in own), 3 + len(own), sight)

    def stage(self, stage: str, shelved: list[BookFace]) -> Bundle:
        sight = Sight(textbooks={book.id: book for book in shelved}, covers=self._covers(shelved))
        return Bundle("stage", stage, (), 1 + len({book.subject for book in shelved}), sight)

    def textbook(self, book: BookFace, alike: list[BookFace]) -> Bundle:
        others = {other.id: other for other in alike if other.id != book.id}
        sight = Sight(textbooks=others, covers=self._covers([book]), **self._own([book]))
        return Bundle("textbook", book.id, (book.file,), 1 + book.class_hours, sight)

    def _textbooks(self, shower: Section | Column | Topic) -> dict[str, BookFace]:
        """All textbooks for what shows them."""
        return self.catalogue.textbooks if shower.shows_textbooks else {}

    def _own(self, records: Iterable[ResourceFace | BookFace]) -> dict[str, Any]:
        """Where the links of a bundle's own records lead, and the files that they name."""
        records = list(records)
        return {
            "links": self._links([(record.file, text) for record in records for text in record.texts]),
            "attachments": self._attachments(named for record in records for named in record.files),
        }

    def _attachments(self, named: Iterable[NamedFile]) -> dict[str, Any]:
        """The published files among those that are named."""
        attachments = self.media.attachments
        return {name.file: attachments[name.file] for name in named if name.file in attachments}

    def _links(self, texts: list[tuple[str, TextFace]]) -> dict[str, dict[str, str | None]]:
        found: dict[str, dict[str, str | None]] = {}
        for file, text in texts:
            for target in text.targets:
                if target.is_external:
                    continue
                found.setdefault(file, {})[target.href] = self.directory.resolve(target, file)
        return found

    def _covers(self, records: Iterable[ResourceFace | BookFace | Topic]) -> dict[str, Any]:
        """The covers of records that have one."""
        named: Iterator[NamedFile] = (
            named
            for record in records
            for named in (named_files(record) if isinstance(record, Topic) else record.files)
            if named.is_cover
        )
        covers = self.media.covers
        return {name.file: covers[name.file] for name in named if name.file in covers}


def lot_of_moved(address: str) -> str:
    """The ID of the bundle that has the page at a former address: one of 256, however the addresses lie in folders."""
    return digest(address.encode())[:2]


def pages(context: Context, bundle: Bundle, records: list[Any]) -> Iterator[Page]:
    """The pages of a bundle.

    Args:
        context: with the bundle's sight.
        bundle: whose pages.
        records: in full, of the bundle's files.
    """
    match bundle.kind:
        case "site":
            yield from _site(context)
        case "moved":
            for move in context.sight.moves:
                yield general.moved_page(context, move)
        case "section":
            yield resources.section_page(context, context.section(bundle.id))
        case "topic":
            for topic in context.sight.topics:
                yield resources.topic_page(context, topic)
        case "article":
            for article in context.sight.articles:
                yield general.article_page(context, article)
        case "column":
            column = context.columns[bundle.id]
            own: list[Resource] = records
            yield from resources.column_pages(context, column)
            yield from resources.resource_pages(context, column, own)
        case "stage":
            yield books.stage_page(context, bundle.id)
            for subject in context.stages[bundle.id]:
                yield books.subject_page(context, bundle.id, subject)
        case "textbook":
            book: Textbook = records[0]
            yield from books.textbook_pages(context, book)


def _site(context: Context) -> Iterator[Page]:
    """The pages that belong to no section and show no single record."""
    yield general.home_page(context)
    for id in context.vocabulary.audiences:
        yield general.audience_page(context, id)
    yield lists.links_page(context)
    yield lists.hotlines_page(context)
    yield general.new_page(context)
    yield counts.figures_page(context)
    yield counts.operation_page(context)
    yield general.search_page(context)
    yield general.not_found_page(context)
