"""Interface strings of a theme in the site's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

String = Any  # str | list[str] | {"one": str, "other": str}


class Strings:
    """Strings by name, for templates as `t.name` and `t['family_' ~ name]`.

    Args:
        values: a text; a list of texts; or a map with `one` and `other`, from which the filter `fill` chooses.
    """

    __slots__ = ("_values",)

    def __init__(self, values: dict[str, String]):
        self._values = values

    def __getitem__(self, name: str) -> String:
        return self._values[name]

    def __getattr__(self, name: str) -> String:
        if name.startswith("__") or name == "_values":
            raise AttributeError(name)
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __getstate__(self) -> dict[str, String]:
        return self._values

    def __setstate__(self, values: dict[str, String]) -> None:
        self._values = values

    def as_dict(self) -> dict[str, String]:
        """All strings by name."""
        return self._values

    def list(self, name: str) -> list[str]:
        """A string that is a list."""
        value = self._values[name]
        assert isinstance(value, list)
        return value
