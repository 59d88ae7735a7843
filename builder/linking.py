"""A site is linked and checked: all that a build and `check` want of the editors, and what the blueprint says of it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from msgspec import Raw

from builder.blueprint import Blueprint, outline_of
from builder.cache import Cache
from builder.charts import ChartFile, draw_charts
from builder.content.catalogue import Catalogue
from builder.content.entries import Entry
from builder.content.places import Places
from builder.content.reader import link_entries
from builder.digest import digest
from builder.dispatch import Hire, hiring, read_entries
from builder.inputs import SETTINGS, Inputs, check_stamps, measured, scan, with_found
from builder.media import Media
from builder.options import Options
from builder.pages.directory import Directory, make_directory
from builder.pages.plan import Bundle, common_of, plan
from builder.pictures import find_media
from builder.problems import ContentError, Problem, count
from builder.rendering.theme import Theme
from builder.reporter import Reporter, Silent
from builder.settings import Settings
from builder.site import Sources, read


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


def link(options: Options, cache: Cache, sources: Sources, hire: Hire, reporter: Reporter) -> Checked:
    """Links a site and checks everything that a build would refuse.

    Args:
        options: which site, and for which day.
        cache: what was kept of it; what is new is kept there.
        sources: of the site.
        hire: gives the crew that reads what must be read for this.
        reporter: hears how many files have been read.

    Raises:
        ContentError: there are errors.
        ChangedError: a file was saved while the site was read.
    """
    inputs, entries = sources.inputs, _entries(options, cache, sources, hire, reporter)
    catalogue, problems = link_entries(
        options.site, measured(sources.files, inputs), entries, sources.settings, options.today, drafts=options.drafts
    )
    media, directory = Media(), Directory()
    is_language = catalogue is not None and sources.settings.language in catalogue.vocabulary.languages
    if catalogue is not None and (is_language or not sources.is_known):
        media, found = find_media(options.site, catalogue, inputs, Places(options.site), cache.looked())
        cache.keep_looked(media.looked)
        problems += found
        directory, found = make_directory(
            catalogue, sources.settings.page_size, sources.settings.base_url, media, Places(options.site)
        )
        problems += found
    else:
        catalogue = None
    own = {id(problem) for entry in entries for problem in (*entry.problems, *entry.findings)}
    places = (place for one in problems if id(one) not in own for place in (one.place, *one.others))
    placed = {place.file: inputs.files[place.file].digest for place in places if place.file in inputs.files}
    problems = _told(sources, problems)
    if catalogue is None or sources.theme is None or count(problems, "error"):
        raise ContentError(problems, sources.language)
    settings, theme, language = sources.settings, sources.theme, sources.language
    return Checked(settings, theme, catalogue, media, directory, inputs, problems, placed, language)


def _told(sources: Sources, found: list[Problem]) -> list[Problem]:
    """The problems of a site without those that only come of others: of settings that could not be read, and that there
    are no words of the interface in a language that there is not.
    """
    if not sources.is_known:
        found = [one for one in found if one.place.file != SETTINGS and one.code != "title-without-language"]
    unknown = {one.place for one in found if one.code == "unknown-reference"}
    return [one for one in sources.problems if one.code != "no-strings" or one.place not in unknown] + found


def check(options: Options, reporter: Reporter | None = None) -> Checked:
    """Reads a site and checks everything that a build would refuse.

    Args:
        options: which site, and for which day.
        reporter: hears how many files have been read.

    Raises:
        ContentError: there are errors.
    """
    cache, reporter = Cache(options.site), reporter or Silent()
    with hiring(options, reporter) as hire:
        sources = read(options, cache, scan(options.site, cache.inputs), hire, reporter)
        checked = link(options, cache, sources, hire, reporter)
        check_stamps(options.site, checked.inputs)
        return checked


def charts_of(site: Checked, cache: Cache) -> list[ChartFile]:
    """The charts of a site's figures, drawn where they are not kept."""
    figures, strings = site.catalogue.figures, site.theme.strings
    key = digest(msgspec.msgpack.encode((figures, strings.as_dict())))
    return cache.charts(key, lambda: draw_charts(figures, strings))


def draw_up(site: Checked, charts: list[ChartFile], made_of: str, *, search: bool) -> tuple[Blueprint, list[Bundle]]:
    """Works out what is to be made.

    Args:
        site: that has been read and linked.
        charts: of its figures.
        made_of: the digest of what it is worked out from.
        search: whether readers can find by typing.

    Returns:
        The blueprint, and its bundles with what they see.
    """
    catalogue, media = site.catalogue, site.media
    bundles = plan(catalogue, site.directory, media, tuple(chart.shown for chart in charts))
    blueprint = Blueprint(
        made_of,
        site.placed,
        common_of(site.settings, catalogue, site.theme.strings.as_dict(), search=search),
        tuple(map(outline_of, bundles)),
        tuple(charts),
        tuple(media.attachments.values()),
        tuple(variant for cover in media.covers.values() for variant in cover),
        {
            "resources": len(catalogue.resources) + catalogue.class_hours,
            "class_hours": catalogue.class_hours,
            "textbooks": len(catalogue.textbooks),
            "editions": len({book.edition for book in catalogue.textbooks.values()}),
            "sections": len(catalogue.sections),
            "columns": len(catalogue.columns),
        },
        tuple(site.problems),
    )
    return blueprint, bundles


def _entries(options: Options, cache: Cache, sources: Sources, hire: Hire, reporter: Reporter) -> list[Entry]:
    """The entries of all files in their order; what has neither been read nor is kept is read now."""
    records, kept = sources.files.records, cache.entries()
    digests = {file: found.entry for _, file in records if (found := sources.inputs.files[file]).entry}
    read_before = {one.file for one in sources.read}
    missing = [(role, file) for role, file in records if file not in read_before and digests.get(file) not in kept]
    reads, _ = read_entries(options.site, sources.files, missing, hire(0), reporter)
    with_found(sources.inputs, reads)  # unless one has changed, all is known of these
    reads = [*sources.read, *reads]
    new = {one.entry_digest: Raw(one.encoded) for one in reads}
    cache.keep_entries({digest: new[digest] if digest in new else kept[digest] for digest in digests.values()})
    others = {one.file: one.entry for one in reads if one.entry is not None}
    return [others.get(file) or cache.entry(digests[file]) for _, file in records]
