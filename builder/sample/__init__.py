"""A whole site of made-up resources in the published shape, for benchmarks and trials.

All that it says is invented and says so; the same seed gives the same bytes on any machine.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

from builder.sample.attachments import PICTURES, document, picture
from builder.sample.dice import Dice
from builder.sample.divisions import COLUMNS, Division, Strand
from builder.sample.frame import frame_files
from builder.sample.resources import HIDDEN_STATES, Holdings, cover_of, resource_id, resource_md, sheet_of
from builder.sample.shares import MOST_IN_COLUMN, PUBLISHED_RESOURCES, Counts, counts_for, share_out
from builder.sample.shelf import choose_books
from builder.sample.textbooks import textbook_yaml
from builder.sample.vocabulary import vocabulary_yaml


def write_sample(
    folder: Path,
    resources: int = PUBLISHED_RESOURCES,
    seed: int = 1,
    step: Callable[[int], None] = lambda _: None,
) -> None:
    """Writes a site.

    Args:
        folder: where to; it is made, or must be empty.
        resources: published resources, class hours among them, from 1 to `shares.MOST_RESOURCES`.
        seed: another gives another site of the same shape.
        step: hears how many files have been written.

    Raises:
        OSError: something lies in the folder, or it cannot be written to.
        ValueError: the number is out of range.
    """
    counts = counts_for(resources)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise OSError(errno.ENOTEMPTY, "the folder is not empty", str(folder))
    made: set[Path] = set()
    for number, (name, content) in enumerate(_files(counts, seed), 1):
        step(number)
        file = folder / name
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_bytes(content)


def _files(counts: Counts, seed: int) -> Iterator[tuple[str, bytes]]:
    """Path from the site's folder and bytes of every file."""
    weights = [strand.weight for _, strand in COLUMNS]
    published = share_out(counts.others, weights, MOST_IN_COLUMN)
    hidden = share_out(counts.hidden, weights, MOST_IN_COLUMN)
    holdings = Holdings(seed, {strand.id: number for (_, strand), number in zip(COLUMNS, published, strict=True)})
    for name, text in (("content/vocabulary.yaml", vocabulary_yaml()), *frame_files(holdings)):
        yield name, text.encode()
    yield from _textbooks(counts, seed)
    turn = 0
    for (division, strand), shown, unseen in zip(COLUMNS, published, hidden, strict=True):
        yield from _column(division, strand, shown)
        for number in range(1, shown + unseen + 1):
            state = "live" if number <= shown else HIDDEN_STATES[turn % len(HIDDEN_STATES)]
            turn += number > shown
            text = resource_md(division, strand, number, state, holdings)
            yield f"content/sections/{division.id}/{strand.id}/{resource_id(strand, number)}.md", text.encode()


def _textbooks(counts: Counts, seed: int) -> Iterator[tuple[str, bytes]]:
    dice = Dice(seed, "textbooks")
    weights = [dice.between(60, 140) for _ in range(counts.textbooks)]
    hours = share_out(counts.class_hours, weights, counts.class_hours, least=1)
    for book, number in zip(choose_books(counts.textbooks), hours, strict=True):
        name = f"content/textbooks/{book.stage}/{book.subject}/{book.id}.yaml"
        yield name, textbook_yaml(book, number, seed).encode()


def _column(division: Division, strand: Strand, shown: int) -> Iterator[tuple[str, bytes]]:
    """The files that a column's resources name."""
    folder = f"content/sections/{division.id}/{strand.id}"
    if sheet_of(strand) and shown >= 2:
        yield f"{folder}/{sheet_of(strand)}", document(f"Sample sheet - made up - {strand.title[1]}")
    if cover_of(strand) and shown >= 3:
        yield f"{folder}/{cover_of(strand)}", picture(strand.weight % PICTURES)
