"""A site as it lies in its folder, read, linked and checked: all that a build and `check` want of the editors."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass

import msgspec

from builder.cache import Cache
from builder.charts import ChartFile, draw_charts
from builder.content.catalogue import Catalogue
from builder.content.entries import Entry
from builder.content.files import Files, Role, find_files
from builder.content.places import Places
from builder.content.reader import link
from builder.crew import Crew, local_crew
from builder.digest import digest
from builder.dispatch import read_entries
from builder.inputs import Inputs, scan, with_digests
from builder.media import Media, find_media
from builder.options import Options
from builder.pages.directory import Directory, make_directory
from builder.problems import ContentError, Problem, count
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
    """
    settings, language, problems = read_settings(options.site)
    if settings is None:
        raise ContentError(problems, language)
    files, found = find_files(options.site)
    problems += found
    entries, homes, crew = _entries(options, cache, inputs, files, stack, reporter)
    inputs = with_digests(inputs, {entry.file: entry.digest for entry in entries})
    cache.keep_inputs(inputs)
    theme, found = read_theme(options.site, settings, cache.good_theme())
    if theme is not None and not found:
        cache.keep_good_theme(theme.digest)
    problems += found
    catalogue, found = link(options.site, files, entries, settings, options.today, drafts=options.drafts)
    problems += found
    if catalogue is None or settings.language not in catalogue.vocabulary.languages:
        raise ContentError(problems, language)
    media, found = find_media(options.site, catalogue, inputs, Places(options.site), cache.sizes())
    cache.keep_sizes(media.sizes)
    problems += found
    directory, found = make_directory(catalogue, settings.page_size, media, Places(options.site))
    problems += found
    if theme is None or count(problems, "error"):
        raise ContentError(problems, language)
    return Checked(settings, theme, catalogue, media, directory, inputs, homes, problems, language), crew


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
    """
    if options.crew is not None:
        return options.crew
    jobs = options.jobs or min(os.cpu_count() or 1, 1 + work // WORTH_A_WORKER)
    if crew is not None and len(crew) >= jobs:
        return crew
    return stack.enter_context(local_crew(jobs))


def _entries(
    options: Options, cache: Cache, inputs: Inputs, files: Files, stack: ExitStack, reporter: Reporter
) -> tuple[list[Entry], dict[str, int], Crew]:
    """The entries of all files in their order, those that are still right from the cache; who has read the others."""
    kept = cache.entries()
    wanted: list[tuple[Role, str]] = []
    for role, file in files.records:
        known, found = kept.get(file), inputs.files.get(file)
        if known is None or found is None or not found.digest or known.digest != found.digest:
            wanted.append((role, file))
    crew = hire(options, sum(files.stamps[file].size for _, file in wanted), stack)
    read_now, homes = read_entries(options.site, files, wanted, crew, reporter)
    entries = [read_now.get(file) or kept[file] for _, file in files.records]
    if any(role in {"resource", "textbook"} for role, _ in wanted) or len(kept) > len(files.records):
        cache.keep_entries(entries)
    return entries, homes, crew
