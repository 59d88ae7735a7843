"""A problem in the content is a value: what, where, why and what to do; it is collected, sorted and shown."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from builder.language import is_chinese
from builder.messages import MESSAGES, PHRASES, Severity
from builder.sentences import SENTENCES

Format = Literal["full", "concise", "json", "github", "sarif"]
FORMATS: tuple[Format, ...] = ("full", "concise", "json", "github", "sarif")

PROGRAM = f"python {sys.argv[0]}" if sys.argv and sys.argv[0].endswith("build.py") else "catalogue"  # as it was called

SHOWN_AT_MOST = 50
WARNINGS_OF_A_KIND = 3  # that are shown: what is true of hundreds of records would hide the one that is news
EXCERPT_WIDTH = 100
LONGEST_LINE = 600


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the editors' files something stands.

    Args:
        file: path from the site's folder, with `/`.
        line: 1 for the first line; 0 where the whole file is meant.
        column: 1 for the first code point of the line.
        length: code points that the caret underlines.
        before: the line above, for context.
        text: the line itself, without its end.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
    before: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that an editor should mend.

    Args:
        code: a key of `MESSAGES`; it never changes its meaning.
        place: where it is.
        record: the record's title and ID, as an editor would name it.
        facts: what the message's text names.
        others: further places that belong to it, such as the first of two equal IDs.
    """

    code: str
    place: Place
    record: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    others: tuple[Place, ...] = ()

    @property
    def severity(self) -> Severity:
        """Whether it stops the build."""
        return MESSAGES[self.code].severity

    def message(self, language: str) -> str:
        """What is wrong, in the reader's language."""
        return MESSAGES[self.code].in_language(language)[0].format_map(self._facts_in(language))

    def hint(self, language: str) -> str:
        """What to do about it, in the reader's language."""
        hint = MESSAGES[self.code].in_language(language)[1].format_map(self._facts_in(language))
        if guess := self.facts.get("guess"):
            words = _WORDS[is_chinese(language)]
            return f"{words['guess'].format(guess)}{words['gap']}{hint}".strip()
        return hint

    def _facts_in(self, language: str) -> dict[str, str]:
        return {
            name: in_language(fact[1:], language, **self.facts) if fact[:1] == "@" and fact[1:] in PHRASES else fact
            for name, fact in self.facts.items()
        }


class ChangedError(Exception):
    """A file was saved while the site was being built; nothing was written."""


class ContentError(Exception):
    """The content has errors; nothing was written.

    Args:
        problems: all that was found, warnings too.
        language: to report them in; unknown where a part of the program raises it that does not know the site.
    """

    def __init__(self, problems: Sequence[Problem], language: str = ""):
        super().__init__(problems, language)
        self.problems = list(problems)
        self.language = language

    def __str__(self) -> str:
        return f"{count(self.problems, 'error')} errors"


def count(problems: Iterable[Problem], severity: Severity) -> int:
    """How many of the problems are of this severity."""
    return sum(problem.severity == severity for problem in problems)


def arranged(problems: Iterable[Problem]) -> list[Problem]:
    """What matters most first: errors, then warnings, then those of which there are many of a kind; each by place."""
    rows = list(problems)
    many = _many(rows)
    return sorted(rows, key=lambda row: (*_group(row, many), row.place, row.code, sorted(row.facts.items())))


def _group(row: Problem, many: dict[str, int]) -> tuple[bool, int, str]:
    """By which problems are told before or behind others; it grows as they matter less."""
    return row.severity != "error", many.get(row.code, 0), row.code if row.code in many else ""


def _many(rows: list[Problem]) -> dict[str, int]:
    """The kinds of warnings of which there are so many that to leave some out saves lines: one more says no less."""
    kinds = Counter(row.code for row in rows if row.severity == "warning")
    return {code: number for code, number in kinds.items() if number > WARNINGS_OF_A_KIND + 1}


