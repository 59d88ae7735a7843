"""What the program says beside problems is in one language, that of the site's editors."""

from __future__ import annotations

import errno
import inspect
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from PIL import Image
from sites import BASE, BRIDGE, GOOSE, build, catalogue, make_site
from tools import ROOT

from builder import cli
from builder.commands import terminal
from builder.commands.help import CHINESE
from builder.linking import charts_of
from builder.output.manifest import read_manifest
from builder.pages.context import Sight
from builder.preview.panel import panel
from builder.preview.session import Session
from builder.preview.worker import Brief, _build, _options
from builder.problems import width
from builder.search.packs import tables_of_characters
from builder.signals import Stopped
from builder.traces import in_words

ENGLISH = {"site.yaml": (BASE / "site.yaml").read_text(encoding="utf-8").replace("[zh-CN, en]", "[en, zh-CN]")}
SONG = "title: 歌\nkind: article\ndate: 2022-03-05\n"
PDF = BRIDGE.replace(".md", ".pdf")


def _said(words: list[str]) -> str:
    """The last line of what is said to wrong usage."""
    result = CliRunner().invoke(cli.program, words, prog_name="catalogue")
    assert result.exit_code == 2
    return result.stderr.splitlines()[-1]


# ---- which language


@pytest.mark.parametrize("is_behind", [False, True])
@pytest.mark.parametrize("is_one_word", [False, True])
def test_wrong_usage_beside_a_site_is_told_in_the_language_of_that_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_behind: bool, is_one_word: bool
) -> None:
    here, there = make_site(tmp_path / "here"), make_site(tmp_path / "there", ENGLISH)
    for folder, other, said in ((here, there, "Error: No such option"), (there, here, "错误：没有选项")):
        monkeypatch.chdir(folder)
        named = [f"--site={other}"] if is_one_word else ["--site", str(other)]
        wrong = ["check", "--formta", "json"]
        assert _said([*wrong, *named] if is_behind else [*named, *wrong]).startswith(said)


