"""What must hold between records: IDs are unique, references lead somewhere, files exist, facts are fresh."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any

from builder.content.catalogue import (
    Article,
    Column,
    Lesson,
    Resource,
    Section,
    Textbook,
    Topic,
)
from builder.content.desk import VOCABULARY, Desk, name_of
from builder.content.model import HotlineForm, LessonForm
from builder.content.places import Places
from builder.content.shelf import Shelf
from builder.problems import Problem
from builder.reading.suggest import closest
from builder.reading.yaml import Step
from builder.settings import Settings

LINK_MAX_AGE = timedelta(days=365)
AHEAD = timedelta(days=1)  # today is the day in UTC; where editors are it may be tomorrow already
_HOUR_FIELDS = ("teacher", "duration", "summary", "assets")


def check(shelf: Shelf, settings: Settings, today: date, places: Places) -> list[Problem]:
    """Every problem between the records of a site.

    Args:
        shelf: all records that could be read.
        settings: of the site.
        today: decides what is stale.
        places: finds where a value stands.
    """
    desk = Desk(places, shelf)
    unread = _unread(shelf)
    _check_ids(shelf, desk)
    _check_folders(shelf, desk)
    columns = {f"{column.section}/{column.id}" for column in shelf.columns} | unread["column"]
    resources = {resource.id for resource in shelf.resources} | unread["resource"]
    _check_settings(settings, desk)
    _check_languages(shelf, settings, desk)
    for section in shelf.sections:
        name = name_of(section.title, section.id)
        desk.terms(section.file, name, "audiences", section.form.audience, ["audience"])
    for resource in shelf.resources:
        _check_resource(resource, columns, resources, desk)
    for book in shelf.textbooks:
        _check_textbook(book, desk)
    gatherable = resources | {column.partition("/")[2] for column in columns}
    for topic in shelf.topics:
        name = name_of(topic.title, topic.id)
        for index, id in enumerate(topic.form.gathers):
            if id not in gatherable:
                desk.unknown(
                    topic.file, name, "column-or-resource", id, closest(id, gatherable), ["gathers", index], "known-ids"
                )
        if topic.form.cover:
            desk.file(topic.file, name, topic.form.cover.file, ["cover", "file"])
        desk.texts(topic.file, name, topic.body)
    for article in shelf.articles:
        desk.texts(article.file, name_of(article.title, article.id), article.body)
    _check_lists(shelf, settings, today, desk)
    return desk.problems


def _unread(shelf: Shelf) -> dict[str, set[str]]:
    """Columns and resources whose files have mistakes of their own: what refers to them is right all the same."""
    read = {column.file for column in shelf.columns} | {resource.file for resource in shelf.resources}
    unread: dict[str, set[str]] = {"column": set(), "resource": set()}
    for role, file in shelf.files.records:
        if file not in read and role in unread:
            _, _, section, column, name = file.split("/")
            unread[role].add(f"{section}/{column}" if role == "column" else name.removesuffix(".md"))
    return unread


def is_fresh(line: HotlineForm, settings: Settings, today: date) -> bool:
    """Whether a hotline was verified recently enough to be published."""
    return -AHEAD <= today - line.verified_on <= timedelta(days=settings.hotlines_max_age_days)


def _check_settings(settings: Settings, desk: Desk) -> None:
    desk.term("site.yaml", "", "licences", settings.licence, ["licence"])
    for index, language in enumerate(settings.languages):
        desk.term("site.yaml", "", "languages", language, ["languages", index])


def _check_languages(shelf: Shelf, settings: Settings, desk: Desk) -> None:
    """Every text by language, wherever it stands, is in languages of the vocabulary."""
    desk.languages("site.yaml", settings)
    whole: Iterable[Any] = chain(
        shelf.sections, shelf.columns, shelf.resources, shelf.textbooks, shelf.topics, shelf.articles
    )
    for record in whole:
        desk.languages(record.file, record.form)
    for file, forms in (("links", shelf.links), ("hotlines", shelf.hotlines), ("redirects", shelf.redirects)):
        for index, form in enumerate(forms):
            desk.languages(f"content/{file}.yaml", form, (index,))
    for field in dataclasses.fields(shelf.vocabulary) if shelf.vocabulary else ():
        for index, term in enumerate(getattr(shelf.vocabulary, field.name).values()):
            desk.languages(VOCABULARY, term, (field.name, index))


def _ids(shelf: Shelf) -> Iterator[tuple[str, str, str, list[Step]]]:
    """Every ID with its record's name, its file and where in the file it stands; the file itself where it is a name."""
    records: Iterable[Section | Column | Resource | Topic | Article]
    records = chain(shelf.sections, shelf.columns, shelf.resources, shelf.topics, shelf.articles)
    for record in records:
        yield record.id, name_of(record.title, record.id), record.file, []
    for book in shelf.textbooks:
        yield book.id, name_of(book.title, book.id), book.file, ["id"]
        for u, unit in enumerate(book.units):
            for number, lesson in enumerate(unit.lessons):
                yield lesson.id, name_of(lesson.title, lesson.id), book.file, ["units", u, "lessons", number, "id"]
    for index, link in enumerate(shelf.links):
        yield link.id, name_of(link.title, link.id), "content/links.yaml", [index, "id"]
    for index, line in enumerate(shelf.hotlines):
        yield line.id, name_of(line.title, line.id), "content/hotlines.yaml", [index, "id"]


