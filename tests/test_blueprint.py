"""What is known of a catalogue is kept: a text of which others show nothing is published without linking it all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from sites import BOOK, BRIDGE, GOOSE, SECTIONS, build, catalogue, make_site, page

LESSON = "textbooks/chinese-1a/chinese-1a-02.html"
LINK = "读完可以看[咏鹅](../classic-reading/goose-song.md)。\n"
RETIRED = "status: retired\n---\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that has been built."""
    site = make_site(tmp_path)
    build(site)
    return site


@pytest.fixture
def warned(tmp_path: Path) -> Path:
    """A site that has been built, with a link of one text to a resource that is not published."""
    site = make_site(tmp_path)
    goose, bridge = site / GOOSE, site / BRIDGE
    front, _, body = goose.read_text(encoding="utf-8").rpartition("---\n")
    goose.write_text(f"{front}{RETIRED}{body}", encoding="utf-8")
    front, _, body = bridge.read_text(encoding="utf-8").rpartition("---\n")
    bridge.write_text(f"{front}---\n{body.splitlines()[0]}\n\n{LINK}", encoding="utf-8")
    build(site)
    return site


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _pages_written(site: Path) -> list[str]:
    """The pages that the next build writes."""
    report = site / "report.json"
    build(site, "--report", str(report))
    return [
        address for address in json.loads(report.read_text(encoding="utf-8"))["changed"] if address.endswith(".html")
    ]


@pytest.fixture
def no_linking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is linked any more."""

    def linked(*_: object) -> None:
        raise AssertionError("the catalogue was linked again")

    monkeypatch.setattr("builder.linking.link", linked)


def test_a_saved_text_is_published_without_linking_the_catalogue(site: Path, no_linking: None) -> None:
    _append(site / BRIDGE, "\n再试试两张纸。\n")
    assert _pages_written(site) == ["after-school/popular-science/paper-bridge.html"]
    assert "再试试两张纸" in page(site, "after-school/popular-science/paper-bridge.html")


def test_a_summary_of_a_class_hour_is_published_without_linking_the_catalogue(site: Path, no_linking: None) -> None:
    book = site / BOOK
    text = book.read_text(encoding="utf-8")
    title = "        title: 金木水火土\n"
    assert title in text
    book.write_text(text.replace(title, f"{title}        summary: 先读题目。\n"), encoding="utf-8")
    build(site)
    assert "先读题目" in page(site, LESSON)


@pytest.mark.parametrize(
    "file",
    [
        "content/.DS_Store",
        "content/.obsidian/workspace.md",
        "themes/.own/theme.yaml",
        f"{SECTIONS}/after-school/classic-reading/.goose-song.md.swp",
        f"{SECTIONS}/after-school/classic-reading/Thumbs.db",
    ],
)
def test_a_hidden_file_does_not_make_the_next_build_link_anew(site: Path, file: str, no_linking: None) -> None:
    (site / file).parent.mkdir(parents=True, exist_ok=True)
    (site / file).write_text("x", encoding="utf-8")
    _append(site / BRIDGE, "\n再试试两张纸。\n")
    assert _pages_written(site) == ["after-school/popular-science/paper-bridge.html"]


def test_what_linking_has_warned_of_is_told_where_it_stands_now(warned: Path) -> None:
    book = warned / BOOK
    title = "        title: 金木水火土\n"
    link = "        summary: 先读[咏鹅](/after-school/classic-reading/goose-song.html)。\n"
    text = book.read_text(encoding="utf-8").replace(title, f"{title}{link}")
    book.write_text(text, encoding="utf-8")
    line = text.splitlines(keepends=True).index(link) + 1
    assert f"chinese-1a.yaml:{line}:" in build(warned).stderr
    book.write_text(f"# 示例\n\n{text}", encoding="utf-8")
    assert f"chinese-1a.yaml:{line + 2}:" in build(warned).stderr


def test_a_string_of_the_theme_is_taken_over_wherever_it_stands(site: Path) -> None:
    strings = site / "themes/own/strings/zh-CN.yaml"
    strings.parent.mkdir(parents=True)
    (site / "themes/own/theme.yaml").write_text("name: own\nextends: default\n", encoding="utf-8")
    with (site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("theme: own\n")
    build(site)
    strings.write_text("figures: 有多少\n", encoding="utf-8")
    build(site)
    assert ">有多少</h1>" in page(site, "figures.html")


def test_a_resource_that_is_published_again_is_linked_again(warned: Path) -> None:
    goose = warned / GOOSE
    goose.write_text(goose.read_text(encoding="utf-8").replace(RETIRED, "---\n"), encoding="utf-8")
    assert "link-to-hidden" not in build(warned).stderr
    assert "咏鹅</a>" in page(warned, "after-school/popular-science/paper-bridge.html")


@pytest.mark.parametrize("name", ["blueprint", "entries", "sights"])
@pytest.mark.parametrize("is_damaged", [True, False])
def test_what_is_kept_of_a_catalogue_may_be_lost_or_damaged(warned: Path, name: str, is_damaged: bool) -> None:
    kept = warned / ".cache" / name
    for path in list(kept.iterdir()) if kept.is_dir() else [kept]:
        if is_damaged:
            path.write_bytes(os.urandom(200))
        else:
            path.unlink()
    _append(warned / BRIDGE, "\n再试试两张纸。\n")
    assert "link-to-hidden" in build(warned).stderr
    assert catalogue(warned, "build", "--verify").exit_code == 0
    assert "再试试两张纸" in page(warned, "after-school/popular-science/paper-bridge.html")
