"""What is known of characters that need not occur in any title: how they are read, and which of them are traditional.

Only a query that finds nothing asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import product
from typing import TypedDict

from opencc import OpenCC
from pypinyin import Style, pinyin

_HAN = range(0x4E00, 0xA000)  # CJK Unified Ideographs (The Unicode Standard, chapter 18)
_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)  # bytes of a Chinese character in EUC-CN (GB/T 2312-1980)
_ZERO = 0x23  # of the character that writes 0; from there to `~` all are a byte long, and `"` is not among them


class Readings(TypedDict):
    """How common characters can be read.

    Common are the 6,763 that every Chinese keyboard writes (GB/T 2312-1980), in the order of that standard, which every
    browser knows. Numbers are written as characters: that is the shortest form once it is compressed.

    Args:
        syllables: all that there are, with a space between two.
        usual: of each common character the number of the syllable that it is mostly read as.
        gaps: of each further reading how many characters further its character stands than that of the one before.
        others: the number of each further reading's syllable.
    """

    syllables: str
    usual: str
    gaps: str
    others: str


class Traditional(TypedDict):
    """How traditional characters are written today, where that is a common one.

    Args:
        traditional: how much higher the number of each is in Unicode than that of the one before.
        simple: the simplified characters, in step.
    """

    traditional: str
    simple: str


def readings() -> Readings:
    """The table of readings; the same for every site."""
    found = [list(dict.fromkeys(pinyin(one, style=Style.NORMAL, heteronym=True)[0])) for one in _common()]
    syllables = sorted({syllable for read in found for syllable in read})
    numbers = {syllable: number for number, syllable in enumerate(syllables)}
    others = [(at, numbers[syllable]) for at, read in enumerate(found) for syllable in read[1:]]
    return {
        "syllables": " ".join(syllables),
        "usual": _written(numbers[read[0]] for read in found),
        "gaps": _written(_steps(at for at, _ in others)),
        "others": _written(number for _, number in others),
    }


def traditional() -> Traditional:
    """The table of traditional characters; the same for every site."""
    simplify, known = OpenCC("t2s").convert, set(_common())
    simple = {code: simplify(chr(code)) for code in _HAN}
    codes = [code for code in _HAN if simple[code] != chr(code) and simple[code] in known]
    return {
        "traditional": _written(_steps(codes, _HAN.start)),
        "simple": "".join(map(simple.__getitem__, codes)),
    }


def _common() -> Iterator[str]:
    for row, cell in product(_ROWS, _CELLS):
        with suppress(UnicodeDecodeError):  # the last five of row D7 are none
            yield bytes((row, cell)).decode("gb2312")


def _steps(places: Iterable[int], start: int = 0) -> Iterator[int]:
    """From each place to the next."""
    for place in places:
        yield place - start
        start = place


def _written(numbers: Iterable[int]) -> str:
    return "".join(chr(_ZERO + number) for number in numbers)
