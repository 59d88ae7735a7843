"""Problems as a browser shows them: one panel, over a page or in the place of one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from builder.language import is_chinese
from builder.preview.worker import Answer
from builder.problems import PROGRAM, SHOWN_AT_MOST, Place, Problem, arranged

BROWSER = Path(__file__).resolve().parent / "browser"

_CONTEXT = 80  # code points that are shown of a long text, and of a long line on either side of the mark
_WORDS = (
    {
        "tag": "en",
        "one": "1 error in the content",
        "many": "{} errors in the content",
        "failed": "The site could not be built",
        "kept": "The page below is from the last good build. This panel goes by itself when all is mended.",
        "none": "There is no site to show yet. It appears by itself when all is mended.",
        "error": "Error",
        "warning": "Warning",
        "one-warning": "1 warning",
        "many-warnings": "{} warnings",
        "warned": "Warnings do not stop a build. Here are those of files that were saved since the preview began, and "
        "those that have come since. The whole site has {total}: `{program} check --all` shows each.",
        "hint": "What to do",
        "also": "Also here",
        "more": "and {} more, shown when these are mended",
        "close": "Close",
    },
    {
        "tag": "zh-CN",
        "one": "内容有 1 处错误",
        "many": "内容有 {} 处错误",
        "failed": "站点未能生成",
        "kept": "下面的页面是上一次生成的。改正后，本窗口会自动消失。",
        "none": "还没有可以显示的站点。改正后，站点会自动出现。",
        "error": "错误",
        "warning": "警告",
        "one-warning": "1 处警告",
        "many-warnings": "{} 处警告",
        "warned": "警告不妨碍生成。这里是预览开始以来保存过的文件里的警告，以及新出现的警告。"
        "全站共有 {total} 处，运行 `{program} check --all` 可以全部列出。",
        "hint": "怎么办",
        "also": "另见",
        "more": "另有 {} 处，改正以上各处后显示",
        "close": "关闭",
    },
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A place with its line in three parts, of which the second is marked."""

    where: str
    line: int
    above: Markup
    start: Markup
    marked: Markup
    end: Markup


@dataclass(frozen=True, slots=True)
class Card:
    """A problem, ready to be shown."""

    code: str
    message: Markup
    record: Markup
    excerpt: Excerpt
    others: tuple[Excerpt, ...]
    hint: Markup


@dataclass(frozen=True, slots=True)
class Warnings:
    """What is shown of warnings, folded: nothing where there are no cards."""

    heading: str
    note: Markup
    cards: list[Card]


_environment = Environment(
    loader=FileSystemLoader(BROWSER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def panel(answer: Answer, *, over_a_page: bool) -> str:
    """The problems of a build that was not good, as HTML.

    Args:
        answer: of the build.
        over_a_page: whether the last good page lies below, or nothing.
    """
    language = answer.language
    words = _WORDS[is_chinese(language)]
    rows = arranged(answer.errors)
    heading = words["failed"] if answer.failure else words["one" if len(rows) == 1 else "many"].format(len(rows))
    return _environment.get_template("panel.html").render(
        words=words,
        heading=heading,
        failure=answer.failure,
        cards=[_card(row, language) for row in rows[:SHOWN_AT_MOST]],
        more=max(0, len(rows) - SHOWN_AT_MOST),
        over_a_page=over_a_page,
        warnings=_warnings(answer),
    )


def warnings(answer: Answer) -> str:
    """The warnings of a build that an editor has to do with, folded, as HTML; nothing where there are none."""
    if not answer.noticed:
        return ""
    words = _WORDS[is_chinese(answer.language)]
    return _environment.get_template("warnings.html").render(words=words, warnings=_warnings(answer))


def stand_in(answer: Answer | None) -> str:
    """The page that is shown while there is no site: that it is being built, or why it cannot be."""
    content = None if answer is None else Markup(panel(answer, over_a_page=False))
    return _environment.get_template("start.html").render(panel=content)


def _warnings(answer: Answer) -> Warnings:
    words = _WORDS[is_chinese(answer.language)]
    number = len(answer.noticed)
    heading = words["one-warning" if number == 1 else "many-warnings"].format(number)
    note = words["warned"].format(total=answer.warnings, program=PROGRAM)
    shown = arranged(answer.noticed)[:SHOWN_AT_MOST]
    return Warnings(heading, _with_code(note), [_card(row, answer.language) for row in shown])


def _card(problem: Problem, language: str) -> Card:
    return Card(
        problem.code,
        _with_code(problem.message(language)),
        _visible(_start(problem.record)),
        _excerpt(problem.place),
        tuple(_excerpt(other) for other in problem.others),
        _with_code(problem.hint(language)),
    )


def _excerpt(place: Place) -> Excerpt:
    where = f"{place.file}:{place.line}:{place.column}" if place.line else place.file
    first = max(0, place.column - 1)
    start, marked, end = (
        place.text[:first],
        place.text[first : first + place.length],
        place.text[first + place.length :],
    )
    if len(start) > _CONTEXT:
        start = f"…{start[-_CONTEXT:]}"
    above = _start(place.before) if place.before.strip() else ""
    parts = (above, start, _start(marked), _start(end))
    return Excerpt(where, place.line, *(_visible(part) for part in parts))


def _start(text: str) -> str:
    return text if len(text) <= _CONTEXT else f"{text[:_CONTEXT]}…"


def _with_code(text: str) -> Markup:
    """Messages set what an editor types between backticks."""
    return Markup("").join(
        Markup("<code>{}</code>").format(_visible(part)) if number % 2 else _visible(part)
        for number, part in enumerate(text.split("`"))
    )


def _visible(text: str) -> Markup:
    """Text in which each character that would not be seen, or would turn the others round, shows its number."""
    return Markup("").join(
        Markup('<span class="unseen">U+{:04X}</span>').format(ord(char)) if _is_unseen(char) else escape(char)
        for char in text
    )


def _is_unseen(char: str) -> bool:
    if char in "\u200c\u200d":  # joiners, which some scripts are written with
        return False
    return unicodedata.category(char) in {"Cc", "Cf", "Co", "Cn", "Cs"} or char == "\u3000"
