"""The content model through the real reader: what is published when, in which order, and how texts are set."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from html import escape, unescape
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sites import BOOK, BRIDGE, GOOSE, SECTIONS, TODAY, build, catalogue, make_site, page, read

from builder.content import commonmark
from builder.content.captions import check_captions
from builder.content.catalogue import Catalogue
from builder.content.markdown import read_markdown
from builder.content.model import (
    Asset,
    Caption,
    Cover,
    FigureForm,
    HourForm,
    LessonForm,
    Teacher,
    TextbookForm,
    UnitForm,
)
from builder.content.plain import read_plain_markdown
from builder.content.prose import MARK, Heading, Prose
from builder.content.records import read_record
from builder.reading.forms import fill_in
from builder.reading.source import UNWANTED, Source

READING = f"{SECTIONS}/after-school/classic-reading"
GOOSE_PAGE = "after-school/classic-reading/goose-song.html"
BRIDGE_PAGE = "after-school/popular-science/paper-bridge.html"


def resource(title: str = "资源", day: str = "2022-03-05", more: str = "", body: str = "正文。") -> str:
    return f"---\ntitle: {title}\nkind: article\ndate: {day}\n{more}---\n{body}\n"


def with_book(**fields: str) -> str:
    """A textbook without assets warnings; fields replace or add lines."""
    lines = {
        "id": "book",
        "title": "语文",
        "stage": "primary",
        "subject": "chinese",
        "edition": "unified",
        "grade": "1",
        "volume": "first",
    } | fields
    asset = "[{type: video, url: https://media.example.org/1.mp4}]"
    units = f"units: [{{title: 单元, lessons: [{{id: {lines['id']}-01, title: 第一课, assets: {asset}}}]}}]\n"
    return "".join(f"{key}: {value}\n" for key, value in lines.items() if value) + units


def book_file(id: str) -> str:
    return f"content/textbooks/primary/chinese/{id}.yaml"


def prose(tmp_path: Path, body: str, more: dict[str, str] | None = None) -> str:
    """The published page of a resource with this text."""
    site = make_site(tmp_path, {f"{READING}/text.md": resource(body=body), **(more or {})})
    build(site)
    return page(site, "after-school/classic-reading/text.html")


def leads_to(text: str, words: str) -> str:
    """Where the link on these words leads from the page of `prose`: from the site's root, or as written."""
    found = re.search(rf'<a href="([^"]*)"[^>]*>{words}</a>', text)
    assert found is not None
    address = unescape(found[1])
    if ":" in address or address.startswith("#"):
        return address
    return posixpath.normpath(posixpath.join("after-school/classic-reading", address))


# ---- what is published on which day


@pytest.mark.parametrize(
    ("more", "first", "last"),
    [
        ("publish: 2022-04-01\n", "2022-04-01", None),
        ("expires: 2022-04-01\n", None, "2022-04-01"),
        ("publish: 2022-04-01\nexpires: 2022-04-01\n", "2022-04-01", "2022-04-01"),
        ("publish: 2022-02-28\nexpires: 2022-03-01\n", "2022-02-28", "2022-03-01"),
    ],
)
def test_a_resource_is_shown_from_its_first_day_to_its_last(
    tmp_path: Path, more: str, first: str | None, last: str | None
) -> None:
    site = make_site(tmp_path, {f"{READING}/timed.md": resource(more=more)})

    def shown(day: date) -> bool:
        return "timed" in read(site, day)[0].resources

    one = timedelta(days=1)
    if first:
        day = date.fromisoformat(first)
        assert (shown(day - one), shown(day)) == (False, True)
    if last:
        day = date.fromisoformat(last)
        assert (shown(day), shown(day + one)) == (True, False)


def test_a_draft_and_a_scheduled_resource_are_seen_with_drafts_only(tmp_path: Path) -> None:
    files = {f"{READING}/draft.md": resource(more="status: draft\n")}
    files |= {f"{READING}/later.md": resource(more="publish: 2023-01-01\n")}
    site = make_site(tmp_path, files)
    assert {"draft", "later"} <= read(site)[0].hidden.keys()
    assert {"draft", "later"} <= read(site, drafts=True)[0].resources.keys()


def test_drafts_do_not_bring_back_what_is_retired_or_expired(tmp_path: Path) -> None:
    files = {f"{READING}/old.md": resource(more="status: retired\n")}
    files |= {f"{READING}/over.md": resource(more="expires: 2022-03-31\n")}
    found, _ = read(make_site(tmp_path, files), drafts=True)
    assert {"old", "over"} <= found.hidden.keys()


def test_a_retired_resource_leads_to_its_successor(tmp_path: Path) -> None:
    site = make_site(tmp_path, {f"{READING}/old.md": resource(more="status: retired\nreplaced_by: goose-song\n")})
    build(site)
    assert "goose-song.html" in page(site, "after-school/classic-reading/old.html")
    assert "/after-school/classic-reading/old.html" in page(site, "_redirects")
    assert "old.html" not in page(site, "after-school/classic-reading.html")


def test_a_link_to_a_retired_resource_leads_straight_to_its_successor(tmp_path: Path) -> None:
    old = {f"{READING}/old.md": resource(more="status: retired\nreplaced_by: goose-song\n")}
    text = prose(tmp_path, "看[旧的](old.md)。", old)
    assert leads_to(text, "旧的") == GOOSE_PAGE


def test_a_retired_resource_without_a_successor_has_no_page(tmp_path: Path) -> None:
    site = make_site(tmp_path, {f"{READING}/old.md": resource(more="status: retired\n")})
    build(site)
    assert not (site / "public/after-school/classic-reading/old.html").exists()
    assert "old.html" not in page(site, "after-school/classic-reading.html")


