"""Pictures and other files beside records: their room is kept on the page; what is published is what was looked at."""

from __future__ import annotations

import io
import re
import shutil
import sys
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image, features
from sites import BOOK, BRIDGE, GOOSE, SECTIONS, TODAY, build, catalogue, make_site, page, state

from builder import engine, pictures
from builder.build import build as build_site
from builder.crew import Crew, local_crew
from builder.options import Options
from builder.problems import ChangedError
from builder.reporter import Silent

FOLDER = f"{SECTIONS}/after-school/popular-science"
KITES = """---
title: 风筝
kind: article
date: 2022-03-01
assets:
  - {type: picture, file: "wide.png", title: 全景}
---
看图：![风筝](turned.jpg)，也可以[下载](wide.png)。
"""
TURNED = 6  # the camera was held upright (Exif 2.32, Orientation)


def picture(width: int, height: int, kind: str, orientation: int = 1) -> bytes:
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", (width, height), "teal").save(target, kind, exif=exif)
    return target.getvalue()


def sizes(site: Path, address: str) -> dict[str, tuple[str | None, str | None]]:
    """Width and height that a page gives each picture of its main part, by its text alternative."""
    found = html.fromstring(page(site, address).encode()).xpath("//main//img")
    return {image.get("alt"): (image.get("width"), image.get("height")) for image in found}


