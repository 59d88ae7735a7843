"""What must hold between records: IDs are unique, references lead somewhere, files exist, facts are fresh."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
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
from builder.content.markdown import Prose, Target
from builder.content.model import Asset, HotlineForm, LessonForm
from builder.content.places import Places
from builder.content.shelf import Shelf
from builder.problems import Problem
from builder.reading.fields import Localised
from builder.reading.forms import record_name
from builder.reading.suggest import closest
from builder.reading.yaml import Step
from builder.settings import Settings

VOCABULARY = "content/vocabulary.yaml"
LINK_MAX_AGE = timedelta(days=365)
_HOUR_FIELDS = ("teacher", "duration", "summary", "assets")


def check(shelf: Shelf, settings: Settings, today: date, places: Places) -> list[Problem]:
    """Every problem between the records of a site.

    Args:
        shelf: all records that could be read.
        settings: of the site.
        today: decides what is stale.
        places: finds where a value stands.
    """
    desk = _Desk(places, shelf)
    unread = _unread(shelf)
    _check_ids(shelf, desk)
    _check_folders(shelf, desk)
    columns = {f"{column.section}/{column.id}" for column in shelf.columns} | unread["column"]
    resources = {resource.id for resource in shelf.resources} | unread["resource"]
    _check_settings(settings, desk)
    for section in shelf.sections:
        name = name_of(section.title, section.id)
        desk.localised(section.file, name, section.title, ["title"])
        desk.terms(section.file, name, "audiences", section.form.audience, ["audience"])
    for column in shelf.columns:
        desk.localised(column.file, name_of(column.title, column.id), column.title, ["title"])
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
        desk.localised(topic.file, name, topic.title, ["title"])
    for article in shelf.articles:
        desk.localised(article.file, name_of(article.title, article.id), article.title, ["title"])
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
    return today - line.verified_on <= timedelta(days=settings.hotlines_max_age_days)


class _Desk:
    """Where the rules lay down what they find."""

    def __init__(self, places: Places, shelf: Shelf):
        self.problems: list[Problem] = []
        self._places = places
        self._vocabulary = None if VOCABULARY in shelf.mended else shelf.vocabulary
        self._attachments = shelf.files.attachments
        self._mended = shelf.mended

    def add(self, code: str, file: str, path: Sequence[Step], record: str, key: bool = False, **facts: str) -> None:
        if self.is_told(file, path):
            return
        self.problems.append(Problem(code, self._places.of(file, path, key=key), record, facts))

    def is_told(self, file: str, path: Sequence[Step]) -> bool:
        """Whether a value, or a part of it, was wrong in itself, so that nothing more need be said of it."""
        if file not in self._mended or not path:
            return False
        here = tuple(path)
        return any(here[: len(told)] == told or told[: len(here)] == here for told in self._mended[file])

    def lacks(self, file: str, path: Sequence[Step], field: str) -> None:
        self.problems.append(Problem("missing-field", self._places.of(file, path, key=True), facts={"key": field}))

    def add_twins(self, code: str, places: list[tuple[str, list[Step], bool]], record: str, **facts: str) -> None:
        first, *others = (self._places.of(file, path, key=key) for file, path, key in reversed(places))
        self.problems.append(Problem(code, first, record, facts, tuple(others)))

    def unknown(
        self, file: str, record: str, kind: str, value: object, guess: str, path: list[Step], where: str
    ) -> None:
        self.add(
            "unknown-reference", file, path, record, kind=f"@{kind}", value=str(value), known=f"@{where}", guess=guess
        )

    def term(self, file: str, record: str, vocabulary: str, value: object, path: list[Step]) -> None:
        """One reference to a vocabulary."""
        if self._vocabulary is None or value is None:
            return
        known = getattr(self._vocabulary, vocabulary)
        if value not in known:
            words = _words(known)
            guess = words.get(closest(str(value), words), "")
            self.unknown(file, record, vocabulary, value, guess, path, "in-vocabulary")

    def terms(self, file: str, record: str, vocabulary: str, values: Sequence[object], path: list[Step]) -> None:
        """A list of references to a vocabulary."""
        for index, value in enumerate(values):
            self.term(file, record, vocabulary, value, [*path, index])

    def localised(self, file: str, record: str, text: Localised | None, path: list[Step]) -> None:
        """The languages of a text by language."""
        if isinstance(text, dict) and self._vocabulary is not None:
            for language in text:
                if language not in self._vocabulary.languages:
                    self.add(
                        "unknown-reference",
                        file,
                        [*path, language],
                        record,
                        key=True,
                        kind="@languages",
                        value=language,
                        known="@in-vocabulary",
                        guess=closest(language, self._vocabulary.languages),
                    )

    def file(self, file: str, record: str, name: str, path: list[Step]) -> None:
        """A file beside a record."""
        if code := self._amiss(file, name):
            guess = closest(name, self._beside(file)) if code == "missing-file" else ""
            self.add(code, file, path, record, value=name, guess=guess)

    def _amiss(self, file: str, name: str) -> str:
        """What is wrong with the name of a file that should lie beside a record; an empty string if nothing is."""
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(file), name))
        if wanted.startswith(("/", "../")) or re.match(r"[A-Za-z]:", name):
            return "leaves-site"
        if "\\" in name or ".." in name.split("/"):
            return "file-elsewhere"
        return "" if wanted in self._attachments else "missing-file"

    def texts(self, file: str, record: str, body: Prose) -> None:
        """Pictures in a text lie beside it."""
        for target in body.targets:
            if not target.picture:
                continue
            self.picture(file, record, target, None)

    def picture(self, file: str, record: str, target: Target, path: list[Step] | None) -> None:
        """A picture of a Markdown file's body, or of a text in YAML at a path."""
        is_elsewhere = re.match(r"[a-z][a-z0-9+.-]+:|//", target.href)
        code = "picture-elsewhere" if is_elsewhere else self._amiss(file, target.href)
        if code:
            guess = closest(target.href, self._beside(file)) if code == "missing-file" else ""
            place = self._places.of(file, path) if path else self._places.in_text(file, target.line, target.href)
            self.problems.append(Problem(code, place, record, {"value": target.href, "guess": guess}))

    def _beside(self, file: str) -> list[str]:
        folder = PurePosixPath(file).parent
        return [PurePosixPath(other).name for other in self._attachments if PurePosixPath(other).parent == folder]

    def assets(self, file: str, record: str, assets: Sequence[Asset], path: list[Step]) -> None:
        """Assets of a resource or class hour."""
        for index, asset in enumerate(assets):
            here = [*path, index]
            if (asset.url is None) == (asset.file is None):
                self.add("address-or-file", file, here, record, found="@neither" if asset.url is None else "@both")
            if asset.file is not None:
                self.file(file, record, asset.file, [*here, "file"])
            if asset.audience:
                self.terms(file, record, "audiences", asset.audience, [*here, "audience"])
            for number, caption in enumerate(asset.captions):
                track = [*here, "captions", number]
                self.term(file, record, "languages", caption.language, [*track, "language"])
                if (caption.url is None) == (caption.file is None):
                    self.add(
                        "address-or-file", file, track, record, found="@neither" if caption.url is None else "@both"
                    )
                if caption.file is not None:
                    self.file(file, record, caption.file, [*track, "file"])


