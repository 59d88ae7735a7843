"""Chance that falls the same way on every machine and in every version of Python."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws from a stream of numbers that is named, so that one record does not depend on another.

    Only `Random.random()` is used: Python promises its sequence for a seed, and not that of the other methods.

    Args:
        seed: of the whole sample.
        name: of the record.
    """

    def __init__(self, seed: int, name: str):
        self._next = Random(f"{seed}/{name}").random

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1."""
        return int(self._next() * limit)

    def between(self, lowest: int, highest: int) -> int:
        """A whole number, both ends included."""
        return lowest + int(self._next() * (highest - lowest + 1))

    def chance(self, probability: float) -> bool:
        """True in so many cases of one."""
        return self._next() < probability

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[int(self._next() * len(choices))]

    def some(self, choices: Sequence[T], number: int) -> list[T]:
        """So many different choices, all of them where there are fewer."""
        rest = list(choices)
        return [rest.pop(int(self._next() * len(rest))) for _ in range(min(number, len(rest)))]
