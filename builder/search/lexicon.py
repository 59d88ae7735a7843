"""The lexicon: every token of every index, and the packs that have it.

What no text says would have to be looked for in the index of each pack. The lexicon is asked first, in parts by the
words they begin with, as an index is. `texts.js` reads what is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from zlib import crc32

from builder.pages import addresses
from builder.search import indexes
from builder.search.scripts import named

LEAST, MOST = 150, 300  # tokens in a part: a kilobyte on its way
_ONE_OF = 32  # tokens of which one may begin the next part


def files(found: Mapping[str, Iterable[bytes]]) -> Iterator[tuple[str, bytes]]:
    """Addresses and bytes of the lexicon.

    Args:
        found: the parts of the index of each pack, by the name of the pack.
    """
    holders: dict[str, str] = {}
    for number, parts in enumerate(found.values()):
        letter = chr(ord("a") + number)
        for token in (token for part in parts for token in indexes.tokens_of(part)):
            holders[token] = holders.get(token, "") + letter
    lots = list(_lots(sorted(holders)))
    made = [named(f"{addresses.LEXICON}/", (" ".join(lot), " ".join(map(holders.__getitem__, lot)))) for lot in lots]
    yield from made
    table = {
        "packs": list(found),
        "firsts": " ".join(lot[0] for lot in lots),
        "parts": [PurePosixPath(address).stem for address, _ in made],
    }
    yield named(f"{addresses.LEXICON}.", table)


def _lots(tokens: Iterable[str]) -> Iterator[list[str]]:
    """Tokens in parts, each of which begins with one whose checksum says so: one token more changes a part or two.

    (Content-defined chunking: Muthitacharoen and others, A Low-bandwidth Network File System, 2001.)
    """
    lot: list[str] = []
    for token in tokens:
        if len(lot) == MOST or (len(lot) >= LEAST and not crc32(token.encode()) % _ONE_OF):
            yield lot
            lot = []
        lot.append(token)
    if lot:
        yield lot
