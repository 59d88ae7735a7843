"""Brackets of YAML that are never closed, or once too often, or between which something keeps the items together."""

from __future__ import annotations

import re
from typing import Any

from builder.problems import Problem
from builder.reading.quotes import in_quotes
from builder.reading.source import Source

CLOSING = {"[": "]", "{": "}"}
_OPENING = {closing: opening for opening, closing in CLOSING.items()}
_BETWEEN = {"while parsing a flow sequence", "while parsing a flow mapping"}
_PART = re.compile(r"(?P<comment>(?<=\s)#[^\n]*)|(?<=[\s\[{,])(?:'[^'\n]*'|\"[^\"\n]*\")|\S")
_LEAD = re.compile(r"[ ]*(?:- +)*")
_NEXT_FIELD = re.compile(r"(?<=[^\s:,\[{][ ])[ ]*(?P<key>[a-z][\w-]*)[ ]*\Z")
_VALUE = re.compile(r"(?:: +|[\[,][ ]*)(?P<value>[^\s\[\]{},:'\"][^\[\]{},:]*)\Z")


def explain_brackets(source: Source, text: str, error: Any) -> Problem | None:
    """What is wrong with the brackets at which libyaml complained.

    Args:
        source: the file.
        text: of the file, with the slips mended that have been found.
        error: what libyaml complained of.
    """
    mark, context = error.problem_mark, error.context_mark
    at, sign = mark.index, text[mark.index : mark.index + 1]
    stray = Problem(
        "stray-bracket", source.place(mark.line, mark.column), facts={"sign": sign, "opening": _OPENING.get(sign, "")}
    )
    opening = text[context.index : context.index + 1] if context and error.context in _BETWEEN else ""
    if opening not in CLOSING:
        return stray if sign in _OPENING else None
    if sign in _OPENING and closing_at(f"{text[:at]} {text[at + 1 :]}", context.index) is None:
        return stray
    outside = text[text.rfind("\n", 0, context.index) + 1 : context.index]
    if sign in _OPENING and outside.count(_OPENING[sign]) <= outside.count(sign):
        facts = {"sign": sign, "opening": opening, "closing": CLOSING[opening]}
        return Problem("wrong-bracket", source.place(mark.line, mark.column), facts=facts)
    if closing_at(text, context.index) is not None:
        facts = {"sign": opening, "closing": CLOSING[opening]}
        return Problem("not-closed", source.place(context.line, context.column), facts=facts)
    if not str(error.problem).startswith("did not find expected ','"):
        return None
    before = text[text.rfind("\n", 0, at) + 1 : at]
    if sign != ":":
        is_apart = text[at - 1] in " \n'\"" or text[at - 1] in _OPENING
        return _missing_comma(source, text, mark.line, mark.column) if is_apart else None
    if field := _NEXT_FIELD.search(before):
        return _missing_comma(source, text, mark.line, field.start("key"), "@or-in-one-value")
    if value := _VALUE.search(before):
        start = value.start("value")
        written = re.match(r"[^\[\]{},\n]*", text[at - len(before) + start :])[0].rstrip()  # type: ignore[index]
        place = source.place(mark.line, start, len(written))
        return Problem("colon-in-value", place, facts={"value": written, "mended": in_quotes(written), "or": ""})
    return None


def _missing_comma(source: Source, text: str, line: int, column: int, other: str = "") -> Problem:
    rest = text.split("\n")[line][column:]
    value = re.match(r"\S[^\s,\]}]*", rest)
    written = value[0] if value else rest[:1]
    return Problem("missing-comma", source.place(line, column, len(written)), facts={"value": written, "or": other})


def closing_at(text: str, start: int) -> int | None:
    """Where a bracket that is never closed should be: before one that closes another, or behind the value.

    Args:
        text: of the file.
        start: index of the bracket.

    Returns:
        The index; nothing where the bracket is closed.
    """
    waiting = [CLOSING[text[start]]]
    end = start + 1
    for part in _PART.finditer(text, start + 1, _reach(text, start)):
        if part["comment"]:
            continue
        if part[0] in CLOSING:
            waiting.append(CLOSING[part[0]])
        elif part[0] in _OPENING:
            while waiting.pop() != part[0]:  # one inside is open
                if not waiting:
                    return part.start()
            if not waiting:
                return None
        end = part.end()
    return end


def _reach(text: str, start: int) -> int:
    """The end of the last line that can belong to a value: of those below, they stand deeper than its key."""
    begin, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    depth = len(_LEAD.match(text, begin)[0])  # type: ignore[index]
    while end >= 0:
        line = text[end + 1 : (text.find("\n", end + 1) + 1 or len(text) + 1) - 1]
        body = line.lstrip(" ")
        if body and len(line) - len(body) <= depth and body[0] not in _OPENING:
            return end
        end = text.find("\n", end + 1)
    return len(text)
