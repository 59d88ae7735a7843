"""Where in the source of a Markdown text something stands. The parser tells the line of a paragraph, never more."""

from __future__ import annotations

import re

from builder.problems import Place
from builder.reading.source import Source

_CODE = re.compile(r"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_OF_ADDRESS = r"[A-Za-z0-9_./#?&=%:~-]"


def without_code(text: str) -> str:
    """A paragraph with backquotes in place of its code, so that each sign keeps its place."""
    return _CODE.sub(lambda code: re.sub(r"[^\n]", "`", code[0]), text)


def place_in_text(source: Source, first: int, turn: int, *written: str, bare: bool = False) -> Place:
    """The place of a passage: in its paragraph where it stands there, else below, as definitions of links do.

    Args:
        source: of the file.
        first: line of its paragraph, from 0, counted in the file.
        turn: how many of its like come before it in the paragraph.
        written: the passage, in the forms that the editor may have written.
        bare: it is an address that stands for itself, neither where a link leads nor its words.
    """
    begin = sum(len(line) + 1 for line in source.lines[:first])
    text = source.text[begin:]
    paragraph = re.match(r"(?:[^\n]*\S[^\n]*\n?)*", text)
    for scope in (paragraph[0] if paragraph else "", text):
        shown = without_code(scope)
        for pattern in (way for passage in written for way in _ways(passage, bare=bare)):
            if found := [*re.finditer(pattern, shown)]:
                match = found[min(turn, len(found) - 1)]
                return source.place_at(begin + match.start(), len(match[0]))
    line = source.lines[first] if first < len(source.lines) else ""
    return source.place(first, 0, len(line))


def _ways(wanted: str, *, bare: bool) -> tuple[str, ...]:
    """Patterns of how a passage can be written, the surest first: as an address, by itself, within another word."""
    exact = re.escape(wanted)
    if bare:
        return (rf"(?<!\]\()(?<!<)(?<!\[)(?<!\]: )(?<!{_OF_ADDRESS}){exact}(?!{_OF_ADDRESS})", exact)
    return (
        rf"(?:(?<=[(（<])|(?<=\]: )){exact}(?=[\s)）>])",
        rf"(?<!{_OF_ADDRESS}){exact}(?!{_OF_ADDRESS})",
        exact,
    )
