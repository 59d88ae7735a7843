"""Tasks that end the worker that does them, in a module of their own, so that a cluster's workers find them too."""

from __future__ import annotations

import os

from builder.output.publish import Made
from builder.tasks import MakeTask, make


def make_after_one_is_lost(task: MakeTask) -> list[tuple[str, list[Made]]]:
    """The first worker that is asked for pages of a site makes them, and ends before it can say so."""
    made = make(task)
    try:
        (task.site / "lost").touch(exist_ok=False)
    except FileExistsError:
        return made
    os._exit(9)


def make_never(task: MakeTask) -> list[tuple[str, list[Made]]]:
    """Ends every worker that is asked for pages."""
    del task
    os._exit(9)
