"""A form with mistakes, filled in as far as it goes, so that what is right in it can be checked in the same run.

What is wrong is left out, or, where the form needs a value, replaced by a stand-in. The paths of both are remembered:
nothing more is said of them. A site with such a form is never built.
"""

from __future__ import annotations

import copy
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from builder.reading.yaml import Step, Value

Steps = tuple[Step, ...]
RealPath = Callable[[tuple[Step, ...], Value], list[Step]]

# Together these suit every kind of field that a form requires: text, ID, date, number, address, choice, list, record.
_STAND_INS: tuple[Any, ...] = (
    "",  # gives way to a word of its own for each value, so that no two are ever equal
    "2000-01-01",
    "1",
    "https://stand-in.example/",
    "list",
    "other",
    "gone",
    [],
    {},
)


_WORD = re.compile(r"stand-in-[0-9a-f]{8}")


def is_stand_in(text: object) -> bool:
    """Whether a text stands in for one that an editor has to write, so that it must not be shown."""
    return isinstance(text, str) and _WORD.fullmatch(text) is not None


def _stand_in(number: int, file: str, path: Steps) -> Any:
    return _STAND_INS[number] if number else f"stand-in-{zlib.crc32(repr((file, path)).encode()):08x}"


@dataclass(frozen=True, slots=True)
class Repaired:
    """A form and the paths of what is not as the editor wrote it."""

    form: Any
    mended: frozenset[Steps]


def repair(adapter: TypeAdapter[Any], value: Value, real_path: RealPath, file: str) -> Repaired | None:
    """Fills in a form as far as its values are right.

    Args:
        adapter: the form's validator.
        value: what the YAML holds; it is not changed.
        real_path: steps of an error that are keys and indexes of the value.
        file: where the value stands; stand-ins of different places differ.

    Returns:
        The form, or nothing where even stand-ins do not help.
    """
    value = copy.deepcopy(value)
    tried: dict[Steps, int] = {}
    for _ in range(len(_STAND_INS) + 2):
        try:
            return Repaired(adapter.validate_python(value), frozenset(tried))
        except ValidationError as error:
            faults = {}
            for details in error.errors(include_url=False, include_context=False):
                path = tuple(real_path(details["loc"], value))
                if details["type"] == "missing":
                    path = (*path, str(details["loc"][-1])) if path[-1:] != (details["loc"][-1],) else path
                faults[path] = details["type"]
        for path, kind in sorted(faults.items(), key=lambda fault: str(fault[0]), reverse=True):
            if not path or not _set(value, path, kind, tried.get(path, -1), file):
                return None
            tried[path] = tried.get(path, -1) + 1
    return None


def _set(value: Value, path: Steps, kind: str, tried: int, file: str) -> bool:
    """Takes a faulty value away the first time; puts the next stand-in in its place after that."""
    *way, last = path
    here = value
    for step in way:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return False
    if tried + 1 > len(_STAND_INS):
        return False
    if isinstance(here, dict) and tried < 0 and kind != "missing":
        here.pop(last, None)
    elif isinstance(here, dict) and isinstance(last, str):
        here[last] = _stand_in(max(0, tried), file, path)
    elif isinstance(here, list) and isinstance(last, int) and last < len(here):
        here[last] = _stand_in(tried + 1, file, path)
    else:
        return False
    return True
