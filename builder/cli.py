"""The command line: the only place that prints, reads the terminal and sets exit codes."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Thread, Timer
from time import perf_counter
from typing import IO, Any

import click

from builder import __version__
from builder.language import is_chinese, language_of
from builder.new.commands import COMMANDS, LANGUAGE
from builder.usage import Day, in_chinese

EXIT_CONTENT, EXIT_FAILED = 1, 2
_WARNINGS_SHOWN = 10
_SLOW = 1.0  # seconds after which progress is shown


class _Program(click.Group):
    """Ends well in every case: a person sees a sentence in the language of the site, never a traceback."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Takes the words of the command line."""
        language = _language_beside(args)
        try:
            ctx = super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise _told(error, language) from None
        ctx.meta.setdefault(LANGUAGE, language)
        return ctx

    def invoke(self, ctx: click.Context) -> Any:
        from builder.crew import UnfitCrewError, WorkerDiedError
        from builder.output.publish import BusyError, CutOffError, ObstacleError, OutputError, StagingError
        from builder.problems import ChangedError, ContentError, say
        from builder.system import say_refused

        try:
            return super().invoke(ctx)
        except ContentError as error:
            _show(error.problems, error.language)
            click.echo(say("nothing-written", error.language), err=True)
            ctx.exit(EXIT_CONTENT)
        except BusyError as error:
            _fail(ctx, "another-build", place=error)
        except ObstacleError as error:
            _fail(ctx, "in-the-way", paths="\n  ".join(str(path) for path in error.paths[:10]))
        except ChangedError as error:
            _fail(ctx, "saved-meanwhile", place=error)
        except WorkerDiedError:
            _fail(ctx, "worker-died")
        except UnfitCrewError as error:
            _fail(ctx, error.sentence, **error.facts)
        except StagingError as error:
            _fail(ctx, "other-output", place=error)
        except (_Stopped, KeyboardInterrupt) as error:
            sentence = "stopped-build" if ctx.invoked_subcommand == "build" else "stopped"
            click.echo(f"catalogue: {_say(ctx, sentence)}", err=True)
            ctx.exit(128 + (error.number if isinstance(error, _Stopped) else signal.SIGINT))
        except OutputError as error:
            sentence = "cut-off" if isinstance(error, CutOffError) else "not-published"
            _end(ctx, say_refused(error, _language(ctx), sentence))
        except _ReportError as error:
            _end(ctx, say_refused(error, _language(ctx), "report-not-written"))
        except OSError as error:
            _end(ctx, say_refused(error, _language(ctx)))
        except click.UsageError as error:
            raise _told(error, _language(ctx)) from None
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception:
            click.echo(traceback.format_exc(), err=True)
            _fail(ctx, "our-fault")


class _WrongUsageError(click.UsageError):
    """Wrong usage that is shown in a language.

    Args:
        error: what is wrong.
        language: a BCP 47 tag.
    """

    def __init__(self, error: click.UsageError, language: str):
        self._is_chinese = is_chinese(language)
        message = error.format_message()
        super().__init__(in_chinese(message) if self._is_chinese else message, error.ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        """Shows how the command is called, where help is, and what is wrong."""
        if not self._is_chinese:
            super().show(file)
            return
        if self.ctx is not None:
            click.echo(self.ctx.get_usage().replace("Usage: ", "用法：", 1), err=True)
            click.echo(f"运行 `{self.ctx.command_path} --help` 可以看说明。\n", err=True)
        click.echo(f"错误：{self.message}", err=True)


class _ReportError(OSError):
    """The site is built, but the report of it cannot be written."""


class _Stopped(BaseException):
    """The program was asked to end, by a signal of this number. Click would make a failure of a KeyboardInterrupt."""

    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


def _stop_when_asked() -> None:
    """Lets SIGTERM end the program as Ctrl-C does; who has them ignored, as `nohup` has, is left alone."""
    own = os.getpid()

    def stop(number: int, _: Any) -> None:
        if os.getpid() == own:  # a worker that was forked a moment ago leaves it to this process
            raise _Stopped(number)

    def stop_later(ignored: Any) -> None:
        if not isinstance(ignored.exc_value, _Stopped):
            sys.__unraisablehook__(ignored)
        else:  # it came at one of the few places where Python lets an exception get lost
            again = Timer(0.05, signal.raise_signal, (ignored.exc_value.number,))
            again.daemon = True
            again.start()

    for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, signal.SIG_DFL)):
        if signal.getsignal(number) == usual:
            signal.signal(number, stop)
    sys.unraisablehook = stop_later