def test_a_link_to_a_hidden_page_is_shown_as_plain_text(tmp_path: Path) -> None:
    text = prose(tmp_path, "看[以后的](later.md)吧。", {f"{READING}/later.md": resource(more="publish: 2023-01-01\n")})
    assert "看以后的吧。" in text


# ---- lists


def test_a_column_shows_the_newest_first_and_equal_days_by_id(tmp_path: Path) -> None:
    files = {
        f"{READING}/b-old.md": resource(day="2021-01-01"),
        f"{READING}/c-same.md": resource(day="2022-03-05"),
        f"{READING}/a-new.md": resource(day="2022-03-31"),
    }
    found, _ = read(make_site(tmp_path, files))
    ids = [resource.id for resource in found.columns["classic-reading"].resources]
    assert ids == ["a-new", "c-same", "goose-song", "b-old"]


def test_a_cross_listed_resource_stands_in_both_columns_and_has_one_page(site: Path) -> None:
    found, _ = read(site)
    assert [resource.id for resource in found.columns["patriotism"].resources] == ["paper-bridge"]
    assert [resource.id for resource in found.columns["popular-science"].resources] == ["paper-bridge"]
    assert list(found.resources) == ["goose-song", "paper-bridge"]
    build(site)
    assert "../after-school/popular-science/paper-bridge.html" in page(site, "thematic-education/patriotism.html")
    assert not (site / "public/thematic-education/patriotism/paper-bridge.html").exists()


def test_listing_a_resource_twice_in_its_own_column_shows_it_once(tmp_path: Path) -> None:
    more = "also_in: [after-school/classic-reading, after-school/classic-reading]\n"
    found, _ = read(make_site(tmp_path, {f"{READING}/one.md": resource(more=more)}))
    assert [resource.id for resource in found.columns["classic-reading"].resources].count("one") == 1


def test_sections_columns_and_topics_keep_the_order_that_they_say(tmp_path: Path) -> None:
    files = {
        f"{SECTIONS}/after-school/_section.yaml": "title: 课后服务\norder: 9\n",
        f"{SECTIONS}/after-school/classic-reading/_column.yaml": "title: 经典阅读\norder: 5\n",
        "content/topics/a-week.md": "---\ntitle: 后\norder: 2\n---\n",
    }
    found, _ = read(make_site(tmp_path, files))
    assert [section.id for section in found.sections] == ["thematic-education", "after-school"]
    assert [column.id for column in found.sections[1].columns] == ["popular-science", "classic-reading"]
    assert [topic.id for topic in found.topics] == ["reading-week", "a-week"]


def test_a_topic_gathers_columns_and_what_is_published_today(tmp_path: Path) -> None:
    files = {
        f"{READING}/later.md": resource(more="publish: 2023-01-01\n"),
        "content/topics/reading-week.md": "---\ntitle: 周\ngathers: [later, paper-bridge, classic-reading]\n---\n",
    }
    (topic,) = read(make_site(tmp_path, files))[0].topics
    assert [resource.id for resource in topic.resources] == ["paper-bridge"]
    assert [column.id for column in topic.columns] == ["classic-reading"]


# ---- textbooks


def test_each_class_hour_counts_and_has_a_page_of_its_own(site: Path) -> None:
    found, _ = read(site)
    (book,) = found.textbooks.values()
    assert [lesson.hours for _, lesson in book.lessons] == [2, 1]
    assert found.class_hours == 3
    build(site)
    pages = {path.name for path in (site / "public/textbooks/chinese-1a").glob("*.html")}
    assert pages == {"chinese-1a-01.html", "chinese-1a-01-2.html", "chinese-1a-02.html"}


def test_a_lesson_with_one_class_hour_writes_it_on_itself(tmp_path: Path) -> None:
    book = "id: book\ntitle: 语文\nstage: primary\nsubject: chinese\nedition: unified\nvolume: first\nunits:\n"
    book += "- title: 一\n  lessons:\n  - {id: one, title: 课, teacher: {name: 甲}, duration: PT20M, summary: 说明}\n"
    record = read_record("textbook", book_file("book"), book.encode())
    (hour,) = record.value.units[0].lessons[0].hours
    assert hour.form.teacher is not None
    assert (hour.number, hour.form.teacher.name, hour.form.duration) == (1, "甲", 1200)
    assert hour.summary.html == "<p>说明</p>\n"


@pytest.mark.parametrize(
    ("written", "grades"), [("1", (1,)), ("[1, 2]", (1, 2)), ("", ()), ("'2'", (2,)), ("[2]", (2,))]
)
def test_a_book_may_have_one_grade_several_or_none(tmp_path: Path, written: str, grades: tuple[int, ...]) -> None:
    found, problems = read(make_site(tmp_path, {book_file("book"): with_book(grade=written)}))
    assert problems == []
    assert found.textbooks["book"].grades == grades


def test_two_books_may_share_all_five_facets(tmp_path: Path) -> None:
    files = {book_file(id): with_book(id=id, generation=age) for id, age in (("b-old", "old"), ("b-new", "new"))}
    files |= {book_file("b-third"): with_book(id="b-third")}
    site = make_site(tmp_path, files)
    found, problems = read(site)
    assert problems == []
    assert [id for id in found.textbooks if id != "chinese-1a"] == ["b-new", "b-old", "b-third"]
    build(site)
    chooser = page(site, "curriculum/primary/chinese.html")
    assert all(f"textbooks/{id}.html" in chooser for id in ("b-old", "b-new", "b-third", "chinese-1a"))


