"""What must hold between records: IDs are unique, references lead somewhere, files exist, facts are fresh."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import PurePosixPath
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
from builder.content.desk import VOCABULARY, Desk, Holder, Names, name_of
from builder.content.entries import named_files
from builder.content.faces import BookFace, ResourceFace
from builder.content.model import HotlineForm, LessonForm
from builder.content.shelf import Shelf
from builder.problems import Problem
from builder.reading.repair import is_stand_in
from builder.reading.yaml import Step
from builder.settings import Settings

LINK_MAX_AGE = timedelta(days=365)
AHEAD = timedelta(days=1)  # today is the day in UTC; where editors are it may be tomorrow already
_EARLIEST = 1900  # years before are slips of the hand, as in 0206
_UNUSED = {".txt": "@unused-text", ".doc": "@unused-document", ".docx": "@unused-document", ".wps": "@unused-document"}
_HOUR_FIELDS = ("teacher", "duration", "summary", "assets")


def check_record(record: Any, desk: Desk) -> None:
    """The rules of one record: what its values say, and that all it refers to is there.

    Args:
        record: of the catalogue; what has no rules of its own is passed over.
        desk: takes the problems, and knows what may be referred to.
    """
    match record:
        case Section():
            desk.terms(record.file, name_of(record.title, record.id), "audiences", record.form.audience, ["audience"])
        case Resource():
            _check_resource(record, desk)
        case Textbook():
            _check_textbook(record, desk)
        case Topic():
            _check_topic(record, desk)
        case Article():
            desk.texts(record.file, name_of(record.title, record.id), record.body)
    if isinstance(record, (Section, Column, Resource, Textbook, Topic, Article)):
        desk.languages(record.file, record.form)


def check_between(shelf: Shelf, settings: Settings, today: date, desk: Desk) -> None:
    """The rules between records, and those of the lists and settings.

    Args:
        shelf: all records that could be read.
        settings: of the site.
        today: decides what is stale.
        desk: takes the problems, and knows what may be referred to.
    """
    _check_ids(shelf, desk)
    _check_folders(shelf, desk)
    _check_settings(settings, desk)
    _check_title_languages(shelf, settings, desk)
    _check_titles(shelf, settings, today, desk)
    for file, forms in (("links", shelf.links), ("hotlines", shelf.hotlines), ("redirects", shelf.redirects)):
        for index, form in enumerate(forms):
            desk.languages(f"content/{file}.yaml", form, (index,))
    for field in dataclasses.fields(shelf.vocabulary) if shelf.vocabulary else ():
        for index, term in enumerate(getattr(shelf.vocabulary, field.name).values()):
            desk.languages(VOCABULARY, term, (field.name, index))
    _check_lists(shelf, settings, today, desk)
    _check_days(shelf, today, desk)


def check_unused(shelf: Shelf, problems: Iterable[Problem], desk: Desk) -> None:
    """Files that no record names; where a record beside them has errors, it may have meant them.

    Args:
        shelf: all records that could be read.
        problems: all others.
        desk: takes the problems.
    """
    faces: tuple[ResourceFace | BookFace, ...] = (*shelf.resources, *shelf.textbooks)
    used = {named.file for face in faces for named in face.files}
    small: tuple[Topic | Article, ...] = (*shelf.topics, *shelf.articles)
    for record in small:
        used.update(named.file for named in named_files(record))
    unused = sorted(file for name, file in shelf.files.attachments.items() if name not in used)
    if not unused:
        return
    amiss = {problem.place.file.rpartition("/")[0] for problem in problems if problem.severity == "error"}
    amiss.discard("content")  # the lists there name no files
    for file in unused:
        if amiss.isdisjoint(str(folder) for folder in PurePosixPath(file).parents):
            path = PurePosixPath(file)
            remedy = _UNUSED.get(path.suffix.lower(), "@unused-file")
            desk.add("unused-file", file, [], "", name=path.name, mended=f"{path.stem}.md", remedy=remedy)


def names(shelf: Shelf) -> Names:
    """Everything that the records of a site may refer to; files with mistakes of their own count as there."""
    columns = {f"{column.section}/{column.id}" for column in shelf.columns}
    resources = {resource.id for resource in shelf.resources}
    unread = _unread(shelf)
    columns |= unread["column"]
    resources |= unread["resource"]
    gathered = resources | {column.partition("/")[2] for column in columns}
    others: dict[str, Collection[str]] = {
        "column": columns,
        "resource": resources,
        "gathered": gathered,
        "file": shelf.files.attachments,
    }
    sizes, sha256 = shelf.files.sizes, shelf.files.sha256
    others["bytes"] = {f"{name} {sizes[file]}" for name, file in shelf.files.attachments.items()}
    others["sha256"] = {f"{name} {sha256[file]}" for name, file in shelf.files.attachments.items() if file in sha256}
    return Names(None if VOCABULARY in shelf.mended else shelf.vocabulary, others, lambda: _holders(shelf))


def _unread(shelf: Shelf) -> dict[str, set[str]]:
    """Columns and resources whose files have mistakes of their own: what refers to them is right all the same."""
    read = {column.file for column in shelf.columns} | {resource.file for resource in shelf.resources}
    unread: dict[str, set[str]] = {"column": set(), "resource": set()}
    for role, file in (*shelf.files.records, *shelf.files.likely):
        if file not in read and role in unread:
            _, _, section, column, name = file.split("/")
            unread[role].add(f"{section}/{column}" if role == "column" else name.removesuffix(".md"))
    return unread


def is_fresh(line: HotlineForm, settings: Settings, today: date) -> bool:
    """Whether a hotline was verified recently enough to be published."""
    return -AHEAD <= today - line.verified_on <= timedelta(days=settings.hotlines_max_age_days)


def _check_settings(settings: Settings, desk: Desk) -> None:
    desk.languages("site.yaml", settings)
    if not is_stand_in(settings.licence):
        desk.term("site.yaml", "", "licences", settings.licence, ["licence"])
    for index, language in enumerate(settings.languages):
        if not is_stand_in(language):
            desk.term("site.yaml", "", "languages", language, ["languages", index])


def _check_title_languages(shelf: Shelf, settings: Settings, desk: Desk) -> None:
    """A title alone counts as the site's language: of a resource in another it may be meant so, or not."""
    others = {id for id in shelf.vocabulary.languages if id != settings.language} if shelf.vocabulary else ()
    for resource in shelf.resources:
        if resource.language in others and isinstance(resource.title, str):
            record, value = name_of(resource.title, resource.id), resource.language or ""
            desk.add("title-without-language", resource.file, ["title"], record, value=value, own=settings.language)


