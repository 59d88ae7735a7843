"""What stands on the pages of each type."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from built import Tree, main_text, texts, words
from counting import Counts, count, read
from fixtures import build_tree
from small_site import HOSTILE, POEMS, write


@pytest.fixture(scope="module")
def counted(real: Tree) -> Counts:
    """Counts of the repository's own content."""
    return count(real.site)


def facts(root: Any) -> dict[str, str]:
    """The facts beside a text, by their names."""
    rows = root.xpath("//main//dl/div")
    return {words(row.xpath("dt")[0]): words(row.xpath("dd")[0]) for row in rows}


def numbers(text: str) -> list[int]:
    """The numbers in a text, their thousands set apart or not."""
    return [int(number.replace(",", "").replace("\u202f", "")) for number in re.findall(r"\d[\d,\u202f]*", text)]


def test_home_shows_the_stages_and_every_section_with_its_columns_and_count(real: Tree, counted: Counts) -> None:
    root = real.page("index.html")
    stages = [words(a) for a in root.xpath("//main//ul[@class='stages']//a/span[last()]")]
    named = [stage["title"]["zh-CN"] for stage in read(real.site / "content/vocabulary.yaml")["stages"]]
    used = {book["stage"] for book in counted.books.values()}
    assert stages == [title for title, id in zip(named, _ids(real, "stages"), strict=True) if id in used]
    boxes = root.xpath("//main//section[contains(@class, 'box')]")
    assert {box.xpath(".//a/@href")[0] for box in boxes} == {f"{id}.html" for id in counted.sections}
    for box in boxes:
        id = box.xpath(".//a/@href")[0].removesuffix(".html")
        shown = set().union(*(ids for column, ids in counted.listed.items() if column.startswith(f"{id}/")))
        books = "textbooks" in [layout for column, layout in counted.columns.items() if column.startswith(f"{id}/")]
        total = [len(shown) + counted.all_hours, counted.all_hours] if books else [len(shown)]
        assert len(box.xpath(".//li")) == sum(column.startswith(f"{id}/") for column in counted.columns)
        assert numbers(" ".join(texts(box, "p[@class='facts']"))) == (total if total[0] else []), id


def _ids(tree: Tree, vocabulary: str) -> list[str]:
    return [term["id"] for term in read(tree.site / "content/vocabulary.yaml")[vocabulary]]


def test_home_counts_all_resources_class_hours_and_textbooks(real: Tree, counted: Counts) -> None:
    shown = facts(real.page("index.html"))
    assert {name: numbers(value) for name, value in shown.items()} == {
        "资源": [counted.everything],
        "课时": [counted.all_hours],
        "教材": [len(counted.books)],
    }


@pytest.mark.parametrize("page", ["index.html", "figures.html"])
def test_each_sum_says_how_much_of_it_is_what_a_reader_may_take_it_for(real: Tree, counted: Counts, page: str) -> None:
    assert counted.with_material < counted.all_hours  # most lessons of the catalogue are known by their titles alone
    assert texts(real.page(page), "//main//dl[@class='sums']//dd[@class='facts']") == [
        f"{counted.resources.total():,}份收在栏目里，其余是课时",
        f"{counted.with_material:,}课时已有材料",
        f"{sum(hours > 0 for hours in counted.hours.values()):,}册已有目录",
    ]


def test_a_section_shows_its_summary_and_its_columns_in_their_order(small: Tree) -> None:
    root = small.page("study.html")
    assert texts(root, "//main//h1") == ["学习"]
    assert texts(root, "//main//section[contains(@class, 'box')]/*[1]") == ["教材课程", "古诗", "图画"]
    assert "课与诗" in main_text(root)
    assert texts(root, "//main/p[contains(@class, 'dots')]/span") == ["适合学生", "2022年3月1日开设"]


def test_a_column_is_said_to_have_as_many_resources_as_its_list_shows(small: Tree, real: Tree, counted: Counts) -> None:
    box = small.page("study.html").xpath("//main//section[contains(@class, 'box')][.//a[text()='古诗']]")[0]
    assert texts(box, "p[@class='facts']") == [f"{POEMS + 1}份资源"]  # one belongs to another column
    assert f"{POEMS + 1}份资源" in texts(small.page("study/poems.html"), "//main/p[@class='facts']")
    for section in counted.sections:
        root = real.page(f"{section}.html")
        for box in root.xpath("//main//section[contains(@class, 'box')]"):
            name = box.xpath(".//a/@href")[0].removesuffix(".html")
            if counted.columns[name] in ("list", "cards"):
                assert numbers(texts(box, "p[@class='facts']")[0]) == [len(counted.listed[name])], name


