"""What the guides show is true: examples pass, outputs are the program's own, links and commands exist.

A guide marks its examples by HTML comments, which readers do not see:

* `file: PATH`: the fenced block after it is a file of the site; all of them together make one site
* `attach: PATH`: a picture or document that such a file names
* `wrong: PATH`: the fenced block is a file with mistakes; the next block marked `output` is what `check` prints of it
  (`pytest --rewrite` writes these outputs anew, for review)
* `first`: the fenced block holds the commands of an editor's first day, for a new site as it is
* `run`: the fenced block holds commands, run one after the other on a new site with the files of the guide
"""

from __future__ import annotations

import io
import re
import shlex
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args
from urllib.parse import unquote

import click
import pytest
from click.testing import CliRunner
from jinja2 import Environment
from PIL import Image
from sites import build, catalogue, page

from builder.cli import program
from builder.content.model import AssetType, Evidence, Layout, Status
from builder.problems import FORMATS
from builder.rendering.filters import make_filters
from builder.rendering.strings import Strings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
CHINESE, ENGLISH, THEMES = "editors.zh-CN.md", "editors.md", "themes.md"
EDITORS = (CHINESE, ENGLISH)
PAPERS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
NAMES = [paper.relative_to(ROOT).as_posix() for paper in PAPERS]
THE_DAY = date(2026, 12, 1)

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARKED = re.compile(r"^((?:<!-- [^\n]* -->\n)+)```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"<!-- (\w+)(?:: (\S+))? -->")


@dataclass(frozen=True, slots=True)
class Block:
    """A marked block of a guide."""

    mark: str
    path: str
    attached: tuple[str, ...]
    text: str


def blocks(guide: str, *marks: str) -> list[Block]:
    return [block for block in _blocks((DOCS / guide).read_text(encoding="utf-8")) if block.mark in marks]


def _blocks(text: str) -> Iterator[Block]:
    for marked in _MARKED.finditer(text):
        marks = _MARK.findall(marked[1])
        attached = tuple(path for mark, path in marks if mark == "attach")
        (mark, path), *_ = [pair for pair in marks if pair[0] != "attach"]
        yield Block(mark, path, attached, marked[3])


def write(site: Path, path: str, content: str | bytes) -> None:
    target = site / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)


def attachment(path: str) -> bytes:
    if not path.endswith((".jpg", ".png")):
        return b"%PDF-1.7\n" if path.endswith(".pdf") else b"a document"
    picture = io.BytesIO()
    Image.new("RGB", (640, 400), (196, 58, 44)).save(picture, "JPEG" if path.endswith(".jpg") else "PNG")
    return picture.getvalue()


def new_site(folder: Path, guide: str) -> Path:
    """A new site in the guide's language, as a reader of the guide makes it."""
    site = folder / "site"
    language = "zh-CN" if guide == CHINESE else "en"
    run(folder, "new", "site", str(site), "--title", "示例目录", "--language", language, "--now", "2026-09-01")
    return site


def make_site(folder: Path, guide: str) -> Path:
    """A new site with the files that the guide shows."""
    site = new_site(folder, guide)
    for block in blocks(guide, "file"):
        write(site, block.path, block.text)
        for path in block.attached:
            write(site, path, attachment(path))
    return site


def run(site: Path, *words: str) -> None:
    result = CliRunner().invoke(program, ["--site", str(site), *words], prog_name="catalogue")
    assert result.exit_code == 0, f"{' '.join(words)}\n{result.output}"


def mistakes(guide: str) -> list[tuple[Block, str]]:
    """Files with mistakes, and what the guide says that the program prints of each."""
    shown = blocks(guide, "wrong", "output")
    return [(wrong, output.text) for wrong, output in zip(shown[::2], shown[1::2], strict=True)]


# ---- examples


@pytest.mark.parametrize("guide", EDITORS)
def test_the_examples_of_a_guide_for_editors_check_without_a_problem_in_a_new_site_and_in_the_catalogue(
    guide: str, tmp_path: Path
) -> None:
    assert len(blocks(guide, "file")) > 15
    site = make_site(tmp_path, guide)
    for words in (site, ROOT):
        write(site, "content/vocabulary.yaml", (words / "content/vocabulary.yaml").read_bytes())
        result = catalogue(site, "check", "--strict", now=THE_DAY)
        assert (result.output, result.exit_code) == ("", 0)


