"""What is read line by line means the same as what libyaml reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.reading.plain import read_plain_yaml
from builder.reading.source import decode, split_front_matter
from builder.reading.yaml import read_yaml

ROOT = Path(__file__).parent.parent
WORDS = [
    "月亮",
    "a",
    "12:30",
    "null",
    "~",
    "no",
    "3",
    "“引号”",
    "a b",
    "a: b",
    "a #b",
    "a#b",
    "b:",
    "- c",
    "'d'",
    '"e"',
    "'",
    '"f\\n"',
    "[]",
    "[a, b]",
    "[a,b]",
    "[null, x-1]",
    "{a: b}",
    "{}",
    "|",
    ">",
    "&x",
    "*x",
    "!x",
    "? y",
    "#z",
    "%w",
    "@v",
    "`u`",
    "",
    " ",
    "https://example.org/a?b#c",
    "全角：",
    "：",
    "\u3000",
    "\xa0x",
    "x\u3000",
    "---",
    "...",
    "''",
    "'it''s'",
    '""',
    "<<",
    "=",
    "\ufeff",
    "١",
]
KEYS = ["title", "a", "b", "zh-CN", "x_1", "键", "a b", "'q'", "1", "<<", "-", "null", "?"]


def _lines() -> st.SearchStrategy[str]:
    return st.builds(
        lambda indent, dashes, key, value: f"{' ' * indent}{dashes}{key}{value}",
        st.integers(0, 6),
        st.sampled_from(["", "", "", "- ", "-  ", "- - ", "-"]),
        st.one_of(
            st.just(""), st.sampled_from(KEYS).flatmap(lambda k: st.sampled_from([f"{k}: ", f"{k}:", f"{k}:  "]))
        ),
        st.one_of(st.sampled_from(WORDS), st.builds(str.__add__, st.sampled_from(WORDS), st.sampled_from(WORDS))),
    )


def _as_written(value: Any, indent: int = 0) -> list[str]:
    """A value in block style, as editors write it."""
    lead = " " * indent
    if isinstance(value, dict):
        return [
            line
            for key, inner in value.items()
            for line in (
                [f"{lead}{key}:", *_as_written(inner, indent + 2)]
                if isinstance(inner, (dict, list)) and inner
                else [f"{lead}{key}: {_as_written(inner)[0]}"]
            )
        ]
    if isinstance(value, list):
        lines = []
        for item in value:
            first, *others = _as_written(item, indent + 2)
            lines += [f"{lead}- {first.lstrip(' ')}", *others]
        return lines or [f"{lead}[]"]
    return [lead + ("" if value is None else str(value))]


NESTED = st.recursive(
    st.sampled_from([word for word in WORDS if word.strip(" ")]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4),
        st.dictionaries(st.sampled_from(KEYS[:5]), inner, min_size=1, max_size=4),
    ),
    max_leaves=12,
)


def _means_the_same(text: str) -> None:
    source, problems = decode("a.yaml", text.encode())
    if source is None or problems:
        return
    plain = read_plain_yaml(source.text)
    if plain is None:
        return
    with mock.patch("builder.reading.yaml.read_plain_yaml", return_value=None):
        value, found = read_yaml(source)
    assert found == []
    assert (value, repr(value)) == (plain, repr(plain))


@settings(max_examples=1500, deadline=None)
@given(st.lists(_lines(), max_size=8).map("\n".join))
def test_lines_at_random_read_plainly_mean_the_same_to_libyaml(text: str) -> None:
    _means_the_same(text)


@settings(max_examples=500, deadline=None)
@given(NESTED)
def test_nested_values_read_plainly_mean_the_same_to_libyaml(value: Any) -> None:
    _means_the_same("\n".join(_as_written(value)))


def test_nearly_all_content_is_written_plainly_and_means_the_same() -> None:
    sources = []
    for path in sorted((ROOT / "content").rglob("*")):
        if path.suffix in {".md", ".yaml"}:
            source, _ = decode(path.name, path.read_bytes())
            assert source is not None
            parts = split_front_matter(source) if path.suffix == ".md" else (source,)
            assert isinstance(parts, tuple)
            sources.append(parts[0])
    for source in sources:
        _means_the_same(source.text)
    assert sum(read_plain_yaml(source.text) is not None for source in sources) > 0.9 * len(sources)
