"""All of Markdown, by markdown-it-py: what it makes of a text is set as our pages want it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from builder.content.plain import NOTES_BEGIN, NOTES_END
from builder.content.prose import MARK, Anchors, Heading, Prose, Targets, shortened, slug
from builder.content.slips import find_slips
from builder.content.slips_of_links import is_allowed
from builder.reading.source import UNWANTED

# Written as `&#x202e;` or `&#12;`, past the check of what stands in a source; our own mark is wanted.
_UNWANTED = re.compile(f"(?!{MARK}){UNWANTED.pattern}")


def parse(text: str) -> Prose:
    """Reads a text with the parser of all of Markdown.

    Args:
        text: without empty lines at its beginning and end.
    """
    environment: dict[str, Any] = {}
    tokens = _PARSER.parse(text, environment)
    notes = environment.get("footnotes", {}).get("refs", {})
    slips = find_slips(tokens, text, [name[1:] for name, number in notes.items() if number < 0])
    targets, anchors = Targets(), Anchors()
    headings: list[Heading] = []
    _shift_headings(tokens)
    _prepare(tokens, targets, headings, anchors, 0)
    html = _UNWANTED.sub("", _PARSER.renderer.render(tokens, _PARSER.options, environment))
    summary = shortened(_first_paragraph(tokens))
    return Prose(html, tuple(targets.found), tuple(headings), summary, slips)


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
    return NOTES_BEGIN


def _set_apart(rule: Callable[..., str]) -> Callable[..., str]:
    """IDs of footnotes with `_` before them, which no heading's anchor begins with."""
    return lambda _, *given: rule(*given).replace('"fn', '"_fn').replace('"#fn', '"#_fn')


def _close_footnotes(*_: object) -> str:
    return NOTES_END


def _shift_headings(tokens: list[Token]) -> None:
    """The page has the one h1, so the text's highest heading becomes h2."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    if not levels:
        return
    shift = 2 - min(levels)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + shift)}"


def _prepare(tokens: list[Token], targets: Targets, headings: list[Heading], anchors: Anchors, line: int) -> None:
    for position, token in enumerate(tokens):
        line = token.map[0] if token.map else line
        match token.type:
            case "heading_open":
                title = _plain(tokens[position + 1])
                anchor = anchors.take(slug(title))
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
                token.attrSet(name, targets.add(href, picture=token.type == "image", line=line))
        if token.children:
            _prepare(token.children, targets, headings, anchors, line)


def _plain(token: Token) -> str:
    return _UNWANTED.sub("", _text(token))


def _text(token: Token) -> str:
    if token.type == "image" or not token.children:
        return token.content if token.type in {"text", "code_inline", "image", "inline"} else ""
    return "".join(" " if child.type in {"softbreak", "hardbreak"} else _text(child) for child in token.children)


def _first_paragraph(tokens: list[Token]) -> str:
    for position, token in enumerate(tokens):
        if token.type == "paragraph_open" and (text := _plain(tokens[position + 1]).strip()):
            return text
    return ""


_PARSER = _parser()