def _language(ctx: click.Context) -> str:
    """To speak to the editor in: that of the site, or of the one that is to be made."""
    return str(ctx.meta[LANGUAGE])


def _language_beside(words: Sequence[str]) -> str:
    """The language of the site that the words of a command line name, which may be wrong in all else."""
    site = Path()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--":
            break
        if word == "--site" or word.startswith("--site="):
            named = Path(word.partition("=")[2] or following)
            site = named if named.is_dir() else site
    return language_of(site)


def _told(error: click.UsageError, language: str) -> click.UsageError:
    """Wrong usage, to be shown in a language; a page of help is shown as it is."""
    if isinstance(error, (click.exceptions.NoArgsIsHelpError, _WrongUsageError)):
        return error
    return _WrongUsageError(error, language)


def _say(ctx: click.Context, sentence: str, **facts: object) -> str:
    from builder.problems import say

    return say(sentence, _language(ctx), **facts)


def _fail(ctx: click.Context, sentence: str, **facts: object) -> None:
    _end(ctx, _say(ctx, sentence, **facts))


def _end(ctx: click.Context, message: str) -> None:
    click.echo(f"catalogue: {message}", err=True)
    ctx.exit(EXIT_FAILED)


class Terminal:
    """Shows phases that take longer than a second, on a terminal only.

    Args:
        language: a BCP 47 tag.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._phase, self._steps, self._began, self._shown = "", 0, 0.0, ""
        self._is_terminal = sys.stderr.isatty()

    def begin(self, phase: str, steps: int) -> None:
        """A phase begins."""
        self._phase, self._steps, self._began = phase, steps, perf_counter()

    def step(self, done: int) -> None:
        """Shows how far the phase is."""
        if self._is_terminal and perf_counter() - self._began > _SLOW:
            far = f"{done * 100 // self._steps} %" if self._steps else f"{done:,}"
            if far != self._shown:
                from builder.problems import say

                click.echo(f"\r{say(f'phase-{self._phase}', self._language)} {far}\033[K", nl=False, err=True)
            self._shown = far

    def end(self) -> None:
        """Clears the line."""
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)
        self._shown = ""


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=_Program, context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="catalogue")
@click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="The site's folder; the current one when left out. It may also stand behind the command.",
)
@click.pass_context
def program(ctx: click.Context, site: Path) -> None:
    """Build a national catalogue of school learning resources into a static site.

    \b
    Example:
      catalogue build
      catalogue --site /srv/catalogue serve
    """
    ctx.obj = site.resolve()


_drafts = click.option("--drafts", is_flag=True, help="Show drafts and what is scheduled for later too.")
_now = click.option("--now", type=Day(), metavar="DATE", help="The day to build for; today in UTC when left out.")


def _options(site: Path, now: date | None, **more: Any) -> Any:
    from builder.options import Options

    given: dict[str, Any] = {name: value for name, value in more.items() if value is not None}
    given.setdefault("out", site / "public")
    if now is not None:
        given["today"] = now
    return Options(site=site, **given)


@program.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Output folder; public/ when left out.")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes; one for each core when left out.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Let the workers of this Dask cluster do the work, as in tcp://192.0.2.1:8786.",
)
@_drafts
@_now
@click.option("--clean", is_flag=True, help="Write every file anew.")
@click.option("--verify", is_flag=True, help="Build again aside, from nothing, and compare every byte.")
@click.option("--explain", metavar="ADDRESS", help="Say which files a page is made from, and why it was made.")
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
    from builder.problems import say

    del no_search  # nothing is downloaded for search yet
    if jobs and scheduler:
        raise _wrong("jobs-and-scheduler", site)
    crew = _cluster(scheduler) if scheduler else None
    options = _options(site, now, out=_output(site, out), jobs=jobs, drafts=drafts, clean=clean, crew=crew)
    if report:
        _check_report(report, site)
    if explain:
        from builder.explain import explain as explain_page

        _explain(explain, explain_page(options, explain.removeprefix("/")), language_of(site))
        return
    done = builder.build(options, Terminal(language_of(site)))
    _show_warnings(done.problems, done.language)
    if report:
        _write_report(report, done.as_dict())
    _name_some(done.published.foreign, "foreign", done.language, folder=options.out)
    _name_some(done.published.replaced, "replaced", done.language, folder=options.out)
    gone = [address for address in done.published.removed if address.endswith(".html")]
    _name_some(gone, "gone", done.language)
    click.echo(_summary(done), err=True)
    if verify:
        from builder.verify import verify as compare

        different = compare(options, done.published.foreign)
        _name_some(different, "different", done.language)
        outcome = "verified-different" if different else "verified"
        click.echo(say(outcome, done.language, number=len(different)), err=True)
        if different:
            sys.exit(EXIT_FAILED)


@program.command()
@click.option("--format", "form", type=click.Choice(("full", "concise", "json", "github", "sarif")), default="full")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@_now
@click.pass_obj
def check(site: Path, form: Any, strict: bool, now: date | None) -> None:
    """Say everything that a build would refuse or warn of, without building.

    \b
    Example:
      catalogue check --format github --strict
    """
    from builder.linking import check as check_site
    from builder.problems import ContentError, count, report

    try:
        terminal = Terminal(language_of(site))
        terminal.begin("check", 0)
        try:
            checked = check_site(_options(site, now), terminal)
        finally:
            terminal.end()
        problems, language = checked.problems, checked.language
    except ContentError as error:
        problems, language = error.problems, error.language
    text = report(
        problems, form, language, colour=form == "full" and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    )
    click.echo(text, nl=False)
    if count(problems, "error") or (strict and problems):
        sys.exit(EXIT_CONTENT)


@program.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--resources", type=click.IntRange(1, 300_000), default=28052, show_default=True, help="Published resources."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another gives another site of the same shape.")
def sample(folder: Path, resources: int, seed: int) -> None:
    """Write a whole site of made-up resources in the published shape, for benchmarks and trials.

    \b
    Example:
      catalogue sample trial --resources 1000
      catalogue --site trial build
    """
    from builder.problems import say
    from builder.sample import write_sample
    from builder.sample.shares import counts_for

    terminal = Terminal(language_of(folder))
    terminal.begin("sample", 0)
    try:
        write_sample(folder, resources, seed, terminal.step)
    except OSError as error:
        if error.errno != errno.ENOTEMPTY:
            raise
        _fail(click.get_current_context(), "folder-not-empty", folder=folder)
    terminal.end()
    counts = counts_for(resources)
    sizes = {"hours": counts.class_hours, "books": counts.textbooks, "hidden": counts.hidden}
    click.echo(say("sampled", language_of(folder), resources=resources, **sizes), err=True)


def _cluster(scheduler: str) -> Any:
    """What opens the crew of a cluster, once there is something to do."""
    from functools import partial

    from builder.cluster import dask_crew

    return partial(dask_crew, scheduler)


def _output(site: Path, out: Path | None) -> Path:
    """The output folder, which must not hold or lie among the editors' files, also where a link leads there."""
    try:
        folder = (out or site / "public").resolve()
    except (OSError, RuntimeError):  # the latter up to Python 3.12
        raise _wrong("link-to-nowhere", site, place=out or site / "public") from None
    names = ("site.yaml", "content", "themes", "schema", ".git", ".cache")
    sources = [path for name in names for path in (site / name, (site / name).resolve())]
    if any(source in {folder, *folder.parents} or folder in source.parents for source in sources):
        raise _wrong("output-in-site", site, folder=folder)
    return folder


