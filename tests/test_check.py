"""`check` in its five formats, what is an error and what a warning, exit codes, and which stream says what."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from sites import BASE, BOOK, BRIDGE, GOOSE, TODAY, build, catalogue, make_site, page, state

from builder.cli import program
from builder.language import language_of
from builder.sentences import SENTENCES
from builder.settings import read_settings

BUILD = Path(__file__).parent.parent / "build.py"
HOTLINES, LINKS = "content/hotlines.yaml", "content/links.yaml"
BARE_BOOK = "id: chinese-1a\ntitle: 语文\nstage: primary\nsubject: chinese\nedition: unified\ngrade: 1\nvolume: first\n"
STALE = {HOTLINES: "- {id: example-line, title: 示例热线, number: '12345', verified_on: 2020-03-01}\n"}
WRONG = {
    GOOSE: "---\ntitle: 100%：一半，一半\nknid: article\ndate: 2022-02-30\n---\n## 读一读\n",
    HOTLINES: STALE[HOTLINES],
}


def unverified_links(number: int) -> str:
    return "".join(f"- {{id: site-{n}, title: 示例, url: 'https://a.example.org'}}\n" for n in range(number))


def run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, run in the site's folder."""
    command = [sys.executable, str(BUILD), *arguments]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_file_that_is_exchanged_is_told_though_its_record_and_its_size_are_as_they_were(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    pdf = (site / BRIDGE).with_suffix(".pdf")
    described = f"file: {pdf.name}, bytes: {pdf.stat().st_size}, sha256: {hashlib.sha256(pdf.read_bytes()).hexdigest()}"
    text = (site / BRIDGE).read_text(encoding="utf-8")
    (site / BRIDGE).write_text(text.replace(f"file: {pdf.name}", described), encoding="utf-8")
    build(site)
    assert catalogue(site, "check").output == ""
    content = pdf.read_bytes()
    pdf.write_bytes(content[:8] + content[:7:-1])
    lines = catalogue(site, "check", "--format", "concise").stdout.splitlines()
    assert [line.partition(" ")[2].partition(" ")[0] for line in lines] == ["错误[wrong-sha256]"]
    assert lines[0].startswith(f"{BRIDGE}:8:")
    (site / BRIDGE).write_text(text, encoding="utf-8")
    assert catalogue(site, "check").output == ""


# ---- formats


def test_a_right_site_gets_an_empty_report(site: Path) -> None:
    for form in ("full", "concise", "github"):
        assert catalogue(site, "check", "--format", form).output == ""
    assert json.loads(catalogue(site, "check", "--format", "json").stdout) == []


def test_json_has_the_keys_that_were_promised_and_errors_first(tmp_path: Path) -> None:
    rows = json.loads(catalogue(make_site(tmp_path, WRONG), "check", "--format", "json").stdout)
    assert [set(row) for row in rows] == [
        {"code", "severity", "message", "hint", "file", "line", "column", "record"}
    ] * len(rows)
    assert [(row["code"], row["severity"], row["line"], row["column"]) for row in rows] == [
        ("unknown-key", "error", 3, 1),
        ("bad-date", "error", 4, 7),
        ("stale-hotline", "warning", 1, 65),
    ]
    assert rows[0]["record"] == "100%：一半，一半 (goose-song)"
    assert rows[0]["file"] == GOOSE


def test_concise_gives_each_problem_one_line_with_its_place(tmp_path: Path) -> None:
    lines = catalogue(make_site(tmp_path, WRONG), "check", "--format", "concise").stdout.splitlines()
    assert lines[0].startswith(f"{HOTLINES}:1:65: 警告[stale-hotline] ")
    assert lines[1] == f"{GOOSE}:3:1: 错误[unknown-key] 这里没有 `knid` 这个字段"
    assert len(lines) == 3


def test_github_gets_commands_with_line_ends_and_per_cent_signs_escaped(tmp_path: Path) -> None:
    files = {"content/sections/after-school/classic-reading/五成,50%.md": "---\ntitle: 五成\nkind: article\n---\n"}
    files |= {GOOSE: "---\ntitle: 甲\nkind: 50%\ndate: 2022-03-05\n---\n## 读一读\n"}
    text = catalogue(make_site(tmp_path, files), "check", "--format", "github").stdout
    lines = text.splitlines()
    assert len(lines) == 3
    assert all(re.fullmatch(r"::error file=[^,:]+(,line=\d+,col=\d+)?,title=[a-z-]+::[^\n]+", line) for line in lines)
    assert f"::error file={GOOSE},line=3,col=7,title=unknown-reference::没有类型 `50%25`%0A" in text
    assert "classic-reading/五成%2C50%25.md,title=bad-id::" in text


# The parts of SARIF 2.1.0 that readers of such logs cannot do without.
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "format": "uri-reference", "pattern": "^[!-~]+$"}},
                },
                "region": {
                    "required": ["startLine"],
                    "properties": {
                        "startLine": {"type": "integer", "minimum": 1},
                        "startColumn": {"type": "integer", "minimum": 1},
                        "endColumn": {"type": "integer", "minimum": 1},
                    },
                },
            },
        }
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string"},
                                    "rules": {"items": {"required": ["id"]}, "uniqueItems": True},
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "required": ["message", "ruleId", "level", "locations"],
                            "properties": {
                                "message": {"required": ["text"], "properties": {"text": {"minLength": 1}}},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "locations": {"items": LOCATION, "minItems": 1},
                                "relatedLocations": {"items": LOCATION},
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_sarif_is_a_log_that_code_hosts_can_read(tmp_path: Path) -> None:
    files = {**WRONG, "content/pages/about-咏鹅.md": "---\ntitle: 甲\n---\n", BOOK: None, "content/one.yaml": "a: b\n"}
    log = json.loads(catalogue(make_site(tmp_path, files), "check", "--format", "sarif").stdout)
    jsonschema.validate(log, SARIF)
    (part,) = log["runs"]
    assert part["columnKind"] == "unicodeCodePoints"
    assert {rule["id"] for rule in part["tool"]["driver"]["rules"]} == {row["ruleId"] for row in part["results"]}
    assert [row["level"] for row in part["results"]].count("warning") == 1


def test_errors_come_first_for_programs_and_last_for_people_each_in_the_order_of_the_files(tmp_path: Path) -> None:
    site = make_site(tmp_path, {**WRONG, LINKS: unverified_links(2)})
    said = {form: catalogue(site, "check", "--format", form).stdout for form in ("full", "concise", "json", "github")}
    errors, warnings = ["unknown-key", "bad-date"], ["stale-hotline", *["link-never-verified"] * 2]
    assert [row["code"] for row in json.loads(said["json"])] == errors + warnings
    assert re.findall(r"title=([a-z-]+)::", said["github"]) == errors + warnings
    assert re.findall(r"^\S+\[([a-z-]+)\]", said["full"], re.MULTILINE) == warnings + errors
    assert re.findall(r"\[([a-z-]+)\]", said["concise"]) == warnings + errors


def test_errors_are_shown_before_warnings_where_not_all_are_and_the_last_of_them_stands_above_the_sum(
    tmp_path: Path,
) -> None:
    records = "".join(f"- {{id: site-{n}, title: 示例, url: ftp://a.example.org}}\n" for n in range(50))
    text = catalogue(make_site(tmp_path, {LINKS: records, **STALE}), "check").stdout
    assert text.count("错误[bad-address]") == 50
    assert "警告[" not in text
    records = records.replace("ftp:", "https:", 2)
    said = catalogue(make_site(tmp_path / "other", {LINKS: records, **STALE}), "check").stdout
    assert re.findall(r"^\S+\[([a-z-]+)\]", said, re.MULTILINE) == [
        *["stale-hotline"],
        *["link-never-verified"],
        *["bad-address"] * 48,
    ]
    assert said.index("links.yaml:3:") < said.index("links.yaml:50:")


def test_more_problems_than_fit_a_screen_are_counted_by_kind(tmp_path: Path) -> None:
    records = "".join(f"- {{id: site-{n}, title: 示例, url: ftp://a.example.org}}\n" for n in range(60))
    text = catalogue(make_site(tmp_path, {LINKS: records}), "check").stdout
    assert text.count("错误[bad-address]") == 50
    assert "另有 10 处：bad-address × 10" in text
    assert text.endswith("错误 60 个，警告 0 个\n")


REST = "另有 6 处：link-never-verified × 6；运行 `catalogue check --all` 可以列出全部\n"


@pytest.mark.parametrize("files", [{}, {GOOSE: WRONG[GOOSE]}])
def test_a_warning_of_another_kind_stands_below_the_many_of_one_of_which_three_are_shown(
    tmp_path: Path, files: dict[str, str]
) -> None:
    site = make_site(tmp_path, {**files, LINKS: unverified_links(9), BOOK: BARE_BOOK})
    text = catalogue(site, "check").stdout
    assert text.count("警告[link-never-verified]") == 3
    assert text.rindex("警告[link-never-verified]") < text.index("警告[textbook-without-lessons]")
    assert text.endswith(f"{REST}\n错误 {2 if files else 0} 个，警告 10 个\n")
    lines = catalogue(site, "check", "--format", "concise").stdout.splitlines(keepends=True)
    assert len(lines) == (2 if files else 0) + 1 + 3 + 1
    assert lines[-1] == REST


@pytest.mark.parametrize("form", ["full", "concise", "json", "github", "sarif"])
def test_every_warning_is_shown_where_all_are_asked_for_and_to_other_programs(tmp_path: Path, form: str) -> None:
    site = make_site(tmp_path, {LINKS: unverified_links(60)})
    everything = ["--all"] if form in {"full", "concise"} else []
    text = catalogue(site, "check", "--format", form, *everything).stdout
    assert len(re.findall(r"(\[|title=|\"code\": \"|\"ruleId\": \")link-never-verified", text)) == 60
    assert "check --all" not in text


def test_a_build_shows_its_warnings_as_check_does(tmp_path: Path) -> None:
    site = make_site(tmp_path, {LINKS: unverified_links(9)})
    said = build(site).stderr
    assert said.startswith(catalogue(site, "check").stdout)
    assert REST in said
    assert REST in build(site).stderr  # also where there was nothing to do


@pytest.mark.parametrize("command", ["catalogue", "python build.py"])
def test_what_is_said_names_the_program_as_it_was_called(tmp_path: Path, command: str) -> None:
    make_site(tmp_path, {LINKS: unverified_links(9)})
    (tmp_path / "build.py").write_bytes(BUILD.read_bytes())
    (tmp_path / "catalogue").write_bytes(BUILD.read_bytes())

    def said(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, command.rpartition(" ")[2], "check", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(BUILD.parent)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout + done.stderr

    assert f"运行 `{command} check --all`" in said()
    assert f"用法：{command} check" in said("--nope")


# ---- exit codes


@pytest.mark.parametrize(
    ("files", "arguments", "code"),
    [
        ({}, [], 0),
        ({}, ["--strict"], 0),
        (STALE, [], 0),
        (STALE, ["--strict"], 1),
        (WRONG, [], 1),
        (WRONG, ["--format", "json"], 1),
        (STALE, ["--strict", "--format", "sarif"], 1),
        ({}, ["--format", "xml"], 2),
        ({}, ["--now", "2022-02-30"], 2),
        ({}, ["--unknown"], 2),
    ],
)
def test_the_exit_code_says_whether_the_content_or_the_command_was_wrong(
    tmp_path: Path, files: dict[str, str], arguments: list[str], code: int
) -> None:
    assert run(make_site(tmp_path, files), "check", "--now", "2022-04-01", *arguments).returncode == code


@pytest.mark.parametrize("command", ["check", "build", "serve", "schema"])
@pytest.mark.parametrize(
    ("system", "said", "remedy"),
    [
        ("C", "Error: there is no site.yaml in", "name it with `--site DIR`, or make one with `catalogue new site"),
        ("zh_CN.UTF-8", "没有 site.yaml", "或用 `--site 文件夹` 指明，或用 `catalogue new site"),
    ],
)
def test_a_folder_that_is_no_site_is_named_with_the_remedy_in_the_language_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, system: str, said: str, remedy: str
) -> None:
    monkeypatch.setenv("LC_ALL", system)
    result = CliRunner().invoke(program, ["--site", str(tmp_path), command], prog_name="catalogue")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr and remedy in result.stderr and str(tmp_path) in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_site_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    result = run(tmp_path, "--site", "nowhere", "check")
    assert (result.returncode, result.stdout) == (2, "")
    assert "'nowhere' does not exist" in result.stderr


# ---- streams


def test_check_prints_its_report_on_standard_output_and_nothing_else(tmp_path: Path) -> None:
    result = run(make_site(tmp_path, WRONG), "check", "--now", "2022-04-01", "--format", "json")
    assert len(json.loads(result.stdout)) == 3
    assert result.stderr == ""


def test_build_speaks_to_people_on_standard_error_and_leaves_standard_output_empty(tmp_path: Path) -> None:
    result = run(make_site(tmp_path, STALE), "build", "--jobs", "1", "--now", "2022-04-01")
    assert (result.returncode, result.stdout) == (0, "")
    assert "stale-hotline" in result.stderr
    assert re.fullmatch(
        r"资源 \d+ 份 · 页面 \d+ 个 · 写入 \d+，删除 0，未变 0 · \d+\.\d\d 秒 · \d+ MB", result.stderr.splitlines()[-1]
    )


def test_a_site_whose_first_language_is_english_is_spoken_to_in_english(tmp_path: Path) -> None:
    settings = (BASE / "site.yaml").read_text(encoding="utf-8").replace("[zh-CN, en]", "[en, zh-CN]")
    site = make_site(tmp_path, {"site.yaml": settings})
    (site / "public").mkdir()
    (site / "public/notes.txt").write_text("mine", encoding="utf-8")
    build(site)
    said = build(site, "--clean").stderr.splitlines()
    assert said[0] == f"1 file not ours and left alone in {site / 'public'}:"
    assert re.fullmatch(
        r"\d+ resources · \d+ pages · \d+ written, 0 removed, 0 unchanged · \d+\.\d\d s · \d+ MB", said[-1]
    )


# ---- wrong usage

WRONG_USAGE = {
    ("check", "--format", "x"): "'--format' 的值不对：'x' 不能选；可选：'full', 'concise', 'json', 'github', 'sarif'。",
    ("check", "--now", "x"): "'--now' 的值不对：'x' 不是日期；请写成 2022-03-05 这样的形式",
    ("check", "--formta", "json"): "没有选项 '--formta'。是不是要写 '--format'？",
    ("check", "--strict=1"): "选项 '--strict' 后面不写值。",
    ("check", "more", "words"): "多出了参数：more words",
    ("chekc",): "没有命令 'chekc'。是不是要写 'check'？",
    ("build", "--jobs", "0"): "'--jobs' 的值不对：0 不在范围 x>=1 之内。",
    ("build", "--jobs", "x"): "'--jobs' 的值不对：'x' 不是整数。",
    ("build", "--jobs"): "选项 '--jobs' 后面要写值。",
    (
        "build",
        "--jobs=2",
        "--scheduler=tcp://192.0.2.1:8786",
    ): "--jobs 是本机的进程数；用了 --scheduler，工作由集群的工作进程来做；请去掉其中一个",
    ("build", "--out", "site.yaml"): "'--out' 的值不对：'site.yaml' 是文件，这里要文件夹。",
    ("build", "--report", "content"): "'--report' 的值不对：'content' 是文件夹，这里要文件。",
    ("build", "--explain", "nope.html"): (
        "没有地址为 nope.html 的文件；地址从根算起，例如 index.html，路径从站点文件夹算起，例如 content/links.yaml"
    ),
    ("new", "section"): "缺少参数 'ID'。",
    ("new", "section", "club"): "缺少选项 '--title'。",
    ("new", "sectoin"): "没有命令 'sectoin'。是不是要写 'section'？",
}


@pytest.mark.parametrize(("words", "said"), WRONG_USAGE.items(), ids=lambda value: " ".join(value)[:40])
def test_wrong_usage_is_told_in_the_language_of_the_site(
    site: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(site)
    result = CliRunner().invoke(program, words, prog_name="catalogue")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == f"错误：{said}"
    assert re.search(r"Usage|Try |OPTIONS|COMMAND|ARGS", result.stderr) is None
    settings = (site / "site.yaml").read_text(encoding="utf-8").replace("[zh-CN, en]", "[en, zh-CN]")
    (site / "site.yaml").write_text(settings, encoding="utf-8")
    assert CliRunner().invoke(program, words, prog_name="catalogue").stderr.splitlines()[-1].startswith("Error: ")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("languages: [en, zh-CN]\n", "en"),
        ("title: 甲\nlanguages: ['ug', zh-CN]\n", "ug"),
        ("languages:\n  - zh-HK\n", "zh-HK"),
        ("languages:\n- en\n", "en"),
        ("title: 甲\nlanguages: en\n", "zh-CN"),
        ("title: A\n", "en"),
        ("title: 甲\n", "zh-CN"),
    ],
)
def test_the_language_is_looked_up_as_the_settings_say_it(tmp_path: Path, text: str, language: str) -> None:
    (tmp_path / "site.yaml").write_text(text, encoding="utf-8")
    assert language_of(tmp_path) == read_settings(tmp_path)[1] == language


