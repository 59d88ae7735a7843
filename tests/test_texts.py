"""Finding by what pages say: tokens in both languages, and the finder with its texts in Node."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import BASE, SECTIONS, build, make_site, state
from tools import ROOT, node

from builder.search import indexes, lexicon
from builder.search.scripts import named
from builder.search.texts import Entry
from builder.search.tokens import tokens

ASSETS = ROOT / "themes" / "default" / "assets"
CASES = json.loads((ROOT / "tests" / "tokens.json").read_text(encoding="utf-8"))
TOKENS = """
require(process.argv[1]); require(process.argv[2]);
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
const divided = (text) => globalThis.finder.texts.tokens(text).map((one) => [one.token, one.at]);
console.log(JSON.stringify(texts.map(divided)));
"""
SEARCH = """
const fs = require("fs"), vm = require("vm");
const [program, reader, site] = process.argv.slice(1);
globalThis.self = globalThis;
require(program);
const opened = [];
const load = async (address) => {
  const index = address.match(/^search\\/indexes\\/(\\w+\\/[\\w-]+)\\.\\w+\\.js$/);
  if (index) opened.push(index[1]);
  const text = fs.readFileSync(site + "/" + address, "utf8");
  return JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
};
const at = (address) => (address === reader ? reader : site + "/" + address);
const run = async (address) => vm.runInThisContext(fs.readFileSync(at(address), "utf8"));
const asked = JSON.parse(fs.readFileSync(0, "utf8"));
const told = [];
const desk = new globalThis.finder.Desk(load, (answer) => told.push(structuredClone(answer)), "", null, run, reader);
const settled = async () => {
  for (let before = -1; before < told.length || told.at(-1).state === "loading" || told.at(-1).texts === "loading";) {
    before = told.length;
    await new Promise((go) => setTimeout(go, 150));
  }
};
(async () => {
  for (const one of asked) {
    desk.ask({ filters: {}, limit: 20, texts: "texts", ...one });
    await settled();
  }
  console.log(JSON.stringify({ ...told.at(-1), opened }));
})();
"""

FIND = """
require(process.argv[1]); require(process.argv[2]);
const { files, address, words } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const held = (text) => JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
const texts = new globalThis.finder.texts.Texts(async (address) => held(files[address]), address);
Promise.all(words.map((word) => texts.find(word))).then((all) => {
  console.log(JSON.stringify(all.map((pages) => pages.map((page) => `${page.place} ${page.row} ${page.hour}`).sort())));
});
"""

HOLDERS = """
require(process.argv[1]); require(process.argv[2]);
const { files, address, words } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const held = (text) => JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
const lexicon = new globalThis.finder.texts.Lexicon(async (address) => held(files[address]), address);
Promise.all(words.map((word) => lexicon.holders(word))).then((all) => { console.log(JSON.stringify(all)); });
"""

WORDS = {
    "kite": ("放风筝", "春天里，孩子们在**草地上**追着风筝跑。\n\n- 第一步：扎骨架\n- 第二步：糊纸\n"),
    "drums": ("鼓乐声声", "腰鼓的节奏明快有力，[听一听](kite.md)安塞的鼓声。\n"),
    "spring": ("باھار كەلدى", "باھار كەلدى، گۈللەر ئېچىلدى.\n"),
    "letter": ("书信", "편지를 씁니다.\n"),
    "river": ("河边", "溪水流过石桥，又绕过竹林；到了平原，水流过沙洲。\n"),
    "book": ("藏文书法", "བོད་ཡིག་གི་ཡི་གེ་འབྲི་ཐབས།\n"),
    "letters": ("藏文字母", "ཡིག་གཟུགས།\n"),
    "painter": ("画家", "达·芬奇画过飞鸟。乾隆年间的画册，學習書法的人。\n\n落款在左。\n"),
    "prime": ("质数", "第12课用x-ray看3.5米远的AB 9 CD。\n"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site whose resources say what their titles do not."""
    files: dict[str, str | bytes | None] = {}
    for id, (title, body) in WORDS.items():
        head = (
            f"title: {title}\nkind: video\ndate: 2022-03-05\nstages: [primary]\nkeywords: [民俗{id}]\n"
            "authors: [{name: 木子老师, organisation: 示例小学}]\n"
        )
        files[f"{SECTIONS}/after-school/popular-science/{id}.md"] = f"---\n{head}---\n{body}"
    files["content/topics/reading-week.md"] = (
        "---\ntitle: 读书周\nsummary: 四月一起读\norder: 1\ngathers: [paper-bridge]\n---\n每天读一首短诗。\n"
    )
    files["content/pages/about.md"] = "---\ntitle: 关于\norder: 1\n---\n## 编目的缘起\n\n这份目录由三位教员抄录。\n"
    files["content/textbooks/junior-high/mathematics/mathematics-7a.yaml"] = (
        "id: mathematics-7a\ntitle: 数学 七年级上册\nstage: junior-high\nsubject: mathematics\nedition: unified\n"
        "grade: 7\nvolume: first\npublisher: 示例\nlanguage: zh-CN\nunits:\n  - title: 有趣的水\n    lessons:\n"
        "      - {id: mathematics-7a-01, title: 流速, summary: 溪水边的算题}\n"
    )
    folder = make_site(tmp_path_factory.mktemp("texts"), files)
    build(folder)
    return folder


