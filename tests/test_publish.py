"""Publishing is a commit: what changed is written, our own orphans go, and nobody else's files are touched."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sites import BOOK, GOOSE, TODAY, build, catalogue, make_site, page, state

from builder import dispatch, tasks
from builder.build import Report
from builder.build import build as build_site
from builder.digest import digest
from builder.options import Options
from builder.output.manifest import COPY, MANIFEST, VERSION, Known, Manifest, beside, is_safe, read_manifest
from builder.output.publish import BusyError, Output, open_output
from builder.output.staging import StagingError, stage
from builder.problems import ContentError, Place, Problem
from builder.sealed import read_sealed, write_sealed
from builder.stamps import YOUNG, stamp_of
from builder.verify import Verdict, verify

ROOT = Path(__file__).parent.parent
GOOSE_PAGE = "after-school/classic-reading/goose-song.html"
EXTRA = "content/sections/after-school/popular-science/extra.md"
EXTRA_PAGE = "after-school/popular-science/extra.html"


def _report(site: Path, *arguments: str) -> dict[str, object]:
    build(site, "--report", str(site / "report.json"), *arguments)
    report: dict[str, object] = json.loads((site / "report.json").read_text(encoding="utf-8"))
    return report


def test_a_second_build_writes_nothing(site: Path) -> None:
    build(site)
    before = state(site / "public")
    report = _report(site)
    assert (report["written"], report["removed"]) == (0, 0)
    assert report["unchanged"] == report["files"] == len(before)
    assert state(site / "public") == before


class _Progress:
    """Remembers the phases of a build, each with its steps and those that were heard of."""

    def __init__(self) -> None:
        self.phases: dict[str, tuple[int, list[int]]] = {}
        self._heard: list[int] = []

    def begin(self, phase: str, steps: int) -> None:
        self._heard = []
        self.phases[phase] = steps, self._heard

    def step(self, done: int) -> None:
        self._heard.append(done)

    def end(self) -> None:
        pass

    def lose(self, workers: int) -> None:
        raise AssertionError(workers)


def test_putting_files_in_place_and_removing_them_says_how_far_it_is(site: Path) -> None:
    (site / EXTRA).write_text("---\ntitle: 又一份\nkind: article\ndate: 2022-03-05\n---\n", encoding="utf-8")
    build(site)
    (site / EXTRA).unlink()
    progress = _Progress()
    report = build_site(Options(site, site / "public", TODAY, jobs=1), progress)
    steps, heard = progress.phases["publish"]
    assert steps == len(report.published.written) + len(report.published.removed)
    assert EXTRA_PAGE in report.published.removed
    assert heard == list(range(1, steps + 1))


def test_the_folder_of_a_report_is_made(site: Path) -> None:
    build(site, "--report", str(site / "reports/today/report.json"))
    assert json.loads((site / "reports/today/report.json").read_text(encoding="utf-8"))["errors"] == 0


def test_a_report_that_cannot_be_written_is_refused_before_any_work(site: Path) -> None:
    (site / "notes.txt").write_text("mine", encoding="utf-8")
    before = state(site)
    for place in (site / "notes.txt/report.json", site / "notes.txt/deeper/report.json"):
        result = catalogue(site, "build", "--jobs", "1", "--report", str(place))
        assert result.exit_code == 2
        assert "notes.txt" in result.stderr
        assert state(site) == before
    assert not (site / "public").exists()


def test_a_file_changed_or_deleted_by_hand_is_put_right(site: Path) -> None:
    build(site)
    before = {address: content for address, (content, _) in state(site / "public").items()}
    (site / "public/index.html").write_bytes(b"somebody was here")
    (site / "public" / GOOSE_PAGE).unlink()
    report = _report(site)
    assert report["changed"] == [GOOSE_PAGE, "index.html"]
    assert {address: content for address, (content, _) in state(site / "public").items()} == before


def test_a_foreign_file_is_left_alone_and_named(site: Path) -> None:
    build(site)
    (site / "public/CNAME").write_bytes(b"catalogue.example.org")
    result = build(site)
    assert "CNAME" in result.stderr
    assert (site / "public/CNAME").read_bytes() == b"catalogue.example.org"


def _add_extra(site: Path) -> None:
    (site / EXTRA).write_text(
        "---\ntitle: 影子\nkind: video\ndate: 2022-03-05\n---\n影子从哪里来？\n", encoding="utf-8"
    )


def test_a_removed_resource_takes_its_page_along_and_nothing_else(site: Path) -> None:
    _add_extra(site)
    build(site)
    (site / "public/after-school/popular-science/notes.txt").write_bytes(b"mine")
    (site / EXTRA).unlink()
    report = _report(site)
    assert report["removed"] == 1  # its page; the pack of titles with its own stays for pages that are open
    assert not (site / "public" / EXTRA_PAGE).exists()
    assert (site / "public/after-school/popular-science/notes.txt").read_bytes() == b"mine"


@pytest.mark.parametrize("clean", [False, True])
def test_an_orphan_that_somebody_changed_is_theirs_and_named(site: Path, clean: bool) -> None:
    _add_extra(site)
    build(site)
    (site / "public" / EXTRA_PAGE).write_bytes(b"my own notes")
    (site / EXTRA).unlink()
    options = Options(site, site / "public", TODAY, jobs=1, clean=clean)
    done = build_site(options)
    assert EXTRA_PAGE not in done.published.removed
    assert done.published.foreign == [EXTRA_PAGE]
    assert (site / "public" / EXTRA_PAGE).read_bytes() == b"my own notes"
    assert verify(options, done) == Verdict([], is_told_alike=True)
    assert build_site(options).published.foreign == [EXTRA_PAGE]


def _retitled(site: Path, title: str, *arguments: str) -> Path:
    """Builds with another title of a resource; the pack that has it."""
    text = (site / GOOSE).read_text(encoding="utf-8")
    (site / GOOSE).write_text(re.sub("title: .*", f"title: {title}", text, count=1), encoding="utf-8")
    build(site, *arguments)
    return _pack(site)


def _pack(site: Path) -> Path:
    """The pack of the section with that resource, as the list of packs names it."""
    index = json.loads(page(site, "search/index.js")[len("finder.index(") : -2])
    return (
        site / "public" / str(next(address for name, address, _ in index["packs"] if name == "sections/after-school"))
    )


def _former(site: Path) -> list[Path]:
    """Packs of the section that the list does not name."""
    return [path for path in (site / "public/search/sections").glob("after-school.*") if path != _pack(site)]


def test_a_pack_that_is_replaced_stays_until_packs_are_replaced_again(site: Path) -> None:
    build(site)
    first = _pack(site)
    content = first.read_bytes()
    second = _retitled(site, "鹅")
    assert _former(site) == [first]
    assert first.read_bytes() == content
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr
    dated = re.sub(r"(?m)^date: .*$", "date: 2021-01-01", (site / GOOSE).read_text(encoding="utf-8"))
    (site / GOOSE).write_text(dated, encoding="utf-8")
    build(site)
    assert _former(site) == [first]
    _retitled(site, "白鹅")
    assert _former(site) == [second]


def test_a_former_pack_is_ours_and_counts_as_no_file_of_the_site(site: Path) -> None:
    build(site)
    _retitled(site, "鹅")
    options = Options(site, site / "public", TODAY, jobs=1)
    before = state(site / "public")
    report = build_site(options)
    assert report.published.foreign == report.published.removed == report.published.written == []
    former = read_manifest(site / "public").former
    assert report.outcome.counts["files"] == report.published.unchanged == len(before) - len(former)
    assert state(site / "public") == before


def test_a_former_pack_that_belongs_to_the_site_again_is_not_written_again(site: Path) -> None:
    first = _retitled(site, "甲")
    before = first.stat().st_mtime_ns
    second = _retitled(site, "乙")
    assert _retitled(site, "甲", "--verify") == first
    assert first.stat().st_mtime_ns == before
    assert _former(site) == [second]


@pytest.mark.parametrize("damage", [None, b"", b"finder.pack({})"])
def test_a_former_pack_that_somebody_deleted_or_changed_is_former_no_more(site: Path, damage: bytes | None) -> None:
    first = _retitled(site, "甲")
    _retitled(site, "乙")
    _spoil(first, damage)
    result = build(site, "--verify")
    assert "所有文件都和从头生成的一样" in result.stderr
    assert "不是本程序写的" not in result.stderr
    assert _former(site) == []
    assert (_report(site)["written"], _report(site)["removed"]) == (0, 0)


def test_what_is_put_where_a_deleted_former_pack_was_belongs_to_who_put_it_there(site: Path) -> None:
    first = _retitled(site, "甲")
    _retitled(site, "乙")
    content = first.read_bytes()
    time.sleep(2 * YOUNG / 1e9)  # after which stamps are believed
    build(site)
    first.unlink()
    build(site)
    first.write_bytes(content)
    assert "不是本程序写的" in build(site).stderr
    _retitled(site, "丙")
    assert first.read_bytes() == content


def _spoil(path: Path, damage: bytes | None) -> None:
    """Deletes a file, or changes it."""
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)


@pytest.mark.parametrize("damage", [None, b"", b"finder.pack({})"])
def test_a_spoilt_pack_is_neither_published_again_nor_kept_as_a_former_one(site: Path, damage: bytes | None) -> None:
    first = _retitled(site, "甲")
    content = first.read_bytes()
    second = _retitled(site, "乙")
    _spoil(first, damage)
    _spoil(second, damage)
    assert _retitled(site, "甲", "--verify") == first
    assert first.read_bytes() == content
    assert _former(site) == []


@pytest.mark.parametrize("argument", ["--clean", "--no-search"])
def test_former_packs_go_where_all_is_made_anew_and_where_there_is_no_search(site: Path, argument: str) -> None:
    build(site)
    first = _pack(site)
    second = _retitled(site, "鹅")
    assert first.exists()
    result = build(site, argument)
    assert not first.exists()
    assert (site / "public/search").exists() == second.exists() == (argument == "--clean")
    assert "不是本程序写的" not in result.stderr


def test_packs_are_in_place_before_the_list_that_names_them_and_former_ones_go_after_it(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site)
    first = _pack(site)
    second = _retitled(site, "鹅")
    seen: list[tuple[bool, bool]] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        moved = real(self, target)
        if str(target).endswith("search/index.js"):
            seen.append((_pack(site).exists(), first.exists()))
        return moved

    monkeypatch.setattr(Path, "replace", replace)
    _retitled(site, "白鹅")
    assert seen == [(True, True)]
    assert _former(site) == [second]


def test_what_netlify_keeps_from_build_to_build_is_all_that_former_packs_need(site: Path, tmp_path: Path) -> None:
    build(site)
    first = _pack(site).relative_to(site)
    (plugin,) = tomllib.loads((ROOT / "netlify.toml").read_text(encoding="utf-8"))["plugins"]
    host = make_site(tmp_path / "host")
    for name in plugin["inputs"]["paths"]:
        if (site / name).is_dir():
            shutil.copytree(site / name, host / name, dirs_exist_ok=True)
        else:
            shutil.copyfile(site / name, host / name)
    _retitled(host, "鹅", "--verify")
    assert _former(host) == [host / first]


def test_a_cut_off_commit_keeps_the_packs_that_it_replaces_and_no_others(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site)
    second = _retitled(site, "鹅")
    _cut_off_commit(site, monkeypatch)
    assert "不是本程序写的" not in build(site, "--verify").stderr
    assert _former(site) == [second]
    third = _pack(site)
    _retitled(site, "白鹅")
    assert _former(site) == [third]


def test_a_folder_that_becomes_empty_goes_too(site: Path) -> None:
    build(site)
    assert (site / "public/textbooks/chinese-1a").is_dir()
    (site / BOOK).unlink()
    build(site)
    assert not (site / "public/textbooks/chinese-1a").exists()


def _cut_off_commit(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds, changes a title, and lets the next build die when one file has been put in place."""
    build(site)
    text = (site / GOOSE).read_text(encoding="utf-8")
    (site / GOOSE).write_text(text.replace("title: ", "title: 新", 1), encoding="utf-8")
    real = Path.replace
    moved = 0

    def dying(self: Path, target: Path) -> Path:
        nonlocal moved
        if ".staging" in str(self):
            moved += 1
            if moved == 2:
                raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", dying)
        assert catalogue(site, "build", "--jobs", "1").exit_code == 130
    assert beside(site / "public", "commit").exists()


