"""The phases of a build, from the editors' files to the published site."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from builder.charts import draw_charts
from builder.content.catalogue import Catalogue
from builder.content.places import Places
from builder.content.reader import read_catalogue
from builder.media import Media, Variant, drawn, find_media
from builder.output.files import files
from builder.output.publish import Made, Output, Published, finish_commit, open_output
from builder.pages.context import Context
from builder.pages.directory import Directory, make_directory
from builder.pages.plan import Bundle, bundles, pages
from builder.problems import ContentError, Problem, count
from builder.rendering.render import Renderer
from builder.rendering.theme import Theme, read_theme
from builder.rendering.workers import in_parallel
from builder.reporter import Reporter, Silent, Timer
from builder.settings import Settings, read_settings


@dataclass(frozen=True, slots=True)
class Options:
    """What to build and how.

    Args:
        site: the site's folder.
        out: the output folder.
        today: decides what is published, expired or stale.
        jobs: worker processes.
        drafts: show drafts and what is scheduled for later too.
        clean: write every file anew.
        cached: take pictures from the cache where they have been made before.
    """

    site: Path
    out: Path
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    drafts: bool = False
    clean: bool = False
    cached: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """A site that has been read and found free of errors."""

    settings: Settings
    theme: Theme
    catalogue: Catalogue
    media: Media
    directory: Directory
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
            "editions": len({book.form.edition for book in catalogue.textbooks.values()}),
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
    with timer.phase("read"):
        site = check(options, timer.reporter)
    with open_output(options.out, clean=options.clean) as output:
        with timer.phase("plan"):
            context, made = _plan(site, options, output)
            planned = bundles(context)
        with timer.phase("render", len(planned)):
            make = _Make(options.site, options.cached, context, Renderer(site.theme, site.language), output)
            made += _render(make, planned, options.jobs, timer.reporter)
        with timer.phase("publish"):
            published = output.commit(made)
    seconds = {"total": timer.total, **timer.seconds}
    number = sum(file.address.endswith(".html") for file in made)
    return Report(site.catalogue, number, published, len(made), seconds, _peak_memory(), site.problems, site.language)


def check(options: Options, reporter: Reporter | None = None) -> Checked:
    """Reads a site and checks everything that a build would refuse.

    Args:
        options: which site, and for which day.
        reporter: hears how many files have been read.

    Raises:
        ContentError: there are errors.
    """
    settings, language, problems = read_settings(options.site)
    if settings is None:
        raise ContentError(problems, language)
    theme, found = read_theme(options.site, settings)
    problems += found
    catalogue, found = read_catalogue(
        options.site, settings, options.today, drafts=options.drafts, step=(reporter or Silent()).step
    )
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
    return Checked(settings, theme, catalogue, media, directory, problems, language)


def _plan(site: Checked, options: Options, output: Output) -> tuple[Context, list[Made]]:
    """What all pages share, and the files that are published as they are."""
    charts = draw_charts(site.catalogue.figures, site.theme.strings)
    made = [output.stage(chart.address, chart.content) for chart in charts]
    made += [output.stage(asset.address, asset.content) for asset in site.theme.assets.values()]
    for attachment in site.media.attachments.values():
        kept = output.keep(attachment.address)
        made.append(kept or output.stage(attachment.address, (options.site / attachment.file).read_bytes()))
    sizes = {chart.name: (chart.address, chart.width, chart.height) for chart in charts}
    return Context(site.settings, site.catalogue, site.directory, site.media, sizes, site.theme.strings.as_dict()), made


@dataclass(frozen=True)
class _Make:
    """Makes the files of a bundle and stages them; it is sent to the workers."""

    site: Path
    cached: bool
    context: Context
    renderer: Renderer
    output: Output

    def __call__(self, bundle: Bundle) -> list[Made]:
        stage = self.output.stage
        made = [stage(page.address, self.renderer.render(page)) for page in pages(self.context, bundle)]
        made += [stage(address, content) for address, content in files(self.context, bundle)]
        if bundle.kind == "site":
            made += [self._cover(variant) for cover in self.context.media.covers.values() for variant in cover]
        return made

    def _cover(self, variant: Variant) -> Made:
        return self.output.keep(variant.address) or self.output.stage(
            variant.address, drawn(self.site, variant, cached=self.cached)
        )


def _render(make: _Make, planned: list[Bundle], jobs: int, reporter: Reporter) -> list[Made]:
    """Makes all bundles."""
    make.renderer.prepare()
    made: list[Made] = []
    done = 0
    for share in in_parallel(make, planned, lambda bundle: bundle.weight, jobs):
        done += len(share)
        reporter.step(done)
        made += [file for files_of_bundle in share for file in files_of_bundle]
    return made


def _peak_memory() -> int:
    """Bytes of the largest of this process and its workers; 0 on systems that do not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
