"""What a worker does: read files, make bundles, draw covers. Plain functions of plain data.

A record is read where its pages are made, and only its entry travels. A worker remembers what it has read, because most
often it is asked to make pages of it next; where it is another worker's, or where the memory is needed, the file is
read again. A process does one task at a time, however many threads it was given.
"""

from __future__ import annotations

import os
import pickle
import platform
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from builder.cache import records_path, sight_path
from builder.content.entries import Read, read_of
from builder.content.files import LARGE, Role, role_of
from builder.content.kept import KeptRecord, read_records, write_records
from builder.content.places import Places
from builder.content.reader import entry_of, read_file
from builder.content.records import Record
from builder.engine import engine
from builder.inputs import SETTINGS
from builder.media import Variant
from builder.output.files import files
from builder.output.staging import Made, stage
from builder.pages.context import Common, Context, Shared
from builder.pages.plan import Bundle, pages
from builder.problems import ChangedError
from builder.rendering.render import Renderer
from builder.rendering.theme import Theme
from builder.sealed import write_sealed
from builder.search import indexes
from builder.search.scripts import is_as_named
from builder.stamps import Stamp, stamp_of

MOST_REMEMBERED = 200_000_000  # bytes of files of remembered records; a record takes about three times as much


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Files to read: the site's folder, and pairs of role and path from there."""

    site: Path
    files: list[tuple[Role, str]]


@dataclass(frozen=True)
class Job:
    """What all bundles of a build are made with; packed once, however many tasks travel with it, and unpacked once.

    Args:
        site: the site's folder.
        staging: where files wait to be published.
        common: what all pages show.
        theme: to render with.
        language: to report problems in.
        templates: of the theme, as they have been compiled before, by name.
        cache: the folder where it is kept between builds what bundles are made of; nothing where it is not to be.
        believed: whether what is there may be used.
    """

    site: Path
    staging: Path
    common: Common
    theme: Theme
    language: str
    templates: dict[str, bytes]
    cache: Path | None
    believed: bool

    def __reduce__(self) -> tuple[Callable[[bytes], Job], tuple[bytes]]:
        return _unpacked, (self._packed,)

    @cached_property
    def _packed(self) -> bytes:
        """Without the bytes of the theme's assets, of which pages show only the addresses."""
        assets = {name: replace(asset, content=b"") for name, asset in self.theme.assets.items()}
        job = replace(self, theme=replace(self.theme, assets=assets))
        return pickle.dumps(tuple(getattr(job, field.name) for field in fields(job)))


@dataclass(frozen=True, slots=True)
class MakeTask:
    """Bundles to make.

    Args:
        job: that they belong to.
        bundles: to make.
        digests: of the files whose records they show in full.
        right: digests of what the output holds already, by address.
    """

    job: Job
    bundles: list[Bundle]
    digests: dict[str, str]
    right: dict[str, str]


class MakeDone(NamedTuple):
    """What was made.

    Args:
        made: pairs of a bundle's name and its files.
        compiled: the templates that had to be compiled for them, by name.
    """

    made: list[tuple[str, list[Made]]]
    compiled: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class DrawTask:
    """Covers to draw: the site's folder, where they wait, what of each, and whether earlier drawings may be taken."""

    site: Path
    staging: Path
    covers: list[list[Variant]]
    cached: bool


@dataclass(frozen=True, slots=True)
class IndexTask:
    """An index to make of the texts of a pack.

    Args:
        staging: where files wait to be published.
        name: of the pack.
        texts: addresses of its files of texts, each with the folder that it lies in.
        right: digests of what the output holds already, by address.
    """

    staging: Path
    name: str
    texts: list[tuple[str, Path]]
    right: dict[str, str]


class Introduction(NamedTuple):
    """What must be the same for all who make a site together.

    Args:
        machine: the name of the worker's machine; may differ.
        program: digest of the program, Python and the libraries, and of how pictures are made.
        settings: stamp of `site.yaml`, which a copy of the site's folder does not have; nothing where it is missing.
    """

    machine: str
    program: str
    settings: Stamp | None


def introduce(site: Path) -> Introduction:
    """Says who works here, on what. What is remembered of earlier sites is forgotten."""
    from builder.pictures import RECIPE  # with Pillow, which takes long to load

    with _alone:
        forget()
        try:
            with (site / SETTINGS).open("rb") as settings:  # opened, so that a network's file system looks anew
                stamp = stamp_of(os.fstat(settings.fileno()))._replace(inode=0)  # which each machine may number anew
        except OSError:
            stamp = None
        return Introduction(platform.node(), f"{engine()} {RECIPE}", stamp)


def read(task: ReadTask) -> list[Read]:
    """Reads files; their records are remembered for the bundles to come."""
    with _alone:
        places = Places(task.site)
        records = (_read(task.site, role, file) for role, file in task.files)
        return [read_of(record.digest, entry_of(record, places)) for record in records]


def make(task: MakeTask) -> MakeDone:
    """Makes bundles and stages their files.

    Raises:
        ContentError: a template asks for something that is not there.
        ChangedError: a file is no longer what it was.
        StagingError: the folder where files wait is not there.
    """
    with _alone:
        renderer = _renderer(task.job.theme, task.job.language, task.job.templates)
        shared = _shared(task.job.common)
        made = [(bundle.name, _make(task, bundle, shared, renderer)) for bundle in task.bundles]
        return MakeDone(made, renderer.take_compiled())


