"""Feeds, sitemap, robots.txt: well-formed, complete, absolute."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from atom import ATOM, faults
from built import Tree
from counting import count, read
from fixtures import build_tree
from lxml import etree
from small_site import HOSTILE
from tools import sitemap_schema

from builder.output.sitemap import _divided

# RFC 4151, 2.1, with a host for the authority.
TAG = re.compile(r"tag:[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*,\d{4}(-\d\d(-\d\d)?)?:[\w.~!$&'()*+,;=:@/?%-]*", re.ASCII)
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


def test_every_section_has_a_feed_and_its_pages_name_it_as_it_names_itself(tree: Tree) -> None:
    assert feeds(tree) == sorted(f"feeds/{id}.xml" for id in count(tree.site).sections)
    titles = {address: etree.fromstring(tree.bytes(address)).findtext(f"{ATOM}title") for address in feeds(tree)}
    for page in tree.of_type("section", "column", "resource"):
        (link,) = tree.page(page).xpath("//link[@rel='alternate']")
        address = f"feeds/{page.partition('/')[0].removesuffix('.html')}.xml"
        assert tree.resolve(page, link.get("href"))[0] == address
        assert (link.get("type"), link.get("title")) == ("application/atom+xml", titles[address])


def test_feeds_hold_what_atom_demands(tree: Tree) -> None:
    for address in feeds(tree):
        assert faults(tree.bytes(address)) == [], address
        root = etree.fromstring(tree.bytes(address))
        (own,) = root.xpath("a:link[@rel='self']/@href", namespaces={"a": ATOM[1:-1]})
        (page,) = root.xpath("a:link[@rel='alternate']/@href", namespaces={"a": ATOM[1:-1]})
        assert own == tree.base_url + address
        assert page.removeprefix(tree.base_url) in tree.of_type("section")
        newest = max((e.findtext(f"{ATOM}updated", "") for e in root.findall(f"{ATOM}entry")), default="")
        assert not newest or root.findtext(f"{ATOM}updated") == newest, address


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        (b"</feed>", b"", "2: not well-formed"),
        (b"http://www.w3.org/2005/Atom", b"http://www.w3.org/2005/atom", "4.1.1: the root"),
        (b"<id>", b"<id>x</id><id>", "4.1.1, 4.1.2, 3.2: <feed> has 2 <id>"),
        (b"<entry><title>", b"<entry><name>x</name><title>", "4.1.1, 4.1.2, 3.1: <name> in <entry>"),
        (b"<entry>", b"<entry>text", "2: text between"),
        (b"</entry>\n</feed>", b"</entry><subtitle>x</subtitle></feed>", "4.1.1: metadata behind"),
        (b"<category term=", b"<category name=", "4.2: attribute name of <category>"),
        (b"<category term=", b"<category label=", "4.2: <category> without term"),
        (b'xml:lang="zh-CN"', b'xml:lang="zh_CN"', "2: language"),
        ("<author><name>测试学校</name></author>".encode(), b"", "4.1.1: neither the feed"),
        ("<name>李敏".encode(), b"<name>", "3.2.1: a person"),
        (b"<summary>", b'<summary type="text/html">', "3.1.1: <summary>"),
        ("<title>诗12".encode(), b"<title>", "4.2.14: an empty title"),
        (b"-20T00:00:00Z</updated>", b"-20</updated>", "3.3: <updated>"),
        (b"-05T00:00:00Z</published>", b"-05t00:00:00z</published>", "3.3: <published>"),
        (b"<id>tag:", b"<id>/", "4.2.6: the ID"),
        (b":poem-12</id>", b":poem-11</id>", "4.1.1: the ID"),
        (b'href="https://example.org/school/catalogue/study.html"', b'href="study.html"', "4.2.7.1: a link"),
        (b'rel="alternate"', b'rel="an alternate"', "4.2.7.2: the relation"),
        (b'type="text/html"', b'type="html"', "4.2.7.3: the media type"),
        (b'rel="self"', b'rel="related"', "4.1.1: no link to the feed itself"),
        (b'rel="self" type="application/atom+xml"', b'rel="alternate" type="text/html"', "4.1.1, 4.1.2: 2 alternates"),
        (b"<entry><title>\xe8\xaf\x9712</title>", None, "4.1.2: an entry with neither"),
        (b'term="article"', b'term=""', "4.2.2.1: an empty term"),
    ],
)
def test_a_feed_that_breaks_a_rule_of_atom_is_not_taken_for_one(
    small: Tree, right: bytes, wrong: bytes | None, rule: str
) -> None:
    feed = small.bytes("feeds/study.xml")
    assert right in feed
    if wrong is None:  # the link of this entry
        start = feed.index(b"<link", feed.index(right))
        broken = feed[:start] + feed[feed.index(b"/>", start) + 2 :]
    else:
        broken = feed.replace(right, wrong)
    assert rule in [fault[: len(rule)] for fault in faults(broken)]


def test_an_entry_keeps_its_id_when_its_page_moves_and_when_the_site_does(small: Tree, small_site: Path) -> None:
    study = small_site / "content/sections/study"
    (study / "poems/poem-07.md").rename(study / "pictures/poem-07.md")
    settings = small_site / "site.yaml"
    moved = settings.read_text(encoding="utf-8").replace(
        "https://example.org/school/", "http://other.example.org:8080/"
    )
    settings.write_text(f"{moved}tagging_entity: example.org,2022-03-01\n", encoding="utf-8")
    shown = links_by_id(build_tree(small_site, small_site / "public"))
    former = links_by_id(small)
    assert shown.keys() == former.keys()
    assert former["tag:example.org,2022-03-01:poem-07"].endswith("catalogue/study/poems/poem-07.html")
    assert shown["tag:example.org,2022-03-01:poem-07"].endswith("catalogue/study/pictures/poem-07.html")


def links_by_id(tree: Tree) -> dict[str, str]:
    """The addresses of the pages of all feeds and their entries, by ID."""
    holders = [
        holder
        for address in feeds(tree)
        for root in [etree.fromstring(tree.bytes(address))]
        for holder in (root, *root.findall(f"{ATOM}entry"))
    ]
    found = {h.findtext(f"{ATOM}id", ""): h.find(f"{ATOM}link[@rel='alternate']").get("href") for h in holders}
    assert len(found) == len(holders)
    return found


def test_ids_of_feeds_are_tag_uris_of_the_host_and_the_ids_of_the_content(tree: Tree) -> None:
    host = urlsplit(tree.base_url).hostname
    for id, address in links_by_id(tree).items():
        assert TAG.fullmatch(id), id
        assert id == f"tag:{host},2022-03-01:{address.rpartition('/')[2].removesuffix('.html')}"


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


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of the sitemap's parts; that of its index is in no package, and `entries` holds it to the protocol."""
    return etree.XMLSchema(file=str(sitemap_schema()))


