"""Lines of YAML that stand at the wrong depth, or without the dash that belongs there."""

from __future__ import annotations

import re
from typing import Any

from builder.problems import Problem
from builder.reading.source import Source

_ANY_KEY = re.compile(r"^(?P<lead>[ ]*)(?P<key>[^\s:#'\"\[\]{}&*!|>%@`-][^:#]*):(?: |$)")
_FIRST_KEY = re.compile(r"^(?P<lead>[ ]*)- +(?P<key>[^\s:#'\"]+):(?: |$)")
_COMPLETE = re.compile(r"^(?P<lead>[ ]*(?:- +)*)(?P<key>[^\s:#'\"\[\]{}&*!|>%@`-][^:#]*): +[^\s#|>&]")
_PLAIN_VALUE = re.compile(r"^(?P<lead>[ ]*(?:- +)*)(?P<key>[\w-]+): +[^\s#|>&*!%@`'\"\[{]")
_BLOCK = re.compile(r"^(?P<lead>[ ]*(?:- +)*)(?P<key>[\w-]+): +[|>][-+0-9]*[ ]*$")
_ITEM = re.compile(r"^(?P<lead>[ ]*)- +\S")
_STEPS = re.compile(r"-(?= |$)|[^\s:#'\"\[\]{}-][^:#\s]*(?=:(?: |$))")


def depth_of(line: str) -> int:
    """The number of blanks that a line begins with."""
    return len(line) - len(line.lstrip(" "))


def missing_dash(source: Source, text: str, event: Any, record: dict[str, Any], parent: Any) -> Problem | None:
    """A record of a list that runs into the one above, because its first line has no `- `.

    Args:
        source: the file.
        text: of the file, with the slips mended that have been found.
        event: libyaml's, of a key that the record has already.
        record: as far as it is read.
        parent: that holds it.
    """
    number, column = event.start_mark.line, event.start_mark.column
    lines = text.split("\n")
    begins_another = parent.__class__ is list and len(record) > 1 and event.value == next(iter(record))
    if not begins_another or lines[number][:column].strip():
        return None
    firsts = (_FIRST_KEY.match(line) for line in reversed(lines[:number]))
    dash = next((first.end("lead") for first in firsts if first and first.start("key") == column), None)
    return None if dash is None else _dash_before(source, lines[number], number, column, dash)


def _dash_before(source: Source, line: str, number: int, column: int, dash: int) -> Problem:
    """Says that a dash is missing before the key at a column; `dash` is the column where it should stand."""
    written = line[column:].rstrip()
    facts = {"key": written.partition(":")[0], "mended": f"- {written}", "column": str(dash + 1)}
    return Problem("missing-dash", source.place(number, column, len(facts["key"])), facts=facts)


def item_without_dash(source: Source, lines: list[str], first: int, number: int) -> Problem | None:
    """A line that stands where the dashes of a list do, and begins as its records do.

    Args:
        source: the file.
        lines: of it, with the slips mended that have been found.
        first: number of the line where the list begins, from 0.
        number: of the line.
    """
    above = _FIRST_KEY.match(lines[first])
    here = _ANY_KEY.match(lines[number]) if number < len(lines) else None
    if above is None or here is None or (above["lead"], above["key"]) != (here["lead"], here["key"]):
        return None
    column = here.end("lead")
    return _dash_before(source, lines[number], number, column, column)


def text_without_dash(source: Source, lines: list[str], number: int) -> Problem | None:
    """A text that stands where the dashes of a list do.

    Args:
        source: the file.
        lines: of it, with the slips mended that have been found.
        number: of the line, from 0.
    """
    body = lines[number].strip()
    column = depth_of(lines[number])
    above = _ITEM.match(lines[number - 1]) if number else None
    if above is None or above.end("lead") != column or _ANY_KEY.match(lines[number]) or not body:
        return None
    facts = {"mended": f"- {body}", "column": str(column + 1)}
    return Problem("item-without-dash", source.place(number, column, len(body)), facts=facts)


def first_indented(source: Source, lines: list[str], number: int) -> Problem | None:
    """The first line of a file, where it stands deeper than the one with which libyaml can do nothing."""
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), number)
    here = _ANY_KEY.match(lines[number]) if number < len(lines) else None
    depth = depth_of(lines[first])
    if here is None or first >= number or depth <= here.end("lead"):
        return None
    facts = {"column": str(here.end("lead") + 1), "key": here["key"]}
    return Problem("first-indented", source.place(first, 0, depth), facts=facts)


