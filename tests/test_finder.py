"""What the finder makes of a question, over the packs of a catalogue that is written for it; it runs in Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sites import BASE, SECTIONS, build, make_site
from tools import ROOT, node

FINDER = ROOT / "themes" / "default" / "assets" / "finder.js"
SCRIPT = """
const fs = require("fs");
require(process.argv[1]);
require(process.argv[1].replace("finder.js", "texts.js"));
const held = (address) => {
  const text = fs.readFileSync(process.argv[2] + "/" + address, "utf8");
  return JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
};
const index = held("search/index.js"), known = new globalThis.finder.Finder();
for (const [, address] of index.packs) known.put(new globalThis.finder.Pack(held(address)));
for (const table of Object.values(index.characters)) known.learn(held(table));
const asked = JSON.parse(fs.readFileSync(0, "utf8"));
console.log(JSON.stringify(asked.map((one) => known.search(one))));
"""

# The same catalogue with a mark before every title and address: a version that another replaces while a desk loads.
DESK = """
const fs = require("fs");
require(process.argv[1]);
const [, , root, moment, keeps, query] = process.argv;
const held = (address) => {
  const text = fs.readFileSync(root + "/" + address, "utf8");
  return JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
};
const version = (mark) => {
  const index = held("search/index.js");
  const packs = index.packs.map(([name, address]) => [name, mark + address]);
  const characters = {}, files = { "search/index.js": { ...index, packs, characters } };
  for (const [name, address] of Object.entries(index.characters)) {
    characters[name] = mark + address;
    files[mark + address] = held(address);
  }
  for (const [, address] of index.packs) {
    const pack = held(address);
    pack.titles = pack.titles.split("\\n").map((title) => mark + title).join("\\n");
    files[mark + address] = pack;
  }
  return files;
};
let served = version("旧");
const asked = [], told = [];
const load = async (address) => {
  if (asked.push(address) === Number(moment)) served = { ...(keeps === "true" ? served : {}), ...version("新") };
  if (!(address in served)) throw new Error("404 " + address);
  return served[address];
};
const tell = (answer) => told.push([answer.state, answer.groups.map(([row]) => row.title)]);
const desk = new globalThis.finder.Desk(load, tell);
desk.ask({ query, limit: 50 });
setImmediate(() => console.log(JSON.stringify({ asked, told })));
"""

VOCABULARY = (BASE / "content/vocabulary.yaml").read_text(encoding="utf-8")
VOCABULARY = VOCABULARY.replace(
    "  - {id: unified, title: 统编版}\n",
    "  - {id: unified, title: 统编版, synonyms: [部编版, TB1]}\n  - {id: pep, title: 人教版}\n",
)

LESSONS = {
    ("junior-high", "mathematics", "unified", 7): [
        "有理数",
        "有理数的加法",
        "勾股定理",
        "整式的加减",
        "平面镜成像",
        "圆的面积",
    ],
    ("junior-high", "mathematics", "pep", 7): ["有理数的加法", "数轴"],
    ("primary", "chinese", "unified", 2): [
        "成长的烦恼",
        "长江之歌",
        "音乐之声",
        "快乐的节日",
        "语文园地一",
        "数星星的孩子",
        "日积月累",
        "桥",
    ],
    ("primary", "chinese", "unified", 1): ["日积月累", "日积月累"],
}
RESOURCES = {
    "drums": ("鼓乐声声", "zh-CN"),
    "kite": ("{zh-CN: 放风筝, en: Flying a kite}", "zh-CN"),
    "spring": ("باھار كەلدى", "ug"),
    "qiankun": ("乾坤大挪移", "zh-CN"),
    "geese": ("鹅" * 30, "zh-CN"),
    "nuwa": ("女娲补天", "zh-CN"),
    "primer": ("ɑ o e", "zh-CN"),
    "robots": ("机器人 3D 打印（上）", "zh-CN"),
}


def _book(stage: str, subject: str, edition: str, grade: int, titles: list[str]) -> tuple[str, str]:
    """Path and text of a textbook with a lesson of each title."""
    id = f"{subject}-{edition}-{grade}a"
    name = f"{'数学' if subject == 'mathematics' else '语文'} {'零一二三四五六七'[grade]}年级上册"
    lessons = "".join(f"      - {{id: {id}-{number:02}, title: {title}}}\n" for number, title in enumerate(titles, 1))
    text = (
        f"id: {id}\ntitle: {name}\nstage: {stage}\nsubject: {subject}\nedition: {edition}\ngrade: {grade}\n"
        f"volume: first\npublisher: 示例\nlanguage: zh-CN\nunits:\n  - title: 第一单元\n    lessons:\n{lessons}"
    )
    return f"content/textbooks/{stage}/{subject}/{id}.yaml", text


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built catalogue."""
    files = {"content/vocabulary.yaml": VOCABULARY}
    files |= dict(_book(*facets, titles) for facets, titles in LESSONS.items())
    for id, (title, language) in RESOURCES.items():
        head = f"title: {title}\nkind: video\ndate: 2022-03-05\nlanguage: {language}\nstages: [primary]\n"
        files[f"{SECTIONS}/after-school/popular-science/{id}.md"] = f"---\n{head}---\n正文。\n"
    site = make_site(tmp_path_factory.mktemp("finder"), files)
    build(site)
    return site / "public"


