"""One file becomes one record: a pure function of its path and bytes, so it can be kept while these stay the same."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from builder.content.catalogue import Article, ClassHour, Column, Lesson, Resource, Section, Textbook, Topic, Unit
from builder.content.files import Role
from builder.content.markdown import read_markdown
from builder.content.model import (
    ArticleForm,
    ColumnForm,
    FigureForm,
    HotlineForm,
    HourForm,
    LessonForm,
    LinkForm,
    RedirectForm,
    ResourceForm,
    SectionForm,
    TextbookForm,
    TopicForm,
    VocabularyForm,
)
from builder.content.passages import place_in_text
from builder.content.prose import EMPTY, Prose
from builder.problems import Place, Problem
from builder.reading.fields import ID
from builder.reading.forms import adapter, fill_in_anyway, fill_in_list, id_of, record_name
from builder.reading.repair import Steps
from builder.reading.source import Source, decode, split_front_matter
from builder.reading.yaml import locate, read_yaml

_LISTS: dict[Role, type[Any]] = {
    "links": LinkForm,
    "hotlines": HotlineForm,
    "figures": FigureForm,
    "redirects": RedirectForm,
}
_FOLLOWED_BY = {"missing-colon": "unknown-key", "dash-behind-key": "wrong-type"}  # on the same line
_BETWEEN_WORDS = re.compile("[，、；]")
_FRONT: dict[Role, type[Any]] = {"resource": ResourceForm, "topic": TopicForm, "article": ArticleForm}
_NAMED = {"section", "column", "resource", "topic", "article"}  # by their folder or file
_WHOLE: dict[Role, type[Any]] = {
    "vocabulary": VocabularyForm,
    "section": SectionForm,
    "column": ColumnForm,
    "textbook": TextbookForm,
}


@dataclass(frozen=True, slots=True)
class Record:
    """What a file holds.

    Args:
        role: what the file is, by its place.
        file: path from the site's folder.
        value: a record of the catalogue, or the forms of a list; nothing where it cannot be read.
        problems: what is wrong with it.
        mended: paths of values that are not as they were written, because they were wrong.
        digest: of the file's bytes.
        bytes: how many there are.
    """

    role: Role
    file: str
    value: Any
    problems: list[Problem]
    mended: frozenset[Steps] = frozenset()
    digest: str = ""
    bytes: int = 0


def read_record(role: Role, file: str, raw: bytes) -> Record:
    """Reads one file of the content.

    Args:
        role: what the file is, by its place.
        file: path from the site's folder.
        raw: its bytes.
    """
    source, problems = decode(file, raw)
    problems += _check_names(role, file)
    if source is None:
        return Record(role, file, None, problems)
    body, whole, text, line = EMPTY, source, "", 0
    if role in _FRONT:
        parts = split_front_matter(source)
        if isinstance(parts, Problem):
            return Record(role, file, None, [*problems, parts])
        whole = source
        source, text, line = parts
        body = read_markdown(text)
    value, found = read_yaml(source)
    name = record_name(value, id_of(file))
    line += len(text) - len(text.lstrip("\n"))
    for slip in body.slips:
        place = place_in_text(whole, line + slip.line, slip.turn, slip.written, bare=slip.code == "bare-address")
        problems.append(Problem(slip.code, place, name, slip.facts))
    problems += [dataclasses.replace(problem, record=name) for problem in found]
    if any(problem.severity == "error" for problem in found) and value is None:
        return Record(role, file, None, problems)
    if role in _LISTS:
        forms, mended, wrong = fill_in_list(_LISTS[role], value, source)
        wrong += _check_counts(forms, source) if role == "figures" else []
        forms, mended = _without_followers(role, forms, mended)
        return Record(role, file, forms, _told_once(problems, wrong), mended)
    form, mended, wrong = fill_in_anyway(_FRONT.get(role) or _WHOLE[role], value, source)
    problems = _told_once(problems, wrong)
    if form is None:
        return Record(role, file, None, problems)
    if isinstance(form, VocabularyForm):
        problems += _check_terms(form, source)
    problems += _check_keywords(form, source)
    record = _record(role, file, form, body)
    if isinstance(record, Textbook):
        problems += _slips_in_summaries(record, source)
    return Record(role, file, record, problems, mended)


def _record(role: Role, file: str, form: Any, body: Prose) -> Any:
    """The record of the catalogue; sections, columns and topics get what they hold when all is linked."""
    *_, folder, name = file.split("/")
    stem = name.rsplit(".", 1)[0]
    match role:
        case "section":
            return Section(folder, form, (), file)
        case "column":
            return Column(folder, file.split("/")[-3], form, (), file)
        case "resource":
            return Resource(stem, file.split("/")[-3], folder, form, body, file)
        case "textbook":
            return textbook_of(form, file)
        case "topic":
            return Topic(stem, form, (), (), body, file)
        case "article":
            return Article(stem, form, body, file)
    return form


def textbook_of(book: TextbookForm, file: str, summaries: Iterator[Prose] | None = None) -> Textbook:
    """The textbook that a form describes.

    Args:
        book: the form.
        file: of the book.
        summaries: of its class hours in their order, where they have been read before.
    """

    def hours(lesson: LessonForm) -> tuple[ClassHour, ...]:
        forms: tuple[HourForm | LessonForm, ...] = lesson.hours or (lesson,)
        return tuple(ClassHour(number, hour, summary(hour)) for number, hour in enumerate(forms, 1))

    def summary(hour: HourForm | LessonForm) -> Prose:
        if summaries is not None:
            return next(summaries)
        return read_markdown(hour.summary) if hour.summary else EMPTY

    units = tuple(
        Unit(unit, tuple(Lesson(lesson.id, lesson, hours(lesson)) for lesson in unit.lessons)) for unit in book.units
    )
    return Textbook(book.id, book, units, file)


def _slips_in_summaries(book: Textbook, source: Source) -> list[Problem]:
    """Slips in the Markdown of class hours."""
    problems = []
    for u, unit in enumerate(book.units):
        for number, lesson in enumerate(unit.lessons):
            for hour in lesson.hours:
                for slip in hour.summary.slips:
                    inner: Steps = ("hours", hour.number - 1) if lesson.form.hours else ()
                    place = locate(source, ["units", u, "lessons", number, *inner, "summary"])
                    name = record_name({"title": lesson.form.title, "id": lesson.id})
                    problems.append(Problem(slip.code, place, name, slip.facts))
    return problems


def _without_followers(role: Role, forms: list[Any], mended: frozenset[Steps]) -> tuple[list[Any], frozenset[Steps]]:
    """Mends rows of a list so that a mistake in one field does not make another look wrong."""
    if role == "links":  # a day that is no date says that the address was verified on some day
        mended |= {(path[0], "url") for path in mended if path[1:] == ("verified_on",)}
    if role == "redirects":  # addresses of pages end in `.html`; where one is unknown the row says nothing of the other
        wrong = {path[0] for path in mended if path[1:2] in {(), ("from",), ("to",)}}
        forms = [
            adapter(RedirectForm).validate_python({"from": f"stand-in/{index}.html", "kind": "gone", "date": form.date})
            if index in wrong
            else form
            for index, form in enumerate(forms)
        ]
    return forms, mended


def _told_once(problems: list[Problem], wrong: list[Problem]) -> list[Problem]:
    """All problems, of which those that are one mistake are told as one: a text that is lost behind `#` as the error
    that a field has no value where it is one, a line without a colon not as an unknown field besides, unless it is
    known which was meant, nor a dash behind the name of a field as a list in the place of a text; nor, where records
    are no list, that they have the same fields.
    """
    told = {problem.place for problem in wrong if problem.code == "value-is-comment"}
    follow = {(_FOLLOWED_BY.get(problem.code), problem.place.line) for problem in problems}
    kept = [problem for problem in problems if problem.code != "lost-text" or problem.place not in told]
    if any(problem.code == "not-a-list" for problem in wrong):
        kept = [problem for problem in kept if problem.code != "duplicate-key"]
    return kept + [
        problem for problem in wrong if (problem.code, problem.place.line) not in follow or problem.facts.get("guess")
    ]


def _check_counts(figures: list[Any], source: Source) -> list[Problem]:
    """Only a percentage can be below nothing."""
    return [
        Problem(
            "out-of-range",
            locate(source, [index, "value"]),
            facts={"key": "value", "value": str(figure.value), "bound": "@at-least", "limit": "0"},
        )
        for index, figure in enumerate(figures)
        if figure.value < 0 and not figure.unit.startswith(("percent", "%", "‰"))
    ]


def _check_keywords(form: Any, source: Source) -> list[Problem]:
    """Keywords between brackets, not in quotes, that have a full-width comma or half a pair of quotation marks."""
    if "[" not in source.text:
        return []
    found: list[tuple[Any, Steps]] = [(form, ())] if isinstance(form, ResourceForm) else []
    if isinstance(form, TextbookForm):
        lessons = ((u, n, lesson) for u, unit in enumerate(form.units) for n, lesson in enumerate(unit.lessons))
        found = [(lesson, ("units", u, "lessons", n)) for u, n, lesson in lessons]
    problems = []
    for record, path in found:
        for index, word in enumerate(record.keywords):
            parts = _BETWEEN_WORDS.split(word)
            is_half_quoted = word.count('"') == 1
            if len(parts) == 1 and not is_half_quoted:
                continue
            place = locate(source, [*path, "keywords", index])
            start = place.column - 1
            if "[" not in place.text[:start] or place.text[start : start + 1] in {"'", '"'}:
                continue
            name = record_name({"title": record.title, "id": getattr(record, "id", id_of(source.file))})
            mended = ", ".join(part.strip() for part in parts if part)
            if is_half_quoted:
                mended = '"' + word.replace('"', "") + '"'
            facts = {"key": "keywords", "value": word, "mended": mended}
            problems.append(Problem("half-quoted" if is_half_quoted else "words-together", place, name, facts))
    return problems


def _check_names(role: Role, file: str) -> list[Problem]:
    """IDs that come from the names of folders and files."""
    if role not in _NAMED:
        return []
    *_, folder, name = file.split("/")
    id = folder if role in {"section", "column"} else name.removesuffix(".md")
    return [] if ID.match(id) else [Problem("bad-id", Place(file), facts={"value": id})]


def _check_terms(form: VocabularyForm, source: Source) -> list[Problem]:
    """Each list of the vocabulary has an ID once."""
    problems = []
    for name in ("stages", "grades", "subjects", "editions", "volumes", "kinds", "audiences", "languages", "licences"):
        first: dict[object, int] = {}
        for index, term in enumerate(getattr(form, name)):
            if term.id in first:
                here, other = (locate(source, [name, at, "id"]) for at in (index, first[term.id]))
                record = record_name({"title": term.title, "id": str(term.id)})
                problems.append(Problem("duplicate-term", here, record, {"value": str(term.id)}, (other,)))
            first.setdefault(term.id, index)
    return problems


def source_of(file: str, raw: bytes) -> Source | None:
    """The YAML of a file, once more, to say where a value stands."""
    source, _ = decode(file, raw)
    if source is None or not file.endswith(".md"):
        return source
    parts = split_front_matter(source)
    return None if isinstance(parts, Problem) else parts[0]
