"""What searches indexes in a browser: Pagefind's WebAssembly, and of its JavaScript the part that speaks to it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

from msgspec import json

from builder.digest import digest
from builder.pages import addresses
from builder.problems import PagefindError
from builder.search.texts import CLOSES, OPENS

_SPEAKER_ENDS = b"({__proto__:null});"  # of the function that wasm-bindgen has written
_LICENCE = b"/* Pagefind (https://pagefind.app), MIT licence */\n"


def engine(made: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Addresses and bytes of both; the WebAssembly also as a script, for pages that are opened from a stick.

    Args:
        made: the files that come with any index.

    Raises:
        PagefindError: they are not what they were.
    """
    speaker, ends, _ = made["pagefind.js"].partition(_SPEAKER_ENDS)
    if not ends:
        raise PagefindError("unknown form of pagefind.js")
    script = b"%s(function () {\n%s%s\nfinder.engine = wasm_bindgen;\n})();\n" % (_LICENCE, speaker, ends)
    raw = made["wasm.unknown.pagefind"]
    code = OPENS + json.encode(b64encode(raw).decode()) + CLOSES
    for name, form, content in (("engine", "js", script), ("engine-code", "js", code), ("engine-code", "wasm", raw)):
        yield f"{addresses.COMMON}{name}.{digest(content)[:12]}.{form}", content