def test_figures_count_each_resource_once_and_say_so(small: Tree) -> None:
    root = small.page("figures.html")
    rows = _table(root, "各栏目的资源")
    assert (rows["古诗"], rows["图画"]) == (POEMS, 2)
    assert "列在几个栏目里的资源，只在它所属的栏目数一次" in main_text(root)


def test_tables_of_the_same_thing_have_the_total_that_stands_at_the_top(small: Tree, real: Tree) -> None:
    for tree in (small, real):
        root = tree.page("figures.html")
        top = {name: numbers(value)[0] for name, value in facts(root).items()}
        totals: dict[str, set[int]] = {}
        for table in root.xpath("//main//table"):
            counts = words(table.xpath("caption")[0]).rpartition("的")[2]
            totals.setdefault(counts, set()).update(numbers(words(table.xpath("tfoot//td")[0])))
        assert totals == {name: {top[name]} for name in ("资源", "课时", "教材")}


def test_a_column_lists_its_resources_newest_first_over_its_pages(small: Tree) -> None:
    pages = [small.page(address) for address in ("study/poems.html", "study/poems/2.html", "study/poems/3.html")]
    shown = [[h.rpartition("/")[2] for h in page.xpath("//main//ul[@class='rows']//a/@href")] for page in pages]
    poems = [f"poem-{number:02}.html" for number in range(POEMS, 0, -1)]
    expected = ["mountain.html", *poems]  # of March, and listed here as well
    assert shown == [expected[:5], expected[5:10], expected[10:]]
    assert "study/poems/4.html" not in small.files


def test_the_pages_of_a_list_are_told_apart_and_lead_to_one_another(small: Tree) -> None:
    root = small.page("study/poems/2.html")
    assert texts(root, "//main//h1") == ["古诗（第2页）"]
    assert "第2页" in words(root.xpath("//title")[0])
    pager = root.xpath("//nav[contains(@class, 'pager')]")[0]
    assert pager.xpath(".//a[@rel='prev']/@href") == ["../../study/poems.html"]
    assert pager.xpath(".//a[@rel='next']/@href") == ["../../study/poems/3.html"]
    assert [words(a) for a in pager.xpath(".//a[@aria-current='page']")] == ["2"]


def test_a_resource_shows_its_text_facts_licence_source_and_assets(small: Tree) -> None:
    root = small.page("study/pictures/mountain.html")
    assert texts(root, "//h1") == [" ".join(HOSTILE.split())]
    shown = facts(root)
    assert shown["来源"] == "测试来源"
    assert shown["作者"] == "李敏（测试学校）"
    assert shown["学段"] == "小学"
    assert shown["年级"] == "一年级、二年级"
    assert shown["学科"] == "语文"
    assert shown["适合"] == "学生、教师"
    assert shown["关键词"] == "山、水"
    assert shown["也见于"] == "古诗"
    assert shown["许可"] == "署名相同方式共享 4.0"
    assert root.xpath("//main//dd/a[contains(@href, 'by-sa')]/@href") == [
        "https://creativecommons.org/licenses/by-sa/4.0/"
    ]
    assert root.xpath("//time/@datetime") == ["2022-03-05"]
    text = main_text(root)
    assert "2022年3月5日" in text
    assert "更新于2022年3月20日" in text
    assert "山里的一天" in text
    assert root.xpath("//video/source/@src") == ["https://media.example.org/mountain.mp4"]
    assert root.xpath("//video//track/@srclang") == ["zh-CN"]
    assert root.xpath("//video//track/@src") == ["https://media.example.org/mountain.vtt"]
    assert root.xpath("//figcaption//a[text()='简体中文']/@href") == ["https://media.example.org/mountain.vtt"]
    assert texts(root, "//figcaption/span/span") == ["MP4", "12:30", "48.2 MB", "字幕：简体中文", "在其他网站"]
    worksheet = root.xpath("//p[@class='file']/a[@download]/@href")
    (published,) = (small.resolve("study/pictures/mountain.html", value)[0] for value in worksheet)
    assert small.bytes(published) == (small.site / "content/sections/study/pictures/mountain.pdf").read_bytes()
    assert texts(root, "//section[@class='apart']/h2") == ["教师用"]
    assert texts(root, "//section[@class='apart']//a") == ["教学设计"]
    assert root.xpath("//section[@class='apart']//a/@href") == ["https://media.example.org/plan.docx"]
    assert [texts(row, "th | td") for row in root.xpath("//main//table//tr")] == [["站", "时间"], ["山脚", "8"]]
    assert root.xpath("//main//a[text()='第一首']/@href") == ["../../study/poems/poem-01.html"]
    assert root.xpath("//main//a[text()='下文']/@href") == ["#路线"]


