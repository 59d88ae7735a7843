"""The phases of a build, from the editors' files to the published site."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from builder.charts import ChartFile, draw_charts
from builder.content.catalogue import Catalogue
from builder.content.files import find_files
from builder.content.places import Places
from builder.content.reader import link
from builder.crew import Crew, local_crew
from builder.dispatch import draw_covers, make_bundles, read_entries
from builder.media import Media, find_media
from builder.output.publish import Made, Output, Published, finish_commit, open_output
from builder.pages.directory import Directory, make_directory
from builder.pages.plan import common_of, plan
from builder.problems import ContentError, Problem, count
from builder.rendering.theme import Theme, read_theme
from builder.reporter import Reporter, Silent, Timer
from builder.settings import Settings, read_settings

WORTH_A_WORKER = 1_000_000  # bytes of content that take as long to read as a second process takes to start


@dataclass(frozen=True, slots=True)
class Options:
    """What to build and how.

    Args:
        site: the site's folder.
        out: the output folder.
        today: decides what is published, expired or stale.
        jobs: worker processes; as many as there are cores and work for where left out.
        drafts: show drafts and what is scheduled for later too.
        clean: write every file anew.
        cached: take pictures from the cache where they have been made before.
        crew: works instead of processes of this machine.
    """

    site: Path
    out: Path
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    jobs: int | None = None
    drafts: bool = False
    clean: bool = False
    cached: bool = True
    crew: Crew | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A site that has been read and found free of errors.

    Args:
        settings: of the site.
        theme: with all that it inherits.
        catalogue: all that is published.
        media: files that records name.
        directory: every address.
        digests: of the records' files.
        homes: the worker that has read a file.
        problems: warnings.
        language: to report problems in.
    """

    settings: Settings
    theme: Theme
    catalogue: Catalogue
    media: Media
    directory: Directory
    digests: dict[str, str]
    homes: dict[str, int]
    problems: list[Problem]
    language: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    catalogue: Catalogue
    pages: int
    published: Published
    files: int
    seconds: dict[str, float]
    peak_memory: int
    problems: list[Problem]
    language: str

    def as_dict(self) -> dict[str, Any]:
        """For `--report`."""
        catalogue = self.catalogue
        return {
            "resources": len(catalogue.resources) + catalogue.class_hours,
            "class_hours": catalogue.class_hours,
            "textbooks": len(catalogue.textbooks),
            "editions": len({book.edition for book in catalogue.textbooks.values()}),
            "sections": len(catalogue.sections),
            "columns": len(catalogue.columns),
            "pages": self.pages,
            "files": self.files,
            "written": len(self.published.written),
            "removed": len(self.published.removed),
            "unchanged": self.published.unchanged,
            "changed": self.published.written,
            "seconds": {name: round(value, 3) for name, value in self.seconds.items()},
            "peak_memory_bytes": self.peak_memory,
            "errors": count(self.problems, "error"),
            "warnings": count(self.problems, "warning"),
        }


def build(options: Options, reporter: Reporter | None = None) -> Report:
    """Builds a site.

    Args:
        options: what to build and how.
        reporter: hears of the phases.

    Raises:
        ContentError: the site has errors; nothing was written.
        BusyError: another build is writing to the same folder.
        ObstacleError: something that is not ours stands in the way; nothing was written.
    """
    timer = Timer(reporter or Silent())
    finish_commit(options.out)
    with _crew(options) as crew:
        with timer.phase("read"):
            site = read(options, crew, timer.reporter)
        with open_output(options.out, clean=options.clean) as output:
            with timer.phase("plan"):
                charts = draw_charts(site.catalogue.figures, site.theme.strings)
                shown = tuple((chart.name, chart.address, chart.width, chart.height) for chart in charts)
                common = common_of(site.settings, site.catalogue, site.theme.strings.as_dict())
                bundles = plan(site.catalogue, site.directory, site.media, shown)
            with timer.phase("render", len(bundles)):
                made = [*_as_they_are(site, charts, options, output), *_covers(site, options, crew, output)]
                right = {address: known.digest for address, known in output.right.items()}
                made_bundles = make_bundles(
                    options.site,
                    output.staging,
                    common,
                    site.theme,
                    site.language,
                    bundles,
                    site.digests,
                    site.homes,
                    right,
                    crew,
                )
                for done, (_, files) in enumerate(made_bundles, 1):
                    made += files
                    timer.reporter.step(done)
            with timer.phase("publish"):
                published = output.commit(made, {})
    seconds = {"total": timer.total, **timer.seconds}
    addresses = {file.address for file in made}
    pages = sum(address.endswith(".html") for address in addresses)
    return Report(
        site.catalogue, pages, published, len(addresses), seconds, _peak_memory(), site.problems, site.language
    )


