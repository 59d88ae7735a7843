"""How good answers are, when it is known which pages were meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """How well an engine has answered some queries.

    Args:
        number: of queries.
        at_one: share with an answer in the first place.
        at_ten: share with an answer among the first ten.
        mrr: mean of the reciprocal of the first answer's place; 0 where it is not shown.
        none: share for which nothing was shown.
    """

    number: int
    at_one: float
    at_ten: float
    mrr: float
    none: float


def place_of(found: Sequence[str], meant: Collection[str]) -> int | None:
    """The place of the first page that was meant, from 1; where nothing must be found, 1 if that was so.

    Args:
        found: pages as they are shown.
        meant: any of which will do; none where nothing must be found.
    """
    if not meant:
        return None if found else 1
    return next((place for place, page in enumerate(found, 1) if page in meant), None)


def score(answered: Sequence[tuple[Sequence[str], Collection[str]]]) -> Score:
    """The score over some queries.

    Args:
        answered: of each query the pages found and those meant; one at least.
    """
    places = [place_of(found, meant) for found, meant in answered]
    number = len(places)
    return Score(
        number,
        sum(place == 1 for place in places) / number,
        sum(place is not None and place <= 10 for place in places) / number,
        sum(1 / place for place in places if place) / number,
        sum(not found for found, _ in answered) / number,
    )


def typed_until(shown: Callable[[str], Sequence[str]], query: str, meant: frozenset[str]) -> int | None:
    """How many characters of a query must be typed until a page that was meant is shown; nothing where it never is.

    Args:
        shown: the pages that are shown for what has been typed so far.
        query: that is typed, from its beginning.
        meant: pages, any of which will do.
    """
    lengths = range(1, len(query) + 1)
    return next((length for length in lengths if not meant.isdisjoint(shown(query[:length]))), None)


def share_within(typed: Sequence[int | None], number: int) -> float:
    """The share of queries of which so many characters suffice.

    Args:
        typed: what `typed_until` gives of each; one at least.
        number: of characters.
    """
    return sum(one is not None and one <= number for one in typed) / len(typed)
