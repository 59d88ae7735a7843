"""A file's values against its form: what pydantic finds becomes problems with places."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from builder.problems import Place, Problem
from builder.reading import meant
from builder.reading.examples import example, example_at, field_at, form_in, hints, holds, required
from builder.reading.fields import NO_PART_OF_A_HOST, Grade
from builder.reading.repair import Steps, is_stand_in, repair
from builder.reading.source import Source
from builder.reading.suggest import closest
from builder.reading.yaml import Step, Value, locate

F = TypeVar("F")


def fill_in(form: type[F], value: Value, source: Source) -> tuple[F | None, list[Problem]]:
    """Makes a form of the values of a file.

    Args:
        form: a form of `model.py`.
        value: what the YAML holds.
        source: the YAML's text, for places.

    Returns:
        The form, or nothing where there are errors, and the problems.
    """
    if not isinstance(value, dict):
        found = "@nothing" if value is None else "@list" if isinstance(value, list) else "@text"
        return None, [Problem("not-a-record", source.place(0, 0, len(source.lines[0])), facts={"found": found})]
    try:
        return adapter(form).validate_python(value), []  # type: ignore[arg-type]
    except ValidationError as error:
        return None, _problems(error, form, value, source)


def fill_in_anyway(form: type[F], value: Value, source: Source) -> tuple[F | None, frozenset[Steps], list[Problem]]:
    """Like `fill_in`, but what is right in a form with mistakes is kept, to be checked further.

    Returns:
        The form, the paths of what is not as it was written, and the problems.
    """
    filled, problems = fill_in(form, value, source)
    if filled is not None or not isinstance(value, dict):
        return filled, frozenset(), problems
    found = repair(adapter(form), value, _real_path, source.file)  # type: ignore[arg-type]
    return (found.form, found.mended, problems) if found else (None, frozenset(), problems)


def fill_in_list(form: type[F], value: Value, source: Source) -> tuple[list[F], frozenset[Steps], list[Problem]]:
    """Makes forms of a file that is a list of records; what is right in one with mistakes is kept, to be checked too.

    Returns:
        A form for each record, the paths of what is not as it was written, and the problems.
    """
    if value is None:
        return [], frozenset(), []
    if not isinstance(value, list):
        return [], frozenset(), [Problem("not-a-list", source.place(0, 0, len(source.lines[0])))]
    try:
        return adapter(list[form]).validate_python(value), frozenset(), []  # type: ignore[valid-type]
    except ValidationError as error:
        problems = _problems(error, form, value, source)
    forms: list[F] = []
    mended: set[Steps] = set()
    for index, row in enumerate(value):
        file = f"{source.file}#{index}"
        found = repair(adapter(form), row, _real_path, file) if isinstance(row, dict) else None  # type: ignore[arg-type]
        if found is None:
            mended.add((index,))
            found = repair(adapter(form), {}, _real_path, file)  # type: ignore[arg-type]
            if found is None:
                return [], frozenset(), problems
        forms.append(found.form)
        mended.update((index, *path) for path in found.mended)
    return forms, frozenset(mended), problems


@cache
def adapter(form: Any) -> TypeAdapter[Any]:
    """The validator of a form, made once."""
    return TypeAdapter(form)


def record_name(value: Value, fallback: str = "") -> str:
    """A record's title and ID as an editor would name it, from values that may be wrong."""
    if not isinstance(value, dict):
        return fallback
    title = value.get("title")
    if isinstance(title, dict):
        title = next((text for text in title.values() if isinstance(text, str)), None)
    name = value.get("id") if isinstance(value.get("id"), str) else fallback
    name = "" if is_stand_in(name) else name
    if not isinstance(title, str) or not title.strip() or is_stand_in(title):
        return name or ""
    return f"{title} ({name})" if name else title


def _problems(error: ValidationError, form: type, value: Value, source: Source) -> list[Problem]:
    """One problem for each thing that is wrong; pydantic complains once for every branch of a union."""
    every = error.errors(include_url=False)
    meant_by_others = {key for details in every for key in _key_meant(details, form, value)}
    found = [
        _problem(details, form, value, source)
        for details in every
        if details["type"] != "missing" or tuple(details["loc"]) not in meant_by_others
        if not _is_told(details, value, source)
    ]
    return list({(problem.code, problem.place, problem.facts.get("key")): problem for problem in found}.values())


