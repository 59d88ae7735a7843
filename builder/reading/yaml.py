"""YAML as editors write it: mappings, lists and text, nothing else; every slip has its own message.

libyaml makes the events; values are built here, because a loader of PyYAML would guess at types (`12:30` would be 750
and `no` false), keep the last of two equal keys, and follow aliases. A scalar is text; the model says what it means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import yaml
from yaml import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingNode,
    MappingStartEvent,
    ScalarEvent,
    ScalarNode,
    SequenceEndEvent,
    SequenceNode,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml._yaml import CParser

from builder.problems import Place, Problem
from builder.reading.depths import missing_dash
from builder.reading.faults import (
    explain,
    first_slip,
    full_width_colon,
    sign_before_key,
    slip_of_line,
    swallowed_line,
    swallowed_list,
    swallowed_sign,
    syntax,
)
from builder.reading.mend import INDENTS, mend, put_right
from builder.reading.plain import NULLS, read_plain_yaml
from builder.reading.quotes import swallowing_quote
from builder.reading.source import UNWANTED, Source, unwanted

Value = Any  # None | str | list[Value] | dict[str, Value]
Step = str | int

DEEPEST = 20
_MAYBE_LOST = re.compile(r"^[^#\n]*\S #[^\s#]", re.MULTILINE)
_MENDS_AT_MOST = 30
_DEPTHS = {"over-indented", "misaligned"}
# Mended, these can leave the lines below at a wrong depth.
_MOVING = {*INDENTS, "no-space-after-dash", "missing-dash", "dash-behind-key"}
# So can these, or they leave a part of their value behind.
_DOUBTFUL = {*_MOVING, "misaligned", "several-documents", "sign-before-value", "colon-in-value", "not-closed"}
_NO_KEY_BEGINS_WITH = {"\u3000", "\u00a0", "-"}
_MERGED = (
    "\x00"  # cannot occur in a source nor, cleared, in a key, so it can stand for a key whose value is thrown away
)


class _FaultError(Exception):
    """One file cannot be read further."""

    def __init__(self, problem: Problem):
        self.problem = problem


def read_yaml(source: Source) -> tuple[Value, list[Problem]]:
    """Values of a YAML file, and every problem of its form.

    Args:
        source: the file, or the front matter of one.

    Returns:
        Nested dicts, lists, texts and None; None as a whole where nothing could be read.
    """
    problems: list[Problem] = []
    text = source.text
    for _ in range(_MENDS_AT_MOST):
        found: list[Problem] = []
        try:
            value = read_plain_yaml(text)
            is_plain = value is not None
            if not is_plain:
                value = _build(text, source, found)
        except yaml.YAMLError as error:
            fault = explain(error, source, text)
            reading, mended = put_right(source, text, fault)
            told = {problem.code for problem in problems}
            if (mended is None and told & _DOUBTFUL) or (fault.code in _DEPTHS and told & _MOVING):
                return None, problems  # how the lines were meant to stand can only be guessed
            if fault in problems:
                return None, problems
            problems.append(fault)
            if mended is None:
                return None, problems
            source, text = reading, mended
        except _FaultError as stop:
            mended = mend(source, text, stop.problem)
            if stop.problem.code == "missing-dash" and any(problem.code in INDENTS for problem in problems):
                return None, problems  # likewise
            if mended is None:
                return None, [*problems, *found, stop.problem]
            problems.append(stop.problem)
            text = mended
        else:
            slip = swallowed_sign(source, text) or (None if is_plain else swallowed_list(source, text))
            slip = slip or (swallowing_quote(source, text) if "'" in text or '"' in text else None)
            slip = slip or (first_slip(source, text) if isinstance(value, str) else None)
            if slip is not None:
                problems.append(slip)
                text = mend(source, text, slip) or ""
                continue
            if "#" in text and _MAYBE_LOST.search(text):
                found += _lost_text(text, source)
            return value, problems + found
    return None, problems


def locate(source: Source, path: Sequence[Step], *, key: bool = False) -> Place:
    """Where a value stands.

    Args:
        source: the file, or the front matter of one.
        path: keys and indexes from the top; steps that lead nowhere are passed over.
        key: the place of the last step's key rather than of its value.
    """
    reading, top = _composed(source)
    where = node = top
    for position, step in enumerate(path):
        found = _child(node, step)
        if found is None:
            continue
        name, node = found
        where = name if key and position == len(path) - 1 and name is not None else node
    return Place(source.file) if where is None else _place_of(reading, where)


@lru_cache(maxsize=16)
def _composed(source: Source) -> tuple[Source, Any]:
    """The nodes of a file, with its slips put right, and the file as it was read for them; None where it cannot be."""
    text: str | None = source.text
    for _ in range(_MENDS_AT_MOST):
        if text is None:
            break
        try:
            _build(text, source, [])
            return source, yaml.compose(text, Loader=yaml.CBaseLoader)
        except yaml.composer.ComposerError as error:  # an alias that leads nowhere, which is told as that
            mark: Any = error.problem_mark
            text = f"{text[: mark.index]}_{text[mark.index + 1 :]}"
        except yaml.YAMLError as error:
            source, text = put_right(source, text, explain(error, source, text))
        except _FaultError as stop:
            text = mend(source, text, stop.problem)
    return source, None


def _child(node: Any, step: Step) -> tuple[Any, Any] | None:
    if isinstance(node, MappingNode):
        # of two equal keys the last one counts
        return next(((name, value) for name, value in reversed(node.value) if name.value == str(step)), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _place_of(source: Source, spanned: Any) -> Place:
    """The first line of a node or an event."""
    start, end = spanned.start_mark, spanned.end_mark
    length = end.column - start.column if end.line == start.line else len(source.lines[start.line]) - start.column
    return source.place(start.line, start.column, length)


def _build(text: str, source: Source, problems: list[Problem]) -> Value:
    """Runs through libyaml's events once and builds the values."""
    parser = CParser(text)
    next_event: Callable[[], Any] = parser.get_event
    top: list[Value] = []
    stack: list[Any] = []
    here: Any = top
    key: str | None = None
    while True:
        event = next_event()
        kind = event.__class__
        if kind is ScalarEvent:
            if event.anchor or event.tag:
                problems.append(_decorated(event, source))
            value: Value = event.value
            if event.style == '"' and not value.isprintable():
                value = _cleared(event, text, source, problems)
            if here.__class__ is dict and key is None:
                key = value
                if key in here:
                    if fault := missing_dash(source, text, event, here, stack[-1][0]):
                        raise _FaultError(fault)
                    problems.append(Problem("duplicate-key", _place_of(source, event), facts={"key": key}))
                elif key == "<<" and not event.style:
                    problems.append(Problem("yaml-merge-key", _place_of(source, event)))
                    key = _MERGED
                elif event.anchor and not key:
                    if fault := sign_before_key(source, text.split("\n"), event.start_mark.line):
                        raise _FaultError(fault)
                elif key[:1] in _NO_KEY_BEGINS_WITH and not event.style:
                    if fault := slip_of_line(source, text.split("\n")[event.start_mark.line], event.start_mark.line):
                        raise _FaultError(fault)
                elif "：" in key and not event.style:
                    raise _FaultError(full_width_colon(source, event))
                continue
            if not event.style and value in NULLS:
                value = None
            elif (
                not event.style
                and ("＃" in value or event.start_mark.line < event.end_mark.line)
                and (fault := swallowed_line(source, text, event, is_item=here.__class__ is list))
            ):
                raise _FaultError(fault)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor or event.tag:
                problems.append(_decorated(event, source))
            value = {} if kind is MappingStartEvent else []
            if here.__class__ is dict and key is None:
                raise _FaultError(syntax(source, event.start_mark, "a key must be plain text"))
            if len(stack) >= DEEPEST:
                raise _FaultError(Problem("too-deep", _place_of(source, event), facts={"limit": str(DEEPEST)}))
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            if kind is MappingEndEvent:
                here.pop(_MERGED, None)
            here, key = stack.pop()
            continue
        elif kind is AliasEvent:
            is_key = here.__class__ is dict and key is None
            if is_key and (fault := sign_before_key(source, text.split("\n"), event.start_mark.line)):
                raise _FaultError(fault)
            problems.append(Problem("yaml-alias", _place_of(source, event), facts={"name": event.anchor}))
            value = None
            if is_key:
                key = ""
                continue
        elif kind is StreamEndEvent:
            return top[0] if top else None
        elif kind is DocumentStartEvent:
            if top:
                raise _FaultError(Problem("several-documents", source.place(event.start_mark.line, 0, 3)))
            continue
        else:
            assert kind is DocumentEndEvent or event.start_mark.index == 0
            continue
        if here.__class__ is dict:
            here[key] = value
            key = None
        else:
            here.append(value)
        if kind is not ScalarEvent and kind is not AliasEvent:
            stack.append((here, key))
            here, key = value, None


