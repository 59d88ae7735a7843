"""The phases of a build that has something to make: read, plan, render, publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack

from builder.blueprint import Blueprint, Outline
from builder.cache import Cache
from builder.crew import Crew
from builder.dispatch import Job, draw_covers, make_bundles
from builder.engine import engine
from builder.inputs import Inputs, check_stamps, known_from, made_from, read_again
from builder.options import Options
from builder.output.manifest import Outcome, Trace
from builder.output.publish import Output, Published, open_output
from builder.output.staging import Made
from builder.rendering.render import Renderer
from builder.rendering.theme import Theme
from builder.reporter import Timer
from builder.site import Sources, hire, read
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

    def prepare(theme: Theme, language: str) -> None:
        if not cache.templates(theme.digest):
            cache.keep_templates(theme.digest, Renderer(theme, language, {}).compile_all())

    with timer.phase("read"):
        sources, crew = read(options, cache, inputs, crews, timer.reporter, prepare)
        inputs, theme = sources.inputs, sources.theme
        made_of = known_from(inputs, options.today, options.drafts)
        blueprint = None if output is None else cache.blueprint(made_of, inputs)
        if blueprint is None or theme is None:
            blueprint, theme = _drawn_up(options, cache, sources, made_of, crew, timer)
        check_stamps(options.site, inputs)
    output = output or outputs.enter_context(open_output(options.out, clean=options.clean))
    with timer.phase("plan"):
        tracer = Tracer(engine(), blueprint.common, theme.digest)
        stale, traces = _sorted_out(blueprint.outlines, tracer, inputs, output)
        wanted = [outline for outline, _, _ in stale.values()]
        bundles = cache.bundles(wanted)
        if len(bundles) < len(wanted):  # what they see has not been kept, so it is worked out again
            _drawn_up(options, cache, sources, made_of, crew, timer)
            bundles = cache.bundles(wanted)
    with timer.phase("render", len(stale)):
        crew = hire(options, sum(bundle.weight for bundle in bundles) * BYTES_A_PAGE, crews, crew)
        made = [*_as_they_are(blueprint, theme, inputs, options, output), *_covers(blueprint, options, crew, output)]
        templates = cache.templates(theme.digest)
        job = Job(
            options.site,
            output.staging,
            blueprint.common,
            theme,
            sources.language,
            templates,
            cache.of_bundles,
            believed=not options.clean,
        )
        former = {name: trace.addresses for name, trace in output.manifest.bundles.items()}
        done = make_bundles(job, bundles, inputs, sources.homes, output.right, former, crew)
        for number, (bundle, files) in enumerate(done, 1):
            _, parts, reasons = stale[bundle.name]
            traces[bundle.name] = Trace(parts, tuple(file.address for file in files), reasons)
            made += files
            timer.reporter.step(number)
        cache.keep_templates(theme.digest, templates)
        cache.keep_bundles(outline.name for outline in blueprint.outlines)
    addresses = {file.address for file in made}.union(*(trace.addresses for trace in traces.values()))
    with timer.phase("publish", output.steps(made, addresses)):
        counts = {
            **blueprint.counts,
            "pages": "\n".join([*addresses, ""]).count(".html\n"),  # in one text, ten times as fast as one by one
            "files": len(addresses),
        }
        made_now = made_from(inputs, engine(), options.today, options.drafts)
        outcome = Outcome(made_now, counts, blueprint.warnings, sources.language)
        published = output.commit(made, traces, outcome, timer.reporter.step)
    return outcome, published


def _drawn_up(
    options: Options, cache: Cache, sources: Sources, made_of: str, crew: Crew, timer: Timer
) -> tuple[Blueprint, Theme]:
    """The blueprint of a site that is linked for it, which is kept; and its theme."""
    from builder.linking import charts_of, draw_up, link  # with all that checks a catalogue, which takes long to load

    site = link(options, cache, sources, crew, timer.reporter)
    blueprint, bundles = draw_up(site, charts_of(site, cache), made_of)
    cache.keep_blueprint(blueprint, bundles)
    return blueprint, site.theme


Stale = dict[str, tuple[Outline, dict[str, str], tuple[str, ...]]]


def _sorted_out(
    outlines: Iterable[Outline], tracer: Tracer, inputs: Inputs, output: Output
) -> tuple[Stale, dict[str, Trace]]:
    """The bundles that must be made, with what they are made of and why; and the traces of all others."""
    stale: Stale = {}
    traces = {}
    for outline in outlines:
        parts, former = tracer.parts(outline, inputs), output.manifest.bundles.get(outline.name)
        if reasons := causes(parts, former, output):
            stale[outline.name] = outline, parts, reasons
        elif former is not None:
            traces[outline.name] = former
    return stale, traces


def _as_they_are(
    blueprint: Blueprint, theme: Theme, inputs: Inputs, options: Options, output: Output
) -> Iterator[Made]:
    """The files that are published as they are: charts, the theme's assets, attachments."""
    for chart in blueprint.charts:
        yield output.stage(chart.address, chart.content)
    for asset in theme.assets.values():
        yield output.stage(asset.address, asset.content)
    for attachment in blueprint.attachments:
        if attachment.address in output.right:
            yield output.kept(attachment.address)
        else:
            found = inputs.files[attachment.file].digest
            yield output.stage(attachment.address, read_again(options.site, attachment.file, found))


def _covers(blueprint: Blueprint, options: Options, crew: Crew, output: Output) -> list[Made]:
    """Covers in all sizes; those that lie in the output already are not drawn again."""
    missing = [variant for variant in blueprint.covers if variant.address not in output.right]
    drawn = draw_covers(options.site, output.staging, missing, options.cached, crew) if missing else []
    return [*drawn, *(output.kept(v.address) for v in blueprint.covers if v.address in output.right)]
