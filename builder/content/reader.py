"""`content/` becomes a Catalogue: read every file, link the records, check them together."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from builder.content import rules
from builder.content.catalogue import Catalogue, Column, Vocabulary
from builder.content.desk import Desk, Wants
from builder.content.entries import Entry, face_of
from builder.content.faces import BookFace, ResourceFace
from builder.content.files import Files, Role
from builder.content.places import Places
from builder.content.records import Record, read_record
from builder.content.shelf import Shelf, make_shelf
from builder.digest import digest
from builder.problems import Place, Problem
from builder.settings import Settings
from builder.system import reason_of


def read_file(site: Path, role: Role, file: str) -> Record:
    """Reads one file of the content; one that cannot be read is a record with a problem.

    Args:
        site: the site's folder.
        role: what the file is, by its place.
        file: path from the site's folder.
    """
    try:
        with open(f"{site}/{file}", "rb") as opened:  # noqa: PTH123 - not by way of Path: once a record
            raw = opened.read()
        return dataclasses.replace(read_record(role, file, raw), digest=digest(raw), bytes=len(raw))
    except OSError as error:
        return Record(role, file, None, [Problem("unreadable-file", Place(file), facts=reason_of(error))])


def entry_of(record: Record, places: Places) -> Entry:
    """What a build keeps of a record.

    Args:
        record: as it was read.
        places: finds where a value stands, for what is wrong with it.
    """
    wants = Wants()
    desk = Desk(places, wants, {record.file: record.mended})
    rules.check_record(record.value, desk)
    return Entry(
        record.role,
        record.file,
        face_of(record.value),
        record.problems,
        desk.problems,
        frozenset(wants.named),
        record.mended,
    )


def link_entries(
    site: Path, files: Files, entries: Iterable[Entry], settings: Settings, today: date, *, drafts: bool
) -> tuple[Catalogue | None, list[Problem]]:
    """Puts the entries of all files together and checks them against one another.

    Args:
        site: the site's folder, for places of mistakes.
        files: of the site.
        entries: of all its records, in the files' order.
        settings: of the site.
        today: decides what is published, expired or stale.
        drafts: publish drafts and what is scheduled for later too.

    Returns:
        The catalogue, or nothing where it could not be linked, and all problems.
    """
    entries = list(entries)
    shelf = make_shelf(entries, files)
    names = rules.names(shelf)
    desk = Desk(Places(site), names, shelf.mended)
    rules.check_between(shelf, settings, today, desk)
    problems = [names.in_words(problem) for entry in entries for problem in entry.problems]
    for entry in entries:
        if names.cover(entry.wants):
            problems += entry.findings
        else:  # something is not there: the record in full says what and where
            rules.check_record(read_file(site, entry.role, entry.file).value, desk)
    problems += desk.problems
    unused = Desk(Places(site), names, shelf.mended)
    rules.check_unused(shelf, problems, unused)
    problems += unused.problems
    if shelf.vocabulary is None:
        if not any(role == "vocabulary" for role, _ in files.records):
            problems.append(Problem("no-vocabulary", Place("content/vocabulary.yaml")))
        return None, problems
    catalogue = _linked(shelf, shelf.vocabulary, settings, today, drafts=drafts)
    unread = frozenset(entry.file for entry in entries if entry.value is None) | _left_out(shelf, catalogue)
    unread |= {file for _, file in files.likely}
    return dataclasses.replace(catalogue, unread=unread, attachments=files.attachments), problems


def _linked(shelf: Shelf, vocabulary: Vocabulary, settings: Settings, today: date, *, drafts: bool) -> Catalogue:
    shown: dict[str, ResourceFace] = {}
    hidden: dict[str, ResourceFace] = {}
    for resource in shelf.resources:
        (shown if is_published(resource, today, drafts=drafts) else hidden).setdefault(resource.id, resource)
    listed: dict[tuple[str, str], list[ResourceFace]] = defaultdict(list)
    for resource in shown.values():
        for column in dict.fromkeys([(resource.section, resource.column), *map(_split, resource.also_in)]):
            listed[column].append(resource)
    for resources in listed.values():
        resources.sort(key=lambda resource: resource.id)
        resources.sort(key=lambda resource: resource.date, reverse=True)
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
        tuple(sorted(id for id, resource in shown.items() if not _is_due(resource, today))),
    )


def _left_out(shelf: Shelf, catalogue: Catalogue) -> set[str]:
    """Files that a mistake elsewhere keeps out of the catalogue: an ID that two have, a column that is not there."""
    faces: tuple[ResourceFace | BookFace, ...] = (*shelf.resources, *shelf.textbooks)
    kept = (catalogue.resources, catalogue.hidden, catalogue.textbooks)
    return {face.file for face in faces} - {face.file for known in kept for face in known.values()}


def is_published(resource: ResourceFace, today: date, *, drafts: bool) -> bool:
    """Whether a resource is shown on a day."""
    if resource.status == "retired" or (resource.expires is not None and resource.expires < today):
        return False
    return drafts or (resource.status == "live" and _is_due(resource, today))


def _is_due(resource: ResourceFace, today: date) -> bool:
    return resource.publish is None or resource.publish <= today


def _split(column: str) -> tuple[str, str]:
    section, _, name = column.partition("/")
    return section, name


def _shelf_order(vocabulary: Vocabulary) -> Any:
    ranks = [
        {id: place for place, id in enumerate(terms)}
        for terms in (vocabulary.stages, vocabulary.subjects, vocabulary.editions, vocabulary.volumes)
    ]

    def order(book: BookFace) -> tuple[object, ...]:
        stage, subject, edition, volume = (
            rank.get(id, len(rank))
            for rank, id in zip(ranks, (book.stage, book.subject, book.edition, book.volume), strict=True)
        )
        return stage, subject, edition, book.grades or (99,), volume, book.generation != "new", book.id

    return order