def report(
    problems: Iterable[Problem],
    form: Format,
    language: str,
    *,
    colour: bool = False,
    everything: bool = False,
    summed: bool = True,
) -> str:
    """All problems as one text: for people with the errors at the end, for other programs with the errors first.

    Args:
        problems: in any order.
        form: one of `FORMATS`.
        language: of the messages, a BCP 47 tag; English where there is no translation.
        colour: mark severities and carets with ANSI colours (`full` and `concise` only).
        everything: show every problem, also where there are many of a kind; the formats for other programs always do.
        summed: say at the end how many there are (`full` only).
    """
    rows = arranged(problems)
    match form:
        case "full":
            shown = rows if everything else _worth_showing(rows)[:SHOWN_AT_MOST]
            return _full(_upwards(shown, rows), rows, language, _ANSI if colour else _PLAIN, summed=summed)
        case "concise":
            shown = rows if everything else _worth_showing(rows)
            lines = [_concise(row, language, _ANSI if colour else _PLAIN) for row in _upwards(shown, rows)]
            return "".join(f"{line}\n" for line in [*lines, *_rest(shown, rows, language)])
        case "json":
            return json.dumps([_as_json(row, language) for row in rows], ensure_ascii=False, indent=2) + "\n"
        case "github":
            return "".join(_github(row, language) for row in rows)
        case "sarif":
            return json.dumps(_sarif(rows, language), ensure_ascii=False, indent=2) + "\n"


def in_language(phrase: str, language: str, **facts: str) -> str:
    """A phrase of `PHRASES` in a reader's language."""
    return PHRASES[phrase][is_chinese(language)].format_map(facts)


def say(sentence: str, language: str, **facts: object) -> str:
    """A sentence of `SENTENCES` in a reader's language; by `number` an English word is in the singular or plural."""
    plural = "" if facts.get("number") == 1 else "s"
    return SENTENCES[sentence][is_chinese(language)].format_map({"s": plural, "program": PROGRAM, **facts})


