"""What is done to a site before it is built again: each case is an edit that an editor would make."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from builder.pages.directory import MOST_ENTRIES

IMPORTED = 1_000


def cold(site: Path, _: int) -> None:
    """Nothing is left of earlier builds but the covers, which Hugo gets ready made too; nothing is imported yet."""
    for path in (site / "content/sections").rglob("imported-*.md"):
        path.unlink()
    shutil.rmtree(site / "public", ignore_errors=True)
    for path in [*site.glob(".public.*"), *site.glob(".cache/*")]:
        if path.is_file():
            path.unlink()
        elif path.name != "pictures":
            shutil.rmtree(path)


def nothing(site: Path, _: int) -> None:
    """Nothing has changed."""


def lesson(site: Path, run: int) -> None:
    """One lesson's summary is another."""
    _replace_line(_book(site), "summary: ", f"第{run + 1}次修改。")


def lesson_of_the_largest_stage(site: Path, run: int) -> None:
    """One lesson's summary is another, of the stage whose texts take longest to index."""
    stages = [path for path in (site / "content/textbooks").iterdir() if path.is_dir()]
    book = min(max(stages, key=lambda stage: len([*stage.rglob("*.yaml")])).rglob("*.yaml"))
    _replace_line(book, "summary: ", f"第{run + 1}次修改。")


def textbook(site: Path, run: int) -> None:
    """A textbook gets another title."""
    _replace_line(_book(site), "title: ", f"改名的教材{run + 1}")


def template(site: Path, run: int) -> None:
    """A template that every page is made with is edited."""
    folder = site / "themes/own"
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    (folder / "theme.yaml").write_text("name: own\nextends: default\n", encoding="utf-8")
    base = "{% extends 'default/base.html' %}\n{% block foot %}<p>" + str(run + 1) + "</p>{% endblock %}\n"
    (folder / "templates/base.html").write_text(base, encoding="utf-8")
    settings = site / "site.yaml"
    text = settings.read_text(encoding="utf-8")
    if "theme: own" not in text:
        lines = [line for line in text.splitlines() if not line.startswith("theme:")]
        settings.write_text("\n".join([*lines, "theme: own", ""]), encoding="utf-8")


def string(site: Path, run: int) -> None:
    """A string that every page shows is another."""
    folder = site / "themes/own/strings"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "zh-CN.yaml").write_text(f"search: 查找{run + 1}\n", encoding="utf-8")


def imported(site: Path, run: int) -> None:
    """A thousand resources come into the first column whose folder has room for them."""
    columns = sorted(path.parent for path in (site / "content/sections").rglob("_column.yaml"))
    column = next(folder for folder in columns if len([*folder.iterdir()]) + IMPORTED < MOST_ENTRIES)
    for number in range(IMPORTED):
        front = f"title: 导入的资源 {run}-{number}\nkind: article\ndate: 2022-03-05"
        path = column / f"imported-{run}-{number:04}.md"
        path.write_text(f"---\n{front}\n---\n第 {number} 份导入的资源。\n", encoding="utf-8")


CASES: dict[str, Callable[[Path, int], None]] = {
    "cold": cold,
    "nothing changed": nothing,
    "one lesson's summary edited": lesson,
    "a textbook renamed": textbook,
    "a template edited": template,
    "a string edited": string,
    "1,000 resources imported": imported,
}
COLD_WITH_SEARCH = "cold, with search"
WITH_SEARCH: dict[str, Callable[[Path, int], None]] = {
    COLD_WITH_SEARCH: cold,
    "one lesson's summary edited, with search": lesson,
    "one of the largest stage, with search": lesson_of_the_largest_stage,
}
TARGETS: dict[str, float | None] = {  # of Hugo's wall time; where there is none, of our own cold build
    "cold": 0.35,
    "nothing changed": 0.04,
    "one lesson's summary edited": 0.06,
    "a template edited": None,
    COLD_WITH_SEARCH: 1.0,
    "one lesson's summary edited, with search": 0.12,
    "one of the largest stage, with search": 0.12,
}


def _book(site: Path) -> Path:
    return min((site / "content/textbooks").rglob("*.yaml"))


def _replace_line(path: Path, key: str, value: str) -> None:
    text = path.read_text(encoding="utf-8")
    start = text.index(key) + len(key)
    path.write_text(f"{text[:start]}{value}{text[text.index(chr(10), start) :]}", encoding="utf-8")