def test_a_page_keeps_room_for_each_picture_as_it_is_shown(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {f"{FOLDER}/kites.md": KITES, f"{FOLDER}/wide.png": picture(300, 90, "PNG")}
    site = make_site(tmp_path, {**files, f"{FOLDER}/turned.jpg": picture(80, 60, "JPEG", TURNED)})
    build(site)
    address = "after-school/popular-science/kites.html"
    assert sizes(site, address) == {"全景": ("300", "90"), "风筝": ("60", "80")}
    (site / FOLDER / "wide.png").write_bytes(picture(120, 120, "PNG"))
    build(site)
    assert sizes(site, address) == {"全景": ("120", "120"), "风筝": ("60", "80")}


@pytest.mark.parametrize(("name", "written"), [("中文图片.png", "中文图片.png"), ("my pic.png", "<my pic.png>")])
def test_a_picture_of_a_text_may_have_any_name_that_a_file_may_have(tmp_path: Path, name: str, written: str) -> None:
    text = f"---\ntitle: 风筝\nkind: article\ndate: 2022-03-01\n---\n看图：![风筝]({written})\n"
    site = make_site(tmp_path, {f"{FOLDER}/kites.md": text, f"{FOLDER}/{name}": picture(300, 90, "PNG")})
    build(site)
    assert sizes(site, "after-school/popular-science/kites.html") == {"风筝": ("300", "90")}
    (site / FOLDER / name).unlink()
    told = catalogue(site, "check", "--format", "concise").stdout
    column = text.splitlines()[5].index(name) + 1
    assert f"kites.md:6:{column}: 错误[missing-file]" in told
    assert name in told


def damaged(kind: str, *, by: bytes, instead: bytes) -> bytes:
    content = picture(64, 48, kind)
    assert content.count(by) == 1
    return content.replace(by, instead)


SEEMS = {
    b"\0\0\0\x18ftypheic\0\0\0\0mif1heic": ("看起来是 HEIC 格式", "it seems to be HEIC"),
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3": ("看起来是 PDF 文件", "it seems to be PDF"),
    b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>': ("看起来是 SVG 文件", "it seems to be SVG"),
    b"<!DOCTYPE html><title>404</title>": ("看起来是 HTML 文件", "it seems to be HTML"),
    picture(300, 90, "JPEG")[:400]: ("看起来是 JPEG 图片，但已损坏或不完整", "it seems to be JPEG, but is damaged"),
    "风".encode() * 4096: ("里面是文字，不是图片", "it holds text"),
    damaged("AVIF", by=b"iloc", instead=b"ilox"): ("看起来是 AVIF 图片，但已损坏", "it seems to be AVIF, but"),
    picture(30, 20, "TIFF"): ("看起来是 TIFF 文件", "it seems to be TIFF"),
    picture(30, 20, "BMP"): ("看起来是 BMP 文件", "it seems to be BMP"),
    picture(32, 32, "ICO"): ("看起来是 ICO 文件", "it seems to be ICO"),
    picture(30, 20, "PCX"): ("看起来是 PCX 文件", "it seems to be PCX"),
    picture(30, 20, "TGA"): ("看起来是 TGA 文件", "it seems to be TGA"),
    picture(30, 20, "EPS"): ("看起来是 EPS 文件", "it seems to be EPS"),
    b"": ("文件是空的", "it is empty"),
    bytes(range(256)): ("可能已损坏，或者不是图片", "it is damaged, or no picture"),
}


@pytest.mark.parametrize(("content", "told"), SEEMS.items(), ids=[told for _, told in SEEMS.values()])
def test_of_a_file_that_cannot_be_shown_as_a_picture_it_is_told_what_it_seems_to_be(
    tmp_path: Path, content: bytes, told: tuple[str, str]
) -> None:
    text = "---\ntitle: 风筝\nkind: article\ndate: 2022-03-01\n---\n看图：![风筝](kite.jpg)\n"
    site = make_site(tmp_path, {f"{FOLDER}/kites.md": text, f"{FOLDER}/kite.jpg": content})
    settings = (site / "site.yaml").read_text(encoding="utf-8")
    chinese, english = "图片 kite.jpg 不能用：", "the picture kite.jpg cannot be used: "
    assert f"{chinese}{told[0]}" in (said := catalogue(site, "check").stdout)
    assert re.search(r"[a-z]+ [a-z]+ [a-z]+", said.partition("-->")[0]) is None
    (site / "site.yaml").write_text(settings.replace("[zh-CN, en]", "[en, zh-CN]"), encoding="utf-8")
    assert f"{english}{told[1]}" in catalogue(site, "check").stdout


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_every_kind_of_picture_that_browsers_show_may_be_a_cover_or_stand_in_a_text(tmp_path: Path, kind: str) -> None:
    name = f"kite.{kind.lower()}"
    text = KITES.replace("wide.png", name).replace("turned.jpg", name)
    text = text.replace("kind: article", f"kind: article\ncover: {{file: {name}, alt: 鸢}}")
    site = make_site(tmp_path, {f"{FOLDER}/kites.md": text, f"{FOLDER}/{name}": picture(40, 30, kind)})
    build(site)
    assert sizes(site, "after-school/popular-science/kites.html")["风筝"] == ("40", "30")
    assert {path.suffix for path in (site / "public/assets").rglob("kite-40.*")} == {".avif", ".webp", ".jpg"}


@pytest.mark.parametrize("name", ["kite.tif", "kite.bmp", "kite"])
def test_a_file_that_is_to_be_shown_as_a_picture_is_opened_whatever_its_name(tmp_path: Path, name: str) -> None:
    text = KITES.replace("wide.png", "kite.tif").replace("turned.jpg", name)
    files = {f"{FOLDER}/{name}": picture(30, 20, "TIFF"), f"{FOLDER}/kite.tif": picture(30, 20, "TIFF")}
    told = catalogue(make_site(tmp_path, {f"{FOLDER}/kites.md": text, **files}), "check", "--format", "concise").stdout
    for place in ("6:27", "8:10"):
        assert f"kites.md:{place}: 错误[bad-picture]" in told


def test_what_a_decoder_remarks_of_a_picture_does_not_come_to_the_terminal_without_a_place(tmp_path: Path) -> None:
    text = KITES.replace("turned.jpg", "wide.png")
    site = make_site(tmp_path, {f"{FOLDER}/kites.md": text, f"{FOLDER}/wide.png": huge(9600, 9600)})
    with warnings.catch_warnings(record=True) as remarks:
        warnings.simplefilter("always")
        told = catalogue(site, "check", "--format", "concise").stdout
    assert "kites.md:6:27: 错误[picture-too-large] 图片 wide.png 超过 60,000,000 像素" in told
    assert remarks == []


def huge(width: int, height: int) -> bytes:
    """A picture that is small as a file."""
    target = io.BytesIO()
    Image.new("1", (width, height)).save(target, "PNG")
    return target.getvalue()


def test_a_picture_that_is_too_high_for_a_cover_may_be_shown_in_a_text(tmp_path: Path) -> None:
    text = KITES.replace("turned.jpg", "wide.png")
    site = make_site(tmp_path, {f"{FOLDER}/kites.md": text, f"{FOLDER}/wide.png": huge(300, 17000)})
    build(site)
    assert sizes(site, "after-school/popular-science/kites.html")["风筝"] == ("300", "17000")
    (site / FOLDER / "kites.md").write_text(
        text.replace("kind: article", "kind: article\ncover: {file: wide.png, alt: 鸢}"), encoding="utf-8"
    )
    told = catalogue(site, "check", "--format", "concise").stdout
    assert [line.partition(" ")[0] for line in told.splitlines()] == [f"{FOLDER}/kites.md:4:15:"]
    assert "错误[cover-too-high]" in told


def test_texts_of_topics_pages_and_class_hours_keep_room_for_pictures_too(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    book = (site / BOOK).read_text(encoding="utf-8")
    assert book.count("        title: 金木水火土\n") == 1
    with_picture = book.replace("title: 金木水火土\n", 'title: 金木水火土\n        summary: "![字](seen.png)"\n')
    for path, text in (
        (BOOK, with_picture),
        ("content/topics/kites.md", "---\ntitle: 风筝\n---\n![线](seen.png)\n"),
        ("content/pages/flying.md", "---\ntitle: 风筝\n---\n![尾](seen.png)\n"),
    ):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
        (site / path).with_name("seen.png").write_bytes(picture(32, 16, "PNG"))
    build(site)
    assert sizes(site, "topics/kites.html") == {"线": ("32", "16")}
    assert sizes(site, "flying.html") == {"尾": ("32", "16")}
    assert sizes(site, "textbooks/chinese-1a/chinese-1a-02.html") == {"字": ("32", "16")}


# ---- saved while the site is being built

BESIDE = {
    "cover": f"{SECTIONS}/after-school/classic-reading/goose.png",
    "worksheet": f"{SECTIONS}/after-school/popular-science/paper-bridge.pdf",
}
CAPTIONS = BESIDE["worksheet"].replace(".pdf", ".vtt")


class Meanwhile(Silent):
    """Does something when a phase of a build begins."""

    def __init__(self, phase: str, act: Callable[[], object]):
        self._phase, self._act = phase, act

    def begin(self, phase: str, steps: int) -> None:
        """A phase begins."""
        if phase == self._phase:
            self._act()


@pytest.mark.parametrize("is_gone", [False, True], ids=["saved", "gone"])
@pytest.mark.parametrize(
    ("what", "phase"), [("cover", "read"), ("cover", "render"), ("worksheet", "read"), ("worksheet", "render")]
)
def test_a_file_beside_a_record_that_is_saved_during_a_build_is_told_and_leaves_no_trace(
    tmp_path: Path, what: str, phase: str, is_gone: bool
) -> None:
    path = _with_a_cover(tmp_path) / BESIDE[what]
    build(tmp_path)
    former = path.read_bytes()
    first, second = (picture(40, 30, "PNG"), picture(90, 90, "PNG")) if what == "cover" else (b"first", b"second")
    path.write_bytes(first)
    before = state(tmp_path / "public")
    act = path.unlink if is_gone else lambda: path.write_bytes(second)
    with pytest.raises(ChangedError, match=BESIDE[what]):
        build_site(Options(tmp_path, tmp_path / "public", today=TODAY, jobs=1), Meanwhile(phase, act))
    assert state(tmp_path / "public") == before
    for content in (second, first, former):  # whatever is done next, nothing of the one stands for the other
        path.write_bytes(content)
        assert "所有文件都和从头生成的一样" in build(tmp_path, "--verify").stderr


def test_captions_that_go_during_a_build_are_told(tmp_path: Path) -> None:
    site = make_site(tmp_path, {CAPTIONS: "WEBVTT\n"})
    with pytest.raises(ChangedError, match=CAPTIONS):
        build_site(Options(site, site / "public", today=TODAY, jobs=1), Meanwhile("read", (site / CAPTIONS).unlink))
    assert not (site / "public").exists()


@pytest.mark.parametrize("file", ["site.yaml", "content/vocabulary.yaml", "themes/own/strings/zh-CN.yaml", CAPTIONS])
def test_what_is_read_whatever_has_changed_is_told_where_it_is_saved_during_a_build(tmp_path: Path, file: str) -> None:
    files: dict[str, str | bytes | None] = {
        "themes/own/theme.yaml": "name: own\nextends: default\n",
        "themes/own/strings/zh-CN.yaml": "home: 首页\n",
        CAPTIONS: "WEBVTT\n\n00:01.000 --> 00:04.000\n纸桥\n",
    }
    site = make_site(tmp_path, files)
    text = (site / BRIDGE).read_text(encoding="utf-8")
    captions = f"captions: [{{language: zh-CN, file: {Path(CAPTIONS).name}}}]"
    (site / BRIDGE).write_text(text.replace("duration: PT4M8S", captions), encoding="utf-8")
    (site / "site.yaml").write_text((site / "site.yaml").read_text(encoding="utf-8") + "theme: own\n", encoding="utf-8")
    former = (site / file).read_text(encoding="utf-8")
    latter = former.replace("测试目录", "又一个目录").replace("title: 语文", "title: 国语").replace("首页", "起点")
    latter = latter.replace("WEBVTT", "WEBVTX")
    assert former != latter
    build(site)
    before = state(site / "public")
    goose = (site / GOOSE).read_text(encoding="utf-8")
    (site / GOOSE).write_text(goose.replace("title: ", "title: 新", 1), encoding="utf-8")
    with pytest.raises(ChangedError, match=file):
        build_site(
            Options(site, site / "public", today=TODAY, jobs=1),
            Meanwhile("read", lambda: (site / file).write_text(latter, encoding="utf-8")),
        )
    assert state(site / "public") == before
    for text in (former, latter):
        (site / file).write_text(text, encoding="utf-8")
        assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr


def test_a_vocabulary_that_is_saved_while_a_text_is_published_is_for_the_next_build(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    build(site)
    vocabulary = site / "content/vocabulary.yaml"
    latter = vocabulary.read_text(encoding="utf-8").replace("title: 语文", "title: 国语")
    (site / GOOSE).write_text((site / GOOSE).read_text(encoding="utf-8") + "\n又一段。\n", encoding="utf-8")
    build_site(
        Options(site, site / "public", today=TODAY, jobs=1),
        Meanwhile("read", lambda: vocabulary.write_text(latter, encoding="utf-8")),
    )
    build(site)
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr
    assert "国语" in page(site, "index.html") + page(site, "search.html")


def test_covers_are_drawn_anew_where_a_pillow_of_the_same_version_has_other_codecs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = _with_a_cover(tmp_path)
    build(site)
    before = {path.name for path in (site / "public/assets").rglob("goose-*")}
    monkeypatch.setattr("builder.options.codecs", lambda: "another build")
    monkeypatch.setattr("builder.pictures.RECIPE", "other codecs")
    build(site)
    assert before.isdisjoint(path.name for path in (site / "public/assets").rglob("goose-*"))
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr


def test_kept_covers_that_have_changed_names_are_drawn_anew(tmp_path: Path) -> None:
    site = _with_a_cover(tmp_path)
    build(site)
    kept = sorted(path for path in (site / ".cache/pictures").rglob("goose-*") if path.is_file())
    first, last = kept[0], kept[-1]
    content = first.read_bytes()
    first.write_bytes(last.read_bytes())
    last.write_bytes(content)
    shutil.rmtree(site / "public")
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr


VERSION = features.version


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WIDTHS", (320, 640)),
        ("_ENCODINGS", pictures._ENCODINGS[1:]),
        ("_shrunk", lambda paper, size: paper.resize(size)),
        ("features.version", lambda name: "4.0" if name == "libjpeg_turbo" else VERSION(name)),
    ],
    ids=["other widths", "other encodings", "drawn in another way", "another codec"],
)
def test_covers_get_other_addresses_where_they_would_be_drawn_as_other_bytes(
    monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    assert pictures._recipe() == pictures.RECIPE
    monkeypatch.setattr(f"builder.pictures.{name}", value)
    assert pictures._recipe() != pictures.RECIPE


@pytest.mark.parametrize(
    ("shown", "content"),
    [
        (128, Image.new("I;16", (40, 30), 128 * 257)),
        (3, Image.new("I;16", (40, 30), 3 * 257)),
        (128, Image.new("L", (40, 30), 128)),
        (128, Image.new("1", (40, 30)).convert("P").point(lambda _: 128)),
        (255, Image.new("LA", (40, 30), (128, 0))),
        (255, Image.new("RGBA", (40, 30), (128, 128, 128, 0))),
    ],
    ids=["16 bits", "16 bits, dark", "8 bits", "a palette", "seen through", "in colours, seen through"],
)
def test_a_cover_has_the_colours_of_its_picture_on_white_paper(
    tmp_path: Path, shown: int, content: Image.Image
) -> None:
    site = _with_a_cover(tmp_path)
    content.save(site / BESIDE["cover"])
    build(site)
    (drawn,) = (site / "public/assets").rglob("goose-*.jpg")
    with Image.open(drawn) as cover:
        assert cover.convert("L").getpixel((20, 15)) == pytest.approx(shown, abs=1)


def test_a_cover_carries_nothing_of_its_picture_but_what_one_sees(tmp_path: Path) -> None:
    site = _with_a_cover(tmp_path)
    exif = Image.Exif()
    exif[0x0112], exif[0x8825] = TURNED, {1: "N", 2: (30.0, 15.0, 0.0)}  # where it was taken (Exif 2.32, GPS Info IFD)
    said = {"exif": exif, "comment": b"at home", "icc_profile": b"at home"}
    Image.new("RGB", (40, 30), "teal").save(site / BESIDE["cover"], "JPEG", **said)
    build(site)
    for drawn in (site / "public/assets").rglob("goose-*"):
        with Image.open(drawn) as cover:
            assert (cover.size, dict(cover.getexif())) == ((30, 40), {})
        assert b"at home" not in drawn.read_bytes()


def test_a_cover_is_opened_once_to_be_measured_and_once_to_be_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    as_ever = Image.open

    def counted(file: Any, *, formats: Any) -> Image.Image:
        opened.append(file)
        return as_ever(file, formats=formats)

    monkeypatch.setattr(Image, "open", counted)
    site = _with_a_cover(tmp_path)
    (site / BESIDE["cover"]).write_bytes(picture(1500, 100, "PNG"))
    build(site, "--jobs", "1")
    assert len(list((site / "public/assets").rglob("goose-*"))) == 9
    assert len(opened) == 2


def test_large_covers_are_drawn_by_several_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(jobs: int) -> AbstractContextManager[Crew]:
        asked.append(jobs)
        return local_crew(1)

    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr("builder.dispatch.local_crew", counted)
    site = _with_a_cover(tmp_path)
    build_site(Options(site, site / "public", today=TODAY), Silent())
    assert max(asked) == 1
    (site / BESIDE["cover"]).write_bytes(picture(1280, 1280, "PNG"))
    build_site(Options(site, site / "public", today=TODAY), Silent())
    assert max(asked) == 2


def test_another_build_of_pillow_is_known_by_what_its_installer_has_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "pillow-1.0.dist-info/RECORD"
    noted.parent.mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr(engine, "_installed", engine._installed.__wrapped__)
    found = set()
    for digest in ("sha256=abc", "sha256=def"):
        noted.write_text(f"pillow.libs/libavif.so,{digest},1\n", encoding="utf-8")
        found.add(engine.codecs.__wrapped__())
    assert len(found) == 2


def _with_a_cover(site: Path) -> Path:
    make_site(site, {BESIDE["cover"]: picture(60, 60, "PNG")})
    text = (site / GOOSE).read_text(encoding="utf-8")
    (site / GOOSE).write_text(text.replace("---\n", "---\ncover: {file: goose.png, alt: 鹅}\n", 1), encoding="utf-8")
    return site
