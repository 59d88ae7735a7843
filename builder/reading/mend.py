"""Slips of an editor put right, so that what stands behind them can be read in the same run."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.problems import Place, Problem
from builder.reading.brackets import CLOSING, closing_at
from builder.reading.depths import depth_of
from builder.reading.meant import FIELDS
from builder.reading.quotes import closed
from builder.reading.source import Source

INDENTS = {"tab-indent", "ideographic-indent", "no-break-indent"}
OTHER_DASH = re.compile(
    r"^(?P<lead>[ ]*)(?:(?P<wide>[－•●·])[ \u3000]*|(?P<long>[–—*]|[0-9]{1,2}[.、)）])[ \u3000]+)"
    r"(?P<rest>[^\s－•●·–—-].*)$"
)
WIDE_COMMENT = re.compile(r"^(?P<lead>[ ]*)＃[＃ \u3000]*(?P<text>.*)$")
_LEAD = re.compile(r"[ ]*(?:- +)*")
_BLANKS = " \u3000"
_COLON = re.compile("[:：]")
_NEW_LINE = re.compile(rf"[ ]*(?:#|- |[^\s:#]+:(?: |$)|[a-z_]+[=;；：]|(?:{'|'.join(FIELDS)})[ \u3000=：]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _CutSource(Source):
    """A file of which one line is read as two, because no one line of YAML says what it means.

    Args:
        whole: the file as it is.
        line: the number of that line, from 0.
        column: from which on it is read as a line of its own.
        depth: the column where that line begins.
    """

    whole: Source
    line: int
    column: int
    depth: int

    def place(self, line: int, column: int, length: int = 1) -> Place:
        """A place in the file as it is."""
        if line == self.line + 1:
            column = max(0, column - self.depth) + self.column
        return self.whole.place(line - (line > self.line), column, length)

    def position(self, place: Place) -> tuple[int, int]:
        """Line and column, from 0, at which a place of the file stands here."""
        line, column = self.whole.position(place)
        if line == self.line and column >= self.column:
            return line + 1, column - self.column + self.depth
        return line + (line > self.line), column


def put_right(source: Source, text: str, fault: Problem) -> tuple[Source, str | None]:
    """A file with a slip put right.

    Args:
        source: the file.
        text: of the file, with the slips mended that have been found.
        fault: the slip.

    Returns:
        The file as it can be read on, and its text; no text where only a guess could put it right.
    """
    if fault.code != "dash-behind-key":
        return source, mend(source, text, fault)
    number, _ = source.position(fault.place)
    column = len(text.split("\n")[number].rstrip()) - len(fault.facts["value"])
    depth = int(fault.facts["column"]) - 1
    apart = _cut(source.text, number, column, depth)
    cut = _CutSource(source.file, apart, whole=source, line=number, column=column, depth=depth)
    return cut, _cut(text, number, column, depth)


def _cut(text: str, number: int, column: int, depth: int) -> str:
    lines = text.split("\n")
    line = lines[number]
    lines[number : number + 1] = [line[:column].rstrip(), f"{' ' * depth}{line[column:]}"]
    return "\n".join(lines)


def mend(source: Source, text: str, fault: Problem) -> str | None:
    """The text with a slip put right that leaves its lines what they are; nothing where only a guess could.

    Args:
        source: the file.
        text: of the file, with the slips mended that have been found.
        fault: the slip.
    """
    lines = text.split("\n")
    number, column = source.position(fault.place)
    line = lines[number] if 0 <= number < len(lines) else ""
    match fault.code:
        case "over-indented":
            lines[number] = " " * (int(fault.facts["column"]) - 1) + line.lstrip(" ")
        case "misaligned":
            _move(lines, number, int(fault.facts["column"]) - 1)
        case "full-width-colon":
            sign = _COLON.search(line, column)
            if sign is None:
                return None
            lines[number] = f"{line[: sign.start()]}: {line[sign.end() :].lstrip()}"
        case "not-closed" if fault.facts["sign"] in CLOSING:
            start = sum(len(above) + 1 for above in lines[:number]) + column
            end = closing_at(text, start) if text[start : start + 1] == fault.facts["sign"] else None
            return None if end is None else f"{text[:end]}{fault.facts['closing']}{text[end:]}"
        case "not-closed" if line:
            mended = closed(lines, number, column)
            if mended is None:
                return None
            lines[number] = mended
        case (
            "quote-in-quotes"
            | "backslash-in-quotes"
            | "wrong-closing-quote"
            | "sign-before-value"
            | "colon-in-value"
            | "sign-before-key"
        ):
            if fault.facts["value"] not in line:
                return None
            lines[number] = line.replace(fault.facts["value"], fault.facts["mended"], 1)
        case "wrong-space-after-colon":
            lines[number] = f"{line[:column]} {line[column:].lstrip()}"
        case "no-space-after-dash":
            lines[number] = f"{line[:column]}- {line[column + 1 :].lstrip()}"
        case "other-dash":
            while number < len(lines) and (item := OTHER_DASH.match(lines[number])):
                lines[number] = f"{item['lead']}- {item['rest']}"
                number += 1
        case "stray-comma" | "stray-bracket":
            lines[number] = line[:column] + line[column + 1 :]
        case "missing-comma":
            before = line[:column].rstrip()  # what follows stays in its column if it can
            lines[number] = f"{before},{' ' * max(1, column - len(before) - 1)}{line[column:]}"
        case "missing-colon":
            lines[number] = line[:column] + fault.facts["mended"]
        case "no-space-after-colon":
            lines[number] = _LEAD.match(line)[0] + fault.facts["mended"]  # type: ignore[index]
        case "several-documents" | "dividing-line":
            if fault.code == "several-documents" and line.strip() != "---":
                return None
            lines[number] = ""
        case "text-goes-on":
            depth = depth_of(line)
            while number < len(lines) and not _NEW_LINE.match(lines[number]):
                lines[number] = " " * (int(fault.facts["column"]) - 1 - depth) + lines[number]
                number += 1
        case "full-width-comment" if line[:column].strip():
            begins = line.find("＃", column)
            if begins < 0:
                return None
            lines[number] = _with_comment(line, begins)
        case "full-width-comment":
            while number < len(lines) and (comment := WIDE_COMMENT.match(lines[number])):
                lines[number] = f"{comment['lead']}# {comment['text']}"
                number += 1
        case "first-indented":
            depth, right = depth_of(line), int(fault.facts["column"]) - 1
            while number < len(lines) and not lines[number][:depth].strip():
                lines[number] = lines[number][depth - right :]
                number += 1
        case "wrong-bracket":
            lines[number] = f"{line[:column]}{fault.facts['closing']}{line[column + 1 :]}"
        case "other-comment":
            lines[number] = line[:column] + fault.facts["mended"]
        case "missing-dash" | "item-without-dash":
            lines[number] = f"{' ' * (int(fault.facts['column']) - 1)}- {line[column:]}"
        case "full-width-sign":
            lines[number] = _with_sign(line, line.find(fault.facts["sign"], column), fault.facts)
        case code if code in INDENTS:
            body = line.lstrip(" \t\u3000\u00a0")
            indent = line[: len(line) - len(body)].replace("\u00a0", " ")
            lines[number] = indent.replace("\t", "  ").replace("\u3000", "  ") + body
        case _:
            return None
    return "\n".join(lines)


def _move(lines: list[str], number: int, column: int) -> None:
    """Lets a line begin in another column; of an item of a list, the lines that belong to it move along."""
    depth = depth_of(lines[number])
    is_item = lines[number].lstrip(" ").startswith("-")
    while True:
        lines[number] = " " * max(0, depth_of(lines[number]) + column - depth) + lines[number].lstrip(" ")
        number += 1
        if not is_item or number == len(lines) or (lines[number].strip() and depth_of(lines[number]) <= depth):
            return


def _with_comment(line: str, column: int) -> str:
    """The line with the comment behind its value begun by a plain sign."""
    return f"{line[:column].rstrip(_BLANKS)} # {line[column:].lstrip(f'＃{_BLANKS}')}"


def _with_sign(line: str, column: int, facts: dict[str, str]) -> str:
    """The line with a full-width sign written as it should be, an opening bracket together with its closing one."""
    if column < 0:
        return line
    sign, right = facts["sign"], facts["right"]
    mended = f"{line[:column]}{right}{' ' if right == ':' else ''}{line[column + 1 :]}"
    if right in CLOSING:
        end = mended.rfind({"｛": "｝", "［": "］", "【": "】"}[sign], column)
        mended = mended if end < 0 else mended[:end] + CLOSING[right] + mended[end + 1 :]
    return mended
