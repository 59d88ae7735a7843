"""What in the links, pictures and tags of a text is amiss, and what a page may lead to at all."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from html import unescape
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder.content.passages import without_code
from builder.content.prose import Slip
from builder.reading import meant
from builder.reading.fields import LOCAL_HOST

if TYPE_CHECKING:  # only what the parser has read may have slips
    from markdown_it.token import Token

_WITHOUT_SCHEME = re.compile(r"(?:www\.|[\w.-]+\.(?:com|cn|org|net)(?=[/:?#]|\Z))[^\s]*", re.IGNORECASE)
_LINK = re.compile(r"(?<!\\)(?P<mark>!?)\[(?P<text>[^\[\]\n]*)\]\((?P<inside>(?:[^()\n]|\([^()\n]*\))*)\)")
_POINTED = re.compile(r"(?<!\\)<(?P<href>[A-Za-z][A-Za-z0-9+.-]+:[^\s<>]*)>")
_DEFINITION = re.compile(r"^\[[^\]\n^][^\]\n]*\]:[ ]*(?P<href>\S+)", re.MULTILINE)
_TITLE = re.compile(r"(?P<href>.*?)(?P<title>\s+(?:\"[^\"]*\"|'[^']*'))?\s*")
_NAME_WITH_BLANKS = re.compile(r"(?:https?://|\.{0,2}/).*|.*\.[A-Za-z][A-Za-z0-9]{1,4}(?:#.*)?")
_PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)\Z", re.IGNORECASE)

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ALLOWED = {"http", "https", "mailto", "tel"}
_REASONS = {"javascript": "@scheme-runs", "vbscript": "@scheme-runs", "data": "@scheme-holds", "blob": "@scheme-holds"}
_OTHERS = {"about", "ed2k", "ftp", "magnet", "sms", "thunder", "urn"}
_OF_THIS_COMPUTER = re.compile(r"file:|[A-Za-z]:[\\/]|\\", re.IGNORECASE)

_TAG = re.compile(
    r"(?<!\\)<(?:/?(?P<name>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*=[^<>]*)?\s*/?>|(?P<comment>!--)(?:[^\n]*?-->)?)"
)
_INSTEAD = {
    **dict.fromkeys(("b", "strong"), "@html-bold"),
    **dict.fromkeys(("i", "em"), "@html-italic"),
    **dict.fromkeys(("br", "p", "div"), "@html-paragraph"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "@html-heading"),
    **dict.fromkeys(("ul", "ol", "li"), "@html-list"),
    **dict.fromkeys(("table", "thead", "tbody", "tr", "th", "td"), "@html-table"),
    **dict.fromkeys(("audio", "embed", "iframe", "object", "source", "video"), "@html-media"),
    **dict.fromkeys(("sub", "sup"), "@html-small"),
    "a": "@html-link",
    "img": "@html-picture",
    "!--": "@html-comment",
}
_OTHER_TAG = re.compile(
    "abbr|big|blockquote|button|center|cite|code|d[dlt]|del|details|figcaption|figure|font|form|hr|input|ins|kbd|label"
    "|link|mark|meta|nav|pre|q|r[pt]|ruby|s|script|section|small|span|strike|style|summary|u|var|wbr"
)

_SAYS_NOTHING = re.compile(
    r"(?:图|图片|插图|配图|照片|相片|封面|封面图|截图|示意图|无标题|image|img|picture|pic|photo|photograph|figure|fig|cover"
    r"|screenshot|untitled|dsc|alt|图片描述)[\s_.-]*\d*",
    re.IGNORECASE,
)


def is_allowed(url: str) -> bool:
    """Whether a link may lead there: not to `javascript:` and its like; what is refused stays visible as text."""
    scheme = _SCHEME.match(url)
    return scheme is None or scheme[1].lower() in _ALLOWED


def is_of_this_computer(url: str) -> bool:
    """Whether an address is that of a preview or another server on the editor's own computer."""
    return LOCAL_HOST.match(url) is not None


def is_picture(href: str) -> bool:
    """Whether an address ends as those of pictures do."""
    return _PICTURE.search(href) is not None


def says_nothing(alt: str, file: str) -> bool:
    """Whether the alternative text of a picture is only a word for pictures, or the name of its file."""
    name = file.replace("\\", "/").rpartition("/")[2]
    stem = name.rpartition(".")[0]
    names = {name.casefold(), *([stem.casefold()] if stem.isascii() else [])}
    return _SAYS_NOTHING.fullmatch(alt.strip()) is not None or alt.strip().casefold() in names


