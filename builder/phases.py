"""The phases of a build that has something to make: read, plan, render, publish."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from builder.cache import Cache
from builder.charts import ChartFile
from builder.crew import Crew
from builder.dispatch import Job, draw_covers, make_bundles
from builder.engine import engine
from builder.inputs import Inputs, made_from, read_again
from builder.options import Options
from builder.output.publish import Made, Outcome, Output, Published, Trace, open_output
from builder.pages.context import Common
from builder.pages.plan import Bundle, common_of, plan
from builder.reporter import Timer
from builder.site import Checked, charts_of, hire, read
from builder.traces import Tracer, causes

BYTES_A_PAGE = 1_000  # of content, that take as long to read as a page takes to make


def make_site(
    options: Options,
    cache: Cache,
    inputs: Inputs,
    output: Output | None,
    outputs: ExitStack,
    crews: ExitStack,
    timer: Timer,
) -> tuple[Outcome, Published]:
    """Makes what has changed, and publishes it.

    Args:
        options: what to build and how.
        cache: what was kept of the site.
        inputs: its files.
        output: where it goes, if it is held already.
        outputs: lets the output go.
        crews: ends the crew.
        timer: of the phases.

    Returns:
        How the build ended, and what it published.
    """
    with timer.phase("read"):
        site, crew = read(options, cache, inputs, crews, timer.reporter)
    output = output or outputs.enter_context(open_output(options.out, clean=options.clean))
    with timer.phase("plan"):
        charts = charts_of(site, cache)
        common, bundles, tracer = _planned(site, charts, cache)
        stale, traces = _sorted_out(bundles, tracer, site.inputs, output)
    with timer.phase("render", len(stale)):
        crew = hire(options, sum(bundle.weight for bundle in stale) * BYTES_A_PAGE, crews, crew)
        made = [*_as_they_are(site, charts, options, output), *_covers(site, options, crew, output)]
        theme = site.theme.digest  # of every template, string and asset, so it is taken once
        templates = cache.templates(theme)
        kept = cache.records if options.cached else None
        job = Job(
            options.site, output.staging, common, site.theme, site.language, templates, kept, believed=not options.clean
        )
        former = {name: trace.addresses for name, trace in output.manifest.bundles.items()}
        done = make_bundles(job, list(stale), site.inputs, site.homes, output.right, former, crew)
        for number, (bundle, files) in enumerate(done, 1):
            parts, reasons = stale[bundle]
            traces[bundle.name] = Trace(parts, tuple(file.address for file in files), reasons)
            made += files
            timer.reporter.step(number)
        cache.keep_templates(theme, templates)
        cache.keep_records_of(bundle.name for bundle in bundles)
    addresses = {file.address for file in made}.union(*(trace.addresses for trace in traces.values()))
    with timer.phase("publish", output.steps(made, addresses)):
        outcome = _outcome(site, addresses, options)
        published = output.commit(made, traces, outcome, timer.reporter.step)
    return outcome, published


def _planned(site: Checked, charts: list[ChartFile], cache: Cache) -> tuple[Common, list[Bundle], Tracer]:
    """What all pages show, the bundles, and who says what they are made of."""

    def make() -> tuple[Common, list[Bundle], Tracer]:
        common = common_of(site.settings, site.catalogue, site.theme.strings.as_dict())
        bundles = plan(site.catalogue, site.directory, site.media, tuple(chart.shown for chart in charts))
        return common, bundles, Tracer(engine(), common, site.theme)

    made_of = (site.settings, site.catalogue, site.directory, site.media, site.theme, charts)
    return cache.recall("plan", made_of, make)


Stale = dict[Bundle, tuple[dict[str, str], tuple[str, ...]]]


def _sorted_out(
    bundles: list[Bundle], tracer: Tracer, inputs: Inputs, output: Output
) -> tuple[Stale, dict[str, Trace]]:
    """The bundles that must be made, with what they are made of and why; and the traces of all others."""
    stale: Stale = {}
    traces = {}
    for bundle in bundles:
        parts, former = tracer.parts(bundle, inputs), output.manifest.bundles.get(bundle.name)
        if reasons := causes(parts, former, output):
            stale[bundle] = parts, reasons
        elif former is not None:
            traces[bundle.name] = former
    return stale, traces


def _outcome(site: Checked, addresses: set[str], options: Options) -> Outcome:
    catalogue = site.catalogue
    counts = {
        "resources": len(catalogue.resources) + catalogue.class_hours,
        "class_hours": catalogue.class_hours,
        "textbooks": len(catalogue.textbooks),
        "editions": len({book.edition for book in catalogue.textbooks.values()}),
        "sections": len(catalogue.sections),
        "columns": len(catalogue.columns),
        "pages": "\n".join([*addresses, ""]).count(".html\n"),  # in one text, ten times as fast as one by one
        "files": len(addresses),
    }
    return Outcome(
        made_from(site.inputs, engine(), options.today, options.drafts), counts, tuple(site.problems), site.language
    )


def _as_they_are(site: Checked, charts: list[ChartFile], options: Options, output: Output) -> Iterator[Made]:
    """The files that are published as they are: charts, the theme's assets, attachments."""
    for chart in charts:
        yield output.stage(chart.address, chart.content)
    for asset in site.theme.assets.values():
        yield output.stage(asset.address, asset.content)
    for attachment in site.media.attachments.values():
        if attachment.address in output.right:
            yield output.kept(attachment.address)
        else:
            found = site.inputs.files[attachment.file].digest
            yield output.stage(attachment.address, read_again(options.site, attachment.file, found))


def _covers(site: Checked, options: Options, crew: Crew, output: Output) -> list[Made]:
    """Covers in all sizes; those that lie in the output already are not drawn again."""
    variants = [variant for cover in site.media.covers.values() for variant in cover]
    missing = [variant for variant in variants if variant.address not in output.right]
    drawn = draw_covers(options.site, output.staging, missing, options.cached, crew) if missing else []
    return [*drawn, *(output.kept(v.address) for v in variants if v.address in output.right)]
