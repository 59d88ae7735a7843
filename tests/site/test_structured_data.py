"""What machines read on the pages: JSON-LD after the AMB profile and schema.org."""

from __future__ import annotations

import json
from typing import Any

import pytest
from built import Tree, texts
from lxml import html
from small_site import HOSTILE

REQUIRED = {"@context", "id", "type", "name"}


@pytest.fixture(params=["real", "small"])
def tree(request: pytest.FixtureRequest) -> Tree:
    """Each of the two sites."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Tree)
    return found


def nodes(tree: Tree, address: str) -> list[dict[str, Any]]:
    """What the JSON-LD of a page says, as a list."""
    (script,) = tree.pages[address].scripts or ("[]",)
    data = json.loads(script)
    return data if isinstance(data, list) else [data]


def resource_of(tree: Tree, address: str) -> dict[str, Any]:
    """The learning resource that a page says it is."""
    (found,) = (node for node in nodes(tree, address) if "LearningResource" in node.get("type", []))
    return found


def test_every_resource_and_class_hour_is_a_learning_resource_with_what_the_profile_requires(tree: Tree) -> None:
    addresses = tree.of_type("resource", "lesson")
    assert addresses
    for address in addresses:
        node = resource_of(tree, address)
        assert node.keys() >= REQUIRED, address
        assert node["id"] == tree.base_url + address
        assert node["@context"][0] == "https://w3id.org/kim/amb/context.jsonld"
        assert isinstance(node["name"], str) and node["name"], address
        assert isinstance(node["inLanguage"], list) and node["inLanguage"], address
        if "license" in node:
            assert node["license"]["id"].startswith("https://"), address
        for concept in (*node.get("about", []), *node.get("learningResourceType", []), *node.get("audience", [])):
            assert concept["type"] == "Concept"
            assert concept["prefLabel"]
            vocabulary, _, id = concept["id"].partition("#")[2].partition("/")
            assert id in {term["id"] for term in tree.json("data/vocabulary.json")[vocabulary]}
        for encoding in node.get("encoding", []):
            assert encoding["contentUrl"].startswith(("https://", tree.base_url)), address


def test_a_resource_tells_machines_what_its_file_says(small: Tree) -> None:
    node = resource_of(small, "study/pictures/mountain.html")
    assert node["name"] == HOSTILE
    assert node["description"].startswith("山里的一天")
    assert node["license"] == {"id": "https://creativecommons.org/licenses/by-sa/4.0/"}
    assert node["inLanguage"] == ["zh-CN"]
    assert (node["datePublished"], node["dateModified"]) == ("2022-03-05", "2022-03-20")
    assert node["keywords"] == ["山", "水"]
    assert node["creator"][0]["name"] == "李敏"
    assert node["encoding"][0]["contentUrl"] == "https://media.example.org/mountain.mp4"
    assert node["encoding"][0]["encodingFormat"] == "video/mp4"
    assert [encoding.get("contentSize") for encoding in node["encoding"]] == ["48211004", "15", None]
    assert resource_of(small, "study/pictures/uyghur.html")["inLanguage"] == ["ug"]


def test_a_class_hour_names_its_textbook_teacher_and_summary(small: Tree) -> None:
    node = resource_of(small, "textbooks/chinese-1a/chinese-1a-01.html")
    assert node["isPartOf"][0]["id"] == small.base_url + "textbooks/chinese-1a.html"
    school = {"type": "Organization", "name": "第一小学"}
    assert node["creator"] == [{"type": "Person", "name": "张伟", "affiliation": school}]
    assert node["description"] == "认识“天、地、人”。"
    assert node["license"] == {"id": "https://creativecommons.org/licenses/by-sa/4.0/"}


def test_a_class_hour_of_a_book_without_a_licence_claims_none(small: Tree) -> None:
    assert "license" not in resource_of(small, "textbooks/mathematics-7a/mathematics-7a-01.html")


def test_a_video_with_a_picture_and_a_date_is_a_video_object(small: Tree) -> None:
    (video,) = (n for n in nodes(small, "study/pictures/mountain.html") if n.get("@type") == "VideoObject")
    assert video["uploadDate"] == "2022-03-05"
    assert video["contentUrl"] == "https://media.example.org/mountain.mp4"
    assert [url.removeprefix(small.base_url) in small.files for url in video["thumbnailUrl"]] == [True]


def test_breadcrumbs_count_from_one_and_lead_from_home_to_the_page_itself(tree: Tree) -> None:
    without = {"home", "search", "404", "moved"}
    for address, facts in tree.pages.items():
        found = [node for node in nodes(tree, address) if node.get("@type") == "BreadcrumbList"]
        assert len(found) == (facts.type not in without), address
        for crumbs in found:
            items = crumbs["itemListElement"]
            assert [item["position"] for item in items] == list(range(1, len(items) + 1)), address
            assert items[0]["item"] == tree.base_url
            assert items[-1]["item"] == tree.base_url + address
            assert all(item["name"] for item in items), address
            assert all(item["item"].removeprefix(tree.base_url) in {"", *tree.pages} for item in items), address


def test_the_breadcrumbs_for_machines_are_those_for_readers(small: Tree) -> None:
    address = "study/poems/poem-01.html"
    (crumbs,) = (node for node in nodes(small, address) if node.get("@type") == "BreadcrumbList")
    shown = texts(small.page(address), "//nav[contains(@class, 'crumbs')]//li")
    assert [item["name"] for item in crumbs["itemListElement"]][: len(shown)] == shown


def test_a_title_cannot_break_out_of_its_script_or_become_markup(small: Tree) -> None:
    for address in small.pages:
        content = small.bytes(address)
        if b"alert(1)" not in content:
            continue
        root = html.document_fromstring(content.decode())
        assert len(root.xpath("//script[not(@src)]")) == len(small.pages[address].scripts), address
        assert all("assets/" in source for source in root.xpath("//script/@src")), address
        assert root.xpath("//b[contains(text(), '单引号')]") == [], address
        assert [s for s in small.pages[address].scripts if "<" in s] == [], address
    assert any(b"alert(1)" in small.bytes(address) for address in small.pages)
