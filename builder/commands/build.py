"""`build`: the site into its output folder."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.commands.options import options_of, with_drafts, with_now
from builder.commands.program import ReportError
from builder.commands.terminal import EXIT_FAILED, NAMED_AT_MOST, Progress, name_some, show, tell, wrong
from builder.language import language_of

if TYPE_CHECKING:
    from builder.build import Report
    from builder.explain import Explanation
    from builder.options import Options

_SUCH_AS = 3  # addresses that are named of those to choose from


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Output folder; public/ when left out.")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes; one for each core when left out.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Let the workers of this Dask cluster do the work, as in tcp://192.0.2.1:8786.",
)
@with_drafts
@with_now
@click.option("--clean", is_flag=True, help="Write every file anew, also over files that are not known to be ours.")
@click.option("--verify", is_flag=True, help="Build again aside, from nothing, and compare every byte.")
@click.option(
    "--explain",
    metavar="ADDRESS",
    help="Say which file a page is written in, what else it shows, and why it was made; or name that file.",
)
@click.option("--no-search", is_flag=True, help="Leave out what search downloads.")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write what was done as JSON; its folder is made."
)
@click.pass_obj
def build(
    site: Path,
    out: Path | None,
    jobs: int | None,
    scheduler: str | None,
    drafts: bool,
    now: date | None,
    clean: bool,
    verify: bool,
    explain: str | None,
    no_search: bool,
    report: Path | None,
) -> None:
    """Build the site into public/.

    \b
    Example:
      catalogue build --report report.json
    """
    from builder import build as builder

    if jobs and scheduler:
        raise wrong("jobs-and-scheduler")
    crew = _cluster(scheduler) if scheduler else None
    options = options_of(
        site, now, out=_output(site, out), jobs=jobs, drafts=drafts, clean=clean, search=not no_search, crew=crew
    )
    if report:
        _check_report(report)
    if explain:
        from builder.explain import explain as explain_page

        _explain(explain, explain_page(options, explain), language_of(site))
        return
    done = builder.build(options, Progress(language_of(site)))
    show(done.problems, done.language)
    if report:
        _write_report(report, done.as_dict())
    name_some(done.published.foreign, "foreign", done.language, folder=options.out)
    name_some(done.published.replaced, "replaced", done.language, folder=options.out)
    gone = [address for address in done.published.removed if address.endswith(".html")]
    name_some(gone, "gone", done.language)
    click.echo(_summary(done), err=True)
    if verify:
        _verify(options, done)


def _verify(options: Options, done: Report) -> None:
    """Says whether a clean build makes the same; status 2 where it does not."""
    from builder.problems import ContentError
    from builder.verify import verify

    try:
        verdict = verify(options, done)
    except ContentError as error:
        show(error.problems, error.language)
        tell("verified-refused", error.language)
        sys.exit(EXIT_FAILED)
    name_some(verdict.different, "different", done.language)
    if verdict.different:
        tell("verified-different", done.language, number=len(verdict.different))
    elif not verdict.is_told_alike:
        tell("verified-told-otherwise", done.language)
    else:
        tell("verified", done.language)
        return
    sys.exit(EXIT_FAILED)


def _cluster(scheduler: str) -> Any:
    """What opens the crew of a cluster, once there is something to do."""
    from functools import partial

    from builder.cluster import dask_crew

    return partial(dask_crew, scheduler)


def _output(site: Path, out: Path | None) -> Path:
    """The output folder, which must not hold or lie among the editors' files, also where a link leads there."""
    named = out or site / "public"
    try:
        folder = named.resolve()
    except (OSError, RuntimeError):  # the latter up to Python 3.12
        raise wrong("link-to-nowhere", place=named) from None
    if folder.is_symlink():  # which is what Python 3.13 makes of a link to itself
        raise wrong("link-to-nowhere", place=named)
    names = ("site.yaml", "content", "themes", "schema", ".git", ".cache")
    sources = [path for name in names for path in (site / name, (site / name).resolve())]
    if any(source in {folder, *folder.parents} or folder in source.parents for source in sources):
        raise wrong("output-in-site", folder=folder)
    return folder


def _check_report(report: Path) -> None:
    """A report that cannot be written must not come to light at the end of the work."""
    there = next(path for path in (report, *report.absolute().parents) if path.exists())
    if not (there == report or there.is_dir()) or not os.access(there, os.W_OK):
        raise wrong("report-place", file=report, there=there)


def _write_report(report: Path, content: dict[str, Any]) -> None:
    """Writes a report, or says that it could not be; half of one is taken away."""
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        with suppress(OSError):
            if report.is_file():
                report.unlink()
        raise ReportError(error.errno, error.strerror, str(report)) from error


def _explain(address: str, found: Explanation | None, language: str) -> None:
    """Says where a page is written, then what else it is made of, of which there may be hundreds of files."""
    from builder.problems import say
    from builder.traces import in_words

    if found is None:
        raise wrong("no-such-address", address=address)
    if found.is_hidden:
        raise wrong("not-shown-today", address=address)
    if found.choices:
        some = say("comma", language).join(found.choices[:_SUCH_AS])
        raise wrong("several-pages", file=address, number=len(found.choices), some=some)
    groups = {"own": found.own, "shown": found.shown, "shared": found.shared, "theme": found.theme}
    for name, files in groups.items():
        if files:
            named = files if name == "own" else files[:NAMED_AT_MOST]
            click.echo(say(f"explained-{name}", language, number=len(files)))
            click.echo("".join(f"  {file}\n" for file in named), nl=False)
            if rest := len(files) - len(named):
                click.echo(f"  {say('explained-rest', language, number=rest)}")
    if not any(groups.values()):
        click.echo(say("explained-program", language))
    told = {"made-for": found.made_for, "made-along": found.made_along, "changed-since": found.changed}
    for sentence, reasons in told.items():
        if reasons:
            causes = say("comma", language).join(in_words(reason, language) for reason in reasons)
            tell(sentence, language, causes=causes)


def _summary(done: Any) -> str:
    from builder.problems import say

    figures = done.as_dict()
    measures = {"seconds": figures.pop("seconds")["total"], "megabytes": figures["peak_memory_bytes"] / 1e6}
    return say("built", done.language, **figures, **measures)
