"""What the lessons of each subject are about: topics, the things they start from and what pupils learn to do.

The topics are common knowledge of the school subjects; which book teaches which in the sample is made up.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.sample.tables import read_table, words


@dataclass(frozen=True, slots=True)
class Subject:
    """The words of a subject.

    Args:
        topics: titles of lessons, from easy to hard.
        starts: what a lesson sets out from.
        skills: what pupils learn to do.
    """

    topics: tuple[str, ...]
    starts: tuple[str, ...]
    skills: tuple[str, ...]


def words_of(subject: str, stage: str) -> Subject:
    """The words of a subject in a stage."""
    level = stage.partition("-")[0]
    return _SUBJECTS.get((subject, level)) or _SUBJECTS[subject, ""]


def _read() -> dict[tuple[str, str], Subject]:
    """Subjects by ID and level; the level is empty where all stages share their words."""
    manners = {row["manner"]: (words(row["starts"]), words(row["skills"])) for row in read_table("manners")}
    return {
        (row["subject"], row["level"]): Subject(words(row["topics"]), *manners[row["manner"]])
        for row in read_table("subjects")
    }


_SUBJECTS = _read()
