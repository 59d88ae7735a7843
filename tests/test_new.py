"""What `catalogue new` writes can be checked and built at once; what it refuses changes nothing."""

from __future__ import annotations

import difflib
import os
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sites import BOOK, SECTIONS, TODAY, build, catalogue, make_site, page, state
from tools import ROOT

from builder.cli import program
from builder.new.blocks import append_record

DAY = ("--now", "2022-04-01")


def new(site: Path, *words: str) -> Result:
    return CliRunner().invoke(program, ["--site", str(site), "new", *words], prog_name="catalogue")


def made(site: Path, *words: str) -> tuple[str, str]:
    """The two lines that `new` prints."""
    result = new(site, *words)
    assert result.exit_code == 0, result.output
    path, address = result.stdout.splitlines()
    return path, address


def refused(site: Path, *words: str) -> str:
    """What is said when nothing is written."""
    before = state(site)
    result = new(site, *words)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert state(site) == before
    return result.stderr


def checked(site: Path) -> None:
    result = catalogue(site, "check")
    assert result.exit_code == 0, result.output


def inserted(old: str, text: str) -> list[str]:
    """Lines that were added to a text, which must not have lost any."""
    changes = list(difflib.ndiff(old.splitlines(), text.splitlines()))
    assert not [line for line in changes if line.startswith("-")]
    return [line[2:] for line in changes if line.startswith("+")]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path)


