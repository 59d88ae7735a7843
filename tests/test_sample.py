"""The sample: a whole site of made-up resources in the published shape."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sites import build, page, read

from builder.cli import program
from builder.content.reader import read_file
from builder.sample import write_sample
from builder.sample.shares import MOST_RESOURCES, MOST_TEXTBOOKS, counts_for, share_out
from builder.sample.shelf import choose_books

ROOT = Path(__file__).parent.parent
PUBLISHED = {
    "resources": 28052,
    "class_hours": 19508,
    "textbooks": 452,
    "editions": 19,
    "sections": 6,
    "columns": 36,
    "errors": 0,
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "site"
    result = sample(folder, "--resources", "400")
    assert result.exit_code == 0, result.output
    return folder


def sample(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(program, ["sample", str(folder), *arguments], prog_name="catalogue")


def digest(folder: Path) -> dict[str, str]:
    files = [folder / "site.yaml", *(path for path in (folder / "content").rglob("*") if path.is_file())]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def report_of(site: Path, tmp_path: Path) -> dict[str, object]:
    build(site, "--out", str(tmp_path / "public"), "--report", str(tmp_path / "report.json"))
    report: dict[str, object] = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    return report


def test_a_sample_of_400_resources_builds_and_counts_400(small: Path, tmp_path: Path) -> None:
    report = report_of(small, tmp_path)
    counted = {name: report[name] for name in PUBLISHED if name != "editions"}
    assert counted == {
        "resources": 400,
        "class_hours": 278,
        "textbooks": 6,
        "sections": 6,
        "columns": 36,
        "errors": 0,
    }


def test_the_command_says_on_standard_error_what_it_has_written(tmp_path: Path) -> None:
    result = sample(tmp_path / "site", "--resources", "100")
    assert result.stderr == "资源 100 份 · 2 本教材，共 70 个课时 · 另有 1 份没有发布\n"
    assert result.stdout == ""


def test_the_same_seed_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    for hash_seed in ("0", "17"):
        subprocess.run(
            [sys.executable, "build.py", "sample", str(tmp_path / hash_seed), "--resources", "400"],
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Asia/Shanghai", "LC_ALL": "C"},
        )
        assert digest(tmp_path / hash_seed) == digest(small)


def test_another_seed_gives_other_texts_in_the_same_shape(small: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "site", 400, seed=2)
    first, second = digest(small), digest(tmp_path / "site")
    assert first.keys() == second.keys()
    assert sum(first[name] != second[name] for name in first) > 100


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    result = sample(tmp_path, "--resources", "10")
    assert result.exit_code == 2
    assert f"文件夹 {tmp_path} 不是空的；新站点要用单独的文件夹" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("resources", [1, 2, 3, 17])
def test_the_smallest_samples_are_whole_sites(resources: int, tmp_path: Path) -> None:
    write_sample(tmp_path, resources)
    catalogue, problems = read(tmp_path)
    assert not problems
    assert len(catalogue.resources) + catalogue.class_hours == resources
    assert (len(catalogue.sections), len(catalogue.columns), len(catalogue.textbooks)) == (6, 36, 1)


def test_a_lesson_has_one_to_three_class_hours_and_books_of_senior_high_have_no_grade(small: Path) -> None:
    catalogue, _ = read(small)
    lessons = [lesson for book in catalogue.textbooks.values() for _, lesson in book.lessons]
    assert {lesson.hours for lesson in lessons} == {1, 2, 3}
    for book in catalogue.textbooks.values():
        assert (book.grades == ()) == (book.stage == "senior-high")


def test_what_a_sample_publishes_does_not_depend_on_the_day(small: Path) -> None:
    catalogue, _ = read(small)
    days = [resource.date.isoformat() for resource in catalogue.resources.values()]
    assert "2020-01-01" <= min(days) <= max(days) <= "2022-03-25"
    assert max(resource.changed for resource in catalogue.resources.values()) <= "2022-03-25"
    hidden = list(catalogue.hidden.values())
    assert all(
        form.status != "live"
        or (form.publish and form.publish.year == 2099)
        or (form.expires and form.expires.isoformat() < "2022-03-25")
        for form in hidden
    )
    assert any(form.replaced_by for form in hidden)


def test_every_resource_and_textbook_says_that_it_is_made_up(small: Path) -> None:
    catalogue, _ = read(small)
    resources = [read_file(small, "resource", face.file).value for face in catalogue.resources.values()]
    books = [read_file(small, "textbook", face.file).value for face in catalogue.textbooks.values()]
    assert {resource.form.source for resource in resources} == {"示例资源（虚构）"}
    assert {book.form.publisher for book in books} == {"示例出版社（虚构）"}
    for book in books:
        assert "虚构" in book.form.note["zh-CN"]
        for _, lesson in book.lessons:
            assert all(hour.form.teacher and hour.form.teacher.school.startswith("示例") for hour in lesson.hours)
    assert {line.number[:4] for line in catalogue.hotlines} == {"000-"}


def test_a_sample_has_scripts_of_both_directions(small: Path, tmp_path: Path) -> None:
    catalogue, _ = read(small)
    languages = {resource.language for resource in catalogue.resources.values()}
    assert languages >= {"zh-CN", "en", "ug", "kk-Arab", "bo", "mn-Mong", "ko"}
    build(small, "--out", str(tmp_path / "public"))
    assert 'dir="rtl"' in page(tmp_path, "after-school/classic-reading/classic-reading-0001.html")


def test_the_large_samples_keep_within_what_a_folder_may_hold() -> None:
    for resources in (140_260, MOST_RESOURCES):
        counts = counts_for(resources)
        books = choose_books(counts.textbooks)
        assert counts.textbooks == len({book.id for book in books}) == MOST_TEXTBOOKS
        assert counts.class_hours + counts.others == resources


def test_of_two_books_with_the_same_place_one_is_the_older() -> None:
    books = choose_books(452)
    same = Counter((book.stage, book.subject, book.edition, book.grade, book.volume) for book in books)
    pairs = [(a, b) for a, b in pairwise(books) if a.id == b.id.removesuffix("-old") and a != b]
    assert [(a.generation, b.generation) for a, b in pairs] == [("new", "old")] * 16
    assert Counter(same.values()) == {1: 420, 2: 16}


def test_a_share_out_adds_up_and_keeps_its_bounds() -> None:
    assert share_out(10, [1, 1, 2], 10) == [3, 2, 5]
    assert share_out(10, [1, 1, 8], 4) == [3, 3, 4]
    assert share_out(3, [5, 1, 1], 3, least=1) == [1, 1, 1]
    with pytest.raises(ValueError, match="does not fit"):
        share_out(10, [1, 1], 4)


@pytest.mark.scale
def test_the_full_sample_has_the_published_counts(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_sample(site)
    report = report_of(site, tmp_path)
    assert {name: report[name] for name in PUBLISHED} == PUBLISHED
    text = b"".join(path.read_bytes() for path in site.glob("content/textbooks/**/*.yaml"))
    assert 15e6 < len(text) < 21e6
    assert len(re.findall(rb"type: video", text)) == PUBLISHED["class_hours"]