def ask(site: Path, query: str, before: Iterable[str] = (), **more: Any) -> dict[str, Any]:
    """What the finder answers in the end, when it has got all that it wanted."""
    command = [node(), "-e", SEARCH, *map(str, (ASSETS / "finder.js", ASSETS / "texts.js", site / "public"))]
    asked = json.dumps([*({"query": other} for other in before), {"query": query, **more}])
    done = subprocess.run(command, input=asked, capture_output=True, encoding="utf-8", check=True)
    answer = dict(json.loads(done.stdout))
    assert (answer["state"], answer["texts"]) in {("ready", ""), ("ready", "more"), ("ready", "titles")}
    return answer


def found(answer: dict[str, Any]) -> list[str]:
    """The addresses of what was found, by the name of the page."""
    return [Path(rows[0]["address"]).stem for rows in answer["groups"]]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:12] or "nothing" for text, _ in CASES])
def test_a_text_has_the_tokens_that_the_table_gives(text: str, wanted: list[str]) -> None:
    found, positions = tokens(text)
    assert found == wanted
    assert positions == sorted(set(positions))


def test_browsers_divide_texts_as_the_build_does() -> None:
    texts = [text for text, _ in CASES]
    command = [node(), "-e", TOKENS, str(ASSETS / "finder.js"), str(ASSETS / "texts.js")]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, encoding="utf-8", check=True)
    for (text, wanted), found in zip(CASES, json.loads(done.stdout), strict=True):
        assert [token for token, _ in found] == wanted
        assert [(token, at) for token, at in found] == list(zip(*tokens(text), strict=True))


def test_positions_tell_what_stands_together() -> None:
    assert tokens("石桥边，流水2条")[1] == [0, 1, 4, 7, 10]


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("追着风筝跑", "kite"),  # across an inline mark
        ("草地上", "kite"),
        ("糊纸", "kite"),
        ("安塞的鼓", "drums"),
        ("听一听", "drums"),
        ("水流过沙", "river"),  # the second time that 水流 stands there
        ("民俗drums", "drums"),
        ("腰鼓 鼓乐", "drums"),  # one word in the text, the other in the title
        ("گۈللەر", "spring"),
        ("ཡི་གེ", "book"),
        ("གཟུགས", "letters"),
        ("流过石桥，又绕过竹林；到了", "river"),  # as it is written, with its signs
        ("x-ray", "prime"),
        ("3.5米", "prime"),
        ("편지를", "letter"),
        ("四月一起", "reading-week"),
        ("一首短诗", "reading-week"),
        ("教员抄录", "about"),
        ("达芬奇", "painter"),
        ("达·芬奇", "painter"),
        ("達芬奇", "painter"),
        ("乾隆", "painter"),  # a traditional character that is written today as well
        ("學習書法", "painter"),  # as the page writes it
        ("有趣的水", "mathematics-7a"),  # a unit of a textbook
        ("数学 七年级 有趣的水", "mathematics-7a"),
        ("小学 乾隆", "painter"),
        ("统编 飞鸟", "painter"),  # the short name of an edition beside what only a text says
    ],
)
def test_a_page_is_found_by_what_it_says(site: Path, query: str, page: str) -> None:
    assert found(ask(site, query)) == [page]


