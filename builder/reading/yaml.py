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
from builder.reading.plain import NULLS, read_plain_yaml
from builder.reading.quotes import closed, explain_quote, open_quote, swallowing_quote
from builder.reading.source import UNWANTED, Source, unwanted

Value = Any  # None | str | list[Value] | dict[str, Value]
Step = str | int

DEEPEST = 20
_FULL_WIDTH_COLON = re.compile(
    r"^(?P<lead>[ ]*(?:- +)*)(?P<key>[^\s:：#'\"\-\[\]{}][^:：\s#]*)[ ]*(?P<colon>：)[ \u3000]*(?P<rest>.*)$"
)
_FIELD_WITH_WIDE_COLON = re.compile(r"^[ ]*(?:- +)*[a-z_]+[ ]*：")
_COLON = re.compile("[:：]")
_NO_SPACE = re.compile(r"^(?P<lead>[ ]*(?:- +)*)(?P<key>[a-z_]+):(?P<rest>(?!//)[^\s:].*)$")
_WRONG_SPACE = re.compile(r"^[ ]*(?:- +)*(?P<key>[A-Za-z][\w-]*): *(?P<space>[\u3000\u00a0])\s*(?P<rest>.*)$")
_NO_SPACE_AFTER_DASH = re.compile(r"^[ ]*(?:- +)*-(?P<rest>[^\s-].*)$")
_OTHER_DASH = re.compile(
    r"^(?P<lead>[ ]*)(?:(?P<wide>[－•●·])[ \u3000]*|(?P<long>[–—])[ \u3000]+)(?P<rest>[^\s－•●·–—-].*)$"
)
_WAITS_FOR_ITEMS = re.compile(r"^[ ]*(?:- +)*[A-Za-z_][\w-]*:[ ]*$")
_WRONG_INDENT = re.compile(r"^[ ]*([\u3000\u00a0])")
_TAB_INDENT = re.compile(r"^[ ]*\t")
_NEEDS_QUOTES = re.compile(r"^[ ]*(?:- +)*(?:[^\s'\"#:]+: +)?(?P<sign>[@`%\[{&*!|>\"']|\?(?= ))")
_INNER_COLON = re.compile(r"^[ ]*(?:- +)*[^\s'\"#:]+: +(?P<value>[^'\"\s].*: .*|[^'\"\s].*:)$")
_MAYBE_LOST = re.compile(r"^[^#\n]*\S #[^\s#]", re.MULTILINE)
_MENDS_AT_MOST = 30
_ANY_KEY = re.compile(r"^(?P<lead>[ ]*)(?P<key>[^\s:#'\"\[\]{}&*!|>%@`-][^:#]*):(?: |$)")
_FIRST_KEY = re.compile(r"^(?P<lead>[ ]*)- +(?P<key>[^\s:#'\"]+):(?: |$)")
_WIDE_COMMENT = re.compile(r"^(?P<lead>[ ]*)＃[＃ \u3000]*(?P<text>.*)$")
_MERGE_MARK = re.compile(r"^(?:={7}|\|{7})(?: .*)?$")  # those that may be left where all others are deleted
_NO_COLON = re.compile(
    r"^(?P<lead>[ ]*(?:- +)*)(?P<key>[a-z][a-z_]*)"
    r"(?:[ \u3000]*[=;；∶﹕︰][ \u3000]*|[ \u3000]+|(?=[^\x00-\x7f]))(?P<rest>[^\s:：=].*)$"
)
_DASH_BEHIND_KEY = re.compile(r"^[ ]*(?:- +)*(?P<key>[^\s'\"#:]+): +(?P<item>- +\S.*)$")
_COMPLETE = re.compile(r"^(?P<lead>[ ]*(?:- +)*)(?P<key>[^\s:#'\"\[\]{}&*!|>%@`-][^:#]*): +[^\s#|>&]")
_INDENTS = {"tab-indent", "ideographic-indent", "no-break-indent"}
_MOVING = {*_INDENTS, "no-space-after-dash", "missing-dash"}  # mended, these can leave the lines below at a wrong depth
_HALF_WIDTH = {
    "，": ",",
    "、": ",",
    "；": ",",
    "：": ":",
    "｛": "{",
    "｝": "}",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
}
_FULL_WIDTH_SIGN = re.compile(f"[{''.join(_HALF_WIDTH)}]")
_FULL_WIDTH_OPENING = re.compile(r"^[ ]*(?:- +)*(?:[^\s:：#'\"]+: +)?(?P<sign>[｛［【])")
# What YAML reads as one text, although a record was meant: `｛zh-CN: 月亮｝`, `{zh-CN: 月亮，en：Moon}`.
_SWALLOWED_RECORD = re.compile(r"^[ ]*(?:(?:- +)+(?:[\w-]+: +)?|[\w-]+: +)(?P<sign>｛)[^｛｝\n]*｝[ ]*$", re.MULTILINE)
_SWALLOWED_PAIR = re.compile(r"\{[^{}\n'\"]*?(?P<sign>[，、；])[ ]*[a-z]{2}(?:-[A-Z][A-Za-z]+)*：")
_PAIRS_TOGETHER = re.compile(r"(?P<sign>[，、；])\s*[A-Za-z_][\w-]*\s*(?:：|\Z)")
_NO_KEY_BEGINS_WITH = {"\u3000", "\u00a0", "-"}
_MERGED = (
    "\x00"  # cannot occur in a source nor, cleared, in a key, so it can stand for a key whose value is thrown away
)
_CLOSING = {"[": "]", "{": "}"}
_REASONS = {  # of libyaml, in the words of `PHRASES`
    "did not find expected '-' indicator": "@yaml-indent",
    "did not find expected key": "@yaml-indent",
    "did not find expected <document start>": "@yaml-indent",
    "could not find expected ':'": "@yaml-no-colon",
    "mapping values are not allowed in this context": "@yaml-colon",
    "block sequence entries are not allowed in this context": "@yaml-dash",
    "did not find expected node content": "@yaml-no-value",
    "found character that cannot start any token": "@yaml-sign",
    "a key must be plain text": "@yaml-key",
}


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
            fault = _explain(error, source, text)
            mended = _mend(text, fault)
            is_guess = mended is None or fault.code == "over-indented"
            if is_guess and any(problem.code in _MOVING for problem in problems):
                return None, problems  # how deep the line was meant to stand can only be guessed
            problems.append(fault)
            if mended is None:
                return None, problems
            text = mended
        except _FaultError as stop:
            mended = _mend(text, stop.problem)
            if stop.problem.code == "missing-dash" and any(problem.code in _INDENTS for problem in problems):
                return None, problems  # likewise
            if mended is None:
                return None, [*problems, *found, stop.problem]
            problems.append(stop.problem)
            text = mended
        else:
            slip = _swallowed(text, source) or (None if is_plain else _swallowed_list(text, source))
            slip = slip or (swallowing_quote(source, text) if "'" in text or '"' in text else None)
            slip = slip or (_first_slip(source, text) if isinstance(value, str) else None)
            if slip is not None:
                problems.append(slip)
                text = _mend(text, slip) or ""
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
    where = node = _composed(source)
    for position, step in enumerate(path):
        found = _child(node, step)
        if found is None:
            continue
        name, node = found
        where = name if key and position == len(path) - 1 and name is not None else node
    return Place(source.file) if where is None else _place_of(source, where)


