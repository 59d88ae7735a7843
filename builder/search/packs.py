"""Packs of titles: all that is needed to find a page by its title and to narrow by what it is, as compact columns.

A pack holds places (a textbook, a column) in the order of the catalogue, each with its rows (lessons, resources).
A row is a title, the end of its address, and one of a few combinations of facets. The format is `finder.js`'s, which
reads it; a pack is a script because nothing else can be read from `file://`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from builder.content.catalogue import Section
from builder.content.faces import BookFace, LocalisedText, ResourceFace
from builder.digest import digest
from builder.engine import library_version
from builder.pages import addresses
from builder.pages.context import Common, Context
from builder.pages.plan import Bundle
from builder.search.readings import readings
from builder.search.scripts import named, script, script_of_index

FACETS = ("stage", "subject", "edition", "grade", "volume", "kind")
_VOCABULARIES = {
    "stage": "stages",
    "subject": "subjects",
    "edition": "editions",
    "grade": "grades",
    "volume": "volumes",
    "kind": "kinds",
}
# Of pages that are no resources; their words are the theme's.
OWN_KINDS = ("lesson", "textbook", "shelf", "column", "section", "topic", "page", "link", "hotline")
OF_BOOKS = {"lesson", "textbook"}
PAGES = "site/pages"  # the pack of what belongs to no stage and no section
FORMAT = 3  # of packs and indexes, as `finder.js` says too: the finder of an open page may read another

Facets = tuple[tuple[Any, ...], ...]  # of each facet the IDs that a row has


@dataclass(frozen=True, slots=True)
class Row:
    """A page that can be found.

    Args:
        title: of the page.
        name: the end of its address without `.html`; empty where the page is its place's own, and with `#` before it
            where it is a part of that.
        facets: what it is.
        language: that its title is written in, where that is known to be another than the site's.
        also: what else it is found by: words and texts, each by itself.
    """

    title: LocalisedText
    name: str
    facets: Facets
    language: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Pages that lie in one folder: those of a textbook or of a column.

    Args:
        address: of the folder, which is that of its own page without `.html`.
        title: of its own page.
        rows: its pages.
        note: what tells it from another of the same title.
    """

    address: str
    title: LocalisedText
    rows: list[Row]
    note: str = ""


