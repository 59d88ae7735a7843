"""`sample`: a made-up site of the published shape."""

from __future__ import annotations

import errno
from pathlib import Path

import click

from builder.commands.terminal import Progress, fail, language, tell


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--resources", type=click.IntRange(1, 300_000), default=28052, show_default=True, help="Published resources."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another gives another site of the same shape.")
@click.pass_context
def sample(ctx: click.Context, folder: Path, resources: int, seed: int) -> None:
    """Write a whole site of made-up resources in the published shape, for benchmarks and trials.

    \b
    Example:
      catalogue sample trial --resources 1000
      catalogue --site trial build
    """
    from builder.sample import write_sample
    from builder.sample.shares import counts_for

    terminal = Progress(language(ctx))
    terminal.begin("sample", 0)
    try:
        write_sample(folder, resources, seed, terminal.step)
    except OSError as error:
        if error.errno != errno.ENOTEMPTY:
            raise
        fail(ctx, "folder-not-empty", folder=folder)
    terminal.end()
    counts = counts_for(resources)
    sizes = {"hours": counts.class_hours, "books": counts.textbooks, "hidden": counts.hidden}
    tell("sampled", language(ctx), resources=resources, **sizes)
