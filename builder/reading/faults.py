"""The slip of an editor behind what libyaml complains of, or reads as something else than was meant."""

from __future__ import annotations

import re
from typing import Any

import yaml

from builder.problems import Place, Problem
from builder.reading import meant
from builder.reading.brackets import explain_brackets
from builder.reading.depths import (
    first_indented,
    item_without_dash,
    misaligned,
    over_indented,
    swallowed_item,
    text_goes_on,
    text_without_dash,
)
from builder.reading.mend import OTHER_DASH, WIDE_COMMENT, mend
from builder.reading.quotes import explain_quote, in_quotes, open_quote
from builder.reading.source import Source

_FULL_WIDTH_COLON = re.compile(
    r"^(?P<lead>[ ]*(?:- +)*)(?P<key>[^\s:：#'\"\-\[\]{}][^:：\s#]*)[ ]*(?P<colon>：)[ \u3000]*(?P<rest>.*)$"
)
_FIELD_WITH_WIDE_COLON = re.compile(r"^[ ]*(?:- +)*[a-z_]+[ ]*：")
_NAMES = "|".join(sorted(meant.FIELDS, key=len, reverse=True))
_NO_SPACE = re.compile(
    rf"^(?P<lead>[ ]*(?:- +)*)(?P<key>[a-z_]+|[a-z]{{2,3}}(?:-[A-Z][A-Za-z]+)+|{_NAMES})[ ]*:(?P<rest>(?!//)[^\s:].*)$"
)
_WRONG_SPACE = re.compile(r"^[ ]*(?:- +)*(?P<key>[A-Za-z][\w-]*): *(?P<space>[\u3000\u00a0])\s*(?P<rest>.*)$")
_NO_SPACE_AFTER_DASH = re.compile(r"^[ ]*(?:- +)*(?P<dash>-)(?:[ ]*\t\s*|[\u3000\u00a0]+)?(?P<rest>[^\s-].*)$")
_WAITS_FOR_ITEMS = re.compile(r"^[ ]*(?:- +)*[A-Za-z_][\w-]*:[ ]*$")
_WRONG_INDENT = re.compile(r"^[ ]*([\u3000\u00a0])")
_TAB_INDENT = re.compile(r"^[ ]*\t")
_NEEDS_QUOTES = re.compile(
    r"^[ ]*(?:- +)*(?:[^\s'\"#:]+: +)?(?P<value>(?P<sign>[@`%\[{&*!|>\"']|\?(?= )).*?)(?: +#.*)?$"
)
_INNER_COLON = re.compile(r"^[ ]*(?:- +)*[^\s'\"#:]+: +(?P<value>[^'\"\s](?:.*?: .*?|.*?:))(?: +#.*)?$")
_NEXT_FIELD = re.compile(r"[ ，,;；](?P<field>(?P<key>[a-z_]+|[\u4e00-\u9fff]+): .*)$")
_SIGN_BEFORE_KEY = re.compile(r"^[ ]*(?:- +)*(?P<value>(?P<sign>[@`%&*!|>]+)[ ]*(?P<rest>[^\W\d][\w-]*:(?: .*)?))$")
_OPEN_BRACKET = re.compile(r"[\[{][^\]}]*\Z")
_SIGN_IN_BRACKETS = re.compile(r"(?P<sign>[@`%])[^,\[\]{}\n]*")
_MERGE_MARK = re.compile(r"^(?:={7}|\|{7})(?: .*)?$")  # those that may be left where all others are deleted
_BETWEEN = "[ \u3000]*[=;；∶﹕︰][ \u3000]*|[ \u3000]+"
_NO_COLON = re.compile(
    rf"^(?P<lead>[ ]*(?:- +)*)(?:(?P<key>[a-z][a-z_]*)(?:{_BETWEEN}|(?=[^\x00-\x7f]))|(?P<name>{_NAMES})(?:{_BETWEEN}))"
    r"(?P<rest>[^\s:：=].*)$"
)
_COMMENT_BEHIND = re.compile(r"[^＃]*[^\s＃](?P<blank>[ \u3000]+)＃[ \u3000]*(?P<text>[^\s＃][^＃]*)$")
_OTHER_COMMENT = re.compile(r"^(?P<lead>[ ]*)(?:<!--[ ]*(?P<html>.*?)[ ]*-->[ ]*|//+[ ]*(?P<slashes>.+))$")
_IN_MARKDOWN = re.compile(r"[*0-9]")  # with these, lists of a text in several lines begin too
_DIVIDING_LINE = re.compile(r"^(?!---\s*$)[ ]*(?P<signs>[-=*_~—–─－＝＊]{3,})[ \u3000]*$")
_DASH_BEHIND_KEY = re.compile(r"^(?P<lead>[ ]*(?:- +)*)(?P<key>[^\s'\"#:]+): +(?P<item>-(?: +\S.*)?)$")
_TRIED_AT_MOST = 30
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


