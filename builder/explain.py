"""What a file of the site is made from, why it was made the last time, and why it would be made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from jinja2 import Environment, meta

from builder.blueprint import Blueprint, outline_of
from builder.cache import Cache
from builder.content.desk import VOCABULARY
from builder.engine import engine
from builder.inputs import SETTINGS, known_from
from builder.linking import Checked, charts_of, check, draw_up
from builder.media import Attachment, Variant
from builder.options import Options
from builder.output.manifest import Trace, read_manifest
from builder.pages.addresses import FIXED, HOTLINES, LINKS, OPERATION, SEARCH_INDEX
from builder.pages.context import Sight
from builder.pages.plan import Bundle, lot_of_moved
from builder.rendering.checks import called
from builder.rendering.theme import Theme
from builder.search.packs import tables_of_characters
from builder.traces import INDEX, LEXICON, Tracer, changed

_TEMPLATES: dict[str, tuple[str, ...]] = {
    "site": ("audience",),
    "stage": ("stage", "subject"),
    "column": ("column", "resource"),
    "textbook": ("textbook", "lesson"),
}  # of the other kinds of bundles the one that is called like them
_PACKED = {"site", "stage", "section"}  # kinds of bundles that make packs
_FOLDERS = {
    "stages": ("content/textbooks/{}/",),
    "sections": ("content/sections/{}/",),
    "site": ("content/topics/", "content/pages/"),
}  # of the texts of a pack, by what its name begins with
_FILES = {"linked": FIXED[LINKS].file, "hotlines": FIXED[HOTLINES].file, "figures": FIXED[OPERATION].file}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a file of the site is made from.

    Where none of the site's files are named, the program makes it by itself.

    Args:
        own: files of the site in which it is written: who wants to change it edits these.
        shown: files of which it shows something beside that.
        shared: files of which every page shows something.
        theme: its templates and strings.
        made_for: what had changed when it was made the last time; empty where it has not been made.
        made_along: files that had changed when it was made along with their pages, of which it shows nothing.
        changed: what has changed since.
        choices: where a file of the site was asked about, the addresses of the pages written in it, if several.
        is_hidden: it is written, and not published today.
    """

    own: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    theme: list[str] = field(default_factory=list)
    made_for: list[str] = field(default_factory=list)
    made_along: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    is_hidden: bool = False


def explain(options: Options, asked: str) -> Explanation | None:
    """What a file is made from, or nothing where the site has no such file.

    Args:
        options: as for a build.
        asked: its address from the site's root; also as it stands in a browser or on the disk, or the file that it is
            written in.

    Raises:
        ContentError: the site has errors.
    """
    site = check(options)
    written = _written_in(asked, site, options.site)
    if len(written) > 1:
        return Explanation(choices=written)
    address = written[0] if written else _address_meant(asked, site.settings.base_url, options)
    if address in site.directory.hidden and address not in site.directory.moves:
        return Explanation(is_hidden=True)
    made_of = known_from(site.inputs, *options.conditions)
    blueprint, bundles = draw_up(site, charts_of(site, Cache(options.site)), made_of, search=options.search)
    traces = read_manifest(options.out).bundles
    made_by = {a: name for name, trace in traces.items() for a in trace.addresses}
    bundle = _maker(address, site, bundles, made_by)
    if bundle is None:
        name = made_by.get(address, "")
        of_texts = (name, traces[name]) if name.startswith((INDEX, LEXICON)) else None
        of_search = _of_search(address, site, bundles, of_texts) if options.search else None
        return _as_it_is(address, site, blueprint) or of_search
    page = address if address.endswith(".html") else ""
    own, shared, shown, theme = _without_repetition(
        _own(address, site, bundle),
        _shared(site),
        [*_targets(address, site), *_seen(bundle.sight)],
        _theme(page, site, bundle),
    )
    trace = traces.get(bundle.name)
    parts = Tracer(engine(), blueprint.common, site.theme).parts(outline_of(bundle), site.inputs)
    if trace is None:
        return Explanation(own, shown, shared, theme)
    others = {*bundle.files}.difference(own)
    made_for, made_along = _apart(trace.causes, others)
    since, _ = _apart(changed(parts, trace), others)
    return Explanation(own, shown, shared, theme, made_for, made_along, since)


def _apart(causes: tuple[str, ...], others: set[str]) -> tuple[list[str], list[str]]:
    """What a page was made for, and what only other pages of its bundle were made for.

    What others show to it is a cause of its own; where there is none, the files of others alone changed nothing of it.

    Args:
        causes: of its bundle.
        others: files of the bundle that the page does not show in full.
    """
    return ([], list(causes)) if others.issuperset(causes) else (list(causes), [])


def _written_in(asked: str, site: Checked, folder: Path) -> list[str]:
    """The pages that are written in a file, whose path counts from the site's folder or from where the program runs."""
    for path in (folder / asked, Path(asked)):
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            file = path.resolve().relative_to(folder.resolve()).as_posix()
            known = (*site.directory.pages, *site.directory.hidden)
            return [address for address in known if _file_of(address, site) == file]
    return []