def test_books_stand_by_grade_and_volume_and_those_without_a_grade_last(tmp_path: Path) -> None:
    facets = {"z": ("", "first"), "y": ("1", "second"), "x": ("[1, 2]", "first"), "w": ("2", "first")}
    files = {book_file(id): with_book(id=id, grade=grade, volume=volume) for id, (grade, volume) in facets.items()}
    found, _ = read(make_site(tmp_path, files | {BOOK: None}))
    assert list(found.textbooks) == ["y", "x", "w", "z"]


# ---- hotlines, languages, attachments


@pytest.mark.parametrize(("days", "shown"), [(0, True), (365, True), (366, False)])
def test_a_hotline_verified_too_long_ago_is_withheld_from_the_pages(tmp_path: Path, days: int, shown: bool) -> None:
    day = (TODAY - timedelta(days=days)).isoformat()
    lines = f"- {{id: line, title: 示例热线, number: '98765', verified_on: {day}}}\n"
    site = make_site(tmp_path, {"content/hotlines.yaml": lines})
    build(site)
    assert any("98765" in path.read_text("utf-8") for path in (site / "public").rglob("*.html")) == shown


def test_the_age_that_a_hotline_may_have_is_a_setting(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    with (site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("hotlines_max_age_days: 30\n")
    assert read(site)[0].hotlines == ()


@pytest.mark.parametrize(
    ("title", "shown", "language"),
    [
        ("{zh-CN: 咏鹅, en: Goose}", "咏鹅", None),
        ("{en: Goose, ug: غاز}", "Goose", "en"),
        ("{ug: غاز}", "غاز", "ug"),
        ("咏鹅", "咏鹅", None),
        ("1984", "1984", None),
        ("2022-03-05", "2022-03-05", None),
        ("12:30", "12:30", None),
        ("no", "no", None),
    ],
)
def test_a_title_is_shown_in_the_sites_language_or_the_next_one_there_is(
    tmp_path: Path, title: str, shown: str, language: str | None
) -> None:
    site = make_site(tmp_path, {f"{READING}/titled.md": resource(title)})
    build(site)
    heading = re.search(r"<h1([^>]*)>(.*?)</h1>", page(site, "after-school/classic-reading/titled.html"), re.DOTALL)
    assert heading is not None
    assert shown in heading[2]
    said = re.search(r'lang="([^"]+)"', heading[0])
    assert (said and said[1]) == language


def test_a_title_in_a_right_to_left_script_says_its_direction(tmp_path: Path) -> None:
    site = make_site(tmp_path, {f"{READING}/titled.md": resource("{ug: غاز}")})
    build(site)
    assert re.search(r'<[^>]*lang="ug"[^>]*dir="rtl"', page(site, "after-school/classic-reading/titled.html"))


def test_a_file_that_a_record_names_is_published_and_linked(site: Path) -> None:
    build(site)
    link = re.search(
        r'href="(\.\./\.\./assets/[^"]*paper-bridge[^"]*\.pdf)"',
        page(site, "after-school/popular-science/paper-bridge.html"),
    )
    assert link is not None
    copy = site / "public/after-school/popular-science" / link[1]
    assert copy.resolve().read_bytes() == (site / BRIDGE).with_suffix(".pdf").read_bytes()


def test_a_web_page_that_a_record_names_is_a_file_and_counts_as_no_page(site: Path) -> None:
    def pages() -> int:
        build(site, "--report", str(site / "report.json"))
        return int(json.loads((site / "report.json").read_text(encoding="utf-8"))["pages"])

    before = pages()
    (site / READING / "game.html").write_bytes(b"<!doctype html>")
    with (site / GOOSE).open("a", encoding="utf-8") as goose:
        goose.write("\n[玩一玩](game.html)\n")
    assert pages() == before
    assert list((site / "public/assets").rglob("game.*.html"))


def test_a_file_that_cannot_be_read_is_told_and_the_others_too(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, closed = Path.open, (site / BRIDGE).with_suffix(".pdf")

    def opened(path: Path, *given: Any, **more: Any) -> Any:
        if path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *given, **more)

    monkeypatch.setattr(Path, "open", opened)
    result = catalogue(site, "check", "--format", "concise")
    assert result.exit_code == 1
    assert (
        f"{closed.relative_to(site).as_posix()}: 错误[unreadable-file] 无法读取这个文件：没有读取权限" in result.output
    )


def test_a_file_that_no_record_names_is_not_published(tmp_path: Path) -> None:
    site = make_site(tmp_path, {f"{READING}/notes.txt": "只给编辑看"})
    build(site)
    assert not [path for path in (site / "public").rglob("*") if "notes" in path.name]


def test_hidden_files_of_editors_and_systems_are_passed_over(tmp_path: Path) -> None:
    files = {f"{READING}/.goose.md.swp": "x", "content/.DS_Store": "x", f"{READING}/Thumbs.db": "x"}
    files |= {f"{READING}/Desktop.ini": "x", "content/THUMBS.DB": "x"}
    assert catalogue(make_site(tmp_path, files), "check", "--strict").output == ""


# ---- front matter


def test_a_file_with_windows_line_ends_makes_the_same_page(tmp_path: Path) -> None:
    body = "第一行\n第二行\n\n- 甲\n- 乙\n\n```\n代码\n  缩进\n```"
    lf = prose(tmp_path / "lf", body)
    site = make_site(tmp_path / "crlf", {f"{READING}/text.md": resource(body=body).replace("\n", "\r\n").encode()})
    build(site)
    assert page(site, "after-school/classic-reading/text.html") == lf


def test_three_hyphens_in_the_text_are_a_rule_and_end_nothing(tmp_path: Path) -> None:
    text = prose(tmp_path, "上\n\n---\n\n下")
    assert re.search(r"<p>上</p>\s*<hr ?/?>\s*<p>下</p>", text)


@pytest.mark.parametrize("ending", ["---", "---\n", "---\n\n\n", "---\n \n"])
def test_a_resource_may_have_no_text(tmp_path: Path, ending: str) -> None:
    text = f"---\ntitle: 空\nkind: article\ndate: 2022-03-05\n{ending}"
    found, problems = read(make_site(tmp_path, {f"{READING}/empty.md": text}))
    assert problems == []
    assert found.resources["empty"].opening == ""
    assert read_record("resource", f"{READING}/empty.md", text.encode()).value.body.html == ""


# ---- Markdown


def test_headings_begin_below_the_title_and_have_anchors_in_any_script(tmp_path: Path) -> None:
    text = prose(tmp_path, "# 读一读\n\n## Step 1：准备\n\n# 读一读\n\n# ！？")
    assert '<h2 id="读一读">读一读</h2>' in text
    assert '<h3 id="step-1-准备">Step 1：准备</h3>' in text
    assert '<h2 id="读一读-1">读一读</h2>' in text
    assert '<h2 id="section">！？</h2>' in text
    assert text.count("<h1") == 1


def test_a_table_scrolls_by_itself_and_names_its_columns(tmp_path: Path) -> None:
    text = prose(tmp_path, "| 纸 | 枚 |\n|---|--:|\n| 平放 | 3 |")
    assert '<th scope="col">纸</th>' in text
    assert '<td class="align-right">3</td>' in text
    assert re.search(r'<div class="table"[^>]*><table>', text)
    assert "style=" not in text


def test_a_footnote_leads_there_and_back(tmp_path: Path) -> None:
    text = prose(tmp_path, "两次[^twice]。\n\n[^twice]: 只做一次，可能碰巧。")
    there = re.search(r'<sup[^>]*><a href="#([^"]+)" id="([^"]+)"', text)
    assert there is not None
    assert f'id="{there[1]}"' in text
    assert f'href="#{there[2]}"' in text
    assert "只做一次，可能碰巧。" in text


def test_a_footnote_is_never_taken_for_a_heading(tmp_path: Path) -> None:
    text = prose(tmp_path, "## fn1\n\n字[^a]又[^a]。\n\n## fnref1\n\n[^a]: 注。\n")
    ids = re.findall(r' id="([^"]*fn[^"]*)"', text)
    assert ids == ["fn1", "_fnref1", "_fnref1:1", "fnref1", "_fn1"]
    assert re.findall(r'href="#([^"]*fn[^"]*)"', text) == ["_fn1", "_fn1", "_fnref1", "_fnref1:1"]


def test_raw_html_is_shown_as_text(tmp_path: Path) -> None:
    text = prose(tmp_path, "<script>alert(1)</script>\n\n字<b onclick=x>粗</b>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;b onclick=x&gt;粗&lt;/b&gt;" in text
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java&#115;cript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "vbscript:x",
        "file:///etc/passwd",
        "javascript&#58;alert(1)",
    ],
)
def test_an_address_that_runs_something_is_no_link_and_is_told(address: str) -> None:
    prose = read_markdown(f"[点我]({address})")
    assert prose.html.startswith("<p>[点我](") and not prose.targets
    assert [slip.code for slip in prose.slips] in [["refused-scheme"], ["file-of-this-computer"]]


def test_an_address_that_hides_its_scheme_is_told(tmp_path: Path) -> None:
    site = make_site(tmp_path, {f"{READING}/text.md": resource(body="[点我](%6Aavascript:alert(1))")})
    assert "refused-scheme" in catalogue(site, "build", "--jobs", "1").output


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("goose-song.md", GOOSE_PAGE),
        ("./goose-song.md#读一读", f"{GOOSE_PAGE}#读一读"),
        ("../popular-science/paper-bridge.md", BRIDGE_PAGE),
        ("/after-school/popular-science/paper-bridge.html", BRIDGE_PAGE),
        ("/links.html", "links.html"),
        ("/", "index.html"),
        ("/textbooks/chinese-1a/chinese-1a-01-2.html", "textbooks/chinese-1a/chinese-1a-01-2.html"),
        ("../../../topics/reading-week.md", "topics/reading-week.html"),
        ("/after-school/reading.html", "after-school/classic-reading.html"),
        ("#小标题", "#小标题"),
        ("#%E5%B0%8F%E6%A0%87%E9%A2%98", "#小标题"),
        ("https://example.org/?a=1&b=2", "https://example.org/?a=1&b=2"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_a_link_leads_to_the_page_from_wherever_the_text_lies(tmp_path: Path, written: str, address: str) -> None:
    text = prose(tmp_path, f"## 小标题\n\n看[这里]({written})。")
    assert leads_to(text, "这里") == address


@pytest.mark.parametrize("alias", ["after-school/old-goose.html", "/after-school/old-goose.html"])
def test_a_former_address_leads_on_with_and_without_a_slash_in_front(tmp_path: Path, alias: str) -> None:
    text = resource(body="## 读一读").replace("---\n", f"---\naliases: [{alias}]\n", 1)
    site = make_site(tmp_path, {GOOSE: text})
    build(site)
    assert "classic-reading/goose-song.html" in page(site, "after-school/old-goose.html")


def test_a_link_to_a_file_beside_the_text_is_that_file(tmp_path: Path) -> None:
    text = prose(tmp_path, "下载[表格](form.txt)。", {f"{READING}/form.txt": "表格"})
    found = re.search(r'<a href="(\.\./\.\./assets/[^"]+\.txt)"[^>]*>表格</a>', text)
    assert found is not None
    published = tmp_path / "public/after-school/classic-reading" / found[1]
    assert published.resolve().read_text(encoding="utf-8") == "表格"


def test_a_text_in_a_lesson_links_like_any_other(tmp_path: Path) -> None:
    book = with_book().replace("title: 第一课,", "title: 第一课, summary: '看[咏鹅](/" + GOOSE_PAGE + ")',")
    site = make_site(tmp_path, {book_file("book"): book})
    build(site)
    assert f'<a href="../../{GOOSE_PAGE}">咏鹅</a>' in page(site, "textbooks/book/book-01.html")


def test_the_beginning_of_the_text_is_the_summary_where_none_is_written(tmp_path: Path) -> None:
    body = "## 标题\n\n**第一段**的[文字](goose-song.md)。\n\n第二段。"
    found, _ = read(make_site(tmp_path, {f"{READING}/text.md": resource(body=body)}))
    assert found.resources["text"].opening == "第一段的文字。"


def through_the_parser(text: str) -> Prose:
    """The text as the full parser reads it, without the short way for plain text."""
    with mock.patch("builder.content.markdown.read_plain_markdown", return_value=None):
        return read_markdown(text)


signs = [
    *"咏鹅一。，word1.)-(/?；é٣*_`[]<>&|~#'^$@:!+={}“《【｜＊\"",
    "\\",
    "A.",
    "www.a.cn",
    "**",
    "**好**",
    "# ",
    "## ",
]
plain_words = st.lists(
    st.sampled_from([*signs, " ", "  ", "\t", "\n", "\n\n", "\n\n\n", "\u3000", "\u00a0"]), max_size=12
).map("".join)
blocks = ["第一段。", "**好**的，**也好**", "## 标题", "### 标题", "# 标题 **a**", "“话”", '"x"', '**甲"乙"丙**丁']
paragraphs = st.lists(st.sampled_from(blocks), max_size=6)


@settings(max_examples=1000)
@given(st.text(max_size=60) | plain_words | paragraphs.map("\n\n".join))
@example("**甲**乙**丙**")
@example("甲**乙** ** 丙")
@example('**甲"乙"丙**丁')
@example('**a "b" c**and**d**')
@example("**甲****乙**")
@example("# 甲\n\n### 乙\n\n# 甲\n\n丙")
@example("甲*乙*")
@example("a_ _b_")
@example("甲`乙`")
@example("甲<乙>")
@example("甲&amp;乙")
@example("甲[乙]")
@example("甲 # 乙 #")
@example("word  ")
@example("a\u3000")
@example("一\t二")
@example("www.example.org")
@example("A. 甲")
@example("a)")
@example("甲--乙")
def test_plain_text_is_set_exactly_as_the_full_parser_would_set_it(text: str) -> None:
    text = UNWANTED.sub("", text)  # no source holds these
    assert read_markdown(text) == through_the_parser(text)


SET_PLAINLY = [
    "第一段。",
    "**好**的",
    '“甲”乙"丙"和**"丁"戊"己"庚**',
    '[甲"乙"](a.md)',
    "好[甲](a.md)的",
    "[甲](/x/y.html#z)和",
    "外[甲 b!](https://a-b.example.org/c_d/e.html)",
    "注[^1]。",
    "注[^a]",
]
NOT_SET_PLAINLY = [
    "1999年",
    "![甲](a.md)",
    "^[甲](a.md)",
    "[^甲](a.md)",
    "[a](www.b.md)",
    "[a](b.com/c.md)",
    "[a](b.com.md)",
    "[a](//b/c.md)",
    "[a](http://ab..c/)",
    "[a](https://-a-/)",
    "[a](.md)",
    "[ a ](b.md)",
    "[ ](b.md)",
    "[a](a/../b.md)",
    "[a](b.md)[c](d.md)",
    "[a](b.md)**c**",
    "[^1](a.md)",
    "[^1]: x",
    "[a]: b.md",
    "甲[^1][^1]",
    "甲 ",
]
lines = st.sampled_from([*SET_PLAINLY * 3, *NOT_SET_PLAINLY])
lists = st.sampled_from(["- ", "1. ", "2. ", "* ", "-  ", "1) "]).flatmap(
    lambda mark: st.lists(lines.map(lambda line: mark + line), min_size=1, max_size=3).map("\n".join)
)
numbered = st.lists(lines, min_size=1, max_size=3).map(
    lambda items: "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
)
rules = st.sampled_from(["---", "---:", ":-", " :-: ", "-", "", "--x"])


def tables(width: int) -> st.SearchStrategy[str]:
    row = st.lists(lines | st.sampled_from(["10", "", " 甲 ", "\u3000"]), min_size=width, max_size=width)
    rows = st.lists(row | lines.map(lambda line: [line]), min_size=1, max_size=2)
    rule = st.lists(rules, min_size=width, max_size=width)
    return st.builds(
        lambda head, rule, rows: "\n".join(f"|{'|'.join(cells)}|" for cells in (head, rule, *rows)), row, rule, rows
    )


notes = st.lists(
    st.builds(lambda name, line: f"[^{name}]: {line}", st.sampled_from("1ab"), lines), min_size=1, max_size=2
).map("\n".join)
written = st.one_of(
    lines,
    lines.map("## {}".format),
    lines.map("### {}".format),
    lists,
    numbered,
    st.integers(1, 3).flatmap(tables),
    notes,
)


@settings(max_examples=1000)
@given(st.lists(written, min_size=1, max_size=5), st.sampled_from(["\n\n", "\n\n", "\n\n\n", "\n"]))
@example(["- 甲", "- 乙"], "\n\n")
@example(["1. 甲", "1. 乙"], "\n\n")
@example(["- 甲", "1. 乙", "丙"], "\n\n")
@example(["甲[^1]", "[^1]: 乙", "丙"], "\n\n")
@example(["甲[^b]乙[^a]", "[^a]: 丙\n[^b]: 丁"], "\n\n")
@example(["## 甲[^1]", "[^1]: 乙"], "\n\n")
@example(["# 甲[乙](c.md)", "|甲|\n|--:|\n|乙|"], "\n\n")
def test_lists_tables_links_and_notes_are_set_exactly_as_the_full_parser_would_set_them(
    written: list[str], between: str
) -> None:
    text = between.join(written)
    assert read_markdown(text) == through_the_parser(text)


def test_the_short_way_is_taken_for_lists_tables_links_and_notes() -> None:
    text = "甲[乙](c.md)。[^1]\n\n- 丙\n- **丁**\n\n1. 戊\n\n|己|庚|\n|---|--:|\n| 辛 | 1 |\n\n[^1]: 壬。"
    assert read_plain_markdown(text) == through_the_parser(text)


def test_the_short_way_is_taken_for_plain_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(commonmark._PARSER, "parse", fail)
    assert read_markdown("认识天、地、人。").html == "<p>认识天、地、人。</p>\n"


@given(st.text(max_size=80))
def test_no_text_brings_a_tag_of_its_own_onto_the_page(text: str) -> None:
    html = read_markdown(text.replace("\x00", "")).html
    known = "p|em|strong|code|pre|a|img|h[1-6]|ul|ol|li|blockquote|hr|br|table|thead|tbody|tr|th|td|div|sup|section"
    assert re.sub(rf"</?(?:{known})(?: [^<>]*)?/?>", "", html).find("<") == -1


# ---- the whole


def names(found: Catalogue) -> list[str]:
    return [*found.resources, *found.textbooks, *(topic.id for topic in found.topics)]


def test_the_order_in_which_files_are_listed_changes_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = read(site)
    original: Callable[[str], object] = os.scandir

    class Backwards:
        def __init__(self, path: str) -> None:
            self._entries = original(path)

        def __enter__(self) -> list[object]:
            return sorted(self._entries, key=lambda entry: entry.name, reverse=True)  # type: ignore[call-overload, no-any-return]

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr("builder.listing.os.scandir", Backwards)
    again, _ = read(site)
    assert names(again) == names(found)
    assert again == found


def test_a_title_with_signs_of_html_is_shown_as_written(tmp_path: Path) -> None:
    title = "<b>A & B</b>"
    site = make_site(tmp_path, {GOOSE: resource(f"'{title}'", body="## 读一读")})
    build(site)
    text = page(site, GOOSE_PAGE)
    assert escape(title, quote=False) in text
    assert title not in text


@pytest.mark.parametrize(
    ("verified", "shown"),
    [("2022-04-01", True), ("2022-04-02", True), ("2022-04-03", False), ("2099-01-01", False)],
)
def test_a_hotline_that_was_verified_on_a_day_to_come_is_withheld(tmp_path: Path, verified: str, shown: bool) -> None:
    line = f"- {{id: line, title: 热线, number: '12345', verified_on: {verified}}}\n"
    found, problems = read(make_site(tmp_path, {"content/hotlines.yaml": line}))
    assert [line.number for line in found.hotlines] == (["12345"] if shown else [])
    assert [problem.code for problem in problems] == ([] if shown else ["date-in-future"])


@pytest.mark.parametrize("char", ["\u202e", "\x0c", "\r", "\u2028", "\u2029"])
def test_what_may_not_stand_in_a_text_does_not_reach_a_page_as_an_entity(char: str) -> None:
    code = f"&#x{ord(char):X};"
    prose = read_markdown(f"[小{code}鹅](a.md)![白{code}毛](a.png)\n\n## 红{code}掌\n")
    assert char not in prose.html + prose.summary + prose.headings[0].title
    assert prose.summary.startswith("小鹅")
    assert prose.headings[0] == Heading("红掌", "红掌")
    assert prose.html.count(MARK) == 4


@pytest.mark.parametrize("name", ["moon.MD", "moon.markdown", "moon.md.txt", "moon.yaml"])
def test_a_record_with_another_ending_is_told_rather_than_passed_over(site: Path, name: str) -> None:
    (site / "content/sections/after-school/classic-reading" / name).write_text("---\n", encoding="utf-8")
    _, problems = read(site)
    assert [problem.code for problem in problems if problem.place.file.endswith(name)] == ["stray-file"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("请看**“月亮”**吧。", "<p>请看<strong>“月亮”</strong>吧。</p>\n"),
        ("**重点：**先做。", "<p><strong>重点：</strong>先做。</p>\n"),
        ("他说*（小声）*好。", "<p>他说<em>（小声）</em>好。</p>\n"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>\n"),
        ("a **“b”**c", "<p>a **“b”**c</p>\n"),
    ],
)
def test_bold_text_needs_no_spaces_in_chinese(text: str, html: str) -> None:
    assert read_markdown(text).html == html


# ---- what was meant as Markdown and is none


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("看[月亮]（moon.md）。", "[月亮](moon.md)"),
        ("看【月亮】(moon.md#月相)。", "[月亮](moon.md#月相)"),
        ("看【月亮】（https：//example.org/）。", "[月亮](https://example.org/)"),
        ("##月亮", "## 月亮"),
        ("请看＊＊月亮＊＊吧", "**月亮**"),
        ("｜甲｜乙｜\n｜－－｜－－｜\n", "|甲|乙|"),
        ("见下[^1]", "[^1]: …"),
        ("[甲]()", ""),
        ("[甲](baidu.com/a)", "https://baidu.com/a"),
        ("[甲](htps://example.org/a)", "https://example.org/a"),
        ("[甲](http//example.org/a)", "http://example.org/a"),
        ("[甲](https：//example.org/a)", "https://example.org/a"),
        ("<htps://example.org/a>", "https://example.org/a"),
        ("[甲]: htps://example.org/a", "https://example.org/a"),
        (r"[甲](C:\我的 文件\_a.pdf)", "_a.pdf"),
        ("![甲](file:///D:/a.png)", "a.png"),
        ("[甲](javascript:alert(1))", ""),
        ("[甲](data:text/html,1)", ""),
        ("![图表](我的 图.png)", "![图表](<我的 图.png>)"),
        ("[甲](学习单 1.pdf '打印')", "[甲](<学习单 1.pdf> '打印')"),
        ("[甲](https://example.org/我 的)", "[甲](https://example.org/我%20的)"),
        ("![](moon.png)", "moon.png"),
        ("![图片](moon.png)", ""),
        ("![IMG_0042](IMG_0042.jpg)", ""),
        ("甲<br/>乙<br/>丙", ""),
        ("<!-- 待校 -->", ""),
        ("## 甲\n\n#### 乙", "### 乙"),
        ("##### 甲 #\n\n## 乙\n\n### 丙", "## 甲"),
        ("#月亮", "## 月亮"),
        ("看！[月亮](moon.jpg)", "![月亮]"),
        ("![月亮] (moon.jpg)", "![月亮](moon.jpg)"),
        ("看![月亮](moon.jpg", "![月亮](moon.jpg)"),
        ("见[甲](https://example.org/a，后来", "[甲](https://example.org/a)"),
        ("请看** 月亮 **吧", "**月亮**"),
        ("请看**月亮吧", ""),
        ("-甲\n-乙\n-丙", "- 甲"),
        ("*甲\n\n*乙", "- 甲"),
        ("• 甲\n• 乙", "- 甲"),
        ("先说明\n1、甲\n2、乙", "1. 甲"),
        ("（1）甲\n（2）乙", "1. 甲"),
        ("②甲\n③乙", "2. 甲"),
        ("1.甲\n\n2.乙", "1. 甲"),
        ("|甲|乙|\n|一|二|\n|三|四|", "|---|---|"),
        ("甲 | 乙\n——|——\n一 | 二", "|---|---|"),
        ("请看 https://example.org/a?b=1。", "https://example.org/a?b=1"),
        ("请看www.example.org.", "https://www.example.org"),
        ("［大鼎］（ding.md）很重", "[大鼎](ding.md)"),
        ("看！［大鼎］（ding.md）", "[大鼎](ding.md)"),
        ("！［大鼎］（ding.jpg）", "![大鼎](ding.jpg)"),
        ("鼎很重\n---", "## 鼎很重"),
        ("鼎很重\n很重\n===", "## …"),
        ("    商代的鼎，很重。", "商代的鼎，很重。"),
        ("\t“鼎”很重\n\t也很大", "“鼎”很重"),
        ("|甲|乙|\n|---|---|\n|一|二|三|四|", "三|四"),
        ("> 甲|乙\n> -|-\n> 一|二|三\\|四", "三\\|四"),
        ("– 甲\n– 乙", "- 甲"),
        ("— 甲\n— 乙", "- 甲"),
        ("－ 甲\n－ 乙", "- 甲"),
        ("\uf0b7 甲\n\uf0b7 乙", "- 甲"),
        ("＞ 学而时习之\n＞ 不亦说乎", "> 学而时习之"),
        ("```\n月亮", "```"),
        ("这是__重点__的", "**重点**"),
        ("见[^1]\n\n[^1]：月亮", "[^1]: 月亮"),
        ("见月亮\n\n[^1]: 月亮", "[^1]"),
        ("甲\t乙\n一\t二\n三\t四", "|甲|乙|"),
        ("[甲](http://127.0.0.1:8000/links.html)", "/links.html"),
        ("<http://localhost:8000>", "/"),
        ("[甲](http://https://example.org/a)", "https://example.org/a"),
        ("甲：\n\n---\ntitle: 月亮\nkind: article\n---\n乙", ""),
        ("---\n\ntitle: 月亮\nkind: article", ""),
        ("甲：\n---\ntitle: 月亮\ndate: 2022-03-01\nkeywords:\n- 月\n---\n乙", ""),
    ],
)
def test_a_slip_of_markdown_is_noticed_with_what_was_meant(text: str, mended: str) -> None:
    (slip,) = read_markdown(f"第一段。\n\n{text}").slips
    assert slip.mended == mended
    line = slip.line - 2  # after the first paragraph and an empty line
    assert slip.written in text.split("\n", line)[line]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("#月亮\n\n##月相\n\n#太阳", ["## 月亮", "### 月相", "## 太阳"]),
        ("## 月亮\n\n#太阳\n\n###黑子", ["## 太阳", "### 黑子"]),
        ("# 月亮\n\n#太阳\n\n##黑子", ["# 太阳", "## 黑子"]),
        ("##月亮\n\n###月相", ["## 月亮", "### 月相"]),
    ],
)
def test_a_heading_is_mended_to_stand_below_the_title_and_beside_the_other_headings(
    text: str, mended: list[str]
) -> None:
    assert [slip.mended for slip in read_markdown(text).slips] == mended