def _check_ids(shelf: Shelf, desk: Desk) -> None:
    seen: dict[str, tuple[str, list[Step], bool]] = {}
    for id, name, file, path in _ids(shelf):
        if desk.is_told(file, path):
            continue
        if id in seen:
            desk.add_twins("duplicate-id", [seen[id], (file, path, False)], name, value=id)
        else:
            seen[id] = (file, path, False)


def _check_folders(shelf: Shelf, desk: Desk) -> None:
    sections = {file.split("/")[2] for role, file in shelf.files.records if role == "section"}
    columns = {tuple(file.split("/")[2:4]) for role, file in shelf.files.records if role == "column"}
    for column in shelf.columns:
        if column.section not in sections:
            wanted = f"content/sections/{column.section}/_section.yaml"
            desk.add("column-without-section", column.file, [], name_of(column.title, column.id), wanted=wanted)
    orphans: dict[tuple[str, str], Resource] = {}
    for resource in shelf.resources:
        if (resource.section, resource.column) not in columns:
            orphans.setdefault((resource.section, resource.column), resource)
    for (section, folder), resource in orphans.items():
        wanted = f"content/sections/{section}/{folder}/_column.yaml"
        desk.add("folder-without-column", resource.file, [], name_of(resource.title, resource.id), wanted=wanted)


def _check_resource(resource: Resource, columns: set[str], resources: set[str], desk: Desk) -> None:
    form, file = resource.form, resource.file
    record = name_of(form.title, resource.id)
    desk.term(file, record, "kinds", form.kind, ["kind"])
    desk.terms(file, record, "stages", form.stages, ["stages"])
    desk.terms(file, record, "grades", form.grades, ["grades"])
    desk.terms(file, record, "subjects", form.subjects, ["subjects"])
    desk.terms(file, record, "audiences", form.audience, ["audience"])
    desk.term(file, record, "languages", form.language, ["language"])
    desk.term(file, record, "licences", form.licence, ["licence"])
    for index, column in enumerate(form.also_in):
        if column not in columns:
            guess = closest(column, columns)
            desk.unknown(file, record, "column", column, guess, ["also_in", index], "known-columns")
    if form.replaced_by is not None and form.replaced_by not in resources:
        guess = closest(form.replaced_by, resources)
        desk.unknown(file, record, "resource", form.replaced_by, guess, ["replaced_by"], "known-ids")
    if form.cover:
        desk.file(file, record, form.cover.file, ["cover", "file"])
    desk.assets(file, record, form.assets, ["assets"])
    desk.texts(file, record, resource.body)