def test_each_sentence_names_the_same_things_in_both_languages() -> None:
    for sentence, (english, chinese) in SENTENCES.items():
        places = [set(re.findall(r"{(\w+)", text)) - {"s"} for text in (english, chinese)]
        assert places[0] == places[1], sentence


def test_a_refused_build_shows_every_mistake_on_standard_error(tmp_path: Path) -> None:
    site = make_site(tmp_path, WRONG)
    before = state(site)
    result = run(site, "build", "--jobs", "1", "--now", "2022-04-01")
    assert (result.returncode, result.stdout) == (1, "")
    assert all(code in result.stderr for code in ("unknown-key", "bad-date", "stale-hotline"))
    assert state(site) == before


def test_the_report_has_no_colour_codes_when_it_is_not_for_a_terminal(tmp_path: Path) -> None:
    result = run(make_site(tmp_path, WRONG), "check", "--now", "2022-04-01")
    assert "\033" not in result.stdout


# ---- the day


def test_the_day_decides_what_is_stale(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    verified = date(2022, 3, 1)
    last = date.fromordinal(verified.toordinal() + 365)
    assert catalogue(site, "check", now=last).output == ""
    report = catalogue(site, "check", now=date.fromordinal(last.toordinal() + 1)).output
    assert "stale-hotline" in report
    assert "stale-link" in report


def test_without_a_day_the_clock_decides(tmp_path: Path) -> None:
    files = {HOTLINES: "- {id: example-line, title: 示例热线, number: '12345', verified_on: 1999-01-01}\n"}
    assert "stale-hotline" in catalogue(make_site(tmp_path, files), "check", now=None).output


def test_the_day_stands_on_no_page(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    build(site, now=TODAY)
    first = page(site, "index.html")
    build(site, now=date(2022, 4, 2))
    assert page(site, "index.html") == first
    assert "2022-04-01" not in first
