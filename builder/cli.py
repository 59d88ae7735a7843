"""The command line: the program with its commands, and how it begins."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import click

from builder import __version__
from builder.commands.build import build
from builder.commands.check import check
from builder.commands.new import new
from builder.commands.program import Program, Spoken, say_stopped
from builder.commands.sample import sample
from builder.commands.schema import schema
from builder.commands.serve import serve
from builder.commands.terminal import language_beside
from builder.signals import Stopped, stop_when_asked

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Program, commands=[build, check, new, sample, schema, serve], context_settings=_CONTEXT)
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


def _take_site(ctx: click.Context, param: click.Parameter, site: Path | None) -> None:
    del param
    if site is not None:
        ctx.obj = ctx.find_root().obj = site.resolve()


def _fit_in(group: click.Group) -> None:
    """Lets `--site` stand behind each command as well as before it, and its help speak the language of the site."""
    for command in group.commands.values():
        command.context_class = Spoken
        where = click.Path(path_type=Path, file_okay=False, exists=True)
        command.params.append(
            click.Option(["--site"], type=where, expose_value=False, is_eager=True, hidden=True, callback=_take_site)
        )
        if isinstance(command, click.Group):
            _fit_in(command)


_fit_in(program)


def main(arguments: list[str] | None = None) -> None:
    """Runs the program; Ctrl-C ends it at once and harms nothing."""
    if sys.platform == "win32":  # what other programs read is UTF-8 on every system
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
                stream.reconfigure(encoding="utf-8")
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for them takes as long as to read many files
    stop_when_asked()
    from builder.problems import PROGRAM

    try:
        program.main(arguments, prog_name=PROGRAM, standalone_mode=True)
    except Stopped as stopped:  # before a command began, or a second time
        say_stopped(language_beside(sys.argv[1:] if arguments is None else arguments))
        sys.exit(128 + stopped.number)
