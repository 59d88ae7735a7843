"""Work for a crew: files to read, bundles to make and covers to draw, divided so that all workers end together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TypeVar

from builder import tasks
from builder.content.entries import Entry
from builder.content.files import Files, Role
from builder.crew import Crew, share_out
from builder.media import Variant
from builder.output.publish import Made
from builder.pages.context import Common
from builder.pages.plan import Bundle
from builder.rendering.theme import Theme
from builder.reporter import Reporter

T = TypeVar("T")

PARTS = 6  # tasks of a worker, so that one that has ended can help another


def read_entries(
    site: Path, files: Files, wanted: Sequence[tuple[Role, str]], crew: Crew, reporter: Reporter
) -> tuple[dict[str, Entry], dict[str, int]]:
    """Reads files. Those of one bundle are read by one worker, who will make its pages.

    Args:
        site: the site's folder.
        files: of the site.
        wanted: which of them, as pairs of role and path.
        crew: reads them.
        reporter: hears how many have been read.

    Returns:
        The entry of each file, and the number of the worker that has read it.
    """
    groups: dict[str, list[tuple[Role, str]]] = {}
    for role, file in wanted:
        groups.setdefault(file if role == "textbook" else str(PurePosixPath(file).parent), []).append((role, file))
    weights = {name: sum(files.stamps[file].size for _, file in group) for name, group in groups.items()}
    shares = share_out(list(groups), weights.__getitem__, len(crew))
    work = [
        [
            tasks.ReadTask(site, [pair for name in part for pair in groups[name]])
            for part in _parts(share, weights.__getitem__)
        ]
        for share in shares
    ]
    found: dict[str, Entry] = {}
    for entries in crew.run(tasks.read, work):
        found.update((entry.file, entry) for entry in entries)
        reporter.step(len(found))
    homes = {file: number for number, share in enumerate(shares) for name in share for _, file in groups[name]}
    return found, homes


def make_bundles(
    site: Path,
    staging: Path,
    common: Common,
    theme: Theme,
    language: str,
    bundles: Sequence[Bundle],
    digests: dict[str, str],
    homes: dict[str, int],
    right: dict[str, str],
    crew: Crew,
) -> Iterator[tuple[str, list[Made]]]:
    """Makes bundles, each where its records have been read.

    Args:
        site: the site's folder.
        staging: where files wait to be published.
        common: what all pages show.
        theme: to render with.
        language: to report problems in.
        bundles: to make.
        digests: of the records' files.
        homes: the number of the worker that has read a file.
        right: digests of what the output holds already, by address.
        crew: makes them.

    Yields:
        A bundle's name and its files.
    """
    homeless = [bundle for bundle in bundles if not bundle.files or bundle.files[0] not in homes]
    shares = share_out(homeless, _weight, len(crew))
    for bundle in bundles:
        if bundle.files and bundle.files[0] in homes:
            shares[homes[bundle.files[0]]].append(bundle)
    work = [
        [
            tasks.MakeTask(
                site,
                staging,
                common,
                theme,
                language,
                part,
                {file: digests[file] for bundle in part for file in bundle.files},
                right,
            )
            for part in _parts(share, _weight)
        ]
        for share in shares
    ]
    for made in crew.run(tasks.make, work):
        yield from made


def draw_covers(site: Path, staging: Path, variants: Sequence[Variant], cached: bool, crew: Crew) -> list[Made]:
    """Draws covers.

    Args:
        site: the site's folder.
        staging: where they wait to be published.
        variants: to draw.
        cached: take those that have been drawn before.
        crew: draws them.
    """
    shares = share_out(variants, lambda variant: variant.width * variant.height, len(crew))
    work = [[tasks.DrawTask(site, staging, share, cached)] if share else [] for share in shares]
    return [made for drawn in crew.run(tasks.draw, work) for made in drawn]


def _weight(bundle: Bundle) -> int:
    return bundle.weight


def _parts(share: Sequence[T], weight: Callable[[T], int]) -> list[list[T]]:
    """A share in parts of about the same weight, the heaviest parts first."""
    return [part for part in share_out(share, weight, PARTS) if part]
