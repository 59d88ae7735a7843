"""Writes `docs/reference/` from the code: settings, content fields, problems, commands, views.

`python -m builder.reference` writes it, `python -m builder.reference --check` only says which files are stale.
"""

from __future__ import annotations

import inspect
import re
import sys
import types
import typing
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Formatter
from typing import Any

import click

from builder.cli import program
from builder.messages import MESSAGES, Message
from builder.pages import views
from builder.rendering.scopes import template_of
from builder.schema import DURATION, ID_PATTERN, KINDS, WEB_ADDRESS, Kind, schema

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "docs/reference"

# What stands in a message where the program fills something in, in English and Chinese.
PLACEHOLDERS = {
    "actual": ("right figure", "正确的值"),
    "anchor": ("anchor", "锚点"),
    "bound": ("bound", "界限"),
    "how": ("what to do", "办法"),
    "char": ("character", "字符"),
    "closing": ("sign", "符号"),
    "column": ("column", "列"),
    "example": ("example", "例子"),
    "expected": ("type", "类型"),
    "date": ("day of publication", "首次发布日"),
    "expires": ("last day", "到期日"),
    "field": ("field", "字段"),
    "file": ("file", "文件"),
    "folder": ("folder", "文件夹"),
    "found": ("what is there", "现有内容"),
    "height": ("height", "高度"),
    "here": ("column", "列"),
    "instead": ("what happens instead", "结果"),
    "key": ("key", "键"),
    "kind": ("kind", "种类"),
    "known": ("what there is", "已有的"),
    "limit": ("limit", "上限"),
    "mended": ("mended line", "改正后的行"),
    "model": ("file", "文件"),
    "name": ("name", "名字"),
    "number": ("number", "数目"),
    "opening": ("sign", "符号"),
    "or": ("other remedy", "其他办法"),
    "other": ("other kind", "其他种类"),
    "own": ("site's language", "站点的语言"),
    "words": ("words", "说明"),
    "publish": ("first day", "发布日"),
    "reason": ("reason", "原因"),
    "remedy": ("what to do", "办法"),
    "right": ("right folder", "正确的文件夹"),
    "sign": ("sign", "符号"),
    "stage": ("stage", "学段"),
    "stages": ("stages", "学段"),
    "there": ("what is there", "那里有的"),
    "thing": ("asset or caption track", "资源文件或字幕"),
    "updated": ("day of the last change", "最近修改日"),
    "value": ("value", "值"),
    "wanted": ("file", "文件"),
    "what": ("difference", "差别"),
    "why": ("reason", "原因"),
    "where": ("what belongs there", "应放的内容"),
    "width": ("width", "宽度"),
    "wrong": ("other sign", "另一个符号"),
}
_LAST_LINE = """The last line of `build` says what the site holds, how many of its files were written, removed and left
as they were, how long that took, and the most memory that one of its processes has taken
(0 on Windows, which does not tell):

```text
28,052 resources · 29,412 pages · 37 written, 2 removed, 29,373 unchanged · 0.41 s · 143 MB
```"""
_PATTERNS = {ID_PATTERN: "ID", WEB_ADDRESS: "web address", DURATION: "duration"}
_FRAGMENTS = {"header.html": views.Chrome, "footer.html": views.Chrome}


def reference() -> dict[str, str]:
    """The text of every file, by its path from the project's folder."""
    texts = {
        "site-yaml": _settings(),
        "content": _content(),
        "problems": _problems(),
        "commands": _commands(),
        "views": _views(),
    }
    return {f"{FOLDER}/{name}.md": "\n\n".join(blocks) + "\n" for name, blocks in texts.items()}


def stale(root: Path) -> list[str]:
    """Paths of the files that are missing or not what they should be."""
    return [file for file, text in reference().items() if not _holds(root / file, text)]


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _head(title: str, text: str) -> list[str]:
    note = "Written from the code by `python -m builder.reference`: change it there, not here."
    return [f"# {title}", f"*{note}*", text]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


# ---- settings and content


def _settings() -> list[str]:
    site = schema(KINDS[0])
    rows = [
        (
            f"`{name}`",
            _type(field),
            _left_out(name, field, site),
            "yes" if field["changesOutput"] else "no",
            field["description"] + ".",
        )
        for name, field in site["properties"].items()
    ]
    text = "The keys of `site.yaml`, in any order. “Changes pages”: whether another value changes what is published."
    head = ("Key", "Type", "When left out", "Changes pages", "What it is")
    return [*_head("site.yaml", text), _table(head, rows)]


