"""What making views may know: what all pages share, and what one bundle of pages sees of the catalogue."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import Struct, msgpack

from builder.content.catalogue import Article, Column, Section, Topic, Vocabulary
from builder.content.faces import BookFace, CoverFace, LocalisedText, ResourceFace
from builder.content.files import beside
from builder.content.model import Cover as CoverForm
from builder.content.model import FigureForm, HotlineForm, LinkForm, Person, ResourceForm
from builder.content.prose import Prose, Target
from builder.media import Attachment, Variant
from builder.pages import addresses
from builder.pages.views import Card, Chrome, Cover, Frame, Link, Picture, Site, Sums, Term, Text
from builder.settings import Settings

HUES = 12
NO_TEXT = Text("")
NO_MARKUP = Markup("")


class Common(Struct, frozen=True):
    """What every page may show.

    Args:
        settings: of the site.
        vocabulary: the words that records choose from.
        sections: in their order, with their columns but nothing of what these list.
        stages: school stages that have textbooks, each with its subjects, in their order.
        articles: ID and title of each page of text.
        strings: the theme's, for titles of pages that no record gives.
        search: whether readers can find by typing.
        early: IDs of scheduled resources that are shown before their day.
    """

    settings: Settings
    vocabulary: Vocabulary
    sections: tuple[Section, ...]
    stages: dict[str, tuple[str, ...]]
    articles: tuple[tuple[str, LocalisedText], ...]
    strings: Mapping[str, Any]
    search: bool
    early: tuple[str, ...]


class Moved(Struct, frozen=True):
    """A former address: what became of it, and the page that took its place, if one did."""

    address: str
    kind: str
    target: str | None
    title: LocalisedText | None
    date: str
    reason: LocalisedText | None


class Sight(Struct, frozen=True, omit_defaults=True):
    """What one bundle sees of the catalogue beside its own records: its pages change only when some of this does.

    Args:
        lists: what columns list, by the column's ID.
        textbooks: by ID, in the order of their shelves.
        replacements: resources that take the place of the bundle's own, by ID.
        topics: special topics.
        articles: pages of text.
        linked: linked professional sites.
        hotlines: those fresh enough to publish.
        figures: published figures.
        charts: name, address, width and height of each chart.
        moves: former addresses.
        links: where the links of the bundle's own texts lead, by file and by what is written there.
        attachments: published files by path from the site's folder.
        covers: the sizes of covers by path of the picture.
    """

    lists: dict[str, tuple[ResourceFace, ...]] = {}
    textbooks: dict[str, BookFace] = {}
    replacements: dict[str, ResourceFace] = {}
    topics: tuple[Topic, ...] = ()
    articles: tuple[Article, ...] = ()
    linked: tuple[LinkForm, ...] = ()
    hotlines: tuple[HotlineForm, ...] = ()
    figures: tuple[FigureForm, ...] = ()
    charts: tuple[tuple[str, str, int, int], ...] = ()
    moves: tuple[Moved, ...] = ()
    links: dict[str, dict[str, str | None]] = {}
    attachments: dict[str, Attachment] = {}
    covers: dict[str, tuple[Variant, ...]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """Travels in msgspec's encoding, which is made and read in a third of the time."""
        return _sight, (msgpack.encode(self),)


_decoder = msgpack.Decoder(Sight)


def _sight(encoded: bytes) -> Sight:
    return _decoder.decode(encoded)