@lru_cache(maxsize=16)
def _composed(source: Source) -> Any:
    """The nodes of a file, with its slips put right; None where it cannot be read."""
    text: str | None = source.text
    for _ in range(_MENDS_AT_MOST):
        if text is None:
            break
        try:
            _build(text, source, [])
            return yaml.compose(text, Loader=yaml.CBaseLoader)
        except yaml.composer.ComposerError as error:  # an alias that leads nowhere, which is told as that
            mark: Any = error.problem_mark
            text = f"{text[: mark.index]}_{text[mark.index + 1 :]}"
        except yaml.YAMLError as error:
            text = _mend(text, _explain(error, source, text))
        except _FaultError as stop:
            text = _mend(text, stop.problem)
    return None


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
                    if fault := _missing_dash(source, text, event, here, stack[-1][0]):
                        raise _FaultError(fault)
                    problems.append(Problem("duplicate-key", _place_of(source, event), facts={"key": key}))
                elif key == "<<" and not event.style:
                    problems.append(Problem("yaml-merge-key", _place_of(source, event)))
                    key = _MERGED
                elif key[:1] in _NO_KEY_BEGINS_WITH and not event.style:
                    if fault := _slip(source, text.split("\n")[event.start_mark.line], event.start_mark.line):
                        raise _FaultError(fault)
                elif "：" in key and not event.style:
                    raise _FaultError(_full_width_colon(source, event))
                continue
            if not event.style and value in NULLS:
                value = None
            elif here.__class__ is list and not event.style and (fault := _fields_in_text(source, text, event)):
                raise _FaultError(fault)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor or event.tag:
                problems.append(_decorated(event, source))
            value = {} if kind is MappingStartEvent else []
            if here.__class__ is dict and key is None:
                raise _FaultError(_syntax(source, event.start_mark, "a key must be plain text"))
            if len(stack) >= DEEPEST:
                raise _FaultError(Problem("too-deep", _place_of(source, event), facts={"limit": str(DEEPEST)}))
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            if kind is MappingEndEvent:
                here.pop(_MERGED, None)
            here, key = stack.pop()
            continue
        elif kind is AliasEvent:
            problems.append(Problem("yaml-alias", _place_of(source, event), facts={"name": event.anchor}))
            value = None
            if here.__class__ is dict and key is None:
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


