"""Indexes of the full text: one for each pack, made by Pagefind of tokens, and cut into parts that are asked for.

Of what Pagefind makes only the index is published: which words are in which pages, and where. It becomes columns, which
`texts.js` searches by itself: a quarter of what Pagefind's own program would take on its way, and nothing that a page
opened from a stick could not load. The row of the pack stands for each page, so nothing is downloaded to look it up.
The format that is read is that of Pagefind 1.5 (CBOR; crate `pagefind`, `src/index`), to which the requirements pin it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from math import log
from pathlib import PurePosixPath
from typing import Any
from unicodedata import normalize

import cbor2

from builder.pages import addresses
from builder.problems import PagefindError
from builder.search.pagefind import index_of
from builder.search.scripts import named
from builder.search.texts import entries
from builder.search.tokens import tokens

_WEIGHT = -25  # stands before the places of a word in a page: the weight of all that is no heading
_STEP = 1.25  # between two lengths of pages that are told apart: it matters little, and is most of the table


def files(name: str, texts: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Addresses and bytes of an index.

    Args:
        name: of the pack.
        texts: addresses and bytes of its files of texts, in the order of the pack.

    Raises:
        PagefindError: it cannot be made.
    """
    places: dict[str, int] = {}
    portions: list[tuple[int, int, str]] = []
    rows, records = [], []
    for address, content in texts:
        stem, digest, _ = PurePosixPath(address).name.split(".")
        place = places.setdefault(stem, len(places))
        found = entries(content)
        portions.append((place, found[0].row, digest))
        for row, hour, text in found:
            rows.append((place, row, hour))
            records.append(normalize("NFD", " ".join(tokens(text))))  # as Pagefind compares them: Hangul by its letters
    made, lengths = index_of(records)
    try:
        columns = [_columns(made[path]) for path in _parts(made, lengths)]
        firsts = [part[0].partition(" ")[0] for part in columns]
        if firsts != sorted(firsts):
            raise ValueError("words in another order than that of their characters")
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise PagefindError("unknown format") from error
    parts = [named(f"{addresses.INDEXES}{name}/", part) for part in columns]
    yield from parts
    table = {
        "places": list(places),
        "texts": portions,
        "rows": "".join(_steps(rows)),
        "lengths": _lengths(lengths),
        "firsts": " ".join(firsts),
        "parts": [PurePosixPath(address).stem for address, _ in parts],
    }
    yield named(f"{addresses.INDEXES}{name}.", table)


def _parts(made: dict[str, bytes], lengths: list[int]) -> list[str]:
    """The paths of the parts, in the order of their words."""
    [content] = [content for path, content in made.items() if path.endswith(".pf_meta")]
    _, pages, parts, _, _, _ = cbor2.loads(content)
    if [length for _, length in pages] != lengths:
        raise ValueError("pages in another order than they were given in")
    return [f"index/{part}.pf_index" for _, _, part in parts]


def _columns(part: bytes) -> list[Any]:
    """A part: its words; of each word in how many pages it is; of each such page how many pages after the one before,
    and how often; and the places, each after the one before.
    """
    [words] = cbor2.loads(part)
    pages = list(chain.from_iterable([pages for _, pages, _ in words]))
    places = [places for _, places, _ in pages]
    if any(variants for _, _, variants in words) or any(meta for _, _, meta in pages):
        raise ValueError("words that are no tokens of ours")
    if any(weight != _WEIGHT for weight, *_ in places):
        raise ValueError("weights")
    return [
        " ".join([word for word, _, _ in words]),
        [len(pages) for _, pages, _ in words],
        [after for after, _, _ in pages],
        [len(one) - 1 for one in places],
        [place for one in places for place in one[1:]],
    ]


def _steps(rows: Iterable[tuple[int, int, int]]) -> Iterator[str]:
    """Of each page how it follows the one before: `/` in the next place, `.` in a later row, `,` in a later hour.

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


def _lengths(lengths: Iterable[int]) -> tuple[list[int], str]:
    """Numbers of words that are told apart, and of each page which of them it has: `a` for the first."""
    rounded = [round(_STEP ** round(log(max(length, 1), _STEP))) for length in lengths]
    told_apart = sorted(set(rounded))
    letters = {length: chr(ord("a") + number) for number, length in enumerate(told_apart)}
    return told_apart, "".join(map(letters.__getitem__, rounded))
