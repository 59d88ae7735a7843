"""What is kept of a site between builds, in `.cache/`: stamps and digests of its files, and the entries of its records.

Nothing here is needed, and nothing is believed that does not carry its seal: without it a build takes longer.

A process that builds time and again, as the preview does, keeps one cache, which has all this at hand and recalls what
was made of it: settings, list of files, theme. Nothing is recalled but what was made of the very same things.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from operator import is_
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Raw

from builder.digest import digest
from builder.engine import engine
from builder.inputs import Inputs
from builder.sealed import read_sealed, write_sealed
from builder.stamps import is_sure

if TYPE_CHECKING:  # a build that finds nothing changed never loads these
    from builder.blueprint import Blueprint, Outline
    from builder.charts import ChartFile
    from builder.content.entries import Entry
    from builder.media import Looked
    from builder.pages.context import Sight
    from builder.pages.plan import Bundle

T = TypeVar("T")
RECORDS, SIGHTS = "records", "sights"  # folders with a file for each bundle
PICTURES = "pictures"  # the folder of drawn covers
PICTURES_STAY = 30 * 24 * 3600  # seconds after they were drawn


class Cache:
    """The cache of a site, on the disk and, for as long as it lives, in memory.

    Args:
        site: the site's folder.
        believed: whether what is there may be used.
        lasting: whether what is new is put there.
    """

    def __init__(self, site: Path, *, believed: bool = True, lasting: bool = True):
        self._folder = site / ".cache"
        self._believed = believed
        self._is_lasting = lasting
        self._known: dict[str, Any] = {}
        self._new: dict[str, object] = {}
        self._made: dict[str, tuple[tuple[object, ...], Any]] = {}
        self._taken_out: dict[str, Entry] = {}
        self._sights: dict[str, Sight] = {}
        self._sweep()
        self.inputs = self._read("inputs", Inputs) or Inputs()

    def recall(self, name: str, of: tuple[object, ...], make: Callable[[], T]) -> T:
        """What was made of the same things the last time in this process; where that was of others, it is made now.

        Things are the same that are one object, for what is frozen never changes; so are equal texts, numbers and days,
        and lists whose items are the same.

        Args:
            name: of what is made.
            of: everything that it is made of.
            make: makes it.
        """
        former = self._made.get(name)
        if former is not None and _are_same(former[0], of):
            return former[1]  # type: ignore[no-any-return]
        made = make()
        self._made[name] = of, made
        return made

    def entries(self) -> dict[str, Raw]:
        """The entries that are kept, by digest, as they lie on the disk."""
        if "entries" not in self._known:
            kept = read_sealed(self._folder / "entries", dict[str, Raw], engine()) if self._believed else None
            self._known["entries"] = kept or {}
        return self._known["entries"]  # type: ignore[no-any-return]

    def entry(self, digest: str) -> Entry:
        """An entry that is kept; what has been taken out once is at hand."""
        from builder.content.entries import taken_out

        entry = self._taken_out.get(digest)
        if entry is None:
            entry = self._taken_out[digest] = taken_out(self.entries()[digest])
        return entry

    def keep_entries(self, entries: dict[str, Raw]) -> None:
        """Keeps entries, by digest, and no others."""
        for gone in self._taken_out.keys() - entries.keys():
            del self._taken_out[gone]
        if entries.keys() != self.entries().keys():
            self._known["entries"] = entries
            self._new["entries"] = entries

    def blueprint(self, made_of: str, inputs: Inputs) -> Blueprint | None:
        """The blueprint that is kept, if it still holds.

        Args:
            made_of: the digest of what one would be worked out from.
            inputs: the site's files.
        """
        from builder.blueprint import Blueprint

        kept = self._read("blueprint", Blueprint)
        return kept if kept is not None and kept.holds(made_of, inputs) else None

    def keep_blueprint(self, blueprint: Blueprint, bundles: Iterable[Bundle]) -> None:
        """Keeps a blueprint, and at hand what its bundles see."""
        self._sights = {bundle.name: bundle.sight for bundle in bundles}
        self._keep("blueprint", blueprint)

    def bundles(self, outlines: Iterable[Outline]) -> list[Bundle]:
        """Bundles of the blueprint that is kept, up to the first of which it is not known what it sees."""
        bundles = []
        for outline in outlines:
            sight = self._sights.get(outline.name) or self._sight(outline)
            if sight is None:
                break
            bundles.append(outline.bundle(sight))
        return bundles

    def _sight(self, outline: Outline) -> Sight | None:
        from builder.blueprint import seen_by
        from builder.pages.context import Sight

        sight = read_sealed(sight_path(self._folder, outline.name), Sight, engine()) if self._believed else None
        return sight if sight is not None and seen_by(sight) == outline.seen else None

    def keep_inputs(self, inputs: Inputs) -> None:
        """Keeps stamps and digests."""
        self.inputs = inputs
        self._new["inputs"] = inputs

    def refresh(self, inputs: Inputs) -> None:
        """Notes stamps anew where some were too young to be believed."""
        if not all(is_sure(found.stamp, self.inputs.noted) for found in inputs.files.values()):
            self.keep_inputs(inputs)
            self.write()

    def looked(self) -> Looked:
        """What was found in files that records name."""
        from builder.media import Looked

        return self._read("looked", Looked) or Looked()

    def keep_looked(self, looked: Looked) -> None:
        """Keeps what was found in files that records name."""
        if looked != self.looked():
            self._keep("looked", looked)

    @property
    def of_bundles(self) -> Path | None:
        """The folder of what workers keep of each bundle, if they are to keep anything."""
        return self._folder if self._is_lasting else None

    def keep_only(self, names: Iterable[str]) -> None:
        """Throws away what is kept of all but some bundles, given by their names."""
        if not self._is_lasting:
            return
        wanted = {digest(name.encode()) for name in names}
        for folder in (RECORDS, SIGHTS):
            with suppress(OSError):
                for path in list((self._folder / folder).iterdir()):
                    if path.name not in wanted:
                        path.unlink()

    def keep_pictures(self, addresses: Iterable[str]) -> None:
        """Throws away drawn covers that the site has no more, unless they are new: drafts may have them still.

        Args:
            addresses: of the covers that it has.
        """
        if not self._is_lasting:
            return
        folder = self._folder / PICTURES
        wanted = {folder / address.removeprefix("assets/") for address in addresses}
        former = time.time() - PICTURES_STAY
        with suppress(OSError):
            for path in [path for path in folder.rglob("*") if path not in wanted]:
                if path.is_file() and path.stat().st_mtime < former:
                    path.unlink()

    def good_theme(self) -> str:
        """The digest of the theme that was checked last and found good."""
        return self._read("theme", str) or ""

    def keep_good_theme(self, digest: str) -> None:
        """Keeps the digest of a theme that is good."""
        if digest != self.good_theme():
            self._keep("theme", digest)

    def templates(self, theme: str) -> dict[str, bytes]:
        """The templates of a theme as they were compiled, by name, as far as they are kept.

        Args:
            theme: its digest, which is also of all that is put into templates when they are compiled.
        """
        kept = self._read("templates", tuple[str, dict[str, bytes]])
        return dict(kept[1]) if kept is not None and kept[0] == theme else {}

    def keep_templates(self, theme: str, templates: dict[str, bytes]) -> None:
        """Keeps the compiled templates of a theme."""
        if templates != self.templates(theme):
            self._keep("templates", (theme, templates))

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
        self._keep("charts", (key, charts))
        return charts

    def write(self) -> None:
        """Writes what is new, once the site has been found free of errors: a build that is refused leaves no traces."""
        new, self._new = self._new, {}
        if not self._is_lasting:
            return
        for name, value in new.items():
            with suppress(OSError, ValueError):  # what cannot be written, or not as it is, is no reason to stop
                write_sealed(self._folder / name, value, engine())

    def _sweep(self) -> None:
        """Removes what a build that was killed has begun to write here."""
        if not self._is_lasting:
            return
        with suppress(OSError):
            for path in list(self._folder.glob("*.new")):
                path.unlink()

    def _read(self, name: str, kind: type[T]) -> T | None:
        if name not in self._known and self._believed:
            self._known[name] = read_sealed(self._folder / name, kind, engine())
        return self._known.get(name)

    def _keep(self, name: str, value: object) -> None:
        self._known[name] = value
        self._new[name] = value


def _are_same(one: object, other: object) -> bool:
    if one is other:
        return True
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and (all(map(is_, one, other)) or all(map(_are_same, one, other)))
    return isinstance(one, (str, int, date)) and one.__class__ is other.__class__ and one == other


def records_path(folder: Path, bundle: str) -> Path:
    """Where the records of a bundle, given by its name, are kept in full."""
    return folder / RECORDS / digest(bundle.encode())


def sight_path(folder: Path, bundle: str) -> Path:
    """Where it is kept what a bundle, given by its name, sees."""
    return folder / SIGHTS / digest(bundle.encode())