def ask(public: Path, query: str, **more: Any) -> dict[str, Any]:
    """What the finder answers."""
    asked = json.dumps([{"query": query, "limit": 50, **more}])
    done = subprocess.run(
        [node(), "-e", SCRIPT, str(FINDER), str(public)],
        input=asked,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,  # for what would take hours, such as letters that can be read in a million ways
    )
    (answer,) = json.loads(done.stdout)
    return dict(answer)


def titles(answer: dict[str, Any]) -> list[str]:
    """The titles of its groups, in their order."""
    return [rows[0]["title"] for rows in answer["groups"]]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("有理数", "有理数"),  # whole before begun
        ("加法", "有理数的加法"),  # within
        ("加法 有理数", "有理数的加法"),  # in any order
        ("数的加", "有理数的加法"),  # across words
        ("勾股定理", "勾股定理"),
        ("ggdl", "勾股定理"),
        ("gougu", "勾股定理"),
        ("goug", "勾股定理"),  # in the middle of a syllable
        ("ggudl", "勾股定理"),  # syllables and first letters mixed
        ("gou gu ding li", "勾股定理"),
        ("ＧＯＵＧＵ", "勾股定理"),
        ("chengzhang", "成长的烦恼"),  # 长 is read zhang here
        ("changjiang", "长江之歌"),  # and chang here
        ("yinyue", "音乐之声"),  # 乐 is read yue here
        ("kuaile", "快乐的节日"),  # and le here
        ("guyue", "鼓乐声声"),
        ("zhangjiangzhige", "长江之歌"),  # 长 can be read so, though not here
        ("gōugǔ dìnglǐ", "勾股定理"),  # with its tones
        ("gou1gu3 ding4li3", "勾股定理"),  # with its tones as numbers
        ("nuwabu", "女娲补天"),  # nü, as a keyboard without ü writes it
        ("aoe", "ɑ o e"),  # as a primer prints it
        ("《勾股定理》", "勾股定理"),
        ("二年级语文书", "语文 二年级上册"),  # what a parent calls a textbook
        ("语文二年级上册的", "语文 二年级上册"),
        ("数学 人教 七年级", "数学 七年级上册"),
        ("勾股定理\ufe0f", "勾股定理"),  # as some keyboards leave it behind
        ("勾古定里", "勾股定理"),  # spelt by sound
        ("长江资歌", "长江之歌"),  # spelt nearly by sound: zi for zhi
        ("鼓月身身", "鼓乐声声"),  # shen for sheng
        ("長江之歌", "长江之歌"),  # traditional
        ("音樂", "音乐之声"),
        ("乾坤", "乾坤大挪移"),  # a traditional character that is written today as well
        ("kite", "放风筝"),  # by its other title
        ("flying kite", "放风筝"),
        ("باھار", "باھار كەلدى"),
        ("3d打印", "机器人 3D 打印（上）"),
    ],
)
def test_a_title_is_found_first_however_it_is_asked_for(public: Path, query: str, first: str) -> None:
    assert titles(ask(public, query))[0] == first


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("加法", ["加法"]),
        ("gouguding", ["勾股定"]),
        ("ggdl", ["勾股定理"]),
        ("加法 有理", ["有理", "加法"]),
        ("音樂", ["音乐"]),
        ("３Ｄ打印", ["3D", "打印"]),
        ("flying", []),  # stands in its other title
    ],
)
def test_what_was_asked_for_is_marked_in_a_title_also_where_it_is_spelt(
    public: Path, query: str, marked: list[str]
) -> None:
    row = ask(public, query)["groups"][0][0]
    assert [row["title"][start:end] for start, end in row["marks"]] == marked


