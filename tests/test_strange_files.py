"""What lies in a site's folder that no editor has meant to put there, or that cannot be looked at."""

from __future__ import annotations

import json
import os
import posixpath
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from sites import BOOK, BRIDGE, GOOSE, TODAY, build, catalogue, make_site, page, state

from builder.cache import Cache
from builder.engine import engine
from builder.listing import list_files
from builder.media import Looked
from builder.output.commit import folded, is_another_name
from builder.preview import worker
from builder.preview.session import Session
from builder.preview.worker import Answer, Brief, _build
from builder.problems import ChangedError
from builder.stamps import Stamp, is_sure, stamp_of


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that has been built."""
    site = make_site(tmp_path / "site")
    build(site)
    return site


def test_a_folder_that_cannot_be_looked_into_is_told_and_its_pages_stay(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, closed = os.scandir, (site / BOOK).parent

    def scandir(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(closed))
        return real(path)

    before = state(site / "public")
    monkeypatch.setattr("os.scandir", scandir)
    result = catalogue(site, "build", "--jobs", "1")
    assert result.exit_code == 2
    assert str(closed) in result.stderr
    monkeypatch.undo()
    assert state(site / "public") == before


def test_a_file_that_goes_while_a_folder_is_listed_is_passed_over(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = (site / GOOSE).parent
    (folder / "~tmp.md").write_text("x", encoding="utf-8")
    real = os.scandir

    def scandir(path: Path) -> Iterator[os.DirEntry[str]]:
        listing = real(path)
        (folder / "~tmp.md").unlink(missing_ok=True)
        return listing

    monkeypatch.setattr("os.scandir", scandir)
    assert "content/sections/after-school/classic-reading/goose-song.md" in dict(list_files(site, "content"))


def test_a_hidden_file_in_a_theme_of_the_program_makes_nothing_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.engine.THEMES", (tmp_path,))
    before = engine.__wrapped__()
    (tmp_path / ".DS_Store").write_bytes(b"x")
    assert engine.__wrapped__() == before
    (tmp_path / "home.html").write_bytes(b"x")
    assert engine.__wrapped__() != before


def test_an_edit_in_a_theme_of_the_program_that_an_installer_has_linked_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes/default").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere/home.html").write_bytes(b"x")
    monkeypatch.setattr("builder.engine.THEMES", (tmp_path / "themes",))
    before = engine.__wrapped__()
    (tmp_path / "elsewhere/home.html").write_bytes(b"y")
    assert engine.__wrapped__() != before


@pytest.mark.skipif(os.name == "nt", reason="names are UTF-16 there")
@pytest.mark.parametrize("folder", [posixpath.dirname(GOOSE), "themes/own/assets", "themes/own/strings"])
def test_a_name_in_another_encoding_is_a_mistake_wherever_it_lies(site: Path, folder: str) -> None:
    (site / folder).mkdir(parents=True, exist_ok=True)
    try:
        (Path(os.fsdecode(os.fsencode(site / folder) + b"/\xce\xc4.pdf"))).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    for command in ("check", "build"):
        result = catalogue(site, command)
        assert result.exit_code == 1
        assert "name-of-another-encoding" in result.output
        assert "\\xce\\xc4.pdf" in result.output


def test_files_whose_names_not_every_disk_keeps_are_told_before_a_build(site: Path) -> None:
    bridge = site / BRIDGE
    for name in ("A.pdf", "a.pdf", "aux.pdf"):
        try:
            bridge.with_name(name).write_bytes(b"%PDF-1.7\n")
        except OSError:
            pytest.skip("this file system does not take such names")
    if len(list(bridge.parent.glob("[aA].pdf"))) < 2:
        pytest.skip("this file system does not tell capitals apart")
    text = bridge.read_text(encoding="utf-8")
    assets = "".join(f"  - {{type: worksheet, file: {name}}}\n" for name in ("A.pdf", "a.pdf", "aux.pdf"))
    bridge.write_text(text.replace("assets:\n", f"assets:\n{assets}"), encoding="utf-8")
    report = json.loads(catalogue(site, "check", "--format", "json").stdout)
    found = [(problem["code"], posixpath.basename(problem["file"])) for problem in report]
    assert found == [("alike-names", "a.pdf"), ("unfit-name", "aux.pdf")]


# A letter with its mark as most programs write it, and as macOS does: the same to the eye, two names to a disk.
ONE, APART = "\u00e9t\u00e9", "e\u0301te\u0301"


def _with_files(folder: Path, on_disk: str, written: str) -> Path:
    """A site with a picture and a text of names that are written in one form, and named by its records in another."""
    files = {
        GOOSE: f"""---
