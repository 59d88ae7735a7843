"""The texts by language of a form, wherever it holds them."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import Tag

from builder.reading.repair import Steps
from builder.reading.yaml import Step

_BY_LANGUAGE = Tag("by language")  # of the branch of `Localised` that is a map


@dataclasses.dataclass(frozen=True, slots=True)
class ByLanguage:
    """A text that an editor wrote in several languages.

    Args:
        texts: by BCP 47 tag.
        path: keys and indexes from the top of the file.
        record: the innermost form round it that has an ID of its own; the outermost one where none has.
    """

    texts: dict[str, str]
    path: Steps
    record: Any


def texts_by_language(form: Any, path: Steps = ()) -> list[ByLanguage]:
    """Finds every text by language in a form and the forms inside it.

    Args:
        form: of `fields.form`.
        path: where it stands in its file.
    """
    found: list[ByLanguage] = []
    _find(form, path, form, found)
    return found


def _find(form: Any, path: tuple[Step, ...], record: Any, found: list[ByLanguage]) -> None:
    for name in _fields(form.__class__):
        value = getattr(form, name)
        if value is None or value.__class__ is str:
            continue
        here = (*path, name.rstrip("_"))
        if isinstance(value, dict):
            found.append(ByLanguage(value, here, record))
        elif isinstance(value, tuple):
            for index, part in enumerate(value):
                _find(part, (*here, index), part if hasattr(part, "id") else record, found)
        else:
            _find(value, here, record, found)


@cache
def _fields(form: type) -> tuple[str, ...]:
    """Names of a form's fields that are texts by language or lead to such: a form without them costs nothing."""
    hints = get_type_hints(form, include_extras=True)
    return tuple(field.name for field in dataclasses.fields(form) if _leads_to_text(hints[field.name]))


def _leads_to_text(hint: Any) -> bool:
    if dataclasses.is_dataclass(hint):
        return bool(_fields(hint))  # type: ignore[arg-type]
    if get_origin(hint) is not Annotated:
        return any(_leads_to_text(part) for part in get_args(hint))
    return _BY_LANGUAGE in hint.__metadata__ or _leads_to_text(hint.__origin__)
