"""How the characters of titles are read, without tones, each as its word asks for (成长 cheng zhang)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")


class Readings(Struct, frozen=True):
    """The readings of all Chinese characters of some titles.

    Args:
        syllables: every syllable that occurs, sorted.
        characters: every character that occurs, sorted.
        usual: of each character the place of its commonest syllable.
        otherwise: title, place in it and syllable, wherever a character is not read as usual.
    """

    syllables: list[str]
    characters: str
    usual: list[int]
    otherwise: list[tuple[str, int, int]]


def readings(titles: Iterable[str]) -> Readings:
    """How titles are read.

    Args:
        titles: in any language; only their Chinese characters are read.
    """
    read = {title: found for title in dict.fromkeys(titles) if (found := _read(title))}
    counts: dict[str, Counter[str]] = {}
    for title, found in read.items():
        for at, syllable in found:
            counts.setdefault(title[at], Counter())[syllable] += 1
    syllables = sorted({syllable for counted in counts.values() for syllable in counted})
    number = {syllable: place for place, syllable in enumerate(syllables)}
    usual = {char: max(sorted(counted), key=counted.__getitem__) for char, counted in counts.items()}
    characters = sorted(usual)
    return Readings(
        syllables,
        "".join(characters),
        [number[usual[char]] for char in characters],
        [
            (title, at, number[syllable])
            for title, found in read.items()
            for at, syllable in found
            if usual[title[at]] != syllable
        ],
    )


def _read(title: str) -> list[tuple[int, str]]:
    """Places of Chinese characters, each with its syllable."""
    found = []
    for run in HAN.finditer(title):
        found += [(run.start() + at, syllable) for at, syllable in enumerate(_run(run[0])) if syllable]
    return found


@cache
def _run(characters: str) -> tuple[str, ...]:
    """The syllables of Chinese characters that follow one another; `v` stands for ü, as it is typed."""
    from pypinyin import lazy_pinyin  # with tables that take 50 MB: only where a pack is made

    read = lazy_pinyin(characters)
    if len(read) != len(characters):  # where some are unknown, these come in one piece
        read = [syllable for character in characters for syllable in lazy_pinyin(character)]
    return tuple(syllable if syllable.isascii() else "" for syllable in read)
