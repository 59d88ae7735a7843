"""`schema`: what an editor's program knows of the fields."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from builder.commands.terminal import EXIT_CONTENT, check_site, tell
from builder.language import language_of


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail when they are not up to date.")
@click.pass_obj
def schema(site: Path, only_check: bool) -> None:
    """Write the JSON Schemas by which an editor knows the fields of each file.

    \b
    Example:
      catalogue schema
    """
    from builder.schema import FOLDER, stale_schemas, write_schemas

    check_site(site)
    changed = stale_schemas(site) if only_check else write_schemas(site)
    for file in changed:
        click.echo(file)
    if only_check and changed:
        tell("schemas-stale", language_of(site))
        sys.exit(EXIT_CONTENT)
    if not changed:
        tell("schemas-right", language_of(site), folder=FOLDER)
