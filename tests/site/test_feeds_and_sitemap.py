"""Feeds, sitemap, robots.txt: well-formed, complete, absolute."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import feedparser
import pytest
from built import Tree
from counting import count, read
from lxml import etree
from small_site import HOSTILE

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# Children of an entry in the order that the protocol's schemas demand, and what each may hold.
ORDER = {"url": ["loc", "lastmod", "changefreq", "priority"], "sitemap": ["loc", "lastmod"]}
MOST, LARGEST = 50_000, 50 * 1024 * 1024


@pytest.fixture(params=["real", "small"])
def tree(request: pytest.FixtureRequest) -> Tree:
    """Each of the two sites."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Tree)
    return found


def feeds(tree: Tree) -> list[str]:
    return sorted(address for address in tree.files if address.startswith("feeds/"))


def test_every_section_has_a_feed_and_its_pages_name_it(tree: Tree) -> None:
    assert feeds(tree) == sorted(f"feeds/{id}.xml" for id in count(tree.site).sections)
    for section in tree.of_type("section"):
        link = tree.page(section).xpath("//link[@rel='alternate']/@href")
        assert [tree.resolve(section, value)[0] for value in link] == [f"feeds/{section.removesuffix('.html')}.xml"]


def test_feeds_hold_what_atom_requires(tree: Tree) -> None:
    for address in feeds(tree):
        root = etree.fromstring(tree.bytes(address))
        assert root.tag == f"{ATOM}feed"
        for element in (root, *root.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                (one,) = element.findall(f"{ATOM}{name}")
                assert one.text, address
            assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo is not None
        authors = root.findall(f"{ATOM}author")
        assert authors and all(author.findtext(f"{ATOM}name") for author in root.iter(f"{ATOM}author")), address
        (own,) = root.xpath("a:link[@rel='self']/@href", namespaces={"a": ATOM[1:-1]})
        assert own == tree.base_url + address
        ids = [element.text for element in root.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids)), address
        newest = max((e.findtext(f"{ATOM}updated", "") for e in root.findall(f"{ATOM}entry")), default="")
        assert not newest or root.findtext(f"{ATOM}updated") == newest, address


def test_a_feed_reader_reads_every_feed_and_its_entries_lead_to_pages(tree: Tree) -> None:
    for address in feeds(tree):
        feed: Any = feedparser.parse(tree.bytes(address))
        assert not feed.bozo, address
        assert feed.version == "atom10"
        for entry in feed.entries:
            assert entry.link.removeprefix(tree.base_url) in tree.pages
            assert entry.updated_parsed is not None


def test_a_feed_shows_titles_as_they_are_and_the_newest_first(small: Tree) -> None:
    root = etree.fromstring(small.bytes("feeds/study.xml"))
    titles = [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")]
    assert titles[:3] == ["读书", HOSTILE, "诗12"]
    assert root.findtext(f"{ATOM}title") == "学习 · 小目录"


def entries(tree: Tree, address: str) -> list[etree._Element]:
    """The entries of a sitemap file, after holding it to the protocol."""
    content = tree.bytes(address)
    root = etree.fromstring(content)
    name = {"urlset": "url", "sitemapindex": "sitemap"}[etree.QName(root).localname]
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert len(content) <= LARGEST
    assert 1 <= len(root) <= MOST, address
    for entry in root:
        assert entry.tag == f"{SITEMAP}{name}"
        names = [etree.QName(child).localname for child in entry]
        assert names[0] == "loc"
        assert names == [child for child in ORDER[name] if child in names]
        loc = entry.findtext(f"{SITEMAP}loc", "")
        assert loc.startswith(tree.base_url) and len(loc) < 2048 and loc.isascii() and " " not in loc, loc
        if (changed := entry.findtext(f"{SITEMAP}lastmod")) is not None:
            assert date.fromisoformat(changed)
    return list(root)


def test_the_sitemap_lists_every_page_for_search_engines_once_and_no_other(tree: Tree) -> None:
    parts = [e.findtext(f"{SITEMAP}loc", "").removeprefix(tree.base_url) for e in entries(tree, "sitemap.xml")]
    assert sorted(parts) == sorted(a for a in tree.files if a.startswith("sitemaps/"))
    listed = [
        entry.findtext(f"{SITEMAP}loc", "").removeprefix(tree.base_url) or "index.html"
        for part in parts
        for entry in entries(tree, part)
    ]
    expected = sorted(address for address, facts in tree.pages.items() if facts.indexed)
    assert sorted(listed) == expected


def test_the_sitemap_says_when_a_resource_changed(small: Tree) -> None:
    dates = {
        entry.findtext(f"{SITEMAP}loc", "").removeprefix(small.base_url): entry.findtext(f"{SITEMAP}lastmod")
        for entry in entries(small, "sitemaps/section-study.xml")
    }
    form = read(small.site / "content/sections/study/pictures/mountain.md")
    assert dates["study/pictures/mountain.html"] == form["updated"].isoformat()
    assert dates["study/poems/poem-01.html"] == "2022-01-01"


def test_robots_txt_lets_all_in_and_names_the_sitemap(tree: Tree) -> None:
    lines = tree.bytes("robots.txt").decode().splitlines()
    assert "User-agent: *" in lines
    assert f"Sitemap: {tree.base_url}sitemap.xml" in lines
    assert [line for line in lines if re.match(r"Disallow: */", line)] == []