def files(context: Context, bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """Addresses and bytes of what search downloads of a bundle.

    Args:
        context: with the bundle's sight.
        bundle: whose files.
    """
    match bundle.kind:
        case "section":
            yield section_pack(context, context.section(bundle.id))
        case "stage":
            yield textbooks_pack(context, bundle.id)
        case "site":
            yield pages_pack(context)


def textbooks_pack(context: Context, stage: str) -> tuple[str, bytes]:
    """Address and bytes of the pack of a stage, its subjects, their textbooks and the lessons of these.

    Args:
        context: that sees the stage's textbooks.
        stage: ID of the stage.
    """
    books = (book for book in context.sight.textbooks.values() if book.stage == stage)
    return _pack(context, f"stages/{stage}", [*_shelves(context, stage), *(_shelved(context, book) for book in books)])


def section_pack(context: Context, section: Section) -> tuple[str, bytes]:
    """Address and bytes of the pack of a section, its columns and their resources.

    Args:
        context: that sees what the section's columns list.
        section: whose pack.
    """
    places = [Place(section.id, section.title, [Row(section.title, "", _of_kind("section"))])]
    for column in section.columns:
        own = [resource for resource in context.listed(column) if resource.column == column.id]
        rows = [Row(column.title, "", _of_kind("column")), *map(_resource, own)]
        places.append(Place(f"{section.id}/{column.id}", column.title, rows))
    return _pack(context, f"sections/{section.id}", places)


def pages_pack(context: Context) -> tuple[str, bytes]:
    """Address and bytes of the pack of the other pages: topics, texts, linked sites, hotlines, those of every site.

    Args:
        context: that sees the topics, linked sites and hotlines.
    """
    sites = [Row(link.title, f"#{link.id}", _of_kind("link"), also=(_host(link.url),)) for link in context.sight.linked]
    lines = [
        Row(line.title, f"#{line.id}", _of_kind("hotline"), also=(line.number, *line.keywords))
        for line in context.sight.hotlines
    ]
    found = [
        *(_page(addresses.topic(topic.id), topic.title, "topic") for topic in context.sight.topics),
        *(
            _page(addresses.audience(id), term.title, also=term.synonyms)
            for id, term in context.vocabulary.audiences.items()
        ),
        _page(addresses.LINKS, context.strings["links"], more=sites),
        _page(addresses.HOTLINES, context.strings["hotlines"], more=lines),
        _page(addresses.NEW, context.strings["whats_new"]),
        _page(addresses.FIGURES, context.strings["figures"]),
        _page(addresses.OPERATION, context.strings["operation"]),
        *(_page(addresses.article(id), title) for id, title in context.articles),
    ]
    return _pack(context, PAGES, found)


@cache
def tables_of_characters() -> dict[str, str]:
    """Addresses of what is known of characters, by the name of each table in `characters.py`.

    They are the same as long as what makes the tables, and who knows it, are the same.
    """
    made_by = [Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8") for name in ("characters", "scripts")]
    known_by = [library_version(name) for name in ("opencc", "pypinyin")]
    sign = digest("\0".join([*known_by, *made_by]).encode())[:12]
    return {name: f"{addresses.COMMON}{name}.{sign}.js" for name in ("readings", "traditional")}


def table_of_characters(name: str) -> bytes:
    """A table of what is known of characters; it takes half a second to make.

    Args:
        name: of the table.
    """
    from builder.search import characters  # with OpenCC, which takes long to load

    return script(characters.readings() if name == "readings" else characters.traditional())


def index(common: Common, found: Iterable[str]) -> bytes:
    """`search/index.js`: the packs there are, first those of stages, last that of what belongs to no section.

    Args:
        common: that all pages share, with the stages and sections in their order.
        found: addresses of files of the site, the packs among them.
    """
    known = {address.split(".")[0].removeprefix(addresses.PACKS): address for address in found if _is_ours(address)}
    of_stages, of_sections = (
        (f"stages/{id}" for id in common.stages),
        (f"sections/{part.id}" for part in common.sections),
    )
    names = (*of_stages, *of_sections, PAGES)
    content = {
        "format": FORMAT,
        "packs": [(name, known[name], known.get(f"indexes/{name}", "")) for name in names if name in known],
        "characters": tables_of_characters(),
        "lexicon": known.get("site/lexicon", ""),
    }
    return script_of_index(content)


def _is_ours(address: str) -> bool:
    return address.startswith(addresses.PACKS)


def _shelves(context: Context, stage: str) -> Iterator[Place]:
    """The pages on which one chooses a textbook of a stage: a subject, and its book."""
    title = context.vocabulary.stages[stage].title
    yield _alone(addresses.stage(stage), Row(title, "", ((stage,), (), (), (), (), ("shelf",))))
    for subject in context.stages[stage]:
        title = context.vocabulary.subjects[subject].title
        facets = (stage,), (subject,), (), (), (), ("shelf",)
        yield _alone(addresses.subject(stage, subject), Row(title, "", facets))


def _page(
    address: str, title: LocalisedText, kind: str = "page", more: Iterable[Row] = (), also: tuple[str, ...] = ()
) -> Place:
    return _alone(address, Row(title, "", _of_kind(kind), also=also), more)


def _host(url: str | None) -> str:
    """The part of a web address that readers remember."""
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""


def _alone(address: str, row: Row, more: Iterable[Row] = ()) -> Place:
    """A page by itself, with its parts."""
    return Place(address.removesuffix(".html"), row.title, [row, *more])


def _shelved(context: Context, book: BookFace) -> Place:
    facets: Facets = ((book.stage,), (book.subject,), (book.edition,), book.grades, (book.volume,))
    lessons = [Row(lesson.title, lesson.id, (*facets, ("lesson",)), book.language) for _, lesson in book.lessons]
    own = Row(book.title, "", (*facets, ("textbook",)), None)
    note = context.strings[f"generation_{book.generation}"] if book.generation else ""
    return Place(addresses.textbook(book.id).removesuffix(".html"), book.title, [own, *lessons], note)


def _resource(resource: ResourceFace) -> Row:
    facets: Facets = (resource.stages, resource.subjects, (), resource.grades, (), (resource.kind,))
    return Row(resource.title, resource.id, facets, resource.language)


def _of_kind(kind: str) -> Facets:
    return (), (), (), (), (), (kind,)


def _pack(context: Context, name: str, places: list[Place]) -> tuple[str, bytes]:
    rows = [(place, row) for place in places for row in place.rows]
    titles = [context.wording(row.title, row.language) for _, row in rows]
    combinations = {facets: number for number, facets in enumerate(dict.fromkeys(row.facets for _, row in rows))}
    read = readings(title for title, _ in titles)
    grades = _untold_grades(context, combinations)
    first = {title: number for number, (title, _) in reversed([*enumerate(titles)])}
    data = {
        "name": name,
        "places": [
            (place.address, context.wording(place.title)[0], len(place.rows), *filter(None, [place.note]))
            for place in places
        ],
        "titles": "\n".join(title for title, _ in titles),
        "names": "\n".join(_names(places)),
        "also": list(_also(rows, titles)),
        "tongues": _tongues(context, titles),
        "words": dict(_words(context, combinations, grades)),
        "grades": grades,
        "facets": list(combinations),
        "of": [combinations[row.facets] for _, row in rows],
        "syllables": " ".join(read.syllables),
        "characters": read.characters,
        "usual": read.usual,
        "otherwise": [(first[title], at, n) for title, at, n in read.otherwise],
    }
    return named(f"{addresses.PACKS}{name}.", data)


def _names(places: list[Place]) -> Iterator[str]:
    """Ends of addresses, each as `=` where one would guess it: the place's name and the number of the lesson."""
    for place in places:
        stem = place.address.rpartition("/")[2]
        for number, row in enumerate(place.rows):
            yield "=" if row.name == f"{stem}-{number:02}" else row.name


def _also(rows: list[tuple[Place, Row]], titles: list[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """What rows are found by beside the title that is shown, each with its row's number.

    First comes what they are also known by, of which the finder shows the first of a hotline, its number; then
    titles in other languages.
    """
    for number, ((_, row), (shown, _)) in enumerate(zip(rows, titles, strict=True)):
        yield from ((number, " ".join(words.split())) for words in row.also if words)  # a line each
        if isinstance(row.title, dict):
            yield from ((number, title) for title in row.title.values() if title != shown)


def _tongues(context: Context, titles: list[tuple[str, str]]) -> dict[str, list[int]]:
    """The rows whose title is in another language than the site's, by language."""
    found: dict[str, list[int]] = {}
    for number, (_, language) in enumerate(titles):
        if language != context.settings.language:
            found.setdefault(language, []).append(number)
    return found


def _untold_grades(context: Context, combinations: Iterable[Facets]) -> dict[str, tuple[int, ...]]:
    """The grades of stages of which there are textbooks that tell none, as in senior high school, by stage."""
    untold = {
        stage
        for stages, _, _, grades, _, (kind,) in combinations
        if kind in OF_BOOKS and not grades
        for stage in stages
    }
    return {id: term.grades for id, term in context.vocabulary.stages.items() if id in untold}


def _words(
    context: Context, combinations: Iterable[Facets], grades: dict[str, tuple[int, ...]]
) -> Iterator[tuple[str, list[list[Any]]]]:
    """Of each facet the IDs that occur, in the order of the vocabulary, with all names that they have.

    Args:
        context: with the vocabulary.
        combinations: of facets that occur.
        grades: that occur besides.
    """
    for at, facet in enumerate(FACETS):
        used = {id for facets in combinations for id in facets[at]}
        if facet == "grade":
            used.update(*grades.values())
        terms = getattr(context.vocabulary, _VOCABULARIES[facet])
        known = [[id, *_titles(context, term.title), *term.synonyms] for id, term in terms.items() if id in used]
        if facet == "kind":
            synonyms = {"textbook": context.strings["kind_textbook_synonyms"].split()}
            own = (id for id in OWN_KINDS if id in used)
            known += [[id, context.strings[f"kind_{id}"], *synonyms.get(id, ())] for id in own]
        yield facet, known


def _titles(context: Context, title: LocalisedText) -> list[str]:
    shown = context.wording(title)[0]
    return list(dict.fromkeys((shown, *(title.values() if isinstance(title, dict) else ()))))
