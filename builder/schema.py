"""JSON Schemas for editors: what each kind of file may hold, made from the forms that the program itself reads with.

They are written in draft-07 (https://json-schema.org/draft-07), which the YAML servers of editors read. A value counts
as such a server sees it: `3` is a number, `2022-03-05` and `12:30` are texts. The program takes every plain value
where it wants text, and a number in quotes where it wants a number, so the schemas do too.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.content import model
from builder.reading.fields import Id
from builder.reading.forms import adapter
from builder.rendering.theme import ThemeForm
from builder.settings import Settings

FOLDER = "schema"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that editors write.

    Args:
        name: of the schema.
        form: what a file, or each record of its list, is filled into.
        files: where such files lie, a glob from the site's folder.
        is_list: the file is a list of records.
    """

    name: str
    form: type
    files: str
    is_list: bool = False

    @property
    def is_markdown(self) -> bool:
        """Whether the form is the front matter of a Markdown file."""
        return self.files.endswith(".md")


KINDS = (
    Kind("site", Settings, "site.yaml"),
    Kind("vocabulary", model.VocabularyForm, "content/vocabulary.yaml"),
    Kind("section", model.SectionForm, "content/sections/*/_section.yaml"),
    Kind("column", model.ColumnForm, "content/sections/*/*/_column.yaml"),
    Kind("resource", model.ResourceForm, "content/sections/*/*/*.md"),
    Kind("textbook", model.TextbookForm, "content/textbooks/*/*/*.yaml"),
    Kind("topic", model.TopicForm, "content/topics/*.md"),
    Kind("article", model.ArticleForm, "content/pages/*.md"),
    Kind("links", model.LinkForm, "content/links.yaml", is_list=True),
    Kind("hotlines", model.HotlineForm, "content/hotlines.yaml", is_list=True),
    Kind("figures", model.FigureForm, "content/figures.yaml", is_list=True),
    Kind("redirects", model.RedirectForm, "content/redirects.yaml", is_list=True),
    Kind("theme", ThemeForm, "themes/*/theme.yaml"),
)

# Keywords in the order in which a person reads them; what is not here follows by name.
_ORDER = ("$schema", "title", "description", "type", "enum", "const", "format", "pattern", "default", "examples")
_LAST = ("properties", "required", "additionalProperties", "items", "anyOf", "allOf", "$ref", "definitions")
_PLAIN = ["string", "number", "boolean"]
ID_PATTERN = str(adapter(Id).json_schema()["pattern"])
DURATION = r"^P(?=.)(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+S)?)$"
WEB_ADDRESS = r'^[Hh][Tt][Tt][Pp][Ss]?://[^\s\\<>"]+$'
_DIGITS = r"^[+-]?[0-9]+$"
_DECIMAL = r"^[+-]?[0-9]+(\.[0-9]+)?$"


def schema(kind: Kind) -> dict[str, Any]:
    """The schema of a kind of file, its keywords in a fixed order."""
    form: Any = list[kind.form] if kind.is_list else kind.form  # type: ignore[name-defined]
    raw = adapter(form).json_schema()
    parts = {_plain_name(name): _simplified(part) for name, part in sorted(raw.pop("$defs", {}).items())}
    whole = _simplified(raw)
    if kind.is_list and "$ref" in whole["items"]:
        whole["items"] = parts.pop(whole["items"]["$ref"].rpartition("/")[2])
    record = whole["items"] if kind.is_list else whole
    names = [field.name.rstrip("_") for field in dataclasses.fields(kind.form)]
    record["properties"] = {name: record["properties"][name] for name in names}
    whole = {"$schema": "http://json-schema.org/draft-07/schema#", "title": kind.name.capitalize(), **whole}
    ordered: dict[str, Any] = _ordered({**whole, "definitions": parts} if parts else whole)
    return ordered


def schema_files() -> dict[str, str]:
    """The text of every schema, by its path from the site's folder."""
    return {
        f"{FOLDER}/{kind.name}.schema.json": json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"
        for kind in KINDS
    }