def test_words_of_the_vocabularies_narrow_wherever_they_stand(public: Path) -> None:
    for query in (
        "七年级 数学 人教版 上册",
        "七年级数学人教版上册",
        "人教版7年级 数学",
        "人教 版 七 年级 数学",  # as it may come out of a keyboard
        "人教版七上数学",
        "7上数学 人教版",
    ):
        assert titles(ask(public, query)) == ["数学 七年级上册", "有理数的加法", "数轴"]
    assert titles(ask(public, "人教版数轴")) == ["数轴"]
    assert titles(ask(public, "人教版勾股定理")) == []


def test_other_names_of_a_word_of_the_vocabularies_mean_the_same(public: Path) -> None:
    for query in ("部编版 勾股定理", "统编版 勾股定理", "部编版勾股定理", "tb1勾股定理", "勾股定理tb1"):
        assert titles(ask(public, query)) == ["勾股定理"]
    assert ask(public, "部编版 勾股定理")["words"]["titles"]["edition"]["unified"] == "统编版"  # as it is shown


def test_the_short_name_of_an_edition_is_taken_for_it_beside_others_or_where_no_title_has_it(public: Path) -> None:
    for query in ("人教 数学", "人教"):
        editions = ask(public, query)["counts"]["edition"]
        assert editions.keys() == {"pep"}
    assert ask(public, "部编")["counts"]["edition"].keys() == {"unified"}


def test_a_title_that_holds_a_word_of_the_vocabularies_is_found_as_a_title_too(public: Path) -> None:
    assert "语文园地一" in titles(ask(public, "语文园地"))


def test_a_lesson_in_two_textbooks_is_one_group_that_begins_with_the_readers_edition(public: Path) -> None:
    (rows,) = ask(public, "有理数的加法")["groups"]
    assert len(rows) == 2
    (rows,) = ask(public, "有理数的加法", edition="pep")["groups"]
    assert rows[0]["address"] == "textbooks/mathematics-pep-7a/mathematics-pep-7a-01.html"


def test_lessons_of_the_same_title_in_different_grades_are_different_ones(public: Path) -> None:
    groups = ask(public, "日积月累")["groups"]
    assert [[row["facets"]["grade"] for row in rows] for rows in groups] == [[[1], [1]], [[2]]]


def test_a_syllable_that_is_whole_comes_before_one_that_is_only_begun(public: Path) -> None:
    assert titles(ask(public, "mianji")) == ["圆的面积", "平面镜成像"]  # jing begins with ji


