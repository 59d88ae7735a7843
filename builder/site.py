"""A site as it lies in its folder, read, linked and checked: all that a build and `check` want of the editors."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass

import msgspec

from builder.cache import Cache
from builder.charts import ChartFile, draw_charts
from builder.content.catalogue import Catalogue
from builder.content.entries import Entry, Read, say_the_same
from builder.content.files import Files, Role, find_files
from builder.content.places import Places
from builder.content.reader import link
from builder.crew import Crew, local_crew
from builder.digest import digest
from builder.dispatch import introduced, read_entries
from builder.inputs import SETTINGS, Inputs, check_stamps, measured, scan, with_digests
from builder.media import Media, find_media
from builder.options import Options
from builder.pages.directory import Directory, make_directory
from builder.problems import ChangedError, ContentError, Problem, count
from builder.rendering.theme import Theme, read_theme
from builder.reporter import Reporter, Silent
from builder.settings import Settings, read_settings

WORTH_A_WORKER = 1_000_000  # bytes of content that take as long to read as a second process takes to start


@dataclass(frozen=True, slots=True)
class Checked:
    """A site that has been read and found free of errors.

    Args:
        settings: of the site.
        theme: with all that it inherits.
        catalogue: all that is published.
        media: files that records name.
        directory: every address.
        inputs: all files that it was read from.
        homes: the worker that has read a file.
        problems: warnings.
        language: to report problems in.
    """

    settings: Settings
    theme: Theme
    catalogue: Catalogue
    media: Media
    directory: Directory
    inputs: Inputs
    homes: dict[str, int]
    problems: list[Problem]
    language: str


def read(options: Options, cache: Cache, inputs: Inputs, stack: ExitStack, reporter: Reporter) -> tuple[Checked, Crew]:
    """Reads a site and checks everything that a build would refuse.

    Args:
        options: which site, and for which day.
        cache: what was kept of it; what is new is kept there.
        inputs: its files.
        stack: ends the crew.
        reporter: hears how many files have been read.

    Returns:
        The site, and the crew that has read it.

    Raises:
        ContentError: there are errors.
        ChangedError: a file was saved while the site was read.
    """
    settings, language, problems = settings_of(options, cache, inputs)
    if settings is None:
        raise ContentError(problems, language)
    files, found = _files(options, cache, inputs)
    problems = problems + found
    entries, digests, homes, crew = _entries(options, cache, inputs, files, stack, reporter)
    inputs = with_digests(inputs, digests)
    cache.keep_inputs(inputs)
    theme, found = _theme(options, cache, inputs, settings)
    problems += found
    linked = _linked(options, cache, inputs, files, entries, settings)
    problems += linked.problems
    if linked.catalogue is None or theme is None or count(problems, "error"):
        raise ContentError(problems, language)
    check_stamps(options.site, inputs)
    media, directory = linked.media, linked.directory
    return Checked(settings, theme, linked.catalogue, media, directory, inputs, homes, problems, language), crew


def check(options: Options, reporter: Reporter | None = None) -> Checked:
    """Reads a site and checks everything that a build would refuse.

    Args:
        options: which site, and for which day.
        reporter: hears how many files have been read.

    Raises:
        ContentError: there are errors.
    """
    cache = Cache(options.site)
    with ExitStack() as stack:
        return read(options, cache, scan(options.site, cache.inputs), stack, reporter or Silent())[0]


def charts_of(site: Checked, cache: Cache) -> list[ChartFile]:
    """The charts of a site's figures, drawn where they are not kept."""
    figures, strings = site.catalogue.figures, site.theme.strings
    key = digest(msgspec.msgpack.encode((figures, strings.as_dict())))
    return cache.charts(key, lambda: draw_charts(figures, strings))