def _is_told(details: Any, value: Value, source: Source) -> bool:
    """Whether a value is missing because an anchor, an alias or a tag of YAML stands there, which is told as that."""
    path = _real_path(details["loc"], value)
    if details["input"] is not None or details["type"] in {"missing", "unexpected_keyword_argument"} or not path:
        return False
    is_field = isinstance(path[-1], str)
    place = locate(source, path, key=is_field)
    return _OF_YAML.match(place.text, place.column - 1 + is_field * place.length) is not None


def _key_meant(details: Any, form: type, value: Value) -> Iterator[tuple[Step, ...]]:
    """The field that was meant by a key that is none: it is written, so that it is missing need not be said too."""
    if details["type"] == "unexpected_keyword_argument":
        path = _real_path(details["loc"], value)
        if guess := _nearest_field(str(path[-1]), _fields(form, path[:-1])):
            yield (*details["loc"][:-1], guess)


def _nearest_field(key: str, known: Sequence[str]) -> str:
    """The field that was probably meant by a key, in English or Chinese; empty where none is like it."""
    return meant.field(key, known) or closest(key, known)


def id_of(file: str) -> str:
    """The ID of the record that a file holds, by the file's place; nothing of a file that is no record of its own."""
    *folders, name = file.split("/")
    if name in {"_section.yaml", "_column.yaml"}:
        return folders[-1]
    return name.rsplit(".", 1)[0] if len(folders) > 1 else ""


def _problem(details: Any, form: type, value: Value, source: Source) -> Problem:
    path = _real_path(details["loc"], value)
    key = str(next((step for step in reversed(path) if isinstance(step, str)), ""))
    record = _nearest_record(value, path, source.file)
    kind = details["type"]
    given = details["input"]
    if given is None and kind != "missing" and (slip := _no_space_in_braces(source, path, record)):
        return slip
    if kind == "unexpected_keyword_argument":
        known = _fields(form, path[:-1])
        facts = {"key": str(path[-1]), "known": ", ".join(known), "guess": _nearest_field(str(path[-1]), known)}
        return Problem("unknown-key", locate(source, path, key=True), record, facts)
    if kind == "missing":
        return Problem(
            "missing-field", _record_place(source, value, path[:-1]), record, {"key": str(details["loc"][-1])}
        )
    place = locate(source, path)
    if given is None:
        where = locate(source, path, key=isinstance(path[-1], str) if path else False)
        if lost := _LOST.match(where.text, where.column - 1 + where.length):
            where = dataclasses.replace(where, column=lost.start("value") + 1, length=len(lost["value"]))
            return Problem("value-is-comment", where, record, {"key": key, "value": lost["value"]})
        return Problem("empty-value", where, record, {"key": key, "how": _way_out(form, path, value, source)})
    shown = str(given) if not isinstance(given, (dict, list)) else ""
    if kind in {"too_short", "string_too_short"} or given == "":
        return Problem("empty-value", place, record, {"key": key, "how": _way_out(form, path, value, source)})
    match kind:
        case "bad_id":
            return Problem("bad-id", place, record, {"key": key, "value": shown, "guess": meant.id(shown)})
        case "bad_date":
            return Problem("bad-date", place, record, {"value": shown, "guess": meant.day(shown)})
        case "bad_period":
            return Problem("bad-period", place, record, {"value": shown, "guess": meant.period(shown)})
        case "bad_duration":
            return Problem("bad-duration", place, record, {"value": shown, "guess": meant.duration(shown)})
        case "bad_sha256":
            facts = {"value": shown, "number": str(len(shown)), "guess": meant.sha256(shown)}
            return Problem("bad-sha256", place, record, facts)
        case "bad_address":
            return _bad_address(shown, place, record, "file" in _fields(form, path[:-1]))
        case "local_address":
            words = "@local-or-file" if "file" in _fields(form, path[:-1]) else "@local-in-yaml"
            return Problem("address-of-this-computer", place, record, {"value": shown, "words": words})
        case "bad_base_url":
            return Problem("bad-base-url", place, record, {"value": shown})
        case "stands_twice":
            index = details["ctx"]["index"]
            facts = {"value": str(given[index]), "key": key}
            return Problem("stands-twice", locate(source, [*path, index]), record, facts)
        case "literal_error":
            choices = [part.strip("'") for part in details["ctx"]["expected"].replace(" or ", ", ").split(", ")]
            facts = {"value": shown, "key": key, "known": ", ".join(choices)}
            facts["guess"] = meant.choice(shown, choices) or closest(shown, choices)
            return Problem("unknown-choice", place, record, facts)
    expected = _EXPECTED.get(kind)
    if expected:
        parts = _parts(given) if expected == "list" and isinstance(given, str) else []
        if parts and given.startswith("-") and not place.text[: place.column - 1].strip():
            return Problem("no-space-after-dash", place, record, {"mended": f"- {parts[0]}"})
        if expected == "record" and isinstance(given, str) and (slip := _one_field(given, form, path, place, record)):
            return slip
        written = _list_as_written(form, path, value)
        facts = {
            "key": key or "-",
            "expected": f"@{expected}",
            "example": f"`{_example(form, path, expected, written)}`",
            "found": _found(given),
            "written": written,
            "guess": meant.number(shown) if "number" in expected else "",
        }
        return Problem("wrong-type", place, record, facts)
    if kind in _BOUNDS:
        facts = {
            "key": key,
            "value": shown,
            "bound": f"@{_BOUNDS[kind]}",
            "limit": str(next(iter(details["ctx"].values()))),
        }
        return Problem("out-of-range", place, record, facts)
    if kind == "string_pattern_mismatch":
        right = str(example(field_at(form, path)[1]))
        return Problem("wrong-form", place, record, {"key": key, "value": shown, "example": right})
    return Problem("bad-value", place, record, {"key": key, "value": shown, "reason": str(details["msg"])})