def test_what_would_have_to_be_played_without_encryption_is_a_link(small_site: Path) -> None:
    write(
        small_site / "content/sections/study/poems/poem-01.md",
        "---\ntitle: 听诗\nkind: video\ndate: 2022-01-01\nassets:\n"
        "  - {type: video, url: http://media.example.org/plain.mp4}\n"
        "  - {type: audio, url: https://media.example.org/safe.mp3}\n---\n听。\n",
    )
    root = build_tree(small_site, small_site / "public").page("study/poems/poem-01.html")
    assert root.xpath("//video | //audio/source/@src") == ["https://media.example.org/safe.mp3"]
    assert root.xpath("//p[@class='file']/a/@href") == ["http://media.example.org/plain.mp4"]


@pytest.mark.parametrize(
    ("asset", "stands_in_the_player"),
    [
        ("{type: video, url: https://media.example.org/v.mp4}", True),
        ("{type: video, url: https://media.example.org/v.mp4, captions: [{language: zh-CN, file: c.vtt}]}", False),
        ("{type: audio, url: https://media.example.org/a.mp3}", False),
        ("{type: worksheet, url: https://media.example.org/w.pdf}", False),
    ],
)
def test_a_cover_is_shown_once_and_said_in_words(small_site: Path, asset: str, stands_in_the_player: bool) -> None:
    folder = small_site / "content/sections/study/pictures"
    write(folder / "c.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n山\n")
    write(
        folder / "covered.md",
        "---\ntitle: 有封面的\nkind: video\ndate: 2022-01-01\ncover: {file: mountain.png, alt: 一座山}\n"
        f"assets:\n  - {asset}\n---\n看。\n",
    )
    root = build_tree(small_site, small_site / "public").page("study/pictures/covered.html")
    assert [bool(root.xpath("//video/@poster")), bool(root.xpath("//main//picture"))] == [
        stands_in_the_player,
        not stands_in_the_player,
    ]
    assert root.xpath("//main//picture//img/@alt") + texts(root, "//figcaption/span[@class='unseen']") == [
        "封面：一座山" if stands_in_the_player else "一座山"
    ]


def test_a_resource_leads_to_its_neighbours_in_the_list(small: Tree) -> None:
    root = small.page("study/poems/poem-06.html")
    assert root.xpath("//a[@rel='prev']/@href") == ["../../study/poems/poem-07.html"]
    assert root.xpath("//a[@rel='next']/@href") == ["../../study/poems/poem-05.html"]


@pytest.mark.parametrize("id", ["poem-draft", "poem-later", "poem-expired"])
def test_what_is_not_published_today_is_nowhere_in_the_tree(small: Tree, id: str) -> None:
    assert [address for address in small.files if id in address] == []
    named = [a for a in small.files if a.endswith((".html", ".json", ".xml")) and id.encode() in small.bytes(a)]
    assert named == []


def test_the_breadcrumbs_of_a_resource_name_its_section_and_column(small: Tree) -> None:
    root = small.page("study/poems/poem-01.html")
    crumbs = root.xpath("//nav[contains(@class, 'crumbs')]")[0]
    assert texts(crumbs, ".//li")[-2:] == ["学习", "古诗"]
    assert crumbs.xpath(".//a/@href")[-2:] == ["../../study.html", "../../study/poems.html"]


def test_the_page_can_be_edited_where_its_file_lies(small: Tree) -> None:
    root = small.page("study/poems/poem-01.html")
    edit = root.xpath("//a[contains(@href, 'git.example.org')]/@href")
    assert edit == ["https://git.example.org/edit/content/sections/study/poems/poem-01.md"]


