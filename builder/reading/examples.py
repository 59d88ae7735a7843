"""Examples of what a field may hold, made from its form: its own, those of its type, or those of the form inside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import yaml
from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from builder.reading.yaml import Step


def field_at(form: Any, path: Sequence[Step]) -> tuple[str, Any]:
    """The name and the type of a field.

    Args:
        form: of the file, or of each record in it.
        path: keys and indexes that lead to the field, or to a part of its value.

    Returns:
        No name where the path has no key; the type is None where the form does not say it.
    """
    key, hint = "", form
    for step in path:
        if isinstance(step, str):
            record = form_in(hint)
            text = hint if record is None and isinstance(example(hint), str) else None  # one of a text by language
            key, hint = step, hints(record).get(step) if record else text
    return key, hint


def example_at(form: Any, path: Sequence[Step], expected: str) -> str:
    """A field as it may be written, in one line: `units: [{title: 第一单元 识字}]`; a record of a list without one.

    Args:
        form: of the file, or of each record in it.
        path: keys and indexes that lead to the field, or to a part of its value.
        expected: what the value should be, where the form does not say it: `text`, `list` or `record`.
    """
    key, hint = field_at(form, path)
    if hint is None:
        return written({key: {"list": ["…", "…"], "record": {"…": "…"}}.get(expected, "…")})
    return written({key: example(hint)}) if key else f"- {written([example(hint)])}"


def example(hint: Any) -> Any:
    """A value of a type that a form may have, as an editor may write it."""
    if get_origin(hint) is Annotated:
        for note in reversed(hint.__metadata__):
            if isinstance(note, FieldInfo) and note.examples:
                return note.examples[0]
            if isinstance(note, WithJsonSchema) and note.json_schema:
                return note.json_schema["examples"][0]
        return example(hint.__origin__)
    if dataclasses.is_dataclass(hint):
        fields = hints(hint)  # type: ignore[arg-type]
        names = [name for name in fields if name in required(hint)] or list(fields)[:1]
        return {name: example(fields[name]) for name in names}
    if get_origin(hint) is tuple:
        return [example(get_args(hint)[0])]
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    inner = get_args(hint)
    return example(inner[0]) if inner else {int: 3, float: 6.5}.get(hint, "…")


def written(value: dict[str, Any] | list[Any]) -> str:
    """A record or list in one line of YAML, without the brackets round the whole."""
    text: str = yaml.dump(
        value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=True
    )
    return text.strip()[1:-1]


@cache
def hints(form: Any) -> dict[str, Any]:
    """Types of a form's fields with all that is said of them, by the names that editors write."""
    return {name.rstrip("_"): hint for name, hint in get_type_hints(form, include_extras=True).items()}


def form_in(hint: Any) -> Any:
    """The form inside Annotated, tuples and unions, if there is one."""
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint
    parts = [hint.__origin__] if get_origin(hint) is Annotated else get_args(hint)
    return next((found for part in parts if (found := form_in(part)) is not None), None)


def holds(hint: Any, kind: Any) -> bool:
    """Whether a type is a list of another, or may be one."""
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return item == kind or (get_origin(item) is Annotated and item.__origin__ is kind)
    return any(holds(part, kind) for part in ([hint.__origin__] if get_origin(hint) is Annotated else get_args(hint)))


def required(form: Any) -> set[str]:
    """Names of the fields that a form cannot do without, as editors write them."""
    missing = dataclasses.MISSING
    return {
        field.name.rstrip("_")
        for field in dataclasses.fields(form)
        if field.default is missing and field.default_factory is missing
    }