def _check_report(report: Path, site: Path) -> None:
    """A report that cannot be written must not come to light at the end of the work."""
    there = next(path for path in (report, *report.absolute().parents) if path.exists())
    if not (there == report or there.is_dir()) or not os.access(there, os.W_OK):
        raise _wrong("report-place", site, file=report, there=there)


def _write_report(report: Path, content: dict[str, Any]) -> None:
    """Writes a report, or says that it could not be; half of one is taken away."""
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        with suppress(OSError):
            if report.is_file():
                report.unlink()
        raise _ReportError(error.errno, error.strerror, str(report)) from error


def _wrong(sentence: str, site: Path, **facts: object) -> click.UsageError:
    """Wrong usage, by a sentence of ours."""
    from builder.problems import say

    return click.UsageError(say(sentence, language_of(site), **facts))


def _name_some(addresses: list[str], sentence: str, language: str, **facts: object) -> None:
    """Names the first ten of some files."""
    if addresses:
        from builder.problems import say

        click.echo(say(sentence, language, number=len(addresses), **facts), err=True)
        click.echo("".join(f"  {address}\n" for address in addresses[:10]), err=True, nl=False)


def _show_warnings(problems: Any, language: str) -> None:
    """A build shows a few warnings in full, and of many only how many there are of each kind."""
    from collections import Counter

    from builder.problems import say

    if len(problems) <= _WARNINGS_SHOWN:
        _show(problems, language)
        return
    kinds = ", ".join(f"{code} × {number}" for code, number in Counter(p.code for p in problems).most_common())
    click.echo(say("many-warnings", language, number=len(problems), kinds=kinds), err=True)


