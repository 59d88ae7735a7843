"""A server for a built tree that sends the headers of its `_headers` and its files, as they are or compressed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import brotli
from built import QUALITY

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".xml": "application/xml",
}


TEXTS = re.compile("text/|application/(json|xml)|image/svg")


def read_headers(folder: Path) -> list[tuple[str, dict[str, str]]]:
    """Path patterns and their headers, in the order of `_headers`."""
    blocks: list[tuple[str, dict[str, str]]] = []
    for line in (folder / "_headers").read_text(encoding="utf-8").splitlines():
        if line[:1] == "/":
            blocks.append((line.strip(), {}))
        elif line.strip():
            name, _, value = line.partition(":")
            blocks[-1][1][name.strip()] = value.strip()
    return blocks


@contextmanager
def serve(folder: Path, path: str = "/", *, compressing: bool = False) -> Iterator[str]:
    """Serves a tree below a path, and its 404.html for all that is not there.

    Args:
        folder: the tree, with its `_headers`.
        path: where its home page lies, with `/` at both ends.
        compressing: whether texts are sent in brotli.

    Yields:
        The address of the home page.
    """
    rules = read_headers(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = unquote(urlsplit(self.path).path)
            inner = asked.removeprefix(path) if asked.startswith(path) else "404.html"
            file = folder / (inner or "index.html")
            found = asked.startswith(path) and file.is_file() and ".." not in inner
            content = (file if found else folder / "404.html").read_bytes()
            headers = {"Content-Type": TYPES.get(file.suffix if found else ".html", "application/octet-stream")}
            for pattern, more in rules:
                if fnmatchcase(f"/{inner}", pattern):
                    headers |= more
            if compressing and TEXTS.match(headers["Content-Type"]):
                assert "br" in self.headers["Accept-Encoding"]
                content = brotli.compress(content, quality=QUALITY)
                headers["Content-Encoding"] = "br"
            self.send_response(200 if found else 404)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with suppress(ConnectionError):  # the browser may have gone
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{path}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