def _bad_address(value: str, place: Place, record: str, may_be_file: bool) -> Problem:
    """What no address can hold is pointed at; else the address as a whole is wrong."""
    sign = re.search(r"[\s\\<>\"]|[。，、；]\Z", value) or NO_PART_OF_A_HOST.search(
        re.split(r"(?<![:/：／])[/?#]", value)[0]
    )
    if sign is None:
        facts = {"value": value, "or": "@or-file" if may_be_file else "", "guess": meant.web_address(value)}
        return Problem("bad-address", place, record, facts)
    at = place.text.find(value, place.column - 1)
    if at >= 0:
        place = dataclasses.replace(place, column=at + sign.start() + 1, length=1)
    value = value.rstrip("。，、；：！？ ")  # the end of a sentence, not of the address
    mended = (
        unicodedata.normalize("NFKC", value.replace("。", ".").replace("、", ","))
        .strip()
        .replace(" ", "%20")
        .replace("\\", "/")
    )
    facts = {
        "value": value,
        "sign": "@blank" if sign[0] == " " else f"U+{ord(sign[0]):04X}" if sign[0].isspace() else sign[0],
        "mended": mended,
    }
    return Problem("sign-in-address", place, record, facts)


_LOST = re.compile(r" *: +(?P<value>#[^\s#].*?)\s*\Z")
_OF_YAML = re.compile(r"(?: *: +)?[*&!][^\s,\]}]+ *(?:[,\]}#]|\Z)")
_KEY_AND_VALUE = re.compile(r"(?P<key>[A-Za-z][\w-]*):(?P<space>[\u3000\u00a0]*)(?P<value>(?!//).+)")
_FIELD_IN_TEXT = re.compile(r"(?P<key>[^\W\d][\w-]*)[ ]*(?P<colon>[：:])[ \u3000]*(?P<value>[^\s/].*)")
_EXPECTED = {
    "string_type": "text",
    "int_parsing": "whole-number",
    "int_type": "whole-number",
    "int_from_float": "whole-number",
    "float_parsing": "number",
    "float_type": "number",
    "finite_number": "number",
    "tuple_type": "list",
    "list_type": "list",
    "dict_type": "record",
    "dataclass_type": "record",
    "date_type": "date",
}
_BOUNDS = {"greater_than_equal": "at-least", "less_than_equal": "at-most"}


def _list_as_written(form: Any, path: list[Step], value: Value) -> str:
    """What an editor wrote for a list of plain texts or grades, in one line; empty where the field is none."""
    _, hint = field_at(form, path)
    if not holds(hint, str) and not holds(hint, Grade):
        return ""
    for step in path[:-1] if isinstance(path[-1], int) else path:
        value = value[step]
    items = value if isinstance(value, list) else [value]
    return ", ".join(items) if all(isinstance(item, str) for item in items) else ""


def _example(form: Any, path: list[Step], expected: str, written: str) -> str:
    """How a field may be written; a list of plain texts or grades is made of what the editor wrote."""
    key, hint = field_at(form, path)
    if written and holds(hint, Grade):
        grades = [str(grade) for grade in meant.grades(written)]
        if grades:
            return listed(key, grades, may_be_one=expected != "list" and not isinstance(path[-1], int))
    elif written and expected == "list":
        return listed(key, meant.items(written) or [written])
    return example_at(form, path, expected)


