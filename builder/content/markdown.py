"""Markdown as editors write it: CommonMark with tables, footnotes and heading anchors; raw HTML stays text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from builder.content.slips import Slip, find_slips, is_allowed

_MARK = "\x00"  # cannot occur in a source, so it can stand for a target that is filled in when a page is made
_TARGET = re.compile(f"{_MARK}(\\d+){_MARK}")
_PLAIN = r"[^\n\t\\`*_\[\]<>&|~#｜【】＊]"
_BOLD = rf"\*\*([^\W_](?:{_PLAIN}*[^\W_])?)\*\*"
_BLOCK = re.compile(
    rf"(?:(#{{1,6}}) )?(?=[^\W\d_]|[“‘《（「『]|\*\*)({_PLAIN}*(?:{_BOLD}{_PLAIN}+)*(?:{_BOLD})?)(?<!\s)"
)
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")  # written as `&#x202e;`, past the check of what stands in a source
_SUMMARY_LENGTH = 110


@dataclass(frozen=True, slots=True)
class Target:
    """What a link or picture of a text points to.

    Args:
        href: as written; escaped as an address needs it.
        picture: it is shown rather than followed.
        line: of its paragraph, from 0, counted in the text.
    """

    href: str
    picture: bool
    line: int

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


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text: its ID and its words."""

    anchor: str
    title: str


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
                html = re.sub(f'<a href="{_MARK}{number}{_MARK}"[^>]*>(.*?)</a>', r"\1", html, flags=re.DOTALL)

        def filled(match: re.Match[str]) -> str:
            number = int(match[1])
            width, height = size(self.targets[number]) if self.targets[number].picture else (0, 0)
            # The mark stands in quotes, so the second attribute ends with the quote of the first.
            room = f'" width="{width}" height="{height}' if width else ""
            return escape(addresses[number] or "") + room

        return _TARGET.sub(filled, html)


EMPTY = Prose("")


def read_markdown(text: str) -> Prose:
    """Reads a text once; pure, so it can be kept as long as the text stays the same."""
    text = text.strip("\n")
    if (plain := _read_plain(text)) is not None:
        return plain
    if not text.strip():
        return EMPTY
    environment: dict[str, Any] = {}
    tokens = _PARSER.parse(text, environment)
    slips = find_slips(text, tokens)
    targets: list[Target] = []
    headings: list[Heading] = []
    _shift_headings(tokens)
    _prepare(tokens, targets, headings, 0)
    html = _TURNED.sub("", _PARSER.renderer.render(tokens, _PARSER.options, environment))
    summary = _TURNED.sub("", _shortened(_first_paragraph(tokens)))
    return Prose(html, tuple(targets), tuple(headings), summary, slips)


def _read_plain(text: str) -> Prose | None:
    """A text of nothing but plain paragraphs of one line, plain headings and bold words, as most texts are.

    It takes a tenth of the time that a parser of all of Markdown needs; where there is anything else, there is nothing.
    """
    blocks = [_BLOCK.fullmatch(block) for block in re.split("\n\n+", text)]
    shift = 2 - min((len(block[1]) for block in blocks if block is not None and block[1]), default=2)
    html: list[str] = []
    headings: list[Heading] = []
    summary = ""
    above = 1
    for block in blocks:
        if block is None:
            return None
        marks, written = block[1], block[2]
        words = written.replace("**", "")
        shown = re.sub(_BOLD, r"<strong>\1</strong>", written) if words is not written else written
        shown = shown.replace('"', "&quot;")
        if marks:
            if len(marks) + shift > above + 1:
                return None  # a level is skipped: the parser says where
            above = len(marks) + shift
            level = min(6, above)
            anchor = _unused(slug(words), {heading.anchor for heading in headings})
            headings.append(Heading(anchor, words))
            html.append(f'<h{level} id="{anchor}">{shown}</h{level}>\n')
        else:
            summary = summary or words
            html.append(f"<p>{shown}</p>\n")
    return Prose("".join(html), (), tuple(headings), _shortened(summary))


def slug(heading: str) -> str:
    """The anchor of a heading: letters and digits of any script in lower case, other runs as one `-`."""
    text = unicodedata.normalize("NFC", heading).lower()
    return re.sub(r"[^\w\u0f0b]+", "-", text).strip("-_") or "section"