def test_a_stage_shows_its_subjects_with_editions_and_number_of_books(small: Tree) -> None:
    root = small.page("curriculum/primary.html")
    assert texts(root, "//h1") == ["小学"]
    subject = root.xpath("//ul[@class='subjects']/li")
    assert [texts(li, ".//a") for li in subject] == [["语文"]]
    assert "2册教材" in words(subject[0])
    assert "统编版" in words(subject[0])


def test_a_subject_shows_its_books_by_edition(small: Tree) -> None:
    root = small.page("curriculum/primary/chinese.html")
    assert texts(root, "//main//section/h2") == ["统编版"]
    assert texts(root, "//ul[@class='books']//h3") == ["语文 一年级上册", "语文 一年级下册"]
    assert "4课时" in words(root.xpath("//ul[@class='books']/li")[0])


def test_a_textbook_shows_its_units_and_lessons_in_their_order(small: Tree) -> None:
    root = small.page("textbooks/chinese-1a.html")
    assert texts(root, "//section[@class='unit']/h3") == ["第一单元 识字", "第二单元 阅读"]
    lessons = [li.xpath("a[1]")[0] for li in root.xpath("//section[@class='unit']/ol/li")]
    assert [words(a) for a in lessons] == ["天地人", "金木水火土", "秋天"]
    assert [a.get("href") for a in lessons] == [f"../textbooks/chinese-1a/chinese-1a-0{n}.html" for n in (1, 2, 3)]
    assert texts(root, "//section[@class='unit']//li//li") == ["第一课时", "第二课时"]
    shown = facts(root)
    assert (shown["出版社"], shown["年级"], shown["册次"]) == ("测试出版社", "一年级", "上册")
    assert "新版" in main_text(root)
    assert "统编版" in main_text(root)
    assert root.xpath("//main//nav[last()]//a/@href") == ["../textbooks/chinese-1b.html"]


def test_books_of_a_series_are_told_apart_by_their_generation(small: Tree) -> None:
    root = small.page("textbooks/chinese-1b.html")
    assert texts(root, "//main//nav[last()]//a") == ["语文 一年级上册 新版"]


def test_a_textbook_without_lessons_says_so(small: Tree) -> None:
    assert "还没有单元和课" in main_text(small.page("textbooks/chinese-1b.html"))


def test_every_lesson_of_the_catalogue_stands_in_its_textbook_once_and_in_order(real: Tree, counted: Counts) -> None:
    for id, book in counted.books.items():
        hrefs = real.page(f"textbooks/{id}.html").xpath("//section[@class='unit']/ol/li/a[1]/@href")
        lessons = [lesson["id"] for unit in book.get("units", []) for lesson in unit.get("lessons", [])]
        assert hrefs == [f"../textbooks/{id}/{lesson}.html" for lesson in lessons]


def test_a_lesson_has_a_tab_for_each_class_hour(small: Tree) -> None:
    for number, name in ((1, "chinese-1a-01"), (2, "chinese-1a-01-2")):
        tabs = small.page(f"textbooks/chinese-1a/{name}.html").xpath("//nav[contains(@class, 'tabs')]//a")
        assert [words(tab) for tab in tabs] == ["第一课时", "第二课时"]
        assert [place for place, tab in enumerate(tabs, 1) if tab.get("aria-current")] == [number]


def test_a_lesson_shows_its_teacher_time_summary_and_assets(small: Tree) -> None:
    root = small.page("textbooks/chinese-1a/chinese-1a-01.html")
    text = main_text(root)
    for part in ("张伟（第一小学）", "20:00", "认识“天、地、人”。", "第一单元 识字"):
        assert part in text
    assert root.xpath("//video/source/@src") == ["https://media.example.org/v/1.m3u8"]
    assert root.xpath("//main//p[@class='file']/a/@href") == [
        "https://media.example.org/f/1a.pdf",
        "https://media.example.org/f/1c.docx",
    ]
    assert "教师用" in words(root.xpath("//section[@class='apart']")[0])
    assert facts(root)["教材"] == "语文 一年级上册"
    assert facts(root)["许可"] == "署名相同方式共享 4.0"


def test_the_time_of_a_class_hour_is_that_of_its_video(real: Tree) -> None:
    shown = 0
    for address in real.of_type("lesson"):
        if not address.startswith("textbooks/sample-"):
            continue
        root = real.page(address)
        times = re.findall(r"时长：([\d:]+)", words(root.xpath("//article/header")[0]))
        if times and (videos := root.xpath("//video/ancestor::figure")):
            assert re.findall(r"\b\d+:\d\d\b", words(videos[0]))[:1] == times
            shown += 1
    assert shown > 5


