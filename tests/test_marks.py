"""Words in another language than their page say so, wherever they stand."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import html
from sites import build, make_site

HAN = re.compile("[\u4e00-\u9fff]+")
VOCABULARY = re.compile(r"title: ([\u4e00-\u9fff0-9. ]+?)(?=[,}])")


def test_words_of_the_vocabulary_are_marked_on_a_site_in_another_language(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    path = site / "content/vocabulary.yaml"
    text = path.read_text(encoding="utf-8")
    words = {f"词{match[1].strip()}" for match in VOCABULARY.finditer(text)}
    path.write_text(VOCABULARY.sub(r"title: {zh-CN: 词\1}", text), encoding="utf-8")
    settings = site / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[zh-CN, en]", "[en, zh-CN]"), encoding="utf-8")
    build(site)
    bare = []
    for page in sorted((site / "public").rglob("*.html")):
        for element in html.fromstring(page.read_bytes()).xpath(
            "//body//*[text()][not(ancestor-or-self::*[@aria-hidden])]"
        ):
            own = {found for part in element.xpath("text()") for found in HAN.findall(part)}
            if own & words and not element.xpath("ancestor-or-self::*[@lang='zh-CN']"):
                bare.append((page.name, element.tag, sorted(own & words)))
    assert words >= {"词小学", "词语文", "词统编版", "词一年级", "词上册", "词文章"}
    assert bare == []
