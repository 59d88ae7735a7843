"""Words of the vocabulary as editors write them: by ID, by their titles in any language, or by other names."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from typing import Any

from builder.content.catalogue import Vocabulary
from builder.problems import Problem
from builder.reading import meant
from builder.reading.fields import Localised
from builder.reading.forms import listed
from builder.reading.suggest import closest, folded

_OTHERWISE = {"audience": "audiences", "grade": "grades"}  # fields that are not called as the list they choose from


def nearest(vocabulary: Vocabulary, kind: str, written: str) -> str:
    """The ID that was probably meant; empty where none is like it.

    Args:
        vocabulary: of the site.
        kind: one of its lists.
        written: an ID or a title, with its slips. A grade has none, since 四年级 is no slip of 一年级.
    """
    words = _words(getattr(vocabulary, kind))
    found = next((word for word in words if folded(word) == folded(written)), "")
    return words.get(found or ("" if kind == "grades" else closest(written, words)), "")


def several(vocabulary: Vocabulary, kind: str, written: str) -> list[str]:
    """The IDs that were meant by one text; none where a part of it is not known.

    Args:
        vocabulary: of the site.
        kind: one of its lists.
        written: IDs or titles with commas or blanks between them.
    """
    words = {folded(word): id for word, id in _words(getattr(vocabulary, kind)).items()}
    divided = meant.divided(written)
    exact = (_all(words.get(folded(item), "") for item in items) for items in divided)
    near = (_all(nearest(vocabulary, kind, item) for item in items) for items in divided)
    return next(filter(None, (*exact, *near)), [])


def with_ids(problem: Problem, vocabulary: Vocabulary) -> Problem:
    """A problem of a form whose remedy names the IDs that were meant, where a field chooses from the vocabulary.

    Args:
        problem: any; nearly all are given back as they are.
        vocabulary: of the site.
    """
    key, written = problem.facts.get("key", ""), problem.facts.get("written", "")
    kind = _OTHERWISE.get(key, key)
    if problem.code != "wrong-type" or not written or not hasattr(vocabulary, kind):
        return problem
    ids = several(vocabulary, kind, written)
    if not ids:
        return problem
    example = f"`{listed(key, ids, may_be_one=key == 'grade')}`"
    return dataclasses.replace(problem, facts={**problem.facts, "example": example})


def _all(found: Iterable[str]) -> list[str]:
    """The IDs, each once; none where one is missing."""
    ids = list(dict.fromkeys(found))
    return ids if all(ids) else []


def _words(known: dict[Any, Any]) -> dict[str, str]:
    """IDs of a list by what editors may write for them: the ID itself, a title, a name that only one of them has."""
    synonyms = [(name, str(id)) for id, term in known.items() for name in getattr(term, "synonyms", ())]
    often = Counter(name for name, _ in synonyms)
    titles = {title: str(id) for id, term in known.items() for title in _texts(term.title)}
    return {name: id for name, id in synonyms if often[name] == 1} | titles | {str(id): str(id) for id in known}


def _texts(text: Localised) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())