@pytest.mark.parametrize(
    "text",
    [
        "【注意】（第 3 页）先读[甲](a.md)（见图）。",
        "`[甲]（x.md）` 与\n\n    ##代码\n\n```\n##代码\n【甲】(x.md)\n```",
        "#月亮 是话题，C# 不是",
        "甲｜乙\n\n* 甲｜乙",
        "见下[^1]\n\n[^1]: 脚注",
        "[甲](notes.org.md) [乙](https://www.example.org) [丙](#www)",
        "5＊3＊2 和 ＊＊",
        r"`[甲](C:\a.pdf)` 与 \[甲](htps://b.org)，\<br> 与 `<br>`",
        "[甲](A:1) [乙](见 第 3 页) [丙](mailto:a@example.org) <https://example.org>",
        "![一座桥](我的桥.png) ![月亮](<月 亮.png>) ![风筝](风筝.png)",
        "若 a<b 且 b>c，List<String> 是类型",
        "### 甲\n\n#### 乙\n\n### 丙\n\n#### 丁",
        "#月亮# 是话题\n\n#1 也是",
        "看！[月亮](moon.md)",
        "甲 [乙] （见 c.pdf） `![月亮] (moon.jpg)`",
        "2 ** 3 和 a**b，**甲**与**乙**，\\*\\*丙\\*\\*",
        "-李白\n\n-5℃\n-3℃",
        "1、甲\n\n2、乙\n\n（1）丙\n\n（2）丁",
        "1.5 倍\n2.5 倍\n\n*重*是\n*轻*是",
        "- 甲\n- 乙\n\n1. 丙\n2. 丁",
        "|甲|乙|\n|---|---|\n|一|二|\n\n`a|b`\n`c|d`",
        "<https://example.org> [www.example.org](https://www.example.org) a@www.example.org `https://example.org`",
        "鼎很重\n\n---\n\n## 鼎\n\n***",
        "    print('月亮')\n\n\t如果 = 1\n\n　　段首空两格",
        "|甲|乙|\n|---|---|\n|一|二\\|三|\n|四|五| |\n|六|\n\n> - 甲|乙\n>   -|-\n>   一|二",
        "—— 李白\n—— 杜甫\n\n－5℃\n－3℃\n\n— 只有一项",
        "＞60 分\n\n5 ＞ 3",
        "```\n月亮\n```\n\n> ~~~\n> 月亮\n> ~~~~\n\n- 甲\n\n  ```\n  乙\n  ```",
        "用__init__方法，填____和____，苹果__个，梨__个，__月亮__ 圆",
        "这是\\_\\_月亮\\_\\_，`__月亮__`也是",
        "见[^1]：月亮\n\n[^1]: 脚注：月亮",
        "甲\t乙",
        "`http://127.0.0.1:8000` http://localhost:8000/ [甲](https://web.example.org/https://localhost/)",
        "```\n---\ntitle: 月亮\nkind: article\n---\n```\n\n---\n\n```\n<<<<<<<\n```",
        "［注］（第 3 页）、［甲］和（a.md）",
    ],
)
def test_what_only_looks_like_a_slip_is_left_alone(text: str) -> None:
    assert read_markdown(text).slips == ()


