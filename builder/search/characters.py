"""What is known of characters that need not occur in any title: how they are read, and which of them are traditional.

Only a query that finds nothing, or holds a character that no title does, asks for it.
"""

from __future__ import annotations

from typing import TypedDict

from opencc import OpenCC
from pypinyin import Style, pinyin

_HAN = range(0x4E00, 0xA000)  # CJK Unified Ideographs (The Unicode Standard, chapter 18)


class Characters(TypedDict):
    """Characters by each syllable that they can be read as; and traditional characters with the simplified in step."""

    readings: dict[str, str]
    traditional: str
    simple: str


def characters() -> Characters:
    """The table; the same for every site."""
    common = [chr(code) for code in _HAN if _is_common(chr(code))]
    readings: dict[str, list[str]] = {}
    for character in common:
        for syllable in dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]):
            readings.setdefault(syllable, []).append(character)
    simplify = OpenCC("t2s").convert
    pairs = [(chr(code), simple) for code in _HAN if (simple := simplify(chr(code))) != chr(code) and len(simple) == 1]
    return {
        "readings": {syllable: "".join(found) for syllable, found in sorted(readings.items())},
        "traditional": "".join(traditional for traditional, _ in pairs),
        "simple": "".join(simple for _, simple in pairs),
    }


def _is_common(character: str) -> bool:
    """Whether it is one of the 6,763 that every Chinese keyboard writes (GB/T 2312-1980)."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