def test_a_teacher_is_found_with_all_that_they_made(site: Path) -> None:
    assert sorted(found(ask(site, "木子老师"))) == sorted(WORDS)


def test_a_teacher_is_found_by_the_name_though_it_is_written_with_the_title(site: Path) -> None:
    assert set(found(ask(site, "示例小学老师"))) >= set(WORDS)


def test_what_only_texts_of_another_stage_say_is_offered_where_a_filter_hides_it(site: Path) -> None:
    answer = ask(site, "示例教师甲", filters={"stage": ["senior-high"]})  # who teaches a lesson of primary school
    assert answer["total"] == 0
    assert answer["without"]["stage"] == 1


def test_that_texts_of_other_stages_were_not_counted_is_known(site: Path) -> None:
    assert ask(site, "溪水", filters={"stage": ["primary"]})["beyond"] is True  # also a lesson of junior high says it
    assert ask(site, "溪水")["beyond"] is False
    assert ask(site, "追着风筝跑", filters={"stage": ["primary"]})["beyond"] is False


def test_what_is_in_another_language_is_found_by_the_names_of_it(tmp_path: Path) -> None:
    words = "  - {id: ug, title: ئۇيغۇرچە, direction: rtl"
    called = words.replace("ئۇيغۇرچە", "ئۇيغۇرچە（阿拉伯字母）")
    vocabulary = (BASE / "content/vocabulary.yaml").read_text(encoding="utf-8")
    assert words in vocabulary
    files: dict[str, str | bytes | None] = {
        "content/vocabulary.yaml": vocabulary.replace(words, f"{called}, synonyms: [维语]"),
        "content/textbooks/junior-high/mathematics/mathematics-7a.yaml": (
            "id: mathematics-7a\ntitle: 数学 七年级上册\nstage: junior-high\nsubject: mathematics\nedition: unified\n"
            "grade: 7\nvolume: first\npublisher: 示例\nlanguage: ug\nunits:\n  - title: 水\n    lessons:\n"
            "      - {id: mathematics-7a-01, title: 流速}\n"
        ),
    }
    for id, language in (("spring", "ug"), ("autumn", "zh-CN")):
        head = f"---\ntitle: {id}\nkind: video\ndate: 2022-03-05\nlanguage: {language}\n---\n正文。\n"
        files[f"{SECTIONS}/after-school/popular-science/{id}.md"] = head
    site = make_site(tmp_path, files)
    build(site)
    for query in ("维语", "ئۇيغۇرچە"):
        assert sorted(found(ask(site, query))) == ["mathematics-7a", "spring"]
    assert found(ask(site, "维语 视频")) == ["spring"]
    assert found(ask(site, "阿拉伯")) == []
    path = site / "content/vocabulary.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("维语", "维吾尔语"), encoding="utf-8")
    build(site)
    assert found(ask(site, "维语")) == []
    assert sorted(found(ask(site, "维吾尔语"))) == ["mathematics-7a", "spring"]


