"""The plain part of YAML, in which nearly all files are written: keys, dashes and values of one line each.

libyaml makes an object of every scalar and bracket, with two places each; that took more than a third of the time of
reading. What is written plainly can be read line by line in half of it. Everything else is left to libyaml: block
scalars, values over several lines, brackets but the simplest, comments behind values, anchors, and whatever may be a
slip. So what is read here means the same to both, and has no problem of form.
"""

from __future__ import annotations

import re
from typing import Any

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_ONE_DASH = (2,)  # its width
_DEEPEST = 12  # deeper than any record of ours; libyaml's part tells what is too deep
_LINE = re.compile(r"^( *)((?:- +)*)(?:([A-Za-z][A-Za-z0-9_-]*):(?: +|$))?(.*)$", re.MULTILINE)
_NOT_PLAIN = re.compile("[\t\ufeff＃]")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_QUOTED = re.compile(r"'[^']*'|\"[^\"\\]*\"")
_LIST = re.compile(r"\[((?:\w[\w./-]*(?:, \w[\w./-]*)*)?)\]")


def read_plain_yaml(text: str) -> dict[str, Any] | list[Any] | None:
    """Values of a YAML text that is written plainly.

    Args:
        text: with LF line ends, without control characters.

    Returns:
        Nested dicts, lists, texts and None; None as a whole where it takes more to read it.
    """
    if _NOT_PLAIN.search(text):
        return None
    top: Any = None
    indent = -1  # of the container that is being filled
    here: Any = None  # it
    is_record = False  # it is a dict
    waits = True  # the last key or dash has no value yet
    key = ""  # the last key of a mapping
    above: list[tuple[int, Any, bool, str]] = []  # what is round it: indent, container, whether a dict, last key
    for lead, dashes, name, rest in _LINE.findall(text):
        column = len(lead)
        if column != indent or dashes or not name or not is_record:  # the line does not just go on with a record
            if not dashes and not name and (not rest or rest[0] == "#"):
                continue
            while column < indent:
                indent, here, is_record, key = above.pop()
                waits = False
            for dash in _ONE_DASH if dashes == "- " else _widths(dashes):
                if is_record or column != indent:
                    if not waits or column < indent or (column == indent and not is_record) or len(above) > _DEEPEST:
                        return None
                    above.append((indent, here, is_record, key))
                    top, here = _put([], here, key, top)
                    indent, is_record = column, False
                here.append(None)
                waits = True
                column += dash
            if not dashes and column == indent and not is_record:
                indent, here, is_record, key = above.pop()  # a list may stand as deep as the key that it belongs to
                waits = False
                if column != indent:
                    return None
            if name and (not is_record or column != indent):
                if not waits or column <= indent or len(above) > _DEEPEST:
                    return None
                above.append((indent, here, is_record, key))
                top, here = _put({}, here, key, top)
                indent, is_record = column, True
        if name:
            if name in here:
                return None
            key = name
        elif not dashes:
            return None
        value: Any = rest.rstrip(" ")
        waits = not value
        if waits:
            value = None
        elif value[0] in _INDICATORS:
            if (quoted := _QUOTED.fullmatch(value)) is not None:
                value = quoted[0][1:-1]
                if not value.isprintable():
                    return None
            elif (listed := _LIST.fullmatch(value)) is not None:
                value = [None if item in NULLS else item for item in listed[1].split(", ")] if listed[1] else []
            else:
                return None
        elif ": " in value or " #" in value or value[-1] == ":":
            return None
        elif len(value) < 5 and value in NULLS:
            value = None
        if name:
            here[name] = value
        else:
            here[-1] = value
    values: dict[str, Any] | list[Any] | None = top
    return values


def _put(inner: Any, here: Any, key: str, top: Any) -> tuple[Any, Any]:
    """Puts a container where a value is waited for; the outermost and the new one."""
    if here is None:
        return inner, inner
    here[key if here.__class__ is dict else -1] = inner
    return top, inner


def _widths(dashes: str) -> list[int]:
    """The width of each dash with the spaces behind it."""
    return [len(part) + 1 for part in dashes.split("-")[1:]] if dashes else []
