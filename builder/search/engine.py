"""What searches indexes in a browser: Pagefind's WebAssembly, and of its JavaScript the part that speaks to it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import json

from builder.digest import digest
from builder.engine import library_version
from builder.pages import addresses
from builder.problems import PagefindError
from builder.search.pagefind import index_of
from builder.search.texts import CLOSES, OPENS

_SPEAKER_ENDS = b"({__proto__:null});"  # of the function that wasm-bindgen has written
_LICENCE = b"/* Pagefind (https://pagefind.app), MIT licence */\n"


@cache
def engine_addresses() -> tuple[str, str]:
    """Where they lie, the script and the WebAssembly: the same as long as what makes them is the same."""
    made_by = Path(__file__).read_text(encoding="utf-8")
    named = digest(f"{library_version('pagefind-bin')} {made_by}".encode())[:12]
    return f"{addresses.COMMON}engine.{named}.js", f"{addresses.COMMON}engine-code.{named}.js"


def engine_files() -> Iterator[tuple[str, bytes]]:
    """Their addresses and bytes.

    Raises:
        PagefindError: they cannot be had.
    """
    files = index_of([("", "")])
    script, code = engine_addresses()
    speaker, found, _ = files["pagefind.js"].partition(_SPEAKER_ENDS)
    if not found:
        raise PagefindError("unknown form of pagefind.js")
    yield script, b"%s(function () {\n%s%s\nfinder.engine = wasm_bindgen;\n})();\n" % (_LICENCE, speaker, found)
    yield code, OPENS + json.encode(b64encode(files["wasm.unknown.pagefind"]).decode()) + CLOSES
