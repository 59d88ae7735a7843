"""How many of what: the published shape, scaled to any number of resources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PUBLISHED_RESOURCES = 28052
PUBLISHED_CLASS_HOURS = 19508
PUBLISHED_TEXTBOOKS = 452
MOST_RESOURCES = 300_000
MOST_TEXTBOOKS = 2200  # each takes two entries of `textbooks/`, and a folder of the site holds 5,000
MOST_IN_COLUMN = 4200  # published; with the hidden 4,500 at most, with lists and former addresses below 5,000
_HIDDEN = 0.043  # of the resources that are no class hours


@dataclass(frozen=True, slots=True)
class Counts:
    """What a sample holds.

    Args:
        class_hours: resources that are class hours of textbooks.
        textbooks: books that they are in.
        others: published resources of the columns.
        hidden: drafts, scheduled, expired and retired resources besides.
    """

    class_hours: int
    textbooks: int
    others: int
    hidden: int


def counts_for(resources: int) -> Counts:
    """The counts for a number of published resources, from 1 to `MOST_RESOURCES`.

    Raises:
        ValueError: the number lies outside.
    """
    if not 1 <= resources <= MOST_RESOURCES:
        raise ValueError(f"{resources} is not from 1 to {MOST_RESOURCES}")
    class_hours = max(1, round(resources * PUBLISHED_CLASS_HOURS / PUBLISHED_RESOURCES))
    books = round(resources * PUBLISHED_TEXTBOOKS / PUBLISHED_RESOURCES)
    others = resources - class_hours
    return Counts(class_hours, max(1, min(books, MOST_TEXTBOOKS)), others, round(others * _HIDDEN))


def share_out(total: int, weights: Sequence[int], most: int, least: int = 0) -> list[int]:
    """Splits a number by weights, the largest remainders first, each part within its bounds.

    Args:
        total: what is split.
        weights: one for each part, each above 0; whole, so that no rounding of a machine has a say.
        most: of a part.
        least: of a part.

    Raises:
        ValueError: it cannot be split within these bounds.
    """
    if not least * len(weights) <= total <= most * len(weights):
        raise ValueError(f"{total} does not fit into {len(weights)} parts from {least} to {most}")
    parts = [least] * len(weights)
    while left := total - sum(parts):
        open_parts = [place for place, part in enumerate(parts) if part < most]
        whole = sum(weights[place] for place in open_parts)
        for place in open_parts:
            parts[place] += min(left * weights[place] // whole, most - parts[place])
        remaining = total - sum(parts)
        if remaining < len(open_parts):
            by_remainder = sorted(open_parts, key=lambda place: (-(left * weights[place] % whole), place))
            for place in [place for place in by_remainder if parts[place] < most][:remaining]:
                parts[place] += 1
    return parts