def listed(key: str, items: Sequence[str], *, may_be_one: bool = False) -> str:
    """A field that is a list, in one line.

    Args:
        key: its name.
        items: as they are to be written.
        may_be_one: the field may also hold one of them without brackets.
    """
    return f"{key}: {items[0]}" if may_be_one and len(items) == 1 else f"{key}: [{', '.join(items)}]"


def _parts(given: str) -> list[str]:
    """The items that were meant by a text in the place of a list; none where nothing shows that there are several."""
    parts = meant.items(given)
    return [] if parts == [given] else parts


def _no_space_in_braces(source: Source, path: list[Step], record: str) -> Problem | None:
    """In braces `{name:张伟}` is one key without a value; so it is with a space that only looks like one."""
    found = _KEY_AND_VALUE.match(path[-1]) if path and isinstance(path[-1], str) else None
    if found is None:
        return None
    place = locate(source, path, key=True)
    facts = {"mended": f"{found['key']}: {found['value']}"}
    if not found["space"]:
        return Problem("no-space-after-colon", place, record, facts)
    return Problem("wrong-space-after-colon", place, record, {**facts, "char": f"U+{ord(found['space'][0]):04X}"})


def _one_field(given: str, form: Any, path: list[Step], place: Place, record: str) -> Problem | None:
    """A record of one field that was read as a text, because of its colon: `- name：张三` or `- name:张三`."""
    found = _FIELD_IN_TEXT.match(given)
    known = _fields(form, path)
    key = found["key"] if found and found["key"] in known else _nearest_field(found["key"], known) if found else ""
    if found is None or not key:
        return None
    mended = f"{key}: {found['value']}"
    if path and isinstance(path[-1], str):
        mended = f"{path[-1]}: {{{mended}}}"
    at = place.text.find(found["colon"], place.column - 1)
    if at >= 0:
        place = dataclasses.replace(place, column=at + 1, length=1)
    code = "full-width-colon" if found["colon"] == "：" else "no-space-after-colon"
    return Problem(code, place, record, {"mended": mended})


def _way_out(form: Any, path: list[Step], value: Value, source: Source) -> str:
    """The phrase that says what may be done about a field without a value, so that nothing else is lost."""
    *way, last = path or [""]
    record = value
    for step in way:
        record = record[step]
    here = form_in(field_at(form, way)[1])
    if here is not None and last in required(here):
        return "@write-value"
    place = locate(source, path, key=isinstance(last, str))
    before = place.text[: place.column - 1]
    if not before.strip(" -"):
        holds_dash = isinstance(last, str) and "-" in before  # the one of its record, which may have other lines
        return "@write-value" if holds_dash and len(record) > 1 else "@or-delete-line"
    if len(record) == 1:
        return "@or-delete-line" if way and _way_out(form, way, value, source) == "@or-delete-line" else "@write-value"
    return "@or-delete-key" if isinstance(last, str) else "@or-delete-item"


def _found(given: Any) -> str:
    if isinstance(given, dict):
        return "@record"
    return "@list" if isinstance(given, list) else f"`{given}`"


def _real_path(loc: tuple[Step, ...], value: Value) -> list[Step]:
    """The steps of an error that are keys and indexes of the file; pydantic also names branches of unions."""
    path: list[Step] = []
    here = value
    for position, step in enumerate(loc):
        if isinstance(here, dict) and isinstance(step, str) and (step in here or position == len(loc) - 1):
            if step not in here and step in {"text", "by language", "list", "[key]", "int", "float"}:
                continue
            path.append(step)
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int):
            path.append(step)
            here = here[step] if step < len(here) else None
    return path


def _nearest_record(value: Value, path: list[Step], file: str) -> str:
    """The name of the innermost record round a place that has a title or an ID."""
    here, name = value, ""
    name = record_name(here, "" if isinstance(here, list) else id_of(file))
    for step in path:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(here, dict) and ("title" in here or "id" in here):
            name = record_name(here) or name
    return name


def _record_place(source: Source, value: Value, path: list[Step]) -> Place:
    """Where a record begins: its first key."""
    here = value
    for step in path:
        here = here[step]
    first = next(iter(here), None) if isinstance(here, dict) else None
    return locate(source, [*path, first], key=True) if first is not None else locate(source, path)


def _fields(form: Any, path: list[Step]) -> list[str]:
    """Names of the fields that the record at a path may have."""
    record = form_in(field_at(form, path)[1])
    return list(hints(record)) if record else []
