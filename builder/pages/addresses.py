"""Where each page lies: addresses come from IDs, never from titles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a build that has nothing to make needs none of it
    from builder.content.catalogue import Column, Resource
    from builder.content.faces import ResourceFace

HOME = "index.html"
LINKS = "links.html"
HOTLINES = "hotlines.html"
NEW = "new.html"
FIGURES = "figures.html"
OPERATION = "operation.html"
SEARCH = "search.html"
NOT_FOUND = "404.html"
SITEMAP = "sitemap.xml"
PACKS = "search/"
COMMON = f"{PACKS}site/"
TEXTS = f"{PACKS}texts/"
INDEXES = f"{PACKS}indexes/"
LEXICON = f"{COMMON}lexicon"
SEARCH_INDEX = "search/index.js"
DATA = ("data/version.json", "data/vocabulary.json", "data/sections.json")


class Fixed(NamedTuple):
    """What is known beforehand of a page that every site has.

    Args:
        kind: what its frame is called, and its template.
        title: the string that it is called by.
        file: that editors write it in; empty where they do not.
        indexed: whether search engines are to list it.
    """

    kind: str
    title: str
    file: str = ""
    indexed: bool = True


FIXED = {
    HOME: Fixed("home", "home", "site.yaml"),
    NEW: Fixed("new", "whats_new"),
    LINKS: Fixed("links", "links", "content/links.yaml"),
    HOTLINES: Fixed("hotlines", "hotlines", "content/hotlines.yaml"),
    FIGURES: Fixed("figures", "figures"),
    OPERATION: Fixed("operation", "operation", "content/figures.yaml"),
    SEARCH: Fixed("search", "search", indexed=False),
    NOT_FOUND: Fixed("404", "not_found", indexed=False),
}


def outlives(address: str) -> bool:
    """Whether a file may stay for one publication more: only open pages know its name, which tells what it holds."""
    return address.startswith(PACKS) and address != SEARCH_INDEX


def section(id: str) -> str:
    """A section's page."""
    return f"{id}.html"


def feed(section: str) -> str:
    """A section's Atom feed."""
    return f"feeds/{section}.xml"


def data_of(kind: str, id: str) -> str:
    """The JSON twin of a column or textbook; `kind` is `columns` or `textbooks`."""
    return f"data/{kind}/{id}.json"


def column(column: Column, number: int = 1) -> str:
    """A page of a column's list, from 1."""
    base = f"{column.section}/{column.id}"
    return f"{base}.html" if number == 1 else f"{base}/{number}.html"


def resource(resource: Resource | ResourceFace) -> str:
    """A resource's page."""
    return f"{resource.section}/{resource.column}/{resource.id}.html"


def stage(id: str) -> str:
    """The chooser's page of a school stage."""
    return f"curriculum/{id}.html"


def subject(stage: str, id: str) -> str:
    """The chooser's page of a subject in a stage."""
    return f"curriculum/{stage}/{id}.html"


def textbook(id: str) -> str:
    """A textbook's page."""
    return f"textbooks/{id}.html"


def class_hour(book: str, lesson: str, number: int = 1) -> str:
    """The page of a lesson's class hour, from 1."""
    return f"textbooks/{book}/{lesson}.html" if number == 1 else f"textbooks/{book}/{lesson}-{number}.html"


def topic(id: str) -> str:
    """A special topic's page."""
    return f"topics/{id}.html"


def audience(id: str) -> str:
    """The page for pupils, teachers or parents."""
    return f"for/{id}.html"


def article(id: str) -> str:
    """A page of text."""
    return f"{id}.html"


def of_file(file: str) -> str:
    """The address of the page that a content file would make, by the file's place; empty where it makes none."""
    match file.removeprefix("content/").split("/"):
        case ["sections", id, "_section.yaml"]:
            return section(id)
        case ["sections", section_id, id, "_column.yaml"]:
            return f"{section_id}/{id}.html"
        case ["sections", section_id, column_id, name]:
            return f"{section_id}/{column_id}/{name.removesuffix('.md')}.html"
        case ["textbooks", _, _, name]:
            return textbook(name.removesuffix(".yaml"))
        case ["topics", name]:
            return topic(name.removesuffix(".md"))
        case ["pages", name]:
            return article(name.removesuffix(".md"))
    return ""


def root(address: str) -> str:
    """The way from a page to the site's root."""
    return "../" * address.count("/")