@pytest.mark.parametrize(
    ("text", "word", "columns"),
    [
        ("`[甲](b.md)`，看[甲](b.md)", "b.md", [18]),
        ("看[甲](b.md)和[乙](b.md)", "b.md", [6, 16]),
        ("看[b.md](b.md.txt)", "b.md.txt", [9]),
        ("看[a/b.md](b.md)", "b.md", [11]),
        ("看 a/b.md 和[甲](<b.md>)", "b.md", [16]),
    ],
)
def test_a_broken_link_is_marked_where_it_stands(text: str, word: str, columns: list[int], tmp_path: Path) -> None:
    page = f"---\ntitle: 甲\nkind: article\ndate: 2022-03-01\n---\n{text}\n"
    site = make_site(tmp_path, {f"{SECTIONS}/after-school/popular-science/moon.md": page})
    result = catalogue(site, "check", "--format", "json")
    told = [problem for problem in json.loads(result.stdout) if problem["code"] == "broken-link"]
    assert [problem["column"] for problem in told] == columns
    assert all(text[problem["column"] - 1 :].startswith(word) for problem in told)


# ---- captions


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("WEBVTT\n\n00:00.000 --> 00:04.000\n大家好\n", []),
        ("\ufeffWEBVTT 标题\r\n\r\n100:00:00.000 --> 100:00:04.000 line:0\r\n大家好\r\n", []),
        ("WEBVTT", []),
        ("1\n00:00:00.000 --> 00:00:04.000\n大家好\n", ["captions-without-header"]),
        ("WEBVTT\n\n00:00,000 --> 00:04,000\n大家好\n", ["wrong-caption-time"]),
        ("WEBVTT\n\n00:04.000 --> 00:04.000\n大家好\n", ["wrong-caption-time"]),
        ("WEBVTT\n\n00:04.000-->00:05.000\n大家好\n", ["wrong-caption-time"]),
    ],
)
def test_captions_that_would_not_be_shown_are_told(text: str, codes: list[str]) -> None:
    assert [problem.code for problem in check_captions("a.vtt", text.encode())] == codes


