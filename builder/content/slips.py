"""What in a text was meant as Markdown and is none, or would not do on a page: the editor is told, with the remedy."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from builder.content.passages import without_code
from builder.content.prose import Slip
from builder.content.slips_of_blocks import slips_of_blocks
from builder.content.slips_of_links import is_of_this_computer, is_picture, slips_left_as_text, slips_of_links

if TYPE_CHECKING:  # only what the parser has read may have slips
    from markdown_it.token import Token

_WEB = r"https?[:：]//[A-Za-z0-9][!-'*-~]*"
_PAGE = rf"(?:{_WEB}|[^\s()（）#]*\.[A-Za-z0-9]{{2,5}}(?:#[^\s()（）]*)?|#[^\s()（）]+)"
_WIDE_LINK = re.compile(
    rf"(?P<mark>！?)(?P<open>[\[【［])(?P<text>[^\[\]【】［］\n]+)(?P<middle>[\]】］][（(])(?P<href>{_PAGE})(?P<end>[)）])"
)
_BRACKETS_APART = re.compile(rf"(?P<words>!?\[[^\[\]\n\0]+\])[ \u3000]+(?P<href>\({_PAGE}\))")
_BRACKET_OPEN = re.compile(rf"!?\[[^\[\]\n\0]*\]\({_PAGE}(?=[\s，。；、！？]|\Z)")
_WIDE_STARS = re.compile(r"＊＊(?P<text>[^＊\n]+)＊＊")
_LOOSE_STARS = re.compile(r"\*\*(?=\s|[^*\n\0]*\s\*\*)\s*(?P<text>[^*\s\0](?:[^*\n\0]*[^*\s\0])?)\s*\*\*")
_LONE_STARS = re.compile(
    r"\*\*[^\x00-\x7f，。；：、！？]{1,12}|[^\x00-\x7f，。；：、！？]{1,12}\*\*(?![^\x00-\x7f，。；：、！？])"
)
_BARE_ADDRESS = re.compile(
    rf"(?<!\]\()(?<!\]\(<)(?:{_WEB}|(?<![A-Za-z0-9_.@/-])www\.[A-Za-z0-9][!-'*-~]*)", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_FOOTNOTE_TEXT = re.compile(r"^(?P<sign>\[\^[^\]\s]+\])：", re.MULTILINE)
# Beside a Chinese character they mark nothing; with a pause between them they are gaps to fill in.
_UNDERSCORES = re.compile(
    r"(?<!_)__(?=[^_\n\0]*[\u4e00-\u9fff])(?P<text>[^_\s\0，。；：、！？](?:[^_\n\0，。；：、！？]*[^_\s\0，。；：、！？])?)__(?!_)"
)
_WIDE_QUOTE = re.compile(r"＞[＞ \u3000]*(?P<text>[^\s\d＞].*)")
_NO_HEADING = re.compile(r"(?P<marks>#{2,6}(?=[^#\s])|#{1,6}(?=\u3000)|＃{2,6})[ \u3000]*(?P<text>[^#＃\s].*)")
_NO_HEADING_ALONE = re.compile(r"(?P<marks>[#＃])[ \u3000]*(?P<text>[^#＃\s\d][^#＃]*)")
_BELOW_TABLE_HEAD = re.compile(r"[\s|｜:：]*[-－—–]{2,}[\s|｜:：－—–-]*")
_LIST_SIGN = re.compile(
    r"(?P<sure>[-+](?=[^\W\d_]|[“‘《（「『])|\*(?=[^\s*])(?!.*\*)|[•●○■◆▪‣\uf0b7\uf0a7\uf0d8\uf06c]"
    r"|[–—－](?=[ \u3000])|[0-9]{1,2}[.．](?=[^\s\d]))"
    r"[ \u3000]*(?P<text>\S.*)"
    r"|(?:[0-9]{1,2}[、)）]|[（(][0-9]{1,2}[)）]|[①-⑳]|·)[ \u3000]*(?P<further>\S.*)"
)


def find_slips(tokens: list[Token], text: str, unused: list[str]) -> tuple[Slip, ...]:
    """The slips of a text; code is left alone.

    Args:
        tokens: that the parser has made of it; a link without its scheme is led where it was meant to lead, so that it
            is not told as a broken link besides.
        text: the source.
        unused: names of footnotes that have a text and no mark.
    """
    found = [*_skipped_headings(tokens), *_slips_of_lists(tokens), *slips_of_blocks(tokens, text, unused)]
    tags: set[str] = set()
    wide_notes: set[str] = set()
    for token in tokens:
        if token.type == "inline" and "]：" in token.content and token.map is not None:
            for slip in _wide_footnotes(token, token.map[0]):
                wide_notes.add(slip.mended.partition(":")[0])
                found.append(slip)
    for position, token in enumerate(tokens):
        if token.type == "inline" and token.map is not None:
            if tokens[position - 1].type == "paragraph_open":
                found += _slips_of_lines(without_code(token.content).split("\n"), token.map[0])
            found += _slips_of_signs(token, token.map[0], wide_notes)
            found += slips_of_links(token.children or [], token.map[0])
            found += slips_left_as_text(token.content, token.map[0], tags)
    return tuple(_in_turn(_below_the_title(found, tokens)))


def _below_the_title(slips: list[Slip], tokens: list[Token]) -> list[Slip]:
    """The slips, those of headings mended to begin with `##`, because the page's title stands above them all; in a text
    whose headings begin with one sign, as they are.
    """
    headings = {token.markup for token in tokens if token.type == "heading_open"}
    is_missed = [slip.code == "heading-without-space" for slip in slips]
    is_first = [missed and slip.mended.startswith("# ") for slip, missed in zip(slips, is_missed, strict=True)]
    if "#" in headings or not any(is_first):
        return slips
    return [
        dataclasses.replace(slip, mended=f"#{slip.mended}") if moves else slip
        for slip, moves in zip(slips, is_first if headings else is_missed, strict=True)
    ]


def _in_turn(slips: list[Slip]) -> Iterator[Slip]:
    """The slips, each with its turn among those that are written alike."""
    turns: Counter[tuple[int, str]] = Counter()
    for slip in slips:
        yield dataclasses.replace(slip, turn=turns[slip.line, slip.written])
        turns[slip.line, slip.written] += 1


def _skipped_headings(tokens: list[Token]) -> Iterator[Slip]:
    """Headings that stand more than one level below the one that they belong to, as it should be written itself; the
    text's highest is the first level.
    """
    headings = [
        (token, tokens[at + 1].content)
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.markup.startswith("#")  # others may be meant as paragraphs
    ]
    highest = min((int(token.tag[1]) for token, _ in headings), default=1)
    above: list[int] = []  # levels of the headings that the next one may belong to
    for token, title in headings:
        level = int(token.tag[1])
        above = [other for other in above if other < level]
        right = highest + len(above)
        if level > right and token.map is not None:
            yield Slip("skipped-heading", token.map[0], f"{token.markup} {title}", f"{'#' * right} {title}")
        above.append(level)


def _slips_of_lists(tokens: list[Token]) -> Iterator[Slip]:
    """Lines that follow one another, or paragraphs of a line that do, and begin as items of a list: told at the first.

    Numbers as in `1、` may well begin paragraphs; only as lines of one would they run together.
    """
    former: tuple[int, int, re.Match[str]] | None = None
    is_told = False
    for at, number, line in _lines_of_paragraphs(tokens):
        item = _LIST_SIGN.fullmatch(line)
        follows = item is not None and former is not None
        if item and former and former[0] != at:
            follows = former[0] + 3 == at and bool(former[2]["sure"] and item["sure"])
        if follows and former and not is_told:
            yield Slip("list-without-space", former[1], former[2][0], _as_item(former[2]))
        is_told = follows
        former = (at, number, item) if item else None


def _lines_of_paragraphs(tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
    """The lines of all paragraphs: position of the paragraph's token, number of the line in the text, the line."""
    for at, token in enumerate(tokens):
        if token.type == "paragraph_open" and token.map is not None:
            for number, line in enumerate(without_code(tokens[at + 1].content).split("\n"), token.map[0]):
                yield at, number, line