def _fields_in_text(source: Source, text: str, event: Any) -> Problem | None:
    """The first line of an item of a list that was read as one text, although every line of it is a field, because all
    their colons are full-width.
    """
    first, last = event.start_mark.line, event.end_mark.line
    if first == last or "：" not in event.value:
        return None
    lines = text.split("\n")
    if not all(_FIELD_WITH_WIDE_COLON.match(line) for line in lines[first : last + 1] if line.strip()):
        return None
    return _slip(source, lines[first], first)


def _decorated(event: Any, source: Source) -> Problem:
    """An anchor or a tag; libyaml gives a tag written `!!str` in its long form."""
    if event.anchor:
        return Problem("yaml-anchor", _place_of(source, event), facts={"name": event.anchor})
    written = source.lines[event.start_mark.line][event.start_mark.column :].split(" ")[0]
    return Problem("yaml-tag", _place_of(source, event), facts={"name": written if written[:1] == "!" else event.tag})


def _syntax(source: Source, mark: Any, reason: str) -> Problem:
    line = min(mark.line, len(source.lines) - 1)
    return _syntax_at(source.place(line, mark.column if line == mark.line else 0), reason)


def _syntax_at(place: Place, reason: str) -> Problem:
    return Problem("yaml-syntax", place, facts={"reason": _REASONS.get(reason, "@yaml-other"), "said": reason})