def test_the_second_class_hour_has_its_own_teacher_and_assets(small: Tree) -> None:
    root = small.page("textbooks/chinese-1a/chinese-1a-01-2.html")
    assert "王芳（第一小学）" in main_text(root)
    assert "张伟" not in main_text(root)
    assert root.xpath("//main//p[@class='file']/a/@href") == ["https://media.example.org/f/2.pptx"]


def test_class_hours_lead_on_and_back_through_the_whole_book(small: Tree) -> None:
    book = "../../textbooks/chinese-1a/chinese-1a-"
    turns = {
        "01": ([], ["01-2"]),
        "01-2": (["01"], ["02"]),
        "02": (["01-2"], ["03"]),
        "03": (["02"], []),
    }
    for name, (previous, following) in turns.items():
        root = small.page(f"textbooks/chinese-1a/chinese-1a-{name}.html")
        assert root.xpath("//main//a[@rel='prev']/@href") == [f"{book}{n}.html" for n in previous]
        assert root.xpath("//main//a[@rel='next']/@href") == [f"{book}{n}.html" for n in following]


def test_the_line_of_an_asset_of_unknown_format_begins_with_what_is_known_of_it(small_site: Path) -> None:
    poem = small_site / "content/sections/study/poems/poem-01.md"
    assets = "assets: [{type: document, url: https://media.example.org/poem, bytes: 2048}]\n"
    write(poem, poem.read_text(encoding="utf-8").replace("---\n", f"---\n{assets}", 1))
    root = build_tree(small_site, small_site / "public").page("study/poems/poem-01.html")
    assert texts(root, "//main//p[@class='file']/span[contains(@class, 'dots')]/span") == ["2 KB", "在其他网站"]


def test_a_lesson_without_assets_says_so(small: Tree) -> None:
    assert "还没有视频和其他材料" in main_text(small.page("textbooks/chinese-1a/chinese-1a-03.html"))


def test_where_nobody_has_said_what_may_be_done_with_a_class_hour_it_says_so(small_site: Path) -> None:
    book = small_site / "content/textbooks/primary/chinese/chinese-1a.yaml"
    write(book, book.read_text(encoding="utf-8").replace("licence: CC-BY-SA-4.0\n", ""))
    tree = build_tree(small_site, small_site / "public")
    assert facts(tree.page("textbooks/chinese-1a/chinese-1a-01.html"))["许可"] == "没有注明"
    assert "许可" not in facts(tree.page("textbooks/chinese-1a/chinese-1a-03.html"))  # there is nothing to do it with


def test_a_topic_shows_its_text_and_what_it_gathers(small: Tree) -> None:
    root = small.page("topics/spring.html")
    assert texts(root, "//h1") == ["春天专题"]
    assert "春天来了。" in main_text(root)
    assert {"../study/pictures.html", "../study/poems/poem-03.html"} <= set(root.xpath("//main//a/@href"))
    assert "topics/spring.html" in small.page("index.html").xpath("//main//a/@href")


@pytest.mark.parametrize("address", ["links.html", "help/sites.html"])
def test_a_linked_site_without_a_known_address_is_a_plain_name(small: Tree, address: str) -> None:
    boxes = small.page(address).xpath("//main//li[contains(@class, 'box')]")
    assert [texts(box, ".//h2") for box in boxes] == [["示例博物馆"], ["没有网址的网站"]]
    assert boxes[0].xpath(".//h2/a/@href") == ["https://museum.example.org/"]
    assert boxes[1].xpath(".//a") == []
    assert "文物" in words(boxes[0])
    assert "2025年12月1日" in words(boxes[0])


def test_a_linked_site_that_nobody_has_verified_is_a_plain_name_that_says_so(small_site: Path) -> None:
    write(small_site / "content/links.yaml", '- {id: hall, title: 示例科技馆, url: "https://hall.example.org/"}\n')
    tree = build_tree(small_site, small_site / "public")
    for address in ("links.html", "help/sites.html"):
        (box,) = tree.page(address).xpath("//main//li[contains(@class, 'box')]")
        assert words(box) == "示例科技馆 没有核实过的网址，只列名称"
        assert box.xpath(".//a") == []