def check(options: Options, reporter: Reporter | None = None) -> Checked:
    """Reads a site and checks everything that a build would refuse.

    Args:
        options: which site, and for which day.
        reporter: hears how many files have been read.

    Raises:
        ContentError: there are errors.
    """
    with _crew(options) as crew:
        return read(options, crew, reporter or Silent())


def read(options: Options, crew: Crew, reporter: Reporter) -> Checked:
    """Reads a site with a crew and checks everything that a build would refuse.

    Args:
        options: which site, and for which day.
        crew: reads the files.
        reporter: hears how many files have been read.

    Raises:
        ContentError: there are errors.
    """
    settings, language, problems = read_settings(options.site)
    if settings is None:
        raise ContentError(problems, language)
    files, found = find_files(options.site)
    problems += found
    read_now, homes = read_entries(options.site, files, files.records, crew, reporter)
    entries = [read_now[file] for _, file in files.records]
    theme, found = read_theme(options.site, settings)
    problems += found
    catalogue, found = link(options.site, files, entries, settings, options.today, drafts=options.drafts)
    problems += found
    if catalogue is None or settings.language not in catalogue.vocabulary.languages:
        raise ContentError(problems, language)
    media, found = find_media(options.site, catalogue)
    problems += found
    addresses = {file: attachment.address for file, attachment in media.attachments.items()}
    directory, found = make_directory(catalogue, settings.page_size, addresses, Places(options.site))
    problems += found
    if theme is None or count(problems, "error"):
        raise ContentError(problems, language)
    digests = {entry.file: entry.digest for entry in entries}
    return Checked(settings, theme, catalogue, media, directory, digests, homes, problems, language)


@contextmanager
def _crew(options: Options) -> Iterator[Crew]:
    """The crew of a build: the one that is given, or as many processes as there is work for."""
    if options.crew is not None:
        yield options.crew
        return
    jobs = options.jobs or min(os.cpu_count() or 1, 1 + _bytes(options.site / "content") // WORTH_A_WORKER)
    with local_crew(jobs) as crew:
        yield crew


def _bytes(folder: Path) -> int:
    """Bytes of the records in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.suffix in {".md", ".yaml"})


def _as_they_are(site: Checked, charts: list[ChartFile], options: Options, output: Output) -> Iterator[Made]:
    """The files that are published as they are: charts, the theme's assets, attachments."""
    for chart in charts:
        yield output.stage(chart.address, chart.content)
    for asset in site.theme.assets.values():
        yield output.stage(asset.address, asset.content)
    for attachment in site.media.attachments.values():
        kept = output.keep(attachment.address)
        yield kept or output.stage(attachment.address, (options.site / attachment.file).read_bytes())


def _covers(site: Checked, options: Options, crew: Crew, output: Output) -> list[Made]:
    """Covers in all sizes; those that lie in the output already are not drawn again."""
    variants = [variant for cover in site.media.covers.values() for variant in cover]
    kept = {variant.address: output.keep(variant.address) for variant in variants}
    missing = [variant for variant in variants if kept[variant.address] is None]
    drawn = draw_covers(options.site, output.staging, missing, options.cached, crew) if missing else []
    return [*drawn, *(made for made in kept.values() if made is not None)]


def _peak_memory() -> int:
    """Bytes of the largest of this process and its workers; 0 on systems that do not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
