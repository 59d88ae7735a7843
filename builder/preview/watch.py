"""Hears of saves in the editors' files: `content/`, `themes/` and `site.yaml`, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from watchfiles import Change, awatch

from builder.listing import is_hidden

FOLDERS = ("content", "themes")
WATCHED = (*FOLDERS, "site.yaml")

# Milliseconds: how long a run of saves is gathered at most, and the silence that ends it.
_DEBOUNCE, _STEP = 50, 10


class UnwatchableError(Exception):
    """The system does not tell of saves, as where too many folders are watched already."""


Changed = Callable[[set[str]], None]


async def watch(site: Path, changed: Changed) -> None:
    """Tells of every save until it is cancelled.

    A folder that comes or goes is noticed by its parent, since it cannot be watched while it is not there; so is
    `site.yaml`, since a watched file is lost when an editor saves by putting another in its place.

    Args:
        site: the site's folder.
        changed: is given the paths from the site's folder, with `/`.

    Raises:
        UnwatchableError: the system does not tell of saves.
    """
    try:
        while True:
            restart = asyncio.Event()
            await asyncio.gather(_watch_top(site, restart, changed), _watch_folders(site, restart, changed))
    except OSError as error:
        raise UnwatchableError(str(error).partition(" about [")[0]) from error


async def _watch_top(site: Path, restart: asyncio.Event, changed: Changed) -> None:
    def is_watched(_: Change, path: str) -> bool:
        return Path(path).parent == site and Path(path).name in WATCHED

    async for batch in awatch(
        site, watch_filter=is_watched, recursive=False, debounce=_DEBOUNCE, step=_STEP, stop_event=restart
    ):
        changed({Path(path).name for _, path in batch})
        if any(change != Change.modified and Path(path).name in FOLDERS for change, path in batch):
            restart.set()


async def _watch_folders(site: Path, restart: asyncio.Event, changed: Changed) -> None:
    folders = [site / name for name in FOLDERS if (site / name).is_dir()]
    if not folders:
        return

    def is_watched(_: Change, path: str) -> bool:
        return not is_hidden(Path(path).relative_to(site).as_posix())

    try:
        async for batch in awatch(
            *folders, watch_filter=is_watched, debounce=_DEBOUNCE, step=_STEP, stop_event=restart
        ):
            changed({Path(path).relative_to(site).as_posix() for _, path in batch})
    except FileNotFoundError:
        return  # gone again; its parent has noticed
