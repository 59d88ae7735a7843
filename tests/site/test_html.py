"""The pages are valid HTML and built as readers' tools expect."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from built import KINDS, Tree, words
from tools import checker

SAMPLE = 200
ALLOWED: dict[str, str] = {}  # messages of the checker that are let pass, each with its reason


def complaints(files: list[Path]) -> list[str]:
    """What the Nu HTML checker has to say of some files: errors and warnings."""
    command = [*checker(), "--format", "json", "--stdout", "--exit-zero-always", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return sorted(
        f"{Path(m['url'].removeprefix('file:')).name}:{m.get('lastLine')}: {m['message']} {m.get('extract', '')!r}"
        for m in messages
        if m["message"] not in ALLOWED
    )


def test_the_checker_finds_nothing_wrong_on_a_page_of_each_type_and_on_a_sample_of_all(real: Tree, small: Tree) -> None:
    assert real.samples.keys() | small.samples.keys() == set(KINDS)
    addresses = sorted(real.pages)
    chosen = sorted({*real.samples.values(), *addresses[:: len(addresses) // SAMPLE]})
    hostile = sorted(small.pages)  # all of them: their titles try to break out
    files = [real.folder / address for address in chosen] + [small.folder / address for address in hostile]
    assert complaints(files) == []


def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=zh-CN><title>页</title><p id=a><p id=a><blink>", encoding="utf-8")
    assert len(complaints([page])) >= 2


@pytest.fixture(params=["real", "small"])
def tree(request: pytest.FixtureRequest) -> Tree:
    """Each of the two sites."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Tree)
    return found


def faults(root: Any) -> list[str]:
    """What is wrong with the build of a page."""
    found = []
    count = {
        "//h1": 1,
        "//main": 1,
        "//body/header": 1,
        "//body/footer": 1,
        "//header//nav[@aria-label]": None,
        "//title": 1,
        "//meta[@name='viewport']": 1,
        "//link[@rel='stylesheet']": 1,
    }
    for path, number in count.items():
        there = len(root.xpath(path))
        if there != number and (number is not None or not there):
            found.append(f"{there} of {path}")
    if not root.get("lang") or not root.get("dir"):
        found.append("no lang or dir on html")
    found += [f"empty {path}" for path in ("//title", "//h1") for e in root.xpath(path) if not words(e)]
    ids = root.xpath("//@id")
    found += [f"id {id} twice" for id in {id for id in ids if ids.count(id) > 1}] if len(set(ids)) < len(ids) else []
    first = root.xpath("//body//a | //body//button | //body//summary | //body//input")[0]
    if not first.get("href", "").startswith("#") or root.xpath("//main/@id") != [first.get("href")[1:]]:
        found.append("the first stop is not a link to the main part")
    found += [f"image without alt: {i.get('src')}" for i in root.xpath("//img[not(@alt)]")]
    found += [f"image without size: {i.get('src')}" for i in root.xpath("//picture//img[not(@width) or not(@height)]")]
    found += [f"inline style on {e.tag}" for e in root.xpath("//*[@style] | //style")]
    found += ["inline script" for _ in root.xpath("//script[not(@src) and not(@type='application/ld+json')]")]
    found += ["script that is not deferred" for _ in root.xpath("//script[@src and not(@defer)]")]
    found += ["module, which browsers refuse from a stick" for _ in root.xpath("//script[@type='module']")]
    found += [f"handler {name}" for name in set(root.xpath("//@*[starts-with(name(), 'on')]"))]
    found += [f"lang without dir: {words(e)}" for e in root.xpath("//body//*[@lang and not(@dir)]")]
    found += [f"no name: {e.get('href')}" for e in root.xpath("//a[@href]") if not words(e) and not e.get("aria-label")]
    return found


def test_every_page_has_the_parts_that_readers_tools_rely_on(tree: Tree) -> None:
    found = {address: wrong for address in tree.pages if (wrong := faults(tree.page(address)))}
    assert found == {}


def is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)


def test_text_from_right_to_left_says_so_where_it_stands(tree: Tree) -> None:
    wrong, seen = [], 0
    for address in tree.pages:
        if not is_right_to_left(tree.bytes(address).decode()):
            continue
        for text in tree.page(address).xpath("//body//text()"):
            if not is_right_to_left(text):
                continue
            seen += 1
            element = text.getparent() if text.is_text else text.getparent().getparent()
            around = [e for e in (element, *element.iterancestors()) if e.get("dir") or e.tag == "bdi"]
            if around[0].tag != "bdi" and around[0].get("dir") not in {"rtl", "auto"}:
                wrong.append(f"{address}: {text.strip()}")
    assert seen
    assert wrong == []


def test_a_record_in_another_language_says_which_on_its_page(small: Tree) -> None:
    root = small.page("study/pictures/uyghur.html")
    prose = root.xpath("//main//*[contains(@class, 'prose')]")[0]
    assert (prose.get("lang"), prose.get("dir")) == ("ug", "rtl")
    assert root.xpath("//h1/descendant-or-self::*/@lang") == []  # its title is there in the site's language


def test_pages_hold_no_time_of_the_build(real: Tree) -> None:
    clock = re.compile(rb"\d{2}:\d{2}:\d{2}")
    assert [address for address in real.pages if clock.search(real.bytes(address))] == []
