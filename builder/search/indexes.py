"""Indexes of the full text: one for each pack, made by Pagefind of tokens, and cut into parts that are asked for.

Of Pagefind's files only what is searched in is published: how long pages are and where words lie. Its names of pages
and parts are replaced by ours, so that an answer names the row of the pack, and nothing is downloaded to look it up.
The format is that of Pagefind 1.5 (CBOR; crate `pagefind`, `src/index`), to which the requirements pin it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import cbor2
from msgspec import json

from builder.digest import digest
from builder.pages import addresses
from builder.problems import PagefindError
from builder.search.pagefind import index_of
from builder.search.texts import CLOSES, OPENS, entries
from builder.search.tokens import tokens

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def files(name: str, texts: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Addresses and bytes of an index.

    Args:
        name: of the pack.
        texts: addresses and bytes of its files of texts, in the order of the pack.

    Raises:
        PagefindError: it cannot be made.
    """
    places: dict[str, int] = {}
    parts: list[tuple[int, int, str]] = []
    records = []
    for address, content in texts:
        stem, named, _ = PurePosixPath(address).name.split(".")
        place = places.setdefault(stem, len(places))
        found = entries(content)
        parts.append((place, found[0].row, named))
        for row, hour, text in found:
            label = ".".join(map(_base36, (place, row) if hour == 1 else (place, row, hour)))
            records.append((label, " ".join(tokens(text))))
    made = index_of(records)
    meta, chunks = _relabelled(made)
    scripts = [_script(f"{name}/", OPENS + json.encode(_as_text(made[path])) + CLOSES) for path in chunks]
    yield from scripts
    table = {
        "places": list(places),
        "texts": parts,
        "parts": [PurePosixPath(address).stem for address, _ in scripts],
        "meta": _as_text(meta),
    }
    yield _script(f"{name}.", OPENS + json.encode(table) + CLOSES)


def _script(name: str, content: bytes) -> tuple[str, bytes]:
    return f"{addresses.INDEXES}{name}{digest(content)[:12]}.js", content


def _relabelled(made: dict[str, bytes]) -> tuple[bytes, list[str]]:
    """What Pagefind knows of all pages, with our names of pages and parts; and the paths of the parts in order."""
    names = {}
    for path, content in made.items():
        if path.startswith("fragment/"):
            names[PurePosixPath(path).stem] = json.decode(content)["url"]
    [of_all] = [content for path, content in made.items() if path.endswith(".pf_meta")]
    try:
        version, pages, chunks, filters, sorts, fields = cbor2.loads(of_all)
        pages = [[names[page], words] for page, words in pages]
        paths = [f"index/{chunk}.pf_index" for _, _, chunk in chunks]
        chunks = [[first, last, _base36(number)] for number, (first, last, _) in enumerate(chunks)]
        if not all(path in made for path in paths):
            raise KeyError
    except (ValueError, TypeError, KeyError) as error:
        raise PagefindError("unknown format of pf_meta") from error
    return cbor2.dumps([version, pages, chunks, filters, sorts, fields]), paths


def _as_text(content: bytes) -> str:
    return b64encode(content).decode()


def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