def width(text: str) -> int:
    """Columns that a text takes on a terminal (UAX #11: wide and full-width characters take two)."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


_PLAIN = {"error": "", "warning": "", "hint": "", "dim": "", "off": ""}
_ANSI = {"error": "\033[1;31m", "warning": "\033[1;33m", "hint": "\033[1;36m", "dim": "\033[2m", "off": "\033[0m"}
_WORDS = (
    {
        "error": "error",
        "warning": "warning",
        "hint": "help:",
        "also": "also here:",
        "guess": "Did you mean `{}`?",
        "gap": " ",
        "more": "and {} more: {}; `{} check --all` lists all",
        "sum": "errors: {}, warnings: {}",
    },
    {
        "error": "错误",
        "warning": "警告",
        "hint": "怎么办：",
        "also": "另见：",
        "guess": "是不是要写 `{}`？",
        "gap": "",
        "more": "另有 {} 处：{}；运行 `{} check --all` 可以列出全部",
        "sum": "错误 {} 个，警告 {} 个",
    },
)


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}" if place.line else place.file


def _concise(problem: Problem, language: str, ink: dict[str, str]) -> str:
    word = _WORDS[is_chinese(language)][problem.severity]
    mark = f"{ink[problem.severity]}{word}[{problem.code}]{ink['off']}"
    return f"{_where(problem.place)}: {mark} {_line(problem.message(language))}"


def _full(shown: list[Problem], rows: list[Problem], language: str, ink: dict[str, str], *, summed: bool) -> str:
    if not rows:
        return ""
    total = _WORDS[is_chinese(language)]["sum"].format(count(rows, "error"), count(rows, "warning"))
    cards = (_card(row, language, ink) for row in shown)
    rest = (f"{line}\n" for line in _rest(shown, rows, language))
    return "\n".join([*cards, *rest, f"{total}\n" if summed else ""])


def _rest(shown: list[Problem], rows: list[Problem], language: str) -> Iterator[str]:
    """How many problems of which kinds are not shown, and how they are."""
    rest = Counter(row.code for row in rows) - Counter(row.code for row in shown)
    if rest:
        kinds = ", ".join(f"{code} × {n}" for code, n in rest.most_common())
        yield _WORDS[is_chinese(language)]["more"].format(rest.total(), kinds, PROGRAM)


def _upwards(shown: list[Problem], rows: list[Problem]) -> list[Problem]:
    """What matters most last, because on a terminal all else scrolls away; what matters alike stays in its order."""
    many = _many(rows)
    return sorted(shown, key=lambda row: _group(row, many), reverse=True)


def _worth_showing(rows: list[Problem]) -> list[Problem]:
    """All errors, but only some warnings of a kind of which there are many."""
    many = _many(rows)
    seen: Counter[str] = Counter()
    shown = []
    for row in rows:
        seen[row.code] += 1
        if row.code not in many or row.severity == "error" or seen[row.code] <= WARNINGS_OF_A_KIND:
            shown.append(row)
    return shown


def _card(problem: Problem, language: str, ink: dict[str, str]) -> str:
    words = _WORDS[is_chinese(language)]
    severity = problem.severity
    lines = [f"{ink[severity]}{words[severity]}[{problem.code}]{ink['off']} {_line(problem.message(language))}"]
    lines.append(f"  --> {_where(problem.place)}" + (f"  {_line(problem.record)}" if problem.record else ""))
    lines += _excerpt(problem.place, ink[severity], ink)
    for other in problem.others:
        lines.append(f"  {words['also']}{words['gap']}{_where(other)}")
        lines += _excerpt(other, ink["dim"], ink)
    if hint := problem.hint(language):
        lines.append(f"  {ink['hint']}{words['hint']}{ink['off']}{words['gap']}{_line(hint)}")
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    """A text that may hold what editors wrote, on one line and without characters that turn it round."""
    text = _visible(text)
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"


def _excerpt(place: Place, paint: str, ink: dict[str, str]) -> list[str]:
    if not place.line:
        return []
    gutter = len(str(place.line))
    rows = []
    if place.before.strip():
        rows.append(f"  {ink['dim']}{place.line - 1:>{gutter}} |{ink['off']} {_cut(_visible(place.before), 0)[0]}")
    text = _visible(place.text)
    start = min(place.column - 1, len(text))
    shown, cut = _cut(text, start)
    start -= cut
    marked = shown[start : start + place.length] or " "
    rows.append(f"  {ink['dim']}{place.line:>{gutter}} |{ink['off']} {shown}")
    pad = " " * width(shown[:start])
    rows.append(f"  {' ' * gutter} | {pad}{paint}{'^' * max(1, width(marked))}{ink['off']}")
    return rows


def _visible(text: str) -> str:
    """One visible character for each code point, so that columns stay true."""
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char == "\t":
        return "→"
    if char == "\x00":
        return "␀"
    return (
        "�"
        if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cn", "Zl", "Zp"} and char not in "\u200c\u200d"
        else char
    )


def _cut(text: str, start: int) -> tuple[str, int]:
    """The part of a long line round a position, and how many code points were cut in front."""
    if len(text) <= EXCERPT_WIDTH:
        return text, 0
    first = max(0, start - EXCERPT_WIDTH // 2)
    return text[first : first + EXCERPT_WIDTH], first


def _as_json(problem: Problem, language: str) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message(language),
        "hint": problem.hint(language),
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "record": problem.record,
    }


def _github(problem: Problem, language: str) -> str:
    """A workflow command of GitHub Actions, with its own escapes."""
    place = problem.place
    text = f"{problem.message(language)}\n{problem.hint(language)}".strip()
    body = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = place.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    at = f",line={place.line},col={place.column}" if place.line else ""
    return f"::{problem.severity} file={file}{at},title={problem.code}::{body}\n"


def _sarif(rows: list[Problem], language: str) -> dict[str, object]:
    """A log in SARIF 2.1.0 (OASIS standard)."""
    codes = sorted({row.code for row in rows})
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "catalogue", "rules": [{"id": code} for code in codes]}},
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(row, language) for row in rows],
            }
        ],
    }


def _sarif_result(row: Problem, language: str) -> dict[str, object]:
    return {
        "ruleId": row.code,
        "level": row.severity,
        "message": {"text": f"{row.message(language)} {row.hint(language)}".strip()},
        "locations": [_sarif_location(row.place)],
        "relatedLocations": [_sarif_location(other) for other in row.others],
    }


def _sarif_location(place: Place) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": quote(place.file)}}
    if place.line:
        location["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.column + place.length,
        }
    return {"physicalLocation": location}
