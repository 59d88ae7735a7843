"""What can be found, as any server would have to be given it: titles, places, words of facets, texts.

Pages are those that the search knows which readers get, so that both know the same. Texts are taken from the JSON twins
of the built site, bodies from their sources, because the twins hold their beginnings alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """A page that can be found.

    Args:
        address: of the page.
        title: as it is shown.
        others: its titles in further languages.
        place: title of the textbook or column that it stands in.
        facets: every word of the vocabularies that it is described with, in all languages.
        group: the same for lessons of one subject and title, which are shown as one.
        text: summaries, bodies, keywords, parts, and who made or teaches it where.
    """

    address: str
    title: str
    others: str
    place: str
    facets: str
    group: str
    text: str


def plain(text: str) -> str:
    """Letters, digits and marks alone, each in one form: what is compared."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(character for character in folded if unicodedata.category(character)[0] in "LNM")


def page_of(address: str, known: Container[str]) -> str:
    """The page that answers know by an address: of a further class hour that of its lesson.

    Args:
        address: of any page that is shown.
        known: addresses of the pages that answers may name.
    """
    return address if address in known else re.sub(r"-\d+\.html$", ".html", address)


def texts_of(site: Path, public: Path) -> dict[str, str]:
    """What the pages of a built site say beside their titles, by address.

    A lesson with several class hours has the address of the first.

    Args:
        site: its folder.
        public: what has been built of it.
    """
    return {page: "\n".join(filter(None, said)) for page, said in _said(site, public)}


def _said(site: Path, public: Path) -> Iterator[tuple[str, list[str | None]]]:
    def data(address: str) -> Any:
        return json.loads((public / address).read_text(encoding="utf-8"))

    listed = data("data/sections.json")
    for book in listed["textbooks"]:
        for unit in data(book["data"]).get("units", ()):
            for lesson in unit["lessons"]:
                yield lesson["hours"][0]["page"], _of_lesson(lesson)
    for section in listed["sections"]:
        yield section["page"], [*section.get("summary", {}).values()]
        for column in section["columns"]:
            yield column["page"], [*column.get("summary", {}).values()]
            for resource in data(column["data"]).get("resources", ()):
                yield resource["page"], [*_of_resource(resource), _body(site, resource["page"])]


def _of_lesson(lesson: Data) -> list[str | None]:
    hours = [hour.get(name) for hour in lesson["hours"] for name in ("summary", "teacher", "school")]
    return [*lesson.get("keywords", ()), *lesson.get("parts", ()), *hours]


def _of_resource(resource: Data) -> Iterator[str]:
    yield from resource.get("summary", {}).values()
    yield from resource.get("keywords", ())
    for author in resource.get("authors", ()):
        yield from author.values()


def _body(site: Path, page: str) -> str:
    source = site / "content/sections" / page.replace(".html", ".md")
    return source.read_text(encoding="utf-8").split("\n---\n", 1)[1]
