"""A crew, and its work: files to read, bundles to make and covers to draw, divided so that all workers end together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import TypeVar

from builder import tasks
from builder.content.entries import Read
from builder.content.files import Files, Role
from builder.crew import Crew, UnfitCrewError, WorkerDiedError, local_crew, share_out
from builder.inputs import Inputs
from builder.media import Variant
from builder.options import Options
from builder.output.publish import Output
from builder.output.staging import Made
from builder.pages.addresses import INDEXES
from builder.pages.plan import Bundle
from builder.reporter import Reporter
from builder.tasks import Job, MakeTask

T = TypeVar("T")
Hire = Callable[[int], Crew]

WORTH_A_WORKER = 1_000_000  # bytes of content that take as long to read as a second process takes to start
PIXELS_A_BYTE = 2  # of covers, drawn in the time in which a byte of content is read
PARTS = 12  # tasks of a worker, so that one that has ended can help another


@contextmanager
def hiring(options: Options, reporter: Reporter) -> Iterator[Hire]:
    """Gives a crew for some work, in bytes of content or what takes as long; in the end it is let go.

    The crew that is there goes on where it is large enough.

    Args:
        options: how many may work, or who does.
        reporter: hears in the end of those that were lost.

    Raises:
        UnfitCrewError: where somebody is to be hired, if the crew that was asked for cannot make this site.
    """
    crews: list[Crew] = []  # the last of them works
    with ExitStack() as hired:

        def hire(work: int) -> Crew:
            jobs = options.jobs or min(os.cpu_count() or 1, 1 + work // WORTH_A_WORKER)
            if options.crew is not None:
                if not crews:
                    crews.append(introduced(options.site, hired.enter_context(options.crew())))
            elif not crews or len(crews[-1]) < jobs:
                if crews:
                    crews[-1].dismiss()
                crews.append(hired.enter_context(local_crew(jobs)))
            return crews[-1]

        yield hire
    if lost := sum(crew.lost for crew in crews):
        reporter.lose(lost)


def introduced(site: Path, crew: Crew) -> Crew:
    """A crew whose workers would make the same pages as this process.

    Args:
        site: the site's folder, which all must share.
        crew: whose workers may be anywhere.

    Raises:
        UnfitCrewError: one runs another program, or sees another folder.
    """
    ours = tasks.introduce(site)
    try:
        answers = crew.ask(tasks.introduce, site)
    except WorkerDiedError:
        raise
    except Exception as error:  # whatever a kind of worker raises where it cannot load what it is asked to do
        raise UnfitCrewError("no-program", reason=str(error.__cause__ or error).partition("\n")[0]) from error
    for theirs in answers:
        if theirs.program != ours.program:
            raise UnfitCrewError("other-program", machine=theirs.machine)
        if theirs.settings != ours.settings:
            raise UnfitCrewError("other-folder", machine=theirs.machine, place=str(site))
    return crew


def read_entries(
    site: Path,
    files: Files,
    wanted: Sequence[tuple[Role, str]],
    crew: Crew,
    reporter: Reporter,
    meanwhile: Callable[[], object] = lambda: None,
) -> tuple[list[Read], dict[str, int]]:
    """Reads files. Those of one bundle are read by one worker, who will make its pages.

    Args:
        site: the site's folder.
        files: of the site.
        wanted: which of them, as pairs of role and path.
        crew: reads them.
        reporter: hears how many have been read.
        meanwhile: what this process does while others read.

    Returns:
        What was read, and the number of the worker that has read each file.
    """
    groups: dict[str, list[tuple[Role, str]]] = {}
    for role, file in wanted:
        groups.setdefault(file if role == "textbook" else str(PurePosixPath(file).parent), []).append((role, file))
    weights = {name: sum(files.sizes[file] for _, file in group) for name, group in groups.items()}
    shares = share_out(list(groups), weights.__getitem__, len(crew))
    work = [
        [
            tasks.ReadTask(site, [pair for name in part for pair in groups[name]])
            for part in _parts(share, weights.__getitem__)
        ]
        for share in shares
    ]
    found: list[Read] = []
    being_read = crew.run(tasks.read, work)
    meanwhile()
    for files_read in being_read:
        found += files_read
        reporter.step(len(found))
    homes = {file: number for number, share in enumerate(shares) for name in share for _, file in groups[name]}
    return found, homes


def make_bundles(
    job: Job, bundles: Sequence[Bundle], inputs: Inputs, homes: dict[str, int], output: Output, crew: Crew
) -> Iterator[tuple[Bundle, list[Made]]]:
    """Makes bundles, each where its records have been read.

    Args:
        job: that they belong to; templates that are compiled now are added to its own.
        bundles: to make.
        inputs: digests of the records' files.
        homes: the number of the worker that has read a file.
        output: where they will lie; what it holds already is not staged again.
        crew: makes them.

    Yields:
        A bundle and its files.
    """
    named = {bundle.name: bundle for bundle in bundles}
    shares = share_out([bundle for bundle in bundles if not _is_at_home(bundle, homes, crew)], _weight, len(crew))
    for bundle in bundles:
        if _is_at_home(bundle, homes, crew):
            shares[homes[bundle.files[0]]].append(bundle)
    work = [[_task(job, part, inputs, output) for part in _parts(share, _weight)] for share in shares]
    for made, compiled in crew.run(tasks.make, work):
        job.templates.update(compiled)
        for name, files in made:
            yield named[name], [file if file.staged else output.unchanged(file.address) for file in files]


def _task(job: Job, part: list[Bundle], inputs: Inputs, output: Output) -> MakeTask:
    digests = {file: inputs.files[file].digest for bundle in part for file in bundle.files}
    former = (output.manifest.bundles.get(bundle.name) for bundle in part)
    addresses = (address for trace in former if trace is not None for address in trace.addresses)
    right = {address: output.right[address].digest for address in addresses if address in output.right}
    return MakeTask(job, part, digests, right)


def _is_at_home(bundle: Bundle, homes: dict[str, int], crew: Crew) -> bool:
    return bool(bundle.files) and homes.get(bundle.files[0], len(crew)) < len(crew)


def make_indexes(
    texts: Mapping[str, Sequence[str]], folder_of: Callable[[str], Path], output: Output, crew: Crew
) -> Iterator[tuple[str, list[Made]]]:
    """Makes indexes of texts, the largest first.

    Args:
        texts: addresses of files of texts, by the name of the pack that they belong to.
        folder_of: tells where each of them lies: in the output, or where it waits for the commit.
        output: where the indexes will lie.
        crew: makes them.

    Yields:
        The name of a pack, and the files of its index.
    """
    right = {address: known.digest for address, known in output.right.items() if address.startswith(INDEXES)}
    work = [
        [
            tasks.IndexTask(
                output.staging,
                name,
                [(address, folder_of(address)) for address in texts[name]],
                right,
            )
            for name in share
        ]
        for share in share_out(list(texts), lambda name: len(texts[name]), len(crew))
    ]
    for name, files in crew.run(tasks.index, work):
        yield name, [file if file.staged else output.unchanged(file.address) for file in files]


def draw_covers(site: Path, staging: Path, variants: Sequence[Variant], cached: bool, crew: Crew) -> list[Made]:
    """Draws covers. All of one picture are drawn by one worker, who opens it once.

    Args:
        site: the site's folder.
        staging: where they wait to be published.
        variants: to draw.
        cached: take those that have been drawn before.
        crew: draws them.
    """
    covers: dict[str, list[Variant]] = {}
    for variant in variants:
        covers.setdefault(variant.file, []).append(variant)
    weights = {file: weight_of(cover) for file, cover in covers.items()}
    shares = share_out(list(covers), weights.__getitem__, len(crew))
    work = [
        [
            tasks.DrawTask(site, staging, [covers[file] for file in part], cached)
            for part in _parts(share, weights.__getitem__)
        ]
        for share in shares
    ]
    return [made for drawn in crew.run(tasks.draw, work) for made in drawn]


def weight_of(variants: Sequence[Variant]) -> int:
    """The time that covers take to draw, in bytes of content that are read in it."""
    return sum(variant.width * variant.height for variant in variants) // PIXELS_A_BYTE


def _weight(bundle: Bundle) -> int:
    return bundle.weight


def _parts(share: Sequence[T], weight: Callable[[T], int]) -> list[list[T]]:
    """A share in parts of about the same weight, the heaviest parts first."""
    return [part for part in share_out(share, weight, PARTS) if part]
