"""A site as it lies in its folder, read, linked and checked: all that a build and `check` want of the editors."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass

import msgspec
from msgspec import Raw

from builder.cache import Cache
from builder.charts import ChartFile, draw_charts
from builder.content.catalogue import Catalogue
from builder.content.entries import Entry, Read
from builder.content.files import LARGE, Files, Role, find_files
from builder.content.places import Places
from builder.content.reader import link as link_entries
from builder.crew import Crew, local_crew
from builder.digest import digest
from builder.dispatch import introduced, read_entries
from builder.inputs import SETTINGS, Input, Inputs, check_stamps, measured, scan, with_found
from builder.media import Media
from builder.options import Options
from builder.pages.directory import Directory, make_directory
from builder.pictures import find_media
from builder.problems import ContentError, Problem, count
from builder.rendering.theme import Theme, read_theme
from builder.reporter import Reporter, Silent
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


@dataclass(frozen=True, slots=True)
class Checked:
    """A site that has been read, linked and found free of errors.

    Args:
        settings: of the site.
        theme: with all that it inherits.
        catalogue: all that is published.
        media: files that records name.
        directory: every address.
        inputs: all files that it was made from.
        problems: warnings.
        placed: digests of the files in which linking has found problems, since it says where they stand there.
        language: to report problems in.
    """

    settings: Settings
    theme: Theme
    catalogue: Catalogue
    media: Media
    directory: Directory
    inputs: Inputs
    problems: list[Problem]
    placed: dict[str, str]
    language: str


def read(options: Options, cache: Cache, inputs: Inputs, stack: ExitStack, reporter: Reporter) -> tuple[Sources, Crew]:
    """Reads what is new of a site.

    Args:
        options: which site, and for which day.
        cache: what was kept of it; what is new is kept there.
        inputs: its files.
        stack: ends the crew.
        reporter: hears how many files have been read.

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
    crew = hire(options, sum(files.sizes[file] for _, file in new), stack)
    reads, homes = read_entries(options.site, files, new, crew, reporter)
    inputs = with_found(inputs, reads)
    cache.keep_inputs(inputs)
    theme, found = _theme(options, cache, inputs, settings)
    problems += found
    return Sources(settings, theme, inputs, files, reads, homes, problems, language), crew


def link(options: Options, cache: Cache, sources: Sources, crew: Crew, reporter: Reporter) -> Checked:
    """Links a site and checks everything that a build would refuse.

    Args:
        options: which site, and for which day.
        cache: what was kept of it; what is new is kept there.
        sources: of the site.
        crew: reads what must be read for this.
        reporter: hears how many files have been read.

    Raises:
        ContentError: there are errors.
        ChangedError: a file was saved while the site was read.
    """
    inputs, entries = sources.inputs, _entries(options, cache, sources, crew, reporter)
    catalogue, problems = link_entries(
        options.site, measured(sources.files, inputs), entries, sources.settings, options.today, drafts=options.drafts
    )
    media, directory = Media({}, {}, {}), Directory()
    if catalogue is not None and sources.settings.language in catalogue.vocabulary.languages:
        media, found = find_media(options.site, catalogue, inputs, Places(options.site), cache.sizes())
        cache.keep_sizes(media.sizes)
        problems += found
        directory, found = make_directory(catalogue, sources.settings.page_size, media, Places(options.site))
        problems += found
    else:
        catalogue = None
    own = {id(problem) for entry in entries for problem in (*entry.problems, *entry.findings)}
    places = (place for one in problems if id(one) not in own for place in (one.place, *one.others))
    placed = {place.file: inputs.files[place.file].digest for place in places if place.file in inputs.files}
    problems = sources.problems + problems
    if catalogue is None or sources.theme is None or count(problems, "error"):
        raise ContentError(problems, sources.language)
    settings, theme, language = sources.settings, sources.theme, sources.language
    return Checked(settings, theme, catalogue, media, directory, inputs, problems, placed, language)


def check(options: Options, reporter: Reporter | None = None) -> Checked:
    """Reads a site and checks everything that a build would refuse.

    Args:
        options: which site, and for which day.
        reporter: hears how many files have been read.

    Raises:
        ContentError: there are errors.
    """
    cache, reporter = Cache(options.site), reporter or Silent()
    with ExitStack() as stack:
        sources, crew = read(options, cache, scan(options.site, cache.inputs), stack, reporter)
        checked = link(options, cache, sources, crew, reporter)
        check_stamps(options.site, checked.inputs)
        return checked


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


def _is_known(role: Role, found: Input | None) -> bool:
    """Whether it is known from an earlier build what others see of a record."""
    return found is not None and bool(found.entry if role in LARGE else found.digest)


def _entries(options: Options, cache: Cache, sources: Sources, crew: Crew, reporter: Reporter) -> list[Entry]:
    """The entries of all files in their order; what has neither been read nor is kept is read now."""
    records, kept = sources.files.records, cache.entries()
    digests = {file: found.entry for _, file in records if (found := sources.inputs.files[file]).entry}
    read_before = {one.file for one in sources.read}
    missing = [(role, file) for role, file in records if file not in read_before and digests.get(file) not in kept]
    reads, _ = read_entries(options.site, sources.files, missing, crew, reporter)
    with_found(sources.inputs, reads)
    reads = [*sources.read, *reads]
    new = {one.entry_digest: Raw(one.kept) for one in reads}
    cache.keep_entries({digest: new[digest] if digest in new else kept[digest] for digest in digests.values()})
    others = {one.file: one.entry for one in reads if one.entry is not None}
    return [others.get(file) or cache.entry(digests[file]) for _, file in records]


def _theme(options: Options, cache: Cache, inputs: Inputs, settings: Settings) -> tuple[Theme | None, list[Problem]]:
    def make() -> tuple[Theme | None, list[Problem]]:
        theme, problems = read_theme(options.site, settings, cache.good_theme())
        if theme is not None and not problems:
            cache.keep_good_theme(theme.digest)
        return theme, problems

    own = [found for file, found in inputs.files.items() if file[:6] == "themes"]
    return cache.recall("theme", (settings, own), make)