def draw(task: DrawTask) -> list[Made]:
    """Draws covers and stages them.

    Raises:
        ChangedError: a picture is no longer what it was.
        StagingError: the folder where files wait is not there.
    """
    from builder.pictures import drawn  # with Pillow, which takes long to load

    with _alone:
        return [
            stage(task.staging, variant.address, content, {})
            for variants in task.covers
            for variant, content in zip(variants, drawn(task.site, variants, cached=task.cached), strict=True)
        ]


def index(task: IndexTask) -> tuple[str, list[Made]]:
    """Makes an index and stages its files.

    Returns:
        The name of the pack, and the files.

    Raises:
        ChangedError: a file of texts is no longer what was published.
        StagingError: the folder where files wait is not there.
    """
    with _alone:
        texts = ((address, published(folder, address)) for address, folder in task.texts)
        return task.name, [
            stage(task.staging, address, content, task.right) for address, content in indexes.files(task.name, texts)
        ]


def published(folder: Path, address: str) -> bytes:
    """What has been published, or waits for it, under a name that tells what it holds.

    Args:
        folder: the output, or that where files wait.
        address: of the file.

    Raises:
        ChangedError: it is not there, or no longer what it was.
    """
    try:
        content = (folder / address).read_bytes()
    except FileNotFoundError as error:
        raise ChangedError(str(folder / address)) from error
    if not is_as_named(address, content):
        raise ChangedError(str(folder / address))
    return content


def _make(task: MakeTask, bundle: Bundle, shared: Shared, renderer: Renderer) -> list[Made]:
    records = _records(task.job, bundle, task.digests)
    context, staging, right = Context(shared, bundle.sight), task.job.staging, task.right
    made = [stage(staging, page.address, renderer.render(page), right) for page in pages(context, bundle, records)]
    made += [stage(staging, address, content, right) for address, content in files(context, bundle, records)]
    return made


class _Memory:
    """The records that this process has read, by file, and what it used last to make pages."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.records: dict[str, Record] = {}
        self.bytes = 0
        self.renderer: tuple[str, Renderer] | None = None
        self.shared: tuple[bytes, Shared] | None = None
        self.job: tuple[bytes, Job] | None = None


_memory = _Memory()
_alone = threading.Lock()


def _read(site: Path, role: Role, file: str) -> Record:
    record = read_file(site, role, file)
    if role in LARGE and _memory.bytes + record.bytes <= MOST_REMEMBERED:
        _take_out(file)
        _memory.records[file] = record
        _memory.bytes += record.bytes
    return record


def _take_out(file: str) -> Record | None:
    """A record that is remembered, from now on no more."""
    record = _memory.records.pop(file, None)
    if record is not None:
        _memory.bytes -= record.bytes
    return record


def forget() -> None:
    """Forgets all that this process remembers of earlier tasks, so that it begins as a new one would."""
    _memory.clear()


def _records(job: Job, bundle: Bundle, digests: Mapping[str, str]) -> list[Any]:
    """The records of a bundle in full: as this process has just read them, as they were kept, or read now.

    They are kept for the next build, and with them what the bundle sees.
    """
    here = {file: record for file in bundle.files if (record := _take_out(file)) is not None}
    folder = job.cache if bundle.kind in {"column", "textbook"} else None
    known: dict[str, KeptRecord] = {}
    if folder is not None and job.believed and len(here) < len(bundle.files):
        known = read_records(records_path(folder, bundle.name), engine())
    records: dict[str, KeptRecord] = {}
    for file in bundle.files:
        wanted = digests[file]
        if file in here and here[file].digest == wanted:
            records[file] = wanted, here[file].value
        elif file in known and known[file][0] == wanted:
            records[file] = known[file]
        else:
            records[file] = wanted, _read_again(job.site, file, wanted)
    if folder is not None:
        with suppress(OSError):  # a folder that cannot be written to is no reason to stop
            write_sealed(sight_path(folder, bundle.name), bundle.sight, engine(), durable=False)
            if records.keys() != known.keys() or any(records[file] is not known[file] for file in records):
                write_records(records_path(folder, bundle.name), records, engine())
    return [record for _, record in records.values()]


def _read_again(site: Path, file: str, wanted: str) -> Any:
    role = role_of(file)
    assert role is not None
    record = read_file(site, role, file)
    if record.digest != wanted:
        raise ChangedError(file)
    return record.value


def _unpacked(packed: bytes) -> Job:
    """A job; the one of the last task, where it is the same."""
    if _memory.job is None or _memory.job[0] != packed:
        _memory.job = packed, Job(*pickle.loads(packed))
    return _memory.job[1]


def _renderer(theme: Theme, language: str, known: dict[str, bytes]) -> Renderer:
    key = f"{language} {theme.digest}"
    if _memory.renderer is None or _memory.renderer[0] != key:
        _memory.renderer = key, Renderer(theme, language, known)
    return _memory.renderer[1]


def _shared(common: Common) -> Shared:
    key = msgspec.msgpack.encode(common)  # equal objects would do, but that the order of their maps counts
    if _memory.shared is None or _memory.shared[0] != key:
        _memory.shared = key, Shared(common)
    return _memory.shared[1]
