"""`check`: every problem of the content, in a format for people or for other programs."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands.options import options_of, with_now
from builder.commands.terminal import EXIT_CONTENT, Progress, is_coloured
from builder.language import language_of

if TYPE_CHECKING:
    from builder.problems import Format


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(("full", "concise", "json", "github", "sarif")),
    default="full",
    show_default=True,
    help="full: with excerpt and remedy; concise: a line each; json: for programs; github: notes beside the lines of a "
    "pull request; sarif: for code scanners.",
)
@click.option("--all", "everything", is_flag=True, help="Show each problem, also where there are many of a kind.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@with_now
@click.pass_obj
def check(site: Path, form: Format, everything: bool, strict: bool, now: date | None) -> None:
    """Say everything that a build would refuse or warn of, without building.

    \b
    Example:
      catalogue check --format github --strict
    """
    from builder.linking import check as check_site
    from builder.problems import ContentError, count, report

    try:
        terminal = Progress(language_of(site))
        terminal.begin("check", 0)
        try:
            checked = check_site(options_of(site, now), terminal)
        finally:
            terminal.end()
        problems, language = checked.problems, checked.language
    except ContentError as error:
        problems, language = error.problems, error.language
    colour = form == "full" and is_coloured(sys.stdout)
    click.echo(report(problems, form, language, colour=colour, everything=everything), nl=False)
    if count(problems, "error") or (strict and problems):
        sys.exit(EXIT_CONTENT)