def editor_settings() -> str:
    """`.vscode/settings.json`: which schema goes with which file, and how text is saved.

    Front matter is left out: the YAML server reads YAML files only.
    """
    text = {"editor.tabSize": 2, "editor.insertSpaces": True, "editor.detectIndentation": False}
    settings = {
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "[yaml]": text,
        "[markdown]": text,
        "yaml.schemas": {
            f"./{FOLDER}/{kind.name}.schema.json": f"/{kind.files}" for kind in KINDS if not kind.is_markdown
        },
    }
    return json.dumps(settings, indent=2) + "\n"


def stale_schemas(site: Path) -> list[str]:
    """Paths of the schemas in a site's folder that are missing or not what they should be."""
    return [file for file, text in schema_files().items() if _text_of(site / file) != text]


def write_schemas(site: Path) -> list[str]:
    """Writes the schemas of a site that are stale.

    Returns:
        Their paths from the site's folder.

    Raises:
        OSError: the folder cannot be written to.
    """
    stale = stale_schemas(site)
    texts = schema_files()
    for file in stale:
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (site / file).write_bytes(texts[file].encode())
    return stale


def _text_of(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None


def _plain_name(name: str) -> str:
    """A name for people: the schema's `lesson` is the program's `LessonForm`."""
    return name.removesuffix("Form").removesuffix("Term").lower() or name.lower()


def _simplified(node: Any) -> Any:
    """Without what only the program needs to know: nulls, made-up titles, formats that draft-07 does not have."""
    if isinstance(node, list):
        return [_simplified(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: value for key, value in node.items() if key not in {"title", "discriminator", "propertyNames"}}
    if node.get("default", 0) in (None, [], {}):
        del node["default"]
    if "properties" in node:
        node["properties"] = {name: _simplified(field) for name, field in node["properties"].items()}
    for key in ("items", "additionalProperties"):
        if key in node:
            node[key] = _simplified(node[key])
    choices = [_simplified(choice) for key in ("anyOf", "oneOf") for choice in node.pop(key, [])]
    choices = _flat([choice for choice in choices if choice != {"type": "null"}])
    if len(choices) == 1:
        node = {**choices[0], **node}
    elif choices and node.get("type") != "number":  # a whole number is a number
        node["anyOf"] = choices
    if "$ref" in node:
        ref = {"$ref": "#/definitions/" + _plain_name(node.pop("$ref").rpartition("/")[2])}
        node = {**node, "allOf": [ref]} if node else ref  # draft-07 passes over what stands beside a $ref
    return _as_seen(node)


def _flat(choices: list[Any]) -> list[Any]:
    """Choices among choices become choices; equal ones stand once."""
    flat: list[Any] = []
    for choice in choices:
        for inner in choice["anyOf"] if set(choice) == {"anyOf"} else [choice]:
            if inner not in flat:
                flat.append(inner)
    return flat


def _as_seen(node: dict[str, Any]) -> dict[str, Any]:
    """Types as the YAML server of an editor sees the values that the program takes."""
    match node:
        case {"format": "duration"}:
            return {key: value for key, value in node.items() if key != "format"} | {"pattern": DURATION}
        case {"format": "uri"}:
            return {key: value for key, value in node.items() if key != "format"} | {"pattern": WEB_ADDRESS}
        case {"type": "string"} if not node.keys() & {"pattern", "format", "enum", "const"}:
            return {**node, "type": _PLAIN}
        case {"type": "integer"}:
            return {**node, "type": ["integer", "string"], "pattern": _DIGITS}
        case {"type": "number"}:
            return {**node, "type": ["number", "string"], "pattern": _DECIMAL}
    return node


def _ordered(node: Any, *, is_map: bool = False) -> Any:
    """Keywords in a fixed order; the names of fields stay in the order of the form."""
    if isinstance(node, list):
        return [_ordered(item) for item in node]
    if not isinstance(node, dict):
        return node
    keys = list(node) if is_map else sorted(node, key=_rank)
    return {key: _ordered(node[key], is_map=not is_map and key in {"properties", "definitions"}) for key in keys}


def _rank(key: str) -> tuple[int, str]:
    if key in _ORDER:
        return _ORDER.index(key), ""
    return (len(_ORDER) + 1 + _LAST.index(key), "") if key in _LAST else (len(_ORDER), key)
