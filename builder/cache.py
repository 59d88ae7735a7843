"""What is kept of a site between builds, in `.cache/`: stamps and digests of its files, and the entries of its records.

Nothing here is needed, and nothing is believed that does not carry its seal: without it a build takes longer.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from builder.engine import engine
from builder.inputs import Inputs
from builder.sealed import read_sealed, write_sealed
from builder.stamps import is_sure

if TYPE_CHECKING:  # a build that finds nothing changed never loads these
    from builder.charts import ChartFile
    from builder.content.entries import Entry

T = TypeVar("T")


class Cache:
    """The cache of a site.

    Args:
        site: the site's folder.
        believed: whether what is there may be used.
        kept: whether what is new may be put there.
    """

    def __init__(self, site: Path, *, believed: bool = True, kept: bool = True):
        self._folder = site / ".cache"
        self._believed = believed
        self._is_kept = kept
        self._new: dict[str, object] = {}
        self.inputs = self._read("inputs", Inputs) or Inputs()

    def entries(self) -> dict[str, Entry]:
        """The entries that were kept, by file; which are still right the digests tell."""
        from builder.content.entries import KeptEntry, taken_out

        return {kept.file: taken_out(kept) for kept in self._read("entries", list[KeptEntry]) or ()}

    def keep_inputs(self, inputs: Inputs) -> None:
        """Keeps stamps and digests."""
        self._new["inputs"] = inputs

    def refresh(self, inputs: Inputs) -> None:
        """Notes stamps anew where some were too young to be believed."""
        if not all(is_sure(found.stamp, self.inputs.noted) for found in inputs.files.values()):
            self.keep_inputs(inputs)
            self.write()

    def keep_entries(self, entries: list[Entry]) -> None:
        """Keeps the entries of records without errors."""
        from builder.content.entries import put_away

        self._new["entries"] = [kept for entry in entries if (kept := put_away(entry)) is not None]

    def sizes(self) -> dict[str, tuple[int, int]]:
        """Width and height of pictures that have been opened, by digest."""
        return self._read("sizes", dict[str, tuple[int, int]]) or {}

    def keep_sizes(self, sizes: dict[str, tuple[int, int]]) -> None:
        """Keeps sizes of pictures."""
        if sizes != self.sizes():
            self._new["sizes"] = sizes

    def good_theme(self) -> str:
        """The digest of the theme that was checked last and found good."""
        return self._read("theme", str) or ""

    def keep_good_theme(self, digest: str) -> None:
        """Keeps the digest of a theme that is good."""
        if digest != self.good_theme():
            self._new["theme"] = digest

    def charts(self, key: str, draw: Callable[[], list[ChartFile]]) -> list[ChartFile]:
        """Charts, drawn where they are not kept.

        Args:
            key: a digest of what they show.
            draw: draws them.
        """
        from builder.charts import ChartFile

        kept = self._read("charts", tuple[str, list[ChartFile]])
        if kept is not None and kept[0] == key:
            return kept[1]
        charts = draw()
        self._new["charts"] = (key, charts)
        return charts

    def _read(self, name: str, kind: type[T]) -> T | None:
        return read_sealed(self._folder / name, kind, engine()) if self._believed else None

    def write(self) -> None:
        """Writes what is new, once the site has been found free of errors: a build that is refused leaves no traces."""
        with suppress(OSError):  # a folder that cannot be written to is no reason to stop
            for name, value in self._new.items() if self._is_kept else ():
                self._folder.mkdir(exist_ok=True)
                write_sealed(self._folder / name, value, engine())
