"""The plain part of Markdown, in which nearly all texts are written: paragraphs and headings of one line, lists and
tables of such lines, notes below the text; in them words, bold words, links to pages, and marks of notes.

A parser of all of Markdown takes ten times as long. What is read here is set exactly as it would set it, and has no
slip; everything else is left to it.
"""

from __future__ import annotations

import re

from builder.content.prose import Anchors, Heading, Prose, Targets, shortened, slug

_WORDS = r"[^\n\t\\`*_\[\]<>&|~#｜【】［＊]"
_BOLD = rf"\*\*([^\W_](?:{_WORDS}*[^\W_])?)\*\*"
_PAGE = r"(?![^()]*//|www\.|[\w.-]+\.(?:com|cn|org|net)/)[a-z0-9_./-]*\.(?:md|html)(?:#[a-z0-9-]+)?"
_SITE = r"https?://(?!localhost|[0-9])[a-z0-9-]+(?:\.[a-z0-9-]+)*/[a-z0-9_./-]*"
_LINK = rf"(?<![!^])\[((?!\^){_WORDS}+)\]\(({_PAGE}|{_SITE})\)"
_NOTE = r"\[\^([a-z0-9]+)\](?![(\[:])"
_SIGN = rf"(?:{_BOLD}|{_LINK}|{_NOTE})"

NOTES_BEGIN = '<hr class="footnotes-sep">\n<div class="footnotes">\n<ol class="footnotes-list">\n'
NOTES_END = "</ol>\n</div>\n"

_BEGINS = r"(?=[^\W\d_]|[“‘《（「『]|\*\*|\[[^^])"
_ONLY_WORDS = re.compile(rf"{_BEGINS}{_WORDS}+(?<!\s)")
_LINE = re.compile(rf"{_BEGINS}{_WORDS}*(?:{_SIGN}{_WORDS}+)*{_SIGN}?(?<!\s)")
_CELL = re.compile(rf"{_WORDS}*(?:{_BOLD}{_WORDS}+)*(?:{_BOLD})?")
_SIGNS = re.compile(_SIGN)
_SIGN_BEGINS = re.compile(r"[*\[]")
_MARKS = re.compile("(#{1,6}) ")
_NUMBER = re.compile(r"[0-9]{1,9}\. ")
_NAME = re.compile(r"\[\^([a-z0-9]+)\]: ")
_RULE = re.compile(r"(:?)-+(:?)")
_TH, _TD = '<th{} scope="col">{}</th>\n', "<td{}>{}</td>\n"
_SIDES = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}


def read_plain_markdown(text: str) -> Prose | None:
    """A text that is written plainly; nothing where there is anything else in it.

    Args:
        text: without empty lines at its beginning and end.
    """
    if (
        text.count("://") != text.count("](http") or "www." in text or "！[" in text
    ):  # an address that is no link, a slip
        return None
    if _ONLY_WORDS.fullmatch(text):  # as in most
        return Prose(f"<p>{_escaped(text)}</p>\n", summary=shortened(text))
    reader = _Reader()
    line, former = 0, ""
    for block in re.split("(\n\n+)", text):
        kind = block[:1]
        if kind == "\n":
            line += len(block)
            continue
        if kind == "#":
            is_read = reader.heading(block, line)
        elif kind == "|":
            is_read = reader.table(block.split("\n"))
        elif block[:2] == "[^":
            is_read = reader.below(block.split("\n"), line)
        elif kind == "-" or block[:2] == "1.":
            is_read = kind != former and reader.items(block.split("\n"), line)  # two of a kind would be one
        else:
            is_read = reader.paragraph(block, line)
        if not is_read:
            return None
        former = kind
        line += block.count("\n")
    return reader.whole()


def _escaped(words: str) -> str:
    return words.replace('"', "&quot;")