@pytest.mark.parametrize("guide", EDITORS)
def test_the_first_commands_of_a_guide_for_editors_work_in_a_new_site(guide: str, tmp_path: Path) -> None:
    site = new_site(tmp_path, guide)
    (block,) = blocks(guide, "first")
    commands = [shlex.split(line)[2:] for line in block.text.splitlines() if line.startswith("python build.py")]
    assert [words[0] for words in commands] == ["new", "serve", "check"]
    for words in commands:
        if words[0] != "serve":
            run(site, *words)
    build(site, "--drafts", now=THE_DAY)
    assert (site / "public/after-school/culture-art/paper-lantern.html").is_file()


@pytest.mark.parametrize("guide", EDITORS)
def test_the_examples_of_a_guide_for_editors_do_what_it_says(guide: str, tmp_path: Path) -> None:
    site = make_site(tmp_path, guide)
    build(site, now=THE_DAY)
    lantern = page(site, "after-school/culture-art/paper-lantern.html")
    assert 'kind="captions" srclang="zh-CN"' in lantern
    assert 'href="shadow-hands.html"' in lantern.replace("../../after-school/culture-art/", "")
    assert "paper-lantern.html" in page(site, "after-school/culture-art/red-lantern.html")
    assert "paper-lantern.html" in page(site, "after-school/culture-art/paper-lantern-2024.html")
    assert "paper-lantern.html" in page(site, "thematic-education/labour-education.html")
    assert 'lang="ug" dir="rtl"' in page(site, "after-school/culture-art/reading-books-ug.html")
    assert (site / "public/textbooks/sample-chinese-2b/sample-chinese-2b-02-2.html").is_file()
    assert not (site / "public/after-school/culture-art/lantern-riddles.html").exists()
    build(site, now=date(2027, 2, 15))
    assert (site / "public/after-school/culture-art/lantern-riddles.html").is_file()


def test_the_two_guides_for_editors_show_the_same_things() -> None:
    shown = [[(block.mark, block.path, block.attached) for block in _blocks(_text(guide))] for guide in EDITORS]
    assert shown[0] == shown[1]
    levels = [re.findall(r"^(#+) ", _FENCE.sub("", _text(guide)), re.MULTILINE) for guide in EDITORS]
    assert levels[0] == levels[1]


@pytest.mark.parametrize(
    ("guide", "number"), [(guide, number) for guide in (*EDITORS, THEMES) for number in range(len(mistakes(guide)))]
)
def test_a_shown_error_is_what_the_program_prints(guide: str, number: int, tmp_path: Path, rewrite: bool) -> None:
    site = make_site(tmp_path, guide)
    wrong, shown = mistakes(guide)[number]
    write(site, wrong.path, wrong.text)
    if guide == THEMES:
        use_theme(site)
    result = catalogue(site, "check", now=THE_DAY)
    if rewrite:
        write(DOCS, guide, _text(guide).replace(f"```text\n{shown}```", f"```text\n{result.stdout}```", 1))
        shown = result.stdout
    assert (result.stdout, result.exit_code) == (shown, 1)


def test_each_guide_for_editors_shows_three_errors() -> None:
    assert [len(mistakes(guide)) for guide in EDITORS] == [3, 3]


@pytest.mark.parametrize("guide", EDITORS)
def test_the_commands_that_make_files_work_as_shown(guide: str, tmp_path: Path) -> None:
    site = make_site(tmp_path, guide)
    (block,) = blocks(guide, "run")
    for line in block.text.splitlines():
        run(site, *shlex.split(line)[2:])
    result = catalogue(site, "check", now=THE_DAY)
    assert result.exit_code == 0, result.output


# ---- a theme


def use_theme(site: Path) -> None:
    settings = (site / "site.yaml").read_text(encoding="utf-8")
    write(site, "site.yaml", settings.replace("theme: default", "theme: bamboo"))


def test_the_theme_of_the_guide_shows_its_words_its_block_and_its_style(tmp_path: Path) -> None:
    site = make_site(tmp_path, CHINESE)
    build(site, now=THE_DAY)
    before = page(site, "index.html")
    for block in blocks(THEMES, "file"):
        write(site, block.path, block.text)
    use_theme(site)
    result = catalogue(site, "check", "--strict", now=THE_DAY)
    assert (result.output, result.exit_code) == ("", 0)
    build(site, now=THE_DAY)
    for address in ("index.html", "404.html", "after-school/culture-art/paper-lantern.html"):
        shown = page(site, address)
        assert "大家好，这里是示例学校" in shown
        (sheet,) = re.findall(r'href="([^"]*assets/bamboo\.\w+\.css)"', shown)
        if address != "404.html":
            assert (site / "public" / address).parent.joinpath(sheet).is_file()
        assert shown.index("assets/style.") < shown.index("assets/bamboo.")
    assert "今天想学什么" in page(site, "index.html")
    assert "今天想学什么" not in before
    assert "示例学校" not in before


