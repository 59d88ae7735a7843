"""Indexes of the full text: one for each pack, of tokens, in parts that are asked for by the words they begin with.

The texts of a pack stand one after the other, each with room for the next power of two of words, so that one number
tells a text and a position in it, and all that is kept of a word are its positions. `texts.js` reads what is written
here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from operator import sub
from pathlib import PurePosixPath

from msgspec import Raw

from builder.pages import addresses
from builder.search.scripts import held, named
from builder.search.texts import entries
from builder.search.tokens import tokens

POSITIONS = 3_000  # of words in a part: what a reader downloads of a word, some five kilobytes
_STEP = 1.25  # between two lengths of texts that are told apart: it matters little, and is most of the table


def files(name: str, texts: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Addresses and bytes of an index.

    Args:
        name: of the pack.
        texts: addresses and bytes of its files of texts, in the order of the pack.
    """
    places: dict[str, int] = {}
    portions: list[tuple[int, int, str]] = []
    rows, lengths = [], []
    found: defaultdict[str, list[int]] = defaultdict(list)
    start = 0
    for address, content in texts:
        where, digest, _ = address.removeprefix(f"{addresses.TEXTS}{name}/").split(".")
        place = places.setdefault(where, len(places))
        portion = entries(content)
        portions.append((place, portion[0].row, digest))
        for row, hour, text in portion:
            words, positions = tokens(text)
            shifted = map(start.__add__, positions)
            deque(map(list.append, map(found.__getitem__, words), shifted), maxlen=0)  # a third of a loop's time
            rows.append((place, row, hour))
            lengths.append(bisect_left(_LENGTHS, positions[-1] + 1 if positions else 0))
            start += 1 << _LENGTHS[lengths[-1]].bit_length()  # so that a few words more seldom move all that follow
    parts = [(part[0], *named(f"{addresses.INDEXES}{name}/", _columns(part, found))) for part in _parts(found)]
    yield from ((address, content) for _, address, content in parts)
    table = {
        "places": list(places),
        "texts": portions,
        "rows": "".join(_steps(rows)),
        "lengths": _told_apart(lengths),
        "firsts": " ".join([first for first, _, _ in parts]),
        "parts": [PurePosixPath(address).stem for _, address, _ in parts],
    }
    yield named(f"{addresses.INDEXES}{name}.", table)


def tokens_of(part: bytes) -> list[str]:
    """The tokens of a part of an index, in their order."""
    words, _, _ = held(part, tuple[str, Raw, Raw])
    return words.split(" ")


def _parts(found: Mapping[str, list[int]]) -> Iterator[list[str]]:
    """The words in their order, in parts of so many positions; a word that has more is alone."""
    part: list[str] = []
    number = 0
    for word in sorted(found):
        if part and number + len(found[word]) > POSITIONS:
            yield part
            part, number = [], 0
        part.append(word)
        number += len(found[word])
    if part:
        yield part


def _columns(words: list[str], found: Mapping[str, list[int]]) -> tuple[str, list[int], list[int]]:
    """A part: its words; how often each is there; and where, each position counted from the one before."""
    positions = [found[word] for word in words]
    steps = chain.from_iterable(map(sub, of_word, chain((0,), of_word)) for of_word in positions)
    return " ".join(words), list(map(len, positions)), list(steps)


def _steps(rows: Iterable[tuple[int, int, int]]) -> Iterator[str]:
    """Of each text how it follows the one before: `/` in the next place, `.` in a later row, `,` in a later hour.

    A number in front says how many rows or hours are left out; each `+` behind, that it is an hour later than the
    first.
    """
    former = (-1, 0, 1)
    for place, row, hour in rows:
        if place != former[0]:
            yield f"{row or ''}/{'+' * (hour - 1)}"
        elif row != former[1]:
            yield f"{row - former[1] - 1 or ''}.{'+' * (hour - 1)}"
        else:
            yield f"{hour - former[2] - 1 or ''},"
        former = place, row, hour


def _rising() -> list[int]:
    """The lengths that are told apart, up to a hundred million words."""
    lengths = [1]
    while lengths[-1] < 100_000_000:
        lengths.append(max(lengths[-1] + 1, round(lengths[-1] * _STEP)))
    return lengths


_LENGTHS = _rising()


def _told_apart(lengths: list[int]) -> tuple[list[int], str]:
    """The lengths that texts have, each rounded up, and of each text which it is: `a` for the first."""
    there = sorted(set(lengths))
    letters = {length: chr(ord("a") + number) for number, length in enumerate(there)}
    return [_LENGTHS[length] for length in there], "".join(map(letters.__getitem__, lengths))