def hire(options: Options, work: int, stack: ExitStack, crew: Crew | None = None) -> Crew:
    """A crew for some work.

    Args:
        options: how many may work, or who does.
        work: in bytes of content, or what takes as long.
        stack: ends the crew.
        crew: that is there already; it goes on where it is large enough.

    Raises:
        UnfitCrewError: the crew that was asked for cannot make this site.
    """
    if options.crew is not None:
        return crew or introduced(options.site, stack.enter_context(options.crew()))
    jobs = options.jobs or min(os.cpu_count() or 1, 1 + work // WORTH_A_WORKER)
    if crew is not None and len(crew) >= jobs:
        return crew
    if crew is not None:
        crew.dismiss()
    return stack.enter_context(local_crew(jobs))


def settings_of(options: Options, cache: Cache, inputs: Inputs) -> tuple[Settings | None, str, list[Problem]]:
    """The settings of a site, as `read_settings` gives them."""
    return cache.recall("settings", (inputs.files.get(SETTINGS),), lambda: read_settings(options.site))


def _files(options: Options, cache: Cache, inputs: Inputs) -> tuple[Files, list[Problem]]:
    """What each file of the content is, by its name; of links and captions more is asked than the name."""
    site = options.site
    looked_into = [found for file, found in inputs.files.items() if found.stamp.size < 0 or file[-4:] == ".vtt"]
    return cache.recall(
        "files",
        (list(inputs.files), looked_into, (site / "content").is_dir()),
        lambda: find_files(site, {file: found.stamp for file, found in inputs.files.items()}),
    )


def _entries(
    options: Options, cache: Cache, inputs: Inputs, files: Files, stack: ExitStack, reporter: Reporter
) -> tuple[list[Entry], dict[str, str], dict[str, int], Crew]:
    """The entries of all files in their order, those that are still right from the cache; and of the others, which have
    been read: the digests, and the worker that has read each. One that says what it said before is the one it was."""
    kept = cache.entries()
    wanted: list[tuple[Role, str]] = []
    for role, file in files.records:
        known, found = kept.get(file), inputs.files.get(file)
        if known is None or found is None or not found.digest or known.digest != found.digest:
            wanted.append((role, file))
    crew = hire(options, sum(files.sizes[file] for _, file in wanted), stack)
    read_now, homes = read_entries(options.site, files, wanted, crew, reporter)
    for file, read in read_now.items():
        known, found = kept.get(file), inputs.files.get(file)
        if read.digest and found is not None and found.digest not in {"", read.digest}:
            raise ChangedError(file)
        if known is not None and say_the_same(known.entry, read.entry):
            read_now[file] = Read(read.digest, known.entry)
    entries = {file: read_now.get(file) or kept[file] for _, file in files.records}
    are_others = any(role in {"resource", "textbook"} for role, _ in wanted) or len(kept) > len(entries)
    cache.keep_entries(entries, are_others=are_others)
    digests = {file: read.digest for file, read in read_now.items()}
    return [read.entry for read in entries.values()], digests, homes, crew


def _theme(options: Options, cache: Cache, inputs: Inputs, settings: Settings) -> tuple[Theme | None, list[Problem]]:
    def make() -> tuple[Theme | None, list[Problem]]:
        theme, problems = read_theme(options.site, settings, cache.good_theme())
        if theme is not None and not problems:
            cache.keep_good_theme(theme.digest)
        return theme, problems

    own = [found for file, found in inputs.files.items() if file[:6] == "themes"]
    return cache.recall("theme", (settings, own), make)


@dataclass(frozen=True, slots=True)
class _Linked:
    """The content of a site, linked and checked.

    Args:
        catalogue: nothing where it could not be linked.
        media: files that records name.
        directory: every address.
        problems: those of the entries too.
        placed: digests of the files in which linking has found problems, since it says where they stand there.
    """

    catalogue: Catalogue | None
    media: Media
    directory: Directory
    problems: list[Problem]
    placed: dict[str, str]


def _linked(
    options: Options, cache: Cache, inputs: Inputs, files: Files, entries: list[Entry], settings: Settings
) -> _Linked:
    def is_right(linked: _Linked) -> bool:
        digests = {file: _digest(inputs, file) for file in linked.placed}
        return digests == linked.placed and not count(linked.problems, "error")

    attachments = [inputs.files.get(file) for file in files.attachments]
    made_of = (files, entries, settings, attachments, options.today, options.drafts)
    return cache.recall("linked", made_of, lambda: _link(options, cache, inputs, files, entries, settings), is_right)


def _link(
    options: Options, cache: Cache, inputs: Inputs, files: Files, entries: list[Entry], settings: Settings
) -> _Linked:
    catalogue, problems = link(
        options.site, measured(files, inputs), entries, settings, options.today, drafts=options.drafts
    )
    media, directory = Media({}, {}, {}), Directory()
    if catalogue is not None and settings.language in catalogue.vocabulary.languages:
        media, found = find_media(options.site, catalogue, inputs, Places(options.site), cache.sizes())
        cache.keep_sizes(media.sizes)
        problems += found
        directory, found = make_directory(catalogue, settings.page_size, media, Places(options.site))
        problems += found
    else:
        catalogue = None
    own = {id(problem) for entry in entries for problem in (*entry.problems, *entry.findings)}
    places = (place for one in problems if id(one) not in own for place in (one.place, *one.others))
    return _Linked(catalogue, media, directory, problems, {place.file: _digest(inputs, place.file) for place in places})


def _digest(inputs: Inputs, file: str) -> str:
    found = inputs.files.get(file)
    return found.digest if found is not None else ""