def _content() -> list[str]:
    kinds = KINDS[1:]
    lines = [
        *_head(
            "Content fields",
            "What each file may hold. A list shows its records in the order in which they stand. “Text, by language” "
            "is one text in the site's own language, or one for each language: `{zh-CN: 课后服务, en: After school}`.",
        ),
        _table(("File", "What it is"), ((f"[`{kind.files}`](#{kind.name})", _about(kind)) for kind in kinds)),
    ]
    parts: dict[str, Any] = {}
    for kind in kinds:
        whole = schema(kind)
        parts |= whole.get("definitions", {})
        where = "Front matter of" if kind.is_markdown else "A list in" if kind.is_list else "File:"
        record = whole["items"] if kind.is_list else whole
        lines += [f"## {kind.name.capitalize()}", f"{where} `{kind.files}`.", _fields(record)]
    lines += ["## Parts", "Records inside those above."]
    for name in sorted(parts):
        lines += [f"### {name.capitalize()}", parts[name]["description"], _fields(parts[name])]
    return lines


def _about(kind: Kind) -> str:
    """The first line of a form's description, without the file that the table names already."""
    text = inspect.cleandoc(kind.form.__doc__ or "").partition("\n")[0]
    text = re.sub(r"^(Front matter of )?`[^`]*`[:.]? *", "", text) or "A theme's name and ancestry."
    return text[0].upper() + text[1:]


def _fields(record: Any) -> str:
    rows = [
        (f"`{name}`", _type(field), _left_out(name, field, record), field["description"] + ".")
        for name, field in record["properties"].items()
    ]
    return _table(("Field", "Type", "When left out", "What it is"), rows)


def _left_out(name: str, field: Any, record: Any) -> str:
    if name in record.get("required", ()):
        return "**required**"
    return f"`{field['default']}`" if "default" in field else "–"


def _type(field: Any) -> str:
    """The type of a field in words, from its schema."""
    match field:
        case {"enum": choices}:
            return ", ".join(f"`{choice}`" for choice in choices)
        case {"allOf": [{"$ref": ref}]} | {"$ref": ref}:
            name = ref.rpartition("/")[2]
            return f"[{name}](#{name})"
        case {"anyOf": [_, {"type": "object"}]}:
            return "text, by language"
        case {"anyOf": choices}:
            return ", or ".join(dict.fromkeys(_type(choice) for choice in choices))
        case {"type": "array", "items": items}:
            return f"list: {_type(items)}"
        case {"type": "object"}:
            return "texts by name"
        case {"type": [("integer" | "number") as kind, *_]}:
            low, high = field.get("minimum"), field.get("maximum")
            span = f" {low}–{high}" if high is not None else f" from {low}" if low is not None else ""
            return ("whole number" if kind == "integer" else "number") + span
        case {"format": "date"}:
            return "date"
    return _PATTERNS.get(field.get("pattern", ""), "text")


# ---- problems


def _problems() -> list[str]:
    lines = _head(
        "Problems",
        "Everything that `catalogue check` may say, by its code. An error stops the build and nothing is written; a "
        "warning does not, unless `catalogue check --strict` is asked. ‹…› stands for what the program fills in.",
    )
    for severity, title in (("error", "Errors"), ("warning", "Warnings")):
        codes = sorted(code for code, message in MESSAGES.items() if message.severity == severity)
        lines += [f"## {title}", " · ".join(f"[{code}](#{code})" for code in codes)]
        for code in codes:
            lines += [f"### {code}", *_message(MESSAGES[code])]
    return lines


def _message(message: Message) -> Iterator[str]:
    for which, ((what, remedy), language) in enumerate(((message.en, "English"), (message.zh, "中文"))):
        said, hint = (_filled(text, which) for text in (what, remedy))
        end = "。" if which else "."
        yield f"**{language}** {said[0].upper()}{said[1:]}{end}{'' if which else ' '}{hint}".strip()


def _filled(text: str, which: int) -> str:
    """A message with readable names for what the program fills in."""
    shown = ""
    for literal, name, _, _ in Formatter().parse(text):
        shown += literal
        if name is not None:
            shown += f"‹{PLACEHOLDERS.get(name, (name, name))[which]}›"
    return shown


# ---- commands


def _commands() -> list[str]:
    lines = _head(
        "Commands",
        "`catalogue COMMAND` and `python build.py COMMAND` are the same program. It ends with 0 when all is well, 1 "
        "when the content has errors, and 2 when it was used wrongly or failed.",
    )
    lines += [_LAST_LINE]
    lines += ["Options of every command:", _options(program)]
    for words, command in _all_commands(program, ("catalogue",)):
        text, _, example = inspect.cleandoc(command.help or "").partition("\b\nExample:\n")
        lines += [f"## {' '.join(words)}", text.strip()]
        lines.append(f"Usage: `{' '.join([*words, *_usage(command)])}`")
        if table := _options(command):
            lines.append(table)
        lines.append("Example:\n\n```sh\n" + inspect.cleandoc(example) + "\n```")
    return lines


