"""`content/` becomes a Catalogue: read every file, link the records, check them together."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from builder.content import rules
from builder.content.catalogue import Catalogue, Column, Resource, Textbook, Vocabulary
from builder.content.files import find_files
from builder.content.places import Places
from builder.content.records import Record, read_record
from builder.content.shelf import Shelf, make_shelf
from builder.problems import Place, Problem
from builder.settings import Settings


def read_catalogue(
    site: Path,
    settings: Settings,
    today: date,
    *,
    drafts: bool = False,
    step: Callable[[int], None] = lambda _: None,
) -> tuple[Catalogue | None, list[Problem]]:
    """Reads and checks the content of a site.

    Args:
        site: the site's folder.
        settings: of the site.
        today: decides what is published, expired or stale.
        drafts: publish drafts and what is scheduled for later too.
        step: hears how many files have been read.

    Returns:
        The catalogue, or nothing where it could not be linked, and all problems.
    """
    files, problems = find_files(site)
    records = []
    for number, (role, file) in enumerate(files.records, 1):
        step(number)
        try:
            record = read_record(role, file, (site / file).read_bytes())
        except OSError as error:
            facts = {"reason": error.strerror or str(error)}
            record = Record(role, file, None, [Problem("unreadable-file", Place(file), facts=facts)])
        problems += record.problems
        records.append(record)
    shelf = make_shelf(records, files)
    problems += rules.check(shelf, settings, today, Places(site))
    if shelf.vocabulary is None:
        if not any(role == "vocabulary" for role, _ in files.records):
            problems.append(
                Problem("unreadable-file", Place("content/vocabulary.yaml"), facts={"reason": "@no-such-file"})
            )
        return None, problems
    unread = frozenset(record.file for record in records if record.value is None)
    catalogue = _link(shelf, shelf.vocabulary, settings, today, drafts=drafts)
    return dataclasses.replace(catalogue, unread=unread), problems


def _link(shelf: Shelf, vocabulary: Vocabulary, settings: Settings, today: date, *, drafts: bool) -> Catalogue:
    shown: dict[str, Resource] = {}
    hidden: dict[str, Resource] = {}
    for resource in shelf.resources:
        (shown if is_published(resource, today, drafts=drafts) else hidden).setdefault(resource.id, resource)
    listed: dict[tuple[str, str], list[Resource]] = defaultdict(list)
    for resource in shown.values():
        for column in dict.fromkeys([(resource.section, resource.column), *map(_split, resource.form.also_in)]):
            listed[column].append(resource)
    for resources in listed.values():
        resources.sort(key=lambda resource: resource.id)
        resources.sort(key=lambda resource: resource.form.date, reverse=True)
    columns: dict[str, list[Column]] = defaultdict(list)
    by_id: dict[str, Column] = {}
    for bare in shelf.columns:
        full = dataclasses.replace(bare, resources=tuple(listed[bare.section, bare.id]))
        columns[full.section].append(full)
        by_id[full.id] = full
    return Catalogue(
        vocabulary,
        tuple(dataclasses.replace(section, columns=tuple(columns[section.id])) for section in shelf.sections),
        {book.id: book for book in sorted(shelf.textbooks, key=_shelf_order(vocabulary))},
        tuple(
            dataclasses.replace(
                topic,
                columns=tuple(by_id[id] for id in topic.form.gathers if id in by_id),
                resources=tuple(shown[id] for id in topic.form.gathers if id in shown),
            )
            for topic in shelf.topics
        ),
        tuple(shelf.articles),
        tuple(shelf.links),
        tuple(line for line in shelf.hotlines if rules.is_fresh(line, settings, today)),
        tuple(shelf.figures),
        tuple(shelf.redirects),
        hidden,
    )


def is_published(resource: Resource, today: date, *, drafts: bool) -> bool:
    """Whether a resource is shown on a day."""
    form = resource.form
    if form.status == "retired" or (form.expires is not None and form.expires < today):
        return False
    return drafts or (form.status == "live" and (form.publish is None or form.publish <= today))


def _split(column: str) -> tuple[str, str]:
    section, _, name = column.partition("/")
    return section, name


def _shelf_order(vocabulary: Vocabulary) -> Any:
    ranks = [
        {id: place for place, id in enumerate(terms)}
        for terms in (vocabulary.stages, vocabulary.subjects, vocabulary.editions, vocabulary.volumes)
    ]

    def order(book: Textbook) -> tuple[object, ...]:
        form = book.form
        stage, subject, edition, volume = (
            rank.get(id, len(rank))
            for rank, id in zip(ranks, (form.stage, form.subject, form.edition, form.volume), strict=True)
        )
        return stage, subject, edition, book.grades or (99,), volume, form.generation != "new", book.id

    return order