def _explain(error: yaml.YAMLError, source: Source, text: str) -> Problem:
    """The editor's slip behind libyaml's complaint, looked for on its line and those just above."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or str(error)
    means = _REASONS.get(reason)
    if mark is None:
        return _syntax_at(Place(source.file), reason)
    lines = [*text.split("\n"), ""]  # libyaml counts the end of a text without a last line end as a line of its own
    if stray := _stray_line(source, text, lines, error):
        return stray
    if means == "@yaml-no-colon" and context:
        slip = _slip(source, lines[context.line], context.line) or _without_colon(source, lines, context.line)
        return slip or _syntax(source, context, reason)
    if wide := _full_width_sign(source, text, lines, error):
        return wide
    if means == "@yaml-no-value" and lines[mark.line][mark.column : mark.column + 1] == ",":
        return Problem("stray-comma", source.place(mark.line, mark.column))
    if quote := explain_quote(source, text, error):
        return quote
    if context and getattr(error, "context", None) == "while scanning a quoted scalar":
        return open_quote(source, text, context.index)
    if context and (opened := _not_closed(getattr(error, "context", None), lines[context.line][context.column :])):
        return Problem("not-closed", source.place(context.line, context.column), facts=opened)
    nearby = {mark.line, *(range(max(0, context.line if context else mark.line - 2), mark.line + 1))}
    for number in sorted(line for line in nearby if line < len(lines)):
        if problem := _slip(source, lines[number], number):
            return problem
    if context and means == "@yaml-indent" and (problem := _item_without_dash(source, lines, context.line, mark.line)):
        return problem
    if means == "@yaml-indent" and (problem := _first_indented(source, lines, mark.line)):
        return problem
    if means == "@yaml-dash" and (dash := _DASH_BEHIND_KEY.match(lines[mark.line])):
        place = source.place(mark.line, dash.start("item"), len(dash["item"]))
        return Problem("dash-behind-key", place, facts={"key": dash["key"], "value": dash["item"].rstrip()})
    if problem := _over_indented(source, lines, mark.line):
        return problem
    if means == "@yaml-colon" and (problem := _above_without_colon(source, text, lines, error)):
        return problem
    for number in sorted((line for line in nearby if line < len(lines)), reverse=True):
        line = lines[number]
        if sign := _NEEDS_QUOTES.match(line):
            return Problem(
                "sign-before-value", source.place(number, sign.start("sign"), len(line)), facts={"sign": sign["sign"]}
            )
        if colon := _INNER_COLON.match(line):
            return Problem("colon-in-value", source.place(number, colon.start("value"), len(line)))
    return _syntax(source, mark, reason)


def _missing_dash(source: Source, text: str, event: Any, record: dict[str, Value], parent: Any) -> Problem | None:
    """A record of a list that runs into the one above, because its first line has no `- `."""
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


def _item_without_dash(source: Source, lines: list[str], first: int, number: int) -> Problem | None:
    """A line that stands where the dashes of a list do, and begins as its records do."""
    above = _FIRST_KEY.match(lines[first])
    here = _ANY_KEY.match(lines[number]) if number < len(lines) else None
    if above is None or here is None or (above["lead"], above["key"]) != (here["lead"], here["key"]):
        return None
    column = here.end("lead")
    return _dash_before(source, lines[number], number, column, column)


def _stray_line(source: Source, text: str, lines: list[str], error: Any) -> Problem | None:
    """A line that is not YAML at all, because of which libyaml reads no further: a comment behind a full-width sign, or
    a mark that a merge has left.
    """
    last = min(error.problem_mark.line, len(lines) - 1)
    wide = [number for number in range(last, -1, -1) if "＃" in lines[number] and _WIDE_COMMENT.match(lines[number])]
    firsts = [number for number in wide if number - 1 not in wide[:_MENDS_AT_MOST]]
    for number in firsts[:_MENDS_AT_MOST]:
        if comment := _WIDE_COMMENT.match(lines[number]):
            place = source.place(number, comment.end("lead"), len(lines[number]))
            problem = Problem("full-width-comment", place, facts={"mended": f"# {comment['text']}".rstrip()})
            if _leads_further(text, _mend(text, problem), error):
                return problem
    marks = [number for number in range(last, -1, -1) if _MERGE_MARK.match(lines[number])]
    for number in marks[:_MENDS_AT_MOST]:
        if _leads_further(text, "\n".join([*lines[:number], "", *lines[number + 1 : -1]]), error):
            return Problem("mark-of-a-merge", source.place(number, 0, len(lines[number])))
    return None


def _without_colon(source: Source, lines: list[str], number: int) -> Problem | None:
    """A line that begins like a field, but has no colon behind its name."""
    line = _NO_COLON.match(lines[number])
    if line is None:
        return None
    may_go_on = any(above.strip() for above in lines[:number])
    if may_go_on and " " in line["rest"] and line["rest"].isascii():
        return None  # a sentence of the value above, rather
    facts = {"mended": f"{line['key']}: {line['rest']}".rstrip(), "or": "@or-goes-on" if may_go_on else ""}
    return Problem("missing-colon", source.place(number, line.end("lead"), len(lines[number])), facts=facts)


def _above_without_colon(source: Source, text: str, lines: list[str], error: Any) -> Problem | None:
    """The line above the one where libyaml met a colon, if the two were read as one because it has none."""
    above = [number for number in range(error.problem_mark.line) if lines[number].strip()]
    if not above or ":" in lines[above[-1]]:
        return None
    if not any(":" in lines[number] for number in above):
        number = above[0]  # nothing stands above that it could belong to
        missing = "could not find expected ':'"
        return _without_colon(source, lines, number) or _syntax_at(source.place(number, 0, len(lines[number])), missing)
    problem = _without_colon(source, lines, above[-1])
    return problem if problem and _leads_further(text, _mend(text, problem), error) else None


def _first_indented(source: Source, lines: list[str], number: int) -> Problem | None:
    """The first line of a file, where it stands deeper than the one below with which libyaml can do nothing."""
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), number)
    here = _ANY_KEY.match(lines[number]) if number < len(lines) else None
    depth = len(lines[first]) - len(lines[first].lstrip(" "))
    if here is None or first >= number or depth <= here.end("lead"):
        return None
    facts = {"column": str(here.end("lead") + 1), "key": here["key"]}
    return Problem("first-indented", source.place(first, 0, depth), facts=facts)


def _over_indented(source: Source, lines: list[str], number: int) -> Problem | None:
    """A line that stands deeper than the one above, although that one has its value already."""
    above = _COMPLETE.match(lines[number - 1]) if number else None
    here = _ANY_KEY.match(lines[number]) if number < len(lines) else None
    if above is None or here is None or here.end("lead") <= above.end("lead"):
        return None
    place = source.place(number, 0, here.end("lead"))
    return Problem("over-indented", place, facts={"column": str(above.end("lead") + 1), "key": above["key"]})


def _not_closed(context: str | None, rest: str) -> dict[str, str]:
    """The bracket that libyaml was inside of when it met something that does not belong there."""
    if context in {"while parsing a flow sequence", "while parsing a flow mapping"} and rest[:1] in _CLOSING:
        return {"sign": rest[:1], "closing": _CLOSING[rest[:1]]}
    return {}


def _full_width_sign(source: Source, text: str, lines: list[str], error: Any) -> Problem | None:
    """The full-width sign that kept brackets from being read: the one whose half-width form takes YAML further.

    Args:
        source: the file.
        text: of the file, with the slips mended that have been found.
        lines: of that text.
        error: what libyaml complained of.
    """
    mark, context = error.problem_mark, error.context_mark
    if context is not None and "flow" in (getattr(error, "context", None) or ""):
        here, first = (mark.line, mark.column), (context.line, context.column)
        for number in range(min(mark.line, len(lines) - 1), context.line - 1, -1):
            for sign in reversed(list(_FULL_WIDTH_SIGN.finditer(lines[number]))):
                problem = _sign(source, number, sign.start(), sign[0])
                if first < (number, sign.start()) < here and _leads_further(text, _mend(text, problem), error):
                    return problem
    elif mark.line < len(lines) and (opening := _FULL_WIDTH_OPENING.match(lines[mark.line])):
        problem = _sign(source, mark.line, opening.start("sign"), opening["sign"])
        if _leads_further(text, _mend(text, problem), error):
            return problem
    return None


def _sign(source: Source, line: int, column: int, sign: str) -> Problem:
    return Problem("full-width-sign", source.place(line, column), facts={"sign": sign, "right": _HALF_WIDTH[sign]})


def _leads_further(text: str, mended: str | None, error: Any) -> bool:
    """Whether libyaml reads a mended text beyond where it stopped before, or no longer stops there for that reason."""
    mended = mended or ""
    try:
        for _ in yaml.parse(mended, Loader=yaml.CBaseLoader):
            pass
    except yaml.YAMLError as found:
        other: Any = found
        before, after = len(text) - error.problem_mark.index, len(mended) - other.problem_mark.index
        return bool(after < before or (after == before and other.context != error.context))
    return True


def _swallowed(text: str, source: Source) -> Problem | None:
    """A full-width sign because of which a record was read as a text, without any complaint."""
    for bracket, form in (("｛", _SWALLOWED_RECORD), ("{", _SWALLOWED_PAIR)):
        if bracket in text and (found := form.search(text)) and _is_read_as_structure(text, found):
            line = text.count("\n", 0, found.start("sign"))
            return _sign(
                source, line, found.start("sign") - (text.rfind("\n", 0, found.start("sign")) + 1), found["sign"]
            )
    return None


def _swallowed_list(text: str, source: Source) -> Problem | None:
    """A list that was read as one text, because its dashes are of another kind."""
    found = (_other_dash(source, line, number) for number, line in enumerate(text.split("\n")))
    return next((slip for slip in found if slip is not None), None)


def _other_dash(source: Source, line: str, number: int) -> Problem | None:
    """An item of a list whose dash is no plain one, right below the list's name or another item."""
    item = _OTHER_DASH.match(line)
    above = source.lines[number - 1] if item and number else ""
    if item is None or not (_WAITS_FOR_ITEMS.match(above) or above.startswith(f"{item['lead']}- ")):
        return None
    facts = {"sign": item["wide"] or item["long"], "mended": f"- {item['rest']}"}
    return Problem("other-dash", source.place(number, item.end("lead"), len(line)), facts=facts)


