"""Where a value of a record stands: a file is read again only to show a mistake in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from builder.content.passages import place_in_text
from builder.content.prose import Target
from builder.content.records import source_of
from builder.problems import Place
from builder.reading.source import Source, decode, split_front_matter
from builder.reading.yaml import Step, locate


class Places:
    """Finds places in the content of a site.

    Args:
        site: the site's folder.
    """

    def __init__(self, site: Path):
        self._site = site
        self._source = lru_cache(maxsize=16)(self._read)

    def of(self, file: str, path: Sequence[Step] = (), *, key: bool = False) -> Place:
        """The place of a value.

        Args:
            file: path from the site's folder.
            path: keys and indexes from the top of its YAML.
            key: the key rather than the value.
        """
        source = self._source(file)
        return locate(source, path, key=key) if source and path else Place(file)

    def in_text(self, file: str, target: Target) -> Place:
        """The place of what a link or picture of a Markdown body leads to."""
        source, _ = decode(file, (self._site / file).read_bytes())
        parts = split_front_matter(source) if source else None
        if source is None or parts is None or not isinstance(parts, tuple):
            return Place(file)
        _, body, first = parts
        first += len(body) - len(body.lstrip("\n")) + target.line
        return place_in_text(source, first, target.turn, target.shown, target.href)

    def _read(self, file: str) -> Source | None:
        return source_of(file, (self._site / file).read_bytes())
