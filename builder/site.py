"""A site as it lies in its folder, and what of it must be read since it is not known from an earlier build."""

from __future__ import annotations

from dataclasses import dataclass

from builder.cache import Cache
from builder.content.entries import Read
from builder.content.files import LARGE, Files, Role, find_files
from builder.dispatch import Hire, read_entries
from builder.inputs import SETTINGS, Input, Inputs, with_found
from builder.options import Options
from builder.problems import ContentError, Problem
from builder.rendering.render import Renderer
from builder.rendering.theme import Theme, read_theme
from builder.reporter import Reporter
from builder.settings import Settings, assumed_settings, read_settings


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a site, of which all has been read that is not known from an earlier build; nothing is linked.

    Args:
        settings: of the site; where they cannot be read, others in their place.
        theme: with all that it inherits; nothing where it cannot be used.
        inputs: all files, with the digests of what has been read.
        files: what they are.
        read: what has been read now.
        homes: the worker that has read a file.
        problems: of settings, theme and files.
        language: to report problems in.
        is_known: whether the settings could be read.
    """

    settings: Settings
    theme: Theme | None
    inputs: Inputs
    files: Files
    read: list[Read]
    homes: dict[str, int]
    problems: list[Problem]
    language: str
    is_known: bool


def read(options: Options, cache: Cache, inputs: Inputs, hire: Hire, reporter: Reporter) -> Sources:
    """Reads what is new of a site.

    Args:
        options: which site, and for which day.
        cache: what was kept of it; what is new is kept there.
        inputs: its files.
        hire: gives the crew that reads them.
        reporter: hears how many files have been read.

    Raises:
        ContentError: there are no settings.
        ChangedError: a file was saved while it was read.
    """
    known, language, problems = settings_of(options, cache, inputs)
    if known is None and SETTINGS not in inputs.files:
        raise ContentError(problems, language)
    settings = known or assumed_settings(language)
    files, found = _files(options, cache, inputs)
    problems = problems + found
    new = [(role, file) for role, file in files.records if not _is_known(role, inputs.files.get(file))]
    crew = hire(sum(files.sizes[file] for _, file in new))
    reads, homes = read_entries(
        options.site, files, new, crew, reporter, meanwhile=lambda: known and _theme(options, cache, inputs, known)
    )
    inputs = with_found(inputs, reads)
    cache.keep_inputs(inputs)
    theme, found = _theme(options, cache, inputs, known) if known else (None, [])
    problems += found
    return Sources(settings, theme, inputs, files, reads, homes, problems, language, known is not None)


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
    """The theme, with its templates compiled: whether they can be is not known before."""

    def make() -> tuple[Theme | None, list[Problem]]:
        theme, problems = read_theme(options.site, settings, cache.good_theme())
        if theme is not None and not cache.templates(theme.digest):
            amiss = {problem.place.file for problem in problems if problem.code.startswith("template-")}
            compiled, wrong = Renderer(theme, settings.language, {}).compile_all(amiss)
            problems += wrong
            if not wrong:  # what is kept is not compiled again, and so not told again
                cache.keep_templates(theme.digest, compiled)
        if theme is not None and not problems:
            cache.keep_good_theme(theme.digest)
        return theme, problems

    own = [found for file, found in inputs.files.items() if file[:6] == "themes"]
    return cache.recall("theme", (settings, own), make)
