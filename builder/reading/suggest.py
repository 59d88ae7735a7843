"""Did-you-mean for keys, IDs and titles; it also works for Chinese words of two characters."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or an empty string.

    Ratios as in `difflib` find nothing for two characters of which one is wrong, so short words go by the number of
    edits: one for up to three characters, two above; longer ones also by ratio. What is no slip of the fingers may be
    a part of the word: `math` of `mathematics`, `art` of `fine-art`.
    """
    wanted = folded(word)
    best, found = 3, ""
    pool = sorted(set(known))
    for candidate in pool:
        other = folded(candidate)
        allowed = 1 if max(len(wanted), len(other)) <= 3 else 2
        limit = min(best - 1, allowed)
        edits = _edits(wanted, other, limit)
        if edits <= limit and edits < max(len(wanted), len(other)):
            best, found = edits, candidate
    if found or len(wanted) < 2:
        return found
    near = difflib.get_close_matches(wanted, [folded(candidate) for candidate in pool], n=1, cutoff=0.72)
    if near and len(wanted) > 3:
        return next(candidate for candidate in pool if folded(candidate) == near[0])
    return _longer(wanted, pool)


def _longer(wanted: str, pool: Sequence[str]) -> str:
    """The known word of which a whole part, or else the beginning, was written; the shortest where there are several.

    A letter too many at the end is passed over, as in `maths`.
    """
    by_length = sorted(pool, key=len)
    for beginning in (wanted, wanted[:-1] if len(wanted) > 4 else wanted):
        for is_like in (_has_part, str.startswith):
            if found := next((known for known in by_length if is_like(folded(known), beginning)), ""):
                return found
    return ""


def _has_part(known: str, wanted: str) -> bool:
    return wanted in re.split(r"[\s/-]", known)


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """A word without what does not tell it from another: capital letters, full-width forms, `_` for `-`."""
    return unicodedata.normalize("NFKC", word).casefold().replace("_", "-")


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
