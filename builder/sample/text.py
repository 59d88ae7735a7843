"""YAML in the canonical style of the catalogue: two spaces a level, quotes only where they are needed."""

from __future__ import annotations

import re

_NEEDS_QUOTES = re.compile(r"[\s#&*!|>%@`\"'{}\[\],?-]|\Z|[\d.+:-]+\Z|(?i:null|true|false|yes|no|on|off|~)\Z")
_INNER = re.compile(r": |:\Z| #|\s\Z")


def scalar(text: str) -> str:
    """A text as a YAML scalar on one line."""
    if _NEEDS_QUOTES.match(text) or _INNER.search(text):
        return "'" + text.replace("'", "''") + "'"
    return text


def by_language(key: str, texts: dict[str, str], indent: str = "") -> str:
    """A key whose value is a text by language."""
    lines = "".join(f"{indent}  {language}: {scalar(text)}\n" for language, text in texts.items())
    return f"{indent}{key}:\n{lines}"


def listed(key: str, values: list[str], indent: str = "") -> str:
    """A key whose value is a list of texts; nothing where the list is empty."""
    if not values:
        return ""
    return f"{indent}{key}:\n" + "".join(f"{indent}  - {scalar(value)}\n" for value in values)
