"""Tasks that end the worker that does them, in a module of their own, so that a cluster's workers find them too."""

from __future__ import annotations

import os

from builder.tasks import MakeDone, MakeTask, make


def make_after_one_is_lost(task: MakeTask) -> MakeDone:
    """The first worker that is asked for pages of a site makes them, and ends before it can say so."""
    made = make(task)
    try:
        (task.job.site / "lost").touch(exist_ok=False)
    except FileExistsError:
        return made
    os._exit(9)


def make_never(task: MakeTask) -> MakeDone:
    """Ends every worker that is asked for pages."""
    del task
    os._exit(9)