def test_a_commit_that_was_cut_off_is_finished_by_the_next_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _cut_off_commit(site, monkeypatch)
    with open_output(site / "public") as output:
        assert not beside(site / "public", "commit").exists()
        assert output.right[GOOSE_PAGE].digest
    assert "新" in page(site, GOOSE_PAGE)
    assert _report(site)["written"] == 0


def test_a_cut_off_commit_is_finished_even_when_the_content_has_errors(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_off_commit(site, monkeypatch)
    with (site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("pagesize: 3\n")
    assert catalogue(site, "build").exit_code == 1
    assert "新" in page(site, GOOSE_PAGE)
    assert not beside(site / "public", "commit").exists()


def test_a_cut_off_commit_that_lost_what_it_staged_leaves_nothing_stale(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_off_commit(site, monkeypatch)
    shutil.rmtree(beside(site / "public", "staging"))
    result = build(site, "--verify")
    assert "所有文件都和从头生成的一样" in result.stderr
    assert "新" in page(site, GOOSE_PAGE)


@pytest.mark.parametrize("damage", [b"", b"{", b'{"version": 1, "files": {}, "written": ["../x"], "removed": []}'])
def test_a_damaged_commit_is_dropped(site: Path, damage: bytes) -> None:
    build(site)
    beside(site / "public", "commit").write_bytes(damage)
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr


@pytest.mark.parametrize("part", ["files", "former"])
def test_a_manifest_that_leads_out_of_the_output_is_not_believed(site: Path, part: str) -> None:
    build(site)
    (site / "victim").write_bytes(b"mine")
    path = beside(site / "public", "manifest")
    manifest = read_sealed(path, Manifest, VERSION)
    assert manifest is not None
    victim = Known(digest(b"mine"), stamp_of((site / "victim").stat()))
    led_out = {part: {**getattr(manifest, part), "../victim": victim}}
    write_sealed(path, msgspec.structs.replace(manifest, bundles={}, outcome=None, **led_out), VERSION)
    build(site)
    assert (site / "victim").read_bytes() == b"mine"


@pytest.mark.parametrize("address", ["C:/victim", "C:victim", "/victim", "a/../../victim", "a\\victim"])
def test_an_address_that_leads_out_of_the_output_on_any_system_is_not_believed(address: str) -> None:
    assert is_safe(Manifest(), ("a/b.html", "index.html"))
    assert not is_safe(Manifest(), (address,))


@pytest.mark.parametrize("way", ["folder for a file", "file for a folder", "link for a folder"])
def test_what_stands_in_the_way_is_named_and_nothing_is_written(site: Path, tmp_path: Path, way: str) -> None:
    public = site / "public"
    if way == "folder for a file":
        (public / "index.html").mkdir(parents=True)
        obstacle = "index.html"
    elif way == "file for a folder":
        public.mkdir()
        (public / "topics").write_bytes(b"mine")
        obstacle = "topics"
    else:
        (tmp_path / "elsewhere").mkdir()
        public.mkdir()
        (public / "topics").symlink_to(tmp_path / "elsewhere")
        obstacle = "topics"
    before = sorted(public.rglob("*"))
    result = catalogue(site, "build", "--jobs", "1")
    assert result.exit_code == 2
    assert str(public / obstacle) in result.stderr
    assert sorted(public.rglob("*")) == before
    assert sorted(path.name for path in site.glob(".public.*")) == [".public.lock"]


def test_a_file_where_the_output_folder_belongs_is_named_and_the_next_build_is_free(site: Path) -> None:
    (site / "public").write_bytes(b"mine")
    result = catalogue(site, "build", "--jobs", "1")
    assert result.exit_code == 2
    assert str(site / "public") in result.stderr
    assert "没有写入任何文件" in result.stderr
    assert (site / "public").read_bytes() == b"mine"
    assert not list(site.glob(".public.*"))
    (site / "public").unlink()
    build(site)


def test_an_output_that_is_a_link_to_a_folder_is_that_folder(site: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (site / "public").symlink_to(tmp_path / "real")
    build(site)
    assert (tmp_path / "real/index.html").is_file()
    assert (site / "public").is_symlink()


@pytest.mark.parametrize("is_new", [True, False])
def test_a_file_of_somebody_else_in_the_place_of_a_page_is_named_and_nothing_is_written(
    site: Path, is_new: bool
) -> None:
    if is_new:
        (site / "public").mkdir()
    else:
        build(site)
        _add_extra(site)
    address = "robots.txt" if is_new else EXTRA_PAGE
    (site / "public" / address).write_bytes(b"mine")
    before = state(site / "public")
    result = catalogue(site, "build", "--jobs", "1")
    assert result.exit_code == 2
    assert result.stderr.startswith("有 1 个文件或文件夹占了网页的位置，本程序不认识它们：\n")
    assert f"  {site / 'public' / address}\n" in result.stderr
    assert "请把它们移到别处" in result.stderr and "可以用 `catalogue build --clean` 替换掉" in result.stderr
    assert state(site / "public") == before
    assert f"  {address}\n" in build(site, "--clean").stderr
    assert (site / "public" / address).read_bytes() != b"mine"
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr


@pytest.mark.parametrize("damage", [None, b"", b"of another version"])
def test_a_record_that_is_deleted_while_the_manifest_is_lost_goes_from_the_output_as_well(
    site: Path, damage: bytes | None
) -> None:
    build(site)
    _add_extra(site)
    build(site)  # a page that only the last commit knows
    _lose(site, MANIFEST, damage)
    (site / EXTRA).unlink()
    (site / "public/mine.txt").write_bytes(b"mine")
    result = build(site, "--verify")
    assert "所有文件都和从头生成的一样" in result.stderr
    assert not (site / "public" / EXTRA_PAGE).exists()
    assert (site / "public/mine.txt").read_bytes() == b"mine"
    assert "写入 0，删除 0" in build(site).stderr


def test_what_was_changed_by_hand_while_the_manifest_was_lost_is_put_right(site: Path) -> None:
    build(site)
    _lose(site, MANIFEST, None)
    page = site / "public" / GOOSE_PAGE
    stamp = page.stat().st_mtime_ns
    page.write_bytes(bytes(reversed(page.read_bytes())))
    os.utime(page, ns=(stamp, stamp))
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr


def _lose(site: Path, name: str, damage: bytes | None) -> None:
    """What lies beside the output is gone, or is something else."""
    path = beside(site / "public", name)
    path.unlink() if damage is None else path.write_bytes(damage)


def test_a_site_that_has_lost_its_manifest_and_the_copy_is_taken_up_again_and_what_has_changed_needs_a_clean_build(
    site: Path,
) -> None:
    build(site)
    for name in (MANIFEST, COPY):
        _lose(site, name, None)
    result = build(site, "--verify")
    assert "所有文件都和从头生成的一样" in result.stderr
    assert "不知道是不是" not in result.stderr
    for name in (MANIFEST, COPY):
        _lose(site, name, None)
    text = (site / GOOSE).read_text(encoding="utf-8")
    (site / GOOSE).write_text(text.replace("title: ", "title: 新", 1), encoding="utf-8")
    result = catalogue(site, "build", "--jobs", "1")
    assert result.exit_code == 2
    assert GOOSE_PAGE in result.stderr
    assert "所有文件都和从头生成的一样" in build(site, "--clean", "--verify").stderr


def test_a_site_whose_manifest_cannot_be_read_is_built_on(site: Path) -> None:
    build(site)
    text = (site / GOOSE).read_text(encoding="utf-8")
    (site / GOOSE).write_text(text.replace("title: ", "title: 新", 1), encoding="utf-8")
    for name in (MANIFEST, COPY):
        _lose(site, name, b"of another version")
    result = build(site, "--verify")
    assert f"  {GOOSE_PAGE}\n" in result.stderr
    assert "所有文件都和从头生成的一样" in result.stderr


def test_a_page_that_was_torn_when_the_power_failed_is_put_right(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(site)
    _add_extra(site)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", _stopping_behind(EXTRA_PAGE))
        assert catalogue(site, "build", "--jobs", "1").exit_code == 130
    (site / "public" / EXTRA_PAGE).write_bytes(b"<!doctype html><ht")
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr


def _stopping_behind(address: str) -> Callable[[Path, Path], Path]:
    """Puts files in place until one of an address is there."""
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        moved = real(self, target)
        if str(target).endswith(address):
            raise KeyboardInterrupt
        return moved

    return replace


def test_without_its_manifest_the_builder_owns_nothing_and_still_reaches_the_same_site(site: Path) -> None:
    build(site)
    before = {address: content for address, (content, _) in state(site / "public").items()}
    for damage in (b"", b"{", b'{"version": 99}'):
        for name in (MANIFEST, COPY):
            _lose(site, name, damage)
        build(site)
        assert {address: content for address, (content, _) in state(site / "public").items()} == before


def test_an_output_that_a_clean_build_would_refuse_or_warn_of_otherwise_is_told_to_be_wrong(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(options: Options) -> Report:
        raise ContentError([Problem("symbolic-link", Place("site.yaml"))], "zh-CN")

    def counting(options: Options) -> Report:
        report = build_site(options)
        return replace(report, outcome=msgspec.structs.replace(report.outcome, counts={}))

    for clean, said in ((refusing, "从头生成会拒绝这个站点"), (counting, "统计数字或警告不一样")):
        monkeypatch.setattr("builder.verify.build", clean)
        result = catalogue(site, "build", "--jobs", "1", "--verify")
        assert (result.exit_code, said in result.stderr) == (2, True)
        assert "没有写入任何文件" not in result.stderr


def test_two_builds_do_not_write_to_one_folder_at_once(site: Path) -> None:
    with open_output(site / "public"):
        result = catalogue(site, "build", "--jobs", "1")
    assert result.exit_code == 2
    assert "另一个构建正在写入" in result.stderr
    assert not (site / "public").exists()


def test_the_lock_is_free_again_after_a_build(site: Path) -> None:
    build(site)
    with open_output(site / "public") as output:
        assert isinstance(output, Output)
        with pytest.raises(BusyError), open_output(site / "public"):
            pass


def test_clean_writes_every_file_anew(site: Path) -> None:
    build(site)
    report = _report(site, "--clean")
    assert report["written"] == report["files"]


def test_a_change_that_keeps_size_and_time_is_put_right_too(site: Path) -> None:
    build(site)
    path = site / "public/index.html"
    status, content = path.stat(), path.read_bytes()
    path.write_bytes(content.replace(b"<h1", b"<H1", 1))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert _report(site)["changed"] == ["index.html"]
    assert path.read_bytes() == content


def test_verify_finds_what_differs_from_a_clean_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(site)
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr
    real = build_site

    def building_otherwise(options: Options) -> Report:
        report = real(options)
        (options.out / "index.html").write_bytes(b"otherwise")
        return report

    monkeypatch.setattr("builder.verify.build", building_otherwise)
    result = catalogue(site, "build", "--jobs", "1", "--verify")
    assert result.exit_code == 2
    assert "index.html" in result.stderr


def test_a_worker_that_outlives_its_build_cannot_write_into_the_next(site: Path) -> None:
    with open_output(site / "public") as output:
        staging = output.staging
    with open_output(site / "public") as output:
        assert output.stage("index.html", b"new").staged
        with pytest.raises(StagingError):
            stage(staging, "index.html", b"old", {})
        assert (output.staging / "index.html").read_bytes() == b"new"


def test_a_worker_that_is_slow_to_write_a_file_does_not_harm_the_one_that_writes_it_again(site: Path) -> None:
    with open_output(site / "public") as output:
        output.stage("index.html", b"the page")
        with (output.staging / "index.html").open("r+b") as slow:
            output.stage("index.html", b"the page")
            slow.truncate()
            slow.write(b"th")
        assert (output.staging / "index.html").read_bytes() == b"the page"
        assert [path.name for path in output.staging.parent.iterdir()] == [output.staging.name]


def _dying(_: object) -> None:
    os._exit(9)


def test_a_worker_that_dies_leaves_the_published_site_whole_and_is_told(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site)
    (site / GOOSE).write_text((site / GOOSE).read_text(encoding="utf-8") + "又一段。\n", encoding="utf-8")
    before = state(site / "public")
    monkeypatch.setattr("builder.tasks.make", _dying)
    result = catalogue(site, "build", "--jobs", "2")
    assert result.exit_code == 2
    assert "一个工作进程中途结束了" in result.stderr
    assert state(site / "public") == before
    assert not beside(site / "public", "staging").exists()


def test_a_file_saved_during_a_build_is_told_and_nothing_is_written(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = dispatch.make_bundles

    def saving(*arguments: Any) -> Any:
        (site / GOOSE).write_text((site / GOOSE).read_text(encoding="utf-8") + "又一段。\n", encoding="utf-8")
        tasks._memory.records.clear()
        return real(*arguments)

    monkeypatch.setattr("builder.phases.make_bundles", saving)
    result = catalogue(site, "build", "--jobs", "1")
    assert result.exit_code == 2
    assert f"构建期间 {GOOSE} 被重新保存了" in result.stderr
    assert not (site / "public").exists()


def test_ctrl_c_leaves_the_published_site_whole(site: Path) -> None:
    build(site)
    before = state(site / "public")
    (site / "site.yaml").write_text(
        (site / "site.yaml").read_text(encoding="utf-8") + "page_size: 5\n", encoding="utf-8"
    )
    code = (
        "import os, signal, builder.cli as c, builder.phases as b\n"
        "real = b.make_bundles\n"
        "def slow(*a): os.kill(os.getpid(), signal.SIGINT); return real(*a)\n"
        "b.make_bundles = slow\n"
        f"c.main(['--site', {str(site)!r}, 'build'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert state(site / "public") == before