def explain(error: yaml.YAMLError, source: Source, text: str) -> Problem:
    """The editor's slip behind libyaml's complaint, looked for on its line and those just above.

    Args:
        error: the complaint.
        source: the file.
        text: of the file, with the slips mended that have been found.
    """
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
        slip = slip_of_line(source, lines[context.line], context.line)
        slip = slip or _without_colon(source, lines, context.line)
        if slip is None and (goes_on := text_goes_on(source, lines, context.line)):
            slip = goes_on if _leads_further(source, text, goes_on, error) else None
        slip = slip or _without_colon(source, lines, context.line, may_go_on=False)
        slip = slip or text_without_dash(source, lines, context.line)
        return slip or syntax(source, context, reason)
    if wide := _full_width_sign(source, text, lines, error):
        return wide
    if means == "@yaml-no-value" and lines[mark.line][mark.column : mark.column + 1] == ",":
        return Problem("stray-comma", source.place(mark.line, mark.column))
    if quote := explain_quote(source, text, error):
        return quote
    if context and getattr(error, "context", None) == "while scanning a quoted scalar":
        return open_quote(source, text, context.index)
    if brackets := explain_brackets(source, text, error):
        return brackets
    nearby = {mark.line, *(range(max(0, context.line if context else mark.line - 2), mark.line + 1))}
    slips = [slip_of_line(source, lines[number], number) for number in sorted(nearby) if number < len(lines)]
    for slip in [slip for slip in reversed(slips) if slip][:_TRIED_AT_MOST]:
        if _leads_further(source, text, slip, error):
            return slip
    for slip in slips[-3:]:  # one that does not may still be one of several on its line
        if slip and slip.code != "other-dash":
            return slip
    if context and means == "@yaml-indent" and (problem := item_without_dash(source, lines, context.line, mark.line)):
        return problem
    if means == "@yaml-indent" and (problem := first_indented(source, lines, mark.line)):
        return problem
    goes_on = text_goes_on(source, lines, mark.line) if means == "@yaml-indent" else None
    if goes_on and _leads_further(source, text, goes_on, error):
        return goes_on
    if means == "@yaml-dash" and (dash := _DASH_BEHIND_KEY.match(lines[mark.line])):
        return _dash_behind_key(source, lines, mark.line, dash)
    if means == "@yaml-colon" and (problem := _above_without_colon(source, text, lines, error)):
        return problem
    if problem := over_indented(source, lines, mark.line):
        return problem
    if (problem := misaligned(source, lines, mark.line)) and _leads_further(source, text, problem, error):
        return problem
    for number in sorted((line for line in nearby if line < len(lines)), reverse=True):
        for problem in _without_quotes(source, lines, number, mark):
            if _leads_further(source, text, problem, error):
                return problem
    return syntax(source, mark, reason)


def syntax(source: Source, mark: Any, reason: str) -> Problem:
    """That the file is not well-formed at a mark of libyaml, for a reason that no slip explains."""
    line = min(mark.line, len(source.lines) - 1)
    return _syntax_at(source.place(line, mark.column if line == mark.line else 0), reason)


def _syntax_at(place: Place, reason: str) -> Problem:
    return Problem("yaml-syntax", place, facts={"reason": _REASONS.get(reason, "@yaml-other"), "said": reason})


def _dash_behind_key(source: Source, lines: list[str], number: int, found: re.Match[str]) -> Problem:
    """A list that begins on the line of its name, with the column where it has to begin for the lines below."""
    depth = key = found.end("lead")
    below: list[tuple[int, bool]] = []
    for line in lines[number + 1 :]:
        body = line.lstrip(" ")
        here = (len(line) - len(body), body.startswith("- "))
        if body and not body.startswith("#"):
            if here < (key, True):
                break
            below.append(here)
    if below:
        least, is_dash = min(below, key=lambda step: (step[0], not step[1]))
        depth = least if is_dash else least - 2
    column = depth if below and depth >= key else key + 2
    item = found["item"].rstrip()
    facts = {"key": found["key"], "value": item, "column": str(column + 1), "or": "" if below else "@or-one-value"}
    return Problem("dash-behind-key", source.place(number, found.start("item"), len(item)), facts=facts)