class Shared:
    """What all pages share, worked out once: words, colours, links, the parts that stand round every page.

    Args:
        common: what it is made of.
    """

    def __init__(self, common: Common):
        self.settings = common.settings
        self.vocabulary = common.vocabulary
        self.sections = common.sections
        self.stages = common.stages
        self.articles = common.articles
        self._early = frozenset(common.early)
        self.strings = common.strings
        self.columns = {column.id: column for section in common.sections for column in section.columns}
        self._attrs: dict[str | None, Markup] = {
            id: Markup(' lang="{}" dir="{}"').format(id, language.direction)
            for id, language in common.vocabulary.languages.items()
            if id != common.settings.language
        }
        names = ("stages", "grades", "subjects", "editions", "volumes", "kinds", "audiences", "languages")
        self._terms: dict[str, dict[Any, Term]] = {
            name: {id: Term(str(id), self.text(term.title)) for id, term in getattr(common.vocabulary, name).items()}
            for name in names
        }
        self.home = Link(Text(common.strings["home"]), addresses.HOME, "home")
        self.base_path = urlsplit(common.settings.base_url).path or "/"
        self._section_links = {
            section.id: Link(self.text(section.title), addresses.section(section.id), section.id)
            for section in common.sections
        }
        self.site = Site(
            title=self.text(common.settings.title),
            language=common.settings.language,
            direction=common.vocabulary.languages[common.settings.language].direction,
            base_url=common.settings.base_url,
            owner=self.text(common.settings.owner),
            licence=self.licence(common.settings.licence),
            sections=tuple(self._section_links.values()),
            audiences=tuple(
                Link(term.title, addresses.audience(term.id), term.id) for term in self._terms["audiences"].values()
            ),
            articles=tuple(Link(self.text(title), addresses.article(id), id) for id, title in common.articles),
            search=common.search,
        )
        leading = (*self.site.sections, *self.site.audiences)
        self._feeds = {
            id: Link(Text(f"{link.title.value} · {self.site.title.value}"), addresses.feed(id), id)
            for id, link in self._section_links.items()
        }
        self._in_header = frozenset([addresses.HOME, addresses.SEARCH, *(link.address for link in leading)])
        self._chromes: dict[tuple[str, str, str], Chrome] = {}
        self.book_column = next((column for column in self.columns.values() if column.shows_textbooks), None)
        self.book_section = self.book_column.section if self.book_column else ""

    def section(self, id: str) -> Section:
        """A section by ID."""
        return next(section for section in self.sections if section.id == id)

    # ---- words

    def wording(self, localised: LocalisedText | None, language: str | None = None) -> tuple[str, str]:
        """A text in the site's language where there is one, else in the first that there is, and which language it is.

        Args:
            localised: one text, or one for each language.
            language: of one text alone, where that is not the site's.
        """
        own = self.settings.language
        if not isinstance(localised, dict):
            return localised or "", language or own
        return next(
            (localised[tag], tag) for tag in (own, *self.settings.languages, *localised, "") if tag in localised
        )

    def text(self, localised: LocalisedText | None, language: str | None = None) -> Text:
        """A text as `wording` chooses it, marked where its language is not the page's."""
        if localised is None:
            return NO_TEXT
        if isinstance(localised, str):
            return Text(localised, self.attrs(language))
        value, tag = self.wording(localised)
        return Text(value, self.attrs(tag))

    def attrs(self, language: str | None) -> Markup:
        """`lang` and `dir` for what is written in a language; empty for the page's own."""
        return self._attrs.get(language, NO_MARKUP) if language else NO_MARKUP

    def term(self, vocabulary: str, id: Any) -> Term:
        """An entry of a vocabulary."""
        return self._terms[vocabulary][id]

    def terms(self, vocabulary: str, ids: Sequence[Any]) -> tuple[Term, ...]:
        """Entries of a vocabulary."""
        known = self._terms[vocabulary]
        return tuple([known[id] for id in ids]) if ids else ()

    def language_of(self, language: str | None) -> Term | None:
        """The language of a record, where it is not the page's."""
        return self.term("languages", language) if language and language != self.settings.language else None

    def licence(self, id: str | None) -> Link | None:
        """A licence by its ID."""
        entry = self.vocabulary.licences.get(id) if id else None
        return Link(self.text(entry.title), entry.url or "", entry.id) if entry else None

    def grades(self, grades: Sequence[int]) -> Text:
        """The grades of a textbook in words; empty where it has none."""
        titles = [self.term("grades", grade).title for grade in grades]
        return Text(self.strings["comma"].join(title.value for title in titles), titles[0].attrs) if titles else NO_TEXT

    # ---- parts of views

    def frame(
        self,
        address: str,
        kind: str,
        title: Text,
        *,
        summary: str = "",
        crumbs: Sequence[Link] = (),
        section: str = "",
        structured_data: Markup = NO_MARKUP,
        feed: Link | None = None,
        file: str = "",
        indexed: bool = True,
    ) -> Frame:
        """What stands round the content of a page."""
        edit_url = self.settings.edit_url
        return Frame(
            self.chrome(addresses.root(address), section, address),
            address,
            kind,
            title,
            summary,
            () if address == addresses.HOME else (self.home, *crumbs),
            structured_data,
            feed,
            edit_url.replace("{file}", file) if edit_url and file else "",
            indexed,
        )

    def chrome(self, root: str, section: str, address: str) -> Chrome:
        """What a page has in common with others; equal ones are the same object."""
        key = (root, section, address if address in self._in_header else "")
        found = self._chromes.get(key)
        if found is None:
            found = self._chromes[key] = Chrome(self.site, *key)
        return found

    def section_link(self, id: str) -> Link:
        """A section by ID."""
        return self._section_links[id]

    def feed(self, section: str) -> Link:
        """A section's Atom feed by the section's ID, with the title that feed readers show."""
        return self._feeds[section]

    def column_link(self, column: Column) -> Link:
        """A column."""
        return Link(self.text(column.title), addresses.column(column), column.id)

    def resource_link(self, resource: ResourceFace) -> Link:
        """A resource."""
        return Link(self.text(resource.title), addresses.resource(resource), resource.id)

    def original(self, form: ResourceForm | ResourceFace) -> Text:
        """A resource's title in its own language, where the site's language has another."""
        language, own = form.language, self.settings.language
        if not isinstance(form.title, dict) or not language or language == own or own not in form.title:
            return NO_TEXT
        return Text(form.title[language], self.attrs(language)) if language in form.title else NO_TEXT

    def words(self, words: Sequence[str], language: str | None) -> tuple[Text, ...]:
        """Keywords of a record; in one written from right to left, those in its script are marked as such."""
        attrs = self.attrs(language)
        return tuple(Text(word, attrs if attrs and _is_right_to_left(word) else NO_MARKUP) for word in words)

    def summary(self, resource: ResourceFace) -> Text:
        """A resource in one line."""
        return self.text(*_summary_of(resource))

    def summary_wording(self, resource: ResourceFace) -> tuple[str, str]:
        """A resource in one line, and its language."""
        return self.wording(*_summary_of(resource))

    def people(self, authors: Sequence[Person]) -> tuple[str, ...]:
        """Who made a resource, each with the organisation."""
        before, after = self.strings["open_bracket"], self.strings["close_bracket"]
        return tuple(
            f"{who.name}{before}{who.organisation}{after}" if who.organisation else who.name for who in authors
        )


