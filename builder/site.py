"""A site as it lies in its folder, and what of it must be read since it is not known from an earlier build."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from builder.cache import Cache
from builder.content.entries import Read
from builder.content.files import LARGE, Files, Role, find_files
from builder.crew import Crew, local_crew
from builder.dispatch import introduced, read_entries
from builder.inputs import SETTINGS, Input, Inputs, with_found
from builder.options import Options
from builder.problems import ContentError, Problem
from builder.rendering.theme import Theme, read_theme
from builder.reporter import Reporter
from builder.settings import Settings, read_settings

WORTH_A_WORKER = 1_000_000  # bytes of content that take as long to read as a second process takes to start


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a site, of which all has been read that is not known from an earlier build; nothing is linked.

    Args:
        settings: of the site.
        theme: with all that it inherits; nothing where it cannot be used.
        inputs: all files, with the digests of what has been read.
        files: what they are.
        read: what has been read now.
        homes: the worker that has read a file.
        problems: of settings, theme and files.
        language: to report problems in.
    """

    settings: Settings
    theme: Theme | None
    inputs: Inputs
    files: Files
    read: list[Read]
    homes: dict[str, int]
    problems: list[Problem]
    language: str


def read(
    options: Options,
    cache: Cache,
    inputs: Inputs,
    stack: ExitStack,
    reporter: Reporter,
    prepare: Callable[[Theme, str], None] = lambda theme, language: None,
) -> tuple[Sources, Crew]:
    """Reads what is new of a site.

    Args:
        options: which site, and for which day.
        cache: what was kept of it; what is new is kept there.
        inputs: its files.
        stack: ends the crew.
        reporter: hears how many files have been read.
        prepare: is given the theme and the language to report problems in, as long as others read.

    Returns:
        The sources, and the crew that has read them.

    Raises:
        ContentError: the settings have errors.
        ChangedError: a file was saved while it was read.
    """
    settings, language, problems = settings_of(options, cache, inputs)
    if settings is None:
        raise ContentError(problems, language)
    files, found = _files(options, cache, inputs)
    problems = problems + found
    new = [(role, file) for role, file in files.records if not _is_known(role, inputs.files.get(file))]

    def meanwhile() -> None:
        theme, found = _theme(options, cache, inputs, settings)
        if theme is not None and not found:
            prepare(theme, language)

    crew = hire(options, sum(files.sizes[file] for _, file in new), stack)
    reads, homes = read_entries(options.site, files, new, crew, reporter, meanwhile)
    inputs = with_found(inputs, reads)
    cache.keep_inputs(inputs)
    theme, found = _theme(options, cache, inputs, settings)
    problems += found
    return Sources(settings, theme, inputs, files, reads, homes, problems, language), crew


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


def _is_known(role: Role, found: Input | None) -> bool:
    """Whether it is known from an earlier build what others see of a record."""
    return found is not None and bool(found.entry if role in LARGE else found.digest)


def _theme(options: Options, cache: Cache, inputs: Inputs, settings: Settings) -> tuple[Theme | None, list[Problem]]:
    def make() -> tuple[Theme | None, list[Problem]]:
        theme, problems = read_theme(options.site, settings, cache.good_theme())
        if theme is not None and not problems:
            cache.keep_good_theme(theme.digest)
        return theme, problems

    own = [found for file, found in inputs.files.items() if file[:6] == "themes"]
    return cache.recall("theme", (settings, own), make)