class _Renderer(RendererHTML):
    """Wraps tables so that a wide one scrolls by itself."""

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return '<div class="table" tabindex="0"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}, renderer_cls=_Renderer)
    parser.enable("table").use(footnote_plugin)
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.add_render_rule("footnote_block_open", _open_footnotes)
    parser.add_render_rule("footnote_block_close", _close_footnotes)
    for name in ("footnote_ref", "footnote_open", "footnote_anchor"):
        parser.add_render_rule(name, _set_apart(parser.renderer.rules[name]))  # type: ignore[attr-defined]
    parser.validateLink = is_allowed  # type: ignore[method-assign]
    return parser


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Stars beside a Chinese character open and close although there is no space: `请看**“月亮”**吧`.

    CommonMark's flanking rule counts on spaces between words, and leaves such stars in the text.
    """
    start, known = state.pos, len(state.delimiters)
    found = emphasis.tokenize(state, silent)
    if found and state.src[start] == "*":
        before, after = state.src[start - 1 : start] or " ", state.src[state.pos : state.pos + 1] or " "
        for delimiter in state.delimiters[known:]:
            delimiter.open = delimiter.open or (_is_wide(before) and not after.isspace())
            delimiter.close = delimiter.close or (_is_wide(after) and not before.isspace())
    return found


def _is_wide(char: str) -> bool:
    """Whether a character is of a script written without spaces (UAX #11, wide)."""
    return unicodedata.east_asian_width(char) in "WF" and not char.isspace()


def _open_footnotes(*_: object) -> str:
    """The plugin makes a section of them, which would need a heading."""
    return '<hr class="footnotes-sep">\n<div class="footnotes">\n<ol class="footnotes-list">\n'


def _set_apart(rule: Callable[..., str]) -> Callable[..., str]:
    """IDs of footnotes with `_` before them, which no heading's anchor begins with."""
    return lambda _, *given: rule(*given).replace('"fn', '"_fn').replace('"#fn', '"#_fn')


def _close_footnotes(*_: object) -> str:
    return "</ol>\n</div>\n"


def _shift_headings(tokens: list[Token]) -> None:
    """The page has the one h1, so the text's highest heading becomes h2."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    if not levels:
        return
    shift = 2 - min(levels)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + shift)}"


def _prepare(tokens: list[Token], targets: list[Target], headings: list[Heading], line: int) -> None:
    for position, token in enumerate(tokens):
        line = token.map[0] if token.map else line
        match token.type:
            case "heading_open":
                title = _plain(tokens[position + 1])
                anchor = _unused(slug(title), {heading.anchor for heading in headings})
                headings.append(Heading(anchor, title))
                token.attrSet("id", anchor)
            case "th_open" | "td_open":
                align = str(token.attrs.pop("style", "")).removeprefix("text-align:")
                if align:
                    token.attrSet("class", f"align-{align}")
                if token.type == "th_open":
                    token.attrSet("scope", "col")
            case "link_open" | "image":
                name = "src" if token.type == "image" else "href"
                href = str(token.attrGet(name) or "")
                if token.type == "image":
                    token.attrSet("loading", "lazy")
                elif re.match(r"https?:", href, re.IGNORECASE):
                    token.attrSet("rel", "external")
                token.attrSet(name, f"{_MARK}{len(targets)}{_MARK}")
                targets.append(Target(href, token.type == "image", line))
        if token.children:
            _prepare(token.children, targets, headings, line)


def _unused(anchor: str, taken: set[str]) -> str:
    if anchor not in taken:
        return anchor
    number = 1
    while f"{anchor}-{number}" in taken:
        number += 1
    return f"{anchor}-{number}"


def _plain(token: Token) -> str:
    if token.type == "image" or not token.children:
        return token.content if token.type in {"text", "code_inline", "image", "inline"} else ""
    return "".join(" " if child.type in {"softbreak", "hardbreak"} else _plain(child) for child in token.children)


def _first_paragraph(tokens: list[Token]) -> str:
    for position, token in enumerate(tokens):
        if token.type == "paragraph_open" and (text := _plain(tokens[position + 1]).strip()):
            return text
    return ""


def _shortened(text: str) -> str:
    if len(text) <= _SUMMARY_LENGTH:
        return text
    cut = text[:_SUMMARY_LENGTH]
    end = max(cut.rfind(stop) for stop in "。！？!?；;. ")
    return cut[: end + 1].rstrip() if end > _SUMMARY_LENGTH // 2 else cut.rstrip() + "…"


_PARSER = _parser()