def _check_titles(shelf: Shelf, settings: Settings, today: date, desk: Desk) -> None:
    """Of two resources of a kind with the same title in one column, nobody can see which is which; a column is told
    once.
    """
    seen: dict[tuple[str, ...], ResourceFace] = {}
    twins: dict[tuple[str, str], list[tuple[str, ResourceFace, ResourceFace]]] = {}
    for resource in shelf.resources:
        if resource.status != "live" or (resource.expires is not None and resource.expires < today):
            continue
        title = resource.title
        if not isinstance(title, str):
            title = title.get(settings.language) or next(iter(title.values()))
        column, language = (resource.section, resource.column), resource.language or settings.language
        first = seen.setdefault((*column, resource.kind, language, title), resource)
        if first is not resource:
            twins.setdefault(column, []).append((title, first, resource))
    for found in twins.values():
        title, first, last = found[0]
        places: list[tuple[str, list[Step], bool]] = [(one.file, ["title"], False) for one in (first, last)]
        facts = {"value": title, "number": str(len({title for title, _, _ in found}))}
        desk.add_twins("equal-titles", places, name_of(last.title, last.id), **facts)


def _holders(shelf: Shelf) -> Iterator[Holder]:
    """Every ID with what it is of."""
    named: tuple[tuple[str, Sequence[Section | Column | ResourceFace | Topic | Article]], ...] = (
        ("section", shelf.sections),
        ("column", shelf.columns),
        ("resource", shelf.resources),
        ("topic", shelf.topics),
        ("article", shelf.articles),
    )
    for kind, records in named:
        for record in records:
            yield Holder(record.id, kind, record.title, record.file, [])
    for book in shelf.textbooks:
        yield Holder(book.id, "textbook", book.title, book.file, ["id"])
        for path, lesson in book.lessons:
            yield Holder(lesson.id, "lesson", lesson.title, book.file, [*path, "id"])
    for index, link in enumerate(shelf.links):
        yield Holder(link.id, "link", link.title, "content/links.yaml", [index, "id"])
    for index, line in enumerate(shelf.hotlines):
        yield Holder(line.id, "hotline", line.title, "content/hotlines.yaml", [index, "id"])


def _check_ids(shelf: Shelf, desk: Desk) -> None:
    seen: dict[str, tuple[str, list[Step], bool]] = {}
    for id, _, title, file, path in _holders(shelf):
        if desk.is_told(file, path):
            continue
        if id in seen:
            desk.add_twins("duplicate-id", [seen[id], (file, path, False)], name_of(title, id), value=id)
        else:
            seen[id] = (file, path, False)


def _check_days(shelf: Shelf, today: date, desk: Desk) -> None:
    """Days of resources that cannot be meant: they would stand at the head of what is new, or at its end, for ever."""
    for resource in shelf.resources:
        last = max(today + AHEAD, resource.publish or today)
        for key, day in (("date", resource.date), ("updated", resource.updated)):
            if day is None or (day.year >= _EARLIEST and (day <= last or resource.status == "draft")):
                continue
            words = "day-ahead" if day > last else "day-long-ago"
            remedy = "day-updated" if day > last and key == "updated" else words
            facts = {"field": key, "value": day.isoformat(), "words": f"@{words}", "remedy": f"@{remedy}-remedy"}
            desk.add("unlikely-day", resource.file, [key], name_of(resource.title, resource.id), False, **facts)