def test_a_site_that_is_not_there_is_told_in_the_language_of_the_one_that_is(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    assert _said(["--site", "nowhere", "check"]) == "错误：'--site' 的值不对：'nowhere' 不存在。"


def test_a_program_that_is_stopped_before_a_command_has_begun_says_so_in_the_language_of_the_site(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise Stopped(signal.SIGTERM)

    monkeypatch.setattr(cli.program, "main", stop)
    with pytest.raises(SystemExit, match="143"):
        cli.main(["--site", str(site), "check"])
    assert capsys.readouterr().err == "catalogue: 已停止\n"


# ---- help


def test_without_a_command_the_program_shows_its_help(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    result = CliRunner().invoke(cli.program, [], prog_name="catalogue")
    assert result.exit_code == 2
    assert result.stderr.startswith("用法：catalogue [选项] 命令 [参数]...\n")


def _declared(command: click.Command) -> Iterator[str]:
    """The texts that a command, its options and the commands inside it are declared with."""
    yield inspect.cleandoc(command.help or "").partition("\n\n")[0]
    yield from (option.help for option in command.params if isinstance(option, click.Option) and option.help)
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _declared(inner)


def test_all_that_help_says_has_its_chinese_and_nothing_else_has() -> None:
    assert {*_declared(cli.program), "Show this message and exit."} == CHINESE.keys()


@pytest.mark.parametrize(
    "words", [[], ["build"], ["check"], ["serve"], ["sample"], ["schema"], ["new"], ["new", "lesson"]]
)
def test_help_is_in_the_language_of_the_site_and_fits_the_terminal(site: Path, words: list[str]) -> None:
    def helped() -> str:
        result = CliRunner().invoke(cli.program, ["--site", str(site), *words, "--help"], prog_name="python build.py")
        assert result.exit_code == 0
        return result.stdout

    text = helped()
    assert text.startswith(f"用法：{' '.join(['python build.py', *words])} [选项]")
    assert re.search(r"[a-z]+ [a-z]+ [a-z]+", re.sub(r"python build\.py.*", "", text)) is None
    assert "\n    python build.py" in text and "\n    catalogue" not in text
    assert [line for line in text.splitlines() if width(line) > 80 and "build.py" not in line] == []
    make_site(site, ENGLISH)
    text = helped()
    assert text.startswith("Usage: python build.py") and "\n    python build.py" in text
    assert not re.search("[选项：]", text)


# ---- progress and reasons


def test_each_phase_of_a_build_is_called_by_its_name_in_the_language_of_the_site(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(site, "--report", str(tmp_path / "report.json"))
    phases = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["seconds"].keys() - {"total"}
    assert phases == {"scan", "read", "plan", "render", "search", "publish"}
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(terminal, "SLOW", -1.0)
    for phase in (*phases, "check", "sample"):
        progress = terminal.Progress("zh-CN")
        progress.begin(phase, 4)
        progress.step(1)
        assert re.fullmatch(r"\r[\u4e00-\u9fff]+ 25 %\033\[K", capsys.readouterr().err)


def test_why_a_page_was_made_is_told_in_the_language_of_the_site(site: Path) -> None:
    page = "after-school/classic-reading/goose-song.html"
    build(site)
    assert build(site, "--explain", page).stderr == "上次生成的原因：它是新的\n"
    settings = site / "site.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub("^title: .*", "title: 新目录", text), encoding="utf-8")
    goose = site / GOOSE
    goose.write_text(goose.read_text(encoding="utf-8").replace("先读题目", "先看题目"), encoding="utf-8")
    assert build(site, "--explain", page).stderr.splitlines()[1] == (f"此后有变化：site.yaml、{GOOSE}")


def test_an_edited_string_an_edited_template_and_a_text_of_another_page_are_told_apart(site: Path) -> None:
    page, other = "after-school/classic-reading/goose-song.html", GOOSE.replace("goose-song", "two")
    song = f"{SONG}summary: 一首歌\n"
    (site / other).write_text(f"---\n{song}---\n早上。\n", encoding="utf-8")
    build(site)
    (site / other).write_text(f"---\n{song}---\n晚上。\n", encoding="utf-8")
    build(site)
    assert build(site, "--explain", page).stderr == (
        f"上次是随其他页面一起重做的（因为 {other}）：它不显示其中的内容，所以保持原样\n"
    )
    (site / other).write_text(f"---\n{song.replace('title: ', 'title: 新')}---\n晚上。\n", encoding="utf-8")
    build(site)
    assert build(site, "--explain", page).stderr == f"上次生成的原因：{other}、列表里的资源，或列在它旁边的资源\n"
    with (site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("theme: own\n")
    folder = site / "themes/own"
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yaml").write_text("name: own\nextends: default\n", encoding="utf-8")
    build(site)
    assert "主题的模板" not in build(site, "--explain", page).stderr
    (folder / "templates/footer.html").write_text("<p>新</p>\n", encoding="utf-8")
    build(site)
    assert build(site, "--explain", page).stderr == "上次生成的原因：主题的模板\n"
    (folder / "strings").mkdir()
    (folder / "strings/zh-CN.yaml").write_text("home: 起点\n", encoding="utf-8")
    build(site)
    assert build(site, "--explain", page).stderr == "上次生成的原因：主题的文字\n"


def test_whoever_reads_only_the_first_lines_is_told_of_no_failure(site: Path) -> None:
    command = [sys.executable, "build.py", "--site", str(site), "check", "--format", "json"]
    reader, writer = os.pipe()
    os.close(reader)  # as `head` does once it has read enough
    done = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert done.stderr == ""


def test_a_page_is_explained_by_the_file_to_edit_and_then_by_the_rest_in_groups(tmp_path: Path) -> None:
    more = {GOOSE.replace("goose-song", f"song-{n}"): f"---\n{SONG}---\n" for n in range(12)}
    said = build(make_site(tmp_path, more), "--explain", "after-school/classic-reading.html").stdout
    column, *groups = [part.splitlines() for part in re.split(r"\n(?=\S)", said)]
    assert column == ["写在 1 个文件里，要改就改这里：", f"  {GOOSE.rpartition('/')[0]}/_column.yaml"]
    assert [re.sub(r"\d+", "N", group[0]) for group in groups] == [
        "还显示另外 N 个文件里的内容：",
        "和所有页面共用 N 个文件：",
        "由主题的 N 个文件生成：",
    ]
    assert groups[0][0] == "还显示另外 13 个文件里的内容："
    assert len(groups[0]) == 12 and groups[0][-1] == "  ……另有 3 个"
    assert "  site.yaml" in groups[1]


def test_an_address_to_explain_may_be_pasted_from_a_browser_or_from_the_disk(site: Path) -> None:
    base = re.search(r"base_url: *(\S+)", (site / "site.yaml").read_text(encoding="utf-8"))
    assert base is not None
    bare = build(site, "--explain", "after-school.html").stdout
    root = base[1].strip("'\"").rstrip("/")
    public = (site / "public").resolve().as_posix()
    for before in ("/", "./", "public/", "./public/", f"{public}/", f"{root}/"):
        assert build(site, "--explain", f"{before}after-school.html").stdout == bare
    assert build(site, "--explain", f"{root}/after-school.html?a=b#c").stdout == bare
    assert build(site, "--explain", f"{root}/").stdout == build(site, "--explain", "index.html").stdout


def test_a_page_to_explain_may_be_named_by_the_file_that_it_is_written_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path, {"content/links.yaml": "- {id: museum, title: 博物馆}\n"})
    monkeypatch.chdir((site / GOOSE).parent)
    page = build(site, "--explain", "after-school/classic-reading/goose-song.html").stdout
    for named in (GOOSE, f"./{GOOSE}", str(site / GOOSE), "goose-song.md"):
        assert build(site, "--explain", named).stdout == page
    assert build(site, "--explain", "content/links.yaml").stdout == build(site, "--explain", "links.html").stdout


def test_a_draft_to_explain_is_told_to_be_one_until_drafts_are_shown(tmp_path: Path) -> None:
    draft = GOOSE.replace("goose-song", "draft")
    site = make_site(tmp_path, {draft: f"---\n{SONG}status: draft\n---\n"})
    for named in (draft, "after-school/classic-reading/draft.html"):
        result = catalogue(site, "build", "--explain", named)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.splitlines()[-1].startswith(f"错误：{named} 今天没有发布")
        assert draft in build(site, "--drafts", "--explain", named).stdout


def test_of_a_file_in_which_several_pages_are_written_one_has_to_be_chosen(tmp_path: Path) -> None:
    more = {GOOSE.replace("goose-song", f"song-{n}"): f"---\n{SONG}---\n" for n in range(15)}
    more["site.yaml"] = (BASE / "site.yaml").read_text(encoding="utf-8") + "page_size: 5\n"
    column = f"{GOOSE.rpartition('/')[0]}/_column.yaml"
    site = make_site(tmp_path, more)
    result = catalogue(site, "build", "--explain", column)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == (
        f"错误：{column} 里写着 4 个页面；请指明其中一个，例如 after-school/classic-reading.html、"
        "after-school/classic-reading/2.html、after-school/classic-reading/3.html"
    )


def test_what_is_published_beside_pages_is_explained_by_the_files_that_it_is_made_of(tmp_path: Path) -> None:
    record = GOOSE.replace("goose-song", "song-1")
    folder = record.rpartition("/")[0]
    text = SONG + "cover: {file: pond.png, alt: 池塘里的鹅}\nassets: [{type: document, file: words.txt}]\n"
    row = "- {{metric: resources, value: {0}, unit: count, period: '{0}', source: press, as_of: 2022-03-25}}\n"
    site = make_site(
        tmp_path,
        {
            record: f"---\n{text}---\n",
            f"{folder}/words.txt": "白毛浮绿水\n",
            "content/figures.yaml": row.format(2020) + row.format(2021),
        },
    )
    Image.new("RGB", (400, 300), "green").save(site / folder / "pond.png")
    build(site)
    files = [path.relative_to(site / "public").as_posix() for path in sorted((site / "public").rglob("*.*"))]

    def explained(pattern: str, *options: str) -> str:
        address = next(file for file in files if re.fullmatch(pattern, file))
        return build(site, "--explain", address, *options).stdout

    assert explained(r"assets/.*/words\..*txt").splitlines()[1:] == [f"  {folder}/words.txt"]
    assert explained(r"assets/.*/pond-.*avif").splitlines()[1:] == [f"  {folder}/pond.png"]
    assert explained(r"assets/style\..*css").splitlines()[1:] == ["  themes/default/assets/style.css"]
    chart = explained(r".*resources.*svg").splitlines()
    assert chart[1] == "  content/figures.yaml" and chart[3] == "  themes/default/strings/zh-CN.yaml"
    packs = explained("search/index.js")
    assert "content/vocabulary.yaml" in packs and GOOSE in packs and "templates" not in packs
    assert explained(r"search/site/readings\..*").splitlines() == ["由程序自己生成，不取自站点的任何文件"]
    assert f"  {record}" in explained(r"search/indexes/sections/after-school/.*").splitlines()
    assert "  content/topics/reading-week.md" in explained(r"search/indexes/site/pages.*").splitlines()
    words = explained(r"search/site/lexicon.*").splitlines()
    assert f"  {record}" in words and "  content/topics/reading-week.md" in words
    assert f"  {record}" in explained(r"search/texts/sections/after-school/classic-reading.*").splitlines()
    assert explained("new.html").count("templates/new.html") == 1
    assert "templates/hotlines.html" not in explained("new.html")
    assert explained("hotlines.html").splitlines()[1] == "  content/hotlines.yaml"


def test_of_a_site_without_search_nothing_that_it_downloads_is_explained(site: Path) -> None:
    for address in ("search/index.js", *tables_of_characters().values()):
        said = ["--site", str(site), "build", "--no-search", "--explain", address]
        assert address in _said(said)


def test_each_part_that_a_manifest_names_has_words_unless_it_is_a_file(site: Path) -> None:
    build(site)
    parts = {
        part for trace in read_manifest(site / "public").bundles.values() for part in (*trace.parts, *trace.causes)
    }
    assert {"program", "common-settings", "theme-templates", "new", "lists", "links"} <= parts
    names = {"damaged", *Sight.__struct_fields__, *(part for part in parts if "/" not in part)}
    assert [name for name in names if in_words(name, "zh-CN") == name] == []


# ---- what the system refuses, and faults of ours


def test_a_file_that_is_gone_in_the_middle_of_a_build_is_named_with_the_remedy(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def removing(*arguments: object) -> object:
        (site / PDF).unlink()
        return charts_of(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("builder.linking.charts_of", removing)
    result = catalogue(site, "build", "--jobs", "1")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (f"catalogue: 没有写入任何文件：构建期间 {PDF} 被重新保存了；请再构建一次")
    assert not (site / "public").exists()


@pytest.mark.parametrize(
    ("error", "chinese", "english"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "没有读取权限", "you may not read it"),
        (OSError(errno.EIO, "Input/output error"), "磁盘的这个位置读不出来", "the disk cannot be read here"),
        (OSError(errno.ENOLCK, "No locks"), "系统报告了错误（No locks）", "the system says “No locks”"),
    ],
)
def test_why_a_file_of_the_content_cannot_be_read_is_told_in_the_language_of_the_site(
    site: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, chinese: str, english: str
) -> None:
    real = open

    def refusing(path: object, *more: Any) -> Any:
        if path == str(site / GOOSE):
            raise error
        return real(path, *more)  # type: ignore[call-overload]

    for said in (f"无法读取这个文件：{chinese}\n", f"this file cannot be read: {english}\n"):
        with monkeypatch.context() as patch:
            patch.setattr("builtins.open", refusing)
            assert said in catalogue(site, "check").stdout
        make_site(site, ENGLISH)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "程序本身出了错，这是我们的问题；请把上面的文字发给我们"),
        (ENGLISH, "the program itself failed; this is a fault of ours, please report it with the text above"),
    ],
)
def test_a_fault_of_ours_in_the_preview_is_shown_with_what_to_do_in_the_language_of_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], said: str
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("builder.preview.session.Phases", fail)
    job = Brief(make_site(tmp_path / "site", files), tmp_path / "out")
    outcome = _build(Session(_options(job)), job, set())
    first, *_, last = outcome.failure.splitlines()
    assert (first, last) == ("Traceback (most recent call last):", said)
    shown = panel(outcome, over_a_page=False)
    assert said in shown
    assert f'lang="{"en" if files else "zh-CN"}"' in shown