def _address_meant(asked: str, base_url: str, options: Options) -> str:
    """The address from the root of what is written with the site's address, a slash, or its place on the disk."""
    address = asked.partition("#")[0].partition("?")[0].removeprefix("./")
    places = (f"{base_url.rstrip('/')}/", f"{options.out.as_posix()}/", f"{options.out.name}/", "/")
    address = address.removeprefix(next((place for place in places if address.startswith(place)), ""))
    return f"{address}index.html" if address.endswith("/") or not address else address


def _as_it_is(address: str, site: Checked, blueprint: Blueprint) -> Explanation | None:
    """What a file is made from that is no page's own: an attachment, a cover, a chart, an asset of the theme."""
    published: Iterable[Attachment | Variant] = (*blueprint.attachments, *blueprint.covers)
    for one in published:
        if one.address == address:
            return Explanation(own=[one.file])
    for asset in site.theme.assets.values():
        if asset.address == address:
            return Explanation(theme=[asset.file])
    if any(chart.address == address for chart in blueprint.charts):
        return Explanation(own=[_FILES["figures"]], theme=list(site.theme.string_files))
    return None


def _of_search(
    address: str, site: Checked, bundles: list[Bundle], of_texts: tuple[str, Trace] | None
) -> Explanation | None:
    """What a file is made from that search downloads, and that no bundle makes.

    Args:
        address: of the file.
        site: that it belongs to.
        bundles: of the site.
        of_texts: the name and trace of the index of texts, or of the lexicon, that the file belongs to, if it does.
    """
    if address == SEARCH_INDEX:
        packed = (file for bundle in bundles if bundle.kind in _PACKED for file in _seen(bundle.sight))
        shared, shown = _without_repetition(_shared(site), packed)
        return Explanation(shown=shown, shared=shared)
    if address in tables_of_characters().values():
        return Explanation()
    if of_texts:
        name, trace = of_texts
        kind, _, id = name.removeprefix(INDEX).partition("/")
        every = (folder.partition("{}")[0] for folder in chain(*_FOLDERS.values()))
        folders = tuple(every if name == LEXICON else (folder.format(id) for folder in _FOLDERS[kind]))
        alone = (*(topic.file for topic in site.catalogue.topics), *(page.file for page in site.catalogue.articles))
        files = chain((file for bundle in bundles for file in bundle.files), alone)
        return Explanation(shown=[file for file in files if file.startswith(folders)], made_for=list(trace.causes))
    return None


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


def _own(address: str, site: Checked, bundle: Bundle) -> Iterable[str]:
    """The records that a file shows in full: of a page the one that stands there, of another all of its bundle.

    Of former addresses it is the files that say what became of them.
    """
    if bundle.kind in {"moved", "moves"}:
        moves = site.directory.moves
        return [moves[address].file] if address in moves else [move.file for move in moves.values()]
    if address not in site.directory.pages:
        return bundle.files
    return filter(None, [_file_of(address, site)])


def _file_of(address: str, site: Checked) -> str:
    """The file that a page is written in; empty where it is in none alone."""
    if address in FIXED:
        return FIXED[address].file
    return (site.directory.pages.get(address) or site.directory.hidden[address]).file


def _shared(site: Checked) -> Iterator[str]:
    """The files that every page shows something of."""
    yield from (SETTINGS, VOCABULARY)
    for section in site.catalogue.sections:
        yield section.file
        yield from (column.file for column in section.columns)
    yield from (article.file for article in site.catalogue.articles)


def _targets(address: str, site: Checked) -> Iterator[str]:
    """The file of the page to which a former address leads, and whose title stands there."""
    move = site.directory.moves.get(address)
    if move is not None and move.target is not None and site.directory.pages[move.target].file:
        yield site.directory.pages[move.target].file


def _seen(sight: Sight) -> Iterator[str]:
    """The files of what a bundle shows beside its own records."""
    yield from (face.file for listed in sight.lists.values() for face in listed)
    yield from (face.file for face in sight.replacements.values())
    yield from (book.file for book in sight.textbooks.values())
    yield from (topic.file for topic in sight.topics)
    yield from (article.file for article in sight.articles)
    yield from (file for name, file in _FILES.items() if getattr(sight, name))
    yield from (attachment.file for attachment in sight.attachments.values())
    yield from (variant.file for cover in sight.covers.values() for variant in cover)


def _theme(page: str, site: Checked, bundle: Bundle) -> Iterator[str]:
    """The files of the theme that a page of a bundle is made by; what is no page has only the strings."""
    if page:
        names = [FIXED[page].kind] if page in FIXED else _TEMPLATES.get(bundle.kind, [bundle.kind])
        for name in names:
            yield from _templates(site.theme, f"{name}.html")
    yield from site.theme.string_files


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
