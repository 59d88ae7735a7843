"""Schemas and reference are written from the code, accept what the program accepts, and are never stale."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator, FormatChecker
from pydantic import TypeAdapter, ValidationError
from sites import BASE, catalogue, make_site

from builder import reference
from builder.cli import program
from builder.messages import MESSAGES
from builder.reading.examples import example_at, form_in, hints
from builder.reading.forms import adapter
from builder.reading.source import Source
from builder.reading.yaml import read_yaml
from builder.schema import FOLDER, KINDS, Kind, editor_settings, schema, schema_files
from builder.settings import Settings

ROOT = Path(__file__).parent.parent
BY_NAME = {kind.name: kind for kind in KINDS}
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


class _Editor(yaml.CSafeLoader):
    """Types as the YAML server of an editor sees them (core schema of YAML 1.2.2, section 10.3.2)."""


_Editor.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
):
    _Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), [*_first])


def seen(text: str) -> Any:
    """A text as an editor sees it."""
    return yaml.load(text, _Editor)


@cache
def _validator(kind: Kind) -> Draft7Validator:
    return Draft7Validator(schema(kind), format_checker=FormatChecker())


def faults(kind: Kind, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in _validator(kind).iter_errors(value)]


def contents(kind: Kind, site: Path) -> Iterator[tuple[str, Any]]:
    """What the files of a kind hold, front matter only where they are Markdown."""
    for path in sorted(site.glob(kind.files)):
        text = path.read_text(encoding="utf-8")
        if kind.files.endswith(".md"):
            text = text.split("---\n")[1]
        yield path.relative_to(site).as_posix(), seen(text)


# ---- schemas


@EVERY_KIND
def test_the_schema_accepts_all_content_that_the_program_accepts(kind: Kind) -> None:
    found = [
        f"{name}{fault}"
        for site in (ROOT, BASE)
        for name, value in contents(kind, site)
        for fault in faults(kind, value)
    ]
    assert found == []
    assert any(chain(contents(kind, ROOT), contents(kind, BASE)))


@EVERY_KIND
def test_the_schema_marks_an_unknown_field(kind: Kind) -> None:
    _, value = next(chain(contents(kind, ROOT), contents(kind, BASE)))
    record = value[0] if kind.is_list else value
    record["unknown_field"] = "x"
    assert any("unknown_field" in fault for fault in faults(kind, value))


@EVERY_KIND
def test_the_schema_marks_a_missing_field(kind: Kind) -> None:
    assert any("is a required property" in fault for fault in faults(kind, [{}] if kind.is_list else {}))


@pytest.mark.parametrize(
    "field",
    ["grades: [five]", "date: 5 March", "date: 2022-13-40", "status: hidden", "assets: video", "authors: [李敏]"],
)
def test_the_schema_marks_what_the_program_refuses(field: str) -> None:
    right = {"title": "月亮歌", "kind": "video", "date": "2022-03-05"}
    assert faults(BY_NAME["resource"], right) == []
    assert faults(BY_NAME["resource"], {**right, **seen(field)})


def test_plain_values_that_editors_see_as_numbers_are_texts_to_both(tmp_path: Path) -> None:
    path = "content/sections/after-school/classic-reading/year.md"
    head = "title: 1984\nkind: video\ndate: 2022-03-05\ngrades: ['1', 2]\nkeywords: [3.5, true, 12:30]\nsource: 007\n"
    head += "assets: [{type: video, url: 'HTTPS://example.org/月亮.mp4', duration: PT1H5M, bytes: '12'}]\n"
    result = catalogue(make_site(tmp_path, {path: f"---\n{head}---\n"}), "check")
    assert result.exit_code == 0, result.output
    assert faults(BY_NAME["resource"], seen(head)) == []


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _nodes(inner)


@EVERY_KIND
def test_a_schema_is_draft_07_with_no_null_and_nothing_unused(kind: Kind) -> None:
    whole = schema(kind)
    Draft7Validator.check_schema(whole)
    used = {node["$ref"].rpartition("/")[2] for node in _nodes(whole) if "$ref" in node}
    assert used == set(whole.get("definitions", {}))
    assert "null" not in json.dumps(whole)
    assert all(node["additionalProperties"] is False for node in _nodes(whole) if "properties" in node)


def test_the_schemas_of_this_site_are_up_to_date() -> None:
    result = CliRunner().invoke(program, ["--site", str(ROOT), "schema", "--check"])
    assert result.exit_code == 0, f"run `python build.py schema`: {result.output}"
    assert {path.name for path in (ROOT / FOLDER).iterdir()} == {Path(file).name for file in schema_files()}


def test_a_stale_schema_is_found_and_written_anew(tmp_path: Path) -> None:
    shutil.copytree(ROOT / FOLDER, make_site(tmp_path) / FOLDER)
    changed = tmp_path / FOLDER / "column.schema.json"
    changed.write_text("{}\n", encoding="utf-8")
    (tmp_path / FOLDER / "site.schema.json").unlink()
    for arguments, status in ((["--check"], 1), ([], 0), (["--check"], 0)):
        result = CliRunner().invoke(program, ["--site", str(tmp_path), "schema", *arguments])
        assert result.exit_code == status
        assert result.stdout.splitlines() == ([] if arguments and not status else _two_schemas())
    assert changed.read_bytes() == (ROOT / FOLDER / "column.schema.json").read_bytes()


def _two_schemas() -> list[str]:
    return [f"{FOLDER}/site.schema.json", f"{FOLDER}/column.schema.json"]


def test_the_editor_is_told_which_schema_goes_with_which_file() -> None:
    text = (ROOT / ".vscode/settings.json").read_text(encoding="utf-8")
    assert text == editor_settings()
    for file, pattern in json.loads(text)["yaml.schemas"].items():
        assert (ROOT / file).is_file()
        assert any(ROOT.glob(pattern.removeprefix("/")))


# ---- reference


def test_the_reference_is_up_to_date() -> None:
    assert reference.stale(ROOT) == [], "run `python -m builder.reference`"


def test_a_stale_reference_is_found_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reference, "ROOT", tmp_path)
    assert reference.main(["--check"]) == 1
    assert "docs/reference/problems.md" in capsys.readouterr().out.splitlines()
    assert not (tmp_path / "docs").exists()
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0


def test_every_setting_says_whether_it_changes_the_output() -> None:
    fields = adapter(Settings).json_schema()["properties"]
    silent = [name for name, field in fields.items() if not isinstance(field.get("changesOutput"), bool)]
    assert silent == []


@EVERY_KIND
def test_every_field_has_a_description(kind: Kind) -> None:
    silent = [
        name
        for node in _nodes(adapter(kind.form).json_schema())
        for name, field in node.get("properties", {}).items()
        if not field.get("description")
    ]
    assert silent == []


def _forms(form: type) -> set[type]:
    """A form and all those inside it."""
    inner = {found for hint in hints(form).values() if (found := form_in(hint)) is not None}
    return {form}.union(*map(_forms, inner))


@EVERY_KIND
@pytest.mark.filterwarnings("ignore:The 'alias' attribute")  # of a field that is validated apart from its form
def test_the_example_of_each_field_is_right_itself(kind: Kind) -> None:
    shown = [(form, name) for form in _forms(kind.form) for name in hints(form)]
    wrong = []
    for form, name in shown:
        text = example_at(form, [name], "text")
        value, problems = read_yaml(Source("example.yaml", text))
        assert isinstance(value, dict) and not problems, text
        try:
            TypeAdapter(hints(form)[name]).validate_python(value[name])
        except ValidationError as error:
            wrong.append(f"{form.__name__}: {text}: {error}")
    assert wrong == []
    assert [name for form, name in shown if "…" in example_at(form, [name], "text")] == []


def _text(name: str) -> str:
    return (ROOT / reference.FOLDER / f"{name}.md").read_text(encoding="utf-8")


def test_every_message_stands_in_the_reference_in_both_languages() -> None:
    text = _text("problems")
    for code, message in MESSAGES.items():
        part = text.partition(f"\n### {code}\n")[2].partition("\n### ")[0]
        assert part.count("**English**") == part.count("**中文**") == 1
        places = {*re.findall(r"{(\w+)}", " ".join((*message.en, *message.zh)))}
        assert places <= set(reference.PLACEHOLDERS)
        assert "{" not in re.sub(r"`[^`]*`", "", part)


def test_every_template_of_the_default_theme_stands_in_the_reference() -> None:
    text = _text("views")
    templates = {path.name for path in (ROOT / "themes/default/templates").iterdir()} - {"base.html", "macros.html"}
    assert {name for name in templates if f"| `{name}` |" not in text} == set()


def test_every_command_and_option_stands_in_the_reference() -> None:
    text = _text("commands")
    for name, command in program.commands.items():
        part = text.partition(f"\n## catalogue {name}\n")[2]
        options = [option for option in command.params if isinstance(option, click.Option) and not option.hidden]
        assert all(f"`{option.opts[0]}" in part for option in options)
