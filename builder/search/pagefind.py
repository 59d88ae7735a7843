"""Pagefind's service: texts in, the files of an index out (https://pagefind.app, crate `pagefind`, `src/service`).

Requests and answers are JSON in Base64, each ended by a comma. All requests are sent while answers are read; nothing
is waited for that may never come, and no file is taken that is not whole.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import tempfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from threading import Thread
from typing import IO, Any

import pagefind_bin
from msgspec import json

from builder.problems import PagefindError

LOCATIONS = 6_000  # of words in a part of the index: what a reader downloads of a word, some five kilobytes
_BEGINS = b"pagefind_dcd"  # the unpacked content of each file
_WANTED = (".pf_meta", ".pf_index")  # nothing of what Pagefind would search and show with
_AT_ONCE = 1 << 20  # bytes


def index_of(records: Iterable[str]) -> tuple[dict[str, bytes], list[int]]:
    """The index of some records.

    Args:
        records: what each is found by, which are tokens with spaces between them.

    Returns:
        The files of the index, by their paths, unpacked; of each record the number of words.

    Raises:
        PagefindError: it cannot be started, has ended, or has answered with an error.
    """
    requests = list(_requests(records))
    environment = {**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(LOCATIONS)}
    with tempfile.TemporaryFile() as said:
        try:
            service = subprocess.Popen(
                [str(pagefind_bin.get_executable()), "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                env=environment,
            )
        except OSError as error:
            raise PagefindError(str(error)) from error
        with service:
            assert service.stdin is not None and service.stdout is not None
            sender = Thread(target=_send, args=(service.stdin, requests), daemon=True)
            sender.start()
            try:
                answers = list(_answers(service.stdout, len(requests)))
                if len(answers) < len(requests):
                    said.seek(0)
                    raise PagefindError(_ended(service.wait(), said.read()))
            finally:
                service.kill()  # it has nothing more to do, or nobody wants it any more
                sender.join()
                with suppress(OSError):  # what has not been sent need not be
                    service.stdin.close()
    *indexed, last = answers
    files = {file["path"]: file["content"] for file in last["files"] if file["path"].endswith(_WANTED)}
    return (
        {path: _whole(path, b64decode(content)) for path, content in files.items()},
        [answer["page_word_count"] for answer in indexed[1:]],
    )


def _requests(records: Iterable[str]) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {}}
    for number, content in enumerate(records):
        yield {"type": "AddRecord", "index_id": 0, "url": str(number), "content": content, "language": "und"}
    yield {"type": "GetFiles", "index_id": 0}


def _send(to: IO[bytes], requests: list[dict[str, Any]]) -> None:
    with suppress(OSError):  # where the service has ended, whoever reads its answers says so
        for number, request in enumerate(requests):
            to.write(b64encode(json.encode({"message_id": number, "payload": request})) + b",")
        to.flush()


def _answers(source: IO[bytes], number: int) -> Iterator[dict[str, Any]]:
    """The payloads of so many answers, or of those that have come before the service ended."""
    rest: list[bytes] = []
    while number:
        portion = os.read(source.fileno(), _AT_ONCE)
        if not portion:
            return
        *whole, last = portion.split(b",")
        for part in whole:
            payload: dict[str, Any] = json.decode(b64decode(b"".join((*rest, part))))["payload"]
            if payload["type"] == "Error":
                raise PagefindError(str(payload.get("message", payload)))
            rest.clear()
            number -= 1
            yield payload
        rest.append(last)


def _ended(code: int, said: bytes) -> str:
    last = said.decode(errors="replace").strip().rpartition("\n")[2]
    return f"{last} (exit status {code})".strip()


def _whole(path: str, content: bytes) -> bytes:
    """The content of a file, unpacked; its check sum tells that nothing is missing."""
    try:
        unpacked = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise PagefindError(f"{path}: {error}") from error
    if not unpacked.startswith(_BEGINS):
        raise PagefindError(f"{path}: unknown format")
    return unpacked[len(_BEGINS) :]
