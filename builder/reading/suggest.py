"""Did-you-mean for keys, IDs and titles; it also works for Chinese words of two characters."""

from __future__ import annotations

import difflib
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from heapq import nsmallest
from itertools import islice, pairwise, takewhile

_FEW = 200  # known words that are compared one by one
_SHARED = 5_000  # words that share two signs with the written one, of which the likely are chosen


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or an empty string; who asks often asks a `Pool`."""
    return Pool(known).closest(word)


class Pool:
    """Known words among which the one that was meant is looked for, any number of times.

    Ratios as in `difflib` find nothing for two characters of which one is wrong, so short words go by the number of
    edits: one for up to three characters, two above; longer ones also by ratio. What is no slip of the fingers may be
    a part of the word: `math` of `mathematics`, `art` of `fine-art`. Of very many words only those are compared that
    share most with the written one.
    """

    def __init__(self, known: Iterable[str]):
        self._known = known
        self._answers: dict[str, str] = {}

    def closest(self, word: str) -> str:
        """The known word that was probably meant, or an empty string."""
        if word not in self._answers:
            self._answers[word] = self._closest(folded(word))
        return self._answers[word]

    def _closest(self, wanted: str) -> str:
        best, found = 3, ""
        likely = self._likely(wanted)
        for candidate, other in likely:
            allowed = 1 if max(len(wanted), len(other)) <= 3 else 2
            limit = min(best - 1, allowed)
            edits = _edits(wanted, other, limit)
            if edits <= limit and edits < max(len(wanted), len(other)):
                best, found = edits, candidate
        if found or len(wanted) < 2:
            return found
        near = difflib.get_close_matches(wanted, [other for _, other in likely], n=1, cutoff=0.72)
        if near and len(wanted) > 3:
            return next(candidate for candidate, other in likely if other == near[0])
        return self._longer(wanted)

    @cached_property
    def _words(self) -> list[tuple[str, str]]:
        """The words in their order, each as it is and folded."""
        return [(word, folded(word)) for word in sorted(set(self._known))]

    def _likely(self, wanted: str) -> list[tuple[str, str]]:
        """The words that are worth comparing, in their order: all, or of many those that share most pairs of signs."""
        if len(self._words) <= _FEW:
            return self._words
        shared: Counter[int] = Counter()
        for having in sorted((self._having[pair] for pair in _pairs(wanted) if pair in self._having), key=len):
            if shared and shared.total() + len(having) > _SHARED:
                break
            shared.update(having)

        def distance(number: int) -> tuple[int, int, int]:
            return -shared[number], abs(len(self._words[number][1]) - len(wanted)), number

        return [self._words[number] for number in sorted(nsmallest(_FEW, shared, key=distance))]

    @cached_property
    def _having(self) -> dict[str, list[int]]:
        """The numbers of the words that have two signs beside each other."""
        having: dict[str, list[int]] = {}
        for number, (_, other) in enumerate(self._words):
            for pair in _pairs(other):
                having.setdefault(pair, []).append(number)
        return having

    def _longer(self, wanted: str) -> str:
        """The known word of which a whole part, or else the beginning, was written; the shortest where there are
        several.

        A letter too many at the end is passed over, as in `maths`.
        """
        for beginning in (wanted, wanted[:-1] if len(wanted) > 4 else wanted):
            if found := self._by_part.get(beginning, "") or self._beginning(beginning):
                return found
        return ""

    @cached_property
    def _by_part(self) -> dict[str, str]:
        """The shortest word that has a part."""
        shortest: dict[str, str] = {}
        for word, other in sorted(self._words, key=lambda pair: len(pair[0])):
            for part in _parts(other):
                shortest.setdefault(part, word)
        return shortest

    @cached_property
    def _by_letters(self) -> list[tuple[str, str]]:
        """The words as they are folded, in the order of that, each with the word as it is."""
        return sorted((other, word) for word, other in self._words)

    def _beginning(self, wanted: str) -> str:
        begins = bisect_left(self._by_letters, (wanted,))
        alike = takewhile(lambda pair: pair[0].startswith(wanted), islice(self._by_letters, begins, None))
        return min((word for _, word in alike), key=lambda word: (len(word), word), default="")


def _parts(word: str) -> list[str]:
    return re.split(r"[\s/-]", word)


def _pairs(word: str) -> set[str]:
    """Two signs beside each other, wherever they stand; the ends count as signs."""
    return set(map("".join, pairwise(f"\n{word}\n")))


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """A word without what does not tell it from another: capitals, full-width forms, `_` for `-`, quotation marks."""
    return unicodedata.normalize("NFKC", word).casefold().replace("_", "-").strip("“”‘’'\"")


def _edits(a: str, b: str, limit: int) -> int:
    """Edits between two words, a swap of neighbours counting as one (Damerau 1964); `limit + 1` when above."""
    if abs(len(a) - len(b)) > limit or limit < 0:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row, older = row, [i], before
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before = last
    return row[-1]
