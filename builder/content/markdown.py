"""Markdown as editors write it: CommonMark with tables, footnotes and heading anchors; raw HTML stays text."""

from __future__ import annotations

from builder.content.plain import read_plain_markdown
from builder.content.prose import EMPTY, Prose


def read_markdown(text: str) -> Prose:
    """Reads a text once; pure, so it can be kept as long as the text stays the same."""
    text = text.strip("\n")
    if (plain := read_plain_markdown(text)) is not None:
        return plain
    if not text.strip():
        return EMPTY
    from builder.content.commonmark import parse  # with the parser, which few texts need and which takes long to load

    return parse(text)