def test_what_a_text_says_is_not_taken_for_a_title_with_one_other_character(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {}
    for id, title, body in (("park", "公园之春", "正文。"), ("sketch", "写生", "公园之秋，我们去写生。")):
        head = f"---\ntitle: {title}\nkind: video\ndate: 2022-03-05\n---\n{body}\n"
        files[f"{SECTIONS}/after-school/popular-science/{id}.md"] = head
    site = make_site(tmp_path, files)
    build(site)
    for query in ("公园之秋", "公园之秋课文"):
        answer = ask(site, query)
        assert (found(answer), answer["near"]) == (["sketch"], False)
    answer = ask(site, "公园之冬")
    assert (found(answer), answer["near"], answer["some"]) == (["park"], True, False)
    answer = ask(site, "公园之冬课文")  # 课文 is left out, too
    assert (found(answer), answer["near"], answer["some"]) == (["park"], False, True)


@pytest.mark.parametrize("query", ["石桥试卷", "石桥老师", "竹林 qqqq", "溪水 桥", "河边 桥"])
def test_what_nothing_says_altogether_is_looked_for_in_texts_too(site: Path, query: str) -> None:
    answer = ask(site, query)
    assert "river" in found(answer)
    assert answer["some"] is True


@pytest.mark.parametrize("query", ["扎纸", "骨架第二", "风筝追着", "qwertz", "ئالما", "ABCD", "B站", "石桥又绕过"])
def test_what_no_page_says_is_not_found(site: Path, query: str) -> None:
    assert found(ask(site, query)) == []


def test_where_no_page_has_all_words_those_with_most_of_them_come_first(site: Path) -> None:
    answer = ask(site, "石桥 腰鼓 鼓声")
    assert found(answer) == ["drums", "river"]
    assert answer["some"] is True
    assert ask(site, "腰鼓 鼓声")["some"] is False
    assert found(ask(site, "石桥 腰鼓", texts="")) == []  # the words are still being typed
    assert found(ask(site, "视频 qwertz")) == []  # what kind of thing is wanted finds nothing by itself


def test_the_place_where_a_page_says_it_is_shown_and_marked(site: Path) -> None:
    [rows] = ask(site, "安塞的鼓")["groups"]
    assert rows[0]["excerpt"] == ["腰鼓的节奏明快有力，听一听", "安塞的鼓", "声。 · 民俗drums · 木子老师 示例小学"]


def test_an_excerpt_begins_with_its_sentence_or_line_and_not_within_a_name(site: Path) -> None:
    [rows] = ask(site, "芬奇画过")["groups"]
    assert rows[0]["excerpt"][:2] == ["达·", "芬奇画过"]
    [rows] = ask(site, "落款")["groups"]
    assert rows[0]["excerpt"][:2] == ["", "落款"]


def test_marks_that_write_vowels_are_a_part_of_what_is_marked(site: Path) -> None:
    [rows] = ask(site, "ཡི་གེ")["groups"]
    assert rows[0]["excerpt"][:3] == ["བོད་ཡིག་གི་", "ཡི་གེ", "་འབྲི་ཐབས། · 民俗book · 木子老师 示例小学"]


def test_an_answer_does_not_hang_on_what_was_asked_before(site: Path) -> None:
    assert found(ask(site, "达芬奇", before=["石桥", "语文園地", "书法"])) == ["painter"]
    assert found(ask(site, "乾隆", before=["語文園地"])) == ["painter"]


def test_texts_are_not_looked_into_where_titles_say_enough(tmp_path: Path) -> None:
    head = "---\ntitle: {}\nkind: video\ndate: 2022-03-05\n---\n{}\n"
    folder = f"{SECTIONS}/after-school/popular-science"
    files: dict[str, str | bytes | None] = {f"{folder}/text.md": head.format("别的", "说到纸桥。")}
    files |= {f"{folder}/title-{number}.md": head.format(f"纸桥 {number}", "正文。") for number in range(4)}
    site = make_site(tmp_path, files)
    build(site)
    assert len(found(ask(site, "纸桥", texts="few"))) == len(found(ask(site, "纸桥", texts="texts"))) - 1
    (site / folder / "title-3.md").unlink()
    build(site)
    assert "text" in found(ask(site, "纸桥", texts="few"))


@given(
    pages=st.lists(
        st.lists(st.text("甲乙丙丁，9 ab", min_size=1, max_size=40), min_size=1, max_size=3), min_size=1, max_size=8
    ),
    cuts=st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999), st.integers(2, 6)), min_size=1, max_size=30),
)
@settings(max_examples=25, deadline=None)
def test_every_part_of_a_chinese_text_is_found_in_all_pages_that_say_it_and_in_no_other(
    pages: list[list[str]], cuts: list[tuple[int, int, int]]
) -> None:
    said = {f"place-{place} {row} 1": content for place, rows in enumerate(pages) for row, content in enumerate(rows)}
    texts = [
        named(
            f"search/texts/sections/some/place-{place}.", [Entry(row, 1, content) for row, content in enumerate(rows)]
        )
        for place, rows in enumerate(pages)
    ]
    everything = [content for rows in pages for content in rows]
    cut = (everything[one % len(everything)] for one, _, _ in cuts)
    parts = [content[at % len(content) :][:long] for content, (_, at, long) in zip(cut, cuts, strict=True)]
    words = [part for part in parts if re.fullmatch("[甲乙丙丁]{2,6}", part)]
    made = dict(indexes.files("sections/some", texts))
    address = next(address for address in made if address.startswith("search/indexes/sections/some."))
    given = {"files": {name: content.decode() for name, content in made.items()}, "address": address, "words": words}
    command = [node(), "-e", FIND, str(ASSETS / "finder.js"), str(ASSETS / "texts.js")]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, encoding="utf-8", check=True)
    for word, found in zip(words, json.loads(done.stdout), strict=True):
        assert found == sorted(page for page, content in said.items() if word in content), word


