"""What a file of the site is made from, why it was made the last time, and why it would be made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import Environment, meta

from builder.blueprint import outline_of
from builder.cache import Cache
from builder.content.desk import VOCABULARY
from builder.engine import engine
from builder.linking import Checked, charts_of, check
from builder.options import Options
from builder.output.manifest import read_manifest
from builder.pages.context import Sight
from builder.pages.plan import Bundle, common_of, lot_of_moved, plan
from builder.rendering.checks import called
from builder.rendering.theme import Theme
from builder.traces import Tracer, changed

_TEMPLATES: dict[str, tuple[str, ...]] = {
    "site": ("home", "audience", "links", "hotlines", "new", "figures", "operation", "search", "404"),
    "moves": (),
    "stage": ("stage", "subject"),
    "column": ("column", "resource"),
    "textbook": ("textbook", "lesson"),
}  # of the other kinds of bundles the one that is called like them
_FILES = {"linked": "content/links.yaml", "hotlines": "content/hotlines.yaml", "figures": "content/figures.yaml"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a file of the site is made from.

    Args:
        own: files of the site in which it is written: who wants to change it edits these.
        shown: files of which it shows something beside that.
        shared: files of which every page shows something.
        theme: its templates and strings.
        made_for: what had changed when it was made the last time; empty where it has not been made.
        changed: what has changed since.
    """

    own: list[str]
    shown: list[str]
    shared: list[str]
    theme: list[str]
    made_for: list[str]
    changed: list[str]


def explain(options: Options, address: str) -> Explanation | None:
    """What a file is made from, or nothing where the site has no such file.

    Args:
        options: as for a build.
        address: of the file, from the site's root.

    Raises:
        ContentError: the site has errors.
    """
    site = check(options)
    charts = charts_of(site, Cache(options.site))
    bundles = plan(site.catalogue, site.directory, site.media, tuple(chart.shown for chart in charts))
    common = common_of(site.settings, site.catalogue, site.theme.strings.as_dict(), search=options.search)
    traces = read_manifest(options.out).bundles
    bundle = _maker(address, site, bundles, {a: name for name, trace in traces.items() for a in trace.addresses})
    if bundle is None:
        return None
    templates = [f"{template}.html" for template in _TEMPLATES.get(bundle.kind, (bundle.kind,))]
    theme = [*(file for name in templates for file in _templates(site.theme, name)), *site.theme.string_files]
    shared = ["site.yaml", VOCABULARY, *_common(site)]
    groups = _without_repetition(_own(address, site, bundle), shared, _seen(bundle.sight), theme)
    own, shared, shown, theme = groups
    trace = traces.get(bundle.name)
    parts = Tracer(engine(), common, site.theme.digest).parts(outline_of(bundle), site.inputs)
    made_for, since = ([], []) if trace is None else (list(trace.causes), list(changed(parts, trace)))
    return Explanation(own, shown, shared, theme, made_for, since)


def _without_repetition(*groups: Iterable[str]) -> list[list[str]]:
    """Each file in the first group that has it."""
    seen: set[str] = set()
    unique = []
    for group in groups:
        unique.append([file for file in dict.fromkeys(group) if file not in seen])
        seen.update(unique[-1])
    return unique


def _maker(address: str, site: Checked, bundles: list[Bundle], made_by: dict[str, str]) -> Bundle | None:
    """The bundle that makes a file: as the manifest says, or by the record that stands at the address."""
    named = {bundle.name: bundle for bundle in bundles}
    if address in made_by:
        return named.get(made_by[address])
    if address in site.directory.moves:
        return named[f"moved {lot_of_moved(address)}"]
    occupant = site.directory.pages.get(address)
    if occupant is None:
        return None
    own = (bundle for bundle in bundles if occupant.file in bundle.files)
    kinds = ("textbook", "column", "section", "topic", "article", "stage")
    by_id = (named[f"{kind} {occupant.id}"] for kind in kinds if f"{kind} {occupant.id}" in named)
    by_stage = (named[f"stage {part}"] for part in address.split("/")[1:2] if f"stage {part}" in named)
    return next(own, None) or next(by_id, None) or next(by_stage, None) or named["site"]


def _own(address: str, site: Checked, bundle: Bundle) -> Iterator[str]:
    """The records that a file shows in full: of a page the one that stands there, of another all of its bundle."""
    occupant = site.directory.pages.get(address)
    yield from (occupant.file,) if occupant is not None else bundle.files


def _common(site: Checked) -> Iterator[str]:
    """The files that every page shows something of."""
    for section in site.catalogue.sections:
        yield section.file
        yield from (column.file for column in section.columns)
    yield from (article.file for article in site.catalogue.articles)


def _seen(sight: Sight) -> Iterator[str]:
    """The files of what a bundle shows beside its own records."""
    yield from (face.file for listed in sight.lists.values() for face in listed)
    yield from (face.file for face in sight.replacements.values())
    yield from (book.file for book in sight.textbooks.values())
    yield from (topic.file for topic in sight.topics)
    yield from (article.file for article in sight.articles)
    yield from (file for name, file in _FILES.items() if getattr(sight, name))
    yield from (*sight.attachments, *sight.covers)


def _templates(theme: Theme, name: str) -> list[str]:
    """A template and all that it extends, imports, includes or shows as a fragment."""
    environment = Environment()
    found: dict[str, None] = {}
    pending = [name]
    while pending:
        source = theme.templates.get(pending.pop())
        if source is None or source.file in found:
            continue
        found[source.file] = None
        tree = environment.parse(source.text)
        pending += [n for n in meta.find_referenced_templates(tree) if n is not None]
        pending += [name for name, _ in called(tree, "fragment")]
    return list(found)