def slips_of_links(children: list[Token], line: int) -> Iterator[Slip]:
    """Links and pictures that are well-formed but lead nowhere, or do not say what they show."""
    for position, child in enumerate(children):
        if child.type == "image":
            file = unquote(str(child.attrGet("src") or ""))
            if not child.content.strip():
                yield Slip("picture-without-alt", line, f"![{child.content}]", file)
            elif says_nothing(child.content, file):
                yield Slip("alt-says-nothing", line, f"![{child.content}]", "")
        if child.type != "link_open":
            continue
        href = unquote(str(child.attrGet("href") or ""))
        before = children[position - 1].content[-1:] if position else ""
        if before == "！" and is_picture(href):
            child.attrSet("href", "")
            words = "".join(
                inner.content for inner in takewhile(lambda inner: inner.type != "link_close", children[position + 1 :])
            )
            yield Slip("full-width-picture", line, f"！[{words}]", f"![{words}]")
        elif not href:
            yield Slip("empty-link", line, f"[{children[position + 1].content}]()", "")
        elif _WITHOUT_SCHEME.fullmatch(href):
            child.attrSet("href", f"https://{href}")  # one mistake: it is no broken link besides
            yield Slip("link-like-a-file", line, href, f"https://{href}")
        elif _MAIL.fullmatch(href):
            child.attrSet("href", f"mailto:{href}")
            yield Slip("link-like-a-file", line, href, f"mailto:{href}")
        elif slip := _slip_of_address(href, line):
            child.attrSet("href", slip.mended if slip.code == "misspelt-scheme" else "")
            yield slip


def slips_left_as_text(content: str, line: int, tags: set[str]) -> Iterator[Slip]:
    """Links that the parser refused or could not read, and HTML, in the source of a paragraph, a heading or a cell.

    Args:
        content: the source.
        line: its first.
        tags: names of what has been told; each is told once in a text.
    """
    shown = without_code(content)
    for link in _LINK.finditer(shown):
        at, inside = line + shown.count("\n", 0, link.start()), content[slice(*link.span("inside"))].strip()
        parts = _TITLE.fullmatch(inside)
        href, title = (parts["href"], parts["title"] or "") if parts else (inside, "")
        pointed = href[:1] == "<"
        if slip := _slip_of_refused(href.strip("<>") if pointed else href, at, is_picture=bool(link["mark"])):
            yield slip
        elif not pointed and re.search(r"\s", href) and (link["mark"] or _NAME_WITH_BLANKS.fullmatch(href)):
            right = re.sub(r"\s", "%20", href) if "://" in href else f"<{href}>"
            head = content[link.start() : link.start("inside")]
            yield Slip("blank-in-link", at, content[slice(*link.span())], f"{head}{right}{title})")
    for other in (*_POINTED.finditer(shown), *_DEFINITION.finditer(shown)):
        if slip := _slip_of_refused(other["href"], line + shown.count("\n", 0, other.start())):
            yield slip
    for tag in _TAG.finditer(shown):
        name = (tag["name"] or tag["comment"]).lower()
        if name not in tags and (name in _INSTEAD or _OTHER_TAG.fullmatch(name)):
            tags.add(name)
            at = line + shown.count("\n", 0, tag.start())
            yield Slip("raw-html", at, tag[0], "", _INSTEAD.get(name, "@html-other"))


def _slip_of_refused(href: str, line: int, *, is_picture: bool = False) -> Slip | None:
    """What is wrong with an address that the parser refused."""
    plain = unescape(href)
    if is_allowed(plain) and not re.search(r"\s", plain):
        return None
    if is_picture and meant.web_address(plain):
        return Slip("picture-elsewhere", line, href, "")
    if not is_allowed(plain) and _WITHOUT_SCHEME.fullmatch(plain):
        return Slip("link-like-a-file", line, href, f"https://{plain}")
    slip = _slip_of_address(plain, line)
    return slip and dataclasses.replace(slip, written=href)


def _slip_of_address(href: str, line: int) -> Slip | None:
    """An address with a misspelt beginning or a scheme that is not for pages, or of a file of the editor's computer."""
    if _OF_THIS_COMPUTER.match(href):
        return Slip("file-of-this-computer", line, href, re.split(r"[\\/]", href)[-1] or "…")
    if local := LOCAL_HOST.match(href):
        return Slip("address-of-this-computer", line, href, local["page"] or "/", "@local-in-text")
    if mended := meant.web_address(href):
        return Slip("misspelt-scheme", line, href, re.sub(r"\s", "%20", mended))
    scheme = _SCHEME.match(href)
    name = scheme[1].lower() if scheme else ""
    if name in _ALLOWED or scheme is None:
        return None
    if name in _REASONS or name in _OTHERS or href[scheme.end() :].startswith("//"):
        return Slip("refused-scheme", line, href, "", _REASONS.get(name, "@scheme-other"))
    return None
