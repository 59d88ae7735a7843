"""A text as it is set: its HTML, where its links lead, its headings, and its beginning in plain words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from itertools import takewhile
from urllib.parse import unquote

MARK = "\x00"  # cannot occur in a source, so it can stand for a target that is filled in when a page is made
_TARGET = re.compile(f"{MARK}(\\d+){MARK}")
_SUMMARY_LENGTH = 110


@dataclass(frozen=True, slots=True)
class Target:
    """What a link or picture of a text points to.

    Args:
        href: as written; escaped as an address needs it.
        picture: it is shown rather than followed.
        line: of its paragraph, from 0, counted in the text.
        turn: how many that point there come before it in its paragraph.
    """

    href: str
    picture: bool
    line: int
    turn: int = 0

    @property
    def shown(self) -> str:
        """As the editor wrote it, for messages."""
        return unquote(self.href)

    @property
    def path(self) -> str:
        """Path within the site, as files are called; empty for an anchor of the same page."""
        return unquote(self.href.partition("#")[0])

    @property
    def anchor(self) -> str:
        """ID of a heading, empty where none is meant."""
        return unquote(self.href.partition("#")[2])

    @property
    def is_external(self) -> bool:
        """Whether it leaves the site."""
        return re.match(r"[a-z][a-z0-9+.-]+:|//", self.href, re.IGNORECASE) is not None


def next_target(href: str, *, picture: bool, line: int, after: list[Target]) -> Target:
    """The target that follows those that a text has so far; see `Target` for the arguments."""
    beside = takewhile(lambda other: other.line == line, reversed(after))
    return Target(href, picture, line, sum(other.href == href for other in beside))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text: its ID and its words."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What was meant as Markdown and is none, so that readers would see its signs; or what would not do on a page.

    Args:
        code: of the problem that it is.
        line: of its paragraph, from 0, counted in the text.
        written: as it stands there.
        mended: as it should be written.
        words: a phrase of the message that depends on what was written.
        turn: how many that are written alike come before it in its paragraph.
    """

    code: str
    line: int
    written: str
    mended: str
    words: str = ""
    turn: int = 0

    @property
    def facts(self) -> dict[str, str]:
        """What the message of the problem names."""
        return {"value": self.written, "mended": self.mended, "words": self.words}


@dataclass(frozen=True, slots=True)
class Prose:
    """A text ready to be set.

    Args:
        html: with a mark wherever a target's address goes.
        targets: in the order of their marks.
        headings: its headings.
        summary: its beginning as plain text.
        slips: what was meant otherwise.
    """

    html: str
    targets: tuple[Target, ...] = ()
    headings: tuple[Heading, ...] = ()
    summary: str = ""
    slips: tuple[Slip, ...] = ()

    @property
    def anchors(self) -> tuple[str, ...]:
        """IDs of its headings."""
        return tuple(heading.anchor for heading in self.headings)

    def with_targets(
        self, address: Callable[[Target], str | None], size: Callable[[Target], tuple[int, int]] = lambda _: (0, 0)
    ) -> str:
        """The HTML with every target's address filled in.

        Args:
            address: of a target; a link without one becomes plain text.
            size: width and height of a picture in pixels, 0 where not known: a page does not jump when it comes.
        """
        if not self.targets:
            return self.html
        addresses = [address(target) for target in self.targets]
        html = self.html
        for number, found in enumerate(addresses):
            if found is None:
                html = re.sub(f'<a href="{MARK}{number}{MARK}"[^>]*>(.*?)</a>', r"\1", html, flags=re.DOTALL)

        def filled(match: re.Match[str]) -> str:
            number = int(match[1])
            width, height = size(self.targets[number]) if self.targets[number].picture else (0, 0)
            # The mark stands in quotes, so the second attribute ends with the quote of the first.
            room = f'" width="{width}" height="{height}' if width else ""
            return escape(addresses[number] or "") + room

        return _TARGET.sub(filled, html)


EMPTY = Prose("")


def slug(heading: str) -> str:
    """The anchor of a heading: letters and digits of any script in lower case, other runs as one `-`."""
    text = unicodedata.normalize("NFC", heading).lower()
    return re.sub(r"[^\w\u0f0b]+", "-", text).strip("-_") or "section"


def unused(anchor: str, taken: set[str]) -> str:
    """An anchor that is not taken yet, with a number behind it where need be."""
    if anchor not in taken:
        return anchor
    number = 1
    while f"{anchor}-{number}" in taken:
        number += 1
    return f"{anchor}-{number}"


def shortened(text: str) -> str:
    """The beginning of a text, up to the end of a sentence where one is near."""
    if len(text) <= _SUMMARY_LENGTH:
        return text
    cut = text[:_SUMMARY_LENGTH]
    end = max(cut.rfind(stop) for stop in "。！？!?；;. ")
    return cut[: end + 1].rstrip() if end > _SUMMARY_LENGTH // 2 else cut.rstrip() + "…"
