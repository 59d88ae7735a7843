"""The queries that measure search can be believed, and what is worked out of their answers is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.search.checks import answer_problems, form_problems, holding
from benchmarks.search.engines import Fts5
from benchmarks.search.metrics import place_of, score, share_within, typed_until
from benchmarks.search.queries import FINAL, TUNING, Pages, Query, asked_of, half_of, mark, read_queries
from benchmarks.search.records import Record, page_of
from benchmarks.search.sites import build, opened, write_site

QUERIES = read_queries()


def record(title: str, text: str = "", facets: str = "", address: str = "", group: str = "") -> Record:
    address = address or f"{title}.html"
    return Record(address, title, others="", place="", facets=facets, group=group or address, text=text)


def test_there_are_enough_queries_of_every_class_in_both_halves_each_in_its_own() -> None:
    assert len(QUERIES) >= 300
    assert list(form_problems(QUERIES)) == []


@pytest.mark.scale
def test_every_answer_in_the_sample_is_a_page_of_it(tmp_path: Path) -> None:
    site = tmp_path / "sample"
    write_site("sample", site)
    with opened(build(site)) as catalogue:
        assert list(answer_problems(asked_of("sample", QUERIES), catalogue.records)) == []


def test_queries_that_cannot_be_believed_are_told_with_their_line() -> None:
    records = [record("勾股定理"), record("背影")]
    wrong = [
        Query(half_of("勾股"), "part of a title", "勾股", ("背影",), 3),
        Query(half_of("面积"), "full text", "面积", ("没有的课",), 4),
        Query(half_of("影"), "must find nothing", "影", (), 5),
    ]
    told = list(answer_problems(wrong, records))
    assert [problem.partition(":")[0] for problem in told] == ["line 3", "line 4", "line 5"]
    other = FINAL if half_of("背影") == TUNING else TUNING
    problems = list(
        form_problems([Query(other, "exact title", "背影", (), 7), Query(TUNING, "nonsense", "x", ("y",), 8)])
    )
    assert sum("line 7" in problem for problem in problems) == 2  # the wrong half, and no answer
    assert any("no class 'nonsense'" in problem for problem in problems)


def test_an_answer_is_the_end_of_an_address() -> None:
    pages = Pages(["curriculum/senior-high.html", "reform/senior-high.html", "textbooks/high.html", "family.html"])
    assert pages.named("family") == ["family.html"]
    assert len(pages.named("senior-high")) == 2
    assert pages.named("reform/senior-high") == ["reform/senior-high.html"]
    assert pages.named("high") == ["textbooks/high.html"]
    assert pages.named("form/senior-high") == []


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("勾股", True),
        ("定理 勾股", True),
        ("定理 背影", False),
        ("直角三角形", True),  # in its text
        ("勾古定里", True),  # by its sound
        ("ggdl", True),
        ("gougu", True),
        ("gouguo", False),
        ("？？", False),
    ],
)
def test_what_is_held_in_any_way_is_not_to_be_called_nothing(query: str, held: bool) -> None:
    assert list(holding(query, [record("勾股定理", "在直角三角形中")])) == (["勾股定理.html"] if held else [])


def test_halves_are_marked_by_the_digest_alone(tmp_path: Path) -> None:
    file = tmp_path / "queries.tsv"
    file.write_text("# head\n\n\texact title\t背影\ta b\nfinal\tfull text\t二胡\tc\n", encoding="utf-8")
    mark(file)
    assert [(query.half, query.text, query.answers) for query in read_queries(file)] == [
        (half_of("背影"), "背影", ("a", "b")),
        (half_of("二胡"), "二胡", ("c",)),
    ]
    assert file.read_text(encoding="utf-8").startswith("# head\n\n")


def test_the_score_of_a_tiny_example_is_right() -> None:
    found = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]
    assert (place_of(found, {"c", "b"}), place_of(found, {"z"}), place_of([], ()), place_of(found, ())) == (
        2,
        None,
        1,
        None,
    )
    worked = score([(found, {"a"}), (found, {"d"}), (found, {"k"}), ([], {"a"})])
    assert (worked.number, worked.at_one, worked.at_ten, worked.none) == (4, 0.25, 0.5, 0.25)
    assert worked.mrr == pytest.approx((1 + 1 / 4 + 1 / 11) / 4)


def test_it_is_counted_how_many_characters_must_be_typed() -> None:
    suggested = {"有": ["x"], "有理": ["x", "a"], "有理数": ["a"]}
    assert typed_until(suggested.__getitem__, "有理数", frozenset({"a", "b"})) == 2
    assert typed_until(suggested.__getitem__, "有理数", frozenset({"b"})) is None
    assert share_within([1, 3, 4, None], 3) == 0.5


def test_a_further_class_hour_counts_as_its_lesson() -> None:
    known = {"textbooks/a/a-01.html", "textbooks/a/a-01-2.html"}
    assert page_of("textbooks/a/a-01-3.html", known) == "textbooks/a/a-01.html"
    assert page_of("textbooks/a/a-01-2.html", known) == "textbooks/a/a-01-2.html"


def test_the_server_finds_short_words_all_words_any_word_and_parts_of_words() -> None:
    server = Fts5(
        [
            record("有理数的加法", facets="数学 七年级", address="1", group="加法"),
            record("有理数的加法", facets="数学 七年级", address="2", group="加法"),
            record("勾股定理", "面积与加法", facets="数学 八年级", address="3"),
            record("背影", facets="语文 八年级", address="4"),
        ]
    )
    assert server.answers("有理数的加") == ["1"]  # of one title the first
    assert server.answers("加法") == ["1", "3"]  # in a title before in a text
    assert server.answers("数学 八年级") == ["3"]
    assert set(server.answers("背影 七年级")) == {"1", "4"}  # any word, as not all are there
    assert server.answers("勾股定里") == ["3"]  # three characters of it
    assert server.answers("影 背") == ["4"]
    assert server.answers("？") == []
