"""Puts a record into a list of a YAML text, and leaves all else as it is: spaces, comments, quotes, line ends.

The text is read as nodes that know where they begin and end (PyYAML's marks count code points). The record goes behind
the end of its neighbour in the neighbour's own style: lists may stand under their key with or without an indent, and
records in lines or in braces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml
from yaml import MappingNode, Node, SequenceNode

from builder.new.written import as_yaml
from builder.reading.yaml import Step

_INDENT = 2
_LINE_END = re.compile(r"\r\n|\r|\n")


def append_record(text: str, path: Sequence[Step], after: int | None, record: dict[str, Any]) -> str:
    """The text with a record more.

    Args:
        text: well-formed YAML without anchors; a record as a whole.
        path: keys and indexes that lead to the list; the last one is the list's key, which may be missing.
        after: index of the record that it goes behind; None where the list is empty or missing.
        record: its fields; one may be a list of records, the last.
    """
    *way, key = path
    root: Any = yaml.compose(text, Loader=yaml.CBaseLoader)
    parent = root
    for step in way:
        parent = _child(parent, step)
    items = _child(parent, key)
    if items is not None and after is not None:
        return _behind(text, items, items.value[after], record)
    if parent.flow_style:
        return _in_braces(text, parent, str(key), items, record)
    return _under_key(text, parent, str(key), items, record, indent=_indent_of_lists(root), is_whole=parent is root)


def _behind(text: str, items: Any, neighbour: Node, record: dict[str, Any]) -> str:
    if items.flow_style:
        at = neighbour.end_mark.index
        return f"{text[:at]}, {_inline(record)}{text[at:]}"
    dash = items.start_mark.column
    in_one_line = neighbour.start_mark.column > dash and items.value[0].start_mark.line == items.start_mark.line
    gap = neighbour.start_mark.column - dash if in_one_line else _INDENT
    block = _item(record, dash, gap, _INDENT, is_inline=bool(getattr(neighbour, "flow_style", False)))
    blank = [""] if _are_apart(text, items) else []
    return _with_lines(text, _end_of(text, neighbour, dash), [*blank, *block])


def _in_braces(text: str, parent: Any, key: str, items: Any, record: dict[str, Any]) -> str:
    if items is None:
        at = parent.value[-1][1].end_mark.index
        return f"{text[:at]}, {key}: [{_inline(record)}]{text[at:]}"
    return f"{text[: items.start_mark.index]}[{_inline(record)}]{text[items.end_mark.index :]}"


def _under_key(
    text: str, parent: Any, key: str, items: Any, record: dict[str, Any], *, indent: int, is_whole: bool
) -> str:
    column = parent.start_mark.column
    block = _item(record, column + indent, _INDENT, indent)
    if items is None:
        end = _end_of(text, parent, -1 if is_whole else column - 1)
        return _with_lines(text, end, [f"{' ' * column}{key}:", *block])
    # An empty `[]` gives way; a comment behind it stays on its line.
    head = text[: items.start_mark.index].rstrip(" ")
    opened = head + text[items.end_mark.index :]
    return _with_lines(opened, _behind_line(opened, len(head)), block)


def _item(record: dict[str, Any], dash: int, gap: int, indent: int, *, is_inline: bool = False) -> list[str]:
    """The lines of a record in a list.

    Args:
        record: its fields.
        dash: column of the dash.
        gap: columns from the dash to the fields.
        indent: how far a list stands under its key.
        is_inline: in braces.
    """
    fields = [_inline(record)] if is_inline else []
    for key, value in record.items() if not is_inline else ():
        if isinstance(value, list):
            fields.append(f"{key}:")
            fields += [line for inner in value for line in _item(inner, indent, _INDENT, indent)]
        else:
            fields.append(as_yaml({key: value}).rstrip("\n"))
    marks = ["-" + " " * (gap - 1), *[" " * gap] * (len(fields) - 1)]
    return [" " * dash + mark + field for mark, field in zip(marks, fields, strict=True)]


def _inline(record: dict[str, Any]) -> str:
    return as_yaml(record, one_line=True).strip()


def _with_lines(text: str, at: int, lines: list[str]) -> str:
    """The text with more lines at the beginning of a line, or behind a last line that has no end."""
    found = _LINE_END.search(text)
    line_end = found[0] if found else "\n"
    missing = "" if text[:at].endswith(("\n", "\r")) else line_end
    return text[:at] + missing + "".join(line + line_end for line in lines) + text[at:]


def _end_of(text: str, node: Any, column: int) -> int:
    """Index of the line behind a record: behind its last value and the comments that are indented into it.

    Args:
        text: of the file.
        node: the record.
        column: comments that stand further right belong to the record; -1 for all up to the end of the document.
    """
    last = node
    while isinstance(last, MappingNode | SequenceNode) and last.value and not last.flow_style:
        last = last.value[-1][1] if isinstance(last, MappingNode) else last.value[-1]
    end: int = last.end_mark.index
    if getattr(last, "style", "") not in {"|", ">"}:
        end = _behind_line(text, end)
    elif "+" not in text[last.start_mark.index :].splitlines()[0]:
        end = _behind_line(text, len(text[:end].rstrip()))
    here = end
    while here < len(text):
        behind = _behind_line(text, here)
        line = text[here:behind]
        if line.lstrip(" ").startswith("#") and len(line) - len(line.lstrip(" ")) > column:
            end = behind
        elif line.strip() or column >= 0:
            break
        here = behind
    return end


def _behind_line(text: str, index: int) -> int:
    """Index of the line that follows."""
    found = _LINE_END.search(text, index)
    return found.end() if found else len(text)


def _are_apart(text: str, items: Any) -> bool:
    """Whether blank lines stand between the records of a list."""
    above = (text[: item.start_mark.index].rstrip(" -") for item in items.value[1:])
    return any(re.search(r"(\r\n|\r|\n)[ ]*\1\Z", part) for part in above)


def _child(node: Any, step: Step) -> Any:
    if isinstance(step, int):
        return node.value[step]
    return next((value for name, value in node.value if name.value == step), None)


def _indent_of_lists(root: Any) -> int:
    """How far lists stand under their keys: as the first one of the file does, else by two columns."""
    queue = [root]
    while queue:
        node = queue.pop(0)
        if isinstance(node, MappingNode) and not node.flow_style:
            for _, value in node.value:
                if isinstance(value, SequenceNode) and value.value and not value.flow_style:
                    return int(value.start_mark.column - node.start_mark.column)
        if not isinstance(node, yaml.ScalarNode):
            queue += [part[1] if isinstance(part, tuple) else part for part in node.value]
    return _INDENT