def _check_textbook(book: Textbook, desk: Desk) -> None:
    form, file = book.form, book.file
    record = name_of(form.title, book.id)
    *_, stage, subject, name = file.split("/")
    if name != f"{form.id}.yaml":
        desk.add("id-is-file-name", file, ["id"], record, value=form.id, name=name)
    for key, value, folder in (("stage", form.stage, stage), ("subject", form.subject, subject)):
        if value != folder:
            right = f"content/textbooks/{form.stage}/{form.subject}/"
            desk.add("wrong-folder", file, [key], record, value=value, folder=folder, right=right, field=key)
    desk.term(file, record, "stages", form.stage, ["stage"])
    desk.term(file, record, "subjects", form.subject, ["subject"])
    desk.term(file, record, "editions", form.edition, ["edition"])
    desk.term(file, record, "volumes", form.volume, ["volume"])
    for grade in book.grades:
        desk.term(file, record, "grades", grade, ["grade"])
    desk.term(file, record, "languages", form.language, ["language"])
    desk.term(file, record, "licences", form.licence, ["licence"])
    if form.cover:
        desk.file(file, record, form.cover.file, ["cover", "file"])
    if not any(unit.lessons for unit in book.units):
        desk.add("textbook-without-lessons", file, ["id"], record)
    bare: list[tuple[list[Step], Lesson]] = []
    for u, unit in enumerate(book.units):
        for number, lesson in enumerate(unit.lessons):
            _check_lesson(book, lesson, ["units", u, "lessons", number], bare, desk)
    if bare:
        path, lesson = bare[0]
        desk.add("hour-without-assets", file, path, name_of(lesson.title, lesson.id), number=str(len(bare)))


def _check_lesson(
    book: Textbook, lesson: Lesson, path: list[Step], bare: list[tuple[list[Step], Lesson]], desk: Desk
) -> None:
    form = lesson.form
    if form.hours:
        for key in _HOUR_FIELDS:
            if getattr(form, key):
                desk.add(
                    "hours-and-fields", book.file, [*path, key], name_of(form.title, lesson.id), key=True, field=key
                )
    for number, hour in enumerate(lesson.hours):
        here = path if isinstance(hour.form, LessonForm) else [*path, "hours", number]
        for target in hour.summary.targets:
            if target.picture:
                desk.picture(book.file, name_of(form.title, lesson.id), target, [*here, "summary"])
        if hour.assets:
            desk.assets(book.file, name_of(form.title, lesson.id), hour.assets, [*here, "assets"])
        else:
            bare.append(([*here, "title"], lesson))


def _check_lists(shelf: Shelf, settings: Settings, today: date, desk: Desk) -> None:
    for index, link in enumerate(shelf.links):
        record = name_of(link.title, link.id)
        if link.verified_on is not None and link.verified_on - today > AHEAD:
            value = link.verified_on.isoformat()
            desk.add("date-in-future", "content/links.yaml", [index, "verified_on"], record, value=value)
        elif link.url is not None and (link.verified_on is None or today - link.verified_on > LINK_MAX_AGE):
            last = link.verified_on.isoformat() if link.verified_on else "@never"
            path: list[Step] = [index, "verified_on" if link.verified_on else "url"]
            desk.add("stale-link", "content/links.yaml", path, record, value=last)
    for index, redirect in enumerate(shelf.redirects):
        if redirect.kind != "gone" and redirect.to is None:
            desk.lacks("content/redirects.yaml", [index, "kind"], "to")
    for index, line in enumerate(shelf.hotlines):
        record = name_of(line.title, line.id)
        desk.terms("content/hotlines.yaml", record, "audiences", line.audience, [index, "audience"])
        desk.terms("content/hotlines.yaml", record, "languages", line.languages, [index, "languages"])
        if line.verified_on - today > AHEAD:
            value = line.verified_on.isoformat()
            desk.add("date-in-future", "content/hotlines.yaml", [index, "verified_on"], record, value=value)
        elif not is_fresh(line, settings, today):
            limit = str(settings.hotlines_max_age_days)
            desk.add(
                "stale-hotline",
                "content/hotlines.yaml",
                [index, "verified_on"],
                record,
                value=line.verified_on.isoformat(),
                limit=limit,
            )