@pytest.mark.parametrize("period", ["2022", "2022-03", "2022-03-25", "2022-03/2022-04", "to 2022", "2022-03，上半月"])
def test_a_published_figure_stands_for_a_time(period: str) -> None:
    value = {"metric": "a", "value": "1", "unit": "count", "period": period, "source": "示例"}
    assert fill_in(FigureForm, value, Source("figures.yaml", ""))[1] == []


def test_the_sample_textbook_shows_every_field_that_it_says_it_shows() -> None:
    file = Path(__file__).parents[1] / "content/textbooks/primary/chinese/sample-chinese-1a.yaml"
    used: set[str] = set()

    def look(value: Any, path: str) -> None:
        for item in value if isinstance(value, list) else [value]:
            for name, inside in item.items() if isinstance(item, dict) else ():
                used.add(f"{path}.{name}")
                look(inside, name)

    look(yaml.safe_load(file.read_text(encoding="utf-8")), "book")
    forms: dict[str, Any] = {
        "book": TextbookForm,
        "units": UnitForm,
        "lessons": LessonForm,
        "hours": HourForm,
        "teacher": Teacher,
        "cover": Cover,
        "assets": Asset,
        "captions": Caption,
    }
    assert {f"{path}.{field.name}" for path, form in forms.items() for field in fields(form)} - used == set()
