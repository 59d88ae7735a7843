"""Pictures of texts and of assets: their room is kept on the page, as large as they are."""

from __future__ import annotations

import io
from pathlib import Path

from lxml import html
from PIL import Image
from sites import BOOK, SECTIONS, build, make_site, page

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