def _without_quotes(source: Source, lines: list[str], number: int, mark: Any) -> list[Problem]:
    """What a line holds that only quotation marks would make a part of its value, the likeliest first."""
    line = lines[number]
    found: list[Problem] = []

    def tell(code: str, column: int, value: str, **facts: str) -> None:
        written = value.rstrip()
        place = source.place(number, column, len(written))
        found.append(Problem(code, place, facts={"value": written, "mended": in_quotes(written), **facts}))

    is_between = number == mark.line and _OPEN_BRACKET.search(line[: mark.column])
    if is_between and (sign := _SIGN_IN_BRACKETS.match(line, mark.column)):
        tell("sign-before-value", sign.start(), sign[0], sign=sign["sign"])
    if before := sign_before_key(source, lines, number):
        found.append(before)
    if value := _NEEDS_QUOTES.match(line):
        is_quoted = value["sign"] in {"'", '"'} and value["value"][1:].endswith(value["sign"])
        is_value = line[: value.start("sign")].rstrip().endswith(":") or ": " not in value["value"]
        if is_value and not is_quoted:
            tell("sign-before-value", value.start("sign"), value["value"], sign=value["sign"])
    if value := _INNER_COLON.match(line):
        field = _NEXT_FIELD.search(value["value"])
        is_two = field is not None and meant.is_field(field["key"])
        facts = {"field": field["field"], "or": "@or-own-line"} if field and is_two else {"or": ""}
        tell("colon-in-value", value.start("value"), value["value"], **facts)
    return found


def sign_before_key(source: Source, lines: list[str], number: int) -> Problem | None:
    """A sign that stands before the name of a field, and means something else to YAML.

    Args:
        source: the file.
        lines: of it, with the slips mended that have been found.
        number: of the line, from 0.
    """
    found = _SIGN_BEFORE_KEY.match(lines[number])
    if found is None:
        return None
    written = found["value"].rstrip()
    facts = {"value": written, "mended": found["rest"].rstrip(), "sign": found["sign"]}
    return Problem("sign-before-key", source.place(number, found.start("value"), len(found["sign"])), facts=facts)


def _stray_line(source: Source, text: str, lines: list[str], error: Any) -> Problem | None:
    """A line that is not YAML at all, because of which libyaml reads no further: a comment behind a full-width sign, a
    line of signs that divides the lines above from those below, or a mark that a merge has left.
    """
    last = min(error.problem_mark.line, len(lines) - 1)
    if (comment := _comment_behind(source, lines, last, 0, "")) and _leads_further(source, text, comment, error):
        return comment
    wide = [number for number in range(last, -1, -1) if "＃" in lines[number] and WIDE_COMMENT.match(lines[number])]
    firsts = [number for number in wide if number - 1 not in wide[:_TRIED_AT_MOST]]
    for number in firsts[:_TRIED_AT_MOST]:
        problem = _comment_line(source, lines, number)
        if problem and _leads_further(source, text, problem, error):
            return problem
    marks = [number for number in range(last, -1, -1) if _MERGE_MARK.match(lines[number])]
    for number in marks[:_TRIED_AT_MOST]:
        if _reads_further(text, "\n".join([*lines[:number], "", *lines[number + 1 : -1]]), error):
            return Problem("mark-of-a-merge", source.place(number, 0, len(lines[number])))
    for number in [at for at in range(last, -1, -1) if _OTHER_COMMENT.match(lines[at])][:_TRIED_AT_MOST]:
        if (problem := _other_comment(source, lines, number)) and _leads_further(source, text, problem, error):
            return problem
    divides = [number for number in range(last, -1, -1) if _DIVIDING_LINE.match(lines[number])]
    for number in divides[:_TRIED_AT_MOST]:
        facts = {"mended": f"# {lines[number].strip()}"}
        problem = Problem("dividing-line", source.place(number, 0, len(lines[number])), facts=facts)
        if _leads_further(source, text, problem, error):
            return problem
    return None


def _other_comment(source: Source, lines: list[str], number: int) -> Problem | None:
    """A line that is a comment elsewhere, in HTML or in a program."""
    comment = _OTHER_COMMENT.match(lines[number])
    if comment is None:
        return None
    written = lines[number].strip()
    facts = {"value": written, "mended": f"# {comment['html'] or comment['slashes'] or ''}".rstrip()}
    return Problem("other-comment", source.place(number, comment.end("lead"), len(written)), facts=facts)


