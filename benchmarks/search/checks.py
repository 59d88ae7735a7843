"""Whether the queries can be believed: every answer is there, and what must not be found is nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pypinyin import lazy_pinyin

from benchmarks.search.queries import KINDS, NOTHING, Pages, Query, half_of
from benchmarks.search.records import Record, plain

LEAST = 12  # queries of a class in each half


def form_problems(queries: Sequence[Query]) -> Iterator[str]:
    """What is wrong with queries by themselves: halves, classes, repetitions, classes that are too small.

    Args:
        queries: all of them.
    """
    for query in queries:
        if query.half != half_of(query.text):
            yield f"line {query.line}: {query.text!r} belongs to the half {half_of(query.text)!r}; see --mark"
        if query.kind not in KINDS:
            yield f"line {query.line}: there is no class {query.kind!r}"
        if bool(query.answers) == (query.kind == NOTHING):
            yield f"line {query.line}: {query.text!r} has {len(query.answers)} answers"
    asked = Counter((query.kind, query.text) for query in queries)
    yield from (f"{text!r} stands there {number} times" for (_, text), number in asked.items() if number > 1)
    sizes = Counter((query.kind, query.half) for query in queries)
    yield from (
        f"there are {sizes[kind, half]} queries of {kind!r} in the half {half!r}, not {LEAST}"
        for kind in KINDS
        for half in ("tuning", "final")
        if sizes[kind, half] < LEAST
    )


def answer_problems(queries: Iterable[Query], records: Sequence[Record]) -> Iterator[str]:
    """What is wrong with queries beside their catalogue.

    Args:
        queries: that are asked of it.
        records: that can be found in it.
    """
    titles = {record.address: plain(record.title) for record in records}
    pages = Pages(titles)
    for query in queries:
        for answer in query.answers:
            found = pages.named(answer)
            if len(found) != 1:
                yield f"line {query.line}: {len(found)} pages end with {answer!r}"
            elif query.kind in _HELD and not _HELD[query.kind](query, titles[found[0]]):
                yield f"line {query.line}: the title {titles[found[0]]!r} does not hold {query.text!r}"
        if query.kind == NOTHING:
            yield from (f"line {query.line}: {query.text!r} is in {page}" for page in holding(query.text, records))


def holding(text: str, records: Iterable[Record]) -> Iterator[str]:
    """Addresses of the pages that hold all words of a query somewhere, or whose title sounds like it.

    Args:
        text: of the query.
        records: all of which are looked through.
    """
    words = list(filter(None, map(plain, text.split())))
    if not words:
        return
    for record in records:
        whole = _whole(record)
        if all(word in whole for word in words) or all(_sounds_in(word, record.title) for word in words):
            yield record.address


@cache
def _whole(record: Record) -> str:
    return "\n".join(plain(text) for text in (record.title, record.others, record.place, record.facets, record.text))


def _sounds_in(word: str, title: str) -> bool:
    """Whether a title has the syllables of a word, or is spelt by it in full or by first letters."""
    syllables = _syllables(plain(title))
    if not word.isascii():
        return f" {' '.join(_syllables(word))} " in f" {' '.join(syllables)} "
    return word in "".join(syllables) or word in "".join(syllable[0] for syllable in syllables)


@cache
def _syllables(text: str) -> list[str]:
    return [syllable for character in text for syllable in lazy_pinyin(character)]


def _is_part(query: Query, title: str) -> bool:
    return plain(query.text) in title


def _has_words(query: Query, title: str) -> bool:
    return all(plain(word) in title for word in query.text.split())


_HELD = {"exact title": _is_part, "part of a title": _is_part, "words in another order": _has_words}
