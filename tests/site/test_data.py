"""The JSON twins: they parse, they agree with the content, what they name is there."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from built import Tree, is_absolute
from counting import count
from fixtures import build_tree
from small_site import HOSTILE, write
from tools import ROOT

from builder.content import model

# What a field of a form is called in the twins, where it is called otherwise.
CALLED = {
    ("Teacher", "name"): "teacher",
    ("Caption", "url"): "address",
    ("Caption", "file"): "address",
    ("Asset", "url"): "address",
    ("Asset", "file"): "address",
    ("Asset", "duration"): "seconds",
    ("Cover", "file"): "pictures",
    ("HourForm", "duration"): "seconds",
    ("TextbookForm", "grade"): "grades",
}
# What the twins leave out on purpose, and why.
LEFT_OUT = {
    ("SectionForm", "order"): "sections stand in their order",
    ("ColumnForm", "order"): "columns stand in their order",
    ("ResourceForm", "status"): "what is there is live, as it is for readers",
    ("ResourceForm", "publish"): "what is there has been published",
    ("ResourceForm", "aliases"): "former addresses of all pages stand in _redirects",
    ("TextbookForm", "aliases"): "former addresses of all pages stand in _redirects",
    ("LessonForm", "aliases"): "former addresses of all pages stand in _redirects",
    ("LessonForm", "teacher"): "it stands with the lesson's only class hour",
    ("LessonForm", "duration"): "it stands with the lesson's only class hour",
    ("LessonForm", "summary"): "it stands with the lesson's only class hour",
    ("LessonForm", "assets"): "they stand with the lesson's only class hour",
}
WITHOUT_TWIN = {
    "TopicForm": "a page for people; what it gathers is told by the twins of columns",
    "ArticleForm": "a page for people",
    "FigureForm": "what others have published and give at its source",
    "RedirectForm": "former addresses stand in _redirects",
}


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


def complete(site: Path) -> None:
    """Writes records that make use of every field into a copy of the small site."""
    pictures = site / "content/sections/study/pictures"
    write(pictures / "_column.yaml", "{title: 图画, summary: 看图, order: 3, layout: cards, evidence: press}\n")
    write(
        pictures / "whole.md",
        """---
title: 样样都有
summary: 一句话
kind: video
date: 2022-03-05
updated: 2022-03-20
also_in: [study/poems]
audience: [students]
stages: [primary]
grades: [1]
subjects: [chinese]
keywords: [山]
authors: [{name: 李敏, organisation: 测试学校}]
source: 测试来源
language: ug
licence: CC-BY-SA-4.0
cover: {file: mountain.png, alt: 一座山}
assets:
  - type: video
    title: 正片
    url: https://media.example.org/whole.mp4
    format: video/mp4
    bytes: 48211004
    sha256: 9f86d0819f86d0819f86d0819f86d0819f86d0819f86d0819f86d0819f86d081
    duration: PT12M30S
    audience: [teachers]
    captions: [{language: zh-CN, url: "https://media.example.org/whole.vtt"}]
status: live
publish: 2022-03-05
expires: 2032-01-01
replaced_by: mountain
aliases: [study/pictures/part.html]
---
样样都有。
""",
    )
    write(
        site / "content/textbooks/primary/chinese/chinese-2a.yaml",
        """id: chinese-2a
title: 语文 二年级上册
stage: primary
subject: chinese
edition: unified
grade: 2
volume: first
generation: new
publisher: 测试出版社
language: zh-CN
licence: CC-BY-SA-4.0
cover: {file: book.png, alt: 封面}
note: 目录未核实
aliases: [textbooks/old.html]
units:
  - title: 第一单元
    lessons:
      - id: chinese-2a-01
        title: 古诗二首
        number: 1
        section: 识字
        parts: [梅花, 小儿垂钓]
        keywords: [诗]
        note: 顺序未核实
        hours:
          - title: 第一课时
            teacher: {name: 张伟, school: 第一小学}
            duration: PT20M
            summary: 读第一首。
            assets: [{type: worksheet, url: "https://media.example.org/f/1a.pdf"}]
          - title: 第二课时
""",
    )
    (site / "content/textbooks/primary/chinese/book.png").write_bytes((pictures / "mountain.png").read_bytes())
    write(
        site / "content/links.yaml",
        """- id: museum
  title: 示例博物馆
  url: https://museum.example.org/
  summary: 文物
  verified_on: 2025-12-01
  archived_url: https://archive.example.org/museum
""",
    )
    write(
        site / "content/hotlines.yaml",
        """- id: fresh
  title: 新近核实的热线
  number: '10101'
  operator: 测试机构
  area: 全国
  hours: 全天
  audience: [students]
  keywords: [难过]
  languages: [zh-CN]
  verified_on: 2025-12-01
  source_url: https://source.example.org/
