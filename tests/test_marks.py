"""Words in another language than their page say so, wherever they stand."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lxml import html
from sites import SECTIONS, build, make_site, page

HAN = re.compile("[\u4e00-\u9fff]+")
VOCABULARY = re.compile(r"title: ([\u4e00-\u9fff0-9. ]+?)(?=[,}])")


def test_words_of_the_vocabulary_are_marked_on_a_site_in_another_language(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    vocabulary = site / "content/vocabulary.yaml"
    text = vocabulary.read_text(encoding="utf-8")
    words = {f"词{match[1].strip()}" for match in VOCABULARY.finditer(text)}
    vocabulary.write_text(VOCABULARY.sub(r"title: {zh-CN: 词\1}", text), encoding="utf-8")
    settings = site / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[zh-CN, en]", "[en, zh-CN]"), encoding="utf-8")
    build(site)
    bare = []
    for path in sorted((site / "public").rglob("*.html")):
        for element in html.fromstring(path.read_bytes()).xpath(
            "//body//*[text()][not(ancestor-or-self::*[@aria-hidden])]"
        ):
            own = {found for part in element.xpath("text()") for found in HAN.findall(part)}
            if own & words and not element.xpath("ancestor-or-self::*[@lang='zh-CN']"):
                bare.append((path.name, element.tag, sorted(own & words)))
    assert words >= {"词小学", "词语文", "词统编版", "词一年级", "词上册", "词文章"}
    assert bare == []


ENGLISH = """
id: english-7a
title: 英语 七年级上册
stage: primary
subject: chinese
edition: unified
grade: 1
volume: first
language: en
units:
  - title: Unit One Kites
    lessons:
      - id: english-7a-01
        title: Fly a kite
        number: 1
        section: Reading corner
        parts: [Kite song, Kite rhyme]
        aliases: [textbooks/old-kite.html]
        hours:
          - title: 第一课时
          - teacher: {name: 张伟}
      - id: english-7a-02
        title: {zh-CN: 放风筝}
"""


def test_what_an_english_book_prints_is_marked_as_english_wherever_it_stands(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/textbooks/primary/chinese/english-7a.yaml": ENGLISH})
    build(site)
    marked: dict[str, set[str]] = {}
    bare = []
    for path in sorted((site / "public").rglob("*.html")):
        for element in html.fromstring(path.read_bytes()).xpath("//body//*[text()[normalize-space()]]"):
            own = "".join(element.xpath("text()"))
            english = bool(element.xpath("ancestor-or-self::*[@lang][1][@lang='en']"))
            if english != bool(re.search("kite|Reading", own, re.IGNORECASE)):
                bare.append((path.name, element.tag, own))
            if english:
                marked.setdefault(path.relative_to(site / "public").as_posix(), set()).add(own)
    assert bare == []
    assert marked == {
        "textbooks/english-7a.html": {"Unit One Kites", "Fly a kite", "Reading corner", "Kite song", "Kite rhyme"},
        "textbooks/english-7a/english-7a-01.html": {
            *{"Unit One Kites", "Fly a kite", "Reading corner", "Kite song", "Kite rhyme"},
        },
        "textbooks/english-7a/english-7a-01-2.html": {
            *{"Unit One Kites", "Fly a kite", "Reading corner", "Kite song", "Kite rhyme"},
        },
        "textbooks/english-7a/english-7a-02.html": {"Unit One Kites", "Fly a kite"},  # and the way back
        "textbooks/old-kite.html": {"Fly a kite"},
    }


def test_machines_are_told_the_language_of_what_an_english_book_prints(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/textbooks/primary/chinese/english-7a.yaml": ENGLISH})
    build(site)
    unit = json.loads(page(site, "data/textbooks/english-7a.json"))["units"][0]
    assert unit["title"] == {"en": "Unit One Kites"}
    assert [lesson["title"] for lesson in unit["lessons"]] == [{"en": "Fly a kite"}, {"zh-CN": "放风筝"}]
    assert _spoken(site, "textbooks/english-7a/english-7a-01.html") == ("Fly a kite 第一课时", "en", ["en"])
    assert _spoken(site, "textbooks/english-7a/english-7a-02.html") == ("放风筝", "zh-CN", ["en"])
    assert _spoken(site, "textbooks/english-7a.html") == ("英语 七年级上册", "zh-CN", ["en"])


def test_a_feed_marks_titles_and_summaries_in_another_language(tmp_path: Path) -> None:
    text = "---\ntitle: {en: Kites}\nkind: article\ndate: 2022-03-01\nlanguage: en\n---\nFly them.\n"
    site = make_site(tmp_path, {f"{SECTIONS}/after-school/popular-science/kites.md": text})
    build(site)
    feed = page(site, "feeds/after-school.xml")
    assert '<title xml:lang="en">Kites</title>' in feed
    assert '<summary xml:lang="en">Fly them.</summary>' in feed
    assert feed.count("xml:lang") == 3  # the feed's own too


def _spoken(site: Path, address: str) -> tuple[str, str, list[str]]:
    """A page's name for machines, the language of that, and of what it tells about."""
    [script] = html.fromstring(page(site, address).encode()).xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(script)[0]
    return data["name"], data["@context"][1]["@language"], data["inLanguage"]