@pytest.mark.parametrize("address", ["hotlines.html", "help/lines.html"])
def test_a_hotline_can_be_dialled_and_a_stale_one_is_withheld(small: Tree, address: str) -> None:
    root = small.page(address)
    assert root.xpath("//main//a[starts-with(@href, 'tel:')]/@href") == ["tel:10101"]
    assert "全天" in main_text(root)
    assert "2025年12月1日" in main_text(root)
    assert [a for a in small.files if b"20202" in small.bytes(a) and a.endswith((".html", ".json"))] == []


def test_every_fresh_hotline_of_the_catalogue_is_shown(real: Tree, counted: Counts) -> None:
    assert len(real.page("hotlines.html").xpath("//main//a[starts-with(@href, 'tel:')]")) == len(counted.hotlines)


def test_an_audience_page_shows_what_is_for_its_readers_alone(small: Tree) -> None:
    students, teachers = (small.page(f"for/{who}.html") for who in ("students", "teachers"))
    assert texts(students, "//h1") == ["学生"]
    assert "../study.html" in students.xpath("//main//a/@href")
    assert "../study.html" not in teachers.xpath("//main//a/@href")
    for root in (students, teachers):
        assert root.xpath("//main//ul[@class='cards']//a/@href") == ["../study/pictures/mountain.html"]


def test_new_shows_the_latest_resources_by_month(small: Tree) -> None:
    root = small.page("new.html")
    assert texts(root, "//main//section/h2") == ["2022年4月", "2022年3月", "2022年1月"]
    rows = root.xpath("//main//section[2]//li//a/@href")
    assert rows == ["study/pictures/mountain.html"]


@pytest.mark.parametrize("page", ["new.html", "index.html", "for/students.html"])
def test_news_shows_the_day_of_the_last_change_and_whether_it_was_new_then(small: Tree, page: str) -> None:
    root = small.page(page)
    days = root.xpath("//main//time/@datetime")
    assert days == sorted(days, reverse=True)
    hrefs = [href.removeprefix("../") for href in root.xpath("//main//li[.//time]//a/@href")]
    shown = dict(zip(hrefs, texts(root, "//main//time"), strict=True))
    assert shown.pop("study/pictures/mountain.html") == "更新于2022年3月20日"
    assert all(text.startswith("发布于") for text in shown.values())


def test_a_list_by_day_of_publication_shows_that_day(small: Tree) -> None:
    assert "2022年3月5日" in texts(small.page("study/pictures.html"), "//main//time")


def test_figures_are_those_that_are_counted_from_the_files(real: Tree, counted: Counts) -> None:
    root = real.page("figures.html")
    sums = {name: numbers(value)[0] for name, value in facts(root).items()}
    assert sums == {
        "资源": counted.everything,
        "课时": counted.all_hours,
        "教材": len(counted.books),
        "版本": len({book["edition"] for book in counted.books.values()}),
        "版块": len(counted.sections),
        "栏目": len(counted.columns),
    }
    by_stage: dict[str, int] = {}
    for id, book in counted.books.items():
        by_stage[book["stage"]] = by_stage.get(book["stage"], 0) + counted.hours[id]
    words_of = read(real.site / "content/vocabulary.yaml")
    assert _table(root, "各学段的课时") == {
        term["title"]["zh-CN"]: by_stage[term["id"]] for term in words_of["stages"] if term["id"] in by_stage
    }
    kinds = {
        term["title"]["zh-CN"]: counted.kinds[term["id"]] for term in words_of["kinds"] if counted.kinds[term["id"]]
    }
    assert _table(root, "各类型的资源") == {**kinds, "课时": counted.all_hours}
    assert len(_table(root, "各栏目的资源")) == len(counted.columns)


def _table(root: Any, caption: str) -> dict[str, int]:
    table = next(t for t in root.xpath("//table") if words(t.xpath("caption")[0]) == caption)
    rows = {words(row.xpath("th")[0]): numbers(words(row.xpath("td")[0]))[0] for row in table.xpath("tbody/tr")}
    assert numbers(words(table.xpath("tfoot//td")[0])) == [sum(rows.values())]
    return rows