def _is_read_as_structure(text: str, found: re.Match[str]) -> bool:
    """Whether what stands there is no comment and no part of a text in several lines."""
    start = text.rfind("\n", 0, found.start("sign")) + 1
    return re.match(r"[ ]*(?:(?:- +)+(?:[\w-]+: +)?|[\w-]+: +)[｛{]", text[start:]) is not None


def _full_width_colon(source: Source, event: Any) -> Problem:
    """A key that holds the colon which should have ended it, as in `teacher：{name: …}` or `{name：张伟}`."""
    name, rest = event.value.split("：", 1)
    line, column = event.start_mark.line, event.start_mark.column + len(name)
    if pair := _PAIRS_TOGETHER.search(event.value, len(name)):
        return _sign(source, line, event.start_mark.column + pair.start("sign"), pair["sign"])
    following = source.lines[line][column + 1 :].strip() if rest[:1] in {"[", "{"} else rest.strip()
    return Problem("full-width-colon", source.place(line, column), facts={"mended": f"{name}: {following}".rstrip()})


def _first_slip(source: Source, text: str) -> Problem | None:
    lines = text.split("\n")
    slips = (_slip(source, line, number) for number, line in enumerate(lines))
    if slip := next((slip for slip in slips if slip is not None), None):
        return slip
    written = [number for number, line in enumerate(lines) if line.strip()]
    return _without_colon(source, lines, written[0]) if all(_NO_COLON.match(lines[at]) for at in written) else None