# ---- a site


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_new_site_checks_and_builds_without_a_warning(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "our-school"
    path, address = made(tmp_path, "site", str(folder), "--title", "目录: 一 #1", "--language", language, *DAY)
    assert (path, address) == (str(folder / "site.yaml"), "index.html")
    result = catalogue(folder, "check", "--strict")
    assert (result.output, result.exit_code) == ("", 0)
    build(folder)
    home = page(folder, "index.html")
    assert f'<html lang="{language}"' in home
    assert "目录: 一 #1" in home
    assert (folder / "public/after-school/culture-art/first-resource.html").is_file()
    assert (folder / "public/textbooks/sample-book-1a/sample-book-1a-02.html").is_file()
    assert (folder / "public/about.html").is_file()


def test_the_editor_of_a_new_site_knows_the_fields(tmp_path: Path) -> None:
    made(tmp_path, "site", str(tmp_path / "site"), "--title", "目录")
    result = CliRunner().invoke(program, ["--site", str(tmp_path / "site"), "schema", "--check"])
    assert result.exit_code == 0
    assert "./schema/textbook.schema.json" in (tmp_path / "site/.vscode/settings.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("called", ["catalogue", "python build.py"])
def test_the_commands_in_the_files_of_a_new_site_are_those_of_who_made_it(
    tmp_path: Path, language: str, called: str
) -> None:
    name = called.rpartition(" ")[2]
    (tmp_path / name).write_bytes((ROOT / "build.py").read_bytes())

    def run(folder: Path, command: str) -> None:
        assert command.startswith(f"{called} ")
        words = [sys.executable, str(tmp_path / name), *shlex.split(command.removeprefix(called))]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run(words, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)

    subprocess.run(
        [sys.executable, name, "new", "site", "our school", "--title", "目录", "--language", language],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    site = tmp_path / "our school"
    written = "".join(file.read_text(encoding="utf-8") for file in sorted(site.rglob("content/**/*.*")))
    textbook, resource = sorted(re.findall("`([^`]+ new [^`]+)`", written), key=len)
    here = site if called == "catalogue" else tmp_path
    run(here, f"{textbook} --help")
    run(here, f"{resource.replace('…', 'second-resource')} --title 二")
    assert (site / f"{SECTIONS}/after-school/culture-art/second-resource.md").is_file()


def test_a_new_site_is_not_put_where_something_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert "不是空的" in refused(tmp_path, "site", str(tmp_path), "--title", "目录")


# ---- sections, columns, resources, textbooks


def test_a_new_section_stands_behind_the_others_and_is_built(site: Path) -> None:
    path, address = made(site, "section", "reading-club", "--title", "读书会: 一起读")
    assert (path, address) == (f"{SECTIONS}/reading-club/_section.yaml", "reading-club.html")
    written = yaml.safe_load((site / path).read_text(encoding="utf-8"))
    orders = [
        yaml.safe_load(file.read_text(encoding="utf-8"))["order"] for file in site.glob(f"{SECTIONS}/*/_section.yaml")
    ]
    assert written["title"] == "读书会: 一起读"
    assert sorted(orders)[-1] == written["order"]
    assert orders.count(written["order"]) == 1
    checked(site)
    build(site)
    assert (site / "public" / address).is_file()


def test_a_new_column_is_built_with_its_layout(site: Path) -> None:
    path, address = made(site, "column", "after-school/chess", "--title", "棋类", "--layout", "cards")
    assert (path, address) == (f"{SECTIONS}/after-school/chess/_column.yaml", "after-school/chess.html")
    assert (site / path).read_text(encoding="utf-8").endswith("layout: cards\n")
    checked(site)
    build(site)
    assert (site / "public" / address).is_file()


def test_a_new_resource_is_a_draft_of_the_day_that_drafts_show(site: Path) -> None:
    path, address = made(site, "resource", "after-school/classic-reading/moon-song", "--title", "月亮歌 #2", *DAY)
    assert (site / path).read_text(encoding="utf-8") == (
        "---\ntitle: '月亮歌 #2'\nkind: video\ndate: 2022-04-01\nstatus: draft\n---\n"
    )
    checked(site)
    build(site)
    assert not (site / "public" / address).exists()
    build(site, "--drafts")
    assert "月亮歌 #2" in page(site, address)


def test_a_draft_is_marked_on_its_page_and_in_lists_and_nothing_else_is(site: Path) -> None:
    _, address = made(site, "resource", "after-school/classic-reading/moon-song", "--title", "月亮歌", *DAY)
    column = "after-school/classic-reading.html"
    build(site)
    before = page(site, column)
    build(site, "--drafts")
    mark = '<span class="tag">草稿</span>'
    head = re.search(r"<header><h1[^>]*>月亮歌</h1>.*?</header>", page(site, address), re.DOTALL)
    assert head is not None and head[0].count(mark) == 1
    row = next(row for row in page(site, column).split("<li") if "月亮歌" in row)
    assert mark in row
    assert page(site, column).count(mark) == 1 and mark not in before
    assert mark in page(site, "new.html")


def test_what_is_scheduled_is_marked_with_its_day_until_that_has_come(site: Path) -> None:
    path, address = made(site, "resource", "after-school/classic-reading/moon-song", "--title", "月亮歌", *DAY)
    record = site / path
    record.write_text(
        record.read_text(encoding="utf-8").replace("status: draft", "publish: 2022-05-01"), encoding="utf-8"
    )
    mark = '<span class="tag">2022年5月1日起显示</span>'
    build(site, "--drafts")
    assert mark in page(site, address) and page(site, "after-school/classic-reading.html").count(mark) == 1
    build(site, "--drafts", now=date(2022, 5, 1))
    assert mark not in page(site, address) + page(site, "after-school/classic-reading.html")


def test_a_new_textbook_of_two_grades_is_built(site: Path) -> None:
    facets = ("--stage", "primary", "--subject", "chinese", "--edition", "unified", "--volume", "first")
    path, address = made(
        site, "textbook", "chinese-extra", "--title", "语文读本", *facets, "--grade", "1", "--grade", "2"
    )
    assert (path, address) == (
        "content/textbooks/primary/chinese/chinese-extra.yaml",
        "textbooks/chinese-extra.html",
    )
    assert "grade:\n  - 1\n  - 2\nvolume: first\n" in (site / path).read_text(encoding="utf-8")
    checked(site)
    build(site)
    assert "语文读本" in page(site, address)


def test_a_new_topic_and_a_new_page_stand_behind_the_others_and_are_built(site: Path) -> None:
    path, address = made(site, "topic", "chess-month", "--title", "棋月: 一起下")
    assert (path, address) == ("content/topics/chess-month.md", "topics/chess-month.html")
    path, other = made(site, "page", "help", "--title", "使用帮助")
    assert (path, other) == ("content/pages/help.md", "help.html")
    first, second = (
        yaml.safe_load((site / f"content/pages/{name}.md").read_text(encoding="utf-8").split("---\n")[1]).get(
            "order", 0
        )
        for name in ("about", "help")
    )
    assert second > first
    checked(site)
    build(site)
    assert "棋月: 一起下" in page(site, address)
    assert "使用帮助" in page(site, "index.html")
    assert "reading-week.md" in refused(site, "topic", "reading-week", "--title", "又一个")
    assert "links.html" in refused(site, "page", "links", "--title", "链接")


def test_the_site_may_be_named_before_or_behind_the_command(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = str(tmp_path_factory.mktemp("elsewhere"))
    for number, words in enumerate(
        (
            ("--site", str(site), "new", "section"),
            ("new", "--site", str(site), "section"),
            ("new", "section", "--site", str(site)),
            ("--site", elsewhere, "new", "section", "--site", str(site)),
        )
    ):
        result = CliRunner().invoke(program, [*words, f"club-{number}", "--title", "社团"], prog_name="catalogue")
        assert result.exit_code == 0, result.output
        assert (site / SECTIONS / f"club-{number}").is_dir()
    assert "错误" in CliRunner().invoke(program, ["check", "--site", str(site), "--nope"]).stderr


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        (("topic", "moon-month"), "content/topics/.moon-month.md"),
        (("page", "help"), "content/pages/.help.md"),
        (("section", "club"), f"{SECTIONS}/.club"),
        (("column", "after-school/chess"), f"{SECTIONS}/after-school/.chess"),
    ],
)
def test_what_cannot_be_a_draft_is_told_to_be_published_and_is_held_back_by_the_name_that_is_told(
    site: Path, words: tuple[str, ...], hidden: str
) -> None:
    result = new(site, *words, "--title", "新的")
    assert result.stderr.startswith(f"下次构建就会发布。要先不发布，请在名字前面加一个点，改名为 {hidden}。")
    file, address = result.stdout.splitlines()
    build(site)
    assert (site / "public" / address).is_file()
    visible = site / hidden.replace("/.", "/")
    assert visible in {site / file, (site / file).parent}
    visible.rename(site / hidden)
    build(site)
    assert not (site / "public" / address).exists()


def held_back(site: Path, said: str) -> None:
    """Does with a textbook what is said of the lines that would hold a lesson back."""
    told = re.search(r"打开 (\S+)，在第 (\d+) 行(?:到第 (\d+) 行每一行)?的最前面加上 `#`，改成这样：\n", said)
    assert told is not None
    first, last = int(told[2]), int(told[3] or told[2])
    lines = (site / told[1]).read_text(encoding="utf-8").splitlines()
    lines[first - 1 : last] = [f"#{line}" for line in lines[first - 1 : last]]
    (site / told[1]).write_text("\n".join(lines), encoding="utf-8")
    shown = [line.lstrip() for line in said[told.end() :].splitlines()[:-1]]
    assert shown == [f"{number} | {lines[number - 1]}" for number in range(first, last + 1)]


def test_a_new_lesson_is_told_to_be_published_and_is_held_back_by_the_lines_that_are_shown(site: Path) -> None:
    book = site / "content/textbooks/primary/chinese/chinese-1a.yaml"
    before = book.read_text(encoding="utf-8").splitlines()
    said = new(site, "lesson", "new-one", "--textbook", "chinese-1a", "--title", "新课").stderr
    assert said.startswith("下次构建就会发布。") and said.endswith("要发布的时候，再把 `#` 删掉。\n")
    held_back(site, said)
    left = [line for line in book.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert left == [line for line in before if not line.startswith("#")]


@pytest.mark.parametrize(
    "unit",
    [
        "units: []\n",
        "units:\n  - title: 一\n    lessons:\n      - {id: a-lesson, title: 课}\n",
        "units:\n  - {title: 一, lessons: [{id: a-lesson, title: 课}]}\n",
    ],
)
def test_the_only_lesson_of_a_unit_is_held_back_with_its_unit(site: Path, unit: str) -> None:
    book = site / "content/textbooks/primary/chinese/chinese-1a.yaml"
    head = book.read_text(encoding="utf-8").partition("units:")[0]
    book.write_text(head + unit.replace("units: []\n", ""), encoding="utf-8")
    named = ("--title", "新课", "--new-unit", "第二单元")
    held_back(site, new(site, "lesson", "new-one", "--textbook", "chinese-1a", *named).stderr)
    assert "错误" not in catalogue(site, "check", "--format", "concise").stdout
    assert "第二单元" not in re.sub(r"(?m)^#.*", "", book.read_text(encoding="utf-8"))


def test_a_lesson_in_one_line_with_others_is_held_back_by_taking_it_out_again(site: Path) -> None:
    book = site / "content/textbooks/primary/chinese/chinese-1a.yaml"
    head = book.read_text(encoding="utf-8").partition("units:")[0]
    book.write_text(f"{head}units:\n  - {{title: 一, lessons: [{{id: a-lesson, title: 课}}]}}\n", encoding="utf-8")
    said = new(site, "lesson", "new-one", "--textbook", "chinese-1a", "--title", "新课").stderr
    line = len(head.splitlines()) + 2
    assert f"从第 {line} 行里把它删掉" in said


def test_a_new_textbook_of_a_grade_that_its_stage_does_not_have_is_refused(site: Path) -> None:
    facets = ("--stage", "primary", "--subject", "chinese", "--edition", "unified", "--volume", "first")
    said = refused(site, "textbook", "chinese-extra", "--title", "语文读本", *facets, "--grade", "1", "--grade", "7")
    assert "7" in said and "primary" in said and "junior-high" in said


def test_a_stage_that_says_nothing_of_grades_takes_any(site: Path) -> None:
    words = site / "content/vocabulary.yaml"
    text = words.read_text(encoding="utf-8")
    words.write_text(text.replace("title: 小学, grades: [1, 2]", "title: 小学"), encoding="utf-8")
    facets = ("--stage", "primary", "--subject", "chinese", "--edition", "unified", "--volume", "first")
    made(site, "textbook", "chinese-extra", "--title", "语文读本", *facets, "--grade", "7")
    checked(site)


def test_a_mistake_elsewhere_does_not_keep_editors_from_writing(site: Path) -> None:
    (site / BOOK).write_text("id: [\n", encoding="utf-8")
    made(site, "section", "reading-club", "--title", "读书会")


# ---- refusals


def test_an_unknown_column_is_refused_with_the_one_that_was_meant(site: Path) -> None:
    said = refused(site, "resource", "after-school/clasic-reading/moon", "--title", "月亮")
    assert "是不是要写 `after-school/classic-reading`？" in said


def test_an_unknown_section_is_refused_with_the_one_that_was_meant(site: Path) -> None:
    said = refused(site, "column", "after-shcool/chess", "--title", "棋类")
    assert "没有版块 `after-shcool`。是不是要写 `after-school`？" in said


def test_an_unknown_word_of_the_vocabulary_is_refused_with_the_one_that_was_meant(site: Path) -> None:
    said = refused(site, "resource", "after-school/classic-reading/moon", "--title", "月亮", "--kind", "vidoe")
    assert "是不是要写 `video`？" in said
    facets = ("--subject", "chinese", "--edition", "unified", "--volume", "first", "--grade", "1")
    said = refused(site, "textbook", "book-1", "--title", "语文", "--stage", "primery", *facets)
    assert "没有学段 `primery`。是不是要写 `primary`？" in said


@pytest.mark.parametrize("id", ["Moon", "moon_song", "2022", "../moon", "月亮", ""])
def test_an_ill_formed_id_is_refused(site: Path, id: str) -> None:
    assert "ID" in refused(site, "section", id, "--title", "月亮")


@pytest.mark.parametrize("id", ["classic-reading", "goose-song", "chinese-1a", "chinese-1a-01"])
def test_an_id_that_is_taken_anywhere_is_refused(site: Path, id: str) -> None:
    assert f"ID `{id}` 已经用在" in refused(site, "section", id, "--title", "又一个")


def test_an_address_that_is_taken_is_refused(site: Path) -> None:
    assert "地址为 links.html 的页面" in refused(site, "section", "links", "--title", "链接")
    goose = site / SECTIONS / "after-school/classic-reading/goose-song.md"
    text = goose.read_text(encoding="utf-8")
    goose.write_text(text.replace("---\n", "---\naliases: [after-school/chess.html]\n", 1), encoding="utf-8")
    assert "旧地址" in refused(site, "column", "after-school/chess", "--title", "棋类")


def test_a_file_that_is_there_is_never_written_over(site: Path) -> None:
    folder = site / SECTIONS / "after-school/chess"
    folder.mkdir()
    (folder / "_column.yaml").symlink_to("nowhere.yaml")
    assert "已经存在" in refused(site, "column", "after-school/chess", "--title", "棋类")


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_nothing_is_written_through_a_link_out_of_the_site(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (site / SECTIONS / "club").symlink_to(outside)
    assert "符号链接" in refused(site, "section", "club", "--title", "社团")
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("title", ["", "  ", "two\nlines"])
def test_a_title_that_is_not_one_line_is_refused(site: Path, title: str) -> None:
    assert "标题是一行文字" in refused(site, "site", str(site / "inner"), "--title", title)
    assert "标题是一行文字" in refused(site, "section", "club", "--title", title)


@pytest.mark.parametrize("title", ["bell\x07", "turned\u202eround"])
def test_a_title_with_signs_that_cannot_be_seen_is_refused(site: Path, title: str) -> None:
    assert "看不见的" in refused(site, "section", "club", "--title", title)


def test_a_folder_that_is_no_site_is_refused_with_the_remedy(tmp_path: Path) -> None:
    said = refused(tmp_path, "section", "club", "--title", "社团")
    assert "there is no site.yaml" in said
    assert "catalogue new site DIR" in said


def test_a_refusal_speaks_the_language_of_the_site(site: Path, tmp_path: Path) -> None:
    words = ("lesson", "new-one", "--textbook", "chinese-1a", "--title", "新课", "--unit", "第一单元 认字")
    assert refused(site, *words).endswith(
        "错误：没有单元 `第一单元 认字`。是不是要写 `第一单元 识字`？"
        "请写序号或标题。chinese-1a 的单元：1 第一单元 识字。要新增一个单元，请写 `--new-unit 标题`。\n"
    )
    settings = (site / "site.yaml").read_text(encoding="utf-8")
    (site / "site.yaml").write_text(settings.replace("[zh-CN, en]", "[en, zh-CN]"), encoding="utf-8")
    assert refused(site, *words).endswith(
        "Error: there is no unit `第一单元 认字`. Did you mean `第一单元 识字`? Write a number or a title. "
        "chinese-1a has: 1 第一单元 识字. `--new-unit TITLE` adds another.\n"
    )
    assert "It is a draft" in new(site, "resource", "after-school/classic-reading/moon", "--title", "Moon").stderr


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "标题是一行文字"), ("en", "a title is one line")])
def test_the_refusal_of_a_new_site_speaks_its_language(tmp_path: Path, language: str, said: str) -> None:
    assert said in refused(tmp_path, "site", str(tmp_path / "new"), "--title", "", "--language", language)


def test_the_help_of_each_command_has_an_example(tmp_path: Path) -> None:
    for name in ("site", "section", "column", "resource", "textbook", "lesson", "topic", "page"):
        assert f"Example:\n    catalogue new {name} " in new(tmp_path, name, "--help").stdout


# ---- lessons

HEAD = "id: book-1a\ntitle: 语文\nstage: primary\nsubject: chinese\nedition: unified\ngrade: 1\nvolume: first\n"
NAME = "content/textbooks/primary/chinese/book-1a.yaml"


def lesson(site: Path, book: str, *words: str) -> str:
    """The text of a book with the lesson `new-one`, which must stand where `new` says."""
    (site / NAME).write_bytes(book.encode())
    path, address = made(site, "lesson", "new-one", "--textbook", "book-1a", "--title", "新课", *words)
    assert address == "textbooks/book-1a/new-one.html"
    checked(site)
    text = (site / NAME).read_bytes().decode()
    file, _, line = path.rpartition(":")
    assert file == NAME
    assert "id: new-one" in text.splitlines()[int(line) - 1]
    return text


def test_a_lesson_goes_behind_the_one_that_is_named_and_its_comments(site: Path) -> None:
    book = HEAD + (
        "units:   # 目录\n"
        "  - title: 第一单元\n"
        "    lessons:\n"
        "      - id: b-01\n"
        '        title: "天地人"   # 已核对\n'
        "        # 视频待补\n"
        "      # 下面一课有两个课时\n"
        "      - {id: b-02, title: 金木水火土}\n"
        "\n"
        "# 完\n"
    )
    text = lesson(site, book, "--after", "b-01")
    assert inserted(book, text) == ["      - id: new-one", "        title: 新课"]
    assert "        # 视频待补\n      - id: new-one\n        title: 新课\n      # 下面一课有两个课时\n" in text


def test_a_lesson_goes_to_the_end_of_the_unit_that_is_numbered_or_titled(site: Path) -> None:
    book = HEAD + (
        "units:\n"
        "- title: {zh-CN: 第一单元, en: Unit one}\n"
        "  lessons:\n"
        "  - id: b-01\n"
        "    title: 天地人\n"
        "    summary: |\n"
        "      认识“天”。\n"
        "\n"
        "      认识“人”。\n"
        "\n"
        "- title: 第二单元\n"
        "  lessons:\n"
        "  - id: b-02\n"
        "    title: 金木水火土\n"
    )
    for unit in ("1", "Unit one"):
        text = lesson(site, book, "--unit", unit)
        assert inserted(book, text) == ["  - id: new-one", "    title: 新课"]
        assert "      认识“人”。\n  - id: new-one\n    title: 新课\n\n- title: 第二单元\n" in text
    text = lesson(site, book)
    assert text.endswith("    title: 金木水火土\n  - id: new-one\n    title: 新课\n")


def test_a_book_without_units_gets_one(site: Path) -> None:
    text = lesson(site, HEAD + "# 目录待补", "--unit", "识字")
    assert text == HEAD + (
        "# 目录待补\nunits:\n  - title: 识字\n    lessons:\n      - id: new-one\n        title: 新课\n"
    )
    text = lesson(site, HEAD + "aliases:\n- old/book.html\n")
    assert text.endswith("units:\n- title: 第一单元\n  lessons:\n  - id: new-one\n    title: 新课\n")


@pytest.mark.parametrize(
    ("units", "added"),
    [
        (
            "units:\n- title: 识字\n  lessons:\n  - id: b-01\n    title: 天\n\n# 完\n",
            ["- title: 课文", "  lessons:", "    - id: new-one", "      title: 新课"],
        ),
        ("units: []\n", []),
        ("", ["units:", "  - title: 课文", "    lessons:", "      - id: new-one", "        title: 新课"]),
        ("units: [{title: 识字, lessons: [{id: b-01, title: 天}]}]\n", []),
    ],
)
def test_a_lesson_can_bring_its_unit_along_which_goes_behind_the_others(
    site: Path, units: str, added: list[str]
) -> None:
    text = lesson(site, HEAD + units, "--new-unit", "课文")
    assert [unit["title"] for unit in yaml.safe_load(text)["units"]][-1] == "课文"
    if added:
        assert inserted(HEAD + units, text) == added
    again = ("lesson", "b-03", "--textbook", "book-1a", "--title", "又一课")
    assert "请把 `--new-unit` 改成 `--unit`" in refused(site, *again, "--new-unit", "课文")
    assert "请去掉 --unit 和 --after" in refused(site, *again, "--new-unit", "口语", "--unit", "1")
    made(site, *again, "--unit", "课文")


def test_an_empty_list_gives_way_to_the_lesson(site: Path) -> None:
    text = lesson(site, HEAD + "units: []  # 待补\nnote: 暂缺\n")
    assert "units:  # 待补\n  - title: 第一单元\n    lessons:\n      - id: new-one\n" in text
    assert text.endswith("        title: 新课\nnote: 暂缺\n")
    text = lesson(site, HEAD + "units:\n  - title: 一\n    lessons: []\n")
    assert text.endswith("    lessons:\n      - id: new-one\n        title: 新课\n")


def test_a_unit_without_lessons_gets_its_first(site: Path) -> None:
    text = lesson(site, HEAD + "units:\n  - title: 一\n  # 以下待定\n  - title: 二\n", "--unit", "1")
    new_lines = "    lessons:\n      - id: new-one\n        title: 新课\n"
    assert text == HEAD + f"units:\n  - title: 一\n{new_lines}  # 以下待定\n  - title: 二\n"


def test_a_book_in_braces_stays_in_braces(site: Path) -> None:
    text = lesson(site, HEAD + "units: [{title: 一, lessons: [{id: b-01, title: 天}]}]\n")
    assert text.endswith("lessons: [{id: b-01, title: 天}, {id: new-one, title: 新课}]}]\n")
    text = lesson(site, HEAD + "units: [{title: 一}]\n")
    assert text.endswith("units: [{title: 一, lessons: [{id: new-one, title: 新课}]}]\n")


def test_line_ends_of_windows_and_blank_lines_between_lessons_are_kept(site: Path) -> None:
    book = HEAD + "units:\n  - title: 一\n    lessons:\n      - id: b-01\n        title: 天\n"
    rest = "\n      - id: b-02\n        title: 地\n"
    text = lesson(site, (book + rest).replace("\n", "\r\n"), "--after", "b-01")
    assert text == (book + "\n      - id: new-one\n        title: 新课\n" + rest).replace("\n", "\r\n")


def test_a_title_with_signs_is_quoted_in_a_lesson_too(site: Path) -> None:
    (site / NAME).write_text(HEAD, encoding="utf-8")
    made(site, "lesson", "new-one", "--textbook", "book-1a", "--title", "- 问: 答 #1")
    checked(site)
    assert "title: '- 问: 答 #1'" in (site / NAME).read_text(encoding="utf-8")


def test_a_lesson_of_an_unknown_book_unit_or_neighbour_is_refused(site: Path) -> None:
    said = refused(site, "lesson", "new-one", "--textbook", "chinese-1b", "--title", "新课")
    assert "是不是要写 `chinese-1a`？" in said
    said = refused(site, "lesson", "new-one", "--textbook", "chinese-1a", "--title", "新课", "--unit", "99")
    assert "没有单元 `99`" in said
    assert "1 第一单元 识字" in said
    said = refused(site, "lesson", "new-one", "--textbook", "chinese-1a", "--title", "新课", "--unit", "第一单元 认字")
    assert "是不是要写 `第一单元 识字`？" in said
    said = refused(site, "lesson", "new-one", "--textbook", "chinese-1a", "--title", "新课", "--after", "chinese-1a-99")
    assert "没有课 `chinese-1a-99`" in said


def test_a_lesson_does_not_take_the_page_of_another_class_hour(site: Path) -> None:
    hours = "units:\n  - title: 一\n    lessons:\n      - id: b\n        title: 天\n        hours:\n"
    hours += "          - title: 第一课时\n          - title: 第二课时\n"
    (site / NAME).write_text(HEAD + hours, encoding="utf-8")
    assert "textbooks/book-1a/b-2.html" in refused(site, "lesson", "b-2", "--textbook", "book-1a", "--title", "新课")


def test_a_book_with_mistakes_is_shown_them_and_left_alone(site: Path) -> None:
    (site / NAME).write_text(HEAD.replace("grade: 1", "grades: 1"), encoding="utf-8")
    before = state(site)
    result = new(site, "lesson", "new-one", "--textbook", "book-1a", "--title", "新课")
    assert result.exit_code == 1
    assert "grades" in result.stderr
    assert state(site) == before


_COMMENT = st.sampled_from(["", "# 注", "      # 注", "    "])


def _as_forms_read(value: Any) -> Any:
    """Values without the line end of a block, which is missing at a file's end and which forms take away."""
    if isinstance(value, dict):
        return {key: _as_forms_read(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_forms_read(inner) for inner in value]
    return value.rstrip("\n") if isinstance(value, str) else value


@given(
    data=st.data(),
    step=st.sampled_from([0, 1, 2, 4]),
    gap=st.sampled_from([2, 3, 4]),
    sizes=st.lists(st.integers(0, 3), min_size=1, max_size=3),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_indents_a_record_more_changes_no_line_and_no_other_value(
    data: st.DataObject, step: int, gap: int, sizes: list[int], line_end: str
) -> None:
    lines = ["title: 书", "units:"]
    for u, size in enumerate(sizes):
        lines += [data.draw(_COMMENT), " " * step + "-" + " " * (gap - 1) + f"title: u{u}"]
        keys = " " * (step + gap)
        lines += [f"{keys}lessons:"] if size else []
        for number in range(size):
            dash = keys + " " * step
            lines += [f"{dash}-{' ' * (gap - 1)}id: l{u}{number}", data.draw(_COMMENT)]
            lines += data.draw(st.sampled_from([[], [f"{dash}{' ' * gap}summary: |", f"{dash}{' ' * gap}  文", ""]]))
    lines.append(data.draw(_COMMENT))
    text = line_end.join(lines) + data.draw(st.sampled_from(["", line_end]))
    expected = yaml.safe_load(text)
    unit = data.draw(st.integers(0, len(sizes) - 1))
    after = data.draw(st.integers(0, sizes[unit] - 1)) if sizes[unit] else None
    changed = append_record(text, ["units", unit, "lessons"], after, {"id": "x", "title": "新: 课"})
    expected["units"][unit].setdefault("lessons", []).insert(
        0 if after is None else after + 1, {"id": "x", "title": "新: 课"}
    )
    assert _as_forms_read(yaml.safe_load(changed)) == _as_forms_read(expected)
    assert 2 <= len(inserted(text, changed)) <= 4
    assert changed.count("\n") == changed.count(line_end)


def test_the_date_of_a_resource_is_today_in_utc_unless_it_is_given(site: Path) -> None:
    path, _ = made(site, "resource", "after-school/classic-reading/moon-song", "--title", "月亮歌")
    written = yaml.safe_load((site / path).read_text(encoding="utf-8").split("---\n")[1])
    assert isinstance(written["date"], date)
    assert written["date"] > TODAY
