"""A built site, looked at from outside: what lies in its tree and what stands on its pages."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import brotli
from lxml import html

from builder.output.manifest import read_manifest

QUALITY = 5  # what servers do on the fly; files that are compressed beforehand are smaller

# One page of each type, and of each kind that looks different: the largest of its kind unless it says otherwise.
KINDS = (
    "home",
    "section",
    "column-list",
    "column-cards",
    "column-textbooks",
    "column-links",
    "column-hotlines",
    "column-2",  # the second page of a list
    "resource",
    "resource-rtl",  # in a language that is written from right to left
    "stage",
    "subject",
    "textbook",
    "textbook-empty",  # without lessons
    "lesson",
    "lesson-tabs",  # of several class hours
    "lesson-empty",  # without assets
    "topic",
    "links",
    "hotlines",
    "audience",
    "new",
    "figures",
    "operation",
    "search",
    "article",
    "404",
    "moved",
    "gone",
)
_PARSER = html.HTMLParser(encoding="utf-8")
_ADDRESSES = ("href", "src", "poster", "action", "formaction", "data", "cite", "background")
_REFRESH = re.compile(r"^\s*\d+\s*;\s*url=(.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """An address on a page.

    Args:
        element: the element's name, with its `rel` for a link: `a`, `link canonical`.
        value: the address as it is written.
    """

    element: str
    value: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is wanted of every page, so that each is read once only.

    Args:
        type: of the page, such as `lesson`.
        size: bytes.
        ids: of elements, in their order, repeated where the page repeats them.
        references: all addresses.
        scripts: JSON-LD texts.
        directions: of its texts where they are given.
        tabs: whether it has class-hour tabs.
        players: number of assets to play or download.
        indexed: whether search engines may list it.
    """

    type: str
    size: int
    ids: tuple[str, ...]
    references: tuple[Reference, ...]
    scripts: tuple[str, ...]
    directions: frozenset[str]
    tabs: bool
    assets: int
    indexed: bool