def _comment_line(source: Source, lines: list[str], number: int) -> Problem | None:
    """A line that is no comment, because its sign is full-width."""
    comment = WIDE_COMMENT.match(lines[number])
    if comment is None:
        return None
    place = source.place(number, comment.end("lead"), len(lines[number]))
    return Problem("full-width-comment", place, facts={"mended": f"# {comment['text']}".rstrip(), "or": ""})


def _comment_behind(source: Source, lines: list[str], number: int, start: int, other: str) -> Problem | None:
    """What stands behind a value and a full-width sign, and so is read as a part of that value.

    Args:
        source: the file.
        lines: of it, with the slips mended that have been found.
        number: of the line, from 0.
        start: column where the value begins.
        other: the phrase that says what else may have been meant.
    """
    line = lines[number]
    found = _COMMENT_BEHIND.match(line, start) if "＃" in line else None
    if found is None:
        return None
    facts = {"mended": f"{line[: found.start('blank')].strip()} # {found['text']}".rstrip(), "or": other}
    return Problem("full-width-comment", source.place(number, found.end("blank"), len(line)), facts=facts)


def swallowed_line(source: Source, text: str, event: Any, *, is_item: bool) -> Problem | None:
    """What a plain text holds that was meant as something else: a comment, fields, or further items of its list.

    Args:
        source: the file.
        text: of the file, with the slips mended that have been found.
        event: libyaml's, of that plain text.
        is_item: it is an item of a list.
    """
    if "＃" in event.value and (comment := _wide_comment_in(source, text, event)):
        return comment
    first = event.start_mark.line
    if first == event.end_mark.line:
        return None
    if event.value[0].isdigit() and (item := _other_dash(source, text.split("\n")[first], first)):
        return item
    if not is_item:
        return None
    return _fields_in_text(source, text, event) or swallowed_item(source, text, event)


def _wide_comment_in(source: Source, text: str, event: Any) -> Problem | None:
    lines = text.split("\n")
    first, last = event.start_mark.line, event.end_mark.line
    behind = lines[last][event.end_mark.column :].strip()
    if behind and not behind.startswith("#"):
        return None  # between brackets
    for number in range(first, last + 1):
        start = event.start_mark.column if number == first else 0
        is_line = lines[number].count("＃") == 1 and not lines[number][:start].strip()
        comment = _comment_line(source, lines, number) if is_line else None
        comment = comment or _comment_behind(source, lines, number, start, "@or-in-quotes")
        if comment:
            return comment
    return None


def _fields_in_text(source: Source, text: str, event: Any) -> Problem | None:
    """The first line of an item of a list that was read as one text, although every line of it is a field, because all
    their colons are full-width.
    """
    first, last = event.start_mark.line, event.end_mark.line
    if "：" not in event.value:
        return None
    lines = text.split("\n")
    if not all(_FIELD_WITH_WIDE_COLON.match(line) for line in lines[first : last + 1] if line.strip()):
        return None
    return slip_of_line(source, lines[first], first)


def _without_colon(source: Source, lines: list[str], number: int, *, may_go_on: bool = True) -> Problem | None:
    """A line that begins like a field, in English or Chinese, but has no colon behind its name.

    Args:
        source: the file.
        lines: of it, with the slips mended that have been found.
        number: of the line, from 0.
        may_go_on: the line may also go on with the value above; if not, its first word has to be that of a field.
    """
    line = _NO_COLON.match(lines[number])
    if line is None:
        return None
    if not may_go_on and not meant.is_field(line["key"] or line["name"]):
        return None
    may_go_on = may_go_on and "-" not in line["lead"] and any(above.strip() for above in lines[:number])
    if may_go_on and line["key"] and " " in line["rest"] and line["rest"].isascii():
        return None  # a sentence of the value above, rather
    key = line["key"] or meant.key(line["name"])
    facts = {"mended": f"{key}: {line['rest']}".rstrip(), "or": "@or-goes-on" if may_go_on else ""}
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
    return problem if problem and _leads_further(source, text, problem, error) else None


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
                if first < (number, sign.start()) < here and _leads_further(source, text, problem, error):
                    return problem
    elif mark.line < len(lines) and (opening := _FULL_WIDTH_OPENING.match(lines[mark.line])):
        problem = _sign(source, mark.line, opening.start("sign"), opening["sign"])
        if _leads_further(source, text, problem, error):
            return problem
    return None


def _sign(source: Source, line: int, column: int, sign: str) -> Problem:
    return Problem("full-width-sign", source.place(line, column), facts={"sign": sign, "right": _HALF_WIDTH[sign]})