def _cleared(event: Any, text: str, source: Source, problems: list[Problem]) -> str:
    """A value in double quotes without what must not be in a text; what stands there unescaped is told already."""
    value = str(event.value)
    told = text[event.start_mark.index : event.end_mark.index]
    escaped = dict.fromkeys(char for char in UNWANTED.findall(value) if char not in told)
    problems += [unwanted(char, _place_of(source, event)) for char in escaped]
    return UNWANTED.sub("", value)


def _decorated(event: Any, source: Source) -> Problem:
    """An anchor or a tag; libyaml gives a tag written `!!str` in its long form."""
    if event.anchor:
        return Problem("yaml-anchor", _place_of(source, event), facts={"name": event.anchor})
    written = source.lines[event.start_mark.line][event.start_mark.column :].split(" ")[0]
    return Problem("yaml-tag", _place_of(source, event), facts={"name": written if written[:1] == "!" else event.tag})


def _lost_text(text: str, source: Source) -> list[Problem]:
    """Plain values behind which ` #text` is lost; `# text` with a space is a comment that was meant."""
    problems: list[Problem] = []
    lines = text.split("\n")
    open_nodes = [yaml.compose(text, Loader=yaml.CBaseLoader)]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, MappingNode):
            open_nodes += [part for pair in node.value for part in pair]
        elif isinstance(node, SequenceNode):
            open_nodes += node.value
        elif isinstance(node, ScalarNode) and not node.style:
            end = node.end_mark
            rest = lines[end.line][end.column :] if end.line < len(lines) else ""
            lost = re.match(r" +(#[^\s#].*)", rest)
            if lost:
                place = source.place(end.line, end.column + lost.start(1), len(lost[1]))
                problems.append(Problem("lost-text", place, facts={"value": lost[1].rstrip()}))
    return problems
