"""One site built time and again in one process: what a build has read, linked and planned is at hand for the next."""

from __future__ import annotations

import gc
import time
from collections.abc import Generator, Iterable
from contextlib import ExitStack

from builder.cache import Cache
from builder.dispatch import hiring
from builder.inputs import Inputs, find_changed, look_again, scan
from builder.options import Options
from builder.output.manifest import Outcome
from builder.output.publish import PassingOutput, Published
from builder.phases import Phases
from builder.problems import ChangedError, ContentError, Problem
from builder.reporter import Silent, Timer
from builder.settings import Settings
from builder.site import settings_of


class Session:
    """Builds a site by the phases of every build, first from nothing and then after every save.

    What the last build knew is believed, but for the files that are said to have been saved. What has escaped the
    watch, or has come to the output by other hands, is found by `look`, for which there is time between saves.

    Args:
        options: what to build and how; the site and the output are always the same.
    """

    def __init__(self, options: Options):
        self._options = options
        self._warnings: tuple[Problem, ...] = ()
        self._first: frozenset[tuple[object, ...]] | None = None  # signs of the warnings that stood at the beginning
        self._saved: set[str] = set()
        self._begin()

    def _begin(self) -> None:
        self._cache = Cache(self._options.site)
        self._output = PassingOutput(self._options.out)
        self._knows_all = False
        self._is_good = False

    def build(self, options: Options, saved: set[str]) -> tuple[Outcome, Published]:
        """Builds the site as it is now.

        Args:
            options: those of the session, for today.
            saved: paths of files and folders that may have changed since the last time, from the site's folder. The
                first time, and where the last build broke off, everything is looked at.

        Raises:
            ContentError: the site has errors; nothing was written.
            ChangedError: a file was saved meanwhile; nothing was written.
        """
        self._saved |= saved
        knew_all, self._knows_all, self._is_good = self._knows_all, False, False
        cache = self._cache
        site = options.site
        if not knew_all and self._output.right:
            for _ in self._output.look():
                pass
        try:
            cache.inputs = look_again(site, cache.inputs, saved) if knew_all else scan(site, cache.inputs)
            with ExitStack() as held, hiring(options, Silent()) as hire:
                held.callback(self._output.forget_staged)
                phases = Phases(options, cache, hire, Timer(Silent()))
                outcome, published = phases.make(phases.design(cache.inputs, anew=False), self._output)
        except ContentError:
            self._knows_all = True
            raise
        except (ChangedError, OSError):
            if not knew_all:
                raise
            for _ in self._output.look():  # what has changed, or is gone, without a word may be one of ours
                pass
            return self.build(options, saved)
        except Exception:
            self._begin()  # whatever it was, nothing is believed that was known before
            raise
        self._knows_all = self._is_good = True
        if not knew_all:
            cache.write()
            _collect_garbage()
        return outcome, published

    @property
    def settings(self) -> Settings | None:
        """The settings that the last build has read."""
        return settings_of(self._options, self._cache, self._cache.inputs)[0]

    def fresh(self, warnings: tuple[Problem, ...]) -> list[Problem]:
        """The warnings of a good build that the one before did not give, whatever lines have moved meanwhile."""
        former, self._warnings = {_sign(warning) for warning in self._warnings}, warnings
        if self._first is None:
            self._first = frozenset(map(_sign, warnings))
        return [warning for warning in warnings if _sign(warning) not in former]

    def noticed(self, warnings: Iterable[Problem]) -> list[Problem]:
        """Those of files that have been saved since the first build, and those that the first good one did not give."""
        first = self._first
        return [
            warning
            for warning in warnings
            if warning.place.file in self._saved or (first is not None and _sign(warning) not in first)
        ]

    def look(self) -> Generator[None, None, set[str] | None]:
        """Looks for what no build has been told of, and keeps what the next preview will want to know.

        Yields:
            Between any two steps there may be a build; then this look is over, and none of its steps may follow.

        Returns:
            Paths of files that have changed, and nothing at all where another build would change nothing.
        """
        if not self._knows_all:
            return None
        cache, noted = self._cache, time.time_ns()
        changed = yield from find_changed(self._options.site, cache.inputs)
        if changed:
            return changed
        yield from self._output.look()
        if self._is_good and not self._output.is_whole:
            return set()
        if self._is_good:
            cache.keep_inputs(Inputs(noted, cache.inputs.files))
            cache.write()
            yield
        _collect_garbage()
        return None


def _sign(warning: Problem) -> tuple[object, ...]:
    """What a warning is known by again."""
    return warning.code, warning.place.file, warning.place.text, warning.record, *warning.facts.items()


def _collect_garbage() -> None:
    """What has been there for long is left out, since to look through it all takes longer than many a build."""
    gc.collect()
    if not gc.get_freeze_count():
        gc.freeze()
