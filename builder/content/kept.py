"""Records in full, kept between builds: where pages are made anew although their texts are what they were, the texts
need not be read anew.

What other pages show of a record is kept by all builds (`entries.py`). Its whole text is needed only where its own
pages are made, so it lies by itself, in one file for the records of one bundle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from builder.content.catalogue import Resource, Textbook
from builder.content.model import TextbookForm
from builder.content.prose import Prose
from builder.content.records import textbook_of
from builder.sealed import read_sealed, write_sealed


class _Book(Struct, frozen=True, array_like=True):
    """A textbook: its form, and the summaries of its class hours in their order."""

    digest: str
    form: TextbookForm
    summaries: tuple[Prose, ...]


class _Other(Struct, frozen=True, array_like=True):
    """A resource."""

    digest: str
    resource: Resource


class _Kept(Struct, frozen=True, array_like=True):
    """The records of a bundle by file."""

    books: dict[str, _Book]
    others: dict[str, _Other]


KeptRecord = tuple[str, Resource | Textbook]  # the digest of a record's file, and the record


def read_records(path: Path, version: str) -> dict[str, KeptRecord]:
    """The records that were kept, by file; nothing where there are none, or they are of another version.

    Args:
        path: where they are kept.
        version: of the program.
    """
    kept = read_sealed(path, _Kept, version)
    if kept is None:
        return {}
    books = {file: (one.digest, textbook_of(one.form, file, iter(one.summaries))) for file, one in kept.books.items()}
    return {**books, **{file: (one.digest, one.resource) for file, one in kept.others.items()}}


def write_records(path: Path, records: Mapping[str, KeptRecord], version: str) -> None:
    """Keeps records. It may be cut off at any time: what is not whole is not believed.

    Args:
        path: where to keep them.
        records: by file.
        version: of the program.
    """
    books, others = {}, {}
    for file, (digest, record) in records.items():
        if isinstance(record, Textbook):
            books[file] = _Book(digest, record.form, tuple(_summaries(record)))
        else:
            others[file] = _Other(digest, record)
    write_sealed(path, _Kept(books, others), version, durable=False)


def _summaries(book: Textbook) -> Iterator[Prose]:
    return (hour.summary for _, lesson in book.lessons for hour in lesson.hours)