title: 咏鹅
kind: article
date: 2022-03-05
cover: {{file: {written}.png, alt: 池塘里的鹅}}
assets: [{{type: document, file: words-{written}.txt, bytes: 4}}]
---
## 读一读

![池塘]({written}.png) [诗句](words-{written}.txt)
""",
        f"{posixpath.dirname(GOOSE)}/words-{on_disk}.txt": "abc\n",
    }
    site = make_site(folder, files)
    Image.new("RGB", (400, 300), "green").save((site / GOOSE).with_name(f"{on_disk}.png"))
    return site


def test_a_file_is_found_however_its_name_and_a_record_encode_a_letter_with_a_mark(tmp_path: Path) -> None:
    sites = [_with_files(tmp_path / f"{a}{b}", a, b) for a in (ONE, APART) for b in (ONE, APART)]
    published = []
    for site in sites:
        assert catalogue(site, "check").exit_code == 0
        build(site)
        assert json.loads(catalogue(site, "check", "--format", "json").stdout) == []
        published.append({file: content for file, (content, _) in state(site / "public").items()})
    assert sum(ONE in file for file in published[0]) > 2
    assert published == [published[0]] * 4


def test_two_files_whose_names_look_the_same_are_told(tmp_path: Path) -> None:
    site = _with_files(tmp_path, ONE, ONE)
    twin = (site / GOOSE).with_name(f"{APART}.png")
    Image.new("RGB", (400, 300), "green").save(twin)
    if not twin.samefile(twin.with_name(f"{ONE}.png")):
        (problem,) = json.loads(catalogue(site, "check", "--format", "json").stdout)
        assert problem["code"] == "alike-names"
        assert "带符号字母的编码方式" in problem["message"]


NOW = 1_700_000_010_000_000_000


@pytest.mark.parametrize(
    ("changed", "touched", "sure"),
    [
        (NOW - 30_000_001, NOW - 30_000_001, True),
        (NOW - 10_000_001, NOW - 10_000_001, False),  # in the tick of a clock
        (NOW - 2_000_000_000, NOW - 2_000_000_000, False),  # as on FAT, which counts every other second
        (NOW - 4_000_000_000, NOW - 4_000_000_000, True),
        (NOW - 4_000_000_000, NOW - 1_000_000_001, False),
        (NOW - 4_000_000_001, NOW - 9_000_000_001, False),  # a disk that knows when a file was made, not when changed
    ],
)
def test_a_stamp_is_believed_only_where_a_later_change_would_show(changed: int, touched: int, sure: bool) -> None:
    assert is_sure(Stamp(1, changed, touched, 1), NOW) is sure


def test_a_folder_that_takes_the_place_of_another_is_noticed_though_nothing_in_it_was_touched(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    with (site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("theme: own\n")
    own = site / "themes/own"
    own.mkdir(parents=True)
    (own / "theme.yaml").write_text("name: own\nextends: default\n", encoding="utf-8")
    files = [own / "templates/footer.html", own / "spare/footer.html"]
    for file in files:
        file.parent.mkdir()
    _in_one_tick(files, [b"<p>AAA</p>\n", b"<p>BBB</p>\n"])
    build(site)
    files[0].parent.rename(own / "former")
    files[1].parent.rename(files[0].parent)
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr
    assert "BBB" in page(site, "index.html")


def _in_one_tick(files: list[Path], contents: list[bytes]) -> None:
    """Writes files of the same times, as the system stamps them."""
    for _ in range(1000):
        for file, content in zip(files, contents, strict=True):
            file.unlink(missing_ok=True)
            number = os.open(file, os.O_WRONLY | os.O_CREAT)  # one that is looked at gets a closer time from Linux
            os.write(number, content)
            os.close(number)
        status = [file.stat() for file in files]
        if len({(one.st_mtime_ns, one.st_ctime_ns) for one in status}) == 1:
            time.sleep(0.1)
            return
    pytest.skip("this system's clock tells the two files apart")


def test_where_the_system_does_not_tell_of_changes_the_bytes_decide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.stamps._HAS_CHANGE_TIME", False)  # as on Windows
    real = stamp_of

    def as_copied(status: os.stat_result) -> Stamp:
        stamp = real(status)
        return stamp._replace(touched=stamp.changed + 1)

    for module in ("inputs", "listing", "output.staging", "output.commit"):
        monkeypatch.setattr(f"builder.{module}.stamp_of", as_copied)
    site = make_site(tmp_path / "other")
    time.sleep(0.1)  # nothing is young
    build(site)
    goose = site / GOOSE
    times = goose.stat().st_atime_ns, goose.stat().st_mtime_ns
    text = goose.read_bytes()
    goose.write_bytes(text.replace("咏鹅".encode(), "颂鹅".encode(), 1))
    os.utime(goose, ns=times)
    build(site)
    assert "颂鹅" in page(site, "after-school/classic-reading/goose-song.html")


def test_what_cannot_be_kept_for_the_next_build_does_not_stop_this_one(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.keep_good_theme("\udcce")
    cache.keep_looked(Looked({"a": (1, 2)}, {"b.pdf"}))
    cache.write()
    assert (Cache(tmp_path).good_theme(), Cache(tmp_path).looked()) == ("", Looked({"a": (1, 2)}, {"b.pdf"}))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are none there")
def test_what_is_no_file_is_not_read_though_it_is_called_like_a_record(site: Path) -> None:
    os.mkfifo((site / GOOSE).parent / "pipe.md")
    result = catalogue(site, "check")
    assert result.exit_code == 1
    assert "stray-file" in result.output


def test_a_file_under_another_spelling_of_its_name_is_not_removed_where_both_are_one(tmp_path: Path) -> None:
    (tmp_path / "poster.pdf").write_bytes(b"x")
    os.link(tmp_path / "poster.pdf", tmp_path / "Poster.pdf")  # as on a disk that does not tell capitals apart
    assert is_another_name(tmp_path, "Poster.pdf", folded(["poster.pdf"]))
    (tmp_path / "Other.pdf").write_bytes(b"x")
    (tmp_path / "other.pdf").write_bytes(b"x")
    assert not is_another_name(tmp_path, "Other.pdf", folded(["other.pdf"]))


@pytest.mark.parametrize(
    ("old", "new"),
    [("kind: article", "kind: article\nassets: [{type: document, url: 'https://a.example.org/a.pdf', bytes: 1NINES}]")],
)
def test_a_number_beyond_what_data_can_hold_is_a_mistake_of_the_content(site: Path, old: str, new: str) -> None:
    goose = site / GOOSE
    text = goose.read_text(encoding="utf-8")
    assert old in text
    goose.write_text(text.replace(old, new.replace("NINES", "9" * 30)), encoding="utf-8")
    result = catalogue(site, "build")
    assert result.exit_code == 1
    assert "9007199254740991" in result.stderr


def test_a_preview_gives_up_where_something_is_saved_all_the_time(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build_in_vain(*_: object) -> None:
        raise ChangedError("content/a.md")

    monkeypatch.setattr(Session, "build", build_in_vain)
    monkeypatch.setattr(worker, "PAUSE", 0)
    brief = Brief(site, tmp_path / "out", now=TODAY)
    answer: Answer = _build(Session(worker._options(brief)), brief, set())
    assert not answer.is_good
    assert "一直有文件在保存" in answer.failure


def test_a_hotline_may_be_older_than_any_calendar_but_not_than_a_number_holds(site: Path) -> None:
    with (site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("hotlines_max_age_days: 9999999999\n")
    result = catalogue(site, "check", now=date(2022, 4, 1))
    assert result.exit_code == 1
    assert "36500" in result.output
