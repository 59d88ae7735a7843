"""What the preview knows: how the last build ended, and which pages have changed since they were sent."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path, PurePosixPath

from builder.pages.addresses import HOME, NOT_FOUND, PACKS, SEARCH, SEARCH_INDEX
from builder.preview.worker import Answer

# A page shows more than its own bytes: when one of these changes, every page may look different. Search has its own.
_SHARED = frozenset({".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"})


class State:
    """What the server and the builds share; it lives in one event loop.

    A page is sent with a stamp, the number of builds by then, so that it can be told later, however its connection
    fared meanwhile, whether it is still what the preview would send.

    Args:
        out: the folder that is served.
    """

    def __init__(self, out: Path):
        self.answer: Answer | None = None
        self.is_built = False
        self.is_closed = False
        self._out = out
        self._run = secrets.token_hex(4)
        self._number = 0
        self._base_path = "/"
        self._changed: dict[str, int] = {}
        self._all_changed = 0
        self._news = asyncio.Event()

    @property
    def stamp(self) -> str:
        """Names this moment of this run of the preview."""
        return f"{self._run}-{self._number}"

    def add(self, answer: Answer) -> None:
        """Takes in how a build ended."""
        self.answer = answer
        self._number += 1
        if answer.is_good:
            self.is_built = True
            self._base_path = answer.base_path
            for address in (*answer.written, *answer.removed):
                self._changed[address] = self._number
                if PurePosixPath(address).suffix in _SHARED and not address.startswith(PACKS):
                    self._all_changed = self._number
        self._tell()

    def close(self) -> None:
        """Lets all who wait for news go."""
        self.is_closed = True
        self._tell()

    async def news(self) -> None:
        """Waits for the next build to end."""
        await self._news.wait()

    def find(self, path: str) -> str | None:
        """The address of the file that a request's path asks for, at the root or at the path of `base_url`."""
        return next((address for address in self._addresses(path) if self._is_file(address)), None)

    def is_out_of_date(self, path: str, stamp: str) -> bool:
        """Whether a page has changed since it was sent.

        Args:
            path: of the request that it answered.
            stamp: that it was sent with.
        """
        run, _, number = stamp.rpartition("-")
        if run != self._run or not number.isdecimal():
            return True
        addresses = [*self._addresses(path), *([] if self.find(path) else [NOT_FOUND])]
        if SEARCH in addresses:
            addresses.append(SEARCH_INDEX)  # which leads to what it finds
        last = max(self._all_changed, *(self._changed.get(address, 0) for address in addresses))
        return last > int(number)

    def is_outlived(self, stamp: str) -> bool:
        """Whether any build has ended since; asked for the page that stands in while there is no site."""
        return stamp != self.stamp

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    def _addresses(self, path: str) -> list[str]:
        base = self._base_path
        inner = [path.removeprefix(base)] if base != "/" and path.startswith(base) else []
        return [address.removeprefix("/") or HOME for address in (path, *inner)]

    def _is_file(self, address: str) -> bool:
        """Whether it is a file of the output; a path that could lead elsewhere is none."""
        if "\0" in address or "\\" in address or not {"", ".", ".."}.isdisjoint(address.split("/")):
            return False
        try:
            return (self._out / address).is_file()
        except OSError:
            return False