def _leads_further(source: Source, text: str, problem: Problem, error: Any) -> bool:
    """Whether libyaml reads further where a slip is put right."""
    return _reads_further(text, mend(source, text, problem), error)


def _reads_further(text: str, mended: str | None, error: Any) -> bool:
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


def swallowed_sign(source: Source, text: str) -> Problem | None:
    """A full-width sign because of which a record was read as a text, without any complaint."""
    for bracket, form in (("｛", _SWALLOWED_RECORD), ("{", _SWALLOWED_PAIR)):
        if bracket in text and (found := form.search(text)) and _is_read_as_structure(text, found):
            line = text.count("\n", 0, found.start("sign"))
            return _sign(
                source, line, found.start("sign") - (text.rfind("\n", 0, found.start("sign")) + 1), found["sign"]
            )
    return None


def swallowed_list(source: Source, text: str) -> Problem | None:
    """A list that was read as one text, because its dashes are of another kind."""
    found = (_other_dash(source, line, number) for number, line in enumerate(text.split("\n")))
    return next((slip for slip in found if slip and not _IN_MARKDOWN.match(slip.facts["sign"])), None)


def _other_dash(source: Source, line: str, number: int) -> Problem | None:
    """An item of a list whose dash is no plain one, right below the list's name or another item."""
    item = OTHER_DASH.match(line)
    above = source.lines[number - 1] if item and number else ""
    if item is None or not (_WAITS_FOR_ITEMS.match(above) or above.startswith(f"{item['lead']}- ")):
        return None
    sign = item["wide"] or item["long"]
    around = (source.lines[at] for at in (number - 1, number + 1) if at < len(source.lines))
    if sign[0].isdigit() and not any(OTHER_DASH.match(other) for other in around):
        return None  # a text may begin so
    facts = {"sign": sign, "mended": f"- {item['rest']}"}
    return Problem("other-dash", source.place(number, item.end("lead"), len(line)), facts=facts)


def _is_read_as_structure(text: str, found: re.Match[str]) -> bool:
    """Whether what stands there is no comment and no part of a text in several lines."""
    start = text.rfind("\n", 0, found.start("sign")) + 1
    return re.match(r"[ ]*(?:(?:- +)+(?:[\w-]+: +)?|[\w-]+: +)[｛{]", text[start:]) is not None


def full_width_colon(source: Source, event: Any) -> Problem:
    """A key that holds the colon which should have ended it, as in `teacher：{name: …}` or `{name：张伟}`."""
    name, rest = event.value.split("：", 1)
    line, column = event.start_mark.line, event.start_mark.column + len(name)
    if pair := _PAIRS_TOGETHER.search(event.value, len(name)):
        return _sign(source, line, event.start_mark.column + pair.start("sign"), pair["sign"])
    is_line = not source.lines[line][: event.start_mark.column].strip(" -")
    following = source.lines[line][column + 1 :] if is_line or rest[:1] in {"[", "{"} else rest
    return Problem(
        "full-width-colon", source.place(line, column), facts={"mended": f"{name}: {following.strip()}".rstrip()}
    )


def first_slip(source: Source, text: str) -> Problem | None:
    """The first slip of a file that was read as one text."""
    lines = text.split("\n")
    slips = (slip_of_line(source, line, number) for number, line in enumerate(lines))
    if slip := next((slip for slip in slips if slip is not None), None):
        return slip
    written = [number for number, line in enumerate(lines) if line.strip()]
    return _without_colon(source, lines, written[0]) if all(_NO_COLON.match(lines[at]) for at in written) else None


def slip_of_line(source: Source, line: str, number: int) -> Problem | None:
    """The slip in a line of which that line alone is proof.

    Args:
        source: the file.
        line: with the slips mended that have been found.
        number: of the line, from 0.
    """
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
        facts = {"mended": f"{meant.key(match['key'])}: {match['rest']}"}
        return Problem("no-space-after-colon", source.place(number, match.end("key")), facts=facts)
    if match := _WRONG_SPACE.match(line):
        facts = {"mended": f"{match['key']}: {match['rest']}".rstrip(), "char": f"U+{ord(match['space']):04X}"}
        return Problem("wrong-space-after-colon", source.place(number, match.start("space")), facts=facts)
    if match := _NO_SPACE_AFTER_DASH.match(line):
        facts = {"mended": f"- {match['rest']}"}
        return Problem("no-space-after-dash", source.place(number, match.start("dash")), facts=facts)
    return _other_dash(source, line, number)
