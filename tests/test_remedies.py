"""What a remedy tells to write can be written: the problem is gone then, and no other has come in its place."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from sites import INVALID, TODAY, build, make_case, make_site, page

from builder.linking import check
from builder.options import Options
from builder.problems import ContentError, Problem

REMEDY = re.compile("`([^`]+)`")
FIELD = re.compile(r"([a-z_]+:) ")
VALUE = re.compile(
    r"[a-z_]+:(?: \[[^\]]*\]| .*|(?:\n +- .*)+)"
)  # between brackets, in one line, or a line for each item
CASES = {  # the case, and the problems of it that ask for more than to write something else
    "backslash-in-path": ["file-elsewhere"],
    "colon-in-value": [],
    "column-by-half-its-name": [],
    "full-width-comma": [],
    "grades-as-people-write-them": [],
    "quotes-of-a-word-processor": [],
    "sign-before-value": [],
    "title-for-an-id": [],
    "titles-for-ids": [],
    "warning-headings-of-the-first-level": [],
    "wrong-closing-quote": ["not-closed", "not-closed"],
    "wrong-lists": [],
}


def found(site: Path) -> list[Problem]:
    """The problems of a site, but of files of the base site that the records of a case do not name."""
    try:
        problems = check(Options(site, site / "public", today=TODAY)).problems
    except ContentError as error:
        problems = error.problems
    return [problem for problem in problems if problem.code != "unused-file"]


def follow(site: Path, problem: Problem, remedy: str) -> None:
    """Writes what a remedy says in the place of what is wrong, be it a whole field or a value."""
    place, path = problem.place, site / problem.place.file
    text = path.read_text(encoding="utf-8")
    line = sum(len(above) + 1 for above in text.split("\n")[: place.line - 1])
    start = line + place.column - 1
    wrong = text[start : start + place.length]
    if field := FIELD.match(remedy):
        start = text.rindex(field[1], 0, start)
        wrong = VALUE.match(text, start)[0]  # type: ignore[index]
    elif "mended" in problem.facts:  # the place may be that of one sign in the value
        wrong = problem.facts["value"]
        start = text.index(wrong, max(line, start - len(wrong)))
    path.write_text(text[:start] + remedy + text[start + len(wrong) :], encoding="utf-8", newline="\n")


@pytest.mark.parametrize(("case", "left"), CASES.items(), ids=CASES)
def test_whoever_writes_what_the_remedies_say_ends_with_a_site_that_passes(
    case: str, left: list[str], tmp_path: Path
) -> None:
    site = make_case(tmp_path, INVALID / case)
    problems = found(site)
    assert len(problems) > len(left)
    while todo := [problem for problem in problems if problem.code not in left]:
        remedy = REMEDY.search(todo[0].hint("zh-CN"))
        assert remedy, todo[0].hint("zh-CN")
        follow(site, todo[0], remedy[1])
        before, problems = Counter(problem.code for problem in problems), found(site)
        assert Counter(problem.code for problem in problems) < before, todo[0].hint("zh-CN")
    assert sorted(problem.code for problem in problems) == left


def test_what_a_topic_cannot_gather_may_be_linked_in_its_text_as_the_remedy_says(tmp_path: Path) -> None:
    site = make_case(tmp_path, INVALID / "topic-gathers-a-textbook")
    hints = [one.hint("zh-CN") for one in found(site) if "topics/" in one.place.file and one.code == "other-kind"]
    links = [link for hint in hints for link in REMEDY.findall(hint)]
    assert len(links) == len(hints) > 1
    make_site(tmp_path, {"content/topics/reading-week.md": "---\ntitle: 读书周\n---\n" + "、".join(links)})
    assert found(site) == []


def test_a_place_on_another_site_is_told_to_readers_as_the_remedy_says(tmp_path: Path) -> None:
    site = make_case(tmp_path, INVALID / "redirect-elsewhere")
    assert [one.code for one in found(site)] == ["redirect-elsewhere"] * 2
    gone = "- {from: after-school/museum.html, kind: gone, date: 2022-03-01, reason: 已搬到示例博物馆的网站}\n"
    make_site(tmp_path, {"content/redirects.yaml": gone})
    assert found(site) == []


def test_a_first_level_that_a_remedy_proposes_is_the_second_on_the_page(site: Path) -> None:
    case = INVALID / "warning-headings-of-the-first-level"
    (slip, *_) = found(make_case(site, case))
    assert REMEDY.findall(slip.hint("zh-CN")) == ["# 读一读"]
    follow(site, slip, "# 读一读")
    build(site)
    text = page(site, "after-school/classic-reading/goose-song.html")
    assert re.findall("<h1", text) == ["<h1"]
    assert re.findall(r"<(h\d) id=\"(?:读一读|想一想)", text) == ["h2", "h2"]