def _explain(address: str, found: Any, language: str) -> None:
    from builder.problems import say
    from builder.traces import in_words

    if found is None:
        raise click.UsageError(say("no-such-address", language, address=address))
    click.echo("\n".join(found.inputs))
    for sentence, reasons in (("made-for", found.made_for), ("changed-since", found.changed)):
        if reasons:
            causes = say("comma", language).join(in_words(reason, language) for reason in reasons)
            click.echo(say(sentence, language, causes=causes), err=True)


@program.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port to use; the first free one from 8000 when left out.")
@_drafts
@_now
@click.option("--open", "address", metavar="ADDRESS", help="Open the browser at this page, as in index.html.")
@click.pass_context
def serve(ctx: click.Context, port: int | None, drafts: bool, now: date | None, address: str | None) -> None:
    """Show the site in a browser, and again after every save.

    \b
    Example:
      catalogue serve --drafts --open after-school.html
    """
    from builder.preview import server
    from builder.preview.watch import UnwatchableError

    try:
        listening = server.listen(port)
    except server.PortTakenError as taken:
        _fail(ctx, "port-taken", port=taken)
    else:
        try:
            server.serve(server.Preview(ctx.obj, drafts, now), listening, _Previewing(address, _language(ctx)))
        except UnwatchableError as error:
            _fail(ctx, "cannot-watch", reason=error)