def test_operation_shows_every_published_figure_with_its_value(real: Tree) -> None:
    figures = read(real.site / "content/figures.yaml")
    root = real.page("operation.html")
    rows = root.xpath("//table")[-1].xpath("tbody/tr")
    assert len(rows) == len(figures)
    for figure, row in zip(figures, rows, strict=True):
        shown = words(row.xpath("td")[-1]).replace(",", "")
        assert f"{figure['value']:g}" in shown or str(figure["value"]) in shown, figure
    charts = root.xpath("//figure//img")
    assert charts
    for chart in charts:
        assert b"<svg" in real.bytes(chart.get("src"))
        assert chart.get("alt")


def test_a_figure_is_named_with_its_period_in_the_head_of_its_row(real: Tree) -> None:
    rows = real.page("operation.html").xpath("//table/tbody/tr")
    assert rows
    assert all(len(row.xpath("th[@scope='row']/span")) == 2 and len(row.xpath("td")) == 1 for row in rows)


def test_a_figure_says_which_day_it_stands_for_where_its_period_does_not(small_site: Path) -> None:
    figures = small_site / "content/figures.yaml"
    row = "- {metric: resources, value: 28052, unit: count, period: '2022-03', source: seed, as_of: 2022-03-25}\n"
    write(figures, figures.read_text(encoding="utf-8") + row)
    rows = build_tree(small_site, small_site / "public").page("operation.html").xpath("(//table)[last()]/tbody/tr")
    assert [texts(row, ".//small[starts-with(., '截至')]") for row in rows] == [[], [], ["截至2022年3月25日"]]


def test_without_scripts_the_search_page_says_so_and_offers_the_chooser(small: Tree) -> None:
    root = small.page("search.html")
    assert texts(root, "//h1") == ["查找"]
    assert "需要 JavaScript" in texts(root, "//main/noscript")[0]
    assert root.xpath("//main/div[@class='seek']/@hidden")
    assert "curriculum/primary/chinese.html" in root.xpath("//main//a/@href")


def test_a_text_page_shows_its_text(small: Tree) -> None:
    root = small.page("about.html")
    assert "一个用来测试的小目录。" in main_text(root)
    assert root.xpath("//main//a[text()='古诗']/@href") == ["study/poems.html"]


def test_the_page_for_what_is_not_there_offers_home_and_search(small: Tree) -> None:
    root = small.page("404.html")
    hrefs = root.xpath("//main//a/@href")
    assert "/school/catalogue/index.html" in hrefs
    assert "/school/catalogue/search.html" in hrefs
    assert not small.pages["404.html"].indexed


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("study/verses.html", "study/poems.html"),
        ("study/pictures/hill.html", "study/pictures/mountain.html"),
        ("study/poems/poem-retired.html", "study/poems/poem-02.html"),
    ],
)
def test_a_former_address_leads_to_its_successor(small: Tree, address: str, target: str) -> None:
    root = small.page(address)
    assert small.redirects[address] == (target, "301!")
    assert small.resolve(address, root.xpath("//main//p/a/@href")[0])[0] == target
    refresh = root.xpath("//meta[@http-equiv='refresh']/@content")[0]
    assert small.resolve(address, refresh.partition("url=")[2])[0] == target
    assert not small.pages[address].indexed


def test_a_moved_page_says_why_and_since_when(small: Tree) -> None:
    text = main_text(small.page("study/verses.html"))
    assert "栏目改名" in text
    assert "2023年1月1日" in text


def test_what_is_gone_says_so_and_why(small: Tree) -> None:
    root = small.page("study/closed.html")
    assert small.redirects["study/closed.html"][1] == "410!"
    assert root.xpath("//meta[@http-equiv='refresh']") == []
    assert "已经结束" in main_text(root)
    assert texts(root, "//h1") == ["内容已经撤下"]


def test_the_foot_of_every_page_names_the_owner_and_the_licence(small: Tree) -> None:
    for address in small.pages:
        foot = small.page(address).xpath("//body/footer")[0]
        assert "测试学校" in words(foot)
        assert "https://creativecommons.org/licenses/by/4.0/" in foot.xpath(".//a/@href")


def test_a_page_holds_no_count_of_the_whole_catalogue_but_where_it_is_asked_for(real: Tree, counted: Counts) -> None:
    number = re.compile(rf"(?<!\d){counted.everything // 1000},?{counted.everything % 1000:03}(?!\d)")
    showing = {facts.type for address, facts in real.pages.items() if number.search(real.bytes(address).decode())}
    assert showing <= {"home", "section", "figures"}