def test_every_part_of_the_sitemap_is_valid_after_the_schema_of_the_protocol(
    tree: Tree, schema: etree.XMLSchema
) -> None:
    parts = [address for address in tree.files if address.startswith("sitemaps/")]
    assert parts
    for address in parts:
        assert schema.validate(etree.fromstring(tree.bytes(address))), (address, schema.error_log)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<lastmod>2022-03-20<", b"<lastmod>20.3.2022<"),
        (b"<url>", b"<url><title>x</title>"),
        (b"<loc>https://example.org/school/catalogue/study.html</loc>", b""),
        (b"schemas/sitemap/0.9", b"schemas/sitemap/1.0"),
    ],
)
def test_a_part_of_the_sitemap_that_breaks_the_protocol_is_not_taken_for_one(
    small: Tree, schema: etree.XMLSchema, right: bytes, wrong: bytes
) -> None:
    part = small.bytes("sitemaps/section-study.xml")
    assert right in part
    assert not schema.validate(etree.fromstring(part.replace(right, wrong)))


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


def test_the_parts_of_a_large_section_are_none_of_another_whose_name_ends_in_a_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("builder.output.sitemap.MOST", 1)
    rows = [("a.html", ""), ("b.html", "")]
    names = [name for part in ("section-x", "section-x-2") for name, _ in _divided(part, rows)]
    assert len(set(names)) == 4


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