def _as_item(line: re.Match[str]) -> str:
    """A line as an item of a list of Markdown."""
    words = line["text"] or line["further"]
    number = re.match(r"[（(]?([0-9]+)|([①-⑳])", line[0])
    if number is None:
        return f"- {words}"
    return f"{number[1] or ord(number[2]) - ord('①') + 1}. {words}"


def _slips_of_lines(lines: list[str], first: int) -> Iterator[Slip]:
    """Headings, quotations and tables in the lines of a paragraph."""
    for number, line in enumerate(lines):
        if quote := _WIDE_QUOTE.fullmatch(line):
            yield Slip("full-width-quote", first + number, line, f"> {quote['text']}")
            break  # what follows are its other lines
    for number, line in enumerate(lines):
        heading = _NO_HEADING.match(line) or (_NO_HEADING_ALONE.fullmatch(line) if len(lines) == 1 else None)
        if heading:
            mended = f"{'#' * len(heading['marks'])} {heading['text']}"
            yield Slip("heading-without-space", first + number, line, mended)
    for number, (head, below) in enumerate(pairwise(lines)):
        if "\t" in head.strip() and head.count("\t") == below.count("\t"):
            cells = [cell.strip() for cell in head.split("\t")]
            yield Slip("tab-table", first + number, head, f"|{'|'.join(cells)}|", f"|{'---|' * len(cells)}")
            return
        if "｜" in head and _BELOW_TABLE_HEAD.fullmatch(below):
            yield Slip("full-width-table", first + number, head, head.replace("｜", "|"))
        elif "|" in head and "|" in below and _columns(head) > 1:
            if _BELOW_TABLE_HEAD.fullmatch(below) or _columns(below) == _columns(head):
                yield Slip("table-without-rule", first + number, head, f"|{'---|' * _columns(head)}")
            return  # what follows are its other rows


