"""Records that are kept between builds are the ones that were read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sites import BOOK, BRIDGE, GOOSE, build, catalogue, make_site, state
from tools import ROOT

from builder.content.files import find_files
from builder.content.kept import read_records, write_records
from builder.content.reader import read_file

LESSON = "textbooks/sample-chinese-1a/sample-chinese-1a-01.html"


def test_every_record_of_the_content_is_kept_as_it_was_read(tmp_path: Path) -> None:
    files, _ = find_files(ROOT)
    read = {file: read_file(ROOT, role, file) for role, file in files.records if role in {"resource", "textbook"}}
    records = {file: (record.digest, record.value) for file, record in read.items()}
    assert len(records) > 400
    write_records(tmp_path / "kept", records, "1")
    kept = read_records(tmp_path / "kept", "1")
    assert {file: repr(one) for file, one in kept.items()} == {file: repr(one) for file, one in records.items()}


def test_records_of_another_version_or_damaged_are_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    record = read_file(ROOT, "resource", next(file for role, file in find_files(ROOT)[0].records if role == "resource"))
    write_records(path, {record.file: (record.digest, record.value)}, "1")
    assert read_records(path, "2") == {}
    raw = path.read_bytes()
    for damaged in (raw[:-1], raw[:40] + bytes([raw[40] ^ 1]) + raw[41:], b"", b"\x00" * 64):
        path.write_bytes(damaged)
        assert read_records(path, "1") == {}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that has been built."""
    site = make_site(tmp_path)
    build(site)
    return site


def _edit_theme(site: Path) -> None:
    (site / "themes/own/templates").mkdir(parents=True)
    (site / "themes/own/theme.yaml").write_text("name: own\nextends: default\n", encoding="utf-8")
    base = "{% extends 'default/base.html' %}\n{% block foot %}<p>一</p>{% endblock %}\n"
    (site / "themes/own/templates/base.html").write_text(base, encoding="utf-8")
    with (site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("theme: own\n")


def test_pages_made_of_kept_records_are_those_of_a_clean_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _edit_theme(site)

    def unread(*_: object) -> None:
        raise AssertionError("it was read again")

    with monkeypatch.context() as patch:
        patch.setattr("builder.tasks._read_again", unread)
        assert catalogue(site, "build", "--jobs", "1").exit_code == 0
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr


@pytest.mark.parametrize("file", [GOOSE, BRIDGE, BOOK])
def test_a_record_that_has_changed_is_not_taken_from_what_was_kept(site: Path, file: str) -> None:
    path = site / file
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: 新", 1), encoding="utf-8")
    _edit_theme(site)
    build(site)
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr


def test_kept_records_that_somebody_damaged_do_no_harm(site: Path) -> None:
    before = state(site / "public")
    for path in (site / ".cache/records").iterdir():
        path.write_bytes(os.urandom(200))
    _edit_theme(site)
    build(site)
    assert state(site / "public") != before
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr


def test_records_of_a_book_that_is_gone_are_kept_no_longer(site: Path) -> None:
    before = len(list((site / ".cache/records").iterdir()))
    (site / BOOK).unlink()
    build(site)
    assert len(list((site / ".cache/records").iterdir())) == before - 1
