"""Bad input gets a clear error, all of it at once, and nothing is written.

Each folder of `invalid` holds the files in which a site differs from `_base`, and the text that `check` prints of it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sites import BASE, INVALID, build, catalogue, make_case, make_site, state

from builder.messages import MESSAGES

CASES = sorted(case for case in INVALID.iterdir() if case.is_dir() and case != BASE)
NAMES = [case.name for case in CASES]
OF_THEMES = {"unknown-theme", "theme-loop", "template-error", "missing-string", "missing-asset"}
WITHOUT_CASE = {
    "unreadable-file",  # needs a file that may not be read, or a folder that is gone
    "bad-value",  # for what no other message foresees
    "name-of-another-encoding",  # not every file system and archive takes such names; it has a test of its own
    "alike-names",  # not every file system takes both; it has a test of its own
    "crowded-folder",  # would need thousands of files; it has a test below
}


def expected(case: Path) -> str:
    return (case / "expected.txt").read_text(encoding="utf-8")


def has_errors(text: str) -> bool:
    return re.search(r"^(?:错误|error)\[", text, re.MULTILINE) is not None


def test_the_base_site_has_no_problem_at_all(site: Path) -> None:
    result = catalogue(site, "check", "--strict")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_bad_site_is_told_its_mistakes_in_these_words(case: Path, tmp_path: Path, rewrite: bool) -> None:
    result = catalogue(make_case(tmp_path, case), "check", "--all")
    if rewrite:
        (case / "expected.txt").write_text(result.stdout, encoding="utf-8", newline="\n")
    assert result.stdout == expected(case)
    assert result.stderr == ""
    assert result.exit_code == (1 if has_errors(result.stdout) else 0)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_strict_check_fails_on_errors_and_warnings_alike(case: Path, tmp_path: Path) -> None:
    result = catalogue(make_case(tmp_path, case), "check", "--all", "--strict")
    assert (result.exit_code, result.stdout) == (1, expected(case))


BAD = [case for case in CASES if not (case / "expected.txt").is_file() or has_errors(expected(case))]


@pytest.mark.parametrize("case", BAD, ids=[case.name for case in BAD])
def test_a_build_of_a_bad_site_creates_nothing(case: Path, tmp_path: Path) -> None:
    bad = make_case(tmp_path, case)
    before = state(tmp_path)
    result = catalogue(bad, "build", "--jobs", "1")
    assert result.exit_code == 1
    closing = {True: "没有写入任何文件。\n", False: "Nothing was written.\n"}
    assert result.stderr == expected(case) + closing["错误" in expected(case)]
    assert state(tmp_path) == before
    assert not (bad / "public").exists()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base site with its output, built once."""
    site = make_site(tmp_path_factory.mktemp("published"))
    build(site)
    return site


@pytest.mark.parametrize("case", BAD, ids=[case.name for case in BAD])
def test_a_build_of_a_bad_site_leaves_what_is_published_alone(case: Path, tmp_path: Path, published: Path) -> None:
    out = published / "public"
    before = state(published)
    result = catalogue(make_case(tmp_path, case), "build", "--jobs", "1", "--out", str(out))
    assert result.exit_code == 1
    assert state(published) == before


def test_every_kind_of_problem_of_the_content_has_a_case() -> None:
    shown = {code for code in MESSAGES for case in CASES if f"[{code}]" in expected(case)}
    assert sorted(MESSAGES.keys() - OF_THEMES - WITHOUT_CASE - shown) == []


def test_a_folder_of_the_site_that_would_be_too_full_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.pages.directory.MOST_ENTRIES", 4)
    result = catalogue(site, "check", "--format", "concise")
    assert result.exit_code == 1
    assert result.stdout == (
        "content: 错误[crowded-folder] 站点文件夹 after-school/ 会有 5 个条目，超过托管平台和文件系统能承受的 4 个\n"
        "content: 错误[crowded-folder] 站点文件夹 data/ 会有 5 个条目，超过托管平台和文件系统能承受的 4 个\n"
    )
