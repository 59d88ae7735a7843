"""The six sections and 36 columns by their real names, how much each holds in the sample, and what it speaks of.

The names are facts, as sure as `evidence` says; the shares and the words are made up.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.sample.tables import read_table, words


@dataclass(frozen=True, slots=True)
class Strand:
    """A column.

    Args:
        id: of the column.
        title: in Chinese and English.
        layout: how it is shown.
        evidence: how we know that it exists.
        weight: its share of the resources.
        words: what its resources speak of.
    """

    id: str
    title: tuple[str, str]
    layout: str
    evidence: str
    weight: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """A section.

    Args:
        id: of the section.
        title: in Chinese and English.
        since: first day; empty where it is not known.
        audience: IDs of audiences.
        kinds: of its resources, the commoner ones repeated.
        columns: in their order.
    """

    id: str
    title: tuple[str, str]
    since: str
    audience: tuple[str, ...]
    kinds: tuple[str, ...]
    columns: tuple[Strand, ...]


def _read() -> tuple[Division, ...]:
    columns: dict[str, list[Strand]] = {}
    for row in read_table("columns"):
        title = (row["zh"], row["en"])
        strand = Strand(row["id"], title, row["layout"], row["evidence"], int(row["weight"]), words(row["words"]))
        columns.setdefault(row["section"], []).append(strand)
    return tuple(
        Division(
            row["id"],
            (row["zh"], row["en"]),
            row["since"],
            words(row["audience"]),
            words(row["kinds"]),
            tuple(columns[row["id"]]),
        )
        for row in read_table("sections")
    )


DIVISIONS = _read()
COLUMNS = tuple((division, strand) for division in DIVISIONS for strand in division.columns)