def over_indented(source: Source, lines: list[str], number: int) -> Problem | None:
    """A line that stands deeper than the one above, although that one has its value already."""
    above = _COMPLETE.match(lines[number - 1]) if number else None
    here = _ANY_KEY.match(lines[number]) if number < len(lines) else None
    if above is None or here is None or here.end("lead") <= above.end("lead"):
        return None
    place = source.place(number, 0, here.end("lead"))
    return Problem("over-indented", place, facts={"column": str(above.end("lead") + 1), "key": above["key"]})


def misaligned(source: Source, lines: list[str], number: int) -> Problem | None:
    """A line that begins in a column where nothing above begins, told with the nearest column where something does; of
    an item of a list, rather one where items begin with the same key.
    """
    line = lines[number] if number < len(lines) else ""
    here = _ITEM.match(line) or _ANY_KEY.match(line)
    if here is None:
        return None
    column, is_item = here.end("lead"), here.re is _ITEM
    steps = [step for step in _steps_above(lines, number) if (step[1] == "-") == is_item]
    if not steps or column in (at for at, _, _ in steps):
        return None
    first = _first_key(line)
    nearest, word, _ = min(steps, key=lambda step: (is_item and step[2] != first, abs(step[0] - column), -step[0]))
    return _at_column(source, number, column, nearest, word)


def swallowed_item(source: Source, text: str, event: Any) -> Problem | None:
    """An item of a list that is read as a part of the text above, because it stands deeper.

    Args:
        source: the file.
        text: of the file, with the slips mended that have been found.
        event: libyaml's, of that text.
    """
    lines = text.split("\n")
    first = event.start_mark.line
    before = lines[first][: event.start_mark.column].rstrip(" ")
    if before[-1:] != "-":
        return None
    for number in range(first + 1, event.end_mark.line + 1):
        if item := _ITEM.match(lines[number]):
            return _at_column(source, number, item.end("lead"), len(before) - 1, "-")
    return None


def _at_column(source: Source, number: int, column: int, right: int, word: str) -> Problem:
    facts = {"here": str(column + 1), "column": str(right + 1), "key": word}
    return Problem("misaligned", source.place(number, 0, max(1, column)), facts=facts)


def text_goes_on(source: Source, lines: list[str], number: int) -> Problem | None:
    """A line without a field that stands below one with a text: probably that text goes on there.

    Args:
        source: the file.
        lines: of it, with the slips mended that have been found.
        number: of the line, from 0.
    """
    line = lines[number]
    depth = depth_of(line)
    if not line.strip() or _ANY_KEY.match(line) or _ITEM.match(line):
        return None
    for above in reversed(lines[:number]):
        if field := _PLAIN_VALUE.match(above) or _BLOCK.match(above):
            if field.end("lead") < depth:
                return None
            facts = {"key": field["key"], "column": str(field.end("lead") + 3)}
            return Problem("text-goes-on", source.place(number, depth, len(line)), facts=facts)
        if above.strip() and (_ANY_KEY.match(above) or _ITEM.match(above)):
            return None
    return None


def _first_key(line: str) -> str:
    """The key with which an item of a list begins."""
    found = _FIRST_KEY.match(line)
    return found["key"] if found else ""


def _steps_above(lines: list[str], number: int) -> list[tuple[int, str, str]]:
    """Columns at which a line may begin, of all that is open above: each with the key or the dash that begins there,
    and the key behind that dash.
    """
    steps: list[tuple[int, str, str]] = []
    outermost = len(max(lines, key=len)) + 1
    for line in reversed(lines[:number]):
        depth = depth_of(line)
        if not line.strip() or line.lstrip().startswith("#") or depth >= outermost:
            continue
        begins = depth
        for step in _STEPS.finditer(line):
            if line[begins : step.start()].strip() or step.start() >= outermost:
                break
            steps.append((step.start(), step[0], _first_key(line)))
            if step[0] != "-":
                break
            begins = step.end()
        outermost = depth
        if not depth:
            break
    return steps
