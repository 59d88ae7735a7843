"""The queries: what readers type, each with the pages that they mean; half of them for tuning, half for the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

FILE = Path(__file__).with_name("queries.tsv")
TUNING, FINAL = "tuning", "final"


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of queries.

    Args:
        catalogue: that they are asked of: `content`, the catalogue of the repository, or `sample`.
        at_ten: the share for which an answer must be among the first ten; 0 where there is no target.
        title: whether it asks for a title as it is written, and counts in their mean reciprocal rank.
    """

    catalogue: str = "content"
    at_ten: float = 0.0
    title: bool = False


NOTHING = "must find nothing"
KINDS = {
    "exact title": Kind(at_ten=1.0, title=True),
    "part of a title": Kind(at_ten=1.0, title=True),
    "words in another order": Kind(title=True),
    "facet and title": Kind(at_ten=0.95),
    "as it is typed": Kind(),
    "pinyin": Kind(at_ten=0.95),
    "initials": Kind(at_ten=0.95),
    "homophone typo": Kind(at_ten=0.85),
    "traditional characters": Kind(),
    "full text": Kind(at_ten=0.85),
    "teacher": Kind("sample"),
    "English": Kind(),
    "minority language": Kind("sample"),
    NOTHING: Kind(),
}
TITLES_MRR = 0.9  # over the classes of titles


@dataclass(frozen=True, slots=True)
class Query:
    """A query.

    Args:
        half: `tuning` or `final`.
        kind: its class.
        text: as it is typed.
        answers: the ends of the addresses of the pages that are meant, any of which will do; none where nothing
            must be found.
        line: of the file, from 1.
    """

    half: str
    kind: str
    text: str
    answers: tuple[str, ...]
    line: int


def half_of(text: str) -> str:
    """The half that a query belongs to, which nobody can choose: by the last bit of its digest (SHA-256 of UTF-8)."""
    return FINAL if sha256(text.encode()).digest()[-1] % 2 else TUNING


def read_queries(file: Path = FILE) -> list[Query]:
    """All queries of a file, in its order.

    Args:
        file: with half, class, query and answers, divided by tabs; lines that begin with `#` are none.

    Raises:
        ValueError: a line has another number of columns.
    """
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    return [_query(number, line) for number, line in lines if line and not line.startswith("#")]


def asked_of(catalogue: str, queries: Iterable[Query]) -> list[Query]:
    """The queries that are asked of a catalogue.

    Args:
        catalogue: `content` or `sample`.
        queries: of any catalogue.
    """
    return [query for query in queries if query.kind in KINDS and KINDS[query.kind].catalogue == catalogue]


def mark(file: Path = FILE) -> None:
    """Writes into a file the half that each of its queries belongs to.

    Args:
        file: of queries; what stands in the first column of a line is written anew.
    """
    lines = file.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line and not line.startswith("#"):
            rest = line.partition("\t")[2]
            lines[number] = f"{half_of(_query(number + 1, line).text)}\t{rest}"
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")


class Pages:
    """Pages by what answers name them by: the end of an address without `.html`, from whichever `/` on.

    Args:
        addresses: of all pages.
    """

    def __init__(self, addresses: Iterable[str]):
        self._by_end: dict[str, list[str]] = {}
        for address in addresses:
            self._by_end.setdefault(_last(address), []).append(address)

    def named(self, answer: str) -> list[str]:
        """Addresses of the pages that an answer names: one, if it is right."""
        return [address for address in self._by_end.get(_last(answer), ()) if f"/{address}".endswith(f"/{answer}.html")]


def _last(address: str) -> str:
    return address.rpartition("/")[2].removesuffix(".html")


def _query(number: int, line: str) -> Query:
    columns = line.split("\t")
    if len(columns) != 4:
        raise ValueError(f"line {number} has {len(columns)} columns, not half, class, query and answers: {line!r}")
    half, kind, text, answers = columns
    return Query(half, kind, text, tuple(answers.split()), number)
