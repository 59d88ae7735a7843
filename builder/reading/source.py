"""One file as text: decoded, cleared of what must not be in it, and able to say where a code point stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from builder.problems import Place, Problem
from builder.system import reason_of

# Bidirectional formatting characters (UAX #9): embeddings, overrides, isolates. Marks such as U+200E are allowed.
_BIDI = "\u202a-\u202e\u2066-\u2069"
# NEL and the separators would count as line ends in YAML; U+FFFE and U+FFFF cannot stand in XML, C1 controls in HTML.
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
_BIDI_CHARACTER = re.compile(f"[{_BIDI}]")
UNWANTED = re.compile(f"[{_BIDI}{_CONTROL}]")
# What programs put in the place of characters that they cannot read, and the same read once more in the wrong encoding;
# between quotation marks somebody writes about it.
_LOST = re.compile("\ufffd+|(?<![拷“‘「『（《\"'`])(?:锟斤拷)+锟?")
_MERGE = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$", re.MULTILINE)
_HAN = re.compile("[\u4e00-\u9fff]")
_UNREADABLE = {"control-character", "unfinished-merge"}
_LIKE_DASHES = re.compile(r"[ \t\u3000]*[-\u2010-\u2015\u2500\uff0d\u4e00]{2,}[ \t\u3000]*\Z")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)---[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file.

    Args:
        file: its path from the site's folder, with `/`.
        text: decoded, with LF line ends.
    """

    file: str
    text: str
    _lines: list[str] = field(default_factory=list, repr=False, compare=False)

    @property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        if not self._lines:
            self._lines.extend(self.text.split("\n"))
        return self._lines

    def place(self, line: int, column: int, length: int = 1) -> Place:
        """A place in this file; line and column count from 0 here, from 1 in the place."""
        text = self.lines[line] if line < len(self.lines) else ""
        before = self.lines[line - 1] if line else ""
        column = min(column, len(text))  # a mended indent can be longer than the one that the editor sees
        return Place(self.file, line + 1, column + 1, max(1, min(length, len(text) - column)), before, text)

    def position(self, place: Place) -> tuple[int, int]:
        """Line and column, from 0, at which a place of the file stands in this text."""
        return place.line - 1, place.column - 1

    def place_at(self, index: int, length: int = 1) -> Place:
        """The place of a code point of the text."""
        line = self.text.count("\n", 0, index)
        return self.place(line, index - (self.text.rfind("\n", 0, index) + 1), length)


def read_source(site: Path, path: Path) -> tuple[Source | None, list[Problem]]:
    """Reads one file as UTF-8 text.

    Args:
        site: the site's folder.
        path: the file, inside it.

    Returns:
        The source, or nothing where the bytes cannot be used, and the problems.
    """
    if link := symbolic_link(site, path):
        return None, [link]
    file = path.relative_to(site).as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        return None, [Problem("unreadable-file", Place(file), facts=reason_of(error))]
    return decode(file, raw)


def symbolic_link(site: Path, path: Path) -> Problem | None:
    """The problem that a path of a site, or a folder on the way to it, is a symbolic link.

    Args:
        site: the site's folder, which may be a link itself.
        path: inside it.
    """
    here = site
    for part in path.relative_to(site).parts:
        here /= part
        if here.is_symlink():
            return Problem("symbolic-link", Place(here.relative_to(site).as_posix()))
    return None


def decode(file: str, raw: bytes) -> tuple[Source | None, list[Problem]]:
    """Text of a file's bytes, and what must not be in it."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        readable = Source(file, _with_lf(raw.decode("utf-8", "replace")))
        place = readable.place_at(len(_with_lf(raw[: error.start].decode("utf-8"))))
        return None, [Problem("invalid-utf8", place, facts={"how": "@from-gbk" if _is_gbk(raw) else "@to-utf-8"})]
    text = _with_lf(text)
    source = Source(file, text.removeprefix("\ufeff"))
    problems = [Problem("byte-order-mark", source.place(0, 0))] if source.text != text else []
    text = source.text
    if not text.isascii() or not text.isprintable():
        problems += [unwanted(match.group(), source.place_at(match.start())) for match in UNWANTED.finditer(text)]
        problems += _lost(source)
    problems += _unfinished_merge(source)
    return (None if any(p.code in _UNREADABLE for p in problems) else source), problems


def _is_gbk(raw: bytes) -> bool:
    """Whether bytes that are not UTF-8 are a text in GBK: few Chinese characters of it look like one of UTF-8."""
    try:
        is_chinese = _HAN.search(raw.decode("gb18030")) is not None
    except UnicodeDecodeError:
        return False
    return is_chinese and b"\0" not in raw and not _HAN.search(raw.decode("utf-8", "ignore"))


def _lost(source: Source) -> list[Problem]:
    """Characters that were lost before the file came here, told at the first place."""
    if "\ufffd" not in source.text and "锟斤拷" not in source.text:
        return []
    places = list(_LOST.finditer(source.text))
    if not places:
        return []
    written = places[0][0]
    facts = {"value": written[:3], "number": str(len(places)), "or": "" if "\ufffd" in written else "@of-lost-text"}
    return [Problem("lost-characters", source.place_at(places[0].start(), len(written)), facts=facts)]


def _unfinished_merge(source: Source) -> list[Problem]:
    """The marks that Git leaves where two people have changed the same lines, told at the first."""
    has_marks = "<<<<<<<" in source.text or ">>>>>>>" in source.text
    mark = _MERGE.search(source.text) if has_marks else None
    return [Problem("unfinished-merge", source.place_at(mark.start(), len(mark[0])))] if mark else []


def unwanted(char: str, place: Place) -> Problem:
    """The problem that a character of `UNWANTED` stands in a text."""
    code = "bidi-override" if _BIDI_CHARACTER.match(char) else "control-character"
    return Problem(code, place, facts={"char": f"U+{ord(char):04X}"})


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def split_front_matter(source: Source) -> tuple[Source, str, int] | Problem:
    """Divides a Markdown file.

    Returns:
        The front matter as a source of the same lines, the body, and the body's first line counted from 0;
        or the problem that there is no front matter.
    """
    match = _FRONT_MATTER.match(source.text)
    if match is None:
        return _no_front_matter(source)
    head = Source(source.file, "\n" + match["yaml"])
    head.lines[0] = "---"
    return head, source.text[match.end() :], source.text.count("\n", 0, match.end())


def _no_front_matter(source: Source) -> Problem:
    """Which of the two lines is missing, and what stands there instead."""
    lines = source.lines
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    begins = re.match(r"---[ \t]*\Z", lines[first]) is not None
    if not begins:
        why = "wrong-dashes" if _LIKE_DASHES.match(lines[first]) else "no-opening-line"
        return Problem("no-front-matter", source.place(first, 0, len(lines[first])), facts={"why": f"@{why}"})
    if first:
        return Problem("no-front-matter", source.place(0, 0), facts={"why": "@blank-first-line"})
    for number, line in enumerate(lines[1:], 1):
        if _LIKE_DASHES.match(line):
            return Problem("no-front-matter", source.place(number, 0, len(line)), facts={"why": "@wrong-dashes"})
    return Problem("no-front-matter", source.place(0, 0, len(lines[0])), facts={"why": "@no-closing-line"})