def _slip(source: Source, line: str, number: int) -> Problem | None:
    if match := _TAB_INDENT.match(line):
        return Problem("tab-indent", source.place(number, match.end() - 1))
    if match := _WRONG_INDENT.match(line):
        code = "ideographic-indent" if match[1] == "\u3000" else "no-break-indent"
        return Problem(code, source.place(number, match.end() - 1))
    if match := _FULL_WIDTH_COLON.match(line):
        return Problem(
            "full-width-colon",
            source.place(number, match.start("colon")),
            facts={"mended": f"{match['key']}: {match['rest']}".rstrip()},
        )
    if match := _NO_SPACE.match(line):
        facts = {"mended": f"{match['key']}: {match['rest']}"}
        return Problem("no-space-after-colon", source.place(number, match.end("key")), facts=facts)
    if match := _WRONG_SPACE.match(line):
        facts = {"mended": f"{match['key']}: {match['rest']}".rstrip(), "char": f"U+{ord(match['space']):04X}"}
        return Problem("wrong-space-after-colon", source.place(number, match.start("space")), facts=facts)
    if match := _NO_SPACE_AFTER_DASH.match(line):
        facts = {"mended": f"- {match['rest']}"}
        return Problem("no-space-after-dash", source.place(number, match.start("rest") - 1), facts=facts)
    return _other_dash(source, line, number)