class _Reader:
    """Sets the blocks of one text; each method tells whether its block could be read."""

    def __init__(self) -> None:
        self._html: list[str] = []
        self._targets = Targets()
        self._headings: list[tuple[int, int, str, str]] = []  # place in the HTML, level, words, and these as HTML
        self._marked: list[str] = []  # names of notes, in the order of their marks
        self._notes: dict[str, str] = {}
        self._summary = ""

    def paragraph(self, written: str, line: int) -> bool:
        """A paragraph of one line."""
        if not _LINE.fullmatch(written):
            return False
        self._html.append(f"<p>{self._set(written, line)}</p>\n")
        return self._is_before_notes()

    def heading(self, written: str, line: int) -> bool:
        """A heading; its level depends on those that come."""
        marks = _MARKS.match(written)
        if marks is None or not _LINE.fullmatch(written, marks.end()):
            return False
        words = written[marks.end() :]
        self._headings.append((len(self._html), len(marks[1]), _bare(words), self._shown(words, line)))
        self._html.append("")
        return self._is_before_notes()

    def items(self, lines: list[str], line: int) -> bool:
        """A list of items of one line each, numbered from 1 if at all."""
        name = "ul" if lines[0][0] == "-" else "ol"
        self._html.append(f"<{name}>\n")
        for number, item in enumerate(lines, line):
            begins = 2 if name == "ul" and item[:2] == "- " else 0
            if name == "ol" and (counted := _NUMBER.match(item)) is not None:
                begins = counted.end()
            if not begins or not _LINE.fullmatch(item, begins):
                return False
            self._html.append(f"<li>{self._set(item[begins:], number)}</li>\n")
        self._html.append(f"</{name}>\n")
        return self._is_before_notes()

    def table(self, lines: list[str]) -> bool:
        """A table whose rows are all of one length."""
        rows = [[cell.strip(" ") for cell in line[1:-1].split("|")] for line in lines if line[-1:] == "|" == line[:1]]
        rules = [_RULE.fullmatch(cell) for cell in rows[1]] if len(rows) > 2 else []
        sides = [_SIDES[rule[1], rule[2]] for rule in rules if rule is not None]
        if len(rows) != len(lines) or not sides or any(len(row) != len(sides) for row in rows):
            return False
        del rows[1]
        if not all(cell and cell == cell.strip() and _CELL.fullmatch(cell) for row in rows for cell in row):
            return False
        names = [f' class="align-{side}"' if side else "" for side in sides]
        head, *body = [[self._shown(cell, 0) for cell in row] for row in rows]
        self._html += [
            '<div class="table" tabindex="0"><table>\n<thead>\n<tr>\n',
            *map(_TH.format, names, head),
            "</tr>\n</thead>\n<tbody>\n",
            *(f"<tr>\n{''.join(map(_TD.format, names, row))}</tr>\n" for row in body),
            "</tbody>\n</table></div>\n",
        ]
        return self._is_before_notes()

    def below(self, lines: list[str], line: int) -> bool:
        """Notes below the text, without links."""
        for note in lines:
            name = _NAME.match(note)
            if name is None or "[" in note[name.end() :] or not _LINE.fullmatch(note, name.end()):
                return False
            if name[1] in self._notes:
                return False
            self._notes[name[1]] = self._shown(note[name.end() :], line)
        return True

    def whole(self) -> Prose | None:
        """The text as it is set; nothing where a note has not exactly one mark, or there is nothing to sum it up by, or
        where a level of headings is skipped."""
        if sorted(self._marked) != sorted(self._notes) or (self._notes and not self._summary):
            return None
        levels = [level for _, level, _, _ in self._headings]
        highest = min(levels, default=2)
        if any(level > above + 1 for above, level in zip([highest - 1, *levels], levels, strict=False)):
            return None
        shift = 2 - highest
        headings: list[Heading] = []
        anchors = Anchors()
        for place, level, words, shown in self._headings:
            anchor = anchors.take(slug(words))
            headings.append(Heading(anchor, words))
            tag = f"h{min(6, level + shift)}"
            self._html[place] = f'<{tag} id="{anchor}">{shown}</{tag}>\n'
        if self._notes:
            self._html += [
                NOTES_BEGIN,
                *(
                    f'<li id="_fn{number}" class="footnote-item"><p>{self._notes[name]} '
                    f'<a href="#_fnref{number}" class="footnote-backref">\u21a9\ufe0e</a></p>\n</li>\n'
                    for number, name in enumerate(self._marked, 1)
                ),
                NOTES_END,
            ]
        return Prose("".join(self._html), tuple(self._targets.found), tuple(headings), shortened(self._summary))

    def _is_before_notes(self) -> bool:
        return not self._notes

    def _set(self, written: str, line: int) -> str:
        """A line of a paragraph or item as HTML; the first sums up the text."""
        self._summary = self._summary or _bare(written).strip()
        return self._shown(written, line)

    def _shown(self, written: str, line: int) -> str:
        """Words as HTML."""
        if _SIGN_BEGINS.search(written) is None:
            return _escaped(written)
        shown, end = "", 0
        for sign in _SIGNS.finditer(written):
            shown += _escaped(written[end : sign.start()]) + self._signed(*map(_escaped, sign.groups("")), line=line)
            end = sign.end()
        return shown + _escaped(written[end:])

    def _signed(self, bold: str, words: str, href: str, note: str, *, line: int) -> str:
        """Bold words, the mark of a note, or a link."""
        if bold:
            return f"<strong>{bold}</strong>"
        if note:
            self._marked.append(note)
            number = len(self._marked)
            return f'<sup class="footnote-ref"><a href="#_fn{number}" id="_fnref{number}">[{number}]</a></sup>'
        mark = self._targets.add(href, picture=False, line=line)
        outside = ' rel="external"' if href[:4] == "http" else ""
        return f'<a href="{mark}"{outside}>{words}</a>'


def _bare(written: str) -> str:
    """Words without their signs."""
    return _SIGNS.sub(lambda sign: sign[1] or sign[2] or "", written) if _SIGN_BEGINS.search(written) else written
