"""What to build and how."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from builder.crew import Crew
from builder.engine import codecs, engine


@dataclass(frozen=True, slots=True)
class Options:
    """What to build and how.

    Args:
        site: the site's folder.
        out: the output folder.
        today: decides what is published, expired or stale.
        jobs: worker processes; as many as there are cores and work for where left out.
        drafts: show drafts and what is scheduled for later too.
        clean: write every file anew, and believe nothing that was kept of earlier builds.
        search: publish what search downloads, and the box to type into.
        texts: also that by which it finds what pages say, beside their titles.
        cached: take pictures from the cache where they have been made before, and put there what is new.
        crew: opens the crew that works instead of processes of this machine, once there is something to do.
    """

    site: Path
    out: Path
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    jobs: int | None = None
    drafts: bool = False
    clean: bool = False
    search: bool = True
    texts: bool = True
    cached: bool = True
    crew: Callable[[], AbstractContextManager[Crew]] | None = None

    @property
    def conditions(self) -> tuple[object, ...]:
        """All that a build depends on beside the files of the site."""
        return engine(), codecs(), self.today, self.drafts, self.search, self.texts