def _mend(text: str, fault: Problem) -> str | None:
    """The text with a slip put right, so that the rest of the file can be checked in the same run."""
    lines = text.split("\n")
    number, column = fault.place.line - 1, fault.place.column - 1
    line = lines[number] if 0 <= number < len(lines) else ""
    match fault.code:
        case "over-indented":
            lines[number] = " " * (int(fault.facts["column"]) - 1) + line.lstrip(" ")
        case "full-width-colon" | "no-space-after-colon":
            sign = _COLON.search(line, column)
            if sign is None:
                return None
            lines[number] = f"{line[: sign.start()]}: {line[sign.end() :].lstrip()}"
        case "not-closed" if fault.facts["sign"] not in _CLOSING and line:
            mended = closed(lines, number, column)
            if mended is None:
                return None
            lines[number] = mended
        case "quote-in-quotes" | "backslash-in-quotes" | "wrong-closing-quote":
            if fault.facts["value"] not in line:
                return None
            lines[number] = line.replace(fault.facts["value"], fault.facts["mended"], 1)
        case "wrong-space-after-colon":
            lines[number] = f"{line[:column]} {line[column:].lstrip()}"
        case "no-space-after-dash":
            lines[number] = f"{line[:column]}- {line[column + 1 :]}"
        case "other-dash":
            while number < len(lines) and (item := _OTHER_DASH.match(lines[number])):
                lines[number] = f"{item['lead']}- {item['rest']}"
                number += 1
        case "dash-behind-key":
            below = next((other for other in lines[number + 1 :] if other.strip()), "")
            if len(below) - len(below.lstrip(" ")) > len(line) - len(line.lstrip(" ")):
                return None  # the list goes on there
            lines[number] = f"{line[:column]}[{fault.facts['value'][1:].lstrip()}]"
        case "stray-comma":
            lines[number] = line[:column] + line[column + 1 :]
        case "missing-colon":
            lines[number] = line[:column] + fault.facts["mended"]
        case "full-width-comment":
            while number < len(lines) and (comment := _WIDE_COMMENT.match(lines[number])):
                lines[number] = f"{comment['lead']}# {comment['text']}"
                number += 1
        case "first-indented":
            depth, right = len(line) - len(line.lstrip(" ")), int(fault.facts["column"]) - 1
            while number < len(lines) and not lines[number][:depth].strip():
                lines[number] = lines[number][depth - right :]
                number += 1
        case "missing-dash":
            lines[number] = f"{' ' * (int(fault.facts['column']) - 1)}- {line[column:]}"
        case "full-width-sign":
            lines[number] = _with_sign(line, line.find(fault.facts["sign"], column), fault.facts)
        case code if code in _INDENTS:
            body = line.lstrip(" \t\u3000\u00a0")
            indent = line[: len(line) - len(body)].replace("\u00a0", " ")
            lines[number] = indent.replace("\t", "  ").replace("\u3000", "  ") + body
        case _:
            return None
    return "\n".join(lines)


def _with_sign(line: str, column: int, facts: dict[str, str]) -> str:
    """The line with a full-width sign written as it should be, an opening bracket together with its closing one."""
    if column < 0:
        return line
    sign, right = facts["sign"], facts["right"]
    mended = f"{line[:column]}{right}{' ' if right == ':' else ''}{line[column + 1 :]}"
    if right in _CLOSING:
        end = mended.rfind({"｛": "｝", "［": "］", "【": "】"}[sign], column)
        mended = mended if end < 0 else mended[:end] + _CLOSING[right] + mended[end + 1 :]
    return mended


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
