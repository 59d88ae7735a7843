"""All records of a site by what they are, before they are linked."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from builder.content.catalogue import Article, Column, Section, Topic, Vocabulary
from builder.content.entries import Entry
from builder.content.faces import BookFace, ResourceFace
from builder.content.files import Files, Role
from builder.content.model import FigureForm, HotlineForm, LinkForm, RedirectForm, VocabularyForm
from builder.reading.repair import Steps


@dataclass(frozen=True, slots=True)
class Shelf:
    """All records by what they are, before they are linked; `mended` are paths of wrong values, by file."""

    vocabulary: Vocabulary | None
    sections: list[Section]
    columns: list[Column]
    resources: list[ResourceFace]
    textbooks: list[BookFace]
    topics: list[Topic]
    articles: list[Article]
    links: list[LinkForm]
    hotlines: list[HotlineForm]
    figures: list[FigureForm]
    redirects: list[RedirectForm]
    files: Files
    mended: dict[str, frozenset[Steps]]


def make_shelf(entries: list[Entry], files: Files) -> Shelf:
    """Sorts the records of all files."""
    by_role: dict[Role, list[Any]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry.value, list):
            by_role[entry.role] += entry.value
        elif entry.value is not None:
            by_role[entry.role].append(entry.value)
    return Shelf(
        _vocabulary(by_role["vocabulary"][0]) if by_role["vocabulary"] else None,
        sorted(by_role["section"], key=lambda section: (section.form.order, section.id)),
        sorted(by_role["column"], key=lambda column: (column.form.order, column.id)),
        by_role["resource"],
        by_role["textbook"],
        sorted(by_role["topic"], key=lambda topic: (topic.form.order, topic.id)),
        sorted(by_role["article"], key=lambda article: (article.form.order, article.id)),
        by_role["links"],
        by_role["hotlines"],
        by_role["figures"],
        by_role["redirects"],
        files,
        {entry.file: entry.mended for entry in entries if entry.mended},
    )


def _vocabulary(form: VocabularyForm) -> Vocabulary:
    names = [field.name for field in dataclasses.fields(Vocabulary)]
    return Vocabulary(**{name: {term.id: term for term in getattr(form, name)} for name in names})
