"""What a page is made from: the editors' files and the theme's."""

from __future__ import annotations

from jinja2 import Environment, meta

from builder.build import Checked, Options, check
from builder.pages import addresses
from builder.rendering.theme import Theme

_LISTS = {
    addresses.LINKS: ["content/links.yaml"],
    addresses.HOTLINES: ["content/hotlines.yaml"],
    addresses.OPERATION: ["content/figures.yaml"],
}


def explain(options: Options, address: str) -> list[str] | None:
    """Files that a page is made from, or nothing where there is no such page.

    Args:
        options: as for a build.
        address: of the page, from the site's root.

    Raises:
        ContentError: the site has errors.
    """
    site = check(options)
    entry = site.directory.pages.get(address)
    if entry is None:
        move = site.directory.moves.get(address)
        return None if move is None else [move.file]
    shared = ["site.yaml", "content/vocabulary.yaml"]
    shared += [section.file for section in site.catalogue.sections]
    shared += [article.file for article in site.catalogue.articles]
    files = [entry.file, *_listed(site, address), *shared, *_templates(site.theme, _template(site, address))]
    return list(dict.fromkeys(files))


def _listed(site: Checked, address: str) -> list[str]:
    """Files of the records that a list shows."""
    if address in _LISTS:
        return _LISTS[address]
    catalogue = site.catalogue
    size = site.settings.page_size
    for column in catalogue.columns.values():
        for number in range(1, -(-len(column.resources) // size) + 1):
            if address == addresses.column(column, number):
                return [resource.file for resource in column.resources[(number - 1) * size : number * size]]
    everything = [resource.file for resource in catalogue.resources.values()]
    books = [book.file for book in catalogue.textbooks.values()]
    if address.startswith("curriculum/"):
        return books
    return everything + books if "/" not in address and address.endswith(".html") else []


def _template(site: Checked, address: str) -> str:
    """The template of the page at an address, by the kind of record that stands there."""
    file = site.directory.pages[address].file
    name = file.removeprefix("content/").partition("/")[0]
    if file == "site.yaml":
        fixed = {addresses.HOME: "home.html"}
        return fixed.get(address, address.rpartition("/")[2])
    if name == "vocabulary.yaml":
        kind = address.split("/")
        return "audience.html" if kind[0] == "for" else "stage.html" if len(kind) == 2 else "subject.html"
    if name == "textbooks":
        return "textbook.html" if address.count("/") == 1 else "lesson.html"
    if name == "sections":
        return {"_section.yaml": "section.html", "_column.yaml": "column.html"}.get(
            file.rpartition("/")[2], "resource.html"
        )
    return "topic.html" if name == "topics" else "article.html"


def _templates(theme: Theme, name: str) -> list[str]:
    """A template and all that it extends, imports or includes."""
    environment = Environment()
    found: dict[str, None] = {}
    pending = [name]
    while pending:
        source = theme.templates.get(pending.pop())
        if source is None or source.file in found:
            continue
        found[source.file] = None
        pending += [n for n in meta.find_referenced_templates(environment.parse(source.text)) if n is not None]
    return list(found)
