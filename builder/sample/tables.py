"""Tables of the package: tab-separated text with a head line; words in a cell stand between spaces."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "data"


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of `data/<name>.tsv`, each by the names of the head line."""
    head, *lines = (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    names = head.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


def words(cell: str) -> tuple[str, ...]:
    """Words of a cell; `_` is a space inside one."""
    return tuple(word.replace("_", " ") for word in cell.split())
