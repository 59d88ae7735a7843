"""The queries that measure search, beside the catalogue that they are asked of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from built import Tree
from tools import node

from benchmarks.search.checks import answer_problems
from benchmarks.search.queries import asked_of, read_queries
from benchmarks.search.sites import Catalogue, opened


@pytest.fixture(scope="module")
def catalogue(real: Tree) -> Iterator[Catalogue]:
    node()
    with opened(real.folder) as catalogue:
        yield catalogue


def test_every_answer_is_a_page_and_what_must_not_be_found_is_nowhere(catalogue: Catalogue) -> None:
    assert list(answer_problems(asked_of("content", read_queries()), catalogue.records)) == []


def test_the_search_that_readers_get_is_asked_as_on_the_search_page(catalogue: Catalogue) -> None:
    for engine in (catalogue.titles, catalogue.shipped):
        first, *_ = engine.answers("勾股定理")
        assert first == "textbooks/mathematics-pep-8b/mathematics-pep-8b-05.html"
        assert engine.answers("勾古定里")[0] == first  # what is known of characters is fetched, as a reader's is
        assert engine.answers("量子力学") == []
        assert len(engine.answers("语文")) == 20
    assert catalogue.titles.answers("瓦楞纸板") == []
    assert catalogue.shipped.answers("瓦楞纸板") == ["after-school/popular-science/paper-bridge.html"]  # by its text


def test_a_server_is_given_what_pages_say_as_well(catalogue: Catalogue) -> None:
    columns = "after-school/classic-reading/", "after-school/popular-science/"
    assert catalogue.server.answers("骆宾王")[0] == f"{columns[0]}ode-to-the-goose.html"  # among its keywords
    assert catalogue.server.answers("瓦楞纸板")[0] == f"{columns[1]}paper-bridge.html"  # at the end of its body
    taught = sorted(catalogue.server.answers("示例教师丙"))
    assert taught == [f"textbooks/sample-chinese-1a/sample-chinese-1a-0{number}.html" for number in (3, 6)]