def _columns(row: str) -> int:
    """How many cells a line has that is meant as a row of a table."""
    return row.strip().removeprefix("|").removesuffix("|").count("|") + 1


def _wide_footnotes(token: Token, line: int) -> Iterator[Slip]:
    """Texts of footnotes behind a full-width colon, so that they are none."""
    signs = {note["sign"] for note in _FOOTNOTE_TEXT.finditer(_plain_text(token.children or []))}
    for number, written in enumerate(token.content.split("\n"), line):
        sign, colon, text = written.partition("：")
        if colon and sign in signs:
            yield Slip("full-width-footnote", number, f"{sign}：", f"{sign}: {text.strip() or '…'}")


def _slips_of_signs(token: Token, line: int, wide_notes: set[str]) -> Iterator[Slip]:
    """Signs in what the parser took for plain text; of footnotes told already nothing more is said."""
    text = _plain_text(token.children or [])
    for link in _WIDE_LINK.finditer(text):
        if f"{link['open']}{link['middle']}{link['end']}" != "[]()":
            href = link["href"].replace("：", ":")
            mark = link["mark"] if is_picture(href) else ""  # else an exclamation mark of the sentence
            written = link[0] if mark else link[0].removeprefix("！")
            yield Slip("full-width-link", line, written, f"{'!' if mark else ''}[{link['text']}]({href})")
    for apart in _BRACKETS_APART.finditer(text):
        yield Slip("broken-brackets", line, apart[0], f"{apart['words']}{apart['href']}", "@brackets-apart")
    for unclosed in _BRACKET_OPEN.finditer(text):
        yield Slip("broken-brackets", line, unclosed[0], f"{unclosed[0]})", "@bracket-open")
    for told in (_WIDE_LINK, _BRACKETS_APART, _BRACKET_OPEN):
        text = told.sub("\0", text)  # so that their addresses are not told as bare ones besides
    for wide in _WIDE_STARS.finditer(text):
        yield Slip("full-width-stars", line, wide[0], f"**{wide['text']}**")
    if r"\*" not in token.content:  # which asks for stars
        for loose in _LOOSE_STARS.finditer(text):
            yield Slip("loose-stars", line, loose[0], f"**{loose['text']}**")
        if lone := _LONE_STARS.search(_LOOSE_STARS.sub("\0", text)):
            yield Slip("lone-stars", line, lone[0], "")
    if r"\_" not in token.content:
        for under in _UNDERSCORES.finditer(text):
            yield Slip("bold-underscores", line, under[0], f"**{under['text']}**")
    for address in _BARE_ADDRESS.finditer(text):
        written = address[0].rstrip(".,;:!?'")
        if is_of_this_computer(written):
            continue
        yield Slip("bare-address", line, written, written if "//" in written else f"https://{written}")
    for note in dict.fromkeys(_FOOTNOTE.findall(text)):
        if note in wide_notes:
            continue
        yield Slip("unknown-footnote", line, note, f"{note}: …")


def _plain_text(children: list[Token]) -> str:
    """What stands between signs, each sign as a NUL; the words of links, which may well be addresses, are left out."""
    parts: list[str] = []
    is_link = False
    for child in children:
        if child.type in {"link_open", "link_close"}:
            is_link = child.type == "link_open"
        if child.type == "text" and not is_link:
            parts.append(child.content)
        else:
            parts.append("\n" if child.type.endswith("break") else "\0")
    return "".join(parts)
