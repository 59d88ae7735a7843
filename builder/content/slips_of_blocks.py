"""What the blocks of a text were not meant to be: a heading, code, a row that loses cells, a record within another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.content.prose import Slip

if TYPE_CHECKING:  # only what the parser has read may have slips
    from markdown_it.token import Token

_FIELD = re.compile(r"(?:title|kind|date|language|assets)[ ]*[:：]", re.MULTILINE)
_PROSE = re.compile(r"[“‘《（「『]?[\u4e00-\u9fff][^={}<>;|\\_`]*")
_BEFORE_BLOCK = re.compile(r"[\s>]*")
_CELL_ENDS = re.compile(r"(?<!\\)\|")
_TITLE = re.compile(r".{0,30}[^。！？；：，…]")


def slips_of_blocks(tokens: list[Token], text: str, unused: list[str]) -> Iterator[Slip]:
    """Blocks that Markdown makes something else of than was meant.

    Args:
        tokens: that the parser has made of the text.
        text: the source.
        unused: names of footnotes that have a text and no mark.
    """
    lines = text.split("\n")
    records = set(_records_within(tokens, lines))
    columns = 0
    for at, token in enumerate(tokens):
        first, end = token.map or (0, 0)
        if token.type == "heading_open" and not token.markup.startswith("#"):
            if not records & {first - 1, end - 1}:
                title = tokens[at + 1].content
                mended = f"## {title}" if _TITLE.fullmatch(title) else "## …"
                yield Slip("underlined-heading", end - 1, lines[end - 1].strip(), mended)
        elif token.type == "code_block" and _PROSE.fullmatch(token.content.strip()):
            written = token.content.lstrip().partition("\n")[0].rstrip()
            yield Slip("indented-prose", first, written, written)
        elif token.type == "fence" and not _is_closed(token, lines[first:end]):
            yield Slip("unclosed-fence", first, token.markup, token.markup)
        elif token.type == "table_open":
            columns = _columns(tokens, at)
        elif token.type == "tr_open" and (lost := "|".join(_cells(lines[first])[columns:]).strip(" |")):
            yield Slip("cells-beyond-head", first, lines[first].strip(), lost)
    for line in sorted(records):
        yield Slip("second-front-matter", line, lines[line].strip(), "")
    for name in unused:
        sign = f"[^{name}]"
        line = next((number for number, line in enumerate(lines) if line.lstrip(" >").startswith(f"{sign}:")), 0)
        yield Slip("unused-footnote", line, sign, sign)


def _records_within(tokens: list[Token], lines: list[str]) -> Iterator[int]:
    """Lines `---` with fields of a record below them."""
    for at, token in enumerate(tokens):
        if token.type in {"heading_open", "paragraph_open"} and token.map and token.map[0]:
            above = next((line for line in range(token.map[0] - 1, 0, -1) if lines[line].strip()), 0)
            if lines[above].rstrip() == "---" and len(_FIELD.findall(tokens[at + 1].content)) > 1:
                yield above


def _is_closed(fence: Token, lines: list[str]) -> bool:
    last = _BEFORE_BLOCK.sub("", lines[-1], count=1).rstrip()
    return len(lines) > 1 and len(last) >= len(fence.markup) and not last.strip(fence.markup[0])


def _columns(tokens: list[Token], table: int) -> int:
    """How many cells the head of a table has."""
    end = next(at for at in range(table, len(tokens)) if tokens[at].type == "thead_close")
    return sum(token.type == "th_open" for token in tokens[table:end])


def _cells(row: str) -> list[str]:
    """The cells of a row, as the parser divides it."""
    cells = _CELL_ENDS.split(_BEFORE_BLOCK.sub("", row, count=1).rstrip())
    if not cells[0]:
        del cells[0]
    return cells
