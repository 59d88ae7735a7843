"""A text as it is set: its HTML, where its links lead, its headings, and its beginning in plain words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

MARK = "\x00"  # cannot occur in a source, so it can stand for a target that is filled in when a page is made
_TARGET = re.compile(f"{MARK}(\\d+){MARK}")
_LINK = re.compile(f'<a href="{_TARGET.pattern}"[^>]*>(.*?)</a>', re.DOTALL)
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

    @property
    def may_be_own(self) -> bool:
        """Whether it is a link to a whole address, which may be that of a page of this site."""
        return not self.picture and re.match(r"https?://", self.href, re.IGNORECASE) is not None


class Targets:
    """The targets that a text has so far."""

    def __init__(self) -> None:
        self.found: list[Target] = []
        self._turns: Counter[str] = Counter()  # how often each address has come in the last paragraph

    def add(self, href: str, *, picture: bool, line: int) -> str:
        """Adds the target that follows; see `Target` for the arguments.

        Returns:
            The mark that stands for its address.
        """
        if self.found and self.found[-1].line != line:
            self._turns.clear()
        self.found.append(Target(href, picture, line, self._turns[href]))
        self._turns[href] += 1
        return f"{MARK}{len(self.found) - 1}{MARK}"


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

        def linked(match: re.Match[str]) -> str:
            return match[2] if addresses[int(match[1])] is None else match[0]

        html = _LINK.sub(linked, self.html) if None in addresses else self.html

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


class Anchors:
    """The anchors that the headings of a text have so far."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last that had to be tried behind an anchor

    def take(self, anchor: str) -> str:
        """Takes an anchor that no other has, with a number behind it where need be."""
        free, number = anchor, self._numbers.get(anchor, 0)
        while free in self._taken:
            number += 1
            free = f"{anchor}-{number}"
        self._numbers[anchor] = number
        self._taken.add(free)
        return free


def shortened(text: str) -> str:
    """The beginning of a text, up to the end of a sentence where one is near."""
    if len(text) <= _SUMMARY_LENGTH:
        return text
    cut = text[:_SUMMARY_LENGTH]
    end = max(cut.rfind(stop) for stop in "。！？!?；;. ")
    return cut[: end + 1].rstrip() if end > _SUMMARY_LENGTH // 2 else cut.rstrip() + "…"