def test_a_grade_finds_the_textbooks_of_its_stage_where_none_of_these_tells_its_grade(tmp_path: Path) -> None:
    books = dict(_book(*facets, titles) for facets, titles in LESSONS.items())
    files = {path: text.replace("grade: 7\n", "") if "mathematics" in path else text for path, text in books.items()}
    site = make_site(tmp_path, {"content/vocabulary.yaml": VOCABULARY, **files})
    build(site)
    for query in ("七年级 有理数", "七年级数学 有理数"):
        answer = ask(site / "public", query)
        assert titles(answer) == ["有理数", "有理数的加法"]
        assert answer["counts"]["grade"] == {}  # nothing is said to be of a grade that does not say so itself
    assert ask(site / "public", "一年级 长江之歌")["total"] == 0


@pytest.mark.parametrize(
    ("query", "first", "some"),
    [
        ("有理数加法", "有理数的加法", False),
        ("数学有理数加法", "有理数的加法", False),
        ("勾股定理试卷", "勾股定理", True),
        ("长江之歌的知识点", "长江之歌", True),
        ("勾股定理 qqqq", "勾股定理", True),
        ("人教版 勾股定理", "勾股定理", True),  # which the other edition has
        ("勾股定理毕达哥拉斯", "勾股定理", True),  # a title and who it is by
        ("《勾股定理》毕达哥拉斯", "勾股定理", True),
        ("桥 谈歌", "桥", True),  # a title of one character
        ("桥的课文", "桥", True),
        ("《桥》课件", "桥", True),
        ("二年级语文期末", "语文 二年级上册", True),  # all but one word says which pages are wanted
        ("二年级语文期末卷 上册", "语文 二年级上册", True),
    ],
)
def test_a_question_that_nothing_meets_is_taken_apart(public: Path, query: str, first: str, some: bool) -> None:
    assert ask(public, query)["total"] == 0
    answer = ask(public, query, some=True)
    assert (titles(answer)[0], answer["some"]) == (first, some)


def test_a_title_of_several_lines_is_one_and_each_title_leads_to_its_own_page(tmp_path: Path) -> None:
    head = '---\ntitle: {}\nkind: video\ndate: 2022-03-05\nsummary: {{zh-CN: "一\\n二"}}\n---\n正文。\n'
    written = {"first": '"上一行\\n下一行"', "second": "|\n  山上\n  山下", "third": "河边"}
    folder = f"{SECTIONS}/after-school/popular-science"
    site = make_site(tmp_path, {f"{folder}/{id}.md": head.format(title) for id, title in written.items()})
    build(site)
    for query, title, id in (
        ("下一行", "上一行 下一行", "first"),
        ("山下", "山上 山下", "second"),
        ("河边", "河边", "third"),
    ):
        [[row]] = ask(site / "public", query)["groups"]
        assert (row["title"], Path(row["address"]).stem) == (title, id)


def test_of_a_kind_that_there_is_not_what_is_nearest_is_shown(public: Path) -> None:
    assert ask(public, "二年级 数学")["total"] == 0
    answer = ask(public, "二年级 数学", some=True)
    assert (titles(answer)[:2], answer["some"]) == (["数学", "数学 七年级上册"], True)
    assert ask(public, "atb1勾股定理", some=True)["total"] == 0


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("勾股定律", "勾股定理"),
        ("长江之水", "长江之歌"),
        ("女娲补灭", "女娲补天"),
        ("有理轴的加法", "有理数的加法"),
        ("勾股定律 数学", "勾股定理"),
    ],
)
def test_a_word_with_one_wrong_character_finds_what_was_meant(public: Path, query: str, first: str) -> None:
    assert ask(public, query)["total"] == 0
    answer = ask(public, query, some=True)
    assert titles(answer)[0] == first
    assert (answer["near"], answer["some"]) == (True, False)
    assert answer["groups"][0][0]["marks"]


def test_a_wrong_character_and_words_for_a_kind_that_there_is_not_lead_to_what_was_meant(public: Path) -> None:
    answer = ask(public, "勾股定律视频", some=True)
    assert (titles(answer)[0], answer["near"], answer["some"]) == ("勾股定理", False, True)