def _lexicon_of(words: list[str]) -> dict[str, bytes]:
    parts = (" ".join(words), [1] * len(words), [1] * len(words))
    return dict(lexicon.files({"sections/some": [named("search/indexes/sections/some/", parts)[1]]}))


def test_a_word_more_changes_few_parts_of_the_lexicon() -> None:
    words = [chr(0x4E00 + number) + "的" for number in range(9_000)]
    before, after = _lexicon_of(words), _lexicon_of([*words[:50], "丳新", *words[50:]])
    assert len(before) > 20
    assert len(after.keys() - before.keys()) <= 4  # with its table
    assert max(map(len, before.values())) < 2 * sum(map(len, before.values())) / len(before)


@given(
    packs=st.lists(st.text("甲乙丙丁，9 ab", min_size=1, max_size=60), min_size=1, max_size=30),
    cuts=st.lists(st.tuples(st.integers(0, 29), st.integers(0, 59), st.integers(2, 6)), min_size=1, max_size=30),
)
@settings(max_examples=25, deadline=None)
def test_the_lexicon_names_each_pack_that_says_a_word_and_none_without_its_first_characters(
    packs: list[str], cuts: list[tuple[int, int, int]]
) -> None:
    said = {f"sections/{number}": text for number, text in enumerate(packs)}
    parts = {
        name: [
            content
            for address, content in indexes.files(name, [named(f"search/texts/{name}/place.", [Entry(1, 1, text)])])
            if address.startswith(f"search/indexes/{name}/")
        ]
        for name, text in said.items()
    }
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lexicon, "LEAST", 2)
        patched.setattr(lexicon, "MOST", 4)
        made = dict(lexicon.files(parts))
    words = {packs[one % len(packs)][at % len(packs[one % len(packs)]) :][:long] for one, at, long in cuts}
    asked = [*sorted(word for word in words if re.fullmatch("[甲乙丙丁]{2,6}", word)), "甲丁", "丙丙", "乙甲丁"]
    address = next(address for address in made if address.startswith("search/site/lexicon."))
    given = {"files": {name: content.decode() for name, content in made.items()}, "address": address, "words": asked}
    command = [node(), "-e", HOLDERS, str(ASSETS / "finder.js"), str(ASSETS / "texts.js")]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, encoding="utf-8", check=True)
    for word, holders in zip(asked, json.loads(done.stdout), strict=True):
        assert {name for name, text in said.items() if word in text} <= set(holders), word
        assert set(holders) <= {name for name, text in said.items() if word[:2] in text}, word


@pytest.mark.parametrize(
    ("query", "packs"),
    [
        ("追着风筝跑", {"sections/after-school"}),
        ("四月一起", {"site/pages"}),
        ("春风十里", set()),
        ("草地 春风", {"sections/after-school"}),
    ],
)
def test_beyond_the_readers_own_pack_only_those_are_looked_into_that_may_say_it(
    site: Path, query: str, packs: set[str]
) -> None:
    opened = set(ask(site, query)["opened"])
    assert packs <= opened <= packs | {"stages/primary"}


def test_an_index_is_made_anew_only_where_a_text_has_changed(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def noted(name: str, texts: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        made.append(name)
        return files(name, texts)

    made: list[str] = []
    files = indexes.files
    monkeypatch.setattr(indexes, "files", noted)
    copy = make_site(tmp_path, {str(p.relative_to(site)): p.read_bytes() for p in (site / "content").rglob("*.md")})
    build(copy)
    assert len(made) > 1
    made.clear()
    before = state(copy / "public" / "search" / "indexes")
    page = copy / SECTIONS / "after-school" / "popular-science" / "kite.md"
    page.write_text(page.read_text(encoding="utf-8").replace("扎骨架", "扎好骨架"), encoding="utf-8")
    build(copy)
    after = state(copy / "public" / "search" / "indexes")
    assert made == ["sections/after-school"]
    assert before != after
    assert all("after-school" in name for name, _ in before.items() ^ after.items())
