"""The JSON twins: they parse, they agree with the content, what they name is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from built import Tree, is_absolute
from counting import count
from small_site import HOSTILE


@pytest.fixture(params=["real", "small"])
def tree(request: pytest.FixtureRequest) -> Tree:
    """Each of the two sites."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Tree)
    return found


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Every name and value in a JSON document."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def test_every_page_and_file_that_the_data_names_is_there(tree: Tree) -> None:
    named = set()
    for address in (a for a in tree.files if a.startswith("data/") and a.endswith(".json")):
        for name, value in walk(tree.json(address)):
            if name in {"page", "feed", "address"} or (name == "data" and isinstance(value, str)):
                assert value in tree.files or is_absolute(value), (address, value)
                named.add(value)
    expected = set(tree.of_type("resource", "lesson", "textbook", "section")) | {
        f"data/columns/{c}.json" for c in columns(tree)
    }
    assert expected - named == set()


def columns(tree: Tree) -> list[str]:
    return [name.split("/")[1] for name in count(tree.site).columns]


def test_the_counts_agree_with_the_content(real: Tree) -> None:
    counted = count(real.site)
    version = real.json("data/version.json")
    assert {name: version[name] for name in ("resources", "class_hours", "textbooks", "sections", "columns")} == {
        "resources": counted.everything,
        "class_hours": counted.all_hours,
        "textbooks": len(counted.books),
        "sections": len(counted.sections),
        "columns": len(counted.columns),
    }
    assert {name: real.report[name] for name in ("resources", "class_hours", "textbooks", "sections", "columns")} == {
        name: version[name] for name in ("resources", "class_hours", "textbooks", "sections", "columns")
    }
    for name, number in counted.resources.items():
        assert len(real.json(f"data/columns/{name.split('/')[1]}.json")["resources"]) == number, name
    for id, hours in counted.hours.items():
        book = real.json(f"data/textbooks/{id}.json")
        listed = [hour for unit in book.get("units", []) for lesson in unit["lessons"] for hour in lesson["hours"]]
        assert len(listed) == hours == book.get("class_hours", 0), id


def test_a_resource_is_told_in_full(small: Tree) -> None:
    data = small.json("data/columns/pictures.json")
    (mountain,) = (resource for resource in data["resources"] if resource["id"] == "mountain")
    assert mountain["title"] == {"zh-CN": HOSTILE}
    assert mountain["licence"] == "CC-BY-SA-4.0"
    assert [asset["type"] for asset in mountain["assets"]] == ["video", "worksheet", "lesson-plan"]
    assert mountain["assets"][0]["seconds"] == 750
    assert small.json("data/columns/poems.json")["also_lists"] == ["study/pictures/mountain"]


def test_a_page_says_the_same_as_its_data(small: Tree) -> None:
    book = small.json("data/textbooks/chinese-1a.json")
    hour = book["units"][0]["lessons"][0]["hours"][0]
    assert (hour["teacher"], hour["school"], hour["seconds"]) == ("张伟", "第一小学", 1200)
    assert hour["page"] == "textbooks/chinese-1a/chinese-1a-01.html"
    assert [asset["address"] for asset in hour["assets"]][:1] == ["https://media.example.org/v/1.m3u8"]


def test_the_report_counts_what_lies_in_the_tree(tree: Tree) -> None:
    assert tree.report["files"] == len(tree.files)
    assert tree.report["pages"] == len(tree.pages)