def _words(known: dict[Any, Any]) -> dict[str, str]:
    """IDs of a vocabulary by what editors may write for them: the ID itself, or the title in any language."""
    titles = {title: str(id) for id, term in known.items() for title in _texts(term.title)}
    return titles | {str(id): str(id) for id in known}


def _texts(text: Localised) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


def name_of(title: Localised, id: str) -> str:
    """A record as an editor would name it."""
    return record_name({"title": title, "id": id})


def _check_settings(settings: Settings, desk: _Desk) -> None:
    desk.term("site.yaml", "", "licences", settings.licence, ["licence"])
    desk.localised("site.yaml", "", settings.title, ["title"])
    desk.localised("site.yaml", "", settings.owner, ["owner"])
    for index, language in enumerate(settings.languages):
        desk.term("site.yaml", "", "languages", language, ["languages", index])


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


def _check_ids(shelf: Shelf, desk: _Desk) -> None:
    seen: dict[str, tuple[str, list[Step], bool]] = {}
    for id, name, file, path in _ids(shelf):
        if desk.is_told(file, path):
            continue
        if id in seen:
            desk.add_twins("duplicate-id", [seen[id], (file, path, False)], name, value=id)
        else:
            seen[id] = (file, path, False)


def _check_folders(shelf: Shelf, desk: _Desk) -> None:
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


def _check_resource(resource: Resource, columns: set[str], resources: set[str], desk: _Desk) -> None:
    form, file = resource.form, resource.file
    record = name_of(form.title, resource.id)
    desk.localised(file, record, form.title, ["title"])
    desk.localised(file, record, form.summary, ["summary"])
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


def _check_textbook(book: Textbook, desk: _Desk) -> None:
    form, file = book.form, book.file
    record = name_of(form.title, book.id)
    *_, stage, subject, name = file.split("/")
    if name != f"{form.id}.yaml":
        desk.add("id-is-file-name", file, ["id"], record, value=form.id, name=name)
    for key, value, folder in (("stage", form.stage, stage), ("subject", form.subject, subject)):
        if value != folder:
            right = f"content/textbooks/{form.stage}/{form.subject}/"
            desk.add("wrong-folder", file, [key], record, value=value, folder=folder, right=right, field=key)
    desk.localised(file, record, form.title, ["title"])
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
    book: Textbook, lesson: Lesson, path: list[Step], bare: list[tuple[list[Step], Lesson]], desk: _Desk
) -> None:
    form = lesson.form
    desk.localised(book.file, name_of(form.title, lesson.id), form.title, [*path, "title"])
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


def _check_lists(shelf: Shelf, settings: Settings, today: date, desk: _Desk) -> None:
    for index, link in enumerate(shelf.links):
        record = name_of(link.title, link.id)
        desk.localised("content/links.yaml", record, link.title, [index, "title"])
        if link.url is not None and (link.verified_on is None or today - link.verified_on > LINK_MAX_AGE):
            last = link.verified_on.isoformat() if link.verified_on else "@never"
            path: list[Step] = [index, "verified_on" if link.verified_on else "url"]
            desk.add("stale-link", "content/links.yaml", path, record, value=last)
    for index, redirect in enumerate(shelf.redirects):
        if redirect.kind != "gone" and redirect.to is None:
            desk.lacks("content/redirects.yaml", [index, "kind"], "to")
    for index, line in enumerate(shelf.hotlines):
        record = name_of(line.title, line.id)
        desk.localised("content/hotlines.yaml", record, line.title, [index, "title"])
        desk.terms("content/hotlines.yaml", record, "audiences", line.audience, [index, "audience"])
        desk.terms("content/hotlines.yaml", record, "languages", line.languages, [index, "languages"])
        if not is_fresh(line, settings, today):
            limit = str(settings.hotlines_max_age_days)
            desk.add(
                "stale-hotline",
                "content/hotlines.yaml",
                [index, "verified_on"],
                record,
                value=line.verified_on.isoformat(),
                limit=limit,
            )