@dataclass(frozen=True)
class Tree:
    """A built site.

    Args:
        folder: the output.
        site: the folder that it was built from.
        base_url: as the site's settings say.
        report: what the build wrote with `--report`.
    """

    folder: Path
    site: Path
    base_url: str
    report: dict[str, Any]

    @property
    def path(self) -> str:
        """The path of `base_url`."""
        return urlsplit(self.base_url).path

    @cached_property
    def files(self) -> frozenset[str]:
        """Addresses of all files of the site."""
        return frozenset(path.relative_to(self.folder).as_posix() for path in _files(self.folder))

    @cached_property
    def pages(self) -> dict[str, Facts]:
        """Every page by its address."""
        return {address: self._facts(address) for address in sorted(self.files) if address.endswith(".html")}

    def bytes(self, address: str) -> bytes:
        """The bytes of a file."""
        return (self.folder / address).read_bytes()

    def page(self, address: str) -> html.HtmlElement:
        """A page as a tree of elements."""
        return html.document_fromstring(self.bytes(address), parser=_PARSER)

    def json(self, address: str) -> Any:
        """A JSON file."""
        return json.loads(self.bytes(address))

    def of_type(self, *types: str) -> list[str]:
        """Addresses of the pages of some types."""
        return [address for address, facts in self.pages.items() if facts.type in types]

    @cached_property
    def redirects(self) -> dict[str, tuple[str, str]]:
        """Target and status of each former address, from `_redirects`, as addresses of the tree."""
        lines = (self.folder / "_redirects").read_text(encoding="utf-8").splitlines()
        rows = (line.split(" ") for line in lines)
        return {unquote(source)[1:]: (unquote(target)[1:], status) for source, target, status in rows}

    @cached_property
    def samples(self) -> dict[str, str]:
        """A page of each of `KINDS`."""
        largest = self._largest
        samples: dict[str, str] = {}
        for address, facts in self.pages.items():
            if facts.type == "moved":
                gone = self.redirects[address][1].startswith("410")
                samples["gone" if gone else "moved"] = address
            elif facts.type != "column":
                samples[facts.type] = largest(samples.get(facts.type), address)
            elif address.endswith("/2.html"):
                samples["column-2"] = largest(samples.get("column-2"), address)
            if facts.type == "resource" and "rtl" in facts.directions:
                samples["resource-rtl"] = largest(samples.get("resource-rtl"), address)
            if facts.type == "lesson" and facts.tabs:
                samples["lesson-tabs"] = largest(samples.get("lesson-tabs"), address)
            if facts.type == "lesson" and not facts.assets:
                samples["lesson-empty"] = largest(samples.get("lesson-empty"), address)
        for book in self.json("data/sections.json")["textbooks"]:
            if not book.get("class_hours"):
                samples["textbook-empty"] = largest(samples.get("textbook-empty"), book["page"])
        for section in self.json("data/sections.json")["sections"]:
            for column in section["columns"]:
                name = f"column-{column['layout']}"
                samples[name] = largest(samples.get(name), column["page"])
        return samples

    def _largest(self, first: str | None, second: str) -> str:
        return second if first is None or self.pages[second].size > self.pages[first].size else first

    def state(self) -> dict[str, str]:
        """A digest of each file by its address."""
        return digests(self.folder)

    def resolve(self, page: str, value: str) -> tuple[str, str]:
        """The file and the anchor that a relative address on a page means."""
        parts = urlsplit(value)
        path = unquote(parts.path)
        if page == "404.html" and path.startswith(self.path):
            return path.removeprefix(self.path) or "index.html", unquote(parts.fragment)
        if not path:
            return page, unquote(parts.fragment)
        return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)), unquote(parts.fragment)

    def _facts(self, address: str) -> Facts:
        content = self.bytes(address)
        root = html.document_fromstring(content, parser=_PARSER)
        references = []
        ids = []
        directions = set()
        for element in root.iter(html.etree.Element):
            rel = element.get("rel")
            name = f"{element.tag} {rel}" if element.tag == "link" and rel else element.tag
            for attribute, value in element.items():
                if attribute == "id":
                    ids.append(value)
                elif attribute == "dir":
                    directions.add(value)
                elif attribute in _ADDRESSES:
                    references.append(Reference(name, value))
                elif attribute == "srcset":
                    references += [Reference(name, part.split()[0]) for part in value.split(",")]
                elif attribute == "content" and element.get("http-equiv", "").lower() == "refresh":
                    target = _REFRESH.match(value)
                    references.append(Reference("refresh", target[1] if target else value))
        return Facts(
            root.body.get("class", "").split()[0].removesuffix("-page"),
            len(content),
            tuple(ids),
            tuple(references),
            tuple(root.xpath("//script[@type='application/ld+json']/text()")),
            frozenset(directions),
            bool(root.xpath("//main//nav[contains(@class, 'tabs')]")),
            len(root.xpath("//main//figure | //main//p[@class='file']")),
            not root.xpath("//meta[@name='robots']"),
        )


def digests(folder: Path) -> dict[str, str]:
    """A digest of each file of a site below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(_files(folder))
    }


def _files(folder: Path) -> list[Path]:
    """The files below a folder but for former search files, which are none of the site."""
    former = {folder / address for address in read_manifest(folder).former}
    return [path for path in folder.rglob("*") if path.is_file() and path not in former]


def is_absolute(value: str) -> bool:
    """Whether an address has a scheme or a host of its own."""
    return bool(urlsplit(value).scheme) or value.startswith("//")


def words(element: Any) -> str:
    """The text of an element as a reader sees it, without what is hidden from them."""
    return " ".join("".join(element.itertext()).split())


def main_text(root: html.HtmlElement) -> str:
    """The text of a page's main part."""
    return words(root.xpath("//main")[0])


def texts(root: html.HtmlElement, path: str) -> list[str]:
    """The texts of the elements that an XPath finds."""
    return [words(element) for element in root.xpath(path)]


def compressed(content: bytes) -> int:
    """How many bytes a browser is sent."""
    return len(brotli.compress(content, quality=QUALITY))