class Context(Shared):
    """What making the views of one bundle may know.

    Args:
        shared: what all pages share.
        sight: what the bundle sees of the catalogue.
    """

    def __init__(self, shared: Shared, sight: Sight):
        self.__dict__.update(shared.__dict__)
        self.sight = sight

    def listed(self, column: Column) -> tuple[ResourceFace, ...]:
        """What a column lists."""
        return self.sight.lists.get(column.id, ())

    @cached_property
    def resources(self) -> dict[str, ResourceFace]:
        """All resources in sight by ID, each once, in the order of the columns."""
        return {
            resource.id: resource
            for id, listed in self.sight.lists.items()
            for resource in listed
            if resource.column == id
        }

    @cached_property
    def class_hours(self) -> int:
        """Class hours of all textbooks in sight."""
        return sum(book.class_hours for book in self.sight.textbooks.values())

    @cached_property
    def sums(self) -> Sums:
        """How much there is of everything in sight."""
        books = self.sight.textbooks.values()
        return Sums(
            len(self.resources) + self.class_hours,
            len(self.resources),
            self.class_hours,
            sum(book.with_material for book in books),
            len(books),
            sum(book.class_hours > 0 for book in books),
        )

    @cached_property
    def shelves(self) -> dict[str, dict[str, list[BookFace]]]:
        """Textbooks in sight by stage and subject, in their order."""
        shelves: dict[str, dict[str, list[BookFace]]] = {}
        for book in self.sight.textbooks.values():
            shelves.setdefault(book.stage, {}).setdefault(book.subject, []).append(book)
        return shelves

    def picture(self, cover: CoverForm | CoverFace | None, file: str, root: str) -> Picture | None:
        """A record's given cover, in the sizes that were made of it."""
        if cover is None:
            return None
        variants = self.sight.covers.get(beside(file, cover.file), ())
        if not variants:
            return None
        by_type: dict[str, list[str]] = {}
        for variant in variants:
            by_type.setdefault(variant.media_type, []).append(f"{root}{variant.address} {variant.width}w")
        fallback = [variant for variant in variants if variant.media_type == variants[-1].media_type]
        best = fallback[min(1, len(fallback) - 1)]
        sources = tuple((kind, ", ".join(sizes)) for kind, sizes in by_type.items())
        return Picture(best.address, sources, best.width, best.height, self.text(cover.alt))

    def card(self, resource: ResourceFace, root: str, *, is_news: bool = False) -> Card:
        """A resource in a list; where `is_news`, with the date of its last change, and whether it was new then."""
        kind = self.term("kinds", resource.kind)
        subject = resource.subjects[0] if resource.subjects else None
        label = self.term("subjects", subject).title if subject else kind.title
        facts = [
            term.title
            for name, ids in (("stages", resource.stages), ("grades", resource.grades), ("subjects", resource.subjects))
            for term in (self.terms(name, ids) if len(ids) <= 3 else ())
        ]
        return Card(
            self.text(resource.title),
            self.original(resource),
            addresses.resource(resource),
            self.summary(resource),
            Cover(
                self.picture(resource.cover, resource.file, root),
                hue(subject or resource.column),
                resource.kind,
                label,
            ),
            kind,
            tuple(facts),
            resource.changed if is_news else resource.date.isoformat(),
            ("updated" if resource.is_updated else "published") if is_news else "",
            resource.status == "draft",
            resource.publish.isoformat() if resource.publish and resource.id in self._early else "",
        )

    def body(self, prose: Prose, file: str, root: str) -> Markup:
        """A text with its links leading from a page to where they should."""
        if not prose.targets:
            return Markup(prose.html)

        links = self.sight.links.get(file, {})

        def address(target: Target) -> str | None:
            if target.is_external:
                return target.href
            found = links[target.href]
            return found if found is None or found.startswith("#") else root + found

        def size(target: Target) -> tuple[int, int]:
            attachment = self.sight.attachments.get(beside(file, target.path))
            return (attachment.width, attachment.height) if attachment else (0, 0)

        return Markup(prose.with_targets(address, size))


def _summary_of(resource: ResourceFace) -> tuple[LocalisedText, str | None]:
    """What says a resource in one line, and its language where it is not the site's."""
    return (resource.opening, resource.language) if resource.summary is None else (resource.summary, None)


@cache
def hue(id: str) -> int:
    """The colour of a subject, column or topic, 0 to 11: by its ID alone, so that no other entry can change it."""
    return int.from_bytes(blake2b(id.encode(), digest_size=4).digest(), "big") % HUES


def _is_right_to_left(word: str) -> bool:
    """Whether a word's first letter is of a script written from right to left (UAX #9)."""
    kinds = (unicodedata.bidirectional(char) for char in word)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def data_script(json: str) -> Markup:
    """JSON for a script element: nothing in it can end the element."""
    return Markup(json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
