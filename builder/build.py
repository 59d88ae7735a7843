"""A build: where nothing has changed it ends at once; elsewhere the phases make what has."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from builder.cache import Cache
from builder.inputs import made_from, scan
from builder.options import Options
from builder.output.manifest import Outcome, has_manifest
from builder.output.publish import Published, finish_commit, open_output
from builder.problems import Problem
from builder.reporter import Reporter, Silent, Timer


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    outcome: Outcome
    published: Published
    seconds: dict[str, float]
    peak_memory: int

    @property
    def problems(self) -> list[Problem]:
        """Warnings; where there is an error there is no report."""
        return list(self.outcome.warnings)

    @property
    def language(self) -> str:
        """To show them in."""
        return self.outcome.language

    def as_dict(self) -> dict[str, Any]:
        """For `--report`."""
        return {
            **self.outcome.counts,
            "written": len(self.published.written),
            "removed": len(self.published.removed),
            "unchanged": self.published.unchanged,
            "changed": self.published.written,
            "seconds": {name: round(value, 3) for name, value in self.seconds.items()},
            "peak_memory_bytes": self.peak_memory,
            "errors": 0,
            "warnings": len(self.outcome.warnings),
        }


def build(options: Options, reporter: Reporter | None = None) -> Report:
    """Builds a site.

    Args:
        options: what to build and how.
        reporter: hears of the phases.

    Raises:
        ContentError: the site has errors; nothing was written.
        BusyError: another build is writing to the same folder.
        ObstacleError: something that is not ours stands in the way; nothing was written.
        OutputError: the output cannot be written to; nothing was put in place.
        CutOffError: the output could be written to no longer; the next build puts the rest in place.
        ChangedError: a file was saved meanwhile; nothing was written.
        WorkerDiedError: workers have ended in the middle of their work, and no other could do it; nothing was written.
        UnfitCrewError: the workers that were asked for cannot make this site; nothing was written.
        StagingError: a worker does not share the output's folder; nothing was written.
    """
    timer = Timer(reporter or Silent())
    finish_commit(options.out)
    with _without_collection(), ExitStack() as held:
        output = None
        if has_manifest(options.out):  # elsewhere nothing is touched before the site has been found free of errors
            output = held.enter_context(open_output(options.out, clean=options.clean))
        with timer.phase("scan"):  # of the sources; what lies in the output is looked at aside
            cache = Cache(options.site, believed=not options.clean, lasting=options.cached)
            inputs = scan(options.site, cache.inputs)
        if output and (outcome := output.outcome_of(made_from(inputs, *options.conditions))) is not None:
            cache.refresh(inputs)
            return _report(outcome, output.commit_again(), timer)
        from builder.dispatch import hiring  # with all their libraries, which take longer to load than this took
        from builder.phases import Phases

        with hiring(options, timer.reporter) as hire:  # a crew that is let go before the output is stages no more
            phases = Phases(options, cache, hire, timer)
            design = phases.design(inputs, anew=output is None)
            output = output or held.enter_context(open_output(options.out, clean=options.clean))
            outcome, published = phases.make(design, output)
        cache.write()
    return _report(outcome, published, timer)


@contextmanager
def _without_collection() -> Iterator[None]:
    """A build keeps what it makes, so that looking for what nobody needs would take a tenth of its time for nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _report(outcome: Outcome, published: Published, timer: Timer) -> Report:
    return Report(outcome, published, {"total": timer.total, **timer.seconds}, _peak_memory())


def _peak_memory() -> int:
    """Bytes of the largest of this process and its workers; 0 on systems that do not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
