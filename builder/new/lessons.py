"""A new lesson: a block in its textbook's file, at the place that it is told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from builder.content.catalogue import Textbook
from builder.content.records import read_record
from builder.language import is_chinese
from builder.new import inventory
from builder.new.blocks import append_record
from builder.new.written import New, RefusalError, replace_text
from builder.pages import addresses
from builder.problems import count
from builder.reading.fields import Localised
from builder.reading.source import Source
from builder.reading.yaml import Step, locate


def new_lesson(
    site: Path,
    id: str,
    *,
    book: str,
    title: str,
    unit: str | None = None,
    after: str | None = None,
    new_unit: str | None = None,
) -> New:
    """Writes a lesson into a textbook.

    Args:
        site: the site's folder.
        id: of the lesson.
        book: ID of the textbook.
        title: of the lesson, in the site's language.
        unit: number or title of the unit, the last one when left out; a book without units gets one of this title.
        after: ID of the lesson that stands before it; the unit's last when left out.
        new_unit: title of a unit that is added behind the others for it, instead of `unit` and `after`.

    Raises:
        RefusalError: there is no such textbook, unit or lesson, or the ID or the title will not do.
        ContentError: the textbook has mistakes.
    """
    inventory.check_site(site)
    inventory.check_title(title)
    files = inventory.textbooks(site)
    inventory.check_word("textbook", book, files, "known-textbooks")
    file = files[book]
    old: Textbook = inventory.read_one(site, "textbook", file).value
    address = f"textbooks/{old.id}/{id}.html"
    inventory.check_free(site, id, address)
    if address in inventory.pages_of_textbook(old):
        raise RefusalError("hour-there", address=address)
    lesson = {"id": id, "title": title}
    text = (site / file).read_bytes().decode()
    place = None if new_unit is not None else _place(old, unit, after)
    if place is None:
        named = _title_of_first_unit(site, old, unit) if new_unit is None else _title_of_new_unit(old, new_unit)
        last = len(old.units) - 1 if old.units else None
        text = append_record(text, ["units"], last, {"title": named, "lessons": [lesson]})
        place = len(old.units), 0
    else:
        number, position = place
        text = append_record(text, ["units", number, "lessons"], position - 1 if position else None, lesson)
    new = _read_back(file, text, old, place)
    replace_text(site / file, text)
    number, position = place
    path: list[Step] = ["units", number, "lessons", position, "id"]
    source = Source(file, text)
    line, last = locate(source, path).line, locate(source, [*path[:-1], "title"]).line
    address = addresses.class_hour(new.id, new.units[number].lessons[position].id)
    return New(file, address, line, held=_held_back(source, _begins(new, number, source) or (line, "id"), last))


def _begins(book: Textbook, number: int, source: Source) -> tuple[int, str] | None:
    """Where the unit begins of which a lesson is the only one, or `units` above the only unit: the line and its field.

    They have to go with the lesson, because an empty list is a mistake.
    """
    if len(book.units[number].lessons) > 1:
        return None
    path: list[Step] = ["units", number, "title"] if len(book.units) > 1 else ["units"]
    return locate(source, path, key=True).line, str(path[-1])


def _held_back(source: Source, begins: tuple[int, str], last: int) -> tuple[tuple[int, str], ...]:
    """The lines as comments, each with its number; none where the first one holds something else before its field."""
    first, field = begins
    lines = source.lines[first - 1 : last]
    if not re.match(rf"(?:[ ]*- +\{{?[ ]*)?{field}\b", lines[0]):
        return ()
    return tuple((number, f"#{line}") for number, line in enumerate(lines, first))


def _place(book: Textbook, unit: str | None, after: str | None) -> tuple[int, int] | None:
    """Index of the unit, and how many of its lessons stand before the new one; None where the book has no units."""
    for number, here in enumerate(book.units):
        for position, lesson in enumerate(here.lessons, 1):
            if lesson.id == after:
                if unit is not None and _unit_named(book, unit) != number:
                    raise RefusalError("lesson-elsewhere", value=after)
                return number, position
    if after is not None:
        lessons = [lesson.id for _, lesson in book.lessons]
        inventory.check_word("lesson", after, lessons, remedy="own-lesson", book=book.id)
    if not book.units:
        return None
    number = len(book.units) - 1 if unit is None else _unit_named(book, unit)
    return number, len(book.units[number].lessons)


def _unit_named(book: Textbook, unit: str) -> int:
    """Index of a unit that is given by its title or its number."""
    titles = [_texts(here.form.title) for here in book.units]
    for number, texts in enumerate(titles):
        if unit in texts:
            return number
    if unit.isdecimal() and 0 < int(unit) <= len(titles):
        return int(unit) - 1
    listed = "; ".join(f"{number} {' / '.join(texts)}" for number, texts in enumerate(titles, 1))
    known = [text for texts in titles for text in texts]
    inventory.check_word("unit", unit, known, remedy="units", book=book.id, units=listed)
    raise AssertionError(unit)


def _texts(title: Localised) -> list[str]:
    return [title] if isinstance(title, str) else list(title.values())


def _title_of_first_unit(site: Path, book: Textbook, unit: str | None) -> str:
    if unit is not None and not unit.isdecimal():
        inventory.check_title(unit)
        return unit
    if unit is not None and int(unit) != 1:
        raise RefusalError("no-units", value=unit, book=book.id)
    return "第一单元" if is_chinese(inventory.language_of(site)) else "Unit 1"


def _title_of_new_unit(book: Textbook, title: str) -> str:
    inventory.check_title(title)
    if any(title in _texts(unit.form.title) for unit in book.units):
        raise RefusalError("unit-there", value=title, book=book.id)
    return title


def _read_back(file: str, text: str, old: Textbook, place: tuple[int, int]) -> Textbook:
    """The book as it will be read: all that it was, and the new lesson."""
    record = read_record("textbook", file, text.encode())
    if record.value is None or count(record.problems, "error"):
        raise RefusalError.of(record.problems[0])
    new: Textbook = record.value
    rest: list[Any] = [[lesson.form for lesson in unit.lessons] for unit in new.units]
    number, position = place
    del rest[number][position]
    before = [[lesson.form for lesson in unit.lessons] for unit in old.units]
    if rest != [*before, *([[]] if len(new.units) > len(before) else [])]:
        raise AssertionError(f"{file}: the new lesson would change others")
    return new
