"""Quotation marks that end a value of YAML too early, or too late: libyaml stumbles only over what follows them."""

from __future__ import annotations

import re
from typing import Any

from builder.problems import Problem
from builder.reading.source import Source

_QUOTED = re.compile(
    r"(?P<before>^[ ]*(?:- +)*|[\[{,][ ]*|: +)(?P<quoted>(?>'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"))(?P<gap>[ ]*)"
    r"(?P<next>[^\s,\]}:#])?",
    re.MULTILINE | re.DOTALL,
)
_KEY = r"[ ]*(?:- +)*[A-Za-z][\w-]*:(?: |$)"
_OPEN = re.compile(rf"^[ ]*(?:- +)*(?:[A-Za-z][\w-]*: +)?(?P<sign>['\"])[^'\"\n]*\n(?={_KEY})", re.MULTILINE)
_ONLY_VALUE = re.compile(r"[ ]*(?:- +)*(?:[A-Za-z][\w-]*: +)?")
# A quotation mark of a Chinese keyboard at the end of a value that a plain one opens.
_WRONG_CLOSING = {
    '"': re.compile(r"\"(?P<inner>[^\"“”＂\n]*)(?P<sign>[“”＂])(?=[ ]*(?:[,\]}\n]|\Z| #))"),
    "'": re.compile(r"'(?P<inner>[^'‘’＇\n]*)(?P<sign>[‘’＇])(?=[ ]*(?:[,\]}\n]|\Z| #))"),
}
_ENDS_ITEM = {"'": re.compile(r"'(?=\s*[,\]}])"), '"': re.compile(r"\"(?=\s*[,\]}])")}


def explain_quote(source: Source, text: str, error: Any) -> Problem | None:
    """The quotation mark behind libyaml's complaint of what follows it.

    Args:
        source: the file.
        text: of the file, with the slips mended that have been found.
        error: what libyaml complained of.
    """
    if error.problem == "found unknown escape character":
        return _backslash(source, text, error)
    in_brackets = "flow" in (error.context or "")
    for found in _QUOTED.finditer(text):
        start, end = found.span("quoted")
        line = text.count("\n", 0, end)
        if line > error.problem_mark.line:
            return None
        is_item = found["before"][:1] in {"[", "{", ","}
        if not found["next"] or error.problem_mark.line - line > 1 or (is_item and not in_brackets):
            continue
        sign = found["quoted"][0]
        if "\n" in found["quoted"] or _WRONG_CLOSING[sign].match(text, start):
            return open_quote(source, text, start)
        column = end - (text.rfind("\n", 0, end) + 1)
        if in_brackets and found["gap"] and found["next"] in {"'", '"'}:
            value = re.match(r"[^,\]}\n]*", text[found.start("next") :])[0].rstrip()  # type: ignore[index]
            place = source.place(line, column + len(found["gap"]), len(value))
            return Problem("missing-comma", place, facts={"value": value, "or": ""})
        written = _whole(text, start, end, sign, in_brackets=in_brackets)
        inner = written[1:-1] if len(written) > 1 and written[-1] == sign else written
        facts = {"sign": sign, "value": written, "mended": _quoted(inner)}
        return Problem("quote-in-quotes", source.place(line, column - 1), facts=facts)
    return None


def swallowing_quote(source: Source, text: str) -> Problem | None:
    """A quotation mark that takes the lines below for its value, up to another one, without any complaint."""
    found = None if re.search(r": +[|>]", text) else _OPEN.search(text)
    return open_quote(source, text, found.start("sign")) if found else None


def closed(lines: list[str], number: int, column: int) -> str | None:
    """A line of which the last value is closed at its end; nothing where it may go on in the next line.

    Args:
        lines: of the file.
        number: of the line, from 0.
        column: of the quotation mark, from 0.
    """
    line = lines[number]
    below = next((other for other in lines[number + 1 :] if other.strip()), "")
    if not _ONLY_VALUE.fullmatch(line[:column]) or (below and not re.match(_KEY, below)):
        return None
    return line.rstrip() + line[column]


def open_quote(source: Source, text: str, start: int) -> Problem:
    """A quotation mark that is never closed, or by one of another kind.

    Args:
        source: the file.
        text: of the file, with the slips mended that have been found.
        start: index of the mark.
    """
    line, column = text.count("\n", 0, start), start - (text.rfind("\n", 0, start) + 1)
    if wrong := _WRONG_CLOSING[text[start]].match(text, start):
        place = source.place(line, column + wrong.start("sign") - start)
        facts = {"sign": text[start], "wrong": wrong["sign"], "value": wrong[0], "mended": _quoted(wrong["inner"])}
        return Problem("wrong-closing-quote", place, facts=facts)
    place = source.place(line, column)
    return Problem("not-closed", place, facts={"sign": text[start], "closing": text[start]})


def _backslash(source: Source, text: str, error: Any) -> Problem | None:
    """A backslash between double quotes, where it changes what follows it."""
    start, at = error.context_mark.index, error.problem_mark.index
    found = re.compile(r'"((?:[^"\\\n]|\\.)*)"').match(text, start)
    if found is None:  # a quotation mark above is open, so that the backslash seems to stand in quotes
        is_open = _WRONG_CLOSING['"'].match(text, start) or _OPEN.match(text, text.rfind("\n", 0, start) + 1)
        return open_quote(source, text, start) if is_open else None
    back = text.rfind("\\", start, at + 1)
    place = source.place(text.count("\n", 0, back), back - (text.rfind("\n", 0, back) + 1), 2)
    return Problem(
        "backslash-in-quotes", place, facts={"value": found[0], "mended": _single(found[1].replace('\\"', '"'))}
    )


def _whole(text: str, start: int, end: int, sign: str, *, in_brackets: bool) -> str:
    """The value that was meant, of which the quotation marks at both ends are only the beginning."""
    stop = text.find("\n", end)
    rest = text[start : stop if stop >= 0 else len(text)]
    if in_brackets:
        last = _ENDS_ITEM[sign].search(rest, end - start)
        bare = re.compile(r"\s*[,\]}]").search(rest, end - start)
        rest = rest[: last.end() if last else bare.start() if bare else len(rest)]
    return rest.rstrip()


def in_quotes(text: str) -> str:
    """A text between quotation marks: single ones, between which only they themselves mean anything."""
    return _quoted(text) if "'" in text else _single(text)


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text and "\\" not in text else _single(text)


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