def test_the_guide_to_themes_names_every_template_block_and_filter() -> None:
    folder = ROOT / "themes/default/templates"
    base = (folder / "base.html").read_text(encoding="utf-8")
    names = [template.name for template in folder.glob("*.html")] + re.findall(r"{% block (\w+) %}", base)
    assert [name for name in names if f"`{name}`" not in _text(THEMES)] == []
    assert [name for name in make_filters(Strings({})) if f"\\|{name}" not in _text(THEMES)] == []


def test_the_filters_of_the_guide_to_themes_give_what_it_says() -> None:
    jinja = Environment()
    jinja.filters.update(make_filters(Strings({})))
    shown = re.findall(r"^\| `(\d+)\\\|(\w+)` \| ([^,|]+(?:,\d+)?)[, ]", _text(THEMES), re.MULTILINE)
    assert len(shown) == 3
    assert [jinja.compile_expression(f"{value}|{name}")() for value, name, _ in shown] == [text for *_, text in shown]


# ---- links and commands


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_a_document_leads_to_a_file_and_a_heading(name: str) -> None:
    paper = ROOT / name
    text = _FENCE.sub("", paper.read_text(encoding="utf-8"))
    text = re.sub(r"`[^`\n]*`", "", text)
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = (paper.parent / path).resolve() if path else paper
        if not file.exists() or (anchor and anchor not in anchors(file)):
            lost.append(target)
    assert lost == []


def anchors(paper: Path) -> set[str]:
    """Anchors of a document's headings, as hosts of git make them."""
    headings = re.findall(r"^#+ (.*)$", _FENCE.sub("", paper.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_of_a_document_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    unknown = [fault for words in _commands(text) if (fault := _fault(words))]
    assert unknown == []


@pytest.mark.parametrize("guide", EDITORS)
def test_a_guide_for_editors_names_the_commands_that_editors_need(guide: str) -> None:
    named = {words[0] for words in _commands(_text(guide)) if words}
    assert named >= {"build", "serve", "check", "new", "schema"}


def _text(guide: str) -> str:
    return (DOCS / guide).read_text(encoding="utf-8")


def _commands(text: str) -> Iterator[list[str]]:
    """Words of each call of the program, in fenced blocks and in the running text, without the program's name."""
    spans = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", _FENCE.sub("", text))
    lines = [line for kind, block in _FENCE.findall(text) if kind == "sh" for line in block.splitlines()]
    for line in [*lines, *spans]:
        for call in line.split("&&"):
            if found := re.match(r"\s*(?:python build\.py|catalogue)\s+(.*)", call):
                yield shlex.split(found[1], comments=True)
            elif re.match(r"--[a-z]", call):
                yield [call.split()[0]]
            elif (words := call.split()) and words[0] in program.commands and len(words) > 1:
                yield words


def _fault(words: list[str]) -> str:
    """What is wrong with a call; an option alone must belong to some command."""
    if words[0].startswith("--"):
        return "" if words[0] in {*_options(program)} else words[0]
    command: click.Command = program
    for word in words:
        if word.startswith("-"):
            if word.partition("=")[0] not in {*_options(command, deep=False), "--help", "-h"}:
                return f"{' '.join(words)}: {word}"
        elif isinstance(command, click.Group) and command is not None and word.islower():
            if word not in command.commands:
                return f"{' '.join(words)}: {word}"
            command = command.commands[word]
    return ""


def _options(command: click.Command, *, deep: bool = True) -> Iterator[str]:
    yield from ("--help", "--version")
    for parameter in command.params:
        yield from parameter.opts
    if deep and isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _options(inner)


@pytest.mark.parametrize("guide", EDITORS)
def test_a_guide_for_editors_names_every_choice_of_a_field(guide: str) -> None:
    choices = [choice for field in (AssetType, Layout, Status, Evidence) for choice in get_args(field)]
    choices += ["moved", "merged", "gone", *FORMATS]
    assert [choice for choice in choices if not re.search(rf"\b{choice}\b", _text(guide))] == []


# ---- how the guides are set


def test_the_chinese_guide_is_set_with_full_width_punctuation_and_no_forced_spaces() -> None:
    prose = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", _text(CHINESE)))
    prose = re.sub(r"<!--.*?-->", "", prose)
    han = "\u4e00-\u9fff"
    assert re.findall(f"[{han}][,;:?!][{han}]", prose) == []
    assert re.findall(f"[{han}] +[A-Za-z0-9]|[A-Za-z0-9] +[{han}]", prose.replace("VS Code", "VSCode")) == []
    assert unicodedata.is_normalized("NFC", prose)


def test_the_picture_of_the_readme_is_a_picture() -> None:
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    with Image.open(ROOT / picture) as opened:
        assert opened.width >= 1200