""",
    )


def twins(tree: Tree) -> dict[str, list[dict[str, Any]]]:
    """The twins of the complete records, by the names of their forms."""
    words = tree.json("data/vocabulary.json")
    (section,) = (section for section in tree.json("data/sections.json")["sections"] if section["id"] == "study")
    column = tree.json("data/columns/pictures.json")
    (resource,) = (resource for resource in column["resources"] if resource["id"] == "whole")
    book = tree.json("data/textbooks/chinese-2a.json")
    (unit,) = book["units"]
    (lesson,) = unit["lessons"]
    hour = lesson["hours"][0]
    return {
        "Person": resource["authors"],
        "Teacher": [hour],
        "Caption": resource["assets"][0]["captions"],
        "Asset": resource["assets"],
        "Cover": [resource["cover"], book["cover"]],
        "SectionForm": [section],
        "ColumnForm": [column, *(listed for listed in section["columns"] if listed["id"] == "pictures")],
        "ResourceForm": [resource],
        "HourForm": [hour],
        "LessonForm": [lesson],
        "UnitForm": [unit],
        "TextbookForm": [book],
        "LinkForm": tree.json("data/columns/sites.json")["links"],
        "HotlineForm": tree.json("data/columns/lines.json")["hotlines"],
        "VocabularyForm": [words],
        "Term": [word for word in words["editions"] if word["id"] == "unified"],
        "StageTerm": [word for word in words["stages"] if word["id"] == "junior"],
        "GradeTerm": [word for word in words["grades"] if word["id"] == 7],
        "LanguageTerm": [word for word in words["languages"] if word["id"] == "ug"],
        "LicenceTerm": words["licences"],
    }


def test_every_field_of_the_model_is_in_the_twins_or_left_out_for_a_reason(small_site: Path) -> None:
    complete(small_site)
    records = twins(build_tree(small_site, small_site / "public"))
    forms = {
        name: [field.name for field in dataclasses.fields(form)]
        for name, form in vars(model).items()
        if dataclasses.is_dataclass(form) and form.__module__ == model.__name__
    }
    assert sorted(forms) == sorted([*records, *WITHOUT_TWIN])
    fields = {(form, field) for form in records for field in forms[form]}
    assert (CALLED.keys() | LEFT_OUT.keys()) - fields == set()
    told = {
        (form, field)
        for form, field in fields
        if all(CALLED.get((form, field), field) in record for record in records[form])
    }
    assert sorted(fields - told) == sorted(LEFT_OUT)


def test_the_guide_to_the_data_names_every_key(small_site: Path) -> None:
    complete(small_site)
    tree = build_tree(small_site, small_site / "public")
    guide = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    texts = {"title", "summary", "note", "alt", "operator", "area", "hours"}  # their keys are languages
    keys: set[str] = set()
    pending = [tree.json(address) for address in tree.files if address.startswith("data/")]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            keys |= value.keys()
            pending += [inner for name, inner in value.items() if name not in texts or isinstance(inner, list)]
        elif isinstance(value, list):
            pending += value
    assert {key for key in keys if f"`{key}`" not in guide} == set()


def test_a_client_walks_all_pages_of_a_column_and_meets_all_that_its_twin_names(tree: Tree) -> None:
    named = {}
    for name in count(tree.site).columns:
        section, column = name.split("/")
        twin = tree.json(f"data/columns/{column}.json")
        named[column] = [a for a in tree.of_type("column") if a == twin["page"] or a.startswith(f"{section}/{column}/")]
        assert sorted(twin["pages"]) == sorted(named[column])
        met = [
            tree.resolve(page, reference)[0]
            for page in twin["pages"]
            for reference in tree.page(page).xpath(
                "//main//ul[contains(@class, 'rows') or contains(@class, 'cards')]//@href"
            )
        ]
        listed = [resource["page"] for resource in twin.get("resources", [])]
        listed += [f"{other}.html" for other in twin.get("also_lists", [])]
        assert sorted(met) == sorted(listed), column
    assert sum(map(len, named.values())) == len(tree.of_type("column"))
    assert any(len(pages) > 1 for pages in named.values())


def test_a_resource_says_what_stands_for_it_where_else_it_is_listed_and_what_replaces_it(small_site: Path) -> None:
    complete(small_site)
    tree = build_tree(small_site, small_site / "public")
    (whole,) = (r for r in tree.json("data/columns/pictures.json")["resources"] if r["id"] == "whole")
    assert whole["also_in"] == ["study/poems"]
    assert whole["replaced_by"] == "study/pictures/mountain"
    assert whole["expires"] == "2032-01-01"
    assert whole["cover"]["alt"] == {"zh-CN": "一座山"}
    shown = {
        (p["format"], p["width"], p["height"], p["address"].rpartition(".")[2]) for p in whole["cover"]["pictures"]
    }
    assert shown == {
        (f"image/{name}", width, height, ending)
        for name, ending in (("avif", "avif"), ("webp", "webp"), ("jpeg", "jpg"))
        for width, height in ((320, 200), (640, 400))
    }


def test_what_will_not_be_published_replaces_nothing_in_the_data(small_site: Path) -> None:
    complete(small_site)
    file = small_site / "content/sections/study/pictures/whole.md"
    write(file, file.read_text(encoding="utf-8").replace("replaced_by: mountain", "replaced_by: poem-later"))
    tree = build_tree(small_site, small_site / "public")
    assert b"poem-later" not in tree.bytes("data/columns/pictures.json")


def test_size_and_hash_of_an_attached_file_can_be_checked_against_the_data(small: Tree) -> None:
    checked = 0
    for address in (a for a in small.files if a.startswith(("data/columns/", "data/textbooks/"))):
        for name, assets in walk(small.json(address)):
            for asset in assets if name == "assets" else []:
                if not is_absolute(asset["address"]):
                    content = small.bytes(asset["address"])
                    assert (asset["bytes"], asset["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
                    checked += 1
    assert checked == 1


def test_a_page_says_the_same_as_its_data(small: Tree) -> None:
    book = small.json("data/textbooks/chinese-1a.json")
    hour = book["units"][0]["lessons"][0]["hours"][0]
    assert (hour["teacher"], hour["school"], hour["seconds"]) == ("张伟", "第一小学", 1200)
    assert hour["page"] == "textbooks/chinese-1a/chinese-1a-01.html"
    assert [asset["address"] for asset in hour["assets"]][:1] == ["https://media.example.org/v/1.m3u8"]


def test_the_report_counts_what_lies_in_the_tree(tree: Tree) -> None:
    assert tree.report["files"] == len(tree.files)
    assert tree.report["pages"] == len(tree.pages)
