"""What making views needs to know of the whole site, made once: words, addresses, the parts that all pages share."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from builder.content.catalogue import Catalogue, Column, Resource, Textbook
from builder.content.markdown import Prose, Target
from builder.content.model import Cover as CoverForm
from builder.content.model import Person, ResourceForm
from builder.media import Media, beside
from builder.pages import addresses
from builder.pages.directory import Directory
from builder.pages.views import Card, Chrome, Cover, Frame, Link, Picture, Site, Term, Text
from builder.reading.fields import Localised
from builder.settings import Settings

HUES = 12
NO_TEXT = Text("")
NO_MARKUP = Markup("")


@dataclass(frozen=True)
class Context:
    """Everything behind the views of a site.

    Args:
        settings: of the site.
        catalogue: the content.
        directory: every address.
        media: published files and covers.
        charts: address, width and height of each chart by name.
        strings: the theme's interface strings, for titles of pages that no record gives.
    """

    settings: Settings
    catalogue: Catalogue
    directory: Directory
    media: Media
    charts: dict[str, tuple[str, int, int]]
    strings: Mapping[str, Any]

    # ---- words

    def text(self, localised: Localised | None) -> Text:
        """A text in the site's language where there is one, else in the first that there is, marked as such."""
        if localised is None:
            return NO_TEXT
        if isinstance(localised, str):
            return Text(localised)
        language = self.settings.language
        if language in localised:
            return Text(localised[language])
        for other in (*self.settings.languages, *localised):
            if other in localised:
                return Text(localised[other], self.attrs(other))
        return NO_TEXT

    def attrs(self, language: str | None) -> Markup:
        """`lang` and `dir` for what is written in a language; empty for the page's own."""
        return self._attrs.get(language, Markup("")) if language else Markup("")

    @cached_property
    def _attrs(self) -> dict[str | None, Markup]:
        own = self.settings.language
        return {
            id: Markup(' lang="{}" dir="{}"').format(id, language.direction)
            for id, language in self.catalogue.vocabulary.languages.items()
            if id != own
        }

    def term(self, vocabulary: str, id: Any) -> Term:
        """An entry of a vocabulary."""
        return self._terms[vocabulary][id]

    def terms(self, vocabulary: str, ids: Sequence[Any]) -> tuple[Term, ...]:
        """Entries of a vocabulary."""
        known = self._terms[vocabulary]
        return tuple(known[id] for id in ids)

    @cached_property
    def _terms(self) -> dict[str, dict[Any, Term]]:
        words = self.catalogue.vocabulary
        lists: dict[str, dict[Any, Any]] = {
            "stages": words.stages,
            "grades": words.grades,
            "subjects": words.subjects,
            "editions": words.editions,
            "volumes": words.volumes,
            "kinds": words.kinds,
            "audiences": words.audiences,
            "languages": words.languages,
        }
        return {
            name: {id: Term(str(id), self.text(entry.title)) for id, entry in entries.items()}
            for name, entries in lists.items()
        }

    def language_of(self, language: str | None) -> Term | None:
        """The language of a record, where it is not the page's."""
        return self.term("languages", language) if language and language != self.settings.language else None

    def licence(self, id: str | None) -> Link | None:
        """A licence by its ID."""
        entry = self.catalogue.vocabulary.licences.get(id) if id else None
        return Link(self.text(entry.title), entry.url or "", entry.id) if entry else None

    def grades(self, book: Textbook) -> str:
        """The grades of a textbook in words."""
        return "、".join(self.term("grades", grade).title.value for grade in book.grades)

    # ---- parts of views

    @cached_property
    def site(self) -> Site:
        """What every page shares."""
        return Site(
            self.text(self.settings.title),
            self.settings.language,
            self.catalogue.vocabulary.languages[self.settings.language].direction,
            self.settings.base_url,
            self.text(self.settings.owner),
            self.licence(self.settings.licence),
            tuple(
                Link(self.text(section.title), addresses.section(section.id), section.id)
                for section in self.catalogue.sections
            ),
            tuple(Link(term.title, addresses.audience(term.id), term.id) for term in self._terms["audiences"].values()),
            tuple(
                Link(self.text(article.title), addresses.article(article.id), article.id)
                for article in self.catalogue.articles
            ),
        )

    @cached_property
    def home(self) -> Link:
        """The way home, first of all breadcrumbs."""
        return Link(Text(self.strings["home"]), addresses.HOME, "home")

    @cached_property
    def base_path(self) -> str:
        """The path of `base_url`."""
        return urlsplit(self.settings.base_url).path or "/"

    def title_at(self, address: str) -> str:
        """The title of the record that has a page, in the site's language."""
        return self._titles.get(address, "")

    @cached_property
    def _titles(self) -> dict[str, str]:
        catalogue = self.catalogue
        titles = {addresses.resource(r): self.text(r.title).value for r in catalogue.resources.values()}
        titles |= {addresses.textbook(book.id): self.text(book.title).value for book in catalogue.textbooks.values()}
        titles |= {
            addresses.class_hour(book, lesson, hour.number): self.text(lesson.title).value
            for book in catalogue.textbooks.values()
            for _, lesson in book.lessons
            for hour in lesson.hours
        }
        titles |= {addresses.column(column): self.text(column.title).value for column in catalogue.columns.values()}
        titles |= {link.address: link.title.value for link in (*self.site.sections, *self.site.articles)}
        titles |= {addresses.topic(topic.id): self.text(topic.title).value for topic in catalogue.topics}
        return titles

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
        feed: str = "",
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

    @cached_property
    def _chromes(self) -> dict[tuple[str, str, str], Chrome]:
        return {}

    @cached_property
    def _in_header(self) -> frozenset[str]:
        links = (*self.site.sections, *self.site.audiences)
        return frozenset([addresses.HOME, addresses.SEARCH, *(link.address for link in links)])

    def section_link(self, id: str) -> Link:
        """A section by ID."""
        return self._sections[id]

    @cached_property
    def _sections(self) -> dict[str, Link]:
        return {link.id: link for link in self.site.sections}

    @cached_property
    def shelves(self) -> dict[str, dict[str, list[Textbook]]]:
        """Textbooks by stage and subject, in their order; only stages and subjects that have any."""
        shelves: dict[str, dict[str, list[Textbook]]] = {}
        for book in self.catalogue.textbooks.values():
            shelves.setdefault(book.form.stage, {}).setdefault(book.form.subject, []).append(book)
        return shelves

    @cached_property
    def book_section(self) -> str:
        """ID of the section that shows the textbooks: the first with a column of that layout; empty where none does."""
        columns = self.catalogue.columns.values()
        return next((column.section for column in columns if column.form.layout == "textbooks"), "")

    def column_link(self, column: Column) -> Link:
        """A column."""
        return Link(self.text(column.title), addresses.column(column), column.id)

    def resource_link(self, resource: Resource) -> Link:
        """A resource."""
        return Link(self.text(resource.title), addresses.resource(resource), resource.id)

    def textbook_link(self, book: Textbook) -> Link:
        """A textbook."""
        return Link(self.text(book.title), addresses.textbook(book.id), book.id)

    def picture(self, cover: CoverForm | None, file: str, root: str) -> Picture | None:
        """A record's given cover, in the sizes that were made of it."""
        if cover is None:
            return None
        variants = self.media.covers.get(beside(file, cover.file), ())
        if not variants:
            return None
        by_type: dict[str, list[str]] = {}
        for variant in variants:
            by_type.setdefault(variant.media_type, []).append(f"{root}{variant.address} {variant.width}w")
        fallback = [variant for variant in variants if variant.media_type == variants[-1].media_type]
        best = fallback[min(1, len(fallback) - 1)]
        sources = tuple((kind, ", ".join(sizes)) for kind, sizes in by_type.items())
        return Picture(best.address, sources, best.width, best.height, self.text(cover.alt))

    @cached_property
    def hues(self) -> dict[str, int]:
        """One of the theme's hues for each subject, column and topic, by its place, so that neighbours differ."""
        catalogue = self.catalogue
        lists = (catalogue.vocabulary.subjects, catalogue.columns, [topic.id for topic in catalogue.topics])
        return {id: place % HUES for ids in lists for place, id in enumerate(ids)}

    def card(self, resource: Resource, root: str) -> Card:
        """A resource in a list."""
        form = resource.form
        kind = self.term("kinds", form.kind)
        subject = form.subjects[0] if form.subjects else None
        label = self.term("subjects", subject).title if subject else kind.title
        facts = [
            term.title.value
            for name, ids in (("stages", form.stages), ("grades", form.grades), ("subjects", form.subjects))
            for term in (self.terms(name, ids) if len(ids) <= 3 else ())
        ]
        return Card(
            self.text(form.title),
            self.original(form),
            addresses.resource(resource),
            self.summary(resource),
            Cover(
                self.picture(form.cover, resource.file, root), self.hues[subject or resource.column], form.kind, label
            ),
            kind,
            tuple(facts),
            form.date.isoformat(),
        )

    def original(self, form: ResourceForm) -> Text:
        """A resource's title in its own language, where the site's language has another."""
        language, own = form.language, self.settings.language
        if not isinstance(form.title, dict) or not language or language == own or own not in form.title:
            return NO_TEXT
        return Text(form.title[language], self.attrs(language)) if language in form.title else NO_TEXT

    def words(self, words: Sequence[str], language: str | None) -> tuple[Text, ...]:
        """Keywords of a record; in one written from right to left, those in its script are marked as such."""
        attrs = self.attrs(language)
        return tuple(Text(word, attrs if attrs and _is_right_to_left(word) else NO_MARKUP) for word in words)

    def summary(self, resource: Resource) -> Text:
        """A resource in one line."""
        if resource.form.summary is not None:
            return self.text(resource.form.summary)
        return Text(resource.body.summary, self.attrs(resource.form.language))

    def body(self, prose: Prose, file: str, root: str) -> Markup:
        """A text with its links leading from a page to where they should."""
        if not prose.targets:
            return Markup(prose.html)

        def address(target: Target) -> str | None:
            found = self.directory.resolve(target, file)
            return found if found is None or found.startswith("#") or target.is_external else root + found

        return Markup(prose.with_targets(address))

    def people(self, authors: Sequence[Person]) -> tuple[str, ...]:
        """Who made a resource, each with the organisation."""
        return tuple(f"{who.name}（{who.organisation}）" if who.organisation else who.name for who in authors)


def _is_right_to_left(word: str) -> bool:
    """Whether a word's first letter is of a script written from right to left (UAX #9)."""
    kinds = (unicodedata.bidirectional(char) for char in word)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def data_script(json: str) -> Markup:
    """JSON for a script element: nothing in it can end the element."""
    return Markup(json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