class _Previewing:
    """Tells of the preview's builds, a line each; `address` is opened in the browser when it is there."""

    def __init__(self, address: str | None, language: str):
        self._address, self._language = address, language

    def started(self, url: str) -> None:
        """Says where the preview is."""
        from builder.problems import say

        click.echo(say("preview-started", self._language, url=url), err=True)
        if self._address is not None:
            import webbrowser

            page = url + self._address.removeprefix("/")
            Thread(target=webbrowser.open, args=(page,), daemon=True).start()  # some browsers keep their caller waiting

    def built(self, saved: list[str], outcome: Any) -> None:
        """Says what a build did and how many problems there are."""
        _show(outcome.errors, outcome.language)
        if outcome.failure:
            click.echo(f"catalogue: {outcome.failure}", err=True)
        from builder.problems import say

        language = outcome.language
        first, *others = saved or [say("whole-site", language)]
        parts = first.split("/")
        file = "/".join([parts[0], "…", parts[-1]]) if len(parts) > 2 else first
        pages = sum(written.endswith(".html") for written in outcome.written)
        counts = [
            say("and-more", language, file=file, number=len(others)) if others else file,
            say("pages-written", language, number=pages),
            say("seconds", language, number=outcome.seconds),
            say("errors", language, number=len(outcome.errors)),
            *([say("warnings", language, number=outcome.warnings)] if outcome.warnings else []),
        ]
        click.echo(" · ".join(counts), err=True)


class _Making(click.Group):
    """Says what was written: its path, then the address of its page."""

    def invoke(self, ctx: click.Context) -> Any:
        from builder.new.written import RefusalError
        from builder.problems import say

        try:
            new = super().invoke(ctx)
        except RefusalError as refusal:
            raise click.UsageError(refusal.in_language(_language(ctx))) from None
        click.echo(f"{new.file}:{new.line}" if new.line else new.file)
        click.echo(new.address)
        if new.is_draft:
            click.echo(say("is-draft", _language(ctx)), err=True)
        return new


@program.group("new", cls=_Making, commands=COMMANDS)
def _new() -> None:
    """Write a site, a section, a column, a resource, a textbook, a lesson, a topic or a page.

    \b
    Example:
      catalogue new resource after-school/chess/first-moves --title 第一步
    """


@program.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail when they are not up to date.")
@click.pass_obj
def schema(site: Path, only_check: bool) -> None:
    """Write the JSON Schemas by which an editor knows the fields of each file.

    \b
    Example:
      catalogue schema
    """
    from builder.problems import say
    from builder.schema import FOLDER, stale_schemas, write_schemas

    changed = stale_schemas(site) if only_check else write_schemas(site)
    for file in changed:
        click.echo(file)
    if only_check and changed:
        click.echo(say("schemas-stale", language_of(site)), err=True)
        sys.exit(EXIT_CONTENT)
    if not changed:
        click.echo(say("schemas-right", language_of(site), folder=FOLDER), err=True)


def _show(problems: Any, language: str) -> None:
    from builder.problems import report

    colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    click.echo(report(problems, "full", language or "en", colour=colour), nl=False, err=True)


def _summary(done: Any) -> str:
    from builder.problems import say

    figures = done.as_dict()
    measures = {"seconds": figures.pop("seconds")["total"], "megabytes": figures["peak_memory_bytes"] / 1e6}
    return say("built", done.language, **figures, **measures)


def _take_site(ctx: click.Context, param: click.Parameter, site: Path | None) -> None:
    del param
    if site is not None:
        ctx.obj = ctx.find_root().obj = site.resolve()


def _let_site_follow(group: click.Group) -> None:
    """Lets `--site` stand behind a command as well as before it."""
    for command in group.commands.values():
        where = click.Path(path_type=Path, file_okay=False, exists=True)
        command.params.append(
            click.Option(["--site"], type=where, expose_value=False, is_eager=True, hidden=True, callback=_take_site)
        )
        if isinstance(command, click.Group):
            _let_site_follow(command)


_let_site_follow(program)


def main(arguments: list[str] | None = None) -> None:
    """Runs the program; Ctrl-C ends it at once and harms nothing."""
    if sys.platform == "win32":  # what other programs read is UTF-8 on every system
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
                stream.reconfigure(encoding="utf-8")
    _stop_when_asked()
    try:
        program.main(arguments, prog_name="catalogue", standalone_mode=True)
    except _Stopped as stopped:  # before a command began, or a second time
        from builder.problems import say

        words = sys.argv[1:] if arguments is None else arguments
        click.echo(f"catalogue: {say('stopped', _language_beside(words))}", err=True)
        sys.exit(128 + stopped.number)
