"""The phases of a build that has something to make: read, plan, render, publish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from builder.blueprint import Blueprint, Outline
from builder.cache import Cache
from builder.crew import Crew
from builder.digest import digest
from builder.dispatch import Hire, draw_covers, make_bundles, make_indexes, weight_of
from builder.engine import engine
from builder.inputs import Inputs, check_stamps, known_from, made_from, opened_again
from builder.media import Variant
from builder.options import Options
from builder.output.manifest import Outcome, Trace
from builder.output.publish import Output, Published
from builder.output.staging import Made
from builder.pages.addresses import INDEXES, SEARCH_INDEX, TEXTS
from builder.pages.plan import Bundle
from builder.rendering.theme import Theme
from builder.reporter import Timer
from builder.search import lexicon
from builder.search.packs import index, table_of_characters, tables_of_characters
from builder.site import Sources, read
from builder.tasks import Job, published
from builder.traces import INDEX, LEXICON, PROGRAM, Tracer, Traces

BYTES_A_PAGE = 1_000  # of content, that take as long to read as a page takes to make
BYTES_A_TEXT = 20_000  # the same of a file of texts, to index


@dataclass(frozen=True, slots=True)
class Design:
    """What is to be made of a site.

    Args:
        sources: what it is made of.
        theme: to render it with.
        blueprint: all else.
    """

    sources: Sources
    theme: Theme
    blueprint: Blueprint


@dataclass(frozen=True, slots=True)
class Phases:
    """The phases of a build, and what all of them have at hand.

    Args:
        options: what to build and how.
        cache: what was kept of the site; what is new is kept there.
        hire: gives a crew.
        timer: of the phases.
    """

    options: Options
    cache: Cache
    hire: Hire
    timer: Timer

    def design(self, inputs: Inputs, *, anew: bool) -> Design:
        """What is to be made of a site: reads what is new of it, and links it where no blueprint holds.

        Args:
            inputs: its files.
            anew: whether the catalogue is linked even where a blueprint is known that still holds.
        """
        options = self.options
        with self.timer.phase("read"):
            sources = read(options, self.cache, inputs, self.hire, self.timer.reporter)
            made_of = known_from(sources.inputs, *options.conditions)
            blueprint = None if anew else self.cache.blueprint(made_of, sources.inputs)
            if blueprint is None or sources.theme is None:
                design, _ = self._drawn_up(sources, made_of)
            else:
                design = Design(sources, sources.theme, blueprint)
            check_stamps(options.site, sources.inputs)
        return design

    def make(self, design: Design, output: Output) -> tuple[Outcome, Published]:
        """Makes what has changed, and publishes it.

        Args:
            design: of the site.
            output: where it goes.

        Returns:
            How the build ended, and what it published.
        """
        with self.timer.phase("plan"):
            traces = Traces(output)
            bundles = self._bundles(design, _due(design, traces))
        with self.timer.phase("render", len(bundles)):
            missing = [variant for variant in design.blueprint.covers if variant.address not in output.right]
            crew = self.hire(sum(bundle.weight for bundle in bundles) * BYTES_A_PAGE + weight_of(missing))
            covers = _covers(design, missing, self.options, crew, output)
            if any(cover.staged for cover in covers):  # only then can the cache have grown
                self.cache.keep_pictures(cover.address for cover in covers)
            made = [*_as_they_are(design, self.options, output), *covers]
            for number, (bundle, files) in enumerate(self._made(design, bundles, output, crew), 1):
                traces.note(bundle.name, files)
                made += files
                self.timer.reporter.step(number)
            self.cache.keep_only(outline.name for outline in design.blueprint.outlines)
        if self.options.search:
            with self.timer.phase("search"):
                if self.options.texts:
                    made += self._indexed(design, made, output, traces)
                    made += _lexicon(made, output, traces)
                made += _of_search(design, output, traces)
        addresses = {file.address for file in made} | traces.addresses()
        changes = output.changes(made, addresses)
        with self.timer.phase("publish", changes.steps):
            outcome = self._outcome(design, addresses)
            published = output.commit(changes, traces.by_name, outcome, self.timer.reporter.step)
        return outcome, published

    def _drawn_up(self, sources: Sources, made_of: str) -> tuple[Design, list[Bundle]]:
        """The design of a site that is linked for it, and all bundles with what they see; both are kept."""
        from builder.linking import charts_of, draw_up, link  # with all that checks a catalogue; slow to load

        site = link(self.options, self.cache, sources, self.hire, self.timer.reporter)
        blueprint, bundles = draw_up(site, charts_of(site, self.cache), made_of, search=self.options.search)
        self.cache.keep_blueprint(blueprint, bundles)
        return Design(sources, site.theme, blueprint), bundles

    def _bundles(self, design: Design, outlines: list[Outline]) -> list[Bundle]:
        """Bundles with what they see; where that has not been kept it is worked out again."""
        bundles = self.cache.bundles(outlines)
        if len(bundles) == len(outlines):
            return bundles
        _, everything = self._drawn_up(design.sources, design.blueprint.made_of)
        by_name = {bundle.name: bundle for bundle in everything}
        return [by_name[outline.name] for outline in outlines]

    def _made(
        self, design: Design, bundles: list[Bundle], output: Output, crew: Crew
    ) -> Iterator[tuple[Bundle, list[Made]]]:
        options, theme, sources = self.options, design.theme, design.sources
        templates = self.cache.templates(theme.digest)
        job = Job(
            options.site,
            output.staging,
            design.blueprint.common,
            theme,
            sources.language,
            templates,
            self.cache.of_bundles,
            believed=not options.clean,
        )
        yield from make_bundles(job, bundles, sources.inputs, sources.homes, output, crew)
        self.cache.keep_templates(theme.digest, templates)

    def _indexed(self, design: Design, made: list[Made], output: Output, traces: Traces) -> Iterator[Made]:
        """The indexes of texts; one whose texts are as they were is not made again."""
        due = {
            name: texts
            for name, texts in _texts_of(design, traces.by_name).items()
            if traces.enter(f"{INDEX}{name}", {PROGRAM: engine(), "texts": digest("\n".join(texts).encode())})
        }
        crew = self.hire(sum(map(len, due.values())) * BYTES_A_TEXT)
        for name, files in make_indexes(due, _folder_of(made, output), output, crew):
            traces.note(f"{INDEX}{name}", files)
            yield from files

    def _outcome(self, design: Design, addresses: Set[str]) -> Outcome:
        as_they_are = {file.address for file in design.blueprint.attachments}
        as_they_are |= {asset.address for asset in design.theme.assets.values()}
        counts = {
            **design.blueprint.counts,
            "pages": _count_pages(addresses) - _count_pages(as_they_are),
            "files": len(addresses),
        }
        made_now = made_from(design.sources.inputs, *self.options.conditions)
        return Outcome(made_now, counts, design.blueprint.warnings, design.sources.language)


def _count_pages(addresses: Set[str]) -> int:
    return "\n".join([*addresses, ""]).count(".html\n")  # in one text, ten times as fast as one by one


def _due(design: Design, traces: Traces) -> list[Outline]:
    """The bundles that must be made; of all others the traces are kept."""
    tracer = Tracer(engine(), design.blueprint.common, design.theme)
    inputs = design.sources.inputs
    return [one for one in design.blueprint.outlines if traces.enter(one.name, tracer.parts(one, inputs))]


def _as_they_are(design: Design, options: Options, output: Output) -> Iterator[Made]:
    """The files that are published as they are: charts, the theme's assets, attachments."""
    for chart in design.blueprint.charts:
        yield output.stage(chart.address, chart.content)
    for asset in design.theme.assets.values():
        yield output.stage(asset.address, asset.content)
    for attachment in design.blueprint.attachments:
        if attachment.address in output.right:
            yield output.unchanged(attachment.address)
        else:
            found = design.sources.inputs.files[attachment.file].digest
            with opened_again(options.site, attachment.file, found) as portions:
                yield output.stage_portions(attachment.address, portions, found)


