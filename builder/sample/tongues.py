"""A few words in the other languages of the catalogue, enough to try scripts and directions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language.

    Args:
        id: an ID of languages.
        nouns: book, school, water, spring.
        sentence: says "this is …".
    """

    id: str
    nouns: tuple[str, str, str, str]
    sentence: str


CHINESE = ("书", "学校", "水", "春天")
ENGLISH = ("Book", "School", "Water", "Spring")
TONGUES = (
    Tongue("ug", ("كىتاب", "مەكتەپ", "سۇ", "باھار"), "بۇ — {}."),
    Tongue("kk-Arab", ("كىتاپ", "مەكتەپ", "سۋ", "كوكتەم"), "بۇل — {}."),
    Tongue("bo", ("དཔེ་ཆ", "སློབ་གྲྭ", "ཆུ", "དཔྱིད་ཀ"), "འདི་ནི་{}་ཡིན།"),
    Tongue("mn-Mong", ("ᠨᠣᠮ", "ᠰᠤᠷᠭᠠᠭᠤᠯᠢ", "ᠤᠰᠤ", "ᠬᠠᠪᠤᠷ"), "ᠡᠨᠡ ᠪᠣᠯ {}᠃"),
    Tongue("ko", ("책", "학교", "물", "봄"), "이것은 {}입니다."),
    Tongue("en", ("A book", "A school", "Water", "Spring"), "This is a sample: {}."),
)
