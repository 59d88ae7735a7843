"""Which textbooks a sample has: series of books as schools use them, then further ones until there are enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from builder.sample.vocabulary import EDITIONS

_TWIN_EVERY = 27


@dataclass(frozen=True, slots=True)
class Book:
    """What tells a textbook from the others.

    Args:
        stage: an ID of stages.
        subject: an ID of subjects.
        edition: an ID of editions.
        grade: 1 to 9; 0 in senior high school, whose books have none.
        volume: an ID of volumes.
        generation: `new` and `old` where there are two of one book, else empty.
    """

    stage: str
    subject: str
    edition: str
    grade: int
    volume: str
    generation: str = ""

    @property
    def id(self) -> str:
        """ID, the same for the same book in every sample."""
        system = "-54" if self.stage.endswith("-54") else ""
        place = f"{self.grade}{_HALVES[self.volume]}" if self.grade else self.volume
        return f"{self.subject}-{self.edition}{system}-{place}{'-old' if self.generation == 'old' else ''}"


_HALVES = {"first": "a", "second": "b", "full-year": "c"}
_TERMS = ("first", "second")
_YEAR = ("full-year",)
_COMPULSORY = ("compulsory-1", "compulsory-2", "compulsory-3")
_SELECTIVE = ("selective-1", "selective-2", "selective-3")
_SENIOR = {
    "chinese": ("compulsory-first", "compulsory-second", "selective-first", "selective-middle"),
    "mathematics": (*_COMPULSORY[:2], *_SELECTIVE),
    "english": (*_COMPULSORY, *_SELECTIVE, "selective-4"),
    "physics": (*_COMPULSORY, *_SELECTIVE),
    "politics": (*_COMPULSORY, "compulsory-4", *_SELECTIVE),
}
_OTHER_SENIOR = (*_COMPULSORY[:2], *_SELECTIVE)

# Stage, subject, editions, grades from and to, volumes of a year.
_SERIES: tuple[tuple[str, str, str, int, int, tuple[str, ...]], ...] = (
    ("primary", "chinese", "unified", 1, 6, _TERMS),
    ("primary", "mathematics", "pep bnu sujiao beijing", 1, 6, _TERMS),
    ("primary", "english", "pep-y1 fltrp oxford-shanghai", 1, 6, _TERMS),
    ("primary", "english", "pep yilin", 3, 6, _TERMS),
    ("primary", "morality-law", "unified", 1, 6, _TERMS),
    ("primary", "science", "jiaoke sujiao pep-hubei", 1, 6, _TERMS),
    ("primary", "music", "renyin pep sushao", 1, 6, _TERMS),
    ("primary", "fine-art", "renmei sushao", 1, 6, _TERMS),
    ("primary", "labour-technology", "sujiao", 3, 6, _TERMS),
    ("primary", "information-technology", "jiaoke", 3, 6, _YEAR),
    ("primary", "physical-education", "pep", 1, 6, _YEAR),
    ("junior-high", "chinese", "unified", 7, 9, _TERMS),
    ("junior-high", "morality-law", "unified", 7, 9, _TERMS),
    ("junior-high", "history", "unified", 7, 9, _TERMS),
    ("junior-high", "mathematics", "pep bnu suke hukeji", 7, 9, _TERMS),
    ("junior-high", "english", "pep fltrp yilin", 7, 9, _TERMS),
    ("junior-high", "physics", "pep suke hukeji", 8, 9, _TERMS),
    ("junior-high", "chemistry", "pep luke", 9, 9, _TERMS),
    ("junior-high", "biology", "pep suke", 7, 8, _TERMS),
    ("junior-high", "geography", "pep", 7, 8, _TERMS),
    ("junior-high", "music", "renyin", 7, 9, _TERMS),
    ("junior-high", "fine-art", "renmei", 7, 9, _TERMS),
    ("junior-high", "physical-education", "pep", 7, 9, _YEAR),
    ("primary-54", "mathematics", "hujiao", 1, 5, _TERMS),
    ("junior-54", "mathematics", "hujiao", 6, 9, _TERMS),
    ("senior-high", "chinese", "unified", 0, 0, ()),
    ("senior-high", "politics", "unified", 0, 0, ()),
    ("senior-high", "history", "unified", 0, 0, ()),
    ("senior-high", "mathematics", "pep-a", 0, 0, ()),
    ("senior-high", "english", "pep fltrp", 0, 0, ()),
    ("senior-high", "physics", "pep luke", 0, 0, ()),
    ("senior-high", "chemistry", "pep luke", 0, 0, ()),
    ("senior-high", "biology", "pep", 0, 0, ()),
    ("senior-high", "geography", "pep", 0, 0, ()),
    ("senior-high", "information-technology", "jiaoke", 0, 0, ()),
    ("senior-high", "general-technology", "sujiao", 0, 0, ()),
)
_STATE_SUBJECTS = {"chinese", "morality-law", "politics", "history"}  # these have the one unified edition


def choose_books(number: int) -> list[Book]:
    """So many books, from all stages and subjects also where they are few.

    Args:
        number: at most `shares.MOST_TEXTBOOKS`.
    """
    books = _published()
    if number <= len(books):
        return [books[place * len(books) // number] for place in range(number)]
    others = {book.id: book for book in _further()}
    for book in books:
        others.pop(book.id, None)
    return books + list(islice(others.values(), number - len(books)))


def _published() -> list[Book]:
    """The books of the published size; every so often there are an old and a new one."""
    books: list[Book] = []
    for place, book in enumerate(book for series in _SERIES for book in _books_of(*series)):
        if place % _TWIN_EVERY == _TWIN_EVERY // 2:
            books += [replace(book, generation="new"), replace(book, generation="old")]
        else:
            books.append(book)
    return books


def _books_of(
    stage: str, subject: str, editions: str, lowest: int, highest: int, volumes: tuple[str, ...]
) -> Iterator[Book]:
    for edition in editions.split():
        if not highest:
            for volume in _SENIOR.get(subject, _OTHER_SENIOR):
                yield Book(stage, subject, edition, 0, volume)
        for grade in range(lowest, highest + 1 if highest else 0):
            for volume in volumes:
                yield Book(stage, subject, edition, grade, volume)


def _further() -> Iterator[Book]:
    """Every other edition of every series."""
    for edition in list(EDITIONS)[1:]:
        for stage, subject, _, lowest, highest, volumes in _SERIES:
            if subject not in _STATE_SUBJECTS:
                yield from _books_of(stage, subject, edition, lowest, highest, volumes)