def _texts_of(design: Design, traces: Mapping[str, Trace]) -> dict[str, list[str]]:
    """Addresses of files of texts in the order of the catalogue, by the name of the pack that they belong to."""
    found: dict[str, list[str]] = {}
    for outline in design.blueprint.outlines:
        if outline.kind in ("textbook", "column", "topic", "article"):
            for address in traces[outline.name].addresses:
                if address.startswith(TEXTS):
                    group, name, _ = address.removeprefix(TEXTS).split("/", 2)
                    found.setdefault(f"{group}/{name}", []).append(address)
    return found


def _lexicon(made: list[Made], output: Output, traces: Traces) -> list[Made]:
    """The lexicon of all indexes; where these are as they were it is not made again."""
    names = sorted(name for name in traces.by_name if name.startswith(INDEX))
    found = {name.removeprefix(INDEX): traces.by_name[name].addresses for name in names}
    indexes = digest("\n".join(chain(*found.values())).encode())
    if not traces.enter(LEXICON, {PROGRAM: engine(), "indexes": indexes}):
        return []
    folder_of = _folder_of(made, output)
    parts = {name: [one for one in of_pack if one.startswith(f"{INDEXES}{name}/")] for name, of_pack in found.items()}
    contents = {name: (published(folder_of(part), part) for part in of_pack) for name, of_pack in parts.items()}
    files = [output.stage(address, content) for address, content in lexicon.files(contents)]
    traces.note(LEXICON, files)
    return files


def _folder_of(made: list[Made], output: Output) -> Callable[[str], Path]:
    """What tells of an address where its file is: in the output, or where it waits for the commit."""
    staged = {file.address for file in made if file.staged}
    return lambda address: output.staging if address in staged else output.folder


def _of_search(design: Design, output: Output, traces: Traces) -> Iterator[Made]:
    """What search downloads beside the packs that bundles make: what is known of characters, and the list of all."""
    tables = tables_of_characters()
    for name, table in tables.items():
        yield output.unchanged(table) if table in output.right else output.stage(table, table_of_characters(name))
    found = [*tables.values()]
    makers = ("stage ", "section ", INDEX, LEXICON)
    packed = [trace for name, trace in traces.by_name.items() if name == "site" or name.startswith(makers)]
    found += [address for trace in packed for address in trace.addresses]
    yield output.stage(SEARCH_INDEX, index(design.blueprint.common, found))


def _covers(design: Design, missing: list[Variant], options: Options, crew: Crew, output: Output) -> list[Made]:
    """Covers in all sizes; those that lie in the output already are not drawn again."""
    drawn = draw_covers(options.site, output.staging, missing, options.cached, crew) if missing else []
    return [*drawn, *(output.unchanged(v.address) for v in design.blueprint.covers if v.address in output.right)]