def _all_commands(group: click.Group, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in sorted(group.commands.items()):
        yield (*words, name), command
        if isinstance(command, click.Group):
            yield from _all_commands(command, (*words, name))


def _usage(command: click.Command) -> Iterator[str]:
    if isinstance(command, click.Group):
        yield "COMMAND"
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            yield parameter.metavar or (parameter.name or "").upper()
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    yield from (f"{option.opts[0]} {_metavar(option)}" for option in options if option.required)
    if any(not option.required for option in options):
        yield "[OPTIONS]"


def _options(command: click.Command) -> str:
    rows = []
    for option in command.params:
        if isinstance(option, click.Option) and not option.hidden and option.opts != ["--version"]:
            shown = f"`{' '.join([option.opts[0], _metavar(option)]).strip()}`"
            shown += " (required)" if option.required else ""
            default = f" Default: `{option.default}`." if option.show_default else ""
            rows.append((shown, (option.help or _choices(option)) + default))
    return _table(("Option", "What it does"), rows) if rows else ""


def _metavar(option: click.Option) -> str:
    if option.is_flag:
        return ""
    usual = {"integer": "N", "path": "PATH", "directory": "DIR", "file": "FILE", "text": "TEXT"}
    if isinstance(option.type, click.Choice):
        return "|".join(map(str, option.type.choices))
    return option.metavar or ("N" if isinstance(option.type, click.IntRange) else usual.get(option.type.name, "VALUE"))


def _choices(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return "One of " + ", ".join(f"`{choice}`" for choice in option.type.choices) + "."
    return ""


# ---- views


def _views() -> list[str]:
    pages = typing.get_args(views.View)
    named = [
        value
        for value in vars(views).values()
        if inspect.isclass(value) and issubclass(value, tuple) and value.__module__ == views.__name__
    ]
    shared = [value for value in named if value not in pages and value is not views.Page]
    lines = _head(
        "Views",
        "What each template sees. Fields are reached by name, as in `{{ frame.title.value }}`; a field that does not "
        "exist is an error. Addresses count from the site's root: write `{{ frame.root }}` before them. How to make a "
        "theme stands in [Making a theme](../themes.md).",
    )
    shown = [*((template_of(page), page) for page in pages), *_FRAGMENTS.items()]
    lines += ["## Templates", _table(("Template", "View"), ((f"`{name}`", _link(view)) for name, view in shown))]
    for view in (*pages, *shared):
        text, notes = _described(view)
        lines += [f"### {view.__name__}", text, _view_fields(view, notes)]
        if view is pages[-1]:
            lines += ["## Parts of views"]
    return lines


def _view_fields(view: type, notes: dict[str, str]) -> str:
    hints = typing.get_type_hints(view)
    rows = [(f"`{name}`", _hint(hint), _sentence(notes.get(name, ""))) for name, hint in hints.items()]
    for name, value in vars(view).items():
        if isinstance(value, property):
            rows.append((f"`{name}`", _hint(typing.get_type_hints(value.fget)["return"]), str(value.__doc__)))
    if any(note for _, _, note in rows):
        return _table(("Field", "Type", "What it is"), rows)
    return _table(("Field", "Type"), (row[:2] for row in rows))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _described(view: type) -> tuple[str, dict[str, str]]:
    """The sentence of a docstring, and what it says of each field."""
    text, _, arguments = inspect.cleandoc(view.__doc__ or "").partition("\n\nArgs:\n")
    notes: dict[str, str] = {}
    name = ""
    for line in arguments.splitlines():
        if found := re.match(r"    (\w+): (.*)", line):
            name = found[1]
            notes[name] = found[2]
        elif name:
            notes[name] += f" {line.strip()}"
    return " ".join(text.split()), notes


def _hint(hint: Any) -> str:
    """A type in words."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        if arguments[-1] is Ellipsis:
            return f"list: {_hint(arguments[0])}"
        return "pair: " + ", ".join(map(_hint, arguments))
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        shown = dict.fromkeys(_hint(argument) for argument in arguments if argument is not types.NoneType)
        return " or ".join(shown) + (", or none" if types.NoneType in arguments else "")
    usual = {"str": "text", "int": "whole number", "float": "number", "bool": "true or false", "Markup": "HTML"}
    return usual.get(hint.__name__) or _link(hint)


def _link(view: type) -> str:
    return f"[{view.__name__}](#{view.__name__.lower()})"


def main(arguments: Sequence[str]) -> int:
    """Writes what is stale, or with `--check` only names it; gives the exit status."""
    texts, changed = reference(), stale(ROOT)
    for file in changed:
        print(file)
        if "--check" not in arguments:
            (ROOT / file).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / file).write_bytes(texts[file].encode())
    return 1 if changed and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