@pytest.mark.parametrize("query", ["数学家的故事", "之歌唱祖国", "qqqq", "勾二定律", "勾二", "江歌", "长江水歌唱"])
def test_what_is_hardly_there_is_not_taken_for_it(public: Path, query: str) -> None:
    assert ask(public, query, some=True)["total"] == 0


def test_counts_say_what_each_choice_would_show(public: Path) -> None:
    answer = ask(public, "有理数")
    assert answer["total"] == 3
    assert answer["counts"]["edition"] == {"unified": 2, "pep": 1}
    chosen = ask(public, "有理数", filters={"edition": ["pep"]})
    assert chosen["total"] == 1
    assert chosen["counts"]["edition"] == {"unified": 2, "pep": 1}  # what choosing the other instead would show
    assert chosen["counts"]["grade"] == {"7": 1}
    both = ask(public, "有理数", filters={"edition": ["pep", "unified"], "grade": [7]})
    assert both["total"] == 3


def test_filters_that_leave_nothing_say_what_dropping_each_would_bring(public: Path) -> None:
    answer = ask(public, "数轴", filters={"edition": ["unified"]})
    assert (answer["total"], answer["without"]) == (0, {"edition": 1, "all": 1})


@pytest.mark.parametrize("query", ["e" * 29 + "x", "zzzz", "不存在的课", "gougux", "……", "（", "", "身身"])
def test_what_is_not_there_is_not_found(public: Path, query: str) -> None:
    assert ask(public, query)["total"] == 0


def test_what_sounds_alike_is_said_to_be_only_that(public: Path) -> None:
    for query in ("勾古定里", "长江资歌", "zhangjiangzhige"):
        assert ask(public, query)["alike"] is True
    assert ask(public, "勾股定理")["alike"] is False


@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize("moment", [1, 2, 3, 4, 5])
def test_every_answer_is_of_one_version_whenever_another_is_published(public: Path, moment: int, keeps: bool) -> None:
    found = answered(public, "声", moment, keeps)
    marks = [{title[0] for title in titles} for _, titles in found["told"]]
    assert max(map(len, marks)) == 1
    state, last = found["told"][-1]
    assert (state, sorted(title[1:] for title in last)) == ("ready", ["音乐之声", "鼓乐声声"])
    is_new = moment == 1 or (moment <= len(index_of(public)["packs"]) + 1 and not keeps)
    assert marks[-1] == {"新" if is_new else "旧"}
    assert found["asked"].count("search/index.js") == (2 if is_new and moment > 1 else 1)


@pytest.mark.parametrize("keeps", [True, False])
def test_what_is_known_of_characters_is_asked_for_by_the_new_list_where_it_is_gone(public: Path, keeps: bool) -> None:
    packs = len(index_of(public)["packs"])
    found = answered(public, "鼛鼓", packs + 2, keeps)  # which is in no title
    assert found["told"][-1] == ["ready", []]
    names = [address[0] + address[1:].split("/")[-1].split(".")[0] for address in found["asked"]]
    tables = [name for name in names if name[1:] in {"readings", "traditional"}]
    kept = ["旧traditional", "旧readings"]
    assert tables[-2:] == (kept if keeps else ["新traditional", "新readings"])
    assert tables[:-2] == ([] if keeps else kept[:1])


def answered(public: Path, query: str, moment: int, keeps: bool) -> dict[str, Any]:
    """What a desk asks for and tells, while another version is published with its request of some number."""
    arguments = [str(FINDER), str(public), str(moment), json.dumps(keeps), query]
    done = subprocess.run([node(), "-e", DESK, *arguments], capture_output=True, encoding="utf-8", check=True)
    return dict(json.loads(done.stdout))


def index_of(public: Path) -> dict[str, Any]:
    """The list of packs."""
    return dict(json.loads((public / "search/index.js").read_text(encoding="utf-8")[len("finder.index(") : -2]))
