"""What is asked: all engines have the one method of `Engine`, and give what a reader sees first of all.

`Shipped` is the search that readers get: the scripts and packs of a built site, in Node. `Fts5` is the server that one
would otherwise run: SQLite's full-text index with its trigram tokenizer, over the same records.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from benchmarks.search.records import Record, plain

SHOWN = 20  # groups that the search page shows at first
_SCRIPT = Path(__file__).with_name("ask.js")
_ASSETS = Path(__file__).parents[2] / "themes/default/assets"


class Cost(NamedTuple):
    """What a query downloads: bytes of contents in brotli, as they are sent, without headers; and files."""

    bytes: int
    files: int


class Engine(Protocol):
    """Something that finds pages."""

    def answers(self, query: str) -> list[str]:
        """Addresses of the pages that are shown first, the best before all; of a group its first."""
        ...


class Shipped:
    """The search of a built site: what the search page shows to a reader who has chosen nothing.

    Args:
        public: the built site.
        texts: whether texts are looked into where titles say little, as when Enter is pressed.

    Raises:
        RuntimeError: there is no Node.
    """

    def __init__(self, public: Path, *, texts: bool):
        node = shutil.which("node")
        if not node:
            raise RuntimeError("Node is missing; install it with: apt-get install nodejs")
        self._asked = {"limit": SHOWN, "texts": "texts"} if texts else {"limit": SHOWN}
        self._process = subprocess.Popen(
            [node, _SCRIPT, _ASSETS, public], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def answers(self, query: str) -> list[str]:
        """See `Engine`."""
        return list(self._told({"query": query, **self._asked})["shown"])

    def cost(self, query: str, *, after: Sequence[str] = ()) -> Cost:
        """What a query downloads where the packs of titles have come.

        Args:
            query: as it is typed.
            after: others that have been asked in the same visit.
        """
        for number, one in enumerate([*after, query]):
            told = self._told({"query": one, **self._asked, "visit": not number})
        return Cost(told["bytes"], told["files"])

    def pages(self) -> list[tuple[dict[str, str], str]]:
        """All pages: the fields of `Record` but for the text, and how that is named by `texts_of`."""
        return [(page, said) for page, said in self._told({})]

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()

    def _told(self, asked: dict[str, Any]) -> Any:
        process = self._process
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"the search failed at {asked}")
        return json.loads(line)


class Fts5:
    """A full-text index of SQLite with trigrams, set up as well as its manual allows.

    Both sides are compared without signs and capitals. Every word is a phrase, which finds any part of a text; words of
    fewer than three characters are looked for with LIKE, as the manual says. All words must be there; if that finds
    nothing, any of them; if that finds nothing, any three characters that follow one another. The best come first by
    BM25, where a title weighs ten times as much as a text. Lessons of one title are shown once, as on the search page.

    Args:
        records: that can be found.
    """

    _COLUMNS = ("title", "others", "place", "facets", "text")
    _RANK = "bm25(pages, 10, 10, 2, 2, 1)"
    _LOOKED_AT = 400  # rows, before lessons of one title become one

    def __init__(self, records: Iterable[Record]):
        self._records = list(records)
        self._base = sqlite3.connect(":memory:")
        self._base.execute(f"CREATE VIRTUAL TABLE pages USING fts5({', '.join(self._COLUMNS)}, tokenize='trigram')")
        rows = ([plain(getattr(record, column)) for column in self._COLUMNS] for record in self._records)
        self._base.executemany("INSERT INTO pages VALUES (?, ?, ?, ?, ?)", rows)

    def answers(self, query: str) -> list[str]:
        """See `Engine`."""
        words = list(filter(None, map(plain, query.split())))
        long, short = [word for word in words if len(word) >= 3], [word for word in words if len(word) < 3]
        threes = [word[at : at + 3] for word in long for at in range(len(word) - 2)]
        any_of = [self._find(long, [], "OR"), *(self._find([], [word]) for word in short)]
        found = self._find(long, short) or _merged(any_of) or self._find(threes, [], "OR")
        groups: dict[str, str] = {}
        for row in found:
            groups.setdefault(self._records[row - 1].group, self._records[row - 1].address)
        return list(groups.values())[:SHOWN]

    def _find(self, long: list[str], short: list[str], how: str = "AND") -> list[int]:
        """Rows with all or any of the long words and with all of the short, the best first."""
        conditions, given, order = [], [], []
        if long:
            conditions.append("pages MATCH ?")
            given.append(f" {how} ".join(f'"{word}"' for word in long))
        for word in short:
            conditions.append(f"({' OR '.join(f'{column} LIKE ?' for column in self._COLUMNS)})")
            given += [f"%{word}%"] * len(self._COLUMNS)
        for word in short:
            order.append("title LIKE ? DESC")
            given.append(f"%{word}%")
        if not conditions:
            return []
        order += [self._RANK if long else "length(title)", "rowid"]
        statement = f"SELECT rowid FROM pages WHERE {' AND '.join(conditions)} ORDER BY {', '.join(order)} LIMIT ?"
        return [row for (row,) in self._base.execute(statement, (*given, self._LOOKED_AT))]


def _merged(lists: list[list[int]]) -> list[int]:
    """Lists as one: what stands far up in several comes first (reciprocal rank fusion)."""
    points: dict[int, float] = {}
    for found in lists:
        for place, row in enumerate(found):
            points[row] = points.get(row, 0) + 1 / (60 + place)
    return sorted(points, key=points.__getitem__, reverse=True)