def _check_folders(shelf: Shelf, desk: Desk) -> None:
    there = (*shelf.files.records, *shelf.files.likely)
    sections = {file.split("/")[2] for role, file in there if role == "section"}
    columns = {tuple(file.split("/")[2:4]) for role, file in there if role == "column"}
    for column in shelf.columns:
        if column.section not in sections:
            wanted = f"content/sections/{column.section}/_section.yaml"
            desk.add("column-without-section", column.file, [], name_of(column.title, column.id), wanted=wanted)
    orphans: dict[tuple[str, str], ResourceFace] = {}
    for resource in shelf.resources:
        if (resource.section, resource.column) not in columns:
            orphans.setdefault((resource.section, resource.column), resource)
    for (section, folder), resource in orphans.items():
        wanted = f"content/sections/{section}/{folder}/_column.yaml"
        desk.add("folder-without-column", resource.file, [], name_of(resource.title, resource.id), wanted=wanted)


def _check_resource(resource: Resource, desk: Desk) -> None:
    form, file = resource.form, resource.file
    record = name_of(form.title, resource.id)
    desk.term(file, record, "kinds", form.kind, ["kind"])
    desk.terms(file, record, "stages", form.stages, ["stages"])
    desk.terms(file, record, "grades", form.grades, ["grades"])
    for index, grade in enumerate(form.grades):
        desk.grade(file, record, form.stages, "stages", grade, ["grades", index])
    desk.terms(file, record, "subjects", form.subjects, ["subjects"])
    desk.terms(file, record, "audiences", form.audience, ["audience"])
    desk.term(file, record, "languages", form.language, ["language"])
    desk.term(file, record, "licences", form.licence, ["licence"])
    for index, column in enumerate(form.also_in):
        desk.refer(file, record, "column", column, ["also_in", index], ("column", "known-columns"))
    desk.each_once(file, record, form.also_in, ["also_in"])
    if form.replaced_by is not None:
        _check_replacement(form.replaced_by, resource, record, desk)
    if form.publish is not None and form.expires is not None and form.expires < form.publish:
        publish, expires = form.publish.isoformat(), form.expires.isoformat()
        desk.add("expires-before-publish", file, ["expires"], record, publish=publish, expires=expires)
    if form.updated is not None and form.updated < form.date and not desk.is_told(file, ["date"]):
        updated, day = form.updated.isoformat(), form.date.isoformat()
        desk.add("updated-before-date", file, ["updated"], record, updated=updated, date=day)
    desk.cover(file, record, form.cover)
    desk.assets(file, record, form.assets, ["assets"])
    desk.texts(file, record, resource.body)


def _check_replacement(id: str, resource: Resource, record: str, desk: Desk) -> None:
    """The resource that takes the place of another is there, and is another one; that other is to be withdrawn."""
    file, form = resource.file, resource.form
    is_there = desk.refer(file, record, "resource", id, ["replaced_by"], ("resource", "known-ids"), own=resource.id)
    stays = form.status == "live" and form.expires is None
    if id == resource.id:
        desk.add("replaced-by-itself", file, ["replaced_by"], record, value=id)
    elif is_there and stays and not any(desk.is_told(file, [key]) for key in ("status", "expires")):
        desk.add("replaced-but-shown", file, ["replaced_by"], record, value=id)


def _check_topic(topic: Topic, desk: Desk) -> None:
    record = name_of(topic.title, topic.id)
    for index, id in enumerate(topic.form.gathers):
        desk.refer(topic.file, record, "gathered", id, ["gathers", index], ("column-or-resource", "known-gathered"))
    desk.each_once(topic.file, record, topic.form.gathers, ["gathers"])
    leads_on = topic.form.gathers or any(not target.picture for target in topic.body.targets)
    if not leads_on and not desk.is_told(topic.file, ["gathers"]):
        desk.add("topic-gathers-nothing", topic.file, ["title"], record)
    desk.cover(topic.file, record, topic.form.cover)
    desk.texts(topic.file, record, topic.body)


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
    for index, grade in enumerate(book.grades):
        path: list[Step] = ["grade", index] if isinstance(form.grade, tuple) else ["grade"]
        desk.term(file, record, "grades", grade, path)
        desk.grade(file, record, [form.stage], "stage", grade, path)
    desk.term(file, record, "languages", form.language, ["language"])
    desk.term(file, record, "licences", form.licence, ["licence"])
    desk.cover(file, record, form.cover)
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
        desk.texts(book.file, name_of(form.title, lesson.id), hour.summary, [*here, "summary"])
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
        elif link.url is not None and link.verified_on is None:
            desk.add("link-never-verified", "content/links.yaml", [index, "url"], record)
        elif link.url is not None and link.verified_on is not None and today - link.verified_on > LINK_MAX_AGE:
            value = link.verified_on.isoformat()
            desk.add("stale-link", "content/links.yaml", [index, "verified_on"], record, value=value)
    for index, redirect in enumerate(shelf.redirects):
        if redirect.kind != "gone" and redirect.to is None:
            desk.lacks("content/redirects.yaml", [index, "kind"], "to")
        elif redirect.kind == "gone" and redirect.to and not desk.is_told("content/redirects.yaml", [index, "kind"]):
            desk.add("gone-with-target", "content/redirects.yaml", [index, "to"], "", value=redirect.to)
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
